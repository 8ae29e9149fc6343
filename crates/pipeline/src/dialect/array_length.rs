use std::sync::Arc;

use arrow::{
    array::{Array, ListArray, UInt64Array, new_null_array},
    datatypes::DataType,
};
use datafusion::{
    common::{ScalarValue, cast::as_list_array, plan_err},
    error::Result,
    logical_expr::{
        ArrayFunctionArgument, ArrayFunctionSignature, ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl,
        Signature, TypeSignature, Volatility,
    },
};

/// `array_length(list)`: how many elements it has, 0 of the empty list. `array_length(list, 1)` is the same.
pub(super) fn function() -> ScalarUDF {
    ScalarUDF::new_from_impl(ArrayLength::default())
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct ArrayLength {
    signature: Signature,
    aliases: Vec<String>,
}

impl Default for ArrayLength {
    fn default() -> Self {
        use ArrayFunctionArgument::{Array, Index};
        let takes = |arguments| {
            TypeSignature::ArraySignature(ArrayFunctionSignature::Array { arguments, array_coercion: None })
        };
        Self {
            signature: Signature::one_of(vec![takes(vec![Array]), takes(vec![Array, Index])], Volatility::Immutable),
            aliases: vec!["list_length".to_owned()],
        }
    }
}

impl ScalarUDFImpl for ArrayLength {
    fn name(&self) -> &str {
        "array_length"
    }

    fn aliases(&self) -> &[String] {
        &self.aliases
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::UInt64)
    }

    fn invoke_with_args(&self, call: ScalarFunctionArgs) -> Result<ColumnarValue> {
        match call.args.get(1) {
            None | Some(ColumnarValue::Scalar(ScalarValue::Int64(Some(1)))) => {}
            Some(_) => return plan_err!("`array_length` counts the elements of a list: its second argument is 1"),
        }
        let arrays = ColumnarValue::values_to_arrays(&call.args[..1])?;
        if arrays[0].data_type().is_null() {
            return super::value(new_null_array(&DataType::UInt64, arrays[0].len()), &call.args[..1]);
        }
        let lists: &ListArray = as_list_array(&arrays[0])?;
        let lengths: UInt64Array = lists.iter().map(|list| list.map(|list| list.len() as u64)).collect();
        super::value(Arc::new(lengths), &call.args[..1])
    }
}
