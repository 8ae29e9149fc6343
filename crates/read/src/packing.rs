use std::{
    fmt,
    fs::File,
    io::{self, Cursor, Read, Seek, SeekFrom},
};

use crate::{
    bzip::Bzip,
    feed::Feed,
    gzip::Gzip,
    zst::{self, Zstd},
};

/// The bytes inside a file, unpacked, with what is known of where they stand in it.
///
/// An error that [`goes_on`] is about a part of the file: who reads on after it gets what can be read behind the damage.
pub(crate) trait Stream: Read + Send {
    /// Where in the file that is packed the reading can begin anew to get what stands at `unpacked`. Asked with rising places.
    fn place(&mut self, unpacked: u64) -> Option<u64>;

    /// Whether it is packed at all.
    fn is_packed(&self) -> bool {
        true
    }

    /// The first place from `unpacked` on at which a member begins, as far as has been read.
    fn next_member(&mut self, unpacked: u64) -> Option<u64>;
}

/// Damage that ends one member and not the file.
#[derive(Debug)]
struct Damage {
    what: String,
    /// Whether it is about what stands behind the last member, all of which came.
    behind: bool,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Damage {}

pub(crate) fn damage(what: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, Damage { what, behind: false })
}

/// Bytes at `at` that are no `member` and were passed over, to the next one or, where nothing is left, to the end.
pub(crate) fn stray(passed: u64, at: u64, member: &str, behind: bool) -> io::Error {
    let what = format!("{passed} bytes at offset {at} are no {member} and were passed over");
    io::Error::new(io::ErrorKind::InvalidData, Damage { what, behind })
}

/// Whether there may be more to read after this error.
pub(crate) fn goes_on(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Damage>())
}

/// Whether the error is about what stands behind all that was packed: what came before it is all that there is.
pub(crate) fn is_behind(error: &io::Error) -> bool {
    error.get_ref().and_then(|inner| inner.downcast_ref::<Damage>()).is_some_and(|damage| damage.behind)
}

/// What one packed member may hold before it counts as a bomb: this many bytes, at this many times its packed size.
///
/// Text packs to a tenth, templates with little in them to a fiftieth; deflate ends at 1:1032, which bombs come near to.
pub(crate) const BOMB_SIZE: u64 = 256 << 20;
pub(crate) const BOMB_RATIO: u64 = 200;

pub(crate) fn is_bomb(packed: u64, unpacked: u64) -> bool {
    unpacked > BOMB_SIZE && unpacked / BOMB_RATIO > packed
}

/// The error of a member that unpacks to far more than text does.
pub(crate) fn bomb(at: u64) -> io::Error {
    damage(format!(
        "what is packed at offset {at} unpacks to more than {} MiB at more than {BOMB_RATIO} times its size, as bombs do; the rest of it was passed over",
        BOMB_SIZE >> 20
    ))
}

/// A stream of the bytes inside a file, unpacked by what its first bytes say, not by its name.
///
/// Every decoder reads on over the members or frames that follow the first, as `cat a.gz b.gz`, crawlers and parallel packers
/// write them.
pub(crate) fn unpack<'r>(mut raw: impl Read + Send + 'r) -> io::Result<Box<dyn Stream + 'r>> {
    let mut magic = [0; 4];
    let mut have = 0;
    while have < magic.len() {
        match raw.read(&mut magic[have..]) {
            Ok(0) => break,
            Ok(n) => have += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    let whole = Cursor::new(magic).take(have as u64).chain(raw);
    Ok(match &magic[..have] {
        [0x1f, 0x8b, 8, ..] => Box::new(Gzip::members(whole)),
        [0x28, 0xb5, 0x2f, 0xfd] => Box::new(Zstd::frames(whole)?),
        // A skippable frame: 0x184D2A50 to 0x184D2A5F, little-endian; pzstd, seekable zstd and `.warc.zst` begin with one.
        [0x50..=0x5f, 0x2a, 0x4d, 0x18] => Box::new(Zstd::frames(whole)?),
        [b'B', b'Z', b'h', b'1'..=b'9'] => Box::new(Bzip::streams(whole)),
        _ => Box::new(Plain(whole)),
    })
}

/// The same from the middle: `file` stands where the packed content begins, which may have a dictionary that all of it needs;
/// `at` is where to read from.
pub(crate) fn unpack_at(mut file: File, at: u64) -> io::Result<Box<dyn Stream>> {
    let begin = file.stream_position()?;
    let dictionary = zst::dictionary(&mut Feed::new(&mut file, 64 << 10))?;
    file.seek(SeekFrom::Start(at))?;
    match dictionary.is_empty() || at == begin {
        true => unpack(file),
        false => Ok(Box::new(Zstd::frames_with(Feed::new(file, 64 << 10), &dictionary)?)),
    }
}

/// Not packed: every byte stands where it is.
struct Plain<R>(R);

impl<R: Read> Read for Plain<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into)
    }
}

impl<R: Read + Send> Stream for Plain<R> {
    fn is_packed(&self) -> bool {
        false
    }

    fn place(&mut self, unpacked: u64) -> Option<u64> {
        Some(unpacked)
    }

    fn next_member(&mut self, _: u64) -> Option<u64> {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[track_caller]
    fn check(packed: &[u8], expected: &str) {
        let mut out = String::new();
        unpack(packed).unwrap().read_to_string(&mut out).unwrap();
        assert_eq!(out, expected);
    }

    fn gzip(text: &str) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(text.as_bytes()).unwrap();
        out.finish().unwrap()
    }

    #[test]
    fn several_members_are_one_stream() {
        check(&[gzip("one "), gzip(""), gzip("two")].concat(), "one two");
        let frame = |text: &str| zstd::encode_all(text.as_bytes(), 1).unwrap();
        check(&[frame("one "), frame("two")].concat(), "one two");
        let skippable = [0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9, 9, 9];
        check(&[&skippable[..], &frame("one")].concat(), "one");
        let block = |text: &str| {
            let mut out = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
            out.write_all(text.as_bytes()).unwrap();
            out.finish().unwrap()
        };
        check(&[block("one "), block("two")].concat(), "one two");
    }

    #[test]
    fn what_is_not_packed_comes_as_it_is() {
        for text in ["", "a", "abc", "BZhurra", "plain text"] {
            check(text.as_bytes(), text);
        }
    }

    #[test]
    fn a_cut_member_is_an_error_after_its_beginning() {
        let text = "line\n".repeat(50_000);
        let whole = gzip(&text);
        let mut out = Vec::new();
        assert!(unpack(&whole[..whole.len() / 2]).unwrap().read_to_end(&mut out).is_err());
        assert!(!out.is_empty() && text.as_bytes().starts_with(&out));
    }
}
