//! The query language: text in, a tree out, or an error that says where.

mod field;
mod parse;
mod range;
mod tree;

pub use field::Field;
pub use parse::{QueryError, parse};
pub use range::{Numbers, Times};
pub use tree::{Leaf, Node, Test};
