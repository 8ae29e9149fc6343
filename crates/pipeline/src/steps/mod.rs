//! The plan's steps in the order in which they run.

pub(crate) mod anchors;
pub(crate) mod candidates;
pub(crate) mod census;
pub(crate) mod clip;
pub(crate) mod facts;
pub(crate) mod forms;
pub(crate) mod ingest;
pub(crate) mod publish;
pub(crate) mod rank;
pub(crate) mod rulings;
pub(crate) mod verify;
pub(crate) mod version_rows;
