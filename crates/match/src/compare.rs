use crate::{Context, Decision, Evidence, Prepared, Thresholds, align, decide};

/// Compares two whole texts, as they are.
pub fn compare_texts(a: &str, b: &str, t: &Thresholds) -> (Evidence, Decision) {
    let evidence = align(&Prepared::new(a, &[]), &Prepared::new(b, &[]), t);
    let decision = decide(&evidence, &Context::default(), t);
    (evidence, decision)
}
