//! Date lines: when the story was published, and when it was changed.

use std::ops::Range;

use copydesk_model::{Field, Mark, Witness};
use copydesk_text::{Habits, Stamp, says_changed};

use super::{LONGEST, Lines};
use crate::about::claims::Claims;

/// Claims the dates of the lines near the heading, those behind it first.
pub(super) fn dates(
    lines: Lines<'_>,
    near: Range<usize>,
    heading: Option<usize>,
    habits: Habits<'_>,
    claims: &mut Claims,
) {
    let marked = |at: &usize| (lines.marks[*at].near | lines.marks[*at].far) & const { Mark::word_bit("date") } != 0;
    // Behind the heading first: what stands before it may be today's date.
    let middle = heading.unwrap_or(near.start);
    let order = (middle..near.end).chain((near.start..middle).rev());
    for at in order {
        let line = lines.line(at);
        if line.len() > LONGEST && Some(at) != heading {
            continue;
        }
        let rank = match (marked(&at), at >= middle, heading.is_some()) {
            (true, _, true) => 40,
            (false, true, true) => 44,
            (true, _, false) => 50,
            _ => 56,
        };
        seen(line, || changed_before(lines, at), rank, habits, claims);
    }
    // Some pages date their stories at the end.
    if claims.of(Field::Published).all(|claim| claim.witness != Witness::Visible) {
        for at in (near.end..lines.marks.len()).filter(marked).take(6) {
            if lines.line(at).len() <= LONGEST {
                seen(lines.line(at), || changed_before(lines, at), 58, habits, claims);
            }
        }
    }
}

/// Whether the line before this one says, and says no more, that what follows is the time of a change: `Updated:`.
pub(super) fn changed_before(lines: Lines<'_>, at: usize) -> bool {
    /// Longest such line, in bytes.
    const LABEL: usize = 24;
    let Some(before) = at.checked_sub(1).map(|before| lines.line(before)) else { return false };
    before.len() <= LABEL && !before.contains(char::is_numeric) && says_changed(before)
}

/// Claims the dates of a line: the day of publication, and that of a change where the words before it say so, or for the first one the line before.
fn seen(line: &str, changed: impl Fn() -> bool, rank: u8, habits: Habits<'_>, claims: &mut Claims) {
    let mut rest = line;
    for number in 0..3 {
        let Some((stamp, span)) = Stamp::seen(rest, habits) else { return };
        let is_change = says_changed(&rest[..span.start]) || (number == 0 && span.start == 0 && changed());
        let field = if is_change { Field::Modified } else { Field::Published };
        claims.add(field, stamp.to_string(), Witness::Visible, rank);
        rest = &rest[span.end..];
    }
}
