//! The names of a mark's bits, and which of them belong together.

use copydesk_model::{Mark, Tag};

/// The bit of a name in one of [`Mark`]'s lists of names; a name that is not there fails the build.
pub(crate) const fn bit(names: &[&str], name: &str) -> u32 {
    let mut at = 0;
    while at < names.len() {
        if is_same(names[at].as_bytes(), name.as_bytes()) {
            return at as u32;
        }
        at += 1;
    }
    panic!("no bit has this name")
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// Calls `on` with the number of each bit that is set.
pub(crate) fn each_bit(bits: impl Into<u64>, mut on: impl FnMut(usize)) {
    let mut bits = bits.into();
    while bits != 0 {
        on(bits.trailing_zeros() as usize);
        bits &= bits - 1;
    }
}

pub(super) const fn within(name: &str) -> u32 {
    1 << bit(&Mark::WITHIN, name)
}

pub(super) const fn word(name: &str) -> u64 {
    1 << bit(&Mark::WORDS, name)
}

pub(crate) const fn echo(name: &str) -> u16 {
    1 << bit(&Mark::ECHOES, name)
}

/// Elements that a story's text rarely stands in.
pub(super) const FOREIGN: u32 =
    within("nav") | within("footer") | within("aside") | within("form") | within("button") | within("dialog");
/// Words for what is no story's text. What is ambiguous (`widget`, `list`, `tool`) is left to the weights.
pub(super) const FURNITURE: u64 = word("related")
    | word("teaser")
    | word("navigation")
    | word("menu")
    | word("footer")
    | word("sidebar")
    | word("share")
    | word("newsletter")
    | word("comment")
    | word("advertisement")
    | word("cookie")
    | word("tags")
    | word("popup")
    | word("biography")
    | word("legal");
pub(super) const CONTENT: u64 = word("content") | word("paragraph");
pub(crate) const COMMENT: u64 = word("comment");
/// Words for pictures, players and what they stand in.
pub(crate) const MEDIA: u64 = word("gallery");
pub(crate) const IN_PICTURE: u32 = within("figure") | within("figcaption");
/// Words for what stands in heads: never a part of a menu.
pub(super) const OF_HEADS: u64 = word("byline") | word("caption") | word("credit") | word("standfirst");

/// Whether its element or one close around it is called what no story's text is.
pub(crate) fn is_furniture(mark: &Mark) -> bool {
    mark.near & FURNITURE != 0 || mark.within & FOREIGN != 0
}

pub(crate) fn is_heading(tag: Tag) -> bool {
    matches!(tag, Tag::Heading1 | Tag::Heading2 | Tag::Heading3 | Tag::Heading4)
}
