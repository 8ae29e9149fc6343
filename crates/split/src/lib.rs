//! Takes a capture apart: text in, blocks with roles and the clippings they make out.
//!
//! Two kinds of evidence, one decoder. Local clues (`signals/`, one a file) look at the page; the census ([`sightings`] in,
//! [`Evidence`] back) says how a block behaves over all captures. The decoder weighs them for the whole page at once. It works
//! on one capture alone, with `evidence` empty, and better on many.
//!
//! ```
//! let page = "Ferry sails again\n\nThe ferry to the islands in the harbour (Nordfoto)\nThe ferry to the islands in the harbour (Nordfoto)\nTT\n\n\
//!     Ferry sails again\n\nThe ferry to the islands in the harbour (Nordfoto)\n\n\
//!     The ferry to the islands sails again from Monday, the port said on its website, after three weeks of repairs.\n\n\
//!     “We had hoped for less,” said its captain, Mara Lindqvist, who has sailed the route since 1998.\n";
//! let split = copydesk_split::split("", page, &[]);
//! assert_eq!(split.clippings.len(), 1);
//! assert_eq!(split.clippings[0].headline, "Ferry sails again");
//! assert_eq!(split.clippings[0].captions[0].credit, "Nordfoto");
//! assert_eq!(split.clippings[0].body.len(), 2);
//! ```
#![forbid(unsafe_code)]

mod blocks;
mod boundaries;
mod briefs;
mod bylines;
mod census;
mod line;
mod listed;
mod maker;
mod marked;
mod memo;
mod not_text;
mod page;
mod pictures;
mod quotes;
mod roles;
mod seen;
mod settle;
mod signals;
mod states;
mod told;
mod topics;
pub mod training;
mod walls;
mod weights;

use copydesk_model::{Block, Clipping, Markup};

pub use blocks::{RawBlock, blocks};
pub use census::{Evidence, Neighbours, Sighting, most_urls, neighbours, sightings};
pub use seen::Outline;
pub use states::State;
pub use weights::Weights;

use boundaries::{Scores, decode_page};
use memo::Memo;
use page::Page;

/// A capture taken apart.
#[derive(Clone, Debug, Default)]
pub struct Split {
    /// Every block with its role; their spans tile the capture.
    pub blocks: Vec<Block>,
    /// The clippings in page order.
    pub clippings: Vec<Clipping>,
    /// `masked[c][p]`: paragraph `p` of clipping `c` stands between ever other things and is no evidence for matching.
    pub masked: Vec<Vec<bool>>,
    /// With what the census may say of these blocks later, it tells whether they would come apart in another way.
    pub outline: Outline,
    /// Of all that was seen of the census, and of the splitter itself: with the same one the capture comes apart in the same way.
    pub digest: u64,
}

/// Why a block has its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The decoder: the first line of a story.
    Headline,
    /// The decoder: a paragraph of a story.
    Body,
    /// It says what the headline says.
    HeadlineAgain,
    /// It ends in a credit in brackets.
    BracketCredit,
    /// It ends in a credit.
    TrailingCredit,
    /// It is a credit alone.
    CreditLine,
    /// A credit follows it.
    BeforeCredit,
    /// It is a date.
    DateLine,
    /// It opens as bylines do.
    Byline,
    /// It is made of names.
    Names,
    /// It stands more than once between a headline and its body.
    RepeatedInHead,
    /// It stands between a headline and its body and reads as text.
    LineInHead,
    /// It stands right above a headline.
    AboveHeadline,
    /// The census: it stands between ever other things.
    Loose,
    /// The decoder: it interrupts a body.
    Inset,
    /// The decoder: it stands between stories.
    Outside,
    /// It is too short to be a part of a story.
    NoPart,
    /// It stands in a long run of links.
    Menu,
    /// Its markup or the page's description of itself calls it a caption.
    MarkedCaption,
    /// The same, a credit.
    MarkedCredit,
    /// The same, a byline.
    MarkedByline,
    /// The same, a date.
    MarkedDate,
}

impl Reason {
    /// The reason in words.
    pub fn text(self) -> &'static str {
        match self {
            Reason::Headline => "first line of a story",
            Reason::Body => "paragraph of a story",
            Reason::HeadlineAgain => "the headline again",
            Reason::BracketCredit => "ends in a credit in brackets",
            Reason::TrailingCredit => "ends in a credit",
            Reason::CreditLine => "a credit alone",
            Reason::BeforeCredit => "a credit follows",
            Reason::DateLine => "a date",
            Reason::Byline => "opens as bylines do",
            Reason::Names => "made of names",
            Reason::RepeatedInHead => "repeated above the body",
            Reason::LineInHead => "a line of text above the body",
            Reason::AboveHeadline => "right above a headline",
            Reason::Loose => "stands between ever other things",
            Reason::Inset => "interrupts a body",
            Reason::Outside => "stands between stories",
            Reason::NoPart => "no part of a story",
            Reason::Menu => "in a run of links",
            Reason::MarkedCaption => "marked as a caption",
            Reason::MarkedCredit => "marked as a credit",
            Reason::MarkedByline => "marked as a byline",
            Reason::MarkedDate => "marked as a date",
        }
    }
}

/// A block with what decided its role.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Explained {
    /// Where the decoder placed the block.
    pub state: State,
    /// How far the best path is ahead of the best one that places the block elsewhere; in the decoder's log-odds, never negative.
    pub margin: f32,
    /// What the clues give each place, in the order of [`State::ALL`]; log-odds, the edges left out.
    pub scores: [f32; 5],
    /// Why the role.
    pub reason: Reason,
}

/// Takes captures apart one after the other, and remembers the blocks that it has read: the faster the more of them return.
///
/// What it remembers cannot be seen in a result. One a thread; about 70 MB at most of captures of text, and as much of pages of HTML.
#[derive(Debug, Default)]
pub struct Splitter {
    memo: Memo,
    /// Of blocks that came as HTML: what is remembered of a block depends on the weights.
    memo_html: Memo,
}

impl Splitter {
    /// A splitter that remembers nothing yet.
    pub fn new() -> Splitter {
        Splitter::default()
    }

    /// A splitter that remembers so many blocks, about a kilobyte each, beside those of the page at hand.
    pub fn remembering(blocks: usize) -> Splitter {
        Splitter { memo: Memo::of_blocks(blocks), memo_html: Memo::of_blocks(blocks) }
    }

    /// Takes a capture apart. `url` may be empty; `evidence` has one entry a block, in order, or is empty for local clues alone.
    pub fn split(&mut self, url: &str, text: &str, evidence: &[Evidence]) -> Split {
        self.split_blocks(url, text, &blocks(text), evidence)
    }

    /// Takes a page apart that came as HTML: `text` has a line a block, `markup` a mark a block. A markup that does not fit the
    /// text is passed over.
    pub fn split_marked(&mut self, url: &str, text: &str, evidence: &[Evidence], markup: &Markup) -> Split {
        self.split_marked_blocks(url, text, &blocks(text), evidence, markup)
    }

    /// [`Splitter::split_marked`] for a text whose blocks are known.
    pub fn split_marked_blocks(
        &mut self,
        url: &str,
        text: &str,
        blocks: &[RawBlock],
        evidence: &[Evidence],
        markup: &Markup,
    ) -> Split {
        self.split_marked_with(url, text, blocks, evidence, markup, Weights::built_in_html())
    }

    fn split_marked_with(
        &mut self,
        url: &str,
        text: &str,
        blocks: &[RawBlock],
        evidence: &[Evidence],
        markup: &Markup,
        weights: &Weights,
    ) -> Split {
        let page = Page::with_markup(url, text, blocks, evidence, markup, &mut self.memo_html);
        if page.marked.is_none() {
            return self.split_blocks(url, text, blocks, evidence);
        }
        let states = decode_page(&page, &mut Scores::of_page(&page, weights));
        marked::all_blocks(&page, roles::assemble(&page, &states).0)
    }

    /// [`Splitter::split`] for a text whose blocks are known.
    pub fn split_blocks(&mut self, url: &str, text: &str, blocks: &[RawBlock], evidence: &[Evidence]) -> Split {
        self.split_with(url, text, blocks, evidence, Weights::built_in())
    }

    /// The keys of a block's folded words, in order, as [`copydesk_text::words`] gives them, by the block's hash. Of the capture
    /// that was taken apart last it knows all blocks.
    pub fn words_of(&self, hash: u64) -> Option<&[u32]> {
        self.memo.words_of(hash).or_else(|| self.memo_html.words_of(hash))
    }

    fn split_with(
        &mut self,
        url: &str,
        text: &str,
        blocks: &[RawBlock],
        evidence: &[Evidence],
        weights: &Weights,
    ) -> Split {
        let page = Page::new(url, text, blocks.into(), evidence, &mut self.memo);
        let states = decode_page(&page, &mut Scores::of_page(&page, weights));
        roles::assemble(&page, &states).0
    }
}

/// Takes one capture apart: see [`Splitter::split`].
pub fn split(url: &str, text: &str, evidence: &[Evidence]) -> Split {
    Splitter::new().split(url, text, evidence)
}

/// [`split`] with other weights than the built-in ones.
pub fn split_with(url: &str, text: &str, evidence: &[Evidence], weights: &Weights) -> Split {
    Splitter::new().split_with(url, text, &blocks(text), evidence, weights)
}

/// Takes one page apart that came as HTML: see [`Splitter::split_marked`].
pub fn split_marked(url: &str, text: &str, evidence: &[Evidence], markup: &Markup) -> Split {
    Splitter::new().split_marked(url, text, evidence, markup)
}

/// [`split_marked`] with other weights than the built-in ones.
pub fn split_marked_with(url: &str, text: &str, evidence: &[Evidence], markup: &Markup, weights: &Weights) -> Split {
    Splitter::new().split_marked_with(url, text, &blocks(text), evidence, markup, weights)
}

/// [`split_marked`], with the reason for every block's role.
pub fn explain_marked(url: &str, text: &str, evidence: &[Evidence], markup: &Markup) -> (Split, Vec<Explained>) {
    explain_marked_with(url, text, evidence, markup, Weights::built_in_html())
}

/// [`explain_marked`] with other weights than the built-in ones.
pub fn explain_marked_with(
    url: &str,
    text: &str,
    evidence: &[Evidence],
    markup: &Markup,
    weights: &Weights,
) -> (Split, Vec<Explained>) {
    let (mut memo, blocks) = (Memo::default(), blocks(text));
    let page = Page::with_markup(url, text, &blocks, evidence, markup, &mut memo);
    if page.marked.is_none() {
        return explain(url, text, evidence);
    }
    let (split, explained) = explain_page(&page, weights);
    let explained = marked::all_explained(&page, explained);
    (marked::all_blocks(&page, split), explained)
}

/// [`split`], with the reason for every block's role.
pub fn explain(url: &str, text: &str, evidence: &[Evidence]) -> (Split, Vec<Explained>) {
    explain_with(url, text, evidence, Weights::built_in())
}

/// [`explain`] with other weights than the built-in ones.
pub fn explain_with(url: &str, text: &str, evidence: &[Evidence], weights: &Weights) -> (Split, Vec<Explained>) {
    let (mut memo, blocks) = (Memo::default(), blocks(text));
    explain_page(&Page::new(url, text, blocks.into(), evidence, &mut memo), weights)
}

fn explain_page(page: &Page<'_>, weights: &Weights) -> (Split, Vec<Explained>) {
    let mut scores = Scores::of_page(page, weights);
    let states = decode_page(page, &mut scores);
    let margins = boundaries::margins(&scores, &states);
    let (split, reasons) = roles::assemble(page, &states);
    let explained = states
        .iter()
        .zip(margins)
        .zip(reasons)
        .zip(scores.block)
        .map(|(((&state, margin), reason), scores)| Explained { state, margin, scores, reason })
        .collect();
    (split, explained)
}
