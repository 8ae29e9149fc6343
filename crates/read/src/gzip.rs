use std::io::{self, Read};

use flate2::{Decompress, FlushDecompress, Status};

use crate::{
    feed::{Again, Feed},
    members::{Members, Unpack, Unpacked},
    packing::{bomb, damage, is_bomb, stray},
};

/// The members of a gzip file, one after the other.
///
/// A member that fits is unpacked in one go by libdeflate, twice as fast as any decoder that streams; what is larger, cut or
/// damaged goes through zlib, which streams. Behind damage the reading goes on at the next member.
pub(crate) struct Gzip<R> {
    feed: Feed<R>,
    whole: libdeflater::Decompressor,
    stream: Decompress,
    /// Of what was streamed of a member so far.
    sum: libdeflater::Crc,
    /// Where the member begins that is being streamed, in the file.
    within: Option<u64>,
    again: Again,
}

/// Bytes of packed input that are looked at together.
const PACKED: usize = 1 << 20;

/// A packed member of at most this size is sure to be seen whole: a page of a few megabytes.
const SEEN: usize = 256 << 10;

/// The largest member that is unpacked in one go.
const UNPACKED: usize = 4 << 20;

/// How much of a larger member is unpacked at a time: what stays in the cache until it is used.
const AT_A_TIME: usize = 128 << 10;

/// A gzip header's fixed part, and the shortest deflate stream after it.
const SHORTEST: usize = 12;

impl<R: Read> Gzip<R> {
    pub(crate) fn members(packed: R) -> Members<Self> {
        let gzip = Self {
            feed: Feed::new(packed, PACKED),
            whole: libdeflater::Decompressor::new(),
            stream: Decompress::new(false),
            sum: libdeflater::Crc::new(),
            within: None,
            again: Again::default(),
        };
        Members::of(gzip, UNPACKED)
    }

    fn begin(&mut self, out: &mut Unpacked) -> io::Result<()> {
        self.feed.want(SEEN)?;
        // Zeros fill up blocks of tapes and of some file systems.
        let zeros = self.feed.have().iter().take_while(|&&b| b == 0).count();
        if zeros > 0 {
            self.feed.used(zeros);
            return Ok(());
        }
        if self.feed.is_over() {
            return Ok(());
        }
        let at = self.feed.at();
        // Also where none does: what came before ended here.
        out.begins(at);
        if !begins(self.feed.have()) && !cut_header(self.feed.have()) {
            let passed = self.feed.pass_to(0x1f, 4, begins)?;
            return Err(stray(passed, at, "gzip member", self.feed.have().is_empty()));
        }
        let have = self.feed.have();
        if let Ok(n) = self.whole.gzip_decompress(have, &mut out.bytes) {
            // libdeflate does not say where the member ended: its last eight bytes, which are known now, do.
            let mut trailer = [0; 8];
            trailer[..4].copy_from_slice(&libdeflater::crc32(&out.bytes[..n]).to_le_bytes());
            trailer[4..].copy_from_slice(&(n as u32).to_le_bytes());
            if let Some(end) = memchr::memmem::find(have.get(SHORTEST..).unwrap_or_default(), &trailer) {
                self.feed.used(SHORTEST + end + trailer.len());
                out.end = n;
                return Ok(());
            }
        }
        let Some(header) = header(have) else { return self.broken(out, at, None) };
        self.feed.hold(at);
        self.feed.used(header);
        self.stream.reset(false);
        self.sum = libdeflater::Crc::new();
        self.within = Some(at);
        Ok(())
    }

    /// Unpacks more of the member that begins at `at`: as much as is unpacked at a time, or all of it.
    fn go_on(&mut self, out: &mut Unpacked, at: u64) -> io::Result<()> {
        loop {
            self.feed.want(1)?;
            let (ins, outs) = (self.stream.total_in(), self.stream.total_out());
            let room = &mut out.bytes[out.end..AT_A_TIME];
            let status = self.stream.decompress(self.feed.have(), room, FlushDecompress::None);
            let (took, gave) = (self.stream.total_in() - ins, (self.stream.total_out() - outs) as usize);
            self.feed.used(took as usize);
            self.sum.update(&out.bytes[out.end..][..gave]);
            out.end += gave;
            match status {
                Ok(Status::StreamEnd) => return self.check(out, at),
                Ok(_) if is_bomb(self.stream.total_in(), self.stream.total_out()) => {
                    self.within = None;
                    self.feed.pass_to(0x1f, 4, begins)?;
                    return Err(bomb(at));
                }
                Ok(_) if out.end == AT_A_TIME => return Ok(()),
                Ok(_) if self.feed.is_over() && gave == 0 => return self.broken(out, at, None),
                Ok(_) if took == 0 && gave == 0 => return self.broken(out, at, Some("stands still")),
                Ok(_) => {}
                Err(e) => return self.broken(out, at, Some(&e.to_string())),
            }
        }
    }

    /// Compares what was unpacked with the sum and the length behind it.
    fn check(&mut self, out: &mut Unpacked, at: u64) -> io::Result<()> {
        self.feed.want(8)?;
        let Some(trailer) = self.feed.have().first_chunk::<8>() else { return self.broken(out, at, None) };
        // The length counts modulo 2^32.
        let expected = u64::from(self.sum.sum()) | self.stream.total_out() << 32;
        if u64::from_le_bytes(*trailer) != expected {
            // What was not handed out yet is not to be believed: mostly all of the member.
            out.end = 0;
            return self.broken(out, at, Some("its check sum or length is another"));
        }
        self.feed.used(8);
        self.feed.let_go();
        self.within = None;
        Ok(())
    }

    /// The member that begins at `at` is damaged; without `how` because the file ends within it, or seems to.
    fn broken(&mut self, out: &mut Unpacked, at: u64, how: Option<&str>) -> io::Result<()> {
        self.within = None;
        // What was damaged may have led the decoder past where the next member begins, or to the end of the file.
        self.again.go_back(&mut self.feed, at);
        self.feed.pass_to(0x1f, 4, begins)?;
        let is_last = self.feed.have().is_empty();
        if how.is_none() && is_last {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if at > 0 || !is_last {
            // Some of it was unpacked out of what is damaged, or of members behind it, and nobody knows how much. Only where a file is
            // one member it is all that there is.
            out.end = 0;
        }
        let how = how.unwrap_or("it breaks off");
        Err(damage(format!("the gzip member at offset {at} is damaged ({how})")))
    }
}

impl<R: Read> Unpack for Gzip<R> {
    fn unpack(&mut self, out: &mut Unpacked) -> io::Result<()> {
        match self.within {
            Some(at) => self.go_on(out, at),
            None => self.begin(out),
        }
    }

    fn is_over(&self) -> bool {
        self.within.is_none() && self.feed.is_over()
    }
}

/// A member's first bytes: the magic number, deflate, and no flag that is reserved.
fn begins(bytes: &[u8]) -> bool {
    matches!(bytes, [0x1f, 0x8b, 8, flags, ..] if flags & 0xe0 == 0)
}

/// How long a member's header is; `None` when it is not all there.
fn header(bytes: &[u8]) -> Option<usize> {
    let flags = *bytes.get(3)?;
    let mut at = 10;
    if flags & EXTRA != 0 {
        let size = bytes.get(at..)?.first_chunk()?;
        at += 2 + usize::from(u16::from_le_bytes(*size));
    }
    for named in [NAME, COMMENT] {
        if flags & named != 0 {
            at += memchr::memchr(0, bytes.get(at..)?)? + 1;
        }
    }
    if flags & HEADER_SUM != 0 {
        at += 2;
    }
    (at <= bytes.len()).then_some(at)
}

// RFC 1952, 2.3.1.
const HEADER_SUM: u8 = 2;
const EXTRA: u8 = 4;
const NAME: u8 = 8;
const COMMENT: u8 = 16;

/// A header of which only the first bytes are left, at the end of a file.
fn cut_header(bytes: &[u8]) -> bool {
    bytes.len() < 4 && [0x1f, 0x8b, 8].starts_with(bytes)
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;
    use crate::{
        members::tests::{check_bomb, told},
        packing::Stream,
    };

    pub(crate) fn member(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    fn unpacked(packed: &[u8]) -> String {
        told(Gzip::members(packed))
    }

    #[test]
    fn the_next_member_is_read_behind_a_damaged_one() {
        let (one, three) = (member(b"one"), member(b"three"));
        let mut two = member(&b"two ".repeat(9));
        two[12] ^= 0xff;
        let out = unpacked(&[one.clone(), two.clone(), three.clone()].concat());
        assert!(out.starts_with("one") && out.ends_with("!three"), "{out}");
        let mut wrong_sum = member(b"two");
        let end = wrong_sum.len();
        wrong_sum[end - 8] ^= 1;
        assert_eq!(unpacked(&[one.clone(), wrong_sum, three.clone()].concat()), "one!three");
        // The middle one is cut, and the file goes on.
        let out = unpacked(&[&one[..], &member(b"a longer one to be cut")[..20], &three[..]].concat());
        assert!(out.starts_with("one") && out.ends_with("!three"), "{out}");
    }

    #[test]
    fn garbage_between_members_is_passed_over() {
        let (one, two) = (member(b"one"), member(b"two"));
        assert_eq!(unpacked(&[&one[..], &[0; 700], &two[..], &[0; 9]].concat()), "onetwo");
        assert_eq!(unpacked(&[&one[..], b"\x1f\x8bgarbage\x1f", &two[..]].concat()), "one!two");
        assert_eq!(unpacked(&[&one[..], b"garbage"].concat()), "one!");
        assert_eq!(unpacked(&[&one[..], &two[..2]].concat()), "one!");
        assert_eq!(unpacked(&[&one[..], &two[..two.len() - 1]].concat()), "onetwo!");
    }

    #[test]
    fn a_large_member_is_streamed() {
        let large: String = (0..900_000).map(|i| format!("{i} ")).collect();
        let packed = [member(b"small "), member(large.as_bytes()), member(b" small")].concat();
        assert!(large.len() > UNPACKED);
        assert_eq!(unpacked(&packed), format!("small {large} small"));
    }

    #[test]
    fn a_bomb_is_given_up_and_what_follows_is_read() {
        let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        for _ in 0..300 {
            bomb.write_all(&[b'x'; 1 << 20]).unwrap();
        }
        let packed = [bomb.finish().unwrap(), member(b"after")].concat();
        assert!(check_bomb(Gzip::members(&packed[..])) < 262 << 20);
    }

    #[test]
    fn members_can_be_found_again() {
        let packed = [member(b"one"), member(b""), member(b"three")].concat();
        let mut members = Gzip::members(&packed[..]);
        let mut all = Vec::new();
        members.read_to_end(&mut all).unwrap();
        assert_eq!(members.place(0), Some(0));
        assert_eq!(members.place(2), None);
        let third = (member(b"one").len() + member(b"").len()) as u64;
        assert_eq!((members.next_member(2), members.place(3)), (Some(3), Some(third)));
    }

    #[test]
    fn headers_with_everything_in_them_are_read() {
        let large: String = (0..900_000).map(|i| format!("{i} ")).collect();
        let builder = || flate2::GzBuilder::new().filename("page").comment("made by hand").extra(vec![7; 300]);
        for text in ["small", &large] {
            let mut out = builder().write(Vec::new(), flate2::Compression::fast());
            out.write_all(text.as_bytes()).unwrap();
            assert_eq!(unpacked(&[out.finish().unwrap(), member(b"after")].concat()), format!("{text}after"));
        }
        let out = builder().write(Vec::new(), flate2::Compression::fast()).finish().unwrap();
        for cut in 4..330 {
            assert_eq!(unpacked(&out[..cut]), "!", "{cut}");
        }
    }

    proptest! {
        #[test]
        fn any_members_come_out_whole(parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..600), 0..9)) {
            let packed: Vec<u8> = parts.iter().flat_map(|part| member(part)).collect();
            let mut out = Vec::new();
            Gzip::members(&packed[..]).read_to_end(&mut out).unwrap();
            prop_assert_eq!(out, parts.concat());
        }
    }
}
