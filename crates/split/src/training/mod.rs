//! Finds the weights: labelled pages in, [`Weights`] out. Not used when pages are split.
//!
//! Maximum conditional likelihood with AdaGrad and L2, every choice fixed by the seed, so that the same pages give the same weights.

mod by_line;
mod by_word;
mod example;
mod plain;
mod rows;
mod sums;

pub use example::{Example, Phrases, Truth};

use crate::boundaries::{Features, Scores, hidden};
use crate::signals::{Clues, HTML, Signal, TEXT};
use crate::states::{STATES, TRANSITIONS};
use crate::weights::{HIDDEN, Weights};

use rows::Rows;
use sums::Sums;

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
        Settings { passes: 26, rate: 0.08, l2: 3e-4, drop: 0.1, seed: 1 }
    }
}

impl Settings {
    /// For pages that came as HTML: there are fewer of them, and clues that lean on each other more.
    pub fn html() -> Settings {
        Settings { passes: 40, l2: 1e-3, drop: 0.2, ..Settings::default() }
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
            order.swap(i, (draw(&mut random) >> 33) as usize % (i + 1));
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

/// The next number of a row that the seed begins (Knuth's linear congruential generator for 64 bits); its upper bits are the good ones.
fn draw(random: &mut u64) -> u64 {
    *random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
    *random
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
            let hide = (draw(random) >> 40) as f32 / ((1u64 << 24) as f32) < drop;
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

fn update(weights: &mut [f32], squares: &mut [f32], gradient: &[f32], settings: &Settings) {
    for ((w, s), g) in weights.iter_mut().zip(squares).zip(gradient) {
        let g = g + settings.l2 * *w;
        *s += g * g;
        *w -= settings.rate * g / (s.sqrt() + 1e-4);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::states::{State, set};

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
