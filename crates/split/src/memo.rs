//! What was read of blocks before: the same paragraph comes back with every capture of its page, and with every copy.
//!
//! Nothing here can be seen in a result: a block that is forgotten is read again.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::collections::hash_map::IntoValues;
use std::hash::{BuildHasherDefault, Hasher};
use std::hint::black_box;
use std::rc::Rc;

use crate::blocks::RawBlock;
use crate::line::Line;
use crate::signals::{has_opener, opens_credit, trails_credit, widget_parts, widget_words};
use crate::states::STATES;
use crate::weights::HIDDEN;

/// Blocks that are kept, about a kilobyte each.
const BLOCKS: usize = 1 << 16;
/// Of forgotten blocks so many are let go of for each block that is kept: all of them at once would take 10 ms of one page's time.
const LET_GO: usize = 4;
/// From so many blocks on there is room for all, as moving thousands of them into a larger table would be one page's to pay for as well.
const MANY: usize = 1 << 10;

/// A block as it was read.
#[derive(Debug)]
pub(crate) struct Known {
    pub line: Line,
    /// Its folded words of [`SHORTEST`] bytes and more, each once.
    pub tokens: Vec<u64>,
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
    blocks: Blocks,
    /// Those that were kept and are forgotten.
    forgotten: IntoValues<u64, Rc<Known>>,
    /// Blocks of the page at hand that are not kept: no other page has them.
    of_page: Blocks,
    /// The words of the page at hand.
    words: Numbers,
    hashes: Vec<u64>,
}

/// Blocks by their hashes.
type Blocks = HashMap<u64, Rc<Known>, BuildHasherDefault<Passed>>;

/// What is left of a block's words when it is read.
struct Words {
    line: Line,
    tokens: Vec<u64>,
    keys: Vec<u32>,
    widget_words: u32,
}

impl Memo {
    /// A memo that keeps so many blocks, and those of the page at hand.
    pub(crate) fn of_blocks(most: usize) -> Memo {
        Memo { most: Some(most), ..Memo::default() }
    }

    /// Begins a page: words are numbered anew.
    pub(crate) fn begin(&mut self) {
        let most = self.most.unwrap_or(BLOCKS);
        if self.blocks.len() >= most {
            self.forgotten = std::mem::take(&mut self.blocks).into_values();
        }
        if self.blocks.len() >= MANY {
            self.blocks.reserve(most.saturating_sub(self.blocks.len()));
        }
        self.of_page.clear();
        self.words.begin();
    }

    /// Asks memory for the blocks that are known, all of them at once: one after the other each would be waited for.
    pub(crate) fn fetch(&self, blocks: &[RawBlock]) {
        if !self.blocks.is_empty() {
            let firsts = blocks.iter().filter_map(|block| self.blocks.get(&block.hash)?.tokens.first());
            black_box(firsts.fold(0, |all, token| all ^ token));
        }
    }

    /// A block of a page that came as HTML, read now or before: no clue on it asks which words a block shares with others, so none is
    /// numbered. It is kept for other pages if it `returns`.
    pub(crate) fn read_of_html(&mut self, block: &RawBlock, text: &str, returns: bool) -> Rc<Known> {
        if let Some(known) = self.known(block.hash) {
            return known.clone();
        }
        let text = &*block.folded(text);
        let mut keys = Vec::with_capacity(text.len() / 5 + 1);
        self.hashes.clear();
        let widgets = widget_words();
        let line = Line::read(text, |key, token, bytes| {
            keys.push(key);
            if bytes >= SHORTEST && widgets.hold(token) && !self.hashes.contains(&token) {
                self.hashes.push(token);
            }
        });
        let widget_words = self.hashes.len() as u32;
        self.keep(block, text, Words { line, tokens: Vec::new(), keys, widget_words }, returns)
    }

    /// A block, read now or before; appends its words by their numbers on the page at hand: from 0, in the order in which they come.
    /// It is kept for other pages if it `returns`.
    pub(crate) fn read(&mut self, block: &RawBlock, text: &str, returns: bool, out: &mut Vec<u32>) -> Rc<Known> {
        if let Some(known) = self.known(block.hash).cloned() {
            out.extend(known.tokens.iter().map(|&token| self.words.number(token)));
            return known;
        }
        // by its folded text alone, as its hash is: which capture was read first must not matter
        let text = &*block.folded(text);
        let mut keys = Vec::with_capacity(text.len() / 5 + 1);
        let (mut tokens, mut in_widgets) = (Vec::with_capacity(text.len() / 6 + 1), 0);
        let widgets = widget_words();
        self.words.begin_block();
        let line = Line::read(text, |key, token, bytes| {
            keys.push(key);
            if bytes >= SHORTEST
                && let Some(number) = self.words.number_once(token)
            {
                out.push(number);
                tokens.push(token);
                in_widgets += u32::from(widgets.hold(token));
            }
        });
        self.keep(block, text, Words { line, tokens, keys, widget_words: in_widgets }, returns)
    }

    fn keep(&mut self, block: &RawBlock, text: &str, words: Words, returns: bool) -> Rc<Known> {
        let Words { line, tokens, keys, widget_words } = words;
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
        self.forgotten.by_ref().take(LET_GO).for_each(drop);
        let to = if returns { &mut self.blocks } else { &mut self.of_page };
        to.insert(block.hash, known.clone());
        known
    }

    fn known(&self, hash: u64) -> Option<&Rc<Known>> {
        self.blocks.get(&hash).or_else(|| self.of_page.get(&hash))
    }

    /// The keys of a block's words, if it was read.
    pub(crate) fn words_of(&self, hash: u64) -> Option<&[u32]> {
        self.known(hash).map(|known| &known.keys[..])
    }

    /// How many words the page at hand has.
    pub(crate) fn words_on_page(&self) -> usize {
        self.words.count as usize
    }

    /// The number on the page at hand of a word that stands there.
    pub(crate) fn find_on_page(&self, token: u64) -> Option<u32> {
        self.words.get(token)
    }
}

/// Numbers the words of a page by the order of their first appearance. A page's words fit into the fastest memory; those of all pages
/// would be waited for.
#[derive(Debug)]
struct Numbers {
    /// A power of two of them, at most half in use.
    slots: Vec<Slot>,
    /// Stamps of the page at hand begin with this one; slots with an older one are free.
    page: u32,
    /// The stamp of the block at hand: no other block of this page or another has it.
    block: u32,
    /// How many words the page has.
    count: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    token: u64,
    /// That of the last block that asked for the word once, or in which it first stood.
    stamp: u32,
    number: u32,
}

impl Default for Numbers {
    fn default() -> Self {
        Numbers { slots: vec![Slot::default(); 1 << 11], page: 1, block: 1, count: 0 }
    }
}

impl Numbers {
    /// Begins a page.
    fn begin(&mut self) {
        // No page has so many blocks that stamps run out within it.
        if self.block > u32::MAX / 2 {
            *self = Numbers::default();
        }
        self.begin_block();
        self.page = self.block;
        self.count = 0;
    }

    /// Begins a block of it.
    fn begin_block(&mut self) {
        self.block += 1;
    }

    /// The word's number, the next one if it is new.
    #[inline(always)]
    fn number(&mut self, token: u64) -> u32 {
        let at = self.find(token);
        let slot = self.slots[at];
        if slot.stamp >= self.page { slot.number } else { self.add(token, at) }
    }

    /// The same, if the block at hand was not asked for the word before.
    #[inline(always)]
    fn number_once(&mut self, token: u64) -> Option<u32> {
        let (at, block) = (self.find(token), self.block);
        let slot = &mut self.slots[at];
        if slot.stamp >= self.page {
            return (std::mem::replace(&mut slot.stamp, block) != block).then_some(slot.number);
        }
        Some(self.add(token, at))
    }

    /// The word's number, if it has one.
    fn get(&self, token: u64) -> Option<u32> {
        let slot = self.slots[self.find(token)];
        (slot.stamp >= self.page).then_some(slot.number)
    }

    /// The slot of a word, or the free one where it belongs.
    #[inline(always)]
    fn find(&self, token: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (token.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize & mask;
        loop {
            let slot = &self.slots[at];
            if slot.token == token || slot.stamp < self.page {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    #[inline(always)]
    fn add(&mut self, token: u64, at: usize) -> u32 {
        let number = self.count;
        self.slots[at] = Slot { token, stamp: self.block, number };
        self.count += 1;
        if self.count as usize * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    #[cold]
    fn grow(&mut self) {
        let slots = vec![Slot::default(); self.slots.len() * 2];
        let old = std::mem::replace(&mut self.slots, slots);
        for slot in old.into_iter().filter(|slot| slot.stamp >= self.page) {
            let at = self.find(slot.token);
            self.slots[at] = slot;
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
        for page in 1..3 {
            numbers.begin();
            numbers.begin_block();
            for k in 0..20_000u64 {
                assert_eq!(numbers.number_once(k * 7919 * page), Some(k as u32));
                assert_eq!(numbers.number_once(k * 7919 * page), None);
                assert_eq!(numbers.number(0), 0);
            }
            numbers.begin_block();
            assert_eq!(numbers.number_once(7919 * page), Some(1));
            assert_eq!(numbers.count, 20_000);
            assert_eq!(numbers.get(1), None);
        }
    }

    #[test]
    fn each_page_numbers_its_words_anew() {
        for returns in [true, false] {
            let mut memo = Memo::default();
            let mut on_page = |text: &str| {
                memo.begin();
                let mut out = Vec::new();
                for block in crate::blocks(text) {
                    memo.read(&block, text, returns, &mut out);
                }
                assert_eq!(memo.words_on_page(), out.iter().max().map_or(0, |&n| n as usize + 1));
                assert_eq!(memo.find_on_page(0), None);
                out
            };
            assert_eq!(on_page("the ferry sails\nthe port"), [0, 1, 2, 0, 3]);
            assert_eq!(on_page("the port\nno port sails"), [0, 1, 2, 1, 3]);
            assert_eq!(on_page("no port sails sails\nthe port"), [0, 1, 2, 3, 1]);
        }
    }

    #[test]
    fn the_words_of_a_block_are_those_of_its_text() {
        let text = "“Don’t,” said 1,000 of 港は閉鎖.\tA  b";
        let keys: Vec<u32> = copydesk_text::words(text).iter().map(|word| word.key).collect();
        let block = crate::blocks(text)[0];
        for returns in [true, false] {
            let mut memo = Memo::default();
            memo.begin();
            memo.read(&block, text, returns, &mut Vec::new());
            assert_eq!(memo.words_of(block.hash), Some(&keys[..]));
            assert_eq!(memo.words_of(1), None);
            memo.begin();
            assert_eq!(memo.words_of(block.hash).is_some(), returns);
        }
    }
}
