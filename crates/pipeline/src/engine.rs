use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use arrow::{datatypes::SchemaRef, record_batch::RecordBatch};
use datafusion::{
    catalog::streaming::StreamingTable,
    error::DataFusionError,
    execution::{
        SendableRecordBatchStream, TaskContext,
        disk_manager::{DiskManagerBuilder, DiskManagerMode},
        memory_pool::FairSpillPool,
        runtime_env::{RuntimeEnv, RuntimeEnvBuilder},
        session_state::SessionStateBuilder,
    },
    physical_plan::{stream::RecordBatchStreamAdapter, streaming::PartitionStream},
    prelude::{SQLOptions, SessionConfig, SessionContext},
};
use futures::{Stream, StreamExt};
use tokio::runtime::Runtime;

use crate::{Error, ErrorKind, Options, functions};

/// The embedded engine: runs queries over streams of batches, within bounds of memory and threads.
pub(crate) struct Engine {
    runtime: Arc<Runtime>,
    context: SessionContext,
    memory: usize,
    mode: DiskManagerMode,
}

/// Where the engine puts aside what its memory does not hold.
pub(crate) enum Spill<'p> {
    /// A folder of ours.
    Folder(&'p Path),
    /// The system's folder for temporary files.
    System,
}

impl Engine {
    pub(crate) fn new(options: &Options, memory: usize, spill: Spill<'_>) -> Result<Self, Error> {
        let threads = options.threads.max(1);
        // One thread needs no workers: the engine then runs on the thread that asks for rows.
        let mut builder = if threads == 1 {
            tokio::runtime::Builder::new_current_thread()
        } else {
            tokio::runtime::Builder::new_multi_thread()
        };
        let runtime = builder
            .worker_threads(threads)
            .build()
            .map_err(|e| Error::new(ErrorKind::Internal, format!("cannot start the engine's threads: {e}")))?;
        // Each of the plan's queries sorts one stream; what others ask may sort many, which all reserve as much.
        let (mode, sorts) = match spill {
            Spill::Folder(path) => (DiskManagerMode::Directories(vec![path.to_owned()]), 4),
            Spill::System => (DiskManagerMode::OsTmpDirectory, 32),
        };
        let environment = environment(memory, &mode)?;
        let mut config = SessionConfig::new()
            .with_target_partitions(threads)
            .with_batch_size(options.batch_rows.max(1))
            .with_collect_statistics(false)
            .with_information_schema(true);
        let execution = &mut config.options_mut().execution;
        // All that is held is sorted at once. The other way, merging batches that were sorted one by one, is several times slower, and
        // fails in little memory: what is sorted is counted again as it comes out, until nothing is left for the merge itself.
        execution.sort_in_place_threshold_bytes = usize::MAX;
        execution.sort_spill_reservation_bytes = (memory / sorts).min(10 << 20);
        // A hash join holds one side in memory and fails when it cannot; a sort-merge join spills.
        config.options_mut().optimizer.prefer_hash_join = false;
        let context = SessionContext::new_with_config_rt(config, environment);
        for function in functions::all() {
            context.register_udf(function);
        }
        Ok(Self { runtime: Arc::new(runtime), context, memory, mode })
    }

    /// The session, to register tables and functions with.
    pub(crate) fn context(&self) -> &SessionContext {
        &self.context
    }

    /// The session, to make more known to it.
    pub(crate) fn context_mut(&mut self) -> &mut SessionContext {
        &mut self.context
    }

    /// Runs one of the plan's queries over the given streams; each can be read once.
    pub(crate) fn run(&self, query: &Query, inputs: Vec<(&str, SendableRecordBatchStream)>) -> Result<Rows, Error> {
        for (name, stream) in inputs {
            let schema = stream.schema();
            let part: Arc<dyn PartitionStream> =
                Arc::new(Once { schema: schema.clone(), stream: Mutex::new(Some(stream)) });
            let table = StreamingTable::try_new(schema, vec![part]).map_err(|e| Error::engine(query.name, &e))?;
            let table = Arc::new(table);
            let _ = self.context.deregister_table(name);
            self.context.register_table(name, table).map_err(|e| Error::engine(query.name, &e))?;
        }
        // A query that reads another one runs at the same time. With memory in common, the one that takes in would leave nothing to
        // the one that merges what it has put aside, and that cannot give way.
        let state = SessionStateBuilder::new_from_existing(self.context.state())
            .with_runtime_env(environment(self.memory, &self.mode)?)
            .build();
        self.answer(&SessionContext::new_with_state(state), query.name, query.sql)
    }

    /// Runs a query over the registered tables.
    pub(crate) fn sql(&self, name: &str, sql: &str) -> Result<Rows, Error> {
        self.answer(&self.context, name, sql)
    }

    /// Rows of a stream as they come.
    pub(crate) fn rows(&self, name: &str, stream: SendableRecordBatchStream) -> Rows {
        Rows { name: name.to_owned(), runtime: self.runtime.clone(), stream }
    }

    fn answer(&self, context: &SessionContext, name: &str, sql: &str) -> Result<Rows, Error> {
        let only_questions = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
        let stream = self
            .runtime
            .block_on(async { context.sql_with_options(sql, only_questions).await?.execute_stream().await })
            .map_err(|e| Error::engine(name, &e))?;
        Ok(self.rows(name, stream))
    }
}

fn environment(memory: usize, mode: &DiskManagerMode) -> Result<Arc<RuntimeEnv>, Error> {
    RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(FairSpillPool::new(memory)))
        .with_disk_manager_builder(DiskManagerBuilder::default().with_mode(mode.clone()))
        .build_arc()
        .map_err(|e| Error::engine("the engine", &e))
}

/// A query of the plan, in a file of its own.
pub(crate) struct Query {
    /// The name of its file.
    pub(crate) name: &'static str,
    /// What the file says.
    pub(crate) sql: &'static str,
}

/// The rows that answer a query, in batches, as they are found.
pub struct Rows {
    name: String,
    runtime: Arc<Runtime>,
    stream: SendableRecordBatchStream,
}

impl Rows {
    /// The columns.
    pub fn schema(&self) -> SchemaRef {
        self.stream.schema()
    }

    /// The rows as a stream that another query can read.
    pub(crate) fn into_stream(self) -> SendableRecordBatchStream {
        self.stream
    }
}

impl Iterator for Rows {
    type Item = Result<RecordBatch, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.runtime.block_on(self.stream.next())?;
        Some(next.map_err(|e| Error::engine(&self.name, &e)))
    }
}

/// Batches as a stream for [`Engine::run`].
pub(crate) fn stream(
    schema: SchemaRef,
    batches: impl Iterator<Item = Result<RecordBatch, Error>> + Send + 'static,
) -> SendableRecordBatchStream {
    let batches = batches.map(|batch| batch.map_err(DataFusionError::from));
    Box::pin(RecordBatchStreamAdapter::new(schema, futures::stream::iter(batches)))
}

/// Turns sorted rows into other rows, one run of equal keys after the other, while they stream by.
pub(crate) trait Reduce: Send + 'static {
    /// The columns of what comes out.
    fn schema(&self) -> SchemaRef;
    /// Takes rows in and gives those out that are ready.
    fn take(&mut self, batch: &RecordBatch) -> Result<Option<RecordBatch>, Error>;
    /// Gives out the rest.
    fn finish(&mut self) -> Result<Option<RecordBatch>, Error>;
}

/// The rows of a query, reduced.
pub(crate) fn reduce(rows: Rows, reducer: impl Reduce) -> SendableRecordBatchStream {
    let schema = reducer.schema();
    let stream = rows.into_stream().map(Some).chain(futures::stream::iter([None]));
    let reduced = reduced(stream, reducer);
    Box::pin(RecordBatchStreamAdapter::new(schema, reduced))
}

fn reduced(
    stream: impl Stream<Item = Option<Result<RecordBatch, DataFusionError>>> + Send,
    mut reducer: impl Reduce,
) -> impl Stream<Item = Result<RecordBatch, DataFusionError>> + Send {
    stream.filter_map(move |batch| {
        let out = match batch {
            Some(Ok(batch)) => reducer.take(&batch).map_err(DataFusionError::from).transpose(),
            Some(Err(e)) => Some(Err(e)),
            None => reducer.finish().map_err(DataFusionError::from).transpose(),
        };
        futures::future::ready(out)
    })
}

/// A stream that is read once.
struct Once {
    schema: SchemaRef,
    stream: Mutex<Option<SendableRecordBatchStream>>,
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
