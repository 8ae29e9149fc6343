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
