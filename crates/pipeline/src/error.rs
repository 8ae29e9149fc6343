use std::fmt;

use copydesk_engine::Kind;

use crate::advice::advised;

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
    /// The archive was written by an older copydesk in a format that is no longer read.
    Older,
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

/// The name of a query that somebody asks, and that no file of the plan has.
pub(crate) const QUESTION: &str = "query";

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { kind, message: message.into() }))
    }

    /// Which kind of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// An error of the engine while it ran a query: `name` says which.
    pub(crate) fn engine(name: &str, error: &copydesk_engine::Error) -> Self {
        if let Some(own) = error.given::<Self>() {
            return Self::new(own.0.kind, own.0.message.clone());
        }
        let said = error.to_string();
        match error.kind() {
            Kind::Memory => Self::new(ErrorKind::Memory, does_not_fit(name, &said)),
            Kind::DiskFull => Self::new(
                ErrorKind::DiskFull,
                format!(
                    "no space left for what {name} puts aside; the archive stays at its last commit, so free some space and run the same command again"
                ),
            ),
            _ => Self::new(ErrorKind::Query, format!("{name}: {}", advised(&said))),
        }
    }
}

fn does_not_fit(name: &str, said: &str) -> String {
    format!(
        "{name} does not fit into the memory it may use ({}); {}",
        said.lines().next().unwrap_or_default(),
        if name == QUESTION {
            "ask for fewer rows or columns, or of a part at a time"
        } else {
            "give it more with `--memory`"
        }
    )
}

impl From<copydesk_archive::Error> for Error {
    fn from(error: copydesk_archive::Error) -> Self {
        use copydesk_archive::ErrorKind as Kind;
        let kind = match error.kind() {
            Kind::NotAnArchive => ErrorKind::NotAnArchive,
            Kind::Newer => ErrorKind::Newer,
            Kind::Older => ErrorKind::Older,
            Kind::Locked => ErrorKind::Locked,
            Kind::DiskFull => ErrorKind::DiskFull,
            Kind::Damaged => ErrorKind::Damaged,
            Kind::Io => ErrorKind::Io,
            _ => ErrorKind::Internal,
        };
        Self::new(kind, error.to_string())
    }
}

impl From<arrow::error::ArrowError> for Error {
    fn from(error: arrow::error::ArrowError) -> Self {
        Self::new(ErrorKind::Internal, format!("a mistake in copydesk: {error}"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_says_what_its_command_can_do() {
        let says = |name| does_not_fit(name, "of 64 MB");
        assert!(says("census").contains("`--memory`"));
        // `export` has no such option.
        assert!(says(QUESTION).contains("fewer rows") && !says(QUESTION).contains("--memory"));
    }
}
