//! The kernels as functions of the engine, for queries over an archive: one function a file.
//!
//! They hold nothing but what they are given, so that any engine that takes Arrow can run them.

mod anchors;
mod blocks;
mod compare;

use copydesk_engine::Function;

/// Every function.
pub(crate) fn all() -> [Function; 3] {
    [anchors::function(), blocks::function(), compare::function()]
}
