//! Bodies one after the other: most paragraphs of a version stand in the one before it, and in every other copy.
//!
//! Nothing that is remembered can be seen in a result: a paragraph that is forgotten is cut again.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use copydesk_text::body_hash;
use memchr::memchr2;

use crate::annotate::BodyNotes;
use crate::dates::{Language, Token, WordHasher};
use crate::limits::Limits;
use crate::words::Words;

/// Paragraphs that are kept, some 130 bytes each, what was found in them, some 30 bytes each, and heads of bodies, 32 bytes each; all are forgotten at once.
const PARAGRAPHS: usize = 1 << 16;
const FOUND: usize = 1 << 19;
const HEADS: usize = 1 << 16;

/// Nothing is kept of longer bodies, in bytes: a book, or a list without end.
const LONGEST: usize = 1 << 20;

/// By what names a text: its hash.
type Known<V> = HashMap<u128, V, BuildHasherDefault<WordHasher>>;

/// Reads many bodies, and cuts paragraphs only once that stand in several of them.
///
/// ```
/// use copydesk_annotate::{BodyNotes, BodyReader, Limits};
/// let (limits, mut reader) = (Limits::default(), BodyReader::default());
/// for body in ["VELM (AP) — The pier closed.\n\nIt opens on Monday.", "It opens on Monday.\n\nNobody said why."] {
///     assert_eq!(reader.read(body, &limits).packed(), BodyNotes::read(body, "", &limits).packed());
/// }
/// ```
#[derive(Debug, Default)]
pub struct BodyReader {
    /// By the head of a body.
    languages: Known<Option<&'static Language>>,
    /// By a paragraph and its language.
    paragraphs: Known<Words>,
    /// How much was found in all of them.
    found: usize,
    /// Room for the tokens of one.
    tokens: Vec<Token>,
}

impl BodyReader {
    /// The same as [`BodyNotes::read`], the language told from the body.
    pub fn read(&mut self, body: &str, limits: &Limits) -> BodyNotes {
        if body.len() > LONGEST {
            return BodyNotes::read(body, "", limits);
        }
        if self.paragraphs.len() > PARAGRAPHS || self.found > FOUND || self.languages.len() > HEADS {
            *self = Self::default();
        }
        let head = Language::head(body);
        let language = *self.languages.entry(body_hash(head)).or_insert_with(|| Language::detect(head));
        let words = self.words(body, language.unwrap_or(Language::unknown()));
        BodyNotes::of_words(body, language, words, limits)
    }

    /// What [`Words::of`] gives: no word and no name goes over the end of a line, and what is one does not depend on other lines.
    fn words(&mut self, body: &str, language: &'static Language) -> Words {
        let (mut words, mut after_break) = (Words::none(language), false);
        let mut rest = body;
        while !rest.is_empty() {
            let end = memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
            // The blank lines behind a paragraph are one token, and go with it.
            let behind = rest[end..].trim_start_matches(['\n', '\r', ' ', '\t']);
            let at = body.len() - rest.len();
            let paragraph = &rest[..rest.len() - behind.len()];
            rest = behind;
            let key = body_hash(paragraph) ^ u128::from(language.place());
            let part = self.paragraphs.entry(key).or_insert_with(|| {
                let part = Words::of(paragraph, language, &mut self.tokens);
                self.found += part.weight();
                part
            });
            words.append(part, at, &mut after_break);
            after_break |= end < paragraph.len();
        }
        words
    }
}
