//! Rows on their way to the thread that writes them: few at a time.
//!
//! The engine holds up to 10,000 of them between who hands them in and who writes, whatever their size, and a row with its tokens takes
//! 70 kB: that alone would be most of what making an index holds.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use tantivy::{IndexWriter, TantivyDocument, schema::Document};

use crate::{Error, limits::WAITING_ROWS};

/// Hands rows to a writer, and waits while as many as may are on their way.
#[derive(Clone, Default)]
pub(crate) struct Queue(Arc<Places>);

#[derive(Default)]
struct Places {
    taken: Mutex<usize>,
    freed: Condvar,
}

impl Queue {
    pub(crate) fn add(&self, writer: &IndexWriter<Row>, row: TantivyDocument) -> Result<(), Error> {
        let taken = self.0.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |taken: &mut usize| *taken >= WAITING_ROWS;
        *self.0.freed.wait_while(taken, full).unwrap_or_else(PoisonError::into_inner) += 1;
        let place = Place(Arc::clone(&self.0));
        writer.add_document(Row { row, _place: place })?;
        Ok(())
    }
}

/// A row that takes a place until it is written, or thrown away.
pub(crate) struct Row {
    row: TantivyDocument,
    _place: Place,
}

struct Place(Arc<Places>);

impl Drop for Place {
    fn drop(&mut self) {
        *self.0.taken.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.0.freed.notify_one();
    }
}

impl Document for Row {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.row.iter_fields_and_values()
    }

    fn into_tantivy_document(self) -> TantivyDocument {
        self.row
    }
}
