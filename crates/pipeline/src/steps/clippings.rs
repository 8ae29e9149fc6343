//! All clippings with the numbers of their versions, file of captures by file of captures: those that the archive holds are read there.

use std::sync::Arc;

use arrow::{
    array::{ArrayRef, BooleanArray, UInt32Array},
    datatypes::Schema,
    record_batch::RecordBatch,
};
use copydesk_archive::{Archive, TableFile};

use crate::{
    Error, columns,
    spool::Spooled,
    steps::{
        clipping_rows::clipping_schema,
        splice::{Run, Spliced, torn},
    },
};

/// The clippings of the archive's captures, in their order.
pub(crate) struct Clippings {
    pub(crate) archive: Archive,
    pub(crate) pieces: Vec<Piece>,
}

/// The clippings of a file of captures.
#[derive(Clone)]
pub(crate) enum Piece {
    /// They stand in the archive, but for what story they are of.
    Kept {
        file: TableFile,
        /// Of each row that there is now, the number of its version.
        numbers: Arc<Vec<u32>>,
        /// Where captures came apart in another way.
        changes: Option<Arc<Changes>>,
    },
    New {
        /// Path of the captures.
        of: String,
        rows: Spooled,
    },
}

/// Clippings that come to stand for others of a file.
pub(crate) struct Changes {
    pub(crate) runs: Vec<Run>,
    /// Those that come.
    pub(crate) rows: Spooled,
}

impl Clippings {
    pub(crate) fn rows(&self) -> u64 {
        self.pieces.iter().map(Piece::rows).sum()
    }

    /// The rows in their order, with the named columns: those of `clippings` but for `story` and `words`; `version` is the version's
    /// number, and `titled` says whether there is a headline.
    pub(crate) fn read(
        &self,
        columns: &[&'static str],
        batch_rows: usize,
    ) -> Result<impl Iterator<Item = Result<RecordBatch, Error>> + Send + use<>, Error> {
        let (archive, pieces, columns) = (self.archive.clone(), self.pieces.clone(), columns.to_vec());
        // Opened one after the other: there may be many.
        Ok(pieces.into_iter().flat_map(move |piece| match piece.read(&archive, &columns, batch_rows) {
            Ok(batches) => batches,
            Err(error) => Box::new(std::iter::once(Err(error))),
        }))
    }
}

impl Piece {
    fn rows(&self) -> u64 {
        match self {
            Piece::Kept { numbers, .. } => numbers.len() as u64,
            Piece::New { rows, .. } => rows.rows(),
        }
    }

    /// See [`Clippings::read`].
    pub(crate) fn read(
        &self,
        archive: &Archive,
        columns: &[&'static str],
        batch_rows: usize,
    ) -> Result<Box<dyn Iterator<Item = Result<RecordBatch, Error>> + Send>, Error> {
        let (file, numbers, changes) = match self {
            Piece::New { rows, .. } => return Ok(Box::new(rows.read(columns, batch_rows)?)),
            Piece::Kept { file, numbers, changes } => (file, numbers.clone(), changes),
        };
        let all = clipping_schema();
        let fields = columns.iter().map(|name| all.field_with_name(name).cloned()).collect::<Result<Vec<_>, _>>()?;
        let schema = Arc::new(Schema::new(fields));
        let stored = |name: &'static str| match name {
            "version" => None,
            "titled" => Some("headline"),
            name => Some(name),
        };
        let mut wanted: Vec<&str> = columns.iter().filter_map(|&name| stored(name)).collect();
        if wanted.is_empty() {
            // Something has to be read to know how many rows there are.
            wanted.push("ordinal");
        }
        let own: Vec<Option<usize>> =
            columns.iter().map(|&name| wanted.iter().position(|&w| Some(w) == stored(name))).collect();
        let names = columns.to_vec();
        let (all, numbered_schema) = (schema.clone(), schema);
        let batches = archive.read_file(&file.path, Some(&wanted), batch_rows)?;
        let stored = batches.map(move |batch| {
            let batch = batch?;
            let titled = |headlines: usize| -> Result<ArrayRef, Error> {
                let headlines = columns::texts(&batch, headlines)?;
                Ok(Arc::new(
                    headlines
                        .iter()
                        .map(|text| Some(text.is_some_and(|text| !text.is_empty())))
                        .collect::<BooleanArray>(),
                ))
            };
            // Numbers are put in when it is known which rows there are.
            let none = || -> ArrayRef { Arc::new(UInt32Array::from_value(0, batch.num_rows())) };
            let arrays = names.iter().zip(&own).map(|(&name, own)| match (name, own) {
                ("titled", Some(own)) => titled(*own),
                (_, Some(own)) => Ok(batch.column(*own).clone()),
                (_, None) => Ok(none()),
            });
            Ok(RecordBatch::try_new(all.clone(), arrays.collect::<Result<_, Error>>()?)?)
        });
        let rows: Box<dyn Iterator<Item = Result<RecordBatch, Error>> + Send> = match changes {
            None => Box::new(stored),
            Some(changes) => {
                let new = changes.rows.read(columns, batch_rows)?;
                Box::new(Spliced::new(&changes.runs, Box::new(stored), Box::new(new)))
            }
        };
        let Some(number_column) = columns.iter().position(|&name| name == "version") else { return Ok(rows) };
        let mut from = 0;
        Ok(Box::new(rows.map(move |batch| {
            let batch = batch?;
            let own = from..from + batch.num_rows();
            from = own.end;
            let own = numbers.get(own).ok_or_else(torn)?;
            let mut columns = batch.columns().to_vec();
            columns[number_column] = Arc::new(UInt32Array::from(own.to_vec()));
            Ok(RecordBatch::try_new(numbered_schema.clone(), columns)?)
        })))
    }
}
