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
}

impl Default for Options {
    fn default() -> Self {
        Self {
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            memory: 1 << 30,
            batch_bytes: 64 << 20,
            batch_rows: 8192,
        }
    }
}
