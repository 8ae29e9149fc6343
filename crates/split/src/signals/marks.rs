//! Marks that running text rarely has: bars, at-signs, arrows, addresses, copyright.

use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "at",
    "copyright",
    "bar",
    "slash",
    "arrow",
    "url",
    "braces",
    "label",
    "label-prose",
    "slash-short",
    "copyright-long",
    "at-long",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let line = &page.lines[block];
    let long = line.words > 15.0;
    if line.at {
        on(if long { 11 } else { 0 });
    }
    if line.copyright {
        on(if long { 10 } else { 1 });
    }
    if line.bar {
        on(2);
    }
    if line.slash {
        on(if long { 3 } else { 9 });
    }
    if line.arrow {
        on(4);
    }
    if line.url {
        on(5);
    }
    if line.braces {
        on(6);
    }
    if line.label {
        on(if line.is_prose() { 8 } else { 7 });
    }
}

#[cfg(test)]
mod tests {
    use crate::signals::features_of;

    #[test]
    fn a_footer_and_a_label() {
        assert_eq!(features_of("marks", "© Harbour Post", 0), ["copyright"]);
        assert_eq!(features_of("marks", "Photo: Mara Lindqvist", 0), ["label"]);
    }
}
