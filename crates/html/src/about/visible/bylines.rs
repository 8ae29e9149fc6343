//! Bylines: lines that begin as one, that are called one, or that hold something that is.

use std::ops::Range;

use copydesk_model::{Field, Mark, Tag, Witness};
use copydesk_text::{Habits, Stamp, is_byline, is_picture};

use super::{LONGEST, Lines};
use crate::about::authors;
use crate::about::claims::Claims;
use crate::about::clean::clean;
use crate::scan::{Attribute, Element};
use crate::words::Memo;

const BYLINE: u64 = Mark::word_bit("byline");
const FIGURE: u32 = Mark::within_bit("figure");
/// Nodes of a line that are looked at; a byline with pictures and buttons has a dozen.
const MOST_NODES: u32 = 60;
/// Folders of addresses that lead to an author's page.
const FOLDERS: [&str; 16] = [
    "author",
    "authors",
    "writer",
    "writers",
    "autor",
    "autoren",
    "autores",
    "autori",
    "auteur",
    "auteurs",
    "by",
    "journalist",
    "reporter",
    "profile",
    "contributor",
    "redacteur",
];

/// Claims the authors of the lines near the heading.
pub(super) fn bylines(
    memo: &mut Memo,
    lines: Lines<'_>,
    near: Range<usize>,
    heading: Option<usize>,
    habits: Habits<'_>,
    claims: &mut Claims,
) {
    for at in near {
        let (line, mark) = (lines.line(at), &lines.marks[at]);
        if line.len() > LONGEST
            || Some(at) == heading
            || mark.tag == Tag::Control
            || matches!(mark.tag, Tag::Heading1 | Tag::Paragraph if line.len() > 90)
            || is_picture(line)
        {
            continue;
        }
        let is_behind = heading.is_none_or(|heading| at > heading);
        let is_marked = mark.near & BYLINE != 0 && mark.within & FIGURE == 0;
        let parts = if mark.within & FIGURE != 0 { Vec::new() } else { parts(memo, lines, at) };
        // Beside a name of two words, what is called the author's in one word is a button, or the initials of a picture.
        let has_name = parts.iter().any(|name| name.contains(' '));
        let mut parts = parts.into_iter().filter(|name| !has_name || name.contains(' ')).peekable();
        if parts.peek().is_some() && (is_behind || is_marked) {
            parts.for_each(|name| claims.add(Field::Author, name, Witness::Visible, if is_marked { 40 } else { 42 }));
            continue;
        }
        let is_said = is_byline(line) && is_behind;
        if !is_marked && !is_said {
            continue;
        }
        // A date, its weekday and month may follow in the same line.
        let date = Stamp::seen(line, habits).map_or(line.len(), |(_, span)| span.start);
        let end = line.find(|c: char| c.is_numeric()).unwrap_or(line.len()).min(date);
        // `Ada Renn | Published 3 May 2024`
        let label =
            line[..end].rfind(['|', '·', '•', '–', ',']).filter(|at| line[*at..end].split_whitespace().count() <= 2);
        let end = label.filter(|&at| end < line.len() && at > 0).unwrap_or(end);
        // `By e-mail, on Monday` says how, and not who
        if !is_marked && !copydesk_text::without_by(line).split_whitespace().next().is_some_and(is_name) {
            continue;
        }
        let names = authors::names(&line[..end]);
        if names.iter().all(|name| is_name(name)) && names.len() <= 6 {
            for name in names {
                claims.add(Field::Author, name, Witness::Visible, if is_marked { 40 } else { 45 });
            }
        }
    }
}

/// The names in those parts of a line that say of themselves that they name an author.
fn parts(memo: &mut Memo, lines: Lines<'_>, at: usize) -> Vec<String> {
    let stream = lines.stream;
    let (block, end) = (lines.nodes[at], lines.marks[at].source.end);
    let Some(around) = stream.element(block) else { return Vec::new() };
    let is_dated = Stamp::may_be_seen(lines.line(at));
    let mut names = Vec::new();
    let mut next = block + 1;
    while next < around.end().min(block + MOST_NODES) && stream.node(next).start < end {
        let here = next;
        next += 1;
        let Some(element) = stream.element(here) else { continue };
        let is_here = stream.node(here).start >= lines.marks[at].source.start.saturating_sub(512);
        if !is_here || !(is_author(element, memo) || (is_dated && is_person(element, memo))) {
            continue;
        }
        // what holds both a name and what somebody is there is called so as well as the name
        if element.descendants().take(MOST_NODES as usize).any(|inner| is_author(inner, memo)) {
            continue;
        }
        next = element.end().max(next);
        let text = element.text();
        if text.len() <= LONGEST {
            names.extend(authors::names(&clean(&text)).into_iter().filter(|name| is_name(name) && !has_digit(name)));
        }
    }
    names
}

/// Whether an element says that it names an author: by its classes, by what its link is, or by where that leads.
fn is_author(element: Element<'_>, memo: &mut Memo) -> bool {
    element.raw_attributes().any(|(name, value)| match name {
        Attribute::CLASS | Attribute::ID | Attribute::ITEMPROP => memo.read(value).families & BYLINE != 0,
        Attribute::REL => value.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("author")),
        Attribute::HREF => leads_to_author(value),
        _ => false,
    })
}

/// Whether an element is called a name, and not that of a part of the site, and holds two or three words as people's names are: beside a
/// date it is the author's.
fn is_person(element: Element<'_>, memo: &mut Memo) -> bool {
    const OTHERS: u64 =
        Mark::word_bit("kicker") | Mark::word_bit("tags") | Mark::word_bit("navigation") | Mark::word_bit("menu");
    let Some(class) = element.raw(Attribute::CLASS) else { return false };
    let is_name = class.split(|c: char| !c.is_ascii_alphabetic()).any(|word| word.eq_ignore_ascii_case("name"));
    if !is_name || memo.read(class).families & OTHERS != 0 {
        return false;
    }
    let text = element.text();
    let capital = |word: &str| word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase);
    (2..=3).contains(&text.split_whitespace().count())
        && text.len() <= 60
        && text.split_whitespace().all(capital)
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '’' | '\''))
}

/// `/authors/ada-renn`, and not the list of all of them.
fn leads_to_author(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or("");
    let mut folders = path.trim_end_matches('/').rsplit('/').skip(1).take(2);
    folders.any(|folder| FOLDERS.iter().any(|known| folder.eq_ignore_ascii_case(known)))
}

fn has_digit(name: &str) -> bool {
    name.chars().any(char::is_numeric)
}

fn is_name(name: &str) -> bool {
    name.split_whitespace().count() <= 5
        && !name.contains(['?', '!'])
        && name.chars().find(|c| c.is_alphabetic()).is_some_and(|first| {
            // `by e-mail, on Monday` names nobody, `von der Heide` does
            !first.is_lowercase() || name.contains(char::is_uppercase)
        })
}
