use std::{
    fs::File,
    hash::Hasher,
    io::{self, BufWriter, Write},
    path::PathBuf,
};

use arrow::{datatypes::SchemaRef, record_batch::RecordBatch};
use parquet::{
    arrow::ArrowWriter,
    basic::{Compression, Encoding, ZstdLevel},
    file::properties::{EnabledStatistics, WriterProperties},
    schema::types::ColumnPath,
};
use xxhash_rust::xxh3::Xxh3;

use crate::{Error, ErrorKind, GroupWriter, Table, work::AT_ONCE};

/// Writes one file of a table. Nothing of it can be seen until a commit names it; dropped unfinished, it is gone.
pub struct TableWriter {
    table: Table,
    /// Where the file will be, below the archive's directory.
    path: String,
    of: Option<String>,
    draft: Draft,
    rows: u64,
    writer: Option<ArrowWriter<Checked<File>>>,
}

/// A file that is written to its end and waits for the commit that names it; dropped before that, it is gone.
#[derive(Debug)]
pub struct Finished {
    pub(crate) table: Table,
    pub(crate) path: String,
    pub(crate) of: Option<String>,
    pub(crate) draft: Draft,
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
    pub(crate) checksum: String,
}

impl Finished {
    /// Where the file will be, below the archive's directory.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Rows in the file.
    pub fn rows(&self) -> u64 {
        self.rows
    }
}

/// A file that goes unless it was renamed or kept.
#[derive(Debug)]
pub(crate) struct Draft(pub(crate) PathBuf);

impl Draft {
    /// It stays.
    pub(crate) fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.0.as_os_str().is_empty() {
            let _ = std::fs::remove_file(&self.0);
        }
    }
}

impl TableWriter {
    pub(crate) fn create(table: Table, path: String, draft: Draft, file: File) -> Result<Self, Error> {
        let writer = ArrowWriter::try_new(Checked::new(file), table.schema(), Some(properties(table)))
            .map_err(|e| Error::writing(&draft.0, &e))?;
        Ok(Self { table, path, of: None, draft, rows: 0, writer: Some(writer) })
    }

    /// The same, of the rows that came of a file of captures.
    #[must_use]
    pub fn of(self, captures: &str) -> Self {
        Self { of: Some(captures.to_owned()), ..self }
    }

    /// The table's columns.
    pub fn schema(&self) -> SchemaRef {
        self.table.schema()
    }

    /// Appends rows.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let Some(writer) = &mut self.writer else { return Ok(()) };
        writer.write(batch).map_err(|e| Error::writing(&self.draft.0, &e))?;
        self.rows += batch.num_rows() as u64;
        Ok(())
    }

    /// The same file, of which the caller says what a group of rows is: groups can be packed on several threads.
    pub fn in_groups(mut self) -> Result<GroupWriter, Error> {
        let writer = self.writer.take().ok_or_else(twice)?;
        GroupWriter::new(self.table, self.path, self.of, self.draft, self.rows, writer)
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<Finished, Error> {
        let mut writer = self.writer.take().ok_or_else(twice)?;
        // Not `into_inner`, which turns what the disk said into a text.
        writer.finish().map_err(|e| Error::writing(&self.draft.0, &e))?;
        finished(self.table, self.path, self.of, self.draft, self.rows, writer.inner_mut())
    }
}

fn twice() -> Error {
    Error::new(ErrorKind::Internal, "a table's file was finished twice")
}

/// What a commit is told of a file that is written to its end.
pub(crate) fn finished(
    table: Table,
    path: String,
    of: Option<String>,
    draft: Draft,
    rows: u64,
    checked: &mut Checked<File>,
) -> Result<Finished, Error> {
    checked.flush().map_err(|e| Error::io("write", &draft.0, &e))?;
    let checksum = format!("{:032x}", checked.hash.digest128());
    Ok(Finished { table, path, of, draft, rows, bytes: checked.bytes, checksum })
}

/// Bytes after which a page ends of which single rows are read. It may be nearly twice as long: it is asked after as many rows as this has
/// room for.
const SHORT_PAGE: usize = 48 << 10;

/// Rows after which it is asked in any case: the next ones may be much longer. Few would be asked for each of them, in all columns.
const SHORT_BATCH: usize = 32;

pub(crate) fn properties(table: Table) -> WriterProperties {
    // Zstandard at its lowest level. On 22 MB of captures LZ4 took 44 ms where it took 54, for half as many bytes again (13.5 MB
    // to 8.9), and Snappy 60 ms; pages of 64 kB to 1 MB made no difference.
    let zstd = Compression::ZSTD(ZstdLevel::try_new(1).expect("1 is a level of Zstandard"));
    let mut properties = WriterProperties::builder()
        .set_compression(zstd)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_max_row_group_bytes(Some(table.row_group_bytes()))
        .set_created_by(format!("copydesk {}", env!("CARGO_PKG_VERSION")));
    for name in table.plain_columns() {
        let path = ColumnPath::from(name.split('.').map(str::to_owned).collect::<Vec<_>>());
        properties = properties.set_column_dictionary_enabled(path, false);
    }
    for name in table.rising_columns() {
        properties = properties.set_column_encoding(ColumnPath::from(*name), Encoding::DELTA_BINARY_PACKED);
    }
    for name in table.text_columns().iter().chain(table.rangeless_columns()) {
        properties = properties.set_column_statistics_enabled(ColumnPath::from(*name), EnabledStatistics::None);
    }
    for name in table.raw_columns() {
        properties = properties.set_column_compression(ColumnPath::from(*name), Compression::UNCOMPRESSED);
    }
    for name in table.single_columns() {
        properties = properties.set_column_data_page_size_limit(ColumnPath::from(*name), SHORT_PAGE);
    }
    if !table.single_columns().is_empty() {
        properties = properties.set_write_batch_size(SHORT_BATCH).set_data_page_row_count_limit(1024);
    }
    properties.build()
}

/// Counts and hashes what passes on its way to a file.
pub(crate) struct Checked<W: Write> {
    to: BufWriter<W>,
    hash: Box<Xxh3>,
    bytes: u64,
}

impl<W: Write> Checked<W> {
    pub(crate) fn new(to: W) -> Self {
        Self { to: BufWriter::with_capacity(AT_ONCE, to), hash: Box::new(Xxh3::new()), bytes: 0 }
    }
}

impl<W: Write> Write for Checked<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hash.write(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
