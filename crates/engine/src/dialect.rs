//! What a question in SQL may say beside what the engine is compiled with: everyday forms that it takes apart and has no word for
//! (`substring(x from 2)`, `extract(year from x)`, `list[1]`), and functions of lists.

use std::sync::Arc;

use datafusion::{
    error::Result,
    execution::FunctionRegistry,
    functions::{datetime::planner::DatetimeFunctionPlanner, unicode::planner::UnicodeFunctionPlanner},
    prelude::SessionContext,
};
use datafusion_functions_nested::planner::{FieldAccessPlanner, NestedFunctionPlanner};

/// Makes everything here known to a session.
pub(crate) fn register(context: &mut SessionContext) -> Result<()> {
    datafusion_functions_nested::register_all(context)?;
    context.register_expr_planner(Arc::new(UnicodeFunctionPlanner))?;
    context.register_expr_planner(Arc::new(DatetimeFunctionPlanner))?;
    context.register_expr_planner(Arc::new(NestedFunctionPlanner))?;
    context.register_expr_planner(Arc::new(FieldAccessPlanner))
}
