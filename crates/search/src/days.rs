//! Intervals of days: joined, cut into cells that an index finds, and counted by day, month or year.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{
    Span,
    civil::{Date, date},
};

/// A first and a last day, both included, in days since 1970.
pub(crate) type Interval = (i64, i64);

/// 0001-01-01 and 9999-12-31: what lies beyond is cut off.
const FIRST: i64 = -719_162;
const LAST: i64 = 2_932_896;

/// Year and month of a day since 1970.
fn month_of(day: i64) -> (i64, i64) {
    let epoch = date(1970, 1, 1);
    let day = epoch.checked_add(Span::new().days(day)).unwrap_or(epoch);
    (day.year().into(), day.month().into())
}

fn day_of(year: i64, month: i64) -> i64 {
    let first = Date::new(year.clamp(1, 9999) as i16, month as i8, 1).unwrap_or(date(1970, 1, 1));
    i64::from(first.since(date(1970, 1, 1)).map_or(0, |span| span.get_days()))
}

/// What stands as one bar of a histogram, or as one cell of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Unit {
    /// The unit's name.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Day => "day",
            Unit::Month => "month",
            Unit::Year => "year",
        }
    }

    /// Number of the one that a day lies in: days since 1970, months and years since year 0.
    fn of(self, day: i64) -> i64 {
        match self {
            Unit::Day => day,
            Unit::Month => {
                let (year, month) = month_of(day);
                year * 12 + month - 1
            }
            Unit::Year => month_of(day).0,
        }
    }

    /// The days of one.
    fn days(self, number: i64) -> Interval {
        match self {
            Unit::Day => (number, number),
            Unit::Month => (
                day_of(number.div_euclid(12), number.rem_euclid(12) + 1),
                if number == 9999 * 12 + 11 {
                    LAST
                } else {
                    day_of((number + 1).div_euclid(12), (number + 1).rem_euclid(12) + 1) - 1
                },
            ),
            Unit::Year => (day_of(number, 1), if number == 9999 { LAST } else { day_of(number + 1, 1) - 1 }),
        }
    }

    /// As `2024-05-03`, `2024-05` or `2024`.
    fn shown(self, number: i64) -> String {
        match self {
            Unit::Day => crate::Times::day(number * 86_400),
            Unit::Month => format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1),
            Unit::Year => format!("{number:04}"),
        }
    }

    /// Numbers that are counted in a row without looking them up: days of 1900 to 2099, months of 1800 to 2199, all years.
    fn dense(self) -> std::ops::Range<i64> {
        match self {
            Unit::Day => -25_567..47_482,
            Unit::Month => 21_600..26_400,
            Unit::Year => 0..10_000,
        }
    }

    const ALL: [Unit; 3] = [Unit::Day, Unit::Month, Unit::Year];
}

/// Sorted, none touching another; what ends before it begins is left out.
pub(crate) fn joined(intervals: &[Interval]) -> Vec<Interval> {
    let inside = intervals.iter().filter(|(first, last)| first <= last && *last >= FIRST && *first <= LAST);
    let mut sorted: Vec<Interval> = inside.map(|&(first, last)| (first.max(FIRST), last.min(LAST))).collect();
    sorted.sort_unstable();
    let mut out: Vec<Interval> = Vec::with_capacity(sorted.len());
    for (first, last) in sorted {
        match out.last_mut() {
            Some(before) if first <= before.1 + 1 => before.1 = before.1.max(last),
            _ => out.push((first, last)),
        }
    }
    out
}

/// A day, month, year or century, as the index writes it. Whether two intervals overlap is asked of a few of these (as in "prefix trees"
/// of dates): either a cell of the question is one of the story's, or holds one, or lies in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cell {
    level: u8,
    number: i64,
}

const CENTURY: u8 = 3;

impl Cell {
    fn of(level: u8, day: i64) -> Self {
        let number = match level {
            0 => day,
            1 => Unit::Month.of(day),
            2 => Unit::Year.of(day),
            _ => Unit::Year.of(day).div_euclid(100),
        };
        Self { level, number }
    }

    fn days(self) -> Interval {
        match self.level {
            0 => (self.number, self.number),
            1 => Unit::Month.days(self.number),
            2 => Unit::Year.days(self.number),
            _ => (Unit::Year.days((self.number * 100).max(1)).0, Unit::Year.days(self.number * 100 + 99).1),
        }
    }

    /// The cells that it lies in.
    fn above(self) -> impl Iterator<Item = Cell> {
        let day = self.days().0;
        (self.level + 1..=CENTURY).map(move |level| Cell::of(level, day))
    }

    /// As a number; `whole` for one that all of an interval lies in, or that lies in an interval as a whole.
    fn term(self, whole: bool) -> u64 {
        u64::from(self.level) << 33 | u64::from(whole) << 32 | ((self.number + (1 << 31)) as u64 & 0xFFFF_FFFF)
    }
}

/// The fewest cells that make up an interval.
fn cover((first, last): Interval) -> Vec<Cell> {
    let (first, last) = (first.max(FIRST), last.min(LAST));
    let mut out = Vec::new();
    let mut day = first;
    while day <= last {
        let fits = |level: &u8| {
            let (from, to) = Cell::of(*level, day).days();
            from == day && to <= last
        };
        let cell = Cell::of((0..=CENTURY).rev().find(fits).unwrap_or(0), day);
        day = cell.days().1 + 1;
        out.push(cell);
    }
    out
}

/// Under which terms intervals are kept: their cells as wholes, and what these lie in as parts.
pub(crate) fn kept(intervals: &[Interval]) -> BTreeSet<u64> {
    let mut out = BTreeSet::new();
    for cell in intervals.iter().flat_map(|&interval| cover(interval)) {
        out.insert(cell.term(true));
        out.extend(cell.above().map(|above| above.term(false)));
    }
    out
}

/// The terms of which any interval that overlaps this one is kept under one at least, and no other interval is.
pub(crate) fn overlapping(interval: Interval) -> BTreeSet<u64> {
    let mut out = BTreeSet::new();
    for cell in cover(interval) {
        out.extend([cell.term(true), cell.term(false)]);
        out.extend(cell.above().map(|above| above.term(true)));
    }
    out
}

/// Stories by the days that they speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mentioned {
    /// What a bar stands for.
    pub unit: Unit,
    /// Bars that are not empty, in order: the day, month or year as it is written, and how many stories speak of a time in it.
    pub bars: BTreeMap<String, u64>,
}

/// Counts stories by the bars that their intervals lie in: a story counts once in each, so that a bar counts what asking for its days finds.
pub(crate) struct Bars {
    /// Only what lies in these days.
    window: Interval,
    /// For each unit the stories that begin at a number, less those that have ended.
    steps: [Vec<i32>; 3],
    first: i64,
    last: i64,
}

impl Bars {
    pub(crate) fn new(window: Option<Interval>) -> Self {
        let (from, to) = window.unwrap_or((FIRST, LAST));
        let steps = Unit::ALL.map(|unit| vec![0; (unit.dense().end - unit.dense().start + 1) as usize]);
        Self { window: (from.max(FIRST), to.min(LAST)), steps, first: i64::MAX, last: i64::MIN }
    }

    /// Counts a story: its intervals in order, none touching another.
    pub(crate) fn add(&mut self, intervals: &[Interval]) {
        let mut ends = [i64::MIN; 3];
        for &(first, last) in intervals {
            let (first, last) = (first.max(self.window.0), last.min(self.window.1));
            if first > last {
                continue;
            }
            (self.first, self.last) = (self.first.min(first), self.last.max(last));
            for (at, unit) in Unit::ALL.into_iter().enumerate() {
                let dense = unit.dense();
                let from = unit.of(first).max(ends[at].saturating_add(1)).max(dense.start);
                let to = unit.of(last).min(dense.end - 1);
                if from <= to {
                    self.steps[at][(from - dense.start) as usize] += 1;
                    self.steps[at][(to + 1 - dense.start) as usize] -= 1;
                    ends[at] = to;
                }
            }
        }
    }

    /// Bars of the smallest unit of which there is room for all; years if there is never room.
    pub(crate) fn counted(&self, room: usize) -> Mentioned {
        let fits = |unit: &Unit| {
            let (from, to) = (unit.of(self.first), unit.of(self.last));
            to - from < room as i64 && unit.dense().contains(&from) && unit.dense().contains(&to)
        };
        let unit = if self.first > self.last { None } else { Unit::ALL.into_iter().find(fits) }.unwrap_or(Unit::Year);
        let mut bars = BTreeMap::new();
        let mut stories = 0i64;
        for (number, step) in unit.dense().zip(&self.steps[unit as usize]) {
            stories += i64::from(*step);
            if stories > 0 {
                bars.insert(unit.shown(number), stories as u64);
            }
        }
        Mentioned { unit, bars }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> i64 {
        crate::Times::of(text).unwrap().0.div_euclid(86_400)
    }

    #[test]
    fn months_begin_where_the_calendar_says() {
        let first = date(1, 1, 1);
        for days in (0..3_652_059).step_by(13) {
            let civil = first + jiff::Span::new().days(days);
            assert_eq!(month_of(FIRST + days), (i64::from(civil.year()), i64::from(civil.month())), "{civil}");
        }
        assert_eq!((day("0001"), day("9999-12-31")), (FIRST, LAST));
        assert_eq!(Unit::Month.days(Unit::Month.of(LAST)).1, LAST);
        let dense = Unit::Day.dense();
        assert_eq!((dense.start, dense.end), (day("1900"), day("2100-01-01")));
    }

    #[test]
    fn an_interval_is_few_cells() {
        let check = |from: &str, to: &str, cells: usize| assert_eq!(cover((day(from), day(to))).len(), cells, "{from}");
        check("2024-05-03", "2024-05-03", 1);
        check("2024-01-01", "2024-12-31", 1);
        check("2023-12-31", "2025-01-01", 3);
        check("1900-01-01", "1999-12-31", 1);
        check("0001-01-01", "9999-12-31", 100);
    }

    #[test]
    fn a_bar_counts_each_story_once() {
        let check = |stories: &[&[(&str, &str)]], window: Option<(&str, &str)>, room: usize, expected: &str| {
            let mut bars = Bars::new(window.map(|(from, to)| (day(from), day(to))));
            for story in stories {
                let days: Vec<Interval> = story.iter().map(|(from, to)| (day(from), day(to))).collect();
                bars.add(&joined(&days));
            }
            let found = bars.counted(room);
            let shown: Vec<String> = found.bars.iter().map(|(bar, stories)| format!("{bar}:{stories}")).collect();
            assert_eq!(format!("{} {}", found.unit.name(), shown.join(" ")).trim_end(), expected);
        };
        check(&[], None, 60, "year");
        check(
            &[&[("2024-05-01", "2024-05-01"), ("2024-05-03", "2024-05-03")]],
            None,
            60,
            "day 2024-05-01:1 2024-05-03:1",
        );
        check(&[&[("2024-05-01", "2024-05-01"), ("2024-05-03", "2024-05-03")]], None, 2, "month 2024-05:1");
        check(
            &[&[("2023-01-01", "2023-12-31"), ("2024-02-01", "2024-02-01")], &[("2023-11-30", "2023-12-01")]],
            Some(("2023-10-01", "2024-03-31")),
            60,
            "month 2023-10:1 2023-11:2 2023-12:2 2024-02:1",
        );
        check(&[&[("1066-10-14", "1066-10-14")]], None, 60, "year 1066:1");
    }

    proptest! {
        #[test]
        fn cells_overlap_where_days_do(a in -800_000i64..90_000, long in 0i64..90_000, b in -800_000i64..90_000, wide in 0i64..90_000) {
            let (one, other) = ((a, a + long), (b, b + wide));
            let inside = |(first, last): Interval| last >= FIRST && first <= LAST;
            let overlaps = inside(one) && inside(other) && one.0.max(other.0).max(FIRST) <= one.1.min(other.1);
            let kept = kept(&joined(&[one]));
            prop_assert_eq!(overlapping(other).iter().any(|term| kept.contains(term)), overlaps);
        }
    }
}
