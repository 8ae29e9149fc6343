//! Text that stands only in a script's data, as on pages that a script builds from it.
//!
//! Asked only where a page shows next to nothing. The data is not understood: what counts is a string in it that is a text, in HTML or
//! plain. Of the scripts that have some, the one with the most is taken, as the same text often stands in two.

use crate::limits::Limits;
use crate::scan::{Attribute, Element, Name, Stream, entities};

/// A text in the data of a script.
#[derive(Debug)]
pub(crate) struct State {
    /// The script's node.
    pub node: u32,
    /// Its texts as HTML, each in an element of its own.
    pub source: String,
}

/// Bytes of text that a script must have to be taken for the page.
const LEAST: usize = 600;
/// The same where the data says that it is the text of something with a title, by the names of its keys: a brief.
const LEAST_NAMED: usize = 120;
/// What the text of a story is called in data, and what its title is.
const TEXTS: [&str; 12] = [
    "body",
    "bodytext",
    "bodyhtml",
    "articlebody",
    "content",
    "contenthtml",
    "text",
    "html",
    "paragraph",
    "paragraphs",
    "maintext",
    "fulltext",
];
const TITLES: [&str; 4] = ["headline", "title", "hed", "name"];
/// Shorter strings are found in any title.
const SHORTEST_TITLE: usize = 12;

/// The texts in the data of the script that has the most of them.
pub(crate) fn read(stream: &Stream<'_>, limits: &Limits) -> Option<State> {
    // what JSON-LD calls the body is a witness, and no text of the page
    let is_data = |script: &Element<'_>| !script.raw(Attribute::TYPE).is_some_and(|kind| kind.contains("ld+json"));
    let scripts = stream.elements().filter(|element| element.name() == Name::SCRIPT).filter(is_data);
    let title = stream.elements().find(|element| element.name() == Name::TITLE);
    let title = title.map_or(String::new(), |title| entities::decode(title.contents()).into_owned());
    let found = scripts.filter_map(|script| Some((script.at(), texts(script, &title, limits)?)));
    let (node, (headline, texts)) = found.max_by_key(|(node, (_, texts))| (length(texts), std::cmp::Reverse(*node)))?;
    let lines = texts.iter().flat_map(|text| match is_marked(text) {
        true => vec![text.as_str()],
        // in a text without tags the ends of lines are those of paragraphs
        false => text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect(),
    });
    let heading = if headline.is_empty() { String::new() } else { format!("<h1>{headline}</h1>") };
    let source = heading + &lines.map(|line| format!("<div>{line}</div>")).collect::<String>();
    Some(State { node, source })
}

fn length(texts: &[String]) -> usize {
    texts.iter().map(String::len).sum()
}

/// The texts in a script's data, and what the data calls them where the page's title says the same.
fn texts(script: Element<'_>, title: &str, limits: &Limits) -> Option<(String, Vec<String>)> {
    let contents = script.contents();
    if contents.len() < LEAST_NAMED {
        return None;
    }
    let (mut marked, mut plain, mut named): (Vec<String>, Vec<String>, Vec<String>) = Default::default();
    let (mut headline, mut has_title) = (String::new(), false);
    each_string(contents, |key, string| {
        let key = key.replace(['_', '-'], "").to_ascii_lowercase();
        let is_named = TEXTS.contains(&key.as_str());
        if TITLES.contains(&key.as_str()) {
            has_title = true;
            if headline.is_empty() && string.len() >= SHORTEST_TITLE && title.contains(&*unescape(string)) {
                headline = unescape(string);
            }
        }
        if string.len() < limits.prose && !(is_named && string.contains(' ')) {
            return;
        }
        let text = unescape(string);
        let is_prose = is_prose(&text, limits);
        // a subheading among the texts of the same kind
        if is_named && (is_prose || !named.is_empty()) && !text.contains("://") && named.last() != Some(&text) {
            named.push(text.clone());
        }
        let into = if is_marked(&text) { &mut marked } else { &mut plain };
        if is_prose && into.last() != Some(&text) {
            into.push(text);
        }
    });
    named.truncate(named.iter().rposition(|text| is_prose(text, limits)).map_or(0, |last| last + 1));
    // texts with paragraphs of their own are whole stories; beside them, single lines are what the page says of others
    let is_most = length(&named) * 5 >= length(&plain) * 4 && length(&marked) < LEAST;
    let found = if is_most && has_title && length(&named) >= LEAST_NAMED {
        Some(named)
    } else {
        [marked, plain].into_iter().find(|texts| length(texts) >= LEAST)
    };
    Some((headline, found?))
}

/// Whether a text has paragraphs in tags.
fn is_marked(text: &str) -> bool {
    ["<p>", "<p ", "<br", "</p>"].iter().any(|tag| text.contains(tag))
}

/// Every string in double quotes that stands where JSON has a value, with the nearest key before it.
fn each_string<'s>(data: &'s str, mut f: impl FnMut(&'s str, &'s str)) {
    let bytes = data.as_bytes();
    let (mut at, mut key) = (0, "");
    while let Some(found) = memchr::memchr(b'"', &bytes[at..]) {
        let start = at + found + 1;
        let mut end = start;
        loop {
            match memchr::memchr2(b'"', b'\\', &bytes[end..]) {
                Some(found) if bytes[end + found] == b'\\' => end = (end + found + 2).min(bytes.len()),
                Some(found) => {
                    end += found;
                    break;
                }
                None => return,
            }
        }
        let before = bytes[..start - 1].trim_ascii_end().last();
        let after = bytes[end + 1..].trim_ascii_start().first();
        if matches!(before, Some(b':' | b',' | b'[')) && matches!(after, Some(b',' | b'}' | b']')) {
            f(key, &data[start..end]);
        } else if after == Some(&b':') {
            key = &data[start..end];
        }
        at = end + 1;
    }
}

/// What a string of JSON or of a script stands for.
fn unescape(string: &str) -> String {
    let mut out = String::with_capacity(string.len());
    let mut rest = string;
    let mut high = None;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let escape = &rest[at + 1..];
        let Some(kind) = escape.chars().next() else { return out };
        let mut length = kind.len_utf8();
        match kind {
            'n' => out.push('\n'),
            'r' | 't' | 'b' | 'f' => out.push(' '),
            'u' | 'x' => {
                let digits = if kind == 'u' { 4 } else { 2 };
                if let Some(unit) = escape.get(1..1 + digits).and_then(|hex| u16::from_str_radix(hex, 16).ok()) {
                    length += digits;
                    // two units for what is beyond the first 65,536
                    match (high.take(), unit) {
                        (_, 0xD800..=0xDBFF) => high = Some(unit),
                        (Some(high), 0xDC00..=0xDFFF) => out.extend(char::decode_utf16([high, unit]).flatten()),
                        _ => out.extend(char::from_u32(u32::from(unit))),
                    }
                }
            }
            other => out.push(other),
        }
        rest = &escape[length..];
    }
    out.push_str(rest);
    out
}

/// Whether a text reads as text: words with spaces between them, or a script that has none.
fn is_prose(text: &str, limits: &Limits) -> bool {
    let (mut letters, mut spaces, mut beyond, mut in_tag) = (0, 0, 0, false);
    for c in entities::decode(text).chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if in_tag => {}
            c if c.is_whitespace() => spaces += 1,
            c => {
                letters += c.len_utf8();
                beyond += usize::from(!c.is_ascii()) * c.len_utf8();
            }
        }
    }
    letters + spaces >= limits.prose && (spaces * 12 >= letters || beyond * 2 > letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str =
        "The ferry to the islands sails again from Monday, the port said on its website, after three weeks of repairs.";

    fn check(page: &str, expected: &[&str]) {
        let limits = Limits::default();
        let stream = Stream::read(page, limits.nodes, limits.nested).unwrap();
        let texts = read(&stream, &limits).map(|state| state.source).unwrap_or_default();
        assert_eq!(texts, expected.iter().map(|text| format!("<div>{text}</div>")).collect::<String>());
    }

    #[test]
    fn a_story_in_html_is_found_in_any_data() {
        let body = format!("<p class=\\\"lead\\\">{STORY}\\u003c/p>").repeat(6);
        let expected = format!("<p class=\"lead\">{STORY}</p>").repeat(6);
        check(
            &format!("<script id=__NEXT_DATA__>{{\"a\":[{{\"body\" : \"{body}\"}}],\"teaser\":\"{STORY}\"}}</script>"),
            &[&expected],
        );
        check(
            &format!("<script>self.push([1,\"{body}\"])</script><script>x={{\"b\":\"{STORY}\"}}</script>"),
            &[&expected],
        );
    }

    #[test]
    fn a_story_in_lines_is_found_where_there_is_no_other() {
        let lines: Vec<String> = (0..6).map(|k| format!("{STORY} ({k})")).collect();
        let data: String = lines.iter().map(|line| format!("{{\"type\":\"text\",\"content\":\"{line}\"}},")).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        check(&format!("<script>window.content={{\"elements\":[{data}{{}}]}}</script>"), &lines);
    }

    #[test]
    fn lines_of_a_plain_text_are_paragraphs() {
        let body = [STORY; 6].join("\\n\\n");
        check(&format!("<script id=__NEXT_DATA__>{{\"articleBody\":\"{body}\"}}</script>"), &[STORY; 6]);
    }

    #[test]
    fn a_brief_is_found_by_the_names_of_its_keys() {
        let brief = |key: &str, title: &str| {
            format!("<script>{{\"{title}\":\"Ferry\",\"{key}\":\"{STORY} {STORY}\"}}</script>")
        };
        let expected = format!("{STORY} {STORY}");
        check(&brief("articleBody", "headline"), &[&expected]);
        check(&brief("body_html", "title"), &[&expected]);
        check(&brief("description", "title"), &[]);
        check(&brief("content", "label"), &[]);
        check(&format!("<script>{{\"title\":\"Ferry\",\"text\":[\"{STORY}\",\"It sails.\"]}}</script>"), &[]);
        let headed = [STORY, "What comes next", STORY];
        let data = headed.map(|text| format!("{{\"text\":\"{text}\"}}")).join(",");
        check(
            &format!("<script>{{\"title\":\"Ferry\",\"body\":[{data},{{\"text\":\"Sign up now\"}}]}}</script>"),
            &headed,
        );
    }

    #[test]
    fn what_data_and_page_call_the_story_is_its_title() {
        let page = format!(
            "<title>The ferry sails again | Post</title><script>{{\"headline\":\"The ferry sails again\",\"body\":\"{STORY} {STORY}\"}}</script>"
        );
        let limits = Limits::default();
        let stream = Stream::read(&page, limits.nodes, limits.nested).unwrap();
        let source = read(&stream, &limits).unwrap().source;
        assert_eq!(source, format!("<h1>The ferry sails again</h1><div>{STORY} {STORY}</div>"));
    }

    #[test]
    fn code_addresses_and_little_are_no_story() {
        check(&format!("<script>var a = \"{STORY}\"; b(\"{}\", 'x\")</script>", "a/b/".repeat(300)), &[]);
        check(&format!("<script>{{\"a\":\"{}\"}}</script>", "https://harbour.example/".repeat(50)), &[]);
        check("<script>{\"a\":\"", &[]);
    }

    #[test]
    fn escapes_stand_for_characters() {
        assert_eq!(unescape(r#"\u003cp\u003e\ud83d\udea2 \"a\"\/b\n\x41\u12"#), "<p>🚢 \"a\"/b\nA12");
        assert_eq!(unescape("a\\"), "a");
    }
}
