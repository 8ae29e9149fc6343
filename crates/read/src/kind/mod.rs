mod foreign;
mod html;
mod json_lines;

use copydesk_model::Outcome;

use crate::mhtml;

pub(crate) use foreign::foreign;
pub(crate) use html::is_html;

use foreign::is_index;
use json_lines::{Lines, is_object, json_lines};

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

/// The kind of what comes in records, where the first few bytes tell it whatever follows them: records that trickle in are not
/// kept waiting for those behind them.
pub(crate) fn at_once(head: &[u8]) -> Option<Kind> {
    let head = head.strip_prefix(BOM).unwrap_or(head).trim_ascii_start();
    if head.starts_with(b"WARC/") {
        return Some(Kind::Warc);
    }
    let line = &head[..memchr::memchr(b'\n', head)?];
    is_object(line.trim_ascii_end()).then_some(Kind::Jsonl)
}

/// Tells the kind by the first bytes. `name` is asked only where they leave it open: a JSONL file whose first lines are broken.
pub(crate) fn of(head: &[u8], name: &str) -> Kind {
    if let Some(kind) = at_once(head) {
        return kind;
    }
    let head = head.strip_prefix(BOM).unwrap_or(head);
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
    if is_feed(head) {
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
        _ if (named_lines && head.trim_ascii_start().starts_with(b"["))
            || (name.ends_with(".json") && !head.trim_ascii().is_empty()) =>
        {
            let (what, how) = match head.trim_ascii_start().starts_with(b"[") {
                true => ("an array", "jq -c '.[]'"),
                false => ("a JSON document over several lines", "jq -c ."),
            };
            Kind::Refused(Outcome::NotJson, format!("{what}; write one object a line, for instance with `{how}`"))
        }
        _ if memchr::memchr(0, head).is_some() => Kind::Refused(Outcome::NotText, NUL.to_owned()),
        Lines::Other if named_lines && !head.trim_ascii().is_empty() => Kind::Jsonl,
        // A page that begins with text, or with an element of its own.
        _ if [".html", ".htm", ".xhtml"].iter().any(|end| name.ends_with(end))
            && memchr::memchr(b'<', head).is_some() =>
        {
            Kind::Html
        }
        _ => Kind::Plain,
    }
}

/// Whether bytes begin as XML does that is no HTML: with its declaration, or as the feeds and lists of pages do that leave it out.
fn is_feed(head: &[u8]) -> bool {
    let head = head.trim_ascii_start();
    let roots: [&[u8]; 7] = [b"<?xml", b"<rss", b"<feed", b"<rdf:RDF", b"<urlset", b"<sitemapindex", b"<opml"];
    roots.iter().any(|root| {
        head.strip_prefix(*root).is_some_and(|rest| rest.first().is_none_or(|&b| b.is_ascii_whitespace() || b == b'>'))
    })
}

pub(crate) const BOM: &[u8] = "\u{feff}".as_bytes();
pub(crate) const NUL: &str = "holds NUL bytes, so it is no text; convert it to UTF-8 text first";

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
    fn records_are_told_by_the_first_of_them() {
        assert_eq!(at_once(b"\xef\xbb\xbf\r\n{\"text\": \"a\"}\r\n"), Some(Kind::Jsonl));
        assert_eq!(at_once(b"\nWARC/"), Some(Kind::Warc));
        for open in [
            &b""[..],
            b"WARC",
            b"{\"text\": \"a\"}",
            b"{\"text\": \"a\"\n}",
            b"[1]\n",
            b"oops\n{\"text\": \"a\"}\n",
            b"<p>\n",
        ] {
            assert_eq!(at_once(open), None, "{}", String::from_utf8_lossy(open));
        }
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
        check(b"\n<rss version=\"2.0\"><channel>", "feed", refused(Outcome::NotText));
        check(b"<feed xmlns=\"http://www.w3.org/2005/Atom\">", "-", refused(Outcome::NotText));
        check(b"<?xml version=\"1.0\"?><?xml-stylesheet href=\"a\"?><urlset>", "page.html", refused(Outcome::NotText));
        check(b"<sitemapindex>", "pages.xml", refused(Outcome::NotText));
        check(b"<feedback> is what it says", "page.txt", Kind::Plain);
        check(b"%PDF-1.7", "page.html", refused(Outcome::NotText));
    }

    #[test]
    fn json_over_several_lines_says_how_to_join_them() {
        let message = |head: &[u8]| match of(head, "page.json") {
            Kind::Refused(_, message) => message,
            kind => panic!("{kind:?}"),
        };
        assert!(message(b"[\n {\"text\": 1}\n]").ends_with("`jq -c '.[]'`"));
        assert!(message(b"{\n \"text\": \"a\"\n}").ends_with("`jq -c .`"));
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
