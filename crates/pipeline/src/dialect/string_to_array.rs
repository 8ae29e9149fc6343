use std::sync::Arc;

use arrow::{
    array::{Array, ListBuilder, StringArray, StringBuilder},
    compute::cast,
    datatypes::DataType,
};
use datafusion::{
    common::cast::as_string_array,
    error::Result,
    logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, TypeSignature, Volatility},
};

/// `string_to_array(text, between)`: the parts of a text as a list, none of the empty text, as PostgreSQL has it. An empty `between` parts
/// nothing, and NULL all characters; parts that a third argument names are NULL.
pub(super) fn function() -> ScalarUDF {
    ScalarUDF::new_from_impl(StringToArray::default())
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct StringToArray {
    signature: Signature,
    aliases: Vec<String>,
}

impl Default for StringToArray {
    fn default() -> Self {
        let either = vec![TypeSignature::String(2), TypeSignature::String(3)];
        Self { signature: Signature::one_of(either, Volatility::Immutable), aliases: vec!["string_to_list".to_owned()] }
    }
}

impl ScalarUDFImpl for StringToArray {
    fn name(&self) -> &str {
        "string_to_array"
    }

    fn aliases(&self) -> &[String] {
        &self.aliases
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::new_list(DataType::Utf8, true))
    }

    fn invoke_with_args(&self, call: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&call.args)?;
        let texts: Vec<StringArray> = arrays
            .iter()
            .map(|array| Ok(as_string_array(&cast(array, &DataType::Utf8)?)?.clone()))
            .collect::<Result<_>>()?;
        let said = |k: usize, row: usize| {
            texts.get(k).filter(|texts: &&StringArray| texts.is_valid(row)).map(|texts| texts.value(row))
        };
        let mut lists = ListBuilder::new(StringBuilder::new());
        for row in 0..texts[0].len() {
            let Some(text) = said(0, row) else {
                lists.append_null();
                continue;
            };
            let unknown = said(2, row);
            let mut put = |part: &str| lists.values().append_option(Some(part).filter(|_| Some(part) != unknown));
            match said(1, row) {
                _ if text.is_empty() => {}
                Some("") => put(text),
                Some(between) => text.split(between).for_each(put),
                None => {
                    let mut buffer = [0; 4];
                    text.chars().for_each(|c| put(c.encode_utf8(&mut buffer)));
                }
            }
            lists.append(true);
        }
        super::value(Arc::new(lists.finish()), &call.args)
    }
}
