//! The program as its users meet it: run as a process, looked at from outside.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests make and break files")]

mod archive;
mod bad_input;
mod demo;
mod help;
mod questions;
mod remote;
mod revisits;
mod run;
mod search;
mod streams;
mod upkeep;
