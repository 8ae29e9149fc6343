//! Files that are written anew with most of their columns as they are: the packed bytes of a column that does not change go over as they
//! stand, so that a story's new id in a row costs no more than reading and writing the row's text does.

use std::{fs::File, sync::Arc};

use arrow::{
    array::{ArrayRef, BooleanArray},
    compute::{concat_batches, filter, filter_record_batch},
    datatypes::{Field, Schema},
    record_batch::RecordBatch,
};
use parquet::{
    arrow::{
        ArrowWriter, ProjectionMask,
        arrow_reader::{
            ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder, RowSelection, RowSelectionPolicy,
            RowSelector,
        },
        arrow_writer::{ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves},
    },
    column::writer::ColumnCloseResult,
    errors::ParquetError,
    file::{
        metadata::{ColumnChunkMetaData, OffsetIndexBuilder, PageIndexPolicy, ParquetMetaData},
        reader::ChunkReader,
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
};

use crate::{
    Error, ErrorKind, Finished, Table, TableFile, Writer,
    table_writer::{Checked, Draft, finished, properties},
};

/// Writes a file of a table from those of another one: see [`Writer::patch`].
pub struct Patch {
    table: Table,
    path: String,
    of: Option<String>,
    draft: Draft,
    to: SerializedFileWriter<Checked<File>>,
    factory: ArrowRowGroupWriterFactory,
    from: File,
    from_path: std::path::PathBuf,
    from_metadata: ArrowReaderMetadata,
    group: usize,
    rows: u64,
}

impl Patch {
    pub(crate) fn begin(writer: &Writer, from: &TableFile) -> Result<Self, Error> {
        writer.archive().check(from)?;
        let from_path = writer.archive().dir().join(&from.path);
        let open = File::open(&from_path).map_err(|e| Error::opening(&from_path, &e))?;
        let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Optional);
        let from_metadata = ArrowReaderMetadata::load(&open, options).map_err(|e| Error::reading(&from_path, &e))?;
        let (path, draft, file) = writer.draft(from.table)?;
        let begun = ArrowWriter::try_new(Checked::new(file), from.table.schema(), Some(properties(from.table)))
            .and_then(ArrowWriter::into_serialized_writer);
        let (to, factory) = begun.map_err(|e| Error::writing(&draft.0, &e))?;
        Ok(Self {
            table: from.table,
            path,
            of: from.of.clone(),
            draft,
            to,
            factory,
            from: open,
            from_path,
            from_metadata,
            group: 0,
            rows: 0,
        })
    }

    fn metadata(&self) -> &ParquetMetaData {
        self.from_metadata.metadata()
    }

    /// Rows of each of the groups that the file is made of. What is read and written is the first of them that is left.
    pub fn groups(&self) -> Vec<usize> {
        self.metadata().row_groups().iter().map(|group| group.num_rows() as usize).collect()
    }

    /// The next group's rows as they stand, in the table's order of columns.
    pub fn stored(&self, columns: Option<&[&str]>) -> Result<RecordBatch, Error> {
        self.stored_rows(columns, None).map_err(|e| Error::reading(&self.from_path, &e))
    }

    fn stored_rows(&self, columns: Option<&[&str]>, rows: Option<RowSelection>) -> Result<RecordBatch, ParquetError> {
        let (all, metadata) = (self.metadata().row_group(self.group).num_rows(), self.from_metadata.clone());
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(self.from.try_clone()?, metadata);
        let mask = match columns {
            None => ProjectionMask::all(),
            Some(names) => {
                let fields = builder.schema().fields().iter().enumerate();
                let roots: Vec<usize> =
                    fields.filter(|(_, field)| names.contains(&field.name().as_str())).map(|(at, _)| at).collect();
                ProjectionMask::roots(builder.parquet_schema(), roots)
            }
        };
        let builder = match rows {
            None => builder,
            Some(rows) => builder.with_row_selection(rows).with_row_selection_policy(RowSelectionPolicy::Selectors),
        };
        let reader =
            builder.with_projection(mask).with_row_groups(vec![self.group]).with_batch_size(all as usize).build()?;
        let schema = arrow::record_batch::RecordBatchReader::schema(&reader);
        let batches = reader.collect::<Result<Vec<_>, _>>()?;
        Ok(match <[RecordBatch; 1]>::try_from(batches) {
            Ok([batch]) => batch,
            Err(batches) => concat_batches(&schema, &batches)?,
        })
    }

    /// The next group goes over as it is.
    pub fn keep(&mut self) -> Result<(), Error> {
        let rows = self.metadata().row_group(self.group).num_rows() as usize;
        let options = arrow::record_batch::RecordBatchOptions::new().with_row_count(Some(rows));
        let nothing = RecordBatch::try_new_with_options(Arc::new(Schema::empty()), Vec::new(), &options);
        self.group(&nothing.map_err(|e| Error::new(ErrorKind::Internal, format!("a mistake in copydesk: {e}")))?)
    }

    /// Writes the next group with these columns instead of its own, as many rows as it has; with all columns of the table it may also
    /// have more rows or fewer, or none.
    pub fn group(&mut self, columns: &RecordBatch) -> Result<(), Error> {
        let all = self.metadata().row_group(self.group).num_rows() as usize;
        let schema = self.table.schema();
        let whole = schema.fields().iter().all(|field| columns.column_by_name(field.name()).is_some());
        if !whole && columns.num_rows() != all {
            return Err(Error::new(ErrorKind::Internal, "a group of rows was patched with another number of rows"));
        }
        self.next_group(columns, None)
    }

    /// Writes the next group without the rows that are not to stay, and with these columns of those that stay instead of its own.
    pub fn group_without(&mut self, stay: &[bool], columns: &RecordBatch) -> Result<(), Error> {
        let all = self.metadata().row_group(self.group).num_rows() as usize;
        if stay.len() != all || columns.num_rows() != stay.iter().filter(|&&stays| stays).count() {
            return Err(Error::new(ErrorKind::Internal, "a group of rows was patched with another number of rows"));
        }
        self.next_group(columns, Some(stay))
    }

    fn next_group(&mut self, columns: &RecordBatch, stay: Option<&[bool]>) -> Result<(), Error> {
        let at = self.group;
        if columns.num_rows() == 0 {
            self.group += 1;
            return Ok(());
        }
        let schema = self.table.schema();
        let from = self.metadata().row_group(at).clone();
        let leaves = from.schema_descr();
        let leaves_of = |name: &str| -> Vec<usize> {
            (0..leaves.num_columns()).filter(|&k| leaves.get_column_root(k).name() == name).collect()
        };
        // Where rows go, columns of one page are packed again; of those of many, such as bodies, only the pages that lose a row.
        let mut read = Vec::new();
        if stay.is_some() {
            let is_own = |field: &&Arc<Field>| {
                columns.column_by_name(field.name()).is_none() && self.pages(at, &leaves_of(field.name())).is_none()
            };
            read = schema.fields().iter().filter(is_own).map(|field| field.name().as_str()).collect();
        }
        let reading = |e: ParquetError| Error::reading(&self.from_path, &e);
        let failed = |e: ParquetError| Error::writing(&self.draft.0, &e);
        let left = match stay {
            Some(stay) if !read.is_empty() => {
                let stored = self.stored_rows(Some(&read), None).map_err(reading)?;
                Some(filter_record_batch(&stored, &stay.to_vec().into()).map_err(|e| reading(e.into()))?)
            }
            _ => None,
        };
        let mut cut = Vec::new();
        for field in schema.fields() {
            let is_read = columns.column_by_name(field.name()).is_some() || read.contains(&field.name().as_str());
            if let Some(stay) = stay.filter(|_| !is_read) {
                for leaf in leaves_of(field.name()) {
                    cut.push((leaf, self.cut(at, leaf, field, stay).map_err(reading)?));
                }
            }
        }
        let any_new = columns.num_columns() > 0 || left.is_some();
        let writers = if any_new {
            self.factory.create_column_writers(self.to.flushed_row_groups().len()).map_err(failed)?
        } else {
            Vec::new()
        };
        let (mut writers, mut cut) = (writers.into_iter(), cut.into_iter());
        let mut to = self.to.next_row_group().map_err(failed)?;
        for field in schema.fields() {
            let own = leaves_of(field.name());
            let own_writers: Vec<_> = writers.by_ref().take(own.len()).collect();
            let new = columns.column_by_name(field.name());
            if let Some(values) = new.or_else(|| left.as_ref()?.column_by_name(field.name())) {
                packed(field, values, own_writers, &mut to).map_err(failed)?;
                continue;
            }
            for leaf in own {
                if stay.is_some() {
                    let (bytes, close) = cut.next().map(|(_, cut)| cut).ok_or_else(|| {
                        Error::new(ErrorKind::Internal, "a mistake in copydesk: a column was not cut")
                    })?;
                    let bytes = in_memory(bytes, &self.from).map_err(failed)?;
                    to.append_column(&bytes, close).map_err(failed)?;
                    continue;
                }
                let metadata = from.column(leaf).clone();
                let close = ColumnCloseResult {
                    bytes_written: metadata.compressed_size() as u64,
                    rows_written: from.num_rows() as u64,
                    metadata,
                    bloom_filter: None,
                    column_index: None,
                    offset_index: self.from_metadata.metadata().offset_index().map(|index| index[at][leaf].clone()),
                };
                to.append_column(&self.from, close).map_err(|e| Error::reading(&self.from_path, &e))?;
            }
        }
        let written = to.close().map_err(failed)?;
        self.rows += written.num_rows() as u64;
        self.group += 1;
        Ok(())
    }

    /// Writes a group of rows more, behind all others.
    pub fn append(&mut self, rows: &RecordBatch) -> Result<(), Error> {
        while self.group < self.metadata().num_row_groups() {
            self.keep()?;
        }
        let mut append = || {
            let writers = self.factory.create_column_writers(self.to.flushed_row_groups().len())?;
            let (mut writers, mut to) = (writers.into_iter(), self.to.next_row_group()?);
            for (field, values) in self.table.schema().fields().iter().zip(rows.columns()) {
                for (leaf, mut writer) in compute_leaves(field, values)?.iter().zip(writers.by_ref()) {
                    writer.write(leaf)?;
                    writer.close()?.append_to_row_group(&mut to)?;
                }
            }
            to.close()
        };
        let written = append().map_err(|e| Error::writing(&self.draft.0, &e))?;
        self.rows += written.num_rows() as u64;
        Ok(())
    }

    /// The first row of each page of a column that can be taken apart page by page: of one value a row, without a dictionary.
    fn pages(&self, group: usize, leaves: &[usize]) -> Option<Vec<usize>> {
        let &[leaf] = leaves else { return None };
        let chunk = self.metadata().row_group(group).column(leaf);
        let locations = self.metadata().offset_index()?.get(group)?.get(leaf)?.page_locations();
        let is_plain = chunk.dictionary_page_offset().is_none() && chunk.column_descr().max_rep_level() == 0;
        let is_plain = is_plain && chunk.statistics().is_none() && chunk.column_descr().max_def_level() == 0;
        (is_plain && locations.len() > 1).then(|| locations.iter().map(|page| page.first_row_index as usize).collect())
    }

    /// A column without some rows: pages that lose none as they stand, the others packed again.
    fn cut(
        &self,
        group: usize,
        leaf: usize,
        field: &Arc<Field>,
        stay: &[bool],
    ) -> Result<(Vec<u8>, ColumnCloseResult), ParquetError> {
        let chunk = self.metadata().row_group(group).column(leaf);
        let index = self.metadata().offset_index().and_then(|index| index.get(group)?.get(leaf));
        let index = index.ok_or_else(|| ParquetError::General("a column has no index of its pages".to_owned()))?;
        let locations = index.page_locations();
        let mut pages = Pages::default();
        for (k, page) in locations.iter().enumerate() {
            let first = page.first_row_index as usize;
            let next = locations.get(k + 1).map_or(stay.len(), |next| next.first_row_index as usize);
            let own = &stay[first..next];
            if own.iter().all(|&stays| stays) {
                let bytes = self.from.get_bytes(page.offset as u64, page.compressed_page_size as usize)?;
                pages.push(&bytes, own.len(), index.unencoded_byte_array_data_bytes().map(|all| all[k]))?;
            } else if own.contains(&true) {
                let rows =
                    [RowSelector::skip(first), RowSelector::select(next - first), RowSelector::skip(stay.len() - next)];
                let rows: Vec<RowSelector> = rows.into_iter().filter(|part| part.row_count > 0).collect();
                let stored = self.stored_rows(Some(&[field.name().as_str()]), Some(rows.into()))?;
                let values = filter(stored.column(0), &BooleanArray::from(own.to_vec()))?;
                pages.pack(self.table, field, values)?;
            }
        }
        pages.close(chunk)
    }

    /// Ends the file; groups that were not asked for go over as they are.
    pub fn finish(mut self) -> Result<Finished, Error> {
        while self.group < self.metadata().num_row_groups() {
            self.keep()?;
        }
        self.to.finish().map_err(|e| Error::writing(&self.draft.0, &e))?;
        finished(self.table, self.path, self.of, self.draft, self.rows, self.to.inner_mut())
    }
}

/// Bytes as a file. What holds them is not named: its crate is Parquet's and not ours.
fn in_memory(bytes: Vec<u8>, like: &File) -> Result<impl ChunkReader + use<>, ParquetError> {
    let [_, bytes] = [like.get_bytes(0, 0)?, bytes.into()];
    Ok(bytes)
}

/// Packs a column.
fn packed(
    field: &Arc<Field>,
    values: &ArrayRef,
    writers: Vec<ArrowColumnWriter>,
    to: &mut SerializedRowGroupWriter<'_, Checked<File>>,
) -> Result<(), ParquetError> {
    for (mut writer, values) in writers.into_iter().zip(compute_leaves(field, values)?) {
        writer.write(&values)?;
        writer.close()?.append_to_row_group(to)?;
    }
    Ok(())
}

/// Packed pages of a column, put next to each other.
#[derive(Default)]
struct Pages {
    bytes: Vec<u8>,
    index: OffsetIndexBuilder,
    rows: usize,
    /// Bytes of its pages as they are unpacked, with what stands before each.
    unpacked: i64,
    texts: Option<i64>,
}

impl Pages {
    /// Appends a page as it stands in a file.
    fn push(&mut self, page: &[u8], rows: usize, texts: Option<i64>) -> Result<(), ParquetError> {
        let (unpacked, packed) =
            sizes(page).ok_or_else(|| ParquetError::General("a page says nothing of its size".to_owned()))?;
        self.index.append_offset_and_size(self.bytes.len() as i64, page.len() as i32);
        self.index.append_row_count(rows as i64);
        self.index.append_unencoded_byte_array_data_bytes(texts);
        self.bytes.extend_from_slice(page);
        self.rows += rows;
        self.unpacked += unpacked + (page.len() as i64 - packed);
        if let Some(texts) = texts {
            *self.texts.get_or_insert(0) += texts;
        }
        Ok(())
    }

    /// Appends values, in pages of their own.
    fn pack(&mut self, table: Table, field: &Arc<Field>, values: ArrayRef) -> Result<(), ParquetError> {
        let (schema, rows) = (Arc::new(Schema::new(vec![field.clone()])), values.len());
        let mut writer = ArrowWriter::try_new(Vec::new(), schema.clone(), Some(properties(table)))?;
        writer.write(&RecordBatch::try_new(schema, vec![values])?)?;
        let metadata = writer.finish()?;
        let file = writer.inner();
        // No more rows than a page had are one group.
        for group in metadata.offset_index().into_iter().flatten() {
            let locations = group[0].page_locations();
            for (k, page) in locations.iter().enumerate() {
                let next = locations.get(k + 1).map_or(rows as i64, |next| next.first_row_index);
                let at = page.offset as usize;
                let bytes = &file[at..at + page.compressed_page_size as usize];
                let texts = group[0].unencoded_byte_array_data_bytes().map(|all| all[k]);
                self.push(bytes, (next - page.first_row_index) as usize, texts)?;
            }
        }
        Ok(())
    }

    /// The column, as a file would hold it that begins with it; `like` is one that says the same of its values.
    fn close(self, like: &ColumnChunkMetaData) -> Result<(Vec<u8>, ColumnCloseResult), ParquetError> {
        let metadata = ColumnChunkMetaData::builder(like.column_descr_ptr())
            .set_compression_codec(like.compression_codec())
            .set_encodings_mask(*like.encodings_mask())
            .set_total_compressed_size(self.bytes.len() as i64)
            .set_total_uncompressed_size(self.unpacked)
            .set_num_values(self.rows as i64)
            .set_data_page_offset(0)
            .set_unencoded_byte_array_data_bytes(self.texts)
            .build()?;
        let close = ColumnCloseResult {
            bytes_written: self.bytes.len() as u64,
            rows_written: self.rows as u64,
            metadata,
            bloom_filter: None,
            column_index: None,
            offset_index: Some(self.index.build()),
        };
        Ok((self.bytes, close))
    }
}

/// Bytes of a page as it is unpacked and as it is packed: what stands first before every page, after its kind, as numbers of Thrift's compact
/// protocol.
fn sizes(page: &[u8]) -> Option<(i64, i64)> {
    /// A field of 32 bits, the next one.
    const NEXT_I32: u8 = 0x15;
    let mut bytes = page.iter().copied();
    let mut number = || {
        if bytes.next()? != NEXT_I32 {
            return None;
        }
        let (mut value, mut shift) = (0_u64, 0);
        loop {
            let byte = bytes.next()?;
            value |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return Some((value >> 1) as i64 ^ -((value & 1) as i64));
            }
            if shift > 35 {
                return None;
            }
        }
    };
    number()?;
    Some((number()?, number()?))
}
