//! What was read of blocks before: the same paragraph comes back with every capture of its page, and with every copy.
//!
//! Nothing here can be seen in a result: a block that is forgotten is read again.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::rc::Rc;

use crate::blocks::RawBlock;
use crate::line::Line;
use crate::signals::{has_opener, opens_credit, trails_credit};

/// Blocks and words that are kept; about 60 MB at most. Everything is forgotten at once when either is reached.
const BLOCKS: usize = 1 << 16;
const WORDS: usize = 1 << 20;

/// A block as it was read.
#[derive(Debug)]
pub(crate) struct Known {
    pub line: Line,
    /// Its words, each once, as numbers of the memo.
    pub tokens: Vec<u32>,
    pub opens_credit: bool,
    pub trails_credit: bool,
    pub opens_byline: bool,
}

impl std::ops::Deref for Known {
    type Target = Line;
    fn deref(&self) -> &Line {
        &self.line
    }
}

#[derive(Debug, Default)]
pub(crate) struct Memo {
    blocks: HashMap<u64, Rc<Known>, BuildHasherDefault<Passed>>,
    words: HashMap<u64, u32, BuildHasherDefault<Passed>>,
    /// For each word: its length in bytes, the page that it was last seen on, and its number there.
    seen: Vec<Seen>,
    page: u32,
    block: u32,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    bytes: u32,
    page: u32,
    number: u32,
    /// The block that it was last read in.
    block: u32,
}

impl Memo {
    /// Begins a page: words are numbered anew.
    pub(crate) fn begin(&mut self) {
        if self.blocks.len() >= BLOCKS || self.words.len() >= WORDS || self.page.max(self.block) >= u32::MAX / 2 {
            *self = Memo::default();
        }
        self.page += 1;
    }

    /// The block, read now or before.
    pub(crate) fn read(&mut self, block: &RawBlock, text: &str) -> Rc<Known> {
        if let Some(known) = self.blocks.get(&block.hash) {
            return known.clone();
        }
        // by its folded text alone, as its hash is: which capture was read first must not matter
        let text = &*block.folded(text);
        let mut tokens = Vec::with_capacity(text.len() / 6 + 1);
        let line = Line::read(text, |key, bytes| tokens.push(self.word(key, bytes)));
        self.keep_first(&mut tokens);
        let known = Rc::new(Known {
            opens_credit: line.words <= 14.0 && opens_credit(text),
            trails_credit: trails_credit(&line, text),
            opens_byline: has_opener(&line, text),
            line,
            tokens,
        });
        self.blocks.insert(block.hash, known.clone());
        known
    }

    /// Keeps the first of every word.
    fn keep_first(&mut self, words: &mut Vec<u32>) {
        self.block += 1;
        let (seen, block) = (&mut self.seen, self.block);
        words.retain(|&word| std::mem::replace(&mut seen[word as usize].block, block) != block);
    }

    /// The memo's number of a word.
    pub(crate) fn word(&mut self, key: u64, bytes: u32) -> u32 {
        let next = self.seen.len() as u32;
        let number = *self.words.entry(key).or_insert(next);
        if number == next {
            self.seen.push(Seen { bytes, page: 0, number: 0, block: 0 });
        }
        number
    }

    /// The word's number on this page, given by the order of first appearance; `lengths` grows by those that are new.
    pub(crate) fn number(&mut self, word: u32, lengths: &mut Vec<u32>) -> u32 {
        let seen = &mut self.seen[word as usize];
        if seen.page != self.page {
            seen.page = self.page;
            seen.number = lengths.len() as u32;
            lengths.push(seen.bytes);
        }
        seen.number
    }

    /// The word's number on this page if it stands on it.
    pub(crate) fn number_of_key(&self, key: u64) -> Option<u32> {
        let seen = self.seen[*self.words.get(&key)? as usize];
        (seen.page == self.page).then_some(seen.number)
    }
}

/// A hasher for keys that are hashes already.
#[derive(Default)]
pub(crate) struct Passed(u64);

impl Hasher for Passed {
    fn finish(&self) -> u64 {
        // the map takes its position from the low bits and its tag from the high ones; words have 32 bits alone
        self.0 ^ self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(b);
        }
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}
