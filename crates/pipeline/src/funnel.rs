use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What became of everything: the outcomes of this run's records, then the whole archive from captures to stories.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Funnel {
    /// This run's records by the name of their [`Outcome`](copydesk_model::Outcome); every record is in exactly one.
    pub outcomes: BTreeMap<String, u64>,
    /// Captures kept in this run under another id, because the archive holds their id with another text.
    pub renamed: u64,
    /// Records of this run that were refused because a capture of their id was to be forgotten, which may be another page.
    #[serde(default)]
    pub ids_forgotten: u64,
    /// Captures in the archive.
    pub captures: u64,
    /// Bytes of text in the archive's captures.
    pub bytes: u64,
    /// Blocks by the name of their role.
    pub blocks: BTreeMap<String, u64>,
    /// Clippings in the archive.
    pub clippings: u64,
    /// Clippings whose body is, to the letter, that of another clipping: clippings less versions.
    pub exact_copies: u64,
    /// Versions that joined the story of another version: versions less stories.
    pub near_copies: u64,
    /// Distinct bodies.
    pub versions: u64,
    /// Stories.
    pub stories: u64,
    /// Pairs of versions that were compared word by word.
    pub pairs_compared: u64,
    /// Shared passages that stand in so many stories that they were not followed up.
    pub capped_anchors: u64,
    /// Versions that were set apart again because their cluster is a template with filled slots.
    pub slot_templates: u64,
}
