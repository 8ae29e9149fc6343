use crate::{Prepared, Thresholds};

/// Whether a cluster is one story or the pages of one form with other fillings.
#[derive(Clone, Debug, PartialEq)]
pub struct SlotConsensus {
    /// Share of substitutions at positions where the cluster has no majority word.
    pub share: f64,
    /// Substitutions that were looked at.
    pub substitutions: u32,
    /// Whether the cluster is a form: its texts are not one story.
    pub template: bool,
    /// For the leader (first) and each member: index of the text that leads its story. All 0 for one story.
    pub groups: Vec<u32>,
}

/// Looks for slots in a cluster: positions of the leader where most of the cluster disagrees.
pub fn slot_consensus(_leader: &Prepared, members: &[&Prepared], _t: &Thresholds) -> SlotConsensus {
    SlotConsensus { share: 0.0, substitutions: 0, template: false, groups: vec![0; members.len() + 1] }
}
