use std::{fmt, sync::Arc};

use arrow::datatypes::SchemaRef;
use async_trait::async_trait;
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

use crate::Stream;

/// A table that queries can read any number of times, in parts that can be read at the same time.
pub trait Table: fmt::Debug + Send + Sync {
    /// All columns.
    fn schema(&self) -> SchemaRef;
    /// How many parts it is read in, at least one.
    fn parts(&self) -> usize;
    /// The rows of one part, of the given columns and in their order.
    fn read(&self, part: usize, columns: &SchemaRef) -> Stream;
}

/// A table as the engine sees it.
#[derive(Debug)]
pub(crate) struct Provider(pub(crate) Arc<dyn Table>);

#[async_trait]
impl TableProvider for Provider {
    fn schema(&self) -> SchemaRef {
        self.0.schema()
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
        let parts = (0..self.0.parts()).map(|part| -> Arc<dyn PartitionStream> {
            Arc::new(Part { table: self.0.clone(), schema: schema.clone(), part })
        });
        Ok(Arc::new(StreamingTableExec::try_new(schema.clone(), parts.collect(), None, [], false, limit)?))
    }
}

#[derive(Debug)]
struct Part {
    table: Arc<dyn Table>,
    schema: SchemaRef,
    part: usize,
}

impl PartitionStream for Part {
    fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn execute(&self, _: Arc<TaskContext>) -> SendableRecordBatchStream {
        self.table.read(self.part, &self.schema).0
    }
}
