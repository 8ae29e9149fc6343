//! Clusters that are one form with other fillings come apart again.

use std::sync::Arc;

use copydesk_match::{Prepared, slot_consensus};

use crate::{
    Error,
    ordered::{LOAD, ordered},
    steps::verify::Comparing,
};

/// Members of a cluster that are looked at together: a form with a hundred thousand fillings must not be held in memory.
const TOGETHER: usize = 1024;

/// Sets the fillings of forms apart in `leader` (by rank) and returns how many versions lead or follow another than before.
/// `plain` tells the versions that have no word in the place of one of their leader's.
pub(crate) fn forms(with: &Comparing<'_>, leader: &mut [u32], plain: &[bool]) -> Result<u64, Error> {
    let mut members: Vec<(u32, u32)> =
        leader.iter().enumerate().map(|(rank, &l)| (l, rank as u32)).filter(|(l, rank)| l != rank).collect();
    members.sort_unstable();
    let mut clusters = members
        .chunk_by(|x, y| x.0 == y.0)
        .filter(|cluster| cluster.len() + 1 >= with.thresholds.slot_cluster)
        .flat_map(|cluster| cluster.chunks(TOGETHER))
        // A slot is a place where the cluster has no majority. Where those that have the leader's words are the majority
        // at every place, there is nothing to look at.
        .filter(|cluster| {
            let sample = &cluster[..cluster.len().min(with.thresholds.slot_sample)];
            let same = 1 + sample.iter().filter(|(_, rank)| plain[*rank as usize]).count();
            (same as f64) < with.thresholds.slot_majority * (sample.len() + 1) as f64
        });
    let pull = || clusters.next().map(Ok);
    let work = |cluster: &[(u32, u32)]| -> Result<Vec<(u32, u32)>, Error> {
        let mut buffer = Vec::new();
        let mut prepare = |rank: u32| with.versions.prepared(with.ranks.ranked[rank as usize].number, &mut buffer);
        let first = prepare(cluster[0].0)?;
        let others = cluster.iter().map(|&(_, rank)| prepare(rank)).collect::<Result<Vec<Arc<Prepared>>, _>>()?;
        let others: Vec<&Prepared> = others.iter().map(Arc::as_ref).collect();
        let consensus = slot_consensus(&first, &others, with.thresholds);
        if !consensus.template {
            return Ok(Vec::new());
        }
        // Group 0 is the leader's own; the others are led by one of the members.
        let apart = cluster.iter().zip(&consensus.groups[1..]).filter(|(_, group)| **group > 0);
        Ok(apart.map(|(&(_, rank), &group)| (rank, cluster[group as usize - 1].1)).collect())
    };
    let mut moved = 0;
    ordered(
        with.options.threads,
        |_| LOAD,
        pull,
        || work,
        |apart: Result<Vec<(u32, u32)>, Error>| {
            for (rank, own) in apart? {
                leader[rank as usize] = own;
                moved += 1;
            }
            Ok(())
        },
    )?;
    Ok(moved)
}
