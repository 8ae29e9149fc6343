use std::{
    io::{self, Read},
    sync::{Arc, Mutex, PoisonError, mpsc},
};

use bytes::{Buf, Bytes};
use tokio::{sync::Semaphore, task::AbortHandle};

use super::{Failure, Remote};

/// Bytes that may wait to be read: enough that neither side waits for the other at every step.
pub(super) const ROOM: usize = 4 << 20;

enum Part {
    Bytes(Bytes),
    Broken(Failure),
    End,
}

/// The end that async code writes to.
pub(super) struct Sender {
    parts: mpsc::Sender<Part>,
    room: Arc<Semaphore>,
}

/// An object's bytes, to be read by code that blocks.
pub(crate) struct Body {
    parts: mpsc::Receiver<Part>,
    room: Arc<Semaphore>,
    bytes: Bytes,
    over: bool,
    broken: Broken,
    task: Option<AbortHandle>,
    /// What the task runs on.
    _remote: Arc<Remote>,
}

/// Why a body ended before its end, if it did; to be looked at when all that came was read.
#[derive(Clone, Default)]
pub(crate) struct Broken(Arc<Mutex<Option<Failure>>>);

impl Broken {
    /// Told once.
    pub(crate) fn take(&self) -> Option<Failure> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

pub(super) fn channel(remote: Arc<Remote>) -> (Sender, Body) {
    // The semaphore bounds it: a channel of std can be waited for anywhere, and one that is bounded could not be written to here.
    let (to, parts) = mpsc::channel();
    let room = Arc::new(Semaphore::new(ROOM));
    let sender = Sender { parts: to, room: Arc::clone(&room) };
    let body =
        Body { parts, room, bytes: Bytes::new(), over: false, broken: Broken::default(), task: None, _remote: remote };
    (sender, body)
}

impl Sender {
    /// Waits for room; false when nobody reads any more.
    pub(super) async fn send(&self, bytes: Bytes) -> bool {
        let Ok(room) = self.room.acquire_many(needs(bytes.len())).await else { return false };
        room.forget();
        self.parts.send(Part::Bytes(bytes)).is_ok()
    }

    pub(super) fn end(self, failed: Option<Failure>) {
        let _ = self.parts.send(failed.map_or(Part::End, Part::Broken));
    }
}

fn needs(bytes: usize) -> u32 {
    bytes.min(ROOM) as u32
}

impl Body {
    pub(super) fn of(mut self, task: AbortHandle) -> Self {
        self.task = Some(task);
        self
    }

    pub(crate) fn broken(&self) -> Broken {
        self.broken.clone()
    }
}

impl Read for Body {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.bytes.is_empty() && !self.over {
            let failure = match self.parts.recv() {
                Ok(Part::Bytes(bytes)) => {
                    self.room.add_permits(needs(bytes.len()) as usize);
                    self.bytes = bytes;
                    continue;
                }
                Ok(Part::End) => {
                    self.over = true;
                    continue;
                }
                Ok(Part::Broken(failure)) => failure,
                Err(_) => Failure::lasting("breaks off: what reads it failed; please report this".to_owned()),
            };
            self.over = true;
            *self.broken.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(failure.clone());
            return Err(io::Error::other(failure));
        }
        let n = into.len().min(self.bytes.len());
        into[..n].copy_from_slice(&self.bytes[..n]);
        self.bytes.advance(n);
        Ok(n)
    }
}

impl Drop for Body {
    fn drop(&mut self) {
        self.room.close();
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}
