//! What start tags close.

use super::Builder;
use super::stack::is_integration_point;
use crate::scan::names::{BREAKOUT, ENDS_P, HEAD, HEADING, IMPLIED_END, Name, TABLE_PART};

impl Builder<'_, '_> {
    fn close_p(&mut self) {
        if let Some(place) = self.in_button_scope(Name::P) {
            self.pop_through(place);
        }
    }

    /// Closes what a start tag closes. `None` where the tag counts for nothing, otherwise the element's name and whether it is foreign.
    pub(super) fn place(&mut self, name: Name) -> Option<(Name, bool)> {
        let bits = name.bits();
        if let Some(top) = self.open.last()
            && top.is_foreign
            && !is_integration_point(top.name)
        {
            if bits & BREAKOUT == 0 {
                return Some((name, true));
            }
            self.leave_foreign();
        }
        if matches!(name, Name::HTML | Name::HEAD_ | Name::BODY) {
            if self.has_begun
                || self.last(name).is_some()
                || self.last(Name::TEMPLATE).is_some()
                || (name == Name::HTML && !self.open.is_empty())
                || (name == Name::HEAD_ && (self.has_left_head || self.is_top(Name::NOSCRIPT)))
            {
                return None;
            }
            if name == Name::BODY {
                self.leave_head();
            }
            return Some((name, false));
        }
        if !self.has_begun && self.last(Name::TEMPLATE).is_none() {
            if bits & HEAD == 0 || (name == Name::NOSCRIPT && self.has_left_head) {
                self.leave_head();
            } else if self.is_top(Name::NOSCRIPT) {
                match name {
                    Name::NOSCRIPT => return None,
                    Name::SCRIPT | Name::TITLE | Name::TEMPLATE | Name::BASE => self.pop(),
                    _ => {}
                }
            }
        }
        if matches!(name, Name::SVG | Name::MATH) {
            return Some((name, true));
        }
        if name == Name::FORM && self.has_form && self.last(Name::TEMPLATE).is_none() {
            return None;
        }
        if bits & ENDS_P != 0 {
            self.close_p();
        }
        match name {
            Name::LI => self.close_item(Name::LI),
            Name::DD | Name::DT => {
                self.close_item(Name::DD);
                self.close_item(Name::DT);
            }
            Name::A | Name::NOBR => {
                if let Some(at) = self.active(name) {
                    self.deactivate(at);
                }
            }
            Name::BUTTON => {
                if let Some(place) = self.in_scope(Name::BUTTON) {
                    self.pop_through(place);
                }
            }
            Name::OPTION | Name::OPTGROUP => {
                if self.open.last().is_some_and(|top| top.name == Name::OPTION) {
                    self.pop();
                }
                if name == Name::OPTGROUP && self.open.last().is_some_and(|top| top.name == Name::OPTGROUP) {
                    self.pop();
                }
            }
            Name::SELECT => {
                if let Some(place) = self.in_scope(Name::SELECT) {
                    self.pop_through(place);
                    return None;
                }
            }
            Name::RB | Name::RT | Name::RTC | Name::RP => {
                let keeps = |top: Name| top == Name::RTC && matches!(name, Name::RT | Name::RP);
                if self.in_scope(Name::RUBY).is_some() {
                    while self
                        .open
                        .last()
                        .is_some_and(|top| top.name.is(IMPLIED_END) && !top.is_foreign && !keeps(top.name))
                    {
                        self.pop();
                    }
                }
            }
            _ if bits & HEADING != 0 && self.open.last().is_some_and(|top| top.name.is(HEADING)) => self.pop(),
            Name::TABLE => {
                if self.open.last().is_some_and(|top| {
                    matches!(top.name, Name::TABLE | Name::TBODY | Name::THEAD | Name::TFOOT | Name::TR)
                }) && let Some(place) = self.in_table_scope(Name::TABLE)
                {
                    self.pop_through(place);
                }
            }
            _ if bits & TABLE_PART != 0 => return self.place_table_part(name).then_some((name, false)),
            _ => {}
        }
        Some((name, false))
    }

    /// Closes foreign elements up to one whose content is HTML.
    pub(super) fn leave_foreign(&mut self) {
        while self.open.last().is_some_and(|top| top.is_foreign && !is_integration_point(top.name)) {
            self.pop();
        }
    }

    fn close_item(&mut self, name: Name) {
        if let Some(place) = self.last(name)
            && self.walls.last().is_none_or(|&wall| place >= wall)
        {
            self.pop_through(place);
        }
    }

    /// Closes what stands between the table and its new part; false where no table is open.
    fn place_table_part(&mut self, name: Name) -> bool {
        let table = self.last(Name::TABLE);
        let template = self.last(Name::TEMPLATE);
        let Some(holder) = table.max(template) else { return false };
        let is_group = |name| matches!(name, Name::TBODY | Name::THEAD | Name::TFOOT);
        // the outermost part of this table that the new one cannot stand in, and all inside of it
        let mut keep = holder + 1;
        while let Some(open) = self.open.get(keep as usize) {
            let stays = match name {
                Name::TD | Name::TH => is_group(open.name) || open.name == Name::TR,
                Name::TR => is_group(open.name),
                Name::COL => open.name == Name::COLGROUP,
                _ => false,
            };
            if !stays {
                break;
            }
            keep += 1;
        }
        self.pop_through(keep);
        true
    }
}
