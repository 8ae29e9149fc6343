//! What a name or a role says of the blocks in an element: bits of `Mark::within`.

use copydesk_model::Mark;

use crate::scan::names::{HEADING as HEADINGS, Name, PRE as PREFORMATTED};

pub(crate) const MAIN: u32 = Mark::within_bit("main");
pub(crate) const ARTICLE: u32 = Mark::within_bit("article");
pub(crate) const SECTION: u32 = Mark::within_bit("section");
pub(crate) const HEADER: u32 = Mark::within_bit("header");
pub(crate) const FOOTER: u32 = Mark::within_bit("footer");
pub(crate) const NAV: u32 = Mark::within_bit("nav");
pub(crate) const ASIDE: u32 = Mark::within_bit("aside");
pub(crate) const FIGURE: u32 = Mark::within_bit("figure");
pub(crate) const FIGCAPTION: u32 = Mark::within_bit("figcaption");
pub(crate) const BLOCKQUOTE: u32 = Mark::within_bit("blockquote");
pub(crate) const LIST: u32 = Mark::within_bit("list");
pub(crate) const TABLE: u32 = Mark::within_bit("table");
pub(crate) const FORM: u32 = Mark::within_bit("form");
pub(crate) const BUTTON: u32 = Mark::within_bit("button");
pub(crate) const DIALOG: u32 = Mark::within_bit("dialog");
pub(crate) const DETAILS: u32 = Mark::within_bit("details");
pub(crate) const ADDRESS: u32 = Mark::within_bit("address");
pub(crate) const PRE: u32 = Mark::within_bit("pre");
pub(crate) const NOSCRIPT: u32 = Mark::within_bit("noscript");
pub(crate) const TEMPLATE: u32 = Mark::within_bit("template");
pub(crate) const HIDDEN: u32 = Mark::within_bit("hidden");
pub(crate) const EMBEDDED: u32 = Mark::within_bit("embedded");
pub(crate) const HEADING: u32 = Mark::within_bit("heading");
pub(crate) const LINK: u32 = Mark::within_bit("link");

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
