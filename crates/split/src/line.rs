//! What one block looks like: counts of one pass over its characters, shared by all signals.

use crate::blocks::is_invisible;

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
    /// The block's tokens in [`crate::page::Page::tokens`].
    pub tokens: std::ops::Range<u32>,
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
    /// Reads a block's text; `token` is called with the hash and byte length of each folded word.
    pub(crate) fn read(text: &str, mut token: impl FnMut(u64, u32)) -> Self {
        let mut line = Line::default();
        let bytes = text.as_bytes();
        let mut halves = 0u32;
        let mut word = Word::default();
        let mut at = 0;
        let (mut open_bracket, mut words_at_bracket) = (None, 0);
        let mut before = ' ';
        let mut previous_wide = None;
        while at < bytes.len() {
            let c = if bytes[at] < 0x80 { bytes[at] as char } else { text[at..].chars().next().unwrap_or(' ') };
            let length = c.len_utf8();
            let wide = !c.is_ascii() && is_unspaced(c);
            if !wide && (c.is_ascii_alphanumeric() || (!c.is_ascii() && (c.is_alphanumeric() || is_mark(c)))) {
                word.push(c);
            } else if matches!(c, '\'' | '’') && word.length > 0 {
                // an apostrophe stays inside its word, so that contractions are no two words
            } else {
                halves += word.end(&mut line, &mut token);
                if wide {
                    halves += 1;
                    let previous = previous_wide.replace(c as u64).unwrap_or(0);
                    token(mix(mix(0x9e37, previous), c as u64), 3);
                } else {
                    previous_wide = None;
                    match c {
                        ',' | '،' | '、' | '，' | ';' | '；' => line.commas += 1,
                        '.' | '!' | '?' | '。' | '！' | '？' | '؟' | '।' | '۔' => {
                            if before.is_alphanumeric() || matches!(before, '"' | '”' | ')' | '»' | '’') {
                                line.stops += 1;
                            }
                        }
                        '"' | '“' | '”' | '«' | '»' | '„' | '「' | '」' => line.quotes += 1,
                        '@' => line.at = true,
                        '©' => line.copyright = true,
                        '|' | '•' | '·' => line.bar = true,
                        '/' => {
                            line.slash = true;
                            line.url |= bytes.get(at + 1) == Some(&b'/');
                        }
                        '›' | '→' | '>' | '▸' | '►' => line.arrow = true,
                        '{' | '}' | '$' | '=' => line.braces = true,
                        ':' => {
                            let digits = before.is_ascii_digit() && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
                            line.clock |= digits;
                            line.label |= !digits && line.spaced_words <= 4 && at + 2 < bytes.len();
                        }
                        '(' | '（' | '[' => {
                            open_bracket = Some(at);
                            words_at_bracket = line.spaced_words;
                        }
                        _ => {}
                    }
                }
            }
            before = c;
            at += length;
        }
        halves += word.end(&mut line, &mut token);
        line.words = halves as f32 / 2.0;
        line.opening = opening(text);
        line.ending = ending(text);
        if line.ending == Ending::Sentence {
            line.stops = line.stops.saturating_sub(1);
        }
        if let Some(open) = open_bracket
            && open > 0
            && text.trim_end_matches(['.', ' ']).ends_with([')', '）', ']'])
        {
            line.bracket_words = (line.spaced_words - words_at_bracket).max(1);
        }
        line
    }

    /// Whether it reads as running text: a sentence of some length, or a long line.
    pub(crate) fn is_prose(&self) -> bool {
        let sentence = matches!(self.ending, Ending::Sentence | Ending::Quote | Ending::Colon);
        (sentence && self.words >= 9.0) || self.words >= 24.0
    }
}

#[derive(Default)]
struct Word {
    hash: u64,
    length: u32,
    letters: u32,
    upper: u32,
    digits: u32,
    first_upper: bool,
    value: u32,
}

impl Word {
    fn push(&mut self, c: char) {
        let folded = if c.is_ascii() {
            let upper = c.is_ascii_uppercase();
            if upper {
                self.first_upper |= self.length == 0;
                self.upper += 1;
            }
            if c.is_ascii_digit() {
                self.digits += 1;
                self.value = self.value.saturating_mul(10).saturating_add(c as u32 - '0' as u32);
            } else {
                self.letters += 1;
            }
            c.to_ascii_lowercase()
        } else {
            let upper = c.is_uppercase();
            if upper {
                self.first_upper |= self.length == 0;
                self.upper += 1;
            }
            if c.is_numeric() {
                self.digits += 1;
            } else {
                self.letters += 1;
            }
            if upper { c.to_lowercase().next().unwrap_or(c) } else { c }
        };
        self.hash = mix(self.hash, folded as u64);
        self.length += c.len_utf8() as u32;
    }

    /// Counts the word into the line and starts the next; returns its length in half words.
    fn end(&mut self, line: &mut Line, token: &mut impl FnMut(u64, u32)) -> u32 {
        if self.length == 0 {
            return 0;
        }
        line.spaced_words += 1;
        line.capitals += u32::from(self.first_upper);
        line.all_capitals += u32::from(self.letters >= 2 && self.upper == self.letters);
        if self.digits > 0 {
            line.numbers += 1;
            let plain = self.letters == 0;
            line.year |= plain && self.digits == 4 && (1900..2100).contains(&self.value);
            line.small_numbers += u32::from(plain && self.digits <= 2);
        }
        token(self.hash, self.length);
        *self = Word::default();
        2
    }
}

/// One round of a multiplicative hash: tokens are only compared within a page.
fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95)
}

/// Letters of scripts that put no spaces between words: kana, Han, Thai, Lao, Burmese, Khmer.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

/// Combining marks stay inside their word.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}' | '\u{064b}'..='\u{065f}' | '\u{0670}' | '\u{0900}'..='\u{0903}' | '\u{093a}'..='\u{094f}'
        | '\u{0981}'..='\u{0983}' | '\u{09bc}'..='\u{09cd}' | '\u{200c}' | '\u{200d}')
}

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

fn ending(text: &str) -> Ending {
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
        Line::read(text, |_, _| {})
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
