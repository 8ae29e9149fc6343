//! What `class`, `id` and `role` of its element or its nearest containers call a block, by families of words.

use copydesk_model::Mark;

use crate::marked::each_bit;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &Mark::WORDS;

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    each_bit(marked.marks[block].near, on);
}

#[cfg(test)]
pub(crate) mod tests {
    use copydesk_model::Mark;

    use crate::signals::features_marked;

    /// What `signal` says of words around a block, and that it says nothing where they hold most of the text; `called` makes a mark of them.
    pub(crate) fn check(signal: &str, called: fn(u64) -> Mark) {
        let p = "The ferry to the islands sails again from Monday, said the port.";
        let related = called(Mark::word_bit("related"));
        let lines = [(p, Mark::default()), (p, Mark::default()), (p, related)];
        assert_eq!(features_marked(signal, &lines, 2), ["related"]);
        assert!(features_marked(signal, &[(p, related), (p, related), (p, Mark::default())], 0).is_empty());
    }

    #[test]
    fn words_that_hold_most_of_the_text_say_nothing() {
        check("class_near", |near| Mark { near, ..Mark::default() });
    }
}
