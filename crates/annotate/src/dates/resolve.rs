//! What a match means, counted from the day of publication and from what was said before.

use std::cell::Cell;

use jiff::Span as Length;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::class::{Class, PARTS, SEASONS, UNITS, VAGUELY};
use super::find::{Slot, UNKNOWN};
use super::language::{Action, Cue, Language};
use super::lunar;
use super::unit::{Part, Season, Unit};
use super::value::{Count, Kind, Open, Vaguely, Value};
use super::{Order, TellsOrder, Tense, is_either};

/// What a match is resolved against.
pub(super) struct Against<'c> {
    /// The day of publication.
    pub(super) published: Option<Date>,
    /// A day that a caption writes out, where the day of publication is not known.
    pub(super) pictured: Option<Date>,
    /// Which comes first in days of small numbers, where something tells.
    pub(super) order: Option<Order>,
    /// The years in which the text writes out a month and day: the last one before, the first one behind.
    pub(super) in_full: &'c dyn Fn(i32, i32) -> [Option<i32>; 2],
    /// Whether the day of publication was asked for.
    pub(super) counted: Cell<bool>,
    /// Where the year of a day was read that has none, if not from the day of publication.
    pub(super) year_from: Cell<Option<&'static str>>,
    /// The last day, week, month or year that the text spoke of in this paragraph.
    pub(super) anchor: Option<Value>,
    /// What the verbs around say.
    pub(super) cue: &'c dyn Fn() -> Option<Tense>,
    /// The day that begins the range which this one ends.
    pub(super) begins: Option<Date>,
    pub(super) language: &'c Language,
}

/// A value and how sure it is.
type Meant = (Kind, Result<Value, Open>, f32);

/// How sure values are, by what they were read from. Chosen: above 0.9 nothing was guessed, at 0.85 the tense of a verb was, at 0.75 the year.
struct Sure;
impl Sure {
    const WRITTEN: f32 = 0.98;
    const COUNTED: f32 = 0.92;
    const TENSE: f32 = 0.85;
    const YEAR: f32 = 0.75;
    const VAGUE: f32 = 0.7;
    const PICTURED: f32 = 0.6;
    const OPEN: f32 = 0.6;
    /// 3/4/2024, where nothing tells which is the month.
    const EITHER: f32 = 0.5;
}

/// Days from publication beyond which a verb, and not nearness, says which year is meant. Chosen: an event is announced some months ahead.
const FAR: i32 = 120;
/// The same where the verb stands right beside the day.
const FAR_BESIDE_A_VERB: i32 = 14;
/// Days from a caption's day within which a day without a year is of the same year. Chosen: a fortnight. A picture of another time falls so near to
/// a day by chance once in 13.
const NEAR_A_PICTURE: i32 = 14;
/// Days between the ends of a range whose second end has no year. Chosen: half a year.
const LONGEST_RANGE: i32 = 183;

/// What a match means; the second value is that of a range's last day.
pub(super) fn resolve(action: Action, slots: &[Slot], against: &Against<'_>) -> (Meant, Option<Meant>) {
    let caught = Caught { slots, against };
    let one = match action {
        Action::Date => caught.date(),
        Action::Shift(sign) => caught.shift(sign),
        Action::Later => caught.later(),
        Action::Duration => caught.duration(),
        Action::Set => caught.set(),
        Action::Decade => caught.decade(),
        Action::Century => caught.century(),
        Action::Range => {
            let (first, last) = caught.range();
            return (first, Some(last));
        }
        Action::Buddhist => caught.buddhist(),
        Action::Lunar => caught.lunar(),
        Action::Frequency => match caught.unit() {
            Some(unit) => (Kind::Set, Ok(Value::Duration { count: Count::Halves(2), unit }), Sure::COUNTED),
            None => open(Open::Vague),
        },
        Action::Slashed => caught.slashed(),
        Action::OfWeek => caught.of_week(),
        Action::NthWeekday => caught.nth_weekday(),
        Action::Same => caught.same(),
        Action::Spoken => caught.spoken(),
        Action::Half => caught.half(),
        Action::Year(years) => caught.year_from_now(years),
        Action::Present => sure(Value::Vaguely(Vaguely::Present), Sure::VAGUE),
        Action::Past => sure(Value::Vaguely(Vaguely::Past), Sure::VAGUE),
        Action::Future => sure(Value::Vaguely(Vaguely::Future), Sure::VAGUE),
        Action::Open | Action::Skip => open(Open::Vague),
    };
    (one, None)
}

fn open(why: Open) -> Meant {
    (Kind::Date, Err(why), Sure::OPEN)
}

fn sure(value: Value, confidence: f32) -> Meant {
    let kind = match value {
        Value::PartOfDay(..) | Value::Clock(..) => Kind::Time,
        Value::Duration { .. } => Kind::Duration,
        Value::EachWeekday(_) | Value::EachMonth(_) | Value::EachSeason(_) | Value::EachPart(_) => Kind::Set,
        _ => Kind::Date,
    };
    (kind, Ok(value), confidence)
}

fn or_open(value: Option<Value>, confidence: f32, why: Open) -> Meant {
    value.map_or(open(why), |value| sure(value, confidence))
}

/// A year of two digits: the century that is nearer.
fn full_year(year: i32, published: Option<Date>) -> i32 {
    let now = published.map_or(2000, |day| i32::from(day.year()));
    let century = now / 100 * 100;
    if century + year > now + 20 { century - 100 + year } else { century + year }
}

fn week(day: Date) -> Value {
    let week = day.iso_week_date();
    Value::Week { year: week.year(), week: week.week() as u8 }
}

fn day_of(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn add_days(day: Date, days: i32) -> Option<Date> {
    day.checked_add(Length::new().try_days(days).ok()?).ok()
}

fn distance(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// Months since the year 0.
fn months(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}

fn month_at(months: i32) -> Option<Value> {
    let year = i16::try_from(months.div_euclid(12)).ok().filter(|year| *year > 0)?;
    Some(Value::Month(year, (months.rem_euclid(12) + 1) as u8))
}

/// So many units from a day, no more exact than the unit.
fn shifted(day: Date, halves: i32, unit: Unit) -> Option<Value> {
    let whole = halves / 2;
    // Half a unit is told in the next smaller one.
    if halves % 2 != 0 {
        return match unit {
            Unit::Year => month_at(months(day) + halves.checked_mul(6)?),
            Unit::Month | Unit::Week | Unit::Day => None,
            _ => None,
        };
    }
    let year = |years: i32| i16::try_from(i32::from(day.year()) + years).ok().filter(|year| (1..=9999).contains(year));
    Some(match unit {
        Unit::Day | Unit::Night => Value::Day(add_days(day, whole)?),
        Unit::Week => week(add_days(day, whole.checked_mul(7)?)?),
        Unit::Fortnight => week(add_days(day, whole.checked_mul(14)?)?),
        Unit::Weekend => match week(add_days(day, whole.checked_mul(7)?)?) {
            Value::Week { year, week } => Value::Weekend { year, week },
            other => other,
        },
        Unit::Month => month_at(months(day).checked_add(whole)?)?,
        Unit::Quarter => match month_at(months(day) + whole.checked_mul(3)?)? {
            Value::Month(year, month) => Value::Quarter(year, month.div_ceil(3)),
            other => other,
        },
        Unit::Year => Value::Year(year(whole)?),
        Unit::Decade => Value::Decade(year(whole.checked_mul(10)?)? / 10),
        Unit::Century => Value::Century(year(whole.checked_mul(100)?)? / 100),
        Unit::Second | Unit::Minute | Unit::Hour => return None,
    })
}

/// The same day, week, month or year so many units away.
fn moved(value: Value, halves: i32, unit: Unit) -> Option<Value> {
    let exact = match value {
        Value::Day(_) | Value::PartOfDay(..) => Unit::Day,
        Value::Week { .. } => Unit::Week,
        Value::Weekend { .. } => Unit::Weekend,
        Value::Month(..) => Unit::Month,
        Value::Quarter(..) => Unit::Quarter,
        Value::Year(_) => Unit::Year,
        _ => return None,
    };
    // Half a year before a day is no day.
    let whole = (halves % 2 == 0).then_some(halves / 2)?;
    let length = match unit {
        Unit::Day | Unit::Night => Length::new().try_days(whole),
        Unit::Week => Length::new().try_weeks(whole),
        Unit::Fortnight => Length::new().try_weeks(whole.checked_mul(2)?),
        Unit::Month => Length::new().try_months(whole),
        Unit::Quarter => Length::new().try_months(whole.checked_mul(3)?),
        Unit::Year => Length::new().try_years(whole),
        Unit::Decade => Length::new().try_years(whole.checked_mul(10)?),
        Unit::Century => Length::new().try_years(whole.checked_mul(100)?),
        _ => return None,
    };
    // A week is told by its middle, because no year begins where a week does.
    let (first, last) = value.days()?;
    let middle = add_days(first, distance(first, last) / 2)?;
    let day = middle.checked_add(length.ok()?).ok().filter(|day| day.year() > 0)?;
    shifted(day, 0, exact)
}

/// So many half hours or half minutes from a time.
fn clock_later(day: Date, (hour, minute): (u8, u8), halves: i32, unit: Unit) -> Option<Value> {
    let half_minutes = if unit == Unit::Hour { halves.checked_mul(60)? } else { halves };
    let minutes = (i32::from(hour) * 60 + i32::from(minute)).checked_add(half_minutes / 2)?;
    let day = add_days(day, minutes.div_euclid(24 * 60))?;
    let minutes = minutes.rem_euclid(24 * 60);
    Some(Value::Clock(day, (minutes / 60) as u8, (minutes % 60) as u8))
}

struct Caught<'m> {
    slots: &'m [Slot],
    against: &'m Against<'m>,
}

impl Caught<'_> {
    /// The day of publication, which a value that asks for it is no surer than.
    fn published(&self) -> Option<Date> {
        self.against.counted.set(true);
        self.against.published
    }

    fn get(&self, class: Class) -> Option<i32> {
        self.nth(class, 0)
    }

    fn nth(&self, class: Class, n: usize) -> Option<i32> {
        self.slots.iter().filter(|slot| slot.class == class).nth(n).map(|slot| slot.payload)
    }

    fn year(&self) -> Option<i32> {
        // `October last year`
        if let (Some(which), Some(_)) = (self.get(Class::Which), self.get(Class::Period)) {
            return self.published().map(|day| i32::from(day.year()) + which);
        }
        let short = || self.get(Class::ShortYear).map(|year| full_year(year, self.published()));
        self.get(Class::Year).or_else(|| self.get(Class::FarYear)).or_else(short)
    }

    fn month(&self) -> Option<i32> {
        self.get(Class::Month).or_else(|| self.get(Class::MonthNumber))
    }

    fn weekday(&self) -> Option<Weekday> {
        Weekday::from_monday_one_offset(self.get(Class::Weekday)? as i8).ok()
    }

    /// The first unit that is named.
    fn unit(&self) -> Option<Unit> {
        let is_unit = |class: Class| {
            use Class::{LastUnit, Often, Pair, Period, Units};
            matches!(class, Class::Unit | Period | Units | Pair | LastUnit | Often)
        };
        self.slots.iter().find(|slot| is_unit(slot.class)).map(|slot| UNITS[slot.payload as usize])
    }

    fn part(&self) -> Option<Part> {
        self.get(Class::Part).map(|part| PARTS[part as usize])
    }

    /// Hours and minutes.
    fn clock(&self) -> Option<(u8, u8)> {
        if let Some(both) = self.get(Class::HourMinute) {
            return Some(((both / 100) as u8, (both % 100) as u8));
        }
        if let Some(minutes) = self.get(Class::Clock) {
            return Some(((minutes / 60) as u8, (minutes % 60) as u8));
        }
        let (hour, minute) = (self.get(Class::Hour)?, self.get(Class::Minute).unwrap_or(0));
        let hour = match self.get(Class::Meridiem) {
            Some(0) if hour == 12 => 0,
            Some(1) if hour < 12 => hour + 12,
            _ => hour,
        };
        Some((hour as u8, minute as u8))
    }

    fn date(&self) -> Meant {
        if let Some(when) = self.get(Class::Vaguely) {
            return sure(Value::Vaguely(VAGUELY[when as usize]), Sure::VAGUE);
        }
        let clock = self.clock();
        let today = self.get(Class::Today);
        let part = self.part().or_else(|| {
            let part = today?.rem_euclid(16);
            (part > 0).then(|| PARTS[part as usize - 1])
        });
        let base = if let Some(today) = today {
            let day = self.published().and_then(|day| add_days(day, today.div_euclid(16)));
            or_open(day.map(Value::Day), Sure::COUNTED, Open::NoReference)
        } else if let Some(base) = self.base() {
            base
        } else if let Some(part) = part.filter(|_| clock.is_none()) {
            // `this morning` is one of the day of publication, whatever was spoken of; the coming night begins on it too.
            let days = match self.get(Class::Which).unwrap_or(0) {
                1 if matches!(part, Part::Evening | Part::Night) => 0,
                which => which,
            };
            let day = self.published().and_then(|day| add_days(day, days));
            or_open(day.map(Value::Day), Sure::COUNTED, Open::NoReference)
        } else {
            // A time alone is one of the day that the paragraph spoke of last, or of the day of publication.
            let spoken = match self.against.anchor {
                Some(Value::Day(day) | Value::PartOfDay(day, _) | Value::Clock(day, ..)) => Some(day),
                _ => self.published(),
            };
            or_open(spoken.map(Value::Day), Sure::YEAR, Open::NoReference)
        };
        match (base, clock, part) {
            ((_, Ok(Value::Day(day)), sureness), Some((hour, minute)), _) => {
                sure(Value::Clock(day, hour, minute), sureness)
            }
            ((_, Ok(Value::Day(day)), sureness), None, Some(part)) => sure(Value::PartOfDay(day, part), sureness),
            ((_, Err(why), sureness), clock, part) if clock.is_some() || part.is_some() => {
                (Kind::Time, Err(why), sureness)
            }
            (base, ..) => base,
        }
    }

    /// The day or something longer, without a time of the day.
    fn base(&self) -> Option<Meant> {
        let which = self.get(Class::Which).or_else(|| self.get(Class::LastUnit).map(|_| -1));
        let year = self.year();
        if let Some(feast) = self.get(Class::Feast) {
            return Some(self.feast(feast, year, which));
        }
        if let Some(quarter) = self.get(Class::Quarter) {
            return Some(self.piece(quarter, 3, year, which));
        }
        if let Some(half) = self.get(Class::Half) {
            return Some(self.piece(half, 6, year, which));
        }
        if let Some(season) = self.get(Class::Season) {
            return Some(self.season(SEASONS[season as usize], year, which));
        }
        if let Some(month) = self.month() {
            return Some(match (self.get(Class::Day), year) {
                (Some(day), Some(year)) => {
                    or_open(day_of(year, month, day).map(Value::Day), Sure::WRITTEN, Open::Impossible)
                }
                (Some(day), None) => self.yearless(month, day),
                (None, Some(year)) => or_open(
                    i16::try_from(year).ok().map(|year| Value::Month(year, month as u8)),
                    Sure::WRITTEN,
                    Open::Impossible,
                ),
                (None, None) => self.month_alone(month, which),
            });
        }
        if let Some(weekday) = self.weekday() {
            return Some(self.weekday_near(weekday, which));
        }
        if self.get(Class::Weekend).is_some() {
            // What was is the last one, until it is over.
            let weeks = self.published().map(|day| match self.cue() {
                Some(Cue::Future) => 0,
                _ if day.weekday().to_monday_one_offset() >= 6 => 0,
                _ => -1,
            });
            let value = self.published().zip(weeks).and_then(|(day, weeks)| shifted(day, weeks * 2, Unit::Weekend));
            return Some(or_open(value, Sure::TENSE, Open::NoReference));
        }
        if let (Some(which), Some(unit)) = (which, self.unit()) {
            // `the last hour` is a length; no calendar has it.
            if unit.is_clock() {
                return Some(self.duration());
            }
            let shifted = self.published().and_then(|day| shifted(day, which * 2, unit));
            let why = if self.published().is_some() { Open::Vague } else { Open::NoReference };
            return Some(or_open(shifted, Sure::COUNTED, why));
        }
        if let Some(unit) = self.unit() {
            // `the end of the month`
            return Some(or_open(
                self.published().and_then(|day| shifted(day, 0, unit)),
                Sure::TENSE,
                Open::NoReference,
            ));
        }
        year.map(|year| or_open(i16::try_from(year).ok().map(Value::Year), 0.9, Open::Impossible))
    }

    fn feast(&self, feast: i32, year: Option<i32>, which: Option<i32>) -> Meant {
        let feast = self.against.language.feasts[feast as usize];
        if let Some(year) = year {
            let day = i16::try_from(year).ok().and_then(|year| feast.in_year(year));
            return or_open(day.map(Value::Day), Sure::WRITTEN, Open::Impossible);
        }
        let Some(published) = self.published() else { return open(Open::NoReference) };
        let around = (-1..=1).filter_map(|years| feast.in_year(published.year() + years));
        let chosen = self.choose(around, which, published);
        or_open(chosen.map(Value::Day), Sure::YEAR, Open::Impossible)
    }

    /// Of the same day in three years, the one that is meant: by `last` and `next`, by the verb if it is plain, or the nearest.
    fn choose(&self, around: impl Iterator<Item = Date>, which: Option<i32>, published: Date) -> Option<Date> {
        let around: Vec<Date> = around.collect();
        let nearest = around.iter().copied().min_by_key(|day| distance(published, *day).abs())?;
        let before = || around.iter().copied().filter(|day| *day <= published).max();
        let after = || around.iter().copied().filter(|day| *day >= published).min();
        let ahead = distance(published, nearest);
        // A verb decides where the nearest is far; right beside the day, already where it is a fortnight off.
        let tense = (self.against.cue)();
        let far = if tense.is_some_and(|tense| tense.near) { FAR_BESIDE_A_VERB } else { FAR };
        match (which, tense.map(|tense| tense.cue)) {
            (Some(-1), _) => before(),
            (Some(1), _) => after(),
            (_, Some(Cue::Past)) if ahead > far => before(),
            (_, Some(Cue::Future)) if ahead < -far => after(),
            _ => Some(nearest),
        }
    }

    /// What the verb beside it says.
    fn cue(&self) -> Option<Cue> {
        (self.against.cue)().map(|tense| tense.cue)
    }

    /// A month and day without a year, where the text or a caption tells the year.
    fn year_told(&self, month: i32, day: i32) -> Option<Meant> {
        if self.get(Class::Which).is_some() {
            return None;
        }
        let weekday = self.weekday();
        let in_year = |year: i32| day_of(year, month, day).filter(|day| weekday.is_none_or(|it| day.weekday() == it));
        let told = |day: Date, from: &'static str, confidence: f32| {
            self.against.year_from.set(Some(from));
            sure(Value::Day(day), confidence)
        };
        // What was written out is meant when it is said again; a verb may speak of its anniversary.
        let [before, behind] = (self.against.in_full)(month, day);
        if self.cue() != Some(Cue::Future)
            && let Some(day) = before.and_then(in_year)
        {
            return Some(told(day, "same-day-in-full", Sure::YEAR));
        }
        if self.against.published.is_some() {
            return None;
        }
        if let Some(day) = behind.and_then(in_year) {
            return Some(told(day, "same-day-in-full", Sure::YEAR));
        }
        let pictured = self.against.pictured?;
        let around = (-1..=1).filter_map(|years| in_year(i32::from(pictured.year()) + years));
        let near = around.filter(|day| distance(pictured, *day).abs() <= NEAR_A_PICTURE);
        near.min_by_key(|day| distance(pictured, *day).abs()).map(|day| told(day, "near-picture", Sure::PICTURED))
    }

    fn yearless(&self, month: i32, day: i32) -> Meant {
        if let Some(told) = self.year_told(month, day) {
            return told;
        }
        let Some(published) = self.published() else {
            // A leap year has all days.
            let fits = day_of(2024, month, day).is_some();
            return if fits {
                sure(Value::YearlessDay(month as u8, day as u8), Sure::YEAR)
            } else {
                open(Open::Impossible)
            };
        };
        if let Some(begins) = self.against.begins {
            // The year may end within the range; `March 3 and Feb. 12` is none.
            let after = (0..=1).filter_map(|years| day_of(i32::from(begins.year()) + years, month, day));
            if let Some(day) = after.into_iter().find(|day| (0..=LONGEST_RANGE).contains(&distance(begins, *day))) {
                return sure(Value::Day(day), Sure::YEAR);
            }
        }
        let years = |reach: i32| {
            (-reach..=reach).filter_map(move |years| day_of(i32::from(published.year()) + years, month, day))
        };
        // The weekday that stands beside it tells the year.
        if let Some(weekday) = self.weekday() {
            let fitting = years(3).filter(|day| day.weekday() == weekday);
            if let Some(day) = fitting.min_by_key(|day| distance(published, *day).abs()) {
                return sure(Value::Day(day), Sure::COUNTED);
            }
        }
        let chosen = self.choose(years(1), self.get(Class::Which), published).or_else(|| years(4).next());
        or_open(chosen.map(Value::Day), Sure::YEAR, Open::Impossible)
    }

    fn month_alone(&self, month: i32, which: Option<i32>) -> Meant {
        let Some(published) = self.published() else { return open(Open::NoReference) };
        let now = months(published);
        // Months from now to the next of this name, 0 for this one.
        let ahead = (month - 1 - now).rem_euclid(12);
        let cue = self.cue();
        let months = match which {
            Some(-1) => now + if ahead == 0 { -12 } else { ahead - 12 },
            Some(1) => now + if ahead == 0 { 12 } else { ahead },
            Some(_) => month - 1 + i32::from(published.year()) * 12,
            None => match cue {
                Some(Cue::Future) => now + ahead,
                Some(Cue::Past) if ahead > 0 => now + ahead - 12,
                // What no verb tells is mostly a plan or a habit: the nearest.
                _ => now + if ahead > 5 { ahead - 12 } else { ahead },
            },
        };
        or_open(month_at(months), if which.is_some() { Sure::COUNTED } else { Sure::YEAR }, Open::Impossible)
    }

    fn weekday_near(&self, weekday: Weekday, which: Option<i32>) -> Meant {
        let Some(published) = self.published() else { return open(Open::NoReference) };
        let ahead = i32::from(published.weekday().until(weekday));
        let back = if ahead == 0 { 0 } else { ahead - 7 };
        if let Some(begins) = self.against.begins {
            return or_open(
                add_days(begins, i32::from(begins.weekday().until(weekday))).map(Value::Day),
                Sure::TENSE,
                Open::Impossible,
            );
        }
        let days = match which {
            Some(-1) => {
                if back == 0 {
                    -7
                } else {
                    back
                }
            }
            Some(1) => {
                if ahead == 0 {
                    7
                } else {
                    ahead
                }
            }
            Some(_) => ahead,
            None if self.cue() == Some(Cue::Future) => ahead,
            None => back,
        };
        let confidence = if which.is_some() { Sure::COUNTED } else { Sure::TENSE };
        or_open(add_days(published, days).map(Value::Day), confidence, Open::Impossible)
    }

    /// A day in small numbers; where either may be the month, the text, the page or a verb may tell which is.
    fn slashed(&self) -> Meant {
        let (Some(month), Some(day)) = (self.get(Class::MonthNumber), self.get(Class::Day)) else {
            return open(Open::Vague);
        };
        if !is_either(month, day) {
            return self.date();
        }
        let order = self.against.order;
        let confidence = match order.map(|order| order.from) {
            Some(TellsOrder::Text | TellsOrder::Page) => Sure::COUNTED,
            Some(TellsOrder::Verb) => {
                self.against.counted.set(true);
                Sure::TENSE
            }
            None => Sure::EITHER,
        };
        let turned: Vec<Slot> = self
            .slots
            .iter()
            .map(|slot| Slot {
                payload: match slot.class {
                    Class::Day => month,
                    Class::MonthNumber => day,
                    _ => slot.payload,
                },
                ..*slot
            })
            .collect();
        let slots = if order.is_some_and(|order| order.day_first) { &turned } else { self.slots };
        let (kind, value, sureness) = Caught { slots, against: self.against }.date();
        (kind, value, sureness.min(confidence))
    }

    /// A weekday of the week before, of this or of the next.
    fn of_week(&self) -> Meant {
        let Some(published) = self.published() else { return open(Open::NoReference) };
        let day = self.weekday().zip(self.get(Class::Which)).and_then(|(weekday, weeks)| {
            let offset = |weekday: Weekday| i32::from(weekday.to_monday_zero_offset());
            add_days(published, weeks * 7 + offset(weekday) - offset(published.weekday()))
        });
        or_open(day.map(Value::Day), Sure::COUNTED, Open::Vague)
    }

    /// The first, or the last, of a weekday in a month.
    fn nth_weekday(&self) -> Meant {
        let nth = match (self.get(Class::Ordinal), self.get(Class::Which)) {
            (Some(nth), _) => nth,
            (_, Some(-1)) => -1,
            _ => return open(Open::Vague),
        };
        let (Some(weekday), Some(month)) = (self.weekday(), self.month()) else { return open(Open::Vague) };
        let in_year = |year: i32| day_of(year, month, 1)?.nth_weekday_of_month(i8::try_from(nth).ok()?, weekday).ok();
        if let Some(year) = self.year() {
            return or_open(in_year(year).map(Value::Day), Sure::WRITTEN, Open::Impossible);
        }
        let Some(published) = self.published() else { return open(Open::NoReference) };
        let around = (-1..=1).filter_map(|years| in_year(i32::from(published.year()) + years));
        or_open(self.choose(around, None, published).map(Value::Day), Sure::YEAR, Open::Impossible)
    }

    /// A quarter or half of a year, of so many months.
    fn piece(&self, number: i32, length: i32, year: Option<i32>, which: Option<i32>) -> Meant {
        let value = |year: i32| {
            let year = i16::try_from(year).ok()?;
            Some(if length == 3 { Value::Quarter(year, number as u8) } else { Value::HalfYear(year, number as u8) })
        };
        if let Some(year) = year {
            return or_open(value(year), Sure::WRITTEN, Open::Impossible);
        }
        let Some(published) = self.published() else { return open(Open::NoReference) };
        if let Some(years) = which {
            return or_open(value(i32::from(published.year()) + years), Sure::COUNTED, Open::Impossible);
        }
        // Companies report what is behind them.
        let begins = (number - 1) * length + 1;
        let is_ahead = i32::from(published.month()) < begins;
        let future = self.cue() == Some(Cue::Future);
        or_open(value(i32::from(published.year()) - i32::from(is_ahead && !future)), Sure::YEAR, Open::Impossible)
    }

    fn season(&self, season: Season, year: Option<i32>, which: Option<i32>) -> Meant {
        let value = |year: i32| i16::try_from(year).ok().map(|year| Value::Season(year, season));
        if let Some(year) = year {
            return or_open(value(year), Sure::WRITTEN, Open::Impossible);
        }
        let Some(published) = self.published() else { return open(Open::NoReference) };
        // Months since this season began last.
        let since = (i32::from(published.month()) - i32::from(season.first_month())).rem_euclid(12);
        let begun = months(published) - since;
        let is_now = since < 3;
        let begins = match (which, self.cue()) {
            (Some(-1), _) if is_now => begun - 12,
            (Some(-1), _) => begun,
            (Some(1), _) => begun + 12,
            (_, Some(Cue::Future)) if !is_now => begun + 12,
            (Some(0), None) if since > 6 => begun + 12,
            _ => begun,
        };
        or_open(
            value(begins.div_euclid(12)),
            if which.is_some() { Sure::COUNTED } else { Sure::YEAR },
            Open::Impossible,
        )
    }

    /// Count and unit; a unit without a count is one of it.
    fn length(&self) -> Option<(Count, Unit)> {
        let unit = self.unit()?;
        let count = match self.get(Class::Count) {
            Some(UNKNOWN) => Count::Unknown,
            Some(halves) => Count::Halves(halves as u32 + u32::from(self.get(Class::AndHalf).is_some())),
            None if self.get(Class::Pair).is_some() => Count::Halves(4),
            None if self.get(Class::Units).is_some() => Count::Unknown,
            None if self.get(Class::AndHalf).is_some() => Count::Halves(3),
            None => Count::Halves(2),
        };
        Some((count, unit))
    }

    fn shift(&self, sign: i32) -> Meant {
        let Some((count, unit)) = self.length() else { return open(Open::Vague) };
        let sign = self.get(Class::Ago).unwrap_or(sign);
        let Count::Halves(halves) = count else {
            return sure(Value::Vaguely(if sign < 0 { Vaguely::Past } else { Vaguely::Future }), Sure::VAGUE);
        };
        let Some(published) = self.published() else { return open(Open::NoReference) };
        if unit.is_clock() {
            return (Kind::Time, Err(Open::Vague), Sure::OPEN);
        }
        // `five years ago next month`: as exact as what stands behind.
        if let Some(behind) = self.slots.iter().position(|slot| matches!(slot.class, Class::Which | Class::Today)) {
            let behind = Caught { slots: &self.slots[behind..], against: self.against };
            let value = behind.date().1.ok().and_then(|value| moved(value, sign * halves as i32, unit));
            return or_open(value, Sure::COUNTED, Open::Vague);
        }
        or_open(shifted(published, sign * halves as i32, unit), Sure::COUNTED, Open::Vague)
    }

    fn later(&self) -> Meant {
        // `the next day`: a rule without a unit counts days.
        let (count, unit) = self.length().unwrap_or((Count::Halves(2), Unit::Day));
        let sign = self.get(Class::Later).unwrap_or(1);
        let spoken = match self.against.anchor {
            Some(Value::Day(day) | Value::PartOfDay(day, _) | Value::Clock(day, ..)) => Some(day),
            _ => None,
        };
        // `the next morning`
        if let Some(part) = self.part() {
            let value = spoken.and_then(|day| add_days(day, sign)).map(|day| Value::PartOfDay(day, part));
            let (_, value, confidence) = or_open(value, Sure::VAGUE, Open::NoAnchor);
            return (Kind::Time, value, confidence);
        }
        // `the following Monday`
        if let Some(weekday) = self.weekday() {
            let day = spoken.and_then(|day| day.nth_weekday(sign, weekday).ok());
            return or_open(day.map(Value::Day), Sure::VAGUE, Open::NoAnchor);
        }
        let Count::Halves(halves) = count else { return open(Open::Vague) };
        let halves = sign * halves as i32;
        let years = if unit == Unit::Year && halves % 2 == 0 { halves / 2 } else { 0 };
        // What leads out of the calendar has no value.
        let other = |year: i16| i16::try_from(i32::from(year) + years).ok().filter(|year| (1..=9999).contains(year));
        let value = match self.against.anchor {
            Some(Value::Clock(day, hour, minute)) if matches!(unit, Unit::Hour | Unit::Minute) => {
                clock_later(day, (hour, minute), halves, unit)
            }
            Some(Value::Day(day) | Value::PartOfDay(day, _) | Value::Clock(day, ..)) => shifted(day, halves, unit),
            Some(Value::Month(year, month)) if matches!(unit, Unit::Month | Unit::Quarter) => {
                day_of(i32::from(year), i32::from(month), 1).and_then(|day| shifted(day, halves, unit))
            }
            // The same of another year.
            Some(Value::Month(year, month)) if years != 0 => other(year).map(|year| Value::Month(year, month)),
            Some(Value::Quarter(year, quarter)) if years != 0 => other(year).map(|year| Value::Quarter(year, quarter)),
            Some(Value::HalfYear(year, half)) if years != 0 => other(year).map(|year| Value::HalfYear(year, half)),
            Some(Value::Season(year, season)) if years != 0 => other(year).map(|year| Value::Season(year, season)),
            Some(Value::Year(year)) if matches!(unit, Unit::Year | Unit::Decade) => {
                day_of(i32::from(year), 1, 1).and_then(|day| shifted(day, halves, unit))
            }
            Some(Value::Decade(decade)) if unit == Unit::Decade => i16::try_from(i32::from(decade) + halves / 2)
                .ok()
                .filter(|decade| (0..=999).contains(decade))
                .map(Value::Decade),
            Some(Value::Week { year, week }) if matches!(unit, Unit::Week | Unit::Fortnight) => {
                let monday = ISOWeekDate::new(year, week as i8, Weekday::Monday).ok();
                monday.and_then(|day| shifted(day.date(), halves, unit))
            }
            _ => None,
        };
        or_open(value, Sure::VAGUE, Open::NoAnchor)
    }

    fn duration(&self) -> Meant {
        let value = self.length().map(|(count, unit)| Value::Duration { count, unit });
        let (_, value, confidence) = or_open(value, 0.95, Open::Vague);
        (Kind::Duration, value, confidence)
    }

    /// `in the quarter`: the one that was spoken of; else, as companies report it, the one that is over.
    fn same(&self) -> Meant {
        let spoken = match (self.unit(), self.against.anchor) {
            (Some(Unit::Year), Some(value @ Value::Year(_))) => Some(value),
            (Some(Unit::Quarter), Some(value @ Value::Quarter(..))) => Some(value),
            (Some(Unit::Month), Some(value @ Value::Month(..))) => Some(value),
            (Some(Unit::Week), Some(value @ Value::Week { .. })) => Some(value),
            _ => None,
        };
        let counted = || {
            let back = if self.unit() == Some(Unit::Quarter) { -2 } else { 0 };
            self.published().zip(self.unit()).and_then(|(day, unit)| shifted(day, back, unit))
        };
        or_open(spoken.or_else(counted), Sure::OPEN, Open::NoReference)
    }

    /// `that evening`, `the same month`: of the day that was spoken of.
    fn spoken(&self) -> Meant {
        let anchor = self.against.anchor;
        let day = match anchor {
            Some(Value::Day(day) | Value::PartOfDay(day, _) | Value::Clock(day, ..)) => Some(day),
            _ => None,
        };
        let part = self.part().or_else(|| (self.unit() == Some(Unit::Night)).then_some(Part::Night));
        let value = match (part, self.unit(), anchor) {
            (Some(part), ..) => day.map(|day| Value::PartOfDay(day, part)),
            (_, Some(Unit::Day), _) => day.map(Value::Day),
            (_, Some(Unit::Week), Some(value @ Value::Week { .. })) => Some(value),
            (_, Some(Unit::Month), Some(value @ Value::Month(..))) => Some(value),
            (_, Some(Unit::Quarter), Some(value @ Value::Quarter(..))) => Some(value),
            (_, Some(Unit::Year), Some(value @ Value::Year(_))) => Some(value),
            (_, Some(Unit::Year), Some(Value::Month(year, _) | Value::Quarter(year, _))) => Some(Value::Year(year)),
            (_, Some(unit), _) => day.and_then(|day| shifted(day, 0, unit)),
            _ => None,
        };
        let (kind, value, confidence) = or_open(value, Sure::VAGUE, Open::NoAnchor);
        (if part.is_some() { Kind::Time } else { kind }, value, confidence)
    }

    fn half(&self) -> Meant {
        let (count, unit) = match self.unit() {
            Some(Unit::Hour) => (30, Unit::Minute),
            Some(Unit::Day) => (12, Unit::Hour),
            Some(Unit::Year) => (6, Unit::Month),
            Some(Unit::Decade) => (5, Unit::Year),
            Some(Unit::Century) => (50, Unit::Year),
            _ => return (Kind::Duration, Err(Open::Vague), Sure::OPEN),
        };
        sure(Value::Duration { count: Count::Halves(count * 2), unit }, Sure::COUNTED)
    }

    fn year_from_now(&self, years: i32) -> Meant {
        let value = self.published().and_then(|day| shifted(day, years * 2, Unit::Year));
        or_open(value, Sure::TENSE, Open::NoReference)
    }

    fn set(&self) -> Meant {
        let value = if let Some(weekday) = self.get(Class::EachWeekday).or_else(|| self.get(Class::Weekday)) {
            Weekday::from_monday_one_offset(weekday as i8).ok().map(Value::EachWeekday)
        } else if let Some(month) = self.get(Class::Month) {
            Some(Value::EachMonth(month as u8))
        } else if let Some(season) = self.get(Class::Season) {
            Some(Value::EachSeason(SEASONS[season as usize]))
        } else if let Some(part) = self.get(Class::EachPart).or_else(|| self.get(Class::Part)) {
            Some(Value::EachPart(PARTS[part as usize]))
        } else {
            self.length().map(|(count, unit)| Value::Duration { count, unit })
        };
        let (_, value, confidence) = or_open(value, 0.9, Open::Vague);
        (Kind::Set, value, confidence)
    }

    fn decade(&self) -> Meant {
        // `2001's attacks` are those of a year.
        if let Some(year) = self.get(Class::Year).filter(|year| year % 10 != 0) {
            return sure(Value::Year(year as i16), Sure::COUNTED);
        }
        let decade = match (self.get(Class::Year), self.get(Class::ShortYear).or(self.get(Class::Decade))) {
            (Some(year), _) => Some(year / 10),
            // The nineties of this century are not written about yet.
            (_, Some(short)) => Some((1900 + short) / 10),
            _ => None,
        };
        or_open(decade.map(|decade| Value::Decade(decade as i16)), 0.9, Open::Vague)
    }

    fn century(&self) -> Meant {
        let number = self.get(Class::Ordinal).or_else(|| self.get(Class::Day));
        or_open(number.map(|number| Value::Century((number - 1) as i16)), 0.9, Open::Vague)
    }

    fn range(&self) -> (Meant, Meant) {
        let ends = |first: Option<Date>, last: Option<Date>| {
            let meant = |day: Option<Date>| or_open(day.map(Value::Day), Sure::COUNTED, Open::Impossible);
            (meant(first), meant(last))
        };
        if let Some(first) = self.get(Class::Day) {
            let Some(last) = self.nth(Class::Day, 1) else { return (open(Open::Vague), open(Open::Vague)) };
            let Some(month) = self.month() else { return (open(Open::Vague), open(Open::Vague)) };
            if let Some(year) = self.year() {
                let until = self.nth(Class::Month, 1).unwrap_or(month);
                // `Dec. 28-Jan. 3, 1985`
                let began = if until < month { year - 1 } else { year };
                return ends(day_of(began, month, first), day_of(year, until, last));
            }
            let begins = self.yearless(month, first);
            let day = match begins.1 {
                Ok(Value::Day(day)) => day_of(i32::from(day.year()), month, last),
                _ => None,
            };
            return match (begins.1, day) {
                (Ok(Value::YearlessDay(..)), _) => (begins, self.yearless(month, last)),
                (_, day) => (begins, or_open(day.map(Value::Day), Sure::YEAR, Open::Impossible)),
            };
        }
        let first = self.get(Class::Year);
        let last = match (self.nth(Class::Year, 1), self.get(Class::ShortYear), first) {
            (Some(year), ..) => Some(year),
            (_, Some(short), Some(first)) => {
                Some(first / 100 * 100 + short).map(|last| if last < first { last + 100 } else { last })
            }
            _ => None,
        };
        let meant = |year: Option<i32>| or_open(year.map(|year| Value::Year(year as i16)), 0.9, Open::Vague);
        (meant(first), meant(last))
    }

    /// A day, month or year of the Buddhist era, which is 543 years ahead; Thai also writes years of the calendar that the world shares.
    fn buddhist(&self) -> Meant {
        let Some(year) = self.get(Class::FarYear).map(|year| year - 543).or_else(|| self.get(Class::Year)) else {
            return open(Open::Vague);
        };
        let value = match (self.get(Class::BuddhistMonth), self.get(Class::Day)) {
            (Some(month), Some(day)) => day_of(year, month, day).map(Value::Day),
            (Some(month), None) => Some(Value::Month(year as i16, month as u8)),
            _ => Some(Value::Year(year as i16)),
        };
        or_open(value, Sure::WRITTEN, Open::Impossible)
    }

    fn lunar(&self) -> Meant {
        let days =
            self.get(Class::Year).and_then(|year| lunar::days(year, self.get(Class::LunarMonth), self.get(Class::Day)));
        match days {
            Some((first, last)) => open(Open::OtherCalendar { first, last }),
            None => open(Open::Vague),
        }
    }
}
