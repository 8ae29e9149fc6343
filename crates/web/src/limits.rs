use std::time::Duration;

/// Bounds of what one request, and all of them, may ask for.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    /// Bytes of an address. Servers and browsers agree on about so many.
    pub(crate) address_bytes: usize,
    /// Rows of a page.
    pub(crate) rows: usize,
    /// Rows of a page where nobody says how many.
    pub(crate) usual_rows: usize,
    /// Rows of each of a story's own lists where nobody says how many.
    pub(crate) story_rows: usize,
    /// Captions of a story, and values of one kind that are known of it, that its page shows.
    pub(crate) story_values: usize,
    /// Rows of a feed: what readers keep.
    pub(crate) feed_rows: usize,
    /// Time for an answer that is not streamed.
    pub(crate) answer: Duration,
    /// Questions that are answered at the same time; with more of them each only takes longer. One more than there are processors, for when one waits
    /// for a disk.
    pub(crate) at_once: usize,
    /// Questions that wait for that.
    pub(crate) waiting: usize,
    /// Requests a second, once `burst` is used up: a person makes two, a browser that loads a page five.
    pub(crate) a_second: u32,
    /// Requests that may come at once.
    pub(crate) burst: u32,
    /// Connections; each holds about 100 kB.
    pub(crate) connections: usize,
    /// How long a connection may take to say what it wants.
    pub(crate) head: Duration,
    /// Facet values that a page lists.
    pub(crate) facet_values: usize,
    /// Bars of a histogram.
    pub(crate) bars: usize,
    /// Stories that are listed beside a story.
    pub(crate) beside: usize,
    /// Bytes of a reply from which on it is worth packing.
    pub(crate) packed_from: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            address_bytes: 8 << 10,
            rows: 200,
            usual_rows: 20,
            story_rows: 100,
            story_values: 40,
            feed_rows: 50,
            answer: Duration::from_secs(20),
            at_once: std::thread::available_parallelism().map_or(2, usize::from) + 1,
            waiting: 256,
            a_second: 500,
            burst: 2_000,
            connections: 512,
            head: Duration::from_secs(30),
            facet_values: 12,
            bars: 92,
            beside: 8,
            packed_from: 1_024,
        }
    }
}
