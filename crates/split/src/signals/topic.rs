//! Whether a block speaks of what the text after it, and the text before it, speaks of. A headline shares its words with the
//! paragraphs below it; a teaser shares them with nothing; the first paragraph of another story shares little with what came before.

use super::bucket;
use crate::page::Page;
use crate::topics::Shares;

pub(crate) const NAMES: &[&str] = &[
    "ahead-0",
    "ahead-1",
    "ahead-2",
    "ahead-3",
    "ahead-4",
    "behind-0",
    "behind-1",
    "behind-2",
    "behind-3",
    "behind-4",
    "prose-ahead-0",
    "prose-ahead-1",
    "prose-ahead-2",
    "prose-ahead-3",
    "prose-ahead-4",
    "prose-behind-0",
    "prose-behind-1",
    "prose-behind-2",
    "prose-behind-3",
    "prose-behind-4",
    "heads",
    "trails",
    "alone",
    "next-more",
    "next-much-more",
    "last-more",
    "last-much-more",
    "next-and-last",
];

const LIMITS: [f32; 4] = [0.08, 0.2, 0.34, 0.55];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(Shares { ahead, behind, next, last }) = page.topics.shares[block] else { return };
    let prose = if page.lines[block].is_prose() { 10 } else { 0 };
    on(prose + bucket(ahead, &LIMITS));
    on(prose + 5 + bucket(behind, &LIMITS));
    if prose == 0 {
        if ahead >= 0.34 && ahead > behind + 0.2 {
            on(20);
        } else if behind >= 0.34 && behind > ahead + 0.2 {
            on(21);
        } else if ahead < 0.08 && behind < 0.08 {
            on(22);
        }
    }
    match next - last {
        d if d >= 0.4 => on(24),
        d if d >= 0.15 => on(23),
        d if d <= -0.4 => on(26),
        d if d <= -0.15 => on(25),
        _ if next >= 0.15 => on(27),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::signals::features_of;

    #[test]
    fn a_headline_speaks_of_what_follows() {
        let text =
            "Ferry sails again\nThe ferry to the islands sails again from Monday, said the port.\nRivals eye stadium";
        assert!(features_of("topic", text, 0).contains(&"heads"));
        assert!(features_of("topic", text, 2).contains(&"alone"));
    }
}
