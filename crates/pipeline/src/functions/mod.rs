//! The kernels as functions of the engine, for queries over an archive: one function a file.
//!
//! They hold nothing but what they are given, so that any engine that takes Arrow can run them.

mod anchors;
mod blocks;
mod compare;

use std::sync::Arc;

use arrow::{
    array::{Array, ArrayRef, AsArray, StringArray},
    datatypes::DataType,
};
use datafusion::{
    error::{DataFusionError, Result},
    logical_expr::{ColumnarValue, ScalarUDF, Volatility, create_udf},
};

/// Every function.
pub(crate) fn all() -> [ScalarUDF; 3] {
    [anchors::function(), blocks::function(), compare::function()]
}

/// A function of texts that depends on nothing else.
fn of_texts<const N: usize>(
    name: &str,
    returns: DataType,
    kernel: impl Fn([&StringArray; N]) -> Result<ArrayRef> + Send + Sync + 'static,
) -> ScalarUDF {
    let own_name = name.to_owned();
    let function = move |arguments: &[ColumnarValue]| -> Result<ColumnarValue> {
        let alone = arguments.iter().all(|argument| matches!(argument, ColumnarValue::Scalar(_)));
        let arrays = ColumnarValue::values_to_arrays(arguments)?;
        let texts: Vec<&StringArray> = arrays.iter().filter_map(|array| array.as_string_opt::<i32>()).collect();
        let texts: [&StringArray; N] =
            texts.try_into().map_err(|_| DataFusionError::Plan(format!("`{own_name}` takes {N} texts")))?;
        let result = kernel(texts)?;
        if alone && result.len() == 1 {
            return Ok(ColumnarValue::Scalar(datafusion::scalar::ScalarValue::try_from_array(&result, 0)?));
        }
        Ok(ColumnarValue::Array(result))
    };
    create_udf(name, vec![DataType::Utf8; N], returns, Volatility::Immutable, Arc::new(function))
}
