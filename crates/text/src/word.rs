use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::{
    digit::digit_value,
    eights::{Eights, LOW, bytes_before, no_digits, no_letters},
    fold::{Quick, quick},
    number::fold_number,
    script::is_unspaced,
};

/// A folded word and where it stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Hash of the folded word; equal for `Don’t` and `don't`, for `1,000` and `1000`. The lowest bit says whether it is
    /// a number. Anchors are made of these, so the function must never change within an archive's format.
    pub key: u32,
    /// First byte in the text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Word {
    /// Whether the word is a number.
    pub fn is_number(&self) -> bool {
        self.key & 1 == 1
    }

    /// The bytes of the text that the word stands on.
    pub fn span(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The words of a text, in order.
pub fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::with_capacity(text.len() / 6 + 1);
    for_each_word(text, |word| out.push(word));
    out
}

/// Calls `each` with the words of a text, in order.
///
/// A word is a run of letters, marks and digits that begins with a letter, apostrophes inside it dropped; or a number; or one
/// character of a script without spaces, with its marks. Words are lower-cased and compatibility forms folded (NFKC), marks
/// that print nothing are dropped, as are Arabic vowel signs and tatweel. Everything else separates.
pub fn for_each_word(text: &str, mut each: impl FnMut(Word)) {
    let bytes = text.as_bytes();
    let eights = Eights::of(bytes);
    let mut slow = SlowPath::default();
    let mut at = 0;
    while at < bytes.len() {
        let first = bytes[at];
        let (key, len) = if first.is_ascii_alphabetic() {
            match plain_word(&eights, at).or_else(|| latin_word(&bytes[at..])) {
                Some((key, len)) => (Some(key), len),
                None => quick_word(&text[at..]).unwrap_or_else(|| slow.word(&text[at..])),
            }
        } else if first >= 0x80 {
            match other_word(&bytes[at..]) {
                Some(found) => found,
                None => quick_word(&text[at..]).unwrap_or_else(|| slow.word(&text[at..])),
            }
        } else if first.is_ascii_digit() {
            match plain_number(&eights, at) {
                Some((key, len)) => (Some(key), len),
                None => slow.word(&text[at..]),
            }
        } else {
            at += 1;
            continue;
        };
        if let Some(key) = key {
            each(Word { key, start: at as u32, end: (at + len) as u32 });
        }
        at += len;
        // Most words are followed by a space.
        at += usize::from(bytes.get(at) == Some(&b' '));
    }
}

const SEED: u64 = 0x243F_6A88_85A3_08D3; // pi, so that nobody need ask
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15; // 2^64 / golden ratio

#[inline]
fn mix(hash: u64, chunk: u64) -> u64 {
    let product = u128::from(hash ^ chunk) * u128::from(FACTOR);
    product as u64 ^ (product >> 64) as u64
}

#[inline]
fn key_of(hash: u64, number: bool) -> u32 {
    (hash as u32 & !1) | u32::from(number)
}

/// Hash of folded bytes, eight at a time; the last chunk is padded with zeros, which no folded word contains.
fn hash_folded(folded: &[u8]) -> u64 {
    let mut hash = SEED;
    for chunk in folded.chunks(8) {
        let mut padded = [0; 8];
        padded[..chunk.len()].copy_from_slice(chunk);
        hash = mix(hash, u64::from_le_bytes(padded));
    }
    hash
}

/// Bytes that end a word of ASCII: all of ASCII but letters, digits, and apostrophes, which may stand inside of one.
const ENDS: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x80 {
        table[byte] = !(byte as u8).is_ascii_alphanumeric() && byte as u8 != b'\'';
        byte += 1;
    }
    table
};

/// The key and length of the word at a place, if it is letters in ASCII up to its end; eight bytes a step. Most words are.
#[inline(always)]
fn plain_word(eights: &Eights<'_>, start: usize) -> Option<(u32, usize)> {
    let (mut hash, mut at) = (SEED, start);
    loop {
        let chunk = eights.at(at);
        let folded = chunk | (LOW * 0x20);
        let others = no_letters(chunk);
        if others == 0 {
            hash = mix(hash, folded);
            at += 8;
            continue;
        }
        let count = others.trailing_zeros() / 8;
        if !ENDS[(chunk >> (8 * count)) as u8 as usize] {
            return None;
        }
        if count > 0 {
            hash = mix(hash, bytes_before(folded, others));
        }
        return Some((key_of(hash, false), at + count as usize - start));
    }
}

/// The key and length of the number at a place, if it is at most seven digits of ASCII without a zero before them, and what follows can be no part of it.
#[inline]
fn plain_number(eights: &Eights<'_>, start: usize) -> Option<(u32, usize)> {
    let chunk = eights.at(start);
    let others = no_digits(chunk);
    let count = others.trailing_zeros() / 8;
    if count == 8 || chunk as u8 == b'0' {
        return None;
    }
    let len = count as usize;
    let ends = match (chunk >> (8 * count)) as u8 {
        // A separator ends the number unless digits follow, which may be those of another script.
        b'.' | b',' | b'\'' => !matches!((eights.at(start + len) >> 8) as u8, b'0'..=b'9' | 0x80..),
        next => next < 0x80,
    };
    ends.then(|| (key_of(mix(SEED, bytes_before(chunk, others)), true), len))
}

/// The key and length of the word at the start of `bytes`, if it is letters of ASCII and Latin-1, digits and apostrophes, up to what ends it for certain.
#[inline(never)]
fn latin_word(bytes: &[u8]) -> Option<(u32, usize)> {
    let mut hasher = Hasher { hash: SEED, chunk: 0, filled: 0 };
    let mut rest = bytes;
    loop {
        match *rest {
            [byte, ref behind @ ..] if byte.is_ascii_alphanumeric() => {
                hasher.push(byte | 0x20);
                rest = behind;
            }
            [0xC3, byte, ref behind @ ..] if is_latin_letter(byte) => {
                hasher.push(0xC3);
                // `ß` is small already.
                hasher.push(if byte == 0x9F { byte } else { byte | 0x20 });
                rest = behind;
            }
            [b'\'', ref behind @ ..] | [0xE2, 0x80, 0x98 | 0x99, ref behind @ ..] => match *behind {
                [byte, ..] if byte.is_ascii_alphabetic() => rest = behind,
                [0xC3, byte, ..] if is_latin_letter(byte) => rest = behind,
                [b'\'' | 0x80.., ..] => return None,
                _ => break,
            },
            [0..=0x7F, ..] | [] => break,
            _ if separator(rest) > 0 => break,
            _ => return None,
        }
    }
    Some((key_of(hasher.finish(), false), bytes.len() - rest.len()))
}

/// Whether a byte behind `0xC3` makes a letter with it: all do but the signs of multiplication and division.
#[inline]
fn is_latin_letter(byte: u8) -> bool {
    matches!(byte, 0x80..=0xBF) && !matches!(byte, 0x97 | 0xB7)
}

/// Length of the character that bytes begin with, if it is a dash, a quotation mark or a space beyond ASCII of which [`quick`] says that it separates; or else 0.
#[inline]
fn separator(bytes: &[u8]) -> usize {
    match bytes {
        [0xC2, 0xA0 | 0xAB | 0xBB, ..] => 2,
        [0xE2, 0x80, 0x90..=0x97 | 0x9A..=0xA7 | 0xB0..=0xBB, ..] => 3,
        _ => 0,
    }
}

/// The key and length of the word at the start of `bytes`, no key if none begins there, where the first bytes tell.
#[inline]
fn other_word(bytes: &[u8]) -> Option<(Option<u32>, usize)> {
    match bytes {
        [0xC3, ..] => latin_word(bytes).map(|(key, len)| (Some(key), len)),
        // No apostrophe begins a word.
        [0xE2, 0x80, 0x98 | 0x99, ..] => Some((None, 3)),
        [0xC2 | 0xE2, ..] => Some(separator(bytes)).filter(|&len| len > 0).map(|len| (None, len)),
        _ => han_word(bytes),
    }
}

/// Hashes folded bytes as they come: the same as [`hash_folded`] of all of them.
struct Hasher {
    hash: u64,
    chunk: u64,
    filled: u32,
}

impl Hasher {
    #[inline]
    fn push(&mut self, byte: u8) {
        self.chunk |= u64::from(byte) << self.filled;
        self.filled += 8;
        if self.filled == 64 {
            self.hash = mix(self.hash, self.chunk);
            (self.chunk, self.filled) = (0, 0);
        }
    }

    #[inline]
    fn push_char(&mut self, c: char) {
        let mut utf8 = [0; 4];
        c.encode_utf8(&mut utf8).bytes().for_each(|byte| self.push(byte));
    }

    fn finish(&self) -> u64 {
        if self.filled > 0 { mix(self.hash, self.chunk) } else { self.hash }
    }
}

/// The key and length of the word at the start of `bytes` if it is a Han character before another or before ASCII: marks, which
/// would belong to it, begin with other bytes.
#[inline]
fn han_word(bytes: &[u8]) -> Option<(Option<u32>, usize)> {
    let &[first @ 0xE4..=0xE9, second, third, ref rest @ ..] = bytes else { return None };
    let plain = matches!(rest.first(), None | Some(0..=0x7F | 0xE4..=0xE9)) && (first, second) >= (0xE4, 0xB8);
    let chunk = u64::from(first) | u64::from(second) << 8 | u64::from(third) << 16;
    plain.then(|| (Some(key_of(mix(SEED, chunk), false)), 3))
}

/// The key and length of the word at the start of `text` if [`quick`] knows all its characters and the one after it; no key
/// if no word begins there. `None`: the slow path must look.
fn quick_word(text: &str) -> Option<(Option<u32>, usize)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let mut hasher = Hasher { hash: SEED, chunk: 0, filled: 0 };
    let unspaced = match quick(first) {
        Quick::Separator => return Some((None, first.len_utf8())),
        Quick::Letter(folded) => {
            hasher.push_char(folded);
            false
        }
        Quick::Unspaced => {
            hasher.push_char(first);
            true
        }
        Quick::UnspacedMark | Quick::Unknown => return None,
    };
    loop {
        let rest = chars.as_str();
        let Some(c) = chars.next() else { return Some((Some(key_of(hasher.finish(), false)), text.len())) };
        match quick(c) {
            Quick::Letter(folded) if !unspaced => hasher.push_char(folded),
            Quick::UnspacedMark if unspaced => hasher.push_char(c),
            Quick::Letter(_) | Quick::Unspaced | Quick::Separator => {
                return Some((Some(key_of(hasher.finish(), false)), text.len() - rest.len()));
            }
            // An apostrophe between letters is dropped; one that ends a word ends it.
            Quick::Unknown if is_apostrophe(c) && !unspaced => match quick(chars.clone().next().unwrap_or(' ')) {
                Quick::Letter(folded) if !folded.is_ascii_digit() => {}
                Quick::Unknown => return None,
                _ => return Some((Some(key_of(hasher.finish(), false)), text.len() - rest.len())),
            },
            Quick::Unknown if is_apostrophe(c) => {
                return Some((Some(key_of(hasher.finish(), false)), text.len() - rest.len()));
            }
            Quick::UnspacedMark | Quick::Unknown => return None,
        }
    }
}

/// Words that [`quick_word`] does not know: one buffer for all of them.
#[derive(Default)]
struct SlowPath {
    folded: Vec<u8>,
    printed: String,
}

impl SlowPath {
    /// The key of the word at the start of `text`, if one begins there, and how far to go on.
    fn word(&mut self, text: &str) -> (Option<u32>, usize) {
        let Some(first) = text.chars().next() else { return (None, 0) };
        self.folded.clear();
        if digit_value(first).is_some() {
            let len = fold_number(text, &mut self.folded);
            return (Some(key_of(hash_folded(&self.folded), true)), len);
        }
        // An apostrophe may be a letter to Unicode (U+02BC) and still begins no word.
        if !first.is_alphanumeric() || is_dropped(first) || is_apostrophe(first) {
            return (None, first.len_utf8());
        }
        let unspaced = is_unspaced(first);
        let (mut end, mut stable) = (0, true);
        self.printed.clear();
        let mut chars = text.char_indices().peekable();
        while let Some((k, c)) = chars.next() {
            if is_dropped(c) {
                continue;
            }
            if is_apostrophe(c) && !unspaced {
                if chars.peek().is_some_and(|&(_, next)| next.is_alphabetic() && !is_unspaced(next)) {
                    continue;
                }
                break;
            }
            let inside = if unspaced {
                k == 0 || (!is_always_base(c) && is_mark(c))
            } else {
                (c.is_alphanumeric() && !is_unspaced(c)) || (!c.is_ascii() && is_mark(c))
            };
            if !inside {
                break;
            }
            stable &= !matches!(quick(c), Quick::Unknown);
            self.printed.push(c);
            end = k + c.len_utf8();
        }
        let mut utf8 = [0; 4];
        let folded = &mut self.folded;
        let mut push = |c: char| {
            let c = if c == 'ς' { 'σ' } else { c };
            folded.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes());
        };
        if stable {
            self.printed.chars().flat_map(char::to_lowercase).for_each(&mut push);
        } else {
            self.printed.nfkc().flat_map(char::to_lowercase).nfkc().for_each(&mut push);
        }
        (Some(key_of(hash_folded(&self.folded), false)), end.max(first.len_utf8()))
    }
}

#[inline]
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '＇' | '´')
}

/// Characters that print nothing of their own: soft hyphens, joiners, direction marks, tatweel, Arabic vowel signs.
#[inline]
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{640}' | '\u{64B}'..='\u{652}' | '\u{670}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Han: the scripts whose characters are never marks, so that the table need not be asked.
#[inline]
fn is_always_base(c: char) -> bool {
    matches!(c as u32, 0..=0x7F | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

fn is_mark(c: char) -> bool {
    // The half-width voicing marks of katakana are letters to Unicode.
    matches!(c, '\u{FF9E}' | '\u{FF9F}') || c.general_category_group() == GeneralCategoryGroup::Mark
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn keys(text: &str) -> Vec<u32> {
        words(text).iter().map(|w| w.key).collect()
    }

    fn printed(text: &str) -> Vec<&str> {
        words(text).iter().map(|w| &text[w.span()]).collect()
    }

    fn check_same(a: &str, b: &str) {
        assert_eq!(keys(a), keys(b), "{a:?} {b:?}");
    }

    #[test]
    fn case_quotes_dashes() {
        check_same("“We’re HERE” – he said", "\"we're here\" - He said");
        check_same("rock ’n’ roll", "rock 'n' roll");
        check_same("the boys’ club", "the boys' club");
        assert_eq!(printed("co-operate, U.S. e-mail"), ["co", "operate", "U", "S", "e", "mail"]);
    }

    #[test]
    fn fast_and_slow_path_agree() {
        check_same("international", "INTERNATIONAL");
        check_same("inter\u{AD}national", "international");
        check_same("extraordinarily", "extra\u{200B}ordinarily");
        check_same("ｉｎｔｅｒｎａｔｉｏｎａｌ", "international");
        check_same("ﬁnally", "finally");
    }

    #[test]
    fn accents_composed_or_not() {
        check_same("café Élan", "cafe\u{301} e\u{301}lan");
        assert_ne!(keys("café"), keys("cafe"));
    }

    #[test]
    fn numbers_by_value() {
        check_same("1,000", "1000");
        check_same("١٬٠٠٠", "1000");
        check_same("৪২", "42");
        assert!(words("7 eleven 11").iter().map(Word::is_number).eq([true, false, true]));
        assert_eq!(printed("10m 3pm 1st F1"), ["10", "m", "3", "pm", "1", "st", "F1"]);
        assert_ne!(keys("12"), keys("13"));
    }

    #[test]
    fn scripts_without_spaces() {
        assert_eq!(printed("新年快乐2024年"), ["新", "年", "快", "乐", "2024", "年"]);
        assert_eq!(printed("ที่นี่"), ["ที่", "นี่"]);
        assert_eq!(printed("東京でABCを"), ["東", "京", "で", "ABC", "を"]);
        check_same("ｶﾞｽ", "ガス");
    }

    #[test]
    fn arabic_and_hindi_words_stay_whole() {
        assert_eq!(printed("السَّلام عليكم"), ["السَّلام", "عليكم"]);
        check_same("السَّلام", "السلام");
        check_same("كتـــاب", "كتاب");
        assert_eq!(printed("हिन्दी में"), ["हिन्दी", "में"]);
    }

    #[test]
    fn an_apostrophe_that_is_a_letter_begins_no_word() {
        assert_eq!(printed("ʼtwas ʼ"), ["twas"]);
        check_same("donʼt", "don't");
    }

    #[test]
    fn every_character_is_passed() {
        for c in '\0'..=char::MAX {
            let text = format!("{c}a{c}b{c}");
            assert!(words(&text).iter().all(|w| w.end > w.start), "{c:?}");
        }
    }

    #[test]
    fn korean_has_spaces() {
        assert_eq!(printed("서울 시장은"), ["서울", "시장은"]);
    }

    #[test]
    fn nothing_in_nothing_out() {
        assert!(words("").is_empty());
        assert!(words(" … \u{200B}\u{301} — !\n").is_empty());
    }

    /// The words of a text are those that the slow path alone finds.
    fn check_slow(text: &str) -> Result<(), TestCaseError> {
        let quickly: Vec<_> = words(text).into_iter().map(|w| (w.key, w.start, w.end)).collect();
        let mut slowly = Vec::new();
        let (mut slow, mut at) = (SlowPath::default(), 0);
        while at < text.len() {
            let (word, len) = slow.word(&text[at..]);
            slowly.extend(word.map(|key| (key, at as u32, (at + len) as u32)));
            at += len;
        }
        prop_assert_eq!(quickly, slowly);
        Ok(())
    }

    proptest! {
        #[test]
        fn spans_are_ordered_words_of_the_text(text in "\\PC{0,60}") {
            let mut last = 0;
            for word in words(&text) {
                prop_assert!(word.start as usize >= last && word.end > word.start);
                prop_assert!(text.get(word.span()).is_some());
                last = word.end as usize;
            }
        }

        #[test]
        fn quick_and_slow_path_agree(text in "[a-dÀ-žα-ως-ώΑ-Ωа-яА-ЯЀ-Џא-תء-ي0-9ก-ํ一-丟あ-んカ-コ가-각क-ह\u{93e}-\u{94d}'’ .،，\u{301}\u{640}\u{ad}ﬁ]{0,24}") {
            check_slow(&text)?;
        }

        #[test]
        fn words_of_latin_letters_agree(text in "[a-cA-Cß-âÞ-á×÷0-2'’‘ .«»“”—\u{a0}\u{ad}\u{301}]{0,32}") {
            check_slow(&text)?;
        }

        #[test]
        fn numbers_agree(text in "[0-9]{0,12}([0-9.,'’٢ab\u{a0}]{0,3}[0-9]{0,4}){0,4}") {
            check_slow(&text)?;
        }

        #[test]
        fn case_never_matters(text in "[ -~]{0,80}") {
            prop_assert_eq!(keys(&text.to_ascii_lowercase()), keys(&text.to_ascii_uppercase()));
        }

        #[test]
        fn words_do_not_depend_on_what_follows(words in proptest::collection::vec("[a-zA-Z]{1,20}", 0..12)) {
            let apart: Vec<u32> = words.iter().flat_map(|w| keys(w)).collect();
            prop_assert_eq!(apart, keys(&words.join(" ")));
        }

        #[test]
        fn thousands_never_matter(n in 1000u32..999_999) {
            prop_assert_eq!(keys(&format!("{},{:03}", n / 1000, n % 1000)), keys(&n.to_string()));
        }
    }
}
