use std::fmt;

use jiff::civil::{Date, date};

/// Counts within bounds, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// At least.
    pub from: u64,
    /// At most.
    pub to: u64,
}

/// Seconds since 1970 within bounds, both included; `None` where a side is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// Not before.
    pub from: Option<i64>,
    /// Not after.
    pub to: Option<i64>,
}

const DAY: i64 = 86_400;

impl Times {
    /// The first and the last second of a year (`2024`), a month (`2024-05`) or a day (`2024-05-03`), in UTC.
    pub fn of(text: &str) -> Option<(i64, i64)> {
        let mut parts = text.split('-');
        let mut part = |digits: usize| -> Option<Option<i16>> {
            let Some(part) = parts.next() else { return Some(None) };
            let plain = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
            if plain { part.parse().ok().map(Some) } else { None }
        };
        let (year, month, day) = (part(4)??, part(2)?, part(2)?);
        if parts.next().is_some() {
            return None;
        }
        let first = Date::new(year, month.unwrap_or(1) as i8, day.unwrap_or(1) as i8).ok()?;
        let last = match (month, day) {
            (Some(_), Some(_)) => first,
            (Some(_), None) => first.last_of_month(),
            (None, _) => first.last_of_year(),
        };
        Some((days(first) * DAY, (days(last) + 1) * DAY - 1))
    }

    /// The first and the last day, in days since 1970; far ones where a side is open.
    pub(crate) fn days(&self) -> (i64, i64) {
        let day = |side: Option<i64>, open: i64| side.map_or(open, |second| second.div_euclid(DAY));
        (day(self.from, -1_000_000), day(self.to, 3_000_000))
    }

    /// The day of a second, as `2024-05-03`.
    pub fn day(second: i64) -> String {
        let day = second.div_euclid(DAY).clamp(-719_528, 2_932_896);
        date(1970, 1, 1).saturating_add(jiff::Span::new().days(day)).to_string()
    }
}

/// Days from 1970-01-01 to a day.
fn days(day: Date) -> i64 {
    i64::from(day.since(date(1970, 1, 1)).map_or(0, |span| span.get_days()))
}

impl fmt::Display for Numbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (from, u64::MAX) => write!(f, ">={from}"),
            (from, to) if from == to => write!(f, "{from}"),
            (from, to) => write!(f, "[{from} TO {to}]"),
        }
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |side: Option<i64>| side.map_or_else(|| "*".to_owned(), Times::day);
        write!(f, "[{} TO {}]", side(self.from), side(self.to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_and_years() {
        let check = |text: &str, expected: Option<(&str, &str)>| {
            let found = Times::of(text).map(|(from, to)| (Times::day(from), Times::day(to)));
            let found = found.as_ref().map(|(from, to)| (from.as_str(), to.as_str()));
            assert_eq!(found, expected, "{text}");
        };
        check("2024", Some(("2024-01-01", "2024-12-31")));
        check("2024-02", Some(("2024-02-01", "2024-02-29")));
        check("2024-12", Some(("2024-12-01", "2024-12-31")));
        check("9999", Some(("9999-01-01", "9999-12-31")));
        check("0000", Some(("0000-01-01", "0000-12-31")));
        check("1969-07-20", Some(("1969-07-20", "1969-07-20")));
        check("2023-02-29", None);
        check("2024-13", None);
        check("24-05-03", None);
        check("2024-05-03-1", None);
        check("", None);
        assert_eq!(Times::of("1970-01-02"), Some((86_400, 172_799)));
    }
}
