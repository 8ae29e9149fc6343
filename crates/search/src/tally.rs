//! Counting what was found, in arrays of one number a story: the columns of the engine are packed, and to unpack them takes longer than to
//! count.

use std::{collections::HashMap, sync::Arc};

use tantivy::{DocId, SegmentReader, columnar::Column};

use crate::facets::FACETS;

/// Facets that have few values whatever the archive: what a story has of all of them is one number.
const FEW: [&str; 4] = ["changed", "has", "lang", "origin"];

const DAY: i64 = 86_400;

/// What the stories of one segment are counted by; about 50 bytes a story.
pub(crate) struct Held {
    /// Of each row its kind: stories of a kind have the same values of few-valued facets, and as many versions and clippings.
    kind_of: Vec<u32>,
    kinds: Vec<Kind>,
    /// Of each row the number of its day; one more than there are where it has none.
    day_of: Vec<u32>,
    days: Vec<i64>,
    lists: Vec<List>,
    /// Different values of each facet.
    values: Vec<usize>,
}

#[derive(Clone, Default, PartialEq, Eq, Hash)]
struct Kind {
    versions: u64,
    clippings: u64,
    /// Facets with a value each.
    values: Vec<(u8, u32)>,
}

/// The values of a facet with many.
struct List {
    facet: usize,
    /// Of each row where its values begin, and where the last ones end.
    starts: Vec<u32>,
    values: Vec<u32>,
}

impl Held {
    pub(crate) fn read(reader: &SegmentReader) -> tantivy::Result<Self> {
        let fast = reader.fast_fields();
        let rows = reader.max_doc();
        let (mut few, mut lists, mut values) = (Vec::new(), Vec::new(), Vec::new());
        for (facet, (_, name)) in FACETS.iter().enumerate() {
            let column = fast.str(name)?;
            values.push(column.as_ref().map_or(0, |column| column.num_terms()));
            let Some(column) = column.filter(|column| column.num_terms() > 0) else { continue };
            if FEW.contains(name) {
                few.push((facet as u8, column.ords().clone()));
            } else {
                lists.push(List::read(facet, rows, column.ords()));
            }
        }
        let (versions, clippings) = (fast.u64("versions")?, fast.u64("clippings")?);
        let mut known: HashMap<Kind, u32> = HashMap::new();
        let mut kind_of = Vec::with_capacity(rows as usize);
        let mut kind = Kind::default();
        for row in 0..rows {
            kind.versions = versions.first(row).unwrap_or_default();
            kind.clippings = clippings.first(row).unwrap_or_default();
            kind.values.clear();
            for (facet, column) in &few {
                kind.values.extend(column.values_for_doc(row).map(|value| (*facet, value as u32)));
            }
            let next = known.len() as u32;
            kind_of.push(match known.get(&kind) {
                Some(number) => *number,
                None => *known.entry(kind.clone()).or_insert(next),
            });
        }
        let mut kinds: Vec<(Kind, u32)> = known.into_iter().collect();
        kinds.sort_unstable_by_key(|(_, number)| *number);
        let kinds = kinds.into_iter().map(|(kind, _)| kind).collect();
        let (day_of, days) = days(rows, &fast.i64("time")?);
        Ok(Self { kind_of, kinds, day_of, days, lists, values })
    }
}

impl List {
    fn read(facet: usize, rows: u32, column: &Column<u64>) -> Self {
        let (mut starts, mut values) = (Vec::with_capacity(rows as usize + 1), Vec::new());
        for row in 0..rows {
            starts.push(values.len() as u32);
            values.extend(column.values_for_doc(row).map(|value| value as u32));
        }
        starts.push(values.len() as u32);
        values.shrink_to_fit();
        Self { facet, starts, values }
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
    facets: Vec<Vec<u32>>,
}

impl Tally {
    pub(crate) fn new(segment: usize, held: &Arc<Held>) -> Self {
        Self {
            segment,
            held: Arc::clone(held),
            kinds: vec![0; held.kinds.len()],
            days: vec![0; held.days.len() + 1],
            facets: held.values.iter().map(|values| vec![0; *values]).collect(),
        }
    }

    /// Counts some rows.
    pub(crate) fn add(&mut self, rows: &[DocId]) {
        for &row in rows {
            self.kinds[self.held.kind_of[row as usize] as usize] += 1;
            self.days[self.held.day_of[row as usize] as usize] += 1;
        }
        for List { facet, starts, values } in &self.held.lists {
            let counts = &mut self.facets[*facet];
            for &row in rows {
                let (start, end) = (starts[row as usize], starts[row as usize + 1]);
                for &value in &values[start as usize..end as usize] {
                    counts[value as usize] += 1;
                }
            }
        }
    }

    /// Counts the values of facets that have few; gives the versions and clippings of all that was found.
    pub(crate) fn finish(&mut self) -> (u64, u64) {
        let (mut versions, mut clippings) = (0, 0);
        for (kind, count) in self.held.kinds.iter().zip(&self.kinds).filter(|(_, count)| **count > 0) {
            versions += kind.versions * u64::from(*count);
            clippings += kind.clippings * u64::from(*count);
            kind.values.iter().for_each(|(facet, value)| self.facets[usize::from(*facet)][*value as usize] += count);
        }
        (versions, clippings)
    }

    /// How often each value of a facet was found.
    pub(crate) fn counts(&self, facet: usize) -> &[u32] {
        &self.facets[facet]
    }

    /// Days since 1970 with how many stories are of them.
    pub(crate) fn days(&self) -> impl Iterator<Item = (i64, u64)> {
        let counts = self.days.iter().map(|count| u64::from(*count));
        self.held.days.iter().copied().zip(counts).filter(|(_, count)| *count > 0)
    }
}
