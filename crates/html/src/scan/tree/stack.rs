//! The stack of open elements, and the numbers that answer what stands where in it.

use super::Builder;
use super::formatting::Active;
use crate::scan::names::{ENDS_P, FORMATTING, Name, PRE, SCOPE, SPECIAL, UNSEEN};

/// No place in the stack.
pub(super) const NONE: u32 = u32::MAX;

/// An open element.
pub(super) struct Open {
    pub(super) node: u32,
    pub(super) name: Name,
    /// Place in the stack of the one of the same name before it.
    pub(super) same: u32,
    pub(super) is_foreign: bool,
    /// Closed out of order: its end is known already.
    pub(super) is_closed: bool,
}

impl Builder<'_, '_> {
    pub(super) fn push(&mut self, node: u32, name: Name, is_foreign: bool) {
        let place = self.open.len() as u32;
        let same = std::mem::replace(&mut self.last[name.0 as usize], place);
        self.open.push(Open { node, name, same, is_foreign, is_closed: false });
        if is_foreign {
            if is_integration_point(name) {
                self.specials.push(place);
                self.walls.push(place);
                self.scopes.push(place);
            }
            return;
        }
        let bits = name.bits();
        let is_ruby = matches!(name, Name::RB | Name::RP | Name::RT | Name::RTC);
        if bits & (SPECIAL | ENDS_P) == 0 && !is_ruby || matches!(name, Name::BUTTON | Name::OBJECT) {
            self.open_again(node, place);
        }
        if bits & SPECIAL != 0 {
            self.specials.push(place);
            if !matches!(name, Name::ADDRESS | Name::DIV | Name::P) {
                self.walls.push(place);
            }
            if bits & SCOPE != 0 {
                self.scopes.push(place);
                if is_marker(name) {
                    self.formatting.push(Active { name: None, node, place, around: node });
                }
            }
        }
        self.pre += u32::from(bits & PRE != 0);
    }

    pub(super) fn pop(&mut self) {
        let Some(top) = self.open.pop() else { return };
        self.last[top.name.0 as usize] = top.same;
        let now = self.stream.nodes.len() as u32;
        if top.name.is(UNSEEN) {
            // white space that nobody sees
            self.space = 0;
        }
        let bits = if top.is_foreign { 0 } else { top.name.bits() };
        // formatting goes on in the next block, unless it was closed
        if !top.is_closed && (bits & FORMATTING == 0 || !self.is_active(top.node)) {
            let next = &mut self.stream.nodes[top.node as usize].next;
            if bits & FORMATTING == 0 || *next == top.node + 1 {
                *next = now;
            }
        }
        if top.is_foreign {
            if is_integration_point(top.name) {
                self.specials.pop();
                self.walls.pop();
                self.scopes.pop();
            }
            return;
        }
        if bits & SPECIAL != 0 {
            self.specials.pop();
            if !matches!(top.name, Name::ADDRESS | Name::DIV | Name::P) {
                self.walls.pop();
            }
            if bits & SCOPE != 0 {
                self.scopes.pop();
                if is_marker(top.name) {
                    while let Some(Active { name: Some(_), node, .. }) = self.formatting.pop() {
                        self.stream.nodes[node as usize].next = now;
                    }
                }
            }
        }
        self.pre -= u32::from(bits & PRE != 0);
        if top.name == Name::FORM {
            self.has_form = false;
        }
    }

    pub(super) fn pop_through(&mut self, place: u32) {
        while self.open.len() > place as usize {
            self.pop();
        }
    }

    pub(super) fn close_all(&mut self) {
        self.pop_through(0);
        let now = self.stream.nodes.len() as u32;
        for active in self.formatting.drain(..).filter(|active| active.name.is_some()) {
            self.stream.nodes[active.node as usize].next = now;
        }
    }

    pub(super) fn last(&self, name: Name) -> Option<u32> {
        Some(self.last[name.0 as usize]).filter(|&place| place != NONE)
    }

    /// The place of the innermost of this name, if no boundary stands above it.
    pub(super) fn in_scope(&self, name: Name) -> Option<u32> {
        self.last(name).filter(|&place| self.scopes.last().is_none_or(|&boundary| place >= boundary))
    }

    pub(super) fn in_button_scope(&self, name: Name) -> Option<u32> {
        self.in_scope(name).filter(|&place| self.last(Name::BUTTON).is_none_or(|button| place > button))
    }

    pub(super) fn in_list_scope(&self, name: Name) -> Option<u32> {
        let list = self.last(Name::UL).max(self.last(Name::OL));
        self.in_scope(name).filter(|&place| list.is_none_or(|list| place > list))
    }

    /// The same for the parts of tables, which only tables and templates bound.
    pub(super) fn in_table_scope(&self, name: Name) -> Option<u32> {
        let boundary = match name {
            Name::TABLE => self.last(Name::TEMPLATE),
            _ => self.last(Name::TABLE).max(self.last(Name::TEMPLATE)),
        };
        self.last(name).filter(|&place| boundary.is_none_or(|boundary| place > boundary))
    }
}

/// Elements that formatting does not go on in.
fn is_marker(name: Name) -> bool {
    matches!(name, Name::TD | Name::TH | Name::CAPTION | Name::OBJECT | Name::APPLET | Name::MARQUEE | Name::TEMPLATE)
}

/// Foreign elements whose content is HTML.
pub(super) fn is_integration_point(name: Name) -> bool {
    matches!(name, Name::FOREIGN_OBJECT | Name::DESC | Name::TITLE)
}
