//! Running text, and how much of it blocks hold that have something in common.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use copydesk_model::Mark;

use crate::memo::Passed;
use crate::page::Page;

/// What is known of the blocks of one group.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Group {
    pub blocks: u32,
    /// Words of running text.
    pub prose: f32,
    pub words: f32,
    /// Words in links.
    pub links: f32,
}

/// Words of running text outside links.
pub(super) fn prose_words(page: &Page<'_>, marks: &[Mark], block: usize) -> f32 {
    let line = &page.lines[block];
    if line.is_prose() { line.words * (1.0 - f32::from(marks[block].links) / 255.0) } else { 0.0 }
}

pub(super) fn groups(page: &Page<'_>, marks: &[Mark], key: impl Fn(&Mark) -> u32) -> Vec<Group> {
    let mut number: HashMap<u64, u32, BuildHasherDefault<Passed>> =
        HashMap::with_capacity_and_hasher(marks.len(), BuildHasherDefault::default());
    let mut sums: Vec<Group> = Vec::new();
    let of_block: Vec<u32> = (0..marks.len())
        .map(|block| {
            let key = u64::from(key(&marks[block])).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let at = *number.entry(key).or_insert_with(|| {
                sums.push(Group::default());
                sums.len() as u32 - 1
            });
            let (sum, words) = (&mut sums[at as usize], page.lines[block].words);
            sum.blocks += 1;
            sum.prose += prose_words(page, marks, block);
            sum.words += words;
            sum.links += words * f32::from(marks[block].links) / 255.0;
            at
        })
        .collect();
    of_block.into_iter().map(|at| sums[at as usize]).collect()
}

/// The element with most running text of its own; the first of equals.
pub(super) fn widest_container(page: &Page<'_>, marks: &[Mark]) -> Option<u32> {
    let groups = groups(page, marks, |mark| mark.container);
    let widest = (0..marks.len()).rev().max_by(|&a, &b| groups[a].prose.total_cmp(&groups[b].prose))?;
    (groups[widest].prose > 0.0).then_some(marks[widest].container)
}
