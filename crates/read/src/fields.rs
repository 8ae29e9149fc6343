use std::{borrow::Cow, ops::Range};

/// `Name: value` lines as WARC, HTTP and mail have them, as far as they can be made out.
///
/// One lenient reader for all three: line ends with or without a carriage return, lines that go on in the next, spaces before the
/// colon, bytes of any encoding. A line that is none of this is left out.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    bytes: Vec<u8>,
    fields: Vec<(Range<usize>, Range<usize>)>,
}

impl Fields {
    /// Reads the lines up to the end of `lines`, in place of what was read before.
    pub(crate) fn read(&mut self, lines: &[u8]) {
        self.bytes.clear();
        self.bytes.extend_from_slice(lines);
        self.fields.clear();
        let mut at = 0;
        while at < self.bytes.len() {
            let end = memchr::memchr(b'\n', &self.bytes[at..]).map_or(self.bytes.len(), |i| at + i);
            let line = at..end;
            at = end + 1;
            let continues = matches!(self.bytes[line.start..line.end].first(), Some(b' ' | b'\t'));
            match self.fields.last_mut() {
                // Joined by making its line end a space, as RFC 9112 has it.
                Some((_, value)) if continues => {
                    let gap = value.end - usize::from(self.bytes[value.clone()].ends_with(b"\r"))..line.start;
                    value.end = line.end;
                    self.bytes[gap].fill(b' ');
                }
                _ => {
                    if let Some(colon) = memchr::memchr(b':', &self.bytes[line.clone()]) {
                        self.fields.push((line.start..line.start + colon, line.start + colon + 1..line.end));
                    }
                }
            }
        }
    }

    /// The value of the first field of this name, trimmed; empty where there is none.
    pub(crate) fn get(&self, name: &str) -> Cow<'_, str> {
        String::from_utf8_lossy(self.bytes(name))
    }

    /// The same as bytes.
    pub(crate) fn bytes(&self, name: &str) -> &[u8] {
        let named = |(found, _): &&(Range<usize>, Range<usize>)| {
            self.bytes[found.clone()].trim_ascii().eq_ignore_ascii_case(name.as_bytes())
        };
        self.fields.iter().find(named).map_or(&[], |(_, value)| self.bytes[value.clone()].trim_ascii())
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        !self.bytes(name).is_empty()
    }
}

/// Where the lines of a header end and where what follows it begins; `None` when no empty line ends it.
pub(crate) fn end_of_header(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let line = from + memchr::memchr(b'\n', &bytes[from..])?;
        match bytes[line + 1..] {
            [b'\n', ..] => return Some((line + 1, line + 2)),
            [b'\r', b'\n', ..] => return Some((line + 1, line + 3)),
            _ => from = line + 1,
        }
    }
}

/// A media type as `type/subtype; charset=...` says it: the type in lower case, and the value of a parameter.
pub(crate) fn media_type(value: &str) -> String {
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The value of `name=value` after a media type, without its quotes; empty where there is none.
pub(crate) fn parameter<'v>(value: &'v str, name: &str) -> &'v str {
    // Quoted values may hold semicolons; of the parameters that are asked for only a boundary does, and none was seen.
    let found = value.split(';').skip(1).find_map(|part| {
        let (found, value) = part.split_once('=')?;
        found.trim().eq_ignore_ascii_case(name).then_some(value)
    });
    found.unwrap_or_default().trim().trim_matches(['"', '\'']).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(lines: &[u8]) -> Fields {
        let mut fields = Fields::default();
        fields.read(lines);
        fields
    }

    #[track_caller]
    fn check(lines: &[u8], name: &str, expected: &str) {
        assert_eq!(fields(lines).get(name), expected);
    }

    #[test]
    fn fields_are_found_in_any_shape() {
        check(b"A: one\r\nB: two\r\n", "b", "two");
        check(b"A: one\nB:two", "B", "two");
        check(b"A : one \n", "a", "one");
        check(b"A: one\nA: two\n", "A", "one");
        check(b"no field\nA: one\n", "A", "one");
        check(b"A: one\r\n two\r\n\tthree\r\nB: four\r\n", "A", "one   two  \tthree");
        check(b" lost\r\nA: one\r\n", "A", "one");
        check(b"A: caf\xe9\r\n", "A", "caf\u{fffd}");
        check(b"A:\r\n", "A", "");
        check(b"", "A", "");
    }

    #[test]
    fn a_header_ends_at_the_first_empty_line() {
        assert_eq!(end_of_header(b"a\r\nb\r\n\r\nbody"), Some((6, 8)));
        assert_eq!(end_of_header(b"a\nb\n\nbody\n\n"), Some((4, 5)));
        assert_eq!(end_of_header(b"a\r\n\nbody"), Some((3, 4)));
        assert_eq!(end_of_header(b"a\r\nb\r\n"), None);
        assert_eq!(end_of_header(b""), None);
    }

    #[test]
    fn media_types_and_their_parameters() {
        assert_eq!(media_type(" Text/HTML ; charset=x"), "text/html");
        assert_eq!(parameter("text/html; Charset = \"koi8-r\" ; a=b", "charset"), "koi8-r");
        assert_eq!(parameter("text/html;charset='utf-8'", "charset"), "utf-8");
        assert_eq!(parameter("text/html", "charset"), "");
        assert_eq!(parameter("text/html; charset", "charset"), "");
    }
}
