//! Files on disk in, records out: every kind of input, and every bad one.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests make and break files")]

mod any_bytes;
mod containers;
mod damaged_members;
mod pages;
mod remote;
mod warc;

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use copydesk_model::{Capture, Outcome, Refused};
use copydesk_read::{Options, open, read_text};
use proptest::prelude::*;
use tempfile::TempDir;

/// A folder with the given files in it.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn read(path: impl AsRef<Path>) -> Vec<Result<Capture, Refused>> {
    open([path.as_ref()], Options::default()).collect()
}

/// `id: text` of what was kept, `outcome at source` of what was not, the folder's own path left out.
pub(crate) fn shown(folder: &TempDir, named: &[&str]) -> Vec<String> {
    let root = format!("{}/", folder.path().display());
    open(named.iter().map(|name| folder.path().join(name)), Options::default())
        .map(|record| match record {
            Ok(capture) => format!("{}: {}", capture.id, capture.text.trim()),
            Err(refused) => {
                assert!(!refused.message.is_empty() && !refused.message.contains(&root), "{refused}");
                format!("{} at {}", refused.outcome, refused.source.replace(&root, "").replace("./", ""))
            }
        })
        .collect()
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// Bytes that do not pack, so that cutting the file cuts the content.
pub(crate) fn noise(n: usize) -> String {
    let mut state = 1u64;
    let mut next = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        char::from(b'a' + ((state >> 33) % 26) as u8)
    };
    (0..n).map(|_| next()).collect()
}

#[test]
fn files_folders_and_patterns_name_their_captures() {
    let folder = folder(&[
        ("crawl/b/2.txt", b"two"),
        ("crawl/a/1.txt", b"one"),
        ("crawl/a/.hidden", b"no"),
        ("crawl/a/lines.jsonl", b"{\"id\": \"x\", \"text\": \"line\"}\n"),
        ("crawl/c/deep/3.txt", b"three"),
    ]);
    assert_eq!(shown(&folder, &["crawl/b/2.txt"]), ["2.txt: two"]);
    assert_eq!(shown(&folder, &["crawl"]), ["a/1.txt: one", "x: line", "b/2.txt: two", "c/deep/3.txt: three"]);
    assert_eq!(shown(&folder, &["crawl/*/*.txt"]), ["a/1.txt: one", "b/2.txt: two"]);
    assert_eq!(shown(&folder, &["crawl/**/*.txt"]), ["a/1.txt: one", "b/2.txt: two", "c/deep/3.txt: three"]);
    assert_eq!(shown(&folder, &["crawl/[bc]"]), ["b/2.txt: two", "c/deep/3.txt: three"]);
    assert_eq!(shown(&folder, &["crawl/c", "crawl/b"]), ["deep/3.txt: three", "2.txt: two"]);
    let reader = open([folder.path()], Options::default());
    assert_eq!(reader.progress().hidden(), 1);
}

#[test]
fn patterns_find_each_file_once_in_the_order_of_names() {
    let folder =
        folder(&[("a.txt", b"a"), ("d/b.txt", b"b"), ("d/e/c.TXT", b"c"), ("d/e/x.html", b"x"), ("d/.h.txt", b"no")]);
    assert_eq!(shown(&folder, &["**"]), ["a.txt: a", "d/b.txt: b", "d/e/c.TXT: c", "d/e/x.html: x"]);
    assert_eq!(shown(&folder, &["**/*"]), shown(&folder, &["**"]));
    assert_eq!(shown(&folder, &["**/**/*.txt"]), ["a.txt: a", "d/b.txt: b", "d/e/c.TXT: c"]);
    assert_eq!(shown(&folder, &["**/e/*.html"]), ["d/e/x.html: x"]);
    assert_eq!(shown(&folder, &["*/"]), ["d/b.txt: b", "d/e/c.TXT: c", "d/e/x.html: x"]);
    assert_eq!(shown(&folder, &["d/../?.txt"]), ["a.txt: a"]);
    assert_eq!(shown(&folder, &["d/.*.txt"]), [".h.txt: no"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_unicode_is_in_nobodys_way() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = folder(&[("a/1.txt", b"one")]);
    let name = |bytes| Path::new(std::ffi::OsStr::from_bytes(bytes));
    fs::write(folder.path().join("a").join(name(b"x\xff.jpg")), b"GIF8").unwrap();
    fs::create_dir(folder.path().join(name(b"\xff"))).unwrap();
    fs::write(folder.path().join(name(b"\xff")).join("2.txt"), b"two").unwrap();
    assert_eq!(shown(&folder, &["a/*.txt"]), ["1.txt: one"]);
    assert_eq!(shown(&folder, &["*/*"]), ["a/1.txt: one", "not_text at a/x\u{fffd}.jpg", "\u{fffd}/2.txt: two"]);
    assert_eq!(shown(&folder, &["**/*.txt"]), ["a/1.txt: one", "\u{fffd}/2.txt: two"]);
}

#[test]
fn packing_is_told_by_the_bytes() {
    let line = b"{\"id\": \"x\", \"text\": \"line\"}\n";
    let zstd = zstd::encode_all(&b"page"[..], 1).unwrap();
    let folder = folder(&[
        ("1.jsonl", &gzip(line)),
        ("2.txt", &zstd),
        ("3.gz", line),
        ("4", &[gzip(line), gzip(&line[..10]), gzip(&line[10..])].concat()),
    ]);
    assert_eq!(shown(&folder, &["."]), ["x: line", "2.txt: page", "x: line", "x: line", "x: line"]);
}

#[test]
fn every_bad_input_is_named_and_the_rest_is_read() {
    let folder = folder(&[
        ("01-empty.txt", b""),
        ("02-white.txt", b" \r\n\n"),
        ("03-binary.txt", b"\x01\x00\x02"),
        ("04-picture.txt", b"\x89PNG\r\n\x1a\n\0\0"),
        ("05-latin.txt", b"caf\xe9"),
        ("06-crawl.jsonl", b"oops\n{\"url\": \"u\"}\n\n{\"id\": \"x\", \"text\": \"line\"}\n{\"text\": \"\"}\n{\"text\": \"\xff\"}\n{\"text\": 5}"),
        ("07-empty.gz", &gzip(b"")),
        ("08-not-gzip.gz", &[0x1f, 0x8b, 8, 0]),
        ("09-page.txt", b"page"),
    ]);
    assert_eq!(
        shown(&folder, &[".", "nowhere.txt", "no*where", "[", "09-page.txt"]),
        [
            "empty at 01-empty.txt",
            "empty at 02-white.txt",
            "not_text at 03-binary.txt",
            "not_text at 04-picture.txt",
            "undecodable at 05-latin.txt",
            "not_json at 06-crawl.jsonl:1",
            "missing_column at 06-crawl.jsonl:2",
            "x: line",
            "empty at 06-crawl.jsonl:5",
            "undecodable at 06-crawl.jsonl:6",
            "missing_column at 06-crawl.jsonl:7",
            "empty at 07-empty.gz",
            "unreadable at 08-not-gzip.gz",
            "09-page.txt: page",
            "unreadable at nowhere.txt",
            "unreadable at no*where",
            "unreadable at [",
            "09-page.txt: page",
        ]
    );
    assert_eq!(shown(&self::folder(&[]), &["."]).len(), 1, "a folder without files is not passed over in silence");
}

#[test]
fn a_cut_gzip_gives_what_came_before() {
    let line = |id: usize| serde_json::json!({"id": id.to_string(), "text": noise(50_000 + id)}).to_string();
    let whole: String = (0..20).map(|id| line(id) + "\n").collect();
    let packed = gzip(whole.as_bytes());
    let folder = folder(&[
        ("a.jsonl.gz", &packed[..packed.len() / 2]),
        ("b.txt", b"page"),
        ("c.txt", &gzip(noise(9000).as_bytes())[..4000]),
    ]);
    let records = read(folder.path());
    let kept = records.iter().filter(|r| r.is_ok()).count();
    assert!((8..=10).contains(&kept), "{kept} lines and the page");
    let refused: Vec<_> = records.iter().filter_map(|r| r.as_ref().err()).collect();
    assert_eq!(refused.len(), 2);
    for (refused, name) in refused.iter().zip(["a.jsonl.gz", "c.txt"]) {
        assert_eq!(refused.outcome, Outcome::Unreadable);
        assert!(refused.source.ends_with(name) && refused.message.contains("cut off"), "{refused}");
    }
}

#[test]
fn lines_behind_a_damaged_member_are_read() {
    let line = |id: &str| gzip(format!("{{\"id\": \"{id}\", \"text\": \"{}\"}}\n", noise(300)).as_bytes());
    let mut two = line("2");
    two[60..80].fill(0xff);
    let folder = folder(&[("a", &[line("1"), two, line("3")].concat()), ("b", &[&line("4")[..], b"garbage"].concat())]);
    let told = read(folder.path()).into_iter().map(|r| r.map_or_else(|e| e.outcome.name().to_owned(), |c| c.id));
    // What comes out of the damaged member may have a line in it.
    let told: Vec<_> = told.filter(|told| told != "undecodable").collect();
    assert_eq!(told, ["1", "damaged", "3", "4", "damaged"]);
}

#[test]
fn a_line_of_200_megabytes_is_refused_without_being_held() {
    let folder = tempfile::tempdir().unwrap();
    // Packed, so that the test writes 200 kB and streams 200 MB: a small bomb.
    for (name, start) in [("lines.gz", "{\"text\": \"short\"}\n{\"text\": \""), ("page.gz", "page ")] {
        let mut gzip = flate2::write::GzEncoder::new(
            fs::File::create(folder.path().join(name)).unwrap(),
            flate2::Compression::fast(),
        );
        gzip.write_all(start.as_bytes()).unwrap();
        for _ in 0..200 {
            gzip.write_all(&[b'x'; 1 << 20]).unwrap();
        }
        gzip.write_all(b"\"}\n{\"text\": \"last\"}\n").unwrap();
        gzip.finish().unwrap();
    }
    let records = read(folder.path());
    let texts: Vec<_> =
        records.iter().map(|r| r.as_ref().map_or_else(|e| e.outcome.name(), |c| c.text.as_str())).collect();
    assert_eq!(texts, ["short", "too_large", "last", "too_large"]);
    assert!(records[1].as_ref().unwrap_err().source.ends_with("lines.gz:2"));
}

#[test]
fn the_limit_is_for_one_capture() {
    let folder = folder(&[
        ("a.jsonl", b"{\"text\": \"1234567890\"}\n{\"text\": \"12345678901\"}\n"),
        ("b.txt", &[b'x'; 22]),
        ("c.txt", &[b'x'; 23]),
    ]);
    let outcomes: Vec<_> = open([folder.path()], Options { limit: 22, ..Options::default() })
        .map(|r| r.map_or_else(|e| e.outcome, |_| Outcome::Kept))
        .collect();
    assert_eq!(outcomes, [Outcome::Kept, Outcome::TooLarge, Outcome::Kept, Outcome::TooLarge]);
}

#[test]
fn progress_counts_the_bytes_on_disk() {
    let folder = folder(&[("a.txt", b"page"), ("b.jsonl", &gzip(b"{\"text\": \"line\", \"fetched_at\": \"soon\"}"))]);
    let on_disk: u64 = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().metadata().unwrap().len()).sum();
    let mut reader = open([folder.path()], Options::default());
    let progress = reader.progress();
    assert_eq!((progress.bytes(), progress.total()), (0, Some(on_disk)));
    assert_eq!(reader.by_ref().count(), 2);
    assert_eq!(progress.bytes(), on_disk);
    assert_eq!(progress.undated(), 1);
    let example = progress.undated_example().unwrap();
    assert!(example.ends_with("b.jsonl:1: `soon`"), "{example}");
    assert_eq!(open([PathBuf::from("-")], Options::default()).progress().total(), None);
}

#[test]
fn the_archive_among_the_pages_is_passed_over() {
    let folder = folder(&[("pages/1.txt", b"one"), ("pages/archive/table", b"PAR1"), ("pages/archive.txt", b"two")]);
    let except = Some(folder.path().join("pages/../pages/archive"));
    let read = |except| {
        let options = Options { except, ..Options::default() };
        open([folder.path().join("pages")], options)
            .map(|r| r.map_or_else(|r| r.outcome.name().to_owned(), |c| c.id))
            .collect()
    };
    let ids: Vec<String> = read(except);
    assert_eq!(ids, ["1.txt", "archive.txt"]);
    let ids: Vec<String> = read(Some(folder.path().join("nowhere")));
    assert_eq!(ids, ["1.txt", "unreadable", "archive.txt"]);
}

#[test]
fn a_text_is_taken_as_it_is() {
    let folder =
        folder(&[("a", b"{\"text\": \"line\"}"), ("b", b""), ("c", &gzip(b"\xef\xbb\xbfpage")), ("d", b"caf\xe9")]);
    let read = |name: &str| read_text(&folder.path().join(name), 16).map_err(|e| e.outcome);
    assert_eq!(read("a"), Ok("{\"text\": \"line\"}".to_owned()));
    assert_eq!(read("b"), Ok(String::new()));
    assert_eq!(read("c"), Ok("page".to_owned()));
    assert_eq!(read("d"), Err(Outcome::Undecodable));
    assert_eq!(read("e"), Err(Outcome::Unreadable));
    assert_eq!(read_text(&folder.path().join("a"), 15).map_err(|e| e.outcome), Err(Outcome::TooLarge));
}

#[test]
fn a_loop_of_links_ends() {
    let folder = folder(&[("a/page.txt", b"page")]);
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path(), folder.path().join("a/up")).unwrap();
    assert_eq!(shown(&folder, &["."])[0], "a/page.txt: page");
    assert_eq!(shown(&folder, &["."]).len(), 2);
}

/// Lines as they come in crawls: mostly captures, some broken.
fn any_line() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z\"\\\\\n é渡]{0,40}".prop_map(|text| serde_json::json!({"url": "u", "text": text}).to_string()),
        1 => "[a-z{}\": ]{0,30}",
        1 => Just(String::new()),
    ]
}

proptest! {
    #[test]
    fn packing_and_reading_ahead_change_nothing(lines in prop::collection::vec(any_line(), 0..40)) {
        let content = format!("{{\"text\": \"first\"}}\n{}\n", lines.join("\n"));
        let zstd = zstd::encode_all(content.as_bytes(), 1).unwrap();
        let folder = folder(&[("plain/c", content.as_bytes()), ("gzip/c", &gzip(content.as_bytes())), ("zstd/c", &zstd)]);
        let read = |kind: &str| open([folder.path().join(kind)], Options::default());
        let strip = |record: Result<Capture, Refused>| record.map_err(|r| (r.outcome, r.message, r.source.rsplit(':').next().map(str::to_owned)));
        let plain: Vec<_> = read("plain").map(strip).collect();
        prop_assert_eq!(&plain, &read("gzip").map(strip).collect::<Vec<_>>());
        prop_assert_eq!(&plain, &read("zstd").map(strip).collect::<Vec<_>>());
        prop_assert_eq!(&plain, &read("plain").ahead().map(strip).collect::<Vec<_>>());
        // Every line that is not blank ends in exactly one record.
        prop_assert_eq!(plain.len(), 1 + lines.iter().filter(|l| !l.trim().is_empty()).count());
    }

    #[test]
    fn any_bytes_end_in_records(bytes in prop::collection::vec(any::<u8>(), 0..300), name in "[a-z]{1,3}(\\.(txt|jsonl|gz))?") {
        let folder = folder(&[(&name, &bytes)]);
        prop_assert!(read(folder.path()).iter().all(|r| r.as_ref().map_or(true, |c| !c.text.trim().is_empty())));
    }
}
