//! Columns whose values are lists of rows: made, and read again.

use std::sync::Arc;

use arrow::{
    array::{
        Array, ArrayRef, AsArray, Float32Array, ListArray, ListBuilder, StringArray, StringBuilder, StructArray,
        UInt32Array,
    },
    buffer::OffsetBuffer,
    datatypes::{DataType, Field, FieldRef, Fields, Float32Type, UInt32Type},
    record_batch::RecordBatch,
};
use copydesk_archive::Table;

use crate::{Error, ErrorKind, columns};

fn mistake(what: &str) -> Error {
    Error::new(ErrorKind::Internal, format!("a mistake in copydesk: no list of rows `{what}`"))
}

/// A column of lists of rows, being filled.
pub(crate) struct Lists {
    item: FieldRef,
    fields: Fields,
    values: Vec<Values>,
    offsets: Vec<i32>,
    rows: i32,
}

enum Values {
    Texts(StringBuilder),
    Counts(Vec<u32>),
    Shares(Vec<f32>),
}

/// A value of a row.
#[derive(Clone, Copy)]
pub(crate) enum Value<'v> {
    Text(&'v str),
    Count(u32),
    Share(f32),
}

impl Lists {
    /// A column of a table.
    pub(crate) fn of(table: Table, name: &str) -> Result<Self, Error> {
        let schema = table.schema();
        let DataType::List(item) = schema.field_with_name(name)?.data_type() else { return Err(mistake(name)) };
        let DataType::Struct(fields) = item.data_type() else { return Err(mistake(name)) };
        let values = fields.iter().map(|field| match field.data_type() {
            DataType::UInt32 => Values::Counts(Vec::new()),
            DataType::Float32 => Values::Shares(Vec::new()),
            _ => Values::Texts(StringBuilder::new()),
        });
        Ok(Self { item: item.clone(), fields: fields.clone(), values: values.collect(), offsets: vec![0], rows: 0 })
    }

    /// Appends a row to the list at hand; its values in the order of its columns.
    pub(crate) fn row<const N: usize>(&mut self, row: [Value<'_>; N]) {
        debug_assert_eq!(N, self.values.len(), "a value for each column");
        for (values, value) in self.values.iter_mut().zip(row) {
            match (values, value) {
                (Values::Texts(to), Value::Text(text)) => to.append_value(text),
                (Values::Counts(to), Value::Count(count)) => to.push(count),
                (Values::Shares(to), Value::Share(share)) => to.push(share),
                _ => debug_assert!(false, "a value of another type"),
            }
        }
        self.rows += 1;
    }

    /// The list at hand is complete.
    pub(crate) fn end(&mut self) {
        self.offsets.push(self.rows);
    }

    pub(crate) fn finish(&mut self) -> Result<ArrayRef, Error> {
        let values = self.values.iter_mut().map(|values| -> ArrayRef {
            match values {
                Values::Texts(texts) => Arc::new(texts.finish()),
                Values::Counts(counts) => Arc::new(UInt32Array::from(std::mem::take(counts))),
                Values::Shares(shares) => Arc::new(Float32Array::from(std::mem::take(shares))),
            }
        });
        let rows = StructArray::try_new(self.fields.clone(), values.collect(), None)?;
        let offsets = OffsetBuffer::new(std::mem::replace(&mut self.offsets, vec![0]).into());
        self.rows = 0;
        Ok(Arc::new(ListArray::try_new(self.item.clone(), offsets, Arc::new(rows), None)?))
    }
}

/// A column of lists of texts, being filled.
pub(crate) fn texts() -> ListBuilder<StringBuilder> {
    ListBuilder::new(StringBuilder::new()).with_field(Field::new("item", DataType::Utf8, false))
}

/// Appends a list of texts.
pub(crate) fn push<'t>(to: &mut ListBuilder<StringBuilder>, texts: impl IntoIterator<Item = &'t str>) {
    texts.into_iter().for_each(|text| to.values().append_value(text));
    to.append(true);
}

/// The texts of a row.
pub(crate) fn texts_of(batch: &RecordBatch, name: &str, row: usize) -> Result<Vec<String>, Error> {
    let list = columns::list(batch, name)?.value(row);
    let texts: &StringArray = list.as_string_opt().ok_or_else(|| mistake(name))?;
    Ok(texts.iter().flatten().map(str::to_owned).collect())
}

/// The rows within a row, to be read by the places of their columns.
pub(crate) struct Inside {
    rows: StructArray,
    name: String,
}

impl Inside {
    pub(crate) fn of(batch: &RecordBatch, name: &str, row: usize) -> Result<Self, Error> {
        let rows = columns::list(batch, name)?.value(row);
        let rows = rows.as_struct_opt().ok_or_else(|| mistake(name))?.clone();
        Ok(Self { rows, name: name.to_owned() })
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    fn column(&self, name: &str) -> Result<&ArrayRef, Error> {
        self.rows.column_by_name(name).ok_or_else(|| mistake(&self.name))
    }

    pub(crate) fn text(&self, name: &str, row: usize) -> Result<String, Error> {
        Ok(self.column(name)?.as_string_opt::<i32>().ok_or_else(|| mistake(&self.name))?.value(row).to_owned())
    }

    pub(crate) fn count(&self, name: &str, row: usize) -> Result<u32, Error> {
        Ok(self.column(name)?.as_primitive_opt::<UInt32Type>().ok_or_else(|| mistake(&self.name))?.value(row))
    }

    /// In thousandths: a share of 32 bits has no more to say, and looks odd in 64.
    pub(crate) fn share(&self, name: &str, row: usize) -> Result<f64, Error> {
        let share = self.column(name)?.as_primitive_opt::<Float32Type>().ok_or_else(|| mistake(&self.name))?.value(row);
        Ok((f64::from(share) * 1000.0).round() / 1000.0)
    }
}
