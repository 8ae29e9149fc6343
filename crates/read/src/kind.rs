use copydesk_model::Outcome;

/// What an input holds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One capture a line.
    Jsonl,
    /// One capture.
    Plain,
    /// Nothing that can be read here, and what to do about it.
    Refused(Outcome, String),
}

/// How many bytes at the beginning decide.
pub(crate) const DECIDES: usize = 64 << 10;

/// How many lines of them are looked at.
const LINES: usize = 16;

/// Tells the kind by the first bytes. `name` is asked only where they leave it open: a JSONL file whose first lines are broken.
pub(crate) fn of(head: &[u8], name: &str) -> Kind {
    let head = head.strip_prefix(BOM).unwrap_or(head);
    if let Some((outcome, message)) = foreign(head) {
        return Kind::Refused(outcome, message);
    }
    let name = name.to_ascii_lowercase();
    let name = [".gz", ".zst", ".bz2"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
    let named_lines = name.ends_with(".jsonl") || name.ends_with(".ndjson");
    match json_lines(head) {
        Lines::Objects => Kind::Jsonl,
        Lines::Mixed if named_lines => Kind::Jsonl,
        _ if (named_lines && head.trim_ascii_start().starts_with(b"[")) || (name.ends_with(".json") && !head.trim_ascii().is_empty()) => {
            Kind::Refused(
                Outcome::NotJson,
                "one JSON document over several lines or an array; write one object a line, for instance with `jq -c '.[]'`".to_owned(),
            )
        }
        _ if memchr::memchr(0, head).is_some() => Kind::Refused(Outcome::NotText, NUL.to_owned()),
        Lines::Other if named_lines && !head.trim_ascii().is_empty() => Kind::Jsonl,
        _ => Kind::Plain,
    }
}

pub(crate) const BOM: &[u8] = "\u{feff}".as_bytes();
pub(crate) const NUL: &str = "holds NUL bytes, so it is no text; convert it to UTF-8 text first";

enum Lines {
    /// The first line is a JSON object, or most of the first ones are.
    Objects,
    /// Some are.
    Mixed,
    Other,
}

fn json_lines(head: &[u8]) -> Lines {
    // The last piece is cut unless the file ends there; it is judged by its beginning alone.
    let mut objects = 0;
    let mut seen = 0;
    for (i, line) in
        head.split(|&b| b == b'\n').map(<[u8]>::trim_ascii).filter(|l| !l.is_empty()).take(LINES).enumerate()
    {
        let object = match serde_json::from_slice::<serde::de::IgnoredAny>(line) {
            Ok(_) => line.starts_with(b"{"),
            Err(e) => e.is_eof() && begins_object(line),
        };
        if object && i == 0 {
            return Lines::Objects;
        }
        seen += 1;
        objects += usize::from(object);
    }
    match objects {
        0 => Lines::Other,
        n if n * 2 > seen => Lines::Objects,
        _ => Lines::Mixed,
    }
}

/// Whether a line that ends too early begins as an object does: `{"key":`.
fn begins_object(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"{") else { return false };
    let Some(rest) = rest.trim_ascii_start().strip_prefix(b"\"") else { return false };
    let Some(quote) = memchr::memchr(b'"', rest) else { return false };
    rest[quote + 1..].trim_ascii_start().starts_with(b":")
}

/// Formats that people hand in and that are not text. The magic numbers are those of the `file` command.
fn foreign(head: &[u8]) -> Option<(Outcome, String)> {
    let utf16 = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    if utf16 {
        let to_do = "UTF-16 text; convert it first: `iconv -f UTF-16 -t UTF-8`";
        return Some((Outcome::Undecodable, to_do.to_owned()));
    }
    let tar = head.get(257..262) == Some(b"ustar");
    let packed: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "a ZIP archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
        (b"\xfd7zXZ\0", "packed with xz"),
        (b"Rar!", "a RAR archive"),
    ];
    let what = packed.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, what)| *what);
    if let Some(what) = what.or(tar.then_some("a tar archive")) {
        return Some((Outcome::NotText, format!("{what}; unpack it and hand in what is inside")));
    }
    let binary: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"\x7fELF", "a program"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"PAR1", "a Parquet file"),
        (b"WARC/", "a WARC file"),
    ];
    if let Some((_, what)) = binary.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some((Outcome::NotText, format!("{what}, which is not read; hand in text or JSONL")));
    }
    let text = head.trim_ascii_start();
    let begins = |tag: &[u8]| text.get(..tag.len()).is_some_and(|b| b.eq_ignore_ascii_case(tag));
    (begins(b"<!doctype html") || begins(b"<html"))
        .then(|| (Outcome::NotText, "HTML, which is not read; hand in the page's text".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(head: &[u8], name: &str, expected: Kind) {
        match (of(head, name), expected) {
            (Kind::Refused(found, _), Kind::Refused(expected, _)) => assert_eq!(found, expected),
            (found, expected) => assert_eq!(found, expected),
        }
    }

    fn refused(outcome: Outcome) -> Kind {
        Kind::Refused(outcome, String::new())
    }

    #[test]
    fn bytes_decide_before_names() {
        check(b"{\"text\": \"a\"}\n", "page.txt", Kind::Jsonl);
        check(b"\xef\xbb\xbf{\"text\": \"a\"}", "page.txt", Kind::Jsonl);
        check(b"\n\n{\"text\": \"a\"}", "-", Kind::Jsonl);
        check(b"{\"text\": \"cut by the window", "-", Kind::Jsonl);
        check(b"Ferry runs again\n", "page.jsonl.txt", Kind::Plain);
        check(b"{braces} are text too", "page.txt", Kind::Plain);
        check(b"[Photo] A ferry", "page.txt", Kind::Plain);
        check(b"", "page.txt", Kind::Plain);
        check(b"", "page.jsonl", Kind::Plain);
    }

    #[test]
    fn broken_first_lines_do_not_make_a_page_of_a_crawl() {
        check(b"oops\n{\"text\": 1}\n{\"text\": 2}\n", "-", Kind::Jsonl);
        check(b"oops\n{\"text\": 1}\noops", "crawl.JSONL.gz", Kind::Jsonl);
        check(b"oops\n{\"text\": 1}\noops", "page.txt", Kind::Plain);
        check(b"oops", "crawl.ndjson", Kind::Jsonl);
    }

    #[test]
    fn other_formats_are_named() {
        check(b"%PDF-1.7\n\x00", "page.txt", refused(Outcome::NotText));
        check(b"PK\x03\x04....", "crawl.jsonl", refused(Outcome::NotText));
        check(b" <!DOCTYPE HTML><title>", "page.txt", refused(Outcome::NotText));
        check(b"WARC/1.1\r\n", "crawl", refused(Outcome::NotText));
        check(b"\xff\xfeF\0e\0", "page.txt", refused(Outcome::Undecodable));
        check(b"abc\0def", "page.txt", refused(Outcome::NotText));
        check(b"abc\0def", "crawl.jsonl", refused(Outcome::NotText));
        check(b"[\n {\"text\": 1}\n]", "crawl.json", refused(Outcome::NotJson));
        check(b"[{\"text\": 1}]", "crawl.jsonl", refused(Outcome::NotJson));
        check(b"{\n \"text\": \"a\"\n}", "page.json", refused(Outcome::NotJson));
    }
}
