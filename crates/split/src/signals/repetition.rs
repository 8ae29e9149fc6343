//! The same block again on the page: captions come two to four times over, headlines twice, menus at both ends.

use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "next",
    "soon",
    "later",
    "just-before",
    "recently",
    "before",
    "short-next",
    "short-soon",
    "short-later",
    "short-just-before",
    "short-recently",
    "short-before",
    "never",
    "short-never",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let short = if page.lines[block].words < 3.5 { 6 } else { 0 };
    let (before, after) = (page.same_before[block], page.same_after[block]);
    match after {
        0 => {}
        1 => on(short),
        2..=14 => on(short + 1),
        _ => on(short + 2),
    }
    match before {
        0 => {}
        1 => on(short + 3),
        2..=14 => on(short + 4),
        _ => on(short + 5),
    }
    if before == 0 && after == 0 {
        on(if short == 0 { 12 } else { 13 });
    }
}

#[cfg(test)]
mod tests {
    use crate::signals::features_of;

    #[test]
    fn a_caption_twice() {
        let text = "Ferry back at sea\nThe ferry in the harbour (Nordfoto)\nThe ferry in the harbour (Nordfoto)\nTT\nFerry back at sea";
        assert_eq!(features_of("repetition", text, 0), ["soon"]);
        assert_eq!(features_of("repetition", text, 1), ["next"]);
        assert_eq!(features_of("repetition", text, 2), ["just-before"]);
        assert_eq!(features_of("repetition", text, 3), ["short-never"]);
    }
}
