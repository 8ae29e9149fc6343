//! Which words of a block stand in the paragraphs around it: computed once a page, for the clues that ask for topics.

use crate::page::Page;

/// How many paragraphs a topic reaches.
const REACH: usize = 6;
/// How many tell the next story from the last one.
const NEAR: usize = 2;
/// Paragraphs after an edge that are compared with those before it.
const AHEAD: usize = 3;
/// As far as it is counted how far back a word stands.
const FAR: usize = REACH + AHEAD;
/// So long ago that it is as good as never.
const NEVER: i32 = i32::MIN / 4;

/// Words by how many paragraphs away they stand; the last for those that stand no nearer.
type Ages = [u32; FAR + 1];

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
    /// By block: how many of its words are no common ones.
    pub words: Vec<u32>,
}

impl Topics {
    pub(crate) fn of(page: &Page<'_>) -> Topics {
        // a block's topic words, those of block `b` at `at[b]..at[b + 1]`
        let mut topical = vec![0; page.tokens.len()];
        let mut at = Vec::with_capacity(page.len() + 1);
        let mut count = 0;
        for block in 0..page.len() {
            at.push(count);
            // Written whether it stays or not: nobody knows which word will be a common one.
            for &word in page.words_of(block) {
                topical[count] = word;
                count += usize::from(!page.common_token[word as usize]);
            }
        }
        at.push(count);
        // For each block: its topic words by how many paragraphs back, and on, they stand.
        let mut ages: Vec<Ages> = Vec::new();
        let mut counts = Vec::with_capacity(page.len());
        // the number of paragraphs up to and with the last one that held a word
        let mut seen = vec![NEVER; page.common_token.len()];
        for block in 0..page.len() {
            let (before, with) = (page.prose_before[block] as i32, page.prose_before[block + 1] as i32);
            let words = &topical[at[block]..at[block + 1]];
            let age = sweep(words, &mut seen, |last| before + 1 - last, (with > before).then_some(with));
            counts.push([words.len() as u32, 0, 0, within(&age, REACH), within(&age, NEAR)]);
            if with > before {
                ages.push(age);
            }
        }
        seen.fill(-NEVER);
        for block in (0..page.len()).rev() {
            let (before, with) = (page.prose_before[block] as i32, page.prose_before[block + 1] as i32);
            let words = &topical[at[block]..at[block + 1]];
            let age = sweep(words, &mut seen, |next| next - with, (with > before).then_some(with));
            counts[block][1] = within(&age, REACH);
            counts[block][2] = within(&age, NEAR);
        }
        let words = counts.iter().map(|count| count[0]).collect();
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
                    words += age[beyond + 1..].iter().sum::<u32>();
                    known += age[beyond + 1..FAR].iter().take(REACH).sum::<u32>();
                }
                (edge > 0 && words >= 8).then(|| known as f32 / words as f32)
            })
            .collect();
        Topics { shares, turns, words }
    }
}

/// Counts a block's words by the distance to where they were seen last, and notes that they are seen `here`.
#[inline]
fn sweep(words: &[u32], seen: &mut [i32], distance: impl Fn(i32) -> i32, here: Option<i32>) -> Ages {
    let mut ages = [0; FAR + 1];
    match here {
        Some(here) => {
            for &word in words {
                let last = std::mem::replace(&mut seen[word as usize], here);
                ages[(distance(last) as usize).min(FAR)] += 1;
            }
        }
        None => {
            for &word in words {
                ages[(distance(seen[word as usize]) as usize).min(FAR)] += 1;
            }
        }
    }
    ages
}

fn within(ages: &Ages, reach: usize) -> u32 {
    ages[1..=reach].iter().sum()
}
