//! Text as it is shown: white space folded, character references resolved, what has no width left out.

use crate::scan::entities::{self, Resolved};

/// Between what was written and what comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    /// A space, but none between two characters of a script that is written without spaces: an end of a line in the source.
    Soft,
    /// A space.
    Space,
}

/// Lines of text, one after the other.
#[derive(Debug)]
pub(crate) struct Lines {
    pub text: String,
    /// Where the line begins that is being written.
    start: usize,
    gap: Gap,
}

impl Lines {
    pub(crate) fn with_capacity(bytes: usize) -> Lines {
        Lines { text: String::with_capacity(bytes), start: 0, gap: Gap::None }
    }

    /// The last character of the open line.
    pub(crate) fn last(&self) -> Option<char> {
        self.text[self.start..].chars().next_back()
    }

    /// The last characters of the open line, backwards.
    pub(crate) fn last_two(&self) -> impl Iterator<Item = char> {
        self.text[self.start..].chars().rev().take(2)
    }

    /// White space in the source, or what looks like it; `has_feed` where a line ends in it.
    pub(crate) fn space(&mut self, has_feed: bool) {
        // an end of a line among spaces takes them with it
        self.gap = if has_feed { Gap::Soft } else { self.gap.max(Gap::Space) };
    }

    /// A space that an end of a line beside it takes with it.
    fn blank(&mut self) {
        if self.gap == Gap::None {
            self.gap = Gap::Space;
        }
    }

    /// Keeps apart what stands in two boxes beside each other.
    pub(crate) fn apart(&mut self) {
        self.gap = self.gap.max(Gap::Soft);
    }

    /// Whether what comes next is kept apart from what was written.
    pub(crate) fn is_apart(&self) -> bool {
        self.gap != Gap::None
    }

    /// The mark with which a quotation begins.
    pub(crate) fn open_quote(&mut self) {
        self.char('“', None);
    }

    /// The mark with which it ends, right behind its last word; nothing where the line ended before it.
    pub(crate) fn close_quote(&mut self) {
        if self.last().is_some() {
            self.text.push('”');
        }
    }

    /// Ends the open line. `None`, and nothing is left of it, where it shows nothing.
    pub(crate) fn end(&mut self) -> Option<std::ops::Range<usize>> {
        self.gap = Gap::None;
        let line = &self.text[self.start..];
        let shows = match line.as_bytes().first() {
            None => false,
            Some(b'!'..=b'~') => true,
            Some(_) => !line.chars().all(is_invisible),
        };
        if !shows {
            self.text.truncate(self.start);
            return None;
        }
        let range = self.start..self.text.len();
        self.text.push_str("\n\n");
        self.start = self.text.len();
        Some(range)
    }

    /// Adds text as it stands in the source.
    pub(crate) fn add(&mut self, mut raw: &str, is_literal: bool) {
        while !raw.is_empty() {
            let run = plain(raw.as_bytes());
            if run > 0 {
                let (text, rest) = raw.split_at(run);
                let inner = text.trim_matches(' ');
                if text.starts_with(' ') {
                    self.blank();
                }
                if !inner.is_empty() {
                    self.bridge(inner);
                    self.text.push_str(inner);
                    if text.ends_with(' ') {
                        self.blank();
                    }
                }
                raw = rest;
                continue;
            }
            raw = self.special(raw, is_literal);
        }
    }

    /// One character that is not copied as it is.
    fn special<'r>(&mut self, raw: &'r str, is_literal: bool) -> &'r str {
        if let Some(rest) = raw.strip_prefix('&') {
            if let Some((resolved, length)) = (!is_literal).then(|| entities::resolve(rest, false)).flatten() {
                match resolved {
                    Resolved::Char(c) => self.char(c, rest[length..].chars().next()),
                    Resolved::Text(text) => text.chars().for_each(|c| self.char(c, None)),
                }
                return &rest[length..];
            }
            self.char('&', None);
            return rest;
        }
        let mut chars = raw.chars();
        let Some(c) = chars.next() else { return "" };
        match c {
            '\n' => self.space(true),
            ' ' | '\t' | '\r' | '\x0c' => self.blank(),
            _ => self.char(c, chars.clone().next()),
        }
        chars.as_str()
    }

    fn char(&mut self, c: char, next: Option<char>) {
        if c.is_whitespace() {
            // of the page's own choice, as a no-break space is: never taken back
            self.gap = Gap::Space;
            return;
        }
        if c.is_control() || matches!(c, '\u{ad}' | '\u{2060}' | '\u{feff}') {
            return;
        }
        // between letters of scripts without spaces this is where a word ends
        if c == '\u{200b}' && !(self.last().is_some_and(is_spaceless) && next.is_some_and(is_spaceless)) {
            return;
        }
        self.bridge(c.encode_utf8(&mut [0; 4]));
        self.text.push(c);
    }

    /// Writes the gap, if one is due before this text.
    #[inline]
    fn bridge(&mut self, next: &str) {
        if self.gap == Gap::None {
            return;
        }
        let is_due = match self.last() {
            None => false,
            Some(last) => self.gap == Gap::Space || !(is_wide(last) && next.chars().next().is_some_and(is_wide)),
        };
        self.gap = Gap::None;
        if is_due {
            self.text.push(' ');
        }
    }
}

/// How many bytes can be copied as they are, apart from spaces at both ends.
fn plain(bytes: &[u8]) -> usize {
    let mut at = 0;
    // sixteen at a time, without branches: the compiler makes vectors of it
    while let (Some(chunk), Some(after)) = (bytes.get(at..at + 16), bytes.get(at + 1..at + 17)) {
        let is_special = chunk.iter().zip(after).fold(false, |found, (&b, &next)| {
            found
                | (b < b' ')
                | (b == b'&')
                | (b == 0x7f)
                | (b == 0xC2)
                | (b == 0xE1)
                | (b == 0xE2)
                | (b == 0xE3)
                | (b == 0xEF)
                | ((b == b' ') & (next == b' '))
        });
        if is_special {
            break;
        }
        at += 16;
    }
    while let Some(&b) = bytes.get(at) {
        let is_special = match b {
            0..b' ' | b'&' | 0x7f | 0xC2 | 0xE1 | 0xE2 | 0xEF => true,
            // kana and Chinese punctuation begin with it, and the ideographic space
            0xE3 => bytes.get(at + 1..at + 3) == Some(&[0x80, 0x80]),
            b' ' => bytes.get(at + 1) == Some(&b' '),
            _ => false,
        };
        if is_special {
            break;
        }
        at += 1;
    }
    at
}

/// White space and what is as invisible: as `copydesk_split::blocks` has it.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\0'..='\x1f' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Chinese characters, kana and their punctuation. Not Hangul, which is written with spaces.
pub(crate) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{312f}' | '\u{31a0}'..='\u{31ff}' | '\u{3300}'..='\u{4dbf}' | '\u{4e00}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// Thai, Lao, Burmese, Khmer.
fn is_spaceless(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, expected: &str) {
        let mut lines = Lines::with_capacity(0);
        lines.add(raw, false);
        let range = lines.end();
        assert_eq!(range.map_or("", |range| &lines.text[range]), expected, "line of {raw:?}");
    }

    #[test]
    fn white_space_is_folded() {
        check("  The \t ferry\n sails\u{a0}&nbsp; again. ", "The ferry sails again.");
        check(
            "a long line of plain text without anything special in it, and  two spaces",
            "a long line of plain text without anything special in it, and two spaces",
        );
        check(" \n&nbsp;\u{200b}&shy;", "");
        check("a\u{2028}b\u{85}c\u{3000}d", "a b c d");
    }

    #[test]
    fn no_spaces_are_put_between_characters_that_take_none() {
        check("港のフェリーは\n  三週間の修理を終えて", "港のフェリーは三週間の修理を終えて");
        check("港 口", "港 口");
        check("한국\n어", "한국 어");
        check("港\nferry\n口", "港 ferry 口");
    }

    #[test]
    fn what_has_no_width_is_left_out() {
        check("har\u{ad}bour\u{200b}side&#8203;\u{feff} \0walk", "harbourside walk");
        // needed to read the word: kept
        check("می\u{200c}خواهم", "می\u{200c}خواهم");
        check("ภาษา\u{200b}ไทย", "ภาษา\u{200b}ไทย");
        check("\u{200f}", "");
    }

    #[test]
    fn references_are_resolved() {
        check("Tide &amp; time &lt; &#8217;s&hellip; A&B", "Tide & time < ’s… A&B");
        check("&nGt; x", "≫\u{20d2} x");
    }
}
