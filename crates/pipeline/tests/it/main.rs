//! The plan as a whole, on captures that were made up for it.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stderr,
    reason = "tests make and break files"
)]

mod annotations;
mod bad_input;
mod crash;
mod dialect;
mod equal;
mod forgets;
mod grows;
mod hard_ends;
mod made_up;
mod questions;
mod revisits;
mod rulings;
mod upkeep;
