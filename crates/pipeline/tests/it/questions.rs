//! What can be asked of an archive.

use arrow::{array::AsArray, datatypes::UInt32Type};
use copydesk_pipeline::{ErrorKind, Format, Options, Quiet, View, add, write};

use crate::made_up::captures;

fn view() -> (tempfile::TempDir, View) {
    let folder = tempfile::tempdir().unwrap();
    add(folder.path(), captures(8, 40).into_iter().map(Ok), &Options::default(), &Quiet).unwrap();
    let view = View::open(folder.path(), &Options::default()).unwrap();
    (folder, view)
}

#[test]
fn ids_lead_to_their_rows() {
    let (_folder, view) = view();
    let stories = view.stories(1000).unwrap();
    let largest = &stories[0];
    assert!(stories.windows(2).all(|pair| pair[0].clippings >= pair[1].clippings));
    assert_eq!(&view.story(&largest.id).unwrap(), largest);
    assert_eq!(&view.story(&largest.id[..10]).unwrap(), largest);
    let versions = view.versions_of(&largest.id).unwrap();
    assert_eq!(versions.len() as u64, largest.versions);
    assert_eq!(versions.iter().map(|v| v.clippings).sum::<u64>(), largest.clippings);
    assert!(versions.iter().any(|v| v.id == largest.version));
    for version in &versions {
        // The id of any version leads to the story, so that an id that led it once still does.
        assert_eq!(&view.story(&version.id).unwrap(), largest);
        assert_eq!(&view.story(&version.id[..16]).unwrap(), largest);
        assert_eq!(&view.version(&version.id[..20]).unwrap(), version);
    }
    let clippings = view.clippings_of(&largest.id).unwrap();
    assert_eq!(clippings.len() as u64, largest.clippings);
    assert!(clippings.windows(2).all(|pair| pair[0].fetched_at <= pair[1].fetched_at));
    let first = &clippings[0];
    assert_eq!(&view.clipping(&first.id).unwrap(), first);
    assert!(view.clippings_in(&first.capture).unwrap().contains(first));
    let capture = view.capture(&first.capture).unwrap();
    assert_eq!((capture.url.as_str(), capture.site.as_str()), (first.url.as_str(), first.site.as_str()));
    assert!(capture.text.contains(&first.headline));
    let related = view.relations_of(&versions[1].id).unwrap();
    assert!(related.iter().any(|r| r.a == versions[1].id || r.b == versions[1].id));
    let ids: Vec<String> = versions.iter().map(|version| version.id.clone()).collect();
    let among = view.relations_among(&ids).unwrap();
    let inside = |row: &copydesk_pipeline::RelationRow| ids.contains(&row.a) && ids.contains(&row.b);
    for row in related.iter().filter(|row| inside(row)) {
        assert!(among.contains(row));
    }
    assert!(!among.is_empty() && among.iter().all(inside));
    assert!(view.relations_among(&ids[..1]).unwrap().is_empty());
}

#[test]
fn ids_that_lead_nowhere_say_so() {
    let (_folder, view) = view();
    let check = |error: copydesk_pipeline::Error, expected: &str| {
        assert_eq!(error.kind(), ErrorKind::Id);
        assert!(error.to_string().contains(expected), "{error}");
    };
    check(view.story("abc").unwrap_err(), "at least 4");
    check(view.story("no such id").unwrap_err(), "hexadecimal");
    check(view.story("00000000000000000000").unwrap_err(), "has no story `00000000000000000000`");
    check(view.capture("nobody").unwrap_err(), "has no capture `nobody`");
    check(view.table("articles").err().unwrap(), "the tables are `captures`");
}

#[test]
fn only_questions_are_asked() {
    let (_folder, view) = view();
    for sql in ["DROP TABLE stories", "CREATE TABLE x AS SELECT 1", "SELECT nothing FROM stories", "SELEC"] {
        let error = view.query(sql).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::Query, "{sql}: {error}");
        assert!(!error.to_string().contains('\n'), "{error}");
    }
    let count = |sql: &str| view.query(sql).unwrap().map(|batch| batch.unwrap().num_rows()).sum::<usize>();
    assert_eq!(count("SELECT count(*) FROM captures"), 1);
    assert_eq!(count("SELECT id FROM captures LIMIT 7"), 7);
    assert_eq!(
        count("SELECT s.id FROM stories s JOIN versions v ON v.id = s.version"),
        view.stories(1000).unwrap().len()
    );
}

#[test]
fn exports_hold_the_same_rows_in_every_format() {
    let (folder, view) = view();
    for table in view.tables() {
        let mut text = Vec::new();
        let rows = write(view.table(table).unwrap(), Format::Jsonl, &mut text).unwrap();
        assert_eq!(String::from_utf8(text).unwrap().lines().count() as u64, rows, "{table}");
        let mut text = Vec::new();
        assert_eq!(
            write(view.table(table).unwrap(), Format::Csv { for_spreadsheets: false }, &mut text).unwrap(),
            rows
        );
        let text = String::from_utf8(text).unwrap();
        assert!(text.lines().next().unwrap().split(',').count() >= 2, "{table} has a head line");
        let path = folder.path().join(format!("{table}.parquet"));
        assert_eq!(
            write(view.table(table).unwrap(), Format::Parquet, std::fs::File::create(&path).unwrap()).unwrap(),
            rows
        );
    }
    let mut text = Vec::new();
    write(
        view.query("SELECT captions FROM clippings WHERE array_length(captions) > 0 LIMIT 1")
            .unwrap_or_else(|_| view.query("SELECT captions FROM clippings LIMIT 1").unwrap()),
        Format::Csv { for_spreadsheets: false },
        &mut text,
    )
    .unwrap();
    let text = String::from_utf8(text).unwrap();
    assert!(text.contains("credit"), "lists are JSON: {text}");
}

#[test]
fn csv_is_as_it_is_unless_a_spreadsheet_is_to_open_it() {
    let (_folder, view) = view();
    let csv = |for_spreadsheets: bool| {
        let sql = "SELECT '=1+1' AS a, '-5' AS b, -5 AS c, CAST('@x' AS VARCHAR) AS d, CAST(NULL AS VARCHAR) AS e";
        let mut text = Vec::new();
        write(view.query(sql).unwrap(), Format::Csv { for_spreadsheets }, &mut text).unwrap();
        String::from_utf8(text).unwrap().lines().nth(1).unwrap().to_owned()
    };
    assert_eq!(csv(false), "=1+1,-5,-5,@x,");
    assert_eq!(csv(true), "'=1+1,'-5,-5,'@x,");
}

#[test]
fn clippings_for_people_have_their_bodies() {
    let (folder, view) = view();
    let clippings: Vec<_> = view.clippings().unwrap().map(Result::unwrap).collect();
    assert_eq!(clippings.len() as u64, view.funnel().unwrap().clippings);
    assert!(clippings.windows(2).all(|pair| (&pair[0].capture, pair[0].ordinal) < (&pair[1].capture, pair[1].ordinal)));
    // With no memory to hold bodies in.
    let thrifty = View::open(folder.path(), &Options { memory: 1, ..Options::default() }).unwrap();
    assert_eq!(thrifty.clippings().unwrap().map(Result::unwrap).collect::<Vec<_>>(), clippings);
    for clipping in &clippings {
        assert_eq!(view.version(&clipping.version).unwrap().body, clipping.body);
    }
    assert!(clippings.iter().any(|clipping| clipping.body.contains("\n\n") && !clipping.captions.is_empty()));
}

#[test]
fn kernels_are_functions_of_queries() {
    let (_folder, view) = view();
    let rows = |sql: &str| -> Vec<serde_json::Value> {
        let mut text = Vec::new();
        write(view.query(sql).unwrap(), Format::Jsonl, &mut text).unwrap();
        String::from_utf8(text).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    // What a query works out is what the archive holds.
    let stored = rows("SELECT start, \"end\", hash FROM blocks ORDER BY capture, ordinal");
    let again = rows(
        "SELECT get_field(b, 'start') AS start, get_field(b, 'end') AS \"end\", get_field(b, 'hash') AS hash \
         FROM (SELECT id, unnest(blocks(text)) AS b FROM captures) ORDER BY id, get_field(b, 'start')",
    );
    assert_eq!(stored, again);
    let related = rows(
        "SELECT r.coverage_a AS stored, get_field(compare(x.body, y.body), 'coverage_a') AS again \
         FROM relations r JOIN versions x ON x.id = r.a JOIN versions y ON y.id = r.b",
    );
    assert!(related.len() > 10 && related.iter().all(|row| row["stored"] == row["again"]), "{related:?}");
    let anchors = rows("SELECT count(*) AS n FROM (SELECT id, unnest(anchors(body)) AS a FROM versions)");
    assert!(anchors[0]["n"].as_u64().unwrap() > 100);
    assert_eq!(
        rows("SELECT get_field(compare('the same few words', 'the same few words'), 'relation') AS r")[0]["r"],
        "copy"
    );
}

#[test]
fn rows_of_a_table_come_in_its_order() {
    let folder = tempfile::tempdir().unwrap();
    for few in captures(8, 60).chunks(6) {
        add(folder.path(), few.iter().cloned().map(Ok), &Options::default(), &Quiet).unwrap();
    }
    let ids = |threads| -> Vec<(String, u32)> {
        let options = Options { threads, batch_rows: 50, ..Options::default() };
        let view = View::open(folder.path(), &options).unwrap();
        let mut ids = Vec::new();
        for batch in view.table("blocks").unwrap() {
            let batch = batch.unwrap();
            let (captures, ordinals) =
                (batch.column(0).as_string::<i32>(), batch.column(1).as_primitive::<UInt32Type>());
            ids.extend(captures.iter().flatten().map(str::to_owned).zip(ordinals.values().iter().copied()));
        }
        ids
    };
    let expected = ids(1);
    assert!(expected.is_sorted() && expected.len() > 1000, "captures came in the order of their ids");
    for _ in 0..5 {
        assert_eq!(ids(4), expected);
    }
}
