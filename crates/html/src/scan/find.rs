/// Where a byte stands, from `start` on. Most of what is searched is a few words long, between two quotation marks or two tags: for these a
/// call of `memchr` costs more than the search.
#[inline(always)]
pub(super) fn find(byte: u8, bytes: &[u8], start: usize) -> Option<usize> {
    let rest = bytes.get(start..)?;
    let Some(near) = rest.first_chunk::<NEAR>() else { return memchr::memchr(byte, rest).map(|n| start + n) };
    for (at, chunk) in near.as_chunks::<8>().0.iter().enumerate() {
        let differs = u64::from_le_bytes(*chunk) ^ (LOW * u64::from(byte));
        // The lowest of these bits is that of the first byte that does not differ; those above it may be carries.
        let same = differs.wrapping_sub(LOW) & !differs & (LOW << 7);
        if same != 0 {
            return Some(start + at * 8 + same.trailing_zeros() as usize / 8);
        }
    }
    memchr::memchr(byte, &rest[NEAR..]).map(|n| start + NEAR + n)
}

/// Bytes that are searched here.
const NEAR: usize = 48;

/// A one in each byte.
const LOW: u64 = u64::MAX / 255;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_where_memchr_finds_it(bytes in prop::collection::vec(prop_oneof![Just(b'"'), Just(b'#'), Just(b'!'), any::<u8>()], 0..90), start in 0..99_usize) {
            let expected = bytes.get(start..).and_then(|rest| memchr::memchr(b'"', rest)).map(|n| start + n);
            prop_assert_eq!(find(b'"', &bytes, start), expected);
        }
    }
}
