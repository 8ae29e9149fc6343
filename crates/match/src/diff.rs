use std::ops::Range;

use copydesk_model::Span;
use copydesk_text::Word;

use crate::{Folded, Run, Thresholds, align, pieces::Side};

/// One step from one text to another. Spans run from the first word's first byte to the last word's last byte; what is printed
/// between two steps, white space and punctuation, belongs to neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiffOp {
    /// The words stand in both texts, perhaps printed differently.
    Equal(Span, Span),
    /// The words stand in the first text alone.
    Removed(Span),
    /// The words stand in the second text alone.
    Added(Span),
}

/// What became of the words of `a` in `b`, in order; a change is `Removed` and then `Added`. The same alignment decides
/// whether two texts are one story, so that what is shown is what was decided by. Paragraphs that moved are removed and added.
///
/// ```
/// use copydesk_match::{DiffOp, word_diff};
/// let (a, b) = ("The ferry left with 41 people on board.", "The ferry left with 43 people on board!");
/// let changed: Vec<&str> = word_diff(a, b)
///     .iter()
///     .filter_map(|op| match op {
///         DiffOp::Equal(..) => None,
///         DiffOp::Removed(span) => Some(span.of(a)),
///         DiffOp::Added(span) => Some(span.of(b)),
///     })
///     .collect();
/// assert_eq!(changed, ["41", "43"]);
/// ```
pub fn word_diff(a: &str, b: &str) -> Vec<DiffOp> {
    Overlay::new(&Folded::new(a), &Folded::new(b)).ops()
}

/// Two texts laid over each other: their words, and the runs of words that stand in both.
pub(crate) struct Overlay<'w> {
    pub(crate) words_a: &'w [Word],
    pub(crate) words_b: &'w [Word],
    pub(crate) runs: Vec<Run>,
}

impl<'w> Overlay<'w> {
    pub(crate) fn new(a: &'w Folded<'_>, b: &'w Folded<'_>) -> Self {
        let runs = align(a.prepared(), b.prepared(), &Thresholds::default()).runs;
        Self { words_a: a.words(), words_b: b.words(), runs }
    }

    /// The words that stand between two bytes of a text.
    pub(crate) fn words_in(&self, side: Side, range: &Range<usize>) -> &'w [Word] {
        let words = if side == Side::A { self.words_a } else { self.words_b };
        let words = &words[words.partition_point(|word| (word.start as usize) < range.start)..];
        &words[..words.iter().take_while(|word| word.end as usize <= range.end).count()]
    }

    pub(crate) fn ops(&self) -> Vec<DiffOp> {
        let (wa, wb) = (self.words_a, self.words_b);
        let mut out = Vec::with_capacity(self.runs.len() * 3 + 2);
        let mut at = (0, 0);
        let gap = |out: &mut Vec<DiffOp>, from: (usize, usize), to: (usize, usize)| {
            if from.0 < to.0 {
                out.push(DiffOp::Removed(span(&wa[from.0..to.0])));
            }
            if from.1 < to.1 {
                out.push(DiffOp::Added(span(&wb[from.1..to.1])));
            }
        };
        for run in &self.runs {
            let start = (run.a as usize, run.b as usize);
            let end = (start.0 + run.len as usize, start.1 + run.len as usize);
            gap(&mut out, at, start);
            out.push(DiffOp::Equal(span(&wa[start.0..end.0]), span(&wb[start.1..end.1])));
            at = end;
        }
        gap(&mut out, at, (wa.len(), wb.len()));
        out
    }
}

fn span(words: &[Word]) -> Span {
    Span { start: words[0].start, end: words[words.len() - 1].end }
}

#[cfg(test)]
mod tests {
    use copydesk_text::words;
    use proptest::prelude::*;

    use super::*;

    fn check(a: &str, b: &str, expected: &str) {
        let show = |op: &DiffOp| match op {
            DiffOp::Equal(x, _) => x.of(a).to_owned(),
            DiffOp::Removed(x) => format!("[-{}-]", x.of(a)),
            DiffOp::Added(y) => format!("[+{}+]", y.of(b)),
        };
        assert_eq!(word_diff(a, b).iter().map(show).collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn a_figure() {
        check(
            "At least 12 people were hurt.",
            "At least 15 people were hurt.",
            "At least [-12-] [+15+] people were hurt",
        );
    }

    #[test]
    fn a_dateline_and_a_cut() {
        check(
            "The pier is closed until spring. Repairs begin in May.",
            "HOLM (Nordwire) - The pier is closed until spring.",
            "[+HOLM (Nordwire+] The pier is closed until spring [-Repairs begin in May-]",
        );
    }

    #[test]
    fn print_does_not_matter() {
        check("“We don’t know,” she said", "\"We don't know,\" she said", "We don’t know,” she said");
    }

    #[test]
    fn nothing_shared() {
        check("red apples", "blue boats", "[-red apples-] [+blue boats+]");
        check("", "two words", "[+two words+]");
        check("", "", "");
    }

    proptest! {
        #[test]
        fn every_word_is_told_once(a in "[a-c ]{0,60}", b in "[a-c ]{0,60}") {
            let (mut in_a, mut in_b) = (0, 0);
            for op in word_diff(&a, &b) {
                if let DiffOp::Equal(x, _) | DiffOp::Removed(x) = op {
                    in_a += words(x.of(&a)).len();
                }
                if let DiffOp::Equal(_, y) | DiffOp::Added(y) = op {
                    in_b += words(y.of(&b)).len();
                }
            }
            prop_assert_eq!((in_a, in_b), (words(&a).len(), words(&b).len()));
        }
    }
}
