//! What a page says in `<script type="application/ld+json">`, in the words of schema.org.

mod things;
mod values;

use copydesk_model::{Field, Witness};
use copydesk_text::Habits;

use super::address;
use super::claims::Claims;
use super::clean::clean;
use super::json::{Json, Kind};
use super::own::Own;

use things::{Class, MOST_THINGS, Thing, collect, kinds};
use values::MOST_VALUES;

/// What a page says in JSON-LD beside its claims.
#[derive(Default)]
pub(super) struct Heard {
    /// Texts of the story: `articleBody` and the entries of a live blog. Witnesses only; they end with the page.
    pub(super) bodies: Vec<String>,
    /// What the site is called.
    pub(super) sites: Vec<String>,
}

/// Reads all scripts of a page together: one may name the author whom another one only points to.
pub(super) fn read(scripts: &[&str], url: &str, own: &Own<'_>, habits: Habits<'_>, claims: &mut Claims) -> Heard {
    let decoded: Vec<String> = scripts.iter().map(|script| undone(script)).collect();
    let read: Vec<Json<'_>> = scripts
        .iter()
        .zip(&decoded)
        .map(|(script, decoded)| Json::read(if decoded.is_empty() { script } else { decoded }))
        .collect();
    let mut things = Vec::new();
    for (of, json) in read.iter().enumerate() {
        for root in json.roots() {
            collect(json, of, root, 0, &mut things);
        }
    }
    let mut heard = Heard::default();
    let page = Page { read: &read, things: &things, url, own, habits };
    page.claim(claims, &mut heard);
    heard
}

/// A script in which the quotation marks themselves were escaped for HTML; empty for all others.
fn undone(script: &str) -> String {
    let is_escaped = script.contains("&quot;") && !script.contains('"');
    if is_escaped { crate::scan::entities::decode(script).into_owned() } else { String::new() }
}

struct Page<'p> {
    read: &'p [Json<'p>],
    things: &'p [Thing],
    url: &'p str,
    own: &'p Own<'p>,
    habits: Habits<'p>,
}

impl Page<'_> {
    fn claim(&self, claims: &mut Claims, heard: &mut Heard) {
        let Some(story) = self.story() else { return self.site_claims(claims, heard) };
        // The story first; then what else speaks of the same page; then the page itself.
        let mut own: Vec<Thing> = vec![story];
        own.extend(self.things.iter().filter(|thing| thing.node != story.node || thing.of != story.of).filter(
            |thing| match thing.class {
                Class::Story | Class::Work | Class::Media => self.is_here(**thing) && story.class <= thing.class,
                Class::Page => story.class != Class::Page,
                _ => false,
            },
        ));
        for (place, thing) in own.iter().enumerate() {
            let rank = match (place, thing.class) {
                (0, Class::Story | Class::Work) => 0,
                (0, Class::Media) => 2,
                (_, Class::Page) => 6,
                (0, _) => 4,
                _ => 3,
            };
            self.claim_of(*thing, rank, claims, heard);
            if place > 8 {
                break;
            }
        }
        self.site_claims(claims, heard);
    }

    /// The thing that the page is about.
    fn story(&self) -> Option<Thing> {
        let of_class = |class: Class| {
            self.things.iter().copied().filter(move |thing| thing.class == class && !self.is_foreign(*thing))
        };
        [Class::Story, Class::Work, Class::Media, Class::Page].into_iter().find_map(|class| {
            let here = of_class(class).find(|&thing| self.is_here(thing));
            here.or_else(|| of_class(class).find(|thing| !self.is_elsewhere(*thing))).or_else(|| of_class(class).next())
        })
    }

    fn addresses(&self, thing: Thing) -> impl Iterator<Item = &str> {
        let json = &self.read[thing.of];
        ["url", "mainEntityOfPage", "@id"].into_iter().filter_map(move |key| {
            let value = json.get(thing.node, key)?;
            let value = if json.kind(value) == Kind::Object {
                json.get(value, "@id").or_else(|| json.get(value, "url"))?
            } else {
                value
            };
            Some(json.raw(value)).filter(|address| address.contains("/"))
        })
    }

    fn is_here(&self, thing: Thing) -> bool {
        self.addresses(thing).any(|address| address::is_same(&address.replace("\\/", "/"), self.url))
    }

    /// Whether it says that its page is another one.
    fn is_elsewhere(&self, thing: Thing) -> bool {
        !self.is_here(thing) && self.addresses(thing).next().is_some()
    }

    /// Whether it speaks of the story of another page: a teaser's.
    fn is_foreign(&self, thing: Thing) -> bool {
        if !matches!(thing.class, Class::Story | Class::Work | Class::Media) || self.is_here(thing) {
            return false;
        }
        let json = &self.read[thing.of];
        let headline = ["headline", "name"].into_iter().find_map(|key| json.get(thing.node, key));
        let addresses: Vec<String> =
            self.addresses(thing).map(|address| address::absolute(self.url, &address.replace("\\/", "/"))).collect();
        let headline = headline.map_or(String::new(), |headline| self.text(json, headline));
        self.own.is_foreign(addresses.iter().map(String::as_str), &headline)
    }

    fn claim_of(&self, thing: Thing, rank: u8, claims: &mut Claims, heard: &mut Heard) {
        let json = &self.read[thing.of];
        let ld = Witness::JsonLd;
        if rank < 4 {
            for kind in kinds(json, thing.node) {
                claims.add(Field::Kind, clean(kind.rsplit(['/', '#', ':']).next().unwrap_or("")), ld, rank);
            }
        }
        let has_author = claims.of(Field::Author).any(|claim| claim.witness == ld);
        let mut free = None;
        for child in json.children(thing.node) {
            match json.key(child) {
                "headline" => claims.add(Field::Headline, self.text(json, child), ld, rank),
                "alternativeHeadline" | "alternateName" => {
                    claims.add(Field::Headline, self.text(json, child), ld, rank + 60)
                }
                "name" if thing.class != Class::Story => {
                    claims.add(Field::Headline, self.text(json, child), ld, rank + 20)
                }
                "name" => claims.add(Field::Headline, self.text(json, child), ld, rank + 4),
                // Who made a thing is asked where nobody wrote it, and other things of the page where this one does not say.
                "author" if !has_author => self.people(json, child, rank, claims),
                "creator" if !has_author && json.get(thing.node, "author").is_none() => {
                    self.people(json, child, rank + 3, claims);
                }
                "datePublished" => self.time(json, child, Field::Published, rank, claims),
                "dateCreated" | "uploadDate" => self.time(json, child, Field::Published, rank + 20, claims),
                "dateModified" => self.time(json, child, Field::Modified, rank, claims),
                "articleSection" | "genre" => {
                    let rank = rank + if json.key(child) == "genre" { 30 } else { 0 };
                    for section in json.each(child).take(MOST_VALUES) {
                        claims.add(Field::Section, self.text(json, section), ld, rank);
                    }
                }
                "inLanguage" => {
                    for language in json.each(child).take(4) {
                        let named = json
                            .get(language, "alternateName")
                            .or_else(|| json.get(language, "name"))
                            .unwrap_or(language);
                        claims.add(Field::Language, super::language(&self.text(json, named)), ld, rank + 10);
                    }
                }
                "publisher" | "isPartOf" | "sourceOrganization" => {
                    for of in json.each(child).take(4) {
                        let said = self.name(json, of);
                        // Series and dossiers are parts of sites.
                        let is_site =
                            |kind: &str| matches!(kind, "WebSite" | "Newspaper" | "Periodical" | "Organization");
                        if json.key(child) != "isPartOf" || kinds(json, of).any(is_site) {
                            heard.sites.extend((!said.is_empty()).then(|| said.clone()));
                            claims.add(Field::SiteName, said, ld, rank + 10);
                        }
                    }
                }
                "url" if json.kind(child) == Kind::Text => {
                    claims.add(Field::Canonical, address::absolute(self.url, &self.text(json, child)), ld, rank + 10);
                }
                "mainEntityOfPage" => {
                    let at = json.get(child, "@id").unwrap_or(child);
                    claims.add(Field::Canonical, address::absolute(self.url, &self.text(json, at)), ld, rank + 11);
                }
                "description" | "abstract" => claims.add(Field::Description, self.text(json, child), ld, rank),
                "image" | "associatedMedia" | "primaryImageOfPage" | "thumbnail" | "video" => {
                    for image in json.each(child).take(MOST_VALUES) {
                        self.image(json, image, rank, claims);
                    }
                }
                "isAccessibleForFree" => free = Some((json.raw(child), rank)),
                "hasPart" if free.is_none() => {
                    let part =
                        json.each(child).take(MOST_VALUES).find_map(|part| json.get(part, "isAccessibleForFree"));
                    free = part.map(|part| (json.raw(part), rank + 5));
                }
                "articleBody" | "text" if thing.class == Class::Story => self.body(json, child, heard),
                "liveBlogUpdate" | "reviewBody" | "transcript" => {
                    for update in json.each(child).take(MOST_THINGS) {
                        if json.kind(update) == Kind::Text {
                            self.body(json, update, heard);
                        }
                        for key in ["headline", "articleBody", "text"] {
                            if let Some(text) = json.get(update, key) {
                                self.body(json, text, heard);
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        if let Some((free, rank)) = free {
            claims.add(Field::Paywall, paywall(free).to_owned(), ld, rank);
        }
    }

    /// What the page's site and the trail to the page say.
    fn site_claims(&self, claims: &mut Claims, heard: &mut Heard) {
        for thing in self.things {
            let json = &self.read[thing.of];
            match thing.class {
                Class::Site => {
                    let said = json.get(thing.node, "name").map_or(String::new(), |name| self.text(json, name));
                    heard.sites.extend((!said.is_empty()).then(|| said.clone()));
                    claims.add(Field::SiteName, said, Witness::JsonLd, 12);
                }
                Class::Trail => {
                    let Some(items) = json.get(thing.node, "itemListElement") else { continue };
                    let names: Vec<String> = json.each(items).take(8).map(|item| self.step(json, item)).collect();
                    // Home, section, perhaps a part of it, the story.
                    if names.len() > 2 {
                        claims.add(Field::Section, names[1].clone(), Witness::JsonLd, 40);
                    } else if names.len() == 2 && claims.of(Field::Headline).all(|claim| claim.value != names[1]) {
                        claims.add(Field::Section, names[1].clone(), Witness::JsonLd, 50);
                    }
                }
                _ => {}
            }
        }
    }

    /// The name of one step of a trail.
    fn step(&self, json: &Json<'_>, item: usize) -> String {
        let named = json.get(item, "name").or_else(|| json.get(json.get(item, "item")?, "name"));
        named.map_or(String::new(), |name| self.text(json, name))
    }
}

/// Whether there is a paywall where `isAccessibleForFree` says this; empty where it says neither.
fn paywall(free: &str) -> &'static str {
    match free.rsplit('/').next().unwrap_or("").to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" => "false",
        "false" | "0" | "no" => "true",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims_of(scripts: &[&str]) -> (Claims, Heard) {
        let mut claims = Claims::default();
        let url = "https://post.example/ferry";
        let own = Own::new(url, url, ["Ferry sinks".to_owned()]);
        let heard = read(scripts, url, &own, Habits::default(), &mut claims);
        (claims, heard)
    }

    /// Checks the values of a field, the most trusted first.
    #[track_caller]
    fn check(scripts: &[&str], field: Field, expected: &[&str]) {
        let (claims, _) = claims_of(scripts);
        let said = claims.said();
        let found: Vec<&str> = said.iter().filter(|said| said.field == field).map(|said| said.value.as_str()).collect();
        assert_eq!(found, expected, "{scripts:?}");
    }

    #[test]
    fn a_story_says_what_it_is() {
        let script = r#"{"@context":"https://schema.org","@type":"NewsArticle","headline":"Ferry sinks","author":{"@type":"Person","name":"Ada Renn"},
            "datePublished":"2024-05-03T15:47:42+02:00","dateModified":"2024-05-04","articleSection":["Coast","News"],"inLanguage":"en-GB",
            "publisher":{"@type":"NewsMediaOrganization","name":"The Post"},"isAccessibleForFree":"False","description":"It &amp; she sank.",
            "image":[{"@type":"ImageObject","caption":"The pier","creditText":"Bo Lind"}]}"#;
        check(&[script], Field::Kind, &["NewsArticle"]);
        check(&[script], Field::Headline, &["Ferry sinks"]);
        check(&[script], Field::Author, &["Ada Renn"]);
        check(&[script], Field::Published, &["2024-05-03T15:47:42+02:00"]);
        check(&[script], Field::Modified, &["2024-05-04"]);
        check(&[script], Field::Section, &["Coast", "News"]);
        check(&[script], Field::Language, &["en-GB"]);
        check(&[script], Field::SiteName, &["The Post"]);
        check(&[script], Field::Paywall, &["true"]);
        check(&[script], Field::Description, &["It & she sank."]);
        check(&[script], Field::Caption, &["The pier"]);
        check(&[script], Field::Credit, &["Bo Lind"]);
    }

    #[test]
    fn authors_in_every_form() {
        let author = |value: &str| format!(r#"{{"@type":"Article","headline":"x","author":{value}}}"#);
        check(&[&author(r#""By Ada Renn and Bo Lind""#)], Field::Author, &["Ada Renn", "Bo Lind"]);
        check(&[&author(r#"["Ada Renn",{"name":"Bo Lind"}]"#)], Field::Author, &["Ada Renn", "Bo Lind"]);
        check(&[&author(r#"[[{"name":["Ada Renn","Bo Lind"]}]]"#)], Field::Author, &["Ada Renn", "Bo Lind"]);
        check(&[&author(r#"{"givenName":"Ada","familyName":"Renn"}"#)], Field::Author, &["Ada Renn"]);
        check(
            &[&author(r##"{"@id":"#a"}"##), r##"{"@type":"Person","@id":"#a","name":"Ada Renn"}"##],
            Field::Author,
            &["Ada Renn"],
        );
        check(&[&author(r#""https://social.example/ada""#)], Field::Author, &[]);
        check(&[&author("null")], Field::Author, &[]);
    }

    #[test]
    fn the_story_of_a_graph_is_told_from_the_page() {
        let script = r#"{"@graph":[{"@type":"WebSite","name":"The Post"},{"@type":"WebPage","name":"Ferry sinks - The Post","datePublished":"2024-05-03"},
            {"@type":["Article","ReportageNewsArticle"],"headline":"Ferry sinks","datePublished":"2024-05-03T10:00:00Z","isPartOf":{"@id":"x"}},
            {"@type":"BreadcrumbList","itemListElement":[{"name":"Home"},{"item":{"name":"Coast"}},{"name":"Ferry sinks"}]}]}"#;
        check(&[script], Field::Headline, &["Ferry sinks", "Ferry sinks - The Post"]);
        check(&[script], Field::Published, &["2024-05-03T10:00:00Z", "2024-05-03"]);
        check(&[script], Field::Section, &["Coast"]);
        check(&[script], Field::SiteName, &["The Post"]);
    }

    #[test]
    fn of_several_stories_the_one_of_this_page() {
        let script = r#"[{"@type":"NewsArticle","headline":"Other","url":"https://post.example/other"},
            {"@type":"NewsArticle","headline":"Ferry sinks","mainEntityOfPage":{"@id":"https:\/\/www.post.example\/ferry?x"}}]"#;
        check(&[script], Field::Headline, &["Ferry sinks"]);
    }

    #[test]
    fn the_story_of_another_page_says_nothing_of_this_one() {
        let script = r#"{"@type":"NewsArticle","headline":"Museum buys lanterns","datePublished":"2020-01-01","author":"Ada Renn","url":"https://post.example/museum"}"#;
        check(&[script], Field::Published, &[]);
        check(&[script], Field::Author, &[]);
        check(&[script], Field::Canonical, &[]);
        // Where it calls its story as the page does, it is this page at another address.
        check(&[&script.replace("Museum buys lanterns", "The ferry sinks")], Field::Published, &["2020-01-01"]);
    }

    #[test]
    fn bodies_are_heard_and_not_claimed() {
        let script = r#"{"@type":"LiveBlogPosting","headline":"Live","articleBody":"One.\n<p>Two &amp; three.</p>",
            "liveBlogUpdate":[{"@type":"BlogPosting","headline":"Entry","articleBody":"Four."}]}"#;
        let (claims, heard) = claims_of(&[script]);
        assert_eq!(heard.bodies, ["One.\n Two & three. ", "Entry", "Four."]);
        assert!(claims.all.iter().all(|claim| !claim.value.contains("Four")));
        check(&[script], Field::Headline, &["Live"]);
    }

    #[test]
    fn broken_scripts_say_what_they_can() {
        check(
            &["<!--\n{\"@type\":\"Article\",\"headline\":\"The \"quiet\" mayor\",\n\"author\":\"Ada\nRenn\",}\n-->"],
            Field::Headline,
            &["The \"quiet\" mayor"],
        );
        check(
            &["{&quot;@type&quot;:&quot;Article&quot;,&quot;headline&quot;:&quot;Ferry&quot;}"],
            Field::Headline,
            &["Ferry"],
        );
        check(&["{\"headline\":\"Ferry\",\"articleBody\":\"cut"], Field::Headline, &["Ferry"]);
        check(&["", "null", "[]", "{}", "<html>"], Field::Headline, &[]);
    }

    proptest::proptest! {
        /// Whatever the pieces of a script, it is read, and what it says is no longer than itself.
        #[test]
        fn any_script_is_read(pieces in proptest::collection::vec(0..SOUP.len(), 0..60)) {
            let script: String = pieces.iter().map(|&piece| SOUP[piece]).collect();
            let (claims, heard) = claims_of(&[&script]);
            let said: usize = claims.all.iter().map(|claim| claim.value.len()).max().unwrap_or(0);
            proptest::prop_assert!(said <= script.len() + 60, "{script}");
            proptest::prop_assert!(heard.bodies.iter().all(|body| body.len() <= script.len()));
        }
    }

    const SOUP: [&str; 38] = [
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        ":",
        ",",
        "\\",
        "\n",
        " ",
        "/*",
        "*/",
        "//",
        "\"@type\":",
        "\"NewsArticle\"",
        "\"@graph\":",
        "\"headline\":",
        "\"x \"y\" z\"",
        "\"author\":",
        "\"name\":",
        "\"@id\":",
        "\"#a\"",
        "\"datePublished\":",
        "\"2024-05-03\"",
        "\"articleBody\":",
        "\"image\":",
        "\"caption\":",
        "null",
        "true",
        "\u{FEFF}",
        "<![CDATA[",
        "]]>",
        "<!--",
        "&quot;",
        "\\u00e9",
        "\\ud83d",
        "بقلم",
    ];
}
