//! Bytes to characters: byte-order mark, server, page, and where nobody says, or what they say cannot be, the bytes themselves.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::{memchr, memchr2, memmem};

/// How far into a page its own word about its characters is looked for. Browsers stop at 1,024 bytes; pages are found that say it later.
const DECLARED_WITHIN: usize = 8192;

/// A page's characters.
#[derive(Debug)]
pub(crate) struct Decoded<'b> {
    pub text: Cow<'b, str>,
    pub encoding: &'static Encoding,
    /// Bytes that are no character in this encoding became U+FFFD.
    pub has_errors: bool,
}

/// Decodes a page. `server` is the `charset` of its Content-Type header, or empty.
pub(crate) fn decode<'b>(bytes: &'b [u8], server: &str) -> Decoded<'b> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, &bytes[length..]);
    }
    if let Some(encoding) = wide(bytes) {
        return decode_as(encoding, bytes);
    }
    let declared = label(server.as_bytes()).or_else(|| declared(bytes));
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        // Text in another encoding is next to never UTF-8 by accident. All escapes of ISO-2022-JP are ASCII.
        return match declared {
            Some(encoding) if !encoding.is_ascii_compatible() && text.is_ascii() => decode_as(encoding, bytes),
            _ => Decoded { text: text.into(), encoding: UTF_8, has_errors: false },
        };
    }
    match declared {
        Some(encoding) if encoding != UTF_8 => {
            let decoded = decode_as(encoding, bytes);
            // windows-1252 and its like have a character for nearly every byte: there, errors say nothing
            if !decoded.has_errors || errors(&decoded.text) * 50 < beyond_ascii(bytes) {
                decoded
            } else {
                detect(bytes)
            }
        }
        // a page that breaks off inside of a character, or that cites a few bytes of something else, is still UTF-8
        _ if is_mostly_utf8(bytes) => decode_as(UTF_8, bytes),
        _ => detect(bytes),
    }
}

fn decode_as<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Decoded<'b> {
    let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, encoding, has_errors }
}

fn errors(text: &str) -> usize {
    memmem::find_iter(text.as_bytes(), "\u{fffd}").count()
}

fn beyond_ascii(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| b >= 0x80).count()
}

/// Whether nearly all bytes beyond ASCII are part of well-formed UTF-8.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut bad, mut good) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += beyond_ascii(chunk.valid().as_bytes());
        bad += chunk.invalid().len();
    }
    bad * 10 < good
}

/// How many bytes are shown to the detector, which takes some 200 ns for each: those of words beyond ASCII.
const DETECTED_FROM: usize = 4096;

fn detect(bytes: &[u8]) -> Decoded<'_> {
    let mut sample = Vec::with_capacity(DETECTED_FROM + 64);
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|&b| b >= 0x80)
        && sample.len() < DETECTED_FROM
    {
        // the word with its spaces, as what stands beside a letter tells encodings apart; from 0x40 on, and for digits, a byte may be the
        // second half of a character
        let is_edge = |b: &u8| *b < 0x30 || (0x3a..0x40).contains(b);
        let found = at + found;
        let start = bytes[at..found].iter().rposition(is_edge).map_or(at, |edge| at + edge);
        let end = bytes[found..].iter().position(is_edge).map_or(bytes.len(), |edge| found + edge + 1);
        sample.extend_from_slice(&bytes[start..end.min(start + DETECTED_FROM)]);
        at = end;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&sample, sample.len() < DETECTED_FROM);
    // the caller has seen that it is not UTF-8
    decode_as(detector.guess(None, Utf8Detection::Deny), bytes)
}

/// UTF-16 without a byte-order mark: every page begins with ASCII.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes.get(..4)? {
        [b'<', 0, second, 0] if *second != 0 => Some(UTF_16LE),
        [0, b'<', 0, second] if *second != 0 => Some(UTF_16BE),
        _ => None,
    }
}

fn label(text: &[u8]) -> Option<&'static Encoding> {
    let text = text.trim_ascii();
    let text = text.strip_prefix(b"\"").and_then(|t| t.strip_suffix(b"\"")).unwrap_or(text);
    Encoding::for_label_no_replacement(text).map(|encoding| match encoding {
        // where the word could be read, the bytes are not two each
        e if e == UTF_16LE || e == UTF_16BE => UTF_8,
        e if e.name() == "x-user-defined" => WINDOWS_1252,
        e => e,
    })
}

/// What the page says: `<meta charset>`, `<meta http-equiv content>`, `<?xml encoding?>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARED_WITHIN)];
    let mut at = 0;
    while let Some(found) = memchr(b'<', &head[at..]) {
        at += found;
        let rest = &head[at..];
        if rest.starts_with(b"<!--") {
            at += memmem::find(&rest[2..], b"-->")? + 5;
            continue;
        }
        if rest.get(..5).is_some_and(|tag| tag.eq_ignore_ascii_case(b"<meta")) {
            let tag = &rest[5..memchr(b'>', rest).unwrap_or(rest.len())];
            if let Some(encoding) = value_after(tag, b"charset").and_then(label) {
                return Some(encoding);
            }
        } else if rest.starts_with(b"<?xml") {
            let tag = &rest[5..memchr(b'>', rest).unwrap_or(rest.len())];
            if let Some(encoding) = value_after(tag, b"encoding").and_then(label) {
                return Some(encoding);
            }
        }
        at += 1;
    }
    None
}

/// What stands behind `name=` in a tag, with or without quotes; the name is given in small letters.
fn value_after<'t>(tag: &'t [u8], name: &[u8]) -> Option<&'t [u8]> {
    let mut at = 0;
    loop {
        at += memchr2(name[0], name[0].to_ascii_uppercase(), tag.get(at..)?)?;
        if !tag[at..].get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name)) {
            at += 1;
            continue;
        }
        at += name.len();
        let Some(value) = tag[at..].trim_ascii_start().strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let value = match value.first()? {
            quote @ (b'"' | b'\'') => value[1..].split(|b| b == quote).next()?,
            _ => value,
        };
        let end = value.iter().position(|b| b.is_ascii_whitespace() || b"\"';?/>".contains(b)).unwrap_or(value.len());
        return Some(&value[..end]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], server: &str, encoding: &str, text: &str) {
        let decoded = decode(bytes, server);
        assert_eq!(decoded.encoding.name(), encoding, "encoding of {text:?}");
        assert!(decoded.text.contains(text), "{text:?} in {:?}", decoded.text);
    }

    fn encoded(label: &str, text: &str) -> Vec<u8> {
        let encoding = Encoding::for_label(label.as_bytes()).unwrap();
        let (bytes, _, has_errors) = encoding.encode(text);
        assert!(!has_errors, "{text:?} cannot be written in {label}");
        bytes.into_owned()
    }

    const ARABIC: &str = "قالت بلدية المدينة إن العبارة ستعود إلى الخدمة يوم الاثنين بعد ثلاثة أسابيع من الإصلاح";
    const JAPANESE: &str = "港のフェリーは三週間の修理を終えて、月曜日から運航を再開すると市が発表した。";
    const CHINESE: &str = "市政府宣布,港口渡轮经过三周维修后将于星期一恢复运行,乘客可在码头购票。";
    const RUSSIAN: &str = "Паром вернётся на линию в понедельник после трёх недель ремонта, сообщила мэрия.";

    #[test]
    fn the_byte_order_mark_wins() {
        check(b"\xef\xbb\xbf<p>caf\xc3\xa9", "windows-1252", "UTF-8", "<p>café");
        check(b"\xff\xfe<\0p\0>\0\x1f\x04", "utf-8", "UTF-16LE", "<p>П");
        check(b"<\0p\0>\0\x1f\x04", "", "UTF-16LE", "<p>П");
        check(b"\0<\0p\0>\x04\x1f", "", "UTF-16BE", "<p>П");
    }

    #[test]
    fn the_server_then_the_page_then_the_bytes() {
        for (label, name, text) in [
            ("windows-1256", "windows-1256", ARABIC),
            ("shift_jis", "Shift_JIS", JAPANESE),
            ("gb18030", "gb18030", CHINESE),
            ("koi8-r", "KOI8-R", RUSSIAN),
            ("euc-jp", "EUC-JP", JAPANESE),
            ("windows-1251", "windows-1251", RUSSIAN),
        ] {
            let bare = encoded(label, &format!("<p>{text}</p>"));
            check(&bare, label, name, text);
            let mut page = format!("<html><head><META Charset = '{label}'>").into_bytes();
            page.extend(&bare);
            check(&page, "", name, text);
            let mut page =
                format!("<meta http-equiv=content-type content=\"text/html; charset={label}\">").into_bytes();
            page.extend(&bare);
            check(&page, "", name, text);
            let mut page = format!("<?xml version=\"1.0\" encoding=\"{label}\"?><html>").into_bytes();
            page.extend(&bare);
            check(&page, "", name, text);
            // detection names the one of two that differ in nothing that stands here
            let detected = match name {
                "gb18030" => "GBK",
                "KOI8-R" => "KOI8-U",
                name => name,
            };
            check(&bare, "", detected, text);
        }
    }

    #[test]
    fn a_word_that_cannot_be_true_is_not_believed() {
        check("<meta charset=iso-8859-1><p>café – naïve".as_bytes(), "iso-8859-1", "UTF-8", "café – naïve");
        let mut page = b"<meta charset=utf-8>".to_vec();
        page.extend(encoded("windows-1251", RUSSIAN));
        check(&page, "utf-8", "windows-1251", RUSSIAN);
        check(b"<meta charset=utf-16><p>plain", "", "UTF-8", "plain");
        check(b"<meta charset=no-such><p>plain", "x", "UTF-8", "plain");
    }

    #[test]
    fn a_page_that_breaks_off_is_still_utf8() {
        let page = format!("<p>{RUSSIAN}");
        check(&page.as_bytes()[..page.len() - 2], "", "UTF-8", "\u{fffd}");
        check(&encoded("iso-2022-jp", JAPANESE), "iso-2022-jp", "ISO-2022-JP", JAPANESE);
    }

    #[test]
    fn a_comment_declares_nothing() {
        check(b"<!-- <meta charset=koi8-r> --><meta charset=windows-1252><p>caf\xe9", "", "windows-1252", "café");
    }
}
