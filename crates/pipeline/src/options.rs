/// How much of the machine the plan may use. No option changes what comes out.
#[derive(Clone, Debug)]
pub struct Options {
    /// Threads that work at the same time.
    pub threads: usize,
    /// Bytes of memory that the engine and the plan's buffers may hold; what does not fit goes to the archive's work folder.
    pub memory: usize,
    /// Bytes of captures' text that are written and committed together while reading.
    pub batch_bytes: usize,
    /// Rows that the engine handles at a time.
    pub batch_rows: usize,
    /// Whether stories are worked out anew even if no capture came.
    pub resplit: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            memory: 1 << 30,
            batch_bytes: 64 << 20,
            batch_rows: 8192,
            resplit: false,
        }
    }
}

/// What the memory is given to. Most of it is left to what cannot be put aside: captures on their way through the threads, what a
/// splitter remembers, about 150 bytes a version.
impl Options {
    /// What each of the engine's queries sorts in before it puts aside.
    pub(crate) fn for_engine(&self) -> usize {
        (self.memory / 16).max(4 << 20)
    }

    /// This run's captures, which then need not be read again.
    pub(crate) fn for_captures(&self) -> usize {
        self.memory / 32
    }

    /// Bodies of versions, and again so much for their words.
    pub(crate) fn for_bodies(&self) -> usize {
        self.memory / 32
    }

    /// Each of the tables that one step leaves for the next.
    pub(crate) fn for_rows(&self) -> usize {
        self.memory / 64
    }
}
