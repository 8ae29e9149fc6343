//! Text out of pages and out of addresses is text, wherever it ends up.

use copydesk_web::{Annotation, Caption, Clipping, Mention, Notice, Story, Version};

use crate::{
    client::{escaped, get, send},
    made_up::{MadeUp, served},
};

const SCRIPT: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}</title>]]>\r\nSet-Cookie: a=b";

fn hostile() -> MadeUp {
    let id = "00c0ffee00c0ffee";
    let version = format!("{id}{id}");
    let clipping = Clipping {
        id: format!("{SCRIPT}#0"),
        capture: SCRIPT.into(),
        url: "javascript:alert(1)".into(),
        site: format!("evil{SCRIPT}"),
        fetched_at: "2024-05-03T18:19:08Z".into(),
        version: version.clone(),
        headline: SCRIPT.into(),
        kicker: SCRIPT.into(),
        byline: SCRIPT.into(),
        date: SCRIPT.into(),
        published: SCRIPT.into(),
        captions: vec![Caption { text: SCRIPT.into(), credit: format!("{SCRIPT}!") }],
        section: SCRIPT.into(),
        origin: SCRIPT.into(),
        annotations: [
            "agency",
            "quoted",
            "person",
            "place",
            "published",
            "refused",
            "credit-person",
            "dateline",
            "section",
        ]
        .map(|what| Annotation {
            what: what.into(),
            value: format!("{what}{SCRIPT}"),
            field: SCRIPT.into(),
            text: SCRIPT.into(),
            rule: SCRIPT.into(),
            ..Annotation::default()
        })
        .into(),
        ..Clipping::default()
    };
    let story = Story {
        id: id.into(),
        version: version.clone(),
        headline: SCRIPT.into(),
        first_seen: "2024-05-03T18:19:08Z".into(),
        published_from: SCRIPT.into(),
        published_to: SCRIPT.into(),
        published_by: SCRIPT.into(),
        first_sites: vec![SCRIPT.into()],
        mentions: vec![
            Mention {
                start: 6,
                end: 14,
                text: SCRIPT.into(),
                value: SCRIPT.into(),
                rule: SCRIPT.into(),
                ..Mention::default()
            },
            // Out of the body, within a letter, over another: none of it can be shown.
            Mention { start: 7, end: 9_999, open: SCRIPT.into(), ..Mention::default() },
            Mention { start: 20, end: 10, ..Mention::default() },
            Mention { start: u32::MAX, end: u32::MAX, first: SCRIPT.into(), ..Mention::default() },
        ],
        body: format!("ferry {SCRIPT}\n\n{SCRIPT}\u{0}\u{8}"),
        versions: vec![Version {
            id: version.clone(),
            words: 3,
            severity: SCRIPT.into(),
            notices: vec![Notice { kind: SCRIPT.into(), text: SCRIPT.into(), rule: SCRIPT.into(), confidence: 9.0 }],
            ..Version::default()
        }],
        clippings: vec![clipping],
        ..Story::default()
    };
    MadeUp {
        commit: 1,
        bodies: [(id.to_owned(), [(version, story.body.clone())].into())].into(),
        forgotten: [("00000000000000ff".to_owned(), SCRIPT.to_owned())].into(),
        stories: vec![story],
        ..MadeUp::default()
    }
}

#[test]
fn no_page_runs_what_was_captured_or_asked() {
    let served = served(hostile());
    let q = escaped(SCRIPT);
    let quoted = escaped("\"<script>alert(1)</script>\"");
    let pages = [
        "/".to_owned(),
        "/?q=ferry".to_owned(),
        "/?each=clipping".to_owned(),
        format!("/?q={quoted}"),
        format!("/?q={q}"),
        format!("/?site={q}&lang={q}"),
        format!("/?from={q}"),
        format!("/?{q}=1"),
        "/story/00c0ffee00c0ffee".to_owned(),
        "/story/00c0ffee00c0ffee/diff".to_owned(),
        "/story/00000000000000ff".to_owned(),
        "/?by=mentioned".to_owned(),
        format!("/story/00c0ffee00c0ffee/diff?only={q}"),
        format!("/story/{q}"),
        format!("/capture?id={q}"),
        "/sources".to_owned(),
        format!("/sources?{q}"),
        format!("/{q}"),
    ];
    for page in pages {
        let response = get(served.at, &page);
        let text = response.text();
        for bad in ["<script>alert", "<img", "onerror=alert(1)>", "href=\"javascript", "<b>bold", "<i>TT", "style=\""] {
            assert!(!text.contains(bad), "{page}: {bad}");
        }
        assert!(response.header("content-security-policy").starts_with("default-src 'none'"), "{page}");
        assert_eq!(response.header("set-cookie"), "", "{page}");
        assert_eq!(response.header("x-content-type-options"), "nosniff");
    }
}

#[test]
fn no_header_line_or_row_can_be_made() {
    let served = served(hostile());
    for address in [
        format!("/export.csv?q={}", escaped("ferry\r\nSet-Cookie: a=b")),
        format!("/export.jsonl?site={}", escaped("a\r\nb: c")),
    ] {
        let response = get(served.at, &address);
        assert_eq!((response.status, response.header("set-cookie"), response.header("b")), (200, "", ""), "{address}");
    }
    let csv = get(served.at, &format!("/export.csv?q={}", escaped("ferry OR\n\"a\u{2028}b\""))).text();
    assert!(csv.lines().nth(1).unwrap().starts_with("story,version"), "{csv}");
    let feed = get(served.at, "/feed.atom").text();
    assert!(!feed.contains("<script>") && !feed.contains(['\u{0}', '\u{8}']), "{feed}");
    let rss = get(served.at, "/feed.rss").text();
    assert!(!rss.contains("<script>") && rss.matches("<item>").count() == 1, "{rss}");
    let bib = get(served.at, "/story/00c0ffee00c0ffee/cite.bib").text();
    assert_eq!(bib.matches('\n').count(), 8, "{bib}");
}

#[test]
fn no_path_leads_out_and_no_request_breaks_it() {
    let served = served(hostile());
    for path in [
        "/static/../Cargo.toml",
        "/static/%2e%2e/secret",
        "/../../etc/passwd",
        "/story/../sources",
        "//etc/passwd",
        "/static/",
    ] {
        assert_eq!(get(served.at, path).status, 404, "{path}");
    }
    let raw = |request: &str| send(served.at, request).status;
    assert_eq!(raw("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"), 421);
    assert_eq!(raw("GARBAGE\r\n\r\n"), 400);
    assert_eq!(raw(&format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "x".repeat(200_000))), 431);
    assert_eq!(raw("GET /?q=%ff%fe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), 400);
    assert_eq!(get(served.at, "/").status, 200);
}
