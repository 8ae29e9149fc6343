//! Labels for training where page and truth are cut in two ways, as with HTML: which blocks of a page hold the body that a person marked.
//!
//! Paragraphs of the truth and blocks of the page need not be cut alike: a block belongs to the body where most of its words stand in
//! the body one after the other, and the chain of such blocks is taken that finds most words in order.

use std::collections::HashMap;

use copydesk_model::{Mark, Tag};

use super::plain::plain;
use super::{Phrases, Truth};
use crate::page::Page;
use crate::states::{State, set};

/// Share of a block's words that must stand in the body, one after the other.
const MOST: f32 = 0.66;
/// Words in a row by which a place in the body is found.
const GRAM: usize = 4;
/// What a block between two others of a chain costs, in words: of two places with the same words the nearer one is taken.
const STEP: f32 = 0.3;

/// The states that each block may take.
pub(super) fn label(page: &Page<'_>, truth: &[Truth]) -> Vec<u8> {
    let n = page.len();
    let words: Vec<Vec<String>> = page.blocks.iter().map(|b| words(b.text.of(page.text))).collect();
    let mut states = vec![set(&[State::Outside]); n];
    let mut from = 0;
    for clipping in truth {
        let chain = chain(&words, &clipping.body, from);
        let (Some(&first), Some(&last)) = (chain.first(), chain.last()) else { continue };
        for (block, state) in states.iter_mut().enumerate().take(last + 1).skip(first) {
            let is_body = chain.binary_search(&block).is_ok();
            // sets differ in what they think of subheadings: where one leaves a heading out, either will do
            let may_be = !is_body && block > first && near(&chain, block) && is_doubtful(page, block);
            *state = match (is_body, may_be) {
                (true, _) => set(&[State::Body]),
                (_, true) => set(&[State::Body, State::Inset]),
                _ => set(&[State::Inset]),
            };
        }
        let title = plain(&clipping.headline);
        let start = find_title(page, &title, from, first);
        match start {
            Some(start) => {
                states[start] = set(&[State::Headline]);
                for (block, state) in states.iter_mut().enumerate().take(first).skip(start + 1) {
                    // and in what they think of standfirsts
                    let tells = page
                        .marked
                        .as_ref()
                        .is_some_and(|m| m.marks[block].echoes & Mark::echo_bit("description") != 0);
                    *state = if tells && page.lines[block].is_prose() {
                        set(&[State::Head, State::Body])
                    } else {
                        set(&[State::Head])
                    };
                }
                // body text before what one takes for the last part of a head makes no head of what lies between
                let early = (start + 1..first).find(|&b| states[b] != set(&[State::Head]));
                if let Some(early) = early {
                    for state in &mut states[early + 1..first] {
                        *state |= set(&[State::Head, State::Inset]);
                    }
                }
            }
            None => {
                let above = first.saturating_sub(20).max(from);
                states[above..first].fill(set(&[State::Outside, State::Headline, State::Head]));
            }
        }
        from = last + 1;
    }
    states
}

/// The states that each block may take where only phrases are known that the body holds, and phrases that it does not: most blocks may
/// be anything.
pub(super) fn label_by_phrases(page: &Page<'_>, phrases: &Phrases) -> Vec<u8> {
    let texts: Vec<_> = page.blocks.iter().map(|block| block.folded(page.text)).collect();
    let holding = |phrase: &String| -> Vec<usize> {
        let phrase = phrase.split_whitespace().collect::<Vec<_>>().join(" ");
        (0..texts.len()).filter(|&block| !phrase.is_empty() && texts[block].contains(&phrase)).collect()
    };
    let mut states = vec![set(&State::ALL); texts.len()];
    let is_menu = |block: usize| page.marked.as_ref().is_some_and(|marked| marked.is_menu(block));
    for block in phrases.without.iter().flat_map(holding) {
        states[block] &= !set(&[State::Body]);
    }
    for blocks in phrases.with.iter().map(holding) {
        // a phrase that stands twice may be a teaser's as well
        if let [block] = blocks[..]
            && !is_menu(block)
            && states[block] & set(&[State::Body]) != 0
        {
            states[block] = set(&[State::Body]);
        }
    }
    for (block, states) in states.iter_mut().enumerate() {
        if is_menu(block) {
            *states &= !set(&[State::Body, State::Headline]);
        }
    }
    states
}

fn tag(page: &Page<'_>, block: usize) -> Option<Tag> {
    page.marked.as_ref().map(|marked| marked.marks[block].tag)
}

/// Whether sets differ in what they think of a block between paragraphs: a heading, an item of a list or a row of a table that is no link.
fn is_doubtful(page: &Page<'_>, block: usize) -> bool {
    let Some(marked) = &page.marked else { return false };
    let mark = &marked.marks[block];
    mark.tag.is_heading()
        || (matches!(mark.tag, Tag::Item | Tag::Definition | Tag::Cell | Tag::Quote | Tag::Preformatted)
            && mark.links < 128
            && !crate::marked::is_furniture(mark)
            && marked.holder[block].is_some())
}

/// Whether paragraphs of the chain stand close by on both sides.
fn near(chain: &[usize], block: usize) -> bool {
    let at = chain.partition_point(|&b| b < block);
    at > 0 && at < chain.len() && block - chain[at - 1] <= 12 && chain[at] - block <= 12
}

/// The block of the headline: the nearest first-level heading above the body that says it, else the nearest heading, else any line.
fn find_title(page: &Page<'_>, title: &str, from: usize, first: usize) -> Option<usize> {
    const FAR: usize = 80;
    if title.is_empty() {
        return None;
    }
    let says = |block: &usize| {
        let text = plain(page.blocks[*block].text.of(page.text));
        text == title || alike(&text, title)
    };
    let found: Vec<usize> = (first.saturating_sub(FAR).max(from)..first).filter(says).collect();
    let rank = |block: usize| match tag(page, block) {
        Some(Tag::Heading1) => 2,
        Some(tag) if tag.is_heading() => 1,
        _ => 0,
    };
    found.into_iter().max_by_key(|&block| (rank(block), block))
}

/// Whether most words of two titles are the same.
fn alike(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let common = a.iter().filter(|word| b.contains(word)).count();
    a.len().min(b.len()) >= 3 && common * 10 >= a.len().max(b.len()) * 8
}

/// The blocks that hold the body.
fn chain(blocks: &[Vec<String>], body: &[String], from: usize) -> Vec<usize> {
    let mut all: Vec<&str> = Vec::new();
    let paragraphs: Vec<Vec<String>> = body.iter().map(|p| words(p)).collect();
    let mut is_start = vec![true];
    for paragraph in &paragraphs {
        all.extend(paragraph.iter().map(String::as_str));
        is_start.resize(all.len(), false);
        is_start.push(true);
    }
    let mut places: HashMap<&[&str], Vec<usize>> = HashMap::new();
    for n in 1..=GRAM {
        for (at, gram) in all.windows(n).enumerate() {
            places.entry(gram).or_default().push(at);
        }
    }
    // (block, first word in the body, words that it holds)
    let mut found: Vec<(usize, usize, usize, f32)> = Vec::new();
    for (block, words) in blocks.iter().enumerate().skip(from) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if words.is_empty() {
            continue;
        }
        let n = words.len().min(GRAM);
        // places are told by where the block would begin if nothing lay between
        let mut held: HashMap<usize, usize> = HashMap::new();
        for (at, gram) in words.windows(n).enumerate() {
            for &place in places.get(gram).into_iter().flatten().take(40) {
                *held.entry((place + all.len() - at) / 4).or_default() += 1;
            }
        }
        let grams = words.len() - n + 1;
        let mut best: Vec<(usize, usize)> = held.into_iter().map(|(place, count)| (count, place)).collect();
        best.sort_unstable_by(|a, b| b.cmp(a));
        for (count, place) in best.into_iter().take(6) {
            let start = (place * 4 + 3).saturating_sub(all.len()).min(all.len() - 1);
            let share = count as f32 / grams as f32;
            // a short line must be a paragraph of its own, or nearly
            let begins = (start.saturating_sub(4)..=start).any(|s| is_start[s]);
            let fits = if words.len() < 6 { share >= 0.99 && begins } else { share >= MOST };
            if fits {
                let worth = if words.len() < 6 { words.len() as f32 * 0.8 } else { words.len() as f32 * share };
                found.push((block, start, words.len(), worth));
            }
        }
    }
    let mut best: Vec<(f32, Option<usize>)> = Vec::with_capacity(found.len());
    for (k, &(block, start, _, worth)) in found.iter().enumerate() {
        let mut sum = (worth, None);
        for (j, &(before, begun, words, _)) in found[..k].iter().enumerate() {
            if before < block && begun + words * 3 / 4 <= start + 4 {
                let score = best[j].0 + worth - STEP * (block - before - 1) as f32;
                if score > sum.0 {
                    sum = (score, Some(j));
                }
            }
        }
        best.push(sum);
    }
    let mut at = (0..best.len()).max_by(|&a, &b| best[a].0.total_cmp(&best[b].0));
    let mut chain = Vec::new();
    while let Some(k) = at {
        chain.push(found[k].0);
        at = best[k].1;
    }
    chain.reverse();
    chain
}

/// The words of a text, folded; a character of a script without spaces is one.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in plain(text).split(' ').filter(|word| !word.is_empty()) {
        if word.chars().any(copydesk_text::is_unspaced) {
            words.extend(word.chars().map(String::from));
        } else {
            words.push(word.to_owned());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_that_are_cut_otherwise_are_found() {
        let blocks = [
            "Menu",
            "The ferry to the islands will sail again from Monday, the port said.",
            "Advertisement for another port and its other ferry",
            "Long repairs",
            "Repairs had taken three weeks longer than announced.",
            "The company paid for all of it, its owner said on the radio.",
            "The ferry to the islands will sail again",
        ];
        let body = [
            "The ferry to the islands will sail again from Monday, the port said.".to_owned(),
            "Long repairs".to_owned(),
            "Repairs had taken three weeks longer than announced. The company paid for all of it, its owner said on the radio.".to_owned(),
        ];
        let blocks: Vec<Vec<String>> = blocks.iter().map(|b| words(b)).collect();
        assert_eq!(chain(&blocks, &body, 0), [1, 3, 4, 5]);
    }
}
