//! Nothing that is handed in ends the run: it is counted, named, and the rest is done.

use std::{fs, io::Write};

use crate::run::{Done, FERRY, copydesk, folder, path, with_input};

/// Every input that issue trackers of such programs know, and two good ones between them.
fn bad_folder() -> tempfile::TempDir {
    let lines = format!(
        "{}\nthis line is no JSON\n{{\"url\": \"https://a.example/2\"}}\n{{\"text\": 7}}\n",
        serde_json::json!({"id": "good", "url": "https://a.example/1", "fetched_at": "2024-05-03T18:19:08Z", "text": FERRY})
    );
    folder(&[
        ("in/binary.txt", b"\x00\x01\x02\x03"),
        ("in/crawl.jsonl", lines.as_bytes()),
        ("in/empty.txt", b""),
        ("in/furniture.txt", b"Home\nNews\nSport\nSubscribe\nSign in\nCookies\n"),
        ("in/latin.txt", b"Caf\xe9 opens\n\nThe caf\xe9 opened."),
        ("in/no-headline.txt", FERRY.split_once("\n\n").unwrap().1.as_bytes()),
        ("in/page.txt", FERRY.as_bytes()),
    ])
}

#[track_caller]
fn names_everything(done: &Done) {
    done.ends(
        3,
        &[
            "binary.txt: holds NUL bytes",
            "crawl.jsonl:2: is no JSON object",
            "crawl.jsonl:3: has no column `text`",
            "crawl.jsonl:4: its column `text` is a number",
            "empty.txt: has no text",
            "latin.txt: byte 4 (0xe9) is not UTF-8",
            "nowhere.txt: is not there; check the path",
        ],
    );
}

#[test]
fn clip_names_what_it_leaves_out() {
    let folder = bad_folder();
    let done = copydesk(&["clip", &path(&folder, "in"), &path(&folder, "nowhere.txt")]);
    names_everything(&done);
    let captures: Vec<_> = done.lines().iter().map(|row| row["capture"].as_str().unwrap().to_owned()).collect();
    for name in ["good", "page.txt", "no-headline.txt"] {
        assert!(captures.iter().any(|c| c == name), "{name}: {captures:?}");
    }
}

#[test]
fn add_of_furniture_alone_says_what_to_look_at() {
    let folder = folder(&[("furniture.txt", b"Home\n\nNews\n\nSport\n")]);
    let done = copydesk(&["add", &path(&folder, "desk"), &path(&folder, "furniture.txt")]);
    done.ends(0, &["0  stories", "No story was found. `copydesk clip --explain INPUT`"]);
}

#[test]
fn clip_says_which_pages_have_no_story() {
    let wall = "<title>Page not found</title><h1>Page not found</h1><p>We could not find the page that you were looking for. It may have been moved, or its address may have been mistyped.";
    let folder = folder(&[("gone.html", wall.as_bytes())]);
    let done = copydesk(&["clip", &path(&folder, "gone.html")]);
    assert_eq!(done.out, "");
    done.ends(0, &["1  pages without a story", "gone.html", "none of its 2 blocks"]);
}

#[test]
fn add_names_what_it_leaves_out() {
    let folder = bad_folder();
    let archive = path(&folder, "archive");
    let done = copydesk(&["add", &archive, &path(&folder, "in"), &path(&folder, "nowhere.txt")]);
    names_everything(&done);
    done.ends(3, &["4  captures kept", "Left out"]);
    let funnel = copydesk(&["add", &archive, &path(&folder, "in"), &path(&folder, "nowhere.txt"), "--json"]);
    let value = funnel.json();
    assert_eq!(value["outcomes"]["duplicate"], 4, "{funnel:#?}");
    for (reason, count) in
        [("not_json", 1), ("missing_column", 2), ("empty", 1), ("not_text", 1), ("undecodable", 1), ("unreadable", 1)]
    {
        assert_eq!(value["outcomes"][reason], count, "{reason}: {funnel:#?}");
        assert_eq!(value["left_out"][reason]["count"], count, "{reason}: {funnel:#?}");
    }
}

#[test]
fn a_line_of_200_megabytes_is_left_out() {
    let folder = folder(&[]);
    let mut gzip =
        flate2::write::GzEncoder::new(fs::File::create(path(&folder, "wide.gz")).unwrap(), flate2::Compression::fast());
    gzip.write_all(b"{\"text\": \"").unwrap();
    for _ in 0..200 {
        gzip.write_all(&[b'x'; 1 << 20]).unwrap();
    }
    gzip.write_all(format!("\"}}\n{}\n", serde_json::json!({"id": "good", "text": FERRY})).as_bytes()).unwrap();
    gzip.finish().unwrap();
    let done = copydesk(&["clip", &path(&folder, "wide.gz")]);
    done.ends(3, &["wide.gz:1: a line of more than 33554432 bytes", "\"capture\":\"good\""]);
}

#[test]
fn nothing_to_read_is_no_archive() {
    let folder = folder(&[("file", b"x")]);
    copydesk(&["add", &path(&folder, "archive")]).ends(1, &["error:", "no input was given"]);
    assert!(!folder.path().join("archive").exists());
    copydesk(&["add", &path(&folder, "file"), "x"])
        .ends(1, &["is a file; the first argument is the folder of the archive"]);
}

#[test]
fn an_archive_that_is_none_says_so() {
    let folder = folder(&[("plain/page.txt", b"x")]);
    for command in [&["story"][..], &["stats"], &["export"], &["diff", "a"], &["why", "a", "b"]] {
        let run = |archive: &str| {
            let mut args = vec![command[0], archive];
            args.extend(&command[1..]);
            copydesk(&args)
        };
        let nowhere = path(&folder, "nowhere");
        run(&nowhere).ends(1, &["error:", &nowhere, "is not there"]);
        let plain = path(&folder, "plain");
        run(&plain).ends(1, &["error:", &plain]);
    }
}

#[test]
fn standard_input_is_an_input() {
    let line = serde_json::json!({"id": "piped", "text": FERRY}).to_string();
    let done = with_input(&["clip", "-"], line.as_bytes());
    assert_eq!(done.lines()[0]["capture"], "piped");
    let done = with_input(&["clip"], FERRY.as_bytes());
    assert_eq!(done.lines()[0]["headline"], "Ferry Sails Again After Three Weeks of Repairs");
    with_input(&["clip", "-"], b"").ends(3, &["stdin: has no text"]);
}

#[test]
fn compare_takes_any_text_and_names_what_is_none() {
    let folder =
        folder(&[("a.txt", FERRY.as_bytes()), ("b.txt", b""), ("c.txt", b"caf\xe9"), ("d.txt", b"{\"text\": 1}")]);
    let compare = |a: &str, b: &str| copydesk(&["compare", "--json", &path(&folder, a), &path(&folder, b)]);
    let relation = |a: &str, b: &str| compare(a, b).json()["relation"].as_str().unwrap().to_owned();
    assert_eq!(relation("a.txt", "a.txt"), "copy");
    assert_eq!(relation("a.txt", "b.txt"), "different");
    assert_eq!(relation("b.txt", "b.txt"), "different");
    assert_eq!(relation("d.txt", "a.txt"), "different");
    compare("a.txt", "c.txt").ends(1, &["c.txt: byte 4 (0xe9) is not UTF-8"]);
    compare("a.txt", "e.txt").ends(1, &["e.txt: is not there"]);
}

#[test]
fn an_archive_of_a_newer_format_is_left_alone() {
    let folder = folder(&[("page.txt", FERRY.as_bytes())]);
    let archive = path(&folder, "archive");
    copydesk(&["add", &archive, &path(&folder, "page.txt")]).fine();
    let commits = rusqlite::Connection::open(folder.path().join("archive/archive.sqlite")).unwrap();
    commits.execute("UPDATE format SET version = 99", []).unwrap();
    drop(commits);
    let says = ["error:", archive.as_str(), "newer copydesk", "99"];
    copydesk(&["stats", &archive]).ends(1, &says);
    copydesk(&["add", &archive, &path(&folder, "page.txt")]).ends(1, &says);
}

/// A disk that is full as far as one process can have it: no file may grow over so many blocks of 1,024 bytes.
#[cfg(target_os = "linux")]
fn on_a_small_disk(blocks: u32, args: &[&str]) -> Done {
    // The signal has to be ignored, or the process would end where the disk would give an error.
    let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let output = std::process::Command::new("bash")
        .args(["-c", &limited, env!("CARGO_BIN_EXE_copydesk")])
        .args(args)
        .output()
        .unwrap();
    Done {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_leaves_the_archive_as_it_was() {
    // Words that do not pack, so that what is written is as large as what is read.
    let mut state = 1u64;
    let mut word = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        format!("{:x} ", state >> 24)
    };
    let mut page = |i: usize| {
        let body: String = (0..500).map(|_| word()).collect();
        serde_json::json!({"id": i.to_string(), "text": format!("{FERRY}\n\n{body}.\n")}).to_string() + "\n"
    };
    let pages: String = (0..200).map(&mut page).collect();
    let folder = folder(&[("page.txt", FERRY.as_bytes()), ("pages.jsonl", pages.as_bytes())]);
    let archive = path(&folder, "archive");
    copydesk(&["add", &archive, &path(&folder, "page.txt")]).fine();
    let before = copydesk(&["export", &archive]).fine();
    // With next to nothing left it is SQLite that meets the end, with more of it the tables.
    for (blocks, says) in [(1, "error:"), (256, "space")] {
        let full = on_a_small_disk(blocks, &["add", &archive, &path(&folder, "pages.jsonl")]);
        full.ends(1, &["error:", says]);
        // Either the batch is there and its stories are not yet, or nothing of it is: never half a table.
        let stats = copydesk(&["stats", &archive, "--json"]);
        assert_eq!(stats.code, 0, "{stats:?}");
        assert_eq!(copydesk(&["export", &archive]).out, before, "after {blocks} blocks");
    }
    copydesk(&["add", &archive, &path(&folder, "pages.jsonl")]).ends(0, &["201  captures"]);
    assert_eq!(copydesk(&["stats", &archive, "--json"]).fine().matches("\"captures\": 201").count(), 2);
}

#[test]
fn a_text_that_cannot_be_seen_is_empty() {
    let line = "{\"id\": \"a\", \"text\": \"\\u200b\\n\\u200b\\n\"}\n";
    let folder = folder(&[("crawl.jsonl", line.as_bytes())]);
    let archive = path(&folder, "archive");
    let done = copydesk(&["add", &archive, &path(&folder, "crawl.jsonl"), "--json"]);
    let funnel = done.json();
    assert_eq!((done.code, &funnel["outcomes"]["empty"], &funnel["captures"]), (3, &1.into(), &0.into()), "{done:?}");
}
