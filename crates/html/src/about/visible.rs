//! What a reader sees: the heading, the byline, the date lines beside it.

use std::ops::Range;

use copydesk_model::{Field, Mark, Span, Tag, Witness};
use copydesk_text::{Habits, Stamp, is_byline, is_picture};

use super::authors;
use super::claims::Claims;
use super::clean::letters;

/// The blocks of a page, one line each.
#[derive(Clone, Copy)]
pub(super) struct Lines<'l> {
    pub(super) text: &'l str,
    pub(super) lines: &'l [Span],
    pub(super) marks: &'l [Mark],
    /// The number of the element of each.
    pub(super) nodes: &'l [u32],
}

impl<'l> Lines<'l> {
    pub(super) fn line(&self, at: usize) -> &'l str {
        let Span { start, end } = self.lines[at];
        &self.text[start as usize..end as usize]
    }
}

/// A `<time datetime>` of the page.
pub(super) struct Time {
    pub(super) node: u32,
    pub(super) stamp: Stamp,
    /// Its class says that it is a change.
    pub(super) is_change: bool,
}

/// Blocks before and behind the heading in which its byline and date are looked for. Nine in ten date lines of 1,400 pages stand within.
const BEFORE: usize = 8;
const BEHIND: usize = 16;
/// How much a heading must agree with other titles to be the story's: half of its letters for a first heading, three quarters for others.
const ENOUGH: f32 = 0.75;
/// Headings that are looked at for the story's; section fronts have hundreds.
const MOST_HEADINGS: usize = 100;
/// Longer lines are no date lines and no bylines.
const LONGEST: usize = 160;

/// Words by which a date line says that it is of a change; lower case, beginnings of words.
const CHANGED: [&str; 30] = [
    "updat",
    "modif",
    "edited",
    "revised",
    "aktualisiert",
    "geändert",
    "bearbeitet",
    "stand:",
    "mis à jour",
    "mise à jour",
    "màj",
    "maj :",
    "actualiza",
    "atualiza",
    "aggiorna",
    "bijgewerkt",
    "gewijzigd",
    "uppdatera",
    "oppdater",
    "opdater",
    "päivitetty",
    "aktualiz",
    "обновлен",
    "оновлен",
    "güncelle",
    "تحديث",
    "עודכן",
    "更新",
    "수정",
    "cập nhật",
];

/// Claims what is seen. `titles` are those of other witnesses, by which the right heading is known.
pub(super) fn read(
    lines: Lines<'_>,
    times: &[Time],
    titles: &Titles,
    is_site: &dyn Fn(&str) -> bool,
    habits: Habits<'_>,
    claims: &mut Claims,
) -> Option<usize> {
    let heading = heading(lines, titles, is_site);
    if let Some((at, rank)) = heading {
        claims.add(Field::Headline, lines.line(at).to_owned(), Witness::Visible, rank);
    }
    let at = heading.map(|(at, _)| at);
    let near = match at {
        Some(at) => at.saturating_sub(BEFORE)..(at + BEHIND).min(lines.lines.len()),
        None => 0..lines.lines.len().min(60),
    };
    bylines(lines, near.clone(), at, habits, claims);
    dates(lines, near.clone(), at, habits, claims);
    time_elements(lines, near, at, times, claims);
    at
}

/// What other witnesses call the story.
pub(super) struct Titles {
    grams: Vec<Grams>,
    /// Whole titles, and the parts of `<title>`, first and others.
    wholes: Vec<Vec<u8>>,
    parts: Vec<Vec<u8>>,
}

impl Titles {
    /// `titles` without the site's name, as far as others give them; `title` the page's `<title>` as it is.
    pub(super) fn of(titles: &[String], title: &str) -> Titles {
        let parts = super::titles::parts(title);
        let first = &title[..parts.first().map_or(title.len(), |part| part.0)];
        // What stands behind a sign in `<title>` is the site or one of its parts, unless nobody else says anything.
        let own = if titles.is_empty() { title } else { first };
        let all = titles.iter().map(String::as_str).chain([own]).filter(|title| !title.is_empty());
        let grams = all.map(|title| Grams::of(&letters(title))).collect();
        let mut wholes: Vec<Vec<u8>> = titles.iter().map(|title| letters(title)).collect();
        wholes.extend([letters(first), letters(title)]);
        let mut behind = Vec::new();
        if titles.is_empty() {
            for (at, &(_, from)) in parts.iter().enumerate() {
                let to = parts.get(at + 1).map_or(title.len(), |next| next.0.max(from));
                behind.push(letters(&title[from..to]));
            }
        }
        Titles { grams, parts: behind, wholes }
    }

    /// How much a line is one of the titles, from 0 to 1.5; the last half where it is one to the letter.
    fn agree(&self, line: &str) -> f32 {
        let key = letters(line);
        let own = Grams::of(&key);
        let of_title = |other: &Grams| {
            let share = own.share_in(other);
            // A heading that holds the whole title and more still shares much of its own.
            if share < 0.3 { share } else { share.max(other.share_in(&own) * 0.9) }
        };
        let shared = self.grams.iter().map(of_title).fold(0.0, f32::max);
        let exact = if self.wholes.contains(&key) {
            0.5
        } else if self.parts.contains(&key) {
            0.2
        } else {
            0.0
        };
        shared + exact
    }
}

/// The block that is the story's heading, and how far it is to be trusted.
fn heading(lines: Lines<'_>, titles: &Titles, is_site: &dyn Fn(&str) -> bool) -> Option<(usize, u8)> {
    let is_marked = |at: usize| lines.marks[at].near & const { Mark::word_bit("headline") } != 0;
    let is_high = |at: usize| match lines.marks[at].tag {
        Tag::Heading1 | Tag::Heading2 => true,
        Tag::Heading3 | Tag::Plain | Tag::Paragraph => is_marked(at),
        _ => false,
    };
    let is_low = |at: usize| matches!(lines.marks[at].tag, Tag::Heading3 | Tag::Heading4) && !is_marked(at);
    // Of equals the first heading of the highest level; a heading of a lower level must be called so by others, and better.
    let mut best: Option<(usize, f32)> = None;
    let mut first = None;
    for is_candidate in [&is_high as &dyn Fn(usize) -> bool, &is_low] {
        if best.is_some_and(|best| best.1 >= ENOUGH) {
            break;
        }
        let candidates =
            (0..lines.marks.len()).filter(|&at| is_candidate(at) && (1..600).contains(&lines.line(at).len()));
        for at in candidates.take(MOST_HEADINGS) {
            let is_first = lines.marks[at].tag == Tag::Heading1;
            if is_first && is_site(lines.line(at)) {
                continue;
            }
            first = first.or(is_first.then_some(at));
            let share = titles.agree(lines.line(at)) + if is_first { 0.25 } else { 0.0 };
            if best.is_none_or(|best| share > best.1 + 0.01) {
                best = Some((at, share));
            }
        }
    }
    match (best, first) {
        (Some((at, share)), _) if share >= ENOUGH => Some((at, 0)),
        (_, Some(at)) if titles.grams.is_empty() => Some((at, 0)),
        (_, Some(at)) => Some((at, 70)),
        _ => None,
    }
}

/// All runs of four bytes in the letters of a text: what it shares with another, in any script and in any order of its parts.
/// A table of 4,096 bits, of which a long title sets 100.
struct Grams {
    bits: [u64; 64],
    runs: Vec<u16>,
}

impl Grams {
    fn of(letters: &[u8]) -> Grams {
        let mut grams = Grams { bits: [0; 64], runs: Vec::with_capacity(letters.len()) };
        for run in letters.windows(4) {
            let hash = u32::from_le_bytes([run[0], run[1], run[2], run[3]]).wrapping_mul(0x9E37_79B1) >> 20;
            grams.bits[hash as usize / 64] |= 1 << (hash % 64);
            grams.runs.push(hash as u16);
        }
        grams
    }

    /// The share of these that the other has, too.
    fn share_in(&self, other: &Grams) -> f32 {
        let shared = self.runs.iter().filter(|&&run| other.bits[run as usize / 64] >> (run % 64) & 1 == 1).count();
        shared as f32 / self.runs.len().max(1) as f32
    }
}

fn bylines(lines: Lines<'_>, near: Range<usize>, heading: Option<usize>, habits: Habits<'_>, claims: &mut Claims) {
    for at in near {
        let line = lines.line(at);
        if line.len() > LONGEST
            || Some(at) == heading
            || matches!(lines.marks[at].tag, Tag::Heading1 | Tag::Paragraph if line.len() > 90)
        {
            continue;
        }
        let is_marked =
            lines.marks[at].near & const { Mark::word_bit("byline") } != 0 && !lines.marks[at].is_within("figure");
        if is_picture(line) {
            continue;
        }
        let is_said = is_byline(line) && heading.is_none_or(|heading| at > heading);
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
        let names = authors::names(&line[..end]);
        let is_name = |name: &String| name.split_whitespace().count() <= 5 && !name.contains(['?', '!']);
        let are_names = names.iter().all(is_name) && names.len() <= 6;
        if are_names {
            for name in names {
                claims.add(Field::Author, name, Witness::Visible, if is_marked { 40 } else { 45 });
            }
        }
    }
}

fn dates(lines: Lines<'_>, near: Range<usize>, heading: Option<usize>, habits: Habits<'_>, claims: &mut Claims) {
    let marked = |at: &usize| (lines.marks[*at].near | lines.marks[*at].far) & const { Mark::word_bit("date") } != 0;
    // Behind the heading first: what stands before it may be today's date.
    let middle = heading.unwrap_or(near.start);
    let order = (middle..near.end).chain((near.start..middle).rev());
    for at in order {
        let line = lines.line(at);
        if line.len() > LONGEST && Some(at) != heading {
            continue;
        }
        let rank = match (marked(&at), at >= middle, heading.is_some()) {
            (true, _, true) => 40,
            (false, true, true) => 44,
            (true, _, false) => 50,
            _ => 56,
        };
        seen(line, rank, habits, claims);
    }
    // Some pages date their stories at the end.
    if claims.of(Field::Published).all(|claim| claim.witness != Witness::Visible) {
        for at in (near.end..lines.marks.len()).filter(marked).take(6) {
            if lines.line(at).len() <= LONGEST {
                seen(lines.line(at), 58, habits, claims);
            }
        }
    }
}

/// Claims the dates of a line: the day of publication, and that of a change where the words before it say so.
fn seen(line: &str, rank: u8, habits: Habits<'_>, claims: &mut Claims) {
    let mut rest = line;
    for _ in 0..3 {
        let Some((stamp, span)) = Stamp::seen(rest, habits) else { return };
        let before = rest[..span.start].to_lowercase();
        let is_change = CHANGED.iter().any(|word| before.contains(word));
        let field = if is_change { Field::Modified } else { Field::Published };
        claims.add(field, stamp.to_string(), Witness::Visible, rank);
        rest = &rest[span.end..];
    }
}

fn time_elements(lines: Lines<'_>, near: Range<usize>, heading: Option<usize>, times: &[Time], claims: &mut Claims) {
    if times.is_empty() || lines.nodes.is_empty() {
        return;
    }
    let first = lines.nodes[near.start.min(lines.nodes.len() - 1)];
    let last = lines.nodes.get(near.end).copied().unwrap_or(u32::MAX);
    let middle = heading.map_or(first, |at| lines.nodes[at]);
    let mut order: Vec<&Time> = times.iter().collect();
    order.sort_by_key(|time| (time.node < middle, time.node.abs_diff(middle)));
    for time in order.iter().take(4) {
        let is_near = (first..last).contains(&time.node);
        let rank = match (is_near, heading.is_some()) {
            (true, true) => 30,
            (true, false) => 48,
            _ => 60,
        };
        let field = if time.is_change { Field::Modified } else { Field::Published };
        claims.add(field, time.stamp.to_string(), Witness::Time, rank);
    }
}
