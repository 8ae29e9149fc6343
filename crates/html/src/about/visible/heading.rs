//! The block that is the story's heading: the one that other witnesses know.

use copydesk_model::{Mark, Tag};

use super::Lines;
use crate::about::clean::letters;
use crate::about::titles;

/// How much a heading must agree with other titles to be the story's: half of its letters for a first heading, three quarters for others.
const ENOUGH: f32 = 0.75;
/// Headings that are looked at for the story's; section fronts have hundreds.
const MOST_HEADINGS: usize = 100;
/// What other witnesses call the story.
pub(in crate::about) struct Titles {
    grams: Vec<Grams>,
    /// Whole titles, and the parts of `<title>`, first and others.
    wholes: Vec<Vec<u8>>,
    parts: Vec<Vec<u8>>,
}

impl Titles {
    /// `titles` without the site's name, as far as others give them; `title` the page's `<title>` as it is.
    pub(in crate::about) fn of(titles: &[String], title: &str) -> Titles {
        let parts = titles::parts(title);
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

    /// How much a line is one of the titles, from 0 to 1.5, the last half where it is one to the letter, and a bonus. `None` where it is no
    /// more than another one.
    fn agree(&self, line: &str, bonus: f32, other: f32) -> Option<f32> {
        let may_be_more = |exact: f32| 1.0 + exact + bonus > other + 0.01;
        if !may_be_more(0.5) {
            return None;
        }
        let key = letters(line);
        let exact = if self.wholes.contains(&key) {
            0.5
        } else if self.parts.contains(&key) {
            0.2
        } else {
            0.0
        };
        if !may_be_more(exact) {
            return None;
        }
        let own = Grams::of(&key);
        let of_title = |other: &Grams| {
            let share = own.share_in(other);
            // A heading that holds the whole title and more still shares much of its own.
            if share < 0.3 { share } else { share.max(other.share_in(&own) * 0.9) }
        };
        let shared = self.grams.iter().map(of_title).fold(0.0, f32::max);
        Some(shared + exact + bonus).filter(|&share| share > other + 0.01)
    }
}

/// The block that is the story's heading, and how far it is to be trusted.
pub(super) fn heading(lines: Lines<'_>, titles: &Titles, is_site: &dyn Fn(&str) -> bool) -> Option<(usize, u8)> {
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
            let bonus = if is_first { 0.25 } else { 0.0 };
            if let Some(share) = titles.agree(lines.line(at), bonus, best.map_or(-1.0, |best| best.1)) {
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
