//! Blocks that the page's template made alike, by the path of tags and classes to the root: paragraphs share theirs with the page's text,
//! teasers with other teasers.

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
    "lone",
    "few",
    "many",
    "lone-prose",
    "few-prose",
    "many-prose",
    "mean-tiny",
    "mean-short",
    "mean-middle",
    "mean-long",
    "links",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    let group = marked.path[block];
    let is_prose = page.lines[block].is_prose();
    let share = group.prose / marked.prose.max(1.0);
    on(bucket(share, &[0.01, 0.1, 0.3, 0.6]) + if is_prose { 5 } else { 0 });
    on(10 + bucket(group.blocks as f32, &[2.0, 5.0]) + if is_prose { 3 } else { 0 });
    on(16 + bucket(group.words / group.blocks.max(1) as f32, &[4.0, 10.0, 25.0]));
    if group.links > group.words * 0.5 {
        on(20);
    }
}

#[cfg(test)]
mod tests {
    use copydesk_model::Mark;

    use crate::signals::features_marked;

    #[test]
    fn teasers_are_made_alike() {
        let p = "The ferry to the islands sails again from Monday, said the port.";
        let of = |path, links| Mark { path, links, ..Mark::default() };
        let lines = [(p, of(1, 0)), (p, of(1, 0)), ("Rivals eye stadium", of(2, 255)), ("Votes for women", of(2, 255))];
        assert_eq!(features_marked("template", &lines, 0), ["s4-prose", "few-prose", "mean-middle"]);
        assert_eq!(features_marked("template", &lines, 2), ["s0", "few", "mean-tiny", "links"]);
    }
}
