use std::fmt::Display;

use copydesk_search::{ErrorKind, QueryError};
use serde::Serialize;

use crate::{archive::Failure, limits::Limits};

/// Why a request has no answer: shown on a page, or sent as `application/problem+json` (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Problem {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The kind of problem, in a few words.
    pub(crate) title: &'static str,
    /// What is wrong here and what to do.
    pub(crate) detail: String,
    /// The parameter that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) parameter: Option<&'static str>,
    /// The character of the query at which it is, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) at: Option<usize>,
}

impl Problem {
    fn new(status: u16, title: &'static str, detail: impl Display) -> Self {
        Self { status, title, detail: detail.to_string(), parameter: None, at: None }
    }

    /// A parameter that says nothing that can be done.
    pub(crate) fn parameter(parameter: &'static str, detail: impl Display) -> Self {
        Self { parameter: Some(parameter), ..Self::new(400, "A parameter cannot be used", detail) }
    }

    /// A number of rows that is none, or more than are given at a time.
    pub(crate) fn limit(value: &str, limits: &Limits) -> Self {
        Self::parameter("limit", format!("`{value}` is no number from 1 to {}", limits.rows))
    }

    pub(crate) fn unknown_parameter(detail: impl Display) -> Self {
        Self::new(400, "There is no such parameter", detail)
    }

    pub(crate) fn not_found(detail: impl Display) -> Self {
        Self::new(404, "Nothing is here", detail)
    }

    /// What was here once. `reason` as it was given; empty for none.
    pub(crate) fn forgotten(reason: &str) -> Self {
        let why = if reason.is_empty() { "no reason was given".to_owned() } else { format!("the reason: {reason}") };
        Self::new(410, "It was forgotten", format_args!("what had this id was taken out of the archive; {why}"))
    }

    pub(crate) fn too_long(detail: impl Display) -> Self {
        Self::new(414, "The address is too long", detail)
    }

    pub(crate) fn method() -> Self {
        Self::new(405, "This can only be read", "nothing can be changed over HTTP: use GET")
    }

    pub(crate) fn host(detail: impl Display) -> Self {
        Self::new(421, "Another host was meant", detail)
    }

    pub(crate) fn too_many() -> Self {
        Self::new(429, "Too many requests", "more requests came than are answered; wait a second and ask again")
    }

    pub(crate) fn busy() -> Self {
        Self::new(503, "Busy", "as many questions are being answered as can be; ask again in a moment")
    }

    pub(crate) fn too_slow(seconds: u64) -> Self {
        Self::new(
            503,
            "It takes too long",
            format_args!("no answer was found in {seconds} seconds; ask for less, with more words or a range of days"),
        )
    }

    pub(crate) fn mistake() -> Self {
        Self::new(
            500,
            "A mistake in copydesk",
            "the answer could not be made; the terminal in which copydesk runs says more",
        )
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        Self::new(500, "The archive cannot be read", failure)
    }
}

impl From<copydesk_search::Error> for Problem {
    fn from(error: copydesk_search::Error) -> Self {
        match error.kind() {
            ErrorKind::Damaged => {
                Self::new(503, "The index is damaged", format_args!("{error}; that happens now, ask again in a moment"))
            }
            _ => Self::new(500, "The index cannot be read", error),
        }
    }
}

impl From<QueryError> for Problem {
    fn from(error: QueryError) -> Self {
        Self { at: Some(error.at), parameter: Some("q"), ..Self::new(400, "The query cannot be understood", error) }
    }
}
