//! How much of the element that holds much of the text lies before an edge and behind it: a story does not end in the middle.

use super::bucket;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "before-none",
    "before-little",
    "before-some",
    "before-most",
    "after-none",
    "after-little",
    "after-some",
    "after-most",
    "outside",
    "left-story",
    "left-rest",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    // the edge is inside where both of its sides are
    let inside = block > 0 && marked.holder[block - 1].is_some() && marked.holder[block - 1] == marked.holder[block];
    let Some(holder) = marked.holder[block].filter(|_| inside) else {
        on(8);
        // what the element that ends here held of the page's text
        if let Some(left) = block.checked_sub(1).and_then(|b| marked.holder[b]) {
            let left = &marked.holders[left as usize];
            let share = (marked.words_before[left.last + 1] - marked.words_before[left.first])
                / marked.words_before[page.len()].max(1.0);
            on(if share >= 0.4 { 9 } else { 10 });
        }
        return;
    };
    let holder = &marked.holders[holder as usize];
    let words = |from: usize, to: usize| marked.words_before[to] - marked.words_before[from];
    let all = words(holder.first, holder.last + 1).max(1.0);
    on(bucket(words(holder.first, block) / all, &[0.02, 0.15, 0.5]));
    on(4 + bucket(words(block, holder.last + 1) / all, &[0.02, 0.15, 0.5]));
}

#[cfg(test)]
mod tests {
    use copydesk_model::Mark;

    use crate::signals::features_marked;

    #[test]
    fn in_the_middle_and_at_the_end() {
        let p = "The ferry to the islands sails again from Monday, said the port, after three weeks of repairs that had cost the company a summer.";
        let of = |container| Mark { container, ..Mark::default() };
        let lines = [(p, of(5)), (p, of(5)), (p, of(5)), (p, of(5)), ("Imprint", of(20))];
        assert_eq!(features_marked("rest", &lines, 2), ["before-most", "after-most"]);
        assert_eq!(features_marked("rest", &lines, 3), ["before-most", "after-some"]);
        assert_eq!(features_marked("rest", &lines, 4), ["outside", "left-story"]);
    }
}
