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

impl Decision {
    pub(crate) fn new(relation: Relation, reason: &'static str, value: f64, threshold: f64) -> Self {
        Self { relation, reason, value, threshold }
    }
}

/// Types the relation of two aligned bodies.
///
/// One story is: enough of both is aligned, what is shared stands closely together, and the numbers are not those of another
/// filling of the same form. Coverage alone cannot tell: a paper's copy of an agency's story, cut and with a lede of its own,
/// shares less than two pages of one template do.
pub fn decide(e: &Evidence, c: &Context, t: &Thresholds) -> Decision {
    let (longer, shorter, density) = (e.coverage_longer(), e.coverage_shorter(), e.density());
    let numbers = f64::from(e.numbers_differ);
    if e.words_a == 0 || e.words_b == 0 {
        return Decision::new(Relation::Different, "a text without words", 0.0, 0.0);
    }
    if longer >= t.copy && e.numbers_differ == 0 {
        let revised = c.same_url && longer < 1.0;
        let relation = if revised { Relation::Revision } else { Relation::Copy };
        return Decision::new(relation, "aligned share of the longer text", longer, t.copy);
    }
    // Only a page's own later fetch may have paragraphs changed in many places: pages of one template have other URLs.
    let broken = e.breaks >= t.breaks && !c.same_url;
    let dense_enough = if broken { t.density_broken } else { t.density };
    let short_enough = if e.own_end() <= t.own_end { t.coverage_shorter_cored } else { t.coverage_shorter };
    let same = shorter >= short_enough && longer >= t.coverage_longer && density >= dense_enough;
    if same {
        if e.numbers_differ >= t.numbers_differ && e.numbers_differ > e.numbers_agree {
            return Decision::new(
                Relation::Shared,
                "numbers that disagree: another filling of a form",
                numbers,
                f64::from(t.numbers_differ),
            );
        }
        return Decision::new(Relation::Revision, "aligned share of the longer text", longer, t.coverage_longer);
    }
    if shorter >= t.excerpt && longer < t.coverage_longer {
        return Decision::new(Relation::Excerpt, "the shorter text stands in the longer", shorter, t.excerpt);
    }
    let shared = e.matched + e.moved;
    if shared < t.shared_words {
        return Decision::new(
            Relation::Different,
            "words in common runs",
            f64::from(shared),
            f64::from(t.shared_words),
        );
    }
    // The nearest miss, so that a reader sees what was lacking.
    let (reason, value, threshold) = if shorter < short_enough {
        ("aligned share of the shorter text", shorter, short_enough)
    } else if longer < t.coverage_longer {
        ("aligned share of the longer text", longer, t.coverage_longer)
    } else {
        ("aligned share of what lies between the first and the last shared word", density, dense_enough)
    };
    Decision::new(Relation::Shared, reason, value, threshold)
}
