//! The lunar Hijri calendar, by its tables: a month begins when the new moon is seen, a day or two from what tables say.

use jiff::civil::{Date, date};

/// How far the sighted calendar strays from the tables, in days.
const STRAYS: i32 = 2;

/// The first and the last day that a day of the lunar calendar may be; the whole month without a day, the whole year without a month.
pub(super) fn days(year: i32, month: Option<i32>, day: Option<i32>) -> Option<(Date, Date)> {
    let fits = (1..=1600).contains(&year)
        && month.is_none_or(|month| (1..=12).contains(&month))
        && day.is_none_or(|day| (1..=30).contains(&day));
    if !fits {
        return None;
    }
    let first = number(year, month.unwrap_or(1), day.unwrap_or(1));
    let last = match (month, day) {
        (_, Some(_)) => first,
        (Some(12), None) | (None, None) => number(year + 1, 1, 1) - 1,
        (Some(month), None) => number(year, month + 1, 1) - 1,
    };
    let day = |number: i32| date(622, 7, 19).checked_add(jiff::Span::new().days(number)).ok();
    Some((day(first - STRAYS)?, day(last + STRAYS)?))
}

/// Days since 1 Muharram 1 by the 30-year cycle with its eleven leap years (the civil reckoning, type II).
fn number(year: i32, month: i32, day: i32) -> i32 {
    day - 1 + (59 * (month - 1) + 1) / 2 + (year - 1) * 354 + (3 + 11 * year) / 30
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(year: i32, month: Option<i32>, day: Option<i32>, holds: Date) {
        let (first, last) = days(year, month, day).unwrap();
        assert!(first <= holds && holds <= last, "{first} {last}");
    }

    #[test]
    fn days_that_are_known() {
        // the first days of fasting, and the new year
        check(1445, Some(9), Some(1), date(2024, 3, 11));
        check(1446, Some(9), Some(1), date(2025, 3, 1));
        check(1400, Some(1), Some(1), date(1979, 11, 21));
        check(1445, None, None, date(2024, 1, 1));
        let (first, last) = days(1445, Some(9), Some(15)).unwrap();
        assert_eq!((last - first).get_days(), 2 * STRAYS);
        assert!(days(1445, Some(13), None).is_none());
    }
}
