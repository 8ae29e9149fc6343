//! Columns of batches by type; a column of another type is a mistake of ours.

use arrow::{
    array::{Array, ArrayRef, AsArray, BinaryArray, ListArray, PrimitiveArray, StringArray},
    datatypes::{ArrowPrimitiveType, UInt8Type, UInt32Type, UInt64Type},
    record_batch::RecordBatch,
};

use crate::{Error, ErrorKind};

pub(crate) fn mistake(what: &str) -> Error {
    Error::new(ErrorKind::Internal, format!("a mistake in copydesk: a batch has no column {what}"))
}

pub(crate) fn primitive<T: ArrowPrimitiveType>(
    batch: &RecordBatch,
    column: usize,
) -> Result<&PrimitiveArray<T>, Error> {
    batch.columns().get(column).and_then(|c| c.as_primitive_opt::<T>()).ok_or_else(|| mistake(&column.to_string()))
}

pub(crate) fn u64s(batch: &RecordBatch, column: usize) -> Result<&[u64], Error> {
    Ok(primitive::<UInt64Type>(batch, column)?.values())
}

pub(crate) fn u32s(batch: &RecordBatch, column: usize) -> Result<&[u32], Error> {
    Ok(primitive::<UInt32Type>(batch, column)?.values())
}

pub(crate) fn texts(batch: &RecordBatch, column: usize) -> Result<&StringArray, Error> {
    batch.columns().get(column).and_then(|c| c.as_string_opt::<i32>()).ok_or_else(|| mistake(&column.to_string()))
}

pub(crate) fn by_name<'b>(batch: &'b RecordBatch, name: &str) -> Result<&'b ArrayRef, Error> {
    batch.column_by_name(name).ok_or_else(|| mistake(name))
}

pub(crate) fn text(batch: &RecordBatch, name: &str, row: usize) -> Result<String, Error> {
    let column = by_name(batch, name)?.as_string_opt::<i32>().ok_or_else(|| mistake(name))?;
    Ok(column.value(row).to_owned())
}

pub(crate) fn number<T: ArrowPrimitiveType>(batch: &RecordBatch, name: &str, row: usize) -> Result<T::Native, Error> {
    Ok(by_name(batch, name)?.as_primitive_opt::<T>().ok_or_else(|| mistake(name))?.value(row))
}

/// The values of a column that may have none.
pub(crate) fn option<'b, T: ArrowPrimitiveType>(
    batch: &'b RecordBatch,
    name: &str,
) -> Result<impl Fn(usize) -> Option<T::Native> + 'b, Error> {
    let column = by_name(batch, name)?.as_primitive_opt::<T>().ok_or_else(|| mistake(name))?;
    Ok(move |row| column.is_valid(row).then(|| column.value(row)))
}

pub(crate) fn list<'b>(batch: &'b RecordBatch, name: &str) -> Result<&'b ListArray, Error> {
    by_name(batch, name)?.as_list_opt::<i32>().ok_or_else(|| mistake(name))
}

pub(crate) fn bytes<'b>(batch: &'b RecordBatch, name: &str) -> Result<&'b BinaryArray, Error> {
    by_name(batch, name)?.as_binary_opt::<i32>().ok_or_else(|| mistake(name))
}

/// The `text` and `credit` of a row of a captions column.
pub(crate) fn captions(list: &ListArray, row: usize) -> Result<Vec<(String, String)>, Error> {
    let items = list.value(row);
    let items = items.as_struct_opt().ok_or_else(|| mistake("captions"))?;
    let texts = items.column(0).as_string_opt::<i32>().ok_or_else(|| mistake("captions.text"))?;
    let credits = items.column(1).as_string_opt::<i32>().ok_or_else(|| mistake("captions.credit"))?;
    Ok((0..items.len()).map(|k| (texts.value(k).to_owned(), credits.value(k).to_owned())).collect())
}

/// The three texts of each item of a row of a list column.
pub(crate) fn triples(list: &ListArray, row: usize) -> Result<Vec<[String; 3]>, Error> {
    let items = list.value(row);
    let items = items.as_struct_opt().ok_or_else(|| mistake("about"))?;
    let text = |k: usize| items.column(k).as_string_opt::<i32>().ok_or_else(|| mistake("about"));
    let (a, b, c) = (text(0)?, text(1)?, text(2)?);
    Ok((0..items.len()).map(|k| [a.value(k).to_owned(), b.value(k).to_owned(), c.value(k).to_owned()]).collect())
}

pub(crate) fn u8s(batch: &RecordBatch, column: usize) -> Result<&[u8], Error> {
    Ok(primitive::<UInt8Type>(batch, column)?.values())
}

/// Ids that are written as 16 bytes, the highest first.
pub(crate) fn ids(batch: &RecordBatch, column: usize) -> Result<impl Iterator<Item = u128>, Error> {
    let ids = batch.columns().get(column).and_then(|c| c.as_fixed_size_binary_opt());
    let ids = ids.ok_or_else(|| mistake(&column.to_string()))?;
    Ok(ids.iter().map(|id| id.and_then(|id| id.try_into().ok()).map_or(0, u128::from_be_bytes)))
}
