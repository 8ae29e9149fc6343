//! What end tags close.

use super::Builder;
use crate::scan::Node;
use crate::scan::names::{FORMATTING, HEADING, IMPLIED_END, Name, SCOPED_END, TABLE_PART};

impl Builder<'_, '_> {
    pub(super) fn close(&mut self, name: Name) {
        if self.open.last().is_some_and(|top| top.is_foreign) {
            if matches!(name, Name::P | Name::BR) {
                self.leave_foreign();
            } else if let Some(place) = self.last(name)
                && self.open[place as usize].is_foreign
            {
                return self.pop_through(place);
            }
        }
        if !self.has_begun && self.last(Name::TEMPLATE).is_none() {
            match name {
                Name::NOSCRIPT if self.is_top(Name::NOSCRIPT) => return self.pop(),
                Name::HEAD_ if !self.is_top(Name::NOSCRIPT) => {
                    self.has_left_head = true;
                    return self.close_at(self.last(Name::HEAD_));
                }
                Name::BR => self.leave_head(),
                Name::BODY | Name::HTML if !self.is_top(Name::NOSCRIPT) => self.leave_head(),
                _ => return,
            }
        }
        let bits = name.bits();
        match name {
            Name::HTML | Name::BODY | Name::HEAD_ => {}
            Name::P => match self.in_button_scope(Name::P) {
                Some(place) => self.pop_through(place),
                None => self.push_empty(Name::P),
            },
            Name::BR => self.push_empty(Name::BR),
            Name::LI => self.close_at(self.in_list_scope(Name::LI)),
            Name::DD | Name::DT => self.close_at(self.in_scope(name)),
            Name::FORM => self.close_form(),
            Name::TEMPLATE => self.close_at(self.last(Name::TEMPLATE)),
            Name::OBJECT | Name::APPLET | Name::MARQUEE | Name::SELECT => self.close_at(self.in_scope(name)),
            Name::TABLE => self.close_at(self.in_table_scope(Name::TABLE)),
            _ if bits & TABLE_PART != 0 => self.close_at(self.in_table_scope(name)),
            _ if bits & HEADING != 0 => {
                let open = [Name::H1, Name::H2, Name::H3, Name::H4, Name::H5, Name::H6];
                self.close_at(open.into_iter().filter_map(|name| self.in_scope(name)).max());
            }
            _ if bits & SCOPED_END != 0 => self.close_at(self.in_scope(name)),
            _ if bits & FORMATTING != 0 && self.active(name).is_some() => {
                if let Some(at) = self.active(name) {
                    self.deactivate(at);
                }
            }
            _ => {
                // any other: through what is no special element
                if let Some(place) = self.last(name)
                    && self.specials.last().is_none_or(|&special| place >= special)
                    && !self.open[place as usize].is_foreign
                {
                    self.pop_through(place);
                }
            }
        }
    }

    fn close_at(&mut self, place: Option<u32>) {
        if let Some(place) = place {
            self.pop_through(place);
        }
    }

    /// `</form>` closes the form alone: what was opened in it stays open.
    fn close_form(&mut self) {
        let Some(place) = self.in_scope(Name::FORM).filter(|_| self.has_form) else { return };
        self.has_form = false;
        while self.open.last().is_some_and(|top| !top.is_foreign && top.name.is(IMPLIED_END)) {
            self.pop();
        }
        if self.open.len() == place as usize + 1 {
            self.pop();
        }
    }

    /// `</p>` and `</br>` without their start tags.
    fn push_empty(&mut self, name: Name) {
        let node = self.stream.nodes.len() as u32;
        let flags = self.take_space();
        self.stream.nodes.push(Node {
            start: self.base,
            end: self.base,
            next: node + 1,
            parent: self.parent().unwrap_or(node),
            attributes: self.stream.attributes.len() as u32,
            name,
            attribute_count: 0,
            flags,
        });
    }
}
