use arrow::datatypes::DataType;
use datafusion::{
    common::{DFSchema, plan_err},
    error::Result,
    functions::core::expr_fn::get_field,
    logical_expr::{
        Expr, ExprSchemable, GetFieldAccess,
        planner::{ExprPlanner, PlannerResult, RawBinaryExpr, RawFieldAccessExpr},
        sqlparser::ast::BinaryOperator,
    },
};

use super::{array_element::ArrayElement, call, make_array::MakeArray};

/// `list[1]`, `row['field']`, `[a, b]` and `array[a, b]`.
#[derive(Debug)]
pub(super) struct Lists;

impl ExprPlanner for Lists {
    fn plan_field_access(
        &self,
        access: RawFieldAccessExpr,
        schema: &DFSchema,
    ) -> Result<PlannerResult<RawFieldAccessExpr>> {
        let RawFieldAccessExpr { expr, field_access } = access;
        Ok(PlannerResult::Planned(match field_access {
            GetFieldAccess::NamedStructField { name } => {
                if let DataType::List(_) = expr.get_type(schema)? {
                    return plan_err!(
                        "`{expr}` is a list: take an element of it first, `{expr}[1]['{}']`",
                        name.try_as_str().flatten().unwrap_or_default()
                    );
                }
                get_field(expr, name)
            }
            GetFieldAccess::ListIndex { key } => call(ArrayElement::default(), vec![expr, *key]),
            GetFieldAccess::ListRange { .. } => {
                return plan_err!("of a list one element can be taken, `{expr}[1]`, or all, `unnest({expr})`");
            }
        }))
    }

    fn plan_binary_op(&self, operation: RawBinaryExpr, schema: &DFSchema) -> Result<PlannerResult<RawBinaryExpr>> {
        if operation.op == BinaryOperator::StringConcat {
            for side in [&operation.left, &operation.right] {
                // The engine would join what is printed of it.
                if let DataType::List(_) = side.get_type(schema)? {
                    return plan_err!(
                        "`||` joins texts, and `{side}` is a list: `array_to_string({side}, ', ')` is a text"
                    );
                }
            }
        }
        Ok(PlannerResult::Original(operation))
    }

    fn plan_array_literal(&self, elements: Vec<Expr>, _: &DFSchema) -> Result<PlannerResult<Vec<Expr>>> {
        Ok(PlannerResult::Planned(call(MakeArray::default(), elements)))
    }
}
