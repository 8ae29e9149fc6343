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
        // for each paragraph: its topic words by how far back they stood last; 0 for those that did not
        let mut ages: Vec<[u16; (REACH as usize) + AHEAD]> = Vec::new();
        let mut shares = Vec::with_capacity(page.len());
        for block in 0..page.len() {
            let (from, to) = (page.prose_before[block], page.prose_before[block + 1]);
            let mut age = [0u16; (REACH as usize) + AHEAD];
            let (mut words, mut ahead, mut behind, mut next, mut last) = (0u32, 0u32, 0u32, 0u32, 0u32);
            for &word in page.words_of(block) {
                if page.plain_token[word as usize] {
                    continue;
                }
                words += 1;
                let holders = page.holders_of(word);
                let at = if holders.len() < 8 {
                    holders.iter().take_while(|&&h| h < from).count()
                } else {
                    holders.partition_point(|&h| h < from)
                };
                let back = at.checked_sub(1).map_or(u32::MAX, |k| from - holders[k]);
                let on = holders[at..].iter().find(|&&h| h >= to).map_or(u32::MAX, |&h| h - to);
                ahead += u32::from(on < REACH);
                next += u32::from(on < NEAR);
                behind += u32::from(back <= REACH);
                last += u32::from(back <= NEAR);
                age[if (back as usize) < age.len() { back as usize } else { 0 }] += 1;
            }
            if to > from {
                ages.push(age);
            }
            let share = |count: u32| count as f32 / words as f32;
            shares.push((words >= 2).then(|| Shares {
                ahead: share(ahead),
                behind: share(behind),
                next: share(next),
                last: share(last),
            }));
        }
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
