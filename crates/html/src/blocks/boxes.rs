//! Which elements are boxes of their own, whatever their names say.

use copydesk_model::Tag;

use super::Layout;
use super::looks::Looks;
use crate::scan::names::{BLOCK, UNSEEN};
use crate::scan::{Attribute, Name, Node};

/// Bytes of the longest headline, with some room: 1,400 real ones have 190 at most.
const MOST_HEADLINE: u32 = 250;

impl Layout<'_> {
    /// Elements that pages define themselves are boxes of their own, unless text stands right beside them.
    pub(super) fn stands_alone(&self, node: &Node, tag: Tag) -> bool {
        let is_text_behind = node.next < self.stream.len() && {
            let behind = self.stream.node(node.next);
            behind.is_text() && behind.parent == node.parent
        };
        let in_text = tag == Tag::Paragraph || tag.is_heading();
        !in_text && !is_text_behind && self.lines.last().is_none()
    }

    /// Two boxes in a line with nothing between their tags: pages keep them apart by looks. In a paragraph they are one word.
    pub(super) fn stands_apart(&self, at: u32, node: &Node, looks: Looks, tag: Tag) -> bool {
        if tag == Tag::Paragraph || at == 0 || !matches!(node.name, Name::A | Name::SPAN | Name::TIME) {
            return false;
        }
        // the sibling before ended right here
        let before = self.stream.node(at - 1);
        let mut beside = if before.is_text() { before.parent } else { at - 1 };
        loop {
            let sibling = self.stream.node(beside);
            if sibling.is_text() || sibling.next != at || sibling.parent == beside {
                return false;
            }
            if sibling.parent == node.parent {
                break;
            }
            beside = sibling.parent;
        }
        let Some(sibling) = self.stream.element(beside) else { return false };
        match node.name {
            Name::A => sibling.name() == Name::A,
            name => {
                (looks.has_class || name == Name::TIME)
                    && (sibling.has(Attribute::CLASS) || sibling.name() == Name::TIME)
            }
        }
    }

    /// Whether an element holds words of one line: not one that was never closed, and has the rest of the page in it.
    pub(super) fn is_phrase(&self, at: u32, end: u32) -> bool {
        let mut breaks = 0;
        end <= at + 200
            && (at + 1..end).map(|at| self.stream.node(at)).filter(|node| !node.is_text()).all(|node| {
                breaks += u32::from(node.name == Name::BR);
                breaks < 2 && !node.name.is(BLOCK)
            })
    }

    /// Whether what a `summary` opens has running text in its first hundred nodes.
    pub(super) fn opens_prose(&self, summary: &Node) -> bool {
        let around = self.stream.node(summary.parent);
        around.name == Name::DETAILS && self.prose_between(summary.next, around.next.min(summary.next + 100)) > 0
    }

    /// Whether an element holds no more text than a headline has.
    pub(super) fn is_line(&self, at: u32, end: u32) -> bool {
        let nodes = (at + 1..end).map(|at| self.stream.node(at)).filter(|node| node.is_text());
        end <= at + 60 && nodes.map(|node| node.end - node.start).sum::<u32>() <= MOST_HEADLINE
    }

    /// Whether each cell of a row holds one line at most. Looks no further than the row's first hundred nodes.
    pub(super) fn is_row(&self, at: u32, end: u32) -> bool {
        let (mut lines, mut cells, mut cell) = (0, 0, None);
        let mut bytes = 0;
        let last = end.min(at + 400);
        let mut node_at = at + 1;
        while node_at < last {
            let node = self.stream.node(node_at);
            node_at += 1;
            if node.is_text() {
                bytes += (node.end - node.start) as usize;
                lines = lines.max(1);
                if bytes > self.limits.cell {
                    return false;
                }
                continue;
            }
            match node.name {
                Name::TD | Name::TH => {
                    cells += u32::from(lines > 0);
                    (lines, bytes, cell) = (0, 0, Some(node_at));
                }
                Name::P | Name::DIV | Name::CENTER if lines > 0 => return false,
                Name::P | Name::DIV | Name::CENTER => {}
                Name::BR => lines += u32::from(lines > 0),
                name if name.is(UNSEEN) => node_at = node.next,
                Name::TR => {}
                name if name.is(BLOCK) => return false,
                _ => {}
            }
            // a second line of a few words is still a row: a name and what it is of
            if lines > 3 {
                return false;
            }
        }
        cells += u32::from(lines > 0);
        cell.is_some() && cells > 1 && end <= at + 400
    }
}
