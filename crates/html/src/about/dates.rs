//! Which of the days that a page names is the day of publication.

use copydesk_model::{Field, Witness};
use copydesk_text::{Habits, Stamp};

use super::claims::Claims;

/// Puts the claim first that most kinds of witnesses support, where the most trusted one stands alone.
pub(super) fn settle(claims: &mut Claims) {
    // The best claim of every kind of witness, with its day.
    let mut voices: Vec<(usize, u8, i64)> = Vec::new();
    let mut heard: Vec<(Witness, u8)> = Vec::new();
    for (at, claim) in claims.all.iter().enumerate().filter(|(_, claim)| claim.field == Field::Published) {
        let Some(stamp) = Stamp::of(&claim.value, Habits::default()).filter(|stamp| !stamp.is_month()) else {
            continue;
        };
        match heard.iter().position(|(witness, _)| *witness == claim.witness) {
            Some(voice) if heard[voice].1 <= claim.rank => {}
            Some(voice) => {
                heard[voice].1 = claim.rank;
                voices[voice] = (at, claim.rank, stamp.day_number());
            }
            None => {
                heard.push((claim.witness, claim.rank));
                voices.push((at, claim.rank, stamp.day_number()));
            }
        }
    }
    let Some(&(_, _, leading)) = voices.iter().min_by_key(|voice| voice.1) else { return };
    // A day more or less is a time zone.
    let support = |day: i64| voices.iter().filter(|voice| (voice.2 - day).abs() <= 1).count();
    let best = voices
        .iter()
        .filter(|voice| (voice.2 - leading).abs() > 1)
        .max_by_key(|voice| (support(voice.2), std::cmp::Reverse(voice.1)));
    if let Some(&(at, ..)) = best.filter(|voice| support(voice.2) >= 2 && support(voice.2) > support(leading)) {
        claims.all[at].rank = 0;
        for claim in claims.all.iter_mut().filter(|claim| claim.field == Field::Published) {
            claim.rank = claim.rank.saturating_add(1);
        }
        claims.all[at].rank = 0;
    }
}
