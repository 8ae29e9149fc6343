//! Clusters that are one form with other fillings come apart again.

use std::{collections::BTreeMap, sync::Arc};

use arrow::{
    array::{ArrayRef, AsArray, FixedSizeBinaryBuilder, ListBuilder, UInt32Builder},
    datatypes::{DataType, Field, UInt32Type},
    record_batch::RecordBatch,
};
use copydesk_archive::{Archive, Finished, Table, TableFile, TableWriter};
use copydesk_match::{Prepared, are_two_fillings, slot_consensus};

use crate::{
    Error, Options, columns,
    ordered::{LOAD, ordered},
    steps::{
        compared::{digest_of_cluster, matcher},
        verify::Comparing,
    },
};

/// Members of a cluster that are looked at together: a form with a hundred thousand fillings must not be held in memory.
const TOGETHER: usize = 1024;

/// The groups that clusters come apart into, by the digest of the cluster; none for what is no form.
#[derive(Default)]
pub(crate) struct Forms(BTreeMap<[u8; 16], Vec<u32>>);

impl Forms {
    /// What earlier runs found.
    pub(crate) fn read(archive: &Archive, files: &[TableFile], options: &Options) -> Result<Self, Error> {
        let mut all = BTreeMap::new();
        for file in files {
            // All rows that are still so are written anew.
            archive.check(file)?;
            for batch in archive.read_file(&file.path, None, options.batch_rows)? {
                let batch = batch?;
                let groups = columns::list(&batch, "groups")?;
                for (row, digest) in columns::ids(&batch, 0)?.enumerate() {
                    let own = groups.value(row);
                    all.insert(digest.to_be_bytes(), own.as_primitive::<UInt32Type>().values().to_vec());
                }
            }
        }
        Ok(Self(all))
    }

    pub(crate) fn write(&self, mut to: TableWriter) -> Result<Finished, Error> {
        let mut digests = FixedSizeBinaryBuilder::new(16);
        let item = Field::new("item", DataType::UInt32, false);
        let mut groups = ListBuilder::new(UInt32Builder::new()).with_field(item);
        for (digest, own) in &self.0 {
            digests.append_value(digest)?;
            groups.values().append_slice(own);
            groups.append(true);
        }
        let columns: Vec<ArrayRef> = vec![Arc::new(digests.finish()), Arc::new(groups.finish())];
        to.write(&RecordBatch::try_new(Table::Forms.schema(), columns)?)?;
        Ok(to.finish()?)
    }
}

/// Sets the fillings of forms apart in `leader` (by rank) and returns how many versions lead or follow another than before.
/// `plain` tells the versions that have no word in the place of one of their leader's. Returns what was found of each cluster, too.
pub(crate) fn forms(
    with: &Comparing<'_>,
    earlier: &Forms,
    leader: &mut [u32],
    plain: &[bool],
) -> Result<(u64, Forms), Error> {
    let matcher = matcher(with.thresholds);
    let mut members: Vec<(u32, u32)> =
        leader.iter().enumerate().map(|(rank, &l)| (l, rank as u32)).filter(|(l, rank)| l != rank).collect();
    members.sort_unstable();
    let mut clusters = members
        .chunk_by(|x, y| x.0 == y.0)
        // One that is left over of many is no pair, and two texts have no majority.
        .flat_map(|cluster| cluster.chunks(TOGETHER).filter(|part| part.len() > 1 || cluster.len() == 1))
        // A slot is a place where the cluster has no majority. Where those that have the leader's words are the majority
        // at every place, there is nothing to look at.
        .filter(|cluster| {
            if let [(first, rank)] = cluster {
                let [x, y] = [first, rank].map(|rank| with.ranks.ranked[*rank as usize].url);
                return !plain[*rank as usize] && (x != y || x == 0);
            }
            let sample = &cluster[..cluster.len().min(with.thresholds.slot_sample)];
            let same = 1 + sample.iter().filter(|(_, rank)| plain[*rank as usize]).count();
            (same as f64) < with.thresholds.slot_majority * (sample.len() + 1) as f64
        });
    let pull = || clusters.next().map(Ok);
    let work = |cluster: &'_ [(u32, u32)]| -> Result<Looked, Error> {
        let ranks = std::iter::once(cluster[0].0).chain(cluster.iter().map(|&(_, rank)| rank));
        let numbers = ranks.map(|rank| with.ranks.ranked[rank as usize].number);
        let digest = digest_of_cluster(with.versions, numbers, matcher);
        // Group 0 is the leader's own; the others are led by one of the members.
        let looked = |groups: Vec<u32>| {
            let apart = cluster.iter().zip(&groups).filter(|(_, group)| **group > 0);
            let apart = apart.map(|(&(_, rank), &group)| (rank, cluster[group as usize - 1].1)).collect();
            Ok(Looked { digest, groups, apart })
        };
        if let Some(groups) = earlier.0.get(&digest) {
            return looked(groups.clone());
        }
        let mut buffer = Vec::new();
        let mut prepare = |rank: u32| with.versions.prepared(with.ranks.ranked[rank as usize].number, &mut buffer);
        let first = prepare(cluster[0].0)?;
        let others = cluster.iter().map(|&(_, rank)| prepare(rank)).collect::<Result<Vec<Arc<Prepared>>, _>>()?;
        let others: Vec<&Prepared> = others.iter().map(Arc::as_ref).collect();
        looked(match others[..] {
            [other] if are_two_fillings(&first, other, with.thresholds) => vec![1],
            [_] => Vec::new(),
            _ => {
                let consensus = slot_consensus(&first, &others, with.thresholds);
                if consensus.template { consensus.groups[1..].to_vec() } else { Vec::new() }
            }
        })
    };
    let (mut moved, mut all) = (0, Forms::default());
    ordered(
        with.options.threads,
        |_| LOAD,
        pull,
        || work,
        |looked: Result<Looked, Error>| {
            let Looked { digest, groups, apart } = looked?;
            all.0.insert(digest, groups);
            for (rank, own) in apart {
                leader[rank as usize] = own;
                moved += 1;
            }
            Ok(())
        },
    )?;
    Ok((moved, all))
}

/// What was found of a cluster.
struct Looked {
    digest: [u8; 16],
    groups: Vec<u32>,
    /// Ranks of the versions that leave, and of those that lead them.
    apart: Vec<(u32, u32)>,
}
