use crate::{
    Evidence, Prepared, Run, Thresholds,
    shingle::{SHINGLE, shingle_hash},
};

/// Aligns two texts: shared shingles seed runs of equal words, the heaviest chain of runs that stands in the same order in
/// both is kept, the gaps between its runs are closed word by word, and what stands in both but elsewhere counts as moved.
///
/// Work is proportional to the texts' lengths, apart from texts that repeat themselves without end, which are bounded.
pub fn align(a: &Prepared, b: &Prepared, t: &Thresholds) -> Evidence {
    let (wa, wb) = (&a.words[..], &b.words[..]);
    let seeds = seeds(wa, wb);
    let chain = heaviest_chain(&seeds);
    let mut runs = Vec::with_capacity(chain.len() * 2);
    let mut at = (0u32, 0u32);
    for &k in &chain {
        let seed = seeds[k];
        // Neighbours may overlap by less than a shingle: the earlier run keeps the words.
        let cut = at.0.saturating_sub(seed.a).max(at.1.saturating_sub(seed.b));
        if cut >= seed.len {
            continue;
        }
        let seed = Run { a: seed.a + cut, b: seed.b + cut, len: seed.len - cut };
        close_gap(wa, wb, at, (seed.a, seed.b), t.gap_cells, &mut runs);
        push(&mut runs, seed);
        at = (seed.a + seed.len, seed.b + seed.len);
    }
    close_gap(wa, wb, at, (wa.len() as u32, wb.len() as u32), t.gap_cells, &mut runs);
    let moved = moved(&seeds, &chain, wb.len(), &runs);
    Evidence::new(wa, wb, runs, moved, t)
}

/// Appends a run, joined to the last one where they touch.
fn push(runs: &mut Vec<Run>, run: Run) {
    match runs.last_mut() {
        Some(last) if last.a + last.len == run.a && last.b + last.len == run.b => last.len += run.len,
        _ => runs.push(run),
    }
}

/// Maximal runs that begin at a shared shingle, in the order of `b`; each word of `b` in at most one, apart from overlaps
/// shorter than a shingle. A shingle that `a` repeats seeds from its first place only.
fn seeds(wa: &[u32], wb: &[u32]) -> Vec<Run> {
    let mut seeds = Vec::new();
    if wa.len() < SHINGLE || wb.len() < SHINGLE {
        return seeds;
    }
    let index = Index::new(wa);
    let (mut kb, mut run_end) = (0, 0);
    while kb + SHINGLE <= wb.len() {
        let shingle = wb[kb..].first_chunk::<SHINGLE>().expect("the loop's condition");
        let Some(ka) = index.find(wa, shingle) else {
            kb += 1;
            continue;
        };
        // Backwards too: the words before a shingle may stand in `a` twice, or be the rest of a shingle that an edit broke.
        let back = wa[..ka].iter().rev().zip(wb[run_end.min(kb)..kb].iter().rev()).take_while(|(x, y)| x == y).count();
        let ahead = wa[ka..].iter().zip(&wb[kb..]).take_while(|(x, y)| x == y).count();
        seeds.push(Run { a: (ka - back) as u32, b: (kb - back) as u32, len: (back + ahead) as u32 });
        run_end = kb + ahead;
        // The last words of a run may begin another: of a paragraph that stands elsewhere in `a`.
        kb += (ahead - SHINGLE + 1).max(1);
    }
    seeds
}

/// The first place of each shingle of a text: open addressing over positions, the words themselves are the keys.
struct Index {
    slots: Vec<u32>,
    shift: u32,
}

impl Index {
    fn new(words: &[u32]) -> Self {
        let bits = (words.len() * 2).next_power_of_two().trailing_zeros().max(4);
        let mut index = Self { slots: vec![0; 1 << bits], shift: 64 - bits };
        for (k, shingle) in words.array_windows::<SHINGLE>().enumerate() {
            let slot = index.slot(words, shingle);
            if index.slots[slot] == 0 {
                index.slots[slot] = k as u32 + 1;
            }
        }
        index
    }

    /// The slot that holds the shingle, or the free one where it belongs.
    #[inline]
    fn slot(&self, words: &[u32], shingle: &[u32; SHINGLE]) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (shingle_hash(shingle) >> self.shift) as usize;
        loop {
            match self.slots[slot] {
                0 => return slot,
                k if words[k as usize - 1..].starts_with(shingle) => return slot,
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    #[inline]
    fn find(&self, words: &[u32], shingle: &[u32; SHINGLE]) -> Option<usize> {
        (self.slots[self.slot(words, shingle)] as usize).checked_sub(1)
    }
}

/// Indices of the seeds in the chain with most words whose order is the same in both texts. Seeds come in the order of `b`;
/// a Fenwick tree over ends in `a` gives each seed its best predecessor.
fn heaviest_chain(seeds: &[Run]) -> Vec<usize> {
    if seeds.len() <= 1 {
        return (0..seeds.len()).collect();
    }
    let slack = SHINGLE as u32 - 1;
    let mut ends: Vec<u32> = seeds.iter().map(|s| s.a + s.len).collect();
    ends.sort_unstable();
    ends.dedup();
    let mut tree: Vec<(u32, usize)> = vec![(0, usize::MAX); ends.len() + 1];
    let mut weight = vec![0; seeds.len()];
    let mut before = vec![usize::MAX; seeds.len()];
    for (k, seed) in seeds.iter().enumerate() {
        let mut best = (0, usize::MAX);
        let mut node = ends.partition_point(|&end| end <= seed.a + slack.min(seed.len - 1));
        while node > 0 {
            if tree[node].0 > best.0 {
                best = tree[node];
            }
            node &= node - 1;
        }
        weight[k] = best.0 + seed.len;
        before[k] = best.1;
        let mut node = ends.partition_point(|&end| end < seed.a + seed.len) + 1;
        while node < tree.len() {
            if weight[k] > tree[node].0 {
                tree[node] = (weight[k], k);
            }
            node += node & node.wrapping_neg();
        }
    }
    let mut last = 0;
    for k in 1..seeds.len() {
        if weight[k] > weight[last] {
            last = k;
        }
    }
    let mut chain = vec![last];
    while before[last] != usize::MAX {
        last = before[last];
        chain.push(last);
    }
    chain.reverse();
    chain
}

/// Finds equal words between two runs, in order: word by word from both ends, then a longest common subsequence.
fn close_gap(wa: &[u32], wb: &[u32], from: (u32, u32), to: (u32, u32), cells: usize, runs: &mut Vec<Run>) {
    let ga = &wa[from.0 as usize..to.0 as usize];
    let gb = &wb[from.1 as usize..to.1 as usize];
    if ga.is_empty() || gb.is_empty() {
        return;
    }
    let ahead = ga.iter().zip(gb).take_while(|(x, y)| x == y).count();
    if ahead > 0 {
        push(runs, Run { a: from.0, b: from.1, len: ahead as u32 });
    }
    let (ga, gb) = (&ga[ahead..], &gb[ahead..]);
    let (start_a, start_b) = (from.0 + ahead as u32, from.1 + ahead as u32);
    let back = ga.iter().rev().zip(gb.iter().rev()).take_while(|(x, y)| x == y).count();
    let (ga, gb) = (&ga[..ga.len() - back], &gb[..gb.len() - back]);
    if !ga.is_empty() && !gb.is_empty() && ga.len() * gb.len() <= cells && ga.len() + gb.len() > 2 {
        common_subsequence(ga, gb, |a, b| push(runs, Run { a: start_a + a, b: start_b + b, len: 1 }));
    }
    if back > 0 {
        push(runs, Run { a: to.0 - back as u32, b: to.1 - back as u32, len: back as u32 });
    }
}

/// A longest common subsequence by the table; ties go to the earliest word of `a`. Nothing where it is less than half of the
/// shorter side: two paragraphs about different things have their "the" and "of" in common.
fn common_subsequence(ga: &[u32], gb: &[u32], mut each: impl FnMut(u32, u32)) {
    let width = gb.len() + 1;
    let mut table = vec![0u16; (ga.len() + 1) * width];
    for (i, x) in ga.iter().enumerate().rev() {
        let (row, below) = table[i * width..(i + 2) * width].split_at_mut(width);
        let mut right = 0;
        for (j, y) in gb.iter().enumerate().rev() {
            right = if x == y { below[j + 1] + 1 } else { below[j].max(right) };
            row[j] = right;
        }
    }
    if usize::from(table[0]) * 2 < ga.len().min(gb.len()) {
        return;
    }
    let (mut i, mut j) = (0, 0);
    while i < ga.len() && j < gb.len() && table[i * width + j] > 0 {
        if ga[i] == gb[j] {
            each(i as u32, j as u32);
            (i, j) = (i + 1, j + 1);
        } else if table[(i + 1) * width + j] >= table[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

/// Words of `b` that stand in `a` outside the chain: paragraphs in another order.
fn moved(seeds: &[Run], chain: &[usize], len_b: usize, runs: &[Run]) -> u32 {
    if seeds.len() == chain.len() {
        return 0;
    }
    let mut taken = vec![false; len_b];
    for run in runs {
        taken[run.b as usize..(run.b + run.len) as usize].fill(true);
    }
    let mut chained = chain.iter().peekable();
    let mut moved = 0;
    for (k, seed) in seeds.iter().enumerate() {
        if chained.next_if_eq(&&k).is_some() {
            continue;
        }
        for word in &mut taken[seed.b as usize..(seed.b + seed.len) as usize] {
            moved += u32::from(!std::mem::replace(word, true));
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(a: &str, b: &str) -> Evidence {
        align(&Prepared::new(a, &[]), &Prepared::new(b, &[]), &Thresholds::default())
    }

    fn check(a: &str, b: &str, runs: &[(u32, u32, u32)]) {
        let found: Vec<_> = of(a, b).runs.iter().map(|r| (r.a, r.b, r.len)).collect();
        assert_eq!(found, runs, "{a:?} {b:?}");
    }

    #[test]
    fn equal_texts_are_one_run() {
        check("a b c d e f g", "A b, c d e f g.", &[(0, 0, 7)]);
    }

    #[test]
    fn nothing_to_align() {
        check("", "", &[]);
        check("a b c", "", &[]);
        check("a b c d e f", "u v w x y z", &[]);
    }

    #[test]
    fn a_changed_word_is_a_gap() {
        check("a b c d e X g h i j k", "a b c d e Y g h i j k", &[(0, 0, 5), (6, 6, 5)]);
    }

    #[test]
    fn words_between_edits_are_found() {
        // `f` and `h` stand alone between changes: no shingle reaches them.
        check("a b c d e 1 f 2 h 3 i j k l m", "a b c d e 4 f 5 h 6 i j k l m", &[(0, 0, 5), (6, 6, 1), (8, 8, 1), (10, 10, 5)]);
    }

    #[test]
    fn an_insertion() {
        check("a b c d e f g h i j", "a b c d e N N N f g h i j", &[(0, 0, 5), (5, 8, 5)]);
    }

    #[test]
    fn short_texts_without_a_shared_shingle() {
        check("fire at old mill", "fire at the mill", &[(0, 0, 2), (3, 3, 1)]);
    }

    #[test]
    fn a_moved_paragraph_is_not_in_the_chain() {
        let (first, second) = ("a b c d e f g h i j k l", "m n o p q r");
        let e = of(&format!("{first} {second}"), &format!("{second} {first}"));
        assert_eq!((e.matched, e.moved), (12, 6));
    }

    #[test]
    fn a_text_that_repeats_itself() {
        let e = of(&"ha ".repeat(5000), &"ha ".repeat(4000));
        assert_eq!(e.matched, 4000);
    }

    proptest! {
        #[test]
        fn runs_are_equal_words_in_order(a in proptest::collection::vec(0u32..6, 0..80), b in proptest::collection::vec(0u32..6, 0..80)) {
            let e = align(&Prepared { words: a.clone() }, &Prepared { words: b.clone() }, &Thresholds::default());
            let (mut at_a, mut at_b) = (0, 0);
            for r in &e.runs {
                prop_assert!(r.a >= at_a && r.b >= at_b && r.len > 0);
                (at_a, at_b) = (r.a + r.len, r.b + r.len);
                prop_assert_eq!(&a[r.a as usize..at_a as usize], &b[r.b as usize..at_b as usize]);
            }
            prop_assert!(at_a as usize <= a.len() && at_b as usize <= b.len());
            prop_assert!((e.matched + e.moved) as usize <= b.len());
        }

        #[test]
        fn a_text_aligns_with_itself(a in proptest::collection::vec(0u32..50, 0..300)) {
            let p = Prepared { words: a };
            prop_assert_eq!(align(&p, &p, &Thresholds::default()).matched as usize, p.len());
        }
    }
}
