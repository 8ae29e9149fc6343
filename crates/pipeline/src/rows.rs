use copydesk_model::Caption;
use serde::Serialize;

/// A row of `captures`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CaptureRow {
    /// The capture's id.
    pub id: String,
    /// Where it was fetched from.
    pub url: String,
    /// Host of the URL.
    pub site: String,
    /// When it was fetched.
    pub fetched_at: String,
    /// The page's text.
    pub text: String,
}

/// A row of `clippings`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClippingRow {
    /// `<capture>#<ordinal>`.
    pub id: String,
    /// Id of the capture.
    pub capture: String,
    /// The capture's URL.
    pub url: String,
    /// The capture's site.
    pub site: String,
    /// When the capture was fetched.
    pub fetched_at: String,
    /// Position in the capture.
    pub ordinal: u32,
    /// Id of the story.
    pub story: String,
    /// Id of the version.
    pub version: String,
    /// The headline.
    pub headline: String,
    /// The line above the headline.
    pub kicker: String,
    /// Who wrote it.
    pub byline: String,
    /// The date line.
    pub date: String,
    /// When it was published first, by the page's markup.
    pub published: String,
    /// The captions.
    pub captions: Vec<Caption>,
    /// Words in the body.
    pub words: u32,
}

/// A row of `versions`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct VersionRow {
    /// 32 hexadecimal digits: the 128-bit hash of the body.
    pub id: String,
    /// Id of the story.
    pub story: String,
    /// The body; paragraphs are separated by blank lines.
    pub body: String,
    /// Words in the body.
    pub words: u32,
    /// The earliest fetch; empty when no clipping says when.
    pub first_seen: String,
    /// The latest fetch.
    pub last_seen: String,
    /// Clippings with this body.
    pub clippings: u64,
}

/// A row of `stories`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StoryRow {
    /// 16 hexadecimal digits: the beginning of the id of the version that leads it.
    pub id: String,
    /// Id of the version that stands for the story.
    pub version: String,
    /// Headline of that version.
    pub headline: String,
    /// The earliest fetch.
    pub first_seen: String,
    /// The latest fetch.
    pub last_seen: String,
    /// Clippings of the story.
    pub clippings: u64,
    /// Versions of the story.
    pub versions: u64,
    /// Sites that carried it.
    pub sites: u64,
}

/// A row of `relations`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RelationRow {
    /// The version that comes first in the archive's fixed order.
    pub a: String,
    /// The other version.
    pub b: String,
    /// Name of the relation.
    pub relation: String,
    /// Share of `a`'s words that stand aligned in `b`.
    pub coverage_a: f64,
    /// Share of `b`'s words that stand aligned in `a`.
    pub coverage_b: f64,
    /// Aligned words.
    pub shared_words: u32,
    /// Numbers that disagree.
    pub numbers_differ: u32,
    /// What decided.
    pub reason: String,
    /// The value that was looked at.
    pub value: f64,
    /// What it was held against.
    pub threshold: f64,
}

/// A clipping for people and scorers: one line of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// Id of the capture.
    pub capture: String,
    /// The capture's URL.
    pub url: String,
    /// When it was fetched.
    pub fetched_at: String,
    /// Position in the capture.
    pub ordinal: u32,
    /// Id of the story.
    pub story: String,
    /// Id of the version.
    pub version: String,
    /// The headline.
    pub headline: String,
    /// The line above the headline.
    pub kicker: String,
    /// Who wrote it.
    pub byline: String,
    /// The date line.
    pub date: String,
    /// When it was published first, by the page's markup: RFC 3339 with the zone it was given in, as exact as it was given.
    pub published: String,
    /// The captions.
    pub captions: Vec<ExportedCaption>,
    /// The body; paragraphs are separated by blank lines.
    pub body: String,
}

/// A caption of an [`Exported`] clipping.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ExportedCaption {
    /// The caption as printed.
    pub text: String,
    /// Who made the picture.
    pub credit: String,
}
