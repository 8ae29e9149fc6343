//! Patterns of rules, as one tree in which rules share their beginnings.

use super::class::Class;

/// What one token, or the tokens of one class, must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    Word(u32),
    Class(Class),
    List(u16),
}

/// An element, and whether it must touch what stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) element: Element,
    pub(super) glued: bool,
}

/// A pattern as it is written.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Step(Step),
    Group { inner: Vec<Node>, optional: bool },
    Either(Vec<Vec<Node>>),
}

/// Every sequence of steps that a pattern means.
pub(super) fn expand(nodes: &[Node]) -> Vec<Vec<Step>> {
    let mut sequences: Vec<Vec<Step>> = vec![Vec::new()];
    for node in nodes {
        let choices: Vec<Vec<Step>> = match node {
            Node::Step(step) => vec![vec![*step]],
            Node::Group { inner, optional } => {
                let mut choices = expand(inner);
                if *optional {
                    choices.push(Vec::new());
                }
                choices
            }
            Node::Either(branches) => branches.iter().flat_map(|branch| expand(branch)).collect(),
        };
        sequences = sequences
            .iter()
            .flat_map(|sequence| choices.iter().map(move |choice| [sequence.as_slice(), choice.as_slice()].concat()))
            .collect();
    }
    sequences
}

/// The tree of all rules' patterns.
#[derive(Debug)]
pub(super) struct Trie {
    pub(super) places: Vec<Branching>,
    /// By bit of the class: the steps from the root.
    pub(super) roots: Vec<Vec<(Step, usize)>>,
    /// By word: the steps from the root that ask for this word.
    pub(super) root_words: Vec<Vec<usize>>,
}

/// A place in the tree.
#[derive(Debug, Default)]
pub(super) struct Branching {
    pub(super) steps: Vec<(Step, usize)>,
    pub(super) rules: Vec<u16>,
    /// What a token must be one of to go on.
    pub(super) mask: u64,
}

impl Default for Trie {
    fn default() -> Self {
        Trie { places: vec![Branching::default()], roots: Vec::new(), root_words: Vec::new() }
    }
}

impl Trie {
    pub(super) fn add(&mut self, steps: &[Step], rule: u16) {
        let mut at = 0;
        for step in steps {
            let known = self.places[at].steps.iter().find(|(known, _)| known == step).map(|(_, next)| *next);
            at = known.unwrap_or_else(|| {
                self.places.push(Branching::default());
                let next = self.places.len() - 1;
                self.places[at].steps.push((*step, next));
                self.places[at].mask |= match step.element {
                    Element::Class(class) => class.bit(),
                    Element::Word(_) | Element::List(_) => Class::Literal.bit(),
                };
                next
            });
        }
        if !self.places[at].rules.contains(&rule) {
            self.places[at].rules.push(rule);
        }
    }

    /// Whether a rule may be nothing but one step of a class.
    pub(super) fn is_alone(&self, bit: usize) -> bool {
        self.roots[bit].iter().any(|(_, next)| !self.places[*next].rules.is_empty())
    }

    /// Sorts the steps from the root by what they ask for.
    pub(super) fn finish(&mut self, words: usize) {
        self.roots = vec![Vec::new(); 64];
        self.root_words = vec![Vec::new(); words];
        for &(step, next) in &self.places[0].steps {
            match step.element {
                Element::Word(word) => self.root_words[word as usize].push(next),
                Element::Class(class) => self.roots[class as usize].push((step, next)),
                Element::List(_) => self.roots[Class::Literal as usize].push((step, next)),
            }
        }
    }
}
