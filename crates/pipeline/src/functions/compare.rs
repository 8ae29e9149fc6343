use std::sync::Arc;

use arrow::{
    array::{Array, ArrayRef, Float64Builder, StringArray, StringBuilder, StructArray, UInt32Builder},
    datatypes::{DataType, Fields},
};
use copydesk_archive::Table;
use copydesk_engine::Function;
use copydesk_match::{Context, Prepared, Thresholds, align, decide};

/// `compare(body, body)`: what two bodies are to each other, the columns of `relations`.
pub(super) fn function() -> Function {
    // All but the two versions that a row names.
    let schema = Table::Relations.schema();
    let fields: Fields =
        schema.fields().iter().filter(|field| !["a", "b"].contains(&field.name().as_str())).cloned().collect();
    Function::of_texts("compare", DataType::Struct(fields.clone()), move |[a, b]: [&StringArray; 2]| {
        let thresholds = Thresholds::default();
        let (mut relations, mut reasons) = (StringBuilder::new(), StringBuilder::new());
        let mut shares: [Float64Builder; 4] = Default::default();
        let mut counts: [UInt32Builder; 2] = Default::default();
        for row in 0..a.len() {
            let (x, y) = (Prepared::new(a.value(row), &[]), Prepared::new(b.value(row), &[]));
            let evidence = align(&x, &y, &thresholds);
            let decision = decide(&evidence, &Context::default(), &thresholds);
            relations.append_value(decision.relation.name());
            reasons.append_value(decision.reason);
            let values = [evidence.coverage_a, evidence.coverage_b, decision.value, decision.threshold];
            shares.iter_mut().zip(values).for_each(|(column, value)| column.append_value(value));
            let values = [evidence.matched, evidence.numbers_differ];
            counts.iter_mut().zip(values).for_each(|(column, value)| column.append_value(value));
        }
        let [coverage_a, coverage_b, value, threshold] =
            shares.map(|mut column| -> ArrayRef { Arc::new(column.finish()) });
        let [shared_words, numbers_differ] = counts.map(|mut column| -> ArrayRef { Arc::new(column.finish()) });
        let columns: Vec<ArrayRef> = vec![
            Arc::new(relations.finish()),
            coverage_a,
            coverage_b,
            shared_words,
            numbers_differ,
            Arc::new(reasons.finish()),
            value,
            threshold,
        ];
        Ok(Arc::new(StructArray::try_new(fields.clone(), columns, None)?))
    })
}
