use std::{borrow::Cow, ops::Range};

use copydesk_text::is_unspaced;

use crate::{
    fold::{fold_into, is_mark},
    limits::TOKEN_BYTES,
};

/// A word as it is looked for, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The folded word; two characters in scripts without spaces.
    pub text: String,
    /// Bytes of the text that it was made from.
    pub span: Range<usize>,
    /// Counts words; a character counts as one in scripts without spaces.
    pub position: usize,
    /// Whether it is one character of a script without spaces, which stands in the next token too.
    pub single: bool,
}

/// The tokens of a text, in order.
///
/// Words are runs of letters, marks and digits, apostrophes inside dropped, separators of thousands too. In scripts without spaces every character
/// is a token, and every two neighbours: whoever asks for several characters finds exactly the texts in which they stand in a row, whatever a
/// dictionary thinks are words.
///
/// ```
/// use copydesk_search::tokens;
/// let texts = |text| tokens(text).into_iter().map(|t| t.text).collect::<Vec<_>>();
/// assert_eq!(texts("Don’t pay 1,000"), ["dont", "pay", "1000"]);
/// assert_eq!(texts("渡し船"), ["渡", "渡し", "し", "し船", "船"]);
/// ```
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 5);
    each_token(text, |word, span, position, single| {
        out.push(Token { text: word.to_owned(), span, position, single });
    });
    out
}

/// Calls `each` with every token's text, span, position and whether it is single, in the order of [`tokens`].
pub(crate) fn each_token(text: &str, each: impl FnMut(&str, Range<usize>, usize, bool)) {
    each_token_beginning(text, |_| true, each);
}

/// The same without words of ASCII letters and digits alone whose first one, in lower case, is of no use.
pub(crate) fn each_token_beginning(
    text: &str,
    is_of_use: impl Fn(u8) -> bool,
    mut each: impl FnMut(&str, Range<usize>, usize, bool),
) {
    let mut position = 0;
    // The character before in a script without spaces, and where it stands.
    let mut before: Option<(String, Range<usize>)> = None;
    let mut folded = String::new();
    each_piece(text, |span, single, plain| {
        if plain && !is_of_use(text.as_bytes()[span.start].to_ascii_lowercase()) {
            before = None;
            position += 1;
            return;
        }
        fold_into(&without_joints(&text[span.clone()]), &mut folded);
        cut(&mut folded);
        if folded.is_empty() {
            return;
        }
        if single {
            if let Some((mut pair, place)) = before.take().filter(|(_, place)| place.end == span.start) {
                pair.push_str(&folded);
                each(&pair, place.start..span.end, position - 1, false);
            }
            before = Some((folded.clone(), span.clone()));
        } else {
            before = None;
        }
        each(&folded, span, position, single);
        position += 1;
    });
}

/// ASCII letters and digits.
const IS_PLAIN: [bool; 256] = {
    let mut is_plain = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        is_plain[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    is_plain
};

/// Calls `each` with the span of every word, whether it is a character of a script without spaces, and whether it was seen to be ASCII letters
/// and digits alone.
fn each_piece(text: &str, mut each: impl FnMut(Range<usize>, bool, bool)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        if first.is_ascii() && !IS_PLAIN[usize::from(first)] {
            at += 1;
            continue;
        }
        // Most words are these letters alone, and need no look at what characters are.
        let end = at + bytes[at..].iter().take_while(|byte| IS_PLAIN[usize::from(**byte)]).count();
        let ends = match bytes.get(end) {
            None => true,
            Some(b'.' | b',') => end > at && bytes[end - 1].is_ascii_alphabetic(),
            Some(next) => next.is_ascii() && *next != b'\'',
        };
        if end > at && ends {
            each(at..end, false, true);
            at = end;
            continue;
        }
        at = match piece(text, at) {
            Ok((end, single)) => {
                each(at..end, single, false);
                end
            }
            Err(behind) => behind,
        };
    }
}

/// The word that begins at a byte: where it ends, and whether it is a character of a script without spaces. Where none begins, the next character.
fn piece(text: &str, start: usize) -> Result<(usize, bool), usize> {
    let mut chars = text[start..].char_indices().map(|(at, c)| (start + at, c)).peekable();
    let Some((_, c)) = chars.next() else { return Err(text.len()) };
    let mut end = start + c.len_utf8();
    if !c.is_alphanumeric() {
        return Err(end);
    }
    let single = is_unspaced(c);
    let mut last = c;
    while let Some(&(at, next)) = chars.peek() {
        let goes_on = if single {
            is_mark(next)
        } else if next.is_alphanumeric() {
            !is_unspaced(next)
        } else {
            is_mark(next) || is_hidden(next) || joins(last, next, text[at + next.len_utf8()..].chars().next())
        };
        if !goes_on {
            break;
        }
        if !is_hidden(next) {
            last = next;
        }
        end = at + next.len_utf8();
        chars.next();
    }
    Ok((end, single))
}

/// What prints nothing and does not end a word.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{2060}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '＇')
}

/// Whether a character between two others keeps them one word: `don't`, `1,000`, `3.5`.
fn joins(before: char, c: char, after: Option<char>) -> bool {
    let Some(after) = after else { return false };
    (is_apostrophe(c) && before.is_alphabetic() && after.is_alphabetic() && !is_unspaced(after))
        || (matches!(c, '.' | ',' | '٬' | '٫') && before.is_numeric() && after.is_numeric())
}

/// The word without apostrophes and separators of thousands; a decimal point stays.
fn without_joints(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric())
        || !word.contains(|c: char| is_apostrophe(c) || matches!(c, '.' | ',' | '٬' | '٫'))
    {
        return Cow::Borrowed(word);
    }
    let chars: Vec<char> = word.chars().collect();
    let digits_after = |at: usize| chars[at + 1..].iter().take_while(|c| c.is_numeric()).count();
    let kept = |&(at, c): &(usize, char)| match c {
        ',' | '.' | '٬' | '٫' => digits_after(at) != 3,
        c => !is_apostrophe(c),
    };
    let point = |c| if matches!(c, ',' | '٫') { '.' } else { c };
    Cow::Owned(chars.iter().copied().enumerate().filter(kept).map(|(_, c)| point(c)).collect())
}

fn cut(token: &mut String) {
    if token.len() > TOKEN_BYTES {
        let mut end = TOKEN_BYTES;
        while !token.is_char_boundary(end) {
            end -= 1;
        }
        token.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &str) {
        let found: Vec<String> = tokens(text).iter().map(|t| format!("{}@{}", t.text, t.position)).collect();
        assert_eq!(found.join(" "), expected, "{text}");
    }

    #[test]
    fn words_of_many_scripts() {
        check("Port-Alder (Meridian)", "port@0 alder@1 meridian@2");
        check("l’école d'été rock'n'roll", "lecole@0 dete@1 rocknroll@2");
        check("“We don’t,” she said", "we@0 dont@1 she@2 said@3");
        check("1,000 and 1.000 and 3.5 or 3,5.", "1000@0 and@1 1000@2 and@3 3.5@4 or@5 3.5@6");
        check("ثلاثين عاماً", "ثلاثين@0 عاما@1");
        check("می\u{200c}خواهم", "ميخواهم@0");
        check("हिन्दी में", "हिन्दी@0 में@1");
        check("ที่นี่", "ที่@0 ที่นี่@0 นี่@1");
        check("iPhone発売。次", "iphone@0 発@1 発売@1 売@2 次@3");
        check("", "");
        check("—!?", "");
    }

    #[test]
    fn a_token_is_never_too_long() {
        assert_eq!(tokens(&"ä".repeat(500))[0].text.len(), TOKEN_BYTES);
    }

    /// Every word the long way.
    fn pieces(text: &str) -> Vec<(Range<usize>, bool)> {
        let (mut found, mut at) = (Vec::new(), 0);
        while at < text.len() {
            at = match piece(text, at) {
                Ok((end, single)) => {
                    found.push((at..end, single));
                    end
                }
                Err(behind) => behind,
            };
        }
        found
    }

    proptest! {
        #[test]
        fn the_short_way_finds_what_the_long_one_does(text in "([a-zA-Z]{1,3}|[0-9]{1,3}|[ .,'’\\-\n]|\u{301}|\u{200c}|é|渡|し|ي|٬|５){0,24}") {
            let mut found = Vec::new();
            each_piece(&text, |span, single, _| found.push((span, single)));
            prop_assert_eq!(found, pieces(&text));
            let with_a = |token: &Token| token.text.starts_with('a') || !token.text.is_ascii() || token.text.contains('.');
            let mut few = Vec::new();
            each_token_beginning(&text, |first| first == b'a', |text, span, position, single| {
                few.push(Token { text: text.to_owned(), span, position, single });
            });
            few.retain(with_a);
            prop_assert_eq!(few, tokens(&text).into_iter().filter(with_a).collect::<Vec<_>>());
        }

        #[test]
        fn spans_are_in_the_text_and_in_order(text in "\\PC{0,60}") {
            let mut last = 0;
            for token in tokens(&text) {
                prop_assert!(text.get(token.span.clone()).is_some_and(|word| !word.is_empty()));
                prop_assert!(token.span.start >= last || !token.single);
                last = last.max(token.span.start);
            }
        }
    }
}
