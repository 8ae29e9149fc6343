//! What a name or a role says of the blocks in an element: bits of `Mark::within`, in the order of `Mark::WITHIN`.

use crate::scan::names::{HEADING as HEADINGS, Name, PRE as PREFORMATTED};

pub(crate) const MAIN: u32 = 1;
pub(crate) const ARTICLE: u32 = 1 << 1;
pub(crate) const SECTION: u32 = 1 << 2;
pub(crate) const HEADER: u32 = 1 << 3;
pub(crate) const FOOTER: u32 = 1 << 4;
pub(crate) const NAV: u32 = 1 << 5;
pub(crate) const ASIDE: u32 = 1 << 6;
pub(crate) const FIGURE: u32 = 1 << 7;
pub(crate) const FIGCAPTION: u32 = 1 << 8;
pub(crate) const BLOCKQUOTE: u32 = 1 << 9;
pub(crate) const LIST: u32 = 1 << 10;
pub(crate) const TABLE: u32 = 1 << 11;
pub(crate) const FORM: u32 = 1 << 12;
pub(crate) const BUTTON: u32 = 1 << 13;
pub(crate) const DIALOG: u32 = 1 << 14;
pub(crate) const DETAILS: u32 = 1 << 15;
pub(crate) const ADDRESS: u32 = 1 << 16;
pub(crate) const PRE: u32 = 1 << 17;
pub(crate) const NOSCRIPT: u32 = 1 << 18;
pub(crate) const TEMPLATE: u32 = 1 << 19;
pub(crate) const HIDDEN: u32 = 1 << 20;
pub(crate) const EMBEDDED: u32 = 1 << 21;
pub(crate) const HEADING: u32 = 1 << 22;
pub(crate) const LINK: u32 = 1 << 23;

/// What an element's name says.
pub(super) fn of(name: Name) -> u32 {
    match name {
        Name::MAIN => MAIN,
        Name::ARTICLE => ARTICLE,
        Name::SECTION => SECTION,
        Name::HEADER | Name::HGROUP => HEADER,
        Name::FOOTER => FOOTER,
        Name::NAV => NAV,
        Name::ASIDE => ASIDE,
        Name::FIGURE => FIGURE,
        Name::FIGCAPTION => FIGCAPTION,
        Name::BLOCKQUOTE => BLOCKQUOTE,
        Name::UL | Name::OL | Name::DL | Name::MENU | Name::DIR => LIST,
        Name::TABLE => TABLE,
        Name::FORM | Name::FIELDSET | Name::SEARCH | Name::SELECT => FORM,
        Name::BUTTON => BUTTON,
        Name::DIALOG => DIALOG,
        Name::DETAILS => DETAILS,
        Name::ADDRESS => ADDRESS,
        Name::NOSCRIPT => NOSCRIPT,
        Name::TEMPLATE => TEMPLATE,
        _ if name.is(PREFORMATTED) => PRE,
        _ if name.is(HEADINGS) => HEADING,
        _ => 0,
    }
}

/// What its role says.
pub(super) fn of_role(role: &str) -> u32 {
    match role.trim_ascii() {
        "main" => MAIN,
        "article" => ARTICLE,
        "region" => SECTION,
        "banner" => HEADER,
        "contentinfo" => FOOTER,
        "navigation" | "menu" | "menubar" => NAV,
        "complementary" | "note" => ASIDE,
        "figure" => FIGURE,
        "list" | "listbox" | "tablist" => LIST,
        "table" | "grid" => TABLE,
        "form" | "search" => FORM,
        "button" => BUTTON,
        "dialog" | "alertdialog" => DIALOG,
        "heading" => HEADING,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use copydesk_model::Mark;

    use super::*;

    #[test]
    fn bits_have_their_names() {
        for (bit, name) in [(MAIN, "main"), (FIGCAPTION, "figcaption"), (TEMPLATE, "template"), (LINK, "link")] {
            assert_eq!(Mark::WITHIN[bit.trailing_zeros() as usize], name);
        }
        assert_eq!(LINK.trailing_zeros() as usize, Mark::WITHIN.len() - 1);
    }
}
