use std::{fmt, sync::Arc};

use arrow::datatypes::SchemaRef;
use async_trait::async_trait;
use copydesk_archive::{Archive, Batches, Table};
use datafusion::{
    catalog::{Session, TableProvider},
    error::Result,
    execution::{SendableRecordBatchStream, TaskContext},
    logical_expr::{Expr, TableType},
    physical_plan::{
        ExecutionPlan,
        streaming::{PartitionStream, StreamingTableExec},
    },
};

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

#[async_trait]
impl TableProvider for ArchiveTable {
    fn schema(&self) -> SchemaRef {
        self.table.schema()
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    async fn scan(
        &self,
        _: &dyn Session,
        projection: Option<&Vec<usize>>,
        _: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let schema = match projection {
            Some(columns) => Arc::new(self.schema().project(columns)?),
            None => self.schema(),
        };
        let parts = (0..self.parts.max(1)).map(|part| -> Arc<dyn PartitionStream> {
            Arc::new(Part {
                archive: self.archive.clone(),
                table: self.table,
                schema: schema.clone(),
                batch_rows: self.batch_rows,
                part,
                parts: self.parts.max(1),
            })
        });
        Ok(Arc::new(StreamingTableExec::try_new(schema.clone(), parts.collect(), None, [], false, limit)?))
    }
}

/// One of the parts of a table; it can be read any number of times.
struct Part {
    archive: Archive,
    table: Table,
    schema: SchemaRef,
    batch_rows: usize,
    part: usize,
    parts: usize,
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "part {} of table {}", self.part, self.table)
    }
}

impl Part {
    fn read(&self) -> std::result::Result<Batches, Error> {
        let columns: Vec<&str> = self.schema.fields().iter().map(|field| field.name().as_str()).collect();
        let parts = self.archive.read_parts(self.table, Some(&columns), self.batch_rows, self.parts)?;
        Ok(parts.into_iter().nth(self.part).unwrap_or_default())
    }
}

impl PartitionStream for Part {
    fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn execute(&self, _: Arc<TaskContext>) -> SendableRecordBatchStream {
        let schema = self.schema.clone();
        match self.read() {
            // The file's own columns may be marked in other ways than the table's; the table's count.
            Ok(batches) => {
                let own = schema.clone();
                stream(schema, batches.map(move |batch| Ok(batch?.with_schema(own.clone())?)))
            }
            Err(error) => {
                let failed = std::iter::once(Err(error));
                stream(schema, failed)
            }
        }
    }
}
