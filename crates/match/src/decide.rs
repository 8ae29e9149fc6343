use copydesk_model::Relation;

use crate::{Evidence, Thresholds};

/// What is known about two texts beside their words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context {
    /// Both were fetched from one URL.
    pub same_url: bool,
    /// Both were fetched from one site.
    pub same_site: bool,
    /// Time between the two fetches, where both are known.
    pub seconds_apart: Option<i64>,
}

/// How two texts relate, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The relation.
    pub relation: Relation,
    /// The rule that decided, in words.
    pub reason: &'static str,
    /// What was measured.
    pub value: f64,
    /// What it was measured against.
    pub threshold: f64,
}

/// Types the relation of two aligned texts.
pub fn decide(e: &Evidence, _c: &Context, _t: &Thresholds) -> Decision {
    let long = e.coverage_a.min(e.coverage_b);
    let relation = match long {
        x if x >= 0.98 => Relation::Copy,
        x if x >= 0.5 => Relation::Revision,
        x if x > 0.05 => Relation::Shared,
        _ => Relation::Different,
    };
    Decision { relation, reason: "aligned coverage of the longer text", value: long, threshold: 0.5 }
}
