//! Names are taken apart, and their words looked up.

use super::Said;
use super::table::{BASE, INVERSES, LONGEST_NAME, POWERS, TABLE, Table};

/// Below this, an unlisted word that only begins or ends like a listed one says nothing.
const SHORTEST_STEM: usize = 5;
/// Words longer than this are generated, not written.
const LONGEST_WORD: usize = 40;
/// How many names of one value are read.
const MOST_NAMES: usize = 24;

/// The hash of a value without words.
pub(super) const EMPTY_HASH: u32 = 0x811c_9dc5;

/// The letters of one name in lower case, without what stands between its words, and their sums.
struct Letters {
    letters: [u8; LONGEST_NAME],
    sums: [u32; LONGEST_NAME + 1],
    length: usize,
}

impl Letters {
    #[inline]
    fn push(&mut self, letter: u8) {
        self.letters[self.length] = letter;
        let term = u32::from(letter).wrapping_mul(POWERS[self.length]);
        self.sums[self.length + 1] = self.sums[self.length].wrapping_add(term);
        self.length += 1;
    }

    /// The families of the listed word that stands from one letter to another.
    #[inline]
    fn find(&self, table: &Table, start: usize, end: usize) -> Option<u64> {
        table.find(self.hash(start, end), &self.letters[start..end])
    }

    #[inline]
    fn hash(&self, start: usize, end: usize) -> u32 {
        self.sums[end].wrapping_sub(self.sums[start]).wrapping_mul(INVERSES[start])
    }
}

/// What a value says that was not seen before.
pub(super) fn read(value: &str) -> Said {
    let table = &*TABLE;
    let mut said = Said { families: 0, hash: EMPTY_HASH, is_entry: false };
    let mut letters = Letters { letters: [0; LONGEST_NAME], sums: [0; LONGEST_NAME + 1], length: 0 };
    for name in value.as_bytes().split(u8::is_ascii_whitespace).filter(|name| !name.is_empty()).take(MOST_NAMES) {
        let name = &name[..name.len().min(LONGEST_NAME)];
        letters.length = 0;
        let (mut before, mut start) = (None, 0);
        for at in 0..=name.len() {
            let byte = name.get(at).copied().unwrap_or(b' ');
            let lower = byte | 0x20;
            let is_letter = lower.wrapping_sub(b'a') < 26;
            if is_letter && (byte == lower || !begins_word(name, at)) {
                letters.push(lower);
                continue;
            }
            let end = letters.length;
            if end > start {
                said.hash = (said.hash ^ letters.hash(start, end)).wrapping_mul(BASE).rotate_left(5);
                // `text-center`, `text-lg`: looks, not content
                let is_look =
                    start == 0 && &letters.letters[..end] == b"text" && name[at..].iter().any(u8::is_ascii_alphabetic);
                if !is_look {
                    said.families |= families(table, &letters, start, end);
                }
                if let Some(before) = before {
                    said.families |= letters.find(table, before, end).unwrap_or(0);
                }
                before = Some(start);
                start = end;
            }
            if is_letter {
                letters.push(lower);
            }
        }
        said.hash = (said.hash ^ 0x20).wrapping_mul(BASE);
    }
    said.is_entry = value.split_ascii_whitespace().any(|name| matches!(name, "hentry" | "h-entry"));
    said
}

/// `storyBody`, `HTMLText`
fn begins_word(name: &[u8], at: usize) -> bool {
    at > 0
        && name.get(at).is_some_and(u8::is_ascii_uppercase)
        && (name[at - 1].is_ascii_lowercase()
            || (name[at - 1].is_ascii_uppercase() && name.get(at + 1).is_some_and(u8::is_ascii_lowercase)))
}

fn families(table: &Table, letters: &Letters, start: usize, end: usize) -> u64 {
    if let Some(found) = letters.find(table, start, end) {
        return found;
    }
    if end - start <= SHORTEST_STEM || end - start > LONGEST_WORD {
        return 0;
    }
    // the longest that it begins with, and the longest that it ends with
    let begins = (start + SHORTEST_STEM..end).rev().find_map(|end| letters.find(table, start, end));
    let ends = (start + 1..=end - SHORTEST_STEM).find_map(|start| letters.find(table, start, end));
    begins.unwrap_or(0) | ends.unwrap_or(0)
}
