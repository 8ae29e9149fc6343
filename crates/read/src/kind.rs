use copydesk_model::Outcome;

use crate::mhtml;

/// What an input holds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One capture a line.
    Jsonl,
    /// One capture: text.
    Plain,
    /// One capture: a web page.
    Html,
    /// One capture in parts, as browsers save a page.
    Mhtml,
    /// Records of a crawl.
    Warc,
    /// Files in a file: a WACZ, or any other.
    Zip,
    /// A table.
    Parquet,
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
    let opens = |magic: &[u8]| head.trim_ascii_start().starts_with(magic);
    if opens(b"WARC/") {
        return Kind::Warc;
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Kind::Zip;
    }
    if head.starts_with(b"PAR1") {
        return Kind::Parquet;
    }
    if is_html(head) {
        return Kind::Html;
    }
    if let Some((outcome, what)) = foreign(head) {
        return Kind::Refused(outcome, format!("{what}, which is not read; hand in text, HTML or what is inside"));
    }
    if head.trim_ascii_start().starts_with(b"<?xml") {
        return Kind::Refused(
            Outcome::NotText,
            "XML that is no HTML, a feed perhaps; hand in the pages that it names".to_owned(),
        );
    }
    if is_index(head) {
        return Kind::Refused(
            Outcome::NotText,
            "an index of a crawl (CDX), without its pages; hand in its WARC files".to_owned(),
        );
    }
    if mhtml::is_mhtml(head) {
        return Kind::Mhtml;
    }
    let name = name.to_ascii_lowercase();
    let name = [".gz", ".zst", ".bz2"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
    if name.ends_with(".warc") && memchr::memmem::find(head, b"WARC/1.").is_some() {
        return Kind::Warc; // its first record is damaged
    }
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
        // A page that begins with text, or with an element of its own.
        _ if [".html", ".htm", ".xhtml"].iter().any(|end| name.ends_with(end)) && memchr::memchr(b'<', head).is_some() => Kind::Html,
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

/// Whether bytes begin as the index does that stands beside a crawl's WARC files: ` CDX N b a ...`, or lines of a URL turned round, a
/// time of fourteen digits, and more.
fn is_index(head: &[u8]) -> bool {
    let mut words = head.split(|b| b.is_ascii_whitespace()).take(3);
    let (Some(key), Some(time), Some(_)) = (words.next(), words.next(), words.next()) else { return false };
    let is_time = time.len() == 14 && time.iter().all(u8::is_ascii_digit);
    head.starts_with(b" CDX ") || (is_time && memchr::memmem::find(key, b")/").is_some())
}

/// Whether bytes begin as HTML does: the tags of <https://mimesniff.spec.whatwg.org/>, in any of the encodings that a mark tells,
/// behind an XML declaration and comments.
pub(crate) fn is_html(head: &[u8]) -> bool {
    let narrow: Vec<u8>;
    let mut text = match head {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            narrow = head[2..head.len().min(DECIDES)].iter().copied().filter(|&b| b != 0).collect();
            &narrow[..]
        }
        _ => head.strip_prefix(BOM).unwrap_or(head),
    };
    text = text.trim_ascii_start();
    let begins = |text: &[u8], tag: &[u8]| text.get(..tag.len()).is_some_and(|b| b.eq_ignore_ascii_case(tag));
    let xml = begins(text, b"<?xml");
    loop {
        let end: &[u8] = match text {
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'?', ..] => b"?>",
            _ => break,
        };
        match memchr::memmem::find(text, end) {
            Some(at) => text = text[at + end.len()..].trim_ascii_start(),
            // A comment that is longer than what is looked at: of all that is read here only HTML begins so.
            None => return !xml,
        }
    }
    let tags: &[&[u8]] = match xml {
        true => &[b"<!doctype html", b"<html"],
        false => &[
            b"<!doctype html",
            b"<html",
            b"<head",
            b"<script",
            b"<iframe",
            b"<h1",
            b"<h2",
            b"<div",
            b"<font",
            b"<table",
            b"<a",
            b"<style",
            b"<title",
            b"<b",
            b"<body",
            b"<br",
            b"<p",
            b"<meta",
            b"<link",
            b"<article",
            b"<section",
            b"<main",
            b"<header",
            b"<ul",
            b"<span",
        ],
    };
    tags.iter().any(|tag| {
        begins(text, tag) && text.get(tag.len()).is_none_or(|&b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
    })
}

/// Formats that people hand in and that hold no text, in words. The magic numbers are those of the `file` command.
pub(crate) fn foreign(head: &[u8]) -> Option<(Outcome, &'static str)> {
    if (head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff])) && !is_html(head) {
        return Some((Outcome::Undecodable, "UTF-16 text (`iconv -f UTF-16 -t UTF-8` converts it)"));
    }
    let magic: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "a ZIP archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
        (b"\xfd7zXZ\0", "packed with xz"),
        (b"Rar!", "a RAR archive"),
        (b"%PDF-", "a PDF"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"wOF2", "a font"),
        (b"\x1f\x8b\x08", "packed with gzip"),
        (b"\x7fELF", "a program"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"PAR1", "a Parquet file"),
        (b"filedesc://", "an ARC file (`warcio recompress` makes a WARC of it)"),
    ];
    let what = magic.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, what)| *what);
    let what = what.or((head.get(257..262) == Some(b"ustar")).then_some("a tar archive"));
    let riff = head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP");
    let what =
        what.or(riff.then_some("a WebP picture")).or((head.get(4..8) == Some(b"ftyp")).then_some("a video or picture"));
    what.map(|what| (Outcome::NotText, what))
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
    fn containers_are_told_whatever_their_name() {
        check(b"WARC/1.1\r\n", "crawl", Kind::Warc);
        check(b"\r\nWARC/1.0\r\n", "page.txt", Kind::Warc);
        check(b"\0ARC/1.0\r\n\r\n\r\nWARC/1.0\r\n", "crawl.warc.gz", Kind::Warc);
        check(b"PK\x03\x04....", "crawl.jsonl", Kind::Zip);
        check(b"PAR1", "crawl", Kind::Parquet);
        check(
            b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n",
            "page",
            Kind::Mhtml,
        );
        check(b"From: the harbour\nContent: none\n\n", "page", Kind::Plain);
    }

    #[test]
    fn html_is_told_whatever_its_name() {
        for page in [
            &b" <!DOCTYPE HTML><title>"[..],
            b"<HTML lang=en>",
            b"\xef\xbb\xbf\n<html>",
            b"<!-- made by hand -->\n<p>Ferry",
            b"<?xml version=\"1.0\"?><!-- x --><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0\">",
            b"<div class=page>",
            b"\xff\xfe<\0h\0t\0m\0l\0>\0",
            b"\xfe\xff\0<\0p\0>",
        ] {
            check(page, "page.txt", Kind::Html);
        }
        check(b"Ferry <b>runs</b>", "page.html", Kind::Html);
        check(b"Ferry <b>runs</b>", "page.HTM.gz", Kind::Html);
        check(b"Ferry <b>runs</b>", "page.txt", Kind::Plain);
        check(b"Ferry runs", "page.html", Kind::Plain);
        check(b"<person> said nothing", "page.txt", Kind::Plain);
        check(b"<?xml version=\"1.0\"?><rss>", "feed", refused(Outcome::NotText));
        check(b"%PDF-1.7", "page.html", refused(Outcome::NotText));
    }

    #[test]
    fn other_formats_are_named() {
        check(b"%PDF-1.7\n\x00", "page.txt", refused(Outcome::NotText));
        check(b"\xfd7zXZ\0....", "crawl.jsonl", refused(Outcome::NotText));
        check(b" CDX N b a m s k r M S V g\n", "crawl.cdx", refused(Outcome::NotText));
        check(b"example,harbour-post)/1 20240503181908 {\"url\": \"u\"}", "index.cdxj", refused(Outcome::NotText));
        check(b"filedesc://IA-001.arc 0.0.0.0 20010101", "crawl.arc", refused(Outcome::NotText));
        check(b"\xff\xfeF\0e\0", "page.txt", refused(Outcome::Undecodable));
        check(b"abc\0def", "page.txt", refused(Outcome::NotText));
        check(b"abc\0def", "crawl.jsonl", refused(Outcome::NotText));
        check(b"[\n {\"text\": 1}\n]", "crawl.json", refused(Outcome::NotJson));
        check(b"[{\"text\": 1}]", "crawl.jsonl", refused(Outcome::NotJson));
        check(b"{\n \"text\": \"a\"\n}", "page.json", refused(Outcome::NotJson));
    }
}
