use std::{io::Write, sync::Arc};

use arrow::{
    array::{ArrayRef, AsArray, StringArray},
    compute::cast,
    csv,
    datatypes::{DataType, Field, Schema},
    json,
    record_batch::RecordBatch,
};
use copydesk_text::as_cell;
use parquet::{
    arrow::ArrowWriter,
    basic::{Compression, ZstdLevel},
    errors::ParquetError,
    file::properties::WriterProperties,
};

use crate::{Error, ErrorKind, Rows};

/// How rows are written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values with a head line; lists as JSON.
    Csv {
        /// Whether text that spreadsheets would take for a formula gets a `'` before it, as [`as_cell`] does; else every text is as it is.
        for_spreadsheets: bool,
    },
    /// One Parquet file.
    Parquet,
}

/// Writes rows as they come and returns how many there were.
pub fn write(rows: Rows, format: Format, to: impl Write + Send) -> Result<u64, Error> {
    match format {
        Format::Jsonl => jsonl(rows, to),
        Format::Csv { for_spreadsheets } => csv(rows, for_spreadsheets, to),
        Format::Parquet => parquet(rows, to),
    }
}

fn failed(what: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Io, format!("cannot write the rows: {what}"))
}

fn jsonl(rows: Rows, to: impl Write) -> Result<u64, Error> {
    // Columns without a value are written as null: every line has the same keys.
    let mut writer = json::WriterBuilder::new().with_explicit_nulls(true).build::<_, json::writer::LineDelimited>(to);
    let mut count = 0;
    for batch in rows {
        let batch = batch?;
        count += batch.num_rows() as u64;
        writer.write(&batch).map_err(failed)?;
    }
    writer.finish().map_err(failed)?;
    Ok(count)
}

fn csv(rows: Rows, for_spreadsheets: bool, to: impl Write) -> Result<u64, Error> {
    let schema = rows.schema();
    let flat: Vec<bool> = schema.fields().iter().map(|field| !field.data_type().is_nested()).collect();
    let fields: Vec<Field> = schema
        .fields()
        .iter()
        .zip(&flat)
        .map(
            |(field, flat)| if *flat { field.as_ref().clone() } else { Field::new(field.name(), DataType::Utf8, true) },
        )
        .collect();
    let schema = Arc::new(Schema::new(fields));
    let mut writer = csv::WriterBuilder::new().with_header(true).build(to);
    // The head line is there also when no row is.
    writer.write(&RecordBatch::new_empty(schema.clone())).map_err(failed)?;
    let mut count = 0;
    for batch in rows {
        let batch = batch?;
        count += batch.num_rows() as u64;
        let columns = batch.columns().iter().zip(&flat).map(|(column, flat)| match flat {
            true if for_spreadsheets => as_cells(column),
            true => Ok(column.clone()),
            false => as_json(column),
        });
        let batch = RecordBatch::try_new(schema.clone(), columns.collect::<Result<_, _>>()?)?;
        writer.write(&batch).map_err(failed)?;
    }
    Ok(count)
}

/// A column of texts as cells of a spreadsheet; any other as it is.
fn as_cells(column: &ArrayRef) -> Result<ArrayRef, Error> {
    if !matches!(column.data_type(), DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View) {
        return Ok(column.clone());
    }
    let texts = cast(column, &DataType::Utf8).map_err(failed)?;
    let cells: StringArray = texts.as_string::<i32>().iter().map(|text| text.map(as_cell)).collect();
    cast(&cells, column.data_type()).map_err(failed)
}

/// A nested column as JSON texts.
fn as_json(column: &ArrayRef) -> Result<ArrayRef, Error> {
    let schema = Arc::new(Schema::new(vec![Field::new("v", column.data_type().clone(), true)]));
    let mut lines = Vec::new();
    let mut writer =
        json::WriterBuilder::new().with_explicit_nulls(true).build::<_, json::writer::LineDelimited>(&mut lines);
    let written = RecordBatch::try_new(schema, vec![column.clone()]).and_then(|batch| writer.write(&batch));
    written.and_then(|()| writer.finish()).map_err(failed)?;
    drop(writer);
    let lines = String::from_utf8(lines).map_err(failed)?;
    // Each line is `{"v":...}`.
    let values = lines.lines().map(|line| line.strip_prefix("{\"v\":").and_then(|line| line.strip_suffix('}')));
    Ok(Arc::new(StringArray::from_iter(values)))
}

fn parquet(rows: Rows, to: impl Write + Send) -> Result<u64, Error> {
    let failed = |e: ParquetError| failed(e);
    let zstd = Compression::ZSTD(ZstdLevel::try_new(1).map_err(failed)?);
    let properties = WriterProperties::builder().set_compression(zstd).set_max_row_group_bytes(Some(32 << 20)).build();
    let mut writer = ArrowWriter::try_new(to, rows.schema(), Some(properties)).map_err(failed)?;
    let mut count = 0;
    for batch in rows {
        let batch = batch?;
        count += batch.num_rows() as u64;
        writer.write(&batch).map_err(failed)?;
    }
    writer.close().map_err(failed)?;
    Ok(count)
}
