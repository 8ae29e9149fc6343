//! Captures come apart into blocks and clippings; bodies that are the same to the letter become one version.

use std::sync::{Arc, RwLock};

use arrow::{
    array::{Array, BinaryArray, ListArray, StringArray},
    record_batch::RecordBatch,
};
use copydesk_annotate::{BodyNotes, BodyReader, Limits, Printed};
use copydesk_archive::{Archive, Finished, Table, Writer};
use copydesk_match::{Prepared, Thresholds, anchors};
use copydesk_model::{Block, Clipping, Markup, Role};
use copydesk_split::{Evidence, Outline, RawBlock, Split, Splitter};
use copydesk_text::body_hash;

use crate::{
    Error, ErrorKind, Options, Progress, columns,
    markup::markup,
    noted::Noted,
    ordered::ordered,
    steps::{
        anchors::Anchors,
        assemble::{Assembler, Assembling},
        census::EvidenceRows,
        clippings::Clippings,
        earlier::{Beside, Earlier},
        ingest::Recent,
        split_rows::{self, SplitRow},
    },
    versions::Versions,
};

/// What the step leaves for the next ones.
pub(crate) struct Clipped {
    /// Files of `blocks` and `splits`.
    pub(crate) files: Vec<Finished>,
    /// Paths of those that stay.
    pub(crate) kept: Vec<String>,
    pub(crate) roles: [u64; Role::ALL.len()],
    pub(crate) captures: u64,
    pub(crate) bytes: u64,
    pub(crate) clippings: Clippings,
    pub(crate) anchors: Anchors,
    pub(crate) versions: Versions,
}

struct Item {
    captures: Captures,
    row: usize,
    piece: usize,
    place: u32,
    evidence: Vec<Evidence>,
    markup: Option<Markup>,
}

/// Blocks, and where those of each capture begin.
type Raw = (Arc<Vec<RawBlock>>, Arc<Vec<usize>>);

/// A batch of captures.
#[derive(Clone)]
struct Captures {
    id: StringArray,
    url: StringArray,
    site: StringArray,
    fetched_at: StringArray,
    text: StringArray,
    about: ListArray,
    marks: BinaryArray,
    blocks: Arc<Vec<u32>>,
    /// The blocks of all of them, and where each capture's begin, where they were kept.
    raw: Option<Raw>,
}

/// A capture that came apart.
pub(crate) struct Done {
    captures: Captures,
    row: usize,
    /// Place of its file among the files of captures.
    pub(crate) piece: usize,
    /// Its row in that file.
    pub(crate) place: u32,
    pub(crate) blocks: Vec<Block>,
    pub(crate) clippings: Vec<Found>,
    outline: Outline,
    digest: u64,
}

pub(crate) struct Found {
    pub(crate) clipping: Clipping,
    pub(crate) body: String,
    pub(crate) masked: Vec<bool>,
    pub(crate) id: u128,
    /// What was read of the body.
    pub(crate) notes: Arc<BodyNotes>,
    pub(crate) noted: Noted,
    /// `None` when the version is known.
    pub(crate) measured: Option<Measured>,
}

pub(crate) struct Measured {
    pub(crate) words: u32,
    pub(crate) anchors: Vec<u64>,
    pub(crate) prepared: Prepared,
}

impl Done {
    /// Its id, URL, site, and when it was fetched.
    pub(crate) fn names(&self) -> [&str; 4] {
        let Captures { id, url, site, fetched_at, .. } = &self.captures;
        [id, url, site, fetched_at].map(|column| column.value(self.row))
    }

    /// What is kept of how it came apart.
    pub(crate) fn split_row(&self) -> SplitRow {
        let mut roles = [0; Role::ALL.len()];
        self.blocks.iter().for_each(|block| roles[block.role as usize] += 1);
        let masked = self.clippings.iter().filter(|found| found.masked.contains(&true));
        SplitRow {
            digest: self.digest,
            result: split_rows::result(&self.blocks, self.clippings.iter().map(|found| (&found.clipping, found.id))),
            bytes: self.captures.text.value(self.row).len() as u64,
            clippings: self.clippings.len() as u32,
            roles,
            outline: self.outline.clone(),
            masks: masked.map(|found| (found.clipping.ordinal, found.masked.clone())).collect(),
        }
    }
}

#[allow(clippy::too_many_arguments, reason = "what the step is given, and how it is to work")]
pub(crate) fn clip(
    writer: &Writer,
    archive: &Archive,
    recent: &Recent,
    earlier: &Earlier,
    evidence: EvidenceRows,
    options: &Options,
    thresholds: &Thresholds,
    progress: &dyn Progress,
) -> Result<Clipped, Error> {
    progress.stage("split", "captures", Some(archive.rows(Table::Captures)));
    let mut versions = Versions::new(options.for_bodies());
    versions.begin_with(archive, &earlier.versions, options.batch_rows)?;
    let versions = RwLock::new(versions);
    let mut source = Source::new(archive, recent, earlier, evidence, options, progress);
    let pull = || source.next();
    let worker = || {
        let (mut splitter, mut reader) = (Splitter::new(), BodyReader::default());
        let (versions, thresholds) = (&versions, thresholds);
        let limits = Limits::default();
        move |item: Item| take_apart(&mut splitter, &mut reader, item, versions, thresholds, &limits)
    };
    let weight = |item: &Item| item.captures.text.value(item.row).len();
    let with = Assembling { writer, archive, earlier, versions: &versions, options, progress };
    let mut assembler = Assembler::new(&with);
    ordered(options.threads, weight, pull, worker, |done| assembler.take(done))?;
    assembler.finish()?;
    let Assembler { roles, captures, bytes, anchors: first, pieces, files, kept, .. } = assembler;
    let mut versions = versions.into_inner().map_err(|_| lost())?;
    versions.read_ahead(archive, writer)?;
    let anchors = Anchors::of(first, earlier, &versions, archive, writer, options, thresholds)?;
    let clippings = Clippings { archive: archive.clone(), pieces };
    Ok(Clipped { files, kept, roles, captures, bytes, clippings, anchors, versions })
}

fn lost() -> Error {
    Error::new(ErrorKind::Internal, "a thread of the plan ended before its work")
}

fn take_apart(
    splitter: &mut Splitter,
    reader: &mut BodyReader,
    item: Item,
    versions: &RwLock<Versions>,
    thresholds: &Thresholds,
    limits: &Limits,
) -> Done {
    let Item { captures, row, piece, place, evidence, markup } = item;
    let (url, text) = (captures.url.value(row), captures.text.value(row));
    let cut;
    let raw = match captures.raw_blocks(row) {
        Some(blocks) => blocks,
        None => {
            cut = copydesk_split::blocks(text);
            &cut
        }
    };
    let Split { blocks, clippings, masked, outline, digest } = match &markup {
        Some(markup) => splitter.split_marked_blocks(url, text, raw, &evidence, markup),
        None => splitter.split_blocks(url, text, raw, &evidence),
    };
    let clippings = clippings.into_iter().zip(masked).map(|(clipping, masked)| {
        let body = clipping.body_text();
        let id = body_hash(&body);
        let (known, notes) = match versions.read() {
            Ok(versions) => (versions.number(id).is_some(), versions.notes(id)),
            Err(_) => (false, None),
        };
        let measured = (!known).then(|| measure(splitter, &blocks, clipping.ordinal, &masked, thresholds));
        let notes = notes.unwrap_or_else(|| Arc::new(reader.read(&body, limits)));
        let printed = Printed::of(&clipping, &body, url, captures.fetched_at.value(row));
        let noted = Noted::of(&notes, &printed, limits);
        Found { clipping, body, masked, id, notes, noted, measured }
    });
    Done { clippings: clippings.collect(), blocks, captures, row, piece, place, outline, digest }
}

/// What matching needs of a body. The splitter has read its words already: they are not folded again.
fn measure(splitter: &Splitter, blocks: &[Block], clipping: u32, masked: &[bool], thresholds: &Thresholds) -> Measured {
    let of_clipping = |block: &&Block| block.role == Role::Body && block.clipping == Some(clipping);
    let keys_of = |block: &Block| splitter.words_of(block.hash).unwrap_or_default();
    let paragraphs: Vec<&[u32]> = blocks.iter().filter(of_clipping).map(keys_of).collect();
    let all = paragraphs.iter().map(|keys| keys.len()).sum();
    let mut words = Vec::with_capacity(all);
    for (paragraph, keys) in paragraphs.into_iter().enumerate() {
        if !masked.get(paragraph).copied().unwrap_or(false) {
            words.extend_from_slice(keys);
        }
    }
    let prepared = Prepared::of_words(words);
    Measured { words: all as u32, anchors: anchor_hashes(&prepared, thresholds), prepared }
}

/// The hashes by which versions that are like one find it.
pub(crate) fn anchor_hashes(prepared: &Prepared, thresholds: &Thresholds) -> Vec<u64> {
    anchors(prepared, thresholds).into_iter().map(|anchor| anchor.hash).collect()
}

/// Rows of a file, with what is known of their blocks.
type Changed = Vec<(u32, Vec<Evidence>)>;

/// The captures that have to be taken apart, in the archive's order, from memory where this run has them.
struct Source<'s> {
    archive: &'s Archive,
    recent: &'s Recent,
    earlier: &'s Earlier,
    evidence: EvidenceRows,
    options: &'s Options,
    progress: &'s dyn Progress,
    files: Vec<String>,
    /// Place of the next file.
    piece: usize,
    /// Captures of the files before it.
    before: u64,
    batches: Box<dyn Iterator<Item = Result<Captures, Error>> + Send + 's>,
    now: Option<(Captures, usize)>,
    /// Next row of the file at hand, where all are taken.
    place: u32,
    /// Rows of the file at hand that are taken, with what is known of their blocks; `None` for all rows.
    changed: Option<std::vec::IntoIter<(u32, Vec<Evidence>)>>,
}

impl<'s> Source<'s> {
    fn new(
        archive: &'s Archive,
        recent: &'s Recent,
        earlier: &'s Earlier,
        evidence: EvidenceRows,
        options: &'s Options,
        progress: &'s dyn Progress,
    ) -> Self {
        Self {
            archive,
            recent,
            earlier,
            evidence,
            options,
            progress,
            files: archive.files(Table::Captures).map(|file| file.path.clone()).collect(),
            piece: 0,
            before: 0,
            batches: Box::new(std::iter::empty()),
            now: None,
            place: 0,
            changed: None,
        }
    }

    fn next(&mut self) -> Option<Result<Item, Error>> {
        loop {
            if let Some((captures, row)) = &mut self.now
                && *row < captures.id.len()
            {
                *row += 1;
                let (captures, row) = (captures.clone(), *row - 1);
                return Some(self.item(captures, row));
            }
            match self.batches.next() {
                Some(Ok(captures)) => self.now = Some((captures, 0)),
                Some(Err(e)) => return Some(Err(e)),
                None => {
                    if self.piece == self.files.len() {
                        return None;
                    }
                    if let Err(e) = self.open() {
                        return Some(Err(e));
                    }
                }
            }
        }
    }

    fn item(&mut self, captures: Captures, row: usize) -> Result<Item, Error> {
        let (place, evidence) = match &mut self.changed {
            Some(changed) => changed.next().ok_or_else(lost)?,
            None => {
                self.place += 1;
                let evidence = self.evidence.of(self.before, captures.blocks[row] as usize)?;
                self.before += 1;
                (self.place - 1, evidence)
            }
        };
        let markup = markup(&captures.about, &captures.marks, row)?;
        Ok(Item { piece: self.piece - 1, place, captures, row, evidence, markup })
    }

    /// Opens the next file.
    fn open(&mut self) -> Result<(), Error> {
        let path = self.files[self.piece].clone();
        let beside = self.earlier.pieces[self.piece].clone();
        self.piece += 1;
        self.now = None;
        if let Some(beside) = beside {
            let (changed, slabs) = self.changed(&beside)?;
            self.progress.advance(beside.splits.rows);
            self.changed = Some(changed.into_iter());
            let singles = self.archive.singles(&path)?;
            self.batches = Box::new(slabs.into_iter().map(move |rows| {
                let columns = Table::Captures.schema();
                let columns: Vec<&str> = columns.fields().iter().map(|field| field.name().as_str()).collect();
                let batches = singles.read(&columns, &rows)?;
                let schema = batches.first().ok_or_else(lost)?.schema();
                Captures::of(&arrow::compute::concat_batches(&schema, &batches)?, None)
            }));
            return Ok(());
        }
        (self.changed, self.place) = (None, 0);
        if let Some(batches) = self.recent.get(&path) {
            self.batches = Box::new(batches.iter().map(|held| Captures::of(&held.captures, Some(held.blocks.clone()))));
            return Ok(());
        }
        let batches = self.archive.read_file(&path, None, 16)?;
        self.batches = Box::new(batches.map(|batch| Captures::of(&batch?, None)));
        Ok(())
    }

    /// The captures of a file whose blocks are seen in other ways than when they were taken apart, and their rows as many as are read at
    /// a time: a capture may be large.
    fn changed(&mut self, beside: &Beside) -> Result<(Changed, Vec<Vec<u32>>), Error> {
        /// Bytes of text.
        const SLAB: u64 = 4 << 20;
        let (mut changed, mut row) = (Vec::new(), 0);
        let (mut slabs, mut room): (Vec<Vec<u32>>, u64) = (Vec::new(), 0);
        let columns = ["digest", "outline", "bytes"];
        let read = self.archive.read_file(&beside.splits.path, Some(&columns), self.options.batch_rows)?;
        for batch in read {
            let batch = batch?;
            let outlines = columns::bytes(&batch, "outline")?;
            let rows = columns::u64s(&batch, 0)?.iter().zip(columns::u64s(&batch, 2)?);
            for ((&digest, &bytes), outline) in rows.zip(outlines.iter().flatten()) {
                let evidence = self.evidence.of(self.before, outline.len())?;
                if Outline::from_bytes(outline).digest(&evidence) != digest {
                    changed.push((row, evidence));
                    match slabs.last_mut().filter(|_| bytes <= room) {
                        Some(slab) => slab.push(row),
                        None => {
                            slabs.push(vec![row]);
                            room = SLAB.max(bytes);
                        }
                    }
                    room -= bytes;
                }
                row += 1;
                self.before += 1;
            }
        }
        Ok((changed, slabs))
    }
}

impl Captures {
    fn of(batch: &RecordBatch, raw: Option<Arc<Vec<RawBlock>>>) -> Result<Self, Error> {
        let text = |column| columns::texts(batch, column).cloned();
        let counts = columns::u32s(batch, 7)?;
        let raw = raw.map(|raw| {
            let mut next = 0;
            let starts = counts
                .iter()
                .map(|&count| {
                    next += count as usize;
                    next - count as usize
                })
                .collect();
            (raw, Arc::new(starts))
        });
        Ok(Self {
            id: text(0)?,
            url: text(1)?,
            site: text(2)?,
            fetched_at: text(3)?,
            text: text(5)?,
            about: columns::list(batch, "about")?.clone(),
            marks: columns::bytes(batch, "marks")?.clone(),
            blocks: Arc::new(counts.to_vec()),
            raw,
        })
    }
}

impl Captures {
    /// The blocks of a capture, if they were kept.
    fn raw_blocks(&self, row: usize) -> Option<&[RawBlock]> {
        let (blocks, starts) = self.raw.as_ref()?;
        blocks.get(starts[row]..starts[row] + self.blocks[row] as usize)
    }
}
