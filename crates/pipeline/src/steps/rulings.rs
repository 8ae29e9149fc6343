//! What the user said of stories, after what was worked out.

use std::collections::HashMap;

use copydesk_archive::Ruling;
use copydesk_match::Edge;

use crate::{steps::rank::Ranks, versions::Versions};

/// Applies rulings in their order to `leader` (by rank). Versions that are not in the archive (yet, or any more) are passed over.
pub(crate) fn rule(rulings: &[Ruling], versions: &Versions, ranks: &Ranks, edges: &[&[Edge]], leader: &mut [u32]) {
    let named = rulings.iter().flat_map(|ruling| ruling.versions().iter().chain(ruling.others()));
    let mut rank_of: HashMap<u128, Option<u32>> =
        named.filter_map(|id| Some((u128::from_str_radix(id, 16).ok()?, None))).collect();
    if rank_of.is_empty() {
        return;
    }
    for (number, id) in versions.ids.iter().enumerate() {
        if let Some(rank) = rank_of.get_mut(id) {
            *rank = versions.is_live(number as u32).then(|| ranks.of_number[number]);
        }
    }
    let ranks_of = |ids: &[String]| -> Vec<u32> {
        ids.iter().filter_map(|id| *rank_of.get(&u128::from_str_radix(id, 16).ok()?)?).collect()
    };
    for ruling in rulings {
        match ruling {
            Ruling::Merge { versions, .. } => merge(&ranks_of(versions), leader),
            Ruling::Split { versions, others, .. } => split(&ranks_of(versions), &ranks_of(others), edges, leader),
        }
    }
}

/// The stories of these versions become one; the earliest of their leaders leads it.
fn merge(versions: &[u32], leader: &mut [u32]) {
    let leaders: Vec<u32> = versions.iter().map(|&rank| leader[rank as usize]).collect();
    let Some(&first) = leaders.iter().min() else { return };
    leader.iter_mut().filter(|l| leaders.contains(l)).for_each(|l| *l = first);
}

/// `left` become a story of their own. A version that came later goes with the side that it is more like.
fn split(left: &[u32], stayed: &[u32], edges: &[&[Edge]], leader: &mut [u32]) {
    let Some(&first) = left.iter().min() else { return };
    let stories: Vec<u32> = left.iter().map(|&rank| leader[rank as usize]).collect();
    let members: Vec<u32> = (0..leader.len() as u32).filter(|&rank| stories.contains(&leader[rank as usize])).collect();
    // By rank: how like the most alike of those that left, and of those that stayed.
    let mut likeness: HashMap<u32, [f32; 2]> = HashMap::new();
    for edge in edges.iter().copied().flatten() {
        for (version, other) in [(edge.a, edge.b), (edge.b, edge.a)] {
            let side = if left.contains(&other) {
                0
            } else if stayed.contains(&other) {
                1
            } else {
                continue;
            };
            let best = &mut likeness.entry(version).or_default()[side];
            *best = best.max(edge.score);
        }
    }
    let leaves = |rank: u32| {
        left.contains(&rank)
            || (!stayed.contains(&rank) && likeness.get(&rank).is_some_and(|[left, stayed]| left > stayed))
    };
    let (leaving, staying): (Vec<u32>, Vec<u32>) = members.into_iter().partition(|&rank| leaves(rank));
    // Whom they followed may have left.
    let mut heads: HashMap<u32, u32> = HashMap::new();
    for rank in staying {
        let followed = leader[rank as usize];
        let head = if leaving.contains(&followed) { *heads.entry(followed).or_insert(rank) } else { followed };
        leader[rank as usize] = head;
    }
    for rank in leaving {
        leader[rank as usize] = first;
    }
    // The earliest of those that left leads, also where a later one came with them that is earlier in the order.
    debug_assert_eq!(leader[first as usize], first);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_stories_have_the_earliest_leader() {
        let mut leader = [0, 1, 0, 1, 4];
        merge(&[3, 4], &mut leader);
        assert_eq!(leader, [0, 1, 0, 1, 1]);
        merge(&[], &mut leader);
        assert_eq!(leader, [0, 1, 0, 1, 1]);
    }

    #[test]
    fn those_that_left_lead_themselves() {
        let mut leader = [0, 0, 0, 0];
        split(&[1, 3], &[0, 2], &[], &mut leader);
        assert_eq!(leader, [0, 1, 0, 1]);
    }

    #[test]
    fn those_that_stay_get_a_leader_when_theirs_left() {
        let mut leader = [0, 0, 0, 0, 4];
        split(&[0], &[1, 2, 3], &[], &mut leader);
        assert_eq!(leader, [0, 1, 1, 1, 4]);
    }

    #[test]
    fn a_later_version_goes_with_whom_it_is_like() {
        let edges = [Edge { a: 0, b: 2, score: 0.6 }, Edge { a: 1, b: 2, score: 0.9 }, Edge { a: 0, b: 3, score: 0.9 }];
        let mut leader = [0, 0, 0, 0];
        split(&[1], &[0], &[&edges], &mut leader);
        assert_eq!(leader, [0, 1, 1, 0]);
    }

    #[test]
    fn a_split_undoes_a_merge_and_the_other_way_round() {
        let mut leader = [0, 1];
        merge(&[0, 1], &mut leader);
        assert_eq!(leader, [0, 0]);
        split(&[1], &[0], &[], &mut leader);
        assert_eq!(leader, [0, 1]);
        merge(&[1, 0], &mut leader);
        assert_eq!(leader, [0, 0]);
    }
}
