//! The index as its users meet it.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests make and break files")]

mod growing;
mod made_up;
mod order;
mod queries;
mod storage;
