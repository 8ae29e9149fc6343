//! The elements before and after a block: a subheading stands between paragraphs, a teaser's title between teasers' titles.

use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "before-plain",
    "before-p",
    "before-h1",
    "before-h2",
    "before-h3",
    "before-h4",
    "before-li",
    "before-dd",
    "before-td",
    "before-figcaption",
    "before-blockquote",
    "before-pre",
    "before-time",
    "before-a",
    "before-button",
    "before-address",
    "after-plain",
    "after-p",
    "after-h1",
    "after-h2",
    "after-h3",
    "after-h4",
    "after-li",
    "after-dd",
    "after-td",
    "after-figcaption",
    "after-blockquote",
    "after-pre",
    "after-time",
    "after-a",
    "after-button",
    "after-address",
    "before-same",
    "after-same",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    let path = marked.marks[block].path;
    if let Some(before) = block.checked_sub(1).and_then(|b| marked.marks.get(b)) {
        on(before.tag as usize);
        if before.path == path {
            on(32);
        }
    }
    if let Some(after) = marked.marks.get(block + 1) {
        on(16 + after.tag as usize);
        if after.path == path {
            on(33);
        }
    }
}

#[cfg(test)]
mod tests {
    use copydesk_model::{Mark, Tag};

    use crate::signals::features_marked;

    #[test]
    fn a_subheading_between_paragraphs() {
        let p = Mark { tag: Tag::Paragraph, path: 1, ..Mark::default() };
        let lines = [("Before.", p), ("Long repairs", Mark { tag: Tag::Heading2, ..Mark::default() }), ("After.", p)];
        assert_eq!(features_marked("tags_around", &lines, 1), ["before-p", "after-p"]);
    }
}
