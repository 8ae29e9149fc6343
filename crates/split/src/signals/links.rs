//! How much of a block is links: menus and teasers are all link, paragraphs hold one or two.

use super::bucket;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "none",
    "few",
    "some",
    "most",
    "all",
    "none-prose",
    "few-prose",
    "some-prose",
    "most-prose",
    "all-prose",
    "between-links",
    "after-links",
    "before-links",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    let share = f32::from(marked.marks[block].links);
    on(bucket(share, &[1.0, 50.0, 128.0, 230.0]) + if page.lines[block].is_prose() { 5 } else { 0 });
    let is_link = |at: usize| marked.marks.get(at).is_some_and(|mark| mark.links >= 230);
    match (block > 0 && is_link(block - 1), is_link(block + 1)) {
        (true, true) => on(10),
        (true, false) => on(11),
        (false, true) => on(12),
        (false, false) => {}
    }
}

#[cfg(test)]
mod tests {
    use copydesk_model::Mark;

    use crate::signals::features_marked;

    #[test]
    fn a_link_among_links() {
        let link = Mark { links: 255, ..Mark::default() };
        let lines = [("Home", link), ("Sport", link), ("Ferry sails again", Mark::default())];
        assert_eq!(features_marked("links", &lines, 0), ["all", "before-links"]);
        assert_eq!(features_marked("links", &lines, 2), ["none", "after-links"]);
    }
}
