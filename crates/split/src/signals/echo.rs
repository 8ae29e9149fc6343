//! What the page's own description of itself says of a block's text. It is a witness, never the text itself: a description stands in
//! teasers as well.

use copydesk_model::Mark;

use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "headline",
    "description",
    "body",
    "author",
    "date",
    "caption",
    "credit",
    "section",
    "again-headline",
    "again-description",
    "again-body",
    "again-author",
    "again-date",
    "again-caption",
    "again-credit",
    "again-section",
    "body-told",
    "body-told-not",
    "description-in-body",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    let echoes = marked.marks[block].echoes;
    for bit in 0..Mark::ECHOES.len().min(8) {
        if echoes >> bit & 1 == 1 {
            let first = !marked.marks[..block].iter().rev().take(60).any(|mark| mark.echoes >> bit & 1 == 1);
            on(bit + if first { 0 } else { 8 });
        }
    }
    // where the page tells its body, a paragraph that it does not tell is suspicious
    if marked.tells_body && page.lines[block].is_prose() {
        on(if echoes & const { Mark::echo_bit("body") } != 0 { 16 } else { 17 });
        if echoes & const { Mark::echo_bit("body") } != 0 && echoes & const { Mark::echo_bit("description") } != 0 {
            on(18);
        }
    }
}

#[cfg(test)]
mod tests {
    use copydesk_model::Mark;

    use crate::signals::features_marked;

    #[test]
    fn a_headline_that_the_page_names_and_names_again() {
        let title = Mark { echoes: Mark::echo_bit("headline"), ..Mark::default() };
        let lines =
            [("Ferry sails again", title), ("Repairs took long", Mark::default()), ("Ferry sails again", title)];
        assert_eq!(features_marked("echo", &lines, 0), ["headline"]);
        assert!(features_marked("echo", &lines, 1).is_empty());
        assert_eq!(features_marked("echo", &lines, 2), ["again-headline"]);
    }
}
