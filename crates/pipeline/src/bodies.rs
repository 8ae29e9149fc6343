use copydesk_archive::{Archive, Singles, TableFile, WorkBytes};

use crate::{Error, ErrorKind, columns};

/// The versions' texts, by number: in memory while they fit, in a file when they do not. Those that stand in the archive already are
/// read there when they are asked for.
pub(crate) struct Bodies {
    places: Vec<Place>,
    held: String,
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
    },
    /// In the archive's table of versions.
    There {
        file: u32,
        row: u32,
    },
}

impl Bodies {
    pub(crate) fn new(budget: usize) -> Self {
        // Room that is not used costs nothing; growing would copy what is there.
        Self { places: Vec::new(), held: String::with_capacity(budget), budget, file: None, archived: Vec::new() }
    }

    /// The next versions are those of a file of the archive.
    pub(crate) fn archived(&mut self, archive: &Archive, versions: &TableFile) -> Result<(), Error> {
        let file = self.archived.len() as u32;
        self.archived.push(archive.singles(&versions.path)?);
        self.places.extend((0..versions.rows as u32).map(|row| Place::There { file, row }));
        Ok(())
    }

    /// Appends the body of the next version. `aside` makes the file for what does not fit.
    pub(crate) fn push(
        &mut self,
        text: &str,
        aside: impl FnOnce() -> Result<WorkBytes, copydesk_archive::Error>,
    ) -> Result<(), Error> {
        let place = self.keep(text, aside)?;
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
        self.places[version as usize] = self.keep(text, aside)?;
        Ok(())
    }

    fn keep(
        &mut self,
        text: &str,
        aside: impl FnOnce() -> Result<WorkBytes, copydesk_archive::Error>,
    ) -> Result<Place, Error> {
        let fits = self.held.len() + text.len() <= self.budget;
        let at = match &mut self.file {
            Some(file) => file.append(text.as_bytes())?,
            None if fits => {
                self.held.push_str(text);
                (self.held.len() - text.len()) as u64
            }
            None => {
                let mut file = aside()?;
                file.append(std::mem::take(&mut self.held).as_bytes())?;
                self.file.insert(file).append(text.as_bytes())?
            }
        };
        Ok(Place::Here { at, bytes: text.len() as u32 })
    }

    /// The body of a version.
    pub(crate) fn get<'b>(&'b self, version: u32, buffer: &'b mut Vec<u8>) -> Result<&'b str, Error> {
        let bytes = match (self.places[version as usize], &self.file) {
            (Place::Here { at, bytes }, None) => {
                return Ok(self.held.get(at as usize..at as usize + bytes as usize).unwrap_or_default());
            }
            (Place::Here { at, bytes }, Some(file)) => {
                buffer.resize(bytes as usize, 0);
                file.read(at, buffer)?;
                &buffer[..]
            }
            (Place::There { file, row }, _) => {
                let found = self.archived[file as usize].read(&["body"], &[row])?;
                let body = found.first().filter(|batch| batch.num_rows() == 1).ok_or_else(|| {
                    Error::new(ErrorKind::Damaged, "the archive's table `versions` has fewer rows than it had")
                })?;
                buffer.clear();
                buffer.extend_from_slice(columns::texts(body, 0)?.value(0).as_bytes());
                &buffer[..]
            }
        };
        Ok(std::str::from_utf8(bytes).unwrap_or_default())
    }
}
