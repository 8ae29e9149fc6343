//! What lies between a block and the one before it: the same container goes on, another article begins.

use copydesk_model::Mark;

use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "same-container",
    "same-template",
    "same-article",
    "leaves-article",
    "enters-article",
    "other-article",
    "same-depth",
    "deeper",
    "higher",
    "much-higher",
    "heading",
    "title",
    "enters-furniture",
    "leaves-furniture",
    "far-apart",
    "enters-holder",
    "leaves-holder",
    "other-holder",
    "same-holder",
    "ruled",
];

/// Elements that a story's text does not stand in.
const FURNITURE: u32 = Mark::within_bit("nav") | Mark::within_bit("footer") | Mark::within_bit("aside");

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    let here = &marked.marks[block];
    if here.tag.is_heading() {
        on(10);
    }
    if marked.title[block] == Some(block as u32) {
        on(11);
    }
    if here.ruled {
        on(19);
    }
    let Some(before) = block.checked_sub(1).map(|b| &marked.marks[b]) else { return };
    if here.container == before.container {
        on(0);
    } else if here.container.abs_diff(before.container) > 20 {
        on(14);
    }
    if here.path == before.path {
        on(1);
    }
    match (before.article, here.article) {
        (0, 0) => {}
        (a, b) if a == b => on(2),
        (_, 0) => on(3),
        (0, _) => on(4),
        _ => on(5),
    }
    match i16::from(here.depth) - i16::from(before.depth) {
        0 => on(6),
        1.. => on(7),
        -3..=-1 => on(8),
        _ => on(9),
    }
    match (marked.holder[block - 1], marked.holder[block]) {
        (None, Some(_)) => on(15),
        (Some(_), None) => on(16),
        (Some(a), Some(b)) => on(if a == b { 18 } else { 17 }),
        (None, None) => {}
    }
    match (before.within & FURNITURE != 0, here.within & FURNITURE != 0) {
        (false, true) => on(12),
        (true, false) => on(13),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use copydesk_model::Mark;

    use crate::signals::features_marked;

    #[test]
    fn another_article() {
        let of = |article, container| Mark { article, container, path: 7, ..Mark::default() };
        let lines = [("One.", of(1, 1)), ("Two.", of(1, 1)), ("Three.", of(2, 9))];
        assert_eq!(
            features_marked("wall", &lines, 1),
            ["same-container", "same-template", "same-article", "same-depth"]
        );
        assert_eq!(features_marked("wall", &lines, 2), ["same-template", "other-article", "same-depth"]);
    }
}
