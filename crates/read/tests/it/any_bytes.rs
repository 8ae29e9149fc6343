//! What holds of any bytes that are read as a crawl. Shared by the tests here and by `fuzz/fuzz_targets/warc.rs`.

use std::io::{self, Read, Write};

use copydesk_model::{Capture, Refused};
use copydesk_read::{Options, open_stream};

/// Small, so that the fuzzer reaches it.
const LIMIT: usize = 64 << 10;

/// Reads bytes as a crawl, whole and in pieces. The first byte says how large those are and how the rest is packed before.
pub(crate) fn check(bytes: &[u8]) {
    let Some((&choice, crawl)) = bytes.split_first() else { return };
    let packed = packed(crawl, choice & 3);
    let step = 1 + usize::from(choice >> 2) * 7;
    let whole = read(io::Cursor::new(packed.clone()));
    let pieces = read(Pieces { bytes: io::Cursor::new(packed), step });
    assert_eq!(whole, pieces, "the same in pieces of {step} bytes");
    // Each record, and each piece of damage, takes some bytes of the input.
    assert!(whole.len() <= crawl.len() + 1, "{} records of {} bytes", whole.len(), crawl.len());
    for record in &whole {
        match record {
            Ok(capture) => {
                let page = capture.html.as_ref().map_or(capture.text.len(), |html| html.bytes.len());
                assert!(page > 0 && page <= LIMIT && !capture.id.is_empty(), "{capture:?}");
            }
            Err(refused) => assert!(!refused.source.is_empty() && !refused.message.is_empty(), "{refused:?}"),
        }
    }
}

fn read(stream: impl Read + Send + 'static) -> Vec<Result<Capture, Refused>> {
    open_stream(stream, "crawl.warc", &Options { limit: LIMIT, ..Options::default() }).collect()
}

/// As it is, a gzip member each record, one gzip member, or a zstd frame each record.
fn packed(crawl: &[u8], choice: u8) -> Vec<u8> {
    let gzip = |bytes: &[u8]| {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).expect("packs into memory");
        out.finish().expect("packs into memory")
    };
    let zstd = |bytes: &[u8]| zstd::encode_all(bytes, 1).expect("packs into memory");
    match choice {
        1 => records(crawl).into_iter().flat_map(gzip).collect(),
        2 => gzip(crawl),
        3 => records(crawl).into_iter().flat_map(zstd).collect(),
        _ => crawl.to_vec(),
    }
}

/// Cut before every line that begins a record.
fn records(crawl: &[u8]) -> Vec<&[u8]> {
    let mut cuts: Vec<usize> = memchr::memmem::find_iter(crawl, b"\nWARC/1").map(|at| at + 1).collect();
    cuts.insert(0, 0);
    cuts.push(crawl.len());
    cuts.windows(2).map(|cut| &crawl[cut[0]..cut[1]]).collect()
}

struct Pieces {
    bytes: io::Cursor<Vec<u8>>,
    step: usize,
}

impl Read for Pieces {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = into.len().min(self.step);
        self.bytes.read(&mut into[..n])
    }
}
