//! What all captures together know of each block: in how many it stands, and between how many others.

use std::{collections::VecDeque, sync::Arc};

use arrow::{
    array::{ArrayRef, UInt8Array, UInt32Array, UInt64Array},
    datatypes::{DataType, Field, Schema, SchemaRef},
    record_batch::RecordBatch,
};
use copydesk_archive::{Archive, Batches, Table};
use copydesk_split::{Evidence, Neighbours, Sighting, most_urls, neighbours};
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    Error, ErrorKind, Options, columns,
    engine::{Engine, Query, Reduce, Rows, reduce, stream},
    steps::repeats::Repeats,
};

const CENSUS: Query = Query { name: "census.sql", sql: include_str!("../queries/census.sql") };
const EVIDENCE: Query = Query { name: "evidence.sql", sql: include_str!("../queries/evidence.sql") };

/// The evidence for each block of each capture, in the order of captures.
pub(crate) fn census(engine: &Engine, archive: &Archive, options: &Options) -> Result<EvidenceRows, Error> {
    let sightings = Sightings {
        repeats: repeats(archive, options)?,
        sightings: archive.read(Table::Sightings, None, options.batch_rows)?,
        captures: archive.read(Table::Captures, Some(&["blocks"]), options.batch_rows)?,
        counts: Vec::new().into_iter(),
        capture: 0,
        pending: VecDeque::new(),
        rows: options.batch_rows,
    };
    let together = engine.run(&CENSUS, vec![("sightings", stream(sighting_schema(), sightings))])?;
    let counted = reduce(together, Count { stood_at: stood_at(archive, options)?, ..Count::default() });
    let rows = engine.run(&EVIDENCE, vec![("evidence", counted)])?;
    Ok(EvidenceRows { rows, batch: None, at: 0 })
}

/// Which blocks may stand in more than one place. Of the others the census says nothing, and most blocks are among them.
fn repeats(archive: &Archive, options: &Options) -> Result<Repeats, Error> {
    let mut repeats = Repeats::with_room_for(archive.rows(Table::Sightings) as usize);
    for batch in archive.read(Table::Sightings, Some(&["hash"]), options.batch_rows)? {
        columns::u64s(&batch?, 0)?.iter().for_each(|&hash| repeats.add(hash));
    }
    Ok(repeats)
}

/// For each capture its site and its URL, as hashes. Captures without a URL stand at the same one: nobody knows whether it is.
fn stood_at(archive: &Archive, options: &Options) -> Result<Vec<(u32, u32)>, Error> {
    let mut stood_at = Vec::with_capacity(archive.rows(Table::Captures) as usize);
    let hash = |text: Option<&str>| xxh3_64(text.unwrap_or_default().as_bytes()) as u32;
    for batch in archive.read(Table::Captures, Some(&["url", "site"]), options.batch_rows)? {
        let batch = batch?;
        let (urls, sites) = (columns::texts(&batch, 0)?, columns::texts(&batch, 1)?);
        stood_at.extend(sites.iter().zip(urls).map(|(site, url)| (hash(site), hash(url))));
    }
    Ok(stood_at)
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

/// The archive's sightings of blocks that may stand elsewhere too, with the place of each and the hashes of their neighbours: captures are
/// numbered as they stand in their table.
struct Sightings {
    repeats: Repeats,
    sightings: Batches,
    captures: Batches,
    counts: std::vec::IntoIter<u32>,
    /// Captures that were handed on.
    capture: u64,
    /// Rows of the next captures.
    pending: VecDeque<Sighting>,
    /// Rows after which a batch is handed on.
    rows: usize,
}

impl Sightings {
    /// How many blocks the next capture has; `None` after the last one.
    fn count(&mut self) -> Result<Option<usize>, Error> {
        loop {
            if let Some(count) = self.counts.next() {
                return Ok(Some(count as usize));
            }
            let Some(batch) = self.captures.next() else { return Ok(None) };
            self.counts = columns::u32s(&batch?, 0)?.to_vec().into_iter();
        }
    }

    fn batch(&mut self) -> Result<Option<RecordBatch>, Error> {
        let (mut hashes, mut places) = (Vec::with_capacity(self.rows), Vec::with_capacity(self.rows));
        let (mut left, mut right) = (Vec::with_capacity(self.rows), Vec::with_capacity(self.rows));
        while hashes.len() < self.rows {
            let Some(count) = self.count()? else { break };
            while self.pending.len() < count {
                let batch = self.sightings.next().ok_or_else(unpaired)??;
                let (hash, left, right) =
                    (columns::u64s(&batch, 0)?, columns::u32s(&batch, 1)?, columns::u32s(&batch, 2)?);
                let rows = hash.iter().zip(left).zip(right);
                self.pending.extend(rows.map(|((&hash, &left), &right)| Sighting { hash, left, right }));
            }
            let sightings = &self.pending.make_contiguous()[..count];
            let repeat = |sighting: &Sighting| self.repeats.may_repeat(sighting.hash);
            for (at, sighting) in sightings.iter().enumerate().filter(|(_, sighting)| repeat(sighting)) {
                let (before, after) = neighbours(sightings, at);
                hashes.push(sighting.hash);
                places.push(self.capture << 32 | at as u64);
                left.push(before);
                right.push(after);
            }
            self.pending.drain(..count);
            self.capture += 1;
        }
        if hashes.is_empty() {
            return if self.pending.is_empty() { Ok(None) } else { Err(unpaired()) };
        }
        let columns: Vec<ArrayRef> = [hashes, places, left, right]
            .into_iter()
            .map(|column| Arc::new(UInt64Array::from(column)) as ArrayRef)
            .collect();
        Ok(Some(RecordBatch::try_new(sighting_schema(), columns)?))
    }
}

fn unpaired() -> Error {
    Error::new(
        ErrorKind::Damaged,
        "the archive's tables `captures` and `sightings` do not belong together; make the archive again from its inputs",
    )
}

impl Iterator for Sightings {
    type Item = Result<RecordBatch, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.batch().transpose()
    }
}

/// Counts the rows of each hash. Holds the places and neighbours of one hash at a time.
#[derive(Default)]
struct Count {
    /// See [`stood_at`].
    stood_at: Vec<(u32, u32)>,
    hash: u64,
    places: Vec<u64>,
    left: Neighbours,
    right: Neighbours,
    /// Where the captures of one hash stood.
    urls: Vec<(u32, u32)>,
    out_places: Vec<u64>,
    out_captures: Vec<u32>,
    out_left: Vec<u8>,
    out_right: Vec<u8>,
    out_settled: Vec<u8>,
    out_urls: Vec<u8>,
}

impl Count {
    fn end(&mut self) {
        if self.places.len() > 1 {
            self.places.sort_unstable();
            let captures = self.places.chunk_by(|x, y| x >> 32 == y >> 32).count() as u32;
            // A block of one capture alone says nothing of how blocks behave.
            if captures > 1 {
                let n = self.out_places.len() + self.places.len();
                let stood_at = self.places.iter().filter_map(|place| self.stood_at.get((place >> 32) as usize));
                self.urls.clear();
                self.urls.extend(stood_at);
                let urls = most_urls(&mut self.urls);
                self.out_places.append(&mut self.places);
                let found = Evidence::of(captures, &mut self.left, &mut self.right, urls);
                self.out_captures.resize(n, captures);
                self.out_left.resize(n, found.left);
                self.out_right.resize(n, found.right);
                self.out_settled.resize(n, found.settled.into());
                self.out_urls.resize(n, found.urls);
            }
        }
        self.places.clear();
        self.left.clear();
        self.right.clear();
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
            Arc::new(UInt8Array::from(std::mem::take(&mut self.out_settled))),
            Arc::new(UInt8Array::from(std::mem::take(&mut self.out_urls))),
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
            column("settled", DataType::UInt8),
            column("urls", DataType::UInt8),
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
            let captures = columns::u32s(batch, 1)?;
            let [left, right, settled, urls] = [2, 3, 4, 5].map(|column| columns::u8s(batch, column));
            let (left, right, settled, urls) = (left?, right?, settled?, urls?);
            while self.at < places.len() {
                let place = places[self.at];
                if place >> 32 != capture {
                    return Ok(evidence);
                }
                if let Some(of) = evidence.get_mut(place as u32 as usize) {
                    let at = self.at;
                    *of = Evidence {
                        captures: captures[at],
                        left: left[at],
                        right: right[at],
                        settled: settled[at] != 0,
                        urls: urls[at],
                    };
                }
                self.at += 1;
            }
        }
    }
}
