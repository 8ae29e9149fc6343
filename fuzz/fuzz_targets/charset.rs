//! Any bytes as a page in any encoding. The first byte chooses which; see `any_bytes.rs`.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[allow(dead_code, reason = "shared with another target")]
#[path = "../../crates/html/tests/it/any_bytes.rs"]
mod any_bytes;

fuzz_target!(|bytes: &[u8]| any_bytes::charset(bytes));
