//! Which words of a block stand in the paragraphs around it: computed once a page, for the clues that ask for topics.

use crate::page::Page;

/// How many paragraphs a topic reaches.
const REACH: u32 = 6;
/// How many tell the next story from the last one.
const NEAR: u32 = 2;
/// Paragraphs after an edge that are compared with those before it.
const AHEAD: usize = 3;

/// Shares of a block's topic words.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shares {
    /// That the next paragraphs hold, that the last ones hold.
    pub ahead: f32,
    pub behind: f32,
    /// The same for the two next and the two last.
    pub next: f32,
    pub last: f32,
}

#[derive(Debug, Default)]
pub(crate) struct Topics {
    /// By block; `None` for less than two topic words.
    pub shares: Vec<Option<Shares>>,
    /// For each edge between paragraphs, by the number of paragraphs before it: the share of topic words after it that stand
    /// before it as well; `None` where there is too little to compare.
    pub turns: Vec<Option<f32>>,
}

impl Topics {
    pub(crate) fn of(page: &Page<'_>) -> Topics {
        let n = page.len();
        // (words, held by the next, by the two next, by the last, by the two last)
        let mut counts = vec![[0u32; 5]; n];
        // the number of paragraphs up to and with the last one that held a token; 0 for none
        let mut seen = vec![0u32; page.common_token.len()];
        // for each paragraph: its topic words by how far back they stood last; 0 for those that did not
        let mut ages: Vec<[u16; REACH as usize + AHEAD]> = Vec::new();
        for (block, count) in counts.iter_mut().enumerate() {
            let (before, with) = (page.prose_before[block], page.prose_before[block + 1]);
            let mut age = [0u16; REACH as usize + AHEAD];
            for &word in page.words_of(block) {
                if page.common_token[word as usize] {
                    continue;
                }
                let last = &mut seen[word as usize];
                let back = if *last == 0 { u32::MAX } else { before + 1 - *last };
                count[0] += 1;
                count[3] += u32::from(back <= REACH);
                count[4] += u32::from(back <= NEAR);
                age[if (back as usize) < age.len() { back as usize } else { 0 }] += 1;
                if with > before {
                    *last = with;
                }
            }
            if with > before {
                ages.push(age);
            }
        }
        seen.fill(0);
        for (block, count) in counts.iter_mut().enumerate().rev() {
            let (before, with) = (page.prose_before[block], page.prose_before[block + 1]);
            for &word in page.words_of(block) {
                if page.common_token[word as usize] {
                    continue;
                }
                let next = &mut seen[word as usize];
                let on = if *next == 0 { u32::MAX } else { *next - with };
                count[1] += u32::from(on <= REACH);
                count[2] += u32::from(on <= NEAR);
                if with > before {
                    *next = with;
                }
            }
        }
        let shares = counts
            .into_iter()
            .map(|[words, ahead, next, behind, last]| {
                let share = |count: u32| count as f32 / words as f32;
                let (ahead, behind, next, last) = (share(ahead), share(behind), share(next), share(last));
                (words >= 2).then_some(Shares { ahead, behind, next, last })
            })
            .collect();
        let turns = (0..=ages.len())
            .map(|edge| {
                let (mut words, mut known) = (0u32, 0u32);
                for (beyond, age) in ages[edge..].iter().take(AHEAD).enumerate() {
                    // what stood between the edge and here was counted there
                    words += u32::from(age[0]) + age[beyond + 1..].iter().map(|&n| u32::from(n)).sum::<u32>();
                    known += age[beyond + 1..].iter().take(REACH as usize).map(|&n| u32::from(n)).sum::<u32>();
                }
                (edge > 0 && words >= 8).then(|| known as f32 / words as f32)
            })
            .collect();
        Topics { shares, turns }
    }
}
