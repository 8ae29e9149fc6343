//! What the words in `class`, `id`, `role` and `itemprop` are about.
//!
//! Web templates name their parts in the words of the trade, in a few languages. The words in `lists.rs` are general ones: none is the
//! name of a site, of a product of one site, or of a single template. A name is taken apart where its writer did so (`story-body`,
//! `storyBody`, `story_body`); a word that is not listed counts by the longest listed word that it begins or ends with
//! (`bildunterschriftzeile`), and two neighbours count as one word as well (`read-more`).

mod apart;
mod lists;
mod table;

use apart::{EMPTY_HASH, mix, read};

/// What a value of `class`, `id`, `role` or `itemprop` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// A bit a family, in the order of `Mark::WORDS`.
    pub families: u64,
    /// Equal for values that are equal but for their digits and the order of nothing else.
    pub hash: u32,
    /// Whether one of its names is that of an entry in a feed of microformats.
    pub is_entry: bool,
}

/// Values that were looked at already, as pages repeat their own and those of their site, and the names in them, which values share. What it
/// holds never shows in a result.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memo {
    values: Known,
    names: Known,
}

impl Memo {
    /// What the value says.
    pub(crate) fn read(&mut self, value: &str) -> Said {
        let Memo { values, names } = self;
        values.read(value.as_bytes(), |value| {
            let mut said = NOTHING.said;
            let all = value.split(u8::is_ascii_whitespace).filter(|name| !name.is_empty());
            for (number, name) in all.enumerate() {
                said.is_entry |= matches!(name, b"hentry" | b"h-entry");
                if number < MOST_NAMES {
                    let of_name = names.read(name, read);
                    said.families |= of_name.families;
                    said.hash = mix(said.hash, of_name.hash);
                }
            }
            said
        })
    }
}

/// What texts say that were looked at already. A new one costs next to nothing, as many readers read one page.
#[derive(Clone, Debug)]
struct Known {
    /// Numbers of `found`.
    slots: Vec<u32>,
    /// What was looked at; the first is the empty text, which slots hold that hold nothing.
    found: Vec<Remembered>,
    /// The texts themselves, one behind the other.
    texts: Vec<u8>,
}

/// A text that was looked at: where it stands, and what it says.
#[derive(Clone, Copy, Debug)]
struct Remembered {
    start: u32,
    end: u32,
    said: Said,
}

/// How many names of one value are read.
const MOST_NAMES: usize = 24;
/// Slots are filled by hash and never searched: two texts that share one are read again in turns.
const SLOTS: usize = 2048;
/// When the texts are more than this, all are forgotten.
const MOST_BYTES: usize = 256 << 10;
/// Longer texts are hardly repeated.
const LONGEST_REMEMBERED: usize = 256;

const NOTHING: Remembered =
    Remembered { start: 0, end: 0, said: Said { families: 0, hash: EMPTY_HASH, is_entry: false } };

impl Default for Known {
    fn default() -> Known {
        Known { slots: vec![0; SLOTS], found: vec![NOTHING], texts: Vec::new() }
    }
}

impl Known {
    #[inline]
    fn read(&mut self, text: &[u8], look: impl FnOnce(&[u8]) -> Said) -> Said {
        let slot = (quick_hash(text) >> 53) as usize;
        let known = self.found[self.slots[slot] as usize];
        if self.texts[known.start as usize..known.end as usize] == *text {
            return known.said;
        }
        let said = look(text);
        if text.len() <= LONGEST_REMEMBERED {
            if self.texts.len() > MOST_BYTES {
                self.texts.clear();
                self.found.truncate(1);
                self.slots.fill(0);
            }
            let start = self.texts.len() as u32;
            self.texts.extend_from_slice(text);
            self.slots[slot] = self.found.len() as u32;
            self.found.push(Remembered { start, end: self.texts.len() as u32, said });
        }
        said
    }
}

fn quick_hash(bytes: &[u8]) -> u64 {
    const K: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = bytes.len() as u64 ^ K;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        hash = (hash ^ u64::from_le_bytes(*chunk)).wrapping_mul(K).rotate_left(29);
    }
    let last = match bytes.last_chunk::<8>() {
        // some of it a second time, which does no harm
        Some(last) => u64::from_le_bytes(*last),
        None => rest.iter().fold(0, |last, &byte| last << 8 | u64::from(byte)),
    };
    (hash ^ last).wrapping_mul(K)
}

#[cfg(test)]
mod tests {
    use copydesk_model::Mark;

    use super::lists::FAMILIES;
    use super::*;

    fn check(value: &str, expected: &[&str]) {
        let families = Memo::default().read(value).families;
        let names: Vec<_> =
            Mark::WORDS.iter().enumerate().filter(|(bit, _)| families >> bit & 1 == 1).map(|(_, n)| *n).collect();
        assert_eq!(names, expected, "families of {value:?}");
    }

    #[test]
    fn families_are_those_of_the_model() {
        let names: Vec<_> = FAMILIES.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, Mark::WORDS);
    }

    #[test]
    fn names_are_taken_apart_as_they_were_written() {
        check("story-body", &["content"]);
        check("storyBody", &["content"]);
        check("c-article__body_text", &["content"]);
        check("articlebody", &["content"]);
        check("bildunterschriftzeile", &["caption"]);
        check("newsletter-teaser js-x", &["teaser", "newsletter"]);
        check("read-more", &["related", "teaser"]);
        check("sr-only", &["hidden"]);
        // the size of type that a kit of styles calls so, and what a player hides
        check("text-caption", &[]);
        check("vjs-captions-button", &["tool", "hidden"]);
        check("", &[]);
    }

    #[test]
    fn looks_are_no_content() {
        check("text-center text-lg context", &[]);
        check("mt-4 flex px-2 w-full", &[]);
        check("article-text", &["content"]);
        check("text", &["content"]);
    }

    #[test]
    fn paths_do_not_see_numbers() {
        let longer = "A".repeat(96) + "b";
        let hash = |value| Memo::default().read(value).hash;
        assert_eq!(hash("post post-1723"), hash("post post-99"));
        // nor what stands behind the longest name that is read
        assert_eq!(hash(&longer), hash(&longer[..96]));
        assert_ne!(hash("post"), hash("page"));
    }
}
