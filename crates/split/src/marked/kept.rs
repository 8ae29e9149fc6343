//! Which blocks are looked at one by one: runs of links are read as one.

use copydesk_model::{Block, Mark, Role, Tag};

use super::names::{IN_PICTURE, OF_HEADS};
use crate::blocks::RawBlock;
use crate::page::Page;
use crate::{Explained, Reason, Split};

/// Which blocks are looked at one by one. Menus and boards of teasers are long runs of links and make most of many pages: of each such run
/// all but the last block are read as one, and the last one by itself, as it may belong to a head below.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// Positions among all blocks.
    pub at: Vec<u32>,
    /// How many blocks the kept one stands for, itself included.
    pub stands_for: Vec<u32>,
}

/// How a block fits into a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    /// A link, a button, a line of the navigation.
    Item,
    /// A word or two that may stand between items: a count, a price, a label.
    Between,
    None,
}

impl Kept {
    /// Shorter runs are kept whole.
    const RUN: usize = 3;
    /// Longest link of a menu or title of a teaser, other line of it, and line between them; in bytes.
    const LINK: usize = 120;
    const LINE: usize = 60;
    const BETWEEN: usize = 32;

    pub(crate) fn of(blocks: &[RawBlock], marks: &[Mark]) -> Kept {
        let mut kept = Kept { at: Vec::with_capacity(blocks.len()), stands_for: Vec::with_capacity(blocks.len()) };
        let mut at = 0;
        while at < blocks.len() {
            let (mut end, mut next) = (at, at);
            // a run begins and ends with an item, and no two lines between items follow each other
            while next < blocks.len() {
                match Kept::fit(&blocks[next], &marks[next]) {
                    Fit::Item => end = next + 1,
                    Fit::Between if end == next && next > at => {}
                    _ => break,
                }
                next += 1;
            }
            if end - at >= Kept::RUN {
                kept.push(at, end - at - 1);
                kept.push(end - 1, 1);
                at = end;
            } else {
                let one = (end - at).max(1);
                (at..at + one).for_each(|k| kept.push(k, 1));
                at += one;
            }
        }
        kept
    }

    fn push(&mut self, at: usize, stands_for: usize) {
        self.at.push(at as u32);
        self.stands_for.push(stands_for as u32);
    }

    #[inline]
    fn fit(block: &RawBlock, mark: &Mark) -> Fit {
        let length = block.text.len();
        if length > Kept::LINK
            || mark.echoes != 0
            || mark.within & IN_PICTURE != 0
            || mark.near & OF_HEADS != 0
            || matches!(mark.tag, Tag::Heading1 | Tag::Caption)
        {
            return Fit::None;
        }
        let is_line = length <= Kept::LINE && !mark.tag.is_heading();
        if mark.links >= 230
            || (is_line && (mark.tag == Tag::Control || mark.within & const { Mark::within_bit("nav") } != 0))
        {
            Fit::Item
        } else if length <= Kept::BETWEEN && matches!(mark.tag, Tag::Plain | Tag::Time | Tag::Item) {
            Fit::Between
        } else {
            Fit::None
        }
    }
}

/// Every block of the page: what stands in the middle of a menu is furniture.
pub(crate) fn all_blocks(page: &Page<'_>, mut split: Split) -> Split {
    let Some(marked) = &page.marked else { return split };
    let mut blocks = Vec::with_capacity(marked.all.len());
    for (block, &stands_for) in std::mem::take(&mut split.blocks).into_iter().zip(&marked.kept.stands_for) {
        if stands_for == 1 {
            blocks.push(block);
            continue;
        }
        let at = blocks.len();
        blocks.extend(marked.all[at..at + stands_for as usize].iter().map(|raw| Block {
            span: raw.span,
            text: raw.text,
            hash: raw.hash,
            role: Role::Furniture,
            clipping: None,
        }));
    }
    split.blocks = blocks;
    split.outline = std::mem::take(&mut split.outline).spread(&marked.kept.stands_for);
    split
}

/// The same for what is explained.
pub(crate) fn all_explained(page: &Page<'_>, explained: Vec<Explained>) -> Vec<Explained> {
    let Some(marked) = &page.marked else { return explained };
    let stands_for = |(e, &n): (Explained, &u32)| {
        let e = if n > 1 { Explained { reason: Reason::Menu, ..e } } else { e };
        std::iter::repeat_n(e, n as usize)
    };
    explained.into_iter().zip(&marked.kept.stands_for).flat_map(stands_for).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks what each kept block stands for. Lines in square brackets are links, the rest has no markup.
    fn check(lines: &[&str], expected: &[u32]) {
        let link = |line: &str| line.starts_with('[');
        let marks: Vec<Mark> =
            lines.iter().map(|line| Mark { links: if link(line) { 255 } else { 0 }, ..Mark::default() }).collect();
        let kept = Kept::of(&crate::blocks(&lines.join("\n\n")), &marks);
        assert_eq!(kept.stands_for, expected, "{lines:?}");
    }

    #[test]
    fn runs_of_links_are_read_as_one_but_for_their_last() {
        let text = "The ferry to the islands sails again from Monday.";
        check(&["[Home]", "[Sport]", "[Weather]", "[Imprint]", text], &[3, 1, 1]);
        check(&["[Home]", "[Sport]", text, "[Weather]", "[Imprint]"], &[1, 1, 1, 1, 1]);
        // a count between two items belongs to the run, two of them end it
        check(&["[Home]", "12", "[Sport]", "[Weather]"], &[3, 1]);
        check(&["[Home]", "[Sport]", "12", "13", "[Weather]"], &[1; 5]);
        check(&[text, "12", "[Home]", "[Sport]", "[Weather]", "12"], &[1, 1, 2, 1, 1]);
        check(&[], &[]);
    }
}
