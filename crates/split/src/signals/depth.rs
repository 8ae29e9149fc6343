//! How deep a block stands against the depth at which most running text of the page stands.

use super::bucket;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "far-above",
    "above",
    "one-above",
    "same",
    "one-below",
    "below",
    "far-below",
    "far-above-prose",
    "above-prose",
    "one-above-prose",
    "same-prose",
    "one-below-prose",
    "below-prose",
    "far-below-prose",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    let deeper = f32::from(marked.marks[block].depth) - f32::from(marked.depth);
    on(bucket(deeper, &[-4.0, -1.0, 0.0, 1.0, 2.0, 5.0]) + if page.lines[block].is_prose() { 7 } else { 0 });
}

#[cfg(test)]
mod tests {
    use copydesk_model::Mark;

    use crate::signals::features_marked;

    #[test]
    fn deeper_than_the_text() {
        let p = "The ferry to the islands sails again from Monday, said the port.";
        let at = |depth| Mark { depth, ..Mark::default() };
        let lines = [(p, at(8)), ("Advertisement", at(11)), ("Imprint", at(3))];
        assert_eq!(features_marked("depth", &lines, 0), ["same-prose"]);
        assert_eq!(features_marked("depth", &lines, 1), ["below"]);
        assert_eq!(features_marked("depth", &lines, 2), ["far-above"]);
    }
}
