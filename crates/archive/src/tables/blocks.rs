use std::sync::{Arc, LazyLock};

use arrow::datatypes::{DataType, Field, Schema, SchemaRef};

use super::column;

/// One row a block. The spans of a capture's blocks, in the order of `ordinal`, tile its text.
pub(crate) fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        Arc::new(Schema::new(vec![
            column("capture", DataType::Utf8),
            column("ordinal", DataType::UInt32),
            // Bytes of the capture's text, `end` excluded.
            column("start", DataType::UInt32),
            column("end", DataType::UInt32),
            column("hash", DataType::UInt64),
            column("role", DataType::Utf8),
            // Ordinal of the clipping; null for what stands between clippings.
            Field::new("clipping", DataType::UInt32, true),
        ]))
    });
    SCHEMA.clone()
}
