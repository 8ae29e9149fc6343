//! An archive on a disk: commits, readers beside a writer, damage, locks.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stderr,
    reason = "tests make and break files"
)]

mod commits;
mod damage;
mod documented;
mod groups;
mod patch;
