//! What an element's attributes say about how it is laid out.

use super::within;
use crate::scan::{Attribute, Element};

/// What an element's attributes say about how it is laid out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Looks {
    pub(super) within: u32,
    pub(super) is_article: bool,
    pub(super) is_hidden: bool,
    pub(super) has_class: bool,
    /// Whether it has names to read: see `Names`.
    pub(super) is_named: bool,
    pub(super) has_href: bool,
    pub(super) is_open: bool,
    pub(super) is_shadow: bool,
    /// The level of what is a heading by its role.
    pub(super) heading: Option<u8>,
    /// Whether its letters are much larger than those of the text: of `font`.
    pub(super) is_large: bool,
    /// Sent late by a server, hidden only until the script behind it puts it in its place.
    pub(super) is_streamed: bool,
}

impl Looks {
    /// What an element's attributes say that decides how it is laid out. What its names say is read when there is a block to say it of:
    /// many elements hold none.
    pub(super) fn of(element: Element<'_>) -> Looks {
        let mut looks = Looks::default();
        for (name, value) in element.raw_attributes() {
            match name {
                Attribute::CLASS => (looks.has_class, looks.is_named) = (!value.is_empty(), true),
                Attribute::ID => {
                    looks.is_named = true;
                    looks.is_streamed =
                        value.strip_prefix("S:").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_hexdigit()));
                }
                Attribute::ROLE => {
                    looks.is_named = true;
                    looks.within |= within::of_role(value);
                    looks.is_article |= value.eq_ignore_ascii_case("article");
                    if value.trim_ascii().eq_ignore_ascii_case("heading") {
                        looks.heading = looks.heading.or(Some(2));
                    }
                }
                Attribute::ITEMPROP => looks.is_named = true,
                Attribute::ITEMTYPE => looks.is_article |= is_story_type(value),
                Attribute::HIDDEN => looks.is_hidden = true,
                Attribute::STYLE => looks.is_hidden |= hides(value),
                Attribute::ARIA_HIDDEN if value.eq_ignore_ascii_case("true") => looks.within |= within::HIDDEN,
                Attribute::ARIA_LEVEL => looks.heading = value.trim_ascii().parse().ok().or(looks.heading),
                Attribute::SIZE => looks.is_large = is_large(value),
                Attribute::HREF => looks.has_href = true,
                Attribute::OPEN => looks.is_open = true,
                Attribute::SHADOWROOTMODE => looks.is_shadow = true,
                _ => {}
            }
        }
        looks
    }
}

/// Types of schema.org that are a story.
fn is_story_type(itemtype: &str) -> bool {
    itemtype.split_ascii_whitespace().any(|one| {
        let name = one.rsplit(['/', '#']).next().unwrap_or("");
        name.ends_with("Article") || matches!(name, "BlogPosting" | "LiveBlogPosting" | "Report" | "SocialMediaPosting")
    })
}

/// Whether a size of `font` is that of a heading; text has 3, and `+2` counts from there.
fn is_large(size: &str) -> bool {
    let size = size.trim_ascii();
    let (least, digits) = size.strip_prefix('+').map_or((5, size), |more| (2, more));
    digits.parse::<u8>().is_ok_and(|size| size >= least)
}

/// Whether an inline style takes the element out of sight.
fn hides(style: &str) -> bool {
    style.split(';').any(|declaration| {
        let Some((property, value)) = declaration.split_once(':') else { return false };
        let value = value.trim_ascii().split([' ', '!', '\t']).next().unwrap_or("");
        (property.trim_ascii().eq_ignore_ascii_case("display") && value.eq_ignore_ascii_case("none"))
            || (property.trim_ascii().eq_ignore_ascii_case("visibility") && value.eq_ignore_ascii_case("hidden"))
    })
}
