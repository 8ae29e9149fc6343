use copydesk_model::Outcome;

use super::is_html;

/// Formats that people hand in and that hold no text, in words. The magic numbers are those of the `file` command.
pub(crate) fn foreign(head: &[u8]) -> Option<(Outcome, &'static str)> {
    if (head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff])) && !is_html(head) {
        return Some((Outcome::Undecodable, "UTF-16 text (`iconv -f UTF-16 -t UTF-8` converts it)"));
    }
    let magic: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "a ZIP archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
        (b"\xfd7zXZ\0", "packed with xz"),
        (b"Rar!", "a RAR archive"),
        (b"%PDF-", "a PDF"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"wOF2", "a font"),
        (b"\x1f\x8b\x08", "packed with gzip"),
        (b"\x7fELF", "a program"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"PAR1", "a Parquet file"),
        (b"filedesc://", "an ARC file (`warcio recompress` makes a WARC of it)"),
    ];
    let what = magic.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, what)| *what);
    let what = what.or((head.get(257..262) == Some(b"ustar")).then_some("a tar archive"));
    let riff = head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP");
    let what =
        what.or(riff.then_some("a WebP picture")).or((head.get(4..8) == Some(b"ftyp")).then_some("a video or picture"));
    what.map(|what| (Outcome::NotText, what))
}

/// Whether bytes begin as the index does that stands beside a crawl's WARC files: ` CDX N b a ...`, or lines of a URL turned round, a
/// time of fourteen digits, and more.
pub(super) fn is_index(head: &[u8]) -> bool {
    let mut words = head.split(|b| b.is_ascii_whitespace()).take(3);
    let (Some(key), Some(time), Some(_)) = (words.next(), words.next(), words.next()) else { return false };
    let is_time = time.len() == 14 && time.iter().all(u8::is_ascii_digit);
    head.starts_with(b" CDX ") || (is_time && memchr::memmem::find(key, b")/").is_some())
}
