//! Elements of text that the template made alike, each beginning with a heading of the same kind: stories below each other, or the
//! sections of one. A title above all of them, or a byline below each, tells which.

use crate::page::Page;

pub(crate) const NAMES: &[&str] =
    &["titled", "untitled", "titled-byline", "untitled-byline", "heading-byline", "plain-byline"];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    if !marked.marks[block].tag.is_heading() {
        return;
    }
    let next = (block + 1..page.len()).take(3).any(|b| marked.names_author(page, b));
    let is_titled = marked.is_titled(block);
    if marked.is_twin(block) {
        on(if is_titled { 0 } else { 1 } + if next { 2 } else { 0 });
    } else if next {
        on(if is_titled { 4 } else { 5 });
    }
}

#[cfg(test)]
mod tests {
    use copydesk_model::{Mark, Tag};

    use crate::signals::features_marked;

    #[test]
    fn stories_in_columns() {
        let p = "The ferry to the islands sails again from Monday, said the port, after three weeks of repairs that had cost the company a summer and its patience, as its owner put it on the radio, where he had been asked for a date.";
        let of = |container, tag| Mark { container, tag, path: tag as u32, ..Mark::default() };
        let lines = [
            ("Ferry sails again", of(5, Tag::Heading2)),
            ("By Mara Lindqvist", of(5, Tag::Paragraph)),
            (p, of(5, Tag::Paragraph)),
            ("Rivals eye stadium", of(9, Tag::Heading2)),
            (p, of(9, Tag::Paragraph)),
        ];
        assert_eq!(features_marked("twin", &lines, 0), ["untitled-byline"]);
        assert_eq!(features_marked("twin", &lines, 3), ["untitled"]);
    }
}
