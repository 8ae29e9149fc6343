//! A hash for short words that nobody chooses to collide: vocabularies are ours.

use std::hash::{BuildHasherDefault, Hasher};

/// A map by words.
pub(crate) type Words<V> = std::collections::HashMap<String, V, BuildHasherDefault<WordHasher>>;

/// Eight bytes at a time: rotate, mix, multiply (the scheme of Firefox, as in rustc).
#[derive(Default)]
pub(crate) struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(eight)).wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }

    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        // The table looks at the top bits and at the lowest.
        self.0 ^ self.0 >> 32
    }
}
