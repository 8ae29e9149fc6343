//! What the names of open elements are about: read when there is a block to say it of, as many elements hold none.

use copydesk_model::Mark;

use super::{Context, Layout, within};
use crate::scan::names::KNOWN;
use crate::scan::{Attribute, FOREIGN, Name};

/// Families of words of what opens when its reader asks for it: consent, menus, share buttons, pop-ups.
pub(super) const WAITING: u64 = Mark::word_bit("navigation")
    | Mark::word_bit("menu")
    | Mark::word_bit("share")
    | Mark::word_bit("newsletter")
    | Mark::word_bit("cookie")
    | Mark::word_bit("popup")
    | Mark::word_bit("legal");

/// What an element's names say: its classes, id, role and itemprop.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Names {
    pub(super) families: u64,
    path: u32,
    is_article: bool,
}

impl Layout<'_> {
    /// What an element's names say.
    pub(super) fn names(&mut self, at: u32) -> Names {
        let mut names = Names::default();
        let Some(element) = self.stream.element(at) else { return names };
        // elements that pages define themselves are named as classes are
        if element.name().0 >= KNOWN && self.stream.node(at).flags & FOREIGN == 0 {
            names.families |= self.memo.read(element.tag()).families;
        }
        for (name, value) in element.raw_attributes() {
            match name {
                Attribute::CLASS => {
                    let said = self.memo.read(value);
                    names.families |= said.families;
                    names.path = mix(names.path, said.hash);
                    names.is_article |= said.is_entry;
                }
                Attribute::ID | Attribute::ROLE | Attribute::ITEMPROP => {
                    names.families |= self.memo.read(value).families
                }
                _ => {}
            }
        }
        names
    }

    /// Reads the names of all open blocks that were not read yet.
    pub(super) fn resolve(&mut self) {
        for at in self.resolved.max(1)..self.contexts.len() {
            let Context { node, is_named, .. } = self.contexts[at];
            let names = if is_named { self.names(node) } else { Names::default() };
            let name = self.stream.node(node).name;
            let around = self.contexts[at - 1];
            let context = &mut self.contexts[at];
            // what the body says of itself is said of every block, and tells none from another
            if !matches!(name, Name::HTML | Name::BODY) {
                context.own |= names.families;
            }
            context.all = around.all | context.own;
            context.path = mix(mix(around.path, u32::from(name.0)), names.path);
            context.article = around.article;
            context.within |= around.within & within::ARTICLE;
            if context.is_article || names.is_article {
                self.articles = self.articles.saturating_add(1);
                context.article = self.articles;
                context.within |= within::ARTICLE;
            }
        }
        self.resolved = self.contexts.len();
    }

    /// Families of words of all inline elements that are open.
    #[inline]
    pub(super) fn inline_families(&mut self) -> u64 {
        for at in self.resolved_inlines..self.inlines.len() {
            let around = at.checked_sub(1).map_or(0, |around| self.inlines[around].families);
            let own = self.inlines[at].node.map_or(0, |node| self.names(node).families);
            self.inlines[at].families = around | own;
        }
        self.resolved_inlines = self.inlines.len();
        self.inlines.last().map_or(0, |inline| inline.families)
    }
}

fn mix(hash: u32, with: u32) -> u32 {
    (hash ^ with).wrapping_mul(0x9E37_79B1).rotate_left(13)
}
