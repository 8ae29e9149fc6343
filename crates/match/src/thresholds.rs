/// Every number that matching decides by.
#[derive(Clone, Debug)]
pub struct Thresholds {
    /// One shingle in so many is an anchor.
    pub anchor_one_in: u64,
    /// Every text has at least so many anchors, if it has so many shingles.
    pub anchors_at_least: usize,
    /// Largest gap between two runs, words times words, that is closed word by word.
    pub gap_cells: usize,
    /// A gap of at most so many words on either side is a change of words; a longer one is other text, where numbers do
    /// not stand in each other's place.
    pub small_gap: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { anchor_one_in: 32, anchors_at_least: 16, gap_cells: 48 * 48, small_gap: 6 }
    }
}
