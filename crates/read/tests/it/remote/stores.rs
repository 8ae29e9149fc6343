use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
};

use copydesk_model::{Capture, Outcome, Refused};
use copydesk_read::{Options, open};

use super::{
    check_lines, lines, options,
    server::{Answer, Asked, Server},
    told,
};

const TAG: &str = "\"first\"";

/// A store that keeps objects by bucket and key, and lists them three at a time.
#[derive(Clone)]
struct Store(Arc<BTreeMap<String, Vec<u8>>>);

impl Store {
    fn new(objects: &[(&str, &[u8])]) -> Self {
        Self(Arc::new(objects.iter().map(|(key, bytes)| (format!("crawls/{key}"), bytes.to_vec())).collect()))
    }

    fn answer(&self, asked: &Asked) -> Answer {
        let path =
            percent_encoding::percent_decode_str(asked.path().trim_matches('/')).decode_utf8_lossy().into_owned();
        match path.split('/').next() {
            Some("crawls") if path == "crawls" => return Answer::of(self.list(asked)),
            Some("crawls") => {}
            _ => return Answer { status: 404, ..Answer::of("<Error><Code>NoSuchBucket</Code></Error>") },
        }
        match self.0.get(&path) {
            Some(_) if ![TAG, ""].contains(&asked.header("if-match")) => Answer::status(412),
            Some(bytes) => {
                Answer::part(bytes, asked).with("ETag", TAG).with("Last-Modified", "Fri, 03 May 2024 18:19:08 GMT")
            }
            None => Answer { status: 404, ..Answer::of("<Error><Code>NoSuchKey</Code></Error>") },
        }
    }

    fn list(&self, asked: &Asked) -> String {
        let azure = asked.query("comp") == "list";
        let after = asked.query(if azure { "marker" } else { "continuation-token" });
        let (prefix, delimiter) = (asked.query("prefix"), asked.query("delimiter"));
        let keys = self.0.iter().map(|(key, bytes)| (key.strip_prefix("crawls/").unwrap(), bytes.len()));
        let mut found = String::new();
        let mut folders = BTreeSet::new();
        let (mut count, mut next) = (0, String::new());
        for (key, size) in keys.filter(|(key, _)| key.starts_with(&prefix) && **key > *after) {
            if let Some(end) = key[prefix.len()..].find('/').filter(|_| !delimiter.is_empty()) {
                folders.insert(&key[..prefix.len() + end + 1]);
                continue;
            }
            if count == 3 {
                break;
            }
            count += 1;
            next = if count == 3 { key.to_owned() } else { String::new() };
            let modified = "2024-05-03T18:19:08.000Z";
            found += &match azure {
                true => format!(
                    "<Blob><Name>{key}</Name><Properties><Last-Modified>Fri, 03 May 2024 18:19:08 GMT</Last-Modified><Etag>{TAG}</Etag>\
                     <Content-Length>{size}</Content-Length><Content-Type>x/y</Content-Type></Properties></Blob>"
                ),
                false => format!(
                    "<Contents><Key>{key}</Key><Size>{size}</Size><LastModified>{modified}</LastModified><ETag>{TAG}</ETag></Contents>"
                ),
            };
        }
        let name = if azure { ["BlobPrefix", "Name"] } else { ["CommonPrefixes", "Prefix"] };
        for folder in folders {
            found += &format!("<{}><{}>{folder}</{}></{}>", name[0], name[1], name[1], name[0]);
        }
        let next = match () {
            () if azure => format!("<NextMarker>{next}</NextMarker>"),
            () if next.is_empty() => String::new(),
            () => format!("<NextContinuationToken>{next}</NextContinuationToken>"),
        };
        match azure {
            true => format!("<EnumerationResults><Blobs>{found}</Blobs>{next}</EnumerationResults>"),
            false => format!("<ListBucketResult>{found}{next}</ListBucketResult>"),
        }
    }
}

fn set(settings: &[(&str, &str)]) -> Options {
    let settings = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Options { settings, ..options() }
}

/// How each service is told where it is, and that all may read.
fn open_to_all(scheme: &str, host: &str) -> Options {
    let url = format!("http://{host}");
    match scheme {
        "s3" => set(&[("AWS_ENDPOINT", &url), ("AWS_ALLOW_HTTP", "true"), ("AWS_SKIP_SIGNATURE", "true")]),
        "gs" => set(&[("GOOGLE_BASE_URL", &url), ("GOOGLE_ALLOW_HTTP", "true"), ("GOOGLE_SKIP_SIGNATURE", "true")]),
        _ => set(&[
            ("AZURE_STORAGE_ACCOUNT_NAME", "desk"),
            ("AZURE_ENDPOINT", &url),
            ("AZURE_ALLOW_HTTP", "true"),
            ("AZURE_SKIP_SIGNATURE", "true"),
        ]),
    }
}

fn read(server: &Server, url: &str) -> Vec<Result<Capture, Refused>> {
    open([url], open_to_all(url.split(':').next().unwrap(), &server.host)).collect()
}

#[track_caller]
fn check(server: &Server, url: &str, expected: &[&str]) {
    let records = read(server, url);
    let told: Vec<_> = records.iter().map(told).collect();
    assert_eq!(told, expected, "{url}");
}

#[track_caller]
fn check_refused(url: &str, options: Options, outcome: Outcome, says: &str) {
    let records: Vec<_> = open([url], options).collect();
    let [Err(refused)] = &records[..] else { panic!("{records:?}") };
    assert_eq!((refused.outcome, refused.source.as_str()), (outcome, url), "{refused}");
    assert!(refused.message.contains(says), "{refused}");
    assert!(!refused.message.contains("password") && !refused.message.contains("127.0.0.1"), "{refused}");
}

const PAGE: &[u8] = b"One";

fn crawl() -> Server {
    let store = Store::new(&[
        ("2024/a.txt", PAGE),
        ("2024/a-b.txt", PAGE),
        ("2024/a/deep.txt", PAGE),
        ("2024/a/deeper/c.txt", PAGE),
        // What a console makes of a folder.
        ("2024/empty", b""),
        ("2024/empty/d.txt", PAGE),
        ("2024/.hidden.txt", PAGE),
        ("2024/.folder/e.txt", PAGE),
        ("2025/b [1] \u{e9}.txt", PAGE),
        ("2025/rows.jsonl", b"{\"id\": \"7\", \"text\": \"One\"}\n"),
        ("top.txt", PAGE),
    ]);
    Server::new(move |asked| store.answer(asked))
}

#[test]
fn objects_folders_and_patterns_are_read_as_those_of_a_disk() {
    let server = crawl();
    for scheme in ["s3", "gs", "az"] {
        check(&server, &format!("{scheme}://crawls/top.txt"), &["top.txt"]);
        check(&server, &format!("{scheme}://crawls/2025/rows.jsonl"), &["7"]);
        check(
            &server,
            &format!("{scheme}://crawls/2024/"),
            &["a-b.txt", "a.txt", "a/deep.txt", "a/deeper/c.txt", "empty/d.txt"],
        );
        check(&server, &format!("{scheme}://crawls/*.txt"), &["top.txt"]);
        check(
            &server,
            &format!("{scheme}://crawls/202?/*.txt"),
            &["2024/a-b.txt", "2024/a.txt", "2025/b [1] \u{e9}.txt"],
        );
        check(
            &server,
            &format!("{scheme}://crawls/2024/**/*.txt"),
            &["a-b.txt", "a.txt", "a/deep.txt", "a/deeper/c.txt", "empty/d.txt"],
        );
        // A folder that matches stands for what is in it.
        check(&server, &format!("{scheme}://crawls/2024/[a]"), &["a/deep.txt", "a/deeper/c.txt"]);
        check(&server, &format!("{scheme}://crawls/2024/*/deeper/c.txt"), &["a/deeper/c.txt"]);
        check(&server, &format!("{scheme}://crawls/2024/.folder/"), &["e.txt"]);
    }
    let all = read(&server, "s3://crawls");
    assert_eq!(all.len(), 8);
    let mut reader = open(["s3://crawls/2024/"], open_to_all("s3", &server.host));
    let progress = reader.progress();
    assert_eq!((progress.total(), progress.hidden()), (Some(15), 2));
    assert!(reader.by_ref().all(|record| record.is_ok_and(|capture| capture.url.is_empty())));
    assert_eq!(progress.bytes(), 15);
}

#[test]
fn a_pattern_lists_no_folder_that_cannot_hold_it() {
    let server = crawl();
    read(&server, "s3://crawls/*.txt");
    let lists: Vec<_> =
        server.asked().iter().filter(|asked| asked.path() == "/crawls").map(|asked| asked.query("delimiter")).collect();
    assert_eq!(lists, ["/"]);
}

#[test]
fn what_is_not_there_is_named() {
    let server = crawl();
    let options = || open_to_all("s3", &server.host);
    check_refused("s3://crawls/none.txt", options(), Outcome::Unreadable, "a folder ends in `/`");
    check_refused("s3://crawls/none/", options(), Outcome::Empty, "no object");
    check_refused("s3://crawls/*.pdf", options(), Outcome::Empty, "no object");
    check_refused("s3://others/1.txt", options(), Outcome::Unreadable, "bucket that is not there");
    check_refused("s3://others/", options(), Outcome::Unreadable, "bucket that is not there");
    check_refused("s3://crawls/a//b.txt", options(), Outcome::Unreadable, "copy it to another name");
    check_refused("s3://crawls/[.txt", options(), Outcome::Unreadable, "is no pattern");
}

#[test]
fn who_may_not_read_is_told_what_to_set() {
    let server = Server::new(|_| Answer { status: 403, ..Answer::of("<Error><Code>AccessDenied</Code></Error>") });
    let url = format!("http://{}", server.host);
    let signed = set(&[
        ("AWS_ENDPOINT", &url),
        ("AWS_ALLOW_HTTP", "true"),
        ("AWS_ACCESS_KEY_ID", "me"),
        ("AWS_SECRET_ACCESS_KEY", "password"),
    ]);
    check_refused("s3://crawls/1.txt", signed.clone(), Outcome::Unreadable, "AWS_SKIP_SIGNATURE=true");
    check_refused("s3://crawls/", signed, Outcome::Unreadable, "AWS_SKIP_SIGNATURE=true");
    assert!(server.asked()[0].header("authorization").starts_with("AWS4-HMAC-SHA256 Credential=me/"));
    check_refused(
        "gs://crawls/1.txt",
        open_to_all("gs", &server.host),
        Outcome::Unreadable,
        "GOOGLE_SKIP_SIGNATURE=true",
    );
    check_refused(
        "az://crawls/1.txt",
        open_to_all("az", &server.host),
        Outcome::Unreadable,
        "AZURE_SKIP_SIGNATURE=true",
    );
    let account = set(&[("AZURE_SKIP_SIGNATURE", "true")]);
    check_refused("az://crawls/1.txt", account, Outcome::Unreadable, "AZURE_STORAGE_ACCOUNT_NAME");
    let plain = set(&[("AWS_ENDPOINT", &url), ("AWS_SKIP_SIGNATURE", "true")]);
    check_refused("s3://crawls/1.txt", plain, Outcome::Unreadable, "AWS_ALLOW_HTTP");
    let signature = set(&[
        ("AZURE_STORAGE_ACCOUNT_NAME", "desk"),
        ("AZURE_ENDPOINT", &url),
        ("AZURE_ALLOW_HTTP", "true"),
        ("AZURE_STORAGE_SAS_KEY", "sv=2022&sig=password"),
    ]);
    check_refused("az://crawls/1.txt", signature, Outcome::Unreadable, "may not be read");
    assert_eq!(server.asked().last().unwrap().query("sig"), "password");
}

#[test]
fn who_has_no_credentials_is_told_what_to_set() {
    // Where a cloud's own machines find theirs.
    let options =
        set(&[("AWS_METADATA_ENDPOINT", "http://169.254.169.254.invalid"), ("AWS_ENDPOINT", "https://s3.invalid")]);
    check_refused(
        "s3://crawls/1.txt",
        options,
        Outcome::Unreadable,
        "no credentials were found; set AWS_ACCESS_KEY_ID",
    );
}

#[test]
fn an_object_that_breaks_off_is_taken_up_again() {
    let whole = lines(900);
    let store = Store::new(&[("crawl.jsonl", &whole)]);
    for scheme in ["s3", "gs", "az"] {
        let (asked, store) = (AtomicUsize::new(0), store.clone());
        let server = Server::new(move |request| match asked.fetch_add(1, SeqCst) {
            0 => store.answer(request).cut(300_000),
            1 => Answer { status: 503, ..Answer::of("<Error><Code>SlowDown</Code></Error>") },
            _ => store.answer(request),
        });
        check_lines(&read(&server, &format!("{scheme}://crawls/crawl.jsonl")), 900);
        let asked = server.asked();
        assert_eq!((asked.len(), asked[2].from(), asked[2].header("if-match")), (3, 300_000, TAG), "{scheme}");
    }
    let (asked, changed) = (AtomicUsize::new(0), store.clone());
    let server = Server::new(move |request| match asked.fetch_add(1, SeqCst) {
        0 => changed.answer(request).cut(300_000),
        _ => Answer::status(412),
    });
    let records = read(&server, "s3://crawls/crawl.jsonl");
    assert_eq!(records.last().unwrap().as_ref().unwrap_err().outcome, Outcome::Changed);
    assert!(records.len() > 200);
    // A store that gives no parts.
    let asked = AtomicUsize::new(0);
    let server = Server::new(move |request| {
        let whole = Answer { status: 200, ..store.answer(request) };
        if asked.fetch_add(1, SeqCst) == 0 { whole.cut(300_000) } else { whole }
    });
    let records = read(&server, "s3://crawls/crawl.jsonl");
    let refused = records.last().unwrap().as_ref().unwrap_err();
    assert!(refused.message.contains("gives no parts"), "{refused}");
}

#[test]
fn a_store_that_hangs_or_is_busy_is_left() {
    let server = Server::new(|_| Answer::of("never").hanging(0));
    let brief = || Options { patience: std::time::Duration::from_millis(300), ..open_to_all("s3", &server.host) };
    check_refused("s3://crawls/1.txt", brief(), Outcome::Unreadable, "says nothing for 300ms (5 tries)");
    check_refused("s3://crawls/", brief(), Outcome::Unreadable, "takes too long");
    let server = Server::new(|_| Answer::status(503));
    check_refused("s3://crawls/1.txt", open_to_all("s3", &server.host), Outcome::Unreadable, "answers 503");
    assert_eq!(server.asked().len(), 5);
    check_refused("s3://crawls/", open_to_all("s3", &server.host), Outcome::Unreadable, "answers 503");
    assert_eq!(server.asked().len(), 10);
}
