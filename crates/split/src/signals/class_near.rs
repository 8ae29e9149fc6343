//! What `class`, `id` and `role` of its element or its nearest containers call a block, by families of words.

use copydesk_model::Mark;

use crate::page::Page;

pub(crate) const NAMES: &[&str] = &Mark::WORDS;

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    let mut bits = marked.marks[block].near;
    while bits != 0 {
        on(bits.trailing_zeros() as usize);
        bits &= bits - 1;
    }
}

#[cfg(test)]
mod tests {
    use copydesk_model::Mark;

    use crate::marked::bit;
    use crate::signals::features_marked;

    #[test]
    fn words_that_hold_most_of_the_text_say_nothing() {
        let p = "The ferry to the islands sails again from Monday, said the port.";
        let related = Mark { near: 1 << bit(&Mark::WORDS, "related"), ..Mark::default() };
        let lines = [(p, Mark::default()), (p, Mark::default()), (p, related)];
        assert_eq!(features_marked("class_near", &lines, 2), ["related"]);
        assert!(features_marked("class_near", &[(p, related), (p, related), (p, Mark::default())], 0).is_empty());
    }
}
