use std::{
    panic,
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
    vec,
};

use copydesk_model::{Capture, Refused};

use crate::{Progress, Reader};

type Record = Result<Capture, Refused>;

/// A [`Reader`] on a thread of its own: the same records in the same order, a few batches ahead.
pub struct Ahead {
    batches: Receiver<Vec<Record>>,
    batch: vec::IntoIter<Record>,
    progress: Arc<Progress>,
    thread: Option<JoinHandle<()>>,
}

/// Bytes of text after which a batch is handed over: large enough that the channel costs nothing.
const BATCH: usize = 1 << 20;

/// Time after which a batch is handed over, however small: records that trickle in are handed on.
const LONGEST: Duration = Duration::from_millis(50);

/// Batches that may wait. Memory is bounded by them and by the limit for one capture.
const WAITING: usize = 3;

impl Ahead {
    pub(crate) fn new(reader: Reader) -> Self {
        let progress = reader.progress();
        let (sender, batches) = sync_channel(WAITING);
        let thread = thread::spawn(move || read(reader, &sender));
        Self { batches, batch: Vec::new().into_iter(), progress, thread: Some(thread) }
    }

    /// How far it is, to be looked at from anywhere.
    pub fn progress(&self) -> Arc<Progress> {
        Arc::clone(&self.progress)
    }
}

fn read(reader: Reader, to: &SyncSender<Vec<Record>>) {
    let mut batch = Vec::new();
    let mut bytes = 0;
    let mut since = Instant::now();
    for record in reader {
        // A record costs something even when it has no text: a file of bad lines must not pile up either.
        bytes += 256 + record.as_ref().map_or(0, size);
        batch.push(record);
        if bytes >= BATCH || since.elapsed() >= LONGEST {
            (bytes, since) = (0, Instant::now());
            if to.send(std::mem::take(&mut batch)).is_err() {
                return; // nobody listens any more
            }
        }
    }
    let _ = to.send(batch);
}

fn size(capture: &Capture) -> usize {
    capture.text.len() + capture.html.as_ref().map_or(0, |html| html.bytes.len())
}

impl Iterator for Ahead {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            if let Some(record) = self.batch.next() {
                return Some(record);
            }
            match self.batches.recv() {
                Ok(batch) => self.batch = batch.into_iter(),
                Err(_) => {
                    // The thread is done; if it panicked the run must not end as if the inputs had.
                    if let Some(Err(panic)) = self.thread.take().map(JoinHandle::join) {
                        panic::resume_unwind(panic);
                    }
                    return None;
                }
            }
        }
    }
}
