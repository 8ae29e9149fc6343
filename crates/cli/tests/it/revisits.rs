//! A crawl that does not keep a page again which it has, added after the crawl that has it.

use std::fmt::Write as _;

use crate::run::{copydesk, folder, path};

const PAGE: &str = "<!doctype html><title>Ferry Sails Again</title><article><h1>Ferry Sails Again After Three Weeks of Repairs</h1>\
    <p>The ferry to the Outer Skerries sails again from Monday, the port said on its website, after three weeks of repairs to a shaft \
    that cracked in the storm of the second of March.</p><p>The first crossing leaves at six in the morning, and tickets bought for \
    the weeks without a ship stay valid until the end of the year.</p></article>";

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
const URL: &str = "https://harbour-post.example/2024/ferry";
const DIGEST: &str = "sha1:B2LTWWPUOYAH7UIPQ7ZUPQ4VMBSVC36A";

/// A record of a day of May 2024.
fn record(kind: &str, day: u32, url: &str, more: &str, block: &str) -> String {
    let mut record = "WARC/1.1\r\n".to_owned();
    write!(record, "WARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}-{day}>\r\nWARC-Target-URI: {url}\r\n")
        .unwrap();
    write!(record, "WARC-Date: 2024-05-{day:02}T06:00:00Z\r\n{more}Content-Length: {}\r\n\r\n", block.len()).unwrap();
    record + block + "\r\n\r\n"
}

fn first() -> String {
    record("response", 3, URL, &format!("WARC-Payload-Digest: {DIGEST}\r\n"), &format!("{OK}{PAGE}"))
}

/// Both profiles of the standard: the same bytes came again, under another address; the server said that nothing was modified.
fn later() -> String {
    let profile = |name: &str| format!("WARC-Profile: http://netpreserve.org/warc/1.1/revisit/{name}\r\n");
    let same =
        profile("identical-payload-digest") + &format!("WARC-Payload-Digest: {}\r\n", DIGEST.to_ascii_lowercase());
    let of = format!("WARC-Refers-To-Target-URI: {URL}\r\nWARC-Refers-To-Date: 2024-05-03T06:00:00Z\r\n");
    let not_modified = profile("server-not-modified") + &of;
    record("revisit", 4, "https://m.harbour-post.example/2024/ferry", &same, OK)
        + &record("revisit", 5, URL, &not_modified, "HTTP/1.1 304 Not Modified\r\n\r\n")
}

#[test]
fn a_page_that_was_not_kept_again_is_found_in_the_archive() {
    let folder = folder(&[("first.warc", first().as_bytes()), ("later.warc", later().as_bytes())]);
    let archive = path(&folder, "archive");
    let later = path(&folder, "later.warc");
    let done = copydesk(&["add", &archive, &later]);
    done.ends(3, &["2  revisits of a page that is not here", URL, "add the crawl that has it, then this one again"]);
    copydesk(&["add", &archive, &path(&folder, "first.warc")]).fine();
    let out = copydesk(&["add", &archive, &later]).fine();
    assert!(out.contains("2  captures kept"), "{out}");
    let again = copydesk(&["add", &archive, &later, "--json"]).json();
    assert_eq!((&again["outcomes"]["duplicate"], &again["stories"]), (&2.into(), &1.into()));

    let captures = copydesk(&["export", &archive, "captures", "--format", "jsonl"]).lines();
    let shown: Vec<String> = captures
        .iter()
        .map(|row| ["id", "url", "fetched_at", "digest"].map(|column| row[column].as_str().unwrap()).join(" "))
        .collect();
    let mobile = "https://m.harbour-post.example/2024/ferry";
    let expected = [
        format!("response-3 {URL} 2024-05-03T06:00:00Z {DIGEST}"),
        format!("revisit-4 {mobile} 2024-05-04T06:00:00Z {DIGEST}"),
        format!("revisit-5 {URL} 2024-05-05T06:00:00Z {DIGEST}"),
    ];
    assert_eq!(shown, expected);
    assert!(captures.iter().all(|row| row["text"] == captures[0]["text"] && row["marks"] == captures[0]["marks"]));
    // One call for both, in either order, is no different.
    for (k, inputs) in [["first.warc", "later.warc"], ["later.warc", "first.warc"]].into_iter().enumerate() {
        let once = path(&folder, &format!("once-{k}"));
        copydesk(&["add", &once, &path(&folder, inputs[0]), &path(&folder, inputs[1])]).fine();
        for table in ["clippings", "versions", "stories"] {
            let rows = |archive: &str| copydesk(&["export", archive, table, "--format", "jsonl"]).fine();
            assert_eq!(rows(&once), rows(&archive), "{inputs:?}, {table}");
        }
    }

    copydesk(&["forget", &archive, URL, "--yes"]).fine();
    copydesk(&["forget", &archive, "revisit-4", "--yes"]).fine();
    let done = copydesk(&["add", &archive, &later]);
    done.ends(0, &["2  pages that the archive was told to forget"]);
    assert_eq!(copydesk(&["export", &archive, "captures", "--format", "jsonl"]).fine(), "");
    copydesk(&["verify", &archive]).ends(0, &["All is well."]);
}
