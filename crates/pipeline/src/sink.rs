use std::{
    sync::mpsc::{SyncSender, sync_channel},
    thread::{self, JoinHandle},
};

use arrow::record_batch::RecordBatch;
use copydesk_archive::{Finished, GroupWriter, Packer, TableWriter};

use crate::{
    Error, ErrorKind,
    ordered::{LOAD, ordered},
};

/// Where the rows of a table go. With more than one thread they are packed and written on others than the caller's: it is a quarter of
/// the work of adding captures, and would be waited for.
pub(crate) enum Sink {
    Rows(Box<TableWriter>),
    Groups(Box<GroupWriter>, Packer),
    Behind(Option<Behind>),
}

pub(crate) struct Behind {
    batches: SyncSender<RecordBatch>,
    thread: JoinHandle<Result<Finished, Error>>,
}

impl Sink {
    pub(crate) fn new(mut writer: TableWriter, threads: usize) -> Self {
        if threads <= 1 {
            return Sink::Rows(Box::new(writer));
        }
        // One batch is written while the next one is made: no more of them are in memory.
        let (batches, receive) = sync_channel::<RecordBatch>(1);
        let thread = thread::spawn(move || {
            for batch in receive {
                writer.write(&batch)?;
            }
            Ok(writer.finish()?)
        });
        Sink::Behind(Some(Behind { batches, thread }))
    }

    /// For tables of texts, which take long to pack: what is written at a time is a group of rows of its own, and as many of them as there
    /// are threads are packed at the same time.
    pub(crate) fn in_groups(writer: TableWriter, threads: usize) -> Result<Self, Error> {
        let mut writer = writer.in_groups()?;
        let packer = writer.packer();
        if threads <= 1 {
            return Ok(Sink::Groups(Box::new(writer), packer));
        }
        let (batches, receive) = sync_channel::<RecordBatch>(1);
        let thread = thread::spawn(move || {
            let mut batches = receive.into_iter();
            let pull = move || batches.next().map(Ok);
            let worker = || |batch: RecordBatch| packer.pack(&batch);
            ordered(threads, |_| LOAD, pull, worker, |group| Ok(writer.append(group?)?))?;
            Ok(writer.finish()?)
        });
        Ok(Sink::Behind(Some(Behind { batches, thread })))
    }

    /// One that takes nothing.
    pub(crate) fn ended() -> Self {
        Sink::Behind(None)
    }

    pub(crate) fn write(&mut self, batch: RecordBatch) -> Result<(), Error> {
        match self {
            Sink::Rows(writer) => Ok(writer.write(&batch)?),
            Sink::Groups(writer, packer) => Ok(writer.append(packer.pack(&batch)?)?),
            Sink::Behind(Some(behind)) if behind.batches.send(batch).is_ok() => Ok(()),
            // Only after an error nobody receives.
            Sink::Behind(behind) => behind.take().map_or_else(|| Err(ended()), |behind| behind.end().and(Err(ended()))),
        }
    }

    pub(crate) fn finish(self) -> Result<Finished, Error> {
        match self {
            Sink::Rows(writer) => Ok(writer.finish()?),
            Sink::Groups(writer, _) => Ok(writer.finish()?),
            Sink::Behind(behind) => behind.ok_or_else(ended)?.end(),
        }
    }
}

impl Behind {
    fn end(self) -> Result<Finished, Error> {
        drop(self.batches);
        self.thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

fn ended() -> Error {
    Error::new(ErrorKind::Internal, "a table's file was written to after an error")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{ArrayRef, UInt32Array, UInt64Array};
    use copydesk_archive::{Commit, Table, Writer};

    use super::*;

    /// A batch of sightings.
    fn batch(k: u32) -> RecordBatch {
        let side = || -> ArrayRef { Arc::new(UInt32Array::from_iter_values(0..2000)) };
        let hash: ArrayRef = Arc::new(UInt64Array::from_iter_values((0..2000).map(|row| row * u64::from(k + 1))));
        RecordBatch::try_new(Table::Sightings.schema(), vec![hash, side(), side()]).unwrap()
    }

    /// Checksum of a file of many batches, and the rows of its groups.
    fn written(threads: usize) -> (String, Vec<usize>) {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = Writer::open(folder.path()).unwrap();
        let mut sink = Sink::in_groups(writer.table(Table::Sightings).unwrap(), threads).unwrap();
        (0..30).for_each(|k| sink.write(batch(k)).unwrap());
        let files = vec![sink.finish().unwrap()];
        writer.commit(Commit { files, ..Commit::default() }).unwrap();
        let file = writer.archive().files(Table::Sightings).next().unwrap();
        (file.checksum.clone(), writer.patch(file).unwrap().groups())
    }

    #[test]
    fn groups_are_the_same_on_any_number_of_threads() {
        let expected = written(1);
        assert_eq!(expected.1, [2000; 30]);
        for threads in [2, 5] {
            assert_eq!(written(threads), expected);
        }
    }

    #[test]
    fn an_error_of_packing_comes_back() {
        for threads in [1, 3] {
            let folder = tempfile::tempdir().unwrap();
            let writer = Writer::open(folder.path()).unwrap();
            let mut sink = Sink::in_groups(writer.table(Table::Stories).unwrap(), threads).unwrap();
            // Rows of another table.
            let all = (0..30).try_for_each(|k| sink.write(batch(k)));
            assert!(all.and_then(|()| sink.finish().map(drop)).is_err());
        }
    }
}
