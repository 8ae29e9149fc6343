//! Short words in ASCII as numbers, so that a vocabulary can be asked without a string.

/// The letters of a word of at most sixteen, small, the first in the lowest byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key(u64, u64);

const LOW: u64 = u64::MAX / 255; // 0x0101...01
const HIGH: u64 = LOW << 7; // 0x8080...80

/// Length of the letters that bytes begin with, all of them ASCII, and their key if they are few enough.
#[inline(always)]
pub(super) fn ascii_word(bytes: &[u8]) -> (usize, Option<Key>) {
    let (first, low) = letters(bytes);
    if first < 8 {
        return (first, Some(Key(low, 0)));
    }
    let (second, high) = letters(&bytes[8..]);
    if second < 8 {
        return (8 + second, Some(Key(low, high)));
    }
    let rest = bytes[16..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    (16 + rest, (rest == 0).then_some(Key(low, high)))
}

/// How many of the first eight bytes are letters up to the first that is none, and those letters, small.
#[inline(always)]
fn letters(bytes: &[u8]) -> (usize, u64) {
    let chunk = match bytes.first_chunk::<8>() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => {
            let mut padded = [0; 8];
            padded[..bytes.len()].copy_from_slice(bytes);
            u64::from_le_bytes(padded)
        }
    };
    let small = chunk | (LOW * 0x20);
    // The high bit of each byte says "at least": no carry leaves a byte, as the high bits of its input are cleared.
    let low = small & !HIGH;
    let at_least = |limit: u8| low + LOW * u64::from(0x80 - limit);
    let inside = at_least(b'a') & !at_least(b'z' + 1) & !chunk & HIGH;
    let count = ((!inside & HIGH).trailing_zeros() / 8) as usize;
    (count, if count >= 8 { small } else { small & ((1 << (8 * count)) - 1) })
}

/// A map by keys that is filled once: open addressing, behind a bit for each of 65,536 hashes that says whether it is worth to look.
pub(super) struct Keys<V> {
    seen: Vec<u64>,
    slots: Vec<Option<(Key, V)>>,
    shift: u32,
}

impl<V: Copy> Keys<V> {
    pub(super) fn new(words: &[(&str, V)]) -> Self {
        let short: Vec<(Key, V)> = words.iter().filter_map(|(word, value)| Some((Key::of(word)?, *value))).collect();
        let bits = (short.len() * 2).next_power_of_two().trailing_zeros().max(4);
        let mut keys = Keys { seen: vec![0; 1024], slots: vec![None; 1 << bits], shift: 64 - bits };
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
    pub(super) fn get(&self, key: Key) -> Option<V> {
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
    fn of(word: &str) -> Option<Key> {
        let is_small = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
        ascii_word(word.as_bytes()).1.filter(|_| is_small)
    }

    #[inline]
    fn hash(self) -> u64 {
        let mixed = (self.0 ^ self.1.rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
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
            ("a1", 1, None),
            ("th@ngs", 2, None),
            ("th[ngs{", 2, None),
        ] {
            let (found, key) = ascii_word(printed.as_bytes());
            assert_eq!((found, key.and_then(|key| keys.get(key))), (length, expected), "{printed}");
        }
    }
}
