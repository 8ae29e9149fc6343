use jiff::Timestamp;

/// Seconds since 1970 of `2024-05-03T18:19:08Z`; `None` for anything else.
pub(crate) fn from_text(text: &str) -> Option<i64> {
    let is_whole = text.len() == 20 && text.as_bytes()[10] == b'T' && text.ends_with('Z');
    if is_whole { plain(text.as_bytes()).or_else(|| Some(text.parse::<Timestamp>().ok()?.as_second())) } else { None }
}

/// The other way; the empty text for `i64::MIN`, which stands for no time.
pub(crate) fn to_text(seconds: i64) -> String {
    const DAY: i64 = 24 * 60 * 60;
    // Every version and clipping has such a text, and most are written only to be compared.
    if (FIRST..FIRST + DAYS * DAY).contains(&seconds) {
        let (year, month, day) = date(seconds.div_euclid(DAY));
        let second = seconds.rem_euclid(DAY);
        let mut text = *b"0000-00-00T00:00:00Z";
        let mut put = |at: usize, number: i64| {
            text[at] = b'0' + (number / 10) as u8;
            text[at + 1] = b'0' + (number % 10) as u8;
        };
        let numbers = [year / 100, year % 100, month, day, second / 3600, second / 60 % 60, second % 60];
        [0, 2, 5, 8, 11, 14, 17].into_iter().zip(numbers).for_each(|(at, number)| put(at, number));
        return String::from_utf8(text.to_vec()).unwrap_or_default();
    }
    Timestamp::from_second(seconds).map_or_else(|_| String::new(), |time| time.to_string())
}

/// The first second of the year 0, and the days of ten thousand years but for the last two: the library's times end among these.
const FIRST: i64 = -62_167_219_200;
const DAYS: i64 = 3_652_423;

/// Year, month and day, so many days after 1 January 1970: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// The other way.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Seconds of a time of a day that there is, in digits and signs where they usually stand.
fn plain(text: &[u8]) -> Option<i64> {
    let shape = text.iter().zip(b"0000-00-00T00:00:00Z");
    let is_plain =
        text.len() == 20 && shape.clone().all(|(&byte, &like)| byte == like || like == b'0' && byte.is_ascii_digit());
    if !is_plain {
        return None;
    }
    let number = |at: usize| i64::from(text[at] - b'0') * 10 + i64::from(text[at + 1] - b'0');
    let (year, month, day) = (number(0) * 100 + number(2), number(5), number(8));
    let (hour, minute, second) = (number(11), number(14), number(17));
    let is_time = (1..=12).contains(&month) && hour < 24 && minute < 60 && second < 60;
    let days = days(year, month, day);
    let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
    let is_known = is_time && date(days) == (year, month, day) && seconds < FIRST + DAYS * 86_400;
    is_known.then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_instants() {
        let check = |text: &str, expected: Option<i64>| {
            assert_eq!(from_text(text), expected, "{text}");
            assert!(expected.is_none_or(|seconds| to_text(seconds) == text), "{text}");
        };
        check("1970-01-01T00:00:00Z", Some(0));
        check("2024-02-29T12:00:01Z", Some(1_709_208_001));
        check("1969-12-31T23:59:59Z", Some(-1));
        check("2024-02-29", None);
        check("", None);
        check("2024-02-29T12:00:01+", None);
        check("9999-12-31T00:00:00Z", None);
        check("2023-02-29T12:00:01Z", None);
        check("2024-13-01T12:00:01Z", None);
        check("2024-00-00T12:00:01Z", None);
        check("2024-02-29T24:00:01Z", None);
        check("2024-02-2\u{e9}12:00:01Z", None);
        assert_eq!(to_text(i64::MIN), "");
    }

    #[test]
    fn every_second_is_as_the_library_for_times_writes_and_reads_it() {
        let check = |seconds: i64| {
            let Ok(time) = Timestamp::from_second(seconds) else { return assert_eq!(to_text(seconds), "") };
            let text = time.to_string();
            assert_eq!(to_text(seconds), text);
            assert_eq!(from_text(&text), (text.len() == 20).then_some(seconds), "{text}");
        };
        let ends = [FIRST, 0, FIRST + DAYS * 86_400, Timestamp::MAX.as_second(), Timestamp::MIN.as_second()];
        ends.into_iter().for_each(|end| (-3..=3).for_each(|near| check(end + near)));
        // A day and some seconds at a time, over ten thousand years.
        (0..DAYS).for_each(|k| check(FIRST + k * 86_423));
    }
}
