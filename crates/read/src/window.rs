use std::io::{self, Read};

use crate::packing::{goes_on, is_behind};

/// A moving window over a stream: hands out lines without copying them, and never holds more than about the limit.
pub(crate) struct Window<R> {
    stream: R,
    bytes: Vec<u8>,
    start: usize,
    end: usize,
    /// Where in the stream `bytes[0]` stands.
    base: u64,
    limit: usize,
    ended: bool,
    failed: Option<io::Error>,
}

/// One line, without its line feed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line<'w> {
    Whole(&'w [u8]),
    /// Longer than the limit; it was skipped without being held.
    TooLong,
}

const FIRST_SIZE: usize = 256 << 10;

impl<R: Read> Window<R> {
    /// `bytes` is the memory of an earlier window, to be used again.
    pub(crate) fn new(stream: R, limit: usize, bytes: Vec<u8>) -> Self {
        Self { stream, bytes, start: 0, end: 0, base: 0, limit, ended: false, failed: None }
    }

    /// The memory, for the next window.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    pub(crate) fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    pub(crate) fn stream(&mut self) -> &mut R {
        &mut self.stream
    }

    /// Where in the stream the next byte stands.
    pub(crate) fn at(&self) -> u64 {
        self.base + self.start as u64
    }

    /// What is there without reading more.
    pub(crate) fn have(&self) -> &[u8] {
        &self.bytes[self.start..self.end]
    }

    /// Whether the stream gives nothing more; what is there may still be used.
    pub(crate) fn ended(&self) -> bool {
        self.ended
    }

    /// Whether an error ended the stream.
    pub(crate) fn failed(&self) -> bool {
        self.failed.is_some()
    }

    /// Whether what ended the stream ends only a part of it.
    pub(crate) fn goes_on(&self) -> bool {
        self.failed.as_ref().is_some_and(goes_on)
    }

    /// Whether what ended the stream is about what stands behind all that was packed.
    pub(crate) fn is_whole(&self) -> bool {
        self.failed.as_ref().is_some_and(is_behind)
    }

    /// The error that ends the stream within the limit, where it is about what stands behind all that was packed: what is left is whole.
    pub(crate) fn behind(&mut self) -> Option<io::Error> {
        self.fill_to_limit();
        self.failed.take_if(|error| is_behind(error))
    }

    /// The error that ended the stream. Where it was about a part of the stream only, reading goes on behind it, and what was
    /// there before it is dropped.
    pub(crate) fn resume(&mut self) -> Option<io::Error> {
        let error = self.failed.take()?;
        if goes_on(&error) {
            self.start = self.end;
            self.ended = false;
        }
        Some(error)
    }

    /// The next `n` bytes, or fewer where the stream ends before; they stay to be read.
    pub(crate) fn peek(&mut self, n: usize) -> &[u8] {
        while !self.ended && self.end - self.start < n {
            self.fill();
        }
        &self.bytes[self.start..self.end.min(self.start + n)]
    }

    /// The same, or fewer as soon as they are `enough`.
    pub(crate) fn peek_until(&mut self, n: usize, enough: impl Fn(&[u8]) -> bool) -> &[u8] {
        while !self.ended && self.end - self.start < n && !enough(self.have()) {
            self.fill();
        }
        &self.bytes[self.start..self.end.min(self.start + n)]
    }

    /// The next `n` bytes, which are there, as used.
    pub(crate) fn take(&mut self, n: usize) -> &[u8] {
        let from = self.start;
        self.start = (self.start + n).min(self.end);
        &self.bytes[from..self.start]
    }

    pub(crate) fn skip(&mut self, n: usize) {
        self.start = (self.start + n).min(self.end);
    }

    /// The next line; `None` at the end. A stream that breaks gives its whole lines, then the error, then what is behind the
    /// break if there is something; the cut line is not given.
    pub(crate) fn line(&mut self) -> io::Result<Option<Line<'_>>> {
        let mut searched = 0;
        loop {
            let from = self.start + searched;
            if let Some(at) = memchr::memchr(b'\n', &self.bytes[from..self.end]) {
                let line = self.start..from + at;
                self.start = line.end + 1;
                return Ok(Some(self.within_limit(line)));
            }
            searched = self.end - self.start;
            if self.ended {
                let line = self.start..self.end;
                self.start = self.end;
                return match self.resume() {
                    Some(error) => Err(error),
                    None if line.is_empty() => Ok(None),
                    None => Ok(Some(self.within_limit(line))),
                };
            }
            if searched > self.limit {
                self.skip_line()?;
                return Ok(Some(Line::TooLong));
            }
            self.fill();
        }
    }

    /// All that is left; `None` when it is more than the limit.
    pub(crate) fn rest(&mut self) -> io::Result<Option<&[u8]>> {
        self.fill_to_limit();
        let rest = self.start..self.end;
        self.start = self.end;
        match self.failed.take() {
            Some(error) => Err(error),
            None if rest.len() > self.limit => Ok(None),
            None => Ok(Some(&self.bytes[rest])),
        }
    }

    fn fill_to_limit(&mut self) {
        while !self.ended && self.end - self.start <= self.limit {
            self.fill();
        }
    }

    fn within_limit(&self, line: std::ops::Range<usize>) -> Line<'_> {
        if line.len() > self.limit { Line::TooLong } else { Line::Whole(&self.bytes[line]) }
    }

    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            if let Some(at) = memchr::memchr(b'\n', &self.bytes[self.start..self.end]) {
                self.start += at + 1;
                return Ok(());
            }
            self.start = self.end;
            if self.ended {
                return self.resume().map_or(Ok(()), Err);
            }
            self.fill();
        }
    }

    fn fill(&mut self) {
        if self.start == self.end {
            self.base += self.start as u64;
            (self.start, self.end) = (0, 0);
        }
        if self.end == self.bytes.len() {
            if self.start > 0 {
                self.bytes.copy_within(self.start..self.end, 0);
                self.base += self.start as u64;
                (self.start, self.end) = (0, self.end - self.start);
            }
            // Grow only when a line fills more than half, so that the copying above stays rare.
            if self.end > self.bytes.len() / 2 || self.bytes.is_empty() {
                let most = self.limit.saturating_add(FIRST_SIZE);
                self.bytes.resize((self.bytes.len() * 2).clamp(FIRST_SIZE, most).max(self.end + 1), 0);
            }
        }
        match self.stream.read(&mut self.bytes[self.end..]) {
            Ok(0) => self.ended = true,
            Ok(n) => self.end += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => (self.ended, self.failed) = (true, Some(e)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Gives out at most `step` bytes a call, and breaks at the end if told so.
    struct Drip<'b>(&'b [u8], usize, bool);

    impl Read for Drip<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let n = self.0.len().min(self.1).min(into.len());
            if n == 0 && self.2 {
                return Err(io::Error::other("cut"));
            }
            into[..n].copy_from_slice(&self.0[..n]);
            self.0 = &self.0[n..];
            Ok(n)
        }
    }

    /// Lines as text, `<` for a line that is too long, `!` for an error.
    fn lines(bytes: &[u8], step: usize, limit: usize, cut: bool) -> Vec<String> {
        let mut window = Window::new(Drip(bytes, step, cut), limit, Vec::new());
        let mut out = Vec::new();
        loop {
            match window.line() {
                Ok(None) => return out,
                Ok(Some(Line::TooLong)) => out.push("<".to_owned()),
                Ok(Some(Line::Whole(line))) => out.push(String::from_utf8_lossy(line).into_owned()),
                Err(_) => {
                    out.push("!".to_owned());
                    return out;
                }
            }
        }
    }

    #[test]
    fn lines_come_whole_or_not_at_all() {
        assert_eq!(lines(b"", 9, 9, false), [] as [&str; 0]);
        assert_eq!(lines(b"a\n\nb", 9, 9, false), ["a", "", "b"]);
        assert_eq!(lines(b"a\nb\n", 1, 9, false), ["a", "b"]);
        assert_eq!(lines(b"a\nlonger\nb", 9, 3, false), ["a", "<", "b"]);
        assert_eq!(lines(b"a\nb\ncut off", 2, 99, true), ["a", "b", "!"]);
        assert_eq!(lines(b"longer and cut", 2, 3, true), ["!"]);
    }

    #[test]
    fn a_long_line_is_not_held() {
        let mut bytes = vec![b'x'; 3 << 20];
        bytes.extend(b"\nshort");
        let mut window = Window::new(&bytes[..], 1000, Vec::new());
        assert_eq!(window.line().unwrap(), Some(Line::TooLong));
        assert_eq!(window.line().unwrap(), Some(Line::Whole(b"short")));
        assert!(window.into_bytes().len() <= 1000 + FIRST_SIZE);
    }

    proptest! {
        #[test]
        fn steps_do_not_matter(text in "[ab\n]{0,60}", step in 1usize..20, limit in 0usize..30) {
            let expected: Vec<String> =
                text.lines().map(|l| if l.len() > limit { "<".to_owned() } else { l.to_owned() }).collect();
            prop_assert_eq!(lines(text.as_bytes(), step, limit, false), expected);
        }
    }
}
