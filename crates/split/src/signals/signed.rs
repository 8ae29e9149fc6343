//! Who wrote it and when, near a line: between two stories a byline or a date line stands among the short lines; between two paragraphs of one
//! story hardly ever.

use crate::page::Page;
use crate::signals::numbers::is_date;

pub(crate) const NAMES: &[&str] = &[
    "byline-next",
    "date-next",
    "byline-below",
    "date-below",
    "byline-above",
    "date-above",
    "unsigned-short-run",
    "unsigned-long-run",
];

const BYLINE: u8 = 1;
const DATE: u8 = 2;
const BELOW: u8 = 2;
const ABOVE: u8 = 4;

/// Lines from a signature, at most.
const REACH: usize = 12;

/// For each block what signs the run of short lines that it stands in: a bit a feature, from `byline-next` on.
pub(crate) fn signed(page: &Page<'_>) -> Vec<u8> {
    let kind = |at: usize| {
        let line = &page.lines[at];
        u8::from(line.opens_byline) * BYLINE | u8::from(line.numbers > 0 && is_date(page, at)) * DATE
    };
    let kinds: Vec<u8> = (0..page.len()).map(|at| if page.run[at] == 0 { 0 } else { kind(at) }).collect();
    let mut out = vec![0; page.len()];
    // what was passed in the run, and how many lines ago
    let mut passed: [Option<usize>; 2] = [None; 2];
    let mut note = |out: &mut u8, at: usize, side: u8, is_first: bool| {
        if is_first {
            passed = [None; 2];
        }
        for (k, last) in passed.iter_mut().enumerate() {
            if last.is_some_and(|last| last.abs_diff(at) <= REACH) {
                *out |= 1 << (side + k as u8);
            }
            if kinds[at] >> k & 1 == 1 {
                *last = Some(at);
            }
        }
    };
    for at in 0..page.len() {
        if page.run[at] > 0 {
            note(&mut out[at], at, ABOVE, at == 0 || page.run[at - 1] == 0);
        }
    }
    for at in (0..page.len()).rev() {
        let is_last = at + 1 == page.len() || page.run[at + 1] == 0;
        if page.run[at] > 0 {
            note(&mut out[at], at, BELOW, is_last);
            if !is_last {
                out[at] |= kinds[at + 1];
            }
        }
    }
    out
}

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    if page.run[block] == 0 {
        return;
    }
    let signed = page.signed[block];
    if signed == 0 {
        return on(if page.run[block] <= 3 { 6 } else { 7 });
    }
    (0..6).filter(|feature| signed >> feature & 1 == 1).for_each(on);
}

#[cfg(test)]
mod tests {
    use crate::signals::features_of;

    #[test]
    fn a_head_is_signed_and_an_advertisement_is_not() {
        let p = "The ferry to the islands will sail again from Monday, the port said.";
        let text = format!(
            "{p}\n\nAdvertisement\n\n{p}\n\nShare this\n\nLong repairs\n\nBy Mara Lindqvist\n\n3 May 2024\n\n{p}"
        );
        assert_eq!(features_of("signed", &text, 1), ["unsigned-short-run"]);
        assert_eq!(features_of("signed", &text, 3), ["byline-below", "date-below"]);
        assert_eq!(features_of("signed", &text, 4), ["byline-next", "byline-below", "date-below"]);
        assert_eq!(features_of("signed", &text, 6), ["byline-above"]);
        assert!(features_of("signed", &text, 0).is_empty());
    }
}
