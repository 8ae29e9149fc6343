use std::{fmt, path::Path};

/// What went wrong with an index, in one sentence that names it and says what to do.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

/// The kinds of [`Error`] that a front may want to tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no index for the commit, or it was made by another copydesk: make one.
    Missing,
    /// A file of the index is missing or does not hold what it should: make it again.
    Damaged,
    /// A file could not be read or written.
    Io,
    /// What was handed in to be indexed ended with an error.
    Input,
    /// A mistake in copydesk.
    Internal,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// Which kind of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    pub(crate) fn damaged(path: &Path, what: impl fmt::Display) -> Self {
        Self::new(
            ErrorKind::Damaged,
            format!("the index `{}` is damaged: {what}; it has to be made again", path.display()),
        )
    }

    pub(crate) fn io(doing: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::new(ErrorKind::Io, format!("cannot {doing} `{}`: {error}", path.display()))
    }
}

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Self {
        use tantivy::TantivyError as Theirs;
        let kind = match &error {
            Theirs::DataCorruption(_) | Theirs::IncompatibleIndex(_) | Theirs::OpenReadError(_) => ErrorKind::Damaged,
            Theirs::IoError(_) | Theirs::OpenWriteError(_) | Theirs::OpenDirectoryError(_) => ErrorKind::Io,
            _ => ErrorKind::Internal,
        };
        Self::new(kind, format!("the index: {error}"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
