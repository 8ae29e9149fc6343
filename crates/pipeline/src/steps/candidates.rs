//! Pairs of versions that share enough anchors to be worth a comparison.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering::Relaxed},
};

use arrow::{
    array::{ArrayRef, BooleanArray, UInt32Array, UInt64Array},
    compute::filter_record_batch,
    datatypes::{DataType, Field, Schema, SchemaRef},
    record_batch::RecordBatch,
};
use copydesk_match::Thresholds;

use crate::{
    Error, Options, columns,
    engine::{Engine, Query, Reduce, Rows, reduce, stream},
    steps::{anchors::Anchors, repeats::Repeats},
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
    capped: Arc<AtomicU64>,
}

/// What both rounds need of the anchors.
pub(crate) struct Shared {
    /// How many anchors each rank has.
    counts: Arc<Vec<u16>>,
    /// Which may be anchors of several versions.
    repeats: Arc<Repeats>,
    /// Those, as the first round sorted them.
    sorted: Arc<Mutex<Sorted>>,
}

/// Rows of [`BUCKETS`], while they fit into memory.
struct Sorted {
    batches: Vec<RecordBatch>,
    /// Bytes that may still be held; `None` when that was too little.
    room: Option<usize>,
    is_whole: bool,
}

/// Anchors of a version, about.
const ANCHORS: usize = 20;

impl Shared {
    pub(crate) fn of(anchors: &Anchors, rank_of: &[u32], options: &Options) -> Result<Self, Error> {
        let mut counts = vec![0_u16; rank_of.len()];
        let mut repeats = Repeats::with_room_for(rank_of.len() * ANCHORS);
        for batch in anchors.read(options.batch_rows)? {
            for (number, hash) in batch? {
                let count = &mut counts[rank_of[number as usize] as usize];
                *count = count.saturating_add(1);
                repeats.add(hash);
            }
        }
        let sorted = Sorted { batches: Vec::new(), room: Some(options.for_rows()), is_whole: false };
        Ok(Self { counts: Arc::new(counts), repeats: Arc::new(repeats), sorted: Arc::new(Mutex::new(sorted)) })
    }

    /// What the first round sorted, if it is held.
    fn sorted(&self) -> Option<Vec<RecordBatch>> {
        let sorted = self.sorted.lock().ok()?;
        (sorted.is_whole && sorted.room.is_some()).then(|| sorted.batches.clone())
    }
}

impl Sorted {
    fn keep(&mut self, batch: &RecordBatch) {
        self.room = self.room.and_then(|room| room.checked_sub(batch.get_array_memory_size()));
        match self.room {
            Some(_) => self.batches.push(batch.clone()),
            None => self.batches = Vec::new(),
        }
    }
}

pub(crate) fn candidates(
    engine: &Engine,
    anchors: &Anchors,
    rank_of: &Arc<Vec<u32>>,
    shared: &Shared,
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
    let held = leads.as_ref().and_then(|leads| Some((leads.clone(), shared.sorted()?)));
    let together = if let Some((leads, sorted)) = held {
        let of_leaders = sorted.into_iter().map(move |batch| {
            let leads = columns::u32s(&batch, 1)?.iter().map(|&rank| Some(leads[rank as usize]));
            Ok(filter_record_batch(&batch, &leads.collect::<BooleanArray>())?)
        });
        engine.rows(BUCKETS.name, stream(schema, of_leaders))
    } else {
        let (ranks, ranked_schema, repeats) = (rank_of.clone(), schema.clone(), shared.repeats.clone());
        let ranked = anchors.read(options.batch_rows)?.map(move |batch| -> Result<RecordBatch, Error> {
            let rows = batch?.into_iter().filter(|(_, hash)| repeats.may_repeat(*hash));
            let rows = rows.map(|(number, hash)| (hash, ranks[number as usize]));
            let (hashes, ranks): (Vec<u64>, Vec<u32>) = match &leads {
                None => rows.unzip(),
                Some(leads) => rows.filter(|(_, rank)| leads[*rank as usize]).unzip(),
            };
            let columns: Vec<ArrayRef> = vec![Arc::new(UInt64Array::from(hashes)), Arc::new(UInt32Array::from(ranks))];
            Ok(RecordBatch::try_new(ranked_schema.clone(), columns)?)
        });
        engine.run(&BUCKETS, vec![("anchors", stream(schema, ranked))])?
    };
    let capped = Arc::new(AtomicU64::new(0));
    let meet = Meet {
        star: matches!(round, Round::Star),
        hash: 0,
        bucket: Vec::new(),
        out: Vec::new(),
        capped: capped.clone(),
        sorted: matches!(round, Round::Star).then(|| shared.sorted.clone()),
    };
    let rows = engine.run(&PAIRS, vec![("meetings", reduce(together, meet))])?;
    Ok(Candidates { rows, batch: Vec::new().into_iter(), run: None, anchors: shared.counts.clone(), capped })
}

impl Candidates {
    /// Anchors that were not followed, so far.
    pub(crate) fn capped(&self) -> Arc<AtomicU64> {
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
    capped: Arc<AtomicU64>,
    /// Where to keep the rows as they come, sorted.
    sorted: Option<Arc<Mutex<Sorted>>>,
}

impl Meet {
    fn end(&mut self) {
        if self.bucket.len() > 1 {
            self.bucket.sort_unstable();
            if !self.star && self.bucket.len() > CAP {
                self.capped.fetch_add(1, Relaxed);
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
        if let Some(mut sorted) = self.sorted.as_ref().and_then(|sorted| sorted.lock().ok()) {
            sorted.keep(batch);
        }
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
        if let Some(mut sorted) = self.sorted.as_ref().and_then(|sorted| sorted.lock().ok()) {
            sorted.is_whole = true;
        }
        self.end();
        self.ready()
    }
}
