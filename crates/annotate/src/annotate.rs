use crate::dates::{Expressions, Language, Mention, Reference};
use crate::limits::Limits;
use crate::notices::{self, Notice};
use crate::origin::{BodyOrigin, Origin, origin_of};
use crate::paragraphs::paragraphs;
use crate::printed::Printed;
use crate::published::{Published, published_by};
use crate::words::Words;

/// All that is read from one clipping.
#[derive(Clone, Debug, Default)]
pub struct Annotations {
    /// The language of the body, where its expressions of time are known; in others only dates written in full are found.
    pub language: Option<&'static Language>,
    /// When it was published.
    pub published: Published,
    /// Where it comes from.
    pub origin: Origin,
    /// The expressions of time in the body, counted from the day of publication.
    pub mentions: Vec<Mention>,
    /// What the story says of its own corrections.
    pub notices: Vec<Notice>,
}

/// Reads one clipping: its language once, and then all the rest. What this costs is the length of its body.
///
/// A body that stands in many clippings (a version) need not be read again for each: [`BodyNotes::read`] is asked once a version (of many bodies,
/// [`BodyReader::read`](crate::BodyReader::read)), and [`BodyNotes::with`] once a clipping. This is the two of them together.
///
/// ```
/// use copydesk_annotate::{Limits, Printed, annotate};
/// let printed = Printed { body: "The pier will close on Monday, the council said.", published: "2024-05-03", ..Printed::default() };
/// let found = annotate(&printed, &Limits::default());
/// assert_eq!(found.language.unwrap().tag(), "en");
/// assert_eq!(found.mentions[0].value.unwrap().to_string(), "2024-05-06");
///
/// // Where only the day of fetching is known, what counts from it is half as sure.
/// let unsure = annotate(&Printed { published: "", fetched_at: "2024-05-03T10:00:00Z", ..printed }, &Limits::default());
/// assert_eq!(unsure.mentions[0].value, found.mentions[0].value);
/// assert!(unsure.mentions[0].confidence < 0.5);
/// ```
pub fn annotate(printed: &Printed<'_>, limits: &Limits) -> Annotations {
    BodyNotes::read(printed.body, printed.language, limits).with(printed, limits)
}

/// What is read from a body alone, and so once a version: its language, the agencies it is signed by and those it quotes, its dateline, its expressions of
/// time, found and not yet counted from any day, and its notices. It holds bytes of the body and not the body.
#[derive(Clone, Debug)]
pub struct BodyNotes {
    language: Option<&'static Language>,
    origin: BodyOrigin,
    times: Times,
}

impl BodyNotes {
    /// Reads a body: paragraphs with blank lines between. `language` is its page's, BCP 47, or empty to have it told from the body.
    ///
    /// ```
    /// use copydesk_annotate::{BodyNotes, Limits, Printed};
    /// let limits = Limits::default();
    /// let body = "VELM (AP) — The pier will close on Monday, the council said.";
    /// let notes = BodyNotes::read(body, "", &limits);
    /// assert_eq!(notes.language().unwrap().tag(), "en");
    /// for (published, monday) in [("2024-05-03", "2024-05-06"), ("2024-05-07", "2024-05-13")] {
    ///     let found = notes.with(&Printed { body, published, ..Printed::default() }, &limits);
    ///     assert_eq!(found.mentions[0].value.unwrap().to_string(), monday);
    ///     assert_eq!(found.origin.wrote[0].agency.key, "ap");
    /// }
    /// ```
    pub fn read(body: &str, language: &str, limits: &Limits) -> BodyNotes {
        let language = if language.is_empty() { Language::detect(body) } else { Language::of(language) };
        let words = Words::of(body, language.unwrap_or(Language::unknown()), &mut Vec::new());
        BodyNotes::of_words(body, language, words, limits)
    }

    /// The same of a body whose words are known.
    pub(crate) fn of_words(
        body: &str,
        language: Option<&'static Language>,
        words: Words,
        limits: &Limits,
    ) -> BodyNotes {
        let known = language.unwrap_or(Language::unknown());
        let paragraphs = paragraphs(body);
        BodyNotes {
            language,
            origin: BodyOrigin::read(body, &paragraphs, words.names, Some(known), limits),
            times: Times {
                expressions: words.expressions,
                notices: notices::find(body, &paragraphs, &words.triggers, limits),
            },
        }
    }

    /// The language of the body, where its expressions of time are known.
    pub fn language(&self) -> Option<&'static Language> {
        self.language
    }

    /// What it says of time, and of its own corrections.
    pub fn times(&self) -> &Times {
        &self.times
    }

    /// What [`Times`] is made of again, in some bytes for as long as the program runs: 200 for a story of 600 words.
    ///
    /// ```
    /// use copydesk_annotate::{BodyNotes, Limits, Reference, Times};
    /// let notes = BodyNotes::read("The pier, closed since May 3, 2024, opens on Monday.", "en", &Limits::default());
    /// let times = Times::unpacked(&notes.packed()).unwrap();
    /// let reference = Reference::from("2024-05-07".parse().ok());
    /// assert_eq!(times.mentions(&reference), notes.times().mentions(&reference));
    /// ```
    pub fn packed(&self) -> Vec<u8> {
        self.times.packed()
    }

    /// What is read from a clipping of this body. What it costs is the number of expressions of time, and the length of what stands around the body.
    ///
    /// `printed` has the same body. If its page says another language than the body was read in, the body is read again.
    pub fn with(&self, printed: &Printed<'_>, limits: &Limits) -> Annotations {
        if let Some(other) = self.in_language_of(printed, limits) {
            return other.with(printed, limits);
        }
        let (published, origin) = self.around(printed, limits);
        let mentions = self.times.mentions(&published.reference());
        let notices = self.times.notices_among(&mentions);
        Annotations { language: self.language, origin, published, mentions, notices }
    }

    /// Of what [`BodyNotes::with`] reads only when it was published and where it comes from.
    pub fn around(&self, printed: &Printed<'_>, limits: &Limits) -> (Published, Origin) {
        if let Some(other) = self.in_language_of(printed, limits) {
            return other.around(printed, limits);
        }
        let known = self.language.unwrap_or(Language::unknown());
        // The page's tag may name a country, which says how it writes its dates.
        let tag = if printed.language.is_empty() || self.language.is_none() { known.tag() } else { printed.language };
        let printed = Printed { language: tag, ..*printed };
        let published = published_by(&printed, Some(known), self.origin.first_dateline.as_ref());
        (published, origin_of(&printed, &self.origin, limits))
    }

    /// The body read again, where its page says another language than it was read in.
    fn in_language_of(&self, printed: &Printed<'_>, limits: &Limits) -> Option<BodyNotes> {
        let language = if printed.language.is_empty() { self.language } else { Language::of(printed.language) };
        let is_other = language.map(Language::tag) != self.language.map(Language::tag);
        is_other.then(|| BodyNotes::read(printed.body, printed.language, limits))
    }
}

/// The expressions of time of a body and its notices: what a version is told by once its body has been read.
#[derive(Clone, Debug)]
pub struct Times {
    expressions: Expressions,
    notices: Vec<notices::Found>,
}

impl Times {
    /// What [`BodyNotes::packed`] gave; `None` where the bytes are something else.
    pub fn unpacked(bytes: &[u8]) -> Option<Times> {
        let (expressions, rest) = Expressions::unpacked(bytes)?;
        Some(Times { expressions, notices: notices::unpacked(rest)? })
    }

    fn packed(&self) -> Vec<u8> {
        notices::packed(&self.notices, self.expressions.packed())
    }

    /// The expressions of time; what [`crate::dates`] finds.
    pub fn mentions(&self, reference: &Reference) -> Vec<Mention> {
        self.expressions.resolve(reference)
    }

    /// The notices, with the days that they name; what [`crate::corrections`] finds.
    pub fn notices(&self, reference: &Reference) -> Vec<Notice> {
        if self.notices.is_empty() {
            return Vec::new();
        }
        self.notices_among(&self.mentions(reference))
    }

    fn notices_among(&self, mentions: &[Mention]) -> Vec<Notice> {
        self.notices.iter().map(|found| found.with(mentions)).collect()
    }
}
