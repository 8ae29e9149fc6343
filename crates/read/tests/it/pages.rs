//! Web pages as files and in columns.

use copydesk_model::{Capture, Html, Outcome};
use copydesk_read::{Options, open, open_stream};

use crate::{folder, gzip};

fn html(capture: &Capture) -> (String, &str) {
    let Html { bytes, charset, .. } = &**capture.html.as_ref().expect("HTML");
    (String::from_utf8_lossy(bytes).into_owned(), charset)
}

#[test]
fn a_page_is_a_capture_whatever_its_file_is_called() {
    let page = b"<!doctype html><title>Ferry</title><p>It runs again.";
    let folder = folder(&[
        ("a/page.html", page),
        ("b.txt", page),
        ("c.htm.gz", &gzip(page)),
        ("d.xhtml", b"<?xml version=\"1.0\"?>\n<!DOCTYPE html><html/>"),
        ("e.html", b"%PDF-1.7 and so on"),
        ("f.html", b"The ferry <b>runs</b> again."),
        ("g.html", b" "),
    ]);
    let records: Vec<_> = open([folder.path()], Options::default()).collect();
    let ids: Vec<_> = records.iter().map(|r| r.as_ref().map_or_else(|e| e.outcome.name(), |c| c.id.as_str())).collect();
    assert_eq!(ids, ["a/page.html", "b.txt", "c.htm.gz", "d.xhtml", "not_text", "f.html", "empty"]);
    for record in &records[..3] {
        assert_eq!(html(record.as_ref().unwrap()), (String::from_utf8_lossy(page).into_owned(), ""));
    }
}

#[test]
fn lines_may_hold_html() {
    let folder = folder(&[(
        "crawl.jsonl",
        b"{\"id\": \"a\", \"html\": \"<p>One\"}\n{\"id\": \"b\", \"text\": \"Two\"}\n{\"id\": \"c\", \"html_base64\": \"PHA+VGhyZWU=\", \"charset\": \"koi8-r\"}\n{\"id\": \"d\"}\n",
    )]);
    let records: Vec<_> = open([folder.path()], Options::default()).collect();
    assert_eq!(html(records[0].as_ref().unwrap()), ("<p>One".to_owned(), "utf-8"));
    assert_eq!(records[1].as_ref().unwrap().text, "Two");
    assert_eq!(html(records[2].as_ref().unwrap()), ("<p>Three".to_owned(), "koi8-r"));
    assert_eq!(records[3].as_ref().unwrap_err().outcome, Outcome::MissingColumn);
}

#[test]
fn a_stream_is_read_as_a_file_of_its_name() {
    let records: Vec<_> =
        open_stream(&b"<p>One"[..], "page.html", &Options::default()).map(|r| html(&r.unwrap()).0).collect();
    assert_eq!(records, ["<p>One"]);
}
