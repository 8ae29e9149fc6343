//! Empty lines before a block, against what is usual between this page's paragraphs.

use crate::page::Page;

pub(crate) const NAMES: &[&str] = &["none", "less", "usual", "wider", "widest", "start"];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    if block == 0 {
        return on(5);
    }
    let (gap, usual) = (page.blocks[block].gap, page.usual_gap);
    on(match gap {
        g if g == usual => 2,
        0 => 0,
        g if g < usual => 1,
        g if g == usual + 1 => 3,
        _ => 4,
    });
}

#[cfg(test)]
mod tests {
    use crate::signals::features_of;

    #[test]
    fn stories_stand_further_apart() {
        let p = "The ferry to the islands will sail again from Monday, the port said.";
        let text = format!("{p}\n\n{p}\n\n{p}\n\n\n\nRivals eye stadium");
        assert_eq!(features_of("gap", &text, 1), ["usual"]);
        assert_eq!(features_of("gap", &text, 3), ["widest"]);
    }
}
