//! Pages that weights are fitted on.

use copydesk_model::Markup;

use super::{by_line, by_word};
use crate::boundaries::Features;
use crate::census::Evidence;
use crate::memo::Memo;
use crate::page::Page;

/// A clipping as a person marked it.
#[derive(Clone, Debug, Default)]
pub struct Truth {
    /// The headline.
    pub headline: String,
    /// The paragraphs of the body.
    pub body: Vec<String>,
}

/// What is known of a page's body where nobody marked all of it.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    /// Phrases that the body holds.
    pub with: Vec<String>,
    /// Phrases of the page that it does not hold.
    pub without: Vec<String>,
}

/// A labelled page.
#[derive(Clone, Debug)]
pub struct Example {
    pub(super) features: Features,
    /// The states that each block may take, as a set of bits: where nobody marked a headline, a line above the body may be one.
    pub(super) allowed: Vec<u8>,
    pub(super) weight: f32,
    pub(super) of_html: bool,
}

impl Example {
    /// A page with the clippings that stand in it, in page order; `weight` says how much it counts.
    pub fn new(url: &str, text: &str, evidence: &[Evidence], truth: &[Truth], weight: f32) -> Example {
        let page = page_of_text(url, text, evidence);
        Example::of(&page, by_line::label(&page, truth), weight)
    }

    /// A page's text without its markup, as the reader of HTML gives it: paragraphs are found by their words, as in [`Example::of_html`].
    pub fn of_text(url: &str, text: &str, evidence: &[Evidence], truth: &[Truth], weight: f32) -> Example {
        let page = page_of_text(url, text, evidence);
        Example::of(&page, by_word::label(&page, truth), weight)
    }

    /// The same of a page of which only phrases are known.
    pub fn of_text_phrases(url: &str, text: &str, evidence: &[Evidence], phrases: &Phrases, weight: f32) -> Example {
        let page = page_of_text(url, text, evidence);
        Example::of(&page, by_word::label_by_phrases(&page, phrases), weight)
    }

    /// A page that came as HTML. Its paragraphs are found by their words, as no two readers of HTML cut them alike.
    pub fn of_html(
        url: &str,
        text: &str,
        evidence: &[Evidence],
        markup: &Markup,
        truth: &[Truth],
        weight: f32,
    ) -> Example {
        let blocks = crate::blocks(text);
        let page = Page::with_markup(url, text, &blocks, evidence, markup, &mut Memo::default());
        Example::of(&page, by_word::label(&page, truth), weight)
    }

    /// The same where only phrases are known.
    pub fn of_phrases(
        url: &str,
        text: &str,
        evidence: &[Evidence],
        markup: &Markup,
        phrases: &Phrases,
        weight: f32,
    ) -> Example {
        let blocks = crate::blocks(text);
        let page = Page::with_markup(url, text, &blocks, evidence, markup, &mut Memo::default());
        Example::of(&page, by_word::label_by_phrases(&page, phrases), weight)
    }

    fn of(page: &Page<'_>, allowed: Vec<u8>, weight: f32) -> Example {
        Example { allowed, features: Features::of(page), weight, of_html: page.marked.is_some() }
    }

    /// Whether it came as HTML.
    pub fn is_html(&self) -> bool {
        self.of_html
    }
}

fn page_of_text<'t>(url: &str, text: &'t str, evidence: &'t [Evidence]) -> Page<'t> {
    Page::new(url, text, crate::blocks(text).into(), evidence, &mut Memo::default())
}
