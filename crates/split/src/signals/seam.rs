//! The census at an edge: where what follows the left block varies from capture to capture, a story ends; where neither side
//! varies, one goes on.

use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "00",
    "01",
    "02",
    "03",
    "10",
    "11",
    "12",
    "13",
    "20",
    "21",
    "22",
    "23",
    "30",
    "31",
    "32",
    "33",
    "unlike-often",
    "alike-often",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    if block == 0 || page.seen.is_empty() {
        return;
    }
    let (left, right) = (page.seen(block - 1), page.seen(block));
    on(side(left.often, left.right) * 4 + side(right.often, right.left));
    if let Some(unlike) = right.unlike {
        on(if unlike { 16 } else { 17 });
    }
}

/// 0 unknown, 1 constant, 2 a few, 3 varied.
fn side(often: u8, neighbours: u8) -> usize {
    if often == 0 { 0 } else { 1 + usize::from(neighbours) }
}

#[cfg(test)]
mod tests {
    use crate::census::Evidence;
    use crate::signals::features_with;

    #[test]
    fn a_story_ends_where_the_right_side_varies() {
        let last = Evidence { captures: 6, left: 1, right: 6, settled: true, urls: 1 };
        let first = Evidence { captures: 5, left: 5, right: 1, settled: true, urls: 1 };
        assert_eq!(
            features_with("seam", "", "The port said so.\nRivals eye stadium", &[last, first], 1),
            ["33", "alike-often"]
        );
    }
}
