use crate::{
    Evidence, Prepared, Run, Thresholds,
    shingle::{SHINGLE, shingle_hash},
};

/// Aligns two texts: shared shingles seed runs of equal words, the heaviest chain of runs that stands in the same order in
/// both is kept, the gaps between its runs are closed word by word, and what stands in both but elsewhere counts as moved.
///
/// Work is proportional to the texts' lengths, apart from texts that repeat themselves without end, which are bounded.
pub fn align(a: &Prepared, b: &Prepared, t: &Thresholds) -> Evidence {
    align_to(a, b, &Shingled::new(b), t)
}

/// The same for a text `b` that is aligned with several, whose shingles are known.
pub fn align_to(a: &Prepared, b: &Prepared, shingles: &Shingled, t: &Thresholds) -> Evidence {
    let (wa, wb) = (&a.words[..], &b.words[..]);
    let seeds = seeds(wa, wb, shingles);
    let chain = heaviest_chain(&seeds);
    let mut runs = Vec::with_capacity(chain.len() * 2);
    for &k in &chain {
        let seed = seeds[k];
        let Some(last) = runs.last().copied() else {
            runs.push(seed);
            continue;
        };
        let at = end_of(last);
        // Neighbours may overlap by less than a shingle: the earlier run keeps the words.
        let cut = at.0.saturating_sub(seed.a).max(at.1.saturating_sub(seed.b));
        if cut < seed.len {
            let seed = Run { a: seed.a + cut, b: seed.b + cut, len: seed.len - cut };
            close_gap(wa, wb, at, (seed.a, seed.b), t.gap_cells, false, &mut runs);
            push(&mut runs, seed);
        }
    }
    drop_strays(&mut runs, t.stray);
    let (start, end) = match (runs.first(), runs.last()) {
        (Some(first), Some(last)) => ((first.a, first.b), end_of(*last)),
        _ => ((0, 0), (0, 0)),
    };
    let seeded = !runs.is_empty();
    if seeded {
        let mut head = Vec::new();
        close_gap(wa, wb, (0, 0), start, t.gap_cells, true, &mut head);
        for run in std::mem::replace(&mut runs, head) {
            push(&mut runs, run);
        }
    }
    close_gap(wa, wb, end, (wa.len() as u32, wb.len() as u32), t.gap_cells, seeded, &mut runs);
    let moved = moved(&seeds, &chain, wb.len(), &runs);
    Evidence::new(wa, wb, runs, moved, t)
}

fn end_of(run: Run) -> (u32, u32) {
    (run.a + run.len, run.b + run.len)
}

/// Drops runs at either end that stand alone: a phrase that anybody uses, far from all else, would make everything between
/// it and the story look like a difference inside the story.
fn drop_strays(runs: &mut Vec<Run>, stray: u32) {
    let far = |from: Run, to: Run, len: u32| (to.a - from.a - from.len).max(to.b - from.b - from.len) > stray * len;
    while let [.., before, last] = runs[..] {
        if !far(before, last, last.len) {
            break;
        }
        runs.pop();
    }
    let mut first = 0;
    while first + 1 < runs.len() && far(runs[first], runs[first + 1], runs[first].len) {
        first += 1;
    }
    runs.drain(..first);
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
fn seeds(wa: &[u32], wb: &[u32], shingles: &Shingled) -> Vec<Run> {
    let mut seeds = Vec::new();
    if wa.len() < SHINGLE || wb.len() < SHINGLE {
        return seeds;
    }
    let first = shingles.first_places(wa, wb);
    let (mut kb, mut run_end) = (0, 0);
    while kb + SHINGLE <= wb.len() {
        let ka = first[shingles.same[kb] as usize] as usize;
        if ka == NOWHERE as usize {
            kb += 1;
            continue;
        }
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

/// Where each shingle of a text stands first: open addressing over positions, the words themselves are the keys.
#[derive(Clone, Debug)]
pub struct Shingled {
    slots: Vec<u32>,
    shift: u32,
    /// For each place of a shingle the first place of the same one.
    same: Vec<u32>,
}

/// The place of what does not stand in a text.
const NOWHERE: u32 = u32::MAX;

impl Shingled {
    /// The shingles of a text.
    pub fn new(text: &Prepared) -> Self {
        let words = &text.words[..];
        let bits = (words.len() * 2).next_power_of_two().trailing_zeros().max(4);
        let mut shingled = Self { slots: vec![0; 1 << bits], shift: 64 - bits, same: Vec::with_capacity(words.len()) };
        for (k, shingle) in words.array_windows::<SHINGLE>().enumerate() {
            let slot = shingled.slot(words, shingle);
            if shingled.slots[slot] == 0 {
                shingled.slots[slot] = k as u32 + 1;
            }
            shingled.same.push(shingled.slots[slot] - 1);
        }
        shingled
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

    /// For the first place of each shingle in `wb`, whose shingles these are, its first place in `wa`, or [`NOWHERE`].
    fn first_places(&self, wa: &[u32], wb: &[u32]) -> Vec<u32> {
        let mut first = vec![NOWHERE; self.same.len()];
        let mut note = |ka: usize, place: u32| {
            let known = &mut first[place as usize];
            *known = (*known).min(ka as u32);
        };
        let mut ka = 0;
        while let Some(shingle) = wa.get(ka..).and_then(|rest| rest.first_chunk::<SHINGLE>()) {
            let Some(kb) = self.slots[self.slot(wb, shingle)].checked_sub(1) else {
                ka += 1;
                continue;
            };
            note(ka, kb);
            // As long as the texts go on alike, the next shingle of one is the next of the other.
            let behind = |from: &[u32], at: usize| from.get(at + SHINGLE..).unwrap_or_default().len();
            let most = behind(wa, ka).min(behind(wb, kb as usize));
            let (ahead, beside) = (&wa[ka + SHINGLE..][..most], &wb[kb as usize + SHINGLE..][..most]);
            let alike = ahead.iter().zip(beside).take_while(|(x, y)| x == y).count();
            for step in 1..=alike {
                note(ka + step, self.same[kb as usize + step]);
            }
            ka += alike + 1;
        }
        first
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

/// Between two runs so close, any equal word is in its place.
const SENTENCE: usize = 8;

/// The runs of an alignment, and those of the few words that stand before or behind them: where many texts are compared with one, an accident among so few words is
/// outvoted, and a third of them is enough.
pub(crate) fn runs_to_the_ends(a: &Prepared, b: &Prepared, t: &Thresholds) -> Vec<Run> {
    let runs = align(a, b, t).runs;
    let (Some(first), Some(last)) = (runs.first(), runs.last().copied().map(end_of)) else { return runs };
    let mut all = Vec::with_capacity(runs.len() + 4);
    let close = |from: (u32, u32), to: (u32, u32), all: &mut Vec<Run>| {
        let ga = &a.words[from.0 as usize..to.0 as usize];
        let gb = &b.words[from.1 as usize..to.1 as usize];
        let longer = ga.len().max(gb.len());
        if longer <= t.long_gap as usize && !ga.is_empty() && !gb.is_empty() {
            let enough = longer.div_ceil(3);
            common_subsequence(ga, gb, enough, |x, y| push(all, Run { a: from.0 + x, b: from.1 + y, len: 1 }));
        }
    };
    close((0, 0), (first.a, first.b), &mut all);
    runs.iter().for_each(|run| push(&mut all, *run));
    close(last, (a.words.len() as u32, b.words.len() as u32), &mut all);
    all
}

/// Finds equal words in a gap, in order: a longest common subsequence, if it is enough of the gap to be no accident. Two
/// paragraphs about different things have their "the" and "of" in common. Between two runs, half of the shorter side and a
/// quarter of the longer is enough; outside them (`outer`) it takes half of the longer, as nothing holds the far end.
fn close_gap(wa: &[u32], wb: &[u32], from: (u32, u32), to: (u32, u32), cells: usize, outer: bool, runs: &mut Vec<Run>) {
    let ga = &wa[from.0 as usize..to.0 as usize];
    let gb = &wb[from.1 as usize..to.1 as usize];
    if ga.is_empty() || gb.is_empty() || ga.len() + gb.len() == 2 && ga != gb || ga.len() * gb.len() > cells {
        return;
    }
    let (shorter, longer) = (ga.len().min(gb.len()), ga.len().max(gb.len()));
    let enough = match outer {
        true => longer.div_ceil(2),
        false if longer <= SENTENCE => 1,
        false => shorter.div_ceil(2).max(longer.div_ceil(4)),
    };
    if shorter >= enough {
        common_subsequence(ga, gb, enough, |a, b| push(runs, Run { a: from.0 + a, b: from.1 + b, len: 1 }));
    }
}

/// A table of so many cells is made sooner than asked whether it is worth it.
const CELLS: usize = 128;

/// Bits of a machine's word.
const WORD: usize = u64::BITS as usize;

/// The length of a longest common subsequence, of which the shorter side has at most [`WORD`] words: a bit for each of them (Hyyrö, "Bit-parallel
/// LCS-length computation revisited", 2004).
fn length_of_common(ga: &[u32], gb: &[u32]) -> usize {
    let (short, long) = if ga.len() <= gb.len() { (ga, gb) } else { (gb, ga) };
    // Where in the shorter side each word stands; half of the slots stay free, and a word that is not there ends at one of them.
    let mut places = [(0u32, 0u64); 2 * WORD];
    let slot_of = |places: &[(u32, u64); 2 * WORD], word: u32| {
        let mut slot = (word.wrapping_mul(0x9E37_79B1) >> 25) as usize;
        while places[slot].1 != 0 && places[slot].0 != word {
            slot = (slot + 1) % (2 * WORD);
        }
        slot
    };
    for (k, &word) in short.iter().enumerate() {
        let slot = slot_of(&places, word);
        places[slot] = (word, places[slot].1 | 1 << k);
    }
    let mut open = u64::MAX;
    for &word in long {
        let taken = open & places[slot_of(&places, word)].1;
        open = open.wrapping_add(taken) | (open - taken);
    }
    (!open).count_ones() as usize
}

/// A longest common subsequence by the table, if it has `enough` words; ties go to the earliest word of `a`.
fn common_subsequence(ga: &[u32], gb: &[u32], enough: usize, mut each: impl FnMut(u32, u32)) {
    if ga.len().min(gb.len()) <= WORD && ga.len() * gb.len() > CELLS && length_of_common(ga, gb) < enough {
        return;
    }
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
    if usize::from(table[0]) < enough {
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

    /// What [`seeds`] finds, by looking through all of `a` for each shingle.
    fn seeds_by_search(wa: &[u32], wb: &[u32]) -> Vec<Run> {
        let (mut seeds, mut kb, mut run_end) = (Vec::new(), 0, 0);
        while kb + SHINGLE <= wb.len() {
            let Some(ka) = wa.windows(SHINGLE).position(|shingle| *shingle == wb[kb..kb + SHINGLE]) else {
                kb += 1;
                continue;
            };
            let mut back = 0;
            while back < ka && kb - back > run_end.min(kb) && wa[ka - back - 1] == wb[kb - back - 1] {
                back += 1;
            }
            let ahead = (0..).take_while(|&k| wa.get(ka + k).is_some_and(|x| wb.get(kb + k) == Some(x))).count();
            seeds.push(Run { a: (ka - back) as u32, b: (kb - back) as u32, len: (back + ahead) as u32 });
            run_end = kb + ahead;
            kb += ahead - SHINGLE + 1;
        }
        seeds
    }

    fn common_by_table(ga: &[u32], gb: &[u32]) -> usize {
        let mut row = vec![0; gb.len() + 1];
        for x in ga {
            let mut corner = 0;
            for (j, y) in gb.iter().enumerate() {
                let above = row[j + 1];
                row[j + 1] = if x == y { corner + 1 } else { above.max(row[j]) };
                corner = above;
            }
        }
        row[gb.len()]
    }

    proptest! {
        #[test]
        fn seeds_are_found_however_words_repeat(
            a in proptest::collection::vec(0u32..3, 0..60),
            b in proptest::collection::vec(0u32..3, 0..60),
            shared in proptest::collection::vec(0u32..9, 0..20),
        ) {
            let (wa, wb) = ([&a[..], &shared, &b[..b.len() / 2]].concat(), [&b[..], &shared, &a[..a.len() / 2]].concat());
            let shingles = Shingled::new(&Prepared::of_words(wb.clone()));
            prop_assert_eq!(seeds(&wa, &wb, &shingles), seeds_by_search(&wa, &wb));
        }

        #[test]
        fn lengths_by_bits_are_those_of_the_table(
            a in proptest::collection::vec(0u32..6, 0..65),
            b in proptest::collection::vec(0u32..6, 0..150),
        ) {
            prop_assert_eq!(length_of_common(&a, &b), common_by_table(&a, &b));
            prop_assert_eq!(length_of_common(&b, &a), common_by_table(&a, &b));
        }
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
        check(
            "a b c d e 1 f 2 h 3 i j k l m",
            "a b c d e 4 f 5 h 6 i j k l m",
            &[(0, 0, 5), (6, 6, 1), (8, 8, 1), (10, 10, 5)],
        );
    }

    #[test]
    fn an_insertion() {
        check("a b c d e f g h i j", "a b c d e N N N f g h i j", &[(0, 0, 5), (5, 8, 5)]);
    }

    #[test]
    fn a_phrase_far_off_is_no_part_of_the_story() {
        let words = |from: u32| (from..from + 60).map(|k| format!("w{k} ")).collect::<String>();
        let phrase = "at the end of the day ";
        let (a, b) = (words(0) + &words(100) + phrase, words(0) + &words(200) + phrase);
        check(&a, &b, &[(0, 0, 60)]);
    }

    #[test]
    fn one_common_word_at_the_ends_is_an_accident() {
        check(
            "the cat sat on a mat with a hat then slept",
            "the dog sat on a mat with a hat then ate all of it",
            &[(0, 0, 1), (2, 2, 8)],
        );
        check("the x y z u v w cat sat on a mat too", "the k l m n o p dog sat on a mat too", &[(8, 8, 5)]);
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
