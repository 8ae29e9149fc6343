use std::cell::OnceCell;

use crate::{Evidence, Prepared, Run, Thresholds, shingle::SHINGLE};

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
    let runs = runs(wa, wb, &seeds, &chain, [false; 2], t);
    let moved = moved(&seeds, &chain, wb.len(), &runs);
    Evidence::new(wa, wb, runs, moved, t)
}

/// The runs of what stands between two stretches that both texts have; `held` says on which sides there is one, which goes as far as the words do.
pub(crate) fn runs_between(wa: &[u32], wb: &[u32], held: [bool; 2], t: &Thresholds) -> Vec<Run> {
    let head = if held[0] { alike(wa, wb) } else { 0 };
    let (ra, rb) = (&wa[head..], &wb[head..]);
    let tail = if held[1] { ra.iter().rev().zip(rb.iter().rev()).take_while(|(x, y)| x == y).count() } else { 0 };
    let (ra, rb) = (&ra[..ra.len() - tail], &rb[..rb.len() - tail]);
    let seeds = if ra.is_empty() || rb.is_empty() { Vec::new() } else { seeds(ra, rb, &Shingled::of_words(rb)) };
    let between = runs(ra, rb, &seeds, &heaviest_chain(&seeds), held, t);
    let moved = |run: Run| Run { a: run.a + head as u32, b: run.b + head as u32, ..run };
    let at = |a: usize, b: usize, len: usize| Run { a: a as u32, b: b as u32, len: len as u32 };
    let mut all = Vec::with_capacity(between.len() + 2);
    let ends = [at(0, 0, head), at(wa.len() - tail, wb.len() - tail, tail)];
    let in_order = ends[..1].iter().copied().chain(between.into_iter().map(moved)).chain(ends[1..].iter().copied());
    in_order.filter(|run| run.len > 0).for_each(|run| push(&mut all, run));
    all
}

/// The seeds of a chain as runs that do not overlap, with what equals in the gaps between them and at both ends.
fn runs(wa: &[u32], wb: &[u32], seeds: &[Run], chain: &[usize], held: [bool; 2], t: &Thresholds) -> Vec<Run> {
    let mut runs = Vec::with_capacity(chain.len() * 2);
    for &k in chain {
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
    drop_strays(&mut runs, held, t.stray);
    let (start, end) = match (runs.first(), runs.last()) {
        (Some(first), Some(last)) => ((first.a, first.b), end_of(*last)),
        _ => ((0, 0), (0, 0)),
    };
    let seeded = !runs.is_empty();
    if seeded {
        let mut head = Vec::new();
        close_gap(wa, wb, (0, 0), start, t.gap_cells, !held[0], &mut head);
        if !head.is_empty() {
            for run in std::mem::replace(&mut runs, head) {
                push(&mut runs, run);
            }
        }
    }
    // Two short texts without a seed are one gap, and so is what stands between two stretches.
    let outer = if seeded { !held[1] } else { held[0] != held[1] };
    close_gap(wa, wb, end, (wa.len() as u32, wb.len() as u32), t.gap_cells, outer, &mut runs);
    runs
}

fn end_of(run: Run) -> (u32, u32) {
    (run.a + run.len, run.b + run.len)
}

/// Drops runs at either end that is not held and that stand alone: a phrase that anybody uses, far from all else, would make everything between
/// it and the story look like a difference inside the story.
fn drop_strays(runs: &mut Vec<Run>, held: [bool; 2], stray: u32) {
    let far = |from: Run, to: Run, len: u32| (to.a - from.a - from.len).max(to.b - from.b - from.len) > stray * len;
    while let [.., before, last] = runs[..] {
        if held[1] || !far(before, last, last.len) {
            break;
        }
        runs.pop();
    }
    let mut first = 0;
    while !held[0] && first + 1 < runs.len() && far(runs[first], runs[first + 1], runs[first].len) {
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
    if wa.len() < SHINGLE || wb.len() < SHINGLE {
        return Vec::new();
    }
    let first = shingles.first_places(wa, wb);
    let mut seeds = Vec::with_capacity(SEEDS);
    let (mut kb, mut run_end) = (0, 0);
    while let Some(next) = next_place(&first, kb) {
        kb = next;
        let ka = first[kb] as usize;
        // Backwards too: the words before a shingle may stand in `a` twice, or be the rest of a shingle that an edit broke.
        let back = wa[..ka].iter().rev().zip(wb[run_end.min(kb)..kb].iter().rev()).take_while(|(x, y)| x == y).count();
        let ahead = alike(&wa[ka..], &wb[kb..]);
        seeds.push(Run { a: (ka - back) as u32, b: (kb - back) as u32, len: (back + ahead) as u32 });
        run_end = kb + ahead;
        // The last words of a run may begin another: of a paragraph that stands elsewhere in `a`.
        kb += (ahead - SHINGLE + 1).max(1);
    }
    seeds
}

/// Room for the seeds of most pairs.
const SEEDS: usize = 32;

/// How many words, or bytes, two texts begin with alike.
#[inline]
pub(crate) fn alike<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    let len = a.len().min(b.len());
    let (a, b) = (&a[..len], &b[..len]);
    let (eights_a, eights_b) = (a.as_chunks::<8>().0, b.as_chunks::<8>().0);
    let eights = eights_a.iter().zip(eights_b).take_while(|(x, y)| x == y).count() * 8;
    eights + a[eights..].iter().zip(&b[eights..]).take_while(|(x, y)| x == y).count()
}

/// The next place from `from` on that is not [`NOWHERE`].
#[inline]
fn next_place(places: &[u32], from: usize) -> Option<usize> {
    let rest = places.get(from..)?;
    let empty = |eight: &&[u32; 8]| eight.iter().fold(u32::MAX, |all, place| all & place) == NOWHERE;
    let skipped = rest.as_chunks::<8>().0.iter().take_while(empty).count() * 8;
    let place = rest[skipped..].iter().position(|&place| place != NOWHERE)?;
    Some(from + skipped + place)
}

/// Where each shingle of a text stands first: open addressing over positions, the words themselves are the keys.
#[derive(Clone, Debug)]
pub struct Shingled {
    /// In the lower `bits` one more than the place of a shingle, above them what its hash has below the number of its slot; 0 is free.
    slots: Vec<u32>,
    bits: u32,
    /// The places of shingles that stand further ahead too, and where they stand first.
    again: Vec<(u32, u32)>,
    /// A bit for every word of the text, and perhaps for others.
    held: OnceCell<Vec<u64>>,
}

/// The place of what does not stand in a text.
const NOWHERE: u32 = u32::MAX;

impl Shingled {
    /// The shingles of a text.
    pub fn new(text: &Prepared) -> Self {
        Self::of_words(&text.words)
    }

    fn of_words(words: &[u32]) -> Self {
        let bits = (words.len() * 2).next_power_of_two().trailing_zeros().max(4);
        let mut slots = vec![0; 1 << bits];
        let mut again = Vec::new();
        for (k, shingle) in words.array_windows::<SHINGLE>().enumerate() {
            match find(&slots, bits, words, shingle) {
                Found::Free { slot, upper } => slots[slot] = upper | (k as u32 + 1),
                Found::Place(first) => again.push((k as u32, first)),
            }
        }
        Self { slots, bits, again, held: OnceCell::new() }
    }

    /// For each shingle in `wb`, whose shingles these are, its first place in `wa`, or [`NOWHERE`].
    fn first_places(&self, wa: &[u32], wb: &[u32]) -> Vec<u32> {
        let mut first = vec![NOWHERE; wb.len() - SHINGLE + 1];
        let (mut ka, mut missed, mut held) = (0, 0, None);
        while let Some(shingle) = wa.get(ka..).and_then(|rest| rest.first_chunk::<SHINGLE>()) {
            // No shingle that has a word which the text has not stands in it.
            if let Some(held) = held
                && let Some(missing) = shingle.iter().rposition(|&word| !has_bit(held, word))
            {
                ka += missing + 1;
                continue;
            }
            let Found::Place(kb) = find(&self.slots, self.bits, wb, shingle) else {
                (ka, missed) = (ka + 1, missed + 1);
                if missed == MISSES {
                    held = Some(self.held(wb));
                }
                continue;
            };
            // As long as the texts go on alike, the next shingle of one is the next of the other.
            let shingles = alike(&wa[ka..], &wb[kb as usize..]) - SHINGLE + 1;
            for (place, ka) in first[kb as usize..][..shingles].iter_mut().zip(ka as u32..) {
                *place = (*place).min(ka);
            }
            ka += shingles;
        }
        // What was found of a shingle at one of its places holds for all of them.
        for &(place, same) in &self.again {
            first[same as usize] = first[same as usize].min(first[place as usize]);
        }
        for &(place, same) in &self.again {
            first[place as usize] = first[same as usize];
        }
        first
    }

    /// A bit for each of the text's words, which are `words`.
    fn held(&self, words: &[u32]) -> &[u64] {
        self.held.get_or_init(|| {
            let mut held = vec![0; self.slots.len() / 16];
            for &word in words {
                let (at, bit) = bit_of(&held, word);
                held[at] |= bit;
            }
            held
        })
    }
}

/// So many shingles are looked up before single words are: two versions of one text hardly miss as many.
const MISSES: usize = 16;

/// Where the bit of a word stands, which is a hash already.
#[inline]
fn bit_of(held: &[u64], word: u32) -> (usize, u64) {
    ((word >> 6) as usize & (held.len() - 1), 1 << (word & 63))
}

/// Whether a text may have a word. Of those that it has not, most are told.
#[inline]
fn has_bit(held: &[u64], word: u32) -> bool {
    let (at, bit) = bit_of(held, word);
    held.get(at).is_some_and(|bits| bits & bit != 0)
}

/// What is found of a shingle.
enum Found {
    /// Its first place.
    Place(u32),
    /// It has none: the slot where it belongs, and what is to stand in its upper bits.
    Free { slot: usize, upper: u32 },
}

/// Looks for a shingle among the slots of a text with these words.
#[inline(always)]
fn find(slots: &[u32], bits: u32, words: &[u32], shingle: &[u32; SHINGLE]) -> Found {
    let mask = slots.len() - 1;
    let hash = slot_hash(shingle);
    let (mut slot, upper) = ((hash >> (u32::BITS - bits)) as usize & mask, hash << bits);
    loop {
        let held = slots[slot];
        if held == 0 {
            return Found::Free { slot, upper };
        }
        if (held ^ upper) >> bits == 0 {
            let place = (held ^ upper) - 1;
            if words[place as usize..].first_chunk() == Some(shingle) {
                return Found::Place(place);
            }
        }
        slot = (slot + 1) & mask;
    }
}

/// The words are hashes already: the upper bits of the sum depend on all of theirs.
#[inline]
fn slot_hash(w: &[u32; SHINGLE]) -> u32 {
    let pair = |x: u32, y: u32| u64::from(x) | u64::from(y) << 32;
    let sum = (pair(w[0], w[1]).wrapping_mul(0x9E37_79B9_7F4A_7C15))
        .wrapping_add(pair(w[2], w[3]).wrapping_mul(0xBF58_476D_1CE4_E5B9))
        .wrapping_add(u64::from(w[4]).wrapping_mul(0x94D0_49BB_1331_11EB));
    (sum >> 32) as u32
}

/// Indices of the seeds in the chain with most words whose order is the same in both texts. Seeds come in the order of `b`.
pub(crate) fn heaviest_chain(seeds: &[Run]) -> Vec<usize> {
    // Where each may follow the one before it, nothing is heavier than all of them.
    if seeds.array_windows().all(|[before, seed]| before.a + before.len <= reach(seed)) {
        return (0..seeds.len()).collect();
    }
    chain_by_tree(seeds)
}

/// How far the seed before one may go: they may overlap by less than a shingle.
fn reach(seed: &Run) -> u32 {
    seed.a + (SHINGLE as u32 - 1).min(seed.len - 1)
}

/// The same for one seed or more: a Fenwick tree over ends in `a` gives each its best predecessor.
fn chain_by_tree(seeds: &[Run]) -> Vec<usize> {
    let mut ends: Vec<u32> = seeds.iter().map(|s| s.a + s.len).collect();
    ends.sort_unstable();
    ends.dedup();
    let mut tree: Vec<(u32, usize)> = vec![(0, usize::MAX); ends.len() + 1];
    let mut weight = vec![0; seeds.len()];
    let mut before = vec![usize::MAX; seeds.len()];
    for (k, seed) in seeds.iter().enumerate() {
        let mut best = (0, usize::MAX);
        let mut node = ends.partition_point(|&end| end <= reach(seed));
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

/// A table of so many cells is made sooner than asked whether it is worth it, and without asking for memory.
const CELLS: usize = 128;

/// Bits that a set of words has.
const BITS: usize = u128::BITS as usize;

/// The length of a longest common subsequence, of which the shorter side has at most [`BITS`] words: a bit for each of them (Hyyrö, "Bit-parallel
/// LCS-length computation revisited", 2004).
fn length_of_common(ga: &[u32], gb: &[u32]) -> usize {
    let (short, long) = if ga.len() <= gb.len() { (ga, gb) } else { (gb, ga) };
    // Where in the shorter side each word stands; half of the slots stay free, and a word that is not there ends at one of them.
    let mut places = [(0u32, 0u128); 2 * BITS];
    let slot_of = |places: &[(u32, u128); 2 * BITS], word: u32| {
        let mut slot = (word.wrapping_mul(0x9E37_79B1) >> 24) as usize;
        while places[slot].1 != 0 && places[slot].0 != word {
            slot = (slot + 1) % (2 * BITS);
        }
        slot
    };
    for (k, &word) in short.iter().enumerate() {
        let slot = slot_of(&places, word);
        places[slot] = (word, places[slot].1 | 1 << k);
    }
    let mut open = u128::MAX;
    for &word in long {
        let taken = open & places[slot_of(&places, word)].1;
        open = open.wrapping_add(taken) | (open - taken);
    }
    (!open).count_ones() as usize
}

/// A longest common subsequence by the table, if it has `enough` words; ties go to the earliest word of `a`.
fn common_subsequence(ga: &[u32], gb: &[u32], enough: usize, each: impl FnMut(u32, u32)) {
    let is_small = ga.len() * gb.len() <= CELLS;
    let size = (ga.len() + 1) * (gb.len() + 1);
    if is_small {
        // Of words in the place of others, few stand on both sides.
        if ga.iter().any(|word| gb.contains(word)) {
            by_table(ga, gb, enough, &mut [0; 2 * CELLS + 2][..size], each);
        }
    } else if ga.len().min(gb.len()) > BITS || length_of_common(ga, gb) >= enough {
        by_table(ga, gb, enough, &mut vec![0; size], each);
    }
}

fn by_table(ga: &[u32], gb: &[u32], enough: usize, table: &mut [u16], mut each: impl FnMut(u32, u32)) {
    let width = gb.len() + 1;
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
        fn seeds_are_found_among_many_words(
            a in proptest::collection::vec(0u32..40, 0..120),
            b in proptest::collection::vec(30u32..70, 0..120),
            shared in proptest::collection::vec(0u32..70, 0..20),
        ) {
            let (wa, wb) = ([&a[..], &shared, &a].concat(), [&b[..], &shared, &b[..b.len() / 2], &shared].concat());
            let shingles = Shingled::of_words(&wb);
            prop_assert_eq!(seeds(&wa, &wb, &shingles), seeds_by_search(&wa, &wb));
        }

        #[test]
        fn seeds_that_follow_each_other_are_a_chain(steps in proptest::collection::vec((0u32..9, 1u32..9), 1..20)) {
            let mut end = 0;
            let seeds: Vec<Run> = steps.into_iter().map(|(skipped, len)| {
                let a = (end + skipped).saturating_sub((SHINGLE as u32 - 1).min(len - 1));
                end = end.max(a + len);
                Run { a, b: a, len }
            }).collect();
            let all: Vec<usize> = (0..seeds.len()).collect();
            prop_assert_eq!(chain_by_tree(&seeds), all);
        }

        #[test]
        fn lengths_by_bits_are_those_of_the_table(
            a in proptest::collection::vec(0u32..6, 0..129),
            b in proptest::collection::vec(0u32..6, 0..250),
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
