/// Text under a picture, with who made the picture where it says so.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Caption {
    /// The caption as printed, the credit included.
    pub text: String,
    /// What the last brackets or the credit line name: `AP`, `File/Reuters`; empty when nothing does.
    pub credit: String,
}

/// One story as it stands in one capture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clipping {
    /// Position in the capture, from 0.
    pub ordinal: u32,
    /// The headline; empty when there is none.
    pub headline: String,
    /// The line above the headline; empty when there is none.
    pub kicker: String,
    /// Who wrote it, as printed; empty when nobody is named.
    pub byline: String,
    /// The date line as printed; empty when there is none.
    pub date: String,
    /// When it was published first, where the page says so in its markup: RFC 3339 with the zone it was given in, as exact as it was
    /// given; empty otherwise.
    pub published: String,
    /// The captions, each once, in page order.
    pub captions: Vec<Caption>,
    /// The body's paragraphs as printed, white space folded to single spaces.
    pub body: Vec<String>,
}

impl Clipping {
    /// The body as one text: paragraphs separated by blank lines.
    pub fn body_text(&self) -> String {
        self.body.join("\n\n")
    }
}
