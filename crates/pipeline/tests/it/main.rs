//! The plan as a whole, on captures that were made up for it.

mod bad_input;
mod crash;
mod equal;
mod made_up;
mod questions;
