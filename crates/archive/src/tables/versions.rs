use std::sync::{Arc, LazyLock};

use arrow::datatypes::{DataType, Schema, SchemaRef};

use super::column;

/// One row a distinct body.
pub(crate) fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        Arc::new(Schema::new(vec![
            // 32 hexadecimal digits: XXH3-128 of the body.
            column("id", DataType::Utf8),
            column("story", DataType::Utf8),
            // Paragraphs are separated by blank lines.
            column("body", DataType::Utf8),
            column("words", DataType::UInt32),
            column("first_seen", DataType::Utf8),
            column("last_seen", DataType::Utf8),
            column("clippings", DataType::UInt64),
        ]))
    });
    SCHEMA.clone()
}
