//! What the other captures say of a block: see [`crate::census`].

use super::bucket;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "short-2-11",
    "short-2-12",
    "short-2-14",
    "short-2-21",
    "short-2-22",
    "short-2-24",
    "short-2-41",
    "short-2-42",
    "short-2-44",
    "short-5-11",
    "short-5-12",
    "short-5-14",
    "short-5-21",
    "short-5-22",
    "short-5-24",
    "short-5-41",
    "short-5-42",
    "short-5-44",
    "short-12-11",
    "short-12-12",
    "short-12-14",
    "short-12-21",
    "short-12-22",
    "short-12-24",
    "short-12-41",
    "short-12-42",
    "short-12-44",
    "prose-2-11",
    "prose-2-12",
    "prose-2-14",
    "prose-2-21",
    "prose-2-22",
    "prose-2-24",
    "prose-2-41",
    "prose-2-42",
    "prose-2-44",
    "prose-5-11",
    "prose-5-12",
    "prose-5-14",
    "prose-5-21",
    "prose-5-22",
    "prose-5-24",
    "prose-5-41",
    "prose-5-42",
    "prose-5-44",
    "prose-12-11",
    "prose-12-12",
    "prose-12-14",
    "prose-12-21",
    "prose-12-22",
    "prose-12-24",
    "prose-12-41",
    "prose-12-42",
    "prose-12-44",
    "known-page",
    "unknown-page",
    "short-once",
    "prose-once",
    "short-everywhere",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    on(if page.is_known { 54 } else { 55 });
    if page.evidence.is_empty() {
        return;
    }
    let seen = page.evidence_of(block);
    let prose = page.lines[block].is_prose();
    if seen.captures < 2 {
        // to be seen once says something only where most of the page is known
        if !page.is_known {
            return;
        }
        return on(if prose { 57 } else { 56 });
    }
    if seen.captures >= 40 && seen.is_loose() && !prose {
        on(58);
    }
    let side = |n: u8| bucket(f32::from(n), &[2.0, 4.0]);
    let often = bucket(seen.captures as f32, &[5.0, 12.0]);
    on(often * 9 + side(seen.left) * 3 + side(seen.right) + if prose { 27 } else { 0 });
}

#[cfg(test)]
mod tests {
    use crate::census::Evidence;
    use crate::signals::features_with;

    #[test]
    fn furniture_stands_between_ever_other_things() {
        let loose = Evidence { captures: 20, left: 8, right: 8, settled: false };
        let text = "Sign up for our letter";
        assert_eq!(features_with("census", "", text, &[loose], 0), ["known-page", "short-12-44"]);
        assert_eq!(features_with("census", "", text, &[Evidence::default()], 0), ["unknown-page"]);
        assert_eq!(features_with("census", "", text, &[], 0), ["unknown-page"]);
    }
}
