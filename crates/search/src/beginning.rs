//! Words that begin alike: the lists of all of them in one set of rows a column.

use tantivy::{
    Score, SegmentReader,
    schema::{Field, IndexRecordOption},
};

use crate::{rows::Rows, steps::stepped};

/// Any word with a beginning, in any of some columns; each column that has one counts for what stands beside it.
pub(crate) struct Beginning {
    pub(crate) letters: String,
    pub(crate) columns: Vec<(Field, Score)>,
}

impl Beginning {
    /// The rows of each column that has any in one segment, with what they are worth.
    pub(crate) fn find(&self, reader: &SegmentReader) -> tantivy::Result<Vec<(Rows, Score)>> {
        let first = self.letters.as_bytes();
        let mut end = first.to_vec();
        // No byte of UTF-8 is the highest one.
        let Some(last) = end.last_mut() else { return Ok(Vec::new()) };
        *last += 1;
        let mut columns = Vec::new();
        for (column, worth) in &self.columns {
            let index = reader.inverted_index(*column)?;
            let mut terms = index.terms().range().ge(first).lt(&end).into_stream()?;
            let mut rows: Option<Rows> = None;
            let mut blocks = None;
            while terms.advance() {
                let blocks = match &mut blocks {
                    Some(blocks) => {
                        index.reset_block_postings_from_terminfo(terms.value(), blocks)?;
                        blocks
                    }
                    none => {
                        none.insert(index.read_block_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?)
                    }
                };
                let rows = rows.get_or_insert_with(|| Rows::none(reader.max_doc()));
                while !blocks.docs().is_empty() {
                    rows.add_all(blocks.docs());
                    blocks.advance();
                }
            }
            columns.extend(rows.map(|rows| (rows, stepped(*worth))));
        }
        Ok(columns)
    }
}
