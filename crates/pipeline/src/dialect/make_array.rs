use std::sync::Arc;

use arrow::{
    array::{Array, ListArray, new_empty_array},
    buffer::OffsetBuffer,
    compute::interleave,
    datatypes::{DataType, Field},
};
use datafusion::{
    common::plan_err,
    error::Result,
    logical_expr::{
        ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
        type_coercion::binary::type_union_resolution,
    },
};

/// `[a, b]`, `array[a, b]`, `make_array(a, b)`: a list of values of one type.
pub(super) fn function() -> ScalarUDF {
    ScalarUDF::new_from_impl(MakeArray::default())
}

#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct MakeArray {
    signature: Signature,
    aliases: Vec<String>,
}

impl Default for MakeArray {
    fn default() -> Self {
        Self { signature: Signature::user_defined(Volatility::Immutable), aliases: vec!["make_list".to_owned()] }
    }
}

impl ScalarUDFImpl for MakeArray {
    fn name(&self) -> &str {
        "make_array"
    }

    fn aliases(&self) -> &[String] {
        &self.aliases
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        if types.is_empty() {
            return Ok(Vec::new());
        }
        match type_union_resolution(types) {
            Some(one) => Ok(vec![one; types.len()]),
            None => plan_err!("the elements of a list are of one type, and these are {types:?}"),
        }
    }

    fn return_type(&self, types: &[DataType]) -> Result<DataType> {
        Ok(DataType::new_list(types.first().cloned().unwrap_or(DataType::Null), true))
    }

    fn invoke_with_args(&self, call: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&call.args)?;
        let rows = arrays.first().map_or(call.number_rows, |array| array.len());
        let columns: Vec<&dyn Array> = arrays.iter().map(AsRef::as_ref).collect();
        let places: Vec<(usize, usize)> =
            (0..rows).flat_map(|row| (0..columns.len()).map(move |column| (column, row))).collect();
        let values = if columns.is_empty() { new_empty_array(&DataType::Null) } else { interleave(&columns, &places)? };
        let element = Arc::new(Field::new_list_field(values.data_type().clone(), true));
        let offsets = OffsetBuffer::from_lengths(std::iter::repeat_n(columns.len(), rows));
        super::value(Arc::new(ListArray::try_new(element, offsets, values, None)?), &call.args)
    }
}
