//! The company a short line keeps over all captures: one that is there whenever the paragraphs around it are belongs to them, as a
//! subheading does; one that is rare between paragraphs that always follow each other was put there, as a teaser is.

use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "always-bound",
    "often-bound",
    "seldom-bound",
    "rare-bound",
    "always-loose",
    "often-loose",
    "seldom-loose",
    "rare-loose",
    "label-always",
    "label-rare",
    "beyond-bound",
    "beyond-loose",
    "few-always-bound",
    "few-part-bound",
    "few-beyond-bound",
    "few-always-loose",
    "few-part-loose",
    "few-beyond-loose",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let line = &page.lines[block];
    let Some(company) = page.seen(block).company else { return };
    if company.few {
        let share = match company.share {
            0 => 0,
            4 => 2,
            _ => 1,
        };
        return on(12 + share + if company.bound { 0 } else { 3 });
    }
    match company.share {
        4 => on(if company.bound { 10 } else { 11 }),
        share => on(usize::from(share) + if company.bound { 0 } else { 4 }),
    }
    if line.label || line.arrow {
        on(if company.share == 0 { 8 } else { 9 });
    }
}

#[cfg(test)]
mod tests {
    use crate::census::Evidence;
    use crate::signals::features_with;

    #[test]
    fn a_teaser_among_paragraphs_that_follow_each_other() {
        let p = "The ferry to the islands will sail again from Monday, the port said.";
        let text = format!("{p}\nRead as well: Rivals eye stadium\nLong repairs\n{p}");
        let bound = |captures| Evidence { captures, left: 1, right: 1, settled: true, urls: 1 };
        let evidence = [bound(20), Evidence::default(), bound(20), bound(20)];
        assert_eq!(features_with("company", "", &text, &evidence, 1), ["rare-bound", "label-rare"]);
        assert_eq!(features_with("company", "", &text, &evidence, 2), ["always-bound"]);
    }
}
