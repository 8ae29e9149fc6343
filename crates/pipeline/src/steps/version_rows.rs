//! The table of versions: each with its text, with what changed since the one before it, and with what it says of itself and of time.

use std::{
    collections::{BTreeSet, HashMap, HashSet, VecDeque},
    ops::Range,
    sync::Arc,
};

use arrow::{
    array::{Array, ArrayRef, BooleanArray, StringBuilder, UInt32Builder, UInt64Builder, new_empty_array},
    compute::{concat, filter_record_batch, interleave},
    record_batch::RecordBatch,
};
use copydesk_annotate::{BodyNotes, Field, Limits, Mention, Notice, NoticeKind, Times, headline_notice};
use copydesk_archive::{Finished, Singles, Table, TableFile, Writer};
use copydesk_match::{ParagraphWords, Paragraphs, ReadParagraphs, Summary};
use copydesk_model::Span;
use copydesk_text::Languages;

use crate::{
    Error, Options, columns,
    lists::{Inside, Lists, Value},
    ordered::ordered,
    seconds,
    sink::Sink,
    steps::{
        publish::{Files, Known, version_id},
        rank::NEVER,
    },
};

/// Rows after which a batch is handed to the file.
const SLAB_ROWS: usize = 4096;

/// Bytes of text after which a batch is handed to the file.
const SLAB_BYTES: usize = 1 << 20;

/// What a version must say of itself to count as one that was corrected.
const CORRECTIONS: [NoticeKind; 3] = [NoticeKind::Correction, NoticeKind::Clarification, NoticeKind::Retraction];

/// Columns that a body has whatever stands around it.
const OF_BODY: [&str; 4] = ["id", "body", "words", "language"];

/// What only a look into the bodies tells.
pub(crate) struct Noticed {
    /// By rank.
    pub(crate) languages: Vec<String>,
    /// By story: versions that say that they were corrected, clarified or withdrawn.
    pub(crate) corrections: Vec<u32>,
}

/// Which version a version is an edit of, as far as that can be told.
#[derive(Clone, Copy)]
struct Before {
    rank: u32,
    by: &'static str,
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

pub(crate) fn write_versions(writer: &Writer, known: &Known<'_>, options: &Options) -> Result<(Files, Noticed), Error> {
    let versions = known.versions;
    let reading = Reading { known, before: before(known), limits: Limits::default() };
    let mut noticed =
        Noticed { languages: vec![String::new(); known.ranks.ranked.len()], corrections: vec![0; known.stories.len()] };
    let renamed = renamed(writer, known, options)?;
    let (mut files, mut kept) = (Vec::new(), Vec::new());
    for (file, first) in versions.archived() {
        let keep = Keep { writer, reading: &reading, renamed: &renamed, file, first: *first };
        match keep.file(&mut noticed, options)? {
            Some(changed) => files.push(changed),
            None => kept.push(file.path.clone()),
        }
    }
    let new = |rank: &u32| known.ranks.ranked[*rank as usize].number >= versions.known();
    let mut order: Vec<u32> = (0..known.ranks.ranked.len() as u32).filter(new).collect();
    if order.is_empty() && versions.known() > 0 {
        return Ok(((files, kept), noticed));
    }
    // Those of a story next to each other: they are nearly the same, which is what a compressor looks for.
    order.sort_unstable_by_key(|&rank| (known.story_of[rank as usize], rank));
    let mut order = order.into_iter();
    let mut rows = VersionRows::new()?;
    let mut to = Sink::in_groups(writer.table(Table::Versions)?, options.threads)?;
    let pull = || order.next().map(Ok);
    let weight = |rank: &u32| reading.bytes(*rank);
    let worker = || {
        let (mut desk, reading) = (Desk::default(), &reading);
        move |rank: u32| reading.read(rank, &mut desk)
    };
    ordered(options.threads, weight, pull, worker, |read: Result<Read, Error>| {
        let read = read?;
        noticed.languages[read.rank as usize] = read.language.to_owned();
        let kinds = read.notices.iter().map(|notice| notice.kind.name());
        noticed.corrections[known.story_of[read.rank as usize] as usize] += u32::from(is_corrected(kinds));
        rows.push(&reading, &read);
        if rows.bytes >= SLAB_BYTES || rows.count >= SLAB_ROWS {
            to.write(std::mem::replace(&mut rows, VersionRows::new()?).finish()?)?;
        }
        Ok(())
    })?;
    to.write(rows.finish()?)?;
    files.push(to.finish()?);
    Ok(((files, kept), noticed))
}

fn is_corrected<'k>(mut kinds: impl Iterator<Item = &'k str>) -> bool {
    kinds.any(|kind| CORRECTIONS.iter().any(|correction| correction.name() == kind))
}

/// For each rank the version before it: of those that were seen earlier the latest that first stood at the same URL, or else on the same site;
/// or else the story's first. Of what nobody knows when it was seen, nobody knows what it came before.
fn before(known: &Known<'_>) -> Vec<Option<Before>> {
    let mut out = vec![None; known.ranks.ranked.len()];
    let mut first: HashMap<u32, u32> = HashMap::new();
    let mut at: HashMap<(u32, bool, u64), u32> = HashMap::new();
    let seen = |rank: u32| known.ranks.ranked[rank as usize].first_seen;
    let is_asked = |rank: &u32| {
        let story = known.story_of[*rank as usize];
        known.stories[story as usize].versions > 1 && seen(*rank) != NEVER
    };
    let mut order: Vec<u32> = (0..known.ranks.ranked.len() as u32).filter(is_asked).collect();
    order.sort_by_key(|&rank| seen(rank));
    for rank in order {
        let (story, version) = (known.story_of[rank as usize], &known.ranks.ranked[rank as usize]);
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

/// What versions are read with.
struct Reading<'r> {
    known: &'r Known<'r>,
    /// By rank.
    before: Vec<Option<Before>>,
    limits: Limits,
}

/// What a thread reads versions with.
#[derive(Default)]
struct Desk {
    buffer: Vec<u8>,
    /// Those that were read last, by rank: versions of a story come one after the other, and several are edits of one.
    recent: VecDeque<(u32, ReadParagraphs)>,
    words: ParagraphWords,
    languages: Languages,
}

impl Desk {
    const RECENT: usize = 6;

    fn take(&mut self, rank: u32) -> Option<ReadParagraphs> {
        let at = self.recent.iter().position(|(known, _)| *known == rank)?;
        self.recent.remove(at).map(|(_, read)| read)
    }

    fn keep(&mut self, rank: u32, read: ReadParagraphs) {
        self.recent.truncate(Self::RECENT - 1);
        self.recent.push_front((rank, read));
    }
}

impl Reading<'_> {
    fn number(&self, rank: u32) -> u32 {
        self.known.ranks.ranked[rank as usize].number
    }

    fn rank(&self, number: u32) -> u32 {
        self.known.ranks.of_number[number as usize]
    }

    fn headline(&self, rank: u32) -> &str {
        &self.known.facts.versions[rank as usize].headline
    }

    /// Bytes of a body, about.
    fn bytes(&self, rank: u32) -> usize {
        self.known.versions.words[self.number(rank) as usize] as usize * 6
    }

    fn read(&self, rank: u32, desk: &mut Desk) -> Result<Read, Error> {
        let versions = self.known.versions;
        let (body, times) = versions.bodies.with_notes(self.number(rank), &mut desk.buffer)?;
        let (body, times) = (body.to_owned(), Times::unpacked(times));
        let (mut severity, mut changes) = ("", 0);
        if let Some(before) = self.before[rank as usize] {
            let known = desk.take(before.rank);
            let earlier = versions.bodies.get(self.number(before.rank), &mut desk.buffer)?;
            let earlier = known.map_or_else(|| Paragraphs::new(earlier), |known| Paragraphs::again(earlier, known));
            let now = Paragraphs::new(&body);
            let headlines = [before.rank, rank].map(|rank| self.headline(rank));
            let summary = Summary::of((headlines[0], &earlier), (headlines[1], &now), &mut desk.words);
            severity = summary.worst().map_or("", |severity| severity.name());
            changes = summary.total();
            let (earlier, now) = (earlier.into_read(), now.into_read());
            desk.keep(rank, now);
            desk.keep(before.rank, earlier);
        }
        let reference = self.known.facts.reference(rank);
        let mut notices: Vec<Notice> = headline_notice(self.headline(rank), &self.limits).into_iter().collect();
        let times = times.unwrap_or_else(|| BodyNotes::read(&body, "", &self.limits).times().clone());
        notices.extend(times.notices(&reference));
        let mentions = times.mentions(&reference);
        Ok(Read { rank, language: desk.languages.of(&body), severity, changes, notices, mentions, body })
    }
}

/// Columns of a version that may change though its body does not, and cost nothing to tell.
#[derive(Default)]
struct Around {
    story: StringBuilder,
    headline: StringBuilder,
    first_seen: StringBuilder,
    last_seen: StringBuilder,
    clippings: UInt64Builder,
    published: [StringBuilder; 3],
    previous: StringBuilder,
    previous_by: StringBuilder,
}

impl Around {
    const NAMES: [&str; 10] = [
        "story",
        "headline",
        "first_seen",
        "last_seen",
        "clippings",
        "published_from",
        "published_to",
        "published_by",
        "previous",
        "previous_by",
    ];

    /// Those of `NAMES` of which the changes since the version before depend, and those of which notices and times do.
    const OF_CHANGES: [usize; 2] = [1, 8];
    const OF_TIMES: [usize; 4] = [1, 5, 6, 7];

    fn push(&mut self, reading: &Reading<'_>, rank: u32) {
        let known = reading.known;
        let version = &known.ranks.ranked[rank as usize];
        self.story.append_value(known.story_id(version.number));
        self.headline.append_value(reading.headline(rank));
        self.first_seen.append_value(seconds::to_text(version.first_seen));
        self.last_seen.append_value(seconds::to_text(version.last_seen));
        self.clippings.append_value(u64::from(known.versions.clippings[version.number as usize]));
        let published = known.facts.of_version(rank);
        for (to, text) in self.published.iter_mut().zip(published) {
            to.append_value(text);
        }
        let before = reading.before[rank as usize];
        let previous = before.map(|before| version_id(known.versions, reading.number(before.rank)));
        self.previous.append_value(previous.unwrap_or_default());
        self.previous_by.append_value(before.map_or("", |before| before.by));
    }

    /// In the order of the names.
    fn finish(&mut self) -> Vec<ArrayRef> {
        let [from, to, by] = &mut self.published;
        vec![
            Arc::new(self.story.finish()),
            Arc::new(self.headline.finish()),
            Arc::new(self.first_seen.finish()),
            Arc::new(self.last_seen.finish()),
            Arc::new(self.clippings.finish()),
            Arc::new(from.finish()),
            Arc::new(to.finish()),
            Arc::new(by.finish()),
            Arc::new(self.previous.finish()),
            Arc::new(self.previous_by.finish()),
        ]
    }
}

/// Columns that are read out of bodies.
struct Inner {
    severity: StringBuilder,
    changes: UInt32Builder,
    notices: Lists,
    mentions: Lists,
}

impl Inner {
    /// Those that depend on the version before, and those that depend on the day of publication and the headline.
    const CHANGES: [&str; 2] = ["severity", "changes"];
    const TIMES: [&str; 2] = ["notices", "mentions"];

    fn new() -> Result<Self, Error> {
        Ok(Self {
            severity: StringBuilder::new(),
            changes: UInt32Builder::new(),
            notices: Lists::of(Table::Versions, "notices")?,
            mentions: Lists::of(Table::Versions, "mentions")?,
        })
    }

    fn push(&mut self, read: &Read, headline: &str) {
        self.severity.append_value(read.severity);
        self.changes.append_value(read.changes);
        for notice in &read.notices {
            let text = if notice.field == Field::Headline { headline } else { &read.body };
            let words = |span: Option<Span>| span.map_or("", |span| span.of(text));
            let day = notice.day.and_then(|(_, day)| day).map_or_else(String::new, |day| day.to_string());
            self.notices.row([
                Value::Text(notice.kind.name()),
                Value::Text(words(notice.wrong)),
                Value::Text(words(notice.right)),
                Value::Text(&day),
                Value::Text(notice.field.name()),
                Value::Text(notice.span.of(text)),
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

    /// `CHANGES`, then `TIMES`.
    fn finish(&mut self) -> Result<[ArrayRef; 4], Error> {
        Ok([
            Arc::new(self.severity.finish()),
            Arc::new(self.changes.finish()),
            self.notices.finish()?,
            self.mentions.finish()?,
        ])
    }
}

struct VersionRows {
    id: StringBuilder,
    body: StringBuilder,
    words: UInt32Builder,
    language: StringBuilder,
    around: Around,
    inner: Inner,
    count: usize,
    bytes: usize,
}

impl VersionRows {
    fn new() -> Result<Self, Error> {
        Ok(Self {
            id: StringBuilder::new(),
            // Growing by doubling would copy every text once more.
            body: StringBuilder::with_capacity(1024, SLAB_BYTES + SLAB_BYTES / 8),
            words: UInt32Builder::new(),
            language: StringBuilder::new(),
            around: Around::default(),
            inner: Inner::new()?,
            count: 0,
            bytes: 0,
        })
    }

    fn push(&mut self, reading: &Reading<'_>, read: &Read) {
        let (versions, number) = (reading.known.versions, reading.number(read.rank));
        self.id.append_value(version_id(versions, number));
        self.body.append_value(&read.body);
        self.words.append_value(versions.words[number as usize]);
        self.language.append_value(read.language);
        self.around.push(reading, read.rank);
        self.inner.push(read, reading.headline(read.rank));
        self.count += 1;
        self.bytes += read.body.len();
    }

    fn finish(mut self) -> Result<RecordBatch, Error> {
        let of_body: [ArrayRef; 4] = [
            Arc::new(self.id.finish()),
            Arc::new(self.body.finish()),
            Arc::new(self.words.finish()),
            Arc::new(self.language.finish()),
        ];
        let around = Around::NAMES.into_iter().zip(self.around.finish());
        let inner = Inner::CHANGES.into_iter().chain(Inner::TIMES).zip(self.inner.finish()?);
        let mut columns: HashMap<&str, ArrayRef> =
            OF_BODY.into_iter().zip(of_body).chain(around).chain(inner).collect();
        let schema = Table::Versions.schema();
        let columns = schema.fields().iter().filter_map(|field| columns.remove(field.name().as_str()));
        Ok(RecordBatch::try_new(schema.clone(), columns.collect())?)
    }
}

/// Numbers of the archive's versions that have another headline now.
fn renamed(writer: &Writer, known: &Known<'_>, options: &Options) -> Result<HashSet<u32>, Error> {
    let mut renamed = HashSet::new();
    for (file, first) in known.versions.archived() {
        let mut number = *first;
        for batch in writer.archive().read_file(&file.path, Some(&["headline"]), options.batch_rows)? {
            for headline in columns::texts(&batch?, 0)?.iter().flatten() {
                if known.versions.is_live(number) {
                    let rank = known.ranks.of_number[number as usize];
                    if *known.facts.versions[rank as usize].headline != *headline {
                        renamed.insert(number);
                    }
                }
                number += 1;
            }
        }
    }
    Ok(renamed)
}

/// A file of versions that the archive has.
struct Keep<'k> {
    writer: &'k Writer,
    reading: &'k Reading<'k>,
    renamed: &'k HashSet<u32>,
    file: &'k TableFile,
    /// Number of its first version.
    first: u32,
}

/// What is left of a row as it stands.
#[derive(Clone, Copy, Default)]
struct State {
    /// No clipping has the version any more.
    is_gone: bool,
    around_differs: bool,
    changes_differ: bool,
    times_differ: bool,
}

impl State {
    fn is_same(self) -> bool {
        !(self.is_gone || self.around_differs || self.changes_differ || self.times_differ)
    }
}

impl Keep<'_> {
    /// The file anew, without versions that are gone, where anything in it is no longer so.
    fn file(&self, noticed: &mut Noticed, options: &Options) -> Result<Option<Finished>, Error> {
        let states = self.states(noticed, options)?;
        if states.iter().all(|state| state.is_same()) {
            return Ok(None);
        }
        let (mut patch, mut from) = (self.writer.patch(self.file)?, 0);
        let stored = self.writer.archive().singles(&self.file.path)?;
        for rows in patch.groups() {
            let own = from..from + rows;
            from = own.end;
            patch.group(&self.group(&stored, own.clone(), &states[own])?)?;
        }
        Ok(Some(patch.finish()?))
    }

    fn rank(&self, row: usize) -> u32 {
        self.reading.rank(self.first + row as u32)
    }

    fn states(&self, noticed: &mut Noticed, options: &Options) -> Result<Vec<State>, Error> {
        let known = self.reading.known;
        let names: Vec<&str> = Around::NAMES.into_iter().chain(["language", "notices"]).collect();
        let mut states: Vec<State> = Vec::with_capacity(self.file.rows as usize);
        for batch in self.writer.archive().read_file(&self.file.path, Some(&names), options.batch_rows)? {
            let batch = batch?;
            let numbers = self.first + states.len() as u32..;
            let live: BooleanArray =
                numbers.clone().take(batch.num_rows()).map(|number| Some(known.versions.is_live(number))).collect();
            let mut around = Around::default();
            numbers.clone().zip(&live).filter(|(_, live)| *live == Some(true)).for_each(|(number, _)| {
                around.push(self.reading, self.reading.rank(number));
            });
            let stays = filter_record_batch(&batch, &live)?;
            let differs = differences(&around.finish(), &stays);
            let mut row = 0;
            for (number, live) in numbers.zip(&live) {
                if live != Some(true) {
                    states.push(State { is_gone: true, ..State::default() });
                    continue;
                }
                let rank = self.reading.rank(number);
                let differ = |names: &[usize]| names.iter().any(|&k| differs[k].contains(&row));
                let before = self.reading.before[rank as usize].map(|before| self.reading.number(before.rank));
                states.push(State {
                    is_gone: false,
                    around_differs: differs.iter().any(|differs| differs.contains(&row)),
                    changes_differ: differ(&Around::OF_CHANGES)
                        || before.is_some_and(|before| self.renamed.contains(&before)),
                    times_differ: differ(&Around::OF_TIMES),
                });
                noticed.languages[rank as usize] = columns::text(&stays, "language", row)?;
                let notices = Inside::of(&stays, "notices", row)?;
                let kinds = (0..notices.len()).map(|k| notices.text("kind", k)).collect::<Result<Vec<_>, _>>()?;
                let is_corrected = is_corrected(kinds.iter().map(String::as_str));
                noticed.corrections[known.story_of[rank as usize] as usize] += u32::from(is_corrected);
                row += 1;
            }
        }
        Ok(states)
    }

    /// The columns of some rows that are to be written anew: all of them if a row is gone.
    fn group(&self, stored: &Singles, rows: Range<usize>, states: &[State]) -> Result<RecordBatch, Error> {
        let live = || rows.clone().zip(states).filter(|(_, state)| !state.is_gone);
        let mut around = Around::default();
        live().for_each(|(row, _)| around.push(self.reading, self.rank(row)));
        let mut columns: Vec<(&str, ArrayRef)> = Around::NAMES.into_iter().zip(around.finish()).collect();

        let some_gone = states.iter().any(|state| state.is_gone);
        let places: Vec<u32> = live().map(|(row, _)| row as u32).collect();
        if some_gone {
            columns.extend(OF_BODY.into_iter().zip(in_columns(stored, &OF_BODY, &places)?));
        }
        let (mut inner, mut desk, mut read) = (Inner::new()?, Desk::default(), 0);
        let mut new = vec![None; places.len()];
        for (at, (row, state)) in live().enumerate() {
            if state.changes_differ || state.times_differ {
                let rank = self.rank(row);
                inner.push(&self.reading.read(rank, &mut desk)?, self.reading.headline(rank));
                new[at] = Some(read);
                read += 1;
            }
        }
        let names: Vec<&str> = Inner::CHANGES.into_iter().chain(Inner::TIMES).collect();
        if some_gone || read > 0 {
            let stored = in_columns(stored, &names, &places)?;
            for ((name, stored), now) in names.into_iter().zip(stored).zip(inner.finish()?) {
                let from: Vec<(usize, usize)> =
                    new.iter().enumerate().map(|(at, new)| new.map_or((0, at), |new| (1, new))).collect();
                let mixed = interleave(&[stored.as_ref(), now.as_ref()], &from)?;
                columns.push((name, mixed));
            }
        }
        Ok(RecordBatch::try_from_iter(columns)?)
    }
}

/// Columns of some rows as they stand.
fn in_columns(stored: &Singles, names: &[&str], places: &[u32]) -> Result<Vec<ArrayRef>, Error> {
    let batches = stored.read(names, places)?;
    let schema = Table::Versions.schema();
    let mut columns = Vec::with_capacity(names.len());
    for name in names {
        let parts: Vec<&dyn Array> = batches.iter().filter_map(|b| Some(b.column_by_name(name)?.as_ref())).collect();
        let none = || -> Result<ArrayRef, Error> { Ok(new_empty_array(schema.field_with_name(name)?.data_type())) };
        columns.push(if parts.is_empty() { none()? } else { concat(&parts)? });
    }
    Ok(columns)
}

/// For each column the rows in which it is not what it was.
fn differences(now: &[ArrayRef], before: &RecordBatch) -> Vec<BTreeSet<usize>> {
    let of = |(name, now): (&str, &ArrayRef)| match before.column_by_name(name) {
        Some(before) if before.as_ref() == now.as_ref() => BTreeSet::new(),
        Some(before) => {
            (0..now.len()).filter(|&row| now.slice(row, 1).as_ref() != before.slice(row, 1).as_ref()).collect()
        }
        None => (0..now.len()).collect(),
    };
    Around::NAMES.into_iter().zip(now).map(of).collect()
}
