use std::{
    collections::VecDeque,
    io::{self, Read},
};

use crate::packing::Stream;

/// A packed format that takes a file apart into members, each unpacked by itself: gzip's members, zstd's frames.
pub(crate) trait Unpack {
    /// Gets more behind `out.end`; without any at the end, and possibly without any before it. Beside an error, what is in `out` counts.
    fn unpack(&mut self, out: &mut Unpacked) -> io::Result<()>;

    /// Whether nothing is left to unpack.
    fn is_over(&self) -> bool;
}

/// The bytes of all members of a packed file, one after the other, and where each begins.
pub(crate) struct Members<U> {
    packed: U,
    out: Unpacked,
    /// Where in `out` stands what was not read yet.
    start: usize,
    failed: Option<io::Error>,
}

/// What was unpacked last.
pub(crate) struct Unpacked {
    pub(crate) bytes: Vec<u8>,
    /// Behind the last byte of `bytes` that counts.
    pub(crate) end: usize,
    /// How much was unpacked before `bytes[0]`.
    before: u64,
    starts: Starts,
}

impl Unpacked {
    /// A member begins at `packed` in the file, and with the first of `bytes`.
    pub(crate) fn begins(&mut self, packed: u64) {
        self.starts.push(self.before, packed);
    }
}

impl<U> Members<U> {
    /// At most `size` bytes are unpacked at a time.
    pub(crate) fn of(packed: U, size: usize) -> Self {
        let out = Unpacked { bytes: vec![0; size], end: 0, before: 0, starts: Starts::default() };
        Self { packed, out, start: 0, failed: None }
    }
}

impl<U: Unpack> Read for Members<U> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.start == self.out.end {
            if let Some(error) = self.failed.take() {
                return Err(error);
            }
            if self.packed.is_over() {
                return Ok(0);
            }
            self.out.before += self.out.end as u64;
            (self.start, self.out.end) = (0, 0);
            // What was unpacked before the damage comes before the error.
            match self.packed.unpack(&mut self.out) {
                Err(error) if self.out.end > 0 => self.failed = Some(error),
                done => done?,
            }
        }
        let n = into.len().min(self.out.end - self.start);
        into[..n].copy_from_slice(&self.out.bytes[self.start..][..n]);
        self.start += n;
        Ok(n)
    }
}

impl<U: Unpack + Send> Stream for Members<U> {
    fn place(&mut self, unpacked: u64) -> Option<u64> {
        self.out.starts.place(unpacked)
    }

    fn next_member(&mut self, unpacked: u64) -> Option<u64> {
        self.out.starts.from(unpacked).map(|start| start.0)
    }
}

/// Where the members of a packed file begin: in what they unpack to, and in the file. The latest ones only.
#[derive(Default)]
struct Starts(VecDeque<(u64, u64)>);

/// More than fit into the largest window that is usual, at the size of the smallest records.
const STARTS: usize = 1 << 16;

impl Starts {
    fn push(&mut self, unpacked: u64, packed: u64) {
        if self.0.len() == STARTS {
            self.0.pop_front();
        }
        // An empty member begins where the next one does, and tells less.
        if self.0.back().is_some_and(|last| last.0 == unpacked) {
            self.0.pop_back();
        }
        self.0.push_back((unpacked, packed));
    }

    fn place(&mut self, unpacked: u64) -> Option<u64> {
        let start = self.from(unpacked)?;
        (start.0 == unpacked).then_some(start.1)
    }

    /// The first that is not before `unpacked`; those before are forgotten.
    fn from(&mut self, unpacked: u64) -> Option<(u64, u64)> {
        while self.0.front().is_some_and(|start| start.0 < unpacked) {
            self.0.pop_front();
        }
        self.0.front().copied()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        gzip::{self, Gzip},
        zst::{self, Zstd},
    };

    /// What comes out, each byte as the character of its number, each damage as `!`.
    pub(crate) fn told(mut stream: impl Read) -> String {
        let mut out = Vec::new();
        let mut buffer = [0; 999];
        loop {
            match stream.read(&mut buffer) {
                Ok(0) => return out.into_iter().map(char::from).collect(),
                Ok(n) => out.extend(&buffer[..n]),
                Err(_) => out.push(b'!'),
            }
        }
    }

    /// A member that is a bomb, and `after` in one behind it: what of the bomb was unpacked before it was given up.
    pub(crate) fn check_bomb(mut stream: impl Read) -> usize {
        let mut buffer = vec![0; 1 << 20];
        let mut bytes = 0;
        let error = loop {
            match stream.read(&mut buffer) {
                Ok(0) => panic!("the bomb was taken for text"),
                Ok(n) => bytes += n,
                Err(e) => break e,
            }
        };
        assert!(error.to_string().contains("bombs"), "{error}");
        let mut rest = String::new();
        stream.read_to_string(&mut rest).unwrap();
        assert_eq!(rest.trim_start_matches('x'), "after");
        bytes
    }

    /// A stream that gives one byte at a time.
    struct Bytewise<'b>(&'b [u8]);

    impl Read for Bytewise<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let n = into.len().min(1);
            self.0.read(&mut into[..n])
        }
    }

    proptest! {
        #[test]
        fn damage_ends_and_is_the_same_in_pieces(
            parts in prop::collection::vec("[a-d]{0,300}", 1..5),
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        ) {
            let damaged = |pack: fn(&[u8]) -> Vec<u8>| {
                let mut packed: Vec<u8> = parts.iter().flat_map(|part| pack(part.as_bytes())).collect();
                for (at, byte) in &changes {
                    *at.get_mut(&mut packed) = *byte;
                }
                packed
            };
            let gzip = damaged(gzip::tests::member);
            prop_assert_eq!(told(Gzip::members(&gzip[..])), told(Gzip::members(Bytewise(&gzip))));
            let zstd = damaged(zst::tests::frame);
            prop_assert_eq!(told(Zstd::frames(&zstd[..]).unwrap()), told(Zstd::frames(Bytewise(&zstd)).unwrap()));
        }
    }
}
