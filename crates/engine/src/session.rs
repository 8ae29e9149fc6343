use std::{path::Path, sync::Arc};

use datafusion::{
    catalog::streaming::StreamingTable,
    execution::{
        disk_manager::{DiskManagerBuilder, DiskManagerMode},
        memory_pool::FairSpillPool,
        runtime_env::{RuntimeEnv, RuntimeEnvBuilder},
        session_state::SessionStateBuilder,
    },
    prelude::{SQLOptions, SessionConfig, SessionContext},
};
use tokio::runtime::Runtime;

use crate::{Error, Function, Rows, Stream, Table, dialect, stream::Once, table::Provider};

/// Runs queries within bounds of memory and threads. It only reads: what would make or change a table is refused.
pub struct Engine {
    runtime: Arc<Runtime>,
    workers: Workers,
    context: SessionContext,
    memory: usize,
    mode: DiskManagerMode,
}

/// The bounds of an [`Engine`].
pub struct Settings<'p> {
    /// Threads that run queries; with one, they run on the thread that asks for rows.
    pub threads: usize,
    /// Rows that are handled at a time.
    pub batch_rows: usize,
    /// Bytes that a query holds before it puts rows aside.
    pub memory: usize,
    /// Where to.
    pub spill: Spill<'p>,
}

/// Where queries run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Workers {
    /// Wherever it is quickest.
    Beside,
    /// On the engine's threads alone, which have [`STACK`] each.
    Deep,
}

/// Bytes of stack. The engine calls itself once for each level of an expression, to plan it, to run it and to drop it; `a OR b OR c` has a
/// level for each of its terms. Only what is used of it is ever memory.
const STACK: usize = 1 << 30;

/// Bytes of a question: two a level are the least, and the levels of twice as many bytes were measured to overflow such a stack.
const QUESTION: usize = 64 << 10;

/// Where the engine puts aside what its memory does not hold.
pub enum Spill<'p> {
    /// A folder of the caller's, for a plan whose queries sort one stream each.
    Folder(&'p Path),
    /// The system's folder for temporary files, for questions of any shape.
    System,
}

impl Engine {
    /// An engine that knows no tables yet.
    ///
    /// # Errors
    ///
    /// When threads cannot be started, or the folder cannot be written to.
    pub fn new(settings: &Settings<'_>) -> Result<Self, Error> {
        let threads = settings.threads.max(1);
        // Each of the plan's queries sorts one stream; what others ask may sort many, which all reserve as much.
        let (mode, sorts, workers) = match settings.spill {
            Spill::Folder(path) => (DiskManagerMode::Directories(vec![path.to_owned()]), 4, Workers::Beside),
            Spill::System => (DiskManagerMode::OsTmpDirectory, 32, Workers::Deep),
        };
        // One thread needs no workers for the plan's queries: they run on the thread that asks for rows.
        let mut builder = if threads == 1 && workers == Workers::Beside {
            tokio::runtime::Builder::new_current_thread()
        } else {
            tokio::runtime::Builder::new_multi_thread()
        };
        if workers == Workers::Deep {
            builder.thread_stack_size(STACK);
        }
        let runtime = builder.worker_threads(threads).build().map_err(Error::of)?;
        let memory = settings.memory;
        let environment = environment(memory, &mode)?;
        let mut config = SessionConfig::new()
            .with_target_partitions(threads)
            .with_batch_size(settings.batch_rows.max(1))
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
        Ok(Self { runtime: Arc::new(runtime), workers, context, memory, mode })
    }

    /// Makes a function known to all queries that follow.
    pub fn add_function(&mut self, function: Function) {
        self.context.register_udf(function.0);
    }

    /// Makes everyday forms of SQL, and functions of lists, known to all queries that follow: what people ask needs them, the plan does not.
    ///
    /// # Errors
    ///
    /// When the engine does not take them.
    pub fn add_everyday_sql(&mut self) -> Result<(), Error> {
        Ok(dialect::register(&mut self.context)?)
    }

    /// Makes a table known to all queries that follow.
    ///
    /// # Errors
    ///
    /// When there is one of the same name.
    pub fn add_table(&mut self, name: &str, table: Arc<dyn Table>) -> Result<(), Error> {
        self.context.register_table(name, Arc::new(Provider(table)))?;
        Ok(())
    }

    /// Runs a query of a plan over the given streams, each under a name; each can be read once.
    ///
    /// # Errors
    ///
    /// When the query cannot be planned; what goes wrong later comes with the rows.
    pub fn run(&self, sql: &str, inputs: Vec<(&str, Stream)>) -> Result<Rows, Error> {
        for (name, stream) in inputs {
            let schema = stream.0.schema();
            let table = Arc::new(StreamingTable::try_new(schema, vec![Arc::new(Once::new(stream))])?);
            let _ = self.context.deregister_table(name);
            self.context.register_table(name, table)?;
        }
        // A query that reads another one runs at the same time. With memory in common, the one that takes in would leave nothing to
        // the one that merges what it has put aside, and that cannot give way.
        let state = SessionStateBuilder::new_from_existing(self.context.state())
            .with_runtime_env(environment(self.memory, &self.mode)?)
            .build();
        self.answer(&SessionContext::new_with_state(state), sql)
    }

    /// Runs a query over the tables.
    ///
    /// # Errors
    ///
    /// When the query cannot be planned; what goes wrong later comes with the rows.
    pub fn sql(&self, sql: &str) -> Result<Rows, Error> {
        self.answer(&self.context, sql)
    }

    /// Rows of a stream as they come, without a query.
    pub fn rows(&self, stream: Stream) -> Rows {
        Rows::new(self.runtime.clone(), self.workers, stream)
    }

    fn answer(&self, context: &SessionContext, sql: &str) -> Result<Rows, Error> {
        if sql.len() > QUESTION {
            return Err(Error::of(format!(
                "a question has at most {QUESTION} bytes, and this one has {}: what is long in it can be a table of its own in DuckDB or Polars, \
                 which read the archive's files as they are",
                sql.len()
            )));
        }
        let only_questions = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
        let (context, sql) = (context.clone(), sql.to_owned());
        let planned = async move { context.sql_with_options(&sql, only_questions).await?.execute_stream().await };
        let stream = match self.workers {
            Workers::Beside => self.runtime.block_on(planned)?,
            Workers::Deep => self.runtime.block_on(self.runtime.spawn(planned)).map_err(Error::of)??,
        };
        Ok(self.rows(Stream(stream)))
    }
}

fn environment(memory: usize, mode: &DiskManagerMode) -> Result<Arc<RuntimeEnv>, Error> {
    Ok(RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(FairSpillPool::new(memory)))
        .with_disk_manager_builder(DiskManagerBuilder::default().with_mode(mode.clone()))
        .build_arc()?)
}
