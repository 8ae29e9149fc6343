//! The listed words with their families, by a hash that follows for every part of a name.

use std::sync::LazyLock;

use super::lists::{FAMILIES, OTHERS};

/// What is read of one name; longer ones are made by machines for machines.
pub(super) const LONGEST_NAME: usize = 96;

/// The listed words with their families, by hash.
pub(super) struct Table {
    /// A bit for each hash that is there: most words are not listed, and this fits in the nearest memory.
    bits: [u64; FILTER_BITS / 64],
    /// Hashes alone, 0 for a free slot.
    hashes: Vec<u32>,
    slots: Vec<Listed>,
}

#[derive(Clone, Copy)]
struct Listed {
    word: &'static str,
    families: u64,
}

const TABLE_SLOTS: usize = 4096;
const FILTER_BITS: usize = 32_768;

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        bits: [0; FILTER_BITS / 64],
        hashes: vec![0; TABLE_SLOTS],
        slots: vec![Listed { word: "", families: 0 }; TABLE_SLOTS],
    };
    for (bit, (_, list)) in FAMILIES.iter().enumerate() {
        list.split_ascii_whitespace().for_each(|word| table.add(word, 1 << bit));
    }
    OTHERS.split_ascii_whitespace().for_each(|word| table.add(word, 0));
    table
});

/// The hash of a word is the sum of its bytes, each times a power of this: from the sums up to each letter of a name, that of every
/// part of it follows by one multiplication.
pub(super) const BASE: u32 = 0x0100_0193;
/// Its powers, and those of what undoes it.
pub(super) const POWERS: [u32; LONGEST_NAME + 1] = powers(BASE);
pub(super) const INVERSES: [u32; LONGEST_NAME + 1] = powers(inverse(BASE));

const fn powers(of: u32) -> [u32; LONGEST_NAME + 1] {
    let mut powers = [1u32; LONGEST_NAME + 1];
    let mut at = 1;
    while at <= LONGEST_NAME {
        powers[at] = powers[at - 1].wrapping_mul(of);
        at += 1;
    }
    powers
}

/// What an odd number is multiplied with to give 1 in 32 bits: each of Newton's steps doubles the bits that are right.
const fn inverse(odd: u32) -> u32 {
    let (mut inverse, mut step) = (odd, 0);
    while step < 5 {
        inverse = inverse.wrapping_mul(2u32.wrapping_sub(odd.wrapping_mul(inverse)));
        step += 1;
    }
    inverse
}

fn hash_of(word: &[u8]) -> u32 {
    word.iter().zip(POWERS).fold(0, |sum: u32, (&byte, power)| sum.wrapping_add(u32::from(byte).wrapping_mul(power)))
}

impl Table {
    fn slot(hash: u32) -> usize {
        (hash.wrapping_mul(0x9E37_79B1) >> 20) as usize
    }

    fn bit(hash: u32) -> usize {
        (hash.wrapping_mul(0x9E37_79B1) >> 17) as usize
    }

    fn add(&mut self, word: &'static str, families: u64) {
        let hash = hash_of(word.as_bytes());
        let mut slot = Table::slot(hash);
        while self.hashes[slot] != 0 && self.slots[slot].word != word {
            slot = (slot + 1) % TABLE_SLOTS;
        }
        let bit = Table::bit(hash);
        self.bits[bit / 64] |= 1 << (bit % 64);
        self.hashes[slot] = hash;
        self.slots[slot].word = word;
        self.slots[slot].families |= families;
    }

    /// The families of this word, which has this hash.
    #[inline]
    pub(super) fn find(&self, hash: u32, word: &[u8]) -> Option<u64> {
        let bit = Table::bit(hash);
        if self.bits[bit / 64] >> (bit % 64) & 1 == 0 {
            return None;
        }
        self.find_listed(hash, word)
    }

    fn find_listed(&self, hash: u32, word: &[u8]) -> Option<u64> {
        let mut slot = Table::slot(hash);
        while self.hashes[slot] != 0 {
            if self.hashes[slot] == hash && self.slots[slot].word.as_bytes() == word {
                return Some(self.slots[slot].families);
            }
            slot = (slot + 1) % TABLE_SLOTS;
        }
        None
    }
}
