//! What a question in SQL may say beside what the engine is compiled with: everyday forms that it takes apart and has no word for, and lists.
//!
//! The functions that it has, but names by their short names alone, are given their other forms (`substring(x from 2)`, `extract(year from
//! x)`). Functions of lists come from two places: those that the engine's parser writes itself for `x = ANY (list)` and its like are given
//! their names, and five that are missing are ours, one a file, each as DataFusion documents the function of that name; where it leaves
//! a case open, as PostgreSQL has it.

mod advice;
mod array_element;
mod array_length;
mod array_to_string;
mod make_array;
mod planner;
mod string_to_array;

use std::{collections::BTreeMap, sync::Arc};

use arrow::datatypes::{DataType, Field, Schema};
use datafusion::{
    common::{
        DFSchema, ScalarValue,
        tree_node::{TreeNode, TreeNodeRecursion},
    },
    error::Result,
    execution::FunctionRegistry,
    functions::{datetime::planner::DatetimeFunctionPlanner, unicode::planner::UnicodeFunctionPlanner},
    logical_expr::{ColumnarValue, Expr, ScalarUDF, ScalarUDFImpl},
    prelude::SessionContext,
};

pub(crate) use advice::advised;

/// Makes everything here known to a session.
pub(crate) fn register(context: &mut SessionContext) -> Result<()> {
    for function in written_by_the_parser(context)?.into_values() {
        FunctionRegistry::register_udf(context, function)?;
    }
    for function in [
        array_element::function(),
        array_length::function(),
        array_to_string::function(),
        make_array::function(),
        string_to_array::function(),
    ] {
        FunctionRegistry::register_udf(context, Arc::new(function))?;
    }
    context.register_expr_planner(Arc::new(UnicodeFunctionPlanner))?;
    context.register_expr_planner(Arc::new(DatetimeFunctionPlanner))?;
    context.register_expr_planner(Arc::new(planner::Lists))
}

/// The functions that the parser itself writes for comparisons with a list, by their names: `array_has`, `array_min`, `array_max`,
/// `array_position` and `cardinality`.
fn written_by_the_parser(context: &SessionContext) -> Result<BTreeMap<String, Arc<ScalarUDF>>> {
    let list = DataType::new_list(DataType::Utf8, true);
    let schema = DFSchema::try_from(Schema::new(vec![Field::new("list", list, true)]))?;
    let mut functions = BTreeMap::new();
    for written in ["'x' = ANY (list)", "'x' < ALL (list)", "'x' > ALL (list)"] {
        context.parse_sql_expr(written, &schema)?.apply(|part| {
            if let Expr::ScalarFunction(call) = part {
                functions.insert(call.func.name().to_owned(), Arc::clone(&call.func));
            }
            Ok(TreeNodeRecursion::Continue)
        })?;
    }
    Ok(functions)
}

/// An array as the value of a function: of constants alone, a constant.
fn value(array: arrow::array::ArrayRef, of: &[ColumnarValue]) -> Result<ColumnarValue> {
    if array.len() == 1 && of.iter().all(|argument| matches!(argument, ColumnarValue::Scalar(_))) {
        return Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&array, 0)?));
    }
    Ok(ColumnarValue::Array(array))
}

/// A call of one of the functions here.
fn call(function: impl ScalarUDFImpl + 'static, arguments: Vec<Expr>) -> Expr {
    ScalarUDF::new_from_impl(function).call(arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parser_writes_the_functions_of_lists_that_are_given_their_names() {
        let names: Vec<String> = written_by_the_parser(&SessionContext::new()).unwrap().into_keys().collect();
        assert_eq!(names, ["array_has", "array_max", "array_min", "array_position", "cardinality"]);
    }
}
