//! Where a block stands against the title above it: heads are short, bodies follow them, menus come before.

use super::bucket;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "title",
    "title-again",
    "before",
    "n1",
    "n2",
    "n3",
    "n4",
    "n5",
    "before-prose",
    "n1-prose",
    "n2-prose",
    "n3-prose",
    "n4-prose",
    "n5-prose",
    "page-without",
    "inside-article",
    "outside-article",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    if marked.title.last().copied().flatten().is_none() {
        return on(14);
    }
    let prose = if page.lines[block].is_prose() { 6 } else { 0 };
    let Some(title) = marked.title[block] else { return on(2 + prose) };
    if title as usize == block {
        return on(if block > 0 && marked.title[block - 1].is_some() { 1 } else { 0 });
    }
    on(3 + bucket((block - title as usize) as f32, &[3.0, 8.0, 20.0, 60.0]) + prose);
    let (here, there) = (marked.marks[block].article, marked.marks[title as usize].article);
    if there > 0 {
        on(if here == there { 15 } else { 16 });
    }
}

#[cfg(test)]
mod tests {
    use copydesk_model::{Mark, Tag};

    use crate::signals::features_marked;

    #[test]
    fn before_and_after_the_title() {
        let p = "The ferry to the islands sails again from Monday, said the port.";
        let title = Mark { tag: Tag::Heading1, ..Mark::default() };
        let lines = [("Home", Mark::default()), ("Ferry sails again", title), (p, Mark::default())];
        assert_eq!(features_marked("title", &lines, 0), ["before"]);
        assert_eq!(features_marked("title", &lines, 1), ["title"]);
        assert_eq!(features_marked("title", &lines, 2), ["n1-prose"]);
    }
}
