//! How much each clue counts, for each place that a block can take: `weights.txt` for text, `weights_html.txt` for HTML, read once.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::signals::{Clues, HTML, Signal, TEXT, count};
use crate::states::{STATES, TRANSITIONS};

/// Number of hidden units.
pub(crate) const HIDDEN: usize = 24;

/// The weights of all features: a row a feature, a column a state (or, for features of an edge, a transition).
#[derive(Clone, Debug)]
pub struct Weights {
    pub(crate) clues: Clues,
    pub(crate) block: Vec<[f32; STATES]>,
    /// What each feature of a block gives to the hidden units: combinations of clues, such as a lone sentence among titles.
    pub(crate) hidden: Vec<[f32; HIDDEN]>,
    pub(crate) hidden_bias: [f32; HIDDEN],
    /// What each hidden unit gives to the states.
    pub(crate) out: [[f32; HIDDEN]; STATES],
    pub(crate) edge: Vec<[f32; TRANSITIONS]>,
    pub(crate) transition: [f32; TRANSITIONS],
}

impl Weights {
    /// The weights for text that copydesk is built with.
    pub fn built_in() -> &'static Weights {
        static WEIGHTS: OnceLock<Weights> = OnceLock::new();
        WEIGHTS.get_or_init(|| Weights::parse(include_str!("weights.txt")))
    }

    /// The weights for pages that came as HTML.
    pub fn built_in_html() -> &'static Weights {
        static WEIGHTS: OnceLock<Weights> = OnceLock::new();
        WEIGHTS.get_or_init(|| Weights::parse_html(include_str!("weights_html.txt")))
    }

    /// All weights of the clues of text 0: where training starts.
    pub fn zero() -> Weights {
        Weights::none(TEXT)
    }

    /// All weights of the clues of HTML 0.
    pub fn zero_html() -> Weights {
        Weights::none(HTML)
    }

    fn none(clues: Clues) -> Weights {
        let sum = |signals: &[&[Signal]]| signals.iter().map(|s| count(s)).sum();
        let (block, edge) = (sum(clues.block), sum(clues.edge));
        Weights {
            clues,
            block: vec![[0.0; STATES]; block],
            hidden: vec![[0.0; HIDDEN]; block],
            hidden_bias: [0.0; HIDDEN],
            out: [[0.0; HIDDEN]; STATES],
            edge: vec![[0.0; TRANSITIONS]; edge],
            transition: [0.0; TRANSITIONS],
        }
    }

    /// Reads what [`Weights::print`] wrote. A feature that is not named weighs nothing; a name that no feature has is passed over,
    /// so that weights outlive the removal of a clue.
    pub fn parse(text: &str) -> Weights {
        Weights::zero().filled(text)
    }

    /// [`Weights::parse`] for HTML's weights.
    pub fn parse_html(text: &str) -> Weights {
        Weights::zero_html().filled(text)
    }

    /// What the hidden units give to the states, a row a unit.
    pub(crate) fn out_by_unit(&self) -> [[f32; STATES]; HIDDEN] {
        std::array::from_fn(|unit| self.out.map(|row| row[unit]))
    }

    fn filled(mut self, text: &str) -> Weights {
        let weights = &mut self;
        let numbers = |signals| -> HashMap<String, usize> { names(signals).zip(0..).collect() };
        let (block, edge) = (numbers(weights.clues.block), numbers(weights.clues.edge));
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut parts = line.split_ascii_whitespace();
            let Some(name) = parts.next() else { continue };
            let row: &mut [f32] = if name == "transition" {
                &mut weights.transition
            } else if name == "hidden-bias" {
                &mut weights.hidden_bias
            } else if let Some(name) = name.strip_prefix("out.") {
                let Some(at) = STATE_NAMES.iter().position(|n| *n == name) else { continue };
                &mut weights.out[at]
            } else if let Some(name) = name.strip_prefix("hidden.") {
                let Some(&at) = block.get(name) else { continue };
                &mut weights.hidden[at]
            } else if let Some(name) = name.strip_prefix("edge.") {
                let Some(&at) = edge.get(name) else { continue };
                &mut weights.edge[at]
            } else {
                let Some(&at) = block.get(name) else { continue };
                &mut weights.block[at]
            };
            for (cell, value) in row.iter_mut().zip(parts) {
                *cell = value.parse().unwrap_or(0.0);
            }
        }
        self
    }

    /// The weights as text: a line a feature that weighs anything.
    pub fn print(&self) -> String {
        let mut out = String::new();
        let mut push = |name: &str, row: &[f32]| {
            if row.iter().any(|w| w.abs() >= 0.005) {
                out.push_str(&format!("{name:<40}"));
                for w in row {
                    out.push_str(&format!(" {w:>6.2}"));
                }
                out.push('\n');
            }
        };
        for (name, row) in names(self.clues.block).zip(&self.block) {
            push(&name, row);
        }
        for (name, row) in names(self.clues.block).zip(&self.hidden) {
            push(&format!("hidden.{name}"), row);
        }
        push("hidden-bias", &self.hidden_bias);
        for (name, row) in STATE_NAMES.iter().zip(&self.out) {
            push(&format!("out.{name}"), row);
        }
        push("transition", &self.transition);
        for (name, row) in names(self.clues.edge).zip(&self.edge) {
            push(&format!("edge.{name}"), row);
        }
        out
    }
}

const STATE_NAMES: [&str; STATES] = ["outside", "headline", "head", "body", "inset"];

fn names(signals: &'static [&'static [Signal]]) -> impl Iterator<Item = String> {
    signals.iter().copied().flatten().flat_map(|s| s.features.iter().map(move |f| format!("{}.{f}", s.name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_weights_read_back() {
        let mut weights = Weights::zero();
        weights.block[3][1] = 1.25;
        weights.edge[2][7] = -0.5;
        weights.transition[4] = 2.0;
        let back = Weights::parse(&weights.print());
        assert_eq!((back.block, back.edge, back.transition), (weights.block, weights.edge, weights.transition));
    }

    #[test]
    fn no_two_features_have_the_same_name() {
        let mut all: Vec<String> = names(HTML.block).chain(names(HTML.edge)).collect();
        all.sort();
        let n = all.len();
        all.dedup();
        assert_eq!(all.len(), n);
    }
}
