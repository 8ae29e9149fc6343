use std::sync::{Arc, LazyLock};

use arrow::datatypes::{DataType, Schema, SchemaRef};

use super::column;

/// One row a pair of versions that share something, with the evidence of the decision.
pub(crate) fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        Arc::new(Schema::new(vec![
            // The version that comes first in the archive's fixed order: fetched, URL, capture, ordinal.
            column("a", DataType::Utf8),
            column("b", DataType::Utf8),
            column("relation", DataType::Utf8),
            column("coverage_a", DataType::Float64),
            column("coverage_b", DataType::Float64),
            column("shared_words", DataType::UInt32),
            column("numbers_differ", DataType::UInt32),
            column("reason", DataType::Utf8),
            column("value", DataType::Float64),
            column("threshold", DataType::Float64),
        ]))
    });
    SCHEMA.clone()
}
