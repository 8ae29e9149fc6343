//! Which blocks repeat what the page says about itself.

use copydesk_model::{About, Field, Mark, Span, Tag, Witness};
use copydesk_text::{Habits, Stamp};

use super::clean::{letters, letters_into};

/// A block is known by its beginning: letters beyond this many bytes are not compared.
const LONGEST: usize = 256;
/// Longer lines are no date lines, nor are dates in sentences an echo.
const LONGEST_DATE: usize = 100;
/// Lines up to this long may be a date even if no class says so.
const SHORT_DATE: usize = 48;
/// Values beyond this many, captions of a gallery, are not looked for.
const MOST_WHOLES: usize = 96;
/// Lines that may be dates beyond this many are not looked at: boards of a thousand other stories.
const MOST_DATES: usize = 300;
/// Authors and makers of pictures beyond this many are not looked for.
const MOST_NAMES: usize = 16;
/// Share of links, of 255, from which a line is a link, and how long it must be so that comparing it costs anything.
const LINK: u8 = 229;
const SHORTEST_LINK: usize = 40;
/// Families of words by which a link may be part of a story.
const TELLING: [&str; 6] = ["headline", "standfirst", "byline", "date", "caption", "credit"];
/// A run of this many bytes is what two texts share: three words of a Latin script, five characters of a Chinese one.
const RUN: usize = 16;
/// Share of a block's runs that must be in `articleBody`. Of blocks of other stories on the same subject, one run in ten is.
const ENOUGH: f32 = 0.6;
/// Every third run of a block is looked up.
const STEP: usize = 3;
/// The table of runs has this many bits a run, so that one run in sixteen is in it by chance; at most 2^22 bits.
const BITS_A_RUN: usize = 16;
const MOST_BITS: usize = 1 << 22;

/// What a page says about itself, in letters, to be found again in its blocks.
pub(super) struct Echoes {
    /// Values that a block may be, may begin with or be the beginning of.
    wholes: Vec<Whole>,
    /// Names that a short block may hold.
    names: Vec<Name>,
    days: Vec<i64>,
    body: Option<Runs>,
}

impl Echoes {
    pub(super) fn of(about: &About, bodies: &[String], habits: Habits<'_>) -> Echoes {
        let mut echoes = Echoes { wholes: Vec::new(), names: Vec::new(), days: Vec::new(), body: Runs::of(bodies) };
        for said in &about.said {
            let name = match said.field {
                Field::Headline => "headline",
                Field::Description => "description",
                Field::Caption => "caption",
                Field::Section => "section",
                Field::Author => "author",
                Field::Credit => "credit",
                Field::Published | Field::Modified => {
                    if let Some(stamp) = Stamp::of(&said.value, habits).filter(|stamp| !stamp.is_month())
                        && !echoes.days.contains(&stamp.day_number())
                    {
                        echoes.days.push(stamp.day_number());
                    }
                    continue;
                }
                _ => continue,
            };
            // what was read from a caption is a part of that caption, which is more than a credit
            if said.field == Field::Credit && said.witness == Witness::Visible {
                continue;
            }
            let key = letters(&said.value);
            if key.len() < 3 {
                continue;
            }
            let bit = Mark::echo_bit(name);
            if matches!(said.field, Field::Author | Field::Credit) {
                if echoes.names.len() < MOST_NAMES
                    && !echoes.names.iter().any(|known| known.bit == bit && known.key == key)
                {
                    echoes.names.push(Name { bit, held: held(&key), key });
                }
            } else if echoes.wholes.len() < MOST_WHOLES
                && !echoes.wholes.iter().any(|known| known.bit == bit && known.key == key)
            {
                echoes.wholes.push(Whole { bit, ends: ends(&key), key });
            }
        }
        echoes
    }

    /// Sets the echoes of all blocks.
    pub(super) fn set(&self, text: &str, lines: &[Span], marks: &mut [Mark], habits: Habits<'_>) {
        let telling = Mark::WORDS
            .iter()
            .enumerate()
            .filter(|(_, word)| TELLING.contains(word))
            .fold(0, |bits, (at, _)| bits | 1 << at);
        let dates = const { Mark::word_bit("date") };
        let mut left = MOST_DATES;
        let mut key = Vec::new();
        for (line, mark) in lines.iter().zip(marks) {
            key.clear();
            let line = &text[line.start as usize..line.end as usize];
            // Links to other pages, unless somebody says that they are more; half of the blocks of a page are.
            if mark.links > LINK && (SHORTEST_LINK..LONGEST).contains(&line.len()) && mark.near & telling == 0 {
                continue;
            }
            letters_into(beginning(line, LONGEST), &mut key);
            let may_be_date = line.len() <= LONGEST_DATE
                && (mark.tag == Tag::Time || line.len() <= SHORT_DATE || (mark.near | mark.far) & dates != 0)
                && Stamp::may_be_seen(line);
            let is_dated = may_be_date && left > 0;
            left -= usize::from(is_dated);
            mark.echoes = self.echoes(line, &key, is_dated, habits);
        }
    }

    fn echoes(&self, line: &str, key: &[u8], is_dated: bool, habits: Habits<'_>) -> u16 {
        let mut echoes = 0;
        if key.is_empty() {
            return 0;
        }
        let own = ends(key);
        for whole in &self.wholes {
            // Nothing is alike that neither begins nor ends alike.
            let may_be = whole.ends.0 == own.0 || whole.ends.1 == own.1;
            if may_be && echoes & whole.bit == 0 && is_alike(key, &whole.key) {
                echoes |= whole.bit;
            }
        }
        // A byline is short; names inside of paragraphs are no echo.
        if line.len() <= 160 {
            let own = if self.names.is_empty() { 0 } else { held(key) };
            for name in &self.names {
                let may_hold = name.held & !own == 0 && echoes & name.bit == 0;
                if may_hold && memchr::memmem::find(key, &name.key).is_some() {
                    echoes |= name.bit;
                }
            }
            if is_dated
                && !self.days.is_empty()
                && let Some((stamp, _)) = Stamp::seen(line, habits)
                && !stamp.is_month()
                && self.days.iter().any(|day| (day - stamp.day_number()).abs() <= 1)
            {
                echoes |= Mark::echo_bit("date");
            }
        }
        if self.body.as_ref().is_some_and(|body| body.share(key) >= ENOUGH) {
            echoes |= Mark::echo_bit("body");
        }
        echoes
    }
}

/// A value that a block may say, in letters.
struct Whole {
    bit: u16,
    key: Vec<u8>,
    ends: (u64, u64),
}

/// A name that a short block may hold.
struct Name {
    bit: u16,
    key: Vec<u8>,
    held: u64,
}

/// Which bytes there are, by their last six bits: what has not all bytes of a name does not hold the name.
fn held(key: &[u8]) -> u64 {
    key.iter().fold(0, |held, b| held | 1 << (b & 63))
}

/// The first and the last eight bytes; of shorter keys all of it.
fn ends(key: &[u8]) -> (u64, u64) {
    match (key.first_chunk(), key.last_chunk()) {
        (Some(first), Some(last)) => (u64::from_be_bytes(*first), u64::from_be_bytes(*last)),
        _ => {
            let number = key.iter().fold(0, |number, &b| number << 8 | u64::from(b));
            (number, number)
        }
    }
}

/// Whether a block says a value: the whole of it, a kicker and it, a cut of it, or it and a credit.
fn is_alike(key: &[u8], whole: &[u8]) -> bool {
    if key == whole {
        return true;
    }
    // Sections and short captions are the whole block or nothing.
    if whole.len() < 12 || key.len() < 12 {
        return false;
    }
    let (long, short) = if key.len() > whole.len() { (key, whole) } else { (whole, key) };
    short.len() * 2 >= long.len() && (long.starts_with(short) || long.ends_with(short))
        || short.len() >= 40 && common(long, short) >= 40.max(short.len() * 4 / 5)
}

fn common(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).take_while(|(a, b)| a == b).count()
}

fn beginning(line: &str, length: usize) -> &str {
    &line[..line.floor_char_boundary(length.min(line.len()))]
}

/// The runs of a text, by their hashes: no text, and gone with the page.
struct Runs {
    bits: Vec<u64>,
    shift: u32,
}

impl Runs {
    fn of(bodies: &[String]) -> Option<Runs> {
        let mut key = Vec::new();
        bodies.iter().for_each(|body| letters_into(body, &mut key));
        if key.len() < RUN {
            return None;
        }
        let bits = (key.len() * BITS_A_RUN).next_power_of_two().clamp(1 << 10, MOST_BITS);
        let mut runs = Runs { bits: vec![0; bits / 64], shift: 64 - bits.trailing_zeros() };
        for run in key.array_windows() {
            let at = runs.hash(run);
            runs.bits[at / 64] |= 1 << (at % 64);
        }
        Some(runs)
    }

    /// The share of a block's runs that the body has; 0 for blocks that are too short to tell.
    fn share(&self, key: &[u8]) -> f32 {
        if key.len() < RUN {
            return 0.0;
        }
        let (mut found, mut looked) = (0u32, 0u32);
        for run in key.array_windows().step_by(STEP) {
            let hash = self.hash(run);
            found += (self.bits[hash / 64] >> (hash % 64) & 1) as u32;
            looked += 1;
        }
        found as f32 / looked as f32
    }

    #[inline]
    fn hash(&self, run: &[u8; RUN]) -> usize {
        let run = u128::from_le_bytes(*run);
        let mixed = (run as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
            ^ ((run >> 64) as u64).wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
        (mixed.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> self.shift) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use copydesk_model::Said;

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        let said = |field, value: &str| Said { field, value: value.to_owned(), witness: Witness::JsonLd };
        let about = About {
            said: vec![
                said(Field::Headline, "Ferry sinks off the northern pier"),
                said(Field::Author, "Ada Renn"),
                said(Field::Published, "2024-05-03T23:10:00Z"),
                said(Field::Section, "Coast"),
                said(
                    Field::Description,
                    "Nobody was hurt when the old ferry went down on Friday, the harbour master said, and the cargo was salt.",
                ),
                said(Field::Caption, "The pier at low tide"),
                said(Field::Credit, "Bo Lind"),
            ],
        };
        let body = "The ferry had been built in 1931. It carried salt and, in summer, people.\nНикто не пострадал при крушении парома.".to_owned();
        let echoes = Echoes::of(&about, &[body], Habits::default());
        let mut marks = [Mark::default()];
        echoes.set(line, &[Span { start: 0, end: line.len() as u32 }], &mut marks, Habits::default());
        let found: Vec<&str> = Mark::ECHOES
            .iter()
            .enumerate()
            .filter(|(at, _)| marks[0].echoes >> at & 1 == 1)
            .map(|(_, name)| *name)
            .collect();
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn blocks_echo_what_is_said() {
        check("FERRY SINKS off the northern pier", &["headline"]);
        check("Coast: Ferry sinks off the northern pier", &["headline"]);
        check("By Ada Renn, 4 May 2024", &["author", "date"]);
        check("Coast", &["section"]);
        check("The pier at low tide (Bo Lind)", &["caption", "credit"]);
        check("Nobody was hurt when the old ferry went down on Friday, the harbour master said …", &["description"]);
        check("It carried salt and, in summer, people.", &["body"]);
        check("Никто не пострадал при крушении парома", &["body"]);
    }

    #[test]
    fn other_blocks_echo_nothing() {
        check("", &[]);
        check("Coastal towns", &[]);
        check("The bridge had been closed since 1987. It carries trams and bicycles.", &[]);
        check(
            "Ada Renn told us that she had never seen a ferry, and that in her opinion nobody in the town had, at least not since the war ended and the pier was torn down for its iron.",
            &[],
        );
    }
}
