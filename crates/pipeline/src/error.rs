use std::fmt;

/// What went wrong in the plan, in one sentence that names the input and what to do.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    message: String,
}

/// The kinds of [`Error`] that a front may want to tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no archive at the path.
    NotAnArchive,
    /// The archive was written by a newer copydesk.
    Newer,
    /// Another process is writing to the archive.
    Locked,
    /// The disk is full, or a quota is used up.
    DiskFull,
    /// A file of the archive is missing or does not hold what it should.
    Damaged,
    /// A file could not be read or written.
    Io,
    /// The query cannot be run as it is written.
    Query,
    /// The work does not fit into [`Options::memory`](crate::Options::memory).
    Memory,
    /// Nothing, or more than one thing, answers to the id.
    Id,
    /// A mistake in copydesk.
    Internal,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { kind, message: message.into() }))
    }

    /// Which kind of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {}
