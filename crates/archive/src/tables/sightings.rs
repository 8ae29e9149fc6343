use std::sync::{Arc, LazyLock};

use arrow::datatypes::{DataType, Schema, SchemaRef};

use super::column;

/// One row a block, in page order, captures in the order of `captures`, whose `blocks` says how many rows each has here.
pub(crate) fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        Arc::new(Schema::new(vec![
            column("hash", DataType::UInt64),
            // How many rows before it the nearest running text of the capture stands; 0 when there is none.
            column("left", DataType::UInt32),
            // How many rows after it; 0 when there is none.
            column("right", DataType::UInt32),
        ]))
    });
    SCHEMA.clone()
}
