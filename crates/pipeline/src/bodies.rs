use std::{collections::VecDeque, ops::Range, sync::Mutex};

use arrow::array::{Array, StringArray};
use copydesk_archive::{Archive, Singles, TableFile, WorkBytes};

use crate::{Error, ErrorKind, columns};

/// The versions' texts, by number, and what was read of those that are new: in memory while they fit, in a file when they do not. Those that stand in the archive already are
/// read there when they are asked for.
pub(crate) struct Bodies {
    places: Vec<Place>,
    held: Vec<u8>,
    budget: usize,
    file: Option<WorkBytes>,
    archived: Vec<Singles>,
    /// What was read of the archive last. Versions of a story stand next to each other there, and are asked for one after the other.
    pages: Mutex<VecDeque<Page>>,
}

/// Bytes of pages that are held: about a hundred of them.
const PAGES: usize = 8 << 20;

/// Bodies that stand in the archive next to each other.
struct Page {
    file: u32,
    rows: Range<u32>,
    bodies: StringArray,
}

/// Where a body stands.
#[derive(Clone, Copy)]
enum Place {
    Here {
        at: u64,
        bytes: u32,
        /// Bytes behind it: what was read of it.
        notes: u16,
    },
    /// In the archive's table of versions.
    There { file: u32, row: u32 },
}

impl Bodies {
    pub(crate) fn new(budget: usize) -> Self {
        // Room that is not used costs nothing; growing would copy what is there.
        Self {
            places: Vec::new(),
            held: Vec::with_capacity(budget),
            budget,
            file: None,
            archived: Vec::new(),
            pages: Mutex::default(),
        }
    }

    /// The next versions are those of a file of the archive.
    pub(crate) fn archived(&mut self, archive: &Archive, versions: &TableFile) -> Result<(), Error> {
        let file = self.archived.len() as u32;
        self.archived.push(archive.singles(&versions.path)?);
        self.places.extend((0..versions.rows as u32).map(|row| Place::There { file, row }));
        Ok(())
    }

    /// Appends the body of the next version, and what was read of it. `aside` makes the file for what does not fit.
    pub(crate) fn push(
        &mut self,
        text: &str,
        notes: &[u8],
        aside: impl FnOnce() -> Result<WorkBytes, copydesk_archive::Error>,
    ) -> Result<(), Error> {
        let place = self.keep(text, notes, aside)?;
        self.places.push(place);
        Ok(())
    }

    /// Takes over the body of a version that stands in the archive: many are read faster one after the other than each alone.
    pub(crate) fn take_over(
        &mut self,
        version: u32,
        text: &str,
        aside: impl FnOnce() -> Result<WorkBytes, copydesk_archive::Error>,
    ) -> Result<(), Error> {
        self.places[version as usize] = self.keep(text, &[], aside)?;
        Ok(())
    }

    fn keep(
        &mut self,
        text: &str,
        notes: &[u8],
        aside: impl FnOnce() -> Result<WorkBytes, copydesk_archive::Error>,
    ) -> Result<Place, Error> {
        // What is longer is read of the body again.
        let (notes, kept) = u16::try_from(notes.len()).map_or((&[][..], 0), |kept| (notes, kept));
        let bytes = text.len() + notes.len();
        if self.file.is_none() && self.held.len() + bytes > self.budget {
            let mut file = aside()?;
            file.append(&std::mem::take(&mut self.held))?;
            self.file = Some(file);
        }
        let at = match &mut self.file {
            Some(file) => {
                let at = file.append(text.as_bytes())?;
                if kept > 0 {
                    file.append(notes)?;
                }
                at
            }
            None => {
                let at = self.held.len() as u64;
                self.held.extend_from_slice(text.as_bytes());
                self.held.extend_from_slice(notes);
                at
            }
        };
        Ok(Place::Here { at, bytes: text.len() as u32, notes: kept })
    }

    /// The body of a version.
    pub(crate) fn get<'b>(&'b self, version: u32, buffer: &'b mut Vec<u8>) -> Result<&'b str, Error> {
        let bytes = match self.places[version as usize] {
            Place::Here { at, bytes, .. } => self.here(at, bytes as usize, buffer)?,
            Place::There { file, row } => {
                buffer.clear();
                self.there(file, row, buffer)?;
                &buffer[..]
            }
        };
        Ok(std::str::from_utf8(bytes).unwrap_or_default())
    }

    /// The body of a version, and what was read of it; nothing where that is not known.
    pub(crate) fn with_notes<'b>(
        &'b self,
        version: u32,
        buffer: &'b mut Vec<u8>,
    ) -> Result<(&'b str, &'b [u8]), Error> {
        let Place::Here { at, bytes, notes } = self.places[version as usize] else {
            return Ok((self.get(version, buffer)?, &[]));
        };
        let (body, notes) = self.here(at, bytes as usize + notes as usize, buffer)?.split_at(bytes as usize);
        Ok((std::str::from_utf8(body).unwrap_or_default(), notes))
    }

    /// Appends the body of a row of a file of the archive.
    fn there(&self, file: u32, row: u32, buffer: &mut Vec<u8>) -> Result<(), Error> {
        let lost = || Error::new(ErrorKind::Internal, "a thread of the plan ended before its work");
        let mut take = |page: &Page| {
            buffer.extend_from_slice(page.bodies.value((row - page.rows.start) as usize).as_bytes());
        };
        let pages = self.pages.lock().map_err(|_| lost())?;
        if let Some(page) = pages.iter().find(|page| page.file == file && page.rows.contains(&row)) {
            take(page);
            return Ok(());
        }
        drop(pages);
        let stored = &self.archived[file as usize];
        let page = stored.page("body", row);
        // No more of a page of short bodies than comes in one batch.
        let rows = page.start.max(row.saturating_sub(512))..page.end.min(row + 512);
        let found = stored.read(&["body"], &rows.clone().collect::<Vec<u32>>())?;
        let found = found.first().filter(|batch| batch.num_rows() == rows.len()).ok_or_else(|| {
            Error::new(
                ErrorKind::Damaged,
                "the archive's table `versions` has fewer rows than it had; `copydesk add ARCHIVE --resplit` makes it again",
            )
        })?;
        let page = Page { file, rows, bodies: columns::texts(found, 0)?.clone() };
        take(&page);
        let mut pages = self.pages.lock().map_err(|_| lost())?;
        let mut room = PAGES;
        pages.retain(|page| {
            let fits = room.checked_sub(page.bodies.get_array_memory_size());
            room = fits.unwrap_or(0);
            fits.is_some()
        });
        pages.push_front(page);
        Ok(())
    }

    fn here<'b>(&'b self, at: u64, bytes: usize, buffer: &'b mut Vec<u8>) -> Result<&'b [u8], Error> {
        let Some(file) = &self.file else { return Ok(&self.held[at as usize..at as usize + bytes]) };
        buffer.resize(bytes, 0);
        file.read(at, buffer)?;
        Ok(&buffer[..])
    }
}
