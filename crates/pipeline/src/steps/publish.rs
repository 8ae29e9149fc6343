//! The tables of stories, versions and clippings, now that it is known what belongs together.

use std::{collections::HashMap, sync::Arc};

use arrow::{
    array::{
        ArrayBuilder, ArrayRef, ListBuilder, StringArray, StringBuilder, UInt32Array, UInt32Builder, UInt64Builder,
    },
    record_batch::RecordBatch,
};
use copydesk_archive::{Finished, Table, TableWriter, Writer};

use crate::{
    Error, Options, columns, lists, seconds,
    spool::Spooled,
    steps::{
        facts::{Facts, facts},
        rank::{NEVER, Ranks},
        version_rows::{Noticed, write_versions},
    },
    versions::Versions,
};

/// A version is full when it has so much of the words of its story's longest version: the earliest full one stands for the story.
const FULL: f64 = 0.9;

/// Rows after which a batch is handed to the file.
const SLAB_ROWS: usize = 4096;

pub(crate) struct Story {
    pub(crate) leader: u32,
    longest: u32,
    /// Rank of the version that stands for it.
    pub(crate) canonical: u32,
    /// Row of the clipping whose headline is the story's.
    head: u64,
    first_seen: i64,
    last_seen: i64,
    clippings: u64,
    pub(crate) versions: u64,
    sites: u64,
}

pub(crate) struct Published {
    pub(crate) files: Vec<Finished>,
    pub(crate) stories: u64,
}

pub(crate) fn version_id(versions: &Versions, number: u32) -> String {
    format!("{:032x}", versions.ids[number as usize])
}

pub(crate) fn story_id(versions: &Versions, number: u32) -> String {
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
    let several = |story: u32| stories[story as usize].versions > 1;
    let facts = facts(ranks, &story_of, stories.len(), several, clippings, options)?;
    let all = Known { versions, ranks, stories: &stories, story_of: &story_of, facts: &facts };
    let (file, noticed) = write_versions(writer.table(Table::Versions)?, &all, options)?;
    let to = [Table::Clippings, Table::Stories].map(|table| writer.table(table));
    let [clipping_table, story_table] = to;
    let mut files = write_clippings(clipping_table?, story_table?, &all, &noticed, clippings, options)?;
    files.push(file);
    Ok(Published { files, stories: stories.len() as u64 })
}

/// All that is known when the tables are written.
pub(crate) struct Known<'k> {
    pub(crate) versions: &'k Versions,
    pub(crate) ranks: &'k Ranks,
    pub(crate) stories: &'k [Story],
    /// The story of each rank.
    pub(crate) story_of: &'k [u32],
    pub(crate) facts: &'k Facts,
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

fn write_clippings(
    mut to: TableWriter,
    mut story_table: TableWriter,
    all: &Known<'_>,
    noticed: &Noticed,
    clippings: &Spooled,
    options: &Options,
) -> Result<Vec<Finished>, Error> {
    let Known { versions, ranks, stories, story_of, .. } = *all;
    let heads: HashMap<u64, u32> =
        stories.iter().enumerate().map(|(number, story)| (story.head, number as u32)).collect();
    let mut rows = StoryRows::new();
    let schema = to.schema();
    // As the spool has them, with the number of the version last.
    let ours = ["story", "version", "words"];
    let mut columns: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    columns.retain(|name| !ours.contains(name));
    columns.push("version");
    let number_column = columns.len() - 1;
    let headline_column = columns.iter().position(|name| *name == "headline").unwrap_or_default();
    let mut place = 0;
    for batch in clippings.read(&columns, options.batch_rows)? {
        let batch = batch?;
        let numbers = columns::u32s(&batch, number_column)?;
        let headlines = columns::texts(&batch, headline_column)?;
        let story = |number: u32| &stories[story_of[ranks.of_number[number as usize] as usize] as usize];
        let leaders = numbers.iter().map(|&n| story_id(versions, ranks.ranked[story(n).leader as usize].number));
        let leaders: ArrayRef = Arc::new(StringArray::from_iter_values(leaders));
        let ids: ArrayRef = Arc::new(StringArray::from_iter_values(numbers.iter().map(|&n| version_id(versions, n))));
        let words: ArrayRef =
            Arc::new(UInt32Array::from_iter_values(numbers.iter().map(|&n| versions.words[n as usize])));
        let mut rest = batch.columns().iter();
        let out = schema.fields().iter().filter_map(|field| match field.name().as_str() {
            "story" => Some(&leaders),
            "version" => Some(&ids),
            "words" => Some(&words),
            _ => rest.next(),
        });
        to.write(&RecordBatch::try_new(schema.clone(), out.cloned().collect())?)?;
        for row in 0..batch.num_rows() {
            if let Some(&number) = heads.get(&place) {
                rows.push(all, noticed, number, headlines.value(row));
                rows.flush_if(SLAB_ROWS, &mut story_table)?;
            }
            place += 1;
        }
    }
    rows.flush_if(1, &mut story_table)?;
    Ok(vec![to.finish()?, story_table.finish()?])
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

    fn push(&mut self, all: &Known<'_>, noticed: &Noticed, number: u32, headline: &str) {
        let story = &all.stories[number as usize];
        let number_of = |rank: u32| all.ranks.ranked[rank as usize].number;
        self.id.append_value(story_id(all.versions, number_of(story.leader)));
        self.version.append_value(version_id(all.versions, number_of(story.canonical)));
        self.headline.append_value(headline);
        self.first_seen.append_value(seconds::to_text(story.first_seen));
        self.last_seen.append_value(seconds::to_text(story.last_seen));
        self.clippings.append_value(story.clippings);
        self.versions.append_value(story.versions);
        self.sites.append_value(story.sites);
        self.language.append_value(noticed.languages[story.canonical as usize]);
        let facts = &all.facts.stories[number as usize];
        for (to, text) in self.published.iter_mut().zip(all.facts.written(facts.published)) {
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
