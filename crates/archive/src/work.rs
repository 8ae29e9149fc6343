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
        let writer = ArrowWriter::try_new(BufWriter::new(file), schema.clone(), Some(properties))
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
    len: u64,
}

impl WorkBytes {
    pub(crate) fn create(path: &Path) -> Result<Self, Error> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(path)
            .map_err(|e| Error::io("write", path, &e))?;
        Ok(Self { file, path: path.to_owned(), _draft: Some(Draft(path.to_owned())), len: 0 })
    }

    /// Begins a file in the system's folder for temporary files, for those who read an archive that they may not write to.
    pub fn temporary() -> Result<Self, Error> {
        let path = std::env::temp_dir();
        let file = tempfile::tempfile().map_err(|e| Error::io("write to", &path, &e))?;
        Ok(Self { file, path, _draft: None, len: 0 })
    }

    /// Appends bytes and returns where they begin.
    pub fn append(&mut self, bytes: &[u8]) -> Result<u64, Error> {
        self.file.write_all(bytes).map_err(|e| Error::io("write", &self.path, &e))?;
        let at = self.len;
        self.len += bytes.len() as u64;
        Ok(at)
    }

    /// Reads `bytes.len()` bytes from `at`; from any number of threads.
    pub fn read(&self, at: u64, bytes: &mut [u8]) -> Result<(), Error> {
        read_exact_at(&self.file, at, bytes).map_err(|e| Error::io("read", &self.path, &e))
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
