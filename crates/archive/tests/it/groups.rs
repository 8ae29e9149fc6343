//! Files whose groups of rows are packed elsewhere.

use std::{sync::Arc, thread};

use arrow::{
    array::{ArrayRef, UInt32Array, UInt64Array},
    record_batch::RecordBatch,
};
use copydesk_archive::{Commit, Packed, Table, Writer};

fn sightings(rows: std::ops::Range<u32>) -> RecordBatch {
    let side = || -> ArrayRef { Arc::new(UInt32Array::from_iter_values(rows.clone())) };
    let hash: ArrayRef = Arc::new(UInt64Array::from_iter_values(rows.clone().map(u64::from)));
    RecordBatch::try_new(Table::Sightings.schema(), vec![hash, side(), side()]).unwrap()
}

#[test]
fn groups_stand_in_the_order_in_which_they_were_appended() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(folder.path()).unwrap();
    let mut table = writer.table(Table::Sightings).unwrap();
    table.write(&sightings(0..3)).unwrap();
    let mut groups = table.in_groups().unwrap();
    let packing = [3..10, 10..10, 10..14].map(|rows| {
        let packer = groups.packer();
        thread::spawn(move || packer.pack(&sightings(rows)).unwrap())
    });
    let packed: Vec<Packed> = packing.into_iter().map(|thread| thread.join().unwrap()).collect();
    packed.into_iter().for_each(|group| groups.append(group).unwrap());
    let file = groups.finish().unwrap();
    assert_eq!(file.rows(), 14);
    writer.commit(Commit { files: vec![file], ..Commit::default() }).unwrap();

    let archive = writer.archive();
    let file = archive.files(Table::Sightings).next().unwrap();
    assert_eq!(writer.patch(file).unwrap().groups(), [3, 7, 4]);
    let batches: Vec<RecordBatch> =
        archive.read(Table::Sightings, None, 100).unwrap().collect::<Result<_, _>>().unwrap();
    assert_eq!(arrow::compute::concat_batches(&batches[0].schema(), &batches).unwrap(), sightings(0..14));
    assert!(archive.verify().is_empty());
}
