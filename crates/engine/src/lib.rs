//! The embedded query engine, DataFusion: SQL over streams and tables of Arrow batches, within bounds of memory and threads.
//!
//! This is the only room that names that engine, and the only one beside the server and remote input that is async: what goes in and out
//! are iterators. It is a crate of its own, and compiled as its planner is, for a reason: what polls the engine's futures compiles its planner
//! anew, and so must be small and not worth optimising. See `docs/decisions/0004-one-profile.md`.

mod dialect;
mod error;
mod function;
mod session;
mod stream;
mod table;

pub use error::{Error, Kind};
pub use function::Function;
pub use session::{Engine, Settings, Spill};
pub use stream::{Rows, Stream};
pub use table::Table;
