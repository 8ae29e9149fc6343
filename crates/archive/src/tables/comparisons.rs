use std::sync::{Arc, LazyLock};

use arrow::datatypes::{DataType, Schema, SchemaRef};

use super::{column, decision};

/// One row a pair of versions that were compared, whatever came of it; `relations` has those that share something.
pub(crate) fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        let mut columns = vec![
            // The versions' ids as 16 bytes, the highest first; `a` comes first in the archive's fixed order.
            column("a", DataType::FixedSizeBinary(16)),
            column("b", DataType::FixedSizeBinary(16)),
            // Of the matcher, and of all that the comparison saw beside the two bodies.
            column("digest", DataType::UInt64),
        ];
        columns.extend(decision());
        columns.extend([
            // How alike they are: leaders attract by it.
            column("score", DataType::Float32),
            // Whether words of one stand in the place of others.
            column("substituted", DataType::Boolean),
        ]);
        Arc::new(Schema::new(columns))
    });
    SCHEMA.clone()
}
