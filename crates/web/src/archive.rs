//! What the pages need of an archive, and the values in which they get it.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use copydesk_match::Severity;

/// One commit of an archive, to be read from. The front that starts the server implements it.
pub trait Archive: Send + Sync {
    /// Number of the commit.
    fn commit(&self) -> u64;

    /// Whether captures were added whose stories are still to be worked out: nothing to move on to yet.
    fn is_behind(&self) -> bool {
        false
    }

    /// Every story, whole, for the index; in an order of its own.
    fn stories(&self) -> Result<Stories, Failure>;

    /// The bodies of a story's versions, by the versions' ids.
    fn bodies(&self, story: &str) -> Result<BTreeMap<String, String>, Failure>;

    /// What was found when the story's versions were compared with each other.
    fn relations(&self, story: &str) -> Result<Vec<Relation>, Failure>;

    /// A capture with its blocks; `None` where there is none.
    fn capture(&self, id: &str) -> Result<Option<Capture>, Failure>;

    /// What came from each site.
    fn sites(&self) -> Result<Vec<Site>, Failure>;

    /// From captures to stories.
    fn funnel(&self) -> Result<Funnel, Failure>;

    /// Why what had this id was forgotten: the reason as it was given, empty where none was. `None` for an id that nothing was forgotten
    /// with. Asked for ids of stories and versions (hexadecimal digits in lower case) and of captures, and only for those that the
    /// archive does not have.
    fn forgotten(&self, id: &str) -> Result<Option<String>, Failure> {
        let _ = id;
        Ok(None)
    }

    /// Removes what earlier commits left for their readers, if there are no others. Returns whether nothing is left.
    fn tidy(&self) -> Result<bool, Failure> {
        Ok(true)
    }
}

/// Every story of an archive.
pub type Stories = Box<dyn Iterator<Item = Result<Story, Failure>>>;

/// Why an archive could not be read: a sentence that names the file and says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(pub String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

/// A story with everything that a list or its page shows. Times are RFC 3339 in UTC, days `YYYY-MM-DD`; what is not known is empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Story {
    /// 16 hexadecimal digits.
    pub id: String,
    /// The version that stands for it.
    pub version: String,
    /// Its headline.
    pub headline: String,
    /// The earliest fetch.
    pub first_seen: String,
    /// The latest fetch.
    pub last_seen: String,
    /// Text of the version that stands for it; paragraphs are separated by blank lines.
    pub body: String,
    /// Whether two of its versions disagree about a number.
    pub corrected: bool,
    /// Its language, as in BCP 47; empty to have it told by its text.
    pub language: String,
    /// The first day on which it may have been published; empty where nothing bounds it.
    pub published_from: String,
    /// The last day on which it may have been published.
    pub published_to: String,
    /// Who says so: the rule (`metadata`, `url`, `date-line`, `dateline`, `caption`, `fetched`).
    pub published_by: String,
    /// Who wrote it: `wire`, `own`, `release` or `unknown`.
    pub origin: String,
    /// The part of the site that it stood in.
    pub section: String,
    /// The sites that had it first; several where it cannot be told between them.
    pub first_sites: Vec<String>,
    /// What they were first by: `published` or `fetched`.
    pub first_by: String,
    /// Expressions of time in the text of the version that stands for it, in order, none over another.
    pub mentions: Vec<Mention>,
    /// Its versions, earliest first.
    pub versions: Vec<Version>,
    /// Its clippings, earliest first.
    pub clippings: Vec<Clipping>,
}

/// A distinct text of a story.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Version {
    /// 32 hexadecimal digits.
    pub id: String,
    /// Words of its text.
    pub words: u32,
    /// The earliest fetch.
    pub first_seen: String,
    /// The latest fetch.
    pub last_seen: String,
    /// Clippings with this text.
    pub clippings: u64,
    /// Id of the version before it in time; empty for the first.
    pub previous: String,
    /// The worst that changed since that one: `headline`, `number`, `quote`, `wording`, `added`, `removed` or `cosmetic`; empty for the first.
    pub severity: String,
    /// How many changes there are.
    pub changes: u32,
    /// What the paper itself says about a correction, in the order of the text.
    pub notices: Vec<Notice>,
}

/// What a paper says about a change of its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notice {
    /// `correction`, `clarification`, `update`, `retraction` or `editors-note`.
    pub kind: String,
    /// As printed.
    pub text: String,
    /// The rule that found it.
    pub rule: String,
    /// How sure it is, 0 to 1.
    pub confidence: f32,
}

/// A value that was read from a clipping, with the words that it was read from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Annotation {
    /// What it is: `agency` (that wrote it), `quoted` (an agency that did not), `person`, `place`, `dateline`, `section`, `published`,
    /// `refused` (a witness of the day of publication that cannot be right), `credit-agency`, `credit-person`.
    pub what: String,
    /// The value: the key of an agency, a day, a name; of what was refused, why.
    pub value: String,
    /// The value as it is shown; empty where it is the value.
    pub name: String,
    /// The part of the clipping: `byline`, `date`, `body`, `caption`, `credit`, `url`, `metadata`, `fetched`.
    pub field: String,
    /// The words it was read from.
    pub text: String,
    /// Bytes of that part.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The rule that read it.
    pub rule: String,
    /// How sure it is, 0 to 1.
    pub confidence: f32,
}

/// An expression of time in a body.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mention {
    /// Bytes of the body.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// As printed.
    pub text: String,
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    pub kind: String,
    /// As TIMEX3 writes it; empty where it was left open.
    pub value: String,
    /// The first day that it covers; empty where it covers none that is known.
    pub first: String,
    /// The last day.
    pub last: String,
    /// Why it was left open; empty where it was not.
    pub open: String,
    /// The rule that read it.
    pub rule: String,
    /// How sure it is, 0 to 1.
    pub confidence: f32,
}

/// A story as it stands in one capture.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Clipping {
    /// `<capture>#<ordinal>`.
    pub id: String,
    /// Id of the capture.
    pub capture: String,
    /// Where it was fetched from.
    pub url: String,
    /// Host of the URL.
    pub site: String,
    /// When it was fetched.
    pub fetched_at: String,
    /// Position in the capture.
    pub ordinal: u32,
    /// Id of the version.
    pub version: String,
    /// The headline.
    pub headline: String,
    /// The line above it.
    pub kicker: String,
    /// Who wrote it, as printed.
    pub byline: String,
    /// The date line, as printed.
    pub date: String,
    /// When it was published first, as the page's markup says: with the zone it was given in, as exact as it was given.
    pub published: String,
    /// The captions.
    pub captions: Vec<Caption>,
    /// Words of its text.
    pub words: u32,
    /// The first day on which it may have been published; empty where nothing bounds it.
    pub published_from: String,
    /// The last day on which it may have been published.
    pub published_to: String,
    /// Who says so, as of [`Story::published_by`].
    pub published_by: String,
    /// Who wrote it, as of [`Story::origin`].
    pub origin: String,
    /// The part of the site that it stood in.
    pub section: String,
    /// What was read from it.
    pub annotations: Vec<Annotation>,
}

/// Text under a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Caption {
    /// As printed.
    pub text: String,
    /// Who made the picture.
    pub credit: String,
}

/// What was found when two versions were compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Relation {
    /// The version that comes first.
    pub a: String,
    /// The other one.
    pub b: String,
    /// Name of the relation.
    pub relation: String,
    /// Share of `a`'s words that stand aligned in `b`.
    pub coverage_a: f64,
    /// Share of `b`'s words that stand aligned in `a`.
    pub coverage_b: f64,
    /// Numbers that disagree.
    pub numbers_differ: u32,
    /// What decided.
    pub reason: String,
    /// The value that was looked at.
    pub value: f64,
    /// What it was held against.
    pub threshold: f64,
}

/// One fetch of one page, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capture {
    /// Its id.
    pub id: String,
    /// Where it was fetched from.
    pub url: String,
    /// Host of the URL.
    pub site: String,
    /// When it was fetched.
    pub fetched_at: String,
    /// Its blocks, in page order.
    pub blocks: Vec<Block>,
    /// The stories of its clippings, by their ordinals: id and headline.
    pub stories: BTreeMap<u32, (String, String)>,
}

/// A block of a capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub role: copydesk_model::Role,
    /// The clipping that it belongs to.
    pub clipping: Option<u32>,
    /// Its text.
    pub text: String,
}

/// What came from one site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Site {
    /// Host of the URLs; empty for captures that came without one.
    pub site: String,
    /// Captures.
    pub captures: u64,
    /// Captures in which no story was found.
    pub without_story: u64,
    /// Clippings.
    pub clippings: u64,
    /// Stories that these are of.
    pub stories: u64,
    /// The earliest fetch.
    pub first_fetched: String,
    /// The latest fetch.
    pub last_fetched: String,
    /// Blocks by the name of their role.
    pub blocks: BTreeMap<String, u64>,
    /// Records and captures that were dropped, by the reason; empty where that is not known.
    pub dropped: BTreeMap<String, u64>,
    /// What stands on most of its pages and belongs to no story, with the number of its blocks.
    pub furniture: Vec<(String, u64)>,
}

/// From captures to stories, as the archive counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Funnel {
    /// Records of the last run that added some, by what became of them.
    pub outcomes: BTreeMap<String, u64>,
    /// Captures.
    pub captures: u64,
    /// Blocks by the name of their role.
    pub blocks: BTreeMap<String, u64>,
    /// Clippings.
    pub clippings: u64,
    /// Clippings whose text is, to the letter, that of another one.
    pub exact_copies: u64,
    /// Versions that joined the story of another one.
    pub near_copies: u64,
    /// Distinct texts.
    pub versions: u64,
    /// Stories.
    pub stories: u64,
}

impl Story {
    /// The clipping that stands for the story: the earliest of its version, one with a headline before others.
    pub fn lead(&self) -> Option<&Clipping> {
        self.lead_of(&self.version)
    }

    /// The clipping that stands for a version.
    pub fn lead_of(&self, version: &str) -> Option<&Clipping> {
        let of = |clipping: &&Clipping| clipping.version == version;
        let titled = self.clippings.iter().filter(of).find(|clipping| !clipping.headline.is_empty());
        titled.or_else(|| self.clippings.iter().find(of))
    }

    /// The headline, or what stands in its place.
    pub fn title(&self) -> &str {
        if self.headline.is_empty() { NO_HEADLINE } else { &self.headline }
    }

    /// Sites that carried it, in the order in which they did.
    pub fn sites(&self) -> Vec<&str> {
        each_once(self.clippings.iter().map(|clipping| clipping.site.as_str()))
    }

    /// Clippings beyond the first of each version.
    pub fn copies(&self) -> u64 {
        (self.clippings.len() as u64).saturating_sub(self.versions.len() as u64)
    }

    /// What was read from its clippings under a name, first from the one that stands for it.
    pub(crate) fn annotations<'s>(&'s self, what: &'s str) -> impl Iterator<Item = &'s Annotation> {
        let lead = self.lead();
        let others =
            self.clippings.iter().filter(move |clipping| lead.is_none_or(|lead| !std::ptr::eq(lead, *clipping)));
        let all = lead.into_iter().chain(others).flat_map(|clipping| &clipping.annotations);
        all.filter(move |annotation| annotation.what == what)
    }

    /// Its language, told by its text where the archive does not say.
    pub(crate) fn spoken(&self) -> &str {
        match self.language.as_str() {
            "" => copydesk_search::language(&format!("{}\n{}", self.body, self.headline)),
            language => language,
        }
    }

    /// Parts of sites that it stood in, each once.
    pub(crate) fn sections(&self) -> Vec<&str> {
        let clippings = self.clippings.iter().map(|clipping| clipping.section.as_str());
        each_once(std::iter::once(self.section.as_str()).chain(clippings))
    }

    /// How severe what changed between its versions is, each once.
    pub(crate) fn severities(&self) -> Vec<&str> {
        let numbers = if self.corrected { Severity::Number.name() } else { "" };
        each_once(self.versions.iter().map(|version| version.severity.as_str()).chain([numbers]))
    }

    /// Kinds of what its papers say about their own changes, each once.
    pub(crate) fn notices(&self) -> Vec<&str> {
        each_once(self.versions.iter().flat_map(|version| &version.notices).map(|notice| notice.kind.as_str()))
    }

    /// Whether a page says when it was published, and not only when it was fetched or what its pictures show.
    pub(crate) fn is_dated(&self) -> bool {
        match self.published_by.as_str() {
            "" => !self.published().is_empty(),
            by => !matches!(by, "fetched" | "caption"),
        }
    }

    /// When it was published, as exact as it is known, or else fetched first.
    pub fn told(&self) -> &str {
        let (said, day) = (self.published(), self.published_to.as_str());
        match self.published_by.as_str() {
            "" if !said.is_empty() => said,
            // Only a month, where the day is its last.
            "metadata" if !said.is_empty() && (said.starts_with(day) || day.starts_with(said)) => said,
            "" | "fetched" | "caption" => &self.first_seen,
            _ => day,
        }
    }

    /// When it was published, as its pages say: what the markup of the earliest clipping that has any says.
    pub fn published(&self) -> &str {
        let said = |clipping: &&Clipping| !clipping.published.is_empty();
        let own = self.clippings.iter().filter(|clipping| clipping.version == self.version).find(said);
        own.or_else(|| self.clippings.iter().find(said)).map_or("", |clipping| &clipping.published)
    }
}

impl Clipping {
    /// What was read from it under a name.
    pub(crate) fn annotations<'c>(&'c self, what: &'c str) -> impl Iterator<Item = &'c Annotation> {
        self.annotations.iter().filter(move |annotation| annotation.what == what)
    }
}

impl Annotation {
    /// The value as people read it.
    pub(crate) fn shown(&self) -> &str {
        if self.name.is_empty() { &self.value } else { &self.name }
    }
}

/// Severities of changes, the worst first.
pub(crate) fn worst<'v>(severities: impl IntoIterator<Item = &'v str>) -> &'v str {
    let place = |severity: &&str| Severity::ALL.iter().position(|one| one.name() == *severity);
    severities.into_iter().filter(|severity| place(severity).is_some()).min_by_key(place).unwrap_or_default()
}

/// What is shown where a story has no headline.
pub(crate) const NO_HEADLINE: &str = "(no headline)";

/// What is not empty, each once, in its order.
pub(crate) fn each_once<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<&'t str> {
    let mut seen = std::collections::HashSet::new();
    texts.into_iter().filter(|text| !text.is_empty() && seen.insert(*text)).collect()
}
