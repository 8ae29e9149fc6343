/// A story as the index takes it in: what is looked for, what is counted, and what a front wants back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// News agencies that it came from; empty where nobody looked for any.
    pub agencies: Vec<String>,
    /// Sites that carried it, each once.
    pub sites: Vec<String>,
    /// Its language as in BCP 47; `None` to have it told by its text.
    pub language: Option<String>,
    /// When it was published, or else first fetched: seconds since 1970; `None` where nothing says.
    pub time: Option<i64>,
    /// Whether a later version corrects an earlier one.
    pub corrected: bool,
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

impl Entry {
    /// What `has:` finds, in alphabetical order.
    pub(crate) fn has(&self) -> Vec<&'static str> {
        let has = [
            ("author", !self.authors.is_empty()),
            ("captions", !self.captions.is_empty()),
            ("copies", self.copies() > 0),
            ("correction", self.corrected),
            ("date", self.dated),
            ("versions", self.versions > 1),
        ];
        has.into_iter().filter(|(_, has)| *has).map(|(name, _)| name).collect()
    }

    pub(crate) fn copies(&self) -> u64 {
        self.clippings.saturating_sub(self.versions)
    }
}
