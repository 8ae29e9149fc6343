//! Which of the titles of a page is its story's headline.
//!
//! Where all witnesses agree they are right. Where they do not, people wrote several headlines on purpose: for the page, for search, for
//! sharing. The one that is seen is the headline, unless it holds a kicker that others leave out, or JSON-LD and OpenGraph agree against
//! it. How right that is, and why it cannot be much more so, stands in `docs/decisions/0011-what-a-page-says-of-itself.md`.

use copydesk_model::{Field, Witness};

use super::claims::Claims;
use super::clean::letters;

/// Puts the claim that is the headline first.
pub(super) fn settle(claims: &mut Claims) {
    let Some(winner) = winner(claims) else { return };
    for claim in claims.all.iter_mut().filter(|claim| claim.field == Field::Headline) {
        let key = letters(&claim.value);
        claim.rank = if key == winner { claim.rank / 4 } else { claim.rank.saturating_add(64) };
    }
}

fn winner(claims: &Claims) -> Option<Vec<u8>> {
    let of = |witness: Witness| {
        claims.of(Field::Headline).filter(|claim| claim.witness == witness).min_by_key(|claim| claim.rank)
    };
    let key = |witness: Witness| {
        of(witness).filter(|claim| claim.rank < 60).map(|claim| letters(&claim.value)).filter(|key| !key.is_empty())
    };
    let (seen, ld, og) = (key(Witness::Visible), key(Witness::JsonLd), key(Witness::OpenGraph));
    let title = key(Witness::Title);
    let Some(seen) = seen else {
        return [ld, og, key(Witness::Microdata), key(Witness::Meta), title].into_iter().flatten().next();
    };
    let others = [&ld, &og, &title];
    let agree = |value: &Vec<u8>| others.iter().filter(|other| other.as_ref() == Some(value)).count();
    // A heading that holds a kicker as well, or the name of the series: two say without it, or one whose words are all the rest.
    for other in others.into_iter().flatten() {
        let is_part = other.len() < seen.len()
            && other.len() >= 12
            && (seen.ends_with(other) || seen.starts_with(other) && agree(other) >= 2);
        if is_part && agree(&seen) == 0 {
            return Some(other.clone());
        }
    }
    match (&ld, &og) {
        (Some(ld), Some(og)) if ld == og && agree(&seen) == 0 => Some(ld.clone()),
        _ => Some(seen),
    }
}
