//! Whether a block stands between the first and the last child of an element that holds much of the page's running text. Lists,
//! subheadings and quotes of a story do, whatever elements of their own they stand in; what follows the story does not.

use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "inside",
    "child",
    "outside",
    "before",
    "after",
    "inside-prose",
    "child-prose",
    "outside-prose",
    "before-prose",
    "after-prose",
    "none",
    "inside-linked",
    "shallow",
    "deep",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    let prose = if page.lines[block].is_prose() { 5 } else { 0 };
    if marked.holders.is_empty() {
        return on(10);
    }
    let mark = &marked.marks[block];
    let near = |distance: usize| (1..=4).contains(&distance);
    match marked.holder[block] {
        Some(holder) => {
            let holder = &marked.holders[holder as usize];
            on(prose + if mark.container == holder.container { 1 } else { 0 });
            if mark.links >= 200 {
                on(11);
            }
            if mark.depth < holder.depth {
                on(12);
            } else if mark.depth > holder.depth + 2 {
                on(13);
            }
        }
        None if marked.holders.iter().any(|h| near(h.first.wrapping_sub(block))) => on(prose + 3),
        None if marked.holders.iter().any(|h| near(block.wrapping_sub(h.last))) => on(prose + 4),
        None => on(prose + 2),
    }
}

#[cfg(test)]
mod tests {
    use copydesk_model::Mark;

    use crate::signals::features_marked;

    #[test]
    fn a_list_between_paragraphs() {
        let p = "The ferry to the islands sails again from Monday, said the port, after three weeks of repairs that had cost the company a summer.";
        let of = |container, depth| Mark { container, depth, ..Mark::default() };
        let lines = [
            (p, of(5, 4)),
            (p, of(5, 4)),
            ("Halden", of(8, 5)),
            ("Strand", of(8, 5)),
            (p, of(5, 4)),
            ("Imprint", of(20, 2)),
        ];
        assert_eq!(features_marked("holder", &lines, 1), ["child-prose"]);
        assert_eq!(features_marked("holder", &lines, 3), ["inside"]);
        assert_eq!(features_marked("holder", &lines, 5), ["after"]);
    }
}
