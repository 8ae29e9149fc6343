use std::sync::{Arc, LazyLock};

use arrow::datatypes::{DataType, Schema, SchemaRef};

use super::{column, evidence, published, rows};

/// One row a distinct body.
pub(crate) fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        let mut columns = vec![
            // 32 hexadecimal digits: XXH3-128 of the body.
            column("id", DataType::Utf8),
            column("story", DataType::Utf8),
            // Of its earliest clipping, if possible one that has any.
            column("headline", DataType::Utf8),
            // Paragraphs are separated by blank lines.
            column("body", DataType::Utf8),
            column("words", DataType::UInt32),
            column("first_seen", DataType::Utf8),
            column("last_seen", DataType::Utf8),
            column("clippings", DataType::UInt64),
            // BCP 47; empty where it cannot be told.
            column("language", DataType::Utf8),
        ];
        columns.extend(published());
        let mut notice = vec![
            // `correction`, `clarification`, `update`, `retraction` or `editors-note`
            column("kind", DataType::Utf8),
            // What it says was wrong, what is right, and the day on which that was put right; empty where it does not say.
            column("wrong", DataType::Utf8),
            column("right", DataType::Utf8),
            column("day", DataType::Utf8),
            // `body` or `headline`
            column("field", DataType::Utf8),
        ];
        notice.extend(evidence());
        let mut mention = vec![
            // `DATE`, `TIME`, `DURATION` or `SET`
            column("type", DataType::Utf8),
            // As TIMEX3 writes it; empty where it is open, and `open` says why.
            column("value", DataType::Utf8),
            column("first", DataType::Utf8),
            column("last", DataType::Utf8),
            column("open", DataType::Utf8),
            // `START`, `APPROX`, ... of TIMEX3: what the value does not say.
            column("modifier", DataType::Utf8),
        ];
        mention.extend(evidence());
        columns.extend([
            // The version that it is an edit of, as far as that can be told, and by what: `url`, `site` or `story`; empty for the first.
            column("previous", DataType::Utf8),
            column("previous_by", DataType::Utf8),
            // The worst of what changed since: `headline`, `number`, `quote`, `wording`, `added`, `removed`, `cosmetic`.
            column("severity", DataType::Utf8),
            column("changes", DataType::UInt32),
            // Where it says itself that it was corrected.
            column("notices", rows(notice)),
            // Expressions of time.
            column("mentions", rows(mention)),
        ]);
        Arc::new(Schema::new(columns))
    });
    SCHEMA.clone()
}
