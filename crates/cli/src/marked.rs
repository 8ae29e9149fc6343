use std::io;

use copydesk_match::{Fate, Part};

use crate::screen::{ADDED, REMOVED, Screen, plain};

/// One paragraph as text: by colour where there is colour, else as `[-removed-]{+added+}`.
pub(crate) fn marked(screen: &Screen, paragraph: &[Part]) -> String {
    let mut out = String::new();
    let mut before = Fate::Same;
    for part in paragraph {
        // The end of a paragraph that only one of the versions has.
        let text = plain(&part.text.replace("\n\n", " ¶ "));
        // What went and what came stand beside each other.
        if before == Fate::Removed && part.fate == Fate::Added && !out.ends_with(' ') {
            out.push(' ');
        }
        before = part.fate;
        match (part.fate, part.severity.is_some(), screen.is_coloured()) {
            (Fate::Same, ..) | (_, false, _) => out.push_str(&text),
            // A wrapped line must not carry its style into the margin: a style a word.
            (Fate::Removed, _, true) => out.push_str(&each_word(&text, |word| screen.paint(REMOVED, word))),
            (Fate::Added, _, true) => out.push_str(&each_word(&text, |word| screen.paint(ADDED, word))),
            (Fate::Removed, _, false) => out.push_str(&format!("[-{text}-]")),
            (Fate::Added, _, false) => out.push_str(&format!("{{+{text}+}}")),
        }
    }
    out.trim().to_owned()
}

fn each_word(text: &str, paint: impl Fn(&str) -> String) -> String {
    text.split(' ').map(paint).collect::<Vec<_>>().join(" ")
}

/// The paragraphs with their changes; those without any are counted unless all are wanted.
pub(crate) fn show(screen: &mut Screen, paragraphs: &[Vec<Part>], all: bool) -> io::Result<()> {
    let mut same = 0;
    let unchanged =
        |n: usize| format!("  ... {} unchanged", crate::screen::several(n as u64, "paragraph", "paragraphs"));
    for paragraph in paragraphs {
        if !all && paragraph.iter().all(|part| part.severity.is_none()) {
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
