//! Which hashes may come more than once: the others need not be sorted to be brought together.

/// Bits that hashes set; two hashes may share one, so that a hash which comes once may be taken for one that comes again, never the
/// other way.
pub(crate) struct Repeats {
    shift: u32,
    once: Vec<u64>,
    again: Vec<u64>,
}

impl Repeats {
    /// For about so many hashes: two bits for each of the next power of two of four times as many.
    pub(crate) fn with_room_for(hashes: usize) -> Self {
        let bits = (hashes.max(64) * 4).next_power_of_two();
        Self { shift: 64 - bits.trailing_zeros(), once: vec![0; bits / 64], again: vec![0; bits / 64] }
    }

    /// Hashes are picked by their size in places: multiplied, they are spread over all bits.
    fn place(&self, hash: u64) -> (usize, u64) {
        let at = (hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift) as usize;
        (at / 64, 1 << (at % 64))
    }

    pub(crate) fn add(&mut self, hash: u64) {
        let (at, bit) = self.place(hash);
        self.again[at] |= self.once[at] & bit;
        self.once[at] |= bit;
    }

    /// Whether it may have been added more than once.
    pub(crate) fn may_repeat(&self, hash: u64) -> bool {
        let (at, bit) = self.place(hash);
        self.again[at] & bit != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_again_is_told_and_most_of_the_rest_is_not() {
        // As good as random, and numbers next to each other.
        for spread in [0x2545_F491_4F6C_DD1D, 1_u64, 1 << 40] {
            let hashes: Vec<u64> = (0..10_000_u64).map(|k| k.wrapping_mul(spread)).collect();
            let mut repeats = Repeats::with_room_for(hashes.len());
            hashes.iter().chain(&hashes[..1000]).for_each(|&hash| repeats.add(hash));
            assert!(hashes[..1000].iter().all(|&hash| repeats.may_repeat(hash)));
            let wrong = hashes[1000..].iter().filter(|&&hash| repeats.may_repeat(hash)).count();
            assert!(wrong < 3000, "{wrong} of {spread:#x}");
        }
        assert!(!Repeats::with_room_for(0).may_repeat(7));
    }
}
