//! Any bytes as a WARC file, as they are and packed. The first byte chooses how; see `any_bytes.rs`.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../crates/read/tests/it/any_bytes.rs"]
mod any_bytes;

fuzz_target!(|bytes: &[u8]| any_bytes::check(bytes));
