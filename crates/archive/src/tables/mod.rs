//! The columns of each table. Their names and types are public: other programs read them.

pub(crate) mod anchors;
pub(crate) mod blocks;
pub(crate) mod captures;
pub(crate) mod clippings;
pub(crate) mod comparisons;
pub(crate) mod forms;
pub(crate) mod relations;
pub(crate) mod sightings;
pub(crate) mod splits;
pub(crate) mod stories;
pub(crate) mod versions;

use arrow::datatypes::{DataType, Field};

/// A column that always has a value; a text that is not known is the empty text.
fn column(name: &str, data_type: DataType) -> Field {
    Field::new(name, data_type, false)
}
