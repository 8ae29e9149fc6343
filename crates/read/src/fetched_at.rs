use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    fmt::rfc2822,
    tz::TimeZone,
};

/// A time as crawlers write it, as RFC 3339 in UTC with whole seconds; `None` when it is no time.
///
/// Taken: RFC 3339 with any offset, the same without one (then it is UTC), a date, month or year alone (its first second), as WARC 1.1
/// has them, fourteen digits as in WARC-derived indexes, and the mail format of HTTP headers. Fractions of a second are cut off, so that a capture never moves
/// into the future.
///
/// ```
/// use copydesk_read::to_utc_seconds;
/// assert_eq!(to_utc_seconds("2024-05-03T20:19:08.9+02:00").as_deref(), Some("2024-05-03T18:19:08Z"));
/// assert_eq!(to_utc_seconds("20240503181908").as_deref(), Some("2024-05-03T18:19:08Z"));
/// assert_eq!(to_utc_seconds("yesterday"), None);
/// ```
pub fn to_utc_seconds(written: &str) -> Option<String> {
    let written = written.trim();
    let time = timestamp(written)?;
    // Floor, also before 1970: the second that the time lies in.
    let seconds = time.as_nanosecond().div_euclid(1_000_000_000);
    let time = Timestamp::from_second(i64::try_from(seconds).ok()?).ok()?;
    Some(time.to_string())
}

fn timestamp(written: &str) -> Option<Timestamp> {
    if let Ok(time) = written.parse::<Timestamp>() {
        return Some(time);
    }
    if written.len() == 14 && written.bytes().all(|b| b.is_ascii_digit()) {
        let civil = DateTime::strptime("%Y%m%d%H%M%S", written).ok()?;
        return civil.to_zoned(TimeZone::UTC).ok().map(|z| z.timestamp());
    }
    if let Ok(civil) = written.parse::<DateTime>() {
        return civil.to_zoned(TimeZone::UTC).ok().map(|z| z.timestamp());
    }
    let first = match written.len() {
        4 => format!("{written}-01-01"),
        7 => format!("{written}-01"),
        _ => String::new(),
    };
    if let Ok(day) = first.parse::<Date>() {
        return day.to_zoned(TimeZone::UTC).ok().map(|z| z.timestamp());
    }
    rfc2822::parse(written).ok().map(|z| z.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, expected: Option<&str>) {
        assert_eq!(to_utc_seconds(written).as_deref(), expected, "{written:?}");
    }

    #[test]
    fn times_of_crawlers_become_utc() {
        check("2024-05-03T18:19:08Z", Some("2024-05-03T18:19:08Z"));
        check(" 2024-05-03T18:19:08.999Z\n", Some("2024-05-03T18:19:08Z"));
        check("2024-05-03 18:19:08+00:00", Some("2024-05-03T18:19:08Z"));
        check("2024-05-03T00:30:00+05:30", Some("2024-05-02T19:00:00Z"));
        check("2024-05-03T18:19:08", Some("2024-05-03T18:19:08Z"));
        check("2024-05-03", Some("2024-05-03T00:00:00Z"));
        for (written, expected) in [
            ("2024", "2024-01-01T00:00:00Z"),
            ("2024-05", "2024-05-01T00:00:00Z"),
            ("2024-05-03T18Z", "2024-05-03T18:00:00Z"),
            ("2024-05-03T18:19Z", "2024-05-03T18:19:00Z"),
        ] {
            check(written, Some(expected));
        }
        check("20240503181908", Some("2024-05-03T18:19:08Z"));
        check("Fri, 03 May 2024 18:19:08 GMT", Some("2024-05-03T18:19:08Z"));
        check("1969-12-31T23:59:58.5Z", Some("1969-12-31T23:59:58Z"));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for written in [
            "",
            "yesterday",
            "2024-13",
            "20245",
            "2024-5",
            "-024-05",
            "2024-13-01T00:00:00Z",
            "20241301000000",
            "1714760348",
            "2024-05-03T18:19:08+99:00",
        ] {
            check(written, None);
        }
    }
}
