//! A story as other people's papers name it.

use serde_json::{Value, json};

use crate::archive::{Annotation, Clipping, Story, each_once};

fn lead<'s>(story: &'s Story, version: &str) -> Option<&'s Clipping> {
    story.lead_of(version).or_else(|| story.lead())
}

/// Year, month and day of publication, as far as the story's pages say them; empty where it is only known when it was fetched.
fn date(story: &Story) -> Vec<u32> {
    let said = match story.published_by.as_str() {
        _ if !story.is_dated() => "",
        "" => story.published(),
        _ if story.published_from == story.published_to => &story.published_to,
        _ => story.published(),
    };
    said.get(..10).unwrap_or(said).split('-').map_while(|part| part.parse().ok()).collect()
}

/// Who wrote a clipping: the names that were read from its byline, or else the byline as printed.
pub(crate) fn authors(clipping: &Clipping) -> Vec<String> {
    let names = each_once(clipping.annotations("person").map(Annotation::shown));
    if !names.is_empty() || clipping.byline.is_empty() {
        return names.into_iter().map(str::to_owned).collect();
    }
    vec![clipping.byline.clone()]
}

/// In one line, for who copies by hand.
pub(crate) fn line(story: &Story, version: &str) -> String {
    let Some(clipping) = lead(story, version) else { return story.title().to_owned() };
    let date: Vec<String> = date(story).iter().map(|part| format!("{part:02}")).collect();
    let parts = [
        authors(clipping).join(" and "),
        format!("“{}”", story.title()),
        clipping.site.clone(),
        date.join("-"),
        clipping.url.clone(),
    ];
    let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let fetched =
        if clipping.fetched_at.is_empty() { String::new() } else { format!(" (fetched {})", &clipping.fetched_at) };
    said.join(", ") + &fetched
}

/// BibTeX, an `@online` entry.
pub(crate) fn bibtex(story: &Story) -> String {
    let clipping = story.lead();
    let text = |text: fn(&Clipping) -> &String| clipping.map_or("", |clipping| text(clipping).as_str());
    let date: Vec<String> = date(story).iter().map(|part| format!("{part:02}")).collect();
    let authors: Vec<String> =
        clipping.map(authors).unwrap_or_default().iter().map(|name| format!("{{{}}}", bib(name))).collect();
    let fields = [
        ("title", format!("{{{}}}", bib(story.title()))),
        ("author", authors.join(" and ")),
        ("organization", bib(text(|c| &c.site))),
        ("date", date.join("-")),
        ("url", url(text(|c| &c.url))),
        ("urldate", text(|c| &c.fetched_at).get(..10).unwrap_or_default().to_owned()),
        ("note", format!("copydesk story {}", story.id)),
    ];
    let fields: Vec<String> = fields
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("  {name} = {{{value}}},\n"))
        .collect();
    format!("@online{{copydesk{},\n{}}}\n", story.id, fields.concat())
}

/// Text as BibTeX takes it: what its own syntax is made of becomes what prints it.
fn bib(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' | '}' | '%' | '$' | '&' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// An address as BibTeX takes it: as it is, but for what would end the entry.
fn url(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .map(|c| match c {
            '{' => "%7B".to_owned(),
            '}' => "%7D".to_owned(),
            '\\' => "%5C".to_owned(),
            c => c.to_string(),
        })
        .collect()
}

/// CSL-JSON: a list of one item.
pub(crate) fn csl(story: &Story) -> Value {
    let clipping = story.lead();
    let text = |text: fn(&Clipping) -> &String| clipping.map_or("", |clipping| text(clipping).as_str());
    let mut item = json!({"id": format!("copydesk-{}", story.id), "type": "article-newspaper", "title": story.title()});
    let mut set = |name: &str, value: Value| {
        let empty = matches!(&value, Value::String(text) if text.is_empty())
            || matches!(&value, Value::Array(items) if items.is_empty());
        if let (false, Some(item)) = (empty, item.as_object_mut()) {
            item.insert(name.to_owned(), value);
        }
    };
    set("container-title", json!(text(|c| &c.site)));
    set("URL", json!(text(|c| &c.url)));
    // Names are as printed: which is a given and which a family name, nobody said.
    let authors = clipping.map(authors).unwrap_or_default();
    set("author", authors.into_iter().map(|name| json!({"literal": name})).collect());
    let parts = date(story);
    if !parts.is_empty() {
        set("issued", json!({"date-parts": [parts]}));
    }
    let fetched: Vec<u32> =
        text(|c| &c.fetched_at).get(..10).unwrap_or_default().split('-').map_while(|part| part.parse().ok()).collect();
    if !fetched.is_empty() {
        set("accessed", json!({"date-parts": [fetched]}));
    }
    json!([item])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Version;

    fn ferry() -> Story {
        let clipping = Clipping {
            byline: "By Mara & Tor".into(),
            site: "harbour-post.example".into(),
            url: "https://harbour-post.example/a_b?c={d}".into(),
            fetched_at: "2024-05-04T06:10:00Z".into(),
            published: "2024-05-03T18:00:00+02:00".into(),
            version: "v".into(),
            ..Clipping::default()
        };
        let versions = vec![Version { id: "v".into(), ..Version::default() }];
        Story {
            id: "00c0ffee00c0ffee".into(),
            version: "v".into(),
            headline: "50% of {Ferries} Sail\\".into(),
            clippings: vec![clipping],
            versions,
            ..Story::default()
        }
    }

    #[test]
    fn what_is_not_known_is_not_cited() {
        let mut story = ferry();
        let person = |name: &str| Annotation { what: "person".into(), value: name.into(), ..Annotation::default() };
        story.clippings[0].annotations = vec![person("Mara Lind"), person("Tor Aas")];
        assert!(
            bibtex(&story).contains("  author = {{Mara Lind} and {Tor Aas}},\n  organization"),
            "{}",
            bibtex(&story)
        );
        assert_eq!(csl(&story)[0]["author"], json!([{"literal": "Mara Lind"}, {"literal": "Tor Aas"}]));
        // Fetched, and no page says when it was published.
        story.clippings[0].published.clear();
        (story.first_seen, story.published_by) = ("2024-05-04T06:10:00Z".into(), "fetched".into());
        (story.published_from, story.published_to) = (String::new(), "2024-05-04".into());
        assert!(!bibtex(&story).contains("  date = ") && bibtex(&story).contains("  urldate = {2024-05-04}"));
        assert_eq!(csl(&story)[0].get("issued"), None);
        // The day stands in the address, and nothing says more.
        (story.published_from, story.published_by) = ("2024-05-04".into(), "url".into());
        assert!(bibtex(&story).contains("  date = {2024-05-04},"));
    }

    #[test]
    fn bibtex_cannot_be_left() {
        assert_eq!(
            bibtex(&ferry()),
            "@online{copydesk00c0ffee00c0ffee,\n  title = {{50\\% of \\{Ferries\\} Sail\\textbackslash{}}},\n  author = {{By Mara \\& Tor}},\n  \
             organization = {harbour-post.example},\n  date = {2024-05-03},\n  url = {https://harbour-post.example/a_b?c=%7Bd%7D},\n  \
             urldate = {2024-05-04},\n  note = {copydesk story 00c0ffee00c0ffee},\n}\n"
        );
    }

    #[test]
    fn csl_says_what_is_known() {
        let item = &csl(&ferry())[0];
        assert_eq!(item["issued"], json!({"date-parts": [[2024, 5, 3]]}));
        assert_eq!(item["author"], json!([{"literal": "By Mara & Tor"}]));
        let bare = csl(&Story::default());
        assert_eq!(bare[0], json!({"id": "copydesk-", "type": "article-newspaper", "title": "(no headline)"}));
    }
}
