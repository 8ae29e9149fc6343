use std::sync::Arc;

use arrow::{
    array::{Array, ListArray, StringArray, new_null_array},
    compute::cast,
    datatypes::DataType,
};
use datafusion::{
    common::{
        cast::{as_list_array, as_string_array},
        plan_err,
    },
    error::Result,
    logical_expr::{
        ArrayFunctionArgument, ArrayFunctionSignature, ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl,
        Signature, TypeSignature, Volatility,
    },
};

/// `array_to_string(list, between)`: its elements in one text. NULLs are left out, or stand as a third argument says.
pub(super) fn function() -> ScalarUDF {
    ScalarUDF::new_from_impl(ArrayToString::default())
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct ArrayToString {
    signature: Signature,
    aliases: Vec<String>,
}

impl Default for ArrayToString {
    fn default() -> Self {
        use ArrayFunctionArgument::{Array, String};
        let takes = |arguments| {
            TypeSignature::ArraySignature(ArrayFunctionSignature::Array { arguments, array_coercion: None })
        };
        let either = vec![takes(vec![Array, String]), takes(vec![Array, String, String])];
        Self {
            signature: Signature::one_of(either, Volatility::Immutable),
            aliases: ["list_to_string", "array_join", "list_join"].map(str::to_owned).to_vec(),
        }
    }
}

impl ScalarUDFImpl for ArrayToString {
    fn name(&self) -> &str {
        "array_to_string"
    }

    fn aliases(&self) -> &[std::string::String] {
        &self.aliases
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, types: &[DataType]) -> Result<DataType> {
        match types.first() {
            Some(DataType::List(element)) if element.data_type().is_nested() => {
                plan_err!(
                    "`array_to_string` takes a list of texts or numbers, and each element of this one is {}",
                    element.data_type()
                )
            }
            _ => Ok(DataType::Utf8),
        }
    }

    fn invoke_with_args(&self, call: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&call.args)?;
        let texts = |k: usize| -> Result<Option<StringArray>> {
            let Some(array) = arrays.get(k) else { return Ok(None) };
            Ok(Some(as_string_array(&cast(array, &DataType::Utf8)?)?.clone()))
        };
        if arrays[0].data_type().is_null() {
            return super::value(new_null_array(&DataType::Utf8, arrays[0].len()), &call.args);
        }
        let lists: &ListArray = as_list_array(&arrays[0])?;
        let (between, unknown) = (texts(1)?, texts(2)?);
        let joined: StringArray = (0..lists.len())
            .map(|row| {
                let said = |texts: &Option<StringArray>| {
                    texts.as_ref().filter(|texts| texts.is_valid(row)).map(|texts| texts.value(row).to_owned())
                };
                let Some(between) = said(&between).filter(|_| lists.is_valid(row)) else { return Ok(None) };
                let unknown = said(&unknown);
                let elements = cast(&lists.value(row), &DataType::Utf8)?;
                let elements: Vec<&str> =
                    as_string_array(&elements)?.iter().filter_map(|element| element.or(unknown.as_deref())).collect();
                Ok(Some(elements.join(&between)))
            })
            .collect::<Result<_>>()?;
        super::value(Arc::new(joined), &call.args)
    }
}
