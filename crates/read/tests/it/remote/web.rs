use std::{
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
    time::{Duration, Instant},
};

use copydesk_model::Outcome;
use copydesk_read::{Options, open};
use zip::CompressionMethod;

use super::{
    check_lines, check_refused, lines, options, reader, records,
    server::{Answer, Asked, Server},
    told,
};
use crate::{
    containers::{parquet, strings, zipped},
    gzip,
    warc::page,
};

const TAG: &str = "\"first\"";

/// A server that answers the first request with a part, and the others as `then` says.
fn breaking(whole: Vec<u8>, at: usize, then: impl Fn(&Asked, &[u8]) -> Answer + Send + Sync + 'static) -> Server {
    let asked = AtomicUsize::new(0);
    Server::new(move |request| match asked.fetch_add(1, SeqCst) {
        0 => Answer::of(&whole[..]).with("ETag", TAG).cut(at),
        _ => then(request, &whole),
    })
}

#[test]
fn a_page_is_a_capture_of_its_url() {
    let server = Server::new(|_| {
        Answer { chunked: true, ..Answer::of("<!doctype html><p>F\u{e4}hre") }
            .with("Content-Type", "text/html; charset=koi8-r")
            .with("Date", "Fri, 03 May 2024 18:19:08 GMT")
    });
    let secret = format!("http://me:pass%2Fword@{}/2024/ferry/?signature=pass#word", server.host);
    let mut reader = reader(&secret);
    let progress = reader.progress();
    assert_eq!(progress.total(), None);
    let capture = reader.next().unwrap().unwrap();
    assert!(reader.next().is_none());
    assert_eq!(capture.url, server.url("/2024/ferry/"));
    assert_eq!(capture.fetched_at, "2024-05-03T18:19:08Z");
    assert_eq!(capture.html.unwrap().charset, "koi8-r");
    assert_eq!((capture.id.len(), progress.total()), (32, None));
    let asked = &server.asked()[0];
    assert_eq!(asked.target, "/2024/ferry/?signature=pass");
    assert_eq!(asked.header("authorization"), "Basic bWU6cGFzcy93b3Jk");
    assert_eq!(asked.header("user-agent"), concat!("copydesk/", env!("CARGO_PKG_VERSION")));
}

#[test]
fn what_a_server_sends_is_told_by_its_bytes() {
    let crawl = (1..4).flat_map(|id| gzip(&page(id))).collect::<Vec<u8>>();
    let rows = parquet(vec![("id", strings(&[Some("a"), Some("b")])), ("text", strings(&[Some("One"), Some("Two")]))]);
    let wacz = zipped(&[("datapackage.json", b"{}"), ("archive/data.warc.gz", &crawl)], CompressionMethod::Stored);
    let sizes = [crawl.len(), rows.len(), wacz.len()];
    let server = Server::new(move |asked| {
        Answer::of(match asked.path() {
            "/crawl" => crawl.clone(),
            "/rows" => rows.clone(),
            "/wacz" => wacz.clone(),
            "/cut.zip" => wacz[..wacz.len() / 2].to_vec(),
            "/text" => b"Die F\xe4hre".to_vec(),
            _ => gzip(&lines(3)),
        })
        .with("Content-Type", if asked.path() == "/text" { "text/plain; charset=iso-8859-1" } else { "" })
    });
    let all = |path: &str| {
        let mut reader = reader(&server.url(path));
        let progress = reader.progress();
        let told: Vec<_> = reader.by_ref().map(|record| told(&record)).collect();
        assert_eq!(Some(progress.bytes()), progress.total(), "{path}");
        (told, progress.bytes() as usize)
    };
    assert_eq!(all("/crawl"), (vec!["1".to_owned(), "2".to_owned(), "3".to_owned()], sizes[0]));
    assert_eq!(all("/rows"), (vec!["a".to_owned(), "b".to_owned()], sizes[1]));
    assert_eq!(all("/wacz"), (vec!["1".to_owned(), "2".to_owned(), "3".to_owned()], sizes[2]));
    assert_eq!(all("/lines").0, ["0", "1", "2"]);
    assert!(all("/cut.zip").0[0].starts_with("unreadable: is a ZIP file that cannot be read"));
    let text = records(&server.url("/text")).pop().unwrap().unwrap();
    assert_eq!((text.text.as_str(), text.url), ("Die Fähre", server.url("/text")));
    let source =
        open([server.url("/wacz?key=word")], Options { limit: 30, ..options() }).next().unwrap().unwrap_err().source;
    assert!(source.starts_with(&server.url("/wacz/archive/data.warc.gz:")), "{source}");
}

#[test]
fn what_breaks_off_is_taken_up_again_where_it_stopped() {
    let whole = lines(900);
    let server = breaking(whole.clone(), 300_000, |asked, whole| {
        let answer = Answer::part(whole, asked).with("ETag", TAG);
        // And once more.
        if asked.from() < 600_000 { answer.cut(600_000 - asked.from()) } else { answer }
    });
    check_lines(&records(&server.url("/crawl.jsonl")), 900);
    let asked = server.asked();
    let ranges: Vec<_> = asked.iter().map(|asked| (asked.header("range"), asked.header("if-range"))).collect();
    assert_eq!(ranges, [("", ""), ("bytes=300000-", TAG), ("bytes=600000-", TAG)]);
}

#[test]
fn a_server_without_parts_begins_anew_and_what_is_known_is_passed_over() {
    let server = breaking(lines(900), 300_000, |_, whole| Answer::of(whole));
    check_lines(&records(&server.url("/crawl.jsonl")), 900);
    assert_eq!(server.asked().len(), 2);
    // Without a length, too.
    let chunked = |whole: &[u8]| Answer { chunked: true, ..Answer::of(whole) };
    let whole = lines(900);
    let asked = AtomicUsize::new(0);
    let server = Server::new(move |_| match asked.fetch_add(1, SeqCst) {
        0 => chunked(&whole).cut(300_000),
        _ => chunked(&whole),
    });
    check_lines(&records(&server.url("/crawl.jsonl")), 900);
}

#[test]
fn what_was_changed_meanwhile_is_named() {
    let other: fn(&[u8]) -> Vec<u8> = |whole| whole.iter().map(|&b| if b == b'7' { b'8' } else { b }).collect();
    let check = |server: Server| {
        let url = server.url("/crawl.jsonl?key=word");
        let records: Vec<_> = open([url, server.url("/crawl.jsonl")], options()).collect();
        let changed = records.iter().position(Result::is_err).unwrap();
        let refused = records[changed].as_ref().unwrap_err();
        // Lines that came whole are captures, and the input that follows is read.
        assert!((200..500).contains(&changed), "{changed} {refused}");
        assert_eq!((refused.outcome, &refused.source), (Outcome::Changed, &server.url("/crawl.jsonl")), "{refused}");
        assert!(refused.message.contains("at byte 300000 of "), "{refused}");
        assert_eq!(records.len(), changed + 1 + 900);
    };
    check(breaking(lines(900), 300_000, |asked, whole| Answer::part(whole, asked).with("ETag", "\"second\"")));
    check(breaking(lines(900), 300_000, move |_, whole| Answer::of(other(whole)).with("ETag", "\"second\"")));
    // Nothing but the bytes says so.
    check(breaking(lines(900), 300_000, move |_, whole| Answer::of(other(whole))));
    let shorter = AtomicUsize::new(0);
    check(breaking(lines(900), 300_000, move |asked, whole| match shorter.fetch_add(1, SeqCst) {
        0 => Answer::status(416),
        _ => Answer::part(whole, asked),
    }));
}

#[test]
fn fewer_bytes_than_promised_are_an_outcome_and_the_rest_is_read() {
    let whole = lines(900);
    let packed = gzip(&whole);
    let server = Server::new(move |asked| match asked.path() {
        "/short.jsonl" if asked.from() >= 300_000 => Answer::part(&whole, asked).cut(0),
        "/short.jsonl" => Answer::of(&whole[..]).cut(300_000),
        // A gzip member that ends with the connection.
        "/short.gz" => Answer::of(&packed[..]).cut(100_000),
        _ => Answer::of("{\"id\": \"last\", \"text\": \"One\"}\n"),
    });
    let urls = ["/short.jsonl", "/short.gz", "/last.jsonl"].map(|path| server.url(path));
    let records: Vec<_> = open(urls.clone(), options()).collect();
    let refused: Vec<_> = records.iter().filter_map(|record| record.as_ref().err()).collect();
    assert_eq!(refused.len(), 2, "{refused:?}");
    for ((refused, url), at) in refused.iter().zip(&urls).zip([300_000, 100_000]) {
        assert!(refused.message.ends_with("what came before was read"), "{refused}");
        assert_eq!((refused.outcome, &refused.source), (Outcome::Unreadable, url));
        assert!(refused.message.starts_with(&format!("breaks off at byte {at} of ")), "{refused}");
        assert!(refused.message.contains("(5 tries)"), "{refused}");
    }
    assert_eq!(told(records.last().unwrap()), "last");
    // The lines of both that came whole.
    assert!(records.len() > 275 + 90, "{}", records.len());
    // One try, and four more.
    assert_eq!(server.asked().iter().filter(|asked| asked.path() == "/short.jsonl").count(), 5);
}

#[test]
fn of_a_page_that_breaks_off_nothing_was_read() {
    let page = format!("<p>{}", "The ferry runs again. ".repeat(9000));
    let server = Server::new(move |asked| match asked.from() {
        0 => Answer::of(page.as_bytes()).cut(100_000),
        _ => Answer::part(page.as_bytes(), asked).cut(0),
    });
    let records = records(&server.url("/page.html"));
    let refused = records[0].as_ref().unwrap_err();
    assert!(refused.message.starts_with("breaks off at byte 100000"), "{refused}");
    assert!(!refused.message.contains("was read"), "{refused}");
    assert_eq!(records.len(), 1);
}

#[test]
fn a_crawl_that_breaks_off_says_so_beside_its_last_record() {
    let crawl: Vec<u8> = (1..30).flat_map(|id| gzip(&page(id))).collect();
    let server = Server::new(move |_| Answer::of(&crawl[..]).cut(crawl.len() - 5));
    let records = records(&server.url("/crawl.warc.gz"));
    let last: Vec<_> = records[records.len() - 3..].iter().map(told).collect();
    // Of the last member only the sum is missing.
    assert_eq!(last[0], "29");
    assert!(last[1].starts_with("damaged: "), "{last:?}");
    assert!(last[2].starts_with("unreadable: breaks off at byte "), "{last:?}");
    assert_eq!(records.len(), 31);
}

#[test]
fn a_server_that_says_no_is_asked_once() {
    for (status, says) in
        [(404, "is not there (404)"), (403, "may not be read (403)"), (401, "login"), (400, "answers 400")]
    {
        let server = Server::new(move |_| Answer::status(status));
        check_refused(&server.url("/1.warc.gz"), options(), "unreadable", says);
        assert_eq!(server.asked().len(), 1);
    }
}

#[test]
fn a_server_that_is_busy_is_asked_again() {
    for status in [429, 503] {
        let asked = AtomicUsize::new(0);
        let server = Server::new(move |_| match asked.fetch_add(1, SeqCst) {
            0 | 1 => Answer::status(status),
            _ => Answer::of(lines(3)),
        });
        check_lines(&records(&server.url("/crawl.jsonl")), 3);
    }
    let server = Server::new(|_| Answer::status(500));
    check_refused(&server.url("/1.warc.gz"), options(), "unreadable", "answers 500; try again later (5 tries)");
    assert_eq!(server.asked().len(), 5);
}

#[test]
fn a_server_that_hangs_is_left() {
    let brief = || Options { patience: Duration::from_millis(300), ..options() };
    let server = Server::new(|_| Answer::of("never").hanging(0));
    let begin = Instant::now();
    check_refused(&server.url("/1.html"), brief(), "unreadable", "says nothing for 300ms (5 tries)");
    assert!(begin.elapsed() < Duration::from_secs(15), "{:?}", begin.elapsed());
    // In the middle: it goes on at once where it stopped.
    let whole = lines(900);
    let server = Server::new(move |asked| match asked.from() {
        0 => Answer::of(&whole[..]).hanging(300_000),
        _ => Answer::part(&whole, asked),
    });
    let patient = Options { patience: Duration::from_secs(1), ..options() };
    check_lines(&open([server.url("/crawl.jsonl")], patient).collect::<Vec<_>>(), 900);
}

#[test]
fn a_host_that_is_not_there_is_named() {
    check_refused("http://no-such-host.invalid/1.html", options(), "unreadable", "host that is not known");
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    check_refused(&format!("http://127.0.0.1:{port}/1.html"), options(), "unreadable", "cannot be connected to: ");
    let server = Server::new(|_| Answer::of("plain"));
    check_refused(&format!("https://{}/1.html", server.host), options(), "unreadable", "is it `http://`?");
}

#[test]
fn redirects_are_followed() {
    let whole = lines(900);
    let server = Server::new(move |asked| match asked.path() {
        "/old" => Answer::status(302).with("Location", "/new?signature=word"),
        "/round" => Answer::status(301).with("Location", "/round"),
        _ if asked.from() == 0 => Answer::of(&whole[..]).cut(300_000),
        _ => Answer::part(&whole, asked),
    });
    check_lines(&records(&server.url("/old")), 900);
    check_refused(&server.url("/round"), options(), "unreadable", "redirected in circles");
}

#[test]
fn folders_of_web_servers_cannot_be_listed() {
    let server = Server::new(|asked| match asked.path() {
        "/files/" => Answer::of(
            "<!DOCTYPE HTML>\n<html><head><title>Index of /files</title></head><a href=1.warc.gz>1.warc.gz</a>",
        ),
        "/python/" => Answer::of(
            "<!DOCTYPE HTML><html lang=\"en\"><head>\n<meta charset=\"utf-8\">\n<title>Directory listing for /python/</title>",
        ),
        "/2024/ferry/" => Answer::of("<!doctype html><title>Ferry</title><p>It runs."),
        _ => Answer::status(404),
    });
    for path in ["/files/", "/python/", "/none/"] {
        check_refused(&server.url(path), options(), "unreadable", "cannot be listed");
    }
    check_refused(&server.url("/*.warc.gz"), options(), "unreadable", "cannot be listed; name each file");
    // Most pages of the world end in a slash.
    assert_eq!(records(&server.url("/2024/ferry/"))[0].as_ref().unwrap().url, server.url("/2024/ferry/"));
}

#[test]
fn what_cannot_be_an_address_is_refused_without_its_secrets() {
    for url in [
        "https://me:pass/word@post.example/1",
        "http://",
        "s3://me:password@crawls/1",
        "s3://crawls/1?X-Amz-Signature=password",
    ] {
        let record = open([url], options()).next().unwrap().unwrap_err();
        assert_eq!(record.outcome, Outcome::Unreadable);
        assert!(!record.to_string().contains("word"), "{record}");
    }
}

#[test]
fn no_more_is_fetched_than_there_is_room_for() {
    let server = Server::new(|_| Answer::of([lines(1000).as_slice(); 80].concat()));
    let mut reader = reader(&server.url("/crawl.jsonl"));
    assert!(reader.next().unwrap().is_ok());
    thread::sleep(Duration::from_millis(500));
    drop(reader);
    // The server sees it when it writes the next time.
    for _ in 0..100 {
        thread::sleep(Duration::from_millis(20));
        if server.written() > 0 {
            break;
        }
    }
    // Room for 4 MiB here, and what the buffers of two sockets hold.
    let written = server.written();
    assert!((1 << 20..24 << 20).contains(&written), "{written}");
}
