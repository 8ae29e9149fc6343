use crate::{Prepared, Thresholds, shingle::shingles};

/// A shingle that two texts can meet at, and the position of its first word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anchor {
    /// Hash of the shingle.
    pub hash: u64,
    /// Position of its first word among the words that count.
    pub position: u32,
}

/// The anchors of a text, each hash once (its first position), by hash: the shingles whose hash is low, and at least
/// [`Thresholds::anchors_at_least`] of the lowest where there are so many. Both texts choose by hash, so that what they share
/// is chosen in both.
pub fn anchors(p: &Prepared, t: &Thresholds) -> Vec<Anchor> {
    let limit = u64::MAX / t.anchor_one_in.max(1);
    let all = || shingles(&p.words).enumerate().map(|(k, hash)| Anchor { hash, position: k as u32 });
    let mut near: Vec<Anchor> = all().filter(|a| a.hash < limit.saturating_mul(NEAR)).collect();
    let mut low: Vec<Anchor> = near.iter().copied().filter(|a| a.hash < limit).collect();
    sort_distinct(&mut low);
    if low.len() >= t.anchors_at_least {
        return low;
    }
    // Few are low: bottom-k instead. Nearly always there are enough among those that are nearly so.
    sort_distinct(&mut near);
    if near.len() >= t.anchors_at_least {
        near.truncate(t.anchors_at_least);
        return near;
    }
    let mut all: Vec<Anchor> = all().collect();
    sort_distinct(&mut all);
    all.truncate(t.anchors_at_least);
    all
}

/// Bottom-k is looked for below so many times the limit.
const NEAR: u64 = 4;

fn sort_distinct(anchors: &mut Vec<Anchor>) {
    anchors.sort_unstable();
    anchors.dedup_by_key(|a| a.hash);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str) -> Vec<Anchor> {
        anchors(&Prepared::new(text, &[]), &Thresholds::default())
    }

    fn text(words: std::ops::Range<u32>) -> String {
        words.map(|k| format!("w{k} ")).collect()
    }

    #[test]
    fn short_texts_keep_what_they_have() {
        assert!(of("").is_empty());
        assert!(of("four words are few").is_empty());
        assert_eq!(of("five words are just enough").len(), 1);
        assert_eq!(of(&text(0..100)).len(), 16);
    }

    #[test]
    fn long_texts_keep_one_in_32() {
        let count = of(&text(0..32_000)).len();
        assert!((900..1100).contains(&count), "{count}");
    }

    #[test]
    fn repeated_shingles_count_once() {
        assert_eq!(of(&"the same five words again ".repeat(50)).len(), 5);
    }

    proptest! {
        #[test]
        fn the_lowest_are_found_however_words_repeat(words in proptest::collection::vec(0u32..12, 0..300)) {
            let text: String = words.iter().map(|w| format!("w{w} ")).collect();
            let prepared = Prepared::new(&text, &[]);
            let t = Thresholds { anchor_one_in: u64::MAX, ..Thresholds::default() };
            let mut all: Vec<u64> = shingles(&prepared.words).collect();
            all.sort_unstable();
            all.dedup();
            all.truncate(t.anchors_at_least);
            let found: Vec<u64> = anchors(&prepared, &t).iter().map(|a| a.hash).collect();
            prop_assert_eq!(found, all);
        }

        #[test]
        fn copies_meet(at in 0u32..500, len in 120u32..600) {
            // A text and its beginning: every anchor of the whole that lies in the part is an anchor of the part.
            let (whole, part) = (of(&text(at..at + len)), of(&text(at..at + len / 2)));
            let inside: Vec<_> = whole.iter().filter(|a| a.position as usize + 5 <= (len / 2) as usize).collect();
            prop_assert!(inside.iter().all(|a| part.iter().any(|p| p.hash == a.hash)));
        }
    }
}
