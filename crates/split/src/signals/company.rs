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
];

/// Captures that both paragraphs must stand in before their company says something.
const SEEN: u32 = 4;

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let line = &page.lines[block];
    if page.evidence.is_empty() || line.is_prose() {
        return;
    }
    let prose = |b: &usize| page.lines[*b].is_prose();
    let (Some(before), Some(after)) =
        ((0..block).rev().take(24).find(prose), (block + 1..page.len()).take(24).find(prose))
    else {
        return;
    };
    let (before, after) = (page.evidence_of(before), page.evidence_of(after));
    let together = before.captures.min(after.captures);
    if together < SEEN {
        return;
    }
    // their neighbours are the nearest prose: one on the facing sides means that they follow each other wherever they stand
    let bound = before.right <= 1 && after.left <= 1;
    let here = page.evidence_of(block).captures.max(1);
    let share = match here as f32 / together as f32 {
        s if s >= 0.8 => 0,
        s if s >= 0.4 => 1,
        s if s >= 0.15 => 2,
        _ => 3,
    };
    on(share + if bound { 0 } else { 4 });
    if line.label || line.arrow {
        on(if share == 0 { 8 } else { 9 });
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
        let bound = |captures| Evidence { captures, left: 1, right: 1, settled: true };
        let evidence = [bound(20), Evidence::default(), bound(20), bound(20)];
        assert_eq!(features_with("company", "", &text, &evidence, 1), ["rare-bound", "label-rare"]);
        assert_eq!(features_with("company", "", &text, &evidence, 2), ["always-bound"]);
    }
}
