/// A stretch of words that stands in both texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Position of its first word in the first text.
    pub a: u32,
    /// Position of its first word in the second text.
    pub b: u32,
    /// Length in words.
    pub len: u32,
}

/// What two texts share and where they disagree: all that [`crate::decide`] looks at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Aligned runs, in the order of both texts.
    pub runs: Vec<Run>,
    /// Words in the first text.
    pub words_a: u32,
    /// Words in the second text.
    pub words_b: u32,
    /// Words in aligned runs.
    pub matched: u32,
    /// Share of the first text's words that are aligned.
    pub coverage_a: f64,
    /// Share of the second text's words that are aligned.
    pub coverage_b: f64,
    /// Words between the first and the last run that one text replaces by others of the other.
    pub replaced: u32,
    /// Numbers at aligned places that are equal.
    pub numbers_agree: u32,
    /// Numbers at aligned places that disagree.
    pub numbers_differ: u32,
}
