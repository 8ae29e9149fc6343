use std::borrow::Cow;
use std::ops::Range;

use serde::Serialize;

use crate::DiffOp;

/// What became of a piece of text from one version to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It stands in both texts.
    Same,
    /// It stands in the first alone.
    Removed,
    /// It stands in the second alone.
    Added,
}

/// Which of two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    A,
    B,
}

/// A piece of text with its fate and its place, borrowed where it can be.
#[derive(Clone, Debug)]
pub(crate) struct Cut<'t> {
    pub(crate) fate: Fate,
    pub(crate) text: Cow<'t, str>,
    pub(crate) side: Side,
    /// Bytes of that side, of the last of its parts where it has several.
    pub(crate) range: Range<usize>,
}

/// Both texts as one: what stayed, what went, what came. Without the removed cuts it is `b`, but for white space.
pub(crate) fn cuts<'t>(a: &'t str, b: &'t str, ops: Vec<DiffOp>) -> Vec<Cut<'t>> {
    let steps = steps(a, b, ops);
    let mut out = Cuts { a, b, all: Vec::with_capacity(steps.len() + 2) };
    let (mut at_a, mut at_b) = (0, 0);
    let (mut same_opening, mut same_end) = (false, false);
    for (i, step) in steps.iter().enumerate() {
        let gap_a = if step.fate == Fate::Added { at_a..at_a } else { at_a..step.a.start };
        match step.fate {
            Fate::Same => {
                // `a.b` against `b`: the full stop goes with the `a`, or the two would run together.
                if at_b == step.b.start {
                    out.push(Fate::Removed, Side::A, gap_a);
                }
                // What is printed behind the last word in both stays with it.
                let shared = shared(step.end_a, step.end_b);
                out.push(Fate::Same, Side::B, at_b..step.b.end + shared);
                (at_a, at_b) = (step.a.end + shared, step.b.end + shared);
            }
            Fate::Removed => {
                let instead = steps.get(i + 1).filter(|next| next.fate == Fate::Added);
                let opens = gap_a.start + opening(&a[gap_a.clone()]);
                let apart_by = a[gap_a.start..opens].trim_end().len();
                out.push(Fate::Same, Side::A, gap_a.start + apart_by..opens);
                let opening_a = &a[opens..gap_a.end];
                // `(nine).` that became `(ten).`: what is printed around it stayed.
                // In `b.b` the full stop is all that keeps the two words apart, and goes with the second.
                let apart = opening_a.is_empty() || opens > gap_a.start || at_a == 0;
                same_opening = apart
                    && instead.is_some_and(|next| {
                        let gap_b = &b[at_b..next.b.start];
                        &gap_b[opening(gap_b)..] == opening_a
                    });
                if !same_opening {
                    out.push(Fate::Removed, Side::A, opens..gap_a.end);
                }
                same_end = instead.is_some_and(|next| next.end_b == step.end_a);
                at_a = step.a.end + if same_end { 0 } else { step.end_a.len() };
                out.push(Fate::Removed, Side::A, step.a.start..at_a);
                continue;
            }
            Fate::Added => {
                let opens = at_b + opening(&b[at_b..step.b.start]);
                out.push(Fate::Same, Side::B, at_b..opens);
                let fate = if same_opening { Fate::Same } else { Fate::Added };
                out.push(fate, Side::B, opens..step.b.start);
                at_b = step.b.end + if same_end { 0 } else { step.end_b.len() };
                out.push(Fate::Added, Side::B, step.b.start..at_b);
            }
        }
        (same_opening, same_end) = (false, false);
    }
    out.push(Fate::Same, Side::B, at_b..b.len());
    out.all
}

/// A step of the difference: where its words stand, and what is printed right behind the last of them (`.`, `)`, `,”`).
struct Step<'t> {
    fate: Fate,
    a: Range<usize>,
    b: Range<usize>,
    end_a: &'t str,
    end_b: &'t str,
}

fn steps<'t>(a: &'t str, b: &'t str, ops: Vec<DiffOp>) -> Vec<Step<'t>> {
    let mut out = Vec::with_capacity(ops.len());
    let (mut next_a, mut next_b) = (a.len(), b.len());
    // From the last to the first, so that each knows where the one behind it begins.
    for op in ops.into_iter().rev() {
        let (fate, in_a, in_b) = match op {
            DiffOp::Equal(in_a, in_b) => (Fate::Same, in_a.range(), in_b.range()),
            DiffOp::Removed(in_a) => (Fate::Removed, in_a.range(), next_b..next_b),
            DiffOp::Added(in_b) => (Fate::Added, next_a..next_a, in_b.range()),
        };
        let end_a = if fate == Fate::Added { "" } else { printed_end(&a[in_a.end..next_a]) };
        let end_b = if fate == Fate::Removed { "" } else { printed_end(&b[in_b.end..next_b]) };
        (next_a, next_b) = (in_a.start, in_b.start);
        out.push(Step { fate, a: in_a, b: in_b, end_a, end_b });
    }
    out.reverse();
    out
}

fn printed_end(gap: &str) -> &str {
    gap.split(char::is_whitespace).next().unwrap_or_default()
}

/// Bytes that two ends have in common.
fn shared(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum()
}

/// Neighbouring pieces of one fate are one.
struct Cuts<'t> {
    a: &'t str,
    b: &'t str,
    all: Vec<Cut<'t>>,
}

impl<'t> Cuts<'t> {
    fn push(&mut self, fate: Fate, side: Side, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let whole = match side {
            Side::A => self.a,
            Side::B => self.b,
        };
        match self.all.last_mut() {
            Some(last) if last.fate == fate => match &mut last.text {
                Cow::Borrowed(text) if last.side == side && last.range.end == range.start => {
                    last.range.end = range.end;
                    *text = &whole[last.range.clone()];
                }
                text => {
                    text.to_mut().push_str(&whole[range.clone()]);
                    (last.side, last.range) = (side, range);
                }
            },
            _ => self.all.push(Cut { fate, text: Cow::Borrowed(&whole[range.clone()]), side, range }),
        }
    }
}

/// Where in a gap between two words that begins which is printed right before the second one: ` (`, `\n\n“`.
fn opening(gap: &str) -> usize {
    gap.rfind(char::is_whitespace).map_or(0, |at| at + gap[at..].chars().next().map_or(0, char::len_utf8))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::word_diff;

    fn pieces<'t>(a: &'t str, b: &'t str) -> Vec<Cut<'t>> {
        cuts(a, b, word_diff(a, b))
    }

    fn words(text: &str) -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    }

    fn without(pieces: &[Cut<'_>], fate: Fate) -> String {
        pieces.iter().filter(|p| p.fate != fate).map(|p| p.text.as_ref()).collect()
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_back(a in "([a-d]{1,2}[ .]{1,2}|\n\n){0,30}", b in "([a-d]{1,2}[ .]{1,2}|\n\n){0,30}") {
            let pieces = pieces(&a, &b);
            prop_assert_eq!(condensed(&without(&pieces, Fate::Removed)), condensed(&b));
            prop_assert_eq!(words(&without(&pieces, Fate::Added)), words(&a));
        }

        #[test]
        fn the_second_text_can_be_read_back_in_any_script(a in "\\PC{0,30}", b in "\\PC{0,30}") {
            prop_assert_eq!(condensed(&without(&pieces(&a, &b), Fate::Removed)), condensed(&b));
        }
    }

    fn condensed(text: &str) -> String {
        text.split_whitespace().collect()
    }

    #[track_caller]
    fn check(a: &str, b: &str, expected: &str) {
        let shown: String = pieces(a, b)
            .iter()
            .map(|p| match p.fate {
                Fate::Same => p.text.to_string(),
                Fate::Removed => format!("[-{}-]", p.text),
                Fate::Added => format!("{{+{}+}}", p.text),
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn words_are_marked_where_they_change() {
        check("The pier is open.", "The pier is open.", "The pier is open.");
        check("It took nine weeks.", "It took ten weeks.", "It took [-nine-] {+ten+} weeks.");
        check("It took nine long weeks.", "It took nine weeks.", "It took nine [-long-] weeks.");
        check("It took weeks.", "It took nine weeks.", "It took {+nine+} weeks.");
        check("", "All new.", "{+All new.+}");
        check(
            "Veldmark agreed.",
            "PORT ALDER (Meridian) - Veldmark agreed.",
            "{+PORT ALDER (Meridian)+} - Veldmark agreed.",
        );
        check("It cost (nine).", "It cost (ten).", "It cost [-nine-] ({+ten+}).");
        check("The hour.\n\n“It goes.”", "The hour.", "The hour.\n\n[-“It goes.”-]");
        check("It took nine.", "It took ten!", "It took [-nine.-] {+ten!+}");
        check("b.b ", "b .a ", "b[-.b-] {+.a+} ");
    }
}
