//! The anchors of every version, on their way from where bodies are read to where they meet.

use std::{collections::HashSet, sync::Arc};

use arrow::{
    array::{ArrayRef, UInt32Builder, UInt64Builder},
    datatypes::{DataType, Field, Schema, SchemaRef},
    record_batch::RecordBatch,
};
use copydesk_archive::Writer;

use crate::{
    Error, columns,
    spool::{Spool, Spooled},
};

/// Rows after which a batch is handed on.
const SLAB_ROWS: usize = 8192;

/// `(version, hash)` of each anchor, being gathered.
pub(crate) struct AnchorRows {
    version: UInt32Builder,
    hash: UInt64Builder,
    spool: Spool,
}

impl AnchorRows {
    pub(crate) fn new(budget: usize) -> Self {
        let (version, hash) = (UInt32Builder::new(), UInt64Builder::new());
        Self { version, hash, spool: Spool::new(schema(), budget) }
    }

    pub(crate) fn push(&mut self, version: u32, hashes: Vec<u64>, writer: &Writer) -> Result<(), Error> {
        for hash in hashes {
            self.version.append_value(version);
            self.hash.append_value(hash);
        }
        if self.version.values_slice().len() >= SLAB_ROWS { self.flush(writer) } else { Ok(()) }
    }

    fn flush(&mut self, writer: &Writer) -> Result<(), Error> {
        let columns: Vec<ArrayRef> = vec![Arc::new(self.version.finish()), Arc::new(self.hash.finish())];
        self.spool.push(RecordBatch::try_new(schema(), columns)?, writer)
    }

    pub(crate) fn finish(mut self, writer: &Writer) -> Result<Spooled, Error> {
        self.flush(writer)?;
        self.spool.finish()
    }
}

fn schema() -> SchemaRef {
    let column = |name, data_type| Field::new(name, data_type, false);
    Arc::new(Schema::new(vec![column("version", DataType::UInt32), column("hash", DataType::UInt64)]))
}

/// The anchors of every version, each once.
pub(crate) struct Anchors {
    /// As the versions came.
    pub(crate) first: Spooled,
    /// Versions whose paragraphs were flagged in other ways by a later clipping, and what their anchors are by what all agree on. Taken
    /// from each clipping, they would depend on which of them came first.
    pub(crate) flagged: Arc<HashSet<u32>>,
    /// See `flagged`.
    pub(crate) again: Spooled,
}

impl Anchors {
    /// Versions with their hashes, a batch at a time.
    pub(crate) fn read(
        &self,
        batch_rows: usize,
    ) -> Result<impl Iterator<Item = Result<Vec<(u32, u64)>, Error>> + Send + use<>, Error> {
        let flagged = self.flagged.clone();
        let rows = |batch: Result<RecordBatch, Error>, without: &HashSet<u32>| -> Result<Vec<(u32, u64)>, Error> {
            let batch = batch?;
            let (versions, hashes) = (columns::u32s(&batch, 0)?, columns::u64s(&batch, 1)?);
            let rows = versions.iter().copied().zip(hashes.iter().copied());
            Ok(if without.is_empty() { rows.collect() } else { rows.filter(|(v, _)| !without.contains(v)).collect() })
        };
        let first = self.first.read(&["version", "hash"], batch_rows)?.map(move |batch| rows(batch, &flagged));
        let again = self.again.read(&["version", "hash"], batch_rows)?.map(move |batch| rows(batch, &HashSet::new()));
        Ok(first.chain(again))
    }
}
