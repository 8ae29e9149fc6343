//! The census: how often a block is seen over all captures, and between what.
//!
//! A block inside a story keeps its neighbours in every capture. Furniture and teasers do not, and at a story's end the left side
//! is constant while the right side varies. Neighbours are the nearest blocks of running text, so that an advertisement between
//! two paragraphs does not part them.

use crate::blocks::RawBlock;
use crate::line::{Ending, ending};

/// What the census learns from one block of one capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The block's hash.
    pub hash: u64,
    /// Hash of the nearest prose block before it; 0 when there is none.
    pub left: u64,
    /// Hash of the nearest prose block after it; 0 when there is none.
    pub right: u64,
}

/// What the census knows of a block. The default says that it knows nothing, as of a block that stands in one capture alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Distinct captures that hold the block.
    pub captures: u32,
    /// Distinct left neighbours, [`Evidence::NEIGHBOURS`] at most.
    pub left: u8,
    /// Distinct right neighbours, [`Evidence::NEIGHBOURS`] at most.
    pub right: u8,
}

impl Evidence {
    /// Neighbours are counted up to here: DESIGN's census keeps 8, and nothing is decided on more.
    pub const NEIGHBOURS: u8 = 8;

    /// Whether the block stands between ever other things: it is no evidence that two texts are the same.
    ///
    /// Four distinct neighbours on both sides took false matches between pages made from one template from 32,783 to 0, for two
    /// points of recall.
    pub fn is_loose(&self) -> bool {
        self.left >= 4 && self.right >= 4
    }
}

/// The census's view of a text and its [`blocks`](crate::blocks()): one sighting a block, in order.
pub fn sightings(text: &str, blocks: &[RawBlock]) -> Vec<Sighting> {
    let mut out: Vec<Sighting> = Vec::with_capacity(blocks.len());
    let mut prose = Vec::with_capacity(blocks.len());
    let mut left = 0;
    for block in blocks {
        out.push(Sighting { hash: block.hash, left, right: 0 });
        let text = block.text.of(text);
        let is_prose = is_prose(text);
        prose.push(is_prose);
        if is_prose {
            left = block.hash;
        }
    }
    let mut right = 0;
    for (sighting, is_prose) in out.iter_mut().zip(prose).rev() {
        sighting.right = right;
        if is_prose {
            right = sighting.hash;
        }
    }
    out
}

/// Whether a text of this length reads as running text: told by its length in bytes and its end, as this is asked of every block
/// of every capture.
fn is_prose(text: &str) -> bool {
    const SENTENCE: usize = 56;
    const LINE: usize = 150;
    text.len() >= LINE
        || (text.len() >= SENTENCE && matches!(ending(text), Ending::Sentence | Ending::Quote | Ending::Colon))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_the_nearest_prose() {
        let first = "The ferry to the islands will sail again from Monday, the port said.";
        let second = "Repairs had taken three weeks longer than the company first announced.";
        let text = format!("{first}\nAdvertisement\n{second}\n");
        let s = sightings(&text, &crate::blocks(&text));
        assert_eq!((s[0].left, s[0].right), (0, s[2].hash));
        assert_eq!((s[1].left, s[1].right), (s[0].hash, s[2].hash));
        assert_eq!((s[2].left, s[2].right), (s[0].hash, 0));
    }
}
