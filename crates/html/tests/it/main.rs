//! Pages from outside: any bytes, broken pages, and the real ones that stand beside the repository.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests read pages and have a clock"
)]

mod any_bytes;
mod corpora;
mod mutations;
mod properties;
mod real_pages;
mod soup;
