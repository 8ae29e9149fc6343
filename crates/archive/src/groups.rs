//! Files of a table whose groups of rows are packed beside each other: packing is most of the work of writing texts, and a group needs
//! nothing of those before it.

use std::{fs::File, path::PathBuf, sync::Arc};

use arrow::{datatypes::SchemaRef, record_batch::RecordBatch};
use parquet::{
    arrow::{
        ArrowWriter,
        arrow_writer::{ArrowColumnChunk, ArrowRowGroupWriterFactory, compute_leaves},
    },
    file::writer::SerializedFileWriter,
};

use crate::{
    Error, Finished, Table,
    table_writer::{Checked, Draft, finished},
};

/// Writes one file of a table, a group of rows at a time: see [`TableWriter::in_groups`](crate::TableWriter::in_groups).
pub struct GroupWriter {
    table: Table,
    path: String,
    of: Option<String>,
    draft: Draft,
    rows: u64,
    to: SerializedFileWriter<Checked<File>>,
    packer: Packer,
}

/// Packs rows for a [`GroupWriter`], on any thread.
#[derive(Clone)]
pub struct Packer {
    factory: Arc<ArrowRowGroupWriterFactory>,
    schema: SchemaRef,
    draft: PathBuf,
}

/// A group of rows as it will stand in the file.
pub struct Packed {
    columns: Vec<ArrowColumnChunk>,
    rows: usize,
}

impl GroupWriter {
    pub(crate) fn new(
        table: Table,
        path: String,
        of: Option<String>,
        draft: Draft,
        rows: u64,
        writer: ArrowWriter<Checked<File>>,
    ) -> Result<Self, Error> {
        let (to, factory) = writer.into_serialized_writer().map_err(|e| Error::writing(&draft.0, &e))?;
        let packer = Packer { factory: Arc::new(factory), schema: table.schema(), draft: draft.0.clone() };
        Ok(Self { table, path, of, draft, rows, to, packer })
    }

    /// What packs rows for this file.
    pub fn packer(&self) -> Packer {
        self.packer.clone()
    }

    /// Appends a group of rows.
    pub fn append(&mut self, group: Packed) -> Result<(), Error> {
        if group.rows == 0 {
            return Ok(());
        }
        self.rows += group.rows as u64;
        let append = || {
            let mut to = self.to.next_row_group()?;
            group.columns.into_iter().try_for_each(|column| column.append_to_row_group(&mut to))?;
            to.close().map(|_| ())
        };
        append().map_err(|e| Error::writing(&self.draft.0, &e))
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<Finished, Error> {
        self.to.finish().map_err(|e| Error::writing(&self.draft.0, &e))?;
        finished(self.table, self.path, self.of, self.draft, self.rows, self.to.inner_mut())
    }
}

impl Packer {
    /// Packs the rows of a group.
    pub fn pack(&self, batch: &RecordBatch) -> Result<Packed, Error> {
        let pack = || {
            let mut writers = self.factory.create_column_writers(0)?.into_iter();
            let mut columns = Vec::with_capacity(writers.len());
            for (field, values) in self.schema.fields().iter().zip(batch.columns()) {
                for (leaf, mut writer) in compute_leaves(field, values)?.iter().zip(writers.by_ref()) {
                    writer.write(leaf)?;
                    columns.push(writer.close()?);
                }
            }
            Ok(Packed { columns, rows: batch.num_rows() })
        };
        pack().map_err(|e| Error::writing(&self.draft, &e))
    }
}
