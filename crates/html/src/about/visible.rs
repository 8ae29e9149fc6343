//! What a reader sees: the heading, the byline, the date lines beside it.

use std::ops::Range;

use copydesk_model::{Field, Mark, Span, Tag, Witness};

use super::claims::Claims;
use super::clean::letters;
use super::people;
use super::time::{Habits, Stamp};

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

/// Claims what is seen. `others` are titles from other witnesses, by which the right heading is known.
pub(super) fn read(
    lines: Lines<'_>,
    times: &[Time],
    others: &[String],
    sites: &dyn Fn(&str) -> bool,
    habits: Habits<'_>,
    claims: &mut Claims,
) -> Option<usize> {
    let heading = heading(lines, others, sites);
    if let Some((at, rank)) = heading {
        claims.add(Field::Headline, lines.line(at).to_owned(), Witness::Visible, rank);
    }
    let at = heading.map(|(at, _)| at);
    let near = match at {
        Some(at) => at.saturating_sub(BEFORE)..(at + BEHIND).min(lines.lines.len()),
        None => 0..lines.lines.len().min(60),
    };
    bylines(lines, near.clone(), at, claims);
    dates(lines, near.clone(), at, habits, claims);
    time_elements(lines, near, at, times, claims);
    at
}

/// The block that is the story's heading, and how far it is to be trusted.
fn heading(lines: Lines<'_>, others: &[String], is_site: &dyn Fn(&str) -> bool) -> Option<(usize, u8)> {
    let others: Vec<Grams> = others.iter().map(|other| Grams::of(other)).collect();
    let agreed = |at: &usize| {
        let own = Grams::of(lines.line(*at));
        others.iter().map(|other| own.share_in(other).max(other.share_in(&own) * 0.9)).fold(0.0, f32::max)
    };
    let of_tag =
        |tag: Tag| (0..lines.marks.len()).filter(move |&at| lines.marks[at].tag == tag && lines.line(at).len() < 600);
    let best = |candidates: &mut dyn Iterator<Item = usize>| {
        candidates.map(|at| (at, agreed(&at))).fold(None, |best: Option<(usize, f32)>, next| match best {
            Some(best) if best.1 >= next.1 => Some(best),
            _ => Some(next),
        })
    };
    let first = best(&mut of_tag(Tag::Heading1).filter(|&at| !is_site(lines.line(at))).take(40));
    match first {
        Some((at, share)) if share >= 0.5 => return Some((at, 0)),
        _ => {}
    }
    // Pages without a first heading, or with one that is the site's: a heading that says what others say.
    let is_headline = |at: &usize| lines.marks[*at].near & bit("headline") != 0 && lines.line(*at).len() < 300;
    let other = best(&mut of_tag(Tag::Heading2).chain((0..lines.marks.len()).filter(is_headline)).take(60));
    match (other, first) {
        (Some((at, share)), _) if share >= 0.6 => Some((at, 5)),
        (_, Some((at, _))) if others.is_empty() => Some((at, 0)),
        (_, Some((at, _))) => Some((at, 70)),
        _ => None,
    }
}

/// The bit of a family of words.
fn bit(name: &str) -> u64 {
    Mark::WORDS.iter().position(|&word| word == name).map_or(0, |at| 1 << at)
}

/// All runs of four bytes in the letters of a text: what it shares with another, in any script and in any order of its parts.
struct Grams(Vec<u32>);

impl Grams {
    fn of(text: &str) -> Grams {
        let letters = letters(text);
        let mut grams: Vec<u32> = letters.windows(4).map(|w| u32::from_le_bytes([w[0], w[1], w[2], w[3]])).collect();
        grams.sort_unstable();
        grams.dedup();
        Grams(grams)
    }

    /// The share of these that the other has, too.
    fn share_in(&self, other: &Grams) -> f32 {
        if self.0.is_empty() {
            return 0.0;
        }
        let shared = self.0.iter().filter(|gram| other.0.binary_search(gram).is_ok()).count();
        shared as f32 / self.0.len() as f32
    }
}

fn bylines(lines: Lines<'_>, near: Range<usize>, heading: Option<usize>, claims: &mut Claims) {
    for at in near {
        let line = lines.line(at);
        if line.len() > LONGEST
            || Some(at) == heading
            || matches!(lines.marks[at].tag, Tag::Heading1 | Tag::Paragraph if line.len() > 90)
        {
            continue;
        }
        let is_marked = lines.marks[at].near & bit("byline") != 0;
        if !is_marked && !(people::is_byline(line) && heading.is_some_and(|heading| at > heading)) {
            continue;
        }
        let end = line.find(|c: char| c.is_numeric()).unwrap_or(line.len());
        let names = people::names(&line[..end]);
        let are_names = names.iter().all(|name| name.split_whitespace().count() <= 5) && names.len() <= 6;
        if are_names {
            for name in names {
                claims.add(Field::Author, name, Witness::Visible, if is_marked { 40 } else { 45 });
            }
        }
    }
}

fn dates(lines: Lines<'_>, near: Range<usize>, heading: Option<usize>, habits: Habits<'_>, claims: &mut Claims) {
    let marked = |at: &usize| (lines.marks[*at].near | lines.marks[*at].far) & bit("date") != 0;
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
