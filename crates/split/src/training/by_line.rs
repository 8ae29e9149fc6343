//! Labels for training on text: which blocks of a page hold the body that a person marked, where both are cut alike.

use super::Truth;
use super::plain::plain;
use crate::page::Page;
use crate::states::{State, set};

/// The states that follow from what a person marked: each paragraph finds its block, in order and as close together as can be.
pub(super) fn label(page: &Page<'_>, truth: &[Truth]) -> Vec<u8> {
    let n = page.len();
    let lines: Vec<String> = page.blocks.iter().map(|b| plain(b.text.of(page.text))).collect();
    let mut states = vec![set(&[State::Outside]); n];
    let mut from = 0;
    for clipping in truth {
        let body: Vec<String> = clipping.body.iter().map(|p| plain(p)).collect();
        let chain = align(&lines, &body, from);
        let (Some(&first), Some(&last)) = (chain.first(), chain.last()) else { continue };
        let joined = body.join(" ");
        for block in first..=last {
            let part = lines[block].len() > 30 && joined.contains(&lines[block]);
            states[block] = set(&[if part || chain.contains(&block) { State::Body } else { State::Inset }]);
        }
        let headline = plain(&clipping.headline);
        let mut start = first;
        if !headline.is_empty() {
            let near = |at: usize| (at.saturating_sub(8).max(from)..at).rev().find(|&b| lines[b] == headline);
            let mut at = (first.saturating_sub(25).max(from)..first).rev().find(|&b| lines[b] == headline);
            while let Some(found) = at {
                start = found;
                at = near(found);
            }
        }
        if start < first {
            states[start] = set(&[State::Headline]);
            states[start + 1..first].fill(set(&[State::Head]));
        } else {
            // the headline was not marked, or reads otherwise on the page: it may be any of the lines right above
            let above = first.saturating_sub(20).max(from);
            states[above..first].fill(set(&[State::Outside, State::Headline, State::Head]));
        }
        from = last + 1;
    }
    states
}

/// For each paragraph that is found, its block: the longest chain in page order, the tightest of these.
fn align(blocks: &[String], body: &[String], from: usize) -> Vec<usize> {
    // best[k]: (score, block, link to the step before) of chains that end at a match
    let mut steps: Vec<(f64, usize, usize, Option<usize>)> = Vec::new();
    for (p, paragraph) in body.iter().enumerate() {
        if paragraph.is_empty() {
            continue;
        }
        for block in (from..blocks.len()).filter(|&b| blocks[b] == *paragraph) {
            let mut best = (paragraph.len() as f64, None);
            for (k, step) in steps.iter().enumerate() {
                if step.2 < p && step.1 < block {
                    let score = step.0 + paragraph.len() as f64 - 3.0 * (block - step.1) as f64;
                    if score > best.0 {
                        best = (score, Some(k));
                    }
                }
            }
            steps.push((best.0, block, p, best.1));
        }
    }
    let mut at = (0..steps.len()).max_by(|&a, &b| steps[a].0.total_cmp(&steps[b].0));
    let mut chain = Vec::new();
    while let Some(k) = at {
        chain.push(steps[k].1);
        at = steps[k].3;
    }
    chain.reverse();
    chain
}
