//! What captures came apart into, file of captures by file of captures: rows of captures that came apart as before stay where they are.

use std::sync::{Arc, RwLock};

use copydesk_archive::{Archive, Finished, Table, Writer};
use copydesk_model::Role;

use crate::{
    Error, ErrorKind, Options, Progress, columns,
    sink::Sink,
    spool::{Spool, Spooled},
    steps::{
        anchors::AnchorRows,
        block_rows::BlockRows,
        clip::Done,
        clipping_rows::{ClippingRows, clipping_schema},
        clippings::{Changes, Piece},
        earlier::{Beside, Earlier},
        splice::{Run, splice, torn},
        split_rows::{self, SplitRow},
    },
    versions::Versions,
};

/// Rows after which a batch is handed on.
const SLAB_ROWS: usize = 8192;

/// The same of blocks that go to a file: its groups end between batches, and are short for what is packed anew of them.
const GROUP_ROWS: usize = 2048;

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
                changed: false,
                other: None,
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
        let of = self.captures_of[self.pieces.len()].clone();
        let numbers = Arc::new(old.count(self.with)?);
        if old.changed {
            self.with.archive.check(&old.beside.splits)?;
            self.write_splits(&of, &old.rows)?;
        } else {
            self.kept.push(old.beside.splits.path.clone());
        }
        let changes = match old.other.take() {
            None => {
                self.kept.push(old.beside.blocks.path);
                None
            }
            Some(other) => {
                let (blocks, clippings) = other.finish(self.with, &old.beside)?;
                self.budget = self.budget.saturating_sub(clippings.rows.held_bytes());
                self.files.push(blocks);
                Some(Arc::new(clippings))
            }
        };
        self.pieces.push(Piece::Kept { file: old.beside.clippings, numbers, changes });
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
        self.block_rows.push(done.names()[0], &done.blocks);
        clippings(with, anchors, &mut self.clipping_rows, &mut done)?;
        self.block_rows.flush_if(GROUP_ROWS, &mut self.blocks)?;
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

/// Makes the rows of a capture's clippings and returns the numbers of their versions.
fn clippings(
    with: &Assembling<'_>,
    anchors: &mut AnchorRows,
    to: &mut ClippingRows,
    done: &mut Done,
) -> Result<Vec<u32>, Error> {
    let clippings = std::mem::take(&mut done.clippings);
    let mut numbers = Vec::with_capacity(clippings.len());
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
        to.push(done.names(), &found, version);
        numbers.push(version);
    }
    Ok(numbers)
}

/// A file of captures that came apart before.
struct Old {
    beside: Beside,
    rows: Vec<SplitRow>,
    /// Whether a capture's row of `splits` is another than it was.
    changed: bool,
    /// Begun where the first capture came apart in another way.
    other: Option<Box<Other>>,
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
        if row.result != self.rows[at].result {
            let other = match &mut self.other {
                Some(other) => other,
                None => self.other.insert(Box::new(Other::new(budget)?)),
            };
            other.take(with, anchors, &self.rows, done)?;
        }
        self.rows[at] = row;
        Ok(())
    }

    /// Counts the clippings that stay and returns the numbers of the versions of all of them.
    fn count(&self, with: &Assembling<'_>) -> Result<Vec<u32>, Error> {
        let mut ids = Vec::with_capacity(self.beside.clippings.rows as usize);
        let file = with.archive.read_file(&self.beside.clippings.path, Some(&["version"]), with.options.batch_rows)?;
        for batch in file {
            let batch = batch?;
            ids.extend(columns::texts(&batch, 0)?.iter().flatten().map(|id| u128::from_str_radix(id, 16).ok()));
        }
        let mut ids = ids.into_iter();
        let mut other = self.other.iter().flat_map(|other| &other.captures).peekable();
        let mut numbers = Vec::with_capacity(ids.len());
        let mut versions = with.versions.write().map_err(|_| lost())?;
        for (place, row) in self.rows.iter().enumerate() {
            if let Some(other) = other.next_if(|other| other.place == place) {
                ids.by_ref().take(other.clippings).for_each(drop);
                numbers.extend(&other.numbers);
                continue;
            }
            for clipping in 0..row.clippings {
                let number = ids.next().flatten().and_then(|id| versions.number(id)).ok_or_else(torn)?;
                versions.count(number, row.mask(clipping));
                numbers.push(number);
            }
        }
        if ids.next().is_some() { Err(torn()) } else { Ok(numbers) }
    }
}

/// The captures of a file that came apart in another way, and their rows, which come to stand for those that they had.
struct Other {
    captures: Vec<OtherCapture>,
    /// Rows of `splits` before this one have been walked over.
    next: usize,
    block_rows: BlockRows,
    blocks: Spool,
    clipping_rows: ClippingRows,
    clippings: Spool,
    /// Of the rows of blocks and of clippings.
    runs: [Vec<Run>; 2],
    /// Rows that stay since the last run.
    stay: [usize; 2],
}

struct OtherCapture {
    place: usize,
    /// How many clippings it had.
    clippings: usize,
    /// The versions of those that it has.
    numbers: Vec<u32>,
}

impl Other {
    fn new(budget: usize) -> Result<Self, Error> {
        Ok(Self {
            captures: Vec::new(),
            next: 0,
            block_rows: BlockRows::default(),
            blocks: Spool::new(Table::Blocks.schema(), budget / 2),
            clipping_rows: ClippingRows::new()?,
            clippings: Spool::new(clipping_schema(), budget / 2),
            runs: Default::default(),
            stay: [0; 2],
        })
    }

    /// Takes the rows of a capture; `rows` are those of `splits` as they were, from this capture's on.
    fn take(
        &mut self,
        with: &Assembling<'_>,
        anchors: &mut AnchorRows,
        rows: &[SplitRow],
        mut done: Done,
    ) -> Result<(), Error> {
        let place = done.place as usize;
        let had = |row: &SplitRow| [row.outline.as_bytes().len(), row.clippings as usize];
        for row in &rows[self.next..place] {
            self.stay.iter_mut().zip(had(row)).for_each(|(stay, rows)| *stay += rows);
        }
        self.next = place + 1;
        self.block_rows.push(done.names()[0], &done.blocks);
        let numbers = clippings(with, anchors, &mut self.clipping_rows, &mut done)?;
        let go = had(&rows[place]);
        let come = [done.blocks.len(), numbers.len()];
        for (k, runs) in self.runs.iter_mut().enumerate() {
            runs.push(Run { stay: std::mem::take(&mut self.stay[k]), go: go[k], come: come[k] });
        }
        self.captures.push(OtherCapture { place, clippings: go[1], numbers });
        if self.block_rows.len() >= SLAB_ROWS {
            self.blocks.push(self.block_rows.finish()?, with.writer)?;
        }
        if self.clipping_rows.len() >= SLAB_ROWS {
            self.clippings.push(self.clipping_rows.finish()?, with.writer)?;
        }
        Ok(())
    }

    /// Writes the blocks, and returns what becomes of the clippings.
    fn finish(mut self, with: &Assembling<'_>, beside: &Beside) -> Result<(Finished, Changes), Error> {
        self.blocks.push(self.block_rows.finish()?, with.writer)?;
        self.clippings.push(self.clipping_rows.finish()?, with.writer)?;
        let [of_blocks, of_clippings] = self.runs;
        let names = Table::Blocks.schema();
        let names: Vec<&str> = names.fields().iter().map(|field| field.name().as_str()).collect();
        // It is read while it is there: what was put aside goes with it.
        let blocks = self.blocks.finish()?;
        let new = blocks.read(&names, with.options.batch_rows)?;
        let patch = with.writer.patch(&beside.blocks)?;
        let keep = |patch: &mut copydesk_archive::Patch, _| Ok(patch.keep()?);
        let blocks = splice(patch, Table::Blocks, &of_blocks, Box::new(new), keep, |rows, _| Ok(rows))?;
        let rows: Spooled = self.clippings.finish()?;
        Ok((blocks, Changes { runs: of_clippings, rows }))
    }
}

fn lost() -> Error {
    Error::new(ErrorKind::Internal, "a thread of the plan ended before its work")
}
