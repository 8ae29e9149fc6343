//! What was read of blocks before: the same paragraph comes back with every capture of its page, and with every copy.
//!
//! Nothing here can be seen in a result: a block that is forgotten is read again.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::rc::Rc;

use crate::blocks::RawBlock;
use crate::line::Line;
use crate::signals::{has_opener, opens_credit, trails_credit, widget_words};
use crate::states::STATES;
use crate::weights::HIDDEN;

/// Blocks that are kept, about 60 MB of them; all are forgotten at once.
const BLOCKS: usize = 1 << 16;

/// A block as it was read.
#[derive(Debug)]
pub(crate) struct Known {
    pub line: Line,
    /// Hashes of its folded words of [`SHORTEST`] bytes and more, each once.
    pub tokens: Vec<u64>,
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
    blocks: HashMap<u64, Rc<Known>, BuildHasherDefault<Passed>>,
    of_block: Numbers,
    /// The words of the page at hand.
    pub of_page: Numbers,
}

impl Memo {
    /// Begins a page: words are numbered anew.
    pub(crate) fn begin(&mut self) {
        if self.blocks.len() >= BLOCKS {
            self.blocks.clear();
        }
        self.of_page.clear();
    }

    /// The block, read now or before.
    pub(crate) fn read(&mut self, block: &RawBlock, text: &str) -> Rc<Known> {
        if let Some(known) = self.blocks.get(&block.hash) {
            return known.clone();
        }
        // by its folded text alone, as its hash is: which capture was read first must not matter
        let text = &*block.folded(text);
        let mut tokens = Vec::with_capacity(text.len() / 6 + 1);
        self.of_block.clear();
        let line = Line::read(text, |token, bytes| {
            if bytes >= SHORTEST && self.of_block.number(token) as usize == tokens.len() {
                tokens.push(token);
            }
        });
        let known = Rc::new(Known {
            opens_credit: line.words <= 14.0 && opens_credit(text),
            trails_credit: trails_credit(&line, text),
            opens_byline: has_opener(&line, text),
            widget_words: widget_words(&tokens, text),
            own: OnceCell::new(),
            line,
            tokens,
        });
        self.blocks.insert(block.hash, known.clone());
        known
    }
}

/// Numbers words by the order of their first appearance. Small enough for the nearest cache, and cleared by a stamp.
#[derive(Debug)]
pub(crate) struct Numbers {
    /// A power of two of them, at most half in use.
    slots: Vec<Slot>,
    stamp: u32,
    count: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    token: u64,
    stamp: u32,
    number: u32,
}

impl Default for Numbers {
    fn default() -> Self {
        Numbers { slots: vec![Slot::default(); 1 << 10], stamp: 1, count: 0 }
    }
}

impl Numbers {
    /// Forgets all words.
    pub(crate) fn clear(&mut self) {
        self.count = 0;
        self.stamp = self.stamp.wrapping_add(1);
        if self.stamp == 0 {
            *self = Numbers::default();
        }
    }

    /// The number of words seen.
    pub(crate) fn len(&self) -> usize {
        self.count as usize
    }

    /// The word's number, the next one if it is new.
    #[inline]
    pub(crate) fn number(&mut self, token: u64) -> u32 {
        match self.find(token) {
            Ok(number) => number,
            Err(mut at) => {
                if self.count as usize * 2 >= self.slots.len() {
                    self.grow();
                    at = self.find(token).err().unwrap_or(0);
                }
                let number = self.count;
                self.slots[at] = Slot { token, stamp: self.stamp, number };
                self.count += 1;
                number
            }
        }
    }

    /// The number of a word that was seen, or the free slot where it belongs.
    #[inline]
    pub(crate) fn find(&self, token: u64) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let mut at = (token.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot.stamp != self.stamp {
                return Err(at);
            }
            if slot.token == token {
                return Ok(slot.number);
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let slots = vec![Slot::default(); self.slots.len() * 4];
        let old = std::mem::replace(&mut self.slots, slots);
        for slot in old.into_iter().filter(|slot| slot.stamp == self.stamp) {
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
    fn words_are_numbered_as_they_come_through_growth_and_clearing() {
        let mut numbers = Numbers::default();
        for round in 0..3 {
            for k in 0..5000u64 {
                let token = k * 7919 + round;
                assert_eq!(numbers.number(token), k as u32);
                assert_eq!(numbers.number(round), 0);
            }
            assert_eq!(numbers.count, 5000);
            numbers.clear();
        }
    }
}
