//! Dates and times as pages write them, in attributes and for people, to RFC 3339.
//!
//! Libraries read either one strict form (`jiff`, `time`) or English (`dateparser`, `chrono-english`); metas hold a dozen forms of which
//! two are no standard's, and what people read comes in every language and calendar. So there is one reader for all of it, which cuts the text
//! into numbers, words and marks once and looks for a date among them; calendars and instants are left to `jiff`.

mod calendar;
mod changed;
mod clock;
mod find;
mod pieces;

use std::fmt;
use std::ops::Range;

pub use changed::says_changed;

use calendar::{date, epoch};
use find::{find, has_digits};

/// A date, and as much of a time as was given; `Display` writes it as RFC 3339, no more exact than it was given.
///
/// ```
/// use copydesk_text::{Habits, Stamp};
/// let (stamp, span) = Stamp::seen("Freitag, 3. Mai 2024, 15.47 Uhr", Habits::of("de")).unwrap();
/// assert_eq!((stamp.to_string().as_str(), span), ("2024-05-03T15:47", 9..31));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    year: i16,
    month: u8,
    /// 0 where only the month was given.
    day: u8,
    clock: Option<Clock>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Clock {
    hour: u8,
    minute: u8,
    second: Option<u8>,
    /// Thousandths of a second; finer ones are noise of machines.
    milli: u16,
    /// Minutes east of Greenwich.
    zone: Option<i16>,
}

/// What helps with dates that can be read in two ways.
#[derive(Clone, Copy, Debug, Default)]
pub struct Habits<'a> {
    /// The page's language, BCP 47.
    pub language: &'a str,
    /// Whether the month comes first in `5/3/2024`.
    pub month_first: bool,
    /// Whether the language, with its country, or the country of the site says so; else it is what is likely.
    pub told: bool,
}

/// Domains of countries that write English and the day first. Of others the language tells.
const DAY_FIRST: [&str; 22] = [
    "uk", "ie", "au", "nz", "in", "za", "ng", "ke", "gh", "ug", "tz", "zw", "zm", "pk", "bd", "lk", "np", "sg", "my",
    "hk", "mt", "jm",
];

impl<'a> Habits<'a> {
    /// The habits of a language: American English puts the month first, and English is American where it does not say.
    pub fn of(language: &'a str) -> Habits<'a> {
        let lower = language.to_ascii_lowercase();
        let month_first = matches!(lower.as_str(), "en" | "en-us" | "en_us" | "en-ph" | "fil" | "tl" | "es-us");
        // English alone is written in countries of both kinds; so is what is in no language that is known.
        let told = !matches!(lower.as_str(), "" | "en" | "und");
        Habits { language, month_first, told }
    }

    /// The same on a site, whose country knows better than a page that calls itself American, as publishing systems make it by default.
    ///
    /// ```
    /// use copydesk_text::Habits;
    /// assert!(Habits::of("en").month_first && !Habits::of("en").told);
    /// assert!(!Habits::on("https://post.example.co.uk/ferry", "en").month_first);
    /// ```
    pub fn on(url: &str, language: &'a str) -> Habits<'a> {
        let habits = Habits::of(language);
        let host = url.split_once("://").map_or(url, |(_, rest)| rest).split(['/', ':', '?', '#']).next().unwrap_or("");
        let country = host.trim_end_matches('.').rsplit('.').next().unwrap_or("");
        let says = habits.primary().eq_ignore_ascii_case("en") || !habits.told;
        if says && DAY_FIRST.iter().any(|known| known.eq_ignore_ascii_case(country)) {
            return Habits { month_first: false, told: true, ..habits };
        }
        habits
    }

    /// The other order of day and month.
    #[must_use]
    pub fn turned(self) -> Habits<'a> {
        Habits { month_first: !self.month_first, ..self }
    }

    fn primary(&self) -> &'a str {
        self.language.split(['-', '_']).next().unwrap_or("")
    }
}

impl Stamp {
    /// The date and time of a meta or attribute; `None` for a value that does not begin with one.
    pub fn of(value: &str, habits: Habits<'_>) -> Option<Stamp> {
        let value = value.trim();
        if let Some(stamp) = epoch(value) {
            return Some(stamp);
        }
        let (stamp, span) = find(value, habits, true)?;
        // What stands before a date may be a weekday and a word such as "published", but not a sentence.
        (span.start <= 40).then_some(stamp)
    }

    /// The first date in a line that people read, and where it stands.
    pub fn seen(line: &str, habits: Habits<'_>) -> Option<(Stamp, Range<usize>)> {
        find(line, habits, false)
    }

    /// Whether a line may hold a date at all, which is told by its digits.
    pub fn may_be_seen(line: &str) -> bool {
        has_digits(line)
    }

    /// The date alone, in year, month and day.
    pub fn of_day(year: i16, month: u8, day: u8) -> Option<Stamp> {
        date(i64::from(year), i64::from(month), i64::from(day))
    }

    /// Whether only the month is known.
    pub fn is_month(&self) -> bool {
        self.day == 0
    }

    /// Year, month and day; the first of the month where only the month was given.
    pub fn day(&self) -> (i16, u8, u8) {
        (self.year, self.month, self.day.max(1))
    }

    /// Seconds since 1970; `None` where the time of day or its zone was not given.
    ///
    /// ```
    /// use copydesk_text::{Habits, Stamp};
    /// let instant = |text| Stamp::of(text, Habits::default()).unwrap().instant();
    /// assert_eq!(instant("1970-01-02T01:00:00+01:00"), Some(86_400));
    /// assert_eq!(instant("1970-01-02T01:00:00"), None);
    /// ```
    pub fn instant(&self) -> Option<i64> {
        let clock = self.clock?;
        let minutes = (self.day_number() * 24 + i64::from(clock.hour)) * 60 + i64::from(clock.minute);
        Some((minutes - i64::from(clock.zone?)) * 60 + i64::from(clock.second.unwrap_or(0)))
    }

    /// A number that grows with the day, near enough for distances.
    pub fn day_number(&self) -> i64 {
        jiff::civil::Date::new(self.year, self.month as i8, self.day.max(1) as i8)
            .map_or(0, |date| i64::from((date - jiff::civil::date(1970, 1, 1)).get_days()))
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)?;
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        let Some(clock) = self.clock else { return Ok(()) };
        write!(f, "T{:02}:{:02}", clock.hour, clock.minute)?;
        if let Some(second) = clock.second {
            write!(f, ":{second:02}")?;
        }
        if clock.milli > 0 {
            write!(f, ".{:03}", clock.milli)?;
        }
        match clock.zone {
            Some(0) => f.write_str("Z"),
            Some(zone) => {
                let sign = if zone < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", zone.abs() / 60, zone.abs() % 60)
            }
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: &str) {
        let found = Stamp::of(value, Habits::default()).map(|stamp| stamp.to_string());
        assert_eq!(found.unwrap_or_default(), expected, "{value}");
    }

    #[track_caller]
    fn seen(language: &str, line: &str, expected: &str) {
        let found = Stamp::seen(line, Habits::of(language)).map(|(stamp, _)| stamp.to_string());
        assert_eq!(found.unwrap_or_default(), expected, "{line}");
    }

    #[test]
    fn forms_of_metas() {
        check("2024-05-03", "2024-05-03");
        check("2024-05-03T15:47:42Z", "2024-05-03T15:47:42Z");
        check("2024-05-03T15:47:42.389000+00:00", "2024-05-03T15:47:42.389Z");
        check("2024-05-03T15:47:42.000+02:00", "2024-05-03T15:47:42+02:00");
        check("2024-05-03T15:47+0200", "2024-05-03T15:47+02:00");
        check("2024-05-03 15:47:42+02", "2024-05-03T15:47:42+02:00");
        check("2024-05-03T15:47:42-04:00", "2024-05-03T15:47:42-04:00");
        check("2024-05-03 15:47:42 -0400", "2024-05-03T15:47:42-04:00");
        check("2024-5-3 5:07:42", "2024-05-03T05:07:42");
        check("20240503T154742Z", "2024-05-03T15:47:42Z");
        check("20240503", "2024-05-03");
        check("20240503154742", "2024-05-03T15:47:42");
        check("1714744062", "2024-05-03T13:47:42Z");
        check("1714744062389", "2024-05-03T13:47:42Z");
        check("2024-05", "2024-05");
        check("2024-05-03T24:00:00", "2024-05-03");
        check("Fri, 03 May 2024 15:47:42 +0200", "2024-05-03T15:47:42+02:00");
        check("Fri, 3 May 2024 15:47:42 GMT", "2024-05-03T15:47:42Z");
        check("Fri May 03 2024 15:47:42 GMT+0200 (CEST)", "2024-05-03T15:47:42+02:00");
        check("Fri May 03 15:47:42 CEST 2024", "2024-05-03T15:47:42+02:00");
        check("Fri May  3 15:47:42 2024", "2024-05-03T15:47:42");
        check("10.12.2022, 07:00:03", "2022-12-10T07:00:03");
        check("10/05/2022 05:22 pm", "2022-05-10T17:22");
        check("2024-05-03T00:00:00.0000000Z", "2024-05-03T00:00:00Z");
    }

    #[test]
    fn no_dates() {
        for value in [
            "",
            "0000-00-00",
            "0001-01-01T00:00:00Z",
            "1970-01-01T00:00:00Z",
            "2024-13-45",
            "yesterday",
            "2 hours ago",
            "12",
            "1.2.3.4",
            "2024",
        ] {
            check(value, "");
        }
        for line in [
            "10.0.12.24",
            "call 030 5 12 2024 now",
            "score 3-2-2",
            "up 2024 per cent",
            "May the 4",
            "vor 58 Minuten",
            "Seite 3 von 12",
        ] {
            seen("en", line, "");
        }
    }

    #[test]
    fn lines_that_people_read() {
        seen("en", "Published May 3, 2024 3:47 PM EDT", "2024-05-03T15:47-04:00");
        seen("en", "By Ada Renn | May 3rd, 2024, 12:05 a.m.", "2024-05-03T00:05");
        seen("en-GB", "Friday 3 May 2024 15:47 BST", "2024-05-03T15:47");
        seen("en-GB", "03/05/2024", "2024-05-03");
        seen("en-US", "05/03/2024 3pm", "2024-05-03T15:00");
        seen("en-US", "23/05/2024", "2024-05-23");
        seen("en", "15:47, 3 May 2024", "2024-05-03T15:47");
        seen("en", "03-May-24", "2024-05-03");
        seen("de", "Freitag, 3. Mai 2024, 15.47 Uhr", "2024-05-03T15:47");
        seen("de", "Stand: 03.05.24 15:47", "2024-05-03T15:47");
        seen("de", "3. Jänner 2024 um 15 Uhr", "2024-01-03T15:00");
        seen("fr", "Publié le 3 mai 2024 à 15h47", "2024-05-03T15:47");
        seen("fr", "1er août 2024", "2024-08-01");
        seen("es", "3 de mayo de 2024 - 15:47 hs", "2024-05-03T15:47");
        seen("pt-BR", "03/05/2024 às 15h47", "2024-05-03T15:47");
        seen("nl", "3 mei 2024 om 15:47", "2024-05-03T15:47");
        seen("fi", "3.5.2024 klo 15.47", "2024-05-03T15:47");
        seen("da", "3. maj 2024 kl. 15.47", "2024-05-03T15:47");
        seen("pl", "3 listopada 2024, godz. 15:47", "2024-11-03T15:47");
        seen("hr", "3. listopada 2024.", "2024-10-03");
        seen("hu", "2024. május 3. 15:47", "2024-05-03T15:47");
        seen("lt", "2024 m. gegužės 3 d. 15:47", "2024-05-03T15:47");
        seen("ru", "3 мая 2024 г., 15:47 МСК", "2024-05-03T15:47+03:00");
        seen("el", "3 Μαΐου 2024", "2024-05-03");
        seen("tr", "3 Mayıs 2024 Cuma 15:47", "2024-05-03T15:47");
        seen("vi", "03/05/2024 15:47 GMT+7", "2024-05-03T15:47+07:00");
        seen("id", "Jumat, 3 Mei 2024 15:47 WIB", "2024-05-03T15:47+07:00");
    }

    #[test]
    fn times_of_other_dates() {
        seen("en-GB", "Published: 06:07, 2 May 2024 | Updated: 08:09, 3 May 2024", "2024-05-02T06:07");
        seen("en-GB", "Published 2 May 2024 | Updated 08:09, 3 May 2024", "2024-05-02");
        seen("en-GB", "Published 2 May 2024 Updated 08:09, 3 May 2024", "2024-05-02");
        seen("en-GB", "2 May 2024 | 08:09", "2024-05-02T08:09");
        seen("tr", "2 Mayıs 2024 Perşembe 08:09", "2024-05-02T08:09");
    }

    #[test]
    fn other_scripts_and_calendars() {
        seen("ja", "2024年5月3日(金) 15時47分", "2024-05-03T15:47");
        seen("ja", "公開日時:2024年5月3日 午後3時47分", "2024-05-03T15:47");
        seen("ja", "令和6年5月3日", "2024-05-03");
        seen("zh", "2024年05月03日 星期五 15:47:42", "2024-05-03T15:47:42");
        seen("zh-TW", "民國113年5月3日", "2024-05-03");
        seen("zh", "2024-05-03 15:47 来源", "2024-05-03T15:47");
        seen("ko", "입력 2024. 5. 3. 오후 3:47", "2024-05-03T15:47");
        seen("ko", "2024년 5월 3일 15시 47분", "2024-05-03T15:47");
        seen("ko", "2024.05.03 15:47", "2024-05-03T15:47");
        seen("th", "3 พฤษภาคม 2567 เวลา 15:47", "2024-05-03T15:47");
        seen("th", "3 พ.ค. 2567 15:47 น.", "2024-05-03T15:47");
        seen("ar", "٣ مايو ٢٠٢٤", "2024-05-03");
        seen("ar", "الجمعة 3 أيار 2024 - 15:47", "2024-05-03T15:47");
        seen("ar", "الجمعة 24 نيسان / أبريل 2020 09:57", "2020-04-24T09:57");
        seen("ar", "3 تشرين الثاني 2024", "2024-11-03");
        seen("ar", "3 كانون  الأول 2024، 10:05", "2024-12-03T10:05");
        seen("fa", "۱۴ اردیبهشت ۱۴۰۳ ساعت ۱۵:۴۷", "2024-05-03T15:47");
        seen("fa", "۱۴۰۳/۰۲/۱۴", "2024-05-03");
        seen("fa", "۱ فروردین ۱۴۰۴", "2025-03-21");
        seen("fa", "۱ فروردین ۱۴۰۰", "2021-03-21");
        seen("he", "3 במאי 2024", "2024-05-03");
        seen("hi", "३ मई २०२४", "2024-05-03");
        seen("hi", "03 मई 2024, 03:47 PM", "2024-05-03T15:47");
        seen("bn", "৩ মে ২০২৪, ১৫:৪৭", "2024-05-03T15:47");
    }

    #[test]
    fn what_is_written_is_a_time_to_others() {
        for value in ["2024-05-03T15:47:42.389+02:00", "2024-05-03T15:47Z", "Fri, 3 May 2024 15:47:42 -0330"] {
            let stamp = Stamp::of(value, Habits::default()).unwrap().to_string();
            assert!(stamp.parse::<jiff::Timestamp>().is_ok(), "{stamp}");
        }
    }

    proptest::proptest! {
        /// Any text is read; a date that is found stands in it, and reads the same when it is written out.
        #[test]
        fn any_text_is_read(pieces in proptest::collection::vec(0..SOUP.len(), 0..14)) {
            let line: String = pieces.iter().map(|&piece| SOUP[piece]).collect();
            if let Some((stamp, span)) = Stamp::seen(&line, Habits::of("en")) {
                proptest::prop_assert!(line.get(span).is_some(), "{line}");
                let again = Stamp::of(&stamp.to_string(), Habits::default());
                proptest::prop_assert_eq!(again, Some(stamp), "{}", line);
            }
            let _ = Stamp::of(&line, Habits::default());
        }
    }

    const SOUP: [&str; 40] = [
        "3",
        "12",
        "05",
        "2024",
        "24",
        "1403",
        "2567",
        "20240503",
        "99999999999999999999",
        ".",
        "-",
        "/",
        ":",
        ",",
        " ",
        " ",
        " ",
        "T",
        "Z",
        "+",
        "+02:00",
        "PM",
        "May",
        "مايو",
        "۱۴۰۳",
        "年",
        "月",
        "日",
        "令和",
        "พ.ค.",
        "h",
        "Uhr",
        "EDT",
        "GMT",
        "mai",
        "15:47",
        "15:47:42.389",
        "\u{200F}",
        "à",
        "🙂",
    ];
}
