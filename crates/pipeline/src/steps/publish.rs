//! The tables of stories, versions and clippings, now that it is known what belongs together.

use std::{collections::HashMap, sync::Arc};

use arrow::{
    array::{
        Array, ArrayBuilder, ArrayRef, StringArray, StringBuilder, UInt32Array, UInt32Builder, UInt64Builder,
        new_empty_array,
    },
    compute::concat,
    record_batch::RecordBatch,
};
use copydesk_archive::{Finished, Table, TableFile, TableWriter, Writer};

use crate::{
    Error, Options, columns, seconds,
    steps::{
        clippings::{Clippings, Piece},
        rank::{NEVER, Ranks},
    },
    versions::Versions,
};

/// A version is full when it has so much of the words of its story's longest version: the earliest full one stands for the story.
const FULL: f64 = 0.9;

/// Rows after which a batch is handed to the file.
const SLAB_ROWS: usize = 4096;

/// Bytes of text after which a batch is handed to the file.
const SLAB_BYTES: usize = 1 << 20;

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
    /// Paths of the archive's files that stay.
    pub(crate) kept: Vec<String>,
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
    clippings: &Clippings,
    options: &Options,
) -> Result<Published, Error> {
    let (stories, story_of) = gather(versions, ranks, leader);
    let known = Known { versions, ranks, stories: &stories, story_of: &story_of };
    let write_versions = || write_versions(writer, &known, options);
    let write_clippings = || write_clippings(writer, &known, clippings, options);
    let (versions, clippings) = if options.threads > 1 {
        std::thread::scope(|scope| {
            let versions = scope.spawn(write_versions);
            let clippings = write_clippings();
            (versions.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), clippings)
        })
    } else {
        (write_versions(), write_clippings())
    };
    let (mut files, mut kept) = clippings?;
    let (more, stay) = versions?;
    files.extend(more);
    kept.extend(stay);
    Ok(Published { files, kept, stories: stories.len() as u64 })
}

/// Files that were written, and paths of those of the archive that stay.
type Files = (Vec<Finished>, Vec<String>);

/// What is known of versions and stories.
struct Known<'k> {
    versions: &'k Versions,
    ranks: &'k Ranks,
    stories: &'k [Story],
    /// By rank.
    story_of: &'k [u32],
}

impl Known<'_> {
    fn story(&self, number: u32) -> &Story {
        &self.stories[self.story_of[self.ranks.of_number[number as usize] as usize] as usize]
    }

    /// The id of a version's story.
    fn story_id(&self, number: u32) -> String {
        story_id(self.versions, self.ranks.ranked[self.story(number).leader as usize].number)
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
    writer: &Writer,
    known: &Known<'_>,
    clippings: &Clippings,
    options: &Options,
) -> Result<Files, Error> {
    let &Known { versions, ranks, stories, .. } = known;
    let heads: HashMap<u64, u32> =
        stories.iter().enumerate().map(|(number, story)| (story.head, number as u32)).collect();
    let (mut files, mut kept) = (Vec::new(), Vec::new());
    let mut story_table = writer.table(Table::Stories)?;
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
    for piece in &clippings.pieces {
        let mut to = match piece {
            Piece::Kept { file, numbers } => {
                keep_clippings(writer, known, file, numbers, options, &mut files, &mut kept)?;
                None
            }
            Piece::New { of, .. } => Some(writer.table(Table::Clippings)?.of(of)),
        };
        let columns = if to.is_some() { &columns[..] } else { &columns[6..7] };
        for batch in piece.read(&clippings.archive, columns, options.batch_rows)? {
            let batch = batch?;
            if let Some(to) = &mut to {
                let numbers = columns::u32s(&batch, 12)?;
                let mut out: Vec<ArrayRef> = batch.columns()[..6].to_vec();
                out.push(Arc::new(StringArray::from_iter_values(numbers.iter().map(|&n| known.story_id(n)))));
                out.push(Arc::new(StringArray::from_iter_values(numbers.iter().map(|&n| version_id(versions, n)))));
                out.extend_from_slice(&batch.columns()[6..12]);
                out.push(Arc::new(UInt32Array::from_iter_values(numbers.iter().map(|&n| versions.words[n as usize]))));
                to.write(&RecordBatch::try_new(to.schema(), out)?)?;
            }
            let headlines = columns::texts(&batch, if to.is_some() { 6 } else { 0 })?;
            for row in 0..batch.num_rows() {
                if let Some(&number) = heads.get(&place) {
                    rows.push(versions, ranks, &stories[number as usize], headlines.value(row));
                    rows.flush_if(SLAB_ROWS, &mut story_table)?;
                }
                place += 1;
            }
        }
        if let Some(to) = to {
            files.push(to.finish()?);
        }
    }
    rows.flush_if(1, &mut story_table)?;
    files.push(story_table.finish()?);
    Ok((files, kept))
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

/// What is written of a version beside its body, which does not change.
#[derive(Default)]
struct VersionFacts {
    story: StringBuilder,
    first_seen: StringBuilder,
    last_seen: StringBuilder,
    clippings: UInt64Builder,
}

impl VersionFacts {
    const NAMES: [&str; 4] = ["story", "first_seen", "last_seen", "clippings"];

    fn push(&mut self, known: &Known<'_>, number: u32) {
        let version = &known.ranks.ranked[known.ranks.of_number[number as usize] as usize];
        self.story.append_value(known.story_id(number));
        self.first_seen.append_value(seconds::to_text(version.first_seen));
        self.last_seen.append_value(seconds::to_text(version.last_seen));
        self.clippings.append_value(u64::from(known.versions.clippings[number as usize]));
    }

    /// In the order of the names.
    fn finish(&mut self) -> [ArrayRef; 4] {
        [
            Arc::new(self.story.finish()),
            Arc::new(self.first_seen.finish()),
            Arc::new(self.last_seen.finish()),
            Arc::new(self.clippings.finish()),
        ]
    }
}

fn write_versions(writer: &Writer, known: &Known<'_>, options: &Options) -> Result<Files, Error> {
    let &Known { versions, ranks, story_of, .. } = known;
    let (mut files, mut kept) = (Vec::new(), Vec::new());
    for (file, first) in versions.archived() {
        match keep_versions(writer, known, file, *first, options)? {
            Some(changed) => files.push(changed),
            None => kept.push(file.path.clone()),
        }
    }
    // Those of a story next to each other: they are nearly the same, which is what a compressor looks for.
    let new = |rank: &u32| ranks.ranked[*rank as usize].number >= versions.known();
    let mut order: Vec<u32> = (0..ranks.ranked.len() as u32).filter(new).collect();
    if order.is_empty() && versions.known() > 0 {
        return Ok((files, kept));
    }
    order.sort_unstable_by_key(|&rank| (story_of[rank as usize], rank));
    let mut to = writer.table(Table::Versions)?;
    let (mut rows, mut buffer) = (VersionRows::new(), Vec::new());
    for rank in order {
        let number = ranks.ranked[rank as usize].number;
        let body = versions.bodies.get(number, &mut buffer)?;
        rows.id.append_value(version_id(versions, number));
        rows.body.append_value(body);
        rows.words.append_value(versions.words[number as usize]);
        rows.facts.push(known, number);
        rows.bytes += body.len();
        if rows.bytes >= SLAB_BYTES || rows.words.len() >= SLAB_ROWS {
            to.write(&std::mem::replace(&mut rows, VersionRows::new()).finish()?)?;
        }
    }
    to.write(&rows.finish()?)?;
    files.push(to.finish()?);
    Ok((files, kept))
}

/// A file of versions anew, without those that are gone, where anything in it is no longer so; `first` is the number of its first one.
fn keep_versions(
    writer: &Writer,
    known: &Known<'_>,
    file: &TableFile,
    first: u32,
    options: &Options,
) -> Result<Option<Finished>, Error> {
    let versions = known.versions;
    let numbers = first..first + file.rows as u32;
    let (mut same, mut from, mut facts) = (true, first, VersionFacts::default());
    for batch in writer.archive().read_file(&file.path, Some(&VersionFacts::NAMES), options.batch_rows)? {
        let batch = batch?;
        let own = from..from + batch.num_rows() as u32;
        from = own.end;
        same = own.clone().all(|number| versions.is_live(number));
        if same {
            own.for_each(|number| facts.push(known, number));
            same = batch.columns() == facts.finish().as_slice();
        }
        if !same {
            break;
        }
    }
    if same {
        return Ok(None);
    }
    let (mut patch, mut from) = (writer.patch(file)?, first);
    for rows in patch.groups() {
        let own = from..from + rows as u32;
        from = own.end;
        let live: Vec<u32> = own.clone().filter(|&number| versions.is_live(number)).collect();
        live.iter().for_each(|&number| facts.push(known, number));
        let changed = VersionFacts::NAMES.into_iter().zip(facts.finish());
        if live.len() == rows {
            patch.group(&RecordBatch::try_from_iter(changed)?)?;
            continue;
        }
        let places: Vec<u32> = live.iter().map(|number| number - numbers.start).collect();
        let stay = ["id", "body", "words"];
        let batches = writer.archive().read_rows(&file.path, &stay, &places)?;
        let stay = stay.into_iter().enumerate().map(|(k, name)| -> Result<(&str, ArrayRef), Error> {
            let parts: Vec<&dyn Array> = batches.iter().map(|batch| batch.column(k).as_ref()).collect();
            let schema = Table::Versions.schema();
            let none = || new_empty_array(schema.field(schema.index_of(name).unwrap_or_default()).data_type());
            Ok((name, if parts.is_empty() { none() } else { concat(&parts)? }))
        });
        let columns = stay.chain(changed.map(Ok)).collect::<Result<Vec<_>, Error>>()?;
        patch.group(&RecordBatch::try_from_iter(columns)?)?;
    }
    Ok(Some(patch.finish()?))
}

struct VersionRows {
    id: StringBuilder,
    body: StringBuilder,
    words: UInt32Builder,
    facts: VersionFacts,
    bytes: usize,
}

impl VersionRows {
    fn new() -> Self {
        Self {
            id: StringBuilder::new(),
            // Growing by doubling would copy every text once more.
            body: StringBuilder::with_capacity(1024, SLAB_BYTES + SLAB_BYTES / 8),
            words: UInt32Builder::new(),
            facts: VersionFacts::default(),
            bytes: 0,
        }
    }

    fn finish(mut self) -> Result<RecordBatch, Error> {
        let [story, first_seen, last_seen, clippings] = self.facts.finish();
        let (id, body, words) = (self.id.finish(), self.body.finish(), self.words.finish());
        let columns: Vec<ArrayRef> =
            vec![Arc::new(id), story, Arc::new(body), Arc::new(words), first_seen, last_seen, clippings];
        Ok(RecordBatch::try_new(Table::Versions.schema(), columns)?)
    }
}
