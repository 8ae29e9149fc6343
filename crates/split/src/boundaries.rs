//! The decoder: all clues of all blocks in, the most likely places of all blocks out (Viterbi over a linear-chain conditional
//! random field, Lafferty et al. 2001). Whole clippings are scored: a head must lead to a body, an inset back into it.

use crate::memo::Own;
use crate::page::Page;
use crate::signals::{EDGE, EDGE_HTML, HTML, MARKED, OWN, PAGE, PAGE_HTML, TEXT, count, fire};
use crate::states::{STATES, State, TRANSITION, TRANSITIONS, may_end};
use crate::weights::{HIDDEN, Weights};

/// The score of what must not be.
const NEVER: f32 = -1e3;

/// The features of a page that hold, by number: those of block `b` are `block[block_at[b]..block_at[b + 1]]`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Features {
    pub block: Vec<u16>,
    pub block_at: Vec<u32>,
    pub edge: Vec<u16>,
    pub edge_at: Vec<u32>,
}

impl Features {
    pub(crate) fn of(page: &Page<'_>) -> Features {
        let mut features = Features::default();
        let clues = if page.marked.is_some() { HTML } else { TEXT };
        features.block.reserve(page.len() * 24);
        for block in 0..page.len() {
            features.block_at.push(features.block.len() as u32);
            features.edge_at.push(features.edge.len() as u32);
            let mut first = 0;
            for signals in clues.block {
                fire(signals, page, block, |f| features.block.push((first + f) as u16));
                first += count(signals);
            }
            for signals in clues.edge {
                fire(signals, page, block, |f| features.edge.push(f as u16));
            }
        }
        features.block_at.push(features.block.len() as u32);
        features.edge_at.push(features.edge.len() as u32);
        features
    }

    pub(crate) fn len(&self) -> usize {
        self.block_at.len() - 1
    }

    pub(crate) fn of_block(&self, block: usize) -> &[u16] {
        &self.block[self.block_at[block] as usize..self.block_at[block + 1] as usize]
    }

    pub(crate) fn of_edge(&self, block: usize) -> &[u16] {
        &self.edge[self.edge_at[block] as usize..self.edge_at[block + 1] as usize]
    }
}

/// Scores of a page: a row a block.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scores {
    pub block: Vec<[f32; STATES]>,
    /// For the edge before the block.
    pub edge: Vec<[f32; TRANSITIONS]>,
}

impl Scores {
    /// Scores from features, as training has them.
    pub(crate) fn of(features: &Features, weights: &Weights) -> Scores {
        let mut scores = Scores::default();
        let out = weights.out_by_unit();
        for block in 0..features.len() {
            let mut row = [0.0; STATES];
            for &f in features.of_block(block) {
                add(&mut row, &weights.block[f as usize]);
            }
            finish(&mut row, &hidden(features.of_block(block), weights), &out);
            scores.block.push(row);
            let mut row = weights.transition;
            for &f in features.of_edge(block) {
                add(&mut row, &weights.edge[f as usize]);
            }
            scores.edge.push(row);
        }
        scores
    }

    /// The same scores, up to the order of the sums: what a block's own clues give is kept with the block.
    pub(crate) fn of_page(page: &Page<'_>, weights: &Weights) -> Scores {
        let mut scores = Scores { block: Vec::with_capacity(page.len()), edge: Vec::with_capacity(page.len()) };
        let out = weights.out_by_unit();
        let first = count(OWN);
        let marked_first = first + count(PAGE_HTML);
        let mut fired = Fired { features: vec![0; weights.block.len()], count: 0 };
        for block in 0..page.len() {
            let mut sum = page.lines[block]
                .own
                .get_or_init(|| {
                    let mut own = Own { states: [0.0; STATES], hidden: weights.hidden_bias };
                    fire(OWN, page, block, |f| fired.push(f));
                    own.add(fired.take(), weights);
                    own
                })
                .clone();
            if let Some(marked) = &page.marked {
                fire(PAGE_HTML, page, block, |f| fired.push(first + f));
                fire(MARKED, page, block, |f| fired.push(marked_first + f));
                sum.add(fired.take(), weights);
                // many blocks in one are no paragraph and no headline, and a caption or a byline is neither
                if marked.is_menu(block) || marked.is_caption(page, block) || marked.is_told_line(page, block) {
                    sum.states[State::Body as usize] += NEVER;
                    sum.states[State::Headline as usize] += NEVER;
                }
            } else {
                fire(PAGE, page, block, |f| fired.push(first + f));
                sum.add(fired.take(), weights);
            }
            finish(&mut sum.states, &sum.hidden.map(|h| h.max(0.0)), &out);
            scores.block.push(sum.states);
            let mut row = weights.transition;
            let edge = if page.marked.is_some() { EDGE_HTML } else { EDGE };
            fire(edge, page, block, |f| add(&mut row, &weights.edge[f]));
            scores.edge.push(row);
        }
        scores
    }
}

/// The features of a block that hold, in the order of the clues: each holds once.
struct Fired {
    features: Vec<u16>,
    count: usize,
}

impl Fired {
    #[inline(always)]
    fn push(&mut self, feature: usize) {
        self.features[self.count] = feature as u16;
        self.count += 1;
    }

    /// What was pushed since it was taken last.
    fn take(&mut self) -> &[u16] {
        &self.features[..std::mem::take(&mut self.count)]
    }
}

impl Own {
    /// Adds what the features give, in their order. The sums stay in registers from one feature to the next.
    fn add(&mut self, features: &[u16], weights: &Weights) {
        let (mut states, mut hidden) = (self.states, self.hidden);
        for &feature in features {
            add(&mut states, &weights.block[feature as usize]);
            add(&mut hidden, &weights.hidden[feature as usize]);
        }
        (self.states, self.hidden) = (states, hidden);
    }
}

#[inline]
fn add<const N: usize>(sum: &mut [f32; N], weights: &[f32; N]) {
    for (cell, w) in sum.iter_mut().zip(weights) {
        *cell += w;
    }
}

/// Adds what the hidden units give to the states; `out` has a row a unit, so that all states are summed at once.
#[inline]
fn finish(row: &mut [f32; STATES], hidden: &[f32; HIDDEN], out: &[[f32; STATES]; HIDDEN]) {
    let mut sums = [-0.0; STATES];
    for (h, out) in hidden.iter().zip(out) {
        add(&mut sums, &out.map(|w| h * w));
    }
    add(row, &sums);
}

/// The hidden units of a block: sums of its features' weights, cut off at 0.
pub(crate) fn hidden(features: &[u16], weights: &Weights) -> [f32; HIDDEN] {
    let mut hidden = weights.hidden_bias;
    for &f in features {
        add(&mut hidden, &weights.hidden[f as usize]);
    }
    hidden.map(|h| h.max(0.0))
}

/// The best sequence of states for a page. Where that finds no story although there is running text enough for one, the text is
/// given the benefit of the doubt, a step at a time: an unusual page is more often a story badly seen than no story.
pub(crate) fn decode_page(page: &Page<'_>, scores: &mut Scores) -> Vec<State> {
    /// Words of running text close together that are enough for a story.
    const WORDS: f32 = 70.0;
    /// The same where hardly anything else stands on the page: a brief.
    const BRIEF: f32 = 12.0;
    /// Log-odds given in a step, and how many steps at most: a text that needs more reads like no story at all.
    const STEP: f32 = 0.75;
    const STEPS: usize = 6;
    let all: f32 = page.lines.iter().map(|line| line.words).sum();
    let enough = if page.prose_words_before[page.len()] >= all * 0.6 { BRIEF } else { WORDS };
    let mut states = decode(scores);
    for _ in 0..STEPS {
        let found: f32 =
            states.iter().zip(&page.lines).filter(|(s, _)| **s == State::Body).map(|(_, line)| line.words).sum();
        // a page of HTML with a title tells a story, however short its lines
        let is_told = |block: usize| page.marked.as_ref().is_some_and(|marked| found == 0.0 && marked.may_tell(block));
        let is_empty = found == 0.0 && (0..page.len()).any(is_told);
        if !is_empty && (page.top_density < enough || found >= page.top_density * 0.3) {
            break;
        }
        for (block, (row, line)) in scores.block.iter_mut().zip(&page.lines).enumerate() {
            if line.is_prose() || is_told(block) {
                row[State::Body as usize] += STEP;
            }
        }
        states = decode(scores);
    }
    crate::settle::settle(page, &mut states);
    states
}

/// The best sequence of states. Ties go to the transition that comes first, so the result does not depend on anything but the scores.
pub(crate) fn decode(scores: &Scores) -> Vec<State> {
    let n = scores.block.len();
    let mut best = [f32::NEG_INFINITY; STATES];
    best[State::Outside as usize] = 0.0;
    let mut back = vec![[0u8; STATES]; n];
    for (block, back) in back.iter_mut().enumerate() {
        let mut next = [f32::NEG_INFINITY; STATES];
        for (t, (from, to)) in TRANSITION.into_iter().enumerate() {
            let score = best[from as usize] + scores.edge[block][t];
            if score > next[to as usize] {
                next[to as usize] = score;
                back[to as usize] = from as u8;
            }
        }
        for (cell, s) in next.iter_mut().zip(&scores.block[block]) {
            *cell += s;
        }
        best = next;
    }
    let mut state = State::ALL
        .into_iter()
        .filter(|&s| may_end(s))
        .max_by(|&a, &b| best[a as usize].total_cmp(&best[b as usize]))
        .unwrap_or(State::Outside);
    let mut states = vec![State::Outside; n];
    for block in (0..n).rev() {
        states[block] = state;
        state = State::ALL[back[block][state as usize] as usize];
    }
    states
}

/// For each block: how much lower the best sequence scores that gives it another state.
pub(crate) fn margins(scores: &Scores, states: &[State]) -> Vec<f32> {
    const NONE: f32 = f32::NEG_INFINITY;
    let n = scores.block.len();
    let mut forward = vec![[NONE; STATES]; n + 1];
    forward[0][State::Outside as usize] = 0.0;
    for block in 0..n {
        let row = forward[block];
        for (t, (a, b)) in TRANSITION.into_iter().enumerate() {
            let score = row[a as usize] + scores.edge[block][t] + scores.block[block][b as usize];
            let cell = &mut forward[block + 1][b as usize];
            *cell = cell.max(score);
        }
    }
    let mut backward = [NONE; STATES];
    for state in State::ALL.into_iter().filter(|&s| may_end(s)) {
        backward[state as usize] = 0.0;
    }
    let mut margins = vec![0.0; n];
    for block in (0..n).rev() {
        let through = |s: State| forward[block + 1][s as usize] + backward[s as usize];
        let other = State::ALL.into_iter().filter(|&s| s != states[block]).map(through).fold(NONE, f32::max);
        margins[block] = (through(states[block]) - other).max(0.0);
        let mut next = [NONE; STATES];
        for (t, (a, b)) in TRANSITION.into_iter().enumerate() {
            let score = backward[b as usize] + scores.edge[block][t] + scores.block[block][b as usize];
            next[a as usize] = next[a as usize].max(score);
        }
        backward = next;
    }
    margins
}
