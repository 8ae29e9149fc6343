use std::sync::{Arc, LazyLock};

use arrow::datatypes::{DataType, Field, Schema, SchemaRef};

use super::column;

/// One row a version: the hashes by which others that are like it are found.
pub(crate) fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        let item = Arc::new(Field::new("item", DataType::UInt64, false));
        Arc::new(Schema::new(vec![
            // The version's id as 16 bytes, the highest first.
            column("version", DataType::FixedSizeBinary(16)),
            // Of the matcher, and of the paragraphs that are left out.
            column("digest", DataType::UInt64),
            column("hashes", DataType::List(item)),
        ]))
    });
    SCHEMA.clone()
}
