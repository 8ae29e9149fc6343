use std::{
    panic,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    thread::{self, JoinHandle},
    time::Duration,
    vec,
};

use copydesk_model::{Capture, Refused};

use crate::{Progress, Reader};

type Record = Result<Capture, Refused>;

/// A [`Reader`] on a thread of its own: the same records in the same order, a few batches ahead.
pub struct Ahead {
    pile: Arc<Shared>,
    batch: vec::IntoIter<Record>,
    progress: Arc<Progress>,
    thread: Option<JoinHandle<()>>,
    stop: Option<Arc<AtomicBool>>,
}

/// Bytes of text that are worth waking whoever waits for records: large enough that it costs nothing.
const BATCH: usize = 1 << 20;

/// Time after which records are taken, however few: those that trickle in are handed on.
const LONGEST: Duration = Duration::from_millis(50);

/// Bytes of text that may wait. Memory is bounded by as much again, which was taken, and by the limit for one capture.
const WAITING: usize = 2 * BATCH;

/// What was read and not taken yet.
#[derive(Default)]
struct Pile {
    records: Vec<Record>,
    bytes: usize,
    /// Nothing more will come.
    ended: bool,
    /// Nobody listens any more.
    unheard: bool,
}

#[derive(Default)]
struct Shared {
    pile: Mutex<Pile>,
    /// There is a batch, or nothing more will come.
    filled: Condvar,
    taken: Condvar,
}

impl Shared {
    fn pile(&self) -> MutexGuard<'_, Pile> {
        self.pile.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ahead {
    pub(crate) fn new(reader: Reader) -> Self {
        let progress = reader.progress();
        let pile = Arc::<Shared>::default();
        let to = Ending(Arc::clone(&pile));
        let thread = thread::spawn(move || read(reader, &to.0));
        Self { pile, batch: Vec::new().into_iter(), progress, thread: Some(thread), stop: None }
    }

    /// Ends once `stop` is raised and what was read is taken, even while the reading waits for a pipe or another machine. The thread
    /// that waits is left behind.
    pub fn until(mut self, stop: Arc<AtomicBool>) -> Self {
        self.stop = Some(stop);
        self
    }

    /// How far it is, to be looked at from anywhere.
    pub fn progress(&self) -> Arc<Progress> {
        Arc::clone(&self.progress)
    }

    fn is_stopped(&self) -> bool {
        self.stop.as_ref().is_some_and(|stop| stop.load(Relaxed))
    }
}

/// Says that nothing more will come, also where the reading panics.
struct Ending(Arc<Shared>);

impl Drop for Ending {
    fn drop(&mut self) {
        self.0.pile().ended = true;
        self.0.filled.notify_one();
    }
}

fn read(reader: Reader, to: &Shared) {
    for record in reader {
        let mut pile = to.pile();
        while pile.bytes >= WAITING && !pile.unheard {
            pile = to.taken.wait(pile).unwrap_or_else(PoisonError::into_inner);
        }
        if pile.unheard {
            return;
        }
        // A record costs something even when it has no text: a file of bad lines must not pile up either.
        pile.bytes += 256 + record.as_ref().map_or(0, size);
        pile.records.push(record);
        if pile.bytes >= BATCH {
            to.filled.notify_one();
        }
    }
}

fn size(capture: &Capture) -> usize {
    capture.text.len() + capture.html.as_ref().map_or(0, |html| html.bytes.len())
}

impl Iterator for Ahead {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if let Some(record) = self.batch.next() {
            return Some(record);
        }
        let mut pile = self.pile.pile();
        let mut waited = false;
        // What is there is taken at once when there is a batch of it, and soon when there is not.
        while pile.bytes < BATCH && !pile.ended && !(waited && (!pile.records.is_empty() || self.is_stopped())) {
            let (woken, timeout) = self.pile.filled.wait_timeout(pile, LONGEST).unwrap_or_else(PoisonError::into_inner);
            (pile, waited) = (woken, timeout.timed_out());
        }
        self.batch = std::mem::take(&mut pile.records).into_iter();
        pile.bytes = 0;
        let ended = pile.ended;
        drop(pile);
        self.pile.taken.notify_one();
        let record = self.batch.next();
        // The thread is done; if it panicked the run must not end as if the inputs had.
        if record.is_none()
            && ended
            && let Some(Err(panic)) = self.thread.take().map(JoinHandle::join)
        {
            panic::resume_unwind(panic);
        }
        record
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        self.pile.pile().unheard = true;
        self.pile.taken.notify_one();
    }
}
