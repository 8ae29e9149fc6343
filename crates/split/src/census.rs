//! The census: how often a block is seen over all captures, and between what.
//!
//! A block inside a story keeps its neighbours in every capture. Furniture and teasers do not, and at a story's end the left side
//! is constant while the right side varies. Neighbours are the nearest blocks of running text, so that an advertisement between
//! two paragraphs does not part them. What a site prints everywhere stands at many of its URLs, whatever it reads like; a story at its own, and
//! perhaps behind others.

use crate::blocks::RawBlock;
use crate::line::{Ending, ending};

/// What the census learns from one block of one capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The block's hash.
    pub hash: u64,
    /// How many blocks before it the nearest prose block stands; 0 when there is none.
    pub left: u32,
    /// How many blocks after it the nearest prose block stands; 0 when there is none.
    pub right: u32,
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
    /// Whether more than half of its sightings have one and the same neighbour on a side.
    pub settled: bool,
    /// Distinct URLs that hold the block, of the site on which it has most, [`Evidence::URLS`] at most: see [`most_urls`].
    pub urls: u8,
}

impl Evidence {
    /// What the sightings of a block in so many captures come to.
    pub fn of(captures: u32, left: &mut Neighbours, right: &mut Neighbours, urls: u8) -> Self {
        let ((left, left_settled), (right, right_settled)) = (left.counted(), right.counted());
        Self { captures, left, right, settled: left_settled || right_settled, urls }
    }

    /// Neighbours are counted up to here: nothing is decided on more, and sightings of a corpus stay small.
    pub const NEIGHBOURS: u8 = 8;

    /// URLs are counted up to here.
    pub const URLS: u8 = 32;

    /// Whether the block stands between ever other things: it is no evidence that two texts are the same.
    ///
    /// Four distinct neighbours on both sides took false matches between pages made from one template from 32,783 to 0, for two
    /// points of recall. A paragraph of a story that hundreds of papers carry has many neighbours too, as each paper changes
    /// some of them; but most leave them as they were.
    pub fn is_loose(&self) -> bool {
        self.left >= 4 && self.right >= 4 && !self.settled
    }

    /// Whether the block stands all over a site, and between ever other things.
    pub fn is_standing(&self) -> bool {
        self.urls >= 8 && self.is_loose()
    }
}

/// The most distinct URLs of one site among where a block was seen: site and URL, each as a number, in any order. What a site prints on every page
/// stands at as many of its URLs as it was captured at; a story stands at its own, and behind others.
///
/// ```
/// // three captures of one page, and two pages of another site
/// assert_eq!(copydesk_split::most_urls(&mut vec![(1, 7), (1, 7), (2, 3), (1, 7), (2, 4)]), 2);
/// ```
pub fn most_urls(seen: &mut Vec<(u32, u32)>) -> u8 {
    seen.sort_unstable();
    seen.dedup();
    let most = seen.chunk_by(|x, y| x.0 == y.0).map(<[_]>::len).max().unwrap_or(0);
    most.min(Evidence::URLS.into()) as u8
}

/// The neighbours on one side of all sightings of a block.
#[derive(Clone, Debug, Default)]
pub struct Neighbours {
    hashes: Vec<u64>,
}

impl Neighbours {
    /// One sighting more.
    pub fn add(&mut self, hash: u64) {
        self.hashes.push(hash);
    }

    /// Forgets them all and keeps the room.
    pub fn clear(&mut self) {
        self.hashes.clear();
    }

    /// How many distinct ones there are, and whether more than half are one and the same.
    fn counted(&mut self) -> (u8, bool) {
        self.hashes.sort_unstable();
        let (mut distinct, mut most) = (0_u8, 0);
        for same in self.hashes.chunk_by(|x, y| x == y) {
            distinct = distinct.saturating_add(1);
            most = most.max(same.len());
        }
        (distinct.min(Evidence::NEIGHBOURS), 2 * most > self.hashes.len())
    }
}

/// The census's view of a text and its [`blocks`](crate::blocks()): one sighting a block, in order.
pub fn sightings(text: &str, blocks: &[RawBlock]) -> Vec<Sighting> {
    let mut out: Vec<Sighting> = Vec::with_capacity(blocks.len());
    let mut prose = Vec::with_capacity(blocks.len());
    let mut last: Option<usize> = None;
    for (at, block) in blocks.iter().enumerate() {
        let left = last.map_or(0, |last| at - last) as u32;
        out.push(Sighting { hash: block.hash, left, right: 0 });
        let text = block.text.of(text);
        let is_prose = is_prose(text);
        prose.push(is_prose);
        if is_prose {
            last = Some(at);
        }
    }
    let mut next: Option<usize> = None;
    for (at, (sighting, is_prose)) in out.iter_mut().zip(prose).enumerate().rev() {
        sighting.right = next.map_or(0, |next| next - at) as u32;
        if is_prose {
            next = Some(at);
        }
    }
    out
}

/// Hashes of the nearest prose blocks before and after a block of a capture; 0 where there is none.
pub fn neighbours(sightings: &[Sighting], at: usize) -> (u64, u64) {
    let Sighting { left, right, .. } = sightings[at];
    let hash = |at: usize| sightings.get(at).map_or(0, |sighting| sighting.hash);
    (if left == 0 { 0 } else { hash(at - left as usize) }, if right == 0 { 0 } else { hash(at + right as usize) })
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
    fn a_paragraph_that_most_leave_as_it_was_is_not_loose() {
        let of = |left: &[u64], right: &[u64]| {
            let [mut left, mut right] = [left, right].map(|hashes| Neighbours { hashes: hashes.to_vec() });
            Evidence::of(9, &mut left, &mut right, 1)
        };
        let varied = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        let found = of(&varied, &varied);
        assert_eq!((found.left, found.right, found.is_loose()), (8, 8, true));
        let found = of(&[1, 1, 1, 1, 1, 1, 2, 3, 4], &varied);
        assert_eq!((found.left, found.right, found.is_loose()), (4, 8, false));
        assert!(of(&[1, 1, 1, 1, 2, 2, 2, 3, 4], &varied).is_loose());
    }

    #[test]
    fn neighbours_are_the_nearest_prose() {
        let first = "The ferry to the islands will sail again from Monday, the port said.";
        let second = "Repairs had taken three weeks longer than the company first announced.";
        let text = format!("{first}\nAdvertisement\n{second}\n");
        let s = sightings(&text, &crate::blocks(&text));
        let near = |k: usize| (s[k].left, s[k].right);
        assert_eq!([near(0), near(1), near(2)], [(0, 2), (1, 1), (2, 0)]);
        assert_eq!(neighbours(&s, 1), (s[0].hash, s[2].hash));
        assert_eq!(neighbours(&s, 0), (0, s[2].hash));
    }
}
