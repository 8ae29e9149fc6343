//! Rows of `blocks` on their way to the file.

use std::sync::Arc;

use arrow::{
    array::{ArrayRef, StringBuilder, UInt32Array, UInt32Builder, UInt64Array},
    record_batch::RecordBatch,
};
use copydesk_archive::Table;
use copydesk_model::Block;

use crate::{Error, sink::Sink};

#[derive(Default)]
pub(crate) struct BlockRows {
    capture: StringBuilder,
    ordinal: Vec<u32>,
    start: Vec<u32>,
    end: Vec<u32>,
    hash: Vec<u64>,
    role: StringBuilder,
    clipping: UInt32Builder,
}

impl BlockRows {
    pub(crate) fn push(&mut self, capture: &str, blocks: &[Block]) {
        self.ordinal.extend(0..blocks.len() as u32);
        self.start.extend(blocks.iter().map(|block| block.span.start));
        self.end.extend(blocks.iter().map(|block| block.span.end));
        self.hash.extend(blocks.iter().map(|block| block.hash));
        for block in blocks {
            self.capture.append_value(capture);
            self.role.append_value(block.role.name());
            self.clipping.append_option(block.clipping);
        }
    }

    pub(crate) fn flush_if(&mut self, rows: usize, to: &mut Sink) -> Result<(), Error> {
        if self.len() < rows { Ok(()) } else { to.write(self.finish()?) }
    }

    pub(crate) fn len(&self) -> usize {
        self.ordinal.len()
    }

    pub(crate) fn finish(&mut self) -> Result<RecordBatch, Error> {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.capture.finish()),
            Arc::new(UInt32Array::from(std::mem::take(&mut self.ordinal))),
            Arc::new(UInt32Array::from(std::mem::take(&mut self.start))),
            Arc::new(UInt32Array::from(std::mem::take(&mut self.end))),
            Arc::new(UInt64Array::from(std::mem::take(&mut self.hash))),
            Arc::new(self.role.finish()),
            Arc::new(self.clipping.finish()),
        ];
        Ok(RecordBatch::try_new(Table::Blocks.schema(), columns)?)
    }
}
