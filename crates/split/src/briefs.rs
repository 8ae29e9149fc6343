//! Short stories below each other in one element: each has a heading of the same kind, and says who wrote it or where it comes from. The
//! sections of one story have headings, too; what they lack is a byline or a dateline each.

use copydesk_model::Tag;

use crate::line::Ending;
use crate::marked::Marked;
use crate::page::Page;
use crate::signals::Kind;
use crate::states::{State, extents};

/// Longest heading of a brief, in words.
const TITLE: f32 = 16.0;
/// Shortest paragraph that makes a brief, in words.
const PARAGRAPH: f32 = 8.0;
/// Longest dateline before its dash, in bytes: `HARBOUR OF PORT ALDER, Westland, Jan. 22 (Nordfoto)`.
const PLACE: usize = 72;

/// A heading and what follows it, up to the next one.
#[derive(Clone, Copy, Debug, Default)]
struct Section {
    at: usize,
    end: usize,
    is_signed: bool,
    is_placed: bool,
    is_ruled: bool,
    has_text: bool,
}

/// Parts stories that are several.
pub(crate) fn part(page: &Page<'_>, marked: &Marked<'_>, states: &mut [State]) {
    if marked.kind == Kind::Live {
        return;
    }
    for (first, last) in extents(states) {
        let Some(sections) = sections(page, marked, states, first, last) else { continue };
        if are_stories(page, states, first, &sections) {
            apply(page, marked, states, first, &sections);
        }
    }
}

/// How a block may head a brief: as a heading, or as a paragraph in bold; with its template, so that only what is alike counts together.
fn kind_of_head(page: &Page<'_>, marked: &Marked<'_>, states: &[State], at: usize) -> Option<(bool, u32)> {
    let (mark, line) = (&marked.marks[at], &page.lines[at]);
    if !matches!(states[at], State::Body | State::Headline)
        || line.words > TITLE
        || line.words < 1.5
        || matches!(line.ending, Ending::Sentence | Ending::Colon | Ending::Comma)
    {
        return None;
    }
    match mark.tag {
        Tag::Heading1 => None,
        tag if tag.is_heading() => Some((true, mark.path)),
        Tag::Paragraph | Tag::Plain if mark.strong >= 250 && mark.links < 128 && !line.opens_byline => {
            Some((false, mark.path))
        }
        _ => None,
    }
}

/// The sections under the kind of heading that there is most of; `None` where there are not two.
fn sections(page: &Page<'_>, marked: &Marked<'_>, states: &[State], first: usize, last: usize) -> Option<Vec<Section>> {
    let mut kinds: Vec<((bool, u32), usize)> = Vec::new();
    for at in first..=last {
        let Some(kind) = kind_of_head(page, marked, states, at) else { continue };
        match kinds.iter().position(|known| known.0 == kind) {
            Some(known) => kinds[known].1 += 1,
            None if kinds.len() < 8 => kinds.push((kind, 1)),
            None => {}
        }
    }
    // of equals the first
    let &(kind, count) = kinds.iter().rev().max_by_key(|known| known.1)?;
    if count < 2 {
        return None;
    }
    let mut sections: Vec<Section> = Vec::with_capacity(count);
    for at in first..=last {
        if kind_of_head(page, marked, states, at) == Some(kind) {
            sections.push(Section { at, end: at + 1, is_ruled: marked.marks[at].ruled, ..Section::default() });
            continue;
        }
        let Some(section) = sections.last_mut() else { continue };
        let line = &page.lines[at];
        let text = page.blocks[at].text.of(page.text);
        section.is_signed |= (at <= section.at + 2 || states[at] == State::Body) && is_signature(page, marked, at);
        if states[at] == State::Body {
            section.is_placed |= !section.has_text && is_placed(text);
            section.has_text |= line.is_prose() && line.words >= PARAGRAPH;
        }
        section.end = at + 1;
    }
    Some(sections)
}

/// A line that says who wrote a brief: a byline, or a name behind a dash.
fn is_signature(page: &Page<'_>, marked: &Marked<'_>, at: usize) -> bool {
    let (mark, line) = (&marked.marks[at], &page.lines[at]);
    let text = page.blocks[at].text.of(page.text);
    if line.words > 10.0 || mark.tag.is_heading() || mark.tag == Tag::Caption || line.ending == Ending::Sentence {
        return false;
    }
    let is_behind_dash = text.starts_with(['—', '–']) && line.capitals > 0 && line.words <= 6.0;
    is_behind_dash || marked.names_author(page, at)
}

/// A signature that is no more than a byline. What stands behind a dash is an agency's line, which is printed with the text.
fn is_byline(page: &Page<'_>, marked: &Marked<'_>, at: usize) -> bool {
    is_signature(page, marked, at) && !page.blocks[at].text.of(page.text).starts_with(['—', '–'])
}

/// Whether a paragraph opens with a place and a dash: `PORT ALDER - The ferry`, `Velm (Nordfoto) — The ferry`,
/// `Vila do Alder, 22 jan 2025 (Nordfoto) – The ferry`.
fn is_placed(text: &str) -> bool {
    let end = text.floor_char_boundary(PLACE.min(text.len()));
    let Some((at, length)) =
        [" — ", " – ", " - ", " -- "].iter().filter_map(|dash| text[..end].find(dash).map(|at| (at, dash.len()))).min()
    else {
        return false;
    };
    let behind = text[at + length..].chars().next();
    // an agency in brackets, and a day behind a comma
    let before = text[..at].split('(').next().unwrap_or_default();
    let place = match before.split_once(',') {
        Some((place, day)) if day.contains(|c: char| c.is_ascii_digit()) => place,
        _ => before,
    };
    let is_name = |word: &str| {
        let first = word.chars().find(|c| c.is_alphanumeric());
        first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
    };
    // `de`, `am`, `of the` between names
    let is_between = |word: &str| word.chars().count() <= 3 && word.chars().all(char::is_lowercase);
    let words: Vec<&str> = place.split_whitespace().collect();
    (1..=6).contains(&words.len())
        && is_name(words[0])
        && is_name(words[words.len() - 1])
        && words.iter().all(|word| is_name(word) || is_between(word))
        && !text[..at].contains(['.', '!', '?', ':', '"', '“', '«'])
        && behind.is_some_and(|c| !c.is_lowercase())
}

fn are_stories(page: &Page<'_>, states: &[State], first: usize, sections: &[Section]) -> bool {
    if sections.iter().any(|section| !section.has_text) {
        return false;
    }
    let count = |holds: fn(&Section) -> bool| sections.iter().filter(|section| holds(section)).count();
    let many = |n: usize| n >= 2 && n * 3 >= sections.len() * 2;
    let (signed, placed) = (count(|s| s.is_signed), count(|s| s.is_placed));
    let is_ruled = sections.len() >= 3 && sections[1..].iter().all(|section| section.is_ruled);
    let opens_with_text = (first..sections[0].at).any(|at| states[at] == State::Body && page.lines[at].is_prose());
    if opens_with_text {
        // text above all headings: the story's own, unless every section says whose it is
        return sections.len() >= 3 && (signed == sections.len() || placed == sections.len());
    }
    many(signed) || many(placed) || (is_ruled && signed + placed >= 1)
}

fn apply(page: &Page<'_>, marked: &Marked<'_>, states: &mut [State], first: usize, sections: &[Section]) {
    // what stands above the first heading heads all of them, and is none of the stories, unless it has text
    let has_text = (first..sections[0].at).any(|at| states[at] == State::Body && page.lines[at].is_prose());
    if !has_text {
        states[first..sections[0].at].fill(State::Outside);
    }
    for section in sections {
        for state in states[..section.at].iter_mut().rev().take_while(|state| **state == State::Inset) {
            *state = State::Outside;
        }
        states[section.at] = State::Headline;
        // a byline is no text, above it and below
        let above = (section.at + 1..section.end.min(section.at + 3)).find(|&at| is_byline(page, marked, at));
        if let Some(above) = above.filter(|&above| states[above + 1..section.end].contains(&State::Body)) {
            states[section.at + 1..=above].fill(State::Head);
        }
        let last = (section.at + 1..section.end).rev().find(|&at| states[at] == State::Body);
        if let Some(last) = last.filter(|&at| is_byline(page, marked, at))
            && states[section.at + 1..last].contains(&State::Body)
        {
            states[last..section.end].fill(State::Outside);
        }
        for state in states[section.at + 1..section.end].iter_mut().take_while(|state| **state == State::Inset) {
            *state = State::Head;
        }
    }
    // a heading is followed by a head or a body
    let end = sections.last().map_or(first, |section| section.end);
    for state in states[..end].iter_mut().rev().take_while(|state| **state == State::Inset) {
        *state = State::Outside;
    }
}

#[cfg(test)]
mod tests {
    use copydesk_model::{Mark, Markup};

    use super::*;

    const P: &str = "The ferry to the islands will sail again from Monday, the port of Halden said.";

    fn check(lines: &[(&str, Tag)], expected: &[State]) {
        let text = lines.iter().map(|(line, _)| *line).collect::<Vec<_>>().join("\n\n");
        let mark = |tag| Mark { tag, path: tag as u32, container: 5, ..Mark::default() };
        let markup = Markup { marks: lines.iter().map(|(_, tag)| mark(*tag)).collect(), ..Markup::default() };
        let blocks = crate::blocks(&text);
        let page = Page::with_markup("", &text, &blocks, &[], &markup, &mut crate::memo::Memo::default());
        let mut states = vec![State::Body; lines.len()];
        states[0] = State::Headline;
        part(&page, page.marked.as_ref().unwrap(), &mut states);
        assert_eq!(states, expected);
    }

    #[test]
    fn briefs_say_where_they_come_from_or_who_wrote_them() {
        use State::*;
        let placed = format!("STRAND — {P}");
        let (h1, h3, p) = (Tag::Heading1, Tag::Heading3, Tag::Paragraph);
        check(
            &[
                ("In brief", h1),
                ("Pier is closed", h3),
                (&placed, p),
                (P, p),
                ("Goose stops traffic", h3),
                (&placed, p),
            ],
            &[Outside, Headline, Body, Body, Headline, Body],
        );
        check(
            &[
                ("In brief", h1),
                ("Pier is closed", h3),
                (P, p),
                ("By Ada Renn", p),
                ("Goose stops traffic", h3),
                (P, p),
                ("By Bo Lind", p),
            ],
            &[Outside, Headline, Body, Outside, Headline, Body, Outside],
        );
    }

    #[test]
    fn a_story_with_subheadings_is_one() {
        use State::*;
        let placed = format!("STRAND — {P}");
        let (h1, h3, p) = (Tag::Heading1, Tag::Heading3, Tag::Paragraph);
        check(
            &[("Ferry sails", h1), (&placed, p), ("Long repairs", h3), (P, p), ("High costs", h3), (P, p)],
            &[Headline, Body, Body, Body, Body, Body],
        );
        check(
            &[("Five walks", h1), ("The quay", h3), (P, p), ("Mill Wood", h3), (P, p)],
            &[Headline, Body, Body, Body, Body],
        );
    }

    #[test]
    fn places_before_a_dash() {
        for text in [
            "STRAND — The pier is closed.",
            "Port Alder (dpa) - The pier",
            "VELM – 14 people",
            "Vila do Alder, 22 jan 2025 (Nordfoto) – Três estradas",
            "Sankt Velm am See, Westland — The pier",
        ] {
            assert!(is_placed(text), "{text}");
        }
        for text in [
            "The pier — which is old — is closed.",
            "The pier is closed.",
            "“No” — The man",
            "Ada - the pier",
            "It rains and it pours — The",
        ] {
            assert!(!is_placed(text), "{text}");
        }
    }
}
