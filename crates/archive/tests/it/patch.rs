//! Files of which some columns are written anew.

use std::sync::Arc;

use arrow::{
    array::{ArrayRef, AsArray, ListArray, StringArray, UInt32Array, UInt64Array, new_empty_array},
    buffer::OffsetBuffer,
    datatypes::{DataType, Field},
    record_batch::RecordBatch,
};
use copydesk_archive::{Archive, Change, Commit, Table, Writer};

fn texts(texts: impl Iterator<Item = String>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(texts))
}

/// Versions with long bodies, so that they come in several groups.
fn versions(rows: std::ops::Range<u32>) -> RecordBatch {
    // As good as random: it must not be packed to nothing.
    let body = |k: u32| {
        (0..300_u64).map(|i| format!("{:x} ", (u64::from(k) * 1000 + i).wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect()
    };
    let schema = Table::Versions.schema();
    let column = |field: &Arc<Field>| -> ArrayRef {
        match (field.name().as_str(), field.data_type()) {
            ("id", _) => texts(rows.clone().map(|k| format!("{k:032x}"))),
            ("story", _) => texts(rows.clone().map(|_| "0".repeat(16))),
            ("body", _) => texts(rows.clone().map(body)),
            (_, DataType::Utf8) => texts(rows.clone().map(|_| String::new())),
            (_, DataType::UInt32) => Arc::new(UInt32Array::from_iter_values(rows.clone())),
            (_, DataType::UInt64) => Arc::new(UInt64Array::from_iter_values(rows.clone().map(u64::from))),
            (_, DataType::List(item)) => {
                let none = new_empty_array(item.data_type());
                Arc::new(ListArray::new(item.clone(), OffsetBuffer::new_zeroed(rows.len()), none, None))
            }
            (name, other) => panic!("{name}: {other}"),
        }
    };
    RecordBatch::try_new(schema.clone(), schema.fields().iter().map(column).collect()).unwrap()
}

fn read(archive: &Archive) -> RecordBatch {
    let batches: Vec<RecordBatch> =
        archive.read(Table::Versions, None, 1000).unwrap().collect::<Result<_, _>>().unwrap();
    arrow::compute::concat_batches(&batches[0].schema(), &batches).unwrap()
}

#[test]
fn changed_columns_change_and_the_others_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(folder.path()).unwrap();
    let mut table = writer.table(Table::Versions).unwrap();
    for from in 0..10 {
        table.write(&versions(from * 100..from * 100 + 100)).unwrap();
    }
    writer.commit(Commit { files: vec![table.finish().unwrap()], ..Commit::default() }).unwrap();
    let before = read(writer.archive());
    let file = writer.archive().files(Table::Versions).next().unwrap().clone();

    let mut patch = writer.patch(&file).unwrap();
    let groups = patch.groups();
    assert!(groups.len() > 3 && groups.iter().sum::<usize>() == 1000, "{groups:?}");
    // The first with another story, the second without its first row, the third not at all, the others as they are.
    let story = texts((0..groups[0]).map(|k| format!("{k:016x}")));
    patch.group(&RecordBatch::try_from_iter([("story", story)]).unwrap()).unwrap();
    patch.group(&before.slice(groups[0] + 1, groups[1] - 1)).unwrap();
    patch.group(&before.slice(0, 0)).unwrap();
    let patched = patch.finish().unwrap();
    let left = groups.iter().sum::<usize>() - 1 - groups[2];
    assert_eq!(patched.rows() as usize, left);
    let change = Change { replaced: vec![Table::Versions], ..Change::default() };
    writer.commit(Commit { files: vec![patched], change }).unwrap();
    writer.close().unwrap();

    let archive = Archive::open(folder.path()).unwrap();
    assert!(archive.verify().is_empty());
    let after = read(&archive);
    assert_eq!(after.num_rows(), left);
    let stories = after.column(1).as_string::<i32>();
    assert_eq!((stories.value(7), stories.value(groups[0])), ("0000000000000007", "0000000000000000"));
    let bodies = |batch: &RecordBatch| batch.slice(0, groups[0]).column_by_name("body").unwrap().clone();
    assert_eq!(&bodies(&after), &bodies(&before));
    assert_eq!(after.slice(groups[0], groups[1] - 1), before.slice(groups[0] + 1, groups[1] - 1));
    let rest: usize = groups[3..].iter().sum();
    assert_eq!(after.slice(left - rest, rest), before.slice(1000 - rest, rest));

    // Single rows are those that a whole reading gives.
    let path = &archive.files(Table::Versions).next().unwrap().path;
    let places = [0, 3, groups[0] as u32 + 5, left as u32 - 1];
    let single = archive.read_rows(path, &["body", "words"], &places).unwrap();
    let single = arrow::compute::concat_batches(&single[0].schema(), &single).unwrap();
    for (row, &place) in places.iter().enumerate() {
        let (one, all) = (single.slice(row, 1), after.slice(place as usize, 1));
        for name in ["body", "words"] {
            assert_eq!(one.column_by_name(name).unwrap(), all.column_by_name(name).unwrap());
        }
    }
    assert!(archive.read_rows(path, &["id"], &[]).unwrap().is_empty());
}

#[test]
fn rows_go_and_the_pages_of_the_others_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(folder.path()).unwrap();
    let mut table = writer.table(Table::Versions).unwrap();
    (0..10).for_each(|from| table.write(&versions(from * 100..from * 100 + 100)).unwrap());
    writer.commit(Commit { files: vec![table.finish().unwrap()], ..Commit::default() }).unwrap();
    let before = read(writer.archive());
    let file = writer.archive().files(Table::Versions).next().unwrap().clone();
    let singles = writer.archive().singles(&file.path).unwrap();
    let page =
        |row: usize| singles.page("body", row as u32).start as usize..singles.page("body", row as u32).end as usize;

    let mut patch = writer.patch(&file).unwrap();
    let groups = patch.groups();
    let starts: Vec<usize> = groups.iter().scan(0, |next, rows| Some(std::mem::replace(next, *next + rows))).collect();
    // Of the first group a row of the first page, a whole page, and the last row; all of the second; none of the third.
    let (one, last) = (page(3), page(groups[0] - 1));
    let gone_page = page(one.end);
    assert!(gone_page.end < last.start, "too few pages: {gone_page:?} {last:?}");
    let mut stay: Vec<Vec<bool>> = groups[..3].iter().map(|&rows| vec![true; rows]).collect();
    stay[0][3] = false;
    stay[0][gone_page].fill(false);
    stay[0][groups[0] - 1] = false;
    stay[1].fill(false);
    let is_left = |row: usize| match starts.iter().rposition(|&start| start <= row) {
        Some(group @ 0..3) => stay[group][row - starts[group]],
        _ => true,
    };
    for (group, stay) in stay.iter().enumerate() {
        let left = stay.iter().filter(|&&stays| stays).count();
        let stored = patch.stored(Some(&["id", "words"])).unwrap();
        assert_eq!(stored, before.slice(starts[group], groups[group]).project(&[0, 4]).unwrap());
        let story = texts((0..left).map(|k| format!("{k:016x}")));
        patch.group_without(stay, &RecordBatch::try_from_iter([("story", story)]).unwrap()).unwrap();
    }
    patch.keep().unwrap();
    let few = RecordBatch::try_from_iter([("story", texts(std::iter::once(String::new())))]).unwrap();
    assert!(patch.group_without(&[true, false], &few).is_err() && patch.group(&few).is_err());
    let patched = patch.finish().unwrap();
    let change = Change { replaced: vec![Table::Versions], ..Change::default() };
    writer.commit(Commit { files: vec![patched], change }).unwrap();
    writer.close().unwrap();

    let archive = Archive::open(folder.path()).unwrap();
    assert!(archive.verify().is_empty());
    let after = read(&archive);
    let left: Vec<usize> = (0..1000).filter(|&row| is_left(row)).collect();
    assert_eq!(after.num_rows(), left.len());
    let path = &archive.files(Table::Versions).next().unwrap().path;
    for (at, &row) in left.iter().enumerate() {
        for name in ["id", "body", "words", "clippings", "mentions"] {
            let (now, was) = (after.column_by_name(name).unwrap(), before.column_by_name(name).unwrap());
            assert_eq!(&now.slice(at, 1), &was.slice(row, 1), "{name} of {row}");
        }
        // Single rows are found by the index of the pages.
        if at % 50 == 0 || at < 60 {
            let single = archive.read_rows(path, &["body"], &[at as u32]).unwrap();
            assert_eq!(single[0].column(0), &after.slice(at, 1).column_by_name("body").unwrap().clone());
            let page = archive.singles(path).unwrap().page("body", at as u32);
            assert!(page.contains(&(at as u32)) && page.len() < 100, "{page:?}");
        }
    }
    let stories = after.column(1).as_string::<i32>();
    assert_eq!((stories.value(2), stories.value(3)), ("0000000000000002", "0000000000000003"));
}

#[test]
fn files_that_came_of_captures_stand_in_their_order_and_may_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(folder.path()).unwrap();
    let mut empty = |table: Table, of: Option<&str>| {
        let mut to = writer.table(table).unwrap();
        if let Some(of) = of {
            to = to.of(of);
        }
        to.write(&RecordBatch::new_empty(table.schema())).unwrap();
        let file = to.finish().unwrap();
        let path = file.path().to_owned();
        writer.commit(Commit { files: vec![file], ..Commit::default() }).unwrap();
        path
    };
    let (first, second) = (empty(Table::Captures, None), empty(Table::Captures, None));
    let (of_second, of_first) = (empty(Table::Blocks, Some(&second)), empty(Table::Blocks, Some(&first)));
    let paths = |archive: &Archive| archive.files(Table::Blocks).map(|file| file.path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(writer.archive()), [of_first.clone(), of_second.clone()]);
    let change = Change { replaced: vec![Table::Blocks], kept: vec![of_second.clone()], ..Change::default() };
    writer.commit(Commit { files: Vec::new(), change }).unwrap();
    assert_eq!(paths(writer.archive()), std::slice::from_ref(&of_second));
    writer.close().unwrap();
    assert_eq!(paths(&Archive::open(folder.path()).unwrap()), [of_second]);
}

#[test]
fn the_rows_of_a_page_are_read_together() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(folder.path()).unwrap();
    let mut table = writer.table(Table::Versions).unwrap();
    (0..4).for_each(|from| table.write(&versions(from * 100..from * 100 + 100)).unwrap());
    writer.commit(Commit { files: vec![table.finish().unwrap()], ..Commit::default() }).unwrap();
    let all = read(writer.archive());
    let path = writer.archive().files(Table::Versions).next().unwrap().path.clone();
    let stored = writer.archive().singles(&path).unwrap();
    let (mut pages, mut row) = (0, 0);
    while row < 400 {
        let page = stored.page("body", row);
        assert_eq!(page.start, row);
        assert!(page.clone().all(|inside| stored.page("body", inside) == page), "{page:?}");
        let found = stored.read(&["body"], &page.clone().collect::<Vec<u32>>()).unwrap();
        let expected = all.project(&[all.schema().index_of("body").unwrap()]).unwrap();
        assert_eq!(found, [expected.slice(row as usize, page.len())]);
        (pages, row) = (pages + 1, page.end);
    }
    assert_eq!(row, 400);
    assert!(pages > 20, "{pages}");
    assert_eq!(stored.page("no such column", 3), 3..4);
}
