//! Quotations that are set apart, and the lines that say whose they are.

use copydesk_model::{Mark, Tag};

use crate::line::Opening;
use crate::marked::Marked;
use crate::page::Page;
use crate::states::{State, extents};

const BLOCK: u32 = Mark::within_bit("blockquote");
const FOOTER: u32 = Mark::within_bit("footer");
const HIDDEN: u32 = Mark::within_bit("hidden");
const ASIDE: u32 = Mark::within_bit("aside");
const ELSEWHERE: u32 = ASIDE | HIDDEN | Mark::within_bit("nav");
const NAMED: u64 = Mark::word_bit("quote");
const CARD: u64 = Mark::word_bit("teaser");

/// A quotation that stands in the story's text as well is printed twice for its looks; one that stands nowhere else is the story's own.
/// The line below it says whose it is, and goes where it goes.
pub(crate) fn settle(page: &Page<'_>, marked: &Marked<'_>, states: &mut [State]) {
    for (first, last) in extents(states) {
        settle_story(page, marked, states, first, last);
    }
    for at in 1..states.len() {
        if says_whose(page, marked, at) {
            match (states[at - 1], states[at]) {
                (State::Body, State::Inset | State::Outside) => states[at] = State::Body,
                (State::Inset, State::Body) => states[at] = State::Inset,
                _ => {}
            }
        }
    }
}

fn settle_story(page: &Page<'_>, marked: &Marked<'_>, states: &mut [State], first: usize, last: usize) {
    /// Length of a pull quote, in words, and how many a story has: one that quotes more often quotes in earnest.
    const WORDS: std::ops::RangeInclusive<f32> = 4.0..=45.0;
    const MOST: usize = 5;
    let is_quote = |at: usize| {
        let mark = &marked.marks[at];
        (mark.tag == Tag::Quote || mark.within & (BLOCK | ASIDE | HIDDEN) != 0 || mark.near & NAMED != 0)
            && WORDS.contains(&page.lines[at].words)
    };
    // an inset that may be the story's own
    let is_lost = |states: &[State], at: usize| {
        let is_quoted = || page.lines[at].opening == Opening::Quote && page.lines[at].quotes > 1;
        states[at] == State::Inset && (is_in_block(marked, at) || (is_in_box(marked, at) && is_quoted()))
    };
    let quotes: Vec<usize> = (first..=last)
        .filter(|&at| is_quote(at) && (states[at] == State::Body || is_lost(states, at)))
        .take(MOST + 1)
        .collect();
    if quotes.is_empty() || quotes.len() > MOST {
        return;
    }
    let mut text = Vec::new();
    for at in (first..=last).filter(|at| states[*at] == State::Body && !quotes.contains(at)) {
        letters_into(page.blocks[at].text.of(page.text), &mut text);
        text.push(b' ');
    }
    for at in quotes {
        let mut quote = Vec::new();
        letters_into(page.blocks[at].text.of(page.text), &mut quote);
        let is_for_looks = marked.marks[at].within & HIDDEN != 0;
        let is_twice = memchr::memmem::find(&text, &quote).is_some();
        if is_lost(states, at) {
            if !is_twice && states[first..at].contains(&State::Body) {
                states[at] = State::Body;
            }
        } else if states[at + 1..=last].contains(&State::Body) && (is_for_looks || is_twice) {
            states[at] = State::Inset;
        }
    }
}

/// Whether a block says whose the quotation above it is: a short line of the same `<blockquote>`, or of the same box of that name.
fn says_whose(page: &Page<'_>, marked: &Marked<'_>, at: usize) -> bool {
    /// Longest such line, in words.
    const WHOSE: f32 = 12.0;
    /// Shortest quotation.
    const QUOTE: f32 = 4.0;
    let (quote, line) = (&page.lines[at - 1], &page.lines[at]);
    let is_short = line.words <= WHOSE && !line.is_prose() && line.opening != Opening::Quote;
    let is_same = || {
        let both = |is_in: fn(&Marked<'_>, usize) -> bool| is_in(marked, at - 1) && is_in(marked, at);
        both(is_in_block) || (both(is_in_box) && quote.opening == Opening::Quote)
    };
    is_short && quote.words >= QUOTE && is_same()
}

fn is_in_block(marked: &Marked<'_>, at: usize) -> bool {
    let mark = &marked.marks[at];
    (mark.tag == Tag::Quote || mark.within & BLOCK != 0) && is_text(marked, at)
}

/// In an element of that name.
fn is_in_box(marked: &Marked<'_>, at: usize) -> bool {
    marked.marks[at].near & NAMED != 0 && is_text(marked, at)
}

fn is_text(marked: &Marked<'_>, at: usize) -> bool {
    let mark = &marked.marks[at];
    // a `<blockquote>` has a footer of its own, and quotations are set on cards as teasers are
    let near = if mark.near & NAMED != 0 { mark.near & !CARD } else { mark.near };
    let outer = Mark { within: mark.within & !FOOTER, near, ..*mark };
    mark.within & ELSEWHERE == 0 && mark.links < 64 && !crate::marked::is_furniture(&outer) && !marked.is_menu(at)
}

/// Writes a text's letters and digits, those of ASCII in small letters.
fn letters_into(text: &str, out: &mut Vec<u8>) {
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase() as u8);
        } else if !c.is_ascii() && c.is_alphanumeric() {
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use copydesk_model::{Mark, Tag};

    use crate::settle::tests::{P, check};
    use crate::states::State;

    #[test]
    fn what_is_quoted_from_the_text_itself_is_no_text() {
        use State::*;
        let (p, quote) = (Mark { tag: Tag::Paragraph, ..Mark::default() }, Mark { tag: Tag::Quote, ..Mark::default() });
        let lines = [(P, p), ("“Will sail again from Monday”", quote), ("“I had hoped for less time.”", quote), (P, p)];
        check(&lines, &[Body, Body, Body, Body], &[Body, Inset, Body, Body]);
        // nor is one that is shown for its looks alone
        let hidden = Mark { within: Mark::within_bit("hidden"), ..quote };
        check(&[(P, p), ("“Less time, more ferries.”", hidden), (P, p)], &[Body; 3], &[Body, Inset, Body]);
    }

    #[test]
    fn a_quotation_that_stands_nowhere_else_is_the_storys() {
        use State::*;
        let p = Mark { tag: Tag::Paragraph, ..Mark::default() };
        let quote = Mark { tag: Tag::Plain, within: Mark::within_bit("blockquote"), ..Mark::default() };
        let linked = Mark { links: 255, ..quote };
        let lines = [(P, p), ("“I had hoped for less time.”", quote), ("Ada Renn, captain", quote), (P, p)];
        check(&lines, &[Body, Inset, Inset, Body], &[Body; 4]);
        let lines = [(P, p), ("“Will sail again from Monday”", quote), ("Read what they hoped for", linked), (P, p)];
        check(&lines, &[Body, Inset, Inset, Body], &[Body, Inset, Inset, Body]);
    }

    #[test]
    fn whose_a_quotation_is_goes_with_it() {
        use State::*;
        let p = Mark { tag: Tag::Paragraph, ..Mark::default() };
        let quote = Mark { tag: Tag::Quote, ..p };
        let whose = Mark { tag: Tag::Plain, within: Mark::within_bit("blockquote") | super::FOOTER, ..p };
        let lines = |said, near| {
            let of = |mark: Mark| if near == 0 { mark } else { Mark { near, tag: Tag::Plain, ..p } };
            [(P, p), (said, of(quote)), ("Ada Renn, captain", of(whose)), (P, p)]
        };
        let own = "“I had hoped for less time.”";
        check(&lines(own, 0), &[Body, Body, Inset, Body], &[Body; 4]);
        check(&lines(own, 0)[..3], &[Body, Body, Outside], &[Body; 3]);
        let twice = "“Will sail again from Monday”";
        check(&lines(twice, 0), &[Body; 4], &[Body, Inset, Inset, Body]);
        // a box that is called so
        let named = Mark::word_bit("quote") | Mark::word_bit("teaser");
        check(&lines(own, named), &[Body, Inset, Inset, Body], &[Body; 4]);
        check(&lines("Read what they had hoped for", named), &[Body, Inset, Inset, Body], &[Body, Inset, Inset, Body]);
        check(&lines(twice, named), &[Body, Inset, Inset, Body], &[Body, Inset, Inset, Body]);
    }
}
