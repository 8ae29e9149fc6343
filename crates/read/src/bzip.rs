use std::io::{self, Read};

use bzip2::{Decompress, Status};

use crate::{
    feed::{Again, Feed},
    members::{Members, Unpack, Unpacked},
    packing::{bomb, damage, is_bomb, stray},
};

/// The streams of a bzip2 file, one after the other, as `cat a.bz2 b.bz2` and parallel packers write them.
///
/// Behind a damaged stream the reading goes on at the next one.
pub(crate) struct Bzip<R> {
    feed: Feed<R>,
    /// The stream that is being unpacked: where it begins, and what of it is in the decoder.
    within: Option<(u64, Decompress)>,
    again: Again,
}

const PACKED: usize = 512 << 10;
const UNPACKED: usize = 256 << 10;

/// `BZh`, the size of the blocks, and the number that the first block begins with, or the end of a stream without any.
const BEGINNING: usize = 10;
const BLOCK: [u8; 6] = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59];
const END: [u8; 6] = [0x17, 0x72, 0x45, 0x38, 0x50, 0x90];

impl<R: Read> Bzip<R> {
    pub(crate) fn streams(packed: R) -> Members<Self> {
        Members::of(Self { feed: Feed::new(packed, PACKED), within: None, again: Again::default() }, UNPACKED)
    }

    /// The stream that begins at `at` is damaged; without `how` because the file ends within it, or seems to.
    fn broken(&mut self, out: &mut Unpacked, at: u64, how: Option<&str>) -> io::Result<()> {
        self.within = None;
        // What was damaged may have led the decoder past where the next stream begins, or to the end of the file.
        self.again.go_back(&mut self.feed, at);
        self.feed.pass_to(b'B', BEGINNING, begins)?;
        let is_last = self.feed.have().is_empty();
        if how.is_none() && is_last {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if at > 0 || !is_last {
            // Some of it may have been unpacked out of streams behind it.
            out.end = 0;
        }
        let how = how.unwrap_or("it breaks off");
        Err(damage(format!("the bzip2 stream at offset {at} is damaged ({how})")))
    }
}

impl<R: Read> Unpack for Bzip<R> {
    fn unpack(&mut self, out: &mut Unpacked) -> io::Result<()> {
        let (at, mut stream) = match self.within.take() {
            Some(within) => within,
            None => {
                self.feed.want(BEGINNING)?;
                if self.feed.is_over() {
                    return Ok(());
                }
                let at = self.feed.at();
                // Also where none does: what came before ended here.
                out.begins(at);
                if !begins(self.feed.have()) && (at > 0 || self.feed.have().len() >= BEGINNING) {
                    let passed = self.feed.pass_to(b'B', BEGINNING, begins)?;
                    return Err(stray(passed, at, "bzip2 stream", self.feed.have().is_empty()));
                }
                self.feed.hold(at);
                (at, Decompress::new(false))
            }
        };
        loop {
            self.feed.want(1)?;
            let (ins, outs) = (stream.total_in(), stream.total_out());
            let status = stream.decompress(self.feed.have(), &mut out.bytes[out.end..]);
            let (took, gave) = (stream.total_in() - ins, (stream.total_out() - outs) as usize);
            self.feed.used(took as usize);
            out.end += gave;
            match status {
                Ok(Status::StreamEnd) => {
                    self.feed.let_go();
                    return Ok(());
                }
                Ok(_) if is_bomb(stream.total_in(), stream.total_out()) => {
                    self.feed.pass_to(b'B', BEGINNING, begins)?;
                    return Err(bomb(at));
                }
                Ok(_) if out.end == out.bytes.len() => {
                    self.within = Some((at, stream));
                    return Ok(());
                }
                Ok(_) if self.feed.is_over() && gave == 0 => return self.broken(out, at, None),
                Ok(_) if took == 0 && gave == 0 => return self.broken(out, at, Some("stands still")),
                Ok(_) => {}
                Err(e) => return self.broken(out, at, Some(&e.to_string())),
            }
        }
    }

    fn is_over(&self) -> bool {
        self.within.is_none() && self.feed.is_over()
    }
}

fn begins(bytes: &[u8]) -> bool {
    let Some(([b'B', b'Z', b'h', b'1'..=b'9'], number)) = bytes.split_first_chunk() else { return false };
    number.starts_with(&BLOCK) || number.starts_with(&END)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::members::tests::{check_bomb, told};

    fn stream(bytes: &[u8]) -> Vec<u8> {
        let mut out = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    fn unpacked(packed: &[u8]) -> String {
        told(Bzip::streams(packed))
    }

    #[test]
    fn garbage_between_streams_is_passed_over() {
        let (one, two) = (stream(b"one"), stream(b"two"));
        assert_eq!(unpacked(&[&one[..], &stream(b""), &two[..]].concat()), "onetwo");
        assert_eq!(unpacked(&[&one[..], b"BZh9garbage", &two[..]].concat()), "one!two");
        assert_eq!(unpacked(&[&one[..], b"garbage"].concat()), "one!");
        assert_eq!(unpacked(&[&one[..], &[0; 700]].concat()), "one!");
        assert_eq!(unpacked(&[&one[..], &two[..3]].concat()), "one!");
        assert_eq!(unpacked(&[&one[..], &two[..two.len() - 1]].concat()), "onetwo!");
    }

    #[test]
    fn the_next_stream_is_read_behind_a_damaged_one() {
        let (one, three) = (stream(b"one"), stream(b"three"));
        let mut two = stream(&b"two ".repeat(9));
        two[20] ^= 0xff;
        assert_eq!(unpacked(&[one.clone(), two.clone(), three.clone()].concat()), "one!three");
        assert_eq!(unpacked(&[&one[..], &stream(b"a longer one to be cut")[..20], &three[..]].concat()), "one!three");
    }

    #[test]
    fn a_cut_stream_gives_its_beginning() {
        let text = "line\n".repeat(900_000);
        let whole = stream(text.as_bytes());
        for cut in [4, 9, 10, 11] {
            assert_eq!(unpacked(&whole[..cut]), "!", "{cut}");
        }
        let out = unpacked(&whole[..whole.len() - 20]);
        assert!(out.len() > 900_000 && out.ends_with('!') && text.starts_with(&out[..out.len() - 1]));
    }

    #[test]
    fn a_bomb_is_given_up_and_what_follows_is_read() {
        let mut bomb = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
        for _ in 0..300 {
            bomb.write_all(&[b'x'; 1 << 20]).unwrap();
        }
        let packed = [bomb.finish().unwrap(), stream(b"after")].concat();
        assert!(check_bomb(Bzip::streams(&packed[..])) < 262 << 20);
    }
}
