//! Finds the weights: labelled pages in, [`Weights`] out. Not used when pages are split.
//!
//! Maximum conditional likelihood with AdaGrad and L2, every choice fixed by the seed, so that the same pages give the same weights.

use copydesk_model::Markup;

use crate::boundaries::{Features, Scores, hidden};
use crate::census::Evidence;
use crate::memo::Memo;
use crate::page::Page;
use crate::signals::{Clues, HTML, Signal, TEXT};
use crate::states::{STATES, State, TRANSITION, TRANSITIONS, may_end};
use crate::weights::{HIDDEN, Weights};

/// A clipping as a person marked it.
#[derive(Clone, Debug, Default)]
pub struct Truth {
    /// The headline.
    pub headline: String,
    /// The paragraphs of the body.
    pub body: Vec<String>,
}

/// What is known of a page's body where nobody marked all of it.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    /// Phrases that the body holds.
    pub with: Vec<String>,
    /// Phrases of the page that it does not hold.
    pub without: Vec<String>,
}

/// A labelled page.
#[derive(Clone, Debug)]
pub struct Example {
    features: Features,
    /// The states that each block may take, as a set of bits: where nobody marked a headline, a line above the body may be one.
    allowed: Vec<u8>,
    weight: f32,
    of_html: bool,
}

impl Example {
    /// A page with the clippings that stand in it, in page order; `weight` says how much it counts.
    pub fn new(url: &str, text: &str, evidence: &[Evidence], truth: &[Truth], weight: f32) -> Example {
        let page = Page::new(url, text, crate::blocks(text).into(), evidence, &mut Memo::default());
        Example { allowed: label(&page, truth), features: Features::of(&page), weight, of_html: false }
    }

    /// Whether it came as HTML.
    pub fn is_html(&self) -> bool {
        self.of_html
    }

    /// A page's text without its markup, as the reader of HTML gives it: paragraphs are found by their words, as in [`Example::of_html`].
    pub fn of_text(url: &str, text: &str, evidence: &[Evidence], truth: &[Truth], weight: f32) -> Example {
        let page = Page::new(url, text, crate::blocks(text).into(), evidence, &mut Memo::default());
        Example { allowed: crate::labels::label(&page, truth), features: Features::of(&page), weight, of_html: false }
    }

    /// The same of a page of which only phrases are known.
    pub fn of_text_phrases(url: &str, text: &str, evidence: &[Evidence], phrases: &Phrases, weight: f32) -> Example {
        let page = Page::new(url, text, crate::blocks(text).into(), evidence, &mut Memo::default());
        let allowed = crate::labels::label_by_phrases(&page, phrases);
        Example { allowed, features: Features::of(&page), weight, of_html: false }
    }

    /// A page that came as HTML. Its paragraphs are found by their words, as no two readers of HTML cut them alike.
    pub fn of_html(
        url: &str,
        text: &str,
        evidence: &[Evidence],
        markup: &Markup,
        truth: &[Truth],
        weight: f32,
    ) -> Example {
        let blocks = crate::blocks(text);
        let page = Page::with_markup(url, text, &blocks, evidence, markup, &mut Memo::default());
        let of_html = page.marked.is_some();
        Example { allowed: crate::labels::label(&page, truth), features: Features::of(&page), weight, of_html }
    }

    /// The same where only phrases are known.
    pub fn of_phrases(
        url: &str,
        text: &str,
        evidence: &[Evidence],
        markup: &Markup,
        phrases: &Phrases,
        weight: f32,
    ) -> Example {
        let blocks = crate::blocks(text);
        let page = Page::with_markup(url, text, &blocks, evidence, markup, &mut Memo::default());
        let of_html = page.marked.is_some();
        let allowed = crate::labels::label_by_phrases(&page, phrases);
        Example { allowed, features: Features::of(&page), weight, of_html }
    }
}

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Passes over the examples.
    pub passes: usize,
    /// Step of AdaGrad.
    pub rate: f32,
    /// Weight of the squared weights, a page.
    pub l2: f32,
    /// How often a clue is hidden while a page is learned, so that no clue leans on another one.
    pub drop: f32,
    /// Of the order in which pages are seen.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { passes: 26, rate: 0.08, l2: 1e-3, drop: 0.1, seed: 1 }
    }
}

impl Settings {
    /// For pages that came as HTML: there are fewer of them, and clues that lean on each other more.
    pub fn html() -> Settings {
        Settings { drop: 0.2, ..Settings::default() }
    }
}

/// Trains weights on labelled pages; `told` hears of each pass and its loss.
pub fn train(examples: &[Example], settings: &Settings, mut told: impl FnMut(usize, f64)) -> Weights {
    let clues = if examples.iter().any(|e| e.of_html) { HTML } else { TEXT };
    let zero = || if examples.iter().any(|e| e.of_html) { Weights::zero_html() } else { Weights::zero() };
    let mut weights = start(zero(), settings.seed);
    let mut squares = zero();
    // a page whose markup did not fit its text has other clues than the rest
    let is_alike = |at: &usize| examples[*at].of_html == examples.iter().any(|e| e.of_html);
    let mut order: Vec<usize> = (0..examples.len()).filter(is_alike).collect();
    let mut random = settings.seed;
    let mut average = zero();
    let mut averaged = 0.0;
    for pass in 0..settings.passes {
        for i in (1..order.len()).rev() {
            random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            order.swap(i, (random >> 33) as usize % (i + 1));
        }
        let mut loss = 0.0;
        for &at in &order {
            let seen = without_some(&examples[at], clues, settings.drop, &mut random);
            loss += step(&seen, &mut weights, &mut squares, settings);
        }
        told(pass, loss);
        // the mean of the second half of the passes is steadier than the last one
        if pass * 2 >= settings.passes {
            averaged += 1.0;
            add(&mut average, &weights);
        }
    }
    scale(&mut average, 1.0 / averaged);
    average
}

/// Multiplies every weight.
fn scale(weights: &mut Weights, factor: f32) {
    let rows = weights.block.iter_mut().flatten().chain(weights.edge.iter_mut().flatten());
    let hidden = weights.hidden.iter_mut().flatten().chain(weights.out.iter_mut().flatten());
    rows.chain(hidden).chain(&mut weights.hidden_bias).chain(&mut weights.transition).for_each(|w| *w *= factor);
}

/// The example with some of its clues hidden, each alone by chance.
fn without_some(example: &Example, clues: Clues, drop: f32, random: &mut u64) -> Example {
    let mut hide = |signals: &[&'static [Signal]]| -> Vec<bool> {
        let mut hidden = Vec::new();
        for signal in signals.iter().copied().flatten() {
            *random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let hide = (*random >> 40) as f32 / ((1u64 << 24) as f32) < drop;
            hidden.resize(hidden.len() + signal.features.len(), hide);
        }
        hidden
    };
    let (block, edge) = (hide(clues.block), hide(clues.edge));
    let mut seen = Example { features: Features::default(), allowed: example.allowed.clone(), ..*example };
    for at in 0..example.features.len() {
        seen.features.block_at.push(seen.features.block.len() as u32);
        seen.features.edge_at.push(seen.features.edge.len() as u32);
        seen.features.block.extend(example.features.of_block(at).iter().filter(|f| !block[**f as usize]));
        seen.features.edge.extend(example.features.of_edge(at).iter().filter(|f| !edge[**f as usize]));
    }
    seen.features.block_at.push(seen.features.block.len() as u32);
    seen.features.edge_at.push(seen.features.edge.len() as u32);
    seen
}

/// Where training starts: hidden units that differ from each other, everything else at 0.
fn start(mut weights: Weights, seed: u64) -> Weights {
    let mut random = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for row in weights.hidden.iter_mut().chain(&mut weights.out) {
        for w in row {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            *w = ((random >> 40) as f32 / (1u64 << 24) as f32 - 0.5) * 0.3;
        }
    }
    weights
}

fn add(sum: &mut Weights, weights: &Weights) {
    for (a, b) in sum.block.iter_mut().zip(&weights.block) {
        a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
    }
    for (a, b) in sum.edge.iter_mut().zip(&weights.edge) {
        a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
    }
    for (a, b) in sum.hidden.iter_mut().chain(&mut sum.out).zip(weights.hidden.iter().chain(&weights.out)) {
        a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
    }
    sum.hidden_bias.iter_mut().zip(&weights.hidden_bias).for_each(|(a, b)| *a += b);
    sum.transition.iter_mut().zip(&weights.transition).for_each(|(a, b)| *a += b);
}

/// One page: expected minus observed features; returns the negative log-likelihood.
fn step(example: &Example, weights: &mut Weights, squares: &mut Weights, settings: &Settings) -> f64 {
    let n = example.features.len();
    if n == 0 {
        return 0.0;
    }
    let scores = Scores::of(&example.features, weights);
    let free = Sums::of(&scores, |_, _| true);
    let held = Sums::of(&scores, |block, state| example.allowed[block] >> state as u8 & 1 == 1);
    let loss = free.total - held.total;
    if !loss.is_finite() || loss > 1e20 {
        return 0.0;
    }
    // a long page shall not count like twenty short ones
    let scale = example.weight / (n as f32).sqrt();
    let mut block_gradient: Rows<STATES> = Rows::new(weights.block.len());
    let mut hidden_gradient: Rows<HIDDEN> = Rows::new(weights.hidden.len());
    let mut bias_gradient = [0.0f32; HIDDEN];
    let mut out_gradient = [[0.0f32; HIDDEN]; STATES];
    let mut edge_gradient: Rows<TRANSITIONS> = Rows::new(weights.edge.len());
    let mut transition_gradient = [0.0f32; TRANSITIONS];
    for block in 0..n {
        let mut states = [0.0f32; STATES];
        for (s, p) in states.iter_mut().enumerate() {
            *p = (free.state(block, s) - held.state(block, s)) as f32 * scale;
        }
        let mut moves = [0.0f32; TRANSITIONS];
        for (t, p) in moves.iter_mut().enumerate() {
            *p = (free.transition(&scores, block, t) - held.transition(&scores, block, t)) as f32 * scale;
        }
        let active = hidden(example.features.of_block(block), weights);
        let mut back = [0.0f32; HIDDEN];
        for (s, p) in states.iter().enumerate() {
            for h in 0..HIDDEN {
                out_gradient[s][h] += p * active[h];
                if active[h] > 0.0 {
                    back[h] += p * weights.out[s][h];
                }
            }
        }
        bias_gradient.iter_mut().zip(&back).for_each(|(g, b)| *g += b);
        for &f in example.features.of_block(block) {
            block_gradient.add(f, &states);
            hidden_gradient.add(f, &back);
        }
        for &f in example.features.of_edge(block) {
            edge_gradient.add(f, &moves);
        }
        transition_gradient.iter_mut().zip(&moves).for_each(|(g, p)| *g += p);
    }
    for (f, gradient) in block_gradient.rows() {
        update(&mut weights.block[f], &mut squares.block[f], gradient, settings);
    }
    for (f, gradient) in hidden_gradient.rows() {
        update(&mut weights.hidden[f], &mut squares.hidden[f], gradient, settings);
    }
    update(&mut weights.hidden_bias, &mut squares.hidden_bias, &bias_gradient, settings);
    for ((out, squares), gradient) in weights.out.iter_mut().zip(&mut squares.out).zip(&out_gradient) {
        update(out, squares, gradient, settings);
    }
    for (f, gradient) in edge_gradient.rows() {
        update(&mut weights.edge[f], &mut squares.edge[f], gradient, settings);
    }
    update(&mut weights.transition, &mut squares.transition, &transition_gradient, settings);
    loss * f64::from(scale)
}

/// A gradient of which a page touches few rows.
struct Rows<const N: usize> {
    /// One more than the row's place in `sums`; 0 for rows that were not touched.
    place: Vec<u32>,
    sums: Vec<(usize, [f32; N])>,
}

impl<const N: usize> Rows<N> {
    fn new(rows: usize) -> Self {
        Rows { place: vec![0; rows], sums: Vec::new() }
    }

    #[inline]
    fn add(&mut self, row: u16, gradient: &[f32; N]) {
        let place = &mut self.place[row as usize];
        if *place == 0 {
            self.sums.push((row as usize, [0.0; N]));
            *place = self.sums.len() as u32;
        }
        self.sums[*place as usize - 1].1.iter_mut().zip(gradient).for_each(|(sum, g)| *sum += g);
    }

    fn rows(&self) -> impl Iterator<Item = (usize, &[f32; N])> {
        self.sums.iter().map(|(row, sum)| (*row, sum))
    }
}

fn update(weights: &mut [f32], squares: &mut [f32], gradient: &[f32], settings: &Settings) {
    for ((w, s), g) in weights.iter_mut().zip(squares).zip(gradient) {
        let g = g + settings.l2 * *w;
        *s += g * g;
        *w -= settings.rate * g / (s.sqrt() + 1e-4);
    }
}

/// Forward and backward sums in logarithms over the sequences that are allowed; row `b + 1` stands after block `b`.
struct Sums {
    forward: Vec<[f64; STATES]>,
    backward: Vec<[f64; STATES]>,
    allowed: Vec<[bool; STATES]>,
    total: f64,
}

impl Sums {
    const NONE: f64 = -1e30;

    fn of(scores: &Scores, allows: impl Fn(usize, State) -> bool) -> Sums {
        let n = scores.block.len();
        let allowed: Vec<[bool; STATES]> = (0..n).map(|block| State::ALL.map(|s| allows(block, s))).collect();
        let step =
            |block: usize, t: usize, b: State| f64::from(scores.edge[block][t] + scores.block[block][b as usize]);
        let mut forward = vec![[Self::NONE; STATES]; n + 1];
        forward[0][State::Outside as usize] = 0.0;
        for block in 0..n {
            let row = forward[block];
            for (t, (a, b)) in TRANSITION.into_iter().enumerate() {
                if allowed[block][b as usize] {
                    let cell = &mut forward[block + 1][b as usize];
                    *cell = add_logs(*cell, row[a as usize] + step(block, t, b));
                }
            }
        }
        let mut backward = vec![[Self::NONE; STATES]; n + 1];
        for state in State::ALL.into_iter().filter(|&s| may_end(s)) {
            backward[n][state as usize] = 0.0;
        }
        for block in (0..n).rev() {
            let row = backward[block + 1];
            for (t, (a, b)) in TRANSITION.into_iter().enumerate() {
                if allowed[block][b as usize] {
                    let cell = &mut backward[block][a as usize];
                    *cell = add_logs(*cell, row[b as usize] + step(block, t, b));
                }
            }
        }
        let total = backward[0][State::Outside as usize];
        Sums { forward, backward, allowed, total }
    }

    /// Probability of a state.
    fn state(&self, block: usize, state: usize) -> f64 {
        (self.forward[block + 1][state] + self.backward[block + 1][state] - self.total).exp()
    }

    /// Probability of a transition into a block.
    fn transition(&self, scores: &Scores, block: usize, t: usize) -> f64 {
        let (a, b) = TRANSITION[t];
        if !self.allowed[block][b as usize] {
            return 0.0;
        }
        let score = f64::from(scores.edge[block][t] + scores.block[block][b as usize]);
        (self.forward[block][a as usize] + score + self.backward[block + 1][b as usize] - self.total).exp()
    }
}

fn add_logs(a: f64, b: f64) -> f64 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    if high - low > 40.0 { high } else { high + (low - high).exp().ln_1p() }
}

/// The states that follow from what a person marked: each paragraph finds its block, in order and as close together as can be.
fn label(page: &Page<'_>, truth: &[Truth]) -> Vec<u8> {
    let n = page.len();
    let plain: Vec<String> = page.blocks.iter().map(|b| plain(b.text.of(page.text))).collect();
    let mut states = vec![set(&[State::Outside]); n];
    let mut from = 0;
    for clipping in truth {
        let body: Vec<String> = clipping.body.iter().map(|p| self::plain(p)).collect();
        let chain = align(&plain, &body, from);
        let (Some(&first), Some(&last)) = (chain.first(), chain.last()) else { continue };
        let joined = body.join(" ");
        for block in first..=last {
            let part = plain[block].len() > 30 && joined.contains(&plain[block]);
            states[block] = set(&[if part || chain.contains(&block) { State::Body } else { State::Inset }]);
        }
        let headline = self::plain(&clipping.headline);
        let mut start = first;
        if !headline.is_empty() {
            let near = |at: usize| (at.saturating_sub(8).max(from)..at).rev().find(|&b| plain[b] == headline);
            let mut at = (first.saturating_sub(25).max(from)..first).rev().find(|&b| plain[b] == headline);
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

pub(crate) fn set(states: &[State]) -> u8 {
    states.iter().fold(0, |bits, &s| bits | 1 << s as u8)
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

pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn training_learns_a_page() {
        let text = "Home\nSport\nFerry sails again\nBy Mara Lindqvist\nThe ferry to the islands sails again from Monday, said the port.\nAdvertisement\nRepairs had taken three weeks longer than the company had announced.\nImprint\nPrivacy";
        let truth = Truth {
            headline: "Ferry sails again".into(),
            body: vec![
                "The ferry to the islands sails again from Monday, said the port.".into(),
                "Repairs had taken three weeks longer than the company had announced.".into(),
            ],
        };
        let example = Example::new("", text, &[], &[truth], 1.0);
        use State::*;
        let expected = [Outside, Outside, Headline, Head, Body, Inset, Body, Outside, Outside];
        assert_eq!(example.allowed, expected.map(|s| set(&[s])));
        let mut losses = Vec::new();
        let weights =
            train(std::slice::from_ref(&example), &Settings { passes: 30, ..Settings::default() }, |_, loss| {
                losses.push(loss)
            });
        assert!(losses[29] < losses[0] / 4.0, "{losses:?}");
        assert_eq!(crate::boundaries::decode(&Scores::of(&example.features, &weights)), expected);
    }
}
