//! Pairs of versions that share enough anchors to be worth a comparison.

use std::sync::Arc;

use arrow::{
    array::{ArrayRef, UInt32Array, UInt64Array},
    datatypes::{DataType, Field, Schema, SchemaRef},
    record_batch::RecordBatch,
};
use copydesk_match::Thresholds;

use crate::{
    Error, Options, columns,
    engine::{Engine, Query, Reduce, Rows, reduce, stream},
    steps::anchors::Anchors,
};

const BUCKETS: Query = Query { name: "buckets.sql", sql: include_str!("../queries/buckets.sql") };
const PAIRS: Query = Query { name: "pairs.sql", sql: include_str!("../queries/pairs.sql") };

/// In each anchor's bucket every version meets so many of the earliest, so that a bucket costs no more than its size.
const STAR: usize = 4;

/// An anchor that more leaders than this hold is boilerplate.
const CAP: usize = 64;

/// Which versions meet.
pub(crate) enum Round<'l> {
    /// All with the earliest of each bucket: 500 copies of a story come together at 2,000 pairs.
    Star,
    /// The leaders with each other, in buckets of at most [`CAP`]: what no star brought together.
    Leaders(&'l [u32]),
}

/// Pairs in the order of the later version, then the earlier one.
pub(crate) struct Candidates {
    rows: Rows,
    batch: std::vec::IntoIter<u64>,
    /// The pair whose rows are being counted.
    run: Option<(u64, u32)>,
    anchors: Arc<Vec<u16>>,
    capped: Arc<std::sync::atomic::AtomicU64>,
}

/// How many anchors each rank has.
pub(crate) fn count(anchors: &Anchors, rank_of: &[u32], options: &Options) -> Result<Arc<Vec<u16>>, Error> {
    let mut counts = vec![0_u16; rank_of.len()];
    for batch in anchors.read(options.batch_rows)? {
        for (number, _) in batch? {
            let count = &mut counts[rank_of[number as usize] as usize];
            *count = count.saturating_add(1);
        }
    }
    Ok(Arc::new(counts))
}

pub(crate) fn candidates(
    engine: &Engine,
    anchors: &Anchors,
    rank_of: &Arc<Vec<u32>>,
    counts: &Arc<Vec<u16>>,
    round: &Round<'_>,
    options: &Options,
) -> Result<Candidates, Error> {
    let schema = Arc::new(Schema::new(vec![
        Field::new("hash", DataType::UInt64, false),
        Field::new("rank", DataType::UInt32, false),
    ]));
    let leads: Option<Arc<Vec<bool>>> = match round {
        Round::Star => None,
        Round::Leaders(leaders) => {
            Some(Arc::new(leaders.iter().enumerate().map(|(rank, &leader)| rank as u32 == leader).collect()))
        }
    };
    let (ranks, ranked_schema) = (rank_of.clone(), schema.clone());
    let ranked = anchors.read(options.batch_rows)?.map(move |batch| -> Result<RecordBatch, Error> {
        let rows = batch?.into_iter().map(|(number, hash)| (hash, ranks[number as usize]));
        let (hashes, ranks): (Vec<u64>, Vec<u32>) = match &leads {
            None => rows.unzip(),
            Some(leads) => rows.filter(|(_, rank)| leads[*rank as usize]).unzip(),
        };
        let columns: Vec<ArrayRef> = vec![Arc::new(UInt64Array::from(hashes)), Arc::new(UInt32Array::from(ranks))];
        Ok(RecordBatch::try_new(ranked_schema.clone(), columns)?)
    });
    let together = engine.run(&BUCKETS, vec![("anchors", stream(schema, ranked))])?;
    let capped = Arc::new(std::sync::atomic::AtomicU64::new(0));
    let meet = Meet {
        star: matches!(round, Round::Star),
        hash: 0,
        bucket: Vec::new(),
        out: Vec::new(),
        capped: capped.clone(),
    };
    let rows = engine.run(&PAIRS, vec![("meetings", reduce(together, meet))])?;
    Ok(Candidates { rows, batch: Vec::new().into_iter(), run: None, anchors: counts.clone(), capped })
}

impl Candidates {
    /// Anchors that were not followed, so far.
    pub(crate) fn capped(&self) -> Arc<std::sync::atomic::AtomicU64> {
        self.capped.clone()
    }

    /// The next pair: ranks of the earlier and the later version.
    pub(crate) fn next(&mut self, thresholds: &Thresholds) -> Option<Result<(u32, u32), Error>> {
        loop {
            let (pair, shared) = match self.meetings() {
                Ok(Some(next)) => next,
                Ok(None) => return None,
                Err(e) => return Some(Err(e)),
            };
            let (a, b) = (pair as u32, (pair >> 32) as u32);
            let count = |rank: u32| u32::from(self.anchors[rank as usize]);
            if thresholds.is_candidate(shared, count(a), count(b)) {
                return Some(Ok((a, b)));
            }
        }
    }

    /// The next pair and how many anchors it shares: the length of its run of rows, which may go over several batches.
    fn meetings(&mut self) -> Result<Option<(u64, u32)>, Error> {
        loop {
            if let Some(pair) = self.batch.next() {
                match &mut self.run {
                    Some((of, shared)) if *of == pair => *shared += 1,
                    run => {
                        if let Some(ended) = run.replace((pair, 1)) {
                            return Ok(Some(ended));
                        }
                    }
                }
                continue;
            }
            match self.rows.next() {
                Some(batch) => self.batch = columns::u64s(&batch?, 0)?.to_vec().into_iter(),
                None => return Ok(self.run.take()),
            }
        }
    }
}

/// Makes the pairs of each bucket. Holds one bucket at a time, 4 bytes a version.
struct Meet {
    star: bool,
    hash: u64,
    bucket: Vec<u32>,
    out: Vec<u64>,
    capped: Arc<std::sync::atomic::AtomicU64>,
}

impl Meet {
    fn end(&mut self) {
        if self.bucket.len() > 1 {
            self.bucket.sort_unstable();
            if !self.star && self.bucket.len() > CAP {
                self.capped.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            } else {
                for (k, &b) in self.bucket.iter().enumerate() {
                    let earlier = if self.star { k.min(STAR) } else { k };
                    self.out.extend(self.bucket[..earlier].iter().map(|&a| u64::from(b) << 32 | u64::from(a)));
                }
            }
        }
        self.bucket.clear();
    }

    fn ready(&mut self) -> Result<Option<RecordBatch>, Error> {
        if self.out.is_empty() {
            return Ok(None);
        }
        let pairs: ArrayRef = Arc::new(UInt64Array::from(std::mem::take(&mut self.out)));
        Ok(Some(RecordBatch::try_new(self.schema(), vec![pairs])?))
    }
}

impl Reduce for Meet {
    fn schema(&self) -> SchemaRef {
        Arc::new(Schema::new(vec![Field::new("pair", DataType::UInt64, false)]))
    }

    fn take(&mut self, batch: &RecordBatch) -> Result<Option<RecordBatch>, Error> {
        let (hashes, ranks) = (columns::u64s(batch, 0)?, columns::u32s(batch, 1)?);
        for (&hash, &rank) in hashes.iter().zip(ranks) {
            if hash != self.hash {
                self.end();
                self.hash = hash;
            }
            self.bucket.push(rank);
        }
        self.ready()
    }

    fn finish(&mut self) -> Result<Option<RecordBatch>, Error> {
        self.end();
        self.ready()
    }
}
