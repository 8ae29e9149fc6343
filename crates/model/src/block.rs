use std::{fmt, str::FromStr};

use crate::Span;

/// What a block is. Every block of a capture has exactly one role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// The story's title, also where the page repeats it.
    Headline,
    /// A word or a few above the headline: section, series.
    Kicker,
    /// Who wrote it.
    Byline,
    /// When it was published or changed, on a line of its own.
    Date,
    /// Text under a picture, also where the page repeats it.
    Caption,
    /// Who made the picture, on a line of its own.
    Credit,
    /// The story's text.
    Body,
    /// What belongs to the page and not to a story.
    Furniture,
    /// An invitation to another story.
    Teaser,
}

impl Role {
    /// Every role, in the order of the enum.
    pub const ALL: [Role; 9] = [
        Role::Headline,
        Role::Kicker,
        Role::Byline,
        Role::Date,
        Role::Caption,
        Role::Credit,
        Role::Body,
        Role::Furniture,
        Role::Teaser,
    ];

    /// The role's name in tables and on screens.
    pub fn name(self) -> &'static str {
        match self {
            Role::Headline => "headline",
            Role::Kicker => "kicker",
            Role::Byline => "byline",
            Role::Date => "date",
            Role::Caption => "caption",
            Role::Credit => "credit",
            Role::Body => "body",
            Role::Furniture => "furniture",
            Role::Teaser => "teaser",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Role {
    type Err = String;
    fn from_str(name: &str) -> Result<Self, String> {
        Role::ALL.into_iter().find(|role| role.name() == name).ok_or_else(|| format!("no role is called `{name}`"))
    }
}

/// A paragraph-sized piece of a capture with its role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The block with the white space around it. The spans of a capture's blocks tile it: laid end to end they give it back.
    pub span: Span,
    /// The block's text alone, trimmed; empty only where a capture has no text at all.
    pub text: Span,
    /// Hash of the text with white space folded: equal for the same block in any capture.
    pub hash: u64,
    /// What the block is.
    pub role: Role,
    /// The clipping that it belongs to, by position in the capture; `None` for what stands between clippings.
    pub clipping: Option<u32>,
}
