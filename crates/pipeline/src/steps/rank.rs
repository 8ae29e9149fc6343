//! Versions get their ranks in an order that depends on nothing but the captures: fetched, URL, capture, ordinal.

use std::{collections::HashMap, sync::Arc};

use arrow::{
    array::{ArrayRef, AsArray, UInt64Array},
    datatypes::{DataType, Field, Schema},
    record_batch::RecordBatch,
};
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    Error, Options, columns,
    engine::{Engine, Query, stream},
    seconds,
    steps::clippings::Clippings,
};

const RANKS: Query = Query { name: "ranks.sql", sql: include_str!("../queries/ranks.sql") };

/// No clipping says when.
pub(crate) const NEVER: i64 = i64::MIN;

/// What is known of the versions from their clippings. `number` below is the order in which versions came; `rank` does not
/// depend on it.
pub(crate) struct Ranks {
    /// Rank of each number.
    pub(crate) of_number: Arc<Vec<u32>>,
    /// By rank: number, first and last fetch, hash of the first clipping's URL and site, the clipping that names the version.
    pub(crate) ranked: Vec<Ranked>,
    /// `(number of the version, site)` of each clipping.
    pub(crate) sites: Vec<(u32, u32)>,
}

#[derive(Clone, Copy)]
pub(crate) struct Ranked {
    pub(crate) number: u32,
    /// Number of a site.
    pub(crate) site: u32,
    pub(crate) url: u64,
    /// When the first clipping was fetched, where it says so.
    pub(crate) fetched: i64,
    pub(crate) first_seen: i64,
    pub(crate) last_seen: i64,
    /// Row of the earliest clipping, if possible one with a headline.
    pub(crate) head: u64,
    pub(crate) titled: bool,
}

pub(crate) fn rank(engine: &Engine, clippings: &Clippings, versions: usize, options: &Options) -> Result<Ranks, Error> {
    let mut names: HashMap<String, u32> = HashMap::new();
    let mut sites = Vec::with_capacity(clippings.rows() as usize);
    for batch in clippings.read(&["version", "site"], options.batch_rows)? {
        let batch = batch?;
        let texts = columns::texts(&batch, 1)?;
        for (&version, site) in columns::u32s(&batch, 0)?.iter().zip(texts.iter().flatten()) {
            let next = names.len() as u32;
            let site = match names.get(site) {
                Some(&number) => number,
                None => *names.entry(site.to_owned()).or_insert(next),
            };
            sites.push((version, site));
        }
    }
    let schema = Arc::new(Schema::new(vec![
        Field::new("version", DataType::UInt32, false),
        Field::new("titled", DataType::Boolean, false),
        Field::new("url", DataType::Utf8, false),
        Field::new("fetched_at", DataType::Utf8, false),
        Field::new("capture", DataType::Utf8, false),
        Field::new("ordinal", DataType::UInt32, false),
        Field::new("place", DataType::UInt64, false),
    ]));
    let columns = ["version", "titled", "url", "fetched_at", "capture", "ordinal"];
    let placed_schema = schema.clone();
    let mut next = 0;
    let rows = clippings.read(&columns, options.batch_rows)?.map(move |batch| -> Result<RecordBatch, Error> {
        let batch = batch?;
        let from: u64 = next;
        next += batch.num_rows() as u64;
        let mut columns = batch.columns().to_vec();
        let places: ArrayRef = Arc::new(UInt64Array::from_iter_values(from..next));
        columns.push(places);
        Ok(RecordBatch::try_new(placed_schema.clone(), columns)?)
    });
    let sorted = engine.run(&RANKS, vec![("clippings", stream(schema, rows))])?;

    let mut of_number = vec![u32::MAX; versions];
    let mut ranked: Vec<Ranked> = Vec::with_capacity(versions);
    for batch in sorted {
        let batch = batch?;
        let (numbers, places) = (columns::u32s(&batch, 0)?, columns::u64s(&batch, 1)?);
        let titled = batch.column(2).as_boolean();
        let (urls, fetched) = (columns::texts(&batch, 3)?, columns::texts(&batch, 4)?);
        for row in 0..batch.num_rows() {
            let number = numbers[row];
            let at = seconds::from_text(fetched.value(row)).unwrap_or(NEVER);
            let rank = of_number[number as usize];
            if rank == u32::MAX {
                of_number[number as usize] = ranked.len() as u32;
                let url = urls.value(row);
                ranked.push(Ranked {
                    number,
                    site: sites[places[row] as usize].1,
                    url: if url.is_empty() { 0 } else { xxh3_64(url.as_bytes()) | 1 },
                    fetched: at,
                    first_seen: at,
                    last_seen: at,
                    head: places[row],
                    titled: titled.value(row),
                });
                continue;
            }
            let known = &mut ranked[rank as usize];
            if at != NEVER {
                known.first_seen = if known.first_seen == NEVER { at } else { known.first_seen.min(at) };
                known.last_seen = known.last_seen.max(at);
            }
            if !known.titled && titled.value(row) {
                known.titled = true;
                known.head = places[row];
            }
        }
    }
    // The empty site is no site.
    let none = names.get("").copied();
    for version in &mut ranked {
        if Some(version.site) == none {
            version.site = u32::MAX;
        }
    }
    sites.iter_mut().filter(|(_, site)| Some(*site) == none).for_each(|(_, site)| *site = u32::MAX);
    Ok(Ranks { of_number: Arc::new(of_number), ranked, sites })
}
