//! Candidates are compared word by word; what they are to each other becomes a row of `relations`.

use std::{collections::VecDeque, sync::Arc};

use arrow::{
    array::{ArrayBuilder, ArrayRef, Float64Builder, StringBuilder, UInt32Builder},
    record_batch::RecordBatch,
};
use copydesk_archive::TableWriter;
use copydesk_match::{Edge, Prepared, Shingled, Thresholds, align_to, decide};
use copydesk_model::Relation;

use crate::{
    Error, Options, Progress,
    ordered::{LOAD, ordered},
    steps::{
        candidates::Candidates,
        compared::{Compared, ComparisonRows, Found, context},
        rank::Ranks,
    },
    versions::Versions,
};

/// Pairs that a thread takes at a time: enough that a version with several candidates is prepared once.
const CHUNK: usize = 64;

/// What a round of comparisons found.
#[derive(Default)]
pub(crate) struct Verified {
    /// Pairs that are one story, in the order of the candidates.
    pub(crate) edges: Vec<Edge>,
    /// For each edge, whether words of one stand in the place of others: without that it is no filling of a form.
    pub(crate) substituted: Vec<bool>,
    /// Pairs that are not, as `later << 32 | earlier`, ascending.
    pub(crate) rejected: Vec<u64>,
    pub(crate) compared: u64,
}

pub(crate) struct Comparing<'c> {
    pub(crate) versions: &'c Versions,
    pub(crate) ranks: &'c Ranks,
    pub(crate) thresholds: &'c Thresholds,
    /// What was found before.
    pub(crate) compared: &'c Compared,
    pub(crate) options: &'c Options,
    pub(crate) progress: &'c dyn Progress,
}

/// Compares the candidates, but for those that an earlier round has rejected (ascending).
pub(crate) fn verify(
    with: &Comparing<'_>,
    mut candidates: Candidates,
    rejected: &[u64],
    relations: &mut RelationRows,
    to: &mut TableWriter,
    comparisons: &mut ComparisonRows,
) -> Result<Verified, Error> {
    let mut rejected = rejected.iter().copied().peekable();
    let pull = || -> Option<Result<Vec<(u32, u32)>, Error>> {
        let mut chunk = Vec::with_capacity(CHUNK);
        while chunk.len() < CHUNK {
            match candidates.next(with.thresholds) {
                None => break,
                Some(Err(e)) => return Some(Err(e)),
                Some(Ok((a, b))) => {
                    let pair = u64::from(b) << 32 | u64::from(a);
                    while rejected.next_if(|&known| known < pair).is_some() {}
                    if rejected.next_if_eq(&pair).is_none() {
                        chunk.push((a, b));
                    }
                }
            }
        }
        (!chunk.is_empty()).then_some(Ok(chunk))
    };
    let worker = || {
        let mut prepared = Known::new(with);
        move |chunk: Vec<(u32, u32)>| -> Result<Vec<Pair>, Error> {
            chunk.into_iter().map(|(a, b)| compare(with, &mut prepared, a, b)).collect()
        }
    };
    let mut found = Verified::default();
    ordered(
        with.options.threads,
        |_| LOAD,
        pull,
        worker,
        |compared: Result<Vec<Pair>, Error>| {
            let compared = compared?;
            with.progress.advance(compared.len() as u64);
            for pair in compared {
                found.compared += 1;
                if pair.found.relation.same_story() {
                    found.edges.push(Edge { a: pair.a, b: pair.b, score: pair.found.score });
                    found.substituted.push(pair.found.substituted);
                } else {
                    found.rejected.push(u64::from(pair.b) << 32 | u64::from(pair.a));
                }
                comparisons.push(with.versions, with.ranks, pair.a, pair.b, &pair.found)?;
                if pair.found.relation != Relation::Different {
                    relations.push(with, &pair);
                    relations.flush_if(8192, to)?;
                }
            }
            Ok(())
        },
    )?;
    Ok(found)
}

struct Pair {
    a: u32,
    b: u32,
    found: Found,
}

fn compare(with: &Comparing<'_>, prepared: &mut Known<'_>, a: u32, b: u32) -> Result<Pair, Error> {
    if let Some(found) = with.compared.find(a, b) {
        return Ok(Pair { a, b, found: found.clone() });
    }
    let (x, y) = (prepared.get(a)?, prepared.get(b)?);
    let evidence = align_to(&x, &y, prepared.shingles(b, &y), with.thresholds);
    let decision = decide(&evidence, &context(with.ranks, a, b), with.thresholds);
    Ok(Pair { a, b, found: Found::new(&evidence, decision) })
}

/// Versions that a thread has prepared already.
struct Known<'c> {
    with: &'c Comparing<'c>,
    recent: VecDeque<(u32, Arc<Prepared>)>,
    /// The shingles of the later one of the pair: its pairs come one after the other.
    later: Option<(u32, Shingled)>,
    buffer: Vec<u8>,
}

/// How many versions stay prepared: the later one of the pair, and the few that it is compared with, which lead buckets.
const RECENT: usize = 16;

impl<'c> Known<'c> {
    fn new(with: &'c Comparing<'c>) -> Self {
        Self { with, recent: VecDeque::with_capacity(RECENT + 1), later: None, buffer: Vec::new() }
    }

    fn shingles(&mut self, rank: u32, prepared: &Prepared) -> &Shingled {
        if self.later.as_ref().is_none_or(|(known, _)| *known != rank) {
            self.later = None;
        }
        &self.later.get_or_insert_with(|| (rank, Shingled::new(prepared))).1
    }

    fn get(&mut self, rank: u32) -> Result<Arc<Prepared>, Error> {
        if let Some((_, prepared)) = self.recent.iter().find(|(known, _)| *known == rank) {
            return Ok(prepared.clone());
        }
        let number = self.with.ranks.ranked[rank as usize].number;
        let prepared = self.with.versions.prepared(number, &mut self.buffer)?;
        self.recent.truncate(RECENT - 1);
        self.recent.push_front((rank, prepared.clone()));
        Ok(prepared)
    }
}

/// Rows of `relations` on their way to the file.
#[derive(Default)]
pub(crate) struct RelationRows {
    a: StringBuilder,
    b: StringBuilder,
    relation: StringBuilder,
    coverage_a: Float64Builder,
    coverage_b: Float64Builder,
    shared_words: UInt32Builder,
    numbers_differ: UInt32Builder,
    reason: StringBuilder,
    value: Float64Builder,
    threshold: Float64Builder,
}

impl RelationRows {
    fn push(&mut self, with: &Comparing<'_>, pair: &Pair) {
        let id = |rank: u32| super::publish::version_id(with.versions, with.ranks.ranked[rank as usize].number);
        self.a.append_value(id(pair.a));
        self.b.append_value(id(pair.b));
        self.relation.append_value(pair.found.relation.name());
        self.coverage_a.append_value(pair.found.coverage_a);
        self.coverage_b.append_value(pair.found.coverage_b);
        self.shared_words.append_value(pair.found.shared_words);
        self.numbers_differ.append_value(pair.found.numbers_differ);
        self.reason.append_value(&pair.found.reason);
        self.value.append_value(pair.found.value);
        self.threshold.append_value(pair.found.threshold);
    }

    pub(crate) fn flush_if(&mut self, rows: usize, to: &mut TableWriter) -> Result<(), Error> {
        if self.shared_words.len() < rows {
            return Ok(());
        }
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.a.finish()),
            Arc::new(self.b.finish()),
            Arc::new(self.relation.finish()),
            Arc::new(self.coverage_a.finish()),
            Arc::new(self.coverage_b.finish()),
            Arc::new(self.shared_words.finish()),
            Arc::new(self.numbers_differ.finish()),
            Arc::new(self.reason.finish()),
            Arc::new(self.value.finish()),
            Arc::new(self.threshold.finish()),
        ];
        Ok(to.write(&RecordBatch::try_new(to.schema(), columns)?)?)
    }
}
