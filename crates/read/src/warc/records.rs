use std::io;

use memchr::memmem;

use crate::{
    fields::{Fields, end_of_header},
    packing::Stream,
    window::Window,
};

/// The records of a WARC stream: header by header, with the block behind it on demand.
///
/// A record whose length is wrong, or that breaks off, is damage; the reading goes on at the next line that begins a record.
pub(crate) struct Records {
    window: Window<Box<dyn Stream>>,
    limit: usize,
    /// Bytes of the stream altogether, where that is known.
    size: Option<u64>,
    /// Whether the window stands where a record is to begin.
    aligned: bool,
}

/// A record's header, in memory that is used again for the next one.
#[derive(Default)]
pub(crate) struct Head {
    pub(crate) fields: Fields,
    pub(crate) length: u64,
    /// Where the record stands.
    pub(crate) place: Place,
}

/// Where a record stands in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Reading can begin anew at this offset of the file as it lies.
    Offset(u64),
    /// Within a packed member; the offset is that of the unpacked bytes.
    Unpacked(u64),
}

impl Default for Place {
    fn default() -> Self {
        Place::Offset(0)
    }
}

/// What is wrong with a record, in words, and where.
#[derive(Debug)]
pub(crate) struct Damage {
    pub(crate) place: Place,
    pub(crate) message: String,
}

/// A block, or why it is none.
pub(crate) enum Block<'w> {
    Whole(&'w [u8]),
    TooLarge,
    Damaged(String),
}

/// What a record line may begin with; drafts of the format that crawls of 2005 have (0.17, 0.18) differ in nothing that is read.
const BEGINS: &[u8] = b"WARC/";

/// The same for records that are looked for behind damage, where text might happen to look like one.
const SOUGHT: &[u8] = b"WARC/1.";

/// URLs of `data:` run to hundreds of kilobytes in headers of crawls by browser.
const LARGEST_HEADER: usize = 1 << 20;

/// How far behind a block its line ends may reach. There should be four bytes.
const GAP: usize = 64;

/// Records of more are not found in any crawl: tools split at a gigabyte.
const LARGEST_RECORD: u64 = 1 << 40;

/// What the window holds beside the block.
pub(crate) const BESIDE: usize = LARGEST_HEADER + (64 << 10);

impl Records {
    /// `limit` is the size of the largest block that is held; `size` that of the stream, where it is known.
    pub(crate) fn new(window: Window<Box<dyn Stream>>, limit: usize, size: Option<u64>) -> Self {
        Self { window, limit, size, aligned: true }
    }

    pub(crate) fn into_window(self) -> Window<Box<dyn Stream>> {
        self.window
    }

    /// The next record's header, read into `head`; false at the end. After damage the next call goes on behind it.
    pub(crate) fn head(&mut self, head: &mut Head) -> Result<bool, Damage> {
        let (began, place) = (self.window.at(), self.place());
        if !self.aligned {
            // Reached only when looking for the next record found none: all is over.
            return Ok(false);
        }
        self.line_ends(usize::MAX);
        if self.window.peek(1).is_empty() {
            return match self.window.resume() {
                None => Ok(false),
                Some(error) => {
                    let message = self.sought(&stopped(&error));
                    Err(Damage { place, message })
                }
            };
        }
        let place = if self.window.at() == began { place } else { self.place() };
        if !self.window.peek(BEGINS.len()).starts_with(BEGINS) {
            let message = self.sought("no record begins here");
            return Err(Damage { place, message });
        }
        let Some((lines, block)) = self.header(LARGEST_HEADER) else {
            let message = match self.window.ended() {
                true => match self.window.resume() {
                    Some(error) => self.sought(&format!("its header breaks off ({})", stopped(&error))),
                    None => self.behind("its header breaks off"),
                },
                false => self.behind(&format!("its header has more than {LARGEST_HEADER} bytes")),
            };
            return Err(Damage { place, message });
        };
        let first = memchr::memchr(b'\n', &self.window.have()[..lines]).map_or(lines, |i| i + 1);
        head.fields.read(&self.window.have()[first..lines]);
        head.place = place;
        let Some(length) = length(&head.fields) else {
            let message = self.behind("it has no `Content-Length` that is a number");
            return Err(Damage { place, message });
        };
        head.length = length;
        self.window.skip(block);
        Ok(true)
    }

    /// The block of the record whose header was just read.
    pub(crate) fn block(&mut self, head: &Head) -> Block<'_> {
        let Some(length) = usize::try_from(head.length).ok().filter(|&length| length <= self.limit) else {
            return match self.pass(head) {
                Ok(()) => Block::TooLarge,
                Err(message) => Block::Damaged(message),
            };
        };
        let have = self.window.peek(length + GAP).len();
        if have < length || !self.ends_at(head, length) {
            let what = if have < length { "breaks off" } else { "does not end where its `Content-Length` says" };
            return Block::Damaged(self.sought(what));
        }
        Block::Whole(self.window.take(length))
    }

    /// Passes over the block of the record whose header was just read, without holding it.
    pub(crate) fn pass(&mut self, head: &Head) -> Result<(), String> {
        let room = self.size.map_or(LARGEST_RECORD, |size| size.saturating_sub(self.window.at()));
        if head.length > room.max(self.limit as u64) {
            return Err(self.sought(&format!("claims {} bytes, more than there are", head.length)));
        }
        if head.length <= self.limit as u64 {
            // Few enough to be looked through when the length turns out to be wrong.
            return match self.block(head) {
                Block::Damaged(message) => Err(message),
                _ => Ok(()),
            };
        }
        let mut left = head.length;
        loop {
            let have = self.window.peek(1).len();
            let have = have.max(self.window.have().len());
            if have == 0 {
                return Err(match self.window.resume() {
                    Some(error) => self.sought(&stopped(&error)),
                    None => "breaks off".to_owned(),
                });
            }
            let n = left.min(have as u64) as usize;
            // Where members begin with a record, one that begins with one ends the record before it, whatever its length says.
            let at = self.window.at();
            let mut from = at;
            while let Some(next) = self.window.stream().next_member(from).filter(|&next| next < at + n as u64) {
                let offset = (next - at) as usize;
                if self.window.have()[offset..].starts_with(SOUGHT) {
                    self.window.skip(offset);
                    return Err(format!("claims {} bytes and ends before", head.length));
                }
                from = next + 1;
            }
            self.window.skip(n);
            left -= n as u64;
            if left == 0 {
                break;
            }
        }
        let after = self.window.peek(GAP);
        match ends_well(after) || ends_by_the_book(after) {
            true => Ok(()),
            false => Err(self.sought("does not end where its `Content-Length` says")),
        }
    }

    /// Whether the record of this header, whose block begins here, ends behind `length` bytes, which are there.
    fn ends_at(&mut self, head: &Head, length: usize) -> bool {
        let (block, after) = self.window.have().split_at(length);
        let lines = after.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let by_the_book = ends_by_the_book(after);
        // Nothing follows, or what cannot be unpacked.
        let broken = lines == after.len() && self.window.goes_on();
        if ends_well(after) && !broken {
            return true;
        }
        // What follows is damaged, and this record is not, unless it reaches into what follows, or stands in the same member.
        let quotes = memmem::find(block, SOUGHT).is_some();
        let member = self.window.failed() && matches!(head.place, Place::Offset(_));
        if by_the_book && !quotes && !(member && self.window.stream().is_packed()) {
            return true;
        }
        // Its member ends where it does, whatever stands in it.
        let end = self.window.at() + (length + lines) as u64;
        self.window.stream().next_member(end) == Some(end)
    }

    fn place(&mut self) -> Place {
        let at = self.window.at();
        self.window.stream().place(at).map_or(Place::Unpacked(at), Place::Offset)
    }

    /// Passes over carriage returns and line feeds, at most `most` of them.
    fn line_ends(&mut self, most: usize) {
        let mut left = most;
        while left > 0 {
            let have = self.window.peek(GAP.min(left));
            let n = have.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
            if n == 0 {
                return;
            }
            self.window.skip(n);
            left -= n;
        }
    }

    /// The length of the header's lines and of the header, when all of it is there.
    fn header(&mut self, most: usize) -> Option<(usize, usize)> {
        let mut size = 4 << 10;
        loop {
            let have = self.window.peek(size);
            let there = have.len();
            if let Some(found) = end_of_header(have) {
                return Some(found);
            }
            if there < size || size >= most {
                return None;
            }
            size *= 4;
        }
    }

    /// Goes to the next record behind the beginning of a header that is none, and says so.
    fn behind(&mut self, what: &str) -> String {
        self.window.skip(1);
        self.sought(what)
    }

    /// Goes to the next place where a record begins, through any further damage, and says how far that was.
    fn sought(&mut self, what: &str) -> String {
        let from = self.window.at();
        let mut what = what.to_owned();
        // The stream may be damaged in many places; each pass ends at a record or at a break that was not yet met.
        let found = loop {
            if self.seek() {
                break true;
            }
            let Some(error) = self.window.resume() else { break false };
            if !what.contains("offset") {
                what = format!("{what} ({})", stopped(&error));
            }
            if self.window.ended() {
                break false;
            }
        };
        self.aligned = found;
        let passed = self.window.at() - from;
        match found {
            _ if passed == 0 => what,
            true => format!("{what}; {passed} bytes were passed over, to the next record"),
            false => format!("{what}; no record was found in the {passed} bytes behind it"),
        }
    }

    /// Goes to the next line that begins a record, or to the end of what the stream gives.
    fn seek(&mut self) -> bool {
        let mut before = b'\n';
        loop {
            let have = self.window.peek(CHUNK);
            let whole = have.len() < CHUNK;
            let Some(at) = memmem::find(have, SOUGHT) else {
                // The sought line may begin in the last bytes.
                let keep = if whole { 0 } else { SOUGHT.len() };
                let n = have.len() - keep;
                before = have.get(n.wrapping_sub(1)).copied().unwrap_or(before);
                self.window.skip(n);
                if whole {
                    return false;
                }
                continue;
            };
            let previous = if at == 0 { before } else { have[at - 1] };
            self.window.skip(at);
            let here = self.window.at();
            let member = self.window.stream().next_member(here) == Some(here);
            let none = match previous == b'\n' || member {
                true => self.without_record(),
                false => Some(1),
            };
            let Some(none) = none else { return true };
            before = self.window.have()[none - 1];
            self.window.skip(none);
        }
    }

    /// Where a line begins as a record does: `None` if it has a header as records have, or for how many bytes there is none.
    ///
    /// No header has a second such line in it, so that of many the last one counts, and each byte is looked at about twice.
    fn without_record(&mut self) -> Option<usize> {
        let header = self.header(SOUGHT_HEADER);
        let have = self.window.have();
        let end = header.map_or(have.len().min(SOUGHT_HEADER), |(lines, _)| lines);
        if let Some(at) = memmem::rfind(&have[1..end], b"\nWARC/1.") {
            return Some(at + 2);
        }
        let Some((lines, _)) = header else { return Some(end.saturating_sub(SOUGHT.len()).max(1)) };
        let first = memchr::memchr(b'\n', &have[..lines]).map_or(lines, |i| i + 1);
        let mut fields = Fields::default();
        fields.read(&have[first..lines]);
        (!fields.has("warc-type") || length(&fields).is_none()).then_some(lines)
    }
}

/// What a header may have that is sought.
const SOUGHT_HEADER: usize = 8 << 10;

/// How much is searched at a time.
const CHUNK: usize = 64 << 10;

fn length(fields: &Fields) -> Option<u64> {
    fields.get("content-length").parse().ok()
}

/// Whether what follows a block is the end of its record: line ends (two of them, by the book), then a record or nothing.
fn ends_well(after: &[u8]) -> bool {
    let rest = &after[after.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count()..];
    rest.is_empty() || rest.starts_with(BEGINS) || (rest.len() < BEGINS.len() && BEGINS.starts_with(rest))
}

/// Whether an empty line follows, as it has to behind every record.
fn ends_by_the_book(after: &[u8]) -> bool {
    after.starts_with(b"\r\n\r\n") || after.starts_with(b"\n\n")
}

fn stopped(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "the packed file is cut off here".to_owned(),
        _ => error.to_string(),
    }
}
