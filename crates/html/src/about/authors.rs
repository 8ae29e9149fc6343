//! Which of the names that a page gives are its authors'.

use copydesk_model::Field;

use super::claims::Claims;
use super::clean::{clean, letters};
use super::titles::Sites;

/// The names in a value as it stands in the source.
pub(super) fn names(value: &str) -> Vec<String> {
    copydesk_text::names(&clean(value)).into_iter().map(str::to_owned).collect()
}

/// Puts people before the site, which signs for them on one page in ten, and takes out names that stand a second time as in an address.
pub(super) fn settle(claims: &mut Claims, sites: &Sites) {
    let names: Vec<(String, Vec<u8>)> =
        claims.of(Field::Author).map(|claim| (claim.value.clone(), letters(&claim.value))).collect();
    claims.all.retain(|claim| {
        let is_slug = claim.field == Field::Author && claim.value.contains(['-', '_']) && !claim.value.contains(' ');
        !is_slug || !names.iter().any(|(name, key)| name.contains(' ') && *key == letters(&claim.value))
    });
    for claim in claims.all.iter_mut().filter(|claim| claim.field == Field::Author) {
        if sites.is_exactly(&claim.value) {
            claim.rank = claim.rank.saturating_add(64);
        }
    }
}
