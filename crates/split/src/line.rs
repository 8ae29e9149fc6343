//! What one block looks like: counts of one pass over its characters, shared by all signals.

use copydesk_text::{for_each_word, is_unspaced};

use crate::blocks::{HIGH, LOW, is_invisible};

/// How a block ends, the closing quotes and brackets after it ignored for `Sentence`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Ending {
    #[default]
    Plain,
    Sentence,
    Ellipsis,
    Colon,
    Comma,
    Bracket,
    Quote,
}

/// How a block begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Opening {
    #[default]
    Other,
    Upper,
    Lower,
    Digit,
    Quote,
    Bullet,
    /// A letter of a script without case.
    Caseless,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// Length in words; a character of a script without spaces counts half.
    pub words: f32,
    pub opening: Opening,
    pub ending: Ending,
    /// Words that begin with a capital, that are all capitals, that hold a digit.
    pub capitals: u32,
    pub all_capitals: u32,
    pub numbers: u32,
    pub spaced_words: u32,
    pub commas: u32,
    /// Ends of sentences before the last.
    pub stops: u32,
    pub quotes: u32,
    pub at: bool,
    pub copyright: bool,
    pub bar: bool,
    pub slash: bool,
    pub arrow: bool,
    pub url: bool,
    pub braces: bool,
    /// A colon within the first four words, with text after it.
    pub label: bool,
    /// Words in the brackets that end the block; 0 when none do or nothing stands before them.
    pub bracket_words: u32,
    /// `14:05`.
    pub clock: bool,
    /// A year between 1900 and 2099, as a word.
    pub year: bool,
    /// Numbers of one or two digits.
    pub small_numbers: u32,
}

impl Line {
    /// Reads a block's text; `token` is called for each word with its key, with the key that stands for it where words are compared
    /// one by one, and with its length in bytes.
    pub(crate) fn read(text: &str, mut token: impl FnMut(u32, u64, u32)) -> Self {
        let mut line = Line { opening: opening(text), ending: ending(text), ..Line::default() };
        let marks = line.read_marks(text);
        let bytes = text.as_bytes();
        let is_wide = |start: usize| is_unspaced(text[start..].chars().next().unwrap_or(' '));
        let mut halves = 0u32;
        let mut wide_before: Option<(u32, u64)> = None;
        for_each_word(text, |word| {
            let key = u64::from(word.key);
            let first = bytes[word.start as usize];
            if first >= 0xE0 && is_wide(word.start as usize) {
                // a character says little, two in a row nearly as much as a word
                halves += 1;
                let pair =
                    wide_before.filter(|&(end, _)| end == word.start).map_or(key, |(_, before)| before << 32 | key);
                wide_before = Some((word.end, key));
                return token(word.key, pair, 4);
            }
            halves += 2;
            line.spaced_words += 1;
            line.label |= line.spaced_words <= 4
                && marks.colon != usize::MAX
                && (word.end as usize) <= marks.colon
                && marks.colon + 2 < bytes.len()
                && !text[word.end as usize..marks.colon].contains(|c: char| c.is_alphanumeric());
            if word.is_number() {
                line.read_number(&bytes[word.span()]);
            } else if !bytes[word.end as usize - 1].is_ascii_alphabetic() {
                line.read_capitals(&text[word.span()]);
            } else if !first.is_ascii_lowercase() {
                // `Ferry`
                if first.is_ascii_uppercase() && bytes.get(word.start as usize + 1).is_some_and(u8::is_ascii_lowercase)
                {
                    line.capitals += 1;
                } else {
                    line.read_capitals(&text[word.span()]);
                }
            }
            token(word.key, key, word.end - word.start);
        });
        line.words = halves as f32 / 2.0;
        if line.ending == Ending::Sentence {
            line.stops = line.stops.saturating_sub(1);
        }
        if marks.bracket > 0
            && marks.bracket != usize::MAX
            && text.trim_end_matches(['.', ' ']).ends_with([')', '）', ']'])
        {
            let mut words = 0;
            for_each_word(&text[marks.bracket..], |word| {
                words += u32::from(!is_wide(marks.bracket + word.start as usize))
            });
            line.bracket_words = words.max(1);
        }
        line
    }

    fn read_number(&mut self, word: &[u8]) {
        self.numbers += 1;
        for digits in word.split(|b| !b.is_ascii_digit()).filter(|digits| !digits.is_empty()) {
            self.small_numbers += u32::from(digits.len() <= 2);
            self.year |= matches!(digits, [b'1', b'9', _, _] | [b'2', b'0', _, _]);
        }
    }

    fn read_capitals(&mut self, word: &str) {
        let bytes = word.as_bytes();
        let upper = |at: usize| match bytes.get(at) {
            Some(b) if b.is_ascii() => b.is_ascii_uppercase(),
            Some(_) => word.get(at..).and_then(|w| w.chars().next()).is_some_and(char::is_uppercase),
            None => false,
        };
        if upper(0) {
            self.capitals += 1;
            let second = word.chars().next().map_or(1, char::len_utf8);
            self.all_capitals += u32::from(upper(second) && !word.chars().any(char::is_lowercase));
        }
        // `24th`, `G7`
        let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
        self.numbers += u32::from(digit(bytes.first()) || digit(bytes.last()));
    }

    /// Counts what is neither letter nor digit.
    fn read_marks(&mut self, text: &str) -> Marks {
        let bytes = text.as_bytes();
        let mut marks = Marks { bracket: usize::MAX, colon: usize::MAX };
        let (chunks, rest) = bytes.as_chunks::<8>();
        for (number, chunk) in chunks.iter().enumerate() {
            let mut others = others(u64::from_le_bytes(*chunk));
            while others != 0 {
                self.read_mark(text, number * 8 + others.trailing_zeros() as usize / 8, &mut marks);
                others &= others - 1;
            }
        }
        for at in bytes.len() - rest.len()..bytes.len() {
            self.read_mark(text, at, &mut marks);
        }
        marks
    }

    /// Counts what stands at a byte, if it is a mark.
    #[inline]
    fn read_mark(&mut self, text: &str, at: usize, marks: &mut Marks) {
        let bytes = text.as_bytes();
        let byte = bytes[at];
        if !IS_MARK[byte as usize] {
            return;
        }
        let c = if byte < 0x80 { byte as char } else { text.get(at..).and_then(|t| t.chars().next()).unwrap_or(' ') };
        match c {
            ',' | '،' | '、' | '，' | ';' | '；' => self.commas += 1,
            '.' | '!' | '?' | '。' | '！' | '？' | '؟' | '।' | '۔' => {
                // a stop ends something: a word, a quote, a bracket
                let before = at.checked_sub(1).map_or(b' ', |b| bytes[b]);
                self.stops +=
                    u32::from(before.is_ascii_alphanumeric() || before >= 0x80 || matches!(before, b'"' | b')'));
            }
            '"' | '“' | '”' | '«' | '»' | '„' | '「' | '」' => self.quotes += 1,
            '@' => self.at = true,
            '©' => self.copyright = true,
            '|' | '•' | '·' => self.bar = true,
            '/' => {
                self.slash = true;
                self.url |= bytes.get(at + 1) == Some(&b'/');
            }
            '›' | '→' | '>' | '▸' | '►' => self.arrow = true,
            '{' | '}' | '$' | '=' => self.braces = true,
            ':' => {
                let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
                if at > 0 && digit(bytes.get(at - 1)) && digit(bytes.get(at + 1)) {
                    self.clock = true;
                } else if marks.colon == usize::MAX {
                    marks.colon = at;
                }
            }
            '(' | '（' | '[' => marks.bracket = at,
            _ => {}
        }
    }

    /// Whether it reads as running text: a sentence of some length, or a long line.
    pub(crate) fn is_prose(&self) -> bool {
        let sentence = matches!(self.ending, Ending::Sentence | Ending::Quote | Ending::Colon);
        (sentence && self.words >= 9.0) || self.words >= 24.0
    }
}

/// Where the last bracket opens and the first colon stands that is no clock's; `usize::MAX` for nowhere.
struct Marks {
    bracket: usize,
    colon: usize,
}

/// The highest bit of those of eight bytes that are no letter, no digit and no space of ASCII: none of these is a mark, and most are these.
#[inline]
fn others(chunk: u64) -> u64 {
    // The high bit of each byte says "at least": none is carried on, as the high bits of what is added to are clear.
    let at_least = |limit: u8, x: u64| (x & !HIGH) + LOW * u64::from(0x80 - limit);
    let small = chunk | (LOW * 0x20);
    let letters = at_least(b'a', small) & !at_least(b'z' + 1, small);
    let digits = at_least(b'0', chunk) & !at_least(b'9' + 1, chunk);
    let spaces = !at_least(b' ' + 1, chunk);
    (!(letters | digits | spaces) | chunk) & HIGH
}

/// Bytes that [`Line::read_marks`] looks at: ASCII marks, and the first bytes of other marks.
const IS_MARK: [bool; 256] = {
    let mut table = [false; 256];
    let marks = b",;.!?\"@|/>{}$=:([\xC2\xD8\xDB\xE0\xE2\xE3\xEF";
    let mut at = 0;
    while at < marks.len() {
        table[marks[at] as usize] = true;
        at += 1;
    }
    table
};

fn opening(text: &str) -> Opening {
    let mut chars = text.chars();
    match chars.next() {
        None => Opening::Other,
        Some('*' | '•' | '·' | '-' | '–' | '—' | '+' | '▪' | '●' | '■' | '○' | '►' | '▸' | '›' | '»' | '>') => {
            Opening::Bullet
        }
        // html2text and w3m number the third level of a list with a letter
        Some('o') if chars.next() == Some(' ') => Opening::Bullet,
        Some('"' | '“' | '„' | '«' | '‘' | '\'' | '「' | '『') => Opening::Quote,
        Some(c) if c.is_numeric() => Opening::Digit,
        Some(c) if c.is_uppercase() => Opening::Upper,
        Some(c) if c.is_lowercase() => Opening::Lower,
        Some(c) if c.is_alphabetic() => Opening::Caseless,
        Some(_) => Opening::Other,
    }
}

pub(crate) fn ending(text: &str) -> Ending {
    let mut quoted = false;
    for c in text.chars().rev() {
        match c {
            '"' | '”' | '“' | '»' | '’' | '\'' | '」' | '』' | '›' => quoted = true,
            '.' | '!' | '?' | '。' | '！' | '？' | '؟' | '।' | '۔' | '．' => {
                return if text.trim_end_matches(|c: char| "\"”“»’'」』›".contains(c)).ends_with("..") {
                    Ending::Ellipsis
                } else {
                    Ending::Sentence
                };
            }
            '…' => return Ending::Ellipsis,
            ')' | '）' | ']' => return Ending::Bracket,
            ':' | '：' => return Ending::Colon,
            ',' | '،' | '、' | '，' | ';' => return Ending::Comma,
            c if is_invisible(c) => {}
            _ => return if quoted { Ending::Quote } else { Ending::Plain },
        }
    }
    Ending::Plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Line {
        Line::read(text, |_, _, _| {})
    }

    #[test]
    fn no_mark_is_passed_over() {
        for byte in 0..=u8::MAX {
            let is_plain = byte.is_ascii_alphanumeric() || byte <= b' ';
            assert!(!is_plain || !IS_MARK[usize::from(byte)], "{byte}");
            for at in 0..8 {
                let mut chunk = [b'a'; 8];
                chunk[at] = byte;
                let expected = if is_plain { 0 } else { 0x80 << (8 * at) };
                assert_eq!(others(u64::from_le_bytes(chunk)), expected, "{byte} at {at}");
            }
        }
    }

    #[test]
    fn words_of_scripts_without_spaces_count_half() {
        assert_eq!(read("The mayor's boat sank.").words, 4.0);
        assert_eq!(read("港は閉鎖").words, 2.0);
    }

    #[test]
    fn endings() {
        assert_eq!(read("He left.").ending, Ending::Sentence);
        assert_eq!(read("“He left.”").ending, Ending::Sentence);
        assert_eq!(read("He left...").ending, Ending::Ellipsis);
        assert_eq!(read("A boat (Nordfoto)").ending, Ending::Bracket);
        assert_eq!(read("港は閉鎖された。").ending, Ending::Sentence);
        assert_eq!(read("Read more").ending, Ending::Plain);
    }

    #[test]
    fn a_credit_is_counted_in_words() {
        assert_eq!(read("A boat in the harbour (File photo: Nordfoto)").bracket_words, 3);
        assert_eq!(read("(Nordfoto)").bracket_words, 0);
        assert_eq!(read("A boat (left) in the harbour").bracket_words, 0);
    }

    #[test]
    fn dates_and_clocks() {
        let line = read("12 May 2023, 14:05");
        assert!(line.clock && line.year);
        assert_eq!(line.small_numbers, 3);
    }
}
