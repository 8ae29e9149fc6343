//! What `class`, `id` and `role` of the other elements around it call a block, by families of words.

use copydesk_model::Mark;

use crate::marked::each_bit;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &Mark::WORDS;

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    each_bit(marked.marks[block].far, on);
}

#[cfg(test)]
mod tests {
    use copydesk_model::Mark;

    use crate::signals::class_near::tests::check;

    #[test]
    fn words_that_hold_most_of_the_text_say_nothing() {
        check("class_far", |far| Mark { far, ..Mark::default() });
    }
}
