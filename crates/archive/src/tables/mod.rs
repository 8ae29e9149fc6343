//! The columns of each table. Their names and types are public: other programs read them.

pub(crate) mod anchors;
pub(crate) mod blocks;
pub(crate) mod captures;
pub(crate) mod clippings;
pub(crate) mod comparisons;
pub(crate) mod forms;
pub(crate) mod relations;
pub(crate) mod sightings;
pub(crate) mod splits;
pub(crate) mod stories;
pub(crate) mod versions;

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Fields};

/// A column that always has a value; a text that is not known is the empty text.
fn column(name: &str, data_type: DataType) -> Field {
    Field::new(name, data_type, false)
}

/// Texts, any number of them.
fn texts() -> DataType {
    DataType::List(Arc::new(column("item", DataType::Utf8)))
}

/// Rows of a table of their own within a row, any number of them.
fn rows(columns: Vec<Field>) -> DataType {
    DataType::List(Arc::new(column("item", DataType::Struct(Fields::from(columns)))))
}

/// Where something was read and how: the words, the bytes of its field that they take, the rule, and how sure it is, 0 to 1.
fn evidence() -> [Field; 5] {
    [
        column("text", DataType::Utf8),
        column("start", DataType::UInt32),
        column("end", DataType::UInt32),
        column("rule", DataType::Utf8),
        column("confidence", DataType::Float32),
    ]
}

/// What came of the comparison of two versions, and why.
fn decision() -> [Field; 8] {
    [
        column("relation", DataType::Utf8),
        column("coverage_a", DataType::Float64),
        column("coverage_b", DataType::Float64),
        column("shared_words", DataType::UInt32),
        column("numbers_differ", DataType::UInt32),
        column("reason", DataType::Utf8),
        column("value", DataType::Float64),
        column("threshold", DataType::Float64),
    ]
}

/// When something was published: the first and the last day that it may have been, and the rule that said so; empty where nothing bounds it.
fn published() -> [Field; 3] {
    [
        column("published_from", DataType::Utf8),
        column("published_to", DataType::Utf8),
        column("published_by", DataType::Utf8),
    ]
}
