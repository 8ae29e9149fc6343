/// Two texts that are one story, by their ranks in the fixed order; `a < b`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// The earlier text.
    pub a: u32,
    /// The later text.
    pub b: u32,
    /// How alike they are: a text joins the leader it is most like.
    pub score: f32,
}

/// The leader of each of `n` texts. Edges come sorted by `(b, a)`; only leaders attract: a text joins the most alike
/// leader among its edges (the earliest of equals), or leads.
///
/// ```
/// use copydesk_match::{Edge, leaders};
/// // 1 joins 0; 2 is like 1 alone, which leads nobody.
/// let edges = [Edge { a: 0, b: 1, score: 0.9 }, Edge { a: 1, b: 2, score: 0.9 }];
/// assert_eq!(leaders(3, edges), [0, 0, 2]);
/// ```
pub fn leaders(n: u32, edges: impl IntoIterator<Item = Edge>) -> Vec<u32> {
    let mut leader: Vec<u32> = (0..n).collect();
    let mut best: Option<Edge> = None;
    for edge in edges {
        debug_assert!(edge.a < edge.b && edge.b < n);
        if best.is_some_and(|e| e.b != edge.b) {
            best = None;
        }
        if leader[edge.a as usize] == edge.a && best.is_none_or(|e| edge.score > e.score) {
            leader[edge.b as usize] = edge.a;
            best = Some(edge);
        }
    }
    leader
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(n: u32, edges: &[(u32, u32, f32)], expected: &[u32]) {
        assert_eq!(leaders(n, edges.iter().map(|&(a, b, score)| Edge { a, b, score })), expected);
    }

    #[test]
    fn without_edges_each_leads() {
        check(3, &[], &[0, 1, 2]);
        check(0, &[], &[]);
    }

    #[test]
    fn a_chain_breaks_at_every_second_text() {
        check(5, &[(0, 1, 0.9), (1, 2, 0.9), (2, 3, 0.9), (3, 4, 0.9)], &[0, 0, 2, 2, 4]);
    }

    #[test]
    fn the_most_alike_leader_wins_and_the_earliest_of_equals() {
        check(3, &[(0, 2, 0.5), (1, 2, 0.8)], &[0, 1, 1]);
        check(3, &[(0, 2, 0.8), (1, 2, 0.8)], &[0, 1, 0]);
    }

    #[test]
    fn a_text_that_follows_attracts_nobody_however_alike() {
        check(3, &[(0, 1, 0.6), (0, 2, 0.6), (1, 2, 1.0)], &[0, 0, 0]);
    }

    proptest! {
        #[test]
        fn leaders_lead_themselves_and_are_met(pairs in proptest::collection::btree_set((0u32..12, 0u32..12), 0..40)) {
            let mut edges: Vec<_> = pairs.into_iter().filter(|(a, b)| a < b).collect();
            edges.sort_by_key(|&(a, b)| (b, a));
            let found = leaders(12, edges.iter().map(|&(a, b)| Edge { a, b, score: 0.5 }));
            for (rank, &leader) in found.iter().enumerate() {
                prop_assert_eq!(found[leader as usize], leader);
                prop_assert!(leader == rank as u32 || edges.contains(&(leader, rank as u32)));
            }
        }
    }
}
