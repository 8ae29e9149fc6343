use copydesk_model::{Caption, Clipping};

use crate::dates::Language;

/// A clipping as it stands on its page, borrowed from wherever it is kept. Empty strings are what is not known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Printed<'c> {
    /// The byline as printed.
    pub byline: &'c str,
    /// The date line as printed.
    pub date: &'c str,
    /// When it was published first by the page's markup: RFC 3339, as exact as it was given.
    pub published: &'c str,
    /// The captions.
    pub captions: &'c [Caption],
    /// The body: paragraphs with blank lines between.
    pub body: &'c str,
    /// Where it was fetched.
    pub url: &'c str,
    /// When it was fetched: RFC 3339.
    pub fetched_at: &'c str,
    /// The page's language, BCP 47; empty to have it told from the body.
    pub language: &'c str,
}

impl<'c> Printed<'c> {
    /// A clipping with its body as one text ([`Clipping::body_text`]), and where and when it was fetched.
    pub fn of(clipping: &'c Clipping, body: &'c str, url: &'c str, fetched_at: &'c str) -> Printed<'c> {
        Printed {
            byline: &clipping.byline,
            date: &clipping.date,
            published: &clipping.published,
            captions: &clipping.captions,
            body,
            url,
            fetched_at,
            language: "",
        }
    }

    /// The language, as the page says or else as the body shows; `None` where its expressions of time are not known.
    pub fn spoken(&self) -> Option<&'static Language> {
        if self.language.is_empty() { Language::detect(self.body) } else { Language::of(self.language) }
    }
}
