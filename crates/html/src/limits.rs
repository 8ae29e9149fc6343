//! How much of a page is too much.

/// Limits for one page. A page beyond them is refused by name, and the next one is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the page. The largest page among 1,434 real ones has 7 MB; offsets are 32 bits.
    pub bytes: usize,
    /// Elements and texts. A real page of a megabyte has 20,000; with the blocks that they make, a million takes some 100 MB.
    pub nodes: usize,
    /// Documents nested in each other by `srcdoc`; what is nested deeper is left out. Real pages nest one.
    pub nested: usize,
    /// Bytes of a table's cell beyond which it holds running text, and its row is taken apart into its cells.
    pub cell: usize,
    /// Bytes of a text in the source beyond which it counts as running text where hidden text is weighed against visible text.
    pub prose: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { bytes: 64 << 20, nodes: 1_000_000, nested: 3, cell: 300, prose: 80 }
    }
}
