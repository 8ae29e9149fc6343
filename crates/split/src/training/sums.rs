//! How likely each place of each block is, over all sequences of places.

use crate::boundaries::Scores;
use crate::states::{STATES, State, TRANSITION, may_end};

/// Forward and backward sums in logarithms over the sequences that are allowed; row `b + 1` stands after block `b`.
pub(super) struct Sums {
    forward: Vec<[f64; STATES]>,
    backward: Vec<[f64; STATES]>,
    allowed: Vec<[bool; STATES]>,
    /// Of all sequences.
    pub(super) total: f64,
}

impl Sums {
    const NONE: f64 = -1e30;

    pub(super) fn of(scores: &Scores, allows: impl Fn(usize, State) -> bool) -> Sums {
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
    pub(super) fn state(&self, block: usize, state: usize) -> f64 {
        (self.forward[block + 1][state] + self.backward[block + 1][state] - self.total).exp()
    }

    /// Probability of a transition into a block.
    pub(super) fn transition(&self, scores: &Scores, block: usize, t: usize) -> f64 {
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
