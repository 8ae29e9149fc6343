//! The table of versions: each with its text, with what changed since the one before it, and with what it says of itself and of time.

use std::{collections::HashMap, sync::Arc};

use arrow::{
    array::{ArrayRef, StringBuilder, UInt32Builder, UInt64Builder},
    record_batch::RecordBatch,
};
use copydesk_annotate::{Language, Limits, Mention, Notice, NoticeKind, corrections, dates};
use copydesk_archive::{Finished, Table, TableWriter};
use copydesk_match::Summary;
use copydesk_model::Span;
use copydesk_text::language;

use crate::{
    Error, Options,
    lists::{Lists, Value},
    ordered::ordered,
    seconds,
    sink::Sink,
    steps::publish::{Known, story_id, version_id},
};

/// Rows after which a batch is handed to the file.
const SLAB_ROWS: usize = 4096;

/// Bytes of text after which a batch is handed to the file.
const SLAB_BYTES: usize = 4 << 20;

/// What a version must say of itself to count as one that was corrected.
const CORRECTIONS: [NoticeKind; 3] = [NoticeKind::Correction, NoticeKind::Clarification, NoticeKind::Retraction];

/// What only a look into the bodies tells.
pub(crate) struct Noticed {
    /// By rank.
    pub(crate) languages: Vec<&'static str>,
    /// By story: versions that say that they were corrected, clarified or withdrawn.
    pub(crate) corrections: Vec<u32>,
}

/// A version that was read.
struct Read {
    rank: u32,
    body: String,
    language: &'static str,
    severity: &'static str,
    changes: u32,
    notices: Vec<Notice>,
    mentions: Vec<Mention>,
}

/// Which version a version is an edit of, as far as that can be told.
#[derive(Clone, Copy)]
struct Before {
    rank: u32,
    by: &'static str,
}

pub(crate) fn write_versions(
    to: TableWriter,
    all: &Known<'_>,
    options: &Options,
) -> Result<(Finished, Noticed), Error> {
    let before = before(all);
    // Those of a story next to each other: they are nearly the same, which is what a compressor looks for.
    let mut order: Vec<u32> = (0..all.ranks.ranked.len() as u32).collect();
    order.sort_unstable_by_key(|&rank| (all.story_of[rank as usize], rank));
    let mut order = order.into_iter();
    let mut noticed = Noticed { languages: vec![""; all.ranks.ranked.len()], corrections: vec![0; all.stories.len()] };
    let mut rows = VersionRows::new()?;
    let mut to = Sink::new(to, options.threads);
    let pull = || order.next().map(Ok);
    let weight = |rank: &u32| all.versions.words[all.ranks.ranked[*rank as usize].number as usize] as usize * 6;
    let limits = Limits::default();
    let worker = || {
        let mut buffer = Vec::new();
        let (before, limits) = (&before, &limits);
        move |rank: u32| read(all, rank, before[rank as usize], &mut buffer, limits)
    };
    ordered(options.threads, weight, pull, worker, |read: Result<Read, Error>| {
        let read = read?;
        noticed.languages[read.rank as usize] = read.language;
        if read.notices.iter().any(|notice| CORRECTIONS.contains(&notice.kind)) {
            noticed.corrections[all.story_of[read.rank as usize] as usize] += 1;
        }
        rows.push(all, &read, before[read.rank as usize]);
        if rows.bytes >= SLAB_BYTES || rows.count >= SLAB_ROWS {
            to.write(std::mem::replace(&mut rows, VersionRows::new()?).finish()?)?;
        }
        Ok(())
    })?;
    to.write(rows.finish()?)?;
    Ok((to.finish()?, noticed))
}

/// For each rank the version before it: of those that came earlier the latest that first stood at the same URL, or else on the same site;
/// or else the story's first.
fn before(all: &Known<'_>) -> Vec<Option<Before>> {
    let mut out = vec![None; all.ranks.ranked.len()];
    let mut first: HashMap<u32, u32> = HashMap::new();
    let mut at: HashMap<(u32, bool, u64), u32> = HashMap::new();
    for (rank, version) in all.ranks.ranked.iter().enumerate() {
        let story = all.story_of[rank];
        if all.stories[story as usize].versions < 2 {
            continue;
        }
        let rank = rank as u32;
        let url = (version.url != 0).then_some((story, true, version.url));
        let site = (version.site != u32::MAX).then_some((story, false, u64::from(version.site)));
        let found = |key: Option<(u32, bool, u64)>| key.and_then(|key| at.get(&key).copied());
        out[rank as usize] = (found(url).map(|rank| Before { rank, by: "url" }))
            .or_else(|| found(site).map(|rank| Before { rank, by: "site" }))
            .or_else(|| first.get(&story).map(|&rank| Before { rank, by: "story" }));
        first.entry(story).or_insert(rank);
        at.extend([url, site].into_iter().flatten().map(|key| (key, rank)));
    }
    out
}

fn read(
    all: &Known<'_>,
    rank: u32,
    before: Option<Before>,
    buffer: &mut Vec<u8>,
    limits: &Limits,
) -> Result<Read, Error> {
    let number = |rank: u32| all.ranks.ranked[rank as usize].number;
    let body = all.versions.bodies.get(number(rank), buffer)?.0.to_owned();
    let headline = |rank: u32| all.facts.versions[rank as usize].headline.as_str();
    let (mut severity, mut changes) = ("", 0);
    if let Some(before) = before {
        let earlier = all.versions.bodies.get(number(before.rank), buffer)?.0;
        let summary = Summary::new((headline(before.rank), earlier), (headline(rank), &body));
        severity = summary.worst().map_or("", |severity| severity.name());
        changes = summary.total();
    }
    let published = all.facts.versions[rank as usize].reference();
    let day = published.map(|(day, _)| day);
    let spoken = Language::detect(&body).unwrap_or(Language::unknown());
    let mut mentions = dates(&body, day, spoken);
    for mention in mentions.iter_mut().filter(|mention| mention.counted) {
        mention.confidence *= published.map_or(1.0, |(_, sure)| sure);
    }
    let notices = corrections(&body, day, spoken, limits);
    Ok(Read { rank, language: language(&body), severity, changes, notices, mentions, body })
}

struct VersionRows {
    id: StringBuilder,
    story: StringBuilder,
    body: StringBuilder,
    words: UInt32Builder,
    first_seen: StringBuilder,
    last_seen: StringBuilder,
    clippings: UInt64Builder,
    language: StringBuilder,
    published: [StringBuilder; 3],
    previous: StringBuilder,
    previous_by: StringBuilder,
    severity: StringBuilder,
    changes: UInt32Builder,
    notices: Lists,
    mentions: Lists,
    count: usize,
    bytes: usize,
}

impl VersionRows {
    fn new() -> Result<Self, Error> {
        Ok(Self {
            id: StringBuilder::new(),
            story: StringBuilder::new(),
            // Growing by doubling would copy every text once more.
            body: StringBuilder::with_capacity(1024, SLAB_BYTES + SLAB_BYTES / 8),
            words: UInt32Builder::new(),
            first_seen: StringBuilder::new(),
            last_seen: StringBuilder::new(),
            clippings: UInt64Builder::new(),
            language: StringBuilder::new(),
            published: Default::default(),
            previous: StringBuilder::new(),
            previous_by: StringBuilder::new(),
            severity: StringBuilder::new(),
            changes: UInt32Builder::new(),
            notices: Lists::of(Table::Versions, "notices")?,
            mentions: Lists::of(Table::Versions, "mentions")?,
            count: 0,
            bytes: 0,
        })
    }

    fn push(&mut self, all: &Known<'_>, read: &Read, before: Option<Before>) {
        let (versions, ranks) = (all.versions, all.ranks);
        let version = &ranks.ranked[read.rank as usize];
        let number = version.number;
        let story = &all.stories[all.story_of[read.rank as usize] as usize];
        self.id.append_value(version_id(versions, number));
        self.story.append_value(story_id(versions, ranks.ranked[story.leader as usize].number));
        self.body.append_value(&read.body);
        self.words.append_value(versions.words[number as usize]);
        self.first_seen.append_value(seconds::to_text(version.first_seen));
        self.last_seen.append_value(seconds::to_text(version.last_seen));
        self.clippings.append_value(u64::from(versions.clippings[number as usize]));
        self.language.append_value(read.language);
        let published = all.facts.written(all.facts.versions[read.rank as usize].published);
        for (to, text) in self.published.iter_mut().zip(published) {
            to.append_value(text);
        }
        let previous = before.map(|before| version_id(versions, ranks.ranked[before.rank as usize].number));
        self.previous.append_value(previous.unwrap_or_default());
        self.previous_by.append_value(before.map_or("", |before| before.by));
        self.severity.append_value(read.severity);
        self.changes.append_value(read.changes);
        for notice in &read.notices {
            let words = |span: Option<Span>| span.map_or("", |span| span.of(&read.body));
            let day = notice.day.and_then(|(_, day)| day).map_or_else(String::new, |day| day.to_string());
            self.notices.row([
                Value::Text(notice.kind.name()),
                Value::Text(words(notice.wrong)),
                Value::Text(words(notice.right)),
                Value::Text(&day),
                Value::Text(notice.span.of(&read.body)),
                Value::Count(notice.span.start),
                Value::Count(notice.span.end),
                Value::Text(notice.rule),
                Value::Share(notice.confidence),
            ]);
        }
        self.notices.end();
        for mention in &read.mentions {
            self.mention(mention, &read.body);
        }
        self.mentions.end();
        self.count += 1;
        self.bytes += read.body.len();
    }

    fn mention(&mut self, mention: &Mention, body: &str) {
        let value = mention.value.as_ref().map_or_else(|_| String::new(), ToString::to_string);
        let (first, last) =
            mention.days().map(|(first, last)| (first.to_string(), last.to_string())).unwrap_or_default();
        self.mentions.row([
            Value::Text(mention.kind.name()),
            Value::Text(&value),
            Value::Text(&first),
            Value::Text(&last),
            Value::Text(mention.value.as_ref().err().map_or("", |open| open.name())),
            Value::Text(mention.modifier.map_or("", |modifier| modifier.name())),
            Value::Text(mention.span.of(body)),
            Value::Count(mention.span.start),
            Value::Count(mention.span.end),
            Value::Text(mention.rule),
            Value::Share(mention.confidence),
        ]);
    }

    fn finish(mut self) -> Result<RecordBatch, Error> {
        let [from, until, by] = &mut self.published;
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.id.finish()),
            Arc::new(self.story.finish()),
            Arc::new(self.body.finish()),
            Arc::new(self.words.finish()),
            Arc::new(self.first_seen.finish()),
            Arc::new(self.last_seen.finish()),
            Arc::new(self.clippings.finish()),
            Arc::new(self.language.finish()),
            Arc::new(from.finish()),
            Arc::new(until.finish()),
            Arc::new(by.finish()),
            Arc::new(self.previous.finish()),
            Arc::new(self.previous_by.finish()),
            Arc::new(self.severity.finish()),
            Arc::new(self.changes.finish()),
            self.notices.finish()?,
            self.mentions.finish()?,
        ];
        Ok(RecordBatch::try_new(Table::Versions.schema(), columns)?)
    }
}
