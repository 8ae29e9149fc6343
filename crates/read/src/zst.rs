use std::io::{self, Read};

use zstd::stream::raw::{Decoder, InBuffer, Operation, OutBuffer};

use crate::{
    feed::{Again, Feed},
    members::{Members, Unpack, Unpacked},
    packing::{bomb, damage, is_bomb, stray},
};

/// The frames of a zstd file, one after the other; with the dictionary that a `.warc.zst` begins with.
///
/// Behind a damaged frame the reading goes on at the next one.
pub(crate) struct Zstd<R> {
    feed: Feed<R>,
    decoder: Decoder<'static>,
    /// Where the frame begins that is being unpacked, and how much it gave.
    within: Option<(u64, u64)>,
    again: Again,
}

const PACKED: usize = 512 << 10;
const UNPACKED: usize = 512 << 10;

/// The skippable frame that holds a dictionary: <https://iipc.github.io/warc-specifications/specifications/warc-zstd/>.
const DICTIONARY: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];
const FRAME: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// zstd's own command trains dictionaries of 110 kB; crawlers use up to a few MB.
const LARGEST_DICTIONARY: usize = 16 << 20;

impl<R: Read> Zstd<R> {
    pub(crate) fn frames(packed: R) -> io::Result<Members<Self>> {
        let mut feed = Feed::new(packed, PACKED);
        let dictionary = dictionary(&mut feed)?;
        Self::frames_with(feed, &dictionary)
    }

    pub(crate) fn frames_with(feed: Feed<R>, dictionary: &[u8]) -> io::Result<Members<Self>> {
        let decoder = Decoder::with_dictionary(dictionary)?;
        Ok(Members::of(Self { feed, decoder, within: None, again: Again::default() }, UNPACKED))
    }
}

impl<R: Read> Zstd<R> {
    /// The frame that begins at `at` is damaged; without `how` because the file ends within it, or seems to.
    fn broken(&mut self, out: &mut Unpacked, at: u64, how: Option<&str>) -> io::Result<()> {
        self.within = None;
        // What was damaged may have led the decoder past where the next frame begins, or to the end of the file.
        self.again.go_back(&mut self.feed, at);
        self.feed.pass_to(FRAME[0], FRAME.len(), begins_data)?;
        let is_last = self.feed.have().is_empty();
        if how.is_none() && is_last {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if !is_last {
            // Some of it may be of frames behind it.
            out.end = 0;
        }
        let how = how.unwrap_or("it breaks off");
        Err(damage(format!("the zstd frame at offset {at} is damaged ({how})")))
    }
}

impl<R: Read> Unpack for Zstd<R> {
    fn unpack(&mut self, out: &mut Unpacked) -> io::Result<()> {
        self.feed.want(1)?;
        if self.feed.is_over() && self.within.is_none() {
            return Ok(());
        }
        let (at, mut gave) = match self.within {
            Some(within) => within,
            None => {
                self.feed.want(FRAME.len())?;
                let at = self.feed.at();
                // Also where none does: what came before ended here.
                out.begins(at);
                if !begins(self.feed.have()) {
                    let passed = self.feed.pass_to(FRAME[0], FRAME.len(), begins_data)?;
                    return Err(stray(passed, at, "zstd frame", self.feed.have().is_empty()));
                }
                self.decoder.reinit()?;
                self.feed.hold(at);
                (at, 0)
            }
        };
        // To the end of the frame, if it fits: of a small frame that is damaged nothing is handed out.
        loop {
            self.feed.want(1)?;
            // A frame that is seen whole is unpacked by another way of zstd's, which finds other damage than the one for pieces. Its
            // first byte alone keeps to the latter: what comes out must not depend on how the stream comes in.
            let have = self.feed.have();
            let some = if gave == 0 && self.feed.at() == at { &have[..have.len().min(1)] } else { have };
            let mut input = InBuffer::around(some);
            let mut output = OutBuffer::around_pos(&mut out.bytes[..], out.end);
            let status = self.decoder.run(&mut input, &mut output);
            let (took, end) = (input.pos(), output.pos());
            self.feed.used(took);
            let n = end - out.end;
            out.end = end;
            gave += n as u64;
            self.within = Some((at, gave));
            match status {
                Ok(0) => {
                    self.within = None;
                    self.feed.let_go();
                    return Ok(());
                }
                Ok(_) if n == 0 && self.feed.is_over() => return self.broken(out, at, None),
                Ok(_) if is_bomb(self.feed.at() - at, gave) => {
                    self.within = None;
                    self.feed.pass_to(FRAME[0], FRAME.len(), begins_data)?;
                    return Err(bomb(at));
                }
                Ok(_) if out.end == out.bytes.len() => return Ok(()),
                Ok(_) => {}
                Err(e) => {
                    if gave == out.end as u64 {
                        out.end = 0;
                    }
                    return self.broken(out, at, Some(&e.to_string()));
                }
            }
        }
    }

    fn is_over(&self) -> bool {
        self.within.is_none() && self.feed.is_over()
    }
}

/// The dictionary at the beginning, unpacked; empty where there is none.
pub(crate) fn dictionary<R: Read>(feed: &mut Feed<R>) -> io::Result<Vec<u8>> {
    feed.want(8)?;
    let size = feed.have().strip_prefix(&DICTIONARY).and_then(<[u8]>::first_chunk);
    let Some(size) = size.map(|size| u32::from_le_bytes(*size) as usize) else { return Ok(Vec::new()) };
    if size > LARGEST_DICTIONARY {
        return Err(io::Error::other(format!("its dictionary has {size} bytes, more than {LARGEST_DICTIONARY}")));
    }
    feed.used(8);
    let mut bytes = Vec::new();
    while bytes.len() < size {
        feed.want(1)?;
        let have = feed.have();
        let n = have.len().min(size - bytes.len());
        if n == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend(&have[..n]);
        feed.used(n);
    }
    if bytes.starts_with(&FRAME) {
        let mut unpacked = Vec::new();
        let frame = zstd::Decoder::with_buffer(&bytes[..])?.single_frame();
        frame.take(LARGEST_DICTIONARY as u64 + 1).read_to_end(&mut unpacked)?;
        if unpacked.len() > LARGEST_DICTIONARY {
            return Err(io::Error::other(format!("its dictionary unpacks to more than {LARGEST_DICTIONARY} bytes")));
        }
        return Ok(unpacked);
    }
    Ok(bytes)
}

fn begins_data(bytes: &[u8]) -> bool {
    bytes.starts_with(&FRAME)
}

fn begins(bytes: &[u8]) -> bool {
    begins_data(bytes)
        || matches!(bytes, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
        // Only the first bytes of a header are left: the decoder finds it cut.
        || (bytes.len() < FRAME.len() && FRAME.starts_with(bytes))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::members::tests::{check_bomb, told};

    pub(crate) fn frame(bytes: &[u8]) -> Vec<u8> {
        zstd::encode_all(bytes, 3).unwrap()
    }

    fn skippable(magic: [u8; 4], bytes: &[u8]) -> Vec<u8> {
        [&magic[..], &(bytes.len() as u32).to_le_bytes(), bytes].concat()
    }

    fn unpacked(packed: &[u8]) -> String {
        told(Zstd::frames(packed).unwrap())
    }

    #[test]
    fn a_dictionary_is_used_whether_packed_or_not() {
        let dictionary = b"The ferry runs again from the old pier at noon, says the harbour master".repeat(3);
        let text = b"The ferry runs again, says the harbour master";
        let mut packed = Vec::new();
        for _ in 0..3 {
            let mut encoder = zstd::Encoder::with_dictionary(&mut packed, 3, &dictionary).unwrap();
            io::Write::write_all(&mut encoder, text).unwrap();
            encoder.finish().unwrap();
        }
        let expected = String::from_utf8(text.repeat(3)).unwrap();
        assert_eq!(unpacked(&[skippable(DICTIONARY, &dictionary), packed.clone()].concat()), expected);
        assert_eq!(unpacked(&[skippable(DICTIONARY, &frame(&dictionary)), packed.clone()].concat()), expected);
        assert_ne!(unpacked(&packed), expected, "the dictionary is needed");
    }

    #[test]
    fn the_next_frame_is_read_behind_a_damaged_one() {
        let (one, three) = (frame(b"one"), frame(b"three"));
        let mut two = frame(&b"two ".repeat(50));
        two[5] ^= 0xff;
        let out = unpacked(&[one.clone(), two, three.clone()].concat());
        assert!(out.starts_with("one") && out.contains('!') && out.ends_with("three"), "{out}");
        assert_eq!(unpacked(&[&one[..], b"garbage", &three[..]].concat()), "one!three");
        assert_eq!(
            unpacked(&[&one[..], &skippable([0x50, 0x2a, 0x4d, 0x18], &[9; 50]), &three[..]].concat()),
            "onethree"
        );
        let cut = unpacked(&[&one[..], &three[..three.len() - 2]].concat());
        assert!(cut.starts_with("one") && cut.ends_with('!'), "{cut}");
        assert_eq!(unpacked(&[&one[..], &three[..2]].concat()), "one!");
    }

    #[test]
    fn a_bomb_is_given_up_and_what_follows_is_read() {
        let bomb = zstd::encode_all(io::repeat(b'x').take(300 << 20), 1).unwrap();
        let packed = [bomb, frame(b"after")].concat();
        check_bomb(Zstd::frames(&packed[..]).unwrap());
    }
}
