//! A capture as the signals see it: its blocks with what was counted on them, and what is usual on this page.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::rc::Rc;

use copydesk_model::Markup;

use crate::blocks::RawBlock;
use crate::census::Evidence;
use crate::line::{Ending, Line, Opening};
use crate::marked::{Kept, Marked};
use crate::memo::{Known, Memo, Passed, SHORTEST};
use crate::seen::Seen;
use crate::topics::Topics;

pub(crate) struct Page<'t> {
    pub text: &'t str,
    pub blocks: Cow<'t, [RawBlock]>,
    pub lines: Vec<Rc<Known>>,
    /// Where each block's words begin in `tokens`; one longer than `blocks`.
    tokens_at: Vec<u32>,
    /// The folded words of all blocks, as numbers from 0.
    pub tokens: Vec<u32>,
    /// For each token: whether many prose blocks of this page hold it, as articles and prepositions are.
    pub common_token: Vec<bool>,
    /// Whether there is enough prose to tell common words.
    pub knows_common: bool,
    /// The number of prose blocks before each block; one longer than `blocks`.
    pub prose_before: Vec<u32>,
    /// Words of prose before each block; one longer than `blocks`.
    pub prose_words_before: Vec<f32>,
    /// The usual number of empty lines between two prose blocks.
    pub usual_gap: u32,
    /// Other blocks with the same hash: distance to the nearest before and after, 0 for none.
    pub same_before: Vec<u32>,
    pub same_after: Vec<u32>,
    /// Words of the URL's path that stand on the page, as tokens.
    pub slug: Vec<u32>,
    /// What the census knows of each block, or empty.
    pub seen: Vec<Seen>,
    /// Whether the census has seen half of the page's blocks elsewhere.
    pub is_known: bool,
    /// Smoothed words of prose around each block.
    pub density: Vec<f32>,
    pub top_density: f32,
    pub shapes: Vec<Shape>,
    /// Length of the run of blocks without prose that a block stands in.
    pub run: Vec<u32>,
    /// See [`crate::signals`], `doubled`.
    pub doubled: Vec<Option<u32>>,
    /// See [`crate::signals`], `signed`; empty for a page of HTML.
    pub signed: Vec<u8>,
    pub topics: Topics,
    /// What the page's HTML says of the blocks; `None` for a text.
    pub marked: Option<Marked<'t>>,
}

/// A coarse look at a block, for its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Shape {
    Edge,
    Bullet,
    Tiny,
    Short,
    ShortSentence,
    Middle,
    Sentence,
    LongLine,
    Paragraph,
}

pub(crate) const SHAPES: [&str; 9] =
    ["edge", "bullet", "tiny", "short", "short-sentence", "middle", "sentence", "long-line", "paragraph"];

impl<'t> Page<'t> {
    pub(crate) fn new(
        url: &str,
        text: &'t str,
        blocks: Cow<'t, [RawBlock]>,
        evidence: &'t [Evidence],
        memo: &mut Memo,
    ) -> Self {
        Page::of(url, text, blocks, evidence, None, memo)
    }

    /// A page that came as HTML. Of long runs of links a few stand for all: see [`Kept`].
    pub(crate) fn with_markup(
        url: &str,
        text: &'t str,
        all: &'t [RawBlock],
        evidence: &'t [Evidence],
        markup: &'t Markup,
        memo: &mut Memo,
    ) -> Self {
        if all.len() != markup.marks.len() {
            return Page::of(url, text, all.into(), evidence, None, memo);
        }
        let kept = Kept::of(all, &markup.marks);
        let blocks: Vec<RawBlock> = kept.at.iter().map(|&at| all[at as usize]).collect();
        let evidence: Vec<Evidence> = if evidence.len() == all.len() {
            kept.at.iter().map(|&at| evidence[at as usize]).collect()
        } else {
            Vec::new()
        };
        Page::of(url, text, blocks.into(), &evidence, Some((markup, all, kept)), memo)
    }

    fn of(
        url: &str,
        text: &'t str,
        blocks: Cow<'t, [RawBlock]>,
        evidence: &[Evidence],
        markup: Option<(&'t Markup, &'t [RawBlock], Kept)>,
        memo: &mut Memo,
    ) -> Self {
        memo.begin();
        memo.fetch(&blocks);
        let mut tokens = Vec::with_capacity(if markup.is_some() { 0 } else { text.len() / 6 });
        let mut tokens_at = Vec::with_capacity(blocks.len() + 1);
        let mut lines = Vec::with_capacity(blocks.len());
        let evidence = if evidence.len() == blocks.len() { evidence } else { &[] };
        for (at, block) in blocks.iter().enumerate() {
            tokens_at.push(tokens.len() as u32);
            let returns = evidence.get(at).is_none_or(|evidence| evidence.captures > 1);
            lines.push(if markup.is_some() {
                memo.read_of_html(block, text, returns)
            } else {
                memo.read(block, text, returns, &mut tokens)
            });
        }
        tokens_at.push(tokens.len() as u32);
        let seen = Seen::all(evidence, |at| lines[at].is_prose());
        let mut page = Page {
            text,
            slug: if markup.is_some() { Vec::new() } else { slug(url, memo) },
            tokens_at,
            tokens,
            common_token: Vec::new(),
            knows_common: false,
            prose_before: Vec::with_capacity(blocks.len() + 1),
            prose_words_before: Vec::with_capacity(blocks.len() + 1),
            usual_gap: 0,
            same_before: vec![0; blocks.len()],
            same_after: vec![0; blocks.len()],
            is_known: seen.iter().filter(|seen| seen.often > 0).count() * 2 >= blocks.len().max(1),
            seen,
            density: Vec::new(),
            top_density: 0.0,
            shapes: lines.iter().map(|known| shape(&known.line)).collect(),
            run: vec![0; blocks.len()],
            topics: Topics::default(),
            doubled: Vec::new(),
            signed: Vec::new(),
            marked: None,
            blocks,
            lines,
        };
        page.count_prose();
        if markup.is_none() {
            page.find_common(memo.words_on_page());
            page.find_usual_gap();
        }
        page.find_repeats();
        page.find_density();
        page.find_runs();
        page.doubled = crate::signals::doubled(&page);
        match markup {
            Some((markup, all, kept)) => page.marked = Some(Marked::of(&page, markup, all, kept)),
            None => {
                page.topics = Topics::of(&page);
                page.signed = crate::signals::signed(&page);
            }
        }
        page
    }

    fn find_common(&mut self, kinds: usize) {
        let held = self.count_holders(kinds);
        let prose = self.prose_before.last().copied().unwrap_or(0);
        self.knows_common = prose >= 5;
        self.common_token = held.iter().map(|&held| held >= 3 && held * 5 >= prose).collect();
    }

    pub(crate) fn len(&self) -> usize {
        self.blocks.len()
    }

    pub(crate) fn words_of(&self, block: usize) -> &[u32] {
        &self.tokens[self.tokens_at[block] as usize..self.tokens_at[block + 1] as usize]
    }

    pub(crate) fn shape(&self, block: isize) -> Shape {
        usize::try_from(block).ok().and_then(|b| self.shapes.get(b)).copied().unwrap_or(Shape::Edge)
    }

    pub(crate) fn seen(&self, block: usize) -> Seen {
        self.seen.get(block).copied().unwrap_or_default()
    }

    fn count_prose(&mut self) {
        let (mut prose, mut words) = (0, 0.0);
        for line in &self.lines {
            self.prose_before.push(prose);
            self.prose_words_before.push(words);
            if line.is_prose() {
                prose += 1;
                words += line.words;
            }
        }
        self.prose_before.push(prose);
        self.prose_words_before.push(words);
    }

    /// For each token: how many prose blocks hold it.
    fn count_holders(&self, kinds: usize) -> Vec<u32> {
        let mut held = vec![0u32; kinds];
        for block in (0..self.len()).filter(|&block| self.lines[block].is_prose()) {
            for &token in self.words_of(block) {
                held[token as usize] += 1;
            }
        }
        held
    }

    fn find_usual_gap(&mut self) {
        let mut gaps = [0u32; 8];
        for (block, pair) in self.lines.windows(2).enumerate() {
            if pair[0].is_prose() && pair[1].is_prose() {
                gaps[self.blocks[block + 1].gap.min(7) as usize] += 1;
            }
        }
        // the smallest of the most frequent gaps
        let most = gaps.iter().copied().max().unwrap_or(0);
        self.usual_gap = gaps.iter().position(|&n| n == most && n > 0).unwrap_or(1) as u32;
    }

    fn find_repeats(&mut self) {
        let mut seen: HashMap<u64, usize, BuildHasherDefault<Passed>> =
            HashMap::with_capacity_and_hasher(self.blocks.len(), BuildHasherDefault::default());
        for block in 0..self.blocks.len() {
            if let Some(before) = seen.insert(self.blocks[block].hash, block) {
                let distance = (block - before) as u32;
                self.same_before[block] = distance;
                self.same_after[before] = distance;
            }
        }
    }

    fn find_density(&mut self) {
        // A paragraph's weight halves every three blocks.
        const KEEP: f32 = 0.8;
        let weight =
            |line: &Line| if line.is_prose() && line.opening != Opening::Bullet { line.words.min(120.0) } else { 0.0 };
        let mut density = vec![0.0f32; self.lines.len()];
        let mut sum = 0.0;
        for (at, line) in self.lines.iter().enumerate() {
            sum = sum * KEEP + weight(line);
            density[at] += sum;
        }
        sum = 0.0;
        for (at, line) in self.lines.iter().enumerate().rev() {
            density[at] += sum;
            sum = (sum + weight(line)) * KEEP;
        }
        self.top_density = density.iter().copied().fold(0.0, f32::max);
        self.density = density;
    }

    fn find_runs(&mut self) {
        let mut from = 0;
        for at in 0..=self.lines.len() {
            if at == self.lines.len() || self.lines[at].is_prose() {
                for run in &mut self.run[from..at] {
                    *run = (at - from) as u32;
                }
                from = at + 1;
            }
        }
    }
}

fn shape(line: &Line) -> Shape {
    let sentence = matches!(line.ending, Ending::Sentence | Ending::Colon | Ending::Quote | Ending::Ellipsis);
    match line.words {
        _ if line.opening == Opening::Bullet && line.words < 24.0 => Shape::Bullet,
        w if w < 3.5 => Shape::Tiny,
        w if w < 8.5 && !sentence => Shape::Short,
        w if w < 8.5 => Shape::ShortSentence,
        w if w < 20.0 && !sentence => Shape::Middle,
        _ if !sentence => Shape::LongLine,
        w if w < 24.0 => Shape::Sentence,
        _ => Shape::Paragraph,
    }
}

/// The words of the URL's last long path segment, as far as they stand on the page.
fn slug(url: &str, memo: &Memo) -> Vec<u32> {
    let path = url.split_once("://").map_or("", |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or("");
    let Some(segment) =
        path.split('/').skip(1).max_by_key(|s| s.split(['-', '_', '+']).filter(|w| w.len() > 2).count())
    else {
        return Vec::new();
    };
    let mut words = Vec::new();
    Line::read(&segment.replace(['-', '_', '+', '.'], " "), |_, token, bytes| {
        if bytes >= SHORTEST {
            words.extend(memo.find_on_page(token));
        }
    });
    words.sort_unstable();
    words.dedup();
    words
}
