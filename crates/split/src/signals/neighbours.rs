//! What stands next to a block: a short line between paragraphs is a subheading or a caption, one among short lines a menu.

use crate::page::{Page, SHAPES};

const N: usize = SHAPES.len();

pub(crate) const NAMES: &[&str] = &[
    "p2-edge",
    "p2-bullet",
    "p2-tiny",
    "p2-short",
    "p2-short-sentence",
    "p2-middle",
    "p2-sentence",
    "p2-long-line",
    "p2-paragraph",
    "p1-edge",
    "p1-bullet",
    "p1-tiny",
    "p1-short",
    "p1-short-sentence",
    "p1-middle",
    "p1-sentence",
    "p1-long-line",
    "p1-paragraph",
    "n1-edge",
    "n1-bullet",
    "n1-tiny",
    "n1-short",
    "n1-short-sentence",
    "n1-middle",
    "n1-sentence",
    "n1-long-line",
    "n1-paragraph",
    "n2-edge",
    "n2-bullet",
    "n2-tiny",
    "n2-short",
    "n2-short-sentence",
    "n2-middle",
    "n2-sentence",
    "n2-long-line",
    "n2-paragraph",
    "between-prose-short",
    "between-prose-long",
    "before-prose-short",
    "after-prose-short",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let at = block as isize;
    for (k, offset) in [-2, -1, 1, 2].into_iter().enumerate() {
        on(k * N + page.shape(at + offset) as usize);
    }
    let prose = |b: isize| usize::try_from(b).ok().and_then(|b| page.run.get(b)) == Some(&0);
    match (prose(at - 1), prose(at + 1), prose(at)) {
        (true, true, false) => on(4 * N),
        (true, true, true) => on(4 * N + 1),
        (false, true, false) => on(4 * N + 2),
        (true, false, false) => on(4 * N + 3),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::signals::features_of;

    #[test]
    fn a_subheading_stands_between_paragraphs() {
        let p = "The ferry to the islands will sail again from Monday, the port said.";
        assert!(features_of("neighbours", &format!("{p}\nLong repairs\n{p}"), 1).contains(&"between-prose-short"));
    }
}
