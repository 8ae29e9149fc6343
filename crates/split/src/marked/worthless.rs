//! Which evidence a page makes worthless.

use copydesk_model::Mark;

use super::groups::{prose_words, widest_container};
use super::names::{COMMENT, FOREIGN, FURNITURE, each_bit};
use crate::page::Page;

/// Class words and elements that hold much of the story's running text say nothing on this page: a form around everything, a body in
/// a `content-sidebar`. The story is told by what is known before anything is decided: the body that the page tells, else the element
/// with most running text of its own, so that a hundred comments below a brief are no story. 0.4: from a prototype that was scored on real pages.
pub(super) fn forget_flags_of_prose(page: &Page<'_>, marks: &mut [Mark]) {
    const MOST: f32 = 0.4;
    let is_told = |mark: &Mark| mark.echoes & const { Mark::echo_bit("body") } != 0;
    let told: f32 =
        (0..page.len()).filter(|&block| is_told(&marks[block])).map(|block| prose_words(page, marks, block)).sum();
    let container = widest_container(page, marks);
    let is_story = |mark: &Mark| if told >= 60.0 { is_told(mark) } else { Some(mark.container) == container };
    let mut all = 0.0;
    let (mut near, mut far, mut inside) = ([0.0f32; 64], [0.0f32; 64], [0.0f32; 32]);
    for (block, mark) in marks.iter().enumerate() {
        let words = prose_words(page, marks, block);
        if words == 0.0 || !is_story(mark) {
            continue;
        }
        all += words;
        each_bit(mark.near & FURNITURE, |at| near[at] += words);
        each_bit(mark.far & FURNITURE, |at| far[at] += words);
        each_bit(mark.within & FOREIGN, |at| inside[at] += words);
    }
    let held = |sums: &[f32]| -> u64 {
        sums.iter().enumerate().filter(|&(_, &sum)| sum > all * MOST).fold(0, |bits, (at, _)| bits | 1 << at)
    };
    let (mut near, mut far, inside) = (held(&near), held(&far), held(&inside) as u32);
    // comments are called so by hardly anything else: where there is text enough beside them, they are comments
    let is_comment = |mark: &Mark| (mark.near | mark.far) & COMMENT != 0;
    let beside: f32 = (0..page.len()).filter(|&b| !is_comment(&marks[b])).map(|b| prose_words(page, marks, b)).sum();
    if beside >= 40.0 {
        near &= !COMMENT;
        far &= !COMMENT;
    }
    if near | far | u64::from(inside) != 0 {
        for mark in marks {
            mark.near &= !near;
            mark.far &= !far;
            mark.within &= !inside;
        }
    }
}
