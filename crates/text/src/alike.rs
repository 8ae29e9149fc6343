use memchr::memchr;

use crate::{Word, for_each_word};

/// Lines that may have gone from one place, or stand in another line's place, and the text is still much alike.
const GONE: usize = 4;

/// The words of a text that is much like another one whose words are known: what [`words`](crate::words) gives, without looking again at the
/// lines that stand in both, in the same order.
///
/// ```
/// use copydesk_text::{words, words_alike};
/// let (before, after) = ("One stays.\nTwo went.\nThree stays.", "One stays.\nFour came here.\nThree stays.");
/// assert_eq!(words_alike(after, before, &words(before)), words(after));
/// ```
pub fn words_alike(text: &str, other: &str, of_other: &[Word]) -> Vec<Word> {
    let mut out = Vec::with_capacity(of_other.len() + of_other.len() / 8 + 8);
    // Where the rest of the other text begins, and its words.
    let (mut rest, mut known) = (0, of_other);
    // No word goes over the end of a line, and what is a word behind it does not depend on what stands before.
    for (start, line) in lines(text, 0) {
        let found = lines(other, rest).take(GONE).find(|(_, same)| *same == line);
        let Some((from, _)) = found else {
            let at = start as u32;
            for_each_word(line, |word| out.push(Word { start: word.start + at, end: word.end + at, ..word }));
            continue;
        };
        rest = from + line.len();
        let before = known.iter().take_while(|word| (word.start as usize) < from).count();
        let inside = known[before..].iter().take_while(|word| (word.start as usize) < rest).count();
        let (same, after) = known[before..].split_at(inside);
        let moved = |place: u32| place - from as u32 + start as u32;
        out.extend(same.iter().map(|word| Word { start: moved(word.start), end: moved(word.end), ..*word }));
        known = after;
    }
    out
}

/// The lines of a text that hold anything, from a line's beginning or end on, with the places of their first bytes.
fn lines(text: &str, from: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut at = from;
    std::iter::from_fn(move || {
        let start = at;
        let rest = text.get(start..)?;
        let line = memchr(b'\n', rest.as_bytes()).map_or(rest, |end| &rest[..end]);
        at += line.len() + 1;
        Some((start, line))
    })
    .filter(|(_, line)| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::words;

    #[track_caller]
    fn check(text: &str, other: &str) {
        assert_eq!(words_alike(text, other, &words(other)), words(text), "{text:?} {other:?}");
    }

    #[test]
    fn paragraphs_that_came_and_went() {
        check("", "");
        check("one\ntwo", "");
        check("", "one\ntwo");
        check("one\ntwo\nthree", "one\nthree");
        check("one\nthree", "one\ntwo\nthree");
        check("a\na\na", "a\na");
        check("a\na", "a\na\na");
        check("one\n1,000\n000", "one\n1,000");
        check("don't\n't go", "don\n't go");
        check("港は\n閉鎖\nされた", "港は\nされた");
    }

    proptest! {
        #[test]
        fn the_words_are_those_of_the_text(
            head in "([a-c’'0-9,é港\u{301}. ]{0,6}\n){0,4}",
            a in "[a-c’'0-9,é港\u{301}. \n]{0,9}",
            b in "[a-c’'0-9,é港\u{301}. \n]{0,9}",
            tail in "(\n[a-c’'0-9,é港\u{301}. ]{0,6}){0,4}",
        ) {
            let (text, other) = (format!("{head}{a}{tail}"), format!("{head}{b}{tail}"));
            prop_assert_eq!(words_alike(&text, &other, &words(&other)), words(&text));
        }
    }
}
