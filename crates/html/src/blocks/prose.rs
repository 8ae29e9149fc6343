//! How much running text stands somewhere, in bytes of the source.

use super::Layout;
use crate::scan::Node;
use crate::scan::names::UNSEEN;

impl Layout<'_> {
    /// Bytes of running text between two nodes.
    pub(super) fn prose_between(&self, from: u32, to: u32) -> usize {
        let (mut at, mut bytes) = (from, 0);
        while at < to {
            let node = self.stream.node(at);
            at = if !node.is_text() && node.name.is(UNSEEN) { node.next.max(at + 1) } else { at + 1 };
            if node.is_text() {
                bytes += self.prose(node);
            }
        }
        bytes
    }

    pub(super) fn prose(&self, node: &Node) -> usize {
        let bytes = (node.end - node.start) as usize;
        if bytes < self.limits.prose {
            return 0;
        }
        // lists of addresses and keywords have no spaces, or no words between them; Chinese and Japanese need none
        let text = self.stream.text_of(node).as_bytes();
        let spaces = memchr::memchr_iter(b' ', text).count();
        if spaces * 12 >= bytes || text.iter().filter(|b| !b.is_ascii()).count() * 2 > bytes { bytes } else { 0 }
    }
}
