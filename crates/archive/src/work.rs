use std::{
    fs::{File, OpenOptions},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use arrow::{datatypes::SchemaRef, record_batch::RecordBatch};
use parquet::{
    arrow::ArrowWriter,
    basic::Compression,
    file::properties::{EnabledStatistics, WriterProperties},
};

use crate::{Batches, Error, batches, table_writer::Draft};

/// Writes rows that a running `add` cannot hold in memory. The file is nobody else's and goes when it is dropped.
pub struct WorkWriter {
    schema: SchemaRef,
    draft: Draft,
    writer: ArrowWriter<BufWriter<File>>,
}

/// Rows that were put aside, to be read again.
#[derive(Debug)]
pub struct WorkFile {
    schema: SchemaRef,
    draft: Draft,
}

impl WorkWriter {
    pub(crate) fn create(path: PathBuf, schema: SchemaRef) -> Result<Self, Error> {
        // Written once and read once or twice on the same machine: packing would cost more than it saves.
        let properties = WriterProperties::builder()
            .set_compression(Compression::UNCOMPRESSED)
            .set_dictionary_enabled(false)
            .set_statistics_enabled(EnabledStatistics::None)
            .set_max_row_group_bytes(Some(8 << 20))
            .build();
        let file = File::create(&path).map_err(|e| Error::io("write", &path, &e))?;
        let draft = Draft(path);
        let writer = ArrowWriter::try_new(BufWriter::with_capacity(AT_ONCE, file), schema.clone(), Some(properties))
            .map_err(|e| Error::writing(&draft.0, &e))?;
        Ok(Self { schema, draft, writer })
    }

    /// Appends rows.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        self.writer.write(batch).map_err(|e| Error::writing(&self.draft.0, &e))
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<WorkFile, Error> {
        self.writer.finish().map_err(|e| Error::writing(&self.draft.0, &e))?;
        self.writer.inner_mut().flush().map_err(|e| Error::io("write", &self.draft.0, &e))?;
        Ok(WorkFile { schema: self.schema, draft: self.draft })
    }
}

impl WorkFile {
    /// The rows in their order.
    pub fn read(&self, columns: Option<&[&str]>, batch_rows: usize) -> Result<Batches, Error> {
        let parts = batches::parts(std::slice::from_ref(&self.draft.0), Some(&self.schema), columns, batch_rows, 1)?;
        Ok(parts.into_iter().next().unwrap_or_default())
    }
}

/// Bytes that a running `add` cannot hold in memory, written one after the other and read anywhere.
#[derive(Debug)]
pub struct WorkBytes {
    file: File,
    path: PathBuf,
    _draft: Option<Draft>,
    /// Bytes in the file.
    written: u64,
    /// What follows them, until it is [`AT_ONCE`].
    rest: Vec<u8>,
}

/// Bytes that go to a file at once: in pieces of a few thousand, each at any place in a page of memory, they cost the system four times as
/// much.
pub(crate) const AT_ONCE: usize = 256 << 10;

impl WorkBytes {
    pub(crate) fn create(path: &Path) -> Result<Self, Error> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(path)
            .map_err(|e| Error::io("write", path, &e))?;
        Ok(Self::new(file, path.to_owned(), Some(Draft(path.to_owned()))))
    }

    /// Begins a file in the system's folder for temporary files, for those who read an archive that they may not write to.
    pub fn temporary() -> Result<Self, Error> {
        let path = std::env::temp_dir();
        let file = tempfile::tempfile().map_err(|e| Error::io("write to", &path, &e))?;
        Ok(Self::new(file, path, None))
    }

    fn new(file: File, path: PathBuf, draft: Option<Draft>) -> Self {
        Self { file, path, _draft: draft, written: 0, rest: Vec::with_capacity(AT_ONCE) }
    }

    /// Appends bytes and returns where they begin.
    pub fn append(&mut self, mut bytes: &[u8]) -> Result<u64, Error> {
        let at = self.written + self.rest.len() as u64;
        while self.rest.len() + bytes.len() >= AT_ONCE {
            let (now, later) = bytes.split_at(AT_ONCE - self.rest.len());
            self.rest.extend_from_slice(now);
            self.file.write_all(&self.rest).map_err(|e| Error::io("write", &self.path, &e))?;
            self.written += AT_ONCE as u64;
            self.rest.clear();
            bytes = later;
        }
        self.rest.extend_from_slice(bytes);
        Ok(at)
    }

    /// Reads `bytes.len()` bytes from `at`; from any number of threads.
    pub fn read(&self, at: u64, bytes: &mut [u8]) -> Result<(), Error> {
        let in_file = self.written.saturating_sub(at).min(bytes.len() as u64) as usize;
        let (first, last) = bytes.split_at_mut(in_file);
        let from = at.saturating_sub(self.written) as usize;
        if !first.is_empty() {
            read_exact_at(&self.file, at, first).map_err(|e| Error::io("read", &self.path, &e))?;
        }
        let lacks = || Error::io("read", &self.path, &std::io::ErrorKind::UnexpectedEof.into());
        last.copy_from_slice(self.rest.get(from..from + last.len()).ok_or_else(lacks)?);
        Ok(())
    }
}

#[cfg(unix)]
fn read_exact_at(file: &File, at: u64, bytes: &mut [u8]) -> std::io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn read_exact_at(file: &File, mut at: u64, mut bytes: &mut [u8]) -> std::io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, at)? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            n => {
                at += n as u64;
                bytes = &mut bytes[n..];
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_wherever_they_are() {
        let mut work = WorkBytes::temporary().unwrap();
        let byte = |at: usize| ((at * 31) >> 3) as u8;
        let (mut len, mut parts) = (0, Vec::new());
        for bytes in [0, 1, 3_000, AT_ONCE - 3_001, AT_ONCE, 1, 3 * AT_ONCE + 5, 70_000, 0, 2 * AT_ONCE] {
            let part: Vec<u8> = (len..len + bytes).map(byte).collect();
            assert_eq!(work.append(&part).unwrap(), len as u64);
            parts.push((len, bytes));
            len += bytes;
            for &(at, bytes) in &parts {
                // also over the edge of what is in the file
                for (at, bytes) in [(at, bytes), (at / 2, len - at / 2)] {
                    let mut read = vec![0; bytes];
                    work.read(at as u64, &mut read).unwrap();
                    assert!(
                        read.iter().enumerate().all(|(k, &found)| found == byte(at + k)),
                        "{bytes} bytes from {at}"
                    );
                }
            }
        }
        assert!(work.read(len as u64 - 1, &mut [0; 2]).is_err());
    }
}
