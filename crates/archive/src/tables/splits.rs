use std::sync::{Arc, LazyLock};

use arrow::datatypes::{DataType, Schema, SchemaRef};

use super::column;

/// One row a capture, in the order of `captures`: by what it was taken apart, so that it need not be done again.
pub(crate) fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        Arc::new(Schema::new(vec![
            // Of the splitter, and of all that it saw of the census.
            column("digest", DataType::UInt64),
            // Of the rows of `blocks` and `clippings` that came of it.
            column("result", DataType::UInt64),
            // Of the capture's text.
            column("bytes", DataType::UInt64),
            // How many rows of `clippings` are this capture's.
            column("clippings", DataType::UInt32),
            // How many blocks have each role, in the order of the roles: four bytes each, the lowest first.
            column("roles", DataType::Binary),
            // A byte a block: what it takes to know the digest that other evidence would have.
            column("outline", DataType::Binary),
            // For each clipping with a paragraph that is no evidence for matching its ordinal and the number of its paragraphs, four
            // bytes each, the lowest first; then a byte a paragraph.
            column("masks", DataType::Binary),
        ]))
    });
    SCHEMA.clone()
}
