use std::sync::{Arc, LazyLock};

use arrow::datatypes::{DataType, Field, Fields, Schema, SchemaRef};

use super::column;

/// One row a clipping. Its body is that of its version.
pub(crate) fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        let caption = Fields::from(vec![column("text", DataType::Utf8), column("credit", DataType::Utf8)]);
        let caption = Arc::new(Field::new("item", DataType::Struct(caption), false));
        Arc::new(Schema::new(vec![
            // `<capture>#<ordinal>`
            column("id", DataType::Utf8),
            column("capture", DataType::Utf8),
            column("url", DataType::Utf8),
            column("site", DataType::Utf8),
            column("fetched_at", DataType::Utf8),
            column("ordinal", DataType::UInt32),
            column("story", DataType::Utf8),
            column("version", DataType::Utf8),
            column("headline", DataType::Utf8),
            column("kicker", DataType::Utf8),
            column("byline", DataType::Utf8),
            column("date", DataType::Utf8),
            // When it was published first, where the page's markup says so: RFC 3339 with the zone it was given in, as exact as given.
            column("published", DataType::Utf8),
            column("captions", DataType::List(caption)),
            column("words", DataType::UInt32),
        ]))
    });
    SCHEMA.clone()
}
