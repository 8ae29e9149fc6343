//! What the other captures say of a block: see [`crate::census`].

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
    if page.seen.is_empty() {
        return;
    }
    let seen = page.seen(block);
    let prose = page.lines[block].is_prose();
    if seen.often == 0 {
        // to be seen once says something only where most of the page is known
        if !page.is_known {
            return;
        }
        return on(if prose { 57 } else { 56 });
    }
    if seen.often == 5 && seen.loose && !prose {
        on(58);
    }
    let often = match seen.often {
        0..=2 => 0,
        3 => 1,
        _ => 2,
    };
    on(often * 9 + usize::from(seen.left) * 3 + usize::from(seen.right) + if prose { 27 } else { 0 });
}

#[cfg(test)]
mod tests {
    use crate::census::Evidence;
    use crate::signals::features_with;

    #[test]
    fn furniture_stands_between_ever_other_things() {
        let loose = Evidence { captures: 20, left: 8, right: 8, ..Evidence::default() };
        let text = "Sign up for our letter";
        assert_eq!(features_with("census", "", text, &[loose], 0), ["known-page", "short-12-44"]);
        assert_eq!(features_with("census", "", text, &[Evidence::default()], 0), ["unknown-page"]);
        assert_eq!(features_with("census", "", text, &[], 0), ["unknown-page"]);
    }
}
