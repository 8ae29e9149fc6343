//! Formatting elements, which go on from one block to the next until they are closed.

use super::Builder;
use crate::scan::names::{FORMATTING, Name, UNSEEN};

/// Formatting that is still open is opened again in every block that follows; as browsers do, this is not done for ever.
const MOST_FORMATTING: usize = 32;
/// The same of one name: the standard's "Noah's Ark".
const MOST_ALIKE: usize = 3;

/// An entry of the list of active formatting elements; a marker has no name.
pub(super) struct Active {
    pub(super) name: Option<Name>,
    pub(super) node: u32,
    /// Where it is open: its own place, or, where its own block has closed, that of the first element that it was opened around again.
    pub(super) place: u32,
    /// The node in that place, if it is still open there.
    pub(super) around: u32,
}

impl Builder<'_, '_> {
    /// The innermost active formatting element of this name.
    pub(super) fn active(&self, name: Name) -> Option<usize> {
        let since = self.formatting.iter().rev().take_while(|active| active.name.is_some());
        let back = since.enumerate().find(|(_, active)| active.name == Some(name)).map(|(back, _)| back)?;
        Some(self.formatting.len() - 1 - back)
    }

    /// Formatting whose block has closed goes on around what is inline after it.
    #[inline]
    pub(super) fn open_again(&mut self, node: u32, place: u32) {
        for active in self.formatting.iter_mut().rev().take_while(|active| active.name.is_some()) {
            if self.open.get(active.place as usize).is_none_or(|open| open.node != active.around) {
                (active.place, active.around) = (place, node);
            }
        }
    }

    pub(super) fn is_active(&self, node: u32) -> bool {
        self.formatting.iter().rev().take_while(|active| active.name.is_some()).any(|active| active.node == node)
    }

    pub(super) fn activate(&mut self, name: Name, node: u32) {
        let since = self.formatting.iter().rposition(|active| active.name.is_none()).map_or(0, |marker| marker + 1);
        let alike = self.formatting[since..].iter().filter(|active| active.name == Some(name)).count();
        let dropped = if alike >= MOST_ALIKE {
            self.formatting[since..].iter().position(|active| active.name == Some(name)).map(|first| since + first)
        } else {
            (self.formatting.len() - since >= MOST_FORMATTING).then_some(since)
        };
        if let Some(dropped) = dropped {
            let dropped = self.formatting.remove(dropped);
            self.stream.nodes[dropped.node as usize].next = node;
        }
        let place = self.open.len() as u32 - 1;
        self.formatting.push(Active { name: Some(name), node, place, around: node });
    }

    /// Closes formatting: the element ends here. Blocks that were opened in it stay open.
    pub(super) fn deactivate(&mut self, at: usize) {
        let active = self.formatting.remove(at);
        self.stream.nodes[active.node as usize].next = self.stream.nodes.len() as u32;
        let place = active.place;
        match self.open.get_mut(place as usize) {
            Some(open) if open.node == active.around => open.is_closed |= open.node == active.node,
            _ => return,
        }
        // Blocks in it move out of what is inline around them, with all that is in them; what is inline in the last one ends.
        let blocks = self.specials.partition_point(|&special| special < place);
        let mut at = place as usize + 1;
        if active.around != active.node {
            at -= 1;
        }
        for block in blocks..self.specials.len() {
            let block = self.specials[block] as usize;
            let outside = self.open[block].node;
            for open in &mut self.open[at..block] {
                if !open.name.is(FORMATTING) && !open.is_closed {
                    self.stream.nodes[open.node as usize].next = outside;
                    open.is_closed = true;
                    if open.name.is(UNSEEN) {
                        self.space = 0;
                    }
                }
            }
            at = block + 1;
        }
        self.pop_through(if blocks == self.specials.len() { place } else { at as u32 });
    }
}
