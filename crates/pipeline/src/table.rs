use std::fmt;

use arrow::datatypes::SchemaRef;
use copydesk_archive::{Archive, Batches, Table};
use copydesk_engine::Stream;

use crate::{Error, engine::stream};

/// A table of an archive as the engine sees it: read by the archive, only the columns that a query names, in parts that can be
/// read at the same time.
pub(crate) struct ArchiveTable {
    pub(crate) archive: Archive,
    pub(crate) table: Table,
    pub(crate) batch_rows: usize,
    pub(crate) parts: usize,
}

impl fmt::Debug for ArchiveTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "table {}", self.table)
    }
}

impl ArchiveTable {
    fn part(&self, part: usize, columns: &SchemaRef) -> Result<Batches, Error> {
        let columns: Vec<&str> = columns.fields().iter().map(|field| field.name().as_str()).collect();
        let parts = self.archive.read_parts(self.table, Some(&columns), self.batch_rows, self.parts)?;
        Ok(parts.into_iter().nth(part).unwrap_or_default())
    }
}

impl copydesk_engine::Table for ArchiveTable {
    fn schema(&self) -> SchemaRef {
        self.table.schema()
    }

    fn parts(&self) -> usize {
        self.parts.max(1)
    }

    fn read(&self, part: usize, columns: &SchemaRef) -> Stream {
        match self.part(part, columns) {
            // The file's own columns may be marked in other ways than the table's; the table's count.
            Ok(batches) => {
                let own = columns.clone();
                stream(columns.clone(), batches.map(move |batch| Ok(batch?.with_schema(own.clone())?)))
            }
            Err(error) => stream(columns.clone(), std::iter::once(Err(error))),
        }
    }
}
