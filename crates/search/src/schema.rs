use std::collections::{BTreeMap, BTreeSet};

use tantivy::{
    TantivyDocument,
    schema::{FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions},
};

use copydesk_text::language;
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    days::{joined, kept},
    entry::Entry,
    given::{self, Given, give},
    limits::NAME_BYTES,
    payload::pack,
    stems::Stems,
    words::each_token,
};

/// Counts up whenever an index of before would be read wrongly; such an index is made again.
pub(crate) const FORMAT: u32 = 4;

/// Columns whose words are ranked.
const RANKED: usize = 8;

/// Tokens of each column of [`Columns::ranked`].
pub(crate) type Tokens = [u64; RANKED];

/// The columns of the index.
#[derive(Clone)]
pub(crate) struct Columns {
    pub(crate) schema: Schema,
    /// The story's id as a number: found by it, and ordered by it where nothing else decides.
    pub(crate) id: Field,
    pub(crate) version: Field,
    /// Hashes of the captures' ids.
    pub(crate) capture: Field,
    pub(crate) title: Field,
    pub(crate) body: Field,
    pub(crate) caption: Field,
    pub(crate) author: Field,
    pub(crate) agency: Field,
    pub(crate) place: Field,
    /// Stems of the title and of the text, for words that are asked for alone.
    pub(crate) title_stems: Field,
    pub(crate) body_stems: Field,
    pub(crate) site: Field,
    pub(crate) lang: Field,
    pub(crate) has: Field,
    pub(crate) changed: Field,
    pub(crate) origin: Field,
    pub(crate) section: Field,
    /// Whole names, as facets count them.
    pub(crate) agency_name: Field,
    pub(crate) agency_key: Field,
    pub(crate) author_name: Field,
    pub(crate) place_name: Field,
    pub(crate) time: Field,
    /// Cells of the days that it speaks of, and these days themselves.
    pub(crate) mentioned: Field,
    pub(crate) mentioned_first: Field,
    pub(crate) mentioned_last: Field,
    pub(crate) copies: Field,
    pub(crate) clippings: Field,
    pub(crate) versions: Field,
    pub(crate) sites: Field,
    pub(crate) words: Field,
    /// Of everything that was handed in.
    pub(crate) hash: Field,
    /// Tokens of each column of [`Columns::ranked`].
    pub(crate) tokens: Field,
    pub(crate) payload: Field,
}

impl Columns {
    pub(crate) fn new() -> Self {
        let mut schema = Schema::builder();
        let text = |option| {
            let indexing = TextFieldIndexing::default().set_tokenizer(given::NAME).set_index_option(option);
            TextOptions::default().set_indexing_options(indexing)
        };
        let words = text(IndexRecordOption::WithFreqsAndPositions);
        let stems = text(IndexRecordOption::WithFreqs);
        let name = STRING | FAST;
        Self {
            id: schema.add_u64_field("id", INDEXED | FAST),
            version: schema.add_u64_field("version", INDEXED),
            capture: schema.add_u64_field("capture", INDEXED),
            title: schema.add_text_field("title", words.clone()),
            body: schema.add_text_field("body", words.clone()),
            caption: schema.add_text_field("caption", words.clone()),
            author: schema.add_text_field("author", words.clone()),
            agency: schema.add_text_field("agency", words.clone()),
            place: schema.add_text_field("place", words),
            title_stems: schema.add_text_field("title_stems", stems.clone()),
            body_stems: schema.add_text_field("body_stems", stems),
            site: schema.add_text_field("site", name.clone()),
            lang: schema.add_text_field("lang", name.clone()),
            has: schema.add_text_field("has", name.clone()),
            changed: schema.add_text_field("changed", name.clone()),
            origin: schema.add_text_field("origin", name.clone()),
            section: schema.add_text_field("section", name.clone()),
            agency_name: schema.add_text_field("agency_name", name.clone()),
            agency_key: schema.add_text_field("agency_key", STRING),
            author_name: schema.add_text_field("author_name", name.clone()),
            place_name: schema.add_text_field("place_name", name),
            time: schema.add_i64_field("time", FAST),
            mentioned: schema.add_u64_field("mentioned", INDEXED),
            mentioned_first: schema.add_i64_field("mentioned_first", FAST),
            mentioned_last: schema.add_i64_field("mentioned_last", FAST),
            copies: schema.add_u64_field("copies", FAST),
            clippings: schema.add_u64_field("clippings", FAST),
            versions: schema.add_u64_field("versions", FAST),
            sites: schema.add_u64_field("sites", FAST),
            words: schema.add_u64_field("words", FAST),
            hash: schema.add_u64_field("hash", FAST),
            tokens: schema.add_u64_field("tokens", FAST),
            payload: schema.add_bytes_field("payload", STORED),
            schema: schema.build(),
        }
    }

    /// Tells the engine how to take words out of what it is given; who only searches need not.
    pub(crate) fn prepare(index: &tantivy::Index) {
        index.tokenizers().register(given::NAME, Given::default());
    }

    /// The columns whose words are ranked.
    pub(crate) fn ranked(&self) -> [Field; RANKED] {
        [self.title, self.body, self.caption, self.author, self.agency, self.place, self.title_stems, self.body_stems]
    }

    /// A story as a row of the index, with its tokens. `stems` are those of the languages that came before.
    pub(crate) fn row(
        &self,
        entry: &Entry,
        stems: &mut BTreeMap<String, Option<Stems>>,
    ) -> tantivy::Result<(TantivyDocument, Tokens)> {
        let mut row = TantivyDocument::new();
        row.add_u64(self.id, number(&entry.id).unwrap_or_default());
        for version in entry.version_ids.iter().filter_map(|id| number(id)) {
            row.add_u64(self.version, version);
        }
        for capture in &entry.captures {
            row.add_u64(self.capture, xxh3_64(capture.as_bytes()));
        }
        let lang = match &entry.language {
            Some(language) => language.to_lowercase(),
            None => {
                let headline = entry.headlines.first().map_or("", String::as_str);
                language(&format!("{}\n{headline}", entry.body)).to_owned()
            }
        };
        let stems = stems.entry(lang.clone()).or_insert_with(|| Stems::of(&lang));
        let ranked = self.ranked();
        let mut counts = [0; RANKED];
        let mut text = |field: Field, stem_field: Option<Field>, texts: &[String]| {
            let mut count = |field: Field, tokens: usize| {
                let at = ranked.iter().position(|one| *one == field);
                counts[at.unwrap_or_default()] += tokens as u64;
            };
            for text in texts.iter().filter(|text| !text.is_empty()) {
                let (mut words, mut stemmed) = (String::with_capacity(text.len() + 64), String::new());
                let (mut tokens, mut stem_tokens) = (0, 0);
                let mut last = None;
                let mut stems = stems.as_mut().filter(|_| stem_field.is_some());
                each_token(text, |word, span, position, single| {
                    give(word, last != Some(position), &mut words);
                    last = Some(position);
                    tokens += 1;
                    if let Some(stems) = stems.as_mut().filter(|_| !single) {
                        give(stems.remembered(&text[span]), true, &mut stemmed);
                        stem_tokens += 1;
                    }
                });
                if let Some(stem_field) = stem_field.filter(|_| stem_tokens > 0) {
                    count(stem_field, stem_tokens);
                    row.add_text(stem_field, stemmed);
                }
                count(field, tokens);
                row.add_text(field, words);
            }
        };
        text(self.title, Some(self.title_stems), &entry.headlines);
        text(self.body, Some(self.body_stems), std::slice::from_ref(&entry.body));
        text(self.caption, None, &entry.captions);
        // A name that the byline has is not counted twice.
        let unsaid = |name: &&String| !entry.authors.iter().any(|byline| byline.contains(name.as_str()));
        let authors: Vec<String> = entry.authors.iter().chain(entry.people.iter().filter(unsaid)).cloned().collect();
        let agencies = entry.agencies.iter().flat_map(|agency| [agency.name.clone(), agency.key.clone()]);
        text(self.author, None, &authors);
        text(self.agency, None, &agencies.collect::<Vec<_>>());
        text(self.place, None, &entry.places);
        let lower = |names: &[String]| names.iter().map(|name| name.to_lowercase()).collect();
        let names: [(Field, BTreeSet<String>); 9] = [
            (self.site, lower(&entry.sites)),
            (self.section, lower(&entry.sections)),
            (self.origin, lower(std::slice::from_ref(&entry.origin))),
            (self.changed, lower(&entry.severities)),
            (self.has, entry.has().into_iter().map(str::to_owned).collect()),
            (self.agency_name, entry.agencies.iter().map(|agency| agency.name.clone()).collect()),
            (self.agency_key, entry.agencies.iter().map(|agency| agency.key.to_lowercase()).collect()),
            (self.author_name, entry.people.iter().cloned().collect()),
            (self.place_name, entry.places.iter().cloned().collect()),
        ];
        for (field, names) in names {
            // The engine refuses longer ones, and nobody asks for them.
            let told = names.iter().filter(|name| !name.is_empty() && name.len() <= NAME_BYTES);
            told.for_each(|name| row.add_text(field, name));
        }
        let mentioned = joined(&entry.mentioned);
        kept(&mentioned).into_iter().for_each(|term| row.add_u64(self.mentioned, term));
        for (first, last) in mentioned {
            row.add_i64(self.mentioned_first, first);
            row.add_i64(self.mentioned_last, last);
        }
        if !lang.is_empty() {
            row.add_text(self.lang, &lang);
        }
        if let Some(time) = entry.time {
            row.add_i64(self.time, time);
        }
        row.add_u64(self.copies, entry.copies());
        row.add_u64(self.clippings, entry.clippings);
        row.add_u64(self.versions, entry.versions);
        row.add_u64(self.sites, entry.sites.len() as u64);
        row.add_u64(self.words, entry.words);
        row.add_u64(self.hash, entry.hash_of_all());
        counts.into_iter().for_each(|count| row.add_u64(self.tokens, count));
        row.add_bytes(self.payload, &pack(&entry.payload)?);
        Ok((row, counts))
    }
}

/// The first 16 hexadecimal digits as a number.
pub(crate) fn number(id: &str) -> Option<u64> {
    let digits = id.get(..16)?;
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u64::from_str_radix(digits, 16).ok())?
}
