use std::fmt;

use crate::{Outcome, Revisit};

/// An input record that did not become a capture: what `read` hands on in its place, so that it is counted and named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Why, as it is counted.
    pub outcome: Outcome,
    /// Where it stands: the input's name, and the line in it where there are lines (`crawl.jsonl.gz:17`).
    pub source: String,
    /// Host of the page's URL, where it is known; empty otherwise.
    pub site: String,
    /// What was wrong and what to do about it: one lower-case sentence that does not repeat the source.
    pub message: String,
    /// Of a revisit whose page was not found, all that is known of it: whoever has an archive may find the page there.
    pub revisit: Option<Box<Revisit>>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.source, self.message)
    }
}
