use std::io::{self, BufReader, Cursor, Read};

/// A stream of the bytes inside a file, unpacked by what its first bytes say, not by its name.
///
/// Every decoder reads on over the members or frames that follow the first, as `cat a.gz b.gz` and parallel packers write them.
pub(crate) fn unpack<'r>(mut raw: impl Read + Send + 'r) -> io::Result<Box<dyn Read + Send + 'r>> {
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
        [0x1f, 0x8b, 8, ..] => {
            Box::new(flate2::bufread::MultiGzDecoder::new(BufReader::with_capacity(PACKED_BUFFER, whole)))
        }
        [0x28, 0xb5, 0x2f, 0xfd] => zstd(whole)?,
        // A skippable frame: 0x184D2A50 to 0x184D2A5F, little-endian; pzstd and seekable zstd begin with one.
        [0x50..=0x5f, 0x2a, 0x4d, 0x18] => zstd(whole)?,
        [b'B', b'Z', b'h', b'1'..=b'9'] => {
            Box::new(bzip2::bufread::MultiBzDecoder::new(BufReader::with_capacity(PACKED_BUFFER, whole)))
        }
        _ => Box::new(whole),
    })
}

const PACKED_BUFFER: usize = 128 << 10;

fn zstd<'r>(packed: impl Read + Send + 'r) -> io::Result<Box<dyn Read + Send + 'r>> {
    Ok(Box::new(zstd::Decoder::with_buffer(BufReader::with_capacity(PACKED_BUFFER, packed))?))
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
