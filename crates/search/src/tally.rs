//! Counting what was found, in arrays of one number a story: the columns of the engine are packed, and to unpack them takes longer than to
//! count.

use std::{collections::HashMap, sync::Arc};

use tantivy::{DocId, SegmentReader, columnar::Column};

use crate::{facets::FACETS, rows::Rows};

/// Facets that have few values whatever the archive: what a story has of all of them is one number.
const FEW: [&str; 4] = ["changed", "has", "lang", "origin"];

const DAY: i64 = 86_400;

/// What the stories of one segment are counted by: 8 bytes a story, and 4 for each site, author, place, section and agency of those that
/// have several, rounded up to 16.
pub(crate) struct Held {
    /// What is asked of one story stands together.
    rows: Vec<Row>,
    /// Bits of a row that say its kind, the lowest.
    kind_bits: u32,
    kinds: Vec<Kind>,
    /// Rows of kinds that these bits cannot say, which say the highest number.
    odd: Vec<(DocId, u32)>,
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

#[derive(Clone, Copy, Default)]
struct Row {
    /// Its kind: stories of a kind have the same values of few-valued facets, and as many versions and clippings. Above it its day: one more
    /// than there are where it has none.
    told: u32,
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
        Self::read_into(reader, u32::BITS)
    }

    /// With so many bits for a row's kind and day. Days need 22 at most, and far fewer mostly.
    fn read_into(reader: &SegmentReader, bits: u32) -> tantivy::Result<Self> {
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
        let kind_bits = bits.saturating_sub((days.len() as u32).checked_ilog2().map_or(0, |highest| highest + 1));
        let last_kind = u32::MAX.unbounded_shr(u32::BITS - kind_bits);
        let mut odd = Vec::new();
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
            if number >= last_kind {
                odd.push((row, number));
            }
            rows.push(Row { told: day.unbounded_shl(kind_bits) | number.min(last_kind), values: place });
        }
        values.shrink_to_fit();
        let mut kinds: Vec<(Kind, u32)> = known.into_iter().collect();
        kinds.sort_unstable_by_key(|(_, number)| *number);
        let kinds: Vec<Kind> = kinds.into_iter().map(|(kind, _)| kind).collect();
        let gone = match reader.alive_bitset() {
            Some(alive) => (0..reader.max_doc()).filter(|row| alive.is_deleted(*row)).collect(),
            None => Vec::new(),
        };
        let mut held = Self { rows, kind_bits, kinds, odd, days, values, starts, gone, whole: Counts::default() };
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
        // Neighbours are mostly of one kind, and would wait for each other.
        let mut kinds = vec![0u32; self.kinds.len()];
        let mut room = Room::default();
        rows.each_block(|rows| {
            for rows in rows.chunks(AT_ONCE) {
                for (read, row) in room.read.iter_mut().zip(rows) {
                    *read = held.rows[*row as usize];
                }
                held.count(&room.read[..rows.len()], step, [&mut self.kinds, &mut kinds], &mut self.days);
                held.count_values(rows.len(), &mut room, step, &mut self.values);
            }
        });
        self.kinds.iter_mut().zip(kinds).for_each(|(kind, count)| *kind = kind.wrapping_add(count));
        for (_, kind) in held.odd.iter().filter(|(row, _)| rows.has(*row)) {
            let last = held.last_kind() as usize;
            self.kinds[*kind as usize] = self.kinds[*kind as usize].wrapping_add(step);
            self.kinds[last] = self.kinds[last].wrapping_sub(step);
        }
    }
}

/// What is read before it is counted.
struct Room {
    read: [Row; AT_ONCE],
    /// Of rows that have several values the first groups, and where these stand.
    several: [u32; AT_ONCE],
    groups: [[u32; GROUP]; AT_ONCE],
}

impl Default for Room {
    fn default() -> Self {
        Self { read: [Row::default(); AT_ONCE], several: [0; AT_ONCE], groups: [[0; GROUP]; AT_ONCE] }
    }
}

#[inline]
fn count(counts: &mut [u32], at: u32, step: u32) {
    counts[at as usize] = counts[at as usize].wrapping_add(step);
}

impl Held {
    /// The highest number that a row can say of a kind.
    fn last_kind(&self) -> u32 {
        u32::MAX.unbounded_shr(u32::BITS - self.kind_bits)
    }

    fn count(&self, rows: &[Row], step: u32, [even, odd]: [&mut [u32]; 2], days: &mut [u32]) {
        let (last_kind, kind_bits) = (self.last_kind(), self.kind_bits);
        for pair in rows.chunks(2) {
            if let [one, other] = pair {
                count(even, one.told & last_kind, step);
                count(odd, other.told & last_kind, step);
            } else {
                count(even, pair[0].told & last_kind, step);
            }
        }
        rows.iter().for_each(|row| count(days, row.told.unbounded_shr(kind_bits), step));
    }

    /// Counts the values of the first rows that were read.
    fn count_values(&self, rows: usize, room: &mut Room, step: u32, values: &mut [u32]) {
        let Room { read, several, groups } = room;
        let nobody = values.len() as u32 - 1;
        let mut waiting = 0;
        for row in &read[..rows] {
            // No jumps, which could not be foreseen.
            let is_alone = row.values >> 31;
            let alone = 0u32.wrapping_sub(is_alone);
            count(values, (row.values & !ALONE & alone) | (nobody & !alone), step);
            several[waiting % AT_ONCE] = row.values;
            waiting += 1 - is_alone as usize;
        }
        for (group, place) in groups.iter_mut().zip(&several[..waiting]) {
            *group = self.values[*place as usize];
        }
        for (group, place) in groups.iter().zip(&several[..waiting]) {
            let mut group = group;
            for next in *place as usize + 1.. {
                group.iter().for_each(|value| count(values, value & !MORE, step));
                if group[GROUP - 1] & MORE == 0 {
                    break;
                }
                group = &self.values[next];
            }
        }
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

#[cfg(test)]
mod tests {
    use tantivy::{Index, TantivyDocument};

    use super::*;
    use crate::schema::Columns;

    #[test]
    fn kinds_that_a_row_has_no_room_for_are_counted_too() {
        let columns = Columns::new();
        let index = Index::create_in_ram(columns.schema.clone());
        Columns::prepare(&index);
        let mut writer = index.writer_with_num_threads(1, 50_000_000).unwrap();
        for number in 0..3_000u64 {
            let mut row = TantivyDocument::new();
            row.add_u64(columns.versions, 1 + number * number % 7);
            row.add_u64(columns.clippings, 1 + number % 23);
            if number % 5 != 0 {
                row.add_i64(columns.time, (number % 200) as i64 * DAY);
            }
            writer.add_document(row).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let reader = searcher.segment_reader(0);
        let counted = |bits: u32, rows: &Rows| {
            let held = Arc::new(Held::read_into(reader, bits).unwrap());
            let tally = Tally::new(0, &held, rows);
            (tally.versions, tally.clippings, tally.days().collect::<Vec<_>>(), tally.counts.kinds, held.odd.len())
        };
        for one_in in [1, 2, 3, 50] {
            let mut rows = Rows::none(3_000);
            (0..3_000).filter(|row| row % one_in == 0 || row % 7 == 1).for_each(|row| rows.add(row));
            let (versions, clippings, days, kinds, odd) = counted(32, &rows);
            assert_eq!(odd, 0);
            assert_eq!(versions, rows.list().iter().map(|row| 1 + u64::from(*row).pow(2) % 7).sum::<u64>());
            assert_eq!(clippings, rows.list().iter().map(|row| 1 + u64::from(*row) % 23).sum::<u64>());
            for bits in [9, 10, 13] {
                let few = counted(bits, &rows);
                assert!(few.4 > 0, "{bits} bits say every kind");
                assert_eq!((few.0, few.1, few.2, few.3), (versions, clippings, days.clone(), kinds.clone()), "{bits}");
            }
        }
    }
}
