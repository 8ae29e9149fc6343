//! One clue a file. A clue looks at a page and says, for a block or for the edge before it, which of its named features hold.
//!
//! To add one: a file here with `NAMES` and `fire`, a line in [`OWN`], [`PAGE`] or [`EDGE`], its smallest capture as its test, then
//! train and score (see CONTRIBUTING.md).

use crate::page::Page;

mod article;
mod byline;
mod capitals;
mod census;
mod class_far;
mod class_near;
mod common_words;
mod company;
mod container;
mod credit;
mod density;
mod depth;
mod doubled;
mod echo;
mod elements;
mod ending;
mod gap;
mod holder;
mod kind;
mod length;
mod links;
mod listing;
mod marks;
mod menu;
mod neighbours;
mod numbers;
mod opening;
mod picture;
mod place;
mod region;
mod repetition;
mod rest;
mod rest_of;
mod seam;
mod sentences;
mod signed;
mod slug;
mod standing;
mod strong;
mod tag;
mod tags_around;
mod template;
mod title;
mod topic;
mod turn;
mod twin;
mod wall;
mod widget;

pub(crate) use doubled::doubled;
pub(crate) use kind::{Kind, kind};
pub(crate) use signed::signed;
pub(crate) use {
    byline::has_opener, byline::is_names, credit::is_bare as is_bare_credit, credit::opens as opens_credit,
    credit::trails as trails_credit, numbers::is_date, widget::widget_parts, widget::widget_words,
};

/// A clue: its name, its features' names, and which of them hold for a block (for an edge: for the edge before the block).
#[derive(Debug)]
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

/// Clues that a block's text gives by itself, on whatever page it stands.
pub(crate) const OWN: &[Signal] =
    signals![byline, capitals, credit, ending, length, marks, numbers, opening, sentences];

/// Clues about a block that its page gives.
pub(crate) const PAGE: &[Signal] = signals![
    census,
    common_words,
    company,
    density,
    doubled,
    listing,
    neighbours,
    place,
    repetition,
    signed,
    slug,
    standing,
    topic,
    widget
];

/// Clues about the edge between a block and the one before it.
pub(crate) const EDGE: &[Signal] = signals![gap, seam, turn];

/// Clues about a block that the page's HTML gives. They may ask for `page.marked`, and none of the others may.
pub(crate) const MARKED: &[Signal] = signals![
    article,
    class_far,
    class_near,
    container,
    depth,
    echo,
    elements,
    holder,
    kind,
    links,
    menu,
    picture,
    region,
    strong,
    tag,
    tags_around,
    template,
    title
];

/// Of the clues of text, those that say something beside markup. What words a block shares with others says nothing that its markup does
/// not say better (held out, F1 is no lower without it), and costs most.
pub(crate) const PAGE_HTML: &[Signal] =
    signals![census, company, density, doubled, listing, neighbours, place, repetition, widget];

/// Clues about edges that a page's HTML gives.
pub(crate) const EDGE_HTML: &[Signal] = signals![rest, rest_of, seam, twin, wall];

/// Clues about blocks and about edges, in the order of their numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clues {
    pub block: &'static [&'static [Signal]],
    pub edge: &'static [&'static [Signal]],
}

/// The clues of pages that came as text.
pub(crate) const TEXT: Clues = Clues { block: &[OWN, PAGE], edge: &[EDGE] };
/// The clues of pages that came as HTML.
pub(crate) const HTML: Clues = Clues { block: &[OWN, PAGE_HTML, MARKED], edge: &[EDGE_HTML] };

/// The number of features of some clues.
pub(crate) fn count(signals: &[Signal]) -> usize {
    signals.iter().map(|s| s.features.len()).sum()
}

/// Calls `on` with the number of each feature that holds, over all the clues.
pub(crate) fn fire(signals: &[Signal], page: &Page<'_>, block: usize, mut on: impl FnMut(usize)) {
    let mut base = 0;
    for signal in signals {
        (signal.fire)(page, block, &mut |feature| on(base + feature));
        base += signal.features.len();
    }
}

/// The bucket of a value: the number of limits that it reaches.
pub(crate) fn bucket(value: f32, limits: &[f32]) -> usize {
    limits.iter().take_while(|&&limit| value >= limit).count()
}

/// The features that hold on a page made of lines with their marks.
#[cfg(test)]
pub(crate) fn features_marked(signal: &str, lines: &[(&str, copydesk_model::Mark)], block: usize) -> Vec<&'static str> {
    let text = lines.iter().map(|(line, _)| *line).collect::<Vec<_>>().join("\n\n");
    let markup = copydesk_model::Markup { marks: lines.iter().map(|(_, mark)| *mark).collect(), ..Default::default() };
    let (mut memo, blocks) = (crate::memo::Memo::default(), crate::blocks(&text));
    let page = Page::with_markup("", &text, &blocks, &[], &markup, &mut memo);
    let signal = MARKED.iter().chain(EDGE_HTML).find(|s| s.name == signal).expect("a signal of this name");
    let mut names = Vec::new();
    (signal.fire)(&page, block, &mut |f| names.push(signal.features[f]));
    names
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
    let (mut memo, blocks) = (crate::memo::Memo::default(), crate::blocks(text));
    let page = Page::new(url, text, blocks.into(), evidence, &mut memo);
    let signal = OWN.iter().chain(PAGE).chain(EDGE).find(|s| s.name == signal).expect("a signal of this name");
    let mut names = Vec::new();
    (signal.fire)(&page, block, &mut |f| names.push(signal.features[f]));
    names
}
