//! What holds of any bytes that are read as a page. Shared by the tests here and by `fuzz/fuzz_targets/{html,charset}.rs`.

use copydesk_html::{Limits, Page, Reader, Refusal, read};
use copydesk_model::{Html, Outcome};

/// Small, so that the fuzzer reaches them.
const LIMITS: Limits = Limits { bytes: 64 << 10, nodes: 4_000, nested: 2, cell: 300, prose: 80 };

/// What servers say of pages' characters, true or not.
const CHARSETS: [&str; 16] = [
    "",
    "utf-8",
    "windows-1252",
    "iso-8859-1",
    "windows-1256",
    "shift_jis",
    "gb18030",
    "koi8-r",
    "euc-kr",
    "big5",
    "iso-2022-jp",
    "utf-16le",
    "utf-16be",
    "x-user-defined",
    "replacement",
    "no such charset",
];

/// Any bytes as a page.
pub(crate) fn html(bytes: &[u8]) {
    let _ = check(bytes, "");
}

/// Any bytes as a page in any encoding: the first byte says which one the server names, and whether the page names it too.
pub(crate) fn charset(bytes: &[u8]) {
    let Some((&choice, rest)) = bytes.split_first() else { return };
    let charset = CHARSETS[usize::from(choice & 15)];
    let page = match choice >> 4 & 3 {
        0 => rest.to_vec(),
        1 => [b"<p>".as_slice(), rest].concat(),
        2 => [format!("<meta charset={charset}><p>").as_bytes(), rest].concat(),
        _ => [format!("<?xml version='1.0' encoding='{charset}'?><p>").as_bytes(), rest].concat(),
    };
    let server = if choice & 64 == 0 { charset } else { "" };
    if let Ok(page) = check(&page, server) {
        assert!(!page.charset.is_empty());
    }
}

pub(crate) fn check(bytes: &[u8], charset: &str) -> Result<Page, Refusal> {
    let html = Html { bytes: bytes.to_vec(), charset: charset.to_owned(), ..Html::default() };
    let url = "https://harbour-post.example/2024/05/03/ferry";
    let page = read(&html, url, &LIMITS);
    // what a reader remembers of another page does not show
    let mut reader = Reader::new();
    let other =
        Html { bytes: b"<p class='story-body lead'>The ferry".to_vec(), charset: String::new(), ..Html::default() };
    assert!(reader.read(&other, url, &LIMITS).is_ok());
    assert_eq!(reader.read(&html, url, &LIMITS), page, "another result the second time");
    let served_as_xhtml = read(&Html { is_xhtml: true, ..html }, url, &LIMITS);
    for page in [&page, &served_as_xhtml] {
        match page {
            Ok(page) => whole(page, bytes.len()),
            Err(refusal) => {
                assert!(!refusal.message.is_empty());
                let named = [Outcome::Empty, Outcome::NotText, Outcome::NotHtml, Outcome::TooLarge, Outcome::TooCostly];
                assert!(named.contains(&refusal.outcome), "{refusal:?}");
            }
        }
    }
    page
}

/// A page's blocks are its lines, as `copydesk-split` reads them, and each has a mark.
fn whole(page: &Page, bytes: usize) {
    let lines: Vec<&str> = page.text.split_inclusive("\n\n").map(|line| line.trim_end_matches('\n')).collect();
    assert_eq!(lines.len(), page.markup.marks.len(), "{:?}", page.text);
    assert!(page.text.ends_with('\n') && !page.text.ends_with("\n\n"), "{:?}", page.text);
    for line in lines {
        assert!(!line.is_empty() && !line.contains(['\n', '\r']) && !line.contains("  "), "{line:?}");
        assert!(!line.starts_with(char::is_whitespace) && !line.ends_with(char::is_whitespace), "{line:?}");
    }
    // a character of one byte may become one of three, and a reference of two bytes one of six at most; documents in attributes stand once
    assert!(page.text.len() <= bytes * 6 + 2, "{} bytes of text of a page of {bytes}", page.text.len());
    for mark in &page.markup.marks {
        assert!(mark.source.start < mark.source.end, "{mark:?}");
    }
}
