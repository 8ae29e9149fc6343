//! Files in files, and tables: ZIP, WACZ, Parquet, MHTML.

use std::{fs, io::Write, sync::Arc};

use arrow::{
    array::{ArrayRef, BinaryArray, Int64Array, LargeStringArray, RecordBatch, StringArray, TimestampMillisecondArray},
    datatypes::{Field, Schema},
};
use copydesk_model::{Capture, Outcome, Refused};
use copydesk_read::{Options, open, open_stream};
use parquet::{arrow::ArrowWriter, file::properties::WriterProperties};
use tempfile::TempDir;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::{folder, gzip, noise, warc};

pub(crate) fn zipped(entries: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn told(record: Result<Capture, Refused>) -> String {
    match record {
        Ok(Capture { id, text, html, .. }) => {
            format!("{id}: {}", html.map_or(text, |html| String::from_utf8_lossy(&html.bytes).into_owned()))
        }
        Err(refused) => {
            assert!(!refused.message.is_empty());
            let place = refused.source.rsplit('/').next().unwrap_or_default().to_owned();
            format!("{} at {place}", refused.outcome)
        }
    }
}

fn all(folder: &TempDir) -> Vec<String> {
    open([folder.path()], Options::default()).map(told).collect()
}

#[test]
fn a_zip_file_is_read_as_the_folder_that_it_packs() {
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
        let zip = zipped(
            &[
                ("news/a.html", b"<p>One"),
                ("./news/b.txt", b"Two"),
                (
                    "news/lines.jsonl.gz",
                    &gzip(b"{\"id\": \"x\", \"text\": \"Three\"}\n{\"id\": \"y\", \"text\": \"Four\"}\n"),
                ),
                (".hidden", b"no"),
                ("__MACOSX/a.html", b"no"),
                ("c.png", b"\x89PNG"),
            ],
            method,
        );
        let folder = folder(&[("1.zip", &zip), ("2.txt", b"Five")]);
        let expected =
            ["news/a.html: <p>One", "./news/b.txt: Two", "x: Three", "y: Four", "not_text at c.png", "2.txt: Five"];
        assert_eq!(all(&folder), expected);
        let mut reader = open([folder.path()], Options::default());
        reader.by_ref().for_each(drop);
        assert_eq!(reader.progress().hidden(), 2);
    }
}

#[test]
fn files_of_one_name_in_a_zip_file_are_counted() {
    let zip = zipped(&[("a.txt", b"One"), ("b.txt", b"Two"), ("c.txt", b"Three")], CompressionMethod::Stored);
    let mut twice = zip.clone();
    for at in 0..zip.len() {
        if zip[at..].starts_with(b"b.txt") {
            twice[at] = b'a';
        }
    }
    let folder = folder(&[("1.zip", &twice)]);
    let mut found = all(&folder);
    found.sort();
    assert_eq!(found, ["a.txt: Two", "c.txt: Three", "unreadable at a.txt"]);
}

#[test]
fn of_a_wacz_the_crawl_is_read() {
    let ok = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>";
    let page = |id: &str, kind: &str, block: String| {
        let id = format!("<urn:uuid:{id}>");
        gzip(&warc::record(
            &[("WARC-Type", kind), ("WARC-Record-ID", &id), ("WARC-Refers-To", "<urn:uuid:1>")],
            block.as_bytes(),
        ))
    };
    let warc = [page("1", "response", format!("{ok}One")), page("2", "revisit", String::new())].concat();
    let zip = zipped(
        &[
            ("datapackage.json", b"{}"),
            ("archive/data.warc.gz", &warc),
            ("pages/pages.jsonl", b"{\"id\": \"p\", \"url\": \"u\", \"text\": \"One\"}\n"),
            ("indexes/index.cdx.gz", &gzip(b"index")),
        ],
        CompressionMethod::Stored,
    );
    let folder = folder(&[("crawl.wacz", &zip)]);
    assert_eq!(all(&folder), ["1: <p>One", "2: <p>One"]);
    let refused = open_stream(std::io::Cursor::new(zip), "stdin", &Options::default()).next().unwrap().unwrap_err();
    assert_eq!(refused.outcome, Outcome::Unreadable);
    assert!(refused.message.contains("pipe"), "{refused}");
}

#[test]
fn a_zip_file_that_is_bad_is_named() {
    let zip = zipped(&[("a.txt", noise(5000).as_bytes()), ("b.txt", b"Two")], CompressionMethod::Deflated);
    let mut broken = zip.clone();
    broken[200..300].fill(0xff);
    let folder = folder(&[
        ("1-cut.zip", &zip[..zip.len() / 2]),
        ("2-broken.zip", &broken),
        ("3-empty.zip", &zipped(&[], CompressionMethod::Stored)),
        ("4-office.docx", &zipped(&[("[Content_Types].xml", b"<x/>")], CompressionMethod::Stored)),
        ("5-packed.zip.gz", &gzip(&zip)),
        ("6-nested.zip", &zipped(&[("in.zip", &zip)], CompressionMethod::Stored)),
        ("7.txt", b"page"),
    ]);
    let expected = [
        "unreadable at 1-cut.zip",
        "unreadable at a.txt",
        "b.txt: Two",
        "empty at 3-empty.zip",
        "not_text at 4-office.docx",
        "unreadable at 5-packed.zip.gz",
        "unreadable at in.zip",
        "7.txt: page",
    ];
    assert_eq!(all(&folder), expected);
}

pub(crate) fn parquet(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    let fields: Vec<Field> =
        columns.iter().map(|(name, column)| Field::new(*name, column.data_type().clone(), true)).collect();
    let rows =
        RecordBatch::try_new(Arc::new(Schema::new(fields)), columns.into_iter().map(|(_, column)| column).collect())
            .unwrap();
    let few = WriterProperties::builder().set_max_row_group_row_count(Some(2)).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), rows.schema(), Some(few)).unwrap();
    writer.write(&rows).unwrap();
    writer.into_inner().unwrap()
}

pub(crate) fn strings(values: &[Option<&str>]) -> ArrayRef {
    Arc::new(StringArray::from(values.to_vec()))
}

#[test]
fn a_row_is_a_capture() {
    let times = TimestampMillisecondArray::from(vec![Some(1_714_760_348_900), None, Some(-1_500), Some(0)])
        .with_timezone("+02:00");
    let bytes: ArrayRef = Arc::new(BinaryArray::from_opt_vec(vec![Some(b"<p>\xc6"), None, Some(b""), None]));
    let file = parquet(vec![
        ("id", Arc::new(Int64Array::from(vec![Some(7), None, Some(9), Some(10)]))),
        ("more", strings(&[Some("x"); 4])),
        ("url", strings(&[Some("https://harbour-post.example/7"), None, None, None])),
        ("fetched_at", Arc::new(times)),
        ("html", bytes),
        ("charset", strings(&[Some("koi8-r"), None, None, None])),
        ("text", Arc::new(LargeStringArray::from(vec![None, Some("Two"), Some("Three"), Some(" ")]))),
    ]);
    let folder = folder(&[("crawl", &file), ("next.txt", b"Five")]);
    let mut reader = open([folder.path()], Options::default());
    let progress = reader.progress();
    let records: Vec<_> = reader.by_ref().collect();
    let first = records[0].as_ref().unwrap();
    assert_eq!((first.id.as_str(), first.url.as_str()), ("7", "https://harbour-post.example/7"));
    assert_eq!(first.fetched_at, "2024-05-03T18:19:08Z");
    let html = first.html.as_ref().unwrap();
    assert_eq!((&html.bytes[..], html.charset.as_str()), (&b"<p>\xc6"[..], "koi8-r"));
    let second = records[1].as_ref().unwrap();
    assert_eq!((second.text.as_str(), second.fetched_at.as_str(), second.id.len()), ("Two", "", 32));
    assert_eq!(records[2].as_ref().unwrap().fetched_at, "1969-12-31T23:59:58Z");
    let refused = records[3].as_ref().unwrap_err();
    assert!(refused.outcome == Outcome::Empty && refused.source.ends_with("crawl:row 4"), "{refused}");
    assert_eq!(records.len(), 5);
    assert_eq!(Some(progress.bytes()), progress.total());
}

#[test]
fn html_as_text_is_utf8_and_times_may_be_written() {
    let file = parquet(vec![
        ("fetched_at", strings(&[Some("20240503181908"), Some("soon")])),
        ("html", strings(&[Some("<p>渡し船"), Some("<p>Two")])),
    ]);
    let folder = folder(&[("crawl.parquet", &file)]);
    let reader = open([folder.path()], Options::default());
    let progress = reader.progress();
    let records: Vec<_> = reader.map(Result::unwrap).collect();
    assert_eq!(records[0].html.as_ref().unwrap().charset, "utf-8");
    assert_eq!((records[0].fetched_at.as_str(), records[1].fetched_at.as_str()), ("2024-05-03T18:19:08Z", ""));
    assert!(progress.undated_example().unwrap().ends_with("crawl.parquet:row 2: `soon`"));
}

#[test]
fn a_table_that_is_bad_is_named_and_the_rest_is_read() {
    let values: Vec<String> = (0..40).map(|i| noise(3000 + i)).collect();
    let texts: ArrayRef = Arc::new(StringArray::from_iter_values(&values));
    let good = parquet(vec![("text", texts.clone())]);
    let mut broken = good.clone();
    let middle = broken.len() / 2;
    broken[middle..middle + 4000].fill(0xff);
    let folder = folder(&[
        ("1.parquet", &good[..good.len() - 100]),
        ("2.parquet", &parquet(vec![("body", texts)])),
        ("3.parquet", &parquet(vec![("text", Arc::new(arrow::array::BooleanArray::from(vec![true])))])),
        ("4.parquet.gz", &gzip(&good)),
        ("5.txt", b"page"),
        ("6.parquet", &broken),
        ("7.txt", b"page"),
    ]);
    let all = all(&folder);
    let expected = [
        "unreadable at 1.parquet",
        "missing_column at 2.parquet",
        "missing_column at 3.parquet",
        "unreadable at 4.parquet.gz",
        "5.txt: page",
    ];
    assert_eq!(all[..5], expected);
    assert_eq!(all.last().unwrap(), "7.txt: page");
    assert_eq!(all[all.len() - 2], "damaged at 6.parquet");
    let options = Options { limit: 3010, ..Options::default() };
    fs::write(folder.path().join("8.parquet"), &good).unwrap();
    let outcomes: Vec<_> = open([folder.path().join("8.parquet")], options)
        .map(|r| r.map_or_else(|e| e.outcome, |_| Outcome::Kept))
        .collect();
    assert_eq!(outcomes.iter().filter(|&&o| o == Outcome::TooLarge).count(), 29);
    assert_eq!(outcomes.len(), 40);
}

#[test]
fn any_damage_to_a_table_or_a_zip_file_ends() {
    let texts: Vec<String> = (0..6).map(|i| noise(300 + i)).collect();
    let table = parquet(vec![("text", Arc::new(StringArray::from_iter_values(&texts)))]);
    let zip = zipped(&[("a.txt", noise(300).as_bytes()), ("b.html", b"<p>Two")], CompressionMethod::Deflated);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    for good in [table, zip] {
        let mut state = 7u64;
        for _ in 0..400 {
            let mut bad = good.clone();
            for _ in 0..3 {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                let at = (state >> 33) as usize % bad.len();
                bad[at] = (state >> 20) as u8;
            }
            fs::write(&path, &bad).unwrap();
            let records = open([&path], Options::default()).take(50).count();
            assert!((1..50).contains(&records), "{records}");
        }
    }
}

#[test]
fn a_saved_page_is_a_capture() {
    let saved = "From: <Saved>\r\nSnapshot-Content-Location: https://harbour-post.example/1\r\nMIME-Version: 1.0\r\n\
                 Content-Type: multipart/related; type=\"text/html\"; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/html\r\n\
                 Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>Fer=\r\nry\r\n--x--\r\n";
    let folder = folder(&[("a/page.mhtml", saved.as_bytes())]);
    assert_eq!(all(&folder)[0].trim_end(), "a/page.mhtml: <p>Ferry");
}
