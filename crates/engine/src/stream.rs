use std::sync::{Arc, Mutex};

use arrow::{datatypes::SchemaRef, record_batch::RecordBatch};
use datafusion::{
    error::DataFusionError,
    execution::{SendableRecordBatchStream, TaskContext},
    physical_plan::{stream::RecordBatchStreamAdapter, streaming::PartitionStream},
};
use futures::StreamExt;
use tokio::runtime::Runtime;

use crate::{Error, session::Workers};

/// Rows on their way into a query, in batches.
pub struct Stream(pub(crate) SendableRecordBatchStream);

impl Stream {
    /// Rows that an iterator gives.
    pub fn new(schema: SchemaRef, batches: impl Iterator<Item = Result<RecordBatch, Error>> + Send + 'static) -> Self {
        Self::of(schema, Box::new(batches))
    }

    fn of(schema: SchemaRef, batches: Box<dyn Iterator<Item = Result<RecordBatch, Error>> + Send>) -> Self {
        let batches = batches.map(|batch| batch.map_err(DataFusionError::from));
        Self(Box::pin(RecordBatchStreamAdapter::new(schema, futures::stream::iter(batches))))
    }

    /// Other rows in their place: `step` is given each batch and, at the end, `None`, and gives out what is ready.
    pub fn reduced(
        self,
        schema: SchemaRef,
        step: impl FnMut(Option<&RecordBatch>) -> Result<Option<RecordBatch>, Error> + Send + 'static,
    ) -> Self {
        self.reduced_by(schema, Box::new(step))
    }

    fn reduced_by(self, schema: SchemaRef, mut step: Step) -> Self {
        let stream = self.0.map(Some).chain(futures::stream::iter([None]));
        let reduced = stream.filter_map(move |batch| {
            let out = match batch {
                Some(Ok(batch)) => step(Some(&batch)).map_err(DataFusionError::from).transpose(),
                Some(Err(e)) => Some(Err(e)),
                None => step(None).map_err(DataFusionError::from).transpose(),
            };
            futures::future::ready(out)
        });
        Self(Box::pin(RecordBatchStreamAdapter::new(schema, reduced)))
    }
}

type Step = Box<dyn FnMut(Option<&RecordBatch>) -> Result<Option<RecordBatch>, Error> + Send>;

/// The rows that answer a query, in batches, as they are found.
pub struct Rows {
    runtime: Arc<Runtime>,
    workers: Workers,
    schema: SchemaRef,
    /// `None` after its end.
    stream: Option<SendableRecordBatchStream>,
}

impl Rows {
    pub(crate) fn new(runtime: Arc<Runtime>, workers: Workers, stream: Stream) -> Self {
        Self { runtime, workers, schema: stream.0.schema(), stream: Some(stream.0) }
    }

    /// The columns.
    pub fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    /// The rows that are left, as a stream that another query can read.
    pub fn into_stream(mut self) -> Stream {
        let none = || -> SendableRecordBatchStream {
            Box::pin(RecordBatchStreamAdapter::new(self.schema.clone(), futures::stream::empty()))
        };
        Stream(self.stream.take().unwrap_or_else(none))
    }
}

impl Iterator for Rows {
    type Item = Result<RecordBatch, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut stream = self.stream.take()?;
        let next = match self.workers {
            Workers::Beside => {
                let next = self.runtime.block_on(stream.next())?;
                self.stream = Some(stream);
                next
            }
            Workers::Deep => {
                let there = async move {
                    let next = stream.next().await;
                    // Dropped there as well.
                    next.map(|next| (next, stream))
                };
                let (next, stream) = match self.runtime.block_on(self.runtime.spawn(there)) {
                    Ok(next) => next?,
                    Err(e) => return Some(Err(Error::of(e))),
                };
                self.stream = Some(stream);
                next
            }
        };
        Some(next.map_err(Error::from))
    }
}

impl Drop for Rows {
    fn drop(&mut self) {
        if let (Workers::Deep, Some(stream)) = (self.workers, self.stream.take()) {
            let _ = self.runtime.block_on(self.runtime.spawn(async move { drop(stream) }));
        }
    }
}

/// A stream that is read once.
pub(crate) struct Once {
    schema: SchemaRef,
    stream: Mutex<Option<SendableRecordBatchStream>>,
}

impl Once {
    pub(crate) fn new(stream: Stream) -> Self {
        Self { schema: stream.0.schema(), stream: Mutex::new(Some(stream.0)) }
    }
}

impl std::fmt::Debug for Once {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a stream of the plan")
    }
}

impl PartitionStream for Once {
    fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn execute(&self, _: Arc<TaskContext>) -> SendableRecordBatchStream {
        let stream = self.stream.lock().ok().and_then(|mut stream| stream.take());
        stream.unwrap_or_else(|| {
            let twice = Err(DataFusionError::Internal("a stream of the plan was read twice".to_owned()));
            Box::pin(RecordBatchStreamAdapter::new(self.schema.clone(), futures::stream::iter([twice])))
        })
    }
}
