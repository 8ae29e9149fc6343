//! What the decoder takes for paragraphs of a page's story and is none: a second copy of the text, addresses, labels of pictures and charts, menus, times of a
//! recording, and whose all rights are.

use copydesk_model::{Field, Tag};

use crate::line::Ending;
use crate::marked::Marked;
use crate::page::Page;
use crate::states::{State, extents};

/// Drops all of it.
pub(crate) fn drop_all(page: &Page<'_>, marked: &Marked<'_>, states: &mut [State]) {
    drop_repeats(page, marked, states);
    drop_lines(page, marked, states);
    drop_menus(page, marked, states);
    drop_rights(page, states);
    drop_elapsed_times(page, marked, states);
    drop_labels(page, marked, states);
}

/// A text that a page holds twice, once for wide screens and once for narrow ones, is read once: what follows is most of what stands above, from its
/// beginning, to the letter, in an element of its own.
fn drop_repeats(page: &Page<'_>, marked: &Marked<'_>, states: &mut [State]) {
    /// Words of it, at least, and how much of what stands above it is.
    const WORDS: f32 = 40.0;
    const MOST: f32 = 0.6;
    /// Paragraphs at the beginning of which one begins the second copy: a standfirst may stand but once.
    const FIRST: usize = 3;
    for (first, last) in extents(states) {
        let bodies: Vec<usize> = (first..=last).filter(|&at| states[at] == State::Body).collect();
        let hash = |number: usize| page.blocks[bodies[number]].hash;
        let words = |from: usize, to: usize| (from..to).map(|number| page.lines[bodies[number]].words).sum::<f32>();
        let copy = (0..bodies.len().min(FIRST)).find_map(|before| {
            let again = (before + 1..bodies.len()).find(|&again| hash(again) == hash(before))?;
            let is_same = |n: &usize| again + n < bodies.len() && hash(before + n) == hash(again + n);
            let same = (0..again - before).take_while(is_same).count();
            let length = words(again, again + same);
            let is_apart = marked.marks[bodies[again]].container != marked.marks[bodies[before]].container;
            (is_apart && length >= WORDS && length >= words(before, again) * MOST).then_some(again..again + same)
        });
        for &at in copy.into_iter().flat_map(|copy| &bodies[copy]) {
            states[at] = State::Inset;
        }
    }
}

/// The page's own address, alone in a line, is for a button that copies it; a line that a label opens says who made a picture, `Photo: M. Lindqvist`, or
/// when the text was changed, `Updated: 9.45pm`.
fn drop_lines(page: &Page<'_>, marked: &Marked<'_>, states: &mut [State]) {
    /// Longest label, in bytes, and longest line that it opens, in words.
    const LABEL: usize = 16;
    const LABELLED: f32 = 8.0;
    let own = marked.about.value(Field::Canonical);
    for ((state, block), line) in states.iter_mut().zip(page.blocks.iter()).zip(&page.lines) {
        if *state != State::Body {
            continue;
        }
        let text = block.text.of(page.text).trim();
        let is_address = || text.starts_with("http") && text == own;
        let is_label = || {
            line.words <= LABELLED
                && line.ending == Ending::Plain
                && text.split_once([':', '：']).is_some_and(|(label, rest)| {
                    let is_day = copydesk_text::says_changed(label) && rest.contains(char::is_numeric);
                    label.len() <= LABEL && !rest.is_empty() && (line.opens_credit || is_day)
                })
        };
        if is_address() || is_label() {
            *state = State::Inset;
        }
    }
}

/// A list of a word or two an item, above everything else of a story, is a menu.
fn drop_menus(page: &Page<'_>, marked: &Marked<'_>, states: &mut [State]) {
    /// Longest item of a menu, in words, and items of it at least.
    const WORDS: f32 = 3.0;
    const ITEMS: usize = 8;
    for (first, last) in extents(states) {
        let is_item = |at: usize| marked.marks[at].tag == Tag::Item && page.lines[at].words <= WORDS;
        let opens = |&at: &usize| states[at] != State::Headline && (states[at] != State::Body || is_item(at));
        let items: Vec<usize> = (first..=last).take_while(opens).filter(|&at| states[at] == State::Body).collect();
        if let (Some(&end), true) = (items.last(), items.len() >= ITEMS) {
            states[first..=end].fill(State::Outside);
        }
    }
}

/// What says whose all rights are, far below the text, is the page's.
fn drop_rights(page: &Page<'_>, states: &mut [State]) {
    /// Blocks that part it from the text.
    const FAR: usize = 3;
    for (first, last) in extents(states) {
        let mut bodies = (first..=last).rev().filter(|&at| states[at] == State::Body);
        if let (Some(end), Some(before)) = (bodies.next(), bodies.next())
            && page.lines[end].copyright
            && end - before > FAR
        {
            states[before + 1..=last].fill(State::Outside);
        }
    }
}

/// Times that count from the beginning of a recording are none of its transcript.
fn drop_elapsed_times(page: &Page<'_>, marked: &Marked<'_>, states: &mut [State]) {
    let is_clock = |at: usize| page.lines[at].clock && page.lines[at].words <= 2.0 && marked.marks[at].tag != Tag::Cell;
    let text = |at: usize| page.blocks[at].text.of(page.text).trim();
    let Some(first) = (0..states.len()).find(|&at| is_clock(at) && matches!(text(at), "0:00" | "00:00" | "00:00:00"))
    else {
        return;
    };
    for at in first..states.len().saturating_sub(1) {
        let is_inside = matches!(states[at + 1], State::Body | State::Inset);
        if states[at] == State::Body && is_clock(at) && is_inside {
            states[at] = State::Inset;
        }
    }
}

/// The labels of a chart that is made of HTML are no paragraphs: a row of a few words each, of which most are numbers.
fn drop_labels(page: &Page<'_>, marked: &Marked<'_>, states: &mut [State]) {
    /// Longest label, in words, and labels of a chart at least.
    const WORDS: f32 = 4.0;
    const LABELS: usize = 6;
    let is_label = |states: &[State], at: usize| {
        states[at] == State::Body
            && page.lines[at].words <= WORDS
            && matches!(marked.marks[at].tag, Tag::Paragraph | Tag::Plain)
    };
    let is_number = |at: usize| {
        let text = page.blocks[at].text.of(page.text);
        text.contains(char::is_numeric) && !text.contains(char::is_alphabetic)
    };
    let mut at = 0;
    while at < states.len() {
        let end = (at..states.len()).find(|&end| !is_label(states, end)).unwrap_or(states.len());
        let numbers = (at..end).filter(|&label| is_number(label)).count();
        if end - at >= LABELS && numbers * 2 > end - at {
            states[at..end].fill(State::Inset);
        }
        at = end + 1;
    }
}

#[cfg(test)]
mod tests {
    use copydesk_model::{Mark, Tag};

    use crate::settle::tests::{P, check};
    use crate::states::State::{self, Body, Inset, Outside};

    fn of(tag: Tag) -> Mark {
        Mark { tag, ..Mark::default() }
    }

    #[test]
    fn a_menu_above_the_text() {
        let lines: Vec<(&str, Mark)> =
            [("News", of(Tag::Item)); 8].into_iter().chain([(P, of(Tag::Paragraph))]).collect();
        let expected: Vec<State> = [Outside; 8].into_iter().chain([Body]).collect();
        check(&lines, &[Body; 9], &expected);
        // a list of seven may be the story's
        check(&lines[1..], &[Body; 8], &[Body; 8]);
    }

    #[test]
    fn whose_all_rights_are() {
        let p = of(Tag::Paragraph);
        let rights = "All that is on these pages is © The Post and may not be copied by anybody at all.";
        let lines = [(P, p), ("More", p), ("News", p), ("Sport", p), (rights, p)];
        check(&lines, &[Body, Inset, Inset, Inset, Body], &[Body, Outside, Outside, Outside, Outside]);
        check(&[(P, p), (rights, p)], &[Body; 2], &[Body; 2]);
    }

    #[test]
    fn labels_of_charts_and_pictures() {
        let p = of(Tag::Paragraph);
        let ticks = ["800", "600", "400", "200", "0", "’17", "’18"].map(|tick| (tick, p));
        let lines: Vec<(&str, Mark)> = [(P, p)].into_iter().chain(ticks).chain([(P, p)]).collect();
        let expected: Vec<State> = [Body].into_iter().chain([Inset; 7]).chain([Body]).collect();
        check(&lines, &[Body; 9], &expected);
        check(&[(P, p), ("Photo: Ada Renn", p), (P, p)], &[Body; 3], &[Body, Inset, Body]);
        check(&[(P, p), ("Updated: 9.45pm", p), (P, p)], &[Body; 3], &[Body, Inset, Body]);
    }

    #[test]
    fn a_text_for_wide_screens_and_for_narrow_ones() {
        let [wide, narrow] = [1, 2].map(|container| Mark { container, ..of(Tag::Paragraph) });
        let other =
            "The company says that the last of its boats was repaired in three weeks, and not in two as it had hoped.";
        let third =
            "Who has a ticket for one of the days without a boat gets the price of it back, said a spokeswoman for it.";
        let text = [P, other, third];
        let lines: Vec<(&str, Mark)> =
            text.map(|line| (line, wide)).into_iter().chain(text.map(|line| (line, narrow))).collect();
        check(&lines, &[Body; 6], &[Body, Body, Body, Inset, Inset, Inset]);
    }
}
