//! `copydesk search` and `copydesk serve`, on the demo's archive.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::run::{copydesk, folder, path, program, samples};

fn archive() -> (TempDir, String) {
    let folder = folder(&[]);
    let archive = path(&folder, "archive");
    copydesk(&["add", &archive, &samples()]).fine();
    (folder, archive)
}

fn found(archive: &str, query: &str) -> Vec<String> {
    let answer = copydesk(&["search", archive, query, "--json"]).json();
    let rows = answer["rows"].as_array().unwrap().clone();
    assert_eq!(answer["total"].as_u64().unwrap() as usize, rows.len(), "{answer}");
    rows.iter().map(|row| row["headline"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn stories_are_found_by_what_they_say() {
    let (_folder, archive) = archive();
    let all = found(&archive, "*");
    assert_eq!(all.len(), 8);
    let lifeboat = ["Lifeboat Back in Port Alder After Two Nights at Sea"];
    assert_eq!(found(&archive, "title:lifeboat"), lifeboat);
    assert_eq!(found(&archive, "title:life* NOT flood"), lifeboat);
    assert_eq!(found(&archive, "author:pym").len(), 1);
    assert!(found(&archive, "منارة").len() == 1, "scripts that are not Latin");
    assert_eq!(found(&archive, "xyzzy"), Vec::<String>::new());
    let out = copydesk(&["search", &archive, "title:lifeboat"]).fine();
    assert!(out.contains(lifeboat[0]) && out.contains("1 story"), "{out}");
    // The line under a headline is about the row that --json gives.
    for row in copydesk(&["search", &archive, "*", "--json"]).json()["rows"].as_array().unwrap() {
        let (headline, site) = (row["headline"].as_str().unwrap(), row["site"].as_str().unwrap());
        let one = copydesk(&["search", &archive, &format!("title:\"{headline}\"")]).fine();
        assert!(one.lines().nth(1).unwrap().trim().starts_with(&format!("{site} · ")), "{site}: {one}");
    }
    copydesk(&["search", &archive, "ferry AND (storm"]).ends(1, &["cannot be understood", "^"]);
}

#[test]
fn a_story_is_dated_as_exactly_as_it_is_known() {
    let told = [
        ("2024-05-02", " 2024-05-02 ·"),
        ("2024-04", " 2024-04 ·"),
        ("2024-05-02T08:00:00+02:00", " 2024-05-02 08:00 +02:00 ·"),
        ("2024-05-02T08:00:00Z", " 2024-05-02 08:00 UTC ·"),
    ];
    for (said, shown) in told {
        let page = format!(
            "<title>Ferry</title><meta property=article:published_time content='{said}'><h1>Ferry Opens Again</h1><p>{}</p>",
            crate::run::FERRY.replace("\n\n", "</p><p>")
        );
        let line = serde_json::json!({"id": "a", "url": "https://a.example/1", "fetched_at": "2024-05-20T12:00:00Z", "html": page});
        let folder = folder(&[("crawl.jsonl", line.to_string().as_bytes())]);
        let archive = path(&folder, "archive");
        copydesk(&["add", &archive, &path(&folder, "crawl.jsonl")]).fine();
        let out = copydesk(&["search", &archive, "*"]).fine();
        assert!(out.contains(shown), "{said}: {out}");
    }
}

#[test]
fn the_index_follows_the_archive() {
    let (_folder, archive) = archive();
    assert_eq!(found(&archive, "*").len(), 8);
    let more = folder(&[("one.txt", crate::run::FERRY.as_bytes())]);
    copydesk(&["add", &archive, &path(&more, "one.txt")]).fine();
    assert_eq!(found(&archive, "*").len(), 9);
    let id = copydesk(&["search", &archive, "title:lifeboat", "--json"]).json()["rows"][0]["story"].clone();
    copydesk(&["forget", &archive, id.as_str().unwrap(), "--yes"]).fine();
    assert!(found(&archive, "title:lifeboat").is_empty());
    copydesk(&["verify", &archive]).fine();
}

/// A server that ends with the test.
struct Served(Child, String);

impl Served {
    fn of(archive: &str) -> Self {
        let mut child = program()
            .args(["serve", archive, "--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        Self(child, address)
    }

    fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.1).unwrap();
        // In HTTP/1.0 a body that is streamed comes in one piece.
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {}\r\n\r\n", self.1).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn pages_are_served() {
    let (_folder, archive) = archive();
    let story = copydesk(&["search", &archive, "title:lifeboat", "--json"]).json()["rows"][0].clone();
    let served = Served::of(&archive);
    let (status, page) = served.get("/?q=title:lifeboat");
    assert!(status == 200 && page.contains(" Back in Port Alder"), "{status} {page}");
    let id = story["story"].as_str().unwrap();
    let (status, page) = served.get(&format!("/story/{id}"));
    assert!(status == 200 && page.contains(" Back in Port Alder"), "{status} {page}");
    assert_eq!(served.get("/sources").0, 200);
    assert_eq!(served.get("/story/ffffffffffffffff").0, 404);
}

#[test]
fn the_command_gives_the_rows_of_the_server() {
    let (_folder, archive) = archive();
    let served = Served::of(&archive);
    for (query, address) in [
        ("*", ""),
        ("title:lifeboat", "q=title:lifeboat"),
        ("harbour OR ferry", "q=harbour+OR+ferry"),
        ("versions:>1 has:agency", "q=versions:%3E1+has:agency"),
        ("منارة", "q=%D9%85%D9%86%D8%A7%D8%B1%D8%A9"),
        ("xyzzy", "q=xyzzy"),
    ] {
        let ours = copydesk(&["search", &archive, query, "--json"]).json();
        let (status, answer) = served.get(&format!("/api/v1/stories?{address}"));
        let answer: Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1)
            .unwrap_or_else(|e| panic!("{status} {e}: {answer}"));
        for key in ["commit", "understood", "each", "sort", "total", "rows"] {
            assert_eq!(ours[key], answer[key], "{query}: {key}");
        }
        let (_, export) = served.get(&format!("/export.jsonl?{address}"));
        let exported = export.split_once("\r\n\r\n").unwrap().1.lines().map(|line| {
            let mut row: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
            // An export has the text, too.
            assert!(row.as_object_mut().unwrap().remove("story_body").is_some());
            row
        });
        assert_eq!(ours["rows"], Value::Array(exported.collect()), "{query}");
    }
}

/// Runs with a cache of its own.
fn cached(cache: &str, args: &[&str]) -> (i32, String, String) {
    let done = program().env("XDG_CACHE_HOME", cache).env("HOME", cache).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap_or(-1), text(done.stdout), text(done.stderr))
}

fn indexes(folder: &std::path::Path) -> usize {
    std::fs::read_dir(folder)
        .map_or(0, |entries| entries.filter(|entry| entry.as_ref().unwrap().path().is_dir()).count())
}

#[test]
#[cfg(target_os = "linux")]
fn an_archive_that_cannot_be_written_to_has_its_index_elsewhere() {
    let (folder, archive) = archive();
    // Nothing can be put where its index should be, whoever asks.
    std::fs::write(folder.path().join("archive/index"), "").unwrap();
    let cache = path(&folder, "cache");
    let (code, out, said) = cached(&cache, &["search", &archive, "title:lifeboat"]);
    assert!(code == 0 && out.contains("1 story") && said.contains(&cache), "{code} {out} {said}");
    let (code, out, said) = cached(&cache, &["search", &archive, "title:lifeboat"]);
    assert!(code == 0 && out.contains("1 story") && said.is_empty(), "said once: {code} {out} {said}");
    let place = folder.path().join("cache/copydesk/index");
    assert_eq!(indexes(&place), 1);
    // Another commit has another one, and that of the first goes.
    let more = serde_json::json!({"id": "new", "url": "https://a.example/1", "text": crate::run::FERRY});
    crate::run::with_input(&["add", &archive, "-"], more.to_string().as_bytes()).ends(0, &[]);
    assert!(cached(&cache, &["search", &archive, "title:repairs"]).1.contains("Ferry Sails Again"));
    assert_eq!(indexes(&place), 1);
    // An archive that was made anew in its place is another one, though it counts its commits alike.
    std::fs::remove_dir_all(&archive).unwrap();
    let other = serde_json::json!({"id": "other", "text": crate::run::FERRY.replace("Ferry", "Tram")});
    crate::run::with_input(&["add", &archive, "-"], other.to_string().as_bytes()).ends(0, &[]);
    std::fs::write(folder.path().join("archive/index"), "").unwrap();
    assert!(cached(&cache, &["search", &archive, "*"]).1.contains("Tram Sails Again"));
    assert_eq!(indexes(&place), 1);
    // Nothing of it stays when something is forgotten.
    std::fs::remove_file(folder.path().join("archive/index")).unwrap();
    assert_eq!(cached(&cache, &["forget", &archive, "other", "--yes"]).0, 0);
    assert_eq!(indexes(&place), 0);
}

#[test]
fn an_index_is_kept_where_the_user_says() {
    let (folder, archive) = archive();
    let named = path(&folder, "indexes");
    copydesk(&["search", &archive, "ferry", "--index", &named]).fine();
    assert_eq!(indexes(&folder.path().join("indexes")), 1);
    assert!(!folder.path().join("archive/index").exists());
    let other = path(&folder, "other");
    let more = serde_json::json!({"id": "new", "text": crate::run::FERRY});
    crate::run::with_input(&["add", &other, "-"], more.to_string().as_bytes()).ends(0, &[]);
    assert!(copydesk(&["search", &other, "*", "--index", &named]).fine().contains("1 story"));
    assert!(copydesk(&["search", &archive, "*", "--index", &named]).fine().contains("8 stories"));
    assert_eq!(indexes(&folder.path().join("indexes")), 2, "one each");
    let file = path(&folder, "file");
    std::fs::write(&file, "").unwrap();
    copydesk(&["search", &archive, "*", "--index", &file]).ends(1, &["cannot be kept in", &file]);
}

#[test]
#[cfg(target_os = "linux")]
fn an_index_without_a_place_says_what_to_do() {
    let (folder, archive) = archive();
    std::fs::write(folder.path().join("archive/index"), "").unwrap();
    let file = path(&folder, "file");
    std::fs::write(&file, "").unwrap();
    let (code, _, said) = cached(&file, &["search", &archive, "*"]);
    assert!(code == 1 && said.contains("--index FOLDER") && said.contains(&archive), "{said}");
    let (code, _, said) = cached("", &["serve", &archive, "--port", "0"]);
    assert!(code == 1 && said.contains("--index FOLDER"), "{said}");
}
