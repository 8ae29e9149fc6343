use std::hash::Hasher;

use crate::Capture;

/// A visit to a page that a crawler found as it had been, and so did not keep again: a `revisit` record of WARC whose page is still to be
/// found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revisit {
    /// The capture that it becomes with its page: id, URL and time, without text.
    pub capture: Capture,
    /// The page.
    pub of: Repeated,
}

/// What a revisit says about the page that it repeats; empty where it does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repeated {
    /// The id of the capture that holds the page: its WARC record's.
    pub id: String,
    /// The URL under which the page was fetched then; the revisit's own where it names no other.
    pub url: String,
    /// When, as [`Capture::fetched_at`] has it.
    pub fetched_at: String,
    /// The digest of the page's bytes, as [`Capture::digest`] has it.
    pub digest: String,
}

/// A name by which a page is looked for, hashed: of a kind, of its parts in order. `None` where a part is not known.
pub fn page_name<H: Hasher + Default>(kind: u8, parts: &[&str]) -> Option<u64> {
    if parts.iter().any(|part| part.is_empty()) {
        return None;
    }
    let mut hash = H::default();
    hash.write(&[kind]);
    for part in parts {
        // With its length, so that no two lists of parts run into the same bytes.
        hash.write(&(part.len() as u64).to_le_bytes());
        hash.write(part.as_bytes());
    }
    Some(hash.finish())
}
