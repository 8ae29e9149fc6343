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
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// When it was published.
    pub when: PublishedRow,
    /// Where it comes from: `wire`, `release`, `own` or `unknown`.
    pub origin: String,
    /// Keys of the agencies that wrote it.
    pub agencies: Vec<String>,
    /// Keys of the agencies that it quotes.
    pub quoted: Vec<String>,
    /// Names of those who wrote it.
    pub people: Vec<String>,
    /// Places of its dateline.
    pub places: Vec<String>,
    /// The part of the site that it stands in.
    pub section: String,
    /// Where all of this was read, and how.
    pub annotations: Vec<AnnotationRow>,
}

/// When something was published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PublishedRow {
    /// The first day that it may have been, `YYYY-MM-DD`; empty where nothing bounds it.
    #[serde(rename = "published_from")]
    pub from: String,
    /// The last day.
    #[serde(rename = "published_to")]
    pub to: String,
    /// The rule that said so.
    #[serde(rename = "published_by")]
    pub by: String,
}

/// A value that was read of a clipping, with the words that it was read from.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AnnotationRow {
    /// What it is: `agency`, `quoted`, `person`, `dateline`, `place`, `section`, `credit-agency`, `credit-person`, `credit-holder`,
    /// `credit-file`, `credit-handout`, `published`, `disputed` (a witness that says another day) or `refused` (one that cannot be right).
    pub what: String,
    /// The value; of `refused` the reason.
    pub value: String,
    /// The part of the clipping: `byline`, `date`, `body`, `caption`, `credit`, `url`, `metadata` or `fetched`.
    pub field: String,
    /// Which caption, from 0; 0 for every other part.
    pub item: u32,
    /// The words, and the bytes of the part that they take.
    #[serde(flatten)]
    pub evidence: EvidenceRow,
}

/// Where something was read, and how.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct EvidenceRow {
    /// The words.
    pub text: String,
    /// Their first byte.
    pub start: u32,
    /// The byte after their last.
    pub end: u32,
    /// The rule that read them.
    pub rule: String,
    /// How sure it is, 0 to 1, in thousandths.
    pub confidence: f64,
}

/// Where a version says itself that it was corrected.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NoticeRow {
    /// `correction`, `clarification`, `update`, `retraction` or `editors-note`.
    pub kind: String,
    /// What it says was wrong; empty where it does not say.
    pub wrong: String,
    /// What it says is right.
    pub right: String,
    /// The day on which that was put right, `YYYY-MM-DD`.
    pub day: String,
    /// Where it stands: `body` or `headline`.
    pub field: String,
    /// The words, and the bytes of that part that they take.
    #[serde(flatten)]
    pub evidence: EvidenceRow,
}

/// An expression of time in a body.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct MentionRow {
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    #[serde(rename = "type")]
    pub kind: String,
    /// As TIMEX3 writes it; empty where it is open.
    pub value: String,
    /// The first day that it covers; empty where it is no place on the calendar.
    pub first: String,
    /// The last day.
    pub last: String,
    /// Why it was left open; empty where it was not.
    pub open: String,
    /// What the value does not say: `START`, `APPROX`, ...
    pub modifier: String,
    /// The words, and the bytes of the body that they take.
    #[serde(flatten)]
    pub evidence: EvidenceRow,
}

/// A row of `versions`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct VersionRow {
    /// 32 hexadecimal digits: the 128-bit hash of the body.
    pub id: String,
    /// Id of the story.
    pub story: String,
    /// Headline of its earliest clipping, if possible one that has any.
    pub headline: String,
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
    /// BCP 47; empty where it cannot be told.
    pub language: String,
    /// When it was published: what its clippings say, the earliest day first.
    #[serde(flatten)]
    pub when: PublishedRow,
    /// Id of the version that it is an edit of, as far as that can be told; empty for the first.
    pub previous: String,
    /// What tells it: `url`, `site` or `story`.
    pub previous_by: String,
    /// The worst that changed since: `headline`, `number`, `quote`, `wording`, `added`, `removed` or `cosmetic`.
    pub severity: String,
    /// How many changes there are.
    pub changes: u32,
    /// Where it says itself that it was corrected.
    pub notices: Vec<NoticeRow>,
    /// Expressions of time in the body.
    pub mentions: Vec<MentionRow>,
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
    /// Language of the version that stands for it.
    pub language: String,
    /// When it was published: what its clippings say, the earliest day first.
    #[serde(flatten)]
    pub when: PublishedRow,
    /// Where it comes from, the strongest of what its clippings say: `wire`, `release`, `own` or `unknown`.
    pub origin: String,
    /// Keys of the agencies that its clippings name as those that wrote it, the one that most of them do first.
    pub agencies: Vec<String>,
    /// Who had it first; several where it cannot be told.
    pub first_sites: Vec<String>,
    /// What tells it: `published` or `fetched`.
    pub first_by: String,
    /// Versions that say that they were corrected, clarified or withdrawn.
    pub corrections: u32,
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
