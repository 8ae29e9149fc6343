//! The element that holds a block and its siblings: how much of the page's running text it holds, and how much of it is links.

use super::bucket;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "s0",
    "s1",
    "s2",
    "s3",
    "s4",
    "s0-prose",
    "s1-prose",
    "s2-prose",
    "s3-prose",
    "s4-prose",
    "links-none",
    "links-few",
    "links-some",
    "links-most",
    "alone",
    "two",
    "several",
    "many",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    let group = marked.container[block];
    let share = group.prose / marked.prose.max(1.0);
    on(bucket(share, &[0.01, 0.1, 0.3, 0.6]) + if page.lines[block].is_prose() { 5 } else { 0 });
    on(10 + bucket(group.links / group.words.max(1.0), &[0.02, 0.2, 0.6]));
    on(14 + bucket(group.blocks as f32, &[2.0, 3.0, 8.0]));
}

#[cfg(test)]
mod tests {
    use copydesk_model::Mark;

    use crate::signals::features_marked;

    #[test]
    fn the_container_of_the_text() {
        let p = "The ferry to the islands sails again from Monday, said the port.";
        let of = |container, links| Mark { container, links, ..Mark::default() };
        let lines = [(p, of(1, 0)), ("Long repairs", of(1, 0)), (p, of(1, 0)), ("Imprint", of(2, 255))];
        assert_eq!(features_marked("container", &lines, 1), ["s4", "links-none", "several"]);
        assert_eq!(features_marked("container", &lines, 3), ["s0", "links-most", "alone"]);
    }
}
