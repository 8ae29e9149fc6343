//! The tables of stories, versions and clippings, now that it is known what belongs together.

use std::{collections::HashMap, sync::Arc};

use arrow::{
    array::{ArrayBuilder, ArrayRef, StringArray, StringBuilder, UInt32Array, UInt32Builder, UInt64Builder},
    record_batch::RecordBatch,
};
use copydesk_archive::{Finished, Table, TableWriter, Writer};

use crate::{
    Error, Options, columns, seconds,
    spool::Spooled,
    steps::rank::{NEVER, Ranks},
    versions::Versions,
};

/// A version is full when it has so much of the words of its story's longest version: the earliest full one stands for the story.
const FULL: f64 = 0.9;

/// Rows after which a batch is handed to the file.
const SLAB_ROWS: usize = 4096;

/// Bytes of text after which a batch is handed to the file.
const SLAB_BYTES: usize = 4 << 20;

struct Story {
    leader: u32,
    longest: u32,
    /// Rank of the version that stands for it.
    canonical: u32,
    /// Row of the clipping whose headline is the story's.
    head: u64,
    first_seen: i64,
    last_seen: i64,
    clippings: u64,
    versions: u64,
    sites: u64,
}

pub(crate) struct Published {
    pub(crate) files: Vec<Finished>,
    pub(crate) stories: u64,
}

pub(crate) fn version_id(versions: &Versions, number: u32) -> String {
    format!("{:032x}", versions.ids[number as usize])
}

fn story_id(versions: &Versions, number: u32) -> String {
    format!("{:016x}", (versions.ids[number as usize] >> 64) as u64)
}

pub(crate) fn publish(
    writer: &Writer,
    versions: &Versions,
    ranks: &Ranks,
    leader: &[u32],
    clippings: &Spooled,
    options: &Options,
) -> Result<Published, Error> {
    let (stories, story_of) = gather(versions, ranks, leader);
    let to = [Table::Clippings, Table::Stories, Table::Versions].map(|table| writer.table(table));
    let [clipping_table, story_table, version_table] = to;
    let (clipping_table, story_table, version_table) = (clipping_table?, story_table?, version_table?);
    let write_versions = || write_versions(version_table, versions, ranks, &stories, &story_of);
    let write_clippings =
        || write_clippings(clipping_table, story_table, versions, ranks, &stories, &story_of, clippings, options);
    let (versions, files) = if options.threads > 1 {
        std::thread::scope(|scope| {
            let versions = scope.spawn(write_versions);
            let files = write_clippings();
            (versions.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), files)
        })
    } else {
        (write_versions(), write_clippings())
    };
    let mut files = files?;
    files.push(versions?);
    Ok(Published { files, stories: stories.len() as u64 })
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
                head: u64::MAX,
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
                story.head = version.head;
            }
        }
    }
    // A canonical version without a headline borrows the earliest of the story.
    for titled in [true, false] {
        for (rank, version) in ranks.ranked.iter().enumerate() {
            let story = &mut stories[story_of[rank] as usize];
            if story.head == u64::MAX && version.titled == titled {
                story.head = version.head;
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

#[allow(clippy::too_many_arguments, reason = "two tables from one pass over all that is known")]
fn write_clippings(
    mut to: TableWriter,
    mut story_table: TableWriter,
    versions: &Versions,
    ranks: &Ranks,
    stories: &[Story],
    story_of: &[u32],
    clippings: &Spooled,
    options: &Options,
) -> Result<Vec<Finished>, Error> {
    let heads: HashMap<u64, u32> =
        stories.iter().enumerate().map(|(number, story)| (story.head, number as u32)).collect();
    let mut rows = StoryRows::default();
    let columns = [
        "id",
        "capture",
        "url",
        "site",
        "fetched_at",
        "ordinal",
        "headline",
        "kicker",
        "byline",
        "date",
        "published",
        "captions",
        "version",
    ];
    let mut place = 0;
    for batch in clippings.read(&columns, options.batch_rows)? {
        let batch = batch?;
        let numbers = columns::u32s(&batch, 12)?;
        let headlines = columns::texts(&batch, 6)?;
        let story = |number: u32| &stories[story_of[ranks.of_number[number as usize] as usize] as usize];
        let mut out: Vec<ArrayRef> = batch.columns()[..6].to_vec();
        let leaders = numbers.iter().map(|&n| story_id(versions, ranks.ranked[story(n).leader as usize].number));
        out.push(Arc::new(StringArray::from_iter_values(leaders)));
        out.push(Arc::new(StringArray::from_iter_values(numbers.iter().map(|&n| version_id(versions, n)))));
        out.extend_from_slice(&batch.columns()[6..12]);
        out.push(Arc::new(UInt32Array::from_iter_values(numbers.iter().map(|&n| versions.words[n as usize]))));
        to.write(&RecordBatch::try_new(to.schema(), out)?)?;
        for row in 0..batch.num_rows() {
            if let Some(&number) = heads.get(&place) {
                rows.push(versions, ranks, &stories[number as usize], headlines.value(row));
                rows.flush_if(SLAB_ROWS, &mut story_table)?;
            }
            place += 1;
        }
    }
    rows.flush_if(1, &mut story_table)?;
    Ok(vec![to.finish()?, story_table.finish()?])
}

#[derive(Default)]
struct StoryRows {
    id: StringBuilder,
    version: StringBuilder,
    headline: StringBuilder,
    first_seen: StringBuilder,
    last_seen: StringBuilder,
    clippings: UInt64Builder,
    versions: UInt64Builder,
    sites: UInt64Builder,
}

impl StoryRows {
    fn push(&mut self, versions: &Versions, ranks: &Ranks, story: &Story, headline: &str) {
        let number = |rank: u32| ranks.ranked[rank as usize].number;
        self.id.append_value(story_id(versions, number(story.leader)));
        self.version.append_value(version_id(versions, number(story.canonical)));
        self.headline.append_value(headline);
        self.first_seen.append_value(seconds::to_text(story.first_seen));
        self.last_seen.append_value(seconds::to_text(story.last_seen));
        self.clippings.append_value(story.clippings);
        self.versions.append_value(story.versions);
        self.sites.append_value(story.sites);
    }

    fn flush_if(&mut self, rows: usize, to: &mut TableWriter) -> Result<(), Error> {
        if self.clippings.len() < rows {
            return Ok(());
        }
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.id.finish()),
            Arc::new(self.version.finish()),
            Arc::new(self.headline.finish()),
            Arc::new(self.first_seen.finish()),
            Arc::new(self.last_seen.finish()),
            Arc::new(self.clippings.finish()),
            Arc::new(self.versions.finish()),
            Arc::new(self.sites.finish()),
        ];
        Ok(to.write(&RecordBatch::try_new(to.schema(), columns)?)?)
    }
}

struct VersionRows {
    id: StringBuilder,
    story: StringBuilder,
    body: StringBuilder,
    words: UInt32Builder,
    first_seen: StringBuilder,
    last_seen: StringBuilder,
    clippings: UInt64Builder,
    bytes: usize,
}

fn write_versions(
    mut to: TableWriter,
    versions: &Versions,
    ranks: &Ranks,
    stories: &[Story],
    story_of: &[u32],
) -> Result<Finished, Error> {
    let mut rows = VersionRows::new();
    let mut buffer = Vec::new();
    // Those of a story next to each other: they are nearly the same, which is what a compressor looks for.
    let mut order: Vec<u32> = (0..ranks.ranked.len() as u32).collect();
    order.sort_unstable_by_key(|&rank| (story_of[rank as usize], rank));
    for rank in order {
        let version = &ranks.ranked[rank as usize];
        let number = version.number;
        let story = &stories[story_of[rank as usize] as usize];
        let body = versions.bodies.get(number, &mut buffer)?.0;
        rows.id.append_value(version_id(versions, number));
        rows.story.append_value(story_id(versions, ranks.ranked[story.leader as usize].number));
        rows.body.append_value(body);
        rows.words.append_value(versions.words[number as usize]);
        rows.first_seen.append_value(seconds::to_text(version.first_seen));
        rows.last_seen.append_value(seconds::to_text(version.last_seen));
        rows.clippings.append_value(u64::from(versions.clippings[number as usize]));
        rows.bytes += body.len();
        if rows.bytes >= SLAB_BYTES || rows.words.len() >= SLAB_ROWS {
            to.write(&std::mem::replace(&mut rows, VersionRows::new()).finish()?)?;
        }
    }
    to.write(&rows.finish()?)?;
    Ok(to.finish()?)
}

impl VersionRows {
    fn new() -> Self {
        Self {
            id: StringBuilder::new(),
            story: StringBuilder::new(),
            // Growing by doubling would copy every text once more.
            body: StringBuilder::with_capacity(1024, SLAB_BYTES + SLAB_BYTES / 8),
            words: UInt32Builder::new(),
            first_seen: StringBuilder::new(),
            last_seen: StringBuilder::new(),
            clippings: UInt64Builder::new(),
            bytes: 0,
        }
    }

    fn finish(mut self) -> Result<RecordBatch, Error> {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.id.finish()),
            Arc::new(self.story.finish()),
            Arc::new(self.body.finish()),
            Arc::new(self.words.finish()),
            Arc::new(self.first_seen.finish()),
            Arc::new(self.last_seen.finish()),
            Arc::new(self.clippings.finish()),
        ];
        Ok(RecordBatch::try_new(Table::Versions.schema(), columns)?)
    }
}
