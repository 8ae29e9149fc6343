use std::hash::{Hash, Hasher};

use xxhash_rust::xxh3::Xxh3;

/// A story as the index takes it in: what is looked for, what is counted, and what a front wants back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Entry {
    /// The story's id: 16 hexadecimal digits.
    pub id: String,
    /// Ids of its versions, at least 16 hexadecimal digits each: each leads to the story.
    pub version_ids: Vec<String>,
    /// Ids of the captures that it stands in.
    pub captures: Vec<String>,
    /// Headlines of all its clippings, each once.
    pub headlines: Vec<String>,
    /// Text of the version that stands for the story.
    pub body: String,
    /// Captions of all its clippings, each once.
    pub captions: Vec<String>,
    /// Bylines as printed, each once.
    pub authors: Vec<String>,
    /// Names of the people who wrote it, each once.
    pub people: Vec<String>,
    /// News agencies that wrote it, each once; empty where nobody looked for any.
    pub agencies: Vec<Agency>,
    /// Whether an agency wrote it: `wire`, `own`, `release`, `unknown`, or empty where nobody looked.
    pub origin: String,
    /// Places that it was written at, each once.
    pub places: Vec<String>,
    /// Parts of the sites that it stood in, each once.
    pub sections: Vec<String>,
    /// Times that it speaks of: first and last day, in days since 1970.
    pub mentioned: Vec<(i64, i64)>,
    /// How severe what changed between its versions is, each once: `headline`, `number`, `quote`, `wording`, `added`, `removed`, `cosmetic`.
    pub severities: Vec<String>,
    /// What papers say about their own changes, each kind once: `correction`, `clarification`, `update`, `retraction`, `editors-note`.
    pub notices: Vec<String>,
    /// Sites that carried it, each once.
    pub sites: Vec<String>,
    /// Its language as in BCP 47; `None` to have it told by its text.
    pub language: Option<String>,
    /// When it was published, or else first fetched: seconds since 1970; `None` where nothing says.
    pub time: Option<i64>,
    /// Whether the page says when it was published.
    pub dated: bool,
    /// Places where it stands.
    pub clippings: u64,
    /// Distinct texts.
    pub versions: u64,
    /// Words of its text.
    pub words: u64,
    /// Given back with every hit, as it is.
    pub payload: Vec<u8>,
}

/// A news agency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Agency {
    /// Short and the same everywhere: `reuters`.
    pub key: String,
    /// As people write it: `Reuters`.
    pub name: String,
}

/// Notices that say that something was wrong.
const CORRECTIONS: [&str; 3] = ["correction", "clarification", "retraction"];

impl Entry {
    /// What `has:` finds, in alphabetical order.
    pub(crate) fn has(&self) -> Vec<&'static str> {
        let has = [
            ("agency", !self.agencies.is_empty()),
            ("author", !self.authors.is_empty() || !self.people.is_empty()),
            ("captions", !self.captions.is_empty()),
            ("copies", self.copies() > 0),
            ("correction", self.notices.iter().any(|kind| CORRECTIONS.contains(&kind.as_str()))),
            ("date", self.dated),
            ("mentions", !self.mentioned.is_empty()),
            ("notice", !self.notices.is_empty()),
            ("place", !self.places.is_empty()),
            ("versions", self.versions > 1),
        ];
        has.into_iter().filter(|(_, has)| *has).map(|(name, _)| name).collect()
    }

    /// Of everything that it holds: one that changed has another.
    pub(crate) fn hash_of_all(&self) -> u64 {
        let mut hash = Xxh3::new();
        self.hash(&mut hash);
        hash.finish()
    }

    pub(crate) fn copies(&self) -> u64 {
        self.clippings.saturating_sub(self.versions)
    }
}
