use std::cell::OnceCell;
use std::ops::Range;

use copydesk_text::{Word, words, words_alike};

use crate::Prepared;
use crate::quoted::quoted;

/// A text with its words, ready to be laid over others: see [`crate::Summary::of`].
#[derive(Clone, Debug)]
pub struct Folded<'t> {
    pub(crate) text: &'t str,
    read: FoldedWords,
}

/// What was read of a text, apart from it: [`Folded::into_words`] gives it, and [`Folded::again`] takes it.
#[derive(Clone, Debug, Default)]
pub struct FoldedWords {
    words: Vec<Word>,
    prepared: Prepared,
    quoted: OnceCell<Vec<Range<usize>>>,
}

impl<'t> Folded<'t> {
    /// Cuts a text into words.
    pub fn new(text: &'t str) -> Self {
        Self::of_words(text, words(text))
    }

    /// The same for a text that is much like another one.
    pub fn near(text: &'t str, other: &Folded<'_>) -> Self {
        Self::of_words(text, words_alike(text, other.text, &other.read.words))
    }

    fn of_words(text: &'t str, words: Vec<Word>) -> Self {
        let prepared = Prepared::of_words(words.iter().map(|word| word.key).collect());
        Self { text, read: FoldedWords { words, prepared, quoted: OnceCell::new() } }
    }

    /// A text that was read before.
    pub fn again(text: &'t str, read: FoldedWords) -> Self {
        Self { text, read }
    }

    /// What was read, without the text.
    pub fn into_words(self) -> FoldedWords {
        self.read
    }

    pub(crate) fn words(&self) -> &[Word] {
        &self.read.words
    }

    pub(crate) fn prepared(&self) -> &Prepared {
        &self.read.prepared
    }

    /// The stretches that stand in quotation marks.
    pub(crate) fn quoted(&self) -> &[Range<usize>] {
        self.read.quoted.get_or_init(|| quoted(self.text))
    }
}
