//! Character references: `&amp;`, `&#8217;`, and the hundred that need no semicolon.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memchr;

/// Names without `&`, sorted; the long ones end in a semicolon, some are there without as well.
struct Named {
    names: Vec<(&'static str, &'static str)>,
    /// Where the names begin that begin with each letter.
    from: [u16; 129],
}

static NAMED: LazyLock<Named> = LazyLock::new(|| {
    let mut names: Vec<_> =
        entities::ENTITIES.iter().map(|e| (e.entity.trim_start_matches('&'), e.characters)).collect();
    names.sort_unstable();
    let from = std::array::from_fn(|letter| {
        names.partition_point(|(name, _)| name.bytes().next().is_some_and(|first| usize::from(first) < letter)) as u16
    });
    Named { names, from }
});

/// The longest name with its semicolon has 32 bytes, the longest that needs none has 6.
const LONGEST: usize = 32;
const LONGEST_BARE: usize = 6;

/// What a character reference stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Resolved {
    Char(char),
    Text(&'static str),
}

/// What stands behind an `&` as a character reference, and how many bytes it takes; `None` where it is none.
#[inline]
pub(crate) fn resolve(rest: &str, in_attribute: bool) -> Option<(Resolved, usize)> {
    let bytes = rest.as_bytes();
    match bytes.first()? {
        b'#' => numeric(bytes),
        b'a' if bytes.starts_with(b"amp;") => Some((Resolved::Char('&'), 4)),
        b'n' if bytes.starts_with(b"nbsp;") => Some((Resolved::Char('\u{a0}'), 5)),
        b'q' if bytes.starts_with(b"quot;") => Some((Resolved::Char('"'), 5)),
        b'a'..=b'z' | b'A'..=b'Z' => named(rest, in_attribute),
        _ => None,
    }
}

fn find(name: &str) -> Option<&'static str> {
    let letter = usize::from(*name.as_bytes().first()?).min(127);
    let named = &*NAMED;
    let names = &named.names[usize::from(named.from[letter])..usize::from(named.from[letter + 1])];
    names.binary_search_by(|(known, _)| (*known).cmp(name)).ok().map(|at| names[at].1)
}

fn named(rest: &str, in_attribute: bool) -> Option<(Resolved, usize)> {
    let bytes = rest.as_bytes();
    let length = bytes.iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric()).count();
    if bytes.get(length) == Some(&b';')
        && let Some(text) = find(&rest[..=length])
    {
        return Some((Resolved::Text(text), length + 1));
    }
    for length in (2..=length.min(LONGEST_BARE)).rev() {
        let Some(text) = find(&rest[..length]) else { continue };
        // `?a=1&copy=2` in an attribute is an address
        let is_address = in_attribute && bytes.get(length).is_some_and(|&b| b == b'=' || b.is_ascii_alphanumeric());
        return (!is_address).then_some((Resolved::Text(text), length));
    }
    None
}

fn numeric(bytes: &[u8]) -> Option<(Resolved, usize)> {
    let (radix, first) = if matches!(bytes.get(1), Some(b'x' | b'X')) { (16, 2) } else { (10, 1) };
    let mut at = first;
    let mut number = 0u32;
    while let Some(digit) = bytes.get(at).and_then(|&b| char::from(b).to_digit(radix)) {
        number = number.saturating_mul(radix).saturating_add(digit);
        at += 1;
    }
    if at == first {
        return None;
    }
    let at = if bytes.get(at) == Some(&b';') { at + 1 } else { at };
    let resolved = match number {
        0 => '\u{fffd}',
        // what people wrote who meant windows-1252
        0x80..=0x9f => WINDOWS_1252[number as usize - 0x80],
        _ => char::from_u32(number).unwrap_or('\u{fffd}'),
    };
    Some((Resolved::Char(resolved), at))
}

const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Resolves the character references of a text.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    decode_as(text, false)
}

/// Resolves the character references of an attribute's value, where `&copy=` is none.
pub(crate) fn decode_attribute(text: &str) -> Cow<'_, str> {
    decode_as(text, true)
}

fn decode_as(text: &str, in_attribute: bool) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', text.as_bytes()) else { return text.into() };
    let mut out = String::with_capacity(text.len());
    let (mut done, mut at) = (0, first);
    loop {
        match resolve(&text[at + 1..], in_attribute) {
            Some((resolved, length)) => {
                out.push_str(&text[done..at]);
                match resolved {
                    Resolved::Char(c) => out.push(c),
                    Resolved::Text(text) => out.push_str(text),
                }
                at += 1 + length;
                done = at;
            }
            None => at += 1,
        }
        match memchr(b'&', &text.as_bytes()[at..]) {
            Some(found) => at += found,
            None => break,
        }
    }
    out.push_str(&text[done..]);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str, in_attribute: &str) {
        assert_eq!(decode(text), expected, "text {text:?}");
        assert_eq!(decode_attribute(text), in_attribute, "attribute {text:?}");
    }

    #[test]
    fn references_resolve_as_in_browsers() {
        check("plain", "plain", "plain");
        check("Tide &amp; time&nbsp;&lt;b&gt;", "Tide & time\u{a0}<b>", "Tide & time\u{a0}<b>");
        check("&#8217;&#x2019;&#X2019", "’’’", "’’’");
        check("&#146; &#0; &#xd800; &#99999999999;", "’ \u{fffd} \u{fffd} \u{fffd}", "’ \u{fffd} \u{fffd} \u{fffd}");
        check("&CounterClockwiseContourIntegral;", "∳", "∳");
        check("&notit; &notin;", "¬it; ∉", "&notit; ∉");
        check("?a=1&copy=2&reg;", "?a=1©=2®", "?a=1&copy=2®");
        check("AT&T &; & &# &#x; &x", "AT&T &; & &# &#x; &x", "AT&T &; & &# &#x; &x");
        check("Caf&eacute &Uumlber", "Café Über", "Café &Uumlber");
    }

    #[test]
    fn the_table_is_whole() {
        let names = &NAMED.names;
        assert_eq!(names.len(), 2231);
        assert!(names.iter().all(|(name, text)| find(name) == Some(*text)));
        assert_eq!(names.iter().map(|(name, _)| name.len()).max(), Some(LONGEST));
        let bare = names.iter().filter(|(name, _)| !name.ends_with(';'));
        assert_eq!(bare.map(|(name, _)| name.len()).max(), Some(LONGEST_BARE));
        assert!(names.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
