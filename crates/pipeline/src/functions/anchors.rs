use std::sync::Arc;

use arrow::{
    array::{Array, ListBuilder, StringArray, StructBuilder, UInt32Builder, UInt64Builder},
    datatypes::{DataType, Field, Fields},
};
use copydesk_engine::Function;
use copydesk_match::{Prepared, Thresholds};

/// `anchors(body)`: the shingles that a body can be met at, a list of `{hash, position}`; `unnest` makes rows of it.
pub(super) fn function() -> Function {
    let fields = Fields::from(vec![
        Field::new("hash", DataType::UInt64, false),
        Field::new("position", DataType::UInt32, false),
    ]);
    let item = Arc::new(Field::new("item", DataType::Struct(fields.clone()), false));
    let returns = DataType::List(item.clone());
    Function::of_texts("anchors", returns, move |[bodies]: [&StringArray; 1]| {
        let thresholds = Thresholds::default();
        let columns: Vec<Box<dyn arrow::array::ArrayBuilder>> =
            vec![Box::new(UInt64Builder::new()), Box::new(UInt32Builder::new())];
        let mut lists = ListBuilder::new(StructBuilder::new(fields.clone(), columns)).with_field(item.clone());
        for row in 0..bodies.len() {
            let anchors = copydesk_match::anchors(&Prepared::new(bodies.value(row), &[]), &thresholds);
            for anchor in anchors {
                let values = lists.values();
                if let Some(hash) = values.field_builder::<UInt64Builder>(0) {
                    hash.append_value(anchor.hash);
                }
                if let Some(position) = values.field_builder::<UInt32Builder>(1) {
                    position.append_value(anchor.position);
                }
                values.append(true);
            }
            lists.append(bodies.is_valid(row));
        }
        Ok(Arc::new(lists.finish()))
    })
}
