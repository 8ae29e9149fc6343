//! A reader of JSON as it stands in pages: every value that can be told is read, whatever is broken around it.
//!
//! Strict readers lose one page in fifty to a single quotation mark that was not escaped or a line feed inside a string, and nothing
//! in use reads broken JSON, so this is our own. It makes a flat list of nodes in one pass and copies no text: most of a page's JSON-LD
//! is an `articleBody` that nobody asks for as a string.

use std::borrow::Cow;

use memchr::{memchr_iter, memchr3};

/// How deep and how many: what lies beyond is left out, so that no script costs more than it is worth.
///
/// The deepest JSON-LD of 1,400 pages of 900 sites has 11 levels, the longest 6,500 values.
const DEEPEST: usize = 64;
const MOST: usize = 100_000;
/// A key is looked for this far ahead when a quotation mark may or may not be the end of its string; schema.org's longest has 32 letters.
const KEY_AHEAD: usize = 128;
/// How often a string that nothing closes is cut at its first quotation mark; afterwards every mark ends its string.
const RETRIES: u32 = 2;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Object,
    List,
    Text,
    /// A number, `true`, `false`, `null`, or any other word without quotation marks.
    Bare,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    kind: Kind,
    /// Whether the text has backslashes.
    escaped: bool,
    key: (u32, u32),
    value: (u32, u32),
    /// The next node that is not inside this one.
    end: u32,
}

/// The values of one script, in the order in which they stand; node numbers are their handles.
pub(crate) struct Json<'a> {
    source: &'a str,
    nodes: Vec<Node>,
}

impl<'a> Json<'a> {
    /// Reads every object and list of a text, and forgives what is between and around them.
    pub(crate) fn read(source: &'a str) -> Json<'a> {
        Reader { source: source.as_bytes(), nodes: Vec::new(), open: Vec::new(), key: None, retries: RETRIES }
            .read(source)
    }

    /// The outermost values.
    pub(crate) fn roots(&self) -> Children<'_, 'a> {
        Children { json: self, at: 0, end: self.nodes.len() }
    }

    /// The values inside an object or list; none inside a text.
    pub(crate) fn children(&self, node: usize) -> Children<'_, 'a> {
        Children { json: self, at: node + 1, end: self.nodes[node].end as usize }
    }

    /// The values of a field: itself, or, of a list, what is in it.
    pub(crate) fn each(&self, node: usize) -> Children<'_, 'a> {
        match self.nodes[node].kind {
            Kind::List => self.children(node),
            _ => Children { json: self, at: node, end: node + 1 },
        }
    }

    /// The value that an object has under a key, the first if it has several.
    pub(crate) fn get(&self, node: usize, key: &str) -> Option<usize> {
        self.children(node).find(|&child| self.key(child) == key)
    }

    /// What kind of value it is.
    pub(crate) fn kind(&self, node: usize) -> Kind {
        self.nodes[node].kind
    }

    /// The key under which it stands, as written; empty inside a list.
    pub(crate) fn key(&self, node: usize) -> &'a str {
        let (start, end) = self.nodes[node].key;
        &self.source[start as usize..end as usize]
    }

    /// A text or bare value as it is written; empty for objects and lists.
    pub(crate) fn raw(&self, node: usize) -> &'a str {
        let (start, end) = self.nodes[node].value;
        &self.source[start as usize..end as usize]
    }

    /// A text with its backslashes undone; empty for objects, lists and `null`.
    pub(crate) fn text(&self, node: usize) -> Cow<'a, str> {
        let raw = self.raw(node);
        match self.nodes[node].kind {
            Kind::Bare if raw == "null" || raw == "undefined" => Cow::Borrowed(""),
            _ if self.nodes[node].escaped => Cow::Owned(unescaped(raw)),
            _ => Cow::Borrowed(raw),
        }
    }
}

/// Values that stand beside each other.
pub(crate) struct Children<'j, 'a> {
    json: &'j Json<'a>,
    at: usize,
    end: usize,
}

impl Iterator for Children<'_, '_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let node = self.at;
        if node >= self.end {
            return None;
        }
        self.at = self.json.nodes[node].end as usize;
        Some(node)
    }
}

struct Reader<'a> {
    source: &'a [u8],
    nodes: Vec<Node>,
    /// The containers around the place that is being read.
    open: Vec<usize>,
    key: Option<(u32, u32)>,
    retries: u32,
}

impl Reader<'_> {
    fn read(mut self, source: &str) -> Json<'_> {
        let mut at = 0;
        // Spans are kept in 32 bits; a script beyond that is cut, like any that is truncated.
        if u32::try_from(source.len()).is_ok() {
            while let Some(next) = self.step(at) {
                at = next;
            }
        }
        while let Some(node) = self.open.pop() {
            self.nodes[node].end = self.nodes.len() as u32;
        }
        Json { source, nodes: self.nodes }
    }

    /// Reads what begins at a place and says where it ended.
    fn step(&mut self, at: usize) -> Option<usize> {
        let Some(&container) = self.open.last() else { return self.outside(at) };
        let at = self.blank(at);
        let in_object = self.nodes[container].kind == Kind::Object;
        match *self.source.get(at)? {
            b'{' => self.opened(Kind::Object, at),
            b'[' => self.opened(Kind::List, at),
            b'}' => self.closed(Kind::Object, at),
            b']' => self.closed(Kind::List, at),
            b',' => {
                self.key = None;
                Some(at + 1)
            }
            b':' => Some(at + 1),
            b'/' if matches!(self.source.get(at + 1), Some(b'/')) => {
                Some(memchr::memchr(b'\n', &self.source[at..]).map_or(self.source.len(), |n| at + n))
            }
            b'/' if matches!(self.source.get(at + 1), Some(b'*')) => {
                Some(memchr::memmem::find(&self.source[at..], b"*/").map_or(self.source.len(), |n| at + n + 2))
            }
            quote @ (b'"' | b'\'') => {
                let place = match (in_object, self.key) {
                    (true, None) => Place::Key,
                    (true, Some(_)) => Place::Field,
                    (false, _) => Place::Item,
                };
                let text = self.string(at + 1, quote, place)?;
                self.word(Kind::Text, (at + 1, text.end), text.escaped, text.next, in_object)
            }
            _ => {
                let length = self.source[at..]
                    .iter()
                    .position(|b| b",:{}[]\"/ \t\r\n".contains(b))
                    .unwrap_or(self.source.len() - at);
                self.word(Kind::Bare, (at, at + length.max(1)), false, at + length.max(1), in_object)
            }
        }
    }

    /// Between the outermost values: anything may stand there, a comment, CDATA, an assignment.
    fn outside(&mut self, at: usize) -> Option<usize> {
        let at = at + memchr3(b'{', b'[', b'<', self.source.get(at..)?)?;
        match self.source[at] {
            b'<' if self.source[at..].starts_with(b"<![CDATA[") => Some(at + 9),
            b'<' => Some(at + 1),
            b'{' => self.opened(Kind::Object, at),
            _ => self.opened(Kind::List, at),
        }
    }

    fn opened(&mut self, kind: Kind, at: usize) -> Option<usize> {
        if self.open.len() == DEEPEST {
            return None;
        }
        let node = self.push(kind, (at, at), false)?;
        self.open.push(node);
        Some(at + 1)
    }

    fn closed(&mut self, kind: Kind, at: usize) -> Option<usize> {
        self.key = None;
        // A bracket that closes nothing is passed over; one that closes an outer value closes those inside it, too.
        if let Some(depth) = self.open.iter().rposition(|&node| self.nodes[node].kind == kind) {
            let end = self.nodes.len() as u32;
            for node in self.open.drain(depth..) {
                self.nodes[node].end = end;
            }
        }
        Some(at + 1)
    }

    /// Takes a text or bare word, which is a key where a colon follows.
    fn word(&mut self, kind: Kind, span: (usize, usize), escaped: bool, next: usize, in_object: bool) -> Option<usize> {
        if in_object && self.key.is_none() {
            let colon = self.blank(next);
            if self.source.get(colon) == Some(&b':') {
                self.key = Some((span.0 as u32, span.1 as u32));
                return Some(colon + 1);
            }
            return Some(next);
        }
        self.push(kind, span, escaped)?;
        Some(next)
    }

    fn push(&mut self, kind: Kind, span: (usize, usize), escaped: bool) -> Option<usize> {
        let node = self.nodes.len();
        if node == MOST {
            return None;
        }
        let key = self.key.take().unwrap_or((0, 0));
        self.nodes.push(Node { kind, escaped, key, value: (span.0 as u32, span.1 as u32), end: node as u32 + 1 });
        Some(node)
    }

    /// Past white space and what is as good as that.
    fn blank(&self, mut at: usize) -> usize {
        loop {
            match self.source.get(at) {
                Some(b) if *b <= b' ' => at += 1,
                // No-break space, byte order mark, zero width space, line and paragraph separator.
                Some(0xC2) if self.source[at..].starts_with("\u{A0}".as_bytes()) => at += 2,
                Some(0xE2 | 0xEF)
                    if ["\u{FEFF}", "\u{200B}", "\u{2028}", "\u{2029}"]
                        .iter()
                        .any(|s| self.source[at..].starts_with(s.as_bytes())) =>
                {
                    at += 3;
                }
                _ => return at,
            }
        }
    }

    /// The end of a string that begins at a place; `None` where the script ends before it.
    fn string(&mut self, start: usize, quote: u8, place: Place) -> Option<Ended> {
        let mut escaped = false;
        let mut at = start;
        let mut first = None;
        while let Some(found) = memchr::memchr2(quote, b'\\', self.source.get(at..)?) {
            let mark = at + found;
            if self.source[mark] == b'\\' {
                escaped = true;
                at = mark + 2;
                continue;
            }
            let end = Ended { end: mark, next: mark + 1, escaped };
            if self.retries == 0 || self.closes(mark, place) {
                return Some(end);
            }
            if let Some(line) = self.line_before_key(start, mark) {
                return Some(Ended { end: line, next: line, escaped });
            }
            first.get_or_insert(end);
            at = mark + 1;
        }
        self.retries = self.retries.saturating_sub(u32::from(first.is_some()));
        first
    }

    /// Whether a quotation mark ends its string: what follows must be what may follow a string there.
    fn closes(&self, mark: usize, place: Place) -> bool {
        let after = self.blank(mark + 1);
        match (self.source.get(after), place) {
            (None | Some(b'}' | b']'), _) => true,
            (Some(b':'), _) => place == Place::Key,
            (Some(b','), _) => {
                let next = self.blank(after + 1);
                match (self.source.get(next), place) {
                    (None | Some(b'}' | b']' | b',' | b'/'), _) => true,
                    (Some(_), Place::Key | Place::Field) => self.is_key(next),
                    (Some(b'"' | b'\'' | b'{' | b'[' | b'-' | b'0'..=b'9'), Place::Item) => true,
                    (Some(_), Place::Item) => {
                        ["true", "false", "null"].iter().any(|word| self.source[next..].starts_with(word.as_bytes()))
                    }
                }
            }
            (Some(b'/'), _) => matches!(self.source.get(after + 1), Some(b'/' | b'*')),
            // A comma was forgotten.
            (Some(_), Place::Field) => after > mark + 1 && self.is_key(after),
            (Some(b'"' | b'{'), Place::Item) => after > mark + 1,
            _ => false,
        }
    }

    /// Whether a key and a colon stand at a place.
    fn is_key(&self, at: usize) -> bool {
        let ahead = &self.source[at..self.source.len().min(at + KEY_AHEAD)];
        let name = match ahead.first() {
            Some(&quote @ (b'"' | b'\'')) => match memchr::memchr(quote, &ahead[1..]) {
                Some(length) => length + 2,
                None => return false,
            },
            Some(b) if b.is_ascii_alphabetic() || b"_@$".contains(b) => {
                ahead.iter().position(|b| !b.is_ascii_alphanumeric() && !b"_@$-".contains(b)).unwrap_or(ahead.len())
            }
            _ => return false,
        };
        self.source.get(self.blank(at + name)) == Some(&b':')
    }

    /// Where a string ends that was never closed: before the line on which the next key stands.
    fn line_before_key(&self, start: usize, mark: usize) -> Option<usize> {
        let before = &self.source[start..mark];
        let text = before.trim_ascii_end();
        (before[text.len()..].contains(&b'\n') && self.is_key(mark))
            .then(|| start + text.strip_suffix(b",").unwrap_or(text).trim_ascii_end().len())
    }
}

/// Where a string stands.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// In an object, where a key is due.
    Key,
    /// In an object, behind its key.
    Field,
    /// In a list.
    Item,
}

struct Ended {
    end: usize,
    next: usize,
    escaped: bool,
}

/// Undoes the backslashes of a string; one that means nothing stays what it precedes.
fn unescaped(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut done = 0;
    for slash in memchr_iter(b'\\', raw.as_bytes()) {
        if slash < done {
            continue;
        }
        text.push_str(&raw[done..slash]);
        let Some(c) = raw[slash + 1..].chars().next() else {
            done = raw.len();
            break;
        };
        done = slash + 1 + c.len_utf8();
        match c {
            'n' | 'r' | 't' | 'f' | 'b' => text.push(if c == 'n' { '\n' } else { ' ' }),
            'u' => {
                let (c, length) = utf16(&raw[done..]);
                text.push(c);
                done += length;
            }
            c => text.push(c),
        }
    }
    text.push_str(&raw[done..]);
    text
}

/// The character behind `\u`, two units where the first is half of a pair, and how many bytes it takes.
fn utf16(digits: &str) -> (char, usize) {
    let unit = |text: &str| text.get(..4).and_then(|hex| u16::from_str_radix(hex, 16).ok());
    let Some(first) = unit(digits) else { return (char::REPLACEMENT_CHARACTER, 0) };
    if let Some(c) = char::from_u32(u32::from(first)) {
        return (c, 4);
    }
    let second = digits[4..].strip_prefix("\\u").and_then(unit);
    match second.and_then(|second| char::decode_utf16([first, second]).next()) {
        Some(Ok(c)) => (c, 10),
        _ => (char::REPLACEMENT_CHARACTER, 4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A script's values on one line, as a strict reader would write them.
    fn shown(json: &Json, node: usize) -> String {
        let inner: Vec<String> = json.children(node).map(|child| shown(json, child)).collect();
        let value = match json.kind(node) {
            Kind::Object => format!("{{{}}}", inner.join(",")),
            Kind::List => format!("[{}]", inner.join(",")),
            Kind::Text => format!("{:?}", json.text(node)),
            Kind::Bare => json.raw(node).to_owned(),
        };
        if json.key(node).is_empty() { value } else { format!("{}:{value}", json.key(node)) }
    }

    #[track_caller]
    fn check(source: &str, expected: &str) {
        let json = Json::read(source);
        let found: Vec<String> = json.roots().map(|root| shown(&json, root)).collect();
        assert_eq!(found.join(" "), expected, "{source}");
    }

    #[test]
    fn sound_json_is_read_as_it_is() {
        check(r#"{"a": 1, "b": ["x", {"c": null}], "d": {}, "e": true}"#, r#"{a:1,b:["x",{c:null}],d:{},e:true}"#);
        check(
            r#"{"a":"say \"no\" \\ \/ \u00e9 \ud83d\ude00 \ud83d\nx"}"#,
            "{a:\"say \\\"no\\\" \\\\ / é 😀 \u{FFFD}\\nx\"}",
        );
        check(r#"{"a":"","b":[],"c":"x, y","d":"{\"e\": 1}"}"#, r#"{a:"",b:[],c:"x, y",d:"{\"e\": 1}"}"#);
        check("", "");
        check("[]", "[]");
    }

    #[test]
    fn commas_too_many_and_too_few() {
        check(r#"{"a": 1, "b": [1, 2,], }"#, "{a:1,b:[1,2]}");
        check(r#"{"a": "x",, "b": 2}"#, r#"{a:"x",b:2}"#);
        check("{\"a\": \"x\"\n \"b\": \"y\"}", r#"{a:"x",b:"y"}"#);
        check("[{\"a\": 1} {\"b\": 2}]", "[{a:1},{b:2}]");
    }

    #[test]
    fn line_feeds_and_control_characters_stay_in_strings() {
        check("{\"a\": \"one\ntwo\tthree\u{1}\", \"b\": 2}", "{a:\"one\\ntwo\\tthree\\u{1}\",b:2}");
    }

    #[test]
    fn quotation_marks_that_were_not_escaped() {
        check(r#"{"headline": "The "quiet" mayor", "b": 2}"#, r#"{headline:"The \"quiet\" mayor",b:2}"#);
        check(
            r#"{"headline": "He said "stop", then left", "b": 2}"#,
            r#"{headline:"He said \"stop\", then left",b:2}"#,
        );
        check(r#"{"a": "ends with "it"", "b": 2}"#, r#"{a:"ends with \"it\"",b:2}"#);
        check(r#"{"a": ["one "two" three", "four"]}"#, r#"{a:["one \"two\" three","four"]}"#);
    }

    #[test]
    fn a_string_that_is_never_closed_ends_with_its_line() {
        check("{\"a\": \"open,\n \"b\": \"shut\"}", r#"{a:"open",b:"shut"}"#);
    }

    #[test]
    fn a_cut_script_keeps_what_was_whole() {
        check(r#"{"a": 1, "b": ["x", "cut of"#, r#"{a:1,b:["x"]}"#);
        check(r#"{"a": 1, "b": {"c": "x""#, r#"{a:1,b:{c:"x"}}"#);
        check(r#"{"a": 1, "b"#, "{a:1}");
    }

    #[test]
    fn wrappers_and_several_values() {
        check("<!-- {\"a\":1} -->", "{a:1}");
        check("//<![CDATA[\n{\"a\":1}\n//]]>", "{a:1}");
        check("/*<![CDATA[*/ [1] /*]]>*/ ;", "[1]");
        check("var x = {\"a\":1}; {\"b\":2},{\"c\":3}", "{a:1} {b:2} {c:3}");
        check("\u{FEFF}\u{A0}{\u{A0}\"a\"\u{200B}:\u{FEFF}1}", "{a:1}");
    }

    #[test]
    fn scripts_written_as_if_they_were_programs() {
        check(
            "{a: 'x', 'b': \"it's\", c: 1.5e3 /* why */, // so\n d: undefined}",
            r#"{a:"x",b:"it's",c:1.5e3,d:undefined}"#,
        );
    }

    #[test]
    fn brackets_that_do_not_match() {
        check(r#"{"a": [1, 2}, {"b": 3}"#, "{a:[1,2]} {b:3}");
        check(r#"{"a": 1}}] {"b": 2}"#, "{a:1} {b:2}");
    }

    #[test]
    fn hostile_scripts_end() {
        let deep = "[".repeat(200_000);
        assert!(Json::read(&deep).nodes.len() <= DEEPEST);
        let quotes = "{\"a\": ".to_owned() + &"\" x".repeat(200_000);
        assert!(Json::read(&quotes).nodes.len() <= MOST);
        let many = "[".to_owned() + &"1,".repeat(200_000);
        assert_eq!(Json::read(&many).nodes.len(), MOST);
    }
}
