use std::sync::{
    Mutex, PoisonError,
    atomic::{
        AtomicU64,
        Ordering::{Acquire, Relaxed, Release},
    },
};

/// How far a reader is, and what it let pass with a remark. Shared: a progress bar may look while another thread reads.
#[derive(Debug, Default)]
pub struct Progress {
    bytes: AtomicU64,
    total: AtomicU64,
    /// Inputs of which it is not known how large they are: pipes, and what was not asked for yet.
    unknown: AtomicU64,
    hidden: AtomicU64,
    undated: AtomicU64,
    undated_example: Mutex<Option<String>>,
}

impl Progress {
    /// Of inputs of `total` bytes, and `unknown` ones beside them.
    pub(crate) fn new(total: u64, unknown: u64) -> Self {
        Self { total: total.into(), unknown: unknown.into(), ..Self::default() }
    }

    /// Bytes read from the inputs so far, as they lie on disk (before unpacking).
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Relaxed)
    }

    /// Bytes of all inputs together; `None` when a pipe is among them, or while one is that has to be asked for.
    pub fn total(&self) -> Option<u64> {
        (self.unknown.load(Acquire) == 0).then(|| self.total.load(Relaxed))
    }

    /// Entries of folders and files of ZIP files that were left alone because their names start with a dot.
    pub fn hidden(&self) -> u64 {
        self.hidden.load(Relaxed)
    }

    /// Captures that were kept without their `fetched_at`, because it is no time that can be read.
    pub fn undated(&self) -> u64 {
        self.undated.load(Relaxed)
    }

    /// The first of them: where it stands and what is written there.
    pub fn undated_example(&self) -> Option<String> {
        self.undated_example.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn add_bytes(&self, n: u64) {
        self.bytes.fetch_add(n, Relaxed);
    }

    /// One of the unknown inputs turned out to have so many bytes.
    pub(crate) fn found(&self, bytes: u64) {
        self.total.fetch_add(bytes, Relaxed);
        self.unknown.fetch_sub(1, Release);
    }

    pub(crate) fn add_hidden(&self, n: u64) {
        self.hidden.fetch_add(n, Relaxed);
    }

    pub(crate) fn add_undated(&self, source: &str, written: &str) {
        if self.undated.fetch_add(1, Relaxed) == 0 {
            let written: String = written.chars().take(40).collect();
            *self.undated_example.lock().unwrap_or_else(PoisonError::into_inner) =
                Some(format!("{source}: `{written}`"));
        }
    }
}
