use copydesk_model::Relation;

use crate::{Context, Decision, Evidence, Prepared, Thresholds, align, decide};

/// Compares two whole texts as they are, with whatever stands around their stories.
///
/// Bodies, which [`crate::decide`] is for, are clean; pages are not. Two pages of one site share its menus and its foot, so that more
/// must be aligned before they are the same, and a subject that is swapped throughout tells two pages of one form apart.
pub fn compare_texts(a: &str, b: &str, t: &Thresholds) -> (Evidence, Decision) {
    let evidence = align(&Prepared::new(a, &[]), &Prepared::new(b, &[]), t);
    let decision = decide_pages(&evidence, t);
    (evidence, decision)
}

fn decide_pages(e: &Evidence, t: &Thresholds) -> Decision {
    let bodies = decide(e, &Context::default(), t);
    let (longer, shorter) = (e.coverage_longer(), e.coverage_shorter());
    let first = e.runs.first().filter(|run| run.a == 0 && run.b == 0 && run.len >= t.page_opening);
    let longest = e.runs.iter().map(|run| run.len).max().unwrap_or(0);
    let run = f64::from(longest) / f64::from(e.words_a.max(e.words_b).max(1));
    let same = if longer >= t.page_coverage {
        Decision::new(Relation::Revision, "aligned share of the longer text", longer, t.page_coverage)
    } else if first.is_some() && run >= t.page_run {
        Decision::new(Relation::Revision, "longest run's share of the longer text, both opening alike", run, t.page_run)
    } else if !bodies.relation.same_story() {
        return bodies;
    } else if shorter >= t.excerpt && longer < t.excerpt {
        return Decision::new(Relation::Excerpt, "the shorter text stands in the longer", shorter, t.excerpt);
    } else {
        return Decision::new(Relation::Shared, "aligned share of the longer text", longer, t.page_coverage);
    };
    if e.swapped >= t.page_swaps {
        let (swaps, limit) = (f64::from(e.swapped), f64::from(t.page_swaps));
        return Decision::new(
            Relation::Shared,
            "places where the same words give way to the same others",
            swaps,
            limit,
        );
    }
    if bodies.relation == Relation::Copy { bodies } else { same }
}
