use copydesk_model::Span;
use copydesk_text::words;

/// One step from one text to another. Spans run from the first word's first byte to the last word's last byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiffOp {
    /// The words stand in both texts, perhaps printed differently.
    Equal(Span, Span),
    /// The words stand in the first text alone.
    Removed(Span),
    /// The words stand in the second text alone.
    Added(Span),
}

/// What became of the words of `a` in `b`.
pub fn word_diff(a: &str, b: &str) -> Vec<DiffOp> {
    let (wa, wb) = (words(a), words(b));
    let ka: Vec<u32> = wa.iter().map(|w| w.key).collect();
    let kb: Vec<u32> = wb.iter().map(|w| w.key).collect();
    let span = |w: &[copydesk_text::Word]| Span::new(w[0].start as usize, w[w.len() - 1].end as usize);
    let mut out = Vec::new();
    for op in similar::capture_diff_slices(similar::Algorithm::Patience, &ka, &kb) {
        let (tag, ra, rb) = op.as_tag_tuple();
        if tag == similar::DiffTag::Equal {
            out.push(DiffOp::Equal(span(&wa[ra]), span(&wb[rb])));
            continue;
        }
        if !ra.is_empty() {
            out.push(DiffOp::Removed(span(&wa[ra])));
        }
        if !rb.is_empty() {
            out.push(DiffOp::Added(span(&wb[rb])));
        }
    }
    out
}
