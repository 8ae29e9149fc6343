//! The tables of stories, versions and clippings, now that it is known what belongs together.

use std::{
    ops::Range,
    sync::{Arc, LazyLock},
};

use arrow::{
    array::{
        ArrayBuilder, ArrayRef, ListBuilder, StringArray, StringBuilder, UInt32Array, UInt32Builder, UInt64Builder,
    },
    record_batch::RecordBatch,
};
use copydesk_archive::{Finished, Patch, Table, TableFile, TableWriter, Writer};

use crate::{
    Error, Options,
    both::both,
    columns, lists, seconds,
    steps::{
        clippings::{Changes, Clippings, Piece},
        facts::{Facts, facts},
        rank::{NEVER, Ranks},
        splice::splice,
        version_rows::{Noticed, write_versions},
    },
    versions::Versions,
};

/// A version is full when it has so much of the words of its story's longest version: the earliest full one stands for the story.
const FULL: f64 = 0.9;

/// Rows after which a batch is handed to the file.
const SLAB_ROWS: usize = 4096;

/// The same of clippings: a file's groups end between batches, and are short for what is written anew of them.
const GROUP_ROWS: usize = 512;

pub(crate) struct Story {
    pub(crate) leader: u32,
    longest: u32,
    /// Rank of the version that stands for it.
    pub(crate) canonical: u32,
    /// Rank of the version whose headline is the story's.
    head: u32,
    first_seen: i64,
    last_seen: i64,
    clippings: u64,
    pub(crate) versions: u64,
    sites: u64,
}

pub(crate) struct Published {
    pub(crate) files: Vec<Finished>,
    /// Paths of the archive's files that stay.
    pub(crate) kept: Vec<String>,
    pub(crate) stories: u64,
}

pub(crate) fn version_id(versions: &Versions, number: u32) -> String {
    hex(versions.ids[number as usize], 32)
}

fn story_id(versions: &Versions, number: u32) -> String {
    hex(versions.ids[number as usize] >> 64, 16)
}

/// A number in so many hexadecimal digits.
fn hex(number: u128, digits: usize) -> String {
    let digit = |k: usize| b"0123456789abcdef"[(number >> (4 * k)) as usize & 15];
    String::from_utf8((0..digits).rev().map(digit).collect()).unwrap_or_default()
}

pub(crate) fn publish(
    writer: &Writer,
    versions: &Versions,
    ranks: &Ranks,
    leader: &[u32],
    clippings: &Clippings,
    options: &Options,
) -> Result<Published, Error> {
    let (stories, story_of) = gather(versions, ranks, leader);
    let facts = facts(ranks, &story_of, stories.len(), clippings, options)?;
    let known = Known { versions, ranks, stories: &stories, story_of: &story_of, facts: &facts };
    let of_clippings = || write_clippings(writer, &known, clippings, options);
    let of_versions = || write_versions(writer, &known, options);
    let (of_clippings, of_versions) = both(options.threads, of_clippings, of_versions);
    let ((more, stay), ((mut files, mut kept), noticed)) = (of_clippings?, of_versions?);
    files.extend(more);
    kept.extend(stay);
    files.push(write_stories(writer, &known, &noticed)?);
    Ok(Published { files, kept, stories: stories.len() as u64 })
}

/// Files that were written, and paths of those of the archive that stay.
pub(crate) type Files = (Vec<Finished>, Vec<String>);

/// What is known of versions and stories.
pub(crate) struct Known<'k> {
    pub(crate) versions: &'k Versions,
    pub(crate) ranks: &'k Ranks,
    pub(crate) stories: &'k [Story],
    /// By rank.
    pub(crate) story_of: &'k [u32],
    pub(crate) facts: &'k Facts,
}

impl Known<'_> {
    fn story(&self, number: u32) -> &Story {
        &self.stories[self.story_of[self.ranks.of_number[number as usize] as usize] as usize]
    }

    /// The number of the version that gives a version's story its id.
    pub(crate) fn leader_of(&self, number: u32) -> u32 {
        self.ranks.ranked[self.story(number).leader as usize].number
    }

    /// The id of a version's story.
    pub(crate) fn story_id(&self, number: u32) -> String {
        story_id(self.versions, self.leader_of(number))
    }
}

/// The stories in the order of their leaders, and the story of each rank.
fn gather(versions: &Versions, ranks: &Ranks, leader: &[u32]) -> (Vec<Story>, Vec<u32>) {
    let mut story_of = vec![u32::MAX; leader.len()];
    let mut stories: Vec<Story> = Vec::new();
    for (rank, &l) in leader.iter().enumerate() {
        // A leader need not be the earliest: forms come apart along their fillings.
        if story_of[l as usize] == u32::MAX {
            story_of[l as usize] = stories.len() as u32;
            stories.push(Story {
                leader: l,
                longest: 0,
                canonical: u32::MAX,
                head: u32::MAX,
                first_seen: NEVER,
                last_seen: NEVER,
                clippings: 0,
                versions: 0,
                sites: 0,
            });
        }
        story_of[rank] = story_of[l as usize];
        let story = &mut stories[story_of[rank] as usize];
        let version = &ranks.ranked[rank];
        story.longest = story.longest.max(versions.words[version.number as usize]);
        story.clippings += u64::from(versions.clippings[version.number as usize]);
        story.versions += 1;
        if version.first_seen != NEVER {
            story.first_seen =
                if story.first_seen == NEVER { version.first_seen } else { story.first_seen.min(version.first_seen) };
            story.last_seen = story.last_seen.max(version.last_seen);
        }
    }
    for (rank, version) in ranks.ranked.iter().enumerate() {
        let story = &mut stories[story_of[rank] as usize];
        let full = f64::from(versions.words[version.number as usize]) >= FULL * f64::from(story.longest);
        if full && story.canonical == u32::MAX {
            story.canonical = rank as u32;
            if version.titled {
                story.head = rank as u32;
            }
        }
    }
    // A canonical version without a headline borrows the earliest of the story.
    for titled in [true, false] {
        for (rank, version) in ranks.ranked.iter().enumerate() {
            let story = &mut stories[story_of[rank] as usize];
            if story.head == u32::MAX && version.titled == titled {
                story.head = rank as u32;
            }
        }
    }
    let mut carried: Vec<(u32, u32)> = ranks
        .sites
        .iter()
        .filter(|(_, site)| *site != u32::MAX)
        .map(|&(number, site)| (story_of[ranks.of_number[number as usize] as usize], site))
        .collect();
    carried.sort_unstable();
    carried.dedup();
    carried.iter().for_each(|(story, _)| stories[*story as usize].sites += 1);
    (stories, story_of)
}

fn write_clippings(
    writer: &Writer,
    known: &Known<'_>,
    clippings: &Clippings,
    options: &Options,
) -> Result<Files, Error> {
    let (mut files, mut kept) = (Vec::new(), Vec::new());
    let names = clipping_columns();
    for piece in &clippings.pieces {
        let (of, rows) = match piece {
            Piece::Kept { file, numbers, changes: None } => {
                keep_clippings(writer, known, file, numbers, options, &mut files, &mut kept)?;
                continue;
            }
            Piece::Kept { file, numbers, changes: Some(changes) } => {
                files.push(splice_clippings(writer, known, file, numbers, changes, options)?);
                continue;
            }
            Piece::New { of, rows } => (of, rows),
        };
        let mut to = writer.table(Table::Clippings)?.of(of);
        for batch in rows.read(&names, options.batch_rows)? {
            let batch = batch?;
            for from in (0..batch.num_rows()).step_by(GROUP_ROWS) {
                let rows = GROUP_ROWS.min(batch.num_rows() - from);
                to.write(&in_full(known, &batch.slice(from, rows))?)?;
            }
        }
        files.push(to.finish()?);
    }
    Ok((files, kept))
}

/// Clippings as they came apart, with the number of the version last, as rows of the table.
fn in_full(known: &Known<'_>, batch: &RecordBatch) -> Result<RecordBatch, Error> {
    let versions = known.versions;
    let numbers = columns::u32s(batch, batch.num_columns() - 1)?;
    let story: ArrayRef = Arc::new(StringArray::from_iter_values(numbers.iter().map(|&n| known.story_id(n))));
    let version: ArrayRef = Arc::new(StringArray::from_iter_values(numbers.iter().map(|&n| version_id(versions, n))));
    let words: ArrayRef = Arc::new(UInt32Array::from_iter_values(numbers.iter().map(|&n| versions.words[n as usize])));
    let mut rest = batch.columns().iter();
    let schema = Table::Clippings.schema();
    let out = schema.fields().iter().filter_map(|field| match field.name().as_str() {
        "story" => Some(&story),
        "version" => Some(&version),
        "words" => Some(&words),
        _ => rest.next(),
    });
    Ok(RecordBatch::try_new(schema.clone(), out.cloned().collect())?)
}

/// A file of clippings some of which come to stand for others.
fn splice_clippings(
    writer: &Writer,
    known: &Known<'_>,
    file: &TableFile,
    numbers: &[u32],
    changes: &Changes,
    options: &Options,
) -> Result<Finished, Error> {
    let stories_of = |own: Range<usize>| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(numbers[own].iter().map(|&n| known.story_id(n))))
    };
    let new = changes.rows.read(&clipping_columns(), options.batch_rows)?;
    let new = new.map(|batch| in_full(known, &batch?));
    let kept = |patch: &mut Patch, own: Range<usize>| {
        let stories = stories_of(own);
        if patch.stored(Some(&["story"]))?.column(0).as_ref() == stories.as_ref() {
            return Ok(patch.keep()?);
        }
        Ok(patch.group(&RecordBatch::try_from_iter([("story", stories)])?)?)
    };
    let mixed = |rows: RecordBatch, own: Range<usize>| {
        let schema = rows.schema();
        let mut columns = rows.columns().to_vec();
        columns[schema.index_of("story")?] = stories_of(own);
        Ok(RecordBatch::try_new(schema, columns)?)
    };
    splice(writer.patch(file)?, Table::Clippings, &changes.runs, Box::new(new), kept, mixed)
}

/// In the order of the clippings whose headlines they have.
fn write_stories(writer: &Writer, known: &Known<'_>, noticed: &Noticed) -> Result<Finished, Error> {
    let mut order: Vec<u32> = (0..known.stories.len() as u32).collect();
    order.sort_unstable_by_key(|&story| known.ranks.ranked[known.stories[story as usize].head as usize].head);
    let mut table = writer.table(Table::Stories)?;
    let mut rows = StoryRows::new();
    for story in order {
        rows.push(known, noticed, story);
        rows.flush_if(SLAB_ROWS, &mut table)?;
    }
    rows.flush_if(1, &mut table)?;
    Ok(table.finish()?)
}

/// Columns of `clippings` that are known before their stories are, in the table's order, and the number of the version.
fn clipping_columns() -> Vec<&'static str> {
    static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let schema = Table::Clippings.schema();
        let names = schema.fields().iter().map(|field| field.name().clone());
        names.filter(|name| !["story", "version", "words"].contains(&name.as_str())).collect()
    });
    NAMES.iter().map(String::as_str).chain(["version"]).collect()
}

/// A file of clippings of which nothing can have changed but what stories they are of.
fn keep_clippings(
    writer: &Writer,
    known: &Known<'_>,
    file: &TableFile,
    numbers: &[u32],
    options: &Options,
    files: &mut Vec<Finished>,
    kept: &mut Vec<String>,
) -> Result<(), Error> {
    let (mut same, mut from) = (true, 0);
    for batch in writer.archive().read_file(&file.path, Some(&["story"]), options.batch_rows)? {
        let batch = batch?;
        let stories = columns::texts(&batch, 0)?;
        let own = &numbers[from..from + batch.num_rows()];
        from += own.len();
        if !own.iter().zip(stories.iter().flatten()).all(|(&number, story)| known.story_id(number) == story) {
            same = false;
            break;
        }
    }
    if same {
        kept.push(file.path.clone());
        return Ok(());
    }
    let (mut patch, mut from) = (writer.patch(file)?, 0);
    for rows in patch.groups() {
        let own = &numbers[from..from + rows];
        from += rows;
        let stories: ArrayRef = Arc::new(StringArray::from_iter_values(own.iter().map(|&n| known.story_id(n))));
        patch.group(&RecordBatch::try_from_iter([("story", stories)])?)?;
    }
    files.push(patch.finish()?);
    Ok(())
}

struct StoryRows {
    id: StringBuilder,
    version: StringBuilder,
    headline: StringBuilder,
    first_seen: StringBuilder,
    last_seen: StringBuilder,
    clippings: UInt64Builder,
    versions: UInt64Builder,
    sites: UInt64Builder,
    language: StringBuilder,
    published: [StringBuilder; 3],
    origin: StringBuilder,
    agencies: ListBuilder<StringBuilder>,
    first_sites: ListBuilder<StringBuilder>,
    first_by: StringBuilder,
    corrections: UInt32Builder,
}

impl StoryRows {
    fn new() -> Self {
        Self {
            id: StringBuilder::new(),
            version: StringBuilder::new(),
            headline: StringBuilder::new(),
            first_seen: StringBuilder::new(),
            last_seen: StringBuilder::new(),
            clippings: UInt64Builder::new(),
            versions: UInt64Builder::new(),
            sites: UInt64Builder::new(),
            language: StringBuilder::new(),
            published: Default::default(),
            origin: StringBuilder::new(),
            agencies: lists::texts(),
            first_sites: lists::texts(),
            first_by: StringBuilder::new(),
            corrections: UInt32Builder::new(),
        }
    }

    fn push(&mut self, all: &Known<'_>, noticed: &Noticed, number: u32) {
        let story = &all.stories[number as usize];
        let number_of = |rank: u32| all.ranks.ranked[rank as usize].number;
        self.id.append_value(story_id(all.versions, number_of(story.leader)));
        self.version.append_value(version_id(all.versions, number_of(story.canonical)));
        self.headline.append_value(&all.facts.versions[story.head as usize].headline);
        self.first_seen.append_value(seconds::to_text(story.first_seen));
        self.last_seen.append_value(seconds::to_text(story.last_seen));
        self.clippings.append_value(story.clippings);
        self.versions.append_value(story.versions);
        self.sites.append_value(story.sites);
        self.language.append_value(&noticed.languages[story.canonical as usize]);
        let facts = &all.facts.stories[number as usize];
        for (to, text) in self.published.iter_mut().zip(all.facts.of_story(number)) {
            to.append_value(text);
        }
        self.origin.append_value(facts.origin());
        lists::push(&mut self.agencies, facts.agencies());
        let (sites, by) = facts.first(all.facts);
        lists::push(&mut self.first_sites, sites);
        self.first_by.append_value(by);
        self.corrections.append_value(noticed.corrections[number as usize]);
    }

    fn flush_if(&mut self, rows: usize, to: &mut TableWriter) -> Result<(), Error> {
        if self.clippings.len() < rows {
            return Ok(());
        }
        let [from, until, by] = &mut self.published;
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.id.finish()),
            Arc::new(self.version.finish()),
            Arc::new(self.headline.finish()),
            Arc::new(self.first_seen.finish()),
            Arc::new(self.last_seen.finish()),
            Arc::new(self.clippings.finish()),
            Arc::new(self.versions.finish()),
            Arc::new(self.sites.finish()),
            Arc::new(self.language.finish()),
            Arc::new(from.finish()),
            Arc::new(until.finish()),
            Arc::new(by.finish()),
            Arc::new(self.origin.finish()),
            Arc::new(self.agencies.finish()),
            Arc::new(self.first_sites.finish()),
            Arc::new(self.first_by.finish()),
            Arc::new(self.corrections.finish()),
        ];
        Ok(to.write(&RecordBatch::try_new(to.schema(), columns)?)?)
    }
}
