use std::sync::{Arc, LazyLock};

use arrow::datatypes::{DataType, Schema, SchemaRef};

use super::column;

/// One row a story.
pub(crate) fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        Arc::new(Schema::new(vec![
            // The first 16 digits of the id of the version that leads the story: an id that is no longer a story's still leads to
            // one through `versions`.
            column("id", DataType::Utf8),
            // The version that stands for the story.
            column("version", DataType::Utf8),
            column("headline", DataType::Utf8),
            column("first_seen", DataType::Utf8),
            column("last_seen", DataType::Utf8),
            column("clippings", DataType::UInt64),
            column("versions", DataType::UInt64),
            column("sites", DataType::UInt64),
        ]))
    });
    SCHEMA.clone()
}
