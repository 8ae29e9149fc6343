use std::sync::{Arc, LazyLock};

use arrow::datatypes::{DataType, Schema, SchemaRef};

use super::{column, published, texts};

/// One row a story.
pub(crate) fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        let mut columns = vec![
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
            // Of the version that stands for it.
            column("language", DataType::Utf8),
        ];
        columns.extend(published());
        columns.extend([
            column("origin", DataType::Utf8),
            column("agencies", texts()),
            // Who had it first; several where it cannot be told, and by what it is told: `published` or `fetched`.
            column("first_sites", texts()),
            column("first_by", DataType::Utf8),
            // Versions that say that they were corrected, clarified or withdrawn.
            column("corrections", DataType::UInt32),
        ]);
        Arc::new(Schema::new(columns))
    });
    SCHEMA.clone()
}
