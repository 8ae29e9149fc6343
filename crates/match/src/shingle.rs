/// Words in a shingle. Five, as in the measurements that the thresholds come from; shorter ones meet by accident, longer
/// ones break at every edit. Anchors are stored, so another number is another archive format.
pub const SHINGLE: usize = 5;

/// Hash of a shingle: two multiplications, order matters.
#[inline]
pub(crate) fn shingle_hash(w: &[u32; SHINGLE]) -> u64 {
    let pair = |x: u32, y: u32| u64::from(x) << 32 | u64::from(y);
    let first = fold(pair(w[0], w[1]) ^ 0x9E37_79B9_7F4A_7C15, pair(w[2], w[3]) ^ 0xBF58_476D_1CE4_E5B9);
    fold(first ^ u64::from(w[4]), 0x94D0_49BB_1331_11EB)
}

/// Both halves of the product: every bit of the input reaches the upper bits, by which anchors are chosen.
#[inline]
fn fold(x: u64, y: u64) -> u64 {
    let product = u128::from(x) * u128::from(y);
    product as u64 ^ (product >> 64) as u64
}

/// The shingles of a text with the positions of their first words.
#[inline]
pub(crate) fn shingles(words: &[u32]) -> impl Iterator<Item = u64> {
    words.array_windows::<SHINGLE>().map(shingle_hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_every_word_matter() {
        let base = shingle_hash(&[1, 2, 3, 4, 5]);
        for other in [[2, 1, 3, 4, 5], [1, 2, 4, 3, 5], [1, 2, 3, 4, 6], [0, 2, 3, 4, 5], [3, 4, 1, 2, 5]] {
            assert_ne!(base, shingle_hash(&other));
        }
    }

    #[test]
    fn upper_bits_are_even() {
        let n = 1 << 16;
        let low = (0..n).filter(|&k| shingle_hash(&[k, k + 1, k + 2, k + 3, k + 4]) < u64::MAX / 32).count();
        assert!((n as usize / 32).abs_diff(low) < 200, "{low}");
    }

    #[test]
    fn too_short_for_one() {
        assert_eq!(shingles(&[1, 2, 3, 4]).count(), 0);
        assert_eq!(shingles(&[1, 2, 3, 4, 5]).count(), 1);
    }
}
