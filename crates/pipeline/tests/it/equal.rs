//! Nothing but the captures decides what an archive holds.

use std::{collections::BTreeMap, path::Path};

use copydesk_archive::{Archive, Table};
use copydesk_model::Capture;
use copydesk_pipeline::{Format, Funnel, Options, Quiet, View, add, write};
use proptest::prelude::*;

use crate::made_up::{Draw, captures};

/// Every table as sorted lines.
pub(crate) fn tables(dir: &Path) -> BTreeMap<&'static str, Vec<String>> {
    let view = View::open(dir, &Options::default()).unwrap();
    assert!(!view.is_behind());
    assert!(view.verify().is_empty());
    let lines = |table| {
        let mut text = Vec::new();
        write(view.table(table).unwrap(), Format::Jsonl, &mut text).unwrap();
        let mut lines: Vec<String> = String::from_utf8(text).unwrap().lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    view.tables().into_iter().map(|table| (table, lines(table))).collect()
}

fn added(captures: &[Capture], calls: usize, options: &Options) -> (BTreeMap<&'static str, Vec<String>>, Funnel) {
    let folder = tempfile::tempdir().unwrap();
    let mut funnel = Funnel::default();
    for part in captures.chunks(captures.len().div_ceil(calls).max(1)) {
        funnel = add(folder.path(), part.iter().cloned().map(Ok), options, &Quiet).unwrap();
    }
    funnel.outcomes.clear();
    (tables(folder.path()), funnel)
}

fn one_thread() -> Options {
    Options { threads: 1, ..Options::default() }
}

#[track_caller]
fn check(
    captures: &[Capture],
    calls: usize,
    options: &Options,
    expected: &(BTreeMap<&'static str, Vec<String>>, Funnel),
) {
    let found = added(captures, calls, options);
    for (table, lines) in &expected.0 {
        let differ = lines.iter().zip(&found.0[table]).find(|(x, y)| x != y);
        assert_eq!((lines.len(), None), (found.0[table].len(), differ), "table {table}");
    }
    assert_eq!(found.1, expected.1);
}

#[test]
fn threads_batches_memory_order_and_calls_change_nothing() {
    let mut captures = captures(1, 120);
    let expected = added(&captures, 1, &one_thread());
    assert!(expected.1.stories > 20 && expected.1.exact_copies > 20 && expected.1.near_copies > 20, "{:?}", expected.1);
    for threads in [2, 4] {
        check(&captures, 1, &Options { threads, ..Options::default() }, &expected);
    }
    check(&captures, 1, &Options { batch_bytes: 10_000, ..one_thread() }, &expected);
    check(&captures, 1, &Options { batch_rows: 7, ..one_thread() }, &expected);
    // Everything that can be put aside is.
    check(&captures, 1, &Options { memory: 1, batch_bytes: 50_000, threads: 2, ..one_thread() }, &expected);
    check(&captures, 12, &one_thread(), &expected);
    let mut draw = Draw(7);
    for _ in 0..3 {
        draw.shuffle(&mut captures);
        check(&captures, 1, &Options::default(), &expected);
    }
    check(&captures, 30, &Options { threads: 2, ..Options::default() }, &expected);
}

#[test]
fn files_do_not_show_how_many_threads_wrote_them() {
    let captures = captures(4, 60);
    let files = |threads| {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { threads, batch_bytes: 30_000, ..Options::default() };
        for part in captures.chunks(20) {
            add(folder.path(), part.iter().cloned().map(Ok), &options, &Quiet).unwrap();
        }
        let archive = Archive::open(folder.path()).unwrap();
        let files = Table::ALL.into_iter().flat_map(|table| archive.files(table));
        files.map(|file| (file.path.clone(), file.checksum.clone())).collect::<Vec<_>>()
    };
    let expected = files(1);
    assert!(expected.len() > 20, "{expected:?}");
    for threads in [2, 4] {
        assert_eq!(files(threads), expected);
    }
}

#[test]
fn what_the_engine_cannot_hold_is_put_aside() {
    // Enough rows that every sort of the plan has several files to merge.
    let captures = captures(9, 6000);
    let expected = added(&captures, 1, &Options { threads: 2, ..Options::default() });
    check(&captures, 1, &Options { threads: 2, memory: 1, ..Options::default() }, &expected);
}

#[test]
fn one_capture_at_a_time() {
    let captures = captures(2, 12);
    let expected = added(&captures, 1, &one_thread());
    check(&captures, captures.len(), &one_thread(), &expected);
}

#[test]
fn adding_again_changes_nothing_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let captures = captures(3, 20);
    add(folder.path(), captures.iter().cloned().map(Ok), &one_thread(), &Quiet).unwrap();
    let (before, commit) = (tables(folder.path()), View::open(folder.path(), &one_thread()).unwrap().commit());
    let funnel = add(folder.path(), captures.into_iter().map(Ok), &one_thread(), &Quiet).unwrap();
    assert_eq!((funnel.outcomes["kept"], funnel.outcomes["duplicate"]), (0, 20));
    assert_eq!(tables(folder.path()), before);
    assert_eq!(View::open(folder.path(), &one_thread()).unwrap().commit(), commit);
}

/// Spans tile the text, in order, without a gap.
#[test]
fn blocks_tile_their_captures() {
    let folder = tempfile::tempdir().unwrap();
    let captures = captures(4, 15);
    add(folder.path(), captures.iter().cloned().map(Ok), &one_thread(), &Quiet).unwrap();
    let view = View::open(folder.path(), &one_thread()).unwrap();
    let sql = "SELECT min(start) AS first, max(\"end\") AS last, sum(\"end\" - start) AS covered, max(length) AS length \
               FROM blocks JOIN (SELECT id, octet_length(text) AS length FROM captures) c ON c.id = capture GROUP BY capture";
    let mut text = Vec::new();
    assert_eq!(write(view.query(sql).unwrap(), Format::Jsonl, &mut text).unwrap(), 15);
    for line in String::from_utf8(text).unwrap().lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(
            (row["first"].as_u64(), &row["last"], &row["covered"]),
            (Some(0), &row["length"], &row["length"]),
            "{line}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn any_archive(seed in any::<u64>(), n in 1_usize..25, threads in 1_usize..5, calls in 1_usize..4, batch_rows in 1_usize..50) {
        let mut captures = captures(seed, n);
        let expected = added(&captures, 1, &one_thread());
        Draw(seed).shuffle(&mut captures);
        check(&captures, calls, &Options { threads, batch_rows, memory: seed as usize % 100_000, batch_bytes: 20_000, ..Options::default() }, &expected);
    }
}
