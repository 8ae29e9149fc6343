//! Who made a picture, where a part of its caption says so by its class.

use copydesk_model::{Field, Mark, Tag, Witness};

use super::Lines;
use crate::about::claims::Claims;
use crate::about::clean::clean;
use crate::scan::{Attribute, Element};
use crate::words::Memo;

/// What a maker of a picture is called in classes.
const MAKER: u64 = Mark::word_bit("credit") | Mark::word_bit("byline");
const FIGURE: u32 = Mark::within_bit("figure");
const FIGCAPTION: u32 = Mark::within_bit("figcaption");
/// Captions that are looked at, nodes of each, and bytes of a credit.
const MOST: usize = 64;
const MOST_NODES: u32 = 40;
const LONGEST: usize = 120;

/// Claims the makers that captions name.
pub(super) fn credits(memo: &mut Memo, lines: Lines<'_>, claims: &mut Claims) {
    let stream = lines.stream;
    let is_caption = |mark: &Mark| {
        mark.tag == Tag::Caption || mark.within & FIGCAPTION != 0 || (mark.within & FIGURE != 0 && mark.links < 128)
    };
    let captions = (0..lines.marks.len()).filter(|&at| is_caption(&lines.marks[at]));
    for at in captions.take(MOST) {
        let (block, source) = (lines.nodes[at], lines.marks[at].source);
        let Some(around) = stream.element(block) else { continue };
        let nodes = block + 1..around.end().min(block + MOST_NODES);
        let inside =
            nodes.filter(|&node| (source.start.saturating_sub(512)..source.end).contains(&stream.node(node).start));
        for element in inside.filter_map(|node| stream.element(node)).filter(|element| is_maker(*element, memo)) {
            let text = clean(&element.text());
            if (2..=LONGEST).contains(&text.len()) && lines.line(at).contains(&text) && lines.line(at) != text {
                claims.add(Field::Credit, text, Witness::Visible, 40);
            }
        }
    }
}

fn is_maker(element: Element<'_>, memo: &mut Memo) -> bool {
    element.raw_attributes().any(|(name, value)| {
        matches!(name, Attribute::CLASS | Attribute::ITEMPROP) && memo.read(value).families & MAKER != 0
    })
}
