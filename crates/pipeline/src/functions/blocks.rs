use std::sync::Arc;

use arrow::{
    array::{Array, ListBuilder, StringArray, StructBuilder, UInt32Builder, UInt64Builder},
    datatypes::{DataType, Field, Fields},
};
use copydesk_engine::Function;

/// `blocks(text)`: the blocks of a text, a list of `{start, end, hash}` whose spans tile it; `unnest` makes rows of it.
pub(super) fn function() -> Function {
    let fields = Fields::from(vec![
        Field::new("start", DataType::UInt32, false),
        Field::new("end", DataType::UInt32, false),
        Field::new("hash", DataType::UInt64, false),
    ]);
    let item = Arc::new(Field::new("item", DataType::Struct(fields.clone()), false));
    let returns = DataType::List(item.clone());
    Function::of_texts("blocks", returns, move |[texts]: [&StringArray; 1]| {
        let columns: Vec<Box<dyn arrow::array::ArrayBuilder>> =
            vec![Box::new(UInt32Builder::new()), Box::new(UInt32Builder::new()), Box::new(UInt64Builder::new())];
        let mut lists = ListBuilder::new(StructBuilder::new(fields.clone(), columns)).with_field(item.clone());
        for row in 0..texts.len() {
            for block in copydesk_split::blocks(texts.value(row)) {
                let values = lists.values();
                for (k, value) in [block.span.start, block.span.end].into_iter().enumerate() {
                    if let Some(column) = values.field_builder::<UInt32Builder>(k) {
                        column.append_value(value);
                    }
                }
                if let Some(hash) = values.field_builder::<UInt64Builder>(2) {
                    hash.append_value(block.hash);
                }
                values.append(true);
            }
            lists.append(texts.is_valid(row));
        }
        Ok(Arc::new(lists.finish()))
    })
}
