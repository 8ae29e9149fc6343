use std::io;

use copydesk_match::{DiffOp, word_diff};
use serde::Serialize;

use crate::screen::{ADDED, REMOVED, Screen, plain};

/// What became of a piece of text from one version to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Fate {
    Same,
    Removed,
    Added,
}

/// A piece of text with its fate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Piece {
    pub(crate) op: Fate,
    pub(crate) text: String,
}

/// Both texts as one: what stayed, what went, what came. Without the removed pieces it is `b`, but for white space.
pub(crate) fn pieces(a: &str, b: &str) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut push = |op: Fate, text: &str| match out.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.op == op => last.text.push_str(text),
        _ => out.push(Piece { op, text: text.to_owned() }),
    };
    let (mut at_a, mut at_b) = (0, 0);
    for op in word_diff(a, b) {
        match op {
            DiffOp::Equal(in_a, in_b) => {
                // `a.b` against `b`: the full stop goes with the `a`, or the two would run together.
                if at_b == in_b.start as usize {
                    push(Fate::Removed, &a[at_a..in_a.start as usize]);
                }
                push(Fate::Same, &b[at_b..in_b.end as usize]);
                (at_a, at_b) = (in_a.end as usize, in_b.end as usize);
            }
            DiffOp::Removed(in_a) => {
                let gap = &a[at_a..in_a.start as usize];
                match white(gap) {
                    "" => push(Fate::Removed, gap),
                    white => push(Fate::Same, white),
                }
                push(Fate::Removed, in_a.of(a));
                at_a = in_a.end as usize;
            }
            DiffOp::Added(in_b) => {
                push(Fate::Same, &b[at_b..in_b.start as usize]);
                push(Fate::Added, in_b.of(b));
                at_b = in_b.end as usize;
            }
        }
    }
    push(Fate::Same, &b[at_b..]);
    out
}

/// The white space that a gap between two words ends in: what keeps a removed word apart from the one before it.
fn white(gap: &str) -> &str {
    &gap[gap.trim_end().len()..]
}

/// The pieces that are not the same, as `-removed` and `+added` pairs: what a person asks for first.
pub(crate) fn changes(pieces: &[Piece]) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for piece in pieces {
        match piece.op {
            Fate::Same => open &= piece.text.trim().is_empty() && !piece.text.contains("\n\n"),
            fate => {
                if !open {
                    out.push(Default::default());
                    open = true;
                }
                if let Some((removed, added)) = out.last_mut() {
                    let side = if fate == Fate::Removed { removed } else { added };
                    if !side.is_empty() {
                        side.push(' ');
                    }
                    side.push_str(&piece.text);
                }
            }
        }
    }
    out
}

/// Paragraphs of pieces.
pub(crate) fn paragraphs(pieces: &[Piece]) -> Vec<Vec<Piece>> {
    let mut out = vec![Vec::new()];
    for piece in pieces {
        for (i, part) in piece.text.split("\n\n").enumerate() {
            if i > 0 {
                out.push(Vec::new());
            }
            if let Some(last) = out.last_mut().filter(|_| !part.is_empty()) {
                last.push(Piece { op: piece.op, text: part.to_owned() });
            }
        }
    }
    out.retain(|paragraph| paragraph.iter().any(|piece| !piece.text.trim().is_empty()));
    out
}

/// One paragraph as text: by colour where there is colour, else as `[-removed-]{+added+}`.
pub(crate) fn marked(screen: &Screen, paragraph: &[Piece]) -> String {
    let mut out = String::new();
    for piece in paragraph {
        let text = plain(&piece.text);
        match (piece.op, screen.is_coloured()) {
            (Fate::Same, _) => out.push_str(&text),
            // A wrapped line must not carry its style into the margin: a style a word.
            (Fate::Removed, true) => out.push_str(&each_word(&text, |word| screen.paint(REMOVED, word))),
            (Fate::Added, true) => out.push_str(&each_word(&text, |word| screen.paint(ADDED, word))),
            (Fate::Removed, false) => out.push_str(&format!("[-{text}-]")),
            (Fate::Added, false) => out.push_str(&format!("{{+{text}+}}")),
        }
    }
    out.trim().to_owned()
}

fn each_word(text: &str, paint: impl Fn(&str) -> String) -> String {
    text.split(' ').map(paint).collect::<Vec<_>>().join(" ")
}

/// The paragraphs with their changes; those without any are counted unless all are wanted.
pub(crate) fn show(screen: &mut Screen, pieces: &[Piece], all: bool) -> io::Result<()> {
    let mut same = 0;
    let paragraphs = paragraphs(pieces);
    let unchanged =
        |n: usize| format!("  ... {} unchanged", crate::screen::several(n as u64, "paragraph", "paragraphs"));
    for paragraph in &paragraphs {
        if !all && paragraph.iter().all(|piece| piece.op == Fate::Same) {
            same += 1;
            continue;
        }
        if same > 0 {
            screen.line(unchanged(same))?;
            screen.line("")?;
            same = 0;
        }
        let text = marked(screen, paragraph);
        screen.paragraph("  ", &text)?;
        screen.line("")?;
    }
    if same > 0 {
        screen.line(unchanged(same))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    }

    fn without(pieces: &[Piece], fate: Fate) -> String {
        pieces.iter().filter(|p| p.op != fate).map(|p| p.text.as_str()).collect()
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
            .map(|p| match p.op {
                Fate::Same => p.text.clone(),
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
        check("", "All new.", "{+All new+}.");
    }

    #[test]
    fn changes_are_pairs() {
        let found = changes(&pieces("It took nine weeks and cost 40 crowns.", "It took ten weeks and cost 60 crowns."));
        assert_eq!(found, [("nine".to_owned(), "ten".to_owned()), ("40".to_owned(), "60".to_owned())]);
    }

    #[test]
    fn paragraphs_stay_paragraphs() {
        let pieces =
            pieces("One is the same.\n\nTwo goes.\n\nThree stays here.", "One is the same.\n\nThree stays here.");
        let paragraphs = paragraphs(&pieces);
        let changed = paragraphs.iter().filter(|p| p.iter().any(|piece| piece.op != Fate::Same)).count();
        assert_eq!((paragraphs.len(), changed), (3, 1), "{paragraphs:?}");
    }
}
