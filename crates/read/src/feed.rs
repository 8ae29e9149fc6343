use std::io::{self, Read};

/// Packed bytes on their way into a decoder: a buffer over a stream that knows where in the file it is.
pub(crate) struct Feed<R> {
    stream: R,
    bytes: Vec<u8>,
    start: usize,
    end: usize,
    /// Where in the file `bytes[0]` stands.
    base: u64,
    /// Where in the file stands what may be gone back to.
    held: u64,
    ended: bool,
    /// The error that ended the stream, until what was there before it is used.
    failed: Option<io::Error>,
}

/// How much stays that was used, at most, and at most half of the buffer: more than a decoder takes before it sees that what it takes
/// belongs to something else, which are a few blocks of deflate or zstd.
const HELD: usize = 256 << 10;

impl<R: Read> Feed<R> {
    pub(crate) fn new(stream: R, size: usize) -> Self {
        Self { stream, bytes: vec![0; size], start: 0, end: 0, base: 0, held: u64::MAX, ended: false, failed: None }
    }

    /// What stands at `from` and behind it may be gone back to, though it was used; the last [`HELD`] bytes of it at least.
    pub(crate) fn hold(&mut self, from: u64) {
        self.held = from;
    }

    /// Nothing more is gone back to.
    pub(crate) fn let_go(&mut self) {
        self.held = u64::MAX;
    }

    /// What is there and not yet used.
    pub(crate) fn have(&self) -> &[u8] {
        &self.bytes[self.start..self.end]
    }

    /// Where in the file the first unused byte stands.
    pub(crate) fn at(&self) -> u64 {
        self.base + self.start as u64
    }

    pub(crate) fn used(&mut self, n: usize) {
        self.start = self.start.saturating_add(n).min(self.end);
    }

    /// Whether nothing is left, here or in the stream.
    pub(crate) fn is_over(&self) -> bool {
        self.ended && self.start == self.end && self.failed.is_none()
    }

    /// Reads until `n` bytes are there or the stream ends; `n` is at most half the size of the buffer. What is there comes before the
    /// error behind it.
    pub(crate) fn want(&mut self, n: usize) -> io::Result<()> {
        while !self.ended && self.end - self.start < n {
            // No sooner than there is need: what is behind may be gone back to.
            if self.bytes.len() - self.start < n || self.end == self.bytes.len() {
                let held = usize::try_from(self.held.saturating_sub(self.base)).unwrap_or(usize::MAX);
                let from = held.max(self.start.saturating_sub(HELD.min(self.bytes.len() / 2))).min(self.start);
                self.bytes.copy_within(from..self.end, 0);
                self.base += from as u64;
                (self.start, self.end) = (self.start - from, self.end - from);
            }
            match self.stream.read(&mut self.bytes[self.end..]) {
                Ok(0) => self.ended = true,
                Ok(n) => self.end += n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => {
                    self.ended = true;
                    self.failed = Some(e);
                }
            }
        }
        match self.failed.take_if(|_| self.start == self.end) {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    /// Goes back to `at`, or as near to it as the buffer still reaches.
    pub(crate) fn back_to(&mut self, at: u64) {
        let back = usize::try_from(at.saturating_sub(self.base)).unwrap_or(usize::MAX);
        self.start = self.start.min(back);
    }

    /// Passes over bytes until `begins` holds for what comes, or all is over; how many were passed over.
    ///
    /// `first` is the first byte of what is looked for, `needs` how many bytes `begins` looks at.
    pub(crate) fn pass_to(&mut self, first: u8, needs: usize, begins: fn(&[u8]) -> bool) -> io::Result<u64> {
        let from = self.at();
        loop {
            self.want(needs)?;
            let have = self.have();
            if have.is_empty() || begins(have) {
                return Ok(self.at() - from);
            }
            let next = memchr::memchr(first, &have[1..]).map_or(have.len(), |i| i + 1);
            self.used(next);
        }
    }
}

/// How often what is behind damage was looked at again.
#[derive(Default)]
pub(crate) struct Again(u64);

impl Again {
    /// Goes back to right behind where a damaged member begins, unless the file is one that is made to be read again and again.
    pub(crate) fn go_back<R: Read>(&mut self, feed: &mut Feed<R>, member: u64) {
        feed.let_go();
        self.0 += 1;
        // A buffer's worth of work each time, at the very worst: seconds for a file that is made so, and as much again a megabyte.
        if self.0 <= 4096 + member / 1024 {
            feed.back_to(member + 1);
        }
        if feed.at() <= member {
            feed.used(1);
        }
    }
}
