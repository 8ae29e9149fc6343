//! What changed from one version to another, and how much that matters.

use copydesk_match::{DiffOp, Fate, Piece, paragraphs, pieces, word_diff};
use serde::Serialize;

/// How much a change matters, what matters most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Severity {
    /// The headline.
    Headline,
    /// A number became another, or came, or went with others staying.
    Number,
    /// Words that somebody is quoted with.
    Quote,
    /// Other words in the place of words.
    Wording,
    /// Words that came.
    Added,
    /// Words that went.
    Removed,
    /// Punctuation, case or spaces.
    Cosmetic,
}

impl Severity {
    pub(crate) const ALL: [Severity; 7] = [
        Severity::Headline,
        Severity::Number,
        Severity::Quote,
        Severity::Wording,
        Severity::Added,
        Severity::Removed,
        Severity::Cosmetic,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Severity::Headline => "headline",
            Severity::Number => "number",
            Severity::Quote => "quote",
            Severity::Wording => "wording",
            Severity::Added => "added",
            Severity::Removed => "removed",
            Severity::Cosmetic => "cosmetic",
        }
    }
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Change {
    pub(crate) severity: Severity,
    pub(crate) removed: String,
    pub(crate) added: String,
}

/// A piece of a paragraph: as it stayed, or one of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) fate: Fate,
    pub(crate) text: String,
    /// Of which severity the change is.
    pub(crate) severity: Option<Severity>,
}

/// Two versions laid over each other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes {
    pub(crate) headline: Vec<Part>,
    pub(crate) paragraphs: Vec<Vec<Part>>,
    pub(crate) all: Vec<Change>,
}

impl Changes {
    pub(crate) fn new(a: (&str, &str), b: (&str, &str)) -> Self {
        let mut changes = Changes { headline: Vec::new(), paragraphs: Vec::new(), all: Vec::new() };
        changes.headline = changes.parts(&pieces(a.0, b.0), |_, _, _| Severity::Headline);
        for paragraph in paragraphs(&pieces(a.1, b.1)) {
            let parts = changes.parts(&paragraph, severity);
            changes.paragraphs.push(parts);
        }
        changes.all.extend(cosmetic(a.0, b.0));
        changes.all.extend(cosmetic(a.1, b.1));
        changes.all.sort_by_key(|change| change.severity);
        changes
    }

    pub(crate) fn count(&self, severity: Severity) -> usize {
        self.all.iter().filter(|change| change.severity == severity).count()
    }

    /// The pieces of a paragraph, each with the severity of its change.
    fn parts(&mut self, pieces: &[Piece], severity: impl Fn(&str, &str, &str) -> Severity) -> Vec<Part> {
        let mut out: Vec<Part> = Vec::new();
        let mut before = String::new();
        let mut at = 0;
        while at < pieces.len() {
            let piece = &pieces[at];
            if piece.op == Fate::Same {
                before.push_str(&piece.text);
                out.push(Part { fate: Fate::Same, text: piece.text.clone(), severity: None });
                at += 1;
                continue;
            }
            // A change is what went and what came, also where a space stands between the two.
            let is_space = |piece: &Piece| piece.op == Fate::Same && piece.text.trim().is_empty();
            let goes_on = |at: usize| {
                pieces.get(at).is_some_and(|piece| {
                    piece.op != Fate::Same
                        || (is_space(piece) && pieces.get(at + 1).is_some_and(|next| next.op != Fate::Same))
                })
            };
            let start = at;
            while goes_on(at) {
                at += 1;
            }
            let run = &pieces[start..at];
            let side = |fate: Fate| {
                let texts = run.iter().filter(|piece| piece.op == fate).map(|piece| piece.text.trim());
                texts.collect::<Vec<_>>().join(" ")
            };
            let (removed, added) = (side(Fate::Removed), side(Fate::Added));
            let severity = severity(&before, &removed, &added);
            for piece in run {
                let severity = (piece.op != Fate::Same).then_some(severity);
                out.push(Part { fate: piece.op, text: piece.text.clone(), severity });
                if piece.op != Fate::Removed {
                    before.push_str(&piece.text);
                }
            }
            self.all.push(Change { severity, removed, added });
        }
        out
    }
}

/// Words that may come or go with a number and it is still the number that changed: `(Meridian) - 41`.
const SHORT: usize = 6;

fn severity(before: &str, removed: &str, added: &str) -> Severity {
    let numbers = |text: &str| {
        copydesk_search::tokens(text)
            .into_iter()
            .map(|t| t.text)
            .filter(|t| t.starts_with(|c: char| c.is_ascii_digit()))
            .collect::<Vec<_>>()
    };
    let words = |text: &str| text.split_whitespace().count();
    let (went, came) = (numbers(removed), numbers(added));
    let replaced = !removed.is_empty() && !added.is_empty();
    let short = words(removed).max(words(added)) <= SHORT;
    if went != came && (replaced || short) {
        return Severity::Number;
    }
    if is_quoted(before, removed, added) {
        return Severity::Quote;
    }
    match (removed.is_empty(), added.is_empty()) {
        (false, false) => Severity::Wording,
        (true, _) => Severity::Added,
        (false, true) => Severity::Removed,
    }
}

/// Whether a change is inside quotation marks, or brings or takes some.
fn is_quoted(before: &str, removed: &str, added: &str) -> bool {
    let open = |text: &str| {
        let mut depth = 0i32;
        let mut straight = false;
        for c in text.chars() {
            match c {
                '“' | '„' | '«' | '「' | '『' => depth += 1,
                '”' | '»' | '」' | '』' => depth = (depth - 1).max(0),
                '"' => straight = !straight,
                _ => {}
            }
        }
        depth > 0 || straight
    };
    open(before) || [removed, added].iter().any(|text| text.contains(['“', '„', '«', '「', '『', '"']))
}

/// Where the words are the same and their print is not.
fn cosmetic(a: &str, b: &str) -> Vec<Change> {
    let mut out = Vec::new();
    for op in word_diff(a, b) {
        let DiffOp::Equal(in_a, in_b) = op else { continue };
        let (left, right): (Vec<&str>, Vec<&str>) =
            (in_a.of(a).split_whitespace().collect(), in_b.of(b).split_whitespace().collect());
        if left.len() != right.len() {
            if left.concat() != right.concat() {
                out.push(Change { severity: Severity::Cosmetic, removed: left.join(" "), added: right.join(" ") });
            }
            continue;
        }
        let differ = left.iter().zip(&right).filter(|(left, right)| left != right);
        out.extend(differ.map(|(left, right)| Change {
            severity: Severity::Cosmetic,
            removed: (*left).to_owned(),
            added: (*right).to_owned(),
        }));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, expected: &[(Severity, &str, &str)]) {
        let changes = Changes::new(("", a), ("", b));
        let found: Vec<_> = changes.all.iter().map(|c| (c.severity, c.removed.as_str(), c.added.as_str())).collect();
        assert_eq!(found, expected, "{a} / {b}");
    }

    #[test]
    fn changes_by_what_they_mean() {
        check("It took nine long weeks to mend.", "It took nine long weeks to mend.", &[]);
        check("It cost 418 crowns in all.", "It cost 481 crowns in all.", &[(Severity::Number, "418", "481")]);
        check(
            "They greeted the end of the strike.",
            "They met the end of the strike.",
            &[(Severity::Wording, "greeted", "met")],
        );
        check(
            "He said “we hoped for less” today.",
            "He said “we wished for less” today.",
            &[(Severity::Quote, "hoped", "wished")],
        );
        check(
            "The pier is shut until the spring.",
            "The old pier is shut until the spring.",
            &[(Severity::Added, "", "old")],
        );
        check(
            "The old pier is shut until spring.",
            "The pier is shut until spring.",
            &[(Severity::Removed, "old", "")],
        );
        check(
            "The pier is shut, he said today.",
            "The Pier is shut; he said today.",
            &[(Severity::Cosmetic, "pier", "Pier"), (Severity::Cosmetic, "shut,", "shut;")],
        );
    }

    #[test]
    fn the_headline_comes_first() {
        let changes = Changes::new(
            ("Ferry Sails Again", "It cost 4 crowns in all."),
            ("Ferry Sails at Last", "It cost 5 crowns in all."),
        );
        assert_eq!(changes.all[0].severity, Severity::Headline);
        assert_eq!((changes.count(Severity::Headline), changes.count(Severity::Number)), (1, 1));
        assert!(changes.headline.iter().any(|part| part.severity == Some(Severity::Headline)));
    }
}
