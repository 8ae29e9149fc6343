//! Records become captures of the archive: each with its sightings, in batches that are committed on their own.

use std::{collections::HashMap, sync::Arc};

use arrow::{
    array::{ArrayRef, StringBuilder, UInt32Array, UInt32Builder, UInt64Array, UInt64Builder},
    record_batch::RecordBatch,
};
use copydesk_archive::{Change, Commit, Finished, Forgotten, Table, Writer};
use copydesk_model::{Capture, Mark, Outcome, Refused};
use copydesk_split::{RawBlock, Sighting, blocks, sightings};
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    Error, Options, Progress, columns,
    derive::Dropped,
    forgetting::{self, Forgetting},
    markup::MarkupRows,
    ordered::ordered,
    page::Pages,
    sink::Sink,
    site::site,
    steps::revisits::{Resolved, Waiting},
};

/// Bytes of text after which captures are handed to the file.
const SLAB: usize = 4 << 20;

/// What reading did.
pub(crate) struct Ingested {
    pub(crate) outcomes: [u64; Outcome::ALL.len()],
    pub(crate) renamed: u64,
    /// Refused because a capture of their id was to be forgotten.
    pub(crate) ids_forgotten: u64,
    /// Records that became no capture of the archive, by site and reason.
    pub(crate) dropped: Dropped,
    /// Asked to stop before the records were at their end.
    pub(crate) stopped: bool,
    /// This run's captures by the path of their file, as far as they fit into memory: they need not be read again.
    pub(crate) recent: Recent,
}

impl Ingested {
    fn drop(&mut self, host: &str, outcome: Outcome) {
        self.outcomes[outcome as usize] += 1;
        *self.dropped.entry(site(host).into_owned()).or_default().entry(outcome.name().to_owned()).or_default() += 1;
    }
}

/// Captures by the path of their file.
pub(crate) type Recent = HashMap<String, Vec<Held>>;

/// Captures that stay in memory, with their blocks one after the other.
pub(crate) struct Held {
    pub(crate) captures: RecordBatch,
    pub(crate) blocks: Arc<Vec<RawBlock>>,
}

/// A capture that was read, cut into blocks.
pub(crate) struct Read {
    pub(crate) capture: Capture,
    pub(crate) hash: u64,
    /// Hash of the text as it came, before anything was cut from it.
    pub(crate) came: u64,
    pub(crate) blocks: Vec<RawBlock>,
    pub(crate) sightings: Vec<Sighting>,
}

impl Read {
    pub(crate) fn new(capture: Capture) -> Self {
        let blocks = blocks(&capture.text);
        let sightings = sightings(&capture.text, &blocks);
        let hash = xxh3_64(capture.text.as_bytes());
        Self { hash, came: hash, blocks, sightings, capture }
    }
}

pub(crate) fn ingest(
    writer: &mut Writer,
    records: impl Iterator<Item = Result<Capture, Refused>> + Send,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Ingested, Error> {
    progress.stage("read", "bytes", None);
    let forgotten = Forgetting::of(writer.archive());
    let mut waiting = Waiting::new(options);
    let mut keeping = Keeping {
        known: known(writer)?,
        batch: None,
        budget: options.for_captures(),
        done: Ingested {
            outcomes: [0; Outcome::ALL.len()],
            renamed: 0,
            ids_forgotten: 0,
            dropped: Dropped::new(),
            stopped: false,
            recent: HashMap::new(),
        },
        writer,
        forgotten: &forgotten,
        options,
        progress,
    };
    let worker = || {
        let (mut pages, forgotten) = (Pages::default(), &forgotten);
        move |record: Result<Capture, Refused>| {
            let capture = record?;
            let bytes = bytes_of(&capture);
            let read = Read::new(pages.read(forgotten.admit(capture)?)?);
            Ok((bytes, forgotten.cut(read)))
        }
    };
    let weight = |record: &Result<Capture, Refused>| record.as_ref().map_or(0, bytes_of);
    let mut records = records;
    let pull = || if progress.stop() { None } else { records.next().map(Ok) };
    ordered(options.threads, weight, pull, worker, |read: Result<(usize, Read), Refused>| match read {
        Ok((bytes, read)) => {
            progress.advance(bytes as u64);
            keeping.keep(read)
        }
        Err(mut refused) => match refused.revisit.take() {
            Some(revisit) => waiting.push(&refused, &revisit, keeping.writer),
            None => keeping.refuse(&refused),
        },
    })?;
    keeping.commit()?;
    let waiting = waiting.finish(keeping.writer)?;
    let mut left = waiting.rows();
    if left > 0 {
        progress.stage("revisits", "captures", Some(left));
        let mut resolved = Resolved::new(keeping.writer.archive().clone(), &forgotten, &waiting, options)?;
        let pull = || if progress.stop() { None } else { resolved.next() };
        ordered(options.threads, weight, pull, worker, |read: Result<(usize, Read), Refused>| {
            left -= 1;
            progress.advance(1);
            match read {
                Ok((_, read)) => keeping.keep(read),
                Err(refused) => keeping.refuse(&refused),
            }
        })?;
        keeping.commit()?;
    }
    // Also where nothing came since it was asked to.
    keeping.done.stopped = progress.stop();
    let mut done = keeping.done;
    if left > 0 {
        done.stopped = true;
        progress.note(&format!(
            "{left} revisits had not found their pages yet, which is done when all is read; add their input again"
        ));
    }
    if done.renamed > 0 {
        progress.note(&format!(
            "{} captures came under the id of another capture with another text; they are kept as `<id>~<hash of the text>`",
            done.renamed
        ));
    }
    Ok(done)
}

/// Takes in what was read, and counts it.
struct Keeping<'k> {
    writer: &'k mut Writer,
    forgotten: &'k Forgetting,
    options: &'k Options,
    progress: &'k dyn Progress,
    known: HashMap<u64, u64>,
    batch: Option<Batch>,
    /// Bytes of captures that may still stay in memory.
    budget: usize,
    done: Ingested,
}

impl Keeping<'_> {
    fn keep(&mut self, mut read: Read) -> Result<(), Error> {
        if self.forgotten.has_id(&read.capture.id) {
            // A later visit of the page has another text: only where it is the same as it was is it sure to be the one that was meant.
            let same = self.forgotten.has_cut(&read.capture.id, read.came);
            self.done.ids_forgotten += u64::from(!same);
            let message = if same { forgetting::TOLD } else { forgetting::ID_TOLD };
            return self.refuse(&forgetting::refused(&read.capture.id, message));
        }
        if read.blocks.is_empty() && read.came != read.hash {
            return self.refuse(&forgetting::refused(&read.capture.id, forgetting::TOLD));
        }
        if read.blocks.is_empty() {
            return self.refuse(&Refused {
                outcome: Outcome::Empty,
                source: format!("capture `{}`", read.capture.id),
                site: read.capture.site().to_owned(),
                message: "nothing in its text can be seen; nothing to do".to_owned(),
                revisit: None,
            });
        }
        match admit(&mut self.known, self.forgotten, &mut read) {
            Admitted::Known => {
                self.done.drop(read.capture.site(), Outcome::Duplicate);
                return Ok(());
            }
            Admitted::Forgotten => {
                return self.refuse(&forgetting::refused(&read.capture.id, forgetting::TOLD));
            }
            Admitted::New => {}
            Admitted::Renamed => self.done.renamed += 1,
        }
        self.done.outcomes[Outcome::Kept as usize] += 1;
        let into = match &mut self.batch {
            Some(batch) => batch,
            None => self.batch.insert(Batch::new(self.writer, self.budget, self.options.threads)?),
        };
        into.push(&read)?;
        if into.bytes >= self.options.batch_bytes {
            self.commit()?;
        }
        Ok(())
    }

    fn refuse(&mut self, refused: &Refused) -> Result<(), Error> {
        self.done.drop(&refused.site, refused.outcome);
        self.progress.refused(refused);
        Ok(())
    }

    /// Commits what was kept since the last time.
    fn commit(&mut self) -> Result<(), Error> {
        if let Some(batch) = self.batch.take() {
            self.budget -= batch.commit(self.writer, &mut self.done.recent)?;
        }
        Ok(())
    }
}

/// What there is to read of a capture.
fn bytes_of(capture: &Capture) -> usize {
    capture.html.as_ref().map_or(capture.text.len(), |html| html.bytes.len())
}

/// Hash of each capture's id, with the hash of its text: 16 bytes a capture.
fn known(writer: &Writer) -> Result<HashMap<u64, u64>, Error> {
    let archive = writer.archive();
    let mut known = HashMap::with_capacity(archive.rows(Table::Captures) as usize);
    for batch in archive.read(Table::Captures, Some(&["id", "hash"]), 8192)? {
        let batch = batch?;
        let ids = columns::texts(&batch, 0)?;
        for (id, &hash) in ids.iter().flatten().zip(columns::u64s(&batch, 1)?) {
            known.insert(xxh3_64(id.as_bytes()), hash);
        }
    }
    Ok(known)
}

enum Admitted {
    New,
    Renamed,
    Known,
    Forgotten,
}

/// Whether the archive holds the capture already, or what is left of it. An id that stands for another text is taken: the capture gets one
/// of its own.
fn admit(known: &mut HashMap<u64, u64>, forgotten: &Forgetting, read: &mut Read) -> Admitted {
    let mut admitted = Admitted::New;
    loop {
        let id = xxh3_64(read.capture.id.as_bytes());
        let own = known.get(&id).copied();
        if forgotten.has_cut(&read.capture.id, read.came) {
            return if own.is_some() { Admitted::Known } else { Admitted::Forgotten };
        }
        let Some(hash) = own else {
            known.insert(id, read.hash);
            return admitted;
        };
        if hash == read.hash {
            return Admitted::Known;
        }
        admitted = Admitted::Renamed;
        read.capture.id = format!("{}~{:08x}", read.capture.id, read.came >> 32);
    }
}

/// The captures of one commit.
pub(crate) struct Batch {
    captures: Sink,
    sightings: Sink,
    slab: Slab,
    bytes: usize,
    held: Option<Vec<Held>>,
    held_bytes: usize,
    budget: usize,
    /// Captures from which something was cut.
    cut: Vec<Forgotten>,
}

impl Batch {
    /// Holds on to at most `budget` bytes of them.
    pub(crate) fn new(writer: &Writer, budget: usize, threads: usize) -> Result<Self, Error> {
        let captures = Sink::in_groups(writer.table(Table::Captures)?, threads)?;
        let sightings = Sink::new(writer.table(Table::Sightings)?, threads);
        let (slab, held, cut) = (Slab::new(), Some(Vec::new()), Vec::new());
        Ok(Self { captures, sightings, slab, bytes: 0, held, held_bytes: 0, budget, cut })
    }

    pub(crate) fn push(&mut self, read: &Read) -> Result<(), Error> {
        if read.came != read.hash {
            self.cut.push(Forgotten::cut(&read.capture.id, read.came));
        }
        self.slab.push(read);
        self.bytes += size(&read.capture);
        if self.slab.bytes >= SLAB { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Error> {
        let mut slab = std::mem::replace(&mut self.slab, Slab::new());
        let blocks = std::mem::take(&mut slab.held_blocks);
        let (captures, sightings) = slab.finish()?;
        self.held_bytes += captures.get_array_memory_size() + blocks.len() * size_of::<RawBlock>();
        if self.held_bytes > self.budget {
            self.held = None;
        }
        if let Some(held) = &mut self.held {
            held.push(Held { captures: captures.clone(), blocks: Arc::new(blocks) });
        }
        self.captures.write(captures)?;
        self.sightings.write(sightings)
    }

    /// The files, of captures and of sightings.
    pub(crate) fn finish(mut self) -> Result<Vec<Finished>, Error> {
        self.flush()?;
        self.close()
    }

    fn close(self) -> Result<Vec<Finished>, Error> {
        Ok(vec![self.captures.finish()?, self.sightings.finish()?])
    }

    /// Returns how many bytes stay in memory.
    fn commit(mut self, writer: &mut Writer, recent: &mut Recent) -> Result<usize, Error> {
        self.flush()?;
        let (held, held_bytes) = (self.held.take(), self.held_bytes);
        let change = Change { forgotten: std::mem::take(&mut self.cut), ..Change::default() };
        let files = self.close()?;
        let path = files[0].path().to_owned();
        // The disk may take its time: the next captures are read, or the stories worked out, meanwhile.
        writer.commit_soon(Commit { files, change })?;
        let Some(held) = held else { return Ok(0) };
        recent.insert(path, held);
        Ok(held_bytes)
    }
}

/// Bytes that a capture takes in memory.
fn size(capture: &Capture) -> usize {
    capture.text.len() + capture.markup.as_ref().map_or(0, |markup| markup.marks.len() * size_of::<Mark>())
}

/// Rows on their way to the file.
struct Slab {
    id: StringBuilder,
    url: StringBuilder,
    site: StringBuilder,
    fetched_at: StringBuilder,
    digest: StringBuilder,
    text: StringBuilder,
    hash: UInt64Builder,
    blocks: UInt32Builder,
    sighting_hash: Vec<u64>,
    sighting_left: Vec<u32>,
    sighting_right: Vec<u32>,
    markup: MarkupRows,
    held_blocks: Vec<RawBlock>,
    bytes: usize,
}

impl Slab {
    fn new() -> Self {
        Self {
            id: StringBuilder::new(),
            url: StringBuilder::new(),
            site: StringBuilder::new(),
            fetched_at: StringBuilder::new(),
            digest: StringBuilder::new(),
            // Growing by doubling would copy every text once more.
            text: StringBuilder::with_capacity(1024, SLAB + SLAB / 8),
            hash: UInt64Builder::new(),
            blocks: UInt32Builder::new(),
            sighting_hash: Vec::new(),
            sighting_left: Vec::new(),
            sighting_right: Vec::new(),
            markup: MarkupRows::new(),
            held_blocks: Vec::new(),
            bytes: 0,
        }
    }

    fn push(&mut self, read: &Read) {
        let capture = &read.capture;
        self.id.append_value(&capture.id);
        self.url.append_value(&capture.url);
        self.site.append_value(site(capture.site()));
        self.fetched_at.append_value(&capture.fetched_at);
        self.digest.append_value(&capture.digest);
        self.text.append_value(&capture.text);
        self.hash.append_value(read.hash);
        self.blocks.append_value(read.sightings.len() as u32);
        self.sighting_hash.extend(read.sightings.iter().map(|sighting| sighting.hash));
        self.sighting_left.extend(read.sightings.iter().map(|sighting| sighting.left));
        self.sighting_right.extend(read.sightings.iter().map(|sighting| sighting.right));
        self.markup.push(capture.markup.as_deref());
        self.held_blocks.extend_from_slice(&read.blocks);
        self.bytes += size(capture);
    }

    fn finish(mut self) -> Result<(RecordBatch, RecordBatch), Error> {
        let [about, marks] = self.markup.finish();
        let captures: Vec<ArrayRef> = vec![
            Arc::new(self.id.finish()),
            Arc::new(self.url.finish()),
            Arc::new(self.site.finish()),
            Arc::new(self.fetched_at.finish()),
            Arc::new(self.digest.finish()),
            Arc::new(self.text.finish()),
            Arc::new(self.hash.finish()),
            Arc::new(self.blocks.finish()),
            about,
            marks,
        ];
        let sightings: Vec<ArrayRef> = vec![
            Arc::new(UInt64Array::from(self.sighting_hash)),
            Arc::new(UInt32Array::from(self.sighting_left)),
            Arc::new(UInt32Array::from(self.sighting_right)),
        ];
        Ok((
            RecordBatch::try_new(Table::Captures.schema(), captures)?,
            RecordBatch::try_new(Table::Sightings.schema(), sightings)?,
        ))
    }
}
