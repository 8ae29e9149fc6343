/// A one in each byte of eight.
pub(crate) const LOW: u64 = u64::MAX / 255;
/// The highest bit of each.
pub(crate) const HIGH: u64 = LOW << 7;

/// A text of which eight bytes at a time are looked at, from any place on: zeros stand behind its end.
///
/// ```
/// let eights = copydesk_text::Eights::of(b"Ferry resumes");
/// assert_eq!(eights.at(6).to_le_bytes(), *b"resumes\0");
/// assert_eq!(eights.at(12).to_le_bytes(), *b"s\0\0\0\0\0\0\0");
/// assert_eq!(eights.at(13), 0);
/// ```
pub struct Eights<'t> {
    bytes: &'t [u8],
    /// The last eight; zeros before them in a shorter text.
    last: u64,
}

impl<'t> Eights<'t> {
    /// Those of a text.
    pub fn of(bytes: &'t [u8]) -> Self {
        let last = bytes.last_chunk::<8>().copied().unwrap_or_else(|| {
            let mut last = [0; 8];
            last[8 - bytes.len()..].copy_from_slice(bytes);
            last
        });
        Self { bytes, last: u64::from_le_bytes(last) }
    }

    /// Those that begin at a place in the text or at its end, the first in the lowest byte.
    #[inline(always)]
    pub fn at(&self, at: usize) -> u64 {
        match self.bytes[at..].first_chunk::<8>() {
            Some(chunk) => u64::from_le_bytes(*chunk),
            None => self.end(at),
        }
    }

    #[cold]
    fn end(&self, at: usize) -> u64 {
        self.last.checked_shr(8 * (at + 8 - self.bytes.len()) as u32).unwrap_or(0)
    }
}

/// The highest bit of each byte that is no letter in ASCII.
///
/// ```
/// let others = copydesk_text::no_letters(u64::from_le_bytes(*b"Ferry re"));
/// assert_eq!(others.trailing_zeros() / 8, 5);
/// assert_eq!(copydesk_text::bytes_before(u64::from_le_bytes(*b"Ferry re"), others).to_le_bytes(), *b"Ferry\0\0\0");
/// ```
#[inline(always)]
pub fn no_letters(eight: u64) -> u64 {
    let low = (eight | (LOW * 0x20)) & !HIGH;
    !(at_least(b'a', low) & !at_least(b'z' + 1, low) & !eight) & HIGH
}

/// The highest bit of each byte that is no digit in ASCII.
#[inline(always)]
pub(crate) fn no_digits(eight: u64) -> u64 {
    let low = eight & !HIGH;
    !(at_least(b'0', low) & !at_least(b'9' + 1, low) & !eight) & HIGH
}

/// The bytes of eight that stand before the first whose highest bit is marked; all of them where none is.
#[inline(always)]
pub fn bytes_before(eight: u64, marked: u64) -> u64 {
    eight & ((marked & marked.wrapping_neg()) >> 7).wrapping_sub(1)
}

/// The highest bit of each byte says whether it is no less than a limit. No carry leaves a byte: the highest bits of `x` are clear.
#[inline(always)]
fn at_least(limit: u8, x: u64) -> u64 {
    x + LOW * u64::from(0x80 - limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_are_told_by_their_bytes() {
        for byte in 0..=u8::MAX {
            for place in 0..8 {
                let mut eight = [b'a'; 8];
                eight[place] = byte;
                let expected = if byte.is_ascii_alphabetic() { 0 } else { 0x80 << (8 * place) };
                assert_eq!(no_letters(u64::from_le_bytes(eight)), expected, "{byte} at {place}");
                let mut eight = [b'7'; 8];
                eight[place] = byte;
                let expected = if byte.is_ascii_digit() { 0 } else { 0x80 << (8 * place) };
                assert_eq!(no_digits(u64::from_le_bytes(eight)), expected, "{byte} at {place}");
            }
        }
    }

    #[test]
    fn short_texts_and_ends() {
        let text = b"abcdefghijk";
        for length in 0..=text.len() {
            let eights = Eights::of(&text[..length]);
            for at in 0..=length {
                let mut expected = [0; 8];
                let rest = text[..length].get(at..).unwrap_or_default();
                let count = rest.len().min(8);
                expected[..count].copy_from_slice(&rest[..count]);
                assert_eq!(eights.at(at).to_le_bytes(), expected, "{length} {at}");
            }
        }
    }
}
