//! What all captures together know of each block: in how many it stands, and between how many others.

use std::sync::Arc;

use arrow::{
    array::{ArrayRef, UInt8Array, UInt32Array, UInt64Array},
    datatypes::{DataType, Field, Schema, SchemaRef},
    record_batch::RecordBatch,
};
use copydesk_archive::{Archive, Batches, Table};
use copydesk_split::Evidence;

use crate::{
    Error, ErrorKind, Options, columns,
    engine::{Engine, Query, Reduce, Rows, reduce, stream},
};

const CENSUS: Query = Query { name: "census.sql", sql: include_str!("../queries/census.sql") };
const EVIDENCE: Query = Query { name: "evidence.sql", sql: include_str!("../queries/evidence.sql") };

/// Beyond so many distinct neighbours nothing more is learned.
const NEIGHBOURS: usize = 8;

/// The evidence for each block of each capture, in the order of captures.
pub(crate) fn census(engine: &Engine, archive: &Archive, options: &Options) -> Result<EvidenceRows, Error> {
    let sightings = Sightings {
        sightings: archive.read(Table::Sightings, Some(&["hash", "left", "right"]), options.batch_rows)?,
        captures: archive.read(Table::Captures, Some(&["blocks"]), options.batch_rows)?,
        counts: Vec::new().into_iter(),
        capture: 0,
        ordinal: 0,
        left: 0,
    };
    let together = engine.run(&CENSUS, vec![("sightings", stream(sighting_schema(), sightings))])?;
    let counted = reduce(together, Count::default());
    let rows = engine.run(&EVIDENCE, vec![("evidence", counted)])?;
    Ok(EvidenceRows { rows, batch: None, at: 0 })
}

fn column(name: &str, data_type: DataType) -> Field {
    Field::new(name, data_type, false)
}

fn sighting_schema() -> SchemaRef {
    Arc::new(Schema::new(vec![
        column("hash", DataType::UInt64),
        column("place", DataType::UInt64),
        column("left", DataType::UInt64),
        column("right", DataType::UInt64),
    ]))
}

/// The archive's sightings with the place of each: captures are numbered as they stand in their table.
struct Sightings {
    sightings: Batches,
    captures: Batches,
    counts: std::vec::IntoIter<u32>,
    /// One more than the number of the capture that is being read.
    capture: u64,
    ordinal: u64,
    /// Blocks of it that are still to come.
    left: u32,
}

impl Sightings {
    fn place(&mut self) -> Result<u64, Error> {
        while self.left == 0 {
            match self.counts.next() {
                Some(count) => {
                    self.capture += 1;
                    self.ordinal = 0;
                    self.left = count;
                }
                None => {
                    let batch = self.captures.next().ok_or_else(|| {
                        Error::new(
                            ErrorKind::Damaged,
                            "the archive's table `sightings` has rows of no capture; make the archive again from its inputs",
                        )
                    })??;
                    self.counts = columns::u32s(&batch, 0)?.to_vec().into_iter();
                }
            }
        }
        let place = (self.capture - 1) << 32 | self.ordinal;
        self.ordinal += 1;
        self.left -= 1;
        Ok(place)
    }

    fn placed(&mut self, batch: RecordBatch) -> Result<RecordBatch, Error> {
        let places = (0..batch.num_rows()).map(|_| self.place()).collect::<Result<Vec<_>, _>>()?;
        let places: ArrayRef = Arc::new(UInt64Array::from(places));
        let columns = vec![batch.column(0).clone(), places, batch.column(1).clone(), batch.column(2).clone()];
        Ok(RecordBatch::try_new(sighting_schema(), columns)?)
    }
}

impl Iterator for Sightings {
    type Item = Result<RecordBatch, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.sightings.next()?;
        Some(batch.map_err(Error::from).and_then(|batch| self.placed(batch)))
    }
}

/// Counts the rows of each hash. Holds the places of one hash at a time.
#[derive(Default)]
struct Count {
    hash: u64,
    places: Vec<u64>,
    left: Neighbours,
    right: Neighbours,
    out_places: Vec<u64>,
    out_captures: Vec<u32>,
    out_left: Vec<u8>,
    out_right: Vec<u8>,
}

#[derive(Default)]
struct Neighbours {
    hashes: [u64; NEIGHBOURS],
    count: usize,
}

impl Neighbours {
    fn add(&mut self, hash: u64) {
        if self.count < NEIGHBOURS && !self.hashes[..self.count].contains(&hash) {
            self.hashes[self.count] = hash;
            self.count += 1;
        }
    }
}

impl Count {
    fn end(&mut self) {
        if self.places.len() > 1 {
            self.places.sort_unstable();
            let captures = self.places.chunk_by(|x, y| x >> 32 == y >> 32).count() as u32;
            // A block of one capture alone says nothing of how blocks behave.
            if captures > 1 {
                let n = self.out_places.len() + self.places.len();
                self.out_places.append(&mut self.places);
                self.out_captures.resize(n, captures);
                self.out_left.resize(n, self.left.count as u8);
                self.out_right.resize(n, self.right.count as u8);
            }
        }
        self.places.clear();
        self.left.count = 0;
        self.right.count = 0;
    }

    fn ready(&mut self) -> Result<Option<RecordBatch>, Error> {
        if self.out_places.is_empty() {
            return Ok(None);
        }
        let columns: Vec<ArrayRef> = vec![
            Arc::new(UInt64Array::from(std::mem::take(&mut self.out_places))),
            Arc::new(UInt32Array::from(std::mem::take(&mut self.out_captures))),
            Arc::new(UInt8Array::from(std::mem::take(&mut self.out_left))),
            Arc::new(UInt8Array::from(std::mem::take(&mut self.out_right))),
        ];
        Ok(Some(RecordBatch::try_new(self.schema(), columns)?))
    }
}

impl Reduce for Count {
    fn schema(&self) -> SchemaRef {
        Arc::new(Schema::new(vec![
            column("place", DataType::UInt64),
            column("captures", DataType::UInt32),
            column("left", DataType::UInt8),
            column("right", DataType::UInt8),
        ]))
    }

    fn take(&mut self, batch: &RecordBatch) -> Result<Option<RecordBatch>, Error> {
        let (hashes, places) = (columns::u64s(batch, 0)?, columns::u64s(batch, 1)?);
        let (left, right) = (columns::u64s(batch, 2)?, columns::u64s(batch, 3)?);
        for row in 0..batch.num_rows() {
            if hashes[row] != self.hash {
                self.end();
                self.hash = hashes[row];
            }
            self.places.push(places[row]);
            self.left.add(left[row]);
            self.right.add(right[row]);
        }
        self.ready()
    }

    fn finish(&mut self) -> Result<Option<RecordBatch>, Error> {
        self.end();
        self.ready()
    }
}

/// Evidence in the order of captures.
pub(crate) struct EvidenceRows {
    rows: Rows,
    batch: Option<RecordBatch>,
    at: usize,
}

impl EvidenceRows {
    /// The evidence for the blocks of a capture; captures are asked for in their order.
    pub(crate) fn of(&mut self, capture: u64, blocks: usize) -> Result<Vec<Evidence>, Error> {
        let mut evidence = vec![Evidence::default(); blocks];
        loop {
            let batch = match &self.batch {
                Some(batch) if self.at < batch.num_rows() => batch,
                _ => {
                    self.batch = self.rows.next().transpose()?;
                    self.at = 0;
                    match &self.batch {
                        Some(batch) => batch,
                        None => return Ok(evidence),
                    }
                }
            };
            let places = columns::u64s(batch, 0)?;
            let (captures, left, right) = (columns::u32s(batch, 1)?, columns::u8s(batch, 2)?, columns::u8s(batch, 3)?);
            while self.at < places.len() {
                let place = places[self.at];
                if place >> 32 != capture {
                    return Ok(evidence);
                }
                if let Some(of) = evidence.get_mut(place as u32 as usize) {
                    *of = Evidence { captures: captures[self.at], left: left[self.at], right: right[self.at] };
                }
                self.at += 1;
            }
        }
    }
}
