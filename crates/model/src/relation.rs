use std::{fmt, str::FromStr};

/// How two texts relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// The same text, carried again.
    Copy,
    /// The same text, edited.
    Revision,
    /// One is a part of the other.
    Excerpt,
    /// They share passages, and each has its own story to tell.
    Shared,
    /// Nothing that matters is shared.
    Different,
}

impl Relation {
    /// Every relation, from closest to none.
    pub const ALL: [Relation; 5] =
        [Relation::Copy, Relation::Revision, Relation::Excerpt, Relation::Shared, Relation::Different];

    /// The relation's name in tables and on screens.
    pub fn name(self) -> &'static str {
        match self {
            Relation::Copy => "copy",
            Relation::Revision => "revision",
            Relation::Excerpt => "excerpt",
            Relation::Shared => "shared",
            Relation::Different => "different",
        }
    }

    /// Whether two texts so related are one story.
    pub fn same_story(self) -> bool {
        matches!(self, Relation::Copy | Relation::Revision)
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Relation {
    type Err = String;
    fn from_str(name: &str) -> Result<Self, String> {
        Relation::ALL.into_iter().find(|r| r.name() == name).ok_or_else(|| format!("no relation is called `{name}`"))
    }
}
