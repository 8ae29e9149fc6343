//! Values as people would read them, and keys by which two of them are compared.

use std::borrow::Cow;

use crate::scan::entities;

/// Longer values are cut: what is longer describes more than itself.
const LONGEST: usize = 2_000;

/// A value with character references resolved, tags and invisible characters taken out, and white space folded.
pub(super) fn clean(value: &str) -> String {
    // Publishing systems escape once for HTML and once more for JSON; three times was not seen.
    let mut value = Cow::Borrowed(value);
    for _ in 0..2 {
        if !value.contains('&') {
            break;
        }
        value = Cow::Owned(entities::decode(&value).into_owned());
    }
    let mut out = String::with_capacity(value.len().min(LONGEST));
    let mut space = false;
    let mut rest = value.chars();
    loop {
        let plain = rest.as_str().bytes().take(LONGEST).take_while(|b| matches!(b, b'!'..=b'~') && *b != b'<').count();
        if plain > 0 {
            if space && !out.is_empty() {
                out.push(' ');
            }
            space = false;
            let (text, behind) = rest.as_str().split_at(plain);
            // as far as it is kept, and one byte more
            out.push_str(&text[..plain.min((LONGEST + 1).saturating_sub(out.len()).max(1))]);
            rest = behind.chars();
            if out.len() > LONGEST {
                break;
            }
        }
        let Some(c) = rest.next() else { break };
        match c {
            '<' if tag_length(rest.as_str()) > 0 => {
                let behind = &rest.as_str()[tag_length(rest.as_str())..];
                rest = behind.chars();
                space = true;
            }
            // Soft hyphens, zero width spaces and joiners of words, byte order marks, and controls.
            '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{FFFD}' => {}
            c if c.is_whitespace() || c.is_control() => space = true,
            c => {
                if space && !out.is_empty() {
                    out.push(' ');
                }
                space = false;
                out.push(c);
            }
        }
        if out.len() > LONGEST {
            break;
        }
    }
    out
}

/// How long the rest of a tag is, behind its `<`; 0 where a less-than sign is meant.
fn tag_length(rest: &str) -> usize {
    let is_tag = rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
    match memchr::memchr2(b'>', b'<', rest.as_bytes()) {
        Some(end) if is_tag && rest.as_bytes()[end] == b'>' => end + 1,
        _ => 0,
    }
}

/// Small letters and digits of ASCII, 0 for what is neither.
static SMALL: [u8; 256] = {
    let mut table = [0; 256];
    let mut b = 0u8;
    while b < 128 {
        table[b as usize] = if b.is_ascii_alphanumeric() { b.to_ascii_lowercase() } else { 0 };
        b += 1;
    }
    table
};

/// The highest bit of each byte: that of what is beyond ASCII.
const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);

/// Writes the letters and digits among eight bytes of ASCII in small letters, one behind the other; how many there are.
#[inline]
fn eight_into(chunk: [u8; 8], place: &mut [u8; 8]) -> usize {
    let mut count = 0;
    for b in chunk {
        let small = SMALL[usize::from(b)];
        // never more than seven before the last
        place[count & 7] = small;
        count += usize::from(small != 0);
    }
    count
}

/// Writes the letters and digits of a text in small letters: what remains the same when punctuation, quotation marks, spaces and
/// capitals change. Exact for Latin, Greek and Cyrillic letters; other scripts stay as they are, only their punctuation goes.
pub(super) fn letters_into(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    let start = out.len();
    // Letters never take more bytes than the text: they are written into place, and what is over is cut off.
    out.resize(start + bytes.len(), 0);
    let buffer = &mut out[start..];
    let (mut at, mut end) = (0, 0);
    while at < bytes.len() {
        if let Some(&chunk) = bytes[at..].first_chunk::<8>()
            && u64::from_ne_bytes(chunk) & HIGH == 0
            && let Some(place) = buffer[end..].first_chunk_mut::<8>()
        {
            end += eight_into(chunk, place);
            at += 8;
            continue;
        }
        let b = bytes[at];
        if b < 0x80 {
            let small = SMALL[usize::from(b)];
            buffer[end] = small;
            end += usize::from(small != 0);
            at += 1;
            continue;
        }
        let length = match b {
            0xF0.. => 4,
            0xE0.. => 3,
            _ => 2,
        };
        let c = &bytes[at..at + length];
        let kept: [u8; 4] = match *c {
            // Latin-1 signs: no-break space, guillemets, soft hyphen.
            [0xC2, _] => [0; 4],
            [0xC3, low @ 0x80..0x9F] if low != 0x97 => [b, low + 0x20, 0, 0],
            [0xCE, low @ 0x91..=0x9F] => [b, low + 0x20, 0, 0],
            [0xCE, low @ 0xA0..=0xA9] => [0xCF, low - 0x20, 0, 0],
            [0xD0, low @ 0x90..=0x9F] => [b, low + 0x20, 0, 0],
            [0xD0, low @ 0xA0..=0xAF] => [0xD1, low - 0x20, 0, 0],
            // General punctuation, spaces and marks of direction; Chinese and Japanese punctuation; byte order mark.
            [0xE2, 0x80..=0x81, _] | [0xE3, 0x80, _] | [0xEF, 0xBB, _] => [0; 4],
            // Wide punctuation, but not wide digits.
            [0xEF, 0xBC, low] if !(0x90..=0x99).contains(&low) && low < 0xA1 => [0; 4],
            [one, two] => [one, two, 0, 0],
            [one, two, three] => [one, two, three, 0],
            [one, two, three, four] => [one, two, three, four],
            _ => [0; 4],
        };
        if kept[0] != 0 {
            match buffer[end..].first_chunk_mut::<4>() {
                Some(place) => *place = kept,
                None => buffer[end..end + length].copy_from_slice(&kept[..length]),
            }
            end += length;
        }
        at += length;
    }
    out.truncate(start + end);
}

/// A text's letters and digits in small letters.
pub(super) fn letters(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    letters_into(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_people_read_them() {
        assert_eq!(clean("  Tide\n &amp;amp; <em>time</em>\u{200B} "), "Tide & time");
        assert_eq!(clean("Über\u{AD}fahrt &quot;3 < 4&quot;"), "Überfahrt \"3 < 4\"");
        assert_eq!(clean("<p>One</p><p>Two</p>"), "One Two");
        assert_eq!(clean("a <b"), "a <b");
        assert!(clean(&"x ".repeat(9_000)).len() <= LONGEST + 4);
    }

    #[test]
    fn values_are_cut_behind_the_character_that_is_one_too_many() {
        for length in 1..9 {
            let text = format!("{} ", "x".repeat(length)).repeat(LONGEST);
            let end = LONGEST + if text.as_bytes()[LONGEST] == b' ' { 2 } else { 1 };
            assert_eq!(clean(&text), text[..end], "words of {length}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_texts_letters_are_those_of_its_characters(text in "([a-zA-Z0-9 ,.]{0,12}[äÄÖßéПфΣ“”—港。，\u{a0}]{0,2}){0,6}") {
            let each: Vec<u8> = text.chars().flat_map(|c| letters(c.encode_utf8(&mut [0; 4]))).collect();
            proptest::prop_assert_eq!(letters(&text), each);
        }
    }

    #[test]
    fn letters_are_what_does_not_change() {
        #[track_caller]
        fn same(one: &str, other: &str) {
            assert_eq!(letters(one), letters(other), "{one} {other}");
        }
        same("“Don’t” — Ünder ÇA", "Dont ünder ça");
        same("ПРИВЕТ, Рим Яна", "привет рим яна");
        same("ΑΒΓ ΠΣΩ", "αβγ πσω");
        same("「港」、開く。", "港開く");
        same("×", "×");
        assert_ne!(letters("a"), letters("b"));
        for c in ('\0'..=char::MAX).step_by(7) {
            assert!(std::str::from_utf8(&letters(&c.to_string())).is_ok(), "{c:?}");
        }
    }
}
