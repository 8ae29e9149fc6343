use std::sync::{Arc, LazyLock};

use arrow::datatypes::{DataType, Schema, SchemaRef};

use super::{column, evidence, published, rows, texts};

/// One row a clipping. Its body is that of its version.
pub(crate) fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        let caption = vec![column("text", DataType::Utf8), column("credit", DataType::Utf8)];
        let mut columns = vec![
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
            column("captions", rows(caption)),
            column("words", DataType::UInt32),
        ];
        columns.extend(published());
        // What was read, the field that it stands in (with the place of the caption, where there are several), and how.
        let mut annotation = vec![
            column("what", DataType::Utf8),
            column("value", DataType::Utf8),
            column("field", DataType::Utf8),
            column("item", DataType::UInt32),
        ];
        annotation.extend(evidence());
        columns.extend([
            // `wire`, `release`, `own` or `unknown`
            column("origin", DataType::Utf8),
            // Keys of the agencies that wrote it, and of those that it quotes.
            column("agencies", texts()),
            column("quoted", texts()),
            column("people", texts()),
            column("places", texts()),
            column("section", DataType::Utf8),
            column("annotations", rows(annotation)),
        ]);
        Arc::new(Schema::new(columns))
    });
    SCHEMA.clone()
}
