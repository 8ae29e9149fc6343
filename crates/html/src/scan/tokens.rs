//! Where tags, attributes, comments and raw texts end: the standard's tokenizer, as far as it says where things end.

use memchr::{memchr, memmem};

use super::find::find;
use super::names::{Attribute, Name};
use super::{Valued, names};

#[inline]
pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c')
}

/// Bytes that end the name of a tag.
const TAG: u8 = 1;
/// Bytes that end the name of an attribute.
const ATTRIBUTE: u8 = 1 << 1;
/// Bytes that end a value without quotation marks.
const BARE: u8 = 1 << 2;

/// What each byte ends.
static ENDS: [u8; 256] = {
    let mut ends = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        ends[byte] = match byte as u8 {
            b' ' | b'\n' | b'\t' | b'\r' | b'\x0c' | b'>' => TAG | ATTRIBUTE | BARE,
            b'/' => TAG | ATTRIBUTE,
            b'=' => ATTRIBUTE,
            _ => 0,
        };
        byte += 1;
    }
    ends
};

/// The bit that letters have, and that what ends something has not.
const LETTERS: u64 = u64::from_ne_bytes([0x40; 8]);

/// Where the first byte stands, from `start` on, that ends what is read; the end of the input where none does.
#[inline]
fn until(bytes: &[u8], mut start: usize, what: u8) -> usize {
    if let Some(chunk) = bytes[start..].first_chunk::<8>() {
        start += (!u64::from_le_bytes(*chunk) & LETTERS).trailing_zeros() as usize / 8;
    }
    bytes[start..].iter().position(|&byte| ENDS[usize::from(byte)] & what != 0).map_or(bytes.len(), |n| start + n)
}

/// By length, the bytes of a packed name.
const LENGTHS: [u128; 17] = {
    let mut masks = [0; 17];
    let mut length = 1;
    while length <= 16 {
        masks[length] = u128::MAX >> (128 - 8 * length);
        length += 1;
    }
    masks
};
/// The bit that all small letters, digits and hyphens have, and no capital letter has.
const SMALL: u128 = u128::from_ne_bytes([0x20; 16]);

/// A name in small letters as [`names::pack`] packs it; `None` for more than sixteen bytes.
#[inline(always)]
fn packed(bytes: &[u8], start: usize, end: usize) -> Option<u128> {
    let length = LENGTHS.get(end - start)?;
    let mut packed = match bytes[start..].first_chunk::<16>() {
        Some(chunk) => u128::from_le_bytes(*chunk) & length,
        None => names::pack(&bytes[start..end]),
    };
    if packed & SMALL != length & SMALL {
        packed = u128::from_le_bytes(packed.to_le_bytes().map(|byte| byte.to_ascii_lowercase()));
    }
    Some(packed)
}

/// A name as nearly all are written, of less than eight small letters: packed, with where it ends and the byte that stands there. `None` for
/// others.
#[inline(always)]
fn short(bytes: &[u8], start: usize) -> Option<(u64, usize, u8)> {
    let word = u64::from_le_bytes(*bytes.get(start..)?.first_chunk()?);
    let bits = (!word & LETTERS).trailing_zeros() & !7;
    let mask = 1u64.checked_shl(bits)?.wrapping_sub(1);
    let packed = word & mask;
    (packed & SMALL as u64 == mask & SMALL as u64).then_some((packed, start + bits as usize / 8, (word >> bits) as u8))
}

/// A tag's name: its number where the name is known, and for those that are not what tells them apart.
#[inline(always)]
pub(super) fn name(bytes: &[u8], start: usize) -> (usize, Result<Name, u128>) {
    if let Some((packed, end, b'>' | b' ')) = short(bytes, start)
        && let Some(name) = Name::find(u128::from(packed))
    {
        return (end, Ok(name));
    }
    let end = until(bytes, start, TAG);
    let name = match packed(bytes, start, end) {
        Some(packed) => Name::find(packed).ok_or(packed ^ ((end - start) as u128) << 120),
        None => Err(long_name(&bytes[start..end])),
    };
    (end, name)
}

/// What tells names of more than sixteen bytes apart: they wrap around, which keeps them apart well enough.
#[cold]
fn long_name(name: &[u8]) -> u128 {
    let packed = name.iter().fold(0u128, |packed, byte| packed.rotate_left(8) ^ u128::from(byte.to_ascii_lowercase()));
    packed ^ (name.len() as u128) << 120
}

/// How a tag ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TagEnd {
    /// One past its `>`.
    pub end: usize,
    pub is_self_closing: bool,
    /// Which of the known attributes it has: a bit each.
    pub has: u64,
}

/// Reads the attributes of a start tag, from behind its name, and keeps those with known names, each once.
/// `None` where the input ends inside of the tag: the standard drops such a tag.
pub(super) fn attributes(bytes: &[u8], mut at: usize, base: u32, out: &mut Vec<Valued>) -> Option<TagEnd> {
    // a bit a name: there are no more than 64
    let mut seen = 0u64;
    loop {
        match each_attribute(bytes, at)? {
            Step::End { end, is_self_closing } => return Some(TagEnd { end, is_self_closing, has: seen }),
            Step::Attribute { next, name, start, end } => {
                at = next;
                if let Some(name) = name
                    && seen >> name.0 & 1 == 0
                {
                    seen |= 1 << name.0;
                    out.push(Valued { name, start: base + start as u32, end: base + end as u32 });
                }
            }
        }
    }
}

/// Where an end tag ends: it may have attributes, which count for nothing.
pub(super) fn end_tag(bytes: &[u8], mut at: usize) -> Option<usize> {
    if bytes.get(at) == Some(&b'>') {
        return Some(at + 1);
    }
    loop {
        match each_attribute(bytes, at)? {
            Step::End { end, .. } => return Some(end),
            Step::Attribute { next, .. } => at = next,
        }
    }
}

enum Step {
    End { end: usize, is_self_closing: bool },
    Attribute { next: usize, name: Option<Attribute>, start: usize, end: usize },
}

#[inline(always)]
fn each_attribute(bytes: &[u8], mut at: usize) -> Option<Step> {
    let mut slash = false;
    loop {
        match *bytes.get(at)? {
            b'>' => return Some(Step::End { end: at + 1, is_self_closing: slash }),
            b'/' => slash = true,
            byte if is_space(byte) => slash = false,
            _ => break,
        }
        at += 1;
    }
    let name_start = at;
    // as nearly all are written
    if let Some((packed, name_end, b'=')) = short(bytes, at)
        && name_end > at
        && bytes.get(name_end + 1) == Some(&b'"')
    {
        let start = name_end + 2;
        let end = find(b'"', bytes, start)?;
        return Some(Step::Attribute { next: end + 1, name: Attribute::find(u128::from(packed)), start, end });
    }
    // an equals sign in the first place belongs to the name
    at = until(bytes, at + 1, ATTRIBUTE);
    let byte = *bytes.get(at)?;
    let name = packed(bytes, name_start, at).and_then(Attribute::find);
    let name_end = at;
    if let Some(b"=\"") = bytes.get(at..at + 2) {
        let start = at + 2;
        let end = find(b'"', bytes, start)?;
        return Some(Step::Attribute { next: end + 1, name, start, end });
    }
    if is_space(byte) {
        while is_space(*bytes.get(at)?) {
            at += 1;
        }
    }
    if bytes[at] != b'=' {
        return Some(Step::Attribute { next: name_end, name, start: name_end, end: name_end });
    }
    at += 1;
    while is_space(*bytes.get(at)?) {
        at += 1;
    }
    Some(match bytes[at] {
        quote @ (b'"' | b'\'') => {
            let start = at + 1;
            let end = find(quote, bytes, start)?;
            Step::Attribute { next: end + 1, name, start, end }
        }
        b'>' => Step::Attribute { next: at, name, start: at, end: at },
        _ => {
            let end = until(bytes, at, BARE);
            bytes.get(end)?;
            Step::Attribute { next: end, name, start: at, end }
        }
    })
}

/// Where a comment that begins at `<!--` ends; the whole rest where it does not.
pub(super) fn comment_end(bytes: &[u8], start: usize) -> usize {
    let inside = start + 4;
    if bytes[inside..].starts_with(b">") {
        return inside + 1;
    }
    if bytes[inside..].starts_with(b"->") {
        return inside + 2;
    }
    let mut at = inside;
    while let Some(found) = memchr(b'>', &bytes[at..]) {
        let end = at + found;
        let before = &bytes[inside..end];
        if before.ends_with(b"--") || before.ends_with(b"--!") {
            return end + 1;
        }
        at = end + 1;
    }
    bytes.len()
}

/// Where what begins at `<!x`, `<?` or `</.` ends, which is no comment but counts as one.
pub(super) fn bogus_end(bytes: &[u8], start: usize) -> usize {
    memchr(b'>', &bytes[start..]).map_or(bytes.len(), |found| start + found + 1)
}

/// Where a CDATA section that begins at `<![CDATA[` ends: its text, and what follows.
pub(super) fn cdata_end(bytes: &[u8], start: usize) -> (usize, usize) {
    match memmem::find(&bytes[start..], b"]]>") {
        Some(found) => (start + found, start + found + 3),
        None => (bytes.len(), bytes.len()),
    }
}

fn is_end_tag(bytes: &[u8], at: usize, name: &[u8]) -> bool {
    let Some(text) = bytes.get(at + 2..at + 2 + name.len()) else { return false };
    text.eq_ignore_ascii_case(name)
        && bytes.get(at + 2 + name.len()).is_some_and(|&b| is_space(b) || b == b'/' || b == b'>')
}

/// Where the end tag of a raw text stands that begins at `start`; the end of the input where there is none.
pub(super) fn raw_end(bytes: &[u8], start: usize, name: Name) -> usize {
    if name == Name::PLAINTEXT {
        return bytes.len();
    }
    let text = names::ELEMENTS[name.0 as usize].as_bytes();
    let (mut at, mut has_comment) = (start, false);
    let end = loop {
        let Some(found) = memchr(b'<', &bytes[at..]) else { break bytes.len() };
        let here = at + found;
        match bytes.get(here + 1) {
            Some(b'/') if is_end_tag(bytes, here, text) => break here,
            Some(b'!') => has_comment |= bytes[here..].starts_with(b"<!--"),
            _ => {}
        }
        at = here + 1;
    };
    if name == Name::SCRIPT && has_comment {
        return escaped_script_end(bytes, start);
    }
    end
}

/// A script in which `<!--` stands goes on behind `</script>` where another `<script` was opened since then.
fn escaped_script_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    let mut comment_until = None;
    let mut is_double = false;
    while let Some(found) = memchr(b'<', &bytes[at..]) {
        let here = at + found;
        at = here + 1;
        if comment_until.is_some_and(|until| here >= until) {
            (comment_until, is_double) = (None, false);
        }
        let rest = &bytes[here..];
        if is_end_tag(bytes, here, b"script") && rest[1] == b'/' {
            if !is_double {
                return here;
            }
            is_double = false;
        } else if comment_until.is_none() && rest.starts_with(b"<!--") {
            // the dashes may be those of the end as well: `<!-->`
            comment_until = Some(memmem::find(&rest[2..], b"-->").map_or(bytes.len(), |found| here + 2 + found + 3));
        } else if comment_until.is_some() && opens_script(rest) {
            is_double = true;
        }
    }
    bytes.len()
}

fn opens_script(rest: &[u8]) -> bool {
    rest.get(1..7).is_some_and(|name| name.eq_ignore_ascii_case(b"script"))
        && rest.get(7).is_some_and(|&b| is_space(b) || b == b'/' || b == b'>')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_packed_alike_wherever_they_stand() {
        for written in ["p", "DIV", "aria-Hidden", "data_X.y:z@1", "0123456789ABCDEF", "x\u{e9}\u{c9}"] {
            let small = names::pack(written.to_ascii_lowercase().as_bytes());
            for text in [format!("<{written}"), format!("<{written}>"), format!("<{written} class=\"one two three\">")]
            {
                assert_eq!(until(text.as_bytes(), 1, TAG), written.len() + 1, "{text}");
                assert_eq!(packed(text.as_bytes(), 1, written.len() + 1), Some(small), "{text}");
            }
        }
        assert_eq!(packed(b"0123456789abcdefg", 0, 17), None);
    }
}
