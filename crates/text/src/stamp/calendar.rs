//! Years, months and days of some calendars, and instants, as the days of the one that pages use.

use super::{Clock, Stamp};
use crate::months::Month;

pub(super) fn in_calendar(year: i64, month: Month, day: i64) -> Option<Stamp> {
    match month {
        Month::Common(month) => date(year, i64::from(month), day),
        Month::Solar(month) => from_solar(year, i64::from(month), day),
    }
}

/// A day of the calendar that pages use; years of the Buddhist and the solar Hijri calendar are told by their size.
pub(super) fn date(year: i64, month: i64, day: i64) -> Option<Stamp> {
    match year {
        // Buddhist era: 543 years ahead. Nobody publishes in 2400.
        2400..=2700 => return date(year - 543, month, day),
        // 1999 to 2041; lunar Hijri years, which are 40 ahead, cannot be told to the day.
        1378..=1420 => return from_solar(year, month, day),
        _ => {}
    }
    // What stands for no date: the year 1, the beginning of the machines' time, the end of all.
    if !(1700..=2199).contains(&year) || (year, month, day) == (1970, 1, 1) {
        return None;
    }
    let checked = jiff::civil::Date::new(year as i16, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(Stamp { year: checked.year(), month: checked.month() as u8, day: checked.day() as u8, clock: None })
}

pub(super) fn month_only(year: i64, month: i64) -> Option<Stamp> {
    Some(Stamp { day: 0, ..date(year, month, 1)? })
}

/// The solar Hijri calendar by its 33-year cycle, which agrees with the sun from 1799 to 2256 (Borkowski, "The Persian calendar for 3000 years", 1996).
fn from_solar(year: i64, month: i64, day: i64) -> Option<Stamp> {
    if !(1200..1600).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let leaps = |years: i64| (years * 8 + 29) / 33;
    // 1 Farvardin 1400 was 21 March 2021.
    let passed = (year - 1400) * 365 + leaps(year - 1) - leaps(1399);
    let in_year = if month <= 6 { (month - 1) * 31 } else { 186 + (month - 7) * 30 } + day - 1;
    let start = jiff::civil::date(2021, 3, 21);
    let found = start.checked_add(jiff::Span::new().days(passed + in_year)).ok()?;
    Some(Stamp { year: found.year(), month: found.month() as u8, day: found.day() as u8, clock: None })
}

/// Seconds or milliseconds since 1970, as some publishing systems write them; 2001 to 2096.
pub(super) fn epoch(value: &str) -> Option<Stamp> {
    let seconds = match (value.len(), value.parse::<i64>().ok()?) {
        (10, seconds @ 1_000_000_000..4_000_000_000) => seconds,
        (13, millis @ 1_000_000_000_000..4_000_000_000_000) => millis / 1000,
        _ => return None,
    };
    let when = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC);
    let clock = Clock {
        hour: when.hour() as u8,
        minute: when.minute() as u8,
        second: Some(when.second() as u8),
        milli: 0,
        zone: Some(0),
    };
    Some(Stamp { year: when.year(), month: when.month() as u8, day: when.day() as u8, clock: Some(clock) })
}
