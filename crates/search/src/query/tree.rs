use std::fmt;

use super::{Field, Numbers, Times};

/// A query, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Every story.
    All,
    /// All of them.
    And(Vec<Node>),
    /// Any of them.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// One question.
    Leaf(Leaf),
}

/// One question to one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Which field; `None` for title, body and captions.
    pub field: Option<Field>,
    /// What is asked.
    pub test: Test,
}

/// What is asked of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// A word; more than one in a row where the text breaks it up (`Port-Alder`).
    Word(String),
    /// Words that begin so.
    Prefix(String),
    /// Words in a row, with at most so many others between them.
    Phrase(String, u32),
    /// A name, compared as a whole.
    Name(String),
    /// A count within bounds.
    Count(Numbers),
    /// A time within bounds.
    When(Times),
}

impl Node {
    /// The leaves that a hit should show: those that are not negated.
    pub fn wanted(&self) -> Vec<&Leaf> {
        match self {
            Node::All | Node::Not(_) => Vec::new(),
            Node::And(nodes) | Node::Or(nodes) => nodes.iter().flat_map(Node::wanted).collect(),
            Node::Leaf(leaf) => vec![leaf],
        }
    }

    /// Whether ranking by relevance says anything: whether words are asked for.
    pub fn ranks(&self) -> bool {
        self.wanted().iter().any(|leaf| matches!(leaf.test, Test::Word(_) | Test::Prefix(_) | Test::Phrase(..)))
    }

    /// The days that mentions are asked for, where every hit has one in them.
    pub(crate) fn mentioned(&self) -> Option<(i64, i64)> {
        match self {
            Node::And(nodes) => {
                let windows = nodes.iter().filter_map(Node::mentioned);
                windows.reduce(|one, other| (one.0.max(other.0), one.1.min(other.1)))
            }
            Node::Leaf(Leaf { field: Some(Field::Mentions), test: Test::When(times) }) => Some(times.days()),
            _ => None,
        }
    }

    pub(crate) fn leaves(&self) -> usize {
        match self {
            Node::All => 0,
            Node::And(nodes) | Node::Or(nodes) => nodes.iter().map(Node::leaves).sum(),
            Node::Not(node) => node.leaves(),
            Node::Leaf(_) => 1,
        }
    }
}

/// The query with every bracket that it means, for those who wonder what was understood; it is a query again.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |f: &mut fmt::Formatter<'_>, nodes: &[Node], by: &str| {
            f.write_str("(")?;
            for (at, node) in nodes.iter().enumerate() {
                if at > 0 {
                    f.write_str(by)?;
                }
                write!(f, "{node}")?;
            }
            f.write_str(")")
        };
        match self {
            Node::All => f.write_str("*"),
            Node::And(nodes) => joined(f, nodes, " AND "),
            Node::Or(nodes) => joined(f, nodes, " OR "),
            Node::Not(node) => write!(f, "NOT {node}"),
            Node::Leaf(leaf) => leaf.fmt(f),
        }
    }
}

impl fmt::Display for Leaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = self.field {
            write!(f, "{}:", field.name())?;
        }
        let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
        if matches!(self.test, Test::Name(_)) && self.field.is_some_and(Field::has_names) {
            f.write_str("=")?;
        }
        match &self.test {
            Test::Word(text) | Test::Name(text) | Test::Phrase(text, 0) => write!(f, "\"{}\"", quoted(text)),
            Test::Prefix(text) => write!(f, "{text}*"),
            Test::Phrase(text, slop) => write!(f, "\"{}\"~{slop}", quoted(text)),
            Test::Count(numbers) => numbers.fmt(f),
            Test::When(times) => times.fmt(f),
        }
    }
}
