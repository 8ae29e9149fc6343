use std::ops::Range;

use copydesk_model::Span;
use copydesk_text::Word;

use crate::{ParagraphWords, Paragraphs, Run, Thresholds, align::runs_between, paragraphs::same, pieces::Side};

/// One step from one text to another. Spans are paragraphs, or run from the first word's first byte to the last word's last byte; what is printed
/// between two steps, white space and punctuation, belongs to neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiffOp {
    /// A paragraph that stands in both texts, or words that do, perhaps printed differently.
    Equal(Span, Span),
    /// The words stand in the first text alone.
    Removed(Span),
    /// The words stand in the second text alone.
    Added(Span),
}

/// What became of the words of `a` in `b`, in order; a change is `Removed` and then `Added`. Paragraphs that stand in both to the letter are laid on each other, and what
/// stands between them is aligned as it is to decide whether two texts are one story. Paragraphs that moved are removed and added.
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
    Overlay::new(&Paragraphs::new(a), &Paragraphs::new(b), &mut ParagraphWords::default()).ops()
}

/// Two texts laid over each other: paragraphs that stand in both, and between them gaps with the runs of words that do.
#[derive(Default)]
pub(crate) struct Overlay {
    /// The words of the gaps, which are asked for no others.
    pub(crate) words: [Vec<Word>; 2],
    pub(crate) runs: Vec<Run>,
    stretches: Vec<Stretch>,
}

/// A paragraph that stands in both texts, or what stands between two such.
enum Stretch {
    Same([Range<usize>; 2]),
    Gap(Gap),
}

/// What stands between two paragraphs that both texts have.
pub(crate) struct Gap {
    /// Whether there is such a paragraph before it, and behind it.
    pub(crate) held: [bool; 2],
    /// Bytes of each text; where it has none here, the place before its next paragraph, or its end.
    pub(crate) texts: [Range<usize>; 2],
    /// Which of the words.
    pub(crate) words: [Range<usize>; 2],
    /// Which of the runs.
    pub(crate) runs: Range<usize>,
}

impl Overlay {
    pub(crate) fn new(a: &Paragraphs<'_>, b: &Paragraphs<'_>, known: &mut ParagraphWords) -> Self {
        let mut overlay = Self::default();
        let (mut at_a, mut at_b) = (0, 0);
        let (all_a, all_b) = (a.all(), b.all());
        let same = same(a, b);
        for (x, y) in same.iter().copied().chain([(all_a.len(), all_b.len())]) {
            let is_last = x == all_a.len();
            overlay.gap([a, b], [at_a..x, at_b..y], [at_a > 0 || at_b > 0, !is_last], known);
            if !is_last {
                overlay.stretches.push(Stretch::Same([all_a[x].range(), all_b[y].range()]));
            }
            (at_a, at_b) = (x + 1, y + 1);
        }
        overlay
    }

    /// Lays some paragraphs over others.
    fn gap(
        &mut self,
        texts: [&Paragraphs<'_>; 2],
        paragraphs: [Range<usize>; 2],
        held: [bool; 2],
        known: &mut ParagraphWords,
    ) {
        if paragraphs.iter().all(Range::is_empty) {
            return;
        }
        let own = [0, 1].map(|side| &texts[side].all()[paragraphs[side].clone()]);
        let words = [0, 1].map(|side| {
            let from = self.words[side].len();
            self.words[side].reserve(own[side].iter().map(|paragraph| paragraph.range().len()).sum::<usize>() / 6);
            own[side].iter().for_each(|paragraph| known.read(texts[side].text, paragraph, &mut self.words[side]));
            from..self.words[side].len()
        });
        let from = self.runs.len();
        if words.iter().all(|words| !words.is_empty()) {
            let [x, y] = [0, 1].map(|side| -> Vec<u32> {
                self.words[side][words[side].clone()].iter().map(|word| word.key).collect()
            });
            let moved = |run: Run| Run { a: run.a + words[0].start as u32, b: run.b + words[1].start as u32, ..run };
            self.runs.extend(runs_between(&x, &y, held, &Thresholds::default()).into_iter().map(moved));
        }
        let stands = [0, 1].map(|side| match own[side] {
            [] => {
                let next = texts[side].all().get(paragraphs[side].end);
                let place = next.map_or(texts[side].text.len(), |next| next.range().start);
                place..place
            }
            [first, .., last] => first.range().start..last.range().end,
            [only] => only.range(),
        });
        self.stretches.push(Stretch::Gap(Gap { held, texts: stands, words, runs: from..self.runs.len() }));
    }

    pub(crate) fn gaps(&self) -> impl Iterator<Item = &Gap> {
        self.stretches.iter().filter_map(|stretch| match stretch {
            Stretch::Gap(gap) => Some(gap),
            Stretch::Same(_) => None,
        })
    }

    /// Where each text prints the paragraphs and the runs of words that both have, in order: a run from the first byte of its first word
    /// to the last of its last.
    pub(crate) fn same(&self) -> impl Iterator<Item = [Range<usize>; 2]> {
        let stretch = |run: &Run, side: usize| {
            let start = [run.a, run.b][side] as usize;
            span(&self.words[side][start..][..run.len as usize]).range()
        };
        self.stretches.iter().flat_map(move |of| {
            let (paragraph, runs) = match of {
                Stretch::Same(ranges) => (Some(ranges.clone()), 0..0),
                Stretch::Gap(gap) => (None, gap.runs.clone()),
            };
            paragraph.into_iter().chain(self.runs[runs].iter().map(move |run| [stretch(run, 0), stretch(run, 1)]))
        })
    }

    /// The words of a gap that stand between two bytes of a text.
    pub(crate) fn words_in(&self, side: Side, range: &Range<usize>) -> &[Word] {
        let words = &self.words[side as usize];
        let words = &words[words.partition_point(|word| (word.start as usize) < range.start)..];
        &words[..words.iter().take_while(|word| word.end as usize <= range.end).count()]
    }

    pub(crate) fn ops(&self) -> Vec<DiffOp> {
        let [wa, wb] = &self.words;
        let mut out = Vec::with_capacity(self.stretches.len() + self.runs.len() * 3 + 2);
        let differ = |out: &mut Vec<DiffOp>, from: (usize, usize), to: (usize, usize)| {
            if from.0 < to.0 {
                out.push(DiffOp::Removed(span(&wa[from.0..to.0])));
            }
            if from.1 < to.1 {
                out.push(DiffOp::Added(span(&wb[from.1..to.1])));
            }
        };
        for stretch in &self.stretches {
            let gap = match stretch {
                Stretch::Same(ranges) => {
                    let [a, b] = ranges.clone().map(|range| Span::new(range.start, range.end));
                    out.push(DiffOp::Equal(a, b));
                    continue;
                }
                Stretch::Gap(gap) => gap,
            };
            let [words_a, words_b] = &gap.words;
            let mut at = (words_a.start, words_b.start);
            for run in &self.runs[gap.runs.clone()] {
                let start = (run.a as usize, run.b as usize);
                let end = (start.0 + run.len as usize, start.1 + run.len as usize);
                differ(&mut out, at, start);
                out.push(DiffOp::Equal(span(&wa[start.0..end.0]), span(&wb[start.1..end.1])));
                at = end;
            }
            differ(&mut out, at, (words_a.end, words_b.end));
        }
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
