use std::sync::Arc;

use arrow::{datatypes::SchemaRef, record_batch::RecordBatch};
use copydesk_archive::{WorkFile, WorkWriter, Writer};

use crate::Error;

/// Rows that one step leaves for the next: in memory while they are few, in the archive's work folder when they are not.
pub(crate) struct Spool {
    schema: SchemaRef,
    held: Vec<RecordBatch>,
    bytes: usize,
    budget: usize,
    file: Option<WorkWriter>,
    rows: u64,
}

/// A [`Spool`] that is complete. It can be read any number of times.
#[derive(Clone)]
pub(crate) struct Spooled {
    schema: SchemaRef,
    held: Arc<Vec<RecordBatch>>,
    file: Option<Arc<WorkFile>>,
    rows: u64,
}

impl Spool {
    pub(crate) fn new(schema: SchemaRef, budget: usize) -> Self {
        Self { schema, held: Vec::new(), bytes: 0, budget, file: None, rows: 0 }
    }

    pub(crate) fn push(&mut self, batch: RecordBatch, writer: &Writer) -> Result<(), Error> {
        self.rows += batch.num_rows() as u64;
        if let Some(file) = &mut self.file {
            return Ok(file.write(&batch)?);
        }
        self.bytes += batch.get_array_memory_size();
        self.held.push(batch);
        if self.bytes > self.budget {
            let mut file = writer.work_rows(self.schema.clone())?;
            for batch in self.held.drain(..) {
                file.write(&batch)?;
            }
            self.file = Some(file);
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<Spooled, Error> {
        let file = self.file.map(WorkWriter::finish).transpose()?.map(Arc::new);
        Ok(Spooled { schema: self.schema, held: Arc::new(self.held), file, rows: self.rows })
    }
}

impl Spooled {
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// Bytes of memory that its rows take.
    pub(crate) fn held_bytes(&self) -> usize {
        self.held.iter().map(RecordBatch::get_array_memory_size).sum()
    }

    /// The rows in their order, with the named columns.
    pub(crate) fn read(
        &self,
        columns: &[&str],
        batch_rows: usize,
    ) -> Result<impl Iterator<Item = Result<RecordBatch, Error>> + Send + use<>, Error> {
        let indices = columns.iter().map(|name| self.schema.index_of(name)).collect::<Result<Vec<_>, _>>()?;
        let file = match &self.file {
            Some(file) => Some(file.read(Some(columns), batch_rows)?.map(|batch| batch.map_err(Error::from))),
            None => None,
        };
        let held = self.held.clone();
        let held = (0..held.len()).map(move |k| Ok(held[k].project(&indices)?));
        Ok(held.chain(file.into_iter().flatten()))
    }
}
