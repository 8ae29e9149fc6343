use std::{
    collections::VecDeque,
    fs::File,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use arrow::{array::AsArray, datatypes::SchemaRef, record_batch::RecordBatch};
use parquet::arrow::{
    ProjectionMask,
    arrow_reader::{
        ArrowPredicateFn, ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
        ParquetRecordBatchReaderBuilder, RowFilter, RowSelection, RowSelectionPolicy,
    },
};
use parquet::file::metadata::PageIndexPolicy;

use crate::Error;

/// Rows of Parquet files as they stand in them, a batch at a time; holds one row group of the columns that were asked for.
#[derive(Default)]
pub struct Batches {
    todo: VecDeque<Piece>,
    columns: Option<Vec<String>>,
    batch_rows: usize,
    now: Option<(PathBuf, ParquetRecordBatchReader)>,
    only: Option<(String, Wanted)>,
    /// The rows of the row groups that are read, ascending, and how many there are.
    selected: Option<(Vec<usize>, usize)>,
}

/// Tells the keys of rows that are wanted.
type Wanted = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// Some row groups of a file.
struct Piece {
    path: PathBuf,
    metadata: ArrowReaderMetadata,
    row_groups: Vec<usize>,
}

/// A file of a table, open to read single rows: what stands at its end is read once.
pub struct Singles {
    path: PathBuf,
    metadata: ArrowReaderMetadata,
}

impl Singles {
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let file = File::open(path).map_err(|e| Error::opening(path, &e))?;
        let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Optional);
        let metadata = ArrowReaderMetadata::load(&file, options).map_err(|e| Error::reading(path, &e))?;
        Ok(Self { path: path.to_owned(), metadata })
    }

    /// The rows that are unpacked with one where a column of it is read: those of its page.
    pub fn page(&self, column: &str, row: u32) -> Range<u32> {
        let (metadata, mut first) = (self.metadata.metadata(), 0);
        for (group, own) in metadata.row_groups().iter().enumerate() {
            let rows = own.num_rows() as u32;
            if row < first + rows {
                let leaf = own.columns().iter().position(|chunk| chunk.column_path().parts() == [column]);
                let Some((leaf, index)) = leaf.zip(metadata.offset_index()) else { break };
                let starts = index[group][leaf].page_locations();
                let starts = starts.iter().map(|page| first + page.first_row_index as u32);
                let next = starts.clone().find(|&start| start > row).unwrap_or(first + rows);
                return starts.take_while(|&start| start <= row).last().unwrap_or(row)..next;
            }
            first += rows;
        }
        row..row + 1
    }

    /// The rows at these places, ascending: little more than these rows is unpacked.
    pub fn read(&self, columns: &[&str], rows: &[u32]) -> Result<Vec<RecordBatch>, Error> {
        let (mut todo, mut first) = (VecDeque::new(), 0);
        let groups = self.metadata.metadata().row_groups();
        // Only the groups that hold any of them are opened.
        let (mut row_groups, mut places, mut skipped) = (Vec::new(), Vec::new(), 0);
        for (group, metadata) in groups.iter().enumerate() {
            let next = first + metadata.num_rows() as usize;
            let own = &rows[rows.partition_point(|&row| (row as usize) < first)..];
            let own = &own[..own.partition_point(|&row| (row as usize) < next)];
            if own.is_empty() {
                skipped += next - first;
            } else {
                row_groups.push(group);
                places.extend(own.iter().map(|&row| row as usize - skipped));
            }
            first = next;
        }
        let batch_rows = places.len().clamp(1, 1024);
        todo.push_back(Piece { path: self.path.clone(), metadata: self.metadata.clone(), row_groups });
        let columns = Some(columns.iter().map(|&name| name.to_owned()).collect());
        Batches { todo, columns, batch_rows, now: None, only: None, selected: Some((places, first - skipped)) }
            .collect()
    }
}

/// Cuts the row groups of the files into at most `parts` streams of about equal size.
pub(crate) fn parts(
    paths: &[PathBuf],
    schema: Option<&SchemaRef>,
    columns: Option<&[&str]>,
    batch_rows: usize,
    parts: usize,
) -> Result<Vec<Batches>, Error> {
    let mut files = Vec::with_capacity(paths.len());
    let mut total = 0;
    for path in paths {
        let file = File::open(path).map_err(|e| Error::opening(path, &e))?;
        let metadata = ArrowReaderMetadata::load(
            &file,
            ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Optional),
        )
        .map_err(|e| Error::reading(path, &e))?;
        if let Some(schema) = schema {
            for field in schema.fields() {
                if metadata.schema().column_with_name(field.name()).is_none() {
                    return Err(Error::damaged(path, &format!("it has no column `{}`", field.name())));
                }
            }
        }
        total += metadata.metadata().row_groups().iter().map(|group| group.num_rows().max(1)).sum::<i64>();
        files.push((path, metadata));
    }
    let share = (total / parts.max(1) as i64).max(1);
    let columns = columns.map(|names| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>());
    let new = || Batches {
        todo: VecDeque::new(),
        columns: columns.clone(),
        batch_rows,
        now: None,
        only: None,
        selected: None,
    };
    let mut out = vec![new()];
    let mut filled = 0;
    for (path, metadata) in files {
        for group in 0..metadata.metadata().num_row_groups() {
            if filled >= share && out.len() < parts {
                out.push(new());
                filled = 0;
            }
            filled += metadata.metadata().row_group(group).num_rows().max(1);
            let todo = &mut out.last_mut().expect("one is always there").todo;
            match todo.back_mut() {
                Some(piece) if piece.path == *path => piece.row_groups.push(group),
                _ => todo.push_back(Piece { path: path.clone(), metadata: metadata.clone(), row_groups: vec![group] }),
            }
        }
    }
    Ok(out)
}

impl Batches {
    /// Leaves out the rows whose text in the column `key` is not wanted.
    pub(crate) fn only(&mut self, key: &str, wanted: impl Fn(&str) -> bool + Send + Sync + 'static) {
        self.only = Some((key.to_owned(), Arc::new(wanted)));
    }

    fn open(&self, piece: Piece) -> Result<ParquetRecordBatchReader, Error> {
        let file = File::open(&piece.path).map_err(|e| Error::opening(&piece.path, &e))?;
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, piece.metadata);
        let builder = match &self.only {
            None => builder,
            Some((key, wanted)) => {
                let (key, wanted) = (ProjectionMask::columns(builder.parquet_schema(), [key.as_str()]), wanted.clone());
                let test = ArrowPredicateFn::new(key, move |batch| {
                    let keys = batch.column(0).as_string_opt::<i32>();
                    Ok(keys.map_or_else(
                        || vec![false; batch.num_rows()].into(),
                        |keys| keys.iter().map(|key| Some(key.is_some_and(|key| wanted(key)))).collect(),
                    ))
                });
                builder.with_row_filter(RowFilter::new(vec![Box::new(test)]))
            }
        };
        let mask = match &self.columns {
            None => ProjectionMask::all(),
            Some(names) => {
                let schema = builder.schema();
                let roots: Vec<usize> =
                    (0..schema.fields().len()).filter(|&i| names.contains(schema.field(i).name())).collect();
                ProjectionMask::roots(builder.parquet_schema(), roots)
            }
        };
        let builder = match &self.selected {
            None => builder,
            Some((rows, total)) => {
                let ranges = rows.iter().map(|&row| row..row + 1);
                // The reader's own choice, where a row of thirty is wanted, is to unpack all of them and to throw away the others.
                builder
                    .with_row_selection(RowSelection::from_consecutive_ranges(ranges, *total))
                    .with_row_selection_policy(RowSelectionPolicy::Selectors)
            }
        };
        builder
            .with_projection(mask)
            .with_row_groups(piece.row_groups)
            .with_batch_size(self.batch_rows.max(1))
            .build()
            .map_err(|e| Error::reading(&piece.path, &e))
    }

    /// Brings the columns into the order in which they were asked for.
    fn arrange(&self, batch: RecordBatch) -> Result<RecordBatch, arrow::error::ArrowError> {
        let Some(names) = &self.columns else { return Ok(batch) };
        let order = names.iter().map(|name| batch.schema().index_of(name)).collect::<Result<Vec<_>, _>>()?;
        if order.iter().copied().eq(0..batch.num_columns()) { Ok(batch) } else { batch.project(&order) }
    }
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((path, reader)) = &mut self.now {
                match reader.next() {
                    Some(Ok(batch)) => {
                        let path = path.clone();
                        return Some(self.arrange(batch).map_err(|e| Error::reading(&path, &e)));
                    }
                    Some(Err(e)) => {
                        let error = Error::reading(path, &e);
                        self.now = None;
                        self.todo.clear();
                        return Some(Err(error));
                    }
                    None => self.now = None,
                }
            }
            let piece = self.todo.pop_front()?;
            let path = piece.path.clone();
            match self.open(piece) {
                Ok(reader) => self.now = Some((path, reader)),
                Err(e) => {
                    self.todo.clear();
                    return Some(Err(e));
                }
            }
        }
    }
}
