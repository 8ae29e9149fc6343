//! Which stretches of a text stand in quotation marks.

use std::ops::Range;

use copydesk_text::is_unspaced;
use memchr::{memchr, memchr3};

use crate::paragraphs::next_break;

/// The stretches of a text that stand in quotation marks, marks included, in order. A quotation that is not closed ends with its
/// paragraph, unless the next mark in the text closes it: then it goes on.
///
/// `“ ”`, `„ “`, `« »`, `» «`, `” ”`, `「 」`, `『 』` and `" "`. Single marks are left alone: they are apostrophes more often.
pub(crate) fn quoted(text: &str) -> Vec<Range<usize>> {
    let marks = marks(text);
    let mut out = Vec::new();
    // Where a quotation began, and what ends it.
    let mut open: Option<(usize, &str)> = None;
    // Of the paragraph in which the last one began that was not closed at once.
    let mut paragraph_end = 0;
    for mark in &marks {
        if let Some((start, closers)) = open {
            if paragraph_end <= start {
                paragraph_end = end_of_paragraph(text, start);
            }
            let end = paragraph_end;
            if mark.at >= end && !(mark.closes && !mark.opens && closers.contains(mark.char)) {
                out.push(start..end);
                open = None;
            }
        }
        match open {
            Some((start, closers)) if mark.closes && closers.contains(mark.char) => {
                out.push(start..mark.at + mark.char.len_utf8());
                open = None;
            }
            None if mark.opens => {
                open = Some((mark.at, closers_of(mark.char)));
            }
            _ => {}
        }
    }
    out.extend(open.map(|(start, _)| start..end_of_paragraph(text, start)));
    out
}

fn end_of_paragraph(text: &str, start: usize) -> usize {
    next_break(&text[start..]).map_or(text.len(), |length| start + length)
}

/// A quotation mark, and what it can be where it stands.
struct Mark {
    at: usize,
    char: char,
    opens: bool,
    closes: bool,
}

fn closers_of(mark: char) -> &'static str {
    match mark {
        '“' => "”",
        '„' => "“”\"",
        '«' => "»",
        '»' => "«»",
        '”' => "”",
        '「' => "」",
        '『' => "』",
        _ => "\"",
    }
}

fn marks(text: &str) -> Vec<Mark> {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    // The first bytes of all marks; the last is one that few scripts have.
    let has_last = memchr(0xE3, bytes).is_some();
    let next = |from: usize| match has_last {
        false => memchr3(b'"', 0xC2, 0xE2, &bytes[from..]),
        true => bytes[from..].iter().position(|&byte| matches!(byte, b'"' | 0xC2 | 0xE2 | 0xE3)),
    };
    let mut from = 0;
    while let Some(found) = next(from) {
        let at = from + found;
        from = at + 1;
        let char = match &text.as_bytes()[at..] {
            [b'"', ..] => '"',
            [0xC2, 0xAB, ..] => '«',
            [0xC2, 0xBB, ..] => '»',
            [0xE2, 0x80, 0x9C, ..] => '“',
            [0xE2, 0x80, 0x9D, ..] => '”',
            [0xE2, 0x80, 0x9E, ..] => '„',
            [0xE3, 0x80, 0x8C, ..] => '「',
            [0xE3, 0x80, 0x8D, ..] => '」',
            [0xE3, 0x80, 0x8E, ..] => '『',
            [0xE3, 0x80, 0x8F, ..] => '』',
            _ => continue,
        };
        let is_letter = |c: char| c.is_alphanumeric() && !is_unspaced(c);
        let behind_letter = text[..at].chars().next_back().is_some_and(is_letter);
        let next = text[at + char.len_utf8()..].chars().next().unwrap_or(' ');
        let before_letter = is_letter(next);
        let (opens, closes) = match char {
            // German closes with it.
            '“' => (
                !behind_letter && !next.is_whitespace() && !matches!(next, ',' | '.' | ';' | ':' | '!' | '?' | ')'),
                true,
            ),
            '«' => (!behind_letter, true),
            '„' | '「' | '『' => (true, false),
            '」' | '』' => (false, true),
            '”' | '»' => (!behind_letter && before_letter, true),
            // Inside of a word it is a Hebrew abbreviation, behind a number an inch.
            _ => (!behind_letter, !(behind_letter && before_letter)),
        };
        out.push(Mark { at, char, opens, closes });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = quoted(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_of_many_countries() {
        check("He said “no” and “never”.", &["“no”", "“never”"]);
        check("He said \"no\" and left.", &["\"no\""]);
        check("Er sagte „nein“ und ging, „doch“ er blieb.", &["„nein“", "„doch“"]);
        check("Er sagte »nein« und ging.", &["»nein«"]);
        check("Il a dit « non » hier.", &["« non »"]);
        check("Hon sade ”nej” och gick.", &["”nej”"]);
        check("彼は「いいえ、『今』だ」と述べた。", &["「いいえ、『今』だ」"]);
        check("他说“不”，走了。", &["“不”"]);
    }

    #[test]
    fn over_paragraphs() {
        check("“One.\n\n“Two.” He left.", &["“One.", "“Two.”"]);
        check("„Eins.\n\nZwei“, sagte er.", &["„Eins.\n\nZwei“"]);
        check("„Eins.\n\nZwei.“ Er ging.", &["„Eins.\n\nZwei.“"]);
        check("“Never closed.\n\nOther words.", &["“Never closed."]);
        check("\"Never closed.\n\n\"Two,\" he said.", &["\"Never closed.", "\"Two,\""]);
        check("“Never closed.\n\nHe said “no” then.", &["“Never closed.", "“no”"]);
    }

    #[test]
    fn no_quotations() {
        check("a 6\" pipe and a 9\" pipe", &[]);
        check("דובר צה\"ל אמר", &[]);
        check("", &[]);
    }
}
