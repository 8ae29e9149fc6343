//! One clue a file. A clue looks at a page and says, for a block or for the edge before it, which of its named features hold.
//!
//! To add one: a file here with `NAMES` and `fire`, a line in [`BLOCK`] or [`EDGE`], its smallest capture as its test, then
//! train and score (see CONTRIBUTING.md).

use crate::page::Page;

mod byline;
mod capitals;
mod census;
mod common_words;
mod credit;
mod density;
mod doubled;
mod ending;
mod gap;
mod length;
mod listing;
mod marks;
mod neighbours;
mod numbers;
mod opening;
mod place;
mod repetition;
mod seam;
mod sentences;
mod slug;
mod topic;
mod turn;
mod widget;

pub(crate) use doubled::doubled;
pub(crate) use {
    byline::has_opener, byline::is_names, credit::opens as opens_credit, credit::trails as trails_credit,
    numbers::is_date, widget::widget_words,
};

/// A clue: its name, its features' names, and which of them hold for a block (for an edge: for the edge before the block).
pub(crate) struct Signal {
    pub name: &'static str,
    pub features: &'static [&'static str],
    pub fire: fn(&Page<'_>, usize, &mut dyn FnMut(usize)),
}

macro_rules! signals {
    ($($module:ident),* $(,)?) => {
        &[$(Signal { name: stringify!($module), features: $module::NAMES, fire: $module::fire }),*]
    };
}

/// Clues about a block.
pub(crate) const BLOCK: &[Signal] = signals![
    byline,
    capitals,
    census,
    common_words,
    credit,
    density,
    doubled,
    ending,
    length,
    listing,
    marks,
    neighbours,
    numbers,
    opening,
    place,
    repetition,
    sentences,
    slug,
    topic,
    widget,
];

/// Clues about the edge between a block and the one before it.
pub(crate) const EDGE: &[Signal] = signals![gap, seam, turn];

/// The bucket of a value: the number of limits that it reaches.
pub(crate) fn bucket(value: f32, limits: &[f32]) -> usize {
    limits.iter().take_while(|&&limit| value >= limit).count()
}

#[cfg(test)]
pub(crate) fn features_of(signal: &str, text: &str, block: usize) -> Vec<&'static str> {
    features_with(signal, "", text, &[], block)
}

#[cfg(test)]
pub(crate) fn features_with(
    signal: &str,
    url: &str,
    text: &str,
    evidence: &[crate::census::Evidence],
    block: usize,
) -> Vec<&'static str> {
    let page = Page::new(url, text, evidence, &mut crate::memo::Memo::default());
    let signal = BLOCK.iter().chain(EDGE).find(|s| s.name == signal).expect("a signal of this name");
    let mut names = Vec::new();
    (signal.fire)(&page, block, &mut |f| names.push(signal.features[f]));
    names
}
