//! The paragraphs of a body.

use memchr::memchr_iter;

/// A paragraph and where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paragraph<'b> {
    pub(crate) start: usize,
    pub(crate) text: &'b str,
}

/// The paragraphs of a body that hold text, trimmed.
pub(crate) fn paragraphs(body: &str) -> Vec<Paragraph<'_>> {
    each_paragraph(body).collect()
}

/// The same, one after the other.
pub(crate) fn each_paragraph(body: &str) -> impl Iterator<Item = Paragraph<'_>> {
    let start = |text: &str| text.as_ptr() as usize - body.as_ptr() as usize;
    let mut from = 0;
    memchr_iter(b'\n', body.as_bytes())
        .chain([body.len()])
        .map(move |end| body[std::mem::replace(&mut from, end + 1)..end].trim())
        .filter(|text| !text.is_empty())
        .map(move |text| Paragraph { start: start(text), text })
}
