//! The commands that look into an archive, on the demo's.

use std::{fs, sync::OnceLock};

use serde_json::Value;
use tempfile::TempDir;

use crate::run::{copydesk, folder, path, samples};

/// One archive for all tests that only look.
fn archive() -> &'static str {
    static ARCHIVE: OnceLock<(TempDir, String)> = OnceLock::new();
    let (_, archive) = ARCHIVE.get_or_init(|| {
        let folder = folder(&[]);
        let archive = path(&folder, "archive");
        copydesk(&["add", &archive, &samples()]).fine();
        (folder, archive)
    });
    archive
}

/// The story with the most clippings.
fn largest() -> Value {
    copydesk(&["story", archive(), "--by", "copies", "--limit", "1", "--json"]).json()[0].clone()
}

#[test]
fn add_ends_with_the_funnel() {
    let folder = folder(&[]);
    let archive = path(&folder, "archive");
    let out = copydesk(&["add", &archive, &samples()]).fine();
    for says in ["14  captures kept", "21  clippings", "exact copies", "11  versions", "8  stories", "furniture"] {
        assert!(out.contains(says), "{says}: {out}");
    }
    let again = copydesk(&["add", &archive, &samples(), "--json"]);
    assert_eq!(again.code, 0, "captures that are known are no problem: {again:?}");
    let funnel = again.json();
    assert_eq!(
        (&funnel["outcomes"]["duplicate"], &funnel["captures"], &funnel["stories"]),
        (&14.into(), &14.into(), &8.into())
    );
}

#[test]
fn an_archive_among_its_pages_is_not_read() {
    let folder = folder(&[("page.txt", crate::run::FERRY.as_bytes())]);
    let (archive, pages) = (path(&folder, "archive"), path(&folder, "."));
    copydesk(&["add", &archive, &pages]).fine();
    let again = copydesk(&["add", &archive, &pages, "--json"]);
    assert_eq!((again.code, &again.json()["captures"]), (0, &1.into()), "{again:?}");
}

#[test]
fn together_is_an_archive_for_a_moment() {
    let clip = copydesk(&["clip", "--together", &samples()]).fine();
    let export = copydesk(&["export", archive()]).fine();
    assert_eq!(clip, export);
}

#[test]
fn threads_and_batches_change_nothing() {
    let folder = folder(&[]);
    let run = |name: &str, options: &[&str]| {
        let archive = path(&folder, name);
        let samples = samples();
        let mut args = vec!["add", &archive, &samples];
        args.extend(options);
        copydesk(&args).fine();
        ["clippings", "stories", "versions", "relations"].map(|table| {
            let export = copydesk(&["export", &archive, table]).fine();
            let mut rows: Vec<String> = export.lines().map(str::to_owned).collect();
            rows.sort();
            rows
        })
    };
    let one = run("one", &["--threads", "1"]);
    assert_eq!(one, run("two", &["--threads", "4", "--batch", "8kB"]));
    assert!(one.iter().all(|rows| !rows.is_empty()));
}

#[test]
fn a_story_is_found_by_every_kind_of_id() {
    let story = largest();
    let id = story["id"].as_str().unwrap();
    let page = copydesk(&["story", archive(), id, "--json"]).json();
    assert_eq!(page["story"]["id"], id);
    assert_eq!(page["clippings"].as_array().unwrap().len() as u64, story["clippings"].as_u64().unwrap());
    let version = page["versions"][1]["id"].as_str().unwrap_or_else(|| page["versions"][0]["id"].as_str().unwrap());
    let clipping = page["clippings"][0]["id"].as_str().unwrap();
    for name in [&id[..6], version, &version[..20], clipping] {
        assert_eq!(copydesk(&["story", archive(), name, "--json"]).json()["story"]["id"], id, "{name}");
    }
    let out = copydesk(&["story", archive(), id]).fine();
    for says in [story["headline"].as_str().unwrap(), "Carried", "Versions", "Captions", "Text", "harbour-post.example"]
    {
        assert!(out.contains(says), "{says}: {out}");
    }
    let cut = copydesk(&["story", archive(), id, "--limit", "2"]).fine();
    assert!(cut.contains("and 3 more; --limit shows them"), "{cut}");
    copydesk(&["story", archive(), "no-such-page"]).ends(1, &["error:", "no-such-page"]);
    copydesk(&["story", archive(), "ffffffffffff"]).ends(1, &["error:", "ffffffffffff"]);
}

#[test]
fn a_story_says_where_it_comes_from_and_when() {
    let page = copydesk(&["story", archive(), "06-northern-ledger#0", "--json"]).json();
    let found = &page["annotations"];
    assert_eq!((&found["people"][0], &found["origin"]), (&"Dorothea Pym".into(), &"own".into()));
    let read_from = found["read_from"].as_array().unwrap();
    assert!(
        read_from
            .iter()
            .any(|row| row["what"] == "person" && row["field"] == "byline" && row["text"] == "Dorothea Pym")
    );
    let published = &found["published"];
    assert_eq!(
        (&published["published_from"], &published["published_to"], &published["published_by"]),
        (&"2024-04-14".into(), &"2024-04-14".into(), &"date-line".into())
    );
    let body = page["body"].as_str().unwrap();
    let mentions = found["mentions"].as_array().unwrap();
    assert!(mentions.iter().any(|mention| mention["value"] == "2024-04-14"));
    for mention in mentions {
        let at = |key: &str| mention[key].as_u64().unwrap() as usize;
        assert_eq!(body[at("start")..at("end")], *mention["text"].as_str().unwrap());
    }
    let out = copydesk(&["story", archive(), "06-northern-ledger#0"]).fine();
    for says in
        ["Where from and when", "by             Dorothea Pym", "published      2024-04-14  date, \"14 April 2024\""]
    {
        assert!(out.contains(says), "{says}: {out}");
    }
}

#[test]
fn the_list_of_stories_has_them_all() {
    let list = copydesk(&["story", archive(), "--json"]).json();
    assert_eq!(list.as_array().unwrap().len(), 8);
    let out = copydesk(&["story", archive(), "--limit", "3"]).fine();
    assert!(out.contains("3 of 8 stories"), "{out}");
}

#[test]
fn a_diff_marks_words() {
    // The correction: the same page fetched twice, a figure put right.
    let out = copydesk(&["diff", archive(), "06-northern-ledger", "07-northern-ledger"]).fine();
    assert!(out.contains("[-") && out.contains("{+"), "{out}");
    let json = copydesk(&["diff", archive(), "06-northern-ledger", "07-northern-ledger", "--json"]).json();
    // Each side is its version to the byte, and the changes are those that the archive counts.
    let side = |keep: &str| -> String {
        let text = |row: &Value| -> String {
            let parts = row.as_array().unwrap().iter().filter(|part| part["op"] == "same" || part["op"] == keep);
            parts.map(|part| part["text"].as_str().unwrap()).collect()
        };
        let rows: Vec<String> = json["paragraphs"].as_array().unwrap().iter().map(text).collect();
        rows.into_iter().filter(|row| !row.is_empty()).collect::<Vec<_>>().join("\n\n")
    };
    let shown = copydesk(&["story", archive(), json["a"]["story"].as_str().unwrap(), "--json"]).json();
    let version = |side: &str| {
        let is = |version: &&Value| version["id"] == json[side]["version"];
        shown["versions"].as_array().unwrap().iter().find(is).unwrap()
    };
    assert_eq!(side("removed"), version("a")["body"].as_str().unwrap());
    assert_eq!(side("added"), version("b")["body"].as_str().unwrap());
    assert_ne!(side("removed"), side("added"));
    assert_eq!(json["changes"].as_array().unwrap().len(), version("b")["changes"].as_u64().unwrap() as usize);
    let out = copydesk(&["diff", archive(), largest()["id"].as_str().unwrap()]).fine();
    assert!(out.contains("unchanged"), "{out}");
    copydesk(&["diff", archive(), "01-harbour-post", "02-harbour-post"]).ends(1, &["name one"]);
}

#[test]
fn why_shows_the_evidence() {
    let out = copydesk(&["why", archive(), "01-harbour-post#0", "08-northern-ledger#0"]).fine();
    for says in
        ["relation", "decided by", "against", "aligned of A", "numbers", "Aligned runs", "two versions of story"]
    {
        assert!(out.contains(says), "{says}: {out}");
    }
    let pairs = copydesk(&["why", archive(), "01-harbour-post", "02-harbour-post", "--json"]).json();
    assert!(pairs.as_array().unwrap().iter().any(|p| p["same_story"] == true && p["coverage_a"] == 1.0), "{pairs}");
    let apart = copydesk(&["why", archive(), "13-sahel-sindian", "14-mikashio-shimbun", "--json"]).json();
    assert_eq!((&apart[0]["relation"], &apart[0]["same_story"]), (&"different".into(), &false.into()));
}

#[test]
fn why_says_what_stands_elsewhere() {
    let (head, body) = crate::run::FERRY.split_once("\n\n").unwrap();
    let paragraphs: Vec<&str> = body.trim().split("\n\n").collect();
    let [first, second, last] = paragraphs[..] else { panic!("{paragraphs:?}") };
    let page = |id: &str, body: [&str; 3]| {
        let url = format!("https://{id}.example/ferry");
        serde_json::json!({"id": id, "url": url, "text": format!("{head}\n\n{}\n", body.join("\n\n"))}).to_string()
    };
    let pages = [page("monday", [first, second, last]), page("tuesday", [last, first, second])].join("\n");
    let folder = folder(&[("crawl.jsonl", pages.as_bytes())]);
    let archive = path(&folder, "archive");
    copydesk(&["add", &archive, &path(&folder, "crawl.jsonl")]).fine();
    let out = copydesk(&["why", &archive, "monday", "tuesday"]).fine();
    for says in [
        "relation        revision: the same story",
        "elsewhere       35 words in runs that stand in both in another order, and are not listed below",
        "     70          0    35  The ferry to the Outer Skerries",
    ] {
        assert!(out.contains(says), "{says}: {out}");
    }
    let pair = &copydesk(&["why", &archive, "monday", "tuesday", "--json"]).json()[0];
    assert_eq!((&pair["matched"], &pair["moved"]), (&70.into(), &35.into()), "{pair}");
    // Of what stands in one order nothing is said.
    let out = copydesk(&["why", &archive, "monday", "monday#0"]);
    out.ends(1, &["`monday` and `monday#0` lead to one and the same clipping; name two"]);
    let plain = copydesk(&["why", self::archive(), "01-harbour-post#0", "08-northern-ledger#0"]).fine();
    assert!(!plain.contains("elsewhere"), "{plain}");
}

#[test]
fn every_table_comes_in_every_format() {
    let out = folder(&[]);
    for table in ["clippings", "captures", "blocks", "versions", "stories", "relations"] {
        let rows = copydesk(&["export", archive(), table]).lines().len();
        let csv = copydesk(&["export", archive(), table, "--format", "csv"]).fine();
        assert!(
            csv.starts_with(if table == "relations" {
                "a,b,"
            } else if matches!(table, "clippings" | "blocks") {
                "capture,"
            } else {
                "id,"
            }),
            "{table}: {csv}"
        );
        let file = path(&out, &format!("{table}.parquet"));
        let done = copydesk(&["export", archive(), table, "-o", &file]);
        done.ends(0, &[&format!("wrote {rows} row")]);
        assert_eq!(&fs::read(&file).unwrap()[..4], b"PAR1");
    }
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 6, "nothing half-written is left");
}

#[test]
fn a_query_is_answered() {
    let sql = "SELECT site, count(*) AS n FROM captures GROUP BY site ORDER BY n DESC, site";
    let rows = copydesk(&["export", archive(), "--query", sql]).lines();
    assert_eq!(rows.len(), 5);
    assert_eq!(rows[0]["site"], "harbour-post.example");
    copydesk(&["export", archive(), "--query", "SELECT nonsense"]).ends(1, &["error:", "nonsense"]);
    copydesk(&["export", archive(), "articles"]).ends(1, &["no table `articles`", "clippings"]);
    let nowhere = copydesk(&["export", archive(), "-o", "/nowhere/at/all.csv"]);
    nowhere.ends(1, &["/nowhere/at/all.csv"]);
    assert!(!nowhere.err.contains(".copydesk-"), "{nowhere:?}");
    let folder = folder(&[]);
    let there = crate::run::program()
        .args(["export", archive(), "stories", "-o", "-"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(there.stdout).unwrap(), copydesk(&["export", archive(), "stories"]).fine());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "no file is called `-`");
    #[cfg(unix)]
    {
        let (file, link) = (path(&folder, "stories.csv"), path(&folder, "link.csv"));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        copydesk(&["export", archive(), "stories", "-o", &link]).ends(0, &["wrote 8 rows"]);
        assert!(
            fs::symlink_metadata(&link).unwrap().is_symlink() && fs::read_to_string(&file).unwrap().starts_with("id,")
        );
        let pipe = path(&folder, "pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read_to_string(pipe).unwrap()
        });
        copydesk(&["export", archive(), "stories", "-o", &pipe]).ends(0, &["wrote 8 rows"]);
        assert_eq!(reader.join().unwrap().lines().count(), 8);
    }
    let formula = "SELECT '=1+1' AS a";
    assert_eq!(copydesk(&["export", archive(), "--query", formula, "--format", "csv"]).fine(), "a\n=1+1\n");
    assert_eq!(copydesk(&["export", archive(), "--query", formula, "--spreadsheet"]).fine(), "a\n'=1+1\n");
    copydesk(&["export", archive(), "--spreadsheet", "--format", "jsonl"]).ends(1, &["--format csv"]);
}

#[test]
fn stats_count() {
    let stats = copydesk(&["stats", archive(), "--json"]).json();
    assert_eq!(stats["funnel"]["captures"], 14);
    let sites = stats["sites"].as_array().unwrap();
    assert_eq!(sites.iter().map(|s| s["captures"].as_u64().unwrap()).sum::<u64>(), 14);
    assert_eq!(sites.iter().map(|s| s["clippings"].as_u64().unwrap()).sum::<u64>(), 21);
    let out = copydesk(&["stats", archive()]).fine();
    assert!(out.contains("harbour-post.example") && out.contains("2024-04-14"), "{out}");
}

#[test]
#[cfg(unix)]
fn a_second_writer_is_refused_and_a_kill_leaves_an_archive() {
    use crate::run::program;
    use std::{process::Stdio, thread, time::Duration};

    let folder = folder(&[]);
    let archive = path(&folder, "archive");
    copydesk(&["add", &archive, &samples()]).fine();
    // A writer that waits for its input holds the archive.
    let mut writer = program()
        .args(["add", &archive, "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let refused = (0..100).any(|_| {
        thread::sleep(Duration::from_millis(50));
        let second = copydesk(&["add", &archive, &samples()]);
        second.code == 1 && second.err.starts_with("error:")
    });
    let reader = copydesk(&["stats", &archive, "--json"]).json();
    writer.kill().unwrap();
    writer.wait().unwrap();
    assert!(refused, "two writers at once");
    assert_eq!(reader["funnel"]["captures"], 14);
    copydesk(&["add", &archive, &samples()]).fine();
    assert_eq!(copydesk(&["export", &archive]).lines().len(), 21);
}

#[test]
fn every_format_has_the_order_of_the_table() {
    let line =
        |id: &str| serde_json::json!({"id": id, "url": format!("https://a.example/{id}"), "text": crate::run::FERRY});
    let folder = folder(&[("crawl.jsonl", format!("{}\n{}\n", line("b"), line("a")).as_bytes())]);
    let archive = path(&folder, "archive");
    copydesk(&["add", &archive, &path(&folder, "crawl.jsonl")]).fine();
    let rows = copydesk(&["export", &archive]).lines();
    assert_eq!((&rows[0]["capture"], &rows[1]["capture"]), (&"b".into(), &"a".into()));
    let csv = copydesk(&["export", &archive, "--format", "csv"]).fine();
    let head: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    // `serde_json` sorts keys.
    let (mut columns, mut keys) =
        (head.clone(), rows[0].as_object().unwrap().keys().map(String::as_str).collect::<Vec<_>>());
    columns.sort_unstable();
    keys.sort_unstable();
    assert_eq!(columns, keys);
    assert!(csv.find("\nb,").unwrap() < csv.find("\na,").unwrap(), "{csv}");
    assert!(csv.contains(rows[0]["body"].as_str().unwrap()), "{csv}");
}

#[test]
fn a_file_has_the_format_that_its_name_says() {
    let out = folder(&[]);
    for (name, begins) in [("x.CSV", "id,"), ("x.NdJson", "{"), ("x", "{"), ("x.Parquet", "PAR1")] {
        copydesk(&["export", archive(), "stories", "-o", &path(&out, name)]).ends(0, &["wrote 8 rows"]);
        assert!(fs::read(out.path().join(name)).unwrap().starts_with(begins.as_bytes()), "{name}");
    }
    for name in ["x.tsv", "x.jsonl.gz"] {
        copydesk(&["export", archive(), "stories", "-o", &path(&out, name)]).ends(1, &["no format is called", name]);
        assert!(!out.path().join(name).exists());
    }
    let file = path(&out, "x.tsv");
    copydesk(&["export", archive(), "stories", "--format", "csv", "-o", &file]).ends(0, &["wrote 8 rows"]);
}

#[test]
fn a_list_of_no_stories_is_no_archive_without_any() {
    let none = copydesk(&["story", archive(), "--limit", "0"]).fine();
    assert!(none.contains("0 of 8 stories; --limit shows more"), "{none}");
}

#[test]
fn standard_input_is_one_text() {
    copydesk(&["compare", "-", "-"]).ends(1, &["only one of the two texts"]);
}

#[test]
fn a_site_has_one_spelling() {
    let hosts =
        ["WWW.Harbour.example", "harbour.example.", "harbour.example", "f\u{e4}hre.example", "xn--fhre-loa.example"];
    let lines: Vec<String> = (0..)
        .zip(hosts)
        .map(|(n, host)| {
            serde_json::json!({"id": n, "url": format!("https://{host}/{n}"), "text": crate::run::FERRY}).to_string()
        })
        .collect();
    let folder = folder(&[("crawl.jsonl", lines.join("\n").as_bytes())]);
    let archive = path(&folder, "archive");
    copydesk(&["add", &archive, &path(&folder, "crawl.jsonl")]).fine();
    let rows = copydesk(&[
        "export",
        &archive,
        "--query",
        "SELECT site, count(*) AS n FROM clippings GROUP BY site ORDER BY site",
    ])
    .lines();
    let sites: Vec<_> = rows.iter().map(|row| (row["site"].as_str().unwrap(), row["n"].as_u64().unwrap())).collect();
    assert_eq!(sites, [("harbour.example", 3), ("xn--fhre-loa.example", 2)]);
}
