use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// 128-bit hash of a body text: names a version in the archive, so it must never change.
///
/// ```
/// assert_eq!(copydesk_text::body_hash("one text"), copydesk_text::body_hash("one text"));
/// assert_ne!(copydesk_text::body_hash("one text"), copydesk_text::body_hash("another"));
/// ```
pub fn body_hash(text: &str) -> u128 {
    xxh3_128(text.as_bytes())
}

/// 64-bit hash of a text, for tables in memory.
pub fn body_key(text: &str) -> u64 {
    xxh3_64(text.as_bytes())
}
