use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use copydesk_text::{Word, words};
use memchr::memchr;
use xxhash_rust::xxh3::xxh3_64;

use crate::align::heaviest_chain;
use crate::evidence::Run;
use crate::quoted::quoted;

/// A text with its paragraphs, ready to be laid over others: see [`crate::Summary::of`].
#[derive(Clone, Debug)]
pub struct Paragraphs<'t> {
    pub(crate) text: &'t str,
    read: ReadParagraphs,
}

/// What was read of a text, apart from it: [`Paragraphs::into_read`] gives it, and [`Paragraphs::again`] takes it.
#[derive(Clone, Debug, Default)]
pub struct ReadParagraphs {
    all: Vec<Paragraph>,
    quoted: OnceCell<Vec<Range<usize>>>,
}

/// A paragraph that holds text.
#[derive(Clone, Debug)]
pub(crate) struct Paragraph {
    start: u32,
    end: u32,
    hash: u64,
}

impl Paragraph {
    pub(crate) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl<'t> Paragraphs<'t> {
    /// Finds the paragraphs of a text, between which stand blank lines.
    pub fn new(text: &'t str) -> Self {
        let mut start = 0;
        let mut all = Vec::with_capacity(text.len() / 256 + 1);
        for paragraph in at_breaks(text) {
            if !paragraph.trim_start().is_empty() {
                let end = start + paragraph.len();
                all.push(Paragraph { start: start as u32, end: end as u32, hash: xxh3_64(paragraph.as_bytes()) });
            }
            start += paragraph.len() + BREAK.len();
        }
        Self { text, read: ReadParagraphs { all, quoted: OnceCell::new() } }
    }

    /// A text that was read before.
    pub fn again(text: &'t str, read: ReadParagraphs) -> Self {
        Self { text, read }
    }

    /// What was read, without the text.
    pub fn into_read(self) -> ReadParagraphs {
        self.read
    }

    pub(crate) fn all(&self) -> &[Paragraph] {
        &self.read.all
    }

    /// The stretches that stand in quotation marks.
    pub(crate) fn quoted(&self) -> &[Range<usize>] {
        self.read.quoted.get_or_init(|| quoted(self.text))
    }
}

/// The words of paragraphs that were read last: what a version has of its own, the next one has too.
#[derive(Debug, Default)]
pub struct ParagraphWords {
    known: HashMap<u64, (Box<str>, Vec<Word>)>,
    /// How many there are.
    words: usize,
}

impl ParagraphWords {
    /// So many are remembered: those of a few stories.
    const MOST: usize = 1 << 16;

    /// Appends the words of a paragraph of a text.
    pub(crate) fn read(&mut self, text: &str, paragraph: &Paragraph, out: &mut Vec<Word>) {
        let printed = &text[paragraph.range()];
        let start = paragraph.start;
        let mut add = |words: &[Word]| {
            out.extend(words.iter().map(|word| Word { start: word.start + start, end: word.end + start, ..*word }));
        };
        match self.known.get(&paragraph.hash) {
            Some((known, words)) if **known == *printed => add(words),
            _ => {
                let words = words(printed);
                add(&words);
                if self.words > Self::MOST {
                    *self = Self::default();
                }
                self.words += words.len();
                self.known.insert(paragraph.hash, (printed.into(), words));
            }
        }
    }
}

/// A paragraph with fewer bytes is laid on its like only beside others that are: subheads, rules and the lines of widgets may stand anywhere.
const TELLING: u32 = 40;

/// The numbers of the paragraphs that stand in both texts to the letter, in the same order: those that both begin with, those that both end with, of the others the
/// heaviest chain, and what stands beside one of these in both.
pub(crate) fn same(a: &Paragraphs<'_>, b: &Paragraphs<'_>) -> Vec<(usize, usize)> {
    let (all_a, all_b) = (a.all(), b.all());
    let is_same = |x: &Paragraph, y: &Paragraph| x.hash == y.hash && a.text[x.range()] == b.text[y.range()];
    let head = all_a.iter().zip(all_b).take_while(|(x, y)| is_same(x, y)).count();
    let (rest_a, rest_b) = (&all_a[head..], &all_b[head..]);
    let tail = rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(x, y)| is_same(x, y)).count();
    let (middle_a, middle_b) = (&rest_a[..rest_a.len() - tail], &rest_b[..rest_b.len() - tail]);

    let mut same: Vec<(usize, usize)> = (0..head).map(|k| (k, k)).collect();
    let mut places: Vec<(u64, usize)> = middle_a.iter().enumerate().map(|(k, x)| (x.hash, k)).collect();
    places.sort_unstable();
    let (mut found, mut seeds) = (Vec::new(), Vec::new());
    for (k, y) in middle_b.iter().enumerate().filter(|(_, y)| y.end - y.start >= TELLING) {
        let at = places.partition_point(|(hash, _)| *hash < y.hash);
        let Some(&(_, place)) = places.get(at).filter(|(_, place)| is_same(&middle_a[*place], y)) else { continue };
        found.push((head + place, head + k));
        seeds.push(Run { a: middle_a[place].start, b: y.start, len: y.end - y.start });
    }
    let chain = heaviest_chain(&seeds);
    for (at, &k) in chain.iter().enumerate() {
        let (x, y) = found[k];
        let before = same.last().map_or((0, 0), |&(x, y)| (x + 1, y + 1));
        let behind = chain.get(at + 1).map_or((all_a.len() - tail, all_b.len() - tail), |&next| found[next]);
        let back = (before.0..x).rev().zip((before.1..y).rev());
        let back = back.take_while(|&(x, y)| is_same(&all_a[x], &all_b[y])).count();
        same.extend((0..back).rev().map(|k| (x - 1 - k, y - 1 - k)));
        let ahead = (x..behind.0).zip(y..behind.1).take_while(|&(x, y)| is_same(&all_a[x], &all_b[y]));
        same.extend(ahead);
    }
    same.extend((0..tail).rev().map(|k| (all_a.len() - 1 - k, all_b.len() - 1 - k)));
    same
}

/// What stands between two paragraphs.
const BREAK: &str = "\n\n";

/// A text in parts, cut where paragraphs end: what `split("\n\n")` gives, which looks at every byte on its own.
pub(crate) fn at_breaks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = next_break(text);
        rest = end.map(|end| &text[end + BREAK.len()..]);
        Some(&text[..end.unwrap_or(text.len())])
    })
}

/// Where the first paragraph that ends inside a text does.
pub(crate) fn next_break(text: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + memchr(b'\n', &text.as_bytes()[from..])?;
        if text[at + 1..].starts_with('\n') {
            return Some(at);
        }
        from = at + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_are_blank_lines() {
        for text in ["", "\n", "\n\n", "\n\n\n", "a\n\nb", "a\nb\n\n\n\nc", "\n\na\n", "é\n\n\n"] {
            assert!(at_breaks(text).eq(text.split("\n\n")), "{text:?}");
        }
    }

    #[track_caller]
    fn check(a: &str, b: &str, expected: &[(usize, usize)]) {
        // each letter a paragraph that tells something, but for those in lower case
        let text = |letters: &str| {
            let paragraph = |c: char| c.to_string().repeat(if c.is_lowercase() { 1 } else { TELLING as usize });
            letters.chars().map(paragraph).collect::<Vec<_>>().join("\n\n")
        };
        assert_eq!(same(&Paragraphs::new(&text(a)), &Paragraphs::new(&text(b))), expected, "{a} {b}");
    }

    #[test]
    fn paragraphs_that_stand_in_both() {
        check("", "", &[]);
        check("A", "A", &[(0, 0)]);
        check("ABC", "AXC", &[(0, 0), (2, 2)]);
        check("XBY", "ZBW", &[(1, 1)]);
        check("XbY", "ZbW", &[]);
        check("XbAcY", "ZbAcW", &[(1, 1), (2, 2), (3, 3)]);
        check("XAbCY", "ZAdbCW", &[(1, 1), (2, 3), (3, 4)]);
        check("aXb", "aYb", &[(0, 0), (2, 2)]);
        check("AA", "A", &[(0, 0)]);
        check("A", "AA", &[(0, 0)]);
        check("XABY", "ZBAW", &[(2, 1)]);
        check("XAYA", "ZAWA", &[(1, 1), (3, 3)]);
    }

    #[test]
    fn words_that_were_read_before() {
        let (text, mut known) = ("The pier is shut.\n\nThe pier is shut.", ParagraphWords::default());
        let mut found = Vec::new();
        for paragraph in Paragraphs::new(text).all() {
            known.read(text, paragraph, &mut found);
        }
        assert_eq!(found, words(text));
    }
}
