/// Every number that matching decides by.
#[derive(Clone, Debug)]
pub struct Thresholds {
    /// Words in a shingle. Five: DESIGN's measurements; shorter ones meet by accident, longer ones break at every edit.
    pub shingle: usize,
    /// One shingle in so many is an anchor.
    pub anchor_one_in: u64,
    /// Every text has at least so many anchors, if it has so many shingles.
    pub anchors_at_least: usize,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { shingle: 5, anchor_one_in: 32, anchors_at_least: 16 }
    }
}
