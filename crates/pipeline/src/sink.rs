use std::{
    sync::mpsc::{SyncSender, sync_channel},
    thread::{self, JoinHandle},
};

use arrow::record_batch::RecordBatch;
use copydesk_archive::{Finished, TableWriter};

use crate::{Error, ErrorKind};

/// Where the rows of a table go. With more than one thread they are packed and written on one of their own: it is a quarter of the
/// work of adding captures, and would be waited for.
pub(crate) enum Sink {
    Here(Box<TableWriter>),
    Behind(Option<Behind>),
}

pub(crate) struct Behind {
    batches: SyncSender<RecordBatch>,
    thread: JoinHandle<Result<TableWriter, Error>>,
}

impl Sink {
    pub(crate) fn new(mut writer: TableWriter, threads: usize) -> Self {
        if threads <= 1 {
            return Sink::Here(Box::new(writer));
        }
        // One batch is written while the next one is made: no more of them are in memory.
        let (batches, receive) = sync_channel::<RecordBatch>(1);
        let thread = thread::spawn(move || {
            for batch in receive {
                writer.write(&batch)?;
            }
            Ok(writer)
        });
        Sink::Behind(Some(Behind { batches, thread }))
    }

    /// One that takes nothing.
    pub(crate) fn ended() -> Self {
        Sink::Behind(None)
    }

    pub(crate) fn write(&mut self, batch: RecordBatch) -> Result<(), Error> {
        match self {
            Sink::Here(writer) => Ok(writer.write(&batch)?),
            Sink::Behind(Some(behind)) if behind.batches.send(batch).is_ok() => Ok(()),
            // Only after an error nobody receives.
            Sink::Behind(behind) => behind.take().map_or_else(|| Err(ended()), |behind| behind.end().and(Err(ended()))),
        }
    }

    pub(crate) fn finish(self) -> Result<Finished, Error> {
        match self {
            Sink::Here(writer) => Ok(writer.finish()?),
            Sink::Behind(behind) => Ok(behind.ok_or_else(ended)?.end()?.finish()?),
        }
    }
}

impl Behind {
    fn end(self) -> Result<TableWriter, Error> {
        drop(self.batches);
        self.thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

fn ended() -> Error {
    Error::new(ErrorKind::Internal, "a table's file was written to after an error")
}
