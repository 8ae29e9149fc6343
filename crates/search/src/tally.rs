//! Counting what was found, in arrays of one number a story: the columns of the engine are packed, and to unpack them takes longer than to
//! count.

use std::{collections::HashMap, sync::Arc};

use tantivy::{DocId, SegmentReader, columnar::Column};

use crate::facets::FACETS;

/// Facets that have few values whatever the archive: what a story has of all of them is one number.
const FEW: [&str; 4] = ["changed", "has", "lang", "origin"];

const DAY: i64 = 86_400;

/// What the stories of one segment are counted by: 12 bytes a story, and 4 for each site, author, place, section and agency of it.
pub(crate) struct Held {
    /// What is asked of one story stands together. One more than there are, for where the values of the last one end.
    rows: Vec<Row>,
    kinds: Vec<Kind>,
    days: Vec<i64>,
    /// Values of facets with many, each with one number among those of all facets.
    values: Vec<u32>,
    /// Where the numbers of each facet begin, and where the last ones end.
    starts: Vec<u32>,
}

struct Row {
    /// Stories of a kind have the same values of few-valued facets, and as many versions and clippings.
    kind: u32,
    /// One more than there are where it has none.
    day: u32,
    /// Where its values begin.
    start: u32,
}

#[derive(Clone, Default, PartialEq, Eq, Hash)]
struct Kind {
    versions: u64,
    clippings: u64,
    values: Vec<u32>,
}

impl Held {
    pub(crate) fn read(reader: &SegmentReader) -> tantivy::Result<Self> {
        let fast = reader.fast_fields();
        let (mut few, mut many, mut starts) = (Vec::new(), Vec::new(), vec![0]);
        for (_, name) in FACETS {
            let column = fast.str(name)?;
            let start = starts.last().copied().unwrap_or_default();
            starts.push(start + column.as_ref().map_or(0, |column| column.num_terms()) as u32);
            // A column without values need not be asked.
            if let Some(column) = column.filter(|column| column.num_terms() > 0) {
                let columns = if FEW.contains(&name) { &mut few } else { &mut many };
                columns.push((start, column.ords().clone()));
            }
        }
        let numbers = |columns: &[(u32, Column<u64>)], row: u32, out: &mut Vec<u32>| {
            for (start, column) in columns {
                out.extend(column.values_for_doc(row).map(|value| start + value as u32));
            }
        };
        let (versions, clippings) = (fast.u64("versions")?, fast.u64("clippings")?);
        let (day_of, days) = days(reader.max_doc(), &fast.i64("time")?);
        let mut known: HashMap<Kind, u32> = HashMap::new();
        let mut kind = Kind::default();
        let (mut rows, mut values) = (Vec::with_capacity(day_of.len() + 1), Vec::new());
        for (row, day) in (0..).zip(day_of) {
            kind.versions = versions.first(row).unwrap_or_default();
            kind.clippings = clippings.first(row).unwrap_or_default();
            kind.values.clear();
            numbers(&few, row, &mut kind.values);
            let next = known.len() as u32;
            let number = match known.get(&kind) {
                Some(number) => *number,
                None => *known.entry(kind.clone()).or_insert(next),
            };
            rows.push(Row { kind: number, day, start: values.len() as u32 });
            numbers(&many, row, &mut values);
        }
        rows.push(Row { kind: 0, day: 0, start: values.len() as u32 });
        values.shrink_to_fit();
        let mut kinds: Vec<(Kind, u32)> = known.into_iter().collect();
        kinds.sort_unstable_by_key(|(_, number)| *number);
        Ok(Self { rows, kinds: kinds.into_iter().map(|(kind, _)| kind).collect(), days, values, starts })
    }
}

/// The days of times, and of each row which it is.
fn days(rows: u32, times: &Column<i64>) -> (Vec<u32>, Vec<i64>) {
    let day_of = |row: u32| times.first(row).map(|time| time.div_euclid(DAY));
    let mut days: Vec<i64> = Vec::new();
    for day in (0..rows).filter_map(day_of) {
        // Far fewer than rows: twice as many as there are at most.
        days.push(day);
        if days.len() >= 1 << 16 && days.len().is_power_of_two() {
            days.sort_unstable();
            days.dedup();
        }
    }
    days.sort_unstable();
    days.dedup();
    days.shrink_to_fit();
    let number = |day: i64| days.binary_search(&day).unwrap_or(days.len()) as u32;
    let mut last = None;
    let numbers = (0..rows).map(|row| match (day_of(row), last) {
        (None, _) => days.len() as u32,
        (Some(day), Some((same, number))) if same == day => number,
        (Some(day), _) => last.insert((day, number(day))).1,
    });
    (numbers.collect(), days)
}

/// What was found in one segment, counted.
pub(crate) struct Tally {
    pub(crate) segment: usize,
    held: Arc<Held>,
    kinds: Vec<u32>,
    days: Vec<u32>,
    /// Of each value of each facet; those with few values are counted at the end.
    values: Vec<u32>,
}

impl Tally {
    pub(crate) fn new(segment: usize, held: &Arc<Held>) -> Self {
        Self {
            segment,
            held: Arc::clone(held),
            kinds: vec![0; held.kinds.len()],
            days: vec![0; held.days.len() + 1],
            values: vec![0; held.starts.last().copied().unwrap_or_default() as usize],
        }
    }

    /// Counts some rows.
    pub(crate) fn add(&mut self, rows: &[DocId]) {
        let held = &*self.held;
        for &row in rows {
            let [row, next] = &held.rows[row as usize..][..2] else { continue };
            self.kinds[row.kind as usize] += 1;
            self.days[row.day as usize] += 1;
            for &value in &held.values[row.start as usize..next.start as usize] {
                self.values[value as usize] += 1;
            }
        }
    }

    /// Counts the values of facets that have few; gives the versions and clippings of all that was found.
    pub(crate) fn finish(&mut self) -> (u64, u64) {
        let (mut versions, mut clippings) = (0, 0);
        for (kind, count) in self.held.kinds.iter().zip(&self.kinds).filter(|(_, count)| **count > 0) {
            versions += kind.versions * u64::from(*count);
            clippings += kind.clippings * u64::from(*count);
            kind.values.iter().for_each(|value| self.values[*value as usize] += count);
        }
        (versions, clippings)
    }

    /// How often each value of a facet was found.
    pub(crate) fn counts(&self, facet: usize) -> &[u32] {
        &self.values[self.held.starts[facet] as usize..self.held.starts[facet + 1] as usize]
    }

    /// Days since 1970 with how many stories are of them.
    pub(crate) fn days(&self) -> impl Iterator<Item = (i64, u64)> {
        let counts = self.days.iter().map(|count| u64::from(*count));
        self.held.days.iter().copied().zip(counts).filter(|(_, count)| *count > 0)
    }
}
