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
        Self { places: Vec::new(), held: Vec::with_capacity(budget), budget, file: None, archived: Vec::new() }
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
                let found = self.archived[file as usize].read(&["body"], &[row])?;
                let body = found.first().filter(|batch| batch.num_rows() == 1).ok_or_else(|| {
                    Error::new(
                        ErrorKind::Damaged,
                        "the archive's table `versions` has fewer rows than it had; `copydesk add ARCHIVE --resplit` makes it again",
                    )
                })?;
                buffer.clear();
                buffer.extend_from_slice(columns::texts(body, 0)?.value(0).as_bytes());
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

    fn here<'b>(&'b self, at: u64, bytes: usize, buffer: &'b mut Vec<u8>) -> Result<&'b [u8], Error> {
        let Some(file) = &self.file else { return Ok(&self.held[at as usize..at as usize + bytes]) };
        buffer.resize(bytes, 0);
        file.read(at, buffer)?;
        Ok(&buffer[..])
    }
}
