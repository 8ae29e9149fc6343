use std::fmt;

use datafusion::error::DataFusionError;

/// Why a query has no answer, or no more rows.
#[derive(Debug)]
pub struct Error(DataFusionError);

/// The kinds of [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// It does not fit into the memory that it may use.
    Memory,
    /// There is no room for what it puts aside.
    DiskFull,
    /// It cannot be run as it is written, or failed on what it was given.
    Query,
}

impl Error {
    /// An error of whoever gives rows in; it passes through the engine and is found again by [`Error::given`].
    pub fn of(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(DataFusionError::External(error.into()))
    }

    /// The error of its givers, of type `E`, that passed through the engine.
    pub fn given<E: std::error::Error + 'static>(&self) -> Option<&E> {
        let mut at: Option<&(dyn std::error::Error + 'static)> = Some(&self.0);
        while let Some(error) = at {
            if let Some(given) = error.downcast_ref::<E>() {
                return Some(given);
            }
            at = match error.downcast_ref::<DataFusionError>() {
                Some(DataFusionError::External(inner)) => Some(inner.as_ref()),
                _ => error.source(),
            };
        }
        None
    }

    /// Which kind of error it is.
    pub fn kind(&self) -> Kind {
        match self.0.find_root() {
            DataFusionError::ResourcesExhausted(_) => Kind::Memory,
            DataFusionError::IoError(e) if is_full(e.kind()) => Kind::DiskFull,
            _ => Kind::Query,
        }
    }
}

fn is_full(kind: std::io::ErrorKind) -> bool {
    matches!(
        kind,
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded | std::io::ErrorKind::FileTooLarge
    )
}

/// The engine's own words for what it comes from.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.find_root() {
            DataFusionError::ResourcesExhausted(what) => f.write_str(what),
            DataFusionError::External(given) => given.fmt(f),
            root => f.write_str(&root.strip_backtrace()),
        }
    }
}

impl std::error::Error for Error {}

impl From<DataFusionError> for Error {
    fn from(error: DataFusionError) -> Self {
        Self(error)
    }
}

impl From<Error> for DataFusionError {
    fn from(error: Error) -> Self {
        error.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_is_found_again() {
        let given = std::fmt::Error;
        let error = Error(DataFusionError::from(Error::of(given)).context("while it read").context("while it sorted"));
        assert_eq!(error.given::<std::fmt::Error>(), Some(&given));
        assert!(error.given::<std::num::ParseIntError>().is_none());
    }

    #[test]
    fn kinds() {
        let kind = |error| Error(error).kind();
        assert_eq!(kind(DataFusionError::ResourcesExhausted("64 MB".to_owned()).context("sort")), Kind::Memory);
        assert_eq!(kind(DataFusionError::IoError(std::io::ErrorKind::StorageFull.into())), Kind::DiskFull);
        assert_eq!(kind(DataFusionError::IoError(std::io::ErrorKind::NotFound.into())), Kind::Query);
    }
}
