//! Names are taken apart, and their words looked up.

use copydesk_model::Mark;

use super::Said;
use super::table::{BASE, INVERSES, LONGEST_NAME, POWERS, TABLE, Table};

/// Below this, an unlisted word that only begins or ends like a listed one says nothing.
const SHORTEST_STEM: usize = 5;
/// Words longer than this are generated, not written.
const LONGEST_WORD: usize = 40;

/// How kits of styles begin the names of their sizes of type, `text-caption` among them, and what they call the smallest.
const KITS: [&[u8]; 3] = [b"text-", b"typography-", b"MuiTypography-"];
const SIZES: [&[u8]; 2] = [b"caption", b"overline"];
/// How players of films begin the names of their buttons and messages, which they hide until somebody asks for them.
const PLAYERS: [&[u8]; 2] = [b"vjs-", b"jw-"];

/// The hash of a value without words.
pub(super) const EMPTY_HASH: u32 = 0x811c_9dc5;

/// The letters of one name in lower case, without what stands between its words, with their sums and where its words end.
struct Letters {
    letters: [u8; LONGEST_NAME + 1],
    sums: [u32; LONGEST_NAME + 1],
    ends: [u8; LONGEST_NAME + 1],
}

impl Letters {
    /// Takes a name apart: how many letters and how many words it has.
    fn read(&mut self, name: &[u8]) -> (usize, usize) {
        let name = &name[..name.len().min(LONGEST_NAME)];
        let (mut length, mut sum, mut words, mut start) = (0, 0u32, 0, 0);
        for (at, &byte) in name.iter().enumerate() {
            let small = SMALL[usize::from(byte)];
            if length > start && (small == 0 || small != byte && begins_word(name, at)) {
                self.ends[words] = length as u8;
                (words, start) = (words + 1, length);
            }
            // what is no letter is written over by the next one
            self.letters[length] = small;
            sum = sum.wrapping_add(u32::from(small).wrapping_mul(POWERS[length]));
            length += usize::from(small != 0);
            self.sums[length] = sum;
        }
        if length > start {
            self.ends[words] = length as u8;
            words += 1;
        }
        (length, words)
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

/// What a name says that was not seen before.
pub(super) fn read(name: &[u8]) -> Said {
    let table = &*TABLE;
    let mut said = Said { families: 0, hash: EMPTY_HASH, is_entry: false };
    let is_size = KITS.iter().filter_map(|kit| name.strip_prefix(*kit)).any(|rest| SIZES.contains(&rest));
    let is_player = PLAYERS.iter().any(|player| name.starts_with(player));
    let mut letters =
        Letters { letters: [0; LONGEST_NAME + 1], sums: [0; LONGEST_NAME + 1], ends: [0; LONGEST_NAME + 1] };
    let (length, words) = letters.read(name);
    let (mut before, mut start) = (None, 0);
    for &end in &letters.ends[..words] {
        let end = usize::from(end);
        said.hash = mix(said.hash, letters.hash(start, end));
        // `text-center`, `text-lg`: looks, not content
        let is_look = start == 0 && &letters.letters[..end] == b"text" && length > end;
        if !is_look {
            said.families |= families(table, &letters, start, end);
        }
        if let Some(before) = before {
            said.families |= letters.find(table, before, end).unwrap_or(0);
        }
        before = Some(start);
        start = end;
    }
    if is_size {
        said.families = 0;
    } else if is_player {
        said.families = const { Mark::word_bit("tool") | Mark::word_bit("hidden") };
    }
    said
}

/// The hash of what has one hash and then another.
pub(super) fn mix(hash: u32, with: u32) -> u32 {
    (hash ^ with).wrapping_mul(BASE).rotate_left(5)
}

/// Small letters of ASCII by its letters, 0 for what is none.
static SMALL: [u8; 256] = {
    let mut table = [0; 256];
    let mut letter = b'a';
    while letter <= b'z' {
        table[letter as usize] = letter;
        table[letter.to_ascii_uppercase() as usize] = letter;
        letter += 1;
    }
    table
};

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
