//! Short words in ASCII as numbers, so that a vocabulary can be asked without a string.

use std::num::NonZeroU64;

use copydesk_text::{Eights, bytes_before, no_letters};

/// The letters of a word of at most sixteen, small, the first in the lowest byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key(NonZeroU64, u64);

/// The letters that a text has at a place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Letters {
    /// How many, all of them ASCII.
    pub(crate) length: usize,
    /// Their key, if they are few enough.
    pub(crate) key: Option<Key>,
    /// The eight bytes that they begin with.
    pub(crate) first: u64,
}

/// Reads the letters at a place.
#[inline(always)]
pub(crate) fn letters(text: &Eights<'_>, at: usize) -> Letters {
    let first = text.at(at);
    let (mut length, low) = small_letters(first);
    let (mut high, mut more) = (0, 0);
    if length == 8 {
        (more, high) = small_letters(text.at(at + 8));
        length += more;
    }
    while more == 8 {
        more = small_letters(text.at(at + length)).0;
        length += more;
    }
    let key = NonZeroU64::new(low).filter(|_| length <= 16).map(|low| Key(low, high));
    Letters { length, key, first }
}

/// How many of eight bytes are letters up to the first that is none, and those letters, small.
#[inline(always)]
fn small_letters(eight: u64) -> (usize, u64) {
    let others = no_letters(eight);
    (others.trailing_zeros() as usize / 8, bytes_before(eight | 0x2020_2020_2020_2020, others))
}

/// A map by keys that is filled once: open addressing, behind a bit for each of 65,536 hashes that says whether it is worth to look.
pub(crate) struct Keys<V> {
    seen: Box<[u64; 1024]>,
    slots: Vec<Option<(Key, V)>>,
    shift: u32,
}

impl<V: Copy> Default for Keys<V> {
    fn default() -> Self {
        Self::new(&[])
    }
}

impl<V: Copy> Keys<V> {
    pub(crate) fn new(words: &[(&str, V)]) -> Self {
        let short: Vec<(Key, V)> = words.iter().filter_map(|(word, value)| Some((Key::of(word)?, *value))).collect();
        let bits = (short.len() * 2).next_power_of_two().trailing_zeros().max(4);
        let mut keys = Keys { seen: Box::new([0; 1024]), slots: vec![None; 1 << bits], shift: 64 - bits };
        for (key, value) in short {
            let hash = key.hash();
            keys.seen[(hash >> 54) as usize] |= 1 << ((hash >> 48) & 63);
            let mut slot = (hash >> keys.shift) as usize;
            while keys.slots[slot].is_some_and(|(known, _)| known != key) {
                slot = (slot + 1) & (keys.slots.len() - 1);
            }
            keys.slots[slot] = Some((key, value));
        }
        keys
    }

    #[inline]
    pub(crate) fn get(&self, key: Key) -> Option<V> {
        let hash = key.hash();
        if self.seen[(hash >> 54) as usize] & 1 << ((hash >> 48) & 63) == 0 {
            return None;
        }
        let mut slot = (hash >> self.shift) as usize;
        while let Some((known, value)) = self.slots[slot] {
            if known == key {
                return Some(value);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        None
    }
}

impl Key {
    /// The key of a word of small letters.
    pub(super) fn of(word: &str) -> Option<Key> {
        let is_small = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
        letters(&Eights::of(word.as_bytes()), 0).key.filter(|_| is_small)
    }

    #[inline]
    fn hash(self) -> u64 {
        let mixed = (self.0.get() ^ self.1.rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed ^ mixed >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_their_letters() {
        let words = [("the", 1), ("thursday", 2), ("septembersevents", 3), ("septembersevent", 4), ("é", 5), ("a1", 6)];
        let keys = Keys::new(&words);
        for (printed, length, expected) in [
            ("The end", 3, Some(1)),
            ("THURSDAY", 8, Some(2)),
            ("Thursday,", 8, Some(2)),
            ("thursdays ", 9, None),
            ("SeptembersEvents!", 16, Some(3)),
            ("septembersevent", 15, Some(4)),
            ("septemberseventsx", 17, None),
            ("septemberseventsseptembers events", 26, None),
            ("a1", 1, None),
            ("th@ngs", 2, None),
            ("th[ngs{", 2, None),
        ] {
            let found = letters(&Eights::of(printed.as_bytes()), 0);
            assert_eq!((found.length, found.key.and_then(|key| keys.get(key))), (length, expected), "{printed}");
        }
    }
}
