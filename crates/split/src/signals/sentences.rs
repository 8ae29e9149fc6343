//! The make of running text: sentences inside the block, commas, quotes.

use super::bucket;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "stops-1",
    "stops-2",
    "stops-4",
    "commas-1",
    "commas-3",
    "quotes",
    "short-quotes",
    "no-comma-long",
    "short-commas",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let line = &page.lines[block];
    let stops = bucket(line.stops as f32, &[1.0, 2.0, 4.0]);
    if stops > 0 {
        on(stops - 1);
    }
    match line.commas {
        0 if line.words > 22.0 => on(7),
        0 => {}
        _ if line.words < 12.0 => on(8),
        1 | 2 => on(3),
        _ => on(4),
    }
    if line.quotes > 0 {
        on(if line.words < 12.0 { 6 } else { 5 });
    }
}

#[cfg(test)]
mod tests {
    use crate::signals::features_of;

    #[test]
    fn two_sentences_with_commas() {
        let text = "The ferry, which sank in May, was raised. It will be sold, said the port, when it is dry.";
        assert_eq!(features_of("sentences", text, 0), ["stops-1", "commas-3"]);
    }
}
