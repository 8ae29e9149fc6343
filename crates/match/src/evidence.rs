use crate::Thresholds;

/// A stretch of words that stands in both texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Position of its first word in the first text.
    pub a: u32,
    /// Position of its first word in the second text.
    pub b: u32,
    /// Length in words.
    pub len: u32,
}

/// What two texts share and where they disagree: all that [`crate::decide`] looks at. Lengths are in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Aligned runs, in the order of both texts.
    pub runs: Vec<Run>,
    /// Length of the first text.
    pub words_a: u32,
    /// Length of the second text.
    pub words_b: u32,
    /// Words in aligned runs.
    pub matched: u32,
    /// Words of the second text that stand in the first, in another order.
    pub moved: u32,
    /// Share of the first text that is aligned.
    pub coverage_a: f64,
    /// Share of the second text that is aligned.
    pub coverage_b: f64,
    /// Words of the first text between its first and last run that are not aligned.
    pub inside_a: u32,
    /// The same of the second text.
    pub inside_b: u32,
    /// Words between the first and the last run in whose place the other text has other words: the shorter side of each gap.
    pub replaced: u32,
    /// Gaps between runs that are paragraphs rather than words, on either side: see [`crate::Thresholds::long_gap`].
    pub breaks: u32,
    /// Places where one to three words stand for as many others.
    pub substitutions: u32,
    /// Places where words give way to the same other words as at another place: a form about another subject.
    pub swapped: u32,
    /// Numbers in aligned runs: they agree.
    pub numbers_agree: u32,
    /// Numbers in whose place the other text has another number.
    pub numbers_differ: u32,
}

impl Evidence {
    pub(crate) fn new(wa: &[u32], wb: &[u32], runs: Vec<Run>, moved: u32, t: &Thresholds) -> Self {
        // The lowest bit of a word says that it is one.
        let numbers = |words: &[u32]| words.iter().map(|word| word & 1).sum::<u32>();
        let mut e = Self { words_a: wa.len() as u32, words_b: wb.len() as u32, moved, ..Self::default() };
        let mut swaps: Vec<(&[u32], &[u32])> = Vec::with_capacity(runs.len());
        for pair in runs.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let (end_a, end_b) = (from.a + from.len, from.b + from.len);
            let (gap_a, gap_b) = (to.a - end_a, to.b - end_b);
            e.inside_a += gap_a;
            e.inside_b += gap_b;
            e.replaced += gap_a.min(gap_b);
            e.breaks += u32::from(gap_a.max(gap_b) >= t.long_gap);
            if gap_a > 0 && gap_b > 0 && gap_a.max(gap_b) <= t.small_gap {
                e.substitutions += 1;
                let here = &wa[end_a as usize..to.a as usize];
                let there = &wb[end_b as usize..to.b as usize];
                if numbers(here) < gap_a {
                    swaps.push((here, there));
                }
                e.numbers_differ += numbers(here).min(numbers(there));
            }
        }
        swaps.sort_unstable();
        e.swapped = swaps.chunk_by(|x, y| x == y).filter(|same| same.len() > 1).map(|same| same.len() as u32).sum();
        for run in &runs {
            e.matched += run.len;
            e.numbers_agree += numbers(&wa[run.a as usize..(run.a + run.len) as usize]);
        }
        let share = |of: u32| if of == 0 { 0.0 } else { f64::from(e.matched) / f64::from(of) };
        (e.coverage_a, e.coverage_b) = (share(e.words_a), share(e.words_b));
        e.runs = runs;
        e
    }

    /// Share of the longer text that is aligned.
    pub fn coverage_longer(&self) -> f64 {
        self.coverage_a.min(self.coverage_b)
    }

    /// Share of the shorter text that is aligned.
    pub fn coverage_shorter(&self) -> f64 {
        self.coverage_a.max(self.coverage_b)
    }

    /// The longest end of the shorter text that lies outside what is shared, as a share of it.
    pub fn own_end(&self) -> f64 {
        let (Some(first), Some(last)) = (self.runs.first(), self.runs.last()) else { return 1.0 };
        let (head, tail, words) = if self.words_a <= self.words_b {
            (first.a, self.words_a - last.a - last.len, self.words_a)
        } else {
            (first.b, self.words_b - last.b - last.len, self.words_b)
        };
        f64::from(head.max(tail)) / f64::from(words.max(1))
    }

    /// How clean the shared part is: aligned words among all words between the first and the last run, in both texts.
    pub fn density(&self) -> f64 {
        let aligned = 2 * self.matched;
        if aligned == 0 { 0.0 } else { f64::from(aligned) / f64::from(aligned + self.inside_a + self.inside_b) }
    }

    /// How alike the two are: shared words among all words. Leaders attract by it.
    pub fn score(&self) -> f32 {
        let all = self.words_a + self.words_b;
        if all == 0 { 0.0 } else { 2.0 * self.matched as f32 / all as f32 }
    }
}
