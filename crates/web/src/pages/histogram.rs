use std::collections::BTreeMap;

use copydesk_search::{Answer, Times};

use crate::{
    ask::{Ask, Span},
    pages::several,
};

/// Stories by day, week, month or year: as many bars as there is room for.
pub(crate) struct Histogram {
    pub(crate) bars: Vec<Bar>,
    pub(crate) unit: &'static str,
    /// Of the drawing.
    pub(crate) width: usize,
    pub(crate) first: String,
    pub(crate) last: String,
}

pub(crate) struct Bar {
    /// Where it leads: the same question, these days alone.
    pub(crate) link: String,
    pub(crate) label: String,
    pub(crate) from: String,
    pub(crate) to: String,
    /// In the drawing, of [`HEIGHT`].
    pub(crate) x: usize,
    pub(crate) y: usize,
    pub(crate) height: usize,
}

/// Of the drawing.
pub(crate) const HEIGHT: usize = 64;

const STEP: usize = 10;
const DAY: i64 = 86_400;

/// So many bars at most stand for one day of the widest gap: a lone date centuries away must not cost a bar for every day between.
const GAPS: i64 = 400 * 366;

impl Histogram {
    /// What was found, laid out as was asked for: by publication, or by the times that stories speak of.
    pub(crate) fn new(answer: &Answer, ask: &Ask, bars: usize) -> Option<Self> {
        let days = ask.span();
        match &answer.mentioned {
            Some(mentioned) => {
                // One bar alone that is what was asked for has nothing to say.
                let (first, last) = (mentioned.bars.keys().next()?, mentioned.bars.keys().next_back()?);
                let (from, to) = (Times::of(first)?.0 / DAY, Times::of(last)?.1 / DAY);
                let unit = mentioned.unit.name();
                let key: fn(i64) -> String = match unit {
                    "day" => |day| Times::day(day * DAY),
                    "month" => |day| cut(day, 3),
                    _ => |day| cut(day, 6),
                };
                let alone = first == last && days.from == days.to && !days.from.is_empty();
                (!alone).then(|| Self::drawn(ask, unit, gaps((from, to), unit, key, mentioned.bars.clone())))?
            }
            None => Self::published(&answer.days, ask, bars),
        }
    }

    fn published(days: &[(i64, u64)], ask: &Ask, bars: usize) -> Option<Self> {
        let (&(first, _), &(last, _)) = (days.first()?, days.last()?);
        let asked = &ask.published;
        if first == last && days.len() == 1 && asked.from == asked.to && !asked.from.is_empty() {
            return None;
        }
        let span = last.saturating_sub(first) + 1;
        let room = bars as i64;
        let (unit, key): (_, fn(i64) -> String) = match span {
            span if span <= room => ("day", |day| Times::day(day * DAY)),
            // Weeks begin on Mondays; 1970-01-01 was a Thursday.
            span if span <= room * 7 => ("week", |day| Times::day(((day + 3).div_euclid(7) * 7 - 3) * DAY)),
            span if span <= room * 30 => ("month", |day| cut(day, 3)),
            _ => ("year", |day| cut(day, 6)),
        };
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        let mut bar = (String::new(), i64::MIN, 0);
        for &(day, count) in days {
            if day > bar.1 {
                let start = key(day);
                let end = last_of(&start, unit);
                let (start, _, count) = std::mem::replace(&mut bar, (start, end, 0));
                counts.insert(start, count);
            }
            bar.2 += count;
        }
        counts.insert(bar.0, bar.2);
        counts.remove("");
        Self::drawn(ask, unit, gaps((first, last), unit, key, counts))
    }

    fn drawn(ask: &Ask, unit: &'static str, counts: BTreeMap<String, u64>) -> Option<Self> {
        let most = counts.values().copied().max().unwrap_or(1).max(1);
        let bars: Vec<Bar> = counts
            .iter()
            .enumerate()
            .map(|(at, (start, &count))| {
                let (from, to) = days_of(start, unit);
                let height = if count == 0 {
                    0
                } else {
                    ((count as f64 / most as f64).sqrt() * HEIGHT as f64).round().max(2.0) as usize
                };
                let link = ask.within(ask.by, Span { from: from.clone(), to: to.clone() }).link("/");
                let label = format!("{start}: {}", several(count, "story", "stories"));
                Bar { link, label, from, to, x: at * STEP, y: HEIGHT - height, height }
            })
            .collect();
        let (first, last) = (bars.first()?.from.clone(), bars.last()?.to.clone());
        Some(Self { width: bars.len() * STEP, bars, unit, first, last })
    }
}

/// What has none is there too, as a gap.
fn gaps(
    (first, last): (i64, i64),
    unit: &str,
    key: fn(i64) -> String,
    mut counts: BTreeMap<String, u64>,
) -> BTreeMap<String, u64> {
    if last.saturating_sub(first) < GAPS {
        let mut day = first;
        while day <= last {
            let start = key(day);
            day = last_of(&start, unit).max(day) + 1;
            counts.entry(start).or_default();
        }
    }
    counts
}

fn cut(day: i64, end: usize) -> String {
    let day = Times::day(day * DAY);
    day[..day.len() - end].to_owned()
}

/// Last day of what a bar stands for, in days since 1970.
fn last_of(start: &str, unit: &str) -> i64 {
    let (first, last) = Times::of(start).unwrap_or_default();
    if unit == "week" { first.div_euclid(DAY) + 6 } else { last.div_euclid(DAY) }
}

/// First and last day of what a bar stands for.
fn days_of(start: &str, unit: &str) -> (String, String) {
    let (first, last) = Times::of(start).unwrap_or_default();
    let last = if unit == "week" { first + 7 * DAY - 1 } else { last };
    (Times::day(first), Times::day(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_wide_as_there_is_room() {
        let check = |days: &[i64], unit: &str, bars: usize, first: &str, last: &str| {
            let counted = days.len();
            let days = days.iter().map(|&day| (day, 3)).collect();
            let found = Histogram::new(&Answer { days, ..Answer::default() }, &Ask::default(), 60).unwrap();
            assert_eq!(
                (found.unit, found.bars.len(), found.first.as_str(), found.last.as_str()),
                (unit, bars, first, last)
            );
            assert!(found.bars.iter().all(|bar| bar.y + bar.height == HEIGHT));
            let drawn: Vec<_> = found.bars.iter().filter(|bar| bar.height > 0).collect();
            assert!(drawn.iter().all(|bar| bar.height == HEIGHT && bar.label.ends_with(": 3 stories")));
            assert_eq!(drawn.len(), counted);
        };
        check(&[0, 2], "day", 3, "1970-01-01", "1970-01-03");
        check(&[0, 100], "week", 15, "1969-12-29", "1970-04-12");
        check(&[0, 700], "month", 24, "1970-01-01", "1971-12-31");
        check(&[0, 4_000], "year", 11, "1970-01-01", "1980-12-31");
        check(&[-400_000, 0], "year", 2, "0874-01-01", "1970-12-31");
        assert!(Histogram::new(&Answer::default(), &Ask::default(), 60).is_none());
    }
}
