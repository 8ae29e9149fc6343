use std::sync::{Arc, LazyLock};

use arrow::datatypes::{DataType, Schema, SchemaRef};

use super::{column, decision};

/// One row a pair of versions that share something, with the evidence of the decision.
pub(crate) fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        let mut columns = vec![
            // The version that comes first in the archive's fixed order: fetched, URL, capture, ordinal.
            column("a", DataType::Utf8),
            column("b", DataType::Utf8),
        ];
        columns.extend(decision());
        Arc::new(Schema::new(columns))
    });
    SCHEMA.clone()
}
