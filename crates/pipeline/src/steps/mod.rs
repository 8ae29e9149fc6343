//! The plan's steps in the order in which they run.

pub(crate) mod anchors;
pub(crate) mod assemble;
pub(crate) mod block_rows;
pub(crate) mod candidates;
pub(crate) mod census;
pub(crate) mod clip;
pub(crate) mod clipping_rows;
pub(crate) mod clippings;
pub(crate) mod compared;
pub(crate) mod earlier;
pub(crate) mod facts;
pub(crate) mod forms;
pub(crate) mod ingest;
pub(crate) mod publish;
pub(crate) mod rank;
pub(crate) mod repeats;
pub(crate) mod revisits;
pub(crate) mod rulings;
pub(crate) mod splice;
pub(crate) mod split_rows;
pub(crate) mod verify;
pub(crate) mod version_rows;
