//! The elements around a block that say what they hold: `nav`, `aside`, `figure`, `main`.

use copydesk_model::Mark;

use crate::marked::each_bit;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &Mark::WITHIN;

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    each_bit(marked.marks[block].within, on);
}

#[cfg(test)]
mod tests {
    use copydesk_model::Mark;

    use crate::signals::features_marked;

    #[test]
    fn an_aside_says_something_unless_it_holds_the_text() {
        let p = "The ferry to the islands sails again from Monday, said the port.";
        let aside = Mark { within: Mark::within_bit("aside"), ..Mark::default() };
        let lines = [(p, Mark::default()), (p, Mark::default()), ("More on ferries", aside)];
        assert_eq!(features_marked("elements", &lines, 2), ["aside"]);
        assert!(features_marked("elements", &[(p, aside), ("More on ferries", aside)], 1).is_empty());
    }
}
