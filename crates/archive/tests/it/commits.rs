use std::{fs, path::Path, sync::Arc};

use arrow::{
    array::{
        ArrayRef, BinaryArray, Float64Array, ListArray, RecordBatch, StringArray, UInt32Array, UInt64Array,
        new_empty_array,
    },
    buffer::OffsetBuffer,
    datatypes::DataType,
};
use copydesk_archive::{Archive, Change, Commit, ErrorKind, Finished, Table, Writer};

/// Rows of a table with made-up values; `name` is in every text.
pub(crate) fn rows(table: Table, name: &str, n: usize) -> RecordBatch {
    let schema = table.schema();
    let columns = schema.fields().iter().map(|field| -> ArrayRef {
        match field.data_type() {
            DataType::Utf8 => Arc::new(StringArray::from_iter_values((0..n).map(|i| format!("{name}-{i}")))),
            DataType::UInt32 => Arc::new(UInt32Array::from_iter_values((0..n).map(|i| i as u32))),
            DataType::UInt64 => Arc::new(UInt64Array::from_iter_values((0..n).map(|i| i as u64))),
            DataType::Float64 => Arc::new(Float64Array::from_iter_values((0..n).map(|i| i as f64))),
            DataType::Binary => Arc::new(BinaryArray::from_iter_values((0..n).map(|i| [i as u8]))),
            DataType::List(_) => new_empty_lists(field.data_type(), n),
            other => panic!("no made-up values for {other}"),
        }
    });
    RecordBatch::try_new(schema.clone(), columns.collect()).unwrap()
}

/// A column of empty lists.
fn new_empty_lists(data_type: &DataType, n: usize) -> ArrayRef {
    let DataType::List(item) = data_type else { panic!("{data_type} is no list") };
    let (offsets, items) = (OffsetBuffer::new_zeroed(n), new_empty_array(item.data_type()));
    Arc::new(ListArray::new(item.clone(), offsets, items, None))
}

pub(crate) fn file(writer: &Writer, table: Table, name: &str, n: usize) -> Finished {
    let mut to = writer.table(table).unwrap();
    to.write(&rows(table, name, n)).unwrap();
    to.finish().unwrap()
}

fn ids(archive: &Archive, table: Table) -> Vec<String> {
    let mut ids = Vec::new();
    for batch in archive.read(table, Some(&["id"]), 2).unwrap() {
        let batch = batch.unwrap();
        let column = batch.column(0).as_any().downcast_ref::<StringArray>().unwrap();
        ids.extend(column.iter().flatten().map(str::to_owned));
    }
    ids
}

fn files_on_disk(dir: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for table in Table::ALL {
        for entry in fs::read_dir(dir.join("tables").join(table.name())).unwrap() {
            names.push(format!("{table}/{}", entry.unwrap().file_name().to_string_lossy()));
        }
    }
    names.sort();
    names
}

#[test]
fn what_is_committed_is_read_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(folder.path()).unwrap();
    for name in ["one", "two"] {
        let files = vec![file(&writer, Table::Captures, name, 3)];
        writer.commit(Commit { files, ..Commit::default() }).unwrap();
    }
    writer.close().unwrap();
    let archive = Archive::open(folder.path()).unwrap();
    assert_eq!(ids(&archive, Table::Captures), ["one-0", "one-1", "one-2", "two-0", "two-1", "two-2"]);
    assert_eq!(archive.rows(Table::Captures), 6);
    assert!(archive.is_behind(), "captures without stories");
    assert!(archive.verify().is_empty());
    let parts = archive.read_parts(Table::Captures, None, 100, 2).unwrap();
    assert_eq!(parts.len(), 2);
    let counts: Vec<usize> = parts.into_iter().map(|part| part.map(|batch| batch.unwrap().num_rows()).sum()).collect();
    assert_eq!(counts, [3, 3]);
}

#[test]
fn what_is_not_committed_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let writer = Writer::open(folder.path()).unwrap();
    let finished = file(&writer, Table::Captures, "lost", 3);
    // As a killed process leaves it: the file is there, its owner's clean-up never runs.
    std::mem::forget(finished);
    drop(writer);
    assert_eq!(files_on_disk(folder.path()).len(), 1);
    let archive = Archive::open(folder.path()).unwrap();
    assert_eq!(archive.rows(Table::Captures), 0);
    drop(Writer::open(folder.path()).unwrap());
    assert!(files_on_disk(folder.path()).is_empty());
}

#[test]
fn readers_keep_the_commit_that_they_opened() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(folder.path()).unwrap();
    let files = vec![file(&writer, Table::Stories, "old", 2)];
    let change = Change { stories: true, ..Change::default() };
    writer.commit(Commit { files, change }).unwrap();
    let old = Archive::open(folder.path()).unwrap();

    let files = vec![file(&writer, Table::Stories, "new", 1)];
    let change = Change { replaced: vec![Table::Stories], stories: true, note: Some("{}".into()), ..Change::default() };
    writer.commit(Commit { files, change }).unwrap();
    let new = Archive::open(folder.path()).unwrap();

    assert_eq!(ids(&old, Table::Stories), ["old-0", "old-1"]);
    assert_eq!(ids(&new, Table::Stories), ["new-0"]);
    assert_eq!(new.note(), Some("{}"));
    writer.close().unwrap();
    assert_eq!(files_on_disk(folder.path()).len(), 2, "the old file is being read");
    drop((old, new));
    drop(Writer::open(folder.path()).unwrap());
    assert_eq!(files_on_disk(folder.path()).len(), 1);
}

#[test]
fn a_second_writer_is_refused_and_a_reader_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let _writer = Writer::open(folder.path()).unwrap();
    let error = Writer::open(folder.path()).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Locked);
    assert!(error.to_string().contains("another copydesk is writing"), "{error}");
    Archive::open(folder.path()).unwrap();
}

#[test]
fn a_folder_with_other_things_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.txt"), "text").unwrap();
    let error = Writer::open(folder.path()).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::NotAnArchive);
    assert!(error.to_string().contains("thesis.txt"), "{error}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let error = Archive::open(folder.path()).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::NotAnArchive);
    let error = Writer::open(&folder.path().join("thesis.txt")).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::NotAnArchive);
}
