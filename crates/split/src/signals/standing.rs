//! At how many URLs of one site a block stands. Neither a plea nor a biography reads like furniture, and in the census of neighbours two of them in
//! a row look like a short story; but no story stands at twenty URLs, unless behind each of them.

use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "short-2",
    "short-4",
    "short-8",
    "short-20",
    "prose-2",
    "prose-4",
    "prose-8",
    "prose-20",
    "prose-loose-4",
    "prose-loose-8",
    "prose-loose-20",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let seen = page.seen(block);
    let Some(urls) = usize::from(seen.urls).checked_sub(1) else { return };
    let is_prose = page.lines[block].is_prose();
    on(urls + if is_prose { 4 } else { 0 });
    if is_prose && seen.loose && urls > 0 {
        on(7 + urls);
    }
}

#[cfg(test)]
mod tests {
    use crate::census::Evidence;
    use crate::signals::features_with;

    #[test]
    fn a_plea_on_every_page() {
        let plea = "One reader in sixty pays for what all of you can read here, and that is how this paper keeps its two reporters.";
        let seen = |urls, settled| Evidence { captures: 40, left: 8, right: 8, settled, urls };
        assert_eq!(features_with("standing", "", plea, &[seen(30, false)], 0), ["prose-20", "prose-loose-20"]);
        assert_eq!(features_with("standing", "", plea, &[seen(5, true)], 0), ["prose-4"]);
        assert_eq!(features_with("standing", "", "Donate", &[seen(9, false)], 0), ["short-8"]);
        assert!(features_with("standing", "", plea, &[seen(1, false)], 0).is_empty());
    }
}
