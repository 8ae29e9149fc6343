//! The share of words that most paragraphs of this page use, as articles and prepositions are: sentences of its language have
//! them, menus, names and credits do not. The page itself teaches them, so no list of any language is needed.

use super::bucket;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "unknown",
    "none",
    "few",
    "some",
    "many",
    "most",
    "short-none",
    "short-few",
    "short-some",
    "short-many",
    "short-most",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let words = page.words_of(block).len();
    if !page.knows_common || words == 0 {
        return on(0);
    }
    let common = (words - page.topics.words[block] as usize) as f32 / words as f32;
    on(1 + bucket(common, &[0.02, 0.14, 0.24, 0.36]) + if page.lines[block].words < 12.0 { 5 } else { 0 });
}

#[cfg(test)]
mod tests {
    use crate::signals::features_of;

    #[test]
    fn a_menu_has_no_articles() {
        let paragraph = "The ferry to the islands and the boat to the mainland will sail again in the spring.\n";
        let text = format!("Home Weather Sport\n{}", paragraph.repeat(6));
        assert_eq!(features_of("common_words", &text, 0), ["short-none"]);
        assert_eq!(features_of("common_words", &text, 1), ["most"]);
    }
}
