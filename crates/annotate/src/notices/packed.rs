//! Notices in some bytes, for as long as the program runs.

use copydesk_model::Span;

use super::NoticeKind;
use super::find::{Found, LABEL};
use super::language::lexicons;

type Bytes = (u32, u32);

/// Place of its kind, place of its rule, how sure it is, and the spans.
type Packed = (u8, u16, f32, Bytes, [Option<Bytes>; 3]);

/// The names of all rules.
fn rules() -> impl Iterator<Item = &'static str> {
    std::iter::once(LABEL).chain(lexicons().iter().flat_map(|lexicon| lexicon.rules.iter().map(|rule| rule.name)))
}

/// Appends notices to bytes.
pub(crate) fn packed(notices: &[Found], to: Vec<u8>) -> Vec<u8> {
    let bytes = |span: Span| (span.start, span.end);
    let pack = |found: &Found| -> Packed {
        let kind = NoticeKind::ALL.iter().position(|kind| *kind == found.kind).unwrap_or_default();
        let rule = rules().position(|rule| rule == found.rule).unwrap_or_default();
        let spans = [found.wrong, found.right, found.day].map(|span| span.map(bytes));
        (kind as u8, rule as u16, found.confidence, bytes(found.span), spans)
    };
    let all: Vec<Packed> = notices.iter().map(pack).collect();
    postcard::to_extend(&all, to).unwrap_or_default()
}

/// What was packed; `None` where the bytes are something else.
pub(crate) fn unpacked(bytes: &[u8]) -> Option<Vec<Found>> {
    let all: Vec<Packed> = postcard::from_bytes(bytes).ok()?;
    let span = |(start, end): Bytes| Span { start, end };
    let unpack = |(kind, rule, confidence, place, spans): Packed| {
        let [wrong, right, day] = spans.map(|bytes| bytes.map(span));
        let (kind, rule) = (*NoticeKind::ALL.get(usize::from(kind))?, rules().nth(usize::from(rule))?);
        Some(Found { span: span(place), kind, rule, confidence, wrong, right, day })
    };
    all.into_iter().map(unpack).collect()
}
