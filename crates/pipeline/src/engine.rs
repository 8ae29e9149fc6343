use std::path::Path;

use arrow::{datatypes::SchemaRef, record_batch::RecordBatch};
use copydesk_engine::{Settings, Spill, Stream};

use crate::{Error, Options, functions};

/// The engine that runs the plan's queries, and says in the plan's words what went wrong.
pub(crate) struct Engine(copydesk_engine::Engine);

impl Engine {
    /// An engine for the plan, which puts aside in a folder of the archive's.
    pub(crate) fn for_plan(options: &Options, folder: &Path) -> Result<Self, Error> {
        Self::new(options, options.for_engine(), Spill::Folder(folder))
    }

    /// An engine for what people ask.
    pub(crate) fn for_questions(options: &Options, memory: usize) -> Result<Self, Error> {
        let mut engine = Self::new(options, memory, Spill::System)?;
        engine.0.add_everyday_sql().map_err(|e| Error::engine("the engine", &e))?;
        Ok(engine)
    }

    fn new(options: &Options, memory: usize, spill: Spill<'_>) -> Result<Self, Error> {
        let settings = Settings { threads: options.threads, batch_rows: options.batch_rows, memory, spill };
        let mut engine = copydesk_engine::Engine::new(&settings).map_err(|e| Error::engine("the engine", &e))?;
        functions::all().into_iter().for_each(|function| engine.add_function(function));
        Ok(Self(engine))
    }

    pub(crate) fn add_table(&mut self, name: &str, table: impl copydesk_engine::Table + 'static) -> Result<(), Error> {
        self.0.add_table(name, std::sync::Arc::new(table)).map_err(|e| Error::engine(name, &e))
    }

    /// Runs one of the plan's queries over the given streams; each can be read once.
    pub(crate) fn run(&self, query: &Query, inputs: Vec<(&str, Stream)>) -> Result<Rows, Error> {
        let rows = self.0.run(query.sql, inputs).map_err(|e| Error::engine(query.name, &e))?;
        Ok(Rows { name: query.name.to_owned(), rows })
    }

    /// Runs a query over the tables.
    pub(crate) fn sql(&self, name: &str, sql: &str) -> Result<Rows, Error> {
        let rows = self.0.sql(sql).map_err(|e| Error::engine(name, &e))?;
        Ok(Rows { name: name.to_owned(), rows })
    }

    /// Rows of a stream as they come.
    pub(crate) fn rows(&self, name: &str, stream: Stream) -> Rows {
        Rows { name: name.to_owned(), rows: self.0.rows(stream) }
    }
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
    rows: copydesk_engine::Rows,
}

impl Rows {
    /// The columns.
    pub fn schema(&self) -> SchemaRef {
        self.rows.schema()
    }
}

impl Iterator for Rows {
    type Item = Result<RecordBatch, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.rows.next()?;
        Some(next.map_err(|e| Error::engine(&self.name, &e)))
    }
}

/// Batches as a stream for [`Engine::run`].
pub(crate) fn stream(
    schema: SchemaRef,
    batches: impl Iterator<Item = Result<RecordBatch, Error>> + Send + 'static,
) -> Stream {
    Stream::new(schema, batches.map(|batch| batch.map_err(copydesk_engine::Error::of)))
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
pub(crate) fn reduce(rows: Rows, mut reducer: impl Reduce) -> Stream {
    rows.rows.into_stream().reduced(reducer.schema(), move |batch| {
        let out = match batch {
            Some(batch) => reducer.take(batch),
            None => reducer.finish(),
        };
        out.map_err(copydesk_engine::Error::of)
    })
}
