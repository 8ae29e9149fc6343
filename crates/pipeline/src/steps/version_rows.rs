//! The table of versions: each with its text, with what changed since the one before it, and with what it says of itself and of time.

use std::{
    collections::{HashMap, VecDeque},
    ops::Range,
    sync::Arc,
};

use arrow::{
    array::{ArrayRef, BooleanArray, StringArray, StringBuilder, UInt32Builder, UInt64Array},
    compute::{filter_record_batch, interleave},
    datatypes::{Field as ArrowField, Schema},
    record_batch::{RecordBatch, RecordBatchOptions},
};
use copydesk_annotate::{BodyNotes, Field, Limits, Mention, Notice, NoticeKind, Times, headline_notice};
use copydesk_archive::{Finished, Patch, Table, TableFile, Writer};
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
    let mut states = Vec::with_capacity(versions.known() as usize);
    for (file, _) in versions.archived() {
        look(writer, &reading, file, &mut states, &mut noticed, options)?;
    }
    mark_renamed(&reading, &mut states);
    let (mut files, mut kept) = (Vec::new(), Vec::new());
    for (file, first) in versions.archived() {
        let own = &states[*first as usize..][..file.rows as usize];
        let keep = Keep { writer, reading: &reading, states: own, file, first: *first };
        match keep.file()? {
            Some(changed) => files.push(changed),
            None => kept.push(file.path.clone()),
        }
    }
    let new = |rank: &u32| known.ranks.ranked[*rank as usize].number >= versions.known();
    let mut order: Vec<u32> = (0..known.ranks.ranked.len() as u32).filter(new).collect();
    if order.is_empty() && versions.known() > 0 {
        return Ok(((files, kept), noticed));
    }
    // Those of a story next to each other: they are nearly the same, which is what a compressor looks for. Stories as they came, which
    // is how their bodies stand where they were put aside: in any other order each is a question to the disk.
    let mut came = vec![u32::MAX; known.stories.len()];
    for &rank in &order {
        let came = &mut came[known.story_of[rank as usize] as usize];
        *came = reading.number(rank).min(*came);
    }
    order.sort_unstable_by_key(|&rank| (came[known.story_of[rank as usize] as usize], rank));
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
            to.write(std::mem::replace(&mut rows, VersionRows::new()?).finish(&reading)?)?;
        }
        Ok(())
    })?;
    to.write(rows.finish(&reading)?)?;
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
const AROUND: [&str; 10] = [
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

/// Some of `AROUND`, a bit each.
type Columns = u16;

/// The headline.
const HEADLINE: Columns = 1 << 1;

/// Those on which the changes since the version before depend, and those on which notices and times do.
const OF_CHANGES: Columns = HEADLINE | 1 << 8;
const OF_TIMES: Columns = HEADLINE | 1 << 5 | 1 << 6 | 1 << 7;

impl Reading<'_> {
    /// One of `AROUND`, of versions by their ranks.
    fn around(&self, column: usize, ranks: impl Iterator<Item = u32>) -> ArrayRef {
        let known = self.known;
        let version = |rank: u32| &known.ranks.ranked[rank as usize];
        let texts = |text: &dyn Fn(u32) -> String, ranks: &mut dyn Iterator<Item = u32>| -> ArrayRef {
            Arc::new(StringArray::from_iter_values(ranks.map(text)))
        };
        let mut ranks = ranks;
        let ranks: &mut dyn Iterator<Item = u32> = &mut ranks;
        match column {
            0 => texts(&|rank| known.story_id(version(rank).number), ranks),
            1 => Arc::new(StringArray::from_iter_values(ranks.map(|rank| self.headline(rank)))),
            2 => texts(&|rank| seconds::to_text(version(rank).first_seen), ranks),
            3 => texts(&|rank| seconds::to_text(version(rank).last_seen), ranks),
            4 => Arc::new(UInt64Array::from_iter_values(ranks.map(|rank| self.clippings(rank)))),
            8 => texts(
                &|rank| {
                    let before = self.before[rank as usize];
                    before.map_or_else(String::new, |before| version_id(known.versions, self.number(before.rank)))
                },
                ranks,
            ),
            9 => Arc::new(StringArray::from_iter_values(ranks.map(|rank| self.previous_by(rank)))),
            day => texts(
                &|rank| {
                    let [from, to, by] = known.facts.of_version(rank);
                    [from, to, by].into_iter().nth(day - 5).unwrap_or_default()
                },
                ranks,
            ),
        }
    }

    fn clippings(&self, rank: u32) -> u64 {
        u64::from(self.known.versions.clippings[self.number(rank) as usize])
    }

    fn previous_by(&self, rank: u32) -> &'static str {
        self.before[rank as usize].map_or("", |before| before.by)
    }

    /// Those of `AROUND` that are not as they stand.
    fn differing(&self, rank: u32, stored: &Around<'_>, row: usize) -> Columns {
        let known = self.known;
        let version = &known.ranks.ranked[rank as usize];
        let text = |column: usize| stored.texts[column - usize::from(column > 4)].value(row);
        let id = |number: u32| known.versions.ids[number as usize];
        let (first, last) = (text(2), text(3));
        let first_is_same = first == seconds::to_text(version.first_seen);
        let last_is_same = match version.last_seen == version.first_seen && first_is_same {
            true => last == first,
            false => last == seconds::to_text(version.last_seen),
        };
        let before = self.before[rank as usize];
        let same = [
            is_hex(text(0), id(known.leader_of(version.number)) >> 64, 16),
            text(1) == self.headline(rank),
            first_is_same,
            last_is_same,
            stored.clippings[row] == self.clippings(rank),
            true,
            true,
            true,
            before.map_or(text(8).is_empty(), |before| is_hex(text(8), id(self.number(before.rank)), 32)),
            text(9) == self.previous_by(rank),
        ];
        let mut differ = same.iter().enumerate().fold(0, |bits, (k, same)| bits | Columns::from(!same) << k);
        for (k, day) in (5..8).zip(known.facts.of_version(rank)) {
            differ |= Columns::from(text(k) != day) << k;
        }
        differ
    }
}

/// Whether a text is a number in so many hexadecimal digits.
fn is_hex(text: &str, number: u128, digits: usize) -> bool {
    let digit = |k: usize| b"0123456789abcdef"[(number >> (4 * (digits - 1 - k))) as usize & 15];
    text.len() == digits && text.bytes().enumerate().all(|(k, byte)| byte == digit(k))
}

/// `AROUND` as it stands.
struct Around<'b> {
    /// All but `clippings`, in their order.
    texts: Vec<&'b StringArray>,
    clippings: &'b [u64],
}

impl<'b> Around<'b> {
    /// Of a batch that begins with these columns.
    fn of(batch: &'b RecordBatch) -> Result<Self, Error> {
        let texts = (0..AROUND.len()).filter(|&k| k != 4).map(|k| columns::texts(batch, k));
        Ok(Self { texts: texts.collect::<Result<_, _>>()?, clippings: columns::u64s(batch, 4)? })
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
    ranks: Vec<u32>,
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
            ranks: Vec::new(),
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
        self.ranks.push(read.rank);
        self.inner.push(read, reading.headline(read.rank));
        self.count += 1;
        self.bytes += read.body.len();
    }

    fn finish(mut self, reading: &Reading<'_>) -> Result<RecordBatch, Error> {
        let of_body: [ArrayRef; 4] = [
            Arc::new(self.id.finish()),
            Arc::new(self.body.finish()),
            Arc::new(self.words.finish()),
            Arc::new(self.language.finish()),
        ];
        let around = |k| reading.around(k, self.ranks.iter().copied());
        let around = AROUND.into_iter().enumerate().map(|(k, name)| (name, around(k)));
        let inner = Inner::CHANGES.into_iter().chain(Inner::TIMES).zip(self.inner.finish()?);
        let mut columns: HashMap<&str, ArrayRef> =
            OF_BODY.into_iter().zip(of_body).chain(around).chain(inner).collect();
        let schema = Table::Versions.schema();
        let columns = schema.fields().iter().filter_map(|field| columns.remove(field.name().as_str()));
        Ok(RecordBatch::try_new(schema.clone(), columns.collect())?)
    }
}

/// What is left of a row as it stands.
#[derive(Clone, Copy, Default)]
struct State {
    /// No clipping has the version any more.
    is_gone: bool,
    /// What is not as it was.
    differ: Columns,
    /// Whether the version before it has another headline now.
    before_is_renamed: bool,
}

impl State {
    fn is_same(self) -> bool {
        !self.is_gone && self.differ == 0 && !self.before_is_renamed
    }

    fn changes_differ(self) -> bool {
        self.differ & OF_CHANGES != 0 || self.before_is_renamed
    }

    fn times_differ(self) -> bool {
        self.differ & OF_TIMES != 0
    }
}

/// Looks through a file of versions that the archive has: what of its rows is still so, and what they say of language and corrections.
fn look(
    writer: &Writer,
    reading: &Reading<'_>,
    file: &TableFile,
    states: &mut Vec<State>,
    noticed: &mut Noticed,
    options: &Options,
) -> Result<(), Error> {
    let known = reading.known;
    let names: Vec<&str> = AROUND.into_iter().chain(["language", "notices"]).collect();
    for batch in writer.archive().read_file(&file.path, Some(&names), options.batch_rows)? {
        let batch = batch?;
        let (stored, languages) = (Around::of(&batch)?, columns::texts(&batch, AROUND.len())?);
        let notices = columns::list(&batch, "notices")?;
        for row in 0..batch.num_rows() {
            let number = states.len() as u32;
            if !known.versions.is_live(number) {
                states.push(State { is_gone: true, ..State::default() });
                continue;
            }
            let rank = reading.rank(number);
            states.push(State { differ: reading.differing(rank, &stored, row), ..State::default() });
            noticed.languages[rank as usize] = languages.value(row).to_owned();
            if notices.value_length(row) > 0 {
                let notices = Inside::of(&batch, "notices", row)?;
                let kinds = (0..notices.len()).map(|k| notices.text("kind", k)).collect::<Result<Vec<_>, _>>()?;
                let is_corrected = is_corrected(kinds.iter().map(String::as_str));
                noticed.corrections[known.story_of[rank as usize] as usize] += u32::from(is_corrected);
            }
        }
    }
    Ok(())
}

/// Marks the versions of the archive whose version before them has another headline now.
fn mark_renamed(reading: &Reading<'_>, states: &mut [State]) {
    for number in 0..states.len() {
        if states[number].is_gone {
            continue;
        }
        let before = reading.before[reading.rank(number as u32) as usize];
        let before = before.and_then(|before| states.get(reading.number(before.rank) as usize));
        states[number].before_is_renamed = before.is_some_and(|before| before.differ & HEADLINE != 0);
    }
}

/// A file of versions that the archive has.
struct Keep<'k> {
    writer: &'k Writer,
    reading: &'k Reading<'k>,
    /// Of its versions.
    states: &'k [State],
    file: &'k TableFile,
    /// Number of its first version.
    first: u32,
}

impl Keep<'_> {
    /// The file anew, without versions that are gone, where anything in it is no longer so.
    fn file(&self) -> Result<Option<Finished>, Error> {
        if self.states.iter().all(|state| state.is_same()) {
            return Ok(None);
        }
        let (mut patch, mut from) = (self.writer.patch(self.file)?, 0);
        for rows in patch.groups() {
            let own = from..from + rows;
            from = own.end;
            let states = &self.states[own.clone()];
            if states.iter().all(|state| state.is_same()) {
                patch.keep()?;
                continue;
            }
            let stay: Vec<bool> = states.iter().map(|state| !state.is_gone).collect();
            let columns = self.group(&patch, own, states, &stay)?;
            if stay.contains(&false) {
                patch.group_without(&stay, &columns)?;
            } else {
                patch.group(&columns)?;
            }
        }
        Ok(Some(patch.finish()?))
    }

    fn rank(&self, row: usize) -> u32 {
        self.reading.rank(self.first + row as u32)
    }

    /// The columns of a group of rows that are to be written anew, without the rows that are gone.
    fn group(&self, patch: &Patch, rows: Range<usize>, states: &[State], stay: &[bool]) -> Result<RecordBatch, Error> {
        let live: Vec<(u32, State)> =
            rows.zip(states).filter(|(_, state)| !state.is_gone).map(|(row, state)| (self.rank(row), *state)).collect();
        let differ = live.iter().fold(0, |bits, (_, state)| bits | state.differ);
        let mut columns: Vec<(&str, ArrayRef)> = Vec::new();
        for (k, name) in AROUND.into_iter().enumerate().filter(|(k, _)| differ & 1 << k != 0) {
            columns.push((name, self.reading.around(k, live.iter().map(|(rank, _)| *rank))));
        }
        let names = [
            (Inner::CHANGES, live.iter().any(|(_, state)| state.changes_differ())),
            (Inner::TIMES, live.iter().any(|(_, state)| state.times_differ())),
        ];
        let names: Vec<&str> = names.into_iter().filter(|(_, differ)| *differ).flat_map(|(names, _)| names).collect();
        if !names.is_empty() {
            let (mut inner, mut desk, mut read) = (Inner::new()?, Desk::default(), 0);
            let mut from = Vec::with_capacity(live.len());
            for (at, &(rank, state)) in live.iter().enumerate() {
                if state.changes_differ() || state.times_differ() {
                    inner.push(&self.reading.read(rank, &mut desk)?, self.reading.headline(rank));
                    from.push((1, read));
                    read += 1;
                } else {
                    from.push((0, at));
                }
            }
            let stored = filter_record_batch(&patch.stored(Some(&names))?, &BooleanArray::from(stay.to_vec()))?;
            for (name, now) in Inner::CHANGES.into_iter().chain(Inner::TIMES).zip(inner.finish()?) {
                if names.contains(&name) {
                    let stored = columns::by_name(&stored, name)?;
                    columns.push((name, interleave(&[stored.as_ref(), now.as_ref()], &from)?));
                }
            }
        }
        let fields: Vec<ArrowField> =
            columns.iter().map(|(name, values)| ArrowField::new(*name, values.data_type().clone(), false)).collect();
        let with_rows = RecordBatchOptions::new().with_row_count(Some(live.len()));
        let columns = columns.into_iter().map(|(_, values)| values).collect();
        Ok(RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), columns, &with_rows)?)
    }
}
