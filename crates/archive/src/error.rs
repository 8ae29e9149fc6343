use std::{fmt, io, path::Path};

use parquet::errors::ParquetError;

use crate::Table;

/// What went wrong with an archive, in one sentence that names the file and what to do.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    message: String,
}

/// The kinds of [`Error`] that a caller may want to tell apart.
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
    /// A mistake in copydesk: a batch of other columns than the table has.
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

    /// An input/output error while doing something (`write`, `open`) to a file.
    pub(crate) fn io(doing: &str, path: &Path, error: &io::Error) -> Self {
        if is_full(error.kind()) {
            return Self::full(path);
        }
        Self::new(ErrorKind::Io, format!("cannot {doing} `{}`: {}", path.display(), plain(error)))
    }

    fn full(path: &Path) -> Self {
        Self::new(
            ErrorKind::DiskFull,
            format!(
                "cannot write `{}`: no space left; the archive stays at its last commit, so free some space and run the same command again",
                path.display()
            ),
        )
    }

    /// An error of the Parquet writer.
    pub(crate) fn writing(path: &Path, error: &ParquetError) -> Self {
        match cause(error) {
            Some(io) => Self::io("write", path, io),
            None => Self::new(ErrorKind::Internal, format!("cannot write `{}`: {error}", path.display())),
        }
    }

    /// An error of the Parquet reader.
    pub(crate) fn reading(path: &Path, error: &(dyn std::error::Error + 'static)) -> Self {
        match cause(error) {
            Some(io) if io.kind() != io::ErrorKind::UnexpectedEof => Self::io("read", path, io),
            _ => Self::damaged(path, &error.to_string()),
        }
    }

    pub(crate) fn damaged(path: &Path, what: &str) -> Self {
        Self::new(ErrorKind::Damaged, format!("`{}` is damaged: {what}; {}", path.display(), what_helps(path)))
    }

    /// A file could not be opened to read.
    pub(crate) fn opening(path: &Path, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::NotFound {
            Self::new(ErrorKind::Damaged, format!("`{}` is missing; {}", path.display(), what_helps(path)))
        } else {
            Self::io("read", path, error)
        }
    }

    /// An error of SQLite.
    pub(crate) fn sqlite(path: &Path, error: &rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::full(path),
            // What copydesk asks for is always there, so that a column of another name or a value of another kind is damage.
            None
            | Some(
                ErrorCode::NotADatabase
                | ErrorCode::DatabaseCorrupt
                | ErrorCode::TypeMismatch
                | ErrorCode::NotFound
                | ErrorCode::Unknown,
            ) => Self::damaged(path, &error.to_string()),
            Some(ErrorCode::ReadOnly) => {
                Self::new(ErrorKind::Io, format!("cannot write `{}`: the archive is read-only here", path.display()))
            }
            _ => Self::new(ErrorKind::Io, format!("cannot use `{}`: {error}", path.display())),
        }
    }
}

/// What to do about a file that is lost: what was worked out from captures can be worked out again.
fn what_helps(path: &Path) -> String {
    let folder = path.parent();
    let table = folder.and_then(Path::file_name).and_then(|name| name.to_str()).and_then(Table::named);
    match (table, folder.and_then(Path::parent).and_then(Path::parent)) {
        (Some(table), Some(dir)) if Table::DERIVED.contains(&table) => {
            format!("`copydesk add {} --resplit` makes it again from the captures", dir.display())
        }
        _ => "restore it from a copy, or make the archive again from its inputs".to_owned(),
    }
}

fn is_full(kind: io::ErrorKind) -> bool {
    // A file-size limit ends a write like a full disk does, and for the same reason: somebody set a bound.
    matches!(kind, io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge)
}

/// `No such file or directory (os error 2)` without the number and in lower case.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// The input/output error at the bottom of another error.
fn cause<'e>(error: &'e (dyn std::error::Error + 'static)) -> Option<&'e io::Error> {
    let mut at = Some(error);
    while let Some(error) = at {
        if let Some(io) = error.downcast_ref::<io::Error>() {
            return Some(io);
        }
        // `ParquetError::External` does not name its cause as a source in every version.
        if let Some(ParquetError::External(inner)) = error.downcast_ref::<ParquetError>() {
            return inner.downcast_ref::<io::Error>().or_else(|| inner.source().and_then(cause));
        }
        at = error.source();
    }
    None
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {}
