use crate::dates::{Language, Mention, dates};
use crate::limits::Limits;
use crate::origin::{Origin, origin};
use crate::printed::Printed;
use crate::published::{Published, published};

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
}

/// Reads one clipping: its language once, and then all the rest. What this costs is the length of its body.
///
/// A body that stands in many clippings (a version) need not be read again for each: [`published()`] and [`origin()`] are asked once a
/// clipping, [`dates`] once a version, with the day on which its first clipping was published.
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
    let language = printed.spoken();
    let printed = Printed { language: language.map_or("und", Language::tag), ..*printed };
    let published = published(&printed, limits);
    let reference = published.reference();
    let day = reference.map(|(day, _)| day);
    let mut mentions = dates(printed.body, day, language.unwrap_or(Language::unknown()));
    for mention in mentions.iter_mut().filter(|mention| mention.counted) {
        mention.confidence *= reference.map_or(1.0, |(_, sure)| sure);
    }
    Annotations { language, origin: origin(&printed, limits), published, mentions }
}
