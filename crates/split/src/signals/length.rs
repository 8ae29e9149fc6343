//! How long a block is, and whether it ends as a sentence does: a paragraph is long and ends, a menu entry is neither.

use super::bucket;
use crate::line::Ending;
use crate::page::Page;

const LIMITS: [f32; 11] = [1.5, 2.5, 3.5, 5.5, 8.5, 12.5, 18.5, 27.5, 40.5, 65.5, 110.5];

pub(crate) const NAMES: &[&str] = &[
    "1", "2", "3", "5", "8", "12", "18", "27", "40", "65", "110", "more", "1.", "2.", "3.", "5.", "8.", "12.", "18.",
    "27.", "40.", "65.", "110.", "more.",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let line = &page.lines[block];
    let sentence = matches!(line.ending, Ending::Sentence | Ending::Quote | Ending::Colon);
    on(bucket(line.words, &LIMITS) + if sentence { 12 } else { 0 });
}

#[cfg(test)]
mod tests {
    use crate::signals::features_of;

    #[test]
    fn a_sentence_and_a_label() {
        assert_eq!(features_of("length", "Subscribe now\nThe ferry sank.", 0), ["2"]);
        assert_eq!(features_of("length", "Subscribe now\nThe ferry sank.", 1), ["3."]);
    }
}
