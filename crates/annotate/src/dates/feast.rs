//! Days that are feasts: on a day of the year, on a weekday of a month, or so many days from Easter.

use jiff::civil::{Date, Weekday};

/// When a feast is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feast {
    /// `12-25`
    Day(u8, u8),
    /// `11-4-4`: in November the fourth Thursday; `5--1-1`: in May the last Monday.
    Weekday(u8, i8, u8),
    /// `easter-2`
    Easter(i32),
}

impl Feast {
    pub(super) fn of(written: &str) -> Option<Feast> {
        if let Some(days) = written.strip_prefix("easter") {
            return Some(Feast::Easter(days.parse().ok()?));
        }
        let (month, rest) = written.split_once('-')?;
        let month = month.parse().ok()?;
        match rest.rsplit_once('-').filter(|(nth, _)| !nth.is_empty()) {
            Some((nth, weekday)) => Some(Feast::Weekday(month, nth.parse().ok()?, weekday.parse().ok()?)),
            None => Some(Feast::Day(month, rest.parse().ok()?)),
        }
    }

    /// The day of it in a year.
    pub(super) fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Feast::Day(month, day) => Date::new(year, month as i8, day as i8).ok(),
            Feast::Weekday(month, nth, weekday) => {
                let weekday = Weekday::from_monday_one_offset(weekday as i8).ok()?;
                Date::new(year, month as i8, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
            }
            Feast::Easter(days) => easter(year)?.checked_add(jiff::Span::new().days(days)).ok(),
        }
    }
}

/// Easter Sunday of the western churches, by the anonymous Gregorian computus (Nature, 20 April 1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::new(year, month as i8, day as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, year: i16, expected: &str) {
        let day = Feast::of(written).and_then(|feast| feast.in_year(year));
        assert_eq!(day.map(|day| day.to_string()).unwrap_or_default(), expected, "{written}");
    }

    #[test]
    fn days_of_feasts() {
        check("12-25", 2023, "2023-12-25");
        check("11-4-4", 2023, "2023-11-23");
        check("5--1-1", 2024, "2024-05-27");
        check("easter+0", 2024, "2024-03-31");
        check("easter-2", 2025, "2025-04-18");
        check("easter+39", 1998, "1998-05-21");
        check("13-1", 2024, "");
        check("whenever", 2024, "");
    }
}
