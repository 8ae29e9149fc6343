//! The stretch of a page that is text.

use copydesk_model::Mark;

use super::groups::prose_words;
use super::names::{FURNITURE, IN_PICTURE, is_furniture};
use crate::page::Page;

/// The region of text: the stretch of blocks with the largest sum, in which running text counts for its words and furniture against
/// them, damped so that an advertisement between paragraphs does not end it. Damping and weights: from a prototype that was scored on real pages.
pub(super) fn region(page: &Page<'_>, marks: &[Mark]) -> Option<(usize, usize)> {
    const DAMP: f32 = 0.4;
    let (mut sum, mut from) = (0.0f32, 0);
    let mut best: (f32, Option<(usize, usize)>) = (0.0, None);
    for block in 0..page.len() {
        let worth = worth(page, marks, block);
        sum += if worth < 0.0 { worth * DAMP } else { worth };
        if sum <= 0.0 {
            (sum, from) = (0.0, block + 1);
        } else if sum > best.0 {
            best = (sum, Some((from, block)));
        }
    }
    best.1
}

/// What a block adds to a region of text, in words.
fn worth(page: &Page<'_>, marks: &[Mark], block: usize) -> f32 {
    let mark = &marks[block];
    let links = f32::from(mark.links) / 255.0;
    let is_furniture = is_furniture(mark);
    let prose = prose_words(page, marks, block).min(100.0);
    let mut worth = if prose > 0.0 { prose } else { -3.0 - links * 9.0 };
    if mark.echoes & (const { Mark::echo_bit("description") } | const { Mark::echo_bit("body") }) != 0 {
        worth += 20.0;
    }
    if is_furniture {
        worth = worth.min(0.0) - 12.0;
    } else if mark.far & FURNITURE != 0 {
        worth -= 12.0;
    }
    if mark.within & IN_PICTURE != 0 {
        worth = worth.min(0.0);
    }
    worth
}
