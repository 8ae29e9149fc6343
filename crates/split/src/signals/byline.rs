//! Who wrote it: a short line of names, with or without the word for by.

use crate::line::{Ending, Line};
use crate::listed::is_listed;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &["opener", "names", "opener-names"];

/// Words that open a byline in many languages.
const OPENERS: &[&str] = &[
    "by",
    "von",
    "par",
    "por",
    "di",
    "da",
    "av",
    "af",
    "door",
    "przez",
    "autor",
    "autora",
    "author",
    "auteur",
    "text",
    "reporting",
    "words",
    "od",
    "yazan",
    "oleh",
    "כתב",
    "بقلم",
    "كتب",
    "автор",
    "記者",
    "文",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    match (page.lines[block].opens_byline, is_names(&page.lines[block])) {
        (true, true) => on(2),
        (true, false) => on(0),
        (false, true) => on(1),
        (false, false) => {}
    }
}

/// A short line that opens with the word for by.
pub(crate) fn has_opener(line: &Line, text: &str) -> bool {
    let short = line.words <= 14.0 && line.words >= 1.5 && line.ending != Ending::Sentence;
    short && is_listed(text.split(|c: char| c.is_whitespace() || c == ':').next().unwrap_or(""), OPENERS)
}

/// Two to nine words, nearly all of them capitalised, no number among them.
pub(crate) fn is_names(line: &Line) -> bool {
    let lower = line.spaced_words.saturating_sub(line.capitals);
    (2..=9).contains(&line.spaced_words)
        && line.numbers == 0
        && line.all_capitals == 0
        && lower <= line.spaced_words / 3
        && line.capitals >= 2
}

#[cfg(test)]
mod tests {
    use crate::signals::features_of;

    #[test]
    fn names_with_and_without_by() {
        assert_eq!(features_of("byline", "By Mara Lindqvist and Tom Oyelaran", 0), ["opener-names"]);
        assert_eq!(features_of("byline", "Mara Lindqvist", 0), ["names"]);
        assert!(features_of("byline", "The ferry sails again", 0).is_empty());
    }
}
