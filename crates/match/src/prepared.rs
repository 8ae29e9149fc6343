use std::ops::Range;

use copydesk_text::{Word, for_each_word};

/// A body ready to be compared: its folded words, without masked paragraphs.
#[derive(Clone, Debug, Default)]
pub struct Prepared {
    pub(crate) words: Vec<u32>,
}

impl Prepared {
    /// Prepares a body whose paragraphs are separated by blank lines. `masked[p]` leaves paragraph `p` out; paragraphs
    /// beyond its end count.
    pub fn new(body: &str, masked: &[bool]) -> Self {
        let mut words = Vec::with_capacity(body.len() / 5);
        each_unmasked(body, masked, |word| words.push(word.key));
        Self { words }
    }

    /// Prepares a body of which the folded words are known: the keys of [`copydesk_text::words`], in order, without those of masked
    /// paragraphs.
    pub fn of_words(words: Vec<u32>) -> Self {
        Self { words }
    }

    /// The words that count: what [`Prepared::of_words`] makes it of again.
    pub fn words(&self) -> &[u32] {
        &self.words
    }

    /// Number of words that count.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is no word that counts.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Where the words that count stand in the body: `spans(..)[k]` belongs to position `k` of anchors and runs.
    pub fn spans(body: &str, masked: &[bool]) -> Vec<Range<usize>> {
        let mut spans = Vec::new();
        each_unmasked(body, masked, |word| spans.push(word.span()));
        spans
    }
}

fn each_unmasked(body: &str, masked: &[bool], mut each: impl FnMut(Word)) {
    if !masked.contains(&true) {
        return for_each_word(body, each);
    }
    let mut offset = 0;
    for (p, paragraph) in body.split("\n\n").enumerate() {
        if !masked.get(p).copied().unwrap_or(false) {
            for_each_word(paragraph, |w| each(Word { start: w.start + offset, end: w.end + offset, ..w }));
        }
        offset += paragraph.len() as u32 + 2;
    }
}
