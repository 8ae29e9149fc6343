/// Bounds of what one search may ask for. None changes an answer that is given: what is beyond is refused with a message.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of a query. A page of a book has 3,000; what is longer was pasted by mistake.
    pub query_bytes: usize,
    /// Words, phrases and ranges in a query: each opens several posting lists.
    pub leaves: usize,
    /// Brackets inside each other: the parser calls itself for each.
    pub depth: usize,
    /// Letters before the `*`: one letter would stand for a tenth of the dictionary.
    pub prefix: usize,
    /// Words that a `"..."~N` may be apart: beyond, the order of a text says little.
    pub slop: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { query_bytes: 4096, leaves: 128, depth: 24, prefix: 2, slop: 50 }
    }
}

/// Bytes of a token that count: longer ones are found by their beginning. The engine takes 65,530; no word has as many as this.
pub(crate) const TOKEN_BYTES: usize = 128;

/// Indexes of up to so many bytes are compared with their checksums whenever they are opened, which takes a tenth of a second;
/// of larger ones the sizes of the files are.
pub(crate) const CHECKED_BYTES: u64 = 256 << 20;

/// Bytes that the writer may hold; each of its threads needs 15 MB.
pub(crate) const WRITER_BYTES: usize = 96 << 20;

/// Rows that wait to be written; of usual stories each takes 70 kB with its tokens.
pub(crate) const WAITING_ROWS: usize = 256;

/// Bytes of a name that is looked for as a whole: longer ones are in no list.
pub(crate) const NAME_BYTES: usize = 1 << 10;

/// An index grows as long as no more than one in so many of its stories are other ones: writing a story is
/// most of what making an index costs, and what is replaced is in the way of searches until it is merged away.
pub(crate) const REPLACED: usize = 4;

/// Share of a segment that may be gone before it is merged.
pub(crate) const GONE: f32 = 0.2;

/// Answers that an index remembers: the first page, and what is paged or looked at again. Each has up to 200 kB of days and facets.
pub(crate) const ANSWERS: usize = 64;

/// Blocks of 16 kB of what came with stories that are held for each segment: they are in the system's memory too, and who pages asks for others.
pub(crate) const BLOCKS: usize = 8;
