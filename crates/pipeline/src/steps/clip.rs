//! Captures come apart into blocks and clippings; bodies that are the same to the letter become one version.

use std::sync::{Arc, RwLock};

use arrow::{
    array::{
        Array, ArrayBuilder, ArrayRef, BinaryArray, BooleanBuilder, ListArray, ListBuilder, StringArray, StringBuilder,
        StructBuilder, UInt32Array, UInt32Builder, UInt64Array,
    },
    datatypes::{DataType, Field, Fields, Schema, SchemaRef},
    record_batch::RecordBatch,
};
use copydesk_annotate::{Limits, Printed};
use copydesk_archive::{Archive, Finished, Table, Writer};
use copydesk_match::{Prepared, Thresholds, anchors};
use copydesk_model::{Block, Clipping, Markup, Role};
use copydesk_split::{Evidence, RawBlock, Split, Splitter};
use copydesk_text::body_hash;

use crate::{
    Error, ErrorKind, Options, Progress, columns,
    markup::markup,
    noted::{Noted, NotedRows},
    ordered::ordered,
    sink::Sink,
    spool::{Spool, Spooled},
    steps::{
        anchors::{AnchorRows, Anchors},
        census::EvidenceRows,
        ingest::Recent,
    },
    versions::Versions,
};

/// What the step leaves for the next ones.
pub(crate) struct Clipped {
    pub(crate) blocks: Finished,
    pub(crate) roles: [u64; Role::ALL.len()],
    pub(crate) captures: u64,
    pub(crate) bytes: u64,
    pub(crate) clippings: Spooled,
    pub(crate) anchors: Anchors,
    pub(crate) versions: Versions,
}

/// Rows after which a batch is handed on.
const SLAB_ROWS: usize = 8192;

struct Item {
    captures: Captures,
    row: usize,
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

struct Done {
    captures: Captures,
    row: usize,
    blocks: Vec<Block>,
    clippings: Vec<Found>,
}

struct Found {
    clipping: Clipping,
    body: String,
    masked: Vec<bool>,
    id: u128,
    noted: Noted,
    /// `None` when the version is known.
    measured: Option<Measured>,
}

struct Measured {
    words: u32,
    anchors: Vec<u64>,
    prepared: Prepared,
}

pub(crate) fn clip(
    writer: &Writer,
    archive: &Archive,
    recent: &Recent,
    mut evidence: EvidenceRows,
    options: &Options,
    thresholds: &Thresholds,
    progress: &dyn Progress,
) -> Result<Clipped, Error> {
    progress.stage("split", "captures", Some(archive.rows(Table::Captures)));
    let budget = options.for_rows();
    let versions = RwLock::new(Versions::new(options.for_bodies()));
    let mut source = Source::new(archive, recent);
    let mut number = 0;
    let pull = || -> Option<Result<Item, Error>> {
        let (captures, row) = match source.next()? {
            Ok(next) => next,
            Err(e) => return Some(Err(e)),
        };
        let blocks = captures.blocks[row] as usize;
        let item = evidence.of(number, blocks).and_then(|evidence| {
            let markup = markup(&captures.about, &captures.marks, row)?;
            Ok(Item { captures, row, evidence, markup })
        });
        number += 1;
        Some(item)
    };
    let worker = || {
        let mut splitter = Splitter::new();
        let (versions, thresholds) = (&versions, thresholds);
        let limits = Limits::default();
        move |item: Item| take_apart(&mut splitter, item, versions, thresholds, &limits)
    };

    let mut rows = BlockRows::default();
    let mut blocks = Sink::new(writer.table(Table::Blocks)?, options.threads);
    let mut clipping_rows = ClippingRows::new()?;
    let mut clippings = Spool::new(clipping_schema(), budget);
    let mut anchor_rows = AnchorRows::new(budget);
    let mut roles = [0; Role::ALL.len()];
    let (mut captures, mut bytes) = (0, 0);
    let weight = |item: &Item| item.captures.text.value(item.row).len();
    ordered(options.threads, weight, pull, worker, |mut done: Done| {
        let id = done.captures.id.value(done.row);
        captures += 1;
        bytes += done.captures.text.value(done.row).len() as u64;
        done.blocks.iter().for_each(|block| roles[block.role as usize] += 1);
        rows.push(id, &done.blocks);
        rows.flush_if(SLAB_ROWS, &mut blocks)?;
        for mut found in std::mem::take(&mut done.clippings) {
            let (prepared, anchors) = match found.measured.take() {
                Some(measured) => (Some((measured.words, measured.prepared)), measured.anchors),
                None => (None, Vec::new()),
            };
            let (version, new) = {
                let mut versions = versions.write().map_err(|_| lost())?;
                versions.add(found.id, &found.body, &found.masked, prepared, writer)?
            };
            if new {
                anchor_rows.push(version, anchors, writer)?;
            }
            clipping_rows.push(&done, &found, version);
            if clipping_rows.version.len() >= SLAB_ROWS {
                clippings.push(clipping_rows.finish()?, writer)?;
            }
        }
        progress.advance(1);
        Ok(())
    })?;
    rows.flush_if(1, &mut blocks)?;
    clippings.push(clipping_rows.finish()?, writer)?;
    let versions = versions.into_inner().map_err(|_| lost())?;
    let first = anchor_rows.finish(writer)?;
    let (mut again, mut buffer) = (AnchorRows::new(budget), Vec::new());
    for number in versions.flagged() {
        let prepared = versions.prepared(number, &mut buffer)?;
        again.push(number, anchor_hashes(&prepared, thresholds), writer)?;
    }
    let anchors = Anchors { first, flagged: Arc::new(versions.flagged().collect()), again: again.finish(writer)? };
    Ok(Clipped { blocks: blocks.finish()?, roles, captures, bytes, clippings: clippings.finish()?, anchors, versions })
}

fn lost() -> Error {
    Error::new(ErrorKind::Internal, "a thread of the plan ended before its work")
}

fn take_apart(
    splitter: &mut Splitter,
    item: Item,
    versions: &RwLock<Versions>,
    thresholds: &Thresholds,
    limits: &Limits,
) -> Done {
    let Item { captures, row, evidence, markup } = item;
    let (url, text) = (captures.url.value(row), captures.text.value(row));
    let cut;
    let raw = match captures.raw_blocks(row) {
        Some(blocks) => blocks,
        None => {
            cut = copydesk_split::blocks(text);
            &cut
        }
    };
    let Split { blocks, clippings, masked } = match &markup {
        Some(markup) => splitter.split_marked_blocks(url, text, raw, &evidence, markup),
        None => splitter.split_blocks(url, text, raw, &evidence),
    };
    let clippings = clippings.into_iter().zip(masked).map(|(clipping, masked)| {
        let body = clipping.body_text();
        let id = body_hash(&body);
        let noted = Noted::of(&Printed::of(&clipping, &body, url, captures.fetched_at.value(row)), limits);
        let known = versions.read().is_ok_and(|versions| versions.is_known(id, &masked));
        let measured = (!known).then(|| measure(splitter, &blocks, clipping.ordinal, &masked, thresholds));
        Found { clipping, body, masked, id, noted, measured }
    });
    Done { clippings: clippings.collect(), blocks, captures, row }
}

/// What matching needs of a body. The splitter has read its words already: they are not folded again.
fn measure(splitter: &Splitter, blocks: &[Block], clipping: u32, masked: &[bool], thresholds: &Thresholds) -> Measured {
    let paragraphs = blocks.iter().filter(|block| block.role == Role::Body && block.clipping == Some(clipping));
    let (mut words, mut all) = (Vec::new(), 0);
    for (paragraph, block) in paragraphs.enumerate() {
        let keys = splitter.words_of(block.hash).unwrap_or_default();
        all += keys.len();
        if !masked.get(paragraph).copied().unwrap_or(false) {
            words.extend_from_slice(keys);
        }
    }
    let prepared = Prepared::of_words(words);
    Measured { words: all as u32, anchors: anchor_hashes(&prepared, thresholds), prepared }
}

fn anchor_hashes(prepared: &Prepared, thresholds: &Thresholds) -> Vec<u64> {
    anchors(prepared, thresholds).into_iter().map(|anchor| anchor.hash).collect()
}

/// The archive's captures in their order, from memory where this run has them.
struct Source<'s> {
    archive: &'s Archive,
    recent: &'s Recent,
    files: Vec<String>,
    batches: Box<dyn Iterator<Item = Result<Captures, Error>> + Send + 's>,
    now: Option<(Captures, usize)>,
}

impl<'s> Source<'s> {
    fn new(archive: &'s Archive, recent: &'s Recent) -> Self {
        let mut files: Vec<String> = archive.files(Table::Captures).map(|file| file.path.clone()).collect();
        files.reverse();
        Self { archive, recent, files, batches: Box::new(std::iter::empty()), now: None }
    }

    fn next(&mut self) -> Option<Result<(Captures, usize), Error>> {
        loop {
            if let Some((captures, row)) = &mut self.now
                && *row < captures.id.len()
            {
                *row += 1;
                return Some(Ok((captures.clone(), *row - 1)));
            }
            match self.batches.next() {
                Some(batch) => match batch {
                    Ok(captures) => self.now = Some((captures, 0)),
                    Err(e) => return Some(Err(e)),
                },
                None => {
                    let path = self.files.pop()?;
                    match self.open(&path) {
                        Ok(batches) => self.batches = batches,
                        Err(e) => return Some(Err(e)),
                    }
                }
            }
        }
    }

    fn open(&self, path: &str) -> Result<Box<dyn Iterator<Item = Result<Captures, Error>> + Send + 's>, Error> {
        if let Some(batches) = self.recent.get(path) {
            return Ok(Box::new(batches.iter().map(|held| Captures::of(&held.captures, Some(held.blocks.clone())))));
        }
        // Few rows at a time: a capture may be large.
        let batches = self.archive.read_file(path, None, 16)?;
        Ok(Box::new(batches.map(|batch| Captures::of(&batch?, None))))
    }
}

impl Captures {
    fn of(batch: &RecordBatch, raw: Option<Arc<Vec<RawBlock>>>) -> Result<Self, Error> {
        let text = |column| columns::texts(batch, column).cloned();
        let counts = columns::u32s(batch, 6)?;
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
            text: text(4)?,
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

#[derive(Default)]
struct BlockRows {
    capture: StringBuilder,
    ordinal: Vec<u32>,
    start: Vec<u32>,
    end: Vec<u32>,
    hash: Vec<u64>,
    role: StringBuilder,
    clipping: UInt32Builder,
}

impl BlockRows {
    fn push(&mut self, capture: &str, blocks: &[Block]) {
        self.ordinal.extend(0..blocks.len() as u32);
        self.start.extend(blocks.iter().map(|block| block.span.start));
        self.end.extend(blocks.iter().map(|block| block.span.end));
        self.hash.extend(blocks.iter().map(|block| block.hash));
        for block in blocks {
            self.capture.append_value(capture);
            self.role.append_value(block.role.name());
            self.clipping.append_option(block.clipping);
        }
    }

    fn flush_if(&mut self, rows: usize, to: &mut Sink) -> Result<(), Error> {
        if self.ordinal.len() < rows {
            return Ok(());
        }
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.capture.finish()),
            Arc::new(UInt32Array::from(std::mem::take(&mut self.ordinal))),
            Arc::new(UInt32Array::from(std::mem::take(&mut self.start))),
            Arc::new(UInt32Array::from(std::mem::take(&mut self.end))),
            Arc::new(UInt64Array::from(std::mem::take(&mut self.hash))),
            Arc::new(self.role.finish()),
            Arc::new(self.clipping.finish()),
        ];
        to.write(RecordBatch::try_new(Table::Blocks.schema(), columns)?)
    }
}

fn column(name: &str, data_type: DataType) -> Field {
    Field::new(name, data_type, false)
}

/// A clipping as the table has it, but for the story, with the number of its version in place of the version's id.
fn clipping_schema() -> SchemaRef {
    let mut fields: Vec<Arc<Field>> = Table::Clippings
        .schema()
        .fields()
        .iter()
        .filter(|f| !["story", "version", "words"].contains(&f.name().as_str()))
        .cloned()
        .collect();
    fields.push(Arc::new(column("version", DataType::UInt32)));
    fields.push(Arc::new(column("titled", DataType::Boolean)));
    Arc::new(Schema::new(fields))
}

struct ClippingRows {
    id: StringBuilder,
    capture: StringBuilder,
    url: StringBuilder,
    site: StringBuilder,
    fetched_at: StringBuilder,
    ordinal: UInt32Builder,
    headline: StringBuilder,
    kicker: StringBuilder,
    byline: StringBuilder,
    date: StringBuilder,
    published: StringBuilder,
    captions: ListBuilder<StructBuilder>,
    noted: NotedRows,
    version: UInt32Builder,
    titled: BooleanBuilder,
}

impl ClippingRows {
    fn new() -> Result<Self, Error> {
        let fields = Fields::from(vec![column("text", DataType::Utf8), column("credit", DataType::Utf8)]);
        let caption =
            StructBuilder::new(fields.clone(), vec![Box::new(StringBuilder::new()), Box::new(StringBuilder::new())]);
        let item = Field::new("item", DataType::Struct(fields), false);
        Ok(Self {
            id: StringBuilder::new(),
            capture: StringBuilder::new(),
            url: StringBuilder::new(),
            site: StringBuilder::new(),
            fetched_at: StringBuilder::new(),
            ordinal: UInt32Builder::new(),
            headline: StringBuilder::new(),
            kicker: StringBuilder::new(),
            byline: StringBuilder::new(),
            date: StringBuilder::new(),
            published: StringBuilder::new(),
            captions: ListBuilder::new(caption).with_field(item),
            noted: NotedRows::new()?,
            version: UInt32Builder::new(),
            titled: BooleanBuilder::new(),
        })
    }

    fn push(&mut self, done: &Done, found: &Found, version: u32) {
        use std::fmt::Write;
        let (captures, row, clipping) = (&done.captures, done.row, &found.clipping);
        let capture = captures.id.value(row);
        let _ = write!(self.id, "{capture}#{}", clipping.ordinal);
        self.id.append_value("");
        self.capture.append_value(capture);
        self.url.append_value(captures.url.value(row));
        self.site.append_value(captures.site.value(row));
        self.fetched_at.append_value(captures.fetched_at.value(row));
        self.ordinal.append_value(clipping.ordinal);
        self.headline.append_value(&clipping.headline);
        self.kicker.append_value(&clipping.kicker);
        self.byline.append_value(&clipping.byline);
        self.date.append_value(&clipping.date);
        self.published.append_value(&clipping.published);
        for caption in &clipping.captions {
            let item = self.captions.values();
            for (k, text) in [&caption.text, &caption.credit].into_iter().enumerate() {
                if let Some(builder) = item.field_builder::<StringBuilder>(k) {
                    builder.append_value(text);
                }
            }
            item.append(true);
        }
        self.captions.append(true);
        let (url, fetched_at) = (captures.url.value(row), captures.fetched_at.value(row));
        self.noted.push(&Printed::of(clipping, &found.body, url, fetched_at), &found.noted);
        self.version.append_value(version);
        self.titled.append_value(!clipping.headline.is_empty());
    }

    fn finish(&mut self) -> Result<RecordBatch, Error> {
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(self.id.finish()),
            Arc::new(self.capture.finish()),
            Arc::new(self.url.finish()),
            Arc::new(self.site.finish()),
            Arc::new(self.fetched_at.finish()),
            Arc::new(self.ordinal.finish()),
            Arc::new(self.headline.finish()),
            Arc::new(self.kicker.finish()),
            Arc::new(self.byline.finish()),
            Arc::new(self.date.finish()),
            Arc::new(self.published.finish()),
            Arc::new(self.captions.finish()),
        ];
        columns.extend(self.noted.finish()?);
        let [version, titled]: [ArrayRef; 2] = [Arc::new(self.version.finish()), Arc::new(self.titled.finish())];
        columns.extend([version, titled]);
        Ok(RecordBatch::try_new(clipping_schema(), columns)?)
    }
}
