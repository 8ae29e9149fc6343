//! What captures came apart into, file of captures by file of captures: rows of captures that came apart as before stay where they are.

use std::sync::{Arc, RwLock};

use arrow::record_batch::RecordBatch;
use copydesk_archive::{Archive, Batches, Finished, Table, Writer};
use copydesk_model::Role;

use crate::{
    Error, ErrorKind, Options, Progress, columns,
    sink::Sink,
    spool::Spool,
    steps::{
        anchors::AnchorRows,
        block_rows::BlockRows,
        clip::Done,
        clipping_rows::{ClippingRows, clipping_schema, numbered},
        clippings::Piece,
        earlier::{Beside, Earlier},
        split_rows::{self, SplitRow},
    },
    versions::Versions,
};

/// Rows after which a batch is handed on.
const SLAB_ROWS: usize = 8192;

/// What the assembling of captures needs to know.
pub(crate) struct Assembling<'a> {
    pub(crate) writer: &'a Writer,
    pub(crate) archive: &'a Archive,
    pub(crate) earlier: &'a Earlier,
    pub(crate) versions: &'a RwLock<Versions>,
    pub(crate) options: &'a Options,
    pub(crate) progress: &'a dyn Progress,
}

/// Takes captures that came apart, in their order; of files that came apart before only those captures that came apart anew.
pub(crate) struct Assembler<'a> {
    with: &'a Assembling<'a>,
    /// Paths of the files of captures.
    captures_of: Vec<String>,
    now: Option<Now>,
    pub(crate) roles: [u64; Role::ALL.len()],
    pub(crate) captures: u64,
    pub(crate) bytes: u64,
    pub(crate) anchors: AnchorRows,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) files: Vec<Finished>,
    /// Paths of the archive's files that stay.
    pub(crate) kept: Vec<String>,
    /// Bytes of clippings that may still be held in memory.
    budget: usize,
}

/// The file of captures that is at hand.
enum Now {
    New(Box<Written>),
    Old(Box<Old>),
}

impl<'a> Assembler<'a> {
    pub(crate) fn new(with: &'a Assembling<'a>) -> Self {
        Self {
            with,
            captures_of: with.archive.files(Table::Captures).map(|file| file.path.clone()).collect(),
            now: None,
            roles: [0; Role::ALL.len()],
            captures: 0,
            bytes: 0,
            anchors: AnchorRows::new(with.options.for_rows()),
            pieces: Vec::new(),
            files: Vec::new(),
            kept: Vec::new(),
            budget: with.options.for_rows(),
        }
    }

    pub(crate) fn take(&mut self, done: Done) -> Result<(), Error> {
        self.forward(done.piece)?;
        let mut now = match self.now.take() {
            Some(now) => now,
            None => self.begin()?,
        };
        match &mut now {
            Now::New(to) => {
                let row = to.push(self.with, &mut self.anchors, done)?;
                to.splits.push(row);
                self.with.progress.advance(1);
            }
            Now::Old(old) => old.take(self.with, &mut self.anchors, self.budget, done)?,
        }
        self.now = Some(now);
        Ok(())
    }

    /// Ends the last file.
    pub(crate) fn finish(&mut self) -> Result<(), Error> {
        self.forward(self.captures_of.len())
    }

    /// Ends all files before the one at this place.
    fn forward(&mut self, piece: usize) -> Result<(), Error> {
        while self.pieces.len() < piece {
            let now = match self.now.take() {
                Some(now) => now,
                None => self.begin()?,
            };
            let rows = match now {
                Now::New(to) => self.end(*to)?,
                Now::Old(old) => self.end_old(*old)?,
            };
            for row in rows {
                self.captures += 1;
                self.bytes += row.bytes;
                self.roles.iter_mut().zip(row.roles).for_each(|(all, own)| *all += u64::from(own));
            }
        }
        Ok(())
    }

    fn begin(&self) -> Result<Now, Error> {
        let piece = self.pieces.len();
        match &self.with.earlier.pieces[piece] {
            None => Ok(Now::New(Box::new(Written::new(self.with, &self.captures_of[piece], self.budget)?))),
            Some(beside) => Ok(Now::Old(Box::new(Old {
                rows: split_rows::read(self.with.archive, &beside.splits, self.with.options.batch_rows)?,
                beside: beside.clone(),
                next: 0,
                changed: false,
                merge: None,
            }))),
        }
    }

    fn end(&mut self, mut to: Written) -> Result<Vec<SplitRow>, Error> {
        let rows = std::mem::take(&mut to.splits);
        self.write_splits(&to.of, &rows)?;
        let (blocks, clippings) = to.finish(self.with)?;
        self.budget = self.budget.saturating_sub(clippings.held_bytes());
        self.files.push(blocks);
        self.pieces.push(Piece::New { of: to.of, rows: clippings });
        Ok(rows)
    }

    fn end_old(&mut self, mut old: Old) -> Result<Vec<SplitRow>, Error> {
        if old.changed {
            self.with.archive.check(&old.beside.splits)?;
        }
        if let Some(mut merge) = old.merge.take() {
            let all = old.rows.len();
            merge.copy(self.with, &old.rows[old.next..all])?;
            merge.to.splits = std::mem::take(&mut old.rows);
            return self.end(merge.to);
        }
        let numbers = old.count(self.with)?;
        if old.changed {
            self.write_splits(&self.captures_of[self.pieces.len()].clone(), &old.rows)?;
        } else {
            self.kept.push(old.beside.splits.path.clone());
        }
        self.kept.push(old.beside.blocks.path);
        self.pieces.push(Piece::Kept { file: old.beside.clippings, numbers: Arc::new(numbers) });
        Ok(old.rows)
    }

    fn write_splits(&mut self, of: &str, rows: &[SplitRow]) -> Result<(), Error> {
        let mut table = self.with.writer.table(Table::Splits)?.of(of);
        split_rows::write(rows.iter(), &mut table)?;
        self.files.push(table.finish()?);
        Ok(())
    }
}

/// A file of captures of which all rows are written.
struct Written {
    /// Its path.
    of: String,
    block_rows: BlockRows,
    blocks: Sink,
    clipping_rows: ClippingRows,
    clippings: Spool,
    splits: Vec<SplitRow>,
}

impl Written {
    fn new(with: &Assembling<'_>, of: &str, budget: usize) -> Result<Self, Error> {
        Ok(Self {
            of: of.to_owned(),
            block_rows: BlockRows::default(),
            blocks: Sink::new(with.writer.table(Table::Blocks)?.of(of), with.options.threads),
            clipping_rows: ClippingRows::new()?,
            clippings: Spool::new(clipping_schema(), budget),
            splits: Vec::new(),
        })
    }

    /// Takes the rows of a capture and returns what is kept of how it came apart.
    fn push(&mut self, with: &Assembling<'_>, anchors: &mut AnchorRows, mut done: Done) -> Result<SplitRow, Error> {
        let row = done.split_row();
        let clippings = std::mem::take(&mut done.clippings);
        let capture = done.names();
        self.block_rows.push(capture[0], &done.blocks);
        for mut found in clippings {
            let (prepared, hashes) = match found.measured.take() {
                Some(measured) => (Some((measured.words, measured.prepared)), measured.anchors),
                None => (None, Vec::new()),
            };
            let (version, new) = {
                let mut versions = with.versions.write().map_err(|_| lost())?;
                versions.add(found.id, &found.body, &found.masked, prepared, &found.notes, with.writer)?
            };
            if new {
                anchors.push(version, hashes, with.writer)?;
            }
            self.clipping_rows.push(capture, &found, version);
        }
        self.block_rows.flush_if(SLAB_ROWS, &mut self.blocks)?;
        if self.clipping_rows.len() >= SLAB_ROWS {
            self.clippings.push(self.clipping_rows.finish()?, with.writer)?;
        }
        Ok(row)
    }

    fn finish(&mut self, with: &Assembling<'_>) -> Result<(Finished, crate::spool::Spooled), Error> {
        self.block_rows.flush_if(1, &mut self.blocks)?;
        self.clippings.push(self.clipping_rows.finish()?, with.writer)?;
        let clippings = std::mem::replace(&mut self.clippings, Spool::new(clipping_schema(), 0));
        let blocks = std::mem::replace(&mut self.blocks, Sink::ended());
        Ok((blocks.finish()?, clippings.finish()?))
    }
}

/// A file of captures that came apart before.
struct Old {
    beside: Beside,
    rows: Vec<SplitRow>,
    /// Captures before this one have their rows in `merge`, if there is any.
    next: usize,
    /// Whether a capture's row of `splits` is another than it was.
    changed: bool,
    /// Begun where the first capture came apart in another way.
    merge: Option<Merge>,
}

impl Old {
    /// A capture that was taken apart again.
    fn take(
        &mut self,
        with: &Assembling<'_>,
        anchors: &mut AnchorRows,
        budget: usize,
        done: Done,
    ) -> Result<(), Error> {
        let at = done.place as usize;
        self.changed = true;
        let row = done.split_row();
        if row.result == self.rows[at].result {
            self.rows[at] = row;
            return Ok(());
        }
        let mut merge = match self.merge.take() {
            Some(merge) => merge,
            None => Merge::begin(with, &self.beside, budget)?,
        };
        merge.copy(with, &self.rows[self.next..at])?;
        merge.pass(&self.rows[at])?;
        self.rows[at] = merge.to.push(with, anchors, done)?;
        self.next = at + 1;
        self.merge = Some(merge);
        Ok(())
    }

    /// Counts the clippings and returns the numbers of their versions.
    fn count(&self, with: &Assembling<'_>) -> Result<Vec<u32>, Error> {
        let mut numbers = Vec::with_capacity(self.beside.clippings.rows as usize);
        let file = with.archive.read_file(&self.beside.clippings.path, Some(&["version"]), with.options.batch_rows)?;
        let mut masks = masks(&self.rows);
        for batch in file {
            numbers.extend(count(with, &batch?, &mut masks)?);
        }
        Ok(numbers)
    }
}

/// The flags of each clipping of some captures.
fn masks(rows: &[SplitRow]) -> impl Iterator<Item = &[bool]> {
    rows.iter().flat_map(|row| (0..row.clippings).map(|clipping| row.mask(clipping)))
}

/// Counts clippings by the ids of their versions.
fn count<'m>(
    with: &Assembling<'_>,
    batch: &RecordBatch,
    masks: &mut impl Iterator<Item = &'m [bool]>,
) -> Result<Vec<u32>, Error> {
    let mut versions = with.versions.write().map_err(|_| lost())?;
    let column = batch.schema().index_of("version")?;
    let mut numbers = Vec::with_capacity(batch.num_rows());
    for id in columns::texts(batch, column)?.iter().flatten() {
        let number = u128::from_str_radix(id, 16).ok().and_then(|id| versions.number(id));
        let (Some(number), Some(mask)) = (number, masks.next()) else { return Err(torn()) };
        versions.count(number, mask);
        numbers.push(number);
    }
    Ok(numbers)
}

/// The rows that a file had, and those of captures that came apart in another way.
struct Merge {
    to: Written,
    blocks: Cursor,
    clippings: Cursor,
}

impl Merge {
    fn begin(with: &Assembling<'_>, beside: &Beside, budget: usize) -> Result<Self, Error> {
        let of = beside.splits.of.as_deref().unwrap_or_default();
        for file in [&beside.blocks, &beside.clippings] {
            with.archive.check(file)?;
        }
        let open = |path: &str| with.archive.read_file(path, None, with.options.batch_rows);
        Ok(Self {
            to: Written::new(with, of, budget)?,
            blocks: Cursor::new(open(&beside.blocks.path)?),
            clippings: Cursor::new(open(&beside.clippings.path)?),
        })
    }

    /// Takes over the rows of the next captures.
    fn copy(&mut self, with: &Assembling<'_>, rows: &[SplitRow]) -> Result<(), Error> {
        if rows.is_empty() {
            return Ok(());
        }
        let Written { block_rows, blocks, clipping_rows, clippings, .. } = &mut self.to;
        block_rows.flush_if(1, blocks)?;
        self.blocks.take(rows.iter().map(|row| row.outline.as_bytes().len()).sum(), |batch| {
            blocks.write(batch.with_schema(Table::Blocks.schema())?)
        })?;
        if clipping_rows.len() > 0 {
            clippings.push(clipping_rows.finish()?, with.writer)?;
        }
        let mut masks = masks(rows);
        self.clippings.take(rows.iter().map(|row| row.clippings as usize).sum(), |batch| {
            let numbers = count(with, &batch, &mut masks)?;
            clippings.push(numbered(&batch, numbers)?, with.writer)
        })
    }

    /// Passes over the rows that a capture had.
    fn pass(&mut self, row: &SplitRow) -> Result<(), Error> {
        self.blocks.take(row.outline.as_bytes().len(), |_| Ok(()))?;
        self.clippings.take(row.clippings as usize, |_| Ok(()))
    }
}

/// Rows of a file, taken a few at a time.
struct Cursor {
    batches: Batches,
    rest: Option<RecordBatch>,
}

impl Cursor {
    fn new(batches: Batches) -> Self {
        Self { batches, rest: None }
    }

    fn take(&mut self, mut rows: usize, mut each: impl FnMut(RecordBatch) -> Result<(), Error>) -> Result<(), Error> {
        while rows > 0 {
            let batch = match self.rest.take() {
                Some(rest) => rest,
                None => self.batches.next().ok_or_else(torn)??,
            };
            let now = rows.min(batch.num_rows());
            if now < batch.num_rows() {
                self.rest = Some(batch.slice(now, batch.num_rows() - now));
            }
            each(batch.slice(0, now))?;
            rows -= now;
        }
        Ok(())
    }
}

fn lost() -> Error {
    Error::new(ErrorKind::Internal, "a thread of the plan ended before its work")
}

fn torn() -> Error {
    Error::new(
        ErrorKind::Damaged,
        "the archive's derived tables do not belong together; `copydesk add ARCHIVE --resplit` works them out anew",
    )
}
