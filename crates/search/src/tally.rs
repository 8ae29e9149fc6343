//! Counting what was found, in arrays of one number a story: the columns of the engine are packed, and to unpack them takes longer than to
//! count.

use std::{collections::HashMap, sync::Arc};

use tantivy::{DocId, SegmentReader, columnar::Column};

use crate::{facets::FACETS, rows::Rows};

/// Facets that have few values whatever the archive: what a story has of all of them is one number.
const FEW: [&str; 4] = ["changed", "has", "lang", "origin"];

const DAY: i64 = 86_400;

/// What the stories of one segment are counted by: 12 bytes a story, and 4 for each site, author, place, section and agency of those that
/// have several, rounded up to 16.
pub(crate) struct Held {
    /// What is asked of one story stands together.
    rows: Vec<Row>,
    kinds: Vec<Kind>,
    days: Vec<i64>,
    /// Values of facets with many, each with one number among those of all facets, of stories that have several; filled up with a number
    /// that no value has.
    values: Vec<[u32; GROUP]>,
    /// Where the numbers of each facet begin, and where the last ones end.
    starts: Vec<u32>,
    /// Rows that are not there any more, in order.
    gone: Vec<DocId>,
    /// All that are there, counted.
    whole: Counts,
}

#[derive(Clone, Copy)]
struct Row {
    /// Stories of a kind have the same values of few-valued facets, and as many versions and clippings.
    kind: u32,
    /// One more than there are where it has none.
    day: u32,
    /// The first group of its values; with [`ALONE`] the only one itself, so that most stories are one look into memory.
    values: u32,
}

/// No archive has so many values, nor different ones.
const ALONE: u32 = 1 << 31;

/// Values that are counted together: groups are all of one length, so that nothing waits until it is known how many a story has.
const GROUP: usize = 4;

/// Marks the last value of a group that another one of the same story comes behind.
const MORE: u32 = 1 << 31;

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
        let (mut rows, mut values, mut several) = (Vec::with_capacity(day_of.len()), Vec::new(), Vec::new());
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
            several.clear();
            numbers(&many, row, &mut several);
            // Behind the last one: counted, and asked for by nobody.
            let nobody = starts.last().copied().unwrap_or_default();
            let place = match several.as_slice() {
                [] => ALONE | nobody,
                [value] => ALONE | value,
                several => {
                    let place = values.len() as u32;
                    let groups = several.chunks(GROUP);
                    let last = groups.len() - 1;
                    for (at, some) in groups.enumerate() {
                        let mut group = [nobody; GROUP];
                        group[..some.len()].copy_from_slice(some);
                        group[GROUP - 1] |= if at < last { MORE } else { 0 };
                        values.push(group);
                    }
                    place
                }
            };
            rows.push(Row { kind: number, day, values: place });
        }
        values.shrink_to_fit();
        let mut kinds: Vec<(Kind, u32)> = known.into_iter().collect();
        kinds.sort_unstable_by_key(|(_, number)| *number);
        let kinds: Vec<Kind> = kinds.into_iter().map(|(kind, _)| kind).collect();
        let gone = match reader.alive_bitset() {
            Some(alive) => (0..reader.max_doc()).filter(|row| alive.is_deleted(*row)).collect(),
            None => Vec::new(),
        };
        let mut held = Self { rows, kinds, days, values, starts, gone, whole: Counts::default() };
        let mut whole = held.nothing();
        whole.add(&held, &held.others(&Rows::none(held.rows.len() as DocId)), ONE_MORE);
        held.whole = whole;
        Ok(held)
    }

    fn nothing(&self) -> Counts {
        Counts {
            kinds: vec![0; self.kinds.len()],
            days: vec![0; self.days.len() + 1],
            values: vec![0; self.starts.last().copied().unwrap_or_default() as usize + 1],
        }
    }

    /// The rows that are there and not among some.
    fn others(&self, rows: &Rows) -> Rows {
        let mut others = Rows::all(self.rows.len() as DocId);
        others.drop(rows);
        self.gone.iter().for_each(|row| {
            others.take(*row);
        });
        others
    }
}

/// How many stories are of each kind and day and have each value.
#[derive(Clone, Default)]
struct Counts {
    kinds: Vec<u32>,
    days: Vec<u32>,
    /// Of each value of each facet; those with few values are counted at the end.
    values: Vec<u32>,
}

/// What each row changes; sums wrap, and what is taken away was added before.
const ONE_MORE: u32 = 1;
const ONE_LESS: u32 = u32::MAX;

/// Rows that are read before they are counted: their places in memory are far apart, and asked for at the same time they are there sooner.
const AT_ONCE: usize = 256;

impl Counts {
    fn add(&mut self, held: &Held, rows: &Rows, step: u32) {
        let mut read = [Row { kind: 0, day: 0, values: 0 }; AT_ONCE];
        let mut several = [0; AT_ONCE];
        let mut groups = [[0; GROUP]; AT_ONCE];
        let nobody = self.values.len() as u32 - 1;
        // Neighbours are mostly of one kind, and would wait for each other.
        let mut kinds = self.kinds.clone();
        kinds.fill(0);
        let count = |counts: &mut [u32], at: u32| counts[at as usize] = counts[at as usize].wrapping_add(step);
        rows.each_block(|rows| {
            for rows in rows.chunks(AT_ONCE) {
                for (read, row) in read.iter_mut().zip(rows) {
                    *read = held.rows[*row as usize];
                }
                let mut waiting = 0;
                for (at, row) in read[..rows.len()].iter().enumerate() {
                    count(if at % 2 == 0 { &mut self.kinds } else { &mut kinds }, row.kind);
                    count(&mut self.days, row.day);
                    // No jump, which could not be foreseen.
                    let is_alone = row.values & ALONE != 0;
                    count(&mut self.values, if is_alone { row.values & !ALONE } else { nobody });
                    several[waiting % AT_ONCE] = row.values;
                    waiting += usize::from(!is_alone);
                }
                for (group, place) in groups.iter_mut().zip(&several[..waiting]) {
                    *group = held.values[*place as usize];
                }
                for (group, place) in groups.iter().zip(&several[..waiting]) {
                    let mut group = *group;
                    for next in *place as usize + 1.. {
                        group.iter().for_each(|value| count(&mut self.values, value & !MORE));
                        if group[GROUP - 1] & MORE == 0 {
                            break;
                        }
                        group = held.values[next];
                    }
                }
            }
        });
        self.kinds.iter_mut().zip(kinds).for_each(|(kind, count)| *kind = kind.wrapping_add(count));
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
    pub(crate) stories: u64,
    pub(crate) versions: u64,
    pub(crate) clippings: u64,
    held: Arc<Held>,
    counts: Counts,
}

impl Tally {
    /// Counts what was found. Where it is more than half of all, what was not found is counted, and taken from all.
    pub(crate) fn new(segment: usize, held: &Arc<Held>, found: &Rows) -> Self {
        let stories = found.count();
        let mut counts;
        if stories * 2 > held.rows.len() {
            counts = held.whole.clone();
            counts.add(held, &held.others(found), ONE_LESS);
        } else {
            counts = held.nothing();
            counts.add(held, found, ONE_MORE);
        }
        let (mut versions, mut clippings) = (0, 0);
        for (kind, count) in held.kinds.iter().zip(&counts.kinds).filter(|(_, count)| **count > 0) {
            versions += kind.versions * u64::from(*count);
            clippings += kind.clippings * u64::from(*count);
            kind.values.iter().for_each(|value| counts.values[*value as usize] += count);
        }
        Self { segment, stories: stories as u64, versions, clippings, held: Arc::clone(held), counts }
    }

    /// How often each value of a facet was found.
    pub(crate) fn counts(&self, facet: usize) -> &[u32] {
        &self.counts.values[self.held.starts[facet] as usize..self.held.starts[facet + 1] as usize]
    }

    /// Days since 1970 with how many stories are of them.
    pub(crate) fn days(&self) -> impl Iterator<Item = (i64, u64)> {
        let counts = self.counts.days.iter().map(|count| u64::from(*count));
        self.held.days.iter().copied().zip(counts).filter(|(_, count)| *count > 0)
    }
}
