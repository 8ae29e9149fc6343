//! The element that a block is: paragraphs, headings and list items are told apart by whoever wrote the page.

use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "plain",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "li",
    "dd",
    "td",
    "figcaption",
    "blockquote",
    "pre",
    "time",
    "a",
    "button",
    "address",
    "plain-prose",
    "p-prose",
    "h1-prose",
    "h2-prose",
    "h3-prose",
    "h4-prose",
    "li-prose",
    "dd-prose",
    "td-prose",
    "figcaption-prose",
    "blockquote-prose",
    "pre-prose",
    "time-prose",
    "a-prose",
    "button-prose",
    "address-prose",
    "broken",
    "broken-prose",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    let (mark, is_prose) = (&marked.marks[block], page.lines[block].is_prose());
    on(mark.tag as usize + if is_prose { 16 } else { 0 });
    if mark.broken {
        on(if is_prose { 33 } else { 32 });
    }
}

#[cfg(test)]
mod tests {
    use copydesk_model::{Mark, Tag};

    use crate::signals::features_marked;

    #[test]
    fn a_heading_and_a_paragraph() {
        let lines = [
            ("Ferry sails again", Mark { tag: Tag::Heading1, ..Mark::default() }),
            (
                "The ferry to the islands sails again from Monday, said the port.",
                Mark { tag: Tag::Paragraph, ..Mark::default() },
            ),
        ];
        assert_eq!(features_marked("tag", &lines, 0), ["h1"]);
        assert_eq!(features_marked("tag", &lines, 1), ["p-prose"]);
    }
}
