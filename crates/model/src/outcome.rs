use std::fmt;

/// What became of one input record. Every record that is offered ends in exactly one of these, and all are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// It is a capture of the archive now.
    Kept,
    /// The archive, or this run, holds it already: same id, same text.
    Duplicate,
    /// No text but white space.
    Empty,
    /// Bytes that are no text: a NUL, or a known binary format.
    NotText,
    /// Text that is not UTF-8.
    Undecodable,
    /// Larger than the limit for one capture.
    TooLarge,
    /// A JSONL line that is no JSON object.
    NotJson,
    /// A JSONL line without a column that is needed, or with a wrong type in it.
    MissingColumn,
    /// A record of a kind that holds no page: a WARC request, a redirect, an image.
    NoPage,
    /// HTML without anything to read.
    NotHtml,
    /// A revisit whose page is neither in this run nor in the archive.
    Unresolved,
    /// A container's record that breaks off, or is not what its header says.
    Damaged,
    /// More work than a page is given: nesting or time.
    TooCostly,
    /// An input that cannot be opened or read to its end.
    Unreadable,
    /// An input that became another one while it was read.
    Changed,
    /// A page that the archive was told to forget.
    Forgotten,
    /// A page with text and no story: an error, a log-in, a request for consent, a front of teasers.
    NoStory,
}

impl Outcome {
    /// Every outcome, in the order of the enum.
    pub const ALL: [Outcome; 17] = [
        Outcome::Kept,
        Outcome::Duplicate,
        Outcome::Empty,
        Outcome::NotText,
        Outcome::Undecodable,
        Outcome::TooLarge,
        Outcome::NotJson,
        Outcome::MissingColumn,
        Outcome::NoPage,
        Outcome::NotHtml,
        Outcome::Unresolved,
        Outcome::Damaged,
        Outcome::TooCostly,
        Outcome::Unreadable,
        Outcome::Changed,
        Outcome::Forgotten,
        Outcome::NoStory,
    ];

    /// The outcome's name in funnels and in `--json`.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Kept => "kept",
            Outcome::Duplicate => "duplicate",
            Outcome::Empty => "empty",
            Outcome::NotText => "not_text",
            Outcome::Undecodable => "undecodable",
            Outcome::TooLarge => "too_large",
            Outcome::NotJson => "not_json",
            Outcome::MissingColumn => "missing_column",
            Outcome::NoPage => "no_page",
            Outcome::NotHtml => "not_html",
            Outcome::Unresolved => "unresolved",
            Outcome::Damaged => "damaged",
            Outcome::TooCostly => "too_costly",
            Outcome::Unreadable => "unreadable",
            Outcome::Changed => "changed",
            Outcome::Forgotten => "forgotten",
            Outcome::NoStory => "no_story",
        }
    }

    /// Whether a person should look at the input: everything but captures that were kept or known, records that
    /// hold no page and pages that hold no story by their nature, and what was to be forgotten.
    pub fn is_problem(self) -> bool {
        !matches!(self, Outcome::Kept | Outcome::Duplicate | Outcome::NoPage | Outcome::Forgotten | Outcome::NoStory)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
