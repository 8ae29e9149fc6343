//! Text in, blocks out: a block is a line that holds more than white space.
//!
//! Crawlers' text extraction writes a paragraph a line. On real pages flattened to text, 98.5 % of the paragraphs that readers
//! marked are exactly one line; see `docs/decisions/`.

use std::borrow::Cow;

use copydesk_model::Span;
use xxhash_rust::xxh3::xxh3_64;

/// A block before its role is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawBlock {
    /// The block with the white space around it: the spans of a text's blocks tile it.
    pub span: Span,
    /// The trimmed text.
    pub text: Span,
    /// Hash of the text with white space folded: the same block has the same hash in every capture. Never 0.
    pub hash: u64,
    /// Empty lines between this block and the one before it.
    pub gap: u32,
    /// Whether white space in the text is single spaces already.
    pub is_folded: bool,
}

/// Cuts a text into blocks. A text without any visible character has none.
///
/// ```
/// let text = "Ferry resumes\n\nThe ferry is back.\n";
/// let blocks = copydesk_split::blocks(text);
/// assert_eq!(blocks.len(), 2);
/// assert_eq!(blocks[1].text.of(text), "The ferry is back.");
/// assert_eq!(blocks.iter().map(|b| b.span.of(text)).collect::<String>(), text);
/// ```
pub fn blocks(text: &str) -> Vec<RawBlock> {
    let mut out: Vec<RawBlock> = Vec::with_capacity(text.len() / 160 + 8);
    let (mut at, mut gap) = (0, 0);
    let mut line = |from: usize, to: usize, end: usize| {
        let trimmed = trim(&text[from..to]);
        if trimmed.is_empty() {
            gap += 1;
            if let Some(last) = out.last_mut() {
                last.span.end = end as u32;
            }
            return;
        }
        let is_folded = is_folded(trimmed);
        let start = trimmed.as_ptr() as usize - text.as_ptr() as usize;
        let span_start = out.last().map_or(0, |block| block.span.end as usize);
        out.push(RawBlock {
            span: Span::new(span_start, end),
            text: Span::new(start, start + trimmed.len()),
            hash: hash(trimmed, is_folded),
            gap,
            is_folded,
        });
        gap = 0;
    };
    let bytes = text.as_bytes();
    if memchr::memchr(b'\r', bytes).is_none() {
        for end in memchr::memchr_iter(b'\n', bytes) {
            line(at, end, end + 1);
            at = end + 1;
        }
    } else {
        // `\r\n` and a lone `\r` end a line as well
        for end in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if end < at {
                continue;
            }
            let next = if bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n') { end + 2 } else { end + 1 };
            line(at, end, next);
            at = next;
        }
    }
    if at < text.len() {
        line(at, text.len(), text.len());
    }
    out
}

/// White space and what is as invisible: zero-width characters, directional marks, byte-order marks, soft hyphens, NUL.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\0'..='\x1f' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn trim(line: &str) -> &str {
    // Nearly every line begins and ends with a printable ASCII byte or needs one space cut.
    match (line.as_bytes().first(), line.as_bytes().last()) {
        (Some(b'!'..=b'~'), Some(b'!'..=b'~')) => line,
        _ => line.trim_matches(is_invisible),
    }
}

impl RawBlock {
    /// The block's text with every run of white space as one space: what hashes and clippings are made of.
    pub(crate) fn folded<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let text = self.text.of(text);
        if self.is_folded { text.into() } else { fold(text).into() }
    }
}

fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    // where the piece begins that needs no change
    let (mut from, mut at) = (0, 0);
    while at < bytes.len() {
        let byte = bytes[at];
        // a single space is itself; every other kind of space begins with one of these bytes in UTF-8
        let may_be_space = byte <= b' ' || matches!(byte, 0xC2 | 0xE1 | 0xE2 | 0xE3);
        if !may_be_space
            || (byte == b' ' && at > 0 && bytes.get(at + 1).is_some_and(|&next| next > b' ' && next < 0x80))
        {
            at += 1;
            continue;
        }
        let Some(space) = text.get(at..).and_then(|rest| rest.chars().next()).filter(|c| c.is_whitespace()) else {
            at += 1;
            continue;
        };
        out.push_str(&text[from..at]);
        at += space.len_utf8();
        while let Some(space) = text[at..].chars().next().filter(|c| c.is_whitespace()) {
            at += space.len_utf8();
        }
        from = at;
        if !out.is_empty() && at < bytes.len() {
            out.push(' ');
        }
    }
    out.push_str(&text[from..]);
    out
}

/// A one in each byte, and the highest bit of each.
pub(crate) const LOW: u64 = u64::MAX / 255;
pub(crate) const HIGH: u64 = LOW << 7;

/// What was seen of a text, eight bytes at a time; the highest bit of each byte counts.
#[derive(Default)]
struct Bits {
    /// All bytes.
    all: u64,
    /// Whether a byte is below a space: somewhere, if not here.
    control: u64,
    /// A space behind a space.
    doubled: u64,
    /// The spaces of the eight before.
    space: u64,
}

impl Bits {
    #[inline]
    fn read(&mut self, chunk: u64) {
        let other = chunk ^ (LOW * u64::from(b' '));
        let space = !(((other & !HIGH) + !HIGH) | other) & HIGH;
        self.all |= chunk;
        self.control |= chunk.wrapping_sub(LOW * u64::from(b' ')) & !chunk;
        self.doubled |= space & ((space << 8) | (self.space >> 56));
        self.space = space;
    }
}

/// Whether white space is single spaces already.
fn is_folded(text: &str) -> bool {
    let bytes = text.as_bytes();
    // the last eight bytes, some of which may have been seen
    let last = bytes.last_chunk::<8>().copied().unwrap_or_else(|| {
        let mut last = [b'-'; 8];
        last[..bytes.len()].copy_from_slice(bytes);
        last
    });
    let mut bits = Bits::default();
    for chunk in bytes.as_chunks::<8>().0 {
        bits.read(u64::from_le_bytes(*chunk));
    }
    bits.space = 0;
    bits.read(u64::from_le_bytes(last));
    if (bits.doubled | bits.control) & HIGH != 0 {
        return false;
    }
    if bits.all & HIGH == 0 {
        return true;
    }
    // every other kind of space begins with one of these bytes in UTF-8
    let is_space = |at: usize| {
        matches!(
            (bytes[at], bytes.get(at + 1)),
            (0xC2, Some(0x85 | 0xA0)) | (0xE1, Some(0x9A)) | (0xE2, Some(0x80 | 0x81)) | (0xE3, Some(0x80))
        ) && text[at..].chars().next().is_some_and(char::is_whitespace)
    };
    !memchr::memchr3_iter(0xC2, 0xE2, 0xE3, bytes).any(is_space) && !memchr::memchr_iter(0xE1, bytes).any(is_space)
}

fn hash(text: &str, is_folded: bool) -> u64 {
    let hash = if is_folded { xxh3_64(text.as_bytes()) } else { xxh3_64(fold(text).as_bytes()) };
    hash.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let blocks = blocks(text);
        assert_eq!(blocks.iter().map(|b| b.text.of(text)).collect::<Vec<_>>(), expected, "blocks of {text:?}");
        if !blocks.is_empty() {
            assert_eq!(blocks.iter().map(|b| b.span.of(text)).collect::<String>(), text, "tiles of {text:?}");
        }
    }

    #[test]
    fn a_block_is_a_line_with_text() {
        check("", &[]);
        check("\n \n\u{200b}\n", &[]);
        check("one", &["one"]);
        check("\n\n  one \t\ntwo\n\n\n", &["one", "two"]);
        check("a\r\nb\rc", &["a", "b", "c"]);
        check("\u{feff}head\n\u{a0}نص عربي\u{200f}\n", &["head", "نص عربي"]);
    }

    #[test]
    fn gaps_count_empty_lines_and_not_line_ends() {
        let gaps = |text| blocks(text).iter().map(|b| b.gap).collect::<Vec<_>>();
        assert_eq!(gaps("a\nb\n\nc\n\n\nd"), [0, 0, 1, 2]);
        assert_eq!(gaps("a\r\nb\r\n\r\nc"), [0, 0, 1]);
    }

    #[test]
    fn the_hash_does_not_see_white_space() {
        let hashes = |text| blocks(text).iter().map(|b| b.hash).collect::<Vec<_>>();
        let h = hashes("The  harbour\u{a0}is shut.\n The harbour is shut. \nThe harbour is shut!");
        assert_eq!(h[0], h[1]);
        assert_ne!(h[1], h[2]);
    }

    proptest::proptest! {
        #[test]
        fn folding_joins_words_with_single_spaces(text in "([a-z港é“]{0,3}[ \\t\\x1c\\u{a0}\\u{85}\\u{1680}\\u{2003}\\u{3000}]{0,3}){0,9}") {
            let words: Vec<&str> = text.split(char::is_whitespace).filter(|word| !word.is_empty()).collect();
            proptest::prop_assert_eq!(fold(&text), words.join(" "));
        }

        #[test]
        fn a_text_is_folded_where_folding_changes_nothing(text in "[a-z港é“]([a-z港é“]{0,9}[ \\t\u{a0}\u{1680}\u{2003}\u{3000}]{0,1}| {1,2}[a-z]{1,9}){0,9}[a-z]") {
            proptest::prop_assert_eq!(is_folded(&text), fold(&text) == text);
        }

        #[test]
        fn spans_tile_any_text(text in "\\PC*([\\r\\n \\u{a0}]{0,3}\\PC{0,9}){0,9}") {
            let blocks = blocks(&text);
            let joined: String = blocks.iter().map(|b| b.span.of(&text)).collect();
            proptest::prop_assert!(blocks.is_empty() || joined == text);
            proptest::prop_assert!(!blocks.is_empty() || text.chars().all(is_invisible));
            for b in &blocks {
                proptest::prop_assert!(b.span.start <= b.text.start && b.text.end <= b.span.end && !b.text.is_empty());
            }
        }
    }
}
