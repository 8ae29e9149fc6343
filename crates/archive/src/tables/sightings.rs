use std::sync::{Arc, LazyLock};

use arrow::datatypes::{DataType, Schema, SchemaRef};

use super::column;

/// One row a block of a capture, in page order, captures in the order of `captures`.
pub(crate) fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        Arc::new(Schema::new(vec![
            column("capture", DataType::Utf8),
            column("ordinal", DataType::UInt32),
            column("hash", DataType::UInt64),
            // Hash of the block before it; 0 at the page's edge.
            column("left", DataType::UInt64),
            // Hash of the block after it; 0 at the page's edge.
            column("right", DataType::UInt64),
        ]))
    });
    SCHEMA.clone()
}
