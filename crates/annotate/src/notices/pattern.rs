//! Patterns of notices and how they match tokens.

use super::language::Lexicon;
use crate::dates::{Shape, Token};

/// One step of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A word or mark.
    Word(u32),
    /// A form of a list.
    List(u16),
    /// Digits.
    Number,
    /// At most so many tokens of the same sentence.
    Gap(u8),
    /// What was wrong.
    Wrong,
    /// What is right.
    Right,
    /// The beginning of a paragraph, behind marks that open it.
    Start,
    /// The same, in brackets.
    Bracket,
    /// The end of a sentence.
    End,
}

/// A pattern as it is written.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Step(Step),
    Group { inner: Vec<Vec<Node>>, optional: bool },
}

/// Every sequence of steps that a pattern means.
pub(super) fn expand(nodes: &[Node]) -> Vec<Vec<Step>> {
    let mut sequences: Vec<Vec<Step>> = vec![Vec::new()];
    for node in nodes {
        let choices: Vec<Vec<Step>> = match node {
            Node::Step(step) => vec![vec![*step]],
            Node::Group { inner, optional } => {
                let mut choices: Vec<Vec<Step>> = inner.iter().flat_map(|branch| expand(branch)).collect();
                if *optional {
                    choices.push(Vec::new());
                }
                choices
            }
        };
        sequences = sequences
            .iter()
            .flat_map(|sequence| choices.iter().map(move |choice| [sequence.as_slice(), choice.as_slice()].concat()))
            .collect();
    }
    sequences
}

/// The longest thing that was wrong or is right, in tokens. Chosen: a clause.
const LONGEST: usize = 16;

/// A paragraph as a pattern sees it.
pub(super) struct Cut<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    /// By token: whether a sentence ends with it.
    pub(super) ends: &'t [bool],
    /// The first token behind marks that open the paragraph, and whether a bracket is among them.
    pub(super) opening: (usize, bool),
}

/// What a pattern caught, in tokens.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Caught {
    pub(super) end: usize,
    pub(super) wrong: Option<(usize, usize)>,
    pub(super) right: Option<(usize, usize)>,
}

impl Cut<'_> {
    /// What a pattern catches that begins at a token.
    pub(super) fn matches(&self, steps: &[Step], at: usize, lexicon: &Lexicon) -> Option<Caught> {
        let Some((step, rest)) = steps.split_first() else { return Some(Caught { end: at, ..Caught::default() }) };
        let word = |at: usize| self.tokens.get(at).map(|token| token.word);
        match *step {
            Step::Word(wanted) => (word(at) == Some(wanted)).then(|| self.matches(rest, at + 1, lexicon))?,
            Step::Number => {
                let is = self.tokens.get(at).is_some_and(|token| matches!(token.shape, Shape::Number { .. }));
                is.then(|| self.matches(rest, at + 1, lexicon))?
            }
            Step::List(list) => {
                let first = word(at).filter(|word| *word != 0)?;
                let forms = lexicon.lists[usize::from(list)].iter().filter(|form| form[0] == first);
                forms
                    .filter(|form| form.iter().enumerate().all(|(k, wanted)| word(at + k) == Some(*wanted)))
                    .find_map(|form| self.matches(rest, at + form.len(), lexicon))
            }
            Step::Gap(most) => {
                for skipped in 0..=usize::from(most) {
                    if let Some(caught) = self.matches(rest, at + skipped, lexicon) {
                        return Some(caught);
                    }
                    if at + skipped >= self.tokens.len() || self.ends[at + skipped] {
                        return None;
                    }
                }
                None
            }
            Step::Wrong | Step::Right => {
                for length in 1..=LONGEST {
                    let last = at + length - 1;
                    let token = self.tokens.get(last)?;
                    if !self.is_inside(last, token) {
                        return None;
                    }
                    // What nothing follows goes on to the end of its clause.
                    if rest.is_empty() && self.tokens.get(last + 1).is_some_and(|next| self.is_inside(last + 1, next)) {
                        continue;
                    }
                    if let Some(mut caught) = self.matches(rest, last + 1, lexicon) {
                        let place = Some((at, last + 1));
                        if *step == Step::Wrong {
                            caught.wrong = place
                        } else {
                            caught.right = place
                        }
                        return Some(caught);
                    }
                }
                None
            }
            Step::Start => (at == self.opening.0).then(|| self.matches(rest, at, lexicon))?,
            Step::Bracket => (self.opening == (at, true)).then(|| self.matches(rest, at, lexicon))?,
            Step::End => {
                let ends = at >= self.tokens.len() || at > 0 && self.ends[at - 1] || self.ends[at];
                ends.then(|| self.matches(rest, at, lexicon))?
            }
        }
    }

    /// Whether a token can be inside of what was wrong or is right.
    fn is_inside(&self, at: usize, token: &Token) -> bool {
        let stops =
            matches!(token.shape, Shape::Mark(',' | ';' | ':' | '(' | ')' | '[' | ']' | '؛' | '。') | Shape::Break);
        // `4.1`, but not the end of a sentence.
        let decimal =
            || self.tokens.get(at + 1).is_some_and(|next| next.glued && matches!(next.shape, Shape::Number { .. }));
        !stops && !self.ends[at] && (!matches!(token.shape, Shape::Mark('.' | '!' | '?')) || decimal())
    }
}
