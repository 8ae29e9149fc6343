//! What elements of the page say with `itemprop`, and with RDFa's `property`, in the words of schema.org.

use copydesk_model::{Field, Witness};
use copydesk_text::{Habits, Stamp};

use crate::scan::{Attribute, Element, Name};

use super::address;
use super::authors;
use super::claims::Claims;
use super::clean::clean;
use super::own::Own;

/// How far up the item is looked for that a property belongs to.
const FARTHEST: usize = 24;

/// Elements of an item that are asked which page it speaks of: a story says so in its head.
const MOST_INSIDE: usize = 200;

/// A publisher's name is no longer than this; what is longer is a box that speaks of one.
const LONGEST_NAME: usize = 80;

/// Microdata of one page, read element by element.
pub(super) struct Microdata<'p> {
    own: &'p Own<'p>,
    /// The item that the page is about: the first that calls itself an article and not another page's.
    story: Option<u32>,
    /// The item that was last found to be another page's.
    foreign: Option<u32>,
}

impl<'p> Microdata<'p> {
    /// For a page of which nothing was read yet.
    pub(super) fn new(own: &'p Own<'p>) -> Microdata<'p> {
        Microdata { own, story: None, foreign: None }
    }

    /// Takes an element that has `itemprop`, or `property` and is no `meta`.
    pub(super) fn read(
        &mut self,
        element: Element<'_>,
        properties: &str,
        is_small: bool,
        url: &str,
        habits: Habits<'_>,
        claims: &mut Claims,
    ) {
        for property in properties.split_ascii_whitespace() {
            let property = property.rsplit([':', '/', '#']).next().unwrap_or("");
            let Some((field, rank)) = meaning(property) else { continue };
            if !is_small && !element.has(Attribute::CONTENT) && !element.has(Attribute::DATETIME) {
                continue;
            }
            let (depth, item) = item_of(element);
            if !self.is_of_story(item, depth, property, url) {
                continue;
            }
            // Of a picture it is who took it.
            let is_of_picture = || element.ancestors().take(6).any(|around| around.name() == Name::FIGURE);
            if field == Field::Author && is_of_picture() {
                continue;
            }
            let rank = if item.is_some() { rank } else { rank + 10 };
            let mut add = |value: String| claims.add(field, value, Witness::Microdata, rank);
            match field {
                Field::Published | Field::Modified => {
                    if let Some(stamp) = Stamp::of(&value(element), habits) {
                        add(stamp.to_string());
                    }
                }
                Field::Author => authors::names(&named(element)).into_iter().for_each(add),
                Field::SiteName => {
                    add(Some(clean(&named(element))).filter(|name| name.len() <= LONGEST_NAME).unwrap_or_default())
                }
                Field::Canonical => add(address::absolute(url, &value(element))),
                Field::Language => add(super::language(&value(element))),
                Field::Paywall => add(match value(element).to_ascii_lowercase().rsplit('/').next() {
                    Some("true") => "false".to_owned(),
                    Some("false") => "true".to_owned(),
                    _ => return,
                }),
                _ => add(clean(&value(element))),
            }
        }
    }

    /// Whether a property speaks of the page's story: it stands in the first article's item itself, or in no item at all.
    fn is_of_story(&mut self, item: Option<Element<'_>>, depth: usize, property: &str, url: &str) -> bool {
        let Some(item) = item else { return depth < FARTHEST && property != "name" };
        let kind = item.raw(Attribute::ITEMTYPE).or_else(|| item.raw(Attribute::TYPEOF)).unwrap_or("");
        let kind = kind.trim().rsplit(['/', '#', ':']).next().unwrap_or("");
        if !(kind.ends_with("Article")
            || kind.ends_with("Posting")
            || matches!(kind, "CreativeWork" | "Report" | "Review" | "Recipe"))
        {
            return kind.ends_with("Page") && property != "name";
        }
        if self.story.is_none() && self.foreign != Some(item.at()) && self.is_foreign(item, url) {
            self.foreign = Some(item.at());
        }
        self.foreign != Some(item.at()) && *self.story.get_or_insert(item.at()) == item.at()
    }
}

impl Microdata<'_> {
    /// Whether an item is the story of another page: a teaser's.
    fn is_foreign(&self, item: Element<'_>, url: &str) -> bool {
        let (mut addresses, mut headline) = (Vec::new(), String::new());
        for element in item.descendants().take(MOST_INSIDE) {
            let Some(properties) = element.raw_first(Attribute::ITEMPROP, Attribute::PROPERTY) else { continue };
            for property in properties.1.split_ascii_whitespace() {
                let property = property.rsplit([':', '/', '#']).next().unwrap_or("");
                let is_own = || item_of(element).1.is_some_and(|around| around.at() == item.at());
                match property {
                    "url" | "mainEntityOfPage" if is_own() => {
                        let given = [Attribute::HREF, Attribute::CONTENT, Attribute::ITEMID];
                        let link = given.into_iter().find_map(|name| element.attribute(name));
                        addresses.extend(link.map(|link| address::absolute(url, &link)));
                    }
                    "headline" if headline.is_empty() && is_own() => headline = clean(&value(element)),
                    _ => {}
                }
            }
        }
        self.own.is_foreign(addresses.iter().map(String::as_str), &headline)
    }
}

fn meaning(property: &str) -> Option<(Field, u8)> {
    Some(match property {
        "headline" => (Field::Headline, 15),
        "name" => (Field::Headline, 35),
        "author" => (Field::Author, 10),
        "creator" => (Field::Author, 25),
        "datePublished" => (Field::Published, 12),
        "dateCreated" => (Field::Published, 22),
        "dateModified" => (Field::Modified, 12),
        "articleSection" => (Field::Section, 15),
        "inLanguage" => (Field::Language, 15),
        "description" => (Field::Description, 15),
        "isAccessibleForFree" => (Field::Paywall, 10),
        "publisher" => (Field::SiteName, 15),
        _ => return None,
    })
}

/// The item that a property of this element belongs to, and how far away it is.
fn item_of(element: Element<'_>) -> (usize, Option<Element<'_>>) {
    let mut depth = 0;
    for around in element.ancestors() {
        depth += 1;
        if around.has(Attribute::ITEMSCOPE) || around.has(Attribute::TYPEOF) {
            return (depth, Some(around));
        }
        if depth == FARTHEST {
            break;
        }
    }
    (depth.min(FARTHEST - 1), None)
}

/// The value of a property.
fn value(element: Element<'_>) -> String {
    let given = [Attribute::CONTENT, Attribute::DATETIME].into_iter().find_map(|name| element.attribute(name));
    match given {
        Some(given) if !given.trim().is_empty() => given.into_owned(),
        _ if matches!(element.name(), Name::A | Name::LINK) && element.text().is_empty() => {
            element.attribute(Attribute::HREF).unwrap_or_default().into_owned()
        }
        _ => element.text(),
    }
}

/// The name of a property that is an item of its own: its `name`, or its text.
fn named(element: Element<'_>) -> String {
    let name = element
        .descendants()
        .take(40)
        .find(|inner| inner.raw(Attribute::ITEMPROP).is_some_and(|p| p.split_ascii_whitespace().any(|p| p == "name")));
    name.map_or_else(|| value(element), value)
}
