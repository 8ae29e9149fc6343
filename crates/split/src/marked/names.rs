//! The names of a mark's bits, and which of them belong together.

use copydesk_model::Mark;

/// Calls `on` with the number of each bit that is set.
pub(crate) fn each_bit(bits: impl Into<u64>, mut on: impl FnMut(usize)) {
    let mut bits = bits.into();
    while bits != 0 {
        on(bits.trailing_zeros() as usize);
        bits &= bits - 1;
    }
}

/// Elements that a story's text rarely stands in.
pub(super) const FOREIGN: u32 = Mark::within_bit("nav")
    | Mark::within_bit("footer")
    | Mark::within_bit("aside")
    | Mark::within_bit("form")
    | Mark::within_bit("button")
    | Mark::within_bit("dialog");
/// Words for what is no story's text. What is ambiguous (`widget`, `list`, `tool`) is left to the weights.
pub(super) const FURNITURE: u64 = Mark::word_bit("related")
    | Mark::word_bit("teaser")
    | Mark::word_bit("navigation")
    | Mark::word_bit("menu")
    | Mark::word_bit("footer")
    | Mark::word_bit("sidebar")
    | Mark::word_bit("share")
    | Mark::word_bit("newsletter")
    | Mark::word_bit("comment")
    | Mark::word_bit("advertisement")
    | Mark::word_bit("cookie")
    | Mark::word_bit("tags")
    | Mark::word_bit("popup")
    | Mark::word_bit("biography")
    | Mark::word_bit("legal");
pub(super) const CONTENT: u64 = Mark::word_bit("content") | Mark::word_bit("paragraph");
pub(crate) const COMMENT: u64 = Mark::word_bit("comment");
/// Words for pictures, players and what they stand in.
pub(crate) const MEDIA: u64 = Mark::word_bit("gallery");
pub(crate) const IN_PICTURE: u32 = Mark::within_bit("figure") | Mark::within_bit("figcaption");
/// Words for what stands in heads: never a part of a menu.
pub(super) const OF_HEADS: u64 =
    Mark::word_bit("byline") | Mark::word_bit("caption") | Mark::word_bit("credit") | Mark::word_bit("standfirst");

/// Whether words are those for what no story's text is.
pub(crate) fn is_called_furniture(words: u64) -> bool {
    words & FURNITURE != 0
}

/// Whether its element or one close around it is called what no story's text is.
pub(crate) fn is_furniture(mark: &Mark) -> bool {
    mark.near & FURNITURE != 0 || mark.within & FOREIGN != 0
}
