use arrow::{
    array::{Array, ListArray, UInt64Array},
    compute::take,
    datatypes::DataType,
};
use datafusion::{
    common::{
        cast::{as_int64_array, as_list_array},
        plan_err,
    },
    error::Result,
    logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility},
};

/// `list[n]`, `array_element(list, n)`: the element at a place, counted from 1, or with a negative number from the end; NULL where there is none.
pub(super) fn function() -> ScalarUDF {
    ScalarUDF::new_from_impl(ArrayElement::default())
}

#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct ArrayElement {
    signature: Signature,
    aliases: Vec<String>,
}

impl Default for ArrayElement {
    fn default() -> Self {
        Self {
            signature: Signature::array_and_index(Volatility::Immutable),
            aliases: ["array_extract", "list_element", "list_extract"].map(str::to_owned).to_vec(),
        }
    }
}

impl ScalarUDFImpl for ArrayElement {
    fn name(&self) -> &str {
        "array_element"
    }

    fn aliases(&self) -> &[String] {
        &self.aliases
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, types: &[DataType]) -> Result<DataType> {
        match types.first() {
            Some(DataType::List(element)) => Ok(element.data_type().clone()),
            Some(DataType::Null) => Ok(DataType::Null),
            other => plan_err!("`array_element` takes a list, not {}", other.unwrap_or(&DataType::Null)),
        }
    }

    fn invoke_with_args(&self, call: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&call.args)?;
        if arrays[0].data_type().is_null() {
            return super::value(arrays[0].clone(), &call.args);
        }
        let (lists, places): (&ListArray, _) = (as_list_array(&arrays[0])?, as_int64_array(&arrays[1])?);
        let rows: UInt64Array = (0..lists.len())
            .map(|row| {
                if lists.is_null(row) || places.is_null(row) {
                    return None;
                }
                let length = i64::from(lists.value_length(row));
                let place = match places.value(row) {
                    from_the_end @ ..0 => from_the_end.checked_add(length)?,
                    place => place - 1,
                };
                let start = lists.value_offsets().get(row).copied()?;
                (0..length).contains(&place).then(|| start as u64 + place as u64)
            })
            .collect();
        super::value(take(lists.values(), &rows, None)?, &call.args)
    }
}
