//! Text to tokens: words, numbers by value in any script's digits, and marks, each with its place.

use copydesk_text::{Eights, digit_value};

use super::key::{Key, letters};

/// One token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) shape: Shape,
    /// No white space stands before it.
    pub(crate) glued: bool,
    /// What the language's vocabulary calls the word or mark; 0 for what it does not hold.
    pub(crate) word: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Shape {
    /// A word, and whether it begins with a capital.
    Word { capital: bool },
    /// A number: its value, and how many digits it was written with; 0 digits for one with thousands separators.
    Number { value: u32, digits: u8 },
    /// Any other character: dashes, apostrophes and commas of all kinds as their ASCII sisters.
    Mark(char),
    /// The end of a paragraph.
    Break,
}

/// Longer words are in no vocabulary; the longest German weekday with its part of the day has 20 bytes.
pub(crate) const LONGEST_WORD: usize = 48;

/// Cuts a text into tokens; words are not looked up yet.
pub(crate) fn tokens(text: &str, found: &mut Vec<Token>) {
    each_token(text, |token, _, _| found.push(token));
}

/// Where a word stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// All of it is letters in ASCII. Of others that may be unknown.
    pub(crate) is_ascii: bool,
}

impl Place {
    pub(super) fn of(token: &Token, key: Option<Key>) -> Self {
        Self { start: token.start as usize, end: token.end as usize, is_ascii: key.is_some() }
    }
}

/// Calls `each` with every word.
pub(crate) fn each_word(text: &str, mut each: impl FnMut(Place)) {
    each_token(text, |token, key, _| {
        if let Shape::Word { .. } = token.shape {
            each(Place::of(&token, key));
        }
    });
}

/// Calls `each` with every token, the key of those that are short words in ASCII, and the eight bytes that a word begins with whose first letter is in ASCII.
#[inline]
pub(super) fn each_token(text: &str, mut each: impl FnMut(Token, Option<Key>, u64)) {
    let bytes = text.as_bytes();
    let eights = Eights::of(bytes);
    let mut at = 0;
    let mut glued = false;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte == b' ' {
            (at, glued) = (at + 1, false);
            continue;
        }
        let start = at;
        if byte.is_ascii_alphabetic() {
            let mut word = letters(&eights, at);
            at += word.length;
            if bytes.get(at).is_some_and(|next| !next.is_ascii()) {
                at = word_end(text, at);
                // Unless letters follow that are not ASCII.
                word.key = word.key.filter(|_| at == start + word.length);
            }
            let shape = Shape::Word { capital: byte.is_ascii_uppercase() };
            each(Token { start: start as u32, end: at as u32, shape, glued, word: 0 }, word.key, word.first);
            glued = true;
            continue;
        }
        let shape = if byte.is_ascii_digit() {
            let (shape, end) = number(text, at);
            at = end;
            shape
        } else if byte.is_ascii() {
            at += 1;
            match byte {
                b'\n' | b'\r' => {
                    while at < bytes.len() && matches!(bytes[at], b'\n' | b'\r' | b' ' | b'\t') {
                        at += 1;
                    }
                    Shape::Break
                }
                _ if byte <= b' ' => {
                    glued = false;
                    continue;
                }
                _ => Shape::Mark(char::from(byte)),
            }
        } else if byte == 0xE2 && bytes[at + 1] == 0x80 && (0x90..=0xA7).contains(&bytes[at + 2]) {
            // Dashes, quotation marks and points, which are most of what is neither ASCII nor a letter.
            let c = text[at..].chars().next().unwrap_or(' ');
            at += c.len_utf8();
            Shape::Mark(plain(c))
        } else {
            let c = text[at..].chars().next().unwrap_or(' ');
            // Before it there are no digits but those of ASCII.
            if c >= '\u{660}' && digit_value(c).is_some() {
                let (shape, end) = number(text, at);
                at = end;
                shape
            } else if is_letter(c) {
                at = word_end(text, at);
                Shape::Word { capital: c.is_uppercase() }
            } else {
                at += c.len_utf8();
                if c.is_whitespace() {
                    glued = false;
                    continue;
                }
                if is_unseen(c) {
                    continue;
                }
                Shape::Mark(plain(c))
            }
        };
        each(Token { start: start as u32, end: at as u32, shape, glued, word: 0 }, None, 0);
        glued = shape != Shape::Break;
    }
}

/// Letters, and the signs that scripts write above, below and between them.
pub(crate) fn is_letter(c: char) -> bool {
    // The tables of Unicode are searched: not for what most letters are that are not ASCII.
    matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ʯ' | 'Ѐ'..='ҁ' | 'Ҋ'..='ԯ' | 'ؠ'..='ي')
        || c.is_alphabetic()
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{65F}' | '\u{640}')
}

/// Marks of direction and joiners.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// A mark as its ASCII sister, where it has one.
fn plain(c: char) -> char {
    match c {
        '–' | '‑' | '‐' | '−' => '-',
        '’' | '‘' | 'ʼ' | '′' => '\'',
        '،' | '，' => ',',
        '／' => '/',
        '．' => '.',
        '：' => ':',
        _ => c,
    }
}

fn word_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        while at < bytes.len() && bytes[at].is_ascii_alphabetic() {
            at += 1;
        }
        match bytes[at..] {
            [] | [0..=0x7F, ..] => return at,
            // From `À` to `ÿ`, but for the signs of multiplication and division.
            [0xC3, second, ..] if !matches!(second, 0x97 | 0xB7) => {
                at += 2;
                continue;
            }
            _ => {}
        }
        match text[at..].chars().next() {
            Some(c) if is_letter(c) => at += c.len_utf8(),
            _ => return at,
        }
    }
}

/// The number that begins here, and where it ends: `1,998` and `1.998` are one.
fn number(text: &str, start: usize) -> (Shape, usize) {
    let (mut value, mut digits, mut at) = run(text, start);
    let mut grouped = false;
    while (1..=3).contains(&digits) || grouped {
        let rest = &text[at..];
        let Some(separator) = rest.chars().next().filter(|c| matches!(c, ',' | '.' | '٬' | '\u{202F}' | '\'')) else {
            break;
        };
        let (group, count, end) = run(text, at + separator.len_utf8());
        // `12.05.2024` is a date, and `3.141` may be a thousand: two groups of a date are never three digits long.
        if count != 3 {
            break;
        }
        value = value.saturating_mul(1000).saturating_add(group);
        at = end;
        grouped = true;
        digits = 0;
    }
    (Shape::Number { value, digits: if grouped { 0 } else { digits } }, at)
}

/// Value, count of digits and end of the digits that begin here.
fn run(text: &str, start: usize) -> (u32, u8, usize) {
    let (mut value, mut digits, mut at) = (0u32, 0u8, start);
    for c in text.get(start..).unwrap_or("").chars() {
        let Some(digit) = digit_value(c) else { break };
        value = value.saturating_mul(10).saturating_add(u32::from(digit));
        digits = digits.saturating_add(1);
        at += c.len_utf8();
    }
    (value, digits, at)
}

/// Writes a word as vocabularies hold it: small letters, one alef, no marks above and below letters in Arabic.
pub(crate) fn fold_into(word: &str, folded: &mut String) {
    folded.clear();
    if word.is_ascii() {
        folded.push_str(word);
        folded.make_ascii_lowercase();
        return;
    }
    for c in word.chars() {
        match c {
            '\0'..='\x7F' => folded.push(c.to_ascii_lowercase()),
            // Small letters already.
            'ß'..='ÿ' => folded.push(c),
            'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
            'ى' => folded.push('ي'),
            '\u{64B}'..='\u{65F}' | '\u{640}' => {}
            _ => folded.extend(c.to_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut found = Vec::new();
        tokens(text, &mut found);
        let shown: Vec<String> = found
            .iter()
            .map(|token| {
                let text = &text[token.start as usize..token.end as usize];
                match token.shape {
                    Shape::Word { .. } => text.to_owned(),
                    Shape::Number { value, digits } => format!("{value}/{digits}"),
                    Shape::Mark(mark) => format!("`{mark}"),
                    Shape::Break => "¶".to_owned(),
                }
            })
            .collect();
        assert_eq!(shown.join(" "), expected, "{text}");
    }

    #[test]
    fn letters_are_those_of_unicode() {
        for c in '\0'..=char::MAX {
            let is_sign = matches!(c, '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{65F}' | '\u{640}');
            assert_eq!(is_letter(c), c.is_alphabetic() || is_sign, "{c:?}");
        }
    }

    #[test]
    fn words_are_folded_as_unicode_says() {
        let mut folded = String::new();
        for c in ('\0'..='\u{24F}').chain('Ѐ'..='ԯ') {
            let word = format!("{c}É");
            fold_into(&word, &mut folded);
            assert_eq!(folded, word.to_lowercase());
        }
    }

    #[test]
    fn words_numbers_and_marks() {
        check("Jan. 27’s 1990s", "Jan `. 27/2 `' s 1990/4 s");
        check("1,998 and 3.5", "1998/0 and 3/1 `. 5/1");
        check("03.05.2024", "3/2 `. 5/2 `. 2024/4");
        check("٢٧ يناير ٢٠٢٤", "27/2 يناير 2024/4");
        check("a\n\n b – c", "a ¶ b `- c");
        check("Fährst", "Fährst");
    }
}
