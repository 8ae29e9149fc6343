//! The places a block can take on a page, and which may follow which.

/// Where a block stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    /// Between clippings.
    Outside,
    /// The first headline of a clipping.
    Headline,
    /// Between the headline and the body: captions, byline, date, the headline again.
    Head,
    /// A paragraph of the body.
    Body,
    /// Between two paragraphs of a body and no part of it: an advertisement, a caption, a teaser.
    Inset,
}

/// Number of states.
pub(crate) const STATES: usize = 5;

impl State {
    /// Every state, in the order of its number.
    pub const ALL: [State; STATES] = [State::Outside, State::Headline, State::Head, State::Body, State::Inset];
}

use State::{Body, Head, Headline, Inset, Outside};

/// Number of transitions.
pub(crate) const TRANSITIONS: usize = 13;

/// What may follow what. A head without a body, an inset without a paragraph after it, two headlines in a row: none of these is
/// here, so no decision between blocks can make one.
pub(crate) const TRANSITION: [(State, State); TRANSITIONS] = [
    (Outside, Outside),
    (Outside, Headline),
    (Outside, Body),
    (Headline, Head),
    (Headline, Body),
    (Head, Head),
    (Head, Body),
    (Body, Body),
    (Body, Inset),
    (Body, Outside),
    (Body, Headline),
    (Inset, Inset),
    (Inset, Body),
];

/// Whether a page may end in the state.
pub(crate) fn may_end(state: State) -> bool {
    matches!(state, Outside | Body)
}

/// Some states as a set of bits.
pub(crate) fn set(states: &[State]) -> u8 {
    states.iter().fold(0, |bits, &s| bits | 1 << s as u8)
}

/// The first and the last block of each clipping.
pub(crate) fn extents(states: &[State]) -> Vec<(usize, usize)> {
    let mut extents: Vec<(usize, usize)> = Vec::new();
    let mut inside = false;
    for (at, state) in states.iter().enumerate() {
        if *state == Outside {
            inside = false;
        } else if *state == Headline || !inside {
            extents.push((at, at));
            inside = true;
        } else if let Some(last) = extents.last_mut() {
            last.1 = at;
        }
    }
    extents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_begins_a_clipping_and_so_does_what_stands_behind_a_gap() {
        let states = [Body, Inset, Body, Outside, Headline, Body, Headline, Head, Body, Outside, Outside, Body];
        assert_eq!(extents(&states), [(0, 2), (4, 5), (6, 8), (11, 11)]);
        assert_eq!(extents(&[Outside; 3]), []);
    }
}
