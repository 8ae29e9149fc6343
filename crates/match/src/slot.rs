use std::collections::HashMap;

use crate::{
    Prepared, Run, Thresholds,
    align::{align, runs_to_the_ends},
};

/// Whether a cluster is one story or the pages of one form with other fillings.
#[derive(Clone, Debug, PartialEq)]
pub struct SlotConsensus {
    /// Share of substitutions at positions where the cluster has no majority word.
    pub share: f64,
    /// Substitutions that were looked at.
    pub substitutions: u32,
    /// Positions of the leader where the cluster has no majority word.
    pub slots: u32,
    /// Whether the cluster is a form: its texts are not one story.
    pub template: bool,
    /// For the leader (first) and each member: index of the text that leads its story. All 0 for one story.
    pub groups: Vec<u32>,
}

/// Looks for slots in a cluster: positions of the leader where the texts have no majority. Copies of one story differ from it
/// each at other places, so that the others outvote each of them; weather reports, results and obituaries of one form
/// all differ at the same places. `members` does not hold the leader, and its order decides who leads a filling.
pub fn slot_consensus(leader: &Prepared, members: &[&Prepared], t: &Thresholds) -> SlotConsensus {
    let mut found =
        SlotConsensus { share: 0.0, substitutions: 0, slots: 0, template: false, groups: vec![0; members.len() + 1] };
    if members.len() + 1 < t.slot_cluster {
        return found;
    }
    let mut votes: HashMap<u32, Vec<u32>> = HashMap::new();
    let sample = &members[..members.len().min(t.slot_sample)];
    for member in sample {
        substitutions(leader, member, t, |position, word| votes.entry(position).or_default().push(word));
    }
    let mut slots: Vec<u32> = Vec::new();
    let mut in_slots = 0;
    let mut positions: Vec<(u32, Vec<u32>)> = votes.into_iter().collect();
    positions.sort_unstable();
    for (position, mut words) in positions {
        found.substitutions += words.len() as u32;
        words.sort_unstable();
        let unchanged = sample.len() + 1 - words.len().min(sample.len());
        let changed = words.chunk_by(|x, y| x == y).map(<[u32]>::len).max().unwrap_or(0);
        if (unchanged.max(changed) as f64) < t.slot_majority * (sample.len() + 1) as f64 {
            in_slots += words.len();
            slots.push(position);
        }
    }
    found.slots = slots.len() as u32;
    if found.substitutions > 0 {
        found.share = in_slots as f64 / f64::from(found.substitutions);
    }
    found.template = found.share >= t.slot_share
        && slots.len() >= t.slots_at_least
        && slots.len() as f64 >= t.slot_density * leader.len() as f64;
    if found.template {
        found.groups = fillings(leader, members, &slots, t);
    }
    found
}

/// The slot of what stands before all that two texts share, and of what stands behind it.
const HEAD: u32 = u32::MAX - 1;
const TAIL: u32 = u32::MAX;

/// Calls `each` with a position of the leader and the member's word there, for words in each other's place; with a number for all of the member's words where they are
/// more or fewer than the leader's, and for those at either end, which are one slot each: papers set their own lines before and behind a story. Returns what both share.
fn substitutions(leader: &Prepared, member: &Prepared, t: &Thresholds, mut each: impl FnMut(u32, u32)) -> Vec<Run> {
    let runs = runs_to_the_ends(leader, member, t);
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return runs };
    let is_small = |gap: &[u32]| !gap.is_empty() && gap.len() <= t.small_gap as usize;
    let as_one = |here: &[u32], there: &[u32]| {
        let both = is_small(here) && is_small(there);
        both.then(|| there.iter().fold(0, |all: u32, word| all.rotate_left(5) ^ word))
    };
    let head = as_one(&leader.words[..first.a as usize], &member.words[..first.b as usize]);
    let ends = ((last.a + last.len) as usize, (last.b + last.len) as usize);
    let tail = as_one(&leader.words[ends.0..], &member.words[ends.1..]);
    for (slot, words) in [(HEAD, head), (TAIL, tail)] {
        words.into_iter().for_each(|words| each(slot, words));
    }
    for pair in runs.windows(2) {
        let (from_a, from_b) = (pair[0].a + pair[0].len, pair[0].b + pair[0].len);
        let here = &leader.words[from_a as usize..pair[1].a as usize];
        let there = &member.words[from_b as usize..pair[1].b as usize];
        if here.len() == there.len() && is_small(here) {
            (from_a..).zip(there).for_each(|(position, word)| each(position, *word));
        } else if let Some(words) = as_one(here, there) {
            each(from_a, words);
        }
    }
    runs
}

/// Whether two texts that are one story by what they share are two fillings of a form, as far as two texts can tell: no number of one stands in the other, and more than
/// numbers gave way, be it the words that both open with. To be asked of texts of different URLs: a page that is written anew each day is one story.
pub fn are_two_fillings(a: &Prepared, b: &Prepared, t: &Thresholds) -> bool {
    let evidence = align(a, b, t);
    let opening = evidence.runs.first().is_some_and(|first| first.a > 0 && first.b > 0);
    evidence.numbers_agree == 0
        && evidence.numbers_differ >= t.slot_numbers
        && evidence.substitutions + u32::from(opening) > evidence.numbers_differ
}

/// How many of the latest fillings a text is compared with, so that a form with a hundred thousand of them stays linear.
const FILLINGS: usize = 256;

/// Groups the texts of a form by what stands in its slots: each joins the first filling that it agrees with.
fn fillings(leader: &Prepared, members: &[&Prepared], slots: &[u32], t: &Thresholds) -> Vec<u32> {
    let own: Vec<Option<u32>> = slots.iter().map(|&slot| Some(own_word(leader, slot))).collect();
    let mut known: Vec<(u32, Vec<Option<u32>>)> = vec![(0, own)];
    let mut groups = vec![0];
    for (k, member) in members.iter().enumerate() {
        let filling = filling(leader, member, slots, t);
        let agree = |other: &[Option<u32>]| {
            let both = filling.iter().zip(other).filter(|(x, y)| x.is_some() && y.is_some());
            let (mut compared, mut same) = (0, 0);
            both.for_each(|(x, y)| (compared, same) = (compared + 1, same + usize::from(x == y)));
            compared * 2 >= slots.len() && same as f64 >= t.slot_agree * f64::from(compared as u32)
        };
        let from = known.len().saturating_sub(FILLINGS);
        let own = k as u32 + 1;
        let group = known[from..].iter().find(|(_, other)| agree(other)).map_or(own, |(group, _)| *group);
        if group == own {
            known.push((own, filling));
        }
        groups.push(group);
    }
    groups
}

/// What a text has in each slot; `None` where nothing of it stands in the slot's place.
fn filling(leader: &Prepared, member: &Prepared, slots: &[u32], t: &Thresholds) -> Vec<Option<u32>> {
    let mut there: HashMap<u32, u32> = HashMap::new();
    let runs = substitutions(leader, member, t, |slot, words| {
        there.insert(slot, words);
    });
    let is_shared = |slot: u32| match slot {
        HEAD => runs.first().is_some_and(|run| (run.a, run.b) == (0, 0)),
        TAIL => runs.last().is_some_and(|run| {
            ((run.a + run.len) as usize, (run.b + run.len) as usize) == (leader.len(), member.len())
        }),
        at => runs.iter().any(|run| (run.a..run.a + run.len).contains(&at)),
    };
    let own = |slot: u32| is_shared(slot).then(|| own_word(leader, slot));
    slots.iter().map(|slot| there.get(slot).copied().or_else(|| own(*slot))).collect()
}

/// The leader's own word in a slot; at its ends, whatever stands there.
fn own_word(leader: &Prepared, slot: u32) -> u32 {
    leader.words.get(slot as usize).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: &[String]) -> SlotConsensus {
        let prepared: Vec<Prepared> = texts.iter().map(|text| Prepared::new(text, &[])).collect();
        slot_consensus(&prepared[0], &prepared[1..].iter().collect::<Vec<_>>(), &Thresholds::default())
    }

    fn obituary(name: &str, age: u32, town: &str, day: &str) -> String {
        format!(
            "{name} died at home on {day} at the age of {age} after a short illness borne with patience. A service will be held in the \
             church of {town} at noon. Born in {town}, {name} worked at the mill for many years and is missed by all who came there. \
             The family asks for no flowers and thanks the nurses of the ward."
        )
    }

    #[test]
    fn obituaries_of_one_form() {
        let texts = [
            obituary("Ada", 81, "Brenn", "Monday"),
            obituary("Carl", 77, "Corrin", "Friday"),
            obituary("Eva", 90, "Dale", "Sunday"),
            obituary("Gus", 68, "Elm", "Tuesday"),
            obituary("Ada", 81, "Brenn", "Monday") + " Amen.",
        ];
        let found = of(&texts);
        assert!(found.template && found.share == 1.0, "{found:?}");
        assert_eq!(found.groups, [0, 1, 2, 3, 0]);
    }

    /// A form that begins with what differs, and in which little else does.
    fn notice(name: &str, age: u32, town: &str, day: &str, hour: u32) -> String {
        format!(
            "{name}, {age}, of {town}, passed away on {day} at home with her family around her. A service will be held at {hour} in the chapel of rest, and \
             friends may call at the house before it. In place of flowers the family asks for gifts to the lifeboat."
        )
    }

    #[test]
    fn a_form_that_begins_with_a_slot() {
        let texts = [
            notice("Ada Lund", 81, "Brenn", "Monday", 10),
            notice("Carla Maria Berg", 77, "Upper Corrin", "Friday", 11),
            notice("Eva Dahl", 90, "Dale", "Sunday", 2),
            notice("Gerda Moe", 68, "Elm", "Tuesday", 3),
            notice("Ada Lund", 81, "Brenn", "Monday", 10),
        ];
        let found = of(&texts);
        assert!(found.template, "{found:?}");
        assert_eq!(found.groups, [0, 1, 2, 3, 0]);
    }

    #[test]
    fn papers_lines_around_a_story_make_no_form() {
        let text = obituary("Ada", 81, "Brenn", "Monday");
        let papers = ["Brenn Post reports", "From the Corrin Herald", "Dale Echo staff", "Our own correspondent", ""];
        let found = of(&papers.map(|paper| format!("{paper}. {text} {paper}, all rights kept")));
        assert!(!found.template && found.slots <= 2, "{found:?}");
        assert_eq!(found.groups, [0; 5]);
    }

    #[test]
    fn copies_that_were_edited_apart() {
        let text = obituary("Ada", 81, "Brenn", "Monday");
        let found = of(&[
            text.replace("home", "work"),
            text.replace("noon", "nine"),
            text.replace("patience", "grace").replace("nurses", "doctors"),
            text.clone(),
        ]);
        assert!(!found.template && found.slots == 0, "{found:?}");
        assert!(found.substitutions > 4);
        assert_eq!(found.groups, [0; 4]);
    }

    #[test]
    fn two_texts_have_no_majority() {
        let found = of(&[obituary("Ada", 81, "Brenn", "Monday"), obituary("Eva", 90, "Dale", "Sunday")]);
        assert!(!found.template);
        assert_eq!(of(&["alone".to_owned()]).groups, [0]);
    }

    #[test]
    fn two_notices_of_fifty_words() {
        let are_two =
            |a: &str, b: &str| are_two_fillings(&Prepared::new(a, &[]), &Prepared::new(b, &[]), &Thresholds::default());
        let ada = notice("Ada Lund", 81, "Brenn", "Monday", 10) + " The road is closed from 9 on that day.";
        assert!(are_two(
            &ada,
            &(notice("Eva Maria Dahl", 90, "Upper Dale", "Sunday", 2) + " The road is closed from 1 on that day.")
        ));
        // put right, and in another paper
        assert!(!are_two(&ada, &ada.replace("10", "11")));
        assert!(!are_two(&ada, &ada.replace("81", "82").replace("10", "11")));
        assert!(!are_two(&ada, &ada));
    }

    #[test]
    fn empty_texts_are_no_form() {
        assert!(!of(&vec![String::new(); 5]).template);
    }
}
