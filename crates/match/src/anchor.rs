use crate::{Prepared, Thresholds};

/// A shingle that two texts can meet at, and the position of its first word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anchor {
    /// Hash of the shingle.
    pub hash: u64,
    /// Position of its first word among the words that count.
    pub position: u32,
}

/// The anchors of a text, each hash once (its first position), by hash.
pub fn anchors(p: &Prepared, t: &Thresholds) -> Vec<Anchor> {
    let mut all: Vec<Anchor> = p
        .words
        .windows(t.shingle)
        .enumerate()
        .map(|(k, w)| Anchor { hash: shingle_hash(w), position: k as u32 })
        .collect();
    all.sort_unstable();
    all.dedup_by_key(|a| a.hash);
    let below = all.partition_point(|a| a.hash < u64::MAX / t.anchor_one_in);
    all.truncate(below.max(t.anchors_at_least));
    all
}

pub(crate) fn shingle_hash(words: &[u32]) -> u64 {
    let mut h = 0u64;
    for &w in words {
        h = (h ^ u64::from(w)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        h ^= h >> 29;
    }
    h.wrapping_mul(0xBF58_476D_1CE4_E5B9) ^ (h >> 32)
}
