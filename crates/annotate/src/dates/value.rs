//! What an expression of time means: values as TIMEX3 writes them, and the days that they cover.

use std::fmt;

use copydesk_model::Span;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use serde::{Deserialize, Serialize};

use super::unit::{Part, Season, Unit};

/// One expression of time in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Where it stands, without the preposition before it: `Thursday` of `on Thursday`.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// What it means; or why that is left open.
    pub value: Result<Value, Open>,
    /// `early`, `late`, `the end of`, `about`: what the value does not say.
    pub modifier: Option<Modifier>,
    /// Whether it begins or ends a range of two.
    pub part: RangePart,
    /// Whether the value counts from the day of publication, and so is no surer than that day.
    pub counted: bool,
    /// The rule of the language's file that found it; or where the year was read of a day without one: `same-day-in-full`, `near-picture`.
    pub rule: &'static str,
    /// How sure the value is, 0 to 1; of an open one, how sure it is that this is an expression of time.
    pub confidence: f32,
}

impl Mention {
    /// The first and the last day that the value covers; `None` where it is no place on the calendar.
    pub fn days(&self) -> Option<(Date, Date)> {
        match &self.value {
            Ok(value) => value.days(),
            Err(Open::OtherCalendar { first, last }) => Some((*first, *last)),
            Err(_) => None,
        }
    }
}

/// Kinds of expressions, as TIMEX3 has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A day or something longer on the calendar.
    Date,
    /// A part of a day, or a time on the clock.
    Time,
    /// A length.
    Duration,
    /// Something that comes again.
    Set,
}

impl Kind {
    /// Name as TIMEX3 writes it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Date => "DATE",
            Kind::Time => "TIME",
            Kind::Duration => "DURATION",
            Kind::Set => "SET",
        }
    }
}

/// Why a value was left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// It counts from the day of publication, which is not known.
    NoReference,
    /// It counts from another day in the text that could not be told.
    NoAnchor,
    /// There is no such day: February 30.
    Impossible,
    /// A lunar calendar whose days begin when somebody sees the moon: these days are as near as one can say.
    OtherCalendar {
        /// The first day that it may be.
        first: Date,
        /// The last.
        last: Date,
    },
    /// The language's rules say that it means no one thing.
    Vague,
}

impl Open {
    /// Name in tables and on screens.
    pub fn name(self) -> &'static str {
        match self {
            Open::NoReference => "no-reference",
            Open::NoAnchor => "no-anchor",
            Open::Impossible => "impossible",
            Open::OtherCalendar { .. } => "other-calendar",
            Open::Vague => "vague",
        }
    }
}

/// Where in a range a mention stands: `July 7` begins and `11` ends `July 7-11`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RangePart {
    /// In none.
    #[default]
    None,
    /// It is the first day of a range, whose last one is the next mention.
    Begins,
    /// It is the last day of a range that the mention before begins.
    Ends,
}

/// What stands around an expression and narrows or widens it, as TIMEX3 has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Modifier {
    /// `early`, `the beginning of`
    Start,
    /// `mid-`, `the middle of`
    Mid,
    /// `late`, `the end of`
    End,
    /// `about`
    Approx,
    /// `more than`
    MoreThan,
    /// `less than`, `nearly`
    LessThan,
    /// `at least`
    EqualOrMore,
    /// `at most`
    EqualOrLess,
}

impl Modifier {
    /// Name as TIMEX3 writes it.
    pub fn name(self) -> &'static str {
        match self {
            Modifier::Start => "START",
            Modifier::Mid => "MID",
            Modifier::End => "END",
            Modifier::Approx => "APPROX",
            Modifier::MoreThan => "MORE_THAN",
            Modifier::LessThan => "LESS_THAN",
            Modifier::EqualOrMore => "EQUAL_OR_MORE",
            Modifier::EqualOrLess => "EQUAL_OR_LESS",
        }
    }
}

/// Times that are only told from now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Vaguely {
    /// `now`
    Present,
    /// `recently`
    Past,
    /// `in the coming days`
    Future,
}

/// How many: a number, or an unknown one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Count {
    /// In halves: `three and a half` is 7.
    Halves(u32),
    /// `several`
    Unknown,
}

/// What an expression means. `Display` writes it as TIMEX3 does.
///
/// ```
/// use copydesk_annotate::{Count, Unit, Value};
/// assert_eq!(Value::Week { year: 1998, week: 5 }.to_string(), "1998-W05");
/// assert_eq!(Value::Duration { count: Count::Halves(832), unit: Unit::Day }.to_string(), "P416D");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// `1998-01-30`
    Day(Date),
    /// `1998-01-30TNI`
    PartOfDay(Date, Part),
    /// `1998-01-30T17:00`; 24:00 is the midnight that ends a day.
    Clock(Date, u8, u8),
    /// `1998-W05`, by ISO 8601
    Week {
        /// The year that the week belongs to.
        year: i16,
        /// From 1.
        week: u8,
    },
    /// `1998-W05-WE`
    Weekend {
        /// The year that the week belongs to.
        year: i16,
        /// From 1.
        week: u8,
    },
    /// `1998-01`
    Month(i16, u8),
    /// `1998-Q1`
    Quarter(i16, u8),
    /// `1998-H1`
    HalfYear(i16, u8),
    /// `1998-SP`
    Season(i16, Season),
    /// `1998`
    Year(i16),
    /// `199`: the years that begin with these digits.
    Decade(i16),
    /// `19`
    Century(i16),
    /// `PRESENT_REF`
    Vaguely(Vaguely),
    /// `P3D`, `PT30M`, `PXY`
    Duration {
        /// How many.
        count: Count,
        /// Of what.
        unit: Unit,
    },
    /// `XXXX-WXX-1`: every Monday
    EachWeekday(Weekday),
    /// `XXXX-05`: every May
    EachMonth(u8),
    /// `XXXX-SP`
    EachSeason(Season),
    /// `XXXX-XX-XXTNI`: every night
    EachPart(Part),
    /// `XXXX-12-25`, where no year can be told.
    YearlessDay(u8, u8),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = |f: &mut fmt::Formatter<'_>, date: &Date| {
            write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
        };
        match self {
            Value::Day(date) => day(f, date),
            Value::PartOfDay(date, part) => {
                day(f, date)?;
                write!(f, "T{}", part.name())
            }
            Value::Clock(date, hour, minute) => {
                day(f, date)?;
                write!(f, "T{hour:02}:{minute:02}")
            }
            Value::Week { year, week } => write!(f, "{year:04}-W{week:02}"),
            Value::Weekend { year, week } => write!(f, "{year:04}-W{week:02}-WE"),
            Value::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Value::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Value::HalfYear(year, half) => write!(f, "{year:04}-H{half}"),
            Value::Season(year, season) => write!(f, "{year:04}-{}", season.name()),
            Value::Year(year) => write!(f, "{year:04}"),
            Value::Decade(decade) => write!(f, "{decade:03}"),
            Value::Century(century) => write!(f, "{century:02}"),
            Value::Vaguely(when) => f.write_str(match when {
                Vaguely::Present => "PRESENT_REF",
                Vaguely::Past => "PAST_REF",
                Vaguely::Future => "FUTURE_REF",
            }),
            Value::Duration { count, unit } => {
                f.write_str(if unit.is_clock() { "PT" } else { "P" })?;
                let (times, name) = unit.counted();
                match count {
                    Count::Unknown => f.write_str("X")?,
                    Count::Halves(halves) => {
                        let halves = halves * times;
                        write!(f, "{}{}", halves / 2, if halves % 2 == 1 { ".5" } else { "" })?;
                    }
                }
                f.write_str(name)
            }
            Value::EachWeekday(weekday) => write!(f, "XXXX-WXX-{}", weekday.to_monday_one_offset()),
            Value::EachMonth(month) => write!(f, "XXXX-{month:02}"),
            Value::EachSeason(season) => write!(f, "XXXX-{}", season.name()),
            Value::EachPart(part) => write!(f, "XXXX-XX-XXT{}", part.name()),
            Value::YearlessDay(month, day) => write!(f, "XXXX-{month:02}-{day:02}"),
        }
    }
}

impl Value {
    /// The first and the last day that it covers; `None` for lengths, for what comes again, and for what is only told from now. A season
    /// covers its year, because it is another one south of the equator.
    pub fn days(&self) -> Option<(Date, Date)> {
        let months = |year: i16, first: u8, count: u8| {
            let begins = Date::new(year, first as i8, 1).ok()?;
            Some((begins, Date::new(year, (first + count - 1) as i8, 1).ok()?.last_of_month()))
        };
        let years =
            |first: i16, count: i16| Some((Date::new(first, 1, 1).ok()?, Date::new(first + count - 1, 12, 31).ok()?));
        let week = |year: i16, week: u8, from: Weekday| {
            let day = |weekday| ISOWeekDate::new(year, week as i8, weekday).ok().map(|day| day.date());
            Some((day(from)?, day(Weekday::Sunday)?))
        };
        match *self {
            Value::Day(day) | Value::PartOfDay(day, _) | Value::Clock(day, ..) => Some((day, day)),
            Value::Week { year, week: number } => week(year, number, Weekday::Monday),
            Value::Weekend { year, week: number } => week(year, number, Weekday::Saturday),
            Value::Month(year, month) => months(year, month, 1),
            Value::Quarter(year, quarter) => months(year, quarter * 3 - 2, 3),
            Value::HalfYear(year, half) => months(year, half * 6 - 5, 6),
            Value::Season(year, _) | Value::Year(year) => years(year, 1),
            Value::Decade(decade) => years(decade * 10, 10),
            Value::Century(century) => years(century * 100, 100),
            _ => None,
        }
    }
}
