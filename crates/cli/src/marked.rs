use std::io;

use copydesk_match::{Fate, Piece, paragraphs};

use crate::screen::{ADDED, REMOVED, Screen, plain};

/// One paragraph as text: by colour where there is colour, else as `[-removed-]{+added+}`.
pub(crate) fn marked(screen: &Screen, paragraph: &[Piece]) -> String {
    let mut out = String::new();
    let mut before = Fate::Same;
    for piece in paragraph {
        let text = plain(&piece.text);
        // Where the text begins, or behind an opening bracket, there is no space between what went and what came.
        if before == Fate::Removed && piece.op == Fate::Added {
            out.push(' ');
        }
        before = piece.op;
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
        screen.line("")?;
    }
    Ok(())
}
