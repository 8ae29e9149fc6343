use std::sync::{Arc, LazyLock};

use arrow::datatypes::{DataType, Fields, Schema, SchemaRef};

use super::column;

/// One row a capture, in the order in which they came.
pub(crate) fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        let said = ["field", "value", "witness"].map(|name| column(name, DataType::Utf8));
        let said = Fields::from(said.to_vec());
        Arc::new(Schema::new(vec![
            column("id", DataType::Utf8),
            column("url", DataType::Utf8),
            // Host of the URL without `www.`.
            column("site", DataType::Utf8),
            // RFC 3339 in UTC, whole seconds; empty when the input did not say.
            column("fetched_at", DataType::Utf8),
            // Of the page's bytes, as its crawler wrote it; empty when the input did not say. By it, later visits find their page.
            column("digest", DataType::Utf8),
            column("text", DataType::Utf8),
            // XXH3-64 of the text, so that a capture that is offered again is known without reading its text.
            column("hash", DataType::UInt64),
            // How many blocks the text has: so many rows of `sightings` and of `blocks` are this capture's.
            column("blocks", DataType::UInt32),
            // What a page that came as HTML says about itself, by field, the most trusted value first; empty for text.
            column("about", DataType::List(Arc::new(column("item", DataType::Struct(said))))),
            // What the HTML says about each block, packed; empty for text.
            column("marks", DataType::Binary),
        ]))
    });
    SCHEMA.clone()
}
