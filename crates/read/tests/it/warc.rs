//! WARC in every shape that crawlers write, and in those that crashes leave.

use std::{
    fmt::Write as _,
    io::{self, Read},
};

use copydesk_model::{Capture, Outcome, Refused, Revisit};
use copydesk_read::{Options, open, open_stream};
use proptest::prelude::*;

use crate::{folder, gzip};

/// A record as the standard has it.
pub(crate) fn record(fields: &[(&str, &str)], block: &[u8]) -> Vec<u8> {
    let mut head = "WARC/1.1\r\n".to_owned();
    for (name, value) in fields {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    write!(head, "Content-Length: {}\r\n\r\n", block.len()).unwrap();
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// A response to `https://harbour-post.example/ID`, fetched at minute `id`.
fn response(id: u32, http: &str, body: &[u8]) -> Vec<u8> {
    let block = [http.as_bytes(), b"\r\n\r\n", body].concat();
    record(&names("response", id).each_ref().map(|(name, value)| (*name, value.as_str())), &block)
}

fn names(kind: &str, id: u32) -> [(&'static str, String); 4] {
    [
        ("WARC-Type", kind.to_owned()),
        ("WARC-Record-ID", format!("<urn:uuid:{id}>")),
        ("WARC-Target-URI", format!("https://harbour-post.example/{id}")),
        ("WARC-Date", format!("2024-05-03T18:{:02}:08.123Z", id % 60)),
    ]
}

fn with(kind: &str, id: u32, more: &[(&str, &str)], block: &[u8]) -> Vec<u8> {
    let names = names(kind, id);
    let fields: Vec<_> =
        names.iter().map(|(name, value)| (*name, value.as_str())).chain(more.iter().copied()).collect();
    record(&fields, block)
}

pub(crate) fn page(id: u32) -> Vec<u8> {
    response(id, "HTTP/1.1 200 OK\r\nContent-Type: text/html", format!("<!doctype html><p>Page {id}").as_bytes())
}

/// A page with this content.
pub(crate) fn with_body(id: u32, body: &[u8]) -> Vec<u8> {
    response(id, "HTTP/1.1 200 OK\r\nContent-Type: text/html", body)
}

fn records(warc: &[u8]) -> Vec<Result<Capture, Refused>> {
    open_stream(io::Cursor::new(warc.to_vec()), "crawl.warc", &Options::default()).collect()
}

/// `id: content` of captures, `outcome at place` of what was refused.
fn told(record: Result<Capture, Refused>) -> String {
    match record {
        Ok(capture) => {
            let html = capture.html.map(|html| String::from_utf8_lossy(&html.bytes).into_owned());
            format!("{}: {}", capture.id, html.unwrap_or(capture.text).replace("<!doctype html><p>", ""))
        }
        Err(refused) => {
            assert!(!refused.message.is_empty());
            format!("{} at {}", refused.outcome, refused.source.rsplit_once(':').unwrap_or(("", &refused.source)).1)
        }
    }
}

fn all(warc: &[u8]) -> Vec<String> {
    records(warc).into_iter().map(told).collect()
}

/// The same without places: they differ by packing.
fn outcomes(warc: &[u8]) -> Vec<String> {
    all(warc).into_iter().map(|told| told.split(" at ").next().unwrap_or_default().to_owned()).collect()
}

#[track_caller]
fn check(warc: &[u8], expected: &[&str]) {
    assert_eq!(outcomes(warc), expected);
}

#[test]
fn a_response_is_a_capture() {
    let warc = response(7, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=Shift_JIS", b"<p>Ferry");
    let capture = records(&warc).remove(0).unwrap();
    assert_eq!((capture.id.as_str(), capture.url.as_str()), ("7", "https://harbour-post.example/7"));
    assert_eq!((capture.fetched_at.as_str(), capture.text.as_str()), ("2024-05-03T18:07:08Z", ""));
    let html = capture.html.unwrap();
    assert_eq!((&html.bytes[..], html.charset.as_str()), (&b"<p>Ferry"[..], "Shift_JIS"));
}

#[test]
fn what_holds_no_page_is_counted() {
    let ok = "HTTP/1.1 200 OK\r\nContent-Type: ";
    let warc = [
        record(&[("WARC-Type", "warcinfo"), ("Content-Type", "application/warc-fields")], b"software: none\r\n"),
        with("request", 1, &[], b"GET / HTTP/1.1\r\n\r\n"),
        page(1),
        with("metadata", 1, &[], b"fetchTimeMs: 12"),
        response(2, "HTTP/1.1 301 Moved\r\nContent-Type: text/html", b"<p>Moved"),
        response(3, "HTTP/1.1 404 Not Found\r\nContent-Type: text/html", b"<p>Gone"),
        response(4, &format!("{ok}image/jpeg"), b"\xff\xd8\xff"),
        response(5, &format!("{ok}application/json"), b"{}"),
        response(6, &format!("{ok}text/html"), b""),
        response(7, &format!("{ok}text/html"), b"%PDF-1.7"),
        response(8, &format!("{ok}text/plain"), b"Plain ferry"),
        response(9, &format!("{ok}application/xhtml+xml"), b"<html/>"),
        with("continuation", 10, &[], b"more"),
        page(11),
    ]
    .concat();
    let expected = [
        "no_page",
        "no_page",
        "1: Page 1",
        "no_page",
        "no_page",
        "no_page",
        "no_page",
        "no_page",
        "empty",
        "not_text",
        "8: Plain ferry",
        "9: <html/>",
        "no_page",
        "11: Page 11",
    ];
    check(&warc, &expected);
}

#[test]
fn what_is_served_as_xhtml_is_called_so() {
    let ok = "HTTP/1.1 200 OK\r\nContent-Type: ";
    let warc = [
        response(1, &format!("{ok}application/xhtml+xml; charset=utf-8"), b"<html/>"),
        response(2, &format!("{ok}text/html"), b"<html/>"),
        with("resource", 3, &[("Content-Type", "application/xhtml+xml")], b"<html/>"),
    ];
    let is_xhtml: Vec<bool> = open_stream(std::io::Cursor::new(warc.concat()), "-", &Options::default())
        .map(|record| record.unwrap().html.unwrap().is_xhtml)
        .collect();
    assert_eq!(is_xhtml, [true, false, true]);
}

#[test]
fn resources_and_conversions_have_no_http() {
    let warc = [
        with("resource", 1, &[("Content-Type", "text/html; charset=koi8-r")], b"<p>Ferry"),
        with("resource", 2, &[("Content-Type", "image/png")], b"\x89PNG"),
        with("conversion", 3, &[("Content-Type", "text/plain")], "渡し船\nFerry".as_bytes()),
        record(
            &[("WARC-Type", "resource"), ("WARC-Target-URI", "metadata://crawler/log"), ("Content-Type", "text/plain")],
            b"log",
        ),
    ]
    .concat();
    check(&warc, &["1: <p>Ferry", "no_page", "3: 渡し船\nFerry", "no_page"]);
    let records = records(&warc);
    assert_eq!(records[0].as_ref().unwrap().html.as_ref().unwrap().charset, "koi8-r");
    assert!(records[2].as_ref().unwrap().html.is_none());
}

#[test]
fn http_is_undone() {
    let page = b"<!doctype html><p>Ferry";
    let packed = gzip(page);
    let chunked = [format!("{:x}\r\n", packed.len()).as_bytes(), &packed, b"\r\n0\r\n\r\n"].concat();
    let ok = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
    let warc = [
        response(1, &format!("{ok}Content-Encoding: gzip\r\nTransfer-Encoding: chunked"), &chunked),
        response(2, &format!("{ok}Transfer-Encoding: chunked"), b"5\r\nFerry\r\nffff\r\n"),
        response(3, &format!("{ok}Content-Encoding: gzip"), &packed[..packed.len() - 9]),
        with("response", 4, &[("WARC-Truncated", "length")], &[format!("{ok}\r\n").as_bytes(), b"<p>Cut"].concat()),
    ]
    .concat();
    check(&warc, &["1: Ferry", "damaged", "damaged", "4: <p>Cut"]);
}

#[test]
fn headers_of_any_shape_are_read() {
    let mut warc = b"WARC/1.0\nWARC-Type: response\nWARC-Record-ID: <urn:uuid:1>\nContent-Length: 60\n\nHTTP/1.1 200 OK\nContent-Type: text/html\n\n<p>Line feeds alone\n\n".to_vec();
    let block = b"HTTP/1.1 200 OK\r\nContent-Type:\r\n text/html;\r\n\tcharset=utf-8\r\n\r\n<p>Folded";
    warc.extend(format!("\r\n\r\n\r\nWARC/1.1\r\nwarc-type : Response\r\nWARC-RECORD-ID: <urn:uuid:2>\r\nX: caf\u{e9}\r\nWARC-Target-URI: <https://harbour-post.example/\r\n 2>\r\nContent-Length: {}\r\n\r\n", block.len()).replace('\u{e9}', "\u{7f}").bytes().map(|b| if b == 0x7f { 0xe9 } else { b }));
    warc.extend(block);
    // The last record of a crawl that was stopped has no line ends behind it.
    check(&warc, &["1: <p>Line feeds alone", "2: <p>Folded"]);
    assert_eq!(records(&warc)[1].as_ref().unwrap().url, "https://harbour-post.example/   2");
}

#[test]
fn a_length_that_is_wrong_costs_one_record() {
    let lengthen = |warc: Vec<u8>, by: i64| {
        let text = String::from_utf8(warc).unwrap();
        let (before, rest) = text.split_once("Content-Length: ").unwrap();
        let (length, rest) = rest.split_once('\r').unwrap();
        let length: i64 = length.parse().unwrap();
        format!("{before}Content-Length: {}\r{rest}", length + by).into_bytes()
    };
    for by in [-20, -1, 5, 30, 100, 700, 100_000, 1 << 30, 1 << 45, i64::MAX / 2] {
        let wrong = lengthen(page(2), by);
        let warc = [page(1), wrong.clone(), page(3), page(4)].concat();
        let folder = folder(&[("crawl.warc", &warc)]);
        let told: Vec<_> = open([folder.path()], Options::default())
            .map(told)
            .map(|t| t.split(" at ").next().unwrap().to_owned())
            .collect();
        assert_eq!(told, ["1: Page 1", "damaged", "3: Page 3", "4: Page 4"], "{by}");
        // A pipe does not say how much there is: a length that might be true is believed there.
        if by != 1 << 30 {
            assert_eq!(outcomes(&warc), told, "{by} through a pipe");
        }
        let members = [gzip(&page(1)), gzip(&wrong), gzip(&page(3)), gzip(&page(4))].concat();
        assert_eq!(outcomes(&members), ["1: Page 1", "damaged", "3: Page 3", "4: Page 4"], "{by} packed");
    }
    // Up to four bytes are the line ends behind the block, which harm nobody.
    for by in 1..=4 {
        let warc = [page(1), lengthen(page(2), by), page(3)].concat();
        let told: Vec<_> = outcomes(&warc).iter().map(|told| told.trim_end().to_owned()).collect();
        assert_eq!(told, ["1: Page 1", "2: Page 2", "3: Page 3"], "{by}");
    }
}

#[test]
fn a_record_that_claims_four_exabytes_is_damaged_and_the_next_is_read() {
    let claims = |kind: &str| {
        format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nContent-Length: 4611686018427387904\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>"
        )
    };
    for kind in ["response", "request"] {
        let filler = "x".repeat(3 << 20);
        let warc = [page(1), claims(kind).into_bytes(), filler.into_bytes(), b"\r\n\r\n".to_vec(), page(2)].concat();
        check(&warc, &["1: Page 1", "damaged", "2: Page 2"]);
        let folder = folder(&[("crawl.warc", &warc)]);
        let told: Vec<_> = open([folder.path()], Options::default()).map(told).collect();
        assert_eq!(told.len(), 3);
        assert!(told[1].starts_with("damaged at offset "), "{told:?}");
    }
    check(b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 99999999999999999999999999\r\n\r\nx", &["damaged"]);
}

#[test]
fn a_record_that_breaks_off_is_damaged() {
    let whole = [page(1), page(2)].concat();
    let first = page(1).len();
    for cut in [first + 2, first + 30, first + 150, whole.len() - 10] {
        assert_eq!(outcomes(&whole[..cut]), ["1: Page 1", "damaged"], "{cut}");
    }
    // Without the line ends behind its block a record is whole.
    for cut in [first, first - 2, first - 4] {
        assert_eq!(outcomes(&whole[..cut]), ["1: Page 1"], "{cut}");
    }
}

#[test]
fn what_is_no_record_is_passed_over() {
    let garbage = b"garbage that mentions WARC/1.1 and goes on\r\n";
    let warc = [
        page(1),
        garbage.to_vec(),
        page(2),
        b"WARC/1.1\r\nWARC-Type: response\r\n\r\n".to_vec(),
        page(3),
        vec![0; 900],
    ]
    .concat();
    check(&warc, &["1: Page 1", "damaged", "2: Page 2", "damaged", "3: Page 3", "damaged"]);
    let good = [page(1), page(2)].concat();
    check(&[&good[..], b"\r\n\r\n\r\n"].concat(), &["1: Page 1", "2: Page 2"]);
}

#[test]
fn of_many_lines_that_look_like_records_the_true_one_is_found() {
    let looks = b"\nWARC/1.1\nA: b".repeat(2000);
    let long = b"\nWARC/1.1\n".iter().chain(&[b'x'; 20_000]).copied().collect::<Vec<u8>>();
    for garbage in [&looks, &long, &[&looks[..], &long, &looks].concat(), &b"\nWARC/1.1\nA: b\n\n".repeat(2000)] {
        let warc = [&page(1)[..], b"garbage", garbage, b"\r\n", &page(2), garbage, b"\n"].concat();
        check(&warc, &["1: Page 1", "damaged", "2: Page 2", "damaged"]);
    }
}

#[test]
fn a_record_that_is_too_large_is_passed_over() {
    let warc =
        [page(1), response(2, "HTTP/1.1 200 OK\r\nContent-Type: text/html", &vec![b'x'; 5 << 20]), page(3)].concat();
    let options = Options { limit: 1 << 20, ..Options::default() };
    for packed in [warc.clone(), gzip(&warc)] {
        let told: Vec<_> = open_stream(io::Cursor::new(packed), "crawl", &options).map(told).collect();
        assert_eq!(
            told.iter().map(|t| t.split(" at").next().unwrap()).collect::<Vec<_>>(),
            ["1: Page 1", "too_large", "3: Page 3"]
        );
    }
    let bomb = gzip(&vec![b'x'; 40 << 20]);
    let warc =
        [response(1, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", &bomb), page(2)].concat();
    check(&warc, &["too_large", "2: Page 2"]);
}

#[test]
fn a_packed_bomb_ends_and_the_next_member_is_read() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    let head = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 9999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n";
    io::Write::write_all(&mut bomb, head).unwrap();
    io::copy(&mut io::repeat(b'x').take(1 << 30), &mut bomb).unwrap();
    let warc = [gzip(&page(1)), bomb.finish().unwrap(), gzip(&page(2))].concat();
    let records = records(&warc);
    assert!(records[1].as_ref().unwrap_err().message.contains("bombs"), "{:?}", records[1]);
    assert_eq!(
        records.into_iter().map(told).map(|t| t.split(" at").next().unwrap().to_owned()).collect::<Vec<_>>(),
        ["1: Page 1", "damaged", "2: Page 2"]
    );
}

#[test]
fn members_tell_where_records_stand() {
    let (one, two) = (gzip(&page(1)), gzip(b"WARC/1.1\r\n\r\n"));
    let warc = [&one[..], &two[..], &gzip(&page(3))[..]].concat();
    assert_eq!(
        all(&warc),
        ["1: Page 1".to_owned(), format!("damaged at offset {}", one.len()), "3: Page 3".to_owned()]
    );
    let one_member = gzip(&[page(1), with("request", 2, &[], b"")].concat());
    assert_eq!(all(&one_member)[1], format!("no_page at unpacked offset {}", page(1).len()));
}

#[test]
fn a_damaged_member_costs_its_record() {
    let filler = crate::noise(3000);
    let long = |id| response(id, "HTTP/1.1 200 OK\r\nContent-Type: text/html", filler.as_bytes());
    let mut two = gzip(&long(2));
    let middle = two.len() / 2;
    two[middle] ^= 0xff;
    two[middle + 1] ^= 0xff;
    let warc = [&gzip(&page(1))[..], &two[..], &gzip(&page(3))[..]].concat();
    check(&warc, &["1: Page 1", "damaged", "3: Page 3"]);
    let cut = gzip(&long(2));
    let warc = [&gzip(&page(1))[..], &cut[..cut.len() / 2], &gzip(&page(3))[..]].concat();
    check(&warc, &["1: Page 1", "damaged", "3: Page 3"]);
    check(&warc[..warc.len() - gzip(&page(3)).len()], &["1: Page 1", "damaged"]);
    check(&[&gzip(&page(1))[..], b"garbage"].concat(), &["1: Page 1", "damaged"]);
}

#[test]
fn a_damaged_first_member_costs_its_record() {
    for at in [4, 10, 11, 14, 20, 40, 100] {
        let mut one = gzip(&page(1));
        one[at] ^= 0xff;
        one[at + 1] ^= 0xff;
        let found = outcomes(&[&one[..], &gzip(&page(2))[..], &gzip(&page(3))[..]].concat());
        assert_eq!(found[found.len() - 2..], ["2: Page 2", "3: Page 3"], "{at}");
        assert!(found.len() <= 3, "{at} {found:?}");
    }
    let alone = folder(&[("page.html.gz", &{
        let mut one = gzip(&page(1));
        one[10] = 0xff;
        one
    })]);
    let told: Vec<_> = open([alone.path()], Options::default()).map(|r| r.map_err(|e| e.outcome)).collect();
    assert_eq!(told, [Err(Outcome::Damaged)]);
}

#[test]
fn zstd_with_its_dictionary_is_read() {
    let dictionary = page(0).repeat(4);
    let frame = |bytes: &[u8]| {
        let mut out = zstd::Encoder::with_dictionary(Vec::new(), 3, &dictionary).unwrap();
        io::Write::write_all(&mut out, bytes).unwrap();
        out.finish().unwrap()
    };
    let skippable = [b"\x5d\x2a\x4d\x18", &(dictionary.len() as u32).to_le_bytes()[..], &dictionary].concat();
    let warc = [skippable, frame(&page(1)), frame(&page(2))].concat();
    check(&warc, &["1: Page 1", "2: Page 2"]);
}

const OK: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";

fn crawl_with_revisits() -> Vec<Vec<u8>> {
    let ok = |text: &str| [OK, text.as_bytes()].concat();
    let digest = |sum| ("WARC-Payload-Digest", sum);
    vec![
        with("response", 1, &[digest("sha1:AAAA")], &ok("<p>One")),
        with("response", 2, &[digest("sha1:BBBB")], &ok("<p>Two")),
        with("response", 3, &[digest("sha1:CCCC")], b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"),
        with("revisit", 11, &[("WARC-Refers-To", "<urn:uuid:1>")], b""),
        with(
            "revisit",
            12,
            &[
                ("WARC-Refers-To-Target-URI", "https://harbour-post.example/2"),
                ("WARC-Refers-To-Date", "2024-05-03T18:02:08.123Z"),
            ],
            OK,
        ),
        with("revisit", 13, &[digest("SHA1:bbbb")], OK),
        with("revisit", 14, &[digest("sha1:CCCC")], b""),
        with("revisit", 15, &[digest("sha1:DDDD")], b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"),
        with("revisit", 16, &[digest("sha1:DDDD")], OK),
    ]
}

const RESOLVED: [&str; 9] =
    ["1: <p>One", "2: <p>Two", "no_page", "11: <p>One", "12: <p>Two", "13: <p>Two", "no_page", "no_page", "unresolved"];

#[test]
fn revisits_are_resolved_against_the_same_run() {
    let crawl = crawl_with_revisits();
    let members: Vec<u8> = crawl.iter().flat_map(|record| gzip(record)).collect();
    let dictionary = page(0).repeat(4);
    let frame = |bytes: &Vec<u8>| {
        let mut out = zstd::Encoder::with_dictionary(Vec::new(), 3, &dictionary).unwrap();
        io::Write::write_all(&mut out, bytes).unwrap();
        out.finish().unwrap()
    };
    let skippable = [b"\x5d\x2a\x4d\x18", &(dictionary.len() as u32).to_le_bytes()[..], &dictionary].concat();
    let frames: Vec<u8> = [skippable].into_iter().chain(crawl.iter().map(frame)).flatten().collect();
    for warc in [crawl.concat(), members, frames] {
        let folder = folder(&[("crawl", &warc)]);
        let read: Vec<_> = open([folder.path()], Options::default()).collect();
        let revisit = read[3].as_ref().unwrap();
        assert_eq!(revisit.url, "https://harbour-post.example/11");
        assert_eq!(revisit.fetched_at, "2024-05-03T18:11:08Z");
        let told: Vec<_> = read.into_iter().map(told).map(|t| t.split(" at ").next().unwrap().to_owned()).collect();
        assert_eq!(told, RESOLVED);
    }
    // Over several files of one run, too.
    let folder = folder(&[("1.warc", &crawl[..3].concat()), ("2.warc", &crawl[3..].concat())]);
    let told: Vec<_> = open([folder.path()], Options::default())
        .map(told)
        .map(|t| t.split(" at ").next().unwrap().to_owned())
        .collect();
    assert_eq!(told, RESOLVED);
}

#[test]
fn a_revisit_without_its_page_says_what_it_repeats() {
    let revisits = crawl_with_revisits()[3..].concat();
    let told: Vec<_> = records(&revisits)
        .into_iter()
        .map(|record| match record.unwrap_err() {
            Refused { outcome: Outcome::Unresolved, revisit: Some(revisit), .. } => {
                let Revisit { capture, of } = *revisit;
                assert_eq!((capture.text.as_str(), capture.html, capture.digest.as_str()), ("", None, ""));
                let visit = format!("{} {} {}", capture.id, capture.url, capture.fetched_at);
                format!("{visit} is {}|{}|{}|{}", of.id, of.url, of.fetched_at, of.digest)
            }
            refused => {
                assert_eq!(refused.revisit, None);
                refused.outcome.to_string()
            }
        })
        .collect();
    let site = "https://harbour-post.example";
    assert_eq!(told[0], format!("11 {site}/11 2024-05-03T18:11:08Z is 1|{site}/11||"));
    assert_eq!(told[1], format!("12 {site}/12 2024-05-03T18:12:08Z is |{site}/2|2024-05-03T18:02:08Z|"));
    assert_eq!(told[2], format!("13 {site}/13 2024-05-03T18:13:08Z is |{site}/13||sha1:BBBB"));
    assert_eq!(told[4], "no_page", "it was a picture, and is one");
}

#[test]
fn captures_have_the_digest_of_the_page_that_they_hold() {
    let ok = [OK, b"<p>One"].concat();
    let empty = ("WARC-Payload-Digest", "sha1:EMPTY");
    let crawl = [
        with("response", 1, &[("WARC-Payload-Digest", "SHA1:aaaa")], &ok),
        with("response", 2, &[], &ok),
        with("revisit", 3, &[("WARC-Refers-To", "<urn:uuid:1>"), empty], b"HTTP/1.1 304 Not Modified\r\n\r\n"),
        with("revisit", 4, &[("WARC-Refers-To", "<urn:uuid:2>"), empty], b""),
    ]
    .concat();
    let folder = folder(&[("crawl.warc", &crawl)]);
    let digests = |records: Vec<Result<Capture, Refused>>| -> Vec<String> {
        records.into_iter().map(|record| record.unwrap().digest).collect()
    };
    let expected = ["sha1:AAAA", "", "sha1:AAAA", ""];
    assert_eq!(digests(open([folder.path()], Options::default()).collect()), expected, "read again");
    assert_eq!(digests(records(&crawl)), expected, "kept");
}

#[test]
fn revisits_from_a_pipe_are_resolved_while_their_page_is_near() {
    let crawl = crawl_with_revisits();
    let told_of = |warc: &[u8]| -> Vec<String> {
        records(warc).into_iter().map(told).map(|t| t.split(" at ").next().unwrap().to_owned()).collect()
    };
    assert_eq!(told_of(&crawl.concat()), RESOLVED);
    assert_eq!(told_of(&gzip(&crawl.concat())), RESOLVED, "in one member");
    // Five pages of 15 MB between the page and its revisit: more than is kept.
    let large = [OK, "<p>".as_bytes(), &vec![b'x'; 15 << 20]].concat();
    let between: Vec<u8> = (20..25).flat_map(|i| with("response", i, &[], &large)).collect();
    let refused = records(&[&crawl[0], &between, &crawl[3]].map(Vec::as_slice).concat()).remove(6).unwrap_err();
    assert_eq!(refused.outcome, Outcome::Unresolved);
    assert!(refused.message.contains("pipe"), "{refused}");
}

/// Gives out at most `step` bytes a call.
struct Drip(io::Cursor<Vec<u8>>, usize);

impl Read for Drip {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = into.len().min(self.1);
        self.0.read(&mut into[..n])
    }
}

fn any_record() -> impl Strategy<Value = (Vec<u8>, bool)> {
    let body = prop::collection::vec(any::<u8>(), 0..300);
    let text = "[a-z<>\r\n ]{0,80}WARC/1.1\r\n[a-z]{0,9}";
    prop_oneof![
        3 => (0u32..99, text).prop_map(|(id, text)| (response(id, "HTTP/1.1 200 OK\r\nContent-Type: text/html", text.as_bytes()), true)),
        1 => (0u32..99, body).prop_map(|(id, body)| (with("request", id, &[], &body), false)),
    ]
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(crawl in prop::collection::vec(any_record(), 1..8), step in 1usize..300) {
        let warc: Vec<u8> = crawl.iter().flat_map(|(record, _)| record.clone()).collect();
        let read = records(&warc);
        prop_assert_eq!(read.len(), crawl.len());
        for ((_, is_page), found) in crawl.iter().zip(&read) {
            prop_assert_eq!(*is_page, found.is_ok(), "{:?}", found);
        }
        let strip = |record: Result<Capture, Refused>| record.map_err(|r| (r.outcome, r.message));
        let expected: Vec<_> = read.into_iter().map(strip).collect();
        let members: Vec<u8> = crawl.iter().flat_map(|(record, _)| gzip(record)).collect();
        let frames: Vec<u8> = crawl.iter().flat_map(|(record, _)| zstd::encode_all(&record[..], 1).unwrap()).collect();
        for packed in [warc.clone(), gzip(&warc), members, frames, zstd::encode_all(&warc[..], 1).unwrap()] {
            let drip = Drip(io::Cursor::new(packed), step);
            let found: Vec<_> = open_stream(drip, "crawl", &Options::default()).map(strip).collect();
            prop_assert_eq!(&found, &expected);
        }
    }

    #[test]
    fn a_mutated_crawl_ends_and_costs_no_more_than_it_must(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in any::<prop::sample::Index>(),
        packed: bool,
    ) {
        let pages: Vec<Vec<u8>> = (0..12).map(page).collect();
        let mut warc = match packed {
            true => pages.iter().flat_map(|page| gzip(page)).collect(),
            false => pages.concat(),
        };
        for (at, byte) in &changes {
            *at.get_mut(&mut warc) = *byte;
        }
        if packed {
            warc.truncate(cut.index(warc.len()).max(warc.len() / 2));
        }
        let found = records(&warc);
        // Each change harms at most the record that it is in and its neighbour.
        let kept = found.iter().filter(|r| r.is_ok()).count();
        prop_assert!(found.len() <= 12 + 2 * changes.len() + 1, "{:?}", found);
        prop_assert!(packed || kept + 2 * changes.len() >= 12, "{:?}", found);
    }

    #[test]
    fn any_bytes_are_read_to_their_end(
        crawl in prop::collection::vec(any_record(), 0..6),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0u8..4, any::<u8>()), 0..8),
        choice: u8,
    ) {
        let mut bytes: Vec<u8> = crawl.into_iter().flat_map(|(record, _)| record).collect();
        for (at, length, what, byte) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            let end = at + length.index(bytes.len() - at + 1).min(200);
            match what {
                0 => bytes[at] = byte,
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let again = bytes[at..end].to_vec();
                    bytes.splice(at..at, again);
                }
                _ => bytes[at..end].fill(byte),
            }
        }
        bytes.insert(0, choice);
        crate::any_bytes::check(&bytes);
    }
}
