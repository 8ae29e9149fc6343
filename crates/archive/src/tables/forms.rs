use std::sync::{Arc, LazyLock};

use arrow::datatypes::{DataType, Field, Schema, SchemaRef};

use super::column;

/// One row a cluster of versions that was looked at for being one form with other fillings.
pub(crate) fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        let item = Arc::new(Field::new("item", DataType::UInt32, false));
        Arc::new(Schema::new(vec![
            // Of the matcher and the cluster's versions in their order: 16 bytes.
            column("digest", DataType::FixedSizeBinary(16)),
            // The group of each version but the leader; empty for what is no form.
            column("groups", DataType::List(item)),
        ]))
    });
    SCHEMA.clone()
}
