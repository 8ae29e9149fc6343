//! Values in the forms that scripts give them: a text, an object with a name, a pointer to one, a list of all these.

use copydesk_model::{Field, Witness};
use copydesk_text::Stamp;

use super::things::MOST_THINGS;
use super::{Heard, Page};
use crate::about::authors;
use crate::about::claims::Claims;
use crate::about::clean::clean;
use crate::about::json::{Json, Kind};

/// How many values of one field are looked at.
pub(super) const MOST_VALUES: usize = 64;
/// Longer texts are no more of a witness.
const LONGEST_BODY: usize = 2_000_000;

impl Page<'_> {
    /// A text, or the text in a JSON-LD value object or the first of a list.
    pub(super) fn text(&self, json: &Json<'_>, node: usize) -> String {
        match json.kind(node) {
            Kind::Text => clean(&json.text(node)),
            Kind::Bare => String::new(),
            Kind::Object => json.get(node, "@value").map_or(String::new(), |value| clean(&json.text(value))),
            Kind::List => json.children(node).next().map_or(String::new(), |first| self.text(json, first)),
        }
    }

    /// The name of a thing: a text, its `name`, or the name of what it points to.
    pub(super) fn name(&self, json: &Json<'_>, node: usize) -> String {
        match json.kind(node) {
            Kind::Text => {
                let name = clean(&json.text(node));
                if name.contains("://") { self.pointed(&name).unwrap_or_default() } else { name }
            }
            Kind::Object => {
                let own =
                    ["name", "legalName"].iter().find_map(|key| json.get(node, key)).map(|name| self.text(json, name));
                own.filter(|name| !name.is_empty())
                    .or_else(|| self.pointed(&clean(&json.text(json.get(node, "@id")?))))
                    .unwrap_or_default()
            }
            _ => String::new(),
        }
    }

    /// The name of the thing with this `@id`.
    fn pointed(&self, id: &str) -> Option<String> {
        self.things.iter().find_map(|thing| {
            let json = &self.read[thing.of];
            let known = json.get(thing.node, "@id")?;
            let named = json.get(thing.node, "name").filter(|_| clean(&json.text(known)) == id)?;
            Some(self.text(json, named))
        })
    }

    pub(super) fn people(&self, json: &Json<'_>, node: usize, rank: u8, claims: &mut Claims) {
        for person in json.each(node).take(MOST_VALUES) {
            match json.kind(person) {
                Kind::List => self.people(json, person, rank, claims),
                Kind::Object => {
                    // One object may hold the names of several people.
                    let names: Vec<usize> = json
                        .get(person, "name")
                        .into_iter()
                        .flat_map(|names| json.each(names))
                        .take(MOST_VALUES)
                        .collect();
                    if names.is_empty() {
                        let given =
                            [json.get(person, "givenName"), json.get(person, "familyName")].into_iter().flatten();
                        let full: Vec<String> = given.map(|name| self.text(json, name)).collect();
                        let name = if full.is_empty() { self.name(json, person) } else { full.join(" ") };
                        self.add_people(&name, rank, claims);
                    }
                    for name in names {
                        self.add_people(&self.text(json, name), rank, claims);
                    }
                }
                _ => self.add_people(&self.name(json, person), rank, claims),
            }
        }
    }

    fn add_people(&self, value: &str, rank: u8, claims: &mut Claims) {
        for name in authors::names(value) {
            claims.add(Field::Author, name, Witness::JsonLd, rank);
        }
    }

    pub(super) fn time(&self, json: &Json<'_>, node: usize, field: Field, rank: u8, claims: &mut Claims) {
        let node = json.get(node, "@value").unwrap_or(node);
        for when in json.each(node).take(2) {
            if let Some(stamp) = Stamp::of(&json.text(when), self.habits) {
                claims.add(field, stamp.to_string(), Witness::JsonLd, rank);
            }
        }
    }

    pub(super) fn image(&self, json: &Json<'_>, node: usize, rank: u8, claims: &mut Claims) {
        let (json, node) = match json.get(node, "@id") {
            Some(id) if json.get(node, "caption").is_none() => {
                let id = json.raw(id);
                let found = self.things.iter().find(|thing| {
                    let json = &self.read[thing.of];
                    json.get(thing.node, "@id")
                        .is_some_and(|known| json.raw(known) == id && json.get(thing.node, "@type").is_some())
                });
                found.map_or((json, node), |thing| (&self.read[thing.of], thing.node))
            }
            _ => (json, node),
        };
        for child in json.children(node) {
            match json.key(child) {
                "caption" => claims.add(Field::Caption, self.text(json, child), Witness::JsonLd, rank),
                "description" => claims.add(Field::Caption, self.text(json, child), Witness::JsonLd, rank + 10),
                "creditText" => claims.add(Field::Credit, self.text(json, child), Witness::JsonLd, rank),
                "author" | "creator" | "copyrightHolder" => {
                    for holder in json.each(child).take(4) {
                        claims.add(Field::Credit, self.name(json, holder), Witness::JsonLd, rank + 5);
                    }
                }
                "copyrightNotice" => claims.add(Field::Credit, self.text(json, child), Witness::JsonLd, rank + 10),
                _ => {}
            }
        }
    }

    pub(super) fn body(&self, json: &Json<'_>, node: usize, heard: &mut Heard) {
        let held: usize = heard.bodies.iter().map(String::len).sum();
        for text in json.each(node).take(MOST_THINGS) {
            if json.kind(text) == Kind::Text && held + json.raw(text).len() < LONGEST_BODY {
                heard.bodies.push(without_marks(&json.text(text)));
            }
        }
    }
}

/// A body's text without character references and tags, its length as it is.
fn without_marks(text: &str) -> String {
    if !text.contains(['&', '<']) {
        return text.to_owned();
    }
    let text = crate::scan::entities::decode(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some(open) = memchr::memchr(b'<', rest.as_bytes()) {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let length = memchr::memchr(b'>', rest.as_bytes())
            .filter(|_| rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'));
        let length = length.map_or(1, |end| end + 1);
        rest = &rest[length..];
        out.push(' ');
    }
    out.push_str(rest);
    out
}
