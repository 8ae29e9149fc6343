//! Files that are written anew with most of their columns as they are: the packed bytes of a column that does not change go over as they
//! stand, so that a story's new id in a row costs no more than reading and writing the row's text does.

use std::{fs::File, sync::Arc};

use arrow::record_batch::RecordBatch;
use parquet::{
    arrow::{
        ArrowWriter,
        arrow_writer::{ArrowRowGroupWriterFactory, compute_leaves},
    },
    column::writer::ColumnCloseResult,
    file::{
        metadata::{PageIndexPolicy, ParquetMetaData, ParquetMetaDataReader},
        writer::SerializedFileWriter,
    },
};

use crate::{
    Error, ErrorKind, Finished, Table, TableFile, Writer,
    table_writer::{Checked, Draft, finished, properties},
};

/// Writes a file of a table from those of another one: see [`Writer::patch`].
pub struct Patch {
    table: Table,
    path: String,
    of: Option<String>,
    draft: Draft,
    to: SerializedFileWriter<Checked<File>>,
    factory: ArrowRowGroupWriterFactory,
    from: File,
    from_path: std::path::PathBuf,
    metadata: ParquetMetaData,
    group: usize,
    rows: u64,
}

impl Patch {
    pub(crate) fn begin(writer: &Writer, from: &TableFile) -> Result<Self, Error> {
        writer.archive().check(from)?;
        let from_path = writer.archive().dir().join(&from.path);
        let open = File::open(&from_path).map_err(|e| Error::opening(&from_path, &e))?;
        let metadata = ParquetMetaDataReader::new()
            .with_page_index_policy(PageIndexPolicy::Optional)
            .parse_and_finish(&open)
            .map_err(|e| Error::reading(&from_path, &e))?;
        let (path, draft, file) = writer.draft(from.table)?;
        let begun = ArrowWriter::try_new(Checked::new(file), from.table.schema(), Some(properties(from.table)))
            .and_then(ArrowWriter::into_serialized_writer);
        let (to, factory) = begun.map_err(|e| Error::writing(&draft.0, &e))?;
        Ok(Self {
            table: from.table,
            path,
            of: from.of.clone(),
            draft,
            to,
            factory,
            from: open,
            from_path,
            metadata,
            group: 0,
            rows: 0,
        })
    }

    /// Rows of each of the groups that the file is made of; the next call of [`Patch::group`] is for the first of them that is left.
    pub fn groups(&self) -> Vec<usize> {
        self.metadata.row_groups().iter().map(|group| group.num_rows() as usize).collect()
    }

    /// Writes the next group with these columns instead of its own, as many rows as it has; with all columns of the table it may also
    /// have fewer rows, or none.
    pub fn group(&mut self, columns: &RecordBatch) -> Result<(), Error> {
        let at = self.group;
        self.group += 1;
        let schema = self.table.schema();
        let whole = schema.fields().iter().all(|field| columns.column_by_name(field.name()).is_some());
        if whole && columns.num_rows() == 0 {
            return Ok(());
        }
        let from = self.metadata.row_group(at);
        if !whole && columns.num_rows() as i64 != from.num_rows() {
            return Err(Error::new(ErrorKind::Internal, "a group of rows was patched with another number of rows"));
        }
        let failed = |e: parquet::errors::ParquetError| Error::writing(&self.draft.0, &e);
        let writers = self.factory.create_column_writers(self.to.flushed_row_groups().len()).map_err(failed)?;
        let mut writers = writers.into_iter();
        let mut to = self.to.next_row_group().map_err(failed)?;
        let leaves = from.schema_descr();
        let mut leaf = 0;
        for field in schema.fields() {
            let own =
                (leaf..leaves.num_columns()).take_while(|&k| leaves.get_column_root(k).name() == field.name()).count();
            let own_writers: Vec<_> = writers.by_ref().take(own).collect();
            match columns.column_by_name(field.name()) {
                Some(values) => {
                    let values = compute_leaves(field, values).map_err(failed)?;
                    for (mut writer, values) in own_writers.into_iter().zip(values) {
                        writer.write(&values).map_err(failed)?;
                        writer.close().and_then(|chunk| chunk.append_to_row_group(&mut to)).map_err(failed)?;
                    }
                }
                None => {
                    for k in leaf..leaf + own {
                        let metadata = from.column(k).clone();
                        let close = ColumnCloseResult {
                            bytes_written: metadata.compressed_size() as u64,
                            rows_written: from.num_rows() as u64,
                            metadata,
                            bloom_filter: None,
                            column_index: None,
                            offset_index: self.metadata.offset_index().map(|index| index[at][k].clone()),
                        };
                        to.append_column(&self.from, close).map_err(|e| Error::reading(&self.from_path, &e))?;
                    }
                }
            }
            leaf += own;
        }
        let written = to.close().map_err(failed)?;
        self.rows += written.num_rows() as u64;
        Ok(())
    }

    /// Ends the file; groups that were not asked for go over as they are.
    pub fn finish(mut self) -> Result<Finished, Error> {
        let nothing = RecordBatch::new_empty(Arc::new(arrow::datatypes::Schema::empty()));
        for &rows in &self.groups()[self.group..] {
            let options = arrow::record_batch::RecordBatchOptions::new().with_row_count(Some(rows));
            let none = RecordBatch::try_new_with_options(nothing.schema(), Vec::new(), &options)
                .map_err(|e| Error::new(ErrorKind::Internal, format!("a mistake in copydesk: {e}")))?;
            self.group(&none)?;
        }
        self.to.finish().map_err(|e| Error::writing(&self.draft.0, &e))?;
        finished(self.table, self.path, self.of, self.draft, self.rows, self.to.inner_mut())
    }
}
