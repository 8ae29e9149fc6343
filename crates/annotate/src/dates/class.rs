//! The classes of words and numbers that rules speak of. The engine knows what they mean, languages say which words they hold.

use serde::{Deserialize, Serialize};

use super::unit::{Part, Season, Unit};
use super::value::{Modifier, Vaguely};

macro_rules! classes {
    ($($(#[$doc:meta])* $class:ident $name:literal,)*) => {
        /// What a word or a number is in an expression of time. A slot of a rule, and a bit of a mask.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub(super) enum Class { $($(#[$doc])* $class,)* }

        impl Class {
            pub(super) fn of(name: &str) -> Option<Class> {
                match name { $($name => Some(Class::$class),)* _ => None }
            }
        }
    };
}

classes! {
    /// 1 to 12.
    Month "month",
    /// The same, of the lunar calendar.
    LunarMonth "lunar-month",
    /// The same, in a language whose years are those of the Buddhist era.
    BuddhistMonth "buddhist-month",
    /// 1 to 7, Monday first.
    Weekday "weekday",
    /// `Mondays`
    EachWeekday "each-weekday",
    /// [`Unit`], by its place.
    Unit "unit",
    /// A unit that is told by what was said before: `in the quarter`.
    Period "period",
    /// A unit in the plural: `weeks`.
    Units "units",
    /// Two of a unit, where a language has a form for two.
    Pair "pair",
    /// The unit before this one, in one word: `Vorjahr`.
    LastUnit "last-unit",
    /// `the weekend`: the one that is meant, by the verb.
    Weekend "weekend",
    /// `daily`
    Often "often",
    /// [`Season`]
    Season "season",
    /// [`Part`]
    Part "part",
    /// `every night`, in one word.
    EachPart "each-part",
    /// 1 to 4.
    Quarter "quarter",
    /// 1 or 2.
    Half "half",
    /// `the nineties`: 90.
    Decade "decade",
    /// A number word.
    Number "number",
    /// `several`
    Some "some",
    /// `and a half`
    AndHalf "and-half",
    /// A word for an ordinal number.
    Ordinal "ordinal",
    /// -1 `last`, 0 `this`, 1 `next`.
    Which "which",
    /// `three years ago`: -1; `from now`: 1.
    Ago "ago",
    /// `later` than what was said before: 1; `earlier`: -1.
    Later "later",
    /// `today`: days from now, times 16, and the part of the day.
    Today "today",
    /// [`Vaguely`]
    Vaguely "vaguely",
    /// `a.m.` 0, `p.m.` 1.
    Meridiem "meridiem",
    /// `noon`, in minutes.
    Clock "clock",
    /// A day that is a feast, by its place in the language's list.
    Feast "feast",
    /// [`Modifier`] of dates: `the end of`.
    Edge "edge",
    /// [`Modifier`] of lengths and times: `about`.
    Approx "approx",
    /// Digits: 1 to 31, with the letters of an ordinal behind them or not; an ordinal word.
    Day "day",
    /// Four digits: 1200 to 2199.
    Year "year",
    /// Four digits of a year that only a word beside it tells from a number: 2200 to 2699.
    FarYear "far-year",
    /// Two digits.
    ShortYear "yy",
    /// Digits or words.
    Count "count",
    /// One or two digits, to 24.
    Hour "hour",
    /// Four digits that are a time: `1430`.
    HourMinute "hhmm",
    /// Two digits, to 59.
    Minute "minute",
    /// One or two digits, to 12.
    MonthNumber "month-number",
    /// A literal word or a list; only a bit of masks.
    Literal "",
}

impl Class {
    pub(super) fn bit(self) -> u64 {
        1 << (self as u32)
    }

    /// A word's value as the language's file writes it, in a number.
    pub(super) fn payload(self, written: &[&str]) -> Option<i32> {
        let first = written.first().copied().unwrap_or("");
        let number = || first.parse().ok();
        Some(match self {
            Class::Unit | Class::Period | Class::Units | Class::Pair | Class::LastUnit | Class::Often => {
                Unit::of(first)? as i32
            }
            Class::Season => Season::of(first)? as i32,
            Class::Part | Class::EachPart => Part::of(first)? as i32,
            Class::Today => number()? * 16 + written.get(1).map_or(Some(0), |part| Some(Part::of(part)? as i32 + 1))?,
            Class::Vaguely => match first {
                "present" => Vaguely::Present as i32,
                "past" => Vaguely::Past as i32,
                "future" => Vaguely::Future as i32,
                _ => return None,
            },
            Class::Edge | Class::Approx => MODIFIERS.iter().position(|m| m.name() == first)? as i32,
            Class::AndHalf | Class::Some if first.is_empty() => 0,
            _ => number()?,
        })
    }
}

/// Units by their place.
pub(super) const UNITS: [Unit; 13] = [
    Unit::Second,
    Unit::Minute,
    Unit::Hour,
    Unit::Day,
    Unit::Night,
    Unit::Weekend,
    Unit::Week,
    Unit::Fortnight,
    Unit::Month,
    Unit::Quarter,
    Unit::Year,
    Unit::Decade,
    Unit::Century,
];
/// Seasons by their place.
pub(super) const SEASONS: [Season; 4] = [Season::Spring, Season::Summer, Season::Autumn, Season::Winter];
/// Parts of a day by their place.
pub(super) const PARTS: [Part; 6] =
    [Part::Morning, Part::Midday, Part::Afternoon, Part::Evening, Part::Night, Part::Daytime];
/// Modifiers by their place.
pub(super) const MODIFIERS: [Modifier; 8] = [
    Modifier::Start,
    Modifier::Mid,
    Modifier::End,
    Modifier::Approx,
    Modifier::MoreThan,
    Modifier::LessThan,
    Modifier::EqualOrMore,
    Modifier::EqualOrLess,
];
/// Times told from now, by their place.
pub(super) const VAGUELY: [Vaguely; 3] = [Vaguely::Present, Vaguely::Past, Vaguely::Future];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_the_order_of_the_enums() {
        assert!(UNITS.iter().enumerate().all(|(at, unit)| *unit as usize == at));
        assert!(SEASONS.iter().enumerate().all(|(at, season)| *season as usize == at));
        assert!(PARTS.iter().enumerate().all(|(at, part)| *part as usize == at));
        assert!(VAGUELY.iter().enumerate().all(|(at, when)| *when as usize == at));
        assert!((Class::Literal as u32) < 64);
    }
}
