//! What was read of blocks before: the same paragraph comes back with every capture of its page, and with every copy.
//!
//! Nothing here can be seen in a result: a block that is forgotten is read again.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::hint::black_box;
use std::rc::Rc;

use crate::blocks::RawBlock;
use crate::line::Line;
use crate::signals::{has_opener, is_widget_word, opens_credit, trails_credit, widget_parts};
use crate::states::STATES;
use crate::weights::HIDDEN;

/// Blocks that are kept, about a kilobyte each, and their different words; all are forgotten at once.
const BLOCKS: usize = 1 << 16;
const WORDS: usize = 1 << 19;

/// A block as it was read.
#[derive(Debug)]
pub(crate) struct Known {
    pub line: Line,
    /// Its folded words of [`SHORTEST`] bytes and more, each once, by their numbers in the memo.
    pub tokens: Vec<u32>,
    /// Keys of all its folded words, in order: those of [`copydesk_text::words`].
    pub keys: Vec<u32>,
    pub opens_credit: bool,
    pub trails_credit: bool,
    pub opens_byline: bool,
    pub widget_words: u32,
    /// What its own clues say, once somebody asked.
    pub own: OnceCell<Own>,
}

/// What a block's own clues give it, by the weights of the splitter whose memo this is.
#[derive(Clone, Debug)]
pub(crate) struct Own {
    pub states: [f32; STATES],
    pub hidden: [f32; HIDDEN],
}

impl std::ops::Deref for Known {
    type Target = Line;
    fn deref(&self) -> &Line {
        &self.line
    }
}

/// Shortest word that is looked at, in bytes: shorter ones are on every page and about nothing.
pub(crate) const SHORTEST: u32 = 2;

#[derive(Debug, Default)]
pub(crate) struct Memo {
    /// Blocks that are kept, where it is not [`BLOCKS`].
    most: Option<usize>,
    blocks: HashMap<u64, Rc<Known>, BuildHasherDefault<Passed>>,
    /// Every word of the blocks that are kept.
    words: Numbers,
    /// For each word: the last page that held it, in the upper half, and its number there.
    on_page: Vec<u64>,
    page: u32,
    /// Words of the page at hand.
    of_page: u32,
    block: u32,
    hashes: Vec<u64>,
}

impl Memo {
    /// A memo that keeps so many blocks, and those of the page at hand.
    pub(crate) fn of_blocks(most: usize) -> Memo {
        Memo { most: Some(most), ..Memo::default() }
    }

    /// Begins a page: words are numbered anew.
    pub(crate) fn begin(&mut self) {
        let most = self.most.unwrap_or(BLOCKS);
        if self.blocks.len() >= most || self.words.len() >= most.saturating_mul(WORDS / BLOCKS) || self.page == u32::MAX
        {
            *self = Memo { most: self.most, ..Memo::default() };
        }
        self.page += 1;
        self.of_page = 0;
    }

    /// The same for a page that came as HTML: no clue on it asks which words a block shares with others, so none is numbered.
    pub(crate) fn read_of_html(&mut self, block: &RawBlock, text: &str) -> Rc<Known> {
        if let Some(known) = self.blocks.get(&block.hash) {
            return known.clone();
        }
        let text = &*block.folded(text);
        let mut keys = Vec::with_capacity(text.len() / 5 + 1);
        self.hashes.clear();
        let line = Line::read(text, |key, token, bytes| {
            keys.push(key);
            if bytes >= SHORTEST && is_widget_word(token) && !self.hashes.contains(&token) {
                self.hashes.push(token);
            }
        });
        let widget_words = self.hashes.len() as u32;
        self.known(block, text, line, Vec::new(), keys, widget_words)
    }

    /// The block, read now or before.
    pub(crate) fn read(&mut self, block: &RawBlock, text: &str) -> Rc<Known> {
        if let Some(known) = self.blocks.get(&block.hash) {
            return known.clone();
        }
        // by its folded text alone, as its hash is: which capture was read first must not matter
        let text = &*block.folded(text);
        let mut keys = Vec::with_capacity(text.len() / 5 + 1);
        self.hashes.clear();
        self.block = self.block.wrapping_add(1);
        let line = Line::read(text, |key, token, bytes| {
            keys.push(key);
            if bytes >= SHORTEST {
                self.hashes.push(token);
            }
        });
        // In a loop of its own, and each slot once before: what a question waits for memory, all of them wait side by side.
        black_box(self.hashes.iter().fold(0, |all, &token| all ^ self.words.slots[self.words.place(token)].number));
        let (mut tokens, mut widget_words) = (Vec::with_capacity(self.hashes.len()), 0);
        for &token in &self.hashes {
            let slot = self.words.slot(token);
            if std::mem::replace(&mut slot.block, self.block) != self.block {
                tokens.push(slot.number - 1);
                widget_words += u32::from(is_widget_word(token));
            }
        }
        self.on_page.resize(self.words.len(), 0);
        self.known(block, text, line, tokens, keys, widget_words)
    }

    fn known(
        &mut self,
        block: &RawBlock,
        text: &str,
        line: Line,
        tokens: Vec<u32>,
        keys: Vec<u32>,
        widget_words: u32,
    ) -> Rc<Known> {
        let known = Rc::new(Known {
            opens_credit: line.words <= 14.0 && opens_credit(text),
            trails_credit: trails_credit(&line, text),
            opens_byline: has_opener(&line, text),
            widget_words: widget_parts(text) + widget_words,
            own: OnceCell::new(),
            line,
            tokens,
            keys,
        });
        self.blocks.insert(block.hash, known.clone());
        known
    }

    /// The keys of a block's words, if it was read.
    pub(crate) fn words_of(&self, hash: u64) -> Option<&[u32]> {
        self.blocks.get(&hash).map(|known| &known.keys[..])
    }

    /// Appends a block's words by their numbers on the page at hand: from 0, in the order in which they come.
    pub(crate) fn number(&mut self, known: &Known, out: &mut Vec<u32>) {
        let (page, mut next) = (self.page, self.of_page);
        let cells = &mut self.on_page[..];
        // no branch: whether a word is new is nobody's guess
        out.extend(known.tokens.iter().map(|&token| {
            let cell = &mut cells[token as usize];
            let is_new = (*cell >> 32) as u32 != page;
            let number = if is_new { next } else { *cell as u32 };
            *cell = u64::from(page) << 32 | u64::from(number);
            next += u32::from(is_new);
            number
        }));
        self.of_page = next;
    }

    /// How many words the page at hand has.
    pub(crate) fn words_on_page(&self) -> usize {
        self.of_page as usize
    }

    /// The number on the page at hand of a word that stands there.
    pub(crate) fn find_on_page(&self, token: u64) -> Option<u32> {
        let cell = self.on_page[self.words.number(token)? as usize];
        ((cell >> 32) as u32 == self.page).then_some(cell as u32)
    }
}

/// Numbers words by the order of their first appearance.
#[derive(Debug)]
struct Numbers {
    /// A power of two of them, at most half in use.
    slots: Vec<Slot>,
    count: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    token: u64,
    /// One more than the word's number; 0 in a free slot.
    number: u32,
    /// The last block that was read with the word: here, where a look-up has been to memory already.
    block: u32,
}

impl Default for Numbers {
    fn default() -> Self {
        Numbers { slots: vec![Slot::default(); 1 << 12], count: 0 }
    }
}

impl Numbers {
    /// The number of words seen.
    fn len(&self) -> usize {
        self.count as usize
    }

    /// The word's slot, with the next number if it is new.
    #[inline]
    fn slot(&mut self, token: u64) -> &mut Slot {
        let at = match self.find(token) {
            Ok(at) => at,
            Err(mut at) => {
                if self.count as usize * 2 >= self.slots.len() {
                    self.grow();
                    at = self.find(token).unwrap_or_else(|free| free);
                }
                self.count += 1;
                self.slots[at] = Slot { token, number: self.count, block: 0 };
                at
            }
        };
        &mut self.slots[at]
    }

    /// The number of a word that was seen.
    fn number(&self, token: u64) -> Option<u32> {
        self.find(token).ok().map(|at| self.slots[at].number - 1)
    }

    /// The slot where the search for a word begins.
    #[inline]
    fn place(&self, token: u64) -> usize {
        (token.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize & (self.slots.len() - 1)
    }

    /// The slot of a word that was seen, or the free one where it belongs.
    #[inline]
    fn find(&self, token: u64) -> Result<usize, usize> {
        let mask = self.slots.len() - 1;
        let mut at = self.place(token);
        loop {
            let slot = self.slots[at];
            if slot.number == 0 {
                return Err(at);
            }
            if slot.token == token {
                return Ok(at);
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let slots = vec![Slot::default(); self.slots.len() * 2];
        let old = std::mem::replace(&mut self.slots, slots);
        for slot in old.into_iter().filter(|slot| slot.number > 0) {
            if let Err(at) = self.find(slot.token) {
                self.slots[at] = slot;
            }
        }
    }
}

/// A hasher for keys that are hashes already.
#[derive(Default)]
pub(crate) struct Passed(u64);

impl Hasher for Passed {
    fn finish(&self) -> u64 {
        self.0
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_numbered_as_they_come_through_growth() {
        let mut numbers = Numbers::default();
        for k in 0..20_000u64 {
            assert_eq!(numbers.slot(k * 7919).number, k as u32 + 1);
            assert_eq!(numbers.number(k * 7919), Some(k as u32));
            assert_eq!(numbers.number(0), Some(0));
        }
        assert_eq!(numbers.len(), 20_000);
        assert_eq!(numbers.number(1), None);
    }

    #[test]
    fn each_page_numbers_its_words_anew() {
        let mut memo = Memo::default();
        let mut on_page = |text: &str| {
            memo.begin();
            let mut out = Vec::new();
            for block in crate::blocks(text) {
                let known = memo.read(&block, text);
                memo.number(&known, &mut out);
            }
            assert_eq!(memo.words_on_page(), out.iter().max().map_or(0, |&n| n as usize + 1));
            out
        };
        assert_eq!(on_page("the ferry sails\nthe port"), [0, 1, 2, 0, 3]);
        assert_eq!(on_page("the port\nno port sails"), [0, 1, 2, 1, 3]);
    }

    #[test]
    fn the_words_of_a_block_are_those_of_its_text() {
        let text = "“Don’t,” said 1,000 of 港は閉鎖.\tA  b";
        let mut memo = Memo::default();
        memo.begin();
        let block = crate::blocks(text)[0];
        memo.read(&block, text);
        let keys: Vec<u32> = copydesk_text::words(text).iter().map(|word| word.key).collect();
        assert_eq!(memo.words_of(block.hash), Some(&keys[..]));
        assert_eq!(memo.words_of(1), None);
    }
}
