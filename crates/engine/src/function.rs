use std::sync::Arc;

use arrow::{
    array::{Array, ArrayRef, AsArray, StringArray},
    datatypes::DataType,
    error::ArrowError,
};
use datafusion::{
    error::{DataFusionError, Result},
    logical_expr::{ColumnarValue, ScalarUDF, Volatility, create_udf},
    scalar::ScalarValue,
};

/// A function that queries can call.
pub struct Function(pub(crate) ScalarUDF);

impl Function {
    /// A function of `N` columns of text, row by row, that depends on nothing else.
    pub fn of_texts<const N: usize>(
        name: &str,
        returns: DataType,
        kernel: impl Fn([&StringArray; N]) -> std::result::Result<ArrayRef, ArrowError> + Send + Sync + 'static,
    ) -> Self {
        let own_name = name.to_owned();
        let of_arrays = move |arrays: &[ArrayRef]| {
            let texts: Vec<&StringArray> = arrays.iter().filter_map(|array| array.as_string_opt::<i32>()).collect();
            let texts: [&StringArray; N] = texts
                .try_into()
                .map_err(|_| ArrowError::InvalidArgumentError(format!("`{own_name}` takes {N} texts")))?;
            kernel(texts)
        };
        Self::of_arrays(name, vec![DataType::Utf8; N], returns, Box::new(of_arrays))
    }

    fn of_arrays(name: &str, takes: Vec<DataType>, returns: DataType, kernel: Kernel) -> Self {
        let function = move |arguments: &[ColumnarValue]| -> Result<ColumnarValue> {
            let alone = arguments.iter().all(|argument| matches!(argument, ColumnarValue::Scalar(_)));
            let arrays = ColumnarValue::values_to_arrays(arguments)?;
            let result = kernel(&arrays).map_err(DataFusionError::from)?;
            if alone && result.len() == 1 {
                return Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&result, 0)?));
            }
            Ok(ColumnarValue::Array(result))
        };
        Self(create_udf(name, takes, returns, Volatility::Immutable, Arc::new(function)))
    }
}

type Kernel = Box<dyn Fn(&[ArrayRef]) -> std::result::Result<ArrayRef, ArrowError> + Send + Sync>;
