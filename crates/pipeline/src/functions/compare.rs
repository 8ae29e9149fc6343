use std::sync::Arc;

use arrow::{
    array::{Array, ArrayRef, Float64Builder, StringArray, StringBuilder, StructArray, UInt32Builder},
    datatypes::{DataType, Field, Fields},
};
use copydesk_match::{Context, Prepared, Thresholds, align, decide};
use datafusion::logical_expr::ScalarUDF;

/// `compare(body, body)`: what two bodies are to each other, the columns of `relations`.
pub(super) fn function() -> ScalarUDF {
    let column = |name: &str, data_type| Field::new(name, data_type, false);
    let fields = Fields::from(vec![
        column("relation", DataType::Utf8),
        column("coverage_a", DataType::Float64),
        column("coverage_b", DataType::Float64),
        column("shared_words", DataType::UInt32),
        column("numbers_differ", DataType::UInt32),
        column("reason", DataType::Utf8),
        column("value", DataType::Float64),
        column("threshold", DataType::Float64),
    ]);
    super::of_texts("compare", DataType::Struct(fields.clone()), move |[a, b]: [&StringArray; 2]| {
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
