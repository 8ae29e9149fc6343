use std::collections::{HashMap, HashSet};

use crate::{Prepared, Thresholds, align};

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

/// Calls `each` with a position of the leader and the member's word there, for words in each other's place.
fn substitutions(leader: &Prepared, member: &Prepared, t: &Thresholds, mut each: impl FnMut(u32, u32)) {
    let evidence = align(leader, member, t);
    for pair in evidence.runs.windows(2) {
        let (from_a, from_b) = (pair[0].a + pair[0].len, pair[0].b + pair[0].len);
        let gap = pair[1].a - from_a;
        if gap == pair[1].b - from_b && gap <= t.small_gap {
            (0..gap).for_each(|k| each(from_a + k, member.words[(from_b + k) as usize]));
        }
    }
}

/// How many of the latest fillings a text is compared with, so that a form with a hundred thousand of them stays linear.
const FILLINGS: usize = 256;

/// Groups the texts of a form by what stands in its slots: each joins the first filling that it agrees with.
fn fillings(leader: &Prepared, members: &[&Prepared], slots: &[u32], t: &Thresholds) -> Vec<u32> {
    let wanted: HashSet<u32> = slots.iter().copied().collect();
    let mut known: Vec<(u32, Vec<u32>)> = vec![(0, slots.iter().map(|&s| leader.words[s as usize]).collect())];
    let mut groups = vec![0];
    for (k, member) in members.iter().enumerate() {
        let mut there: HashMap<u32, u32> = HashMap::new();
        substitutions(leader, member, t, |position, word| {
            if wanted.contains(&position) {
                there.insert(position, word);
            }
        });
        let filling: Vec<u32> =
            slots.iter().map(|s| there.get(s).copied().unwrap_or(leader.words[*s as usize])).collect();
        let agree = |other: &[u32]| {
            let same = filling.iter().zip(other).filter(|(x, y)| x == y).count();
            same as f64 >= t.slot_agree * slots.len() as f64
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
    fn empty_texts_are_no_form() {
        assert!(!of(&vec![String::new(); 5]).template);
    }
}
