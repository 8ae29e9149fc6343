//! Expressions of time in a text, found and resolved against the day of publication.
//!
//! The engine knows calendars and no words; a language is a file in `languages/`. Conventions are those of TimeML's TIMEX3 (Pustejovsky et al.,
//! "TimeML: robust specification of event and temporal expressions in text", 2003): `Thursday` is found in `on Thursday`, `the third quarter`
//! with its article, `last week` means `1998-W04`.

mod class;
mod feast;
mod find;
mod hash;
mod key;
mod language;
mod lunar;
mod pattern;
mod resolve;
mod token;
mod unit;
mod value;

use std::cell::Cell;

use copydesk_model::Span;
use jiff::civil::Date;

pub use language::Language;
pub use unit::{Part, Season, Unit};
pub use value::{Count, Kind, Mention, Modifier, Open, RangePart, Vaguely, Value};

use class::{Class, MODIFIERS};
use find::{Finder, Match, Slot};
use language::{Action, Cue};
use resolve::{Against, resolve};
pub(crate) use token::{Place, Shape, Token, each_word, fold_into, is_letter, tokens};

/// Tokens to either side in which a verb says whether a day is past or to come. Chosen: a clause.
const CLAUSE_BEFORE: usize = 9;
const CLAUSE_AFTER: usize = 12;
/// A verb that is so near governs the day.
const NEAR: usize = 4;
/// What `about` may stand before.
const COUNTED: u64 =
    1 << Class::Count as u64 | 1 << Class::Pair as u64 | 1 << Class::Hour as u64 | 1 << Class::Clock as u64;
/// Tokens that the words before an expression may have: `no more than`.
const LONGEST_MODIFIER: usize = 4;

/// Finds the expressions of time in a text, in order, none over another, and resolves them against the day of publication.
///
/// Spans are bytes of `text`. Without a day of publication, what counts from it is found and left open. Nothing fails: a date that no calendar
/// has is found, and left open as impossible.
///
/// ```
/// use copydesk_annotate::{Language, dates};
/// let published = "2024-05-03".parse().ok();
/// let text = "The pier closed on Thursday; it had been open for 416 days.";
/// let found = dates(text, published, Language::of("en").unwrap());
/// let shown: Vec<_> = found.iter().map(|m| (m.span.of(text), m.value.unwrap().to_string())).collect();
/// assert_eq!(shown, [("Thursday", "2024-05-02".to_owned()), ("416 days", "P416D".to_owned())]);
/// ```
pub fn dates(text: &str, published: Option<Date>, language: &'static Language) -> Vec<Mention> {
    Expressions::find(text, language).resolve(published)
}

/// The expressions of time in a text, found and not resolved: what does not depend on the day of publication.
#[derive(Clone, Debug)]
pub(crate) struct Expressions {
    language: &'static Language,
    all: Vec<Expression>,
    /// What their patterns caught, one after the other.
    slots: Vec<Slot>,
}

/// One of them.
#[derive(Clone, Debug)]
struct Expression {
    span: Span,
    rule: u16,
    /// Where in the slots those begin that its pattern caught; they end where those of the next begin.
    slots: u32,
    modifier: Option<Modifier>,
    /// Of a range, where its first part ends and its second begins.
    parts: Option<(u32, u32)>,
    /// How it is joined to the one before.
    joint: Option<Joint>,
    /// What a verb beside it says.
    tense: Option<Tense>,
    /// A paragraph ended since the one before.
    begins_paragraph: bool,
}

/// Classes of which the verb beside them may say when they are.
const TENSED: u64 = 1 << Class::Feast as u64
    | 1 << Class::Weekend as u64
    | 1 << Class::Month as u64
    | 1 << Class::MonthNumber as u64
    | 1 << Class::Weekday as u64
    | 1 << Class::Quarter as u64
    | 1 << Class::Half as u64
    | 1 << Class::Season as u64;

impl Expressions {
    /// Finds the expressions in a text, in order, none over another.
    pub(crate) fn find(text: &str, language: &'static Language) -> Self {
        Self::find_and(text, language, |_| ())
    }

    /// The same, and calls `each` with every word.
    pub(crate) fn find_and(text: &str, language: &'static Language, each: impl FnMut(Place)) -> Self {
        let mut cut = Vec::with_capacity(text.len() / 4);
        language.cut(text, &mut cut, each);
        let finder = Finder { text, tokens: &cut, language, said: Cell::new(usize::MAX) };
        let mut found = Expressions { language, all: Vec::new(), slots: Vec::new() };
        let (mut matched, mut caught) = (Match::default(), Vec::new());
        let mut before: Option<(usize, usize)> = None;
        let mut begins_paragraph = false;
        let mut at = 0;
        while at < cut.len() {
            begins_paragraph |= cut[at].shape == Shape::Break;
            if !finder.can_begin(at) || !finder.at(at, &mut caught, &mut matched) {
                at += 1;
                continue;
            }
            let rule = &language.rules[matched.rule as usize];
            at = matched.end;
            if rule.action == Action::Skip {
                continue;
            }
            let (start, modifier) = widened(&finder, matched.start, before.map_or(0, |(_, end)| end));
            let inside = matched.slots.iter().find(|slot| matches!(slot.class, Class::Edge | Class::Approx));
            let modifier = modifier.or(inside.map(|slot| MODIFIERS[slot.payload as usize]));
            let joint = before.and_then(|(first, end)| joint(&finder, first, end, start));
            let asks = matches!(rule.action, Action::Date | Action::Range)
                && matched.slots.iter().any(|slot| slot.class.bit() & TENSED != 0);
            let tense = if asks { tense(&finder, start, matched.end) } else { None };
            let parts = (rule.action == Action::Range).then(|| {
                let middle = second_part(&matched);
                // The mark or word between the two belongs to neither.
                let first_end = matched.slots.iter().filter(|slot| slot.end <= middle).map(|slot| slot.end).max();
                (cut[first_end.unwrap_or(middle) - 1].end, cut[middle].start)
            });
            found.all.push(Expression {
                span: Span::new(cut[start].start as usize, cut[matched.end - 1].end as usize),
                rule: matched.rule,
                slots: found.slots.len() as u32,
                modifier,
                parts,
                joint,
                tense,
                begins_paragraph,
            });
            found.slots.extend_from_slice(&matched.slots);
            begins_paragraph = false;
            before = Some((start, matched.end));
            finder.said.set(matched.end);
        }
        found
    }

    /// Where the first one stands; of a range its first part.
    pub(crate) fn first(&self) -> Option<Span> {
        self.all.first().map(|one| Span { end: one.parts.map_or(one.span.end, |(end, _)| end), ..one.span })
    }

    /// What they mean, counted from the day of publication.
    pub(crate) fn resolve(&self, published: Option<Date>) -> Vec<Mention> {
        let language = self.language;
        let mut found: Vec<Mention> = Vec::with_capacity(self.all.len() + 4);
        let mut anchor = None;
        let mut before = None;
        for (k, one) in self.all.iter().enumerate() {
            if one.begins_paragraph {
                anchor = None;
            }
            let rule = &language.rules[one.rule as usize];
            let end = self.all.get(k + 1).map_or(self.slots.len(), |next| next.slots as usize);
            let begins = before.filter(|_| one.joint.is_some());
            let cue = || one.tense;
            let against = Against { published, counted: Cell::new(false), anchor, cue: &cue, begins, language };
            let (first, last) = resolve(rule.action, &self.slots[one.slots as usize..end], &against);
            let counted = against.counted.get() || begins.is_some();
            let mut add = |span: Span, (kind, value, confidence): (Kind, Result<Value, Open>, f32), part: RangePart| {
                let modifier = one.modifier;
                found.push(Mention { span, kind, value, modifier, part, counted, rule: rule.name, confidence });
            };
            match (last, one.parts) {
                (Some(last), Some((first_end, second))) => {
                    add(Span { end: first_end, ..one.span }, first, RangePart::Begins);
                    add(Span { start: second, ..one.span }, last, RangePart::Ends);
                }
                _ => {
                    let is_end =
                        one.joint == Some(Joint::Range) && begins.is_some() && matches!(first.1, Ok(Value::Day(_)));
                    add(one.span, first, if is_end { RangePart::Ends } else { RangePart::None });
                    if is_end && let Some(earlier) = found.len().checked_sub(2) {
                        found[earlier].part = RangePart::Begins;
                    }
                }
            }
            let latest = found.last().expect("one was just added");
            before = match latest.value {
                Ok(Value::Day(day)) => Some(day),
                _ => None,
            };
            if let Ok(value) = latest.value
                && value.days().is_some()
            {
                anchor = Some(value);
            }
        }
        found
    }
}

/// Where the second day or year of a range begins.
fn second_part(matched: &Match) -> usize {
    let second = [&[Class::Month][..], &[Class::Day], &[Class::Year, Class::ShortYear]]
        .iter()
        .find_map(|classes| matched.slots.iter().filter(|slot| classes.contains(&slot.class)).nth(1));
    second.map_or(matched.end - 1, |slot| slot.start)
}

/// The start of an expression with the words before it that belong to it: `about`, `the end of`.
fn widened(finder: &Finder<'_>, start: usize, floor: usize) -> (usize, Option<Modifier>) {
    let (mut start, mut modifier) = (start, None);
    'wider: loop {
        // `no more than`, and not `more than`
        for length in (1..=LONGEST_MODIFIER.min(start - floor)).rev() {
            let from = start - length;
            for class in [Class::Edge, Class::Approx] {
                // `about 30 days`, but not `over the next five years`
                if class == Class::Approx && finder.mask(start) & COUNTED == 0 {
                    continue;
                }
                if finder.mask(from) & class.bit() != 0
                    && let Some((end, payload)) = finder.longest(class, from)
                    && end == start
                {
                    modifier = modifier.or(Some(MODIFIERS[payload as usize]));
                    start = from;
                    continue 'wider;
                }
            }
        }
        return (start, modifier);
    }
}

/// How a word between two expressions joins them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    /// `to`; `and` behind `between`
    Range,
    /// `and`
    And,
}

/// How two expressions are joined, where one word stands between them. The first begins at `first` and ends at `end`.
fn joint(finder: &Finder<'_>, first: usize, end: usize, start: usize) -> Option<Joint> {
    let is = |at: usize, list: Option<u16>| list.is_some_and(|list| finder.is_in(&finder.tokens[at], list));
    let language = finder.language;
    if start != end + 1 {
        return None;
    }
    match (is(end, language.to), is(end, language.joins)) {
        (true, _) => Some(Joint::Range),
        (_, true) if first > 0 && is(first - 1, language.between) => Some(Joint::Range),
        (_, true) => Some(Joint::And),
        _ => None,
    }
}

/// What a verb of the same clause says of when, and whether it stands right before.
#[derive(Clone, Copy, Debug)]
struct Tense {
    cue: Cue,
    near: bool,
}

/// What the nearest verb in the same clause says.
fn tense(finder: &Finder<'_>, start: usize, end: usize) -> Option<Tense> {
    let said = |at: usize| {
        let token = &finder.tokens[at];
        let ending = &finder.language.past_ending;
        let is_past = || {
            token.word == 0
                && !ending.is_empty()
                && token.shape == Shape::Word { capital: false }
                && token.end - token.start > 4
                && finder.text[..token.end as usize].ends_with(ending.as_str())
        };
        finder.language.cues[token.word as usize].or_else(|| is_past().then_some(Cue::Past))
    };
    // `will be held`
    let says = |at: usize| {
        let is_be = at > 0 && finder.language.be.is_some_and(|list| finder.is_in(&finder.tokens[at - 1], list));
        said(at).map(|cue| if is_be { Cue::Future } else { cue })
    };
    let stops = |token: &Token| {
        matches!(token.shape, Shape::Break | Shape::Mark('.' | ';' | '!' | '?' | '؛' | '؟' | '"' | '“' | '”'))
    };
    let before = (start.saturating_sub(CLAUSE_BEFORE)..start)
        .rev()
        .take_while(|&at| !stops(&finder.tokens[at]))
        .find_map(|at| Some((start - at, says(at)?)));
    let after = (end..(end + CLAUSE_AFTER).min(finder.tokens.len()))
        .take_while(|&at| !stops(&finder.tokens[at]))
        .find_map(|at| Some((at + 1 - end, says(at)?)));
    match (before, after) {
        // What stands before governs what follows; an adverb in front is governed by what comes.
        (Some((near, cue)), Some((far, _))) if near <= far + 4 => Some(Tense { cue, near: near <= NEAR }),
        (_, Some((far, cue))) => Some(Tense { cue, near: far <= NEAR && before.is_none() }),
        (Some((near, cue)), None) => Some(Tense { cue, near: near <= NEAR }),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `span=value` of each mention, with the reason for an open one.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        check_in("en", Some("2024-05-03"), text, expected);
    }

    #[track_caller]
    fn check_in(tag: &str, published: Option<&str>, text: &str, expected: &str) {
        let published = published.and_then(|day| day.parse().ok());
        let found = dates(text, published, Language::of(tag).expect("it is there"));
        let value =
            |mention: &Mention| mention.value.map_or_else(|open| open.name().to_owned(), |value| value.to_string());
        let shown: Vec<String> = found.iter().map(|one| format!("{}={}", one.span.of(text), value(one))).collect();
        assert_eq!(shown.join(" | "), expected, "{text}");
    }

    #[test]
    fn impossible_days() {
        check("on Feb. 30", "Feb. 30=impossible");
        check("on 31 April 2023", "31 April 2023=impossible");
        check("on 2023-02-29", "2023-02-29=impossible");
        check("on Feb. 29, 2024", "Feb. 29, 2024=2024-02-29");
        check_in("de", Some("2024-05-03"), "am 31.04.2023", "31.04.2023=impossible");
    }

    #[test]
    fn numbers_that_look_like_years() {
        check("about 2000 people and 1,998 dogs for $2024", "");
        check("the 1900 GMT news, at 1430 GMT", "1900 GMT=2024-05-03T19:00 | 1430 GMT=2024-05-03T14:30");
        check("in 2019", "2019=2019");
        check("Room 2101, Flight 1998", "");
    }

    #[test]
    fn other_calendars() {
        check("in 2567 B.E.", "2567 B.E.=2024");
        check("in 1445 AH", "1445 AH=other-calendar");
        check_in("ar", None, "في 15 رمضان 1445 هـ", "15 رمضان 1445 هـ=other-calendar");
        check_in("ar", None, "في ٢٧ يناير ٢٠٢٤", "٢٧ يناير ٢٠٢٤=2024-01-27");
        let found = dates("in 1445 AH", None, Language::of("en").expect("it is there"));
        let (first, last) = found[0].days().expect("bounds");
        assert!(first.to_string().as_str() < "2023-07-19" && last.to_string().as_str() > "2024-07-06");
    }

    #[test]
    fn without_a_day_of_publication() {
        check_in(
            "en",
            None,
            "on Thursday, last month, Jan. 27, in 2019",
            "Thursday=no-reference | last month=no-reference | Jan. 27=XXXX-01-27 | 2019=2019",
        );
    }

    #[test]
    fn dates_in_full_in_any_language() {
        let und = |text, expected| check_in("und", None, text, expected);
        und("Le port a fermé le 3 mai 2024, le 1er août 2023.", "3 mai 2024=2024-05-03 | 1er août 2023=2023-08-01");
        und("El 3 de mayo de 2024", "3 de mayo de 2024=2024-05-03");
        und("3 мая 2024 года", "3 мая 2024=2024-05-03");
        und("2024. május 3. óta", "2024. május 3.=2024-05-03");
        und("Em maio de 2024, 1998 pessoas", "maio de 2024=2024-05");
        und("listopada 2024, mars rover 2020", "");
    }

    #[test]
    fn months_of_another_year() {
        check("in March last year", "March last year=2023-03");
        check("in the spring of last year", "the spring of last year=2023-SP");
        check_in("de", Some("2024-11-20"), "im Oktober vergangenen Jahres", "Oktober vergangenen Jahres=2023-10");
        check_in("de", Some("2024-11-20"), "am siebten Oktober", "siebten Oktober=2024-10-07");
    }

    #[test]
    fn ranges_know_their_ends() {
        check("July 7-11", "July 7=2024-07-07 | 11=2024-07-11");
        check("Dec. 28-Jan. 3, 1985", "Dec. 28=1984-12-28 | Jan. 3, 1985=1985-01-03");
        check("from Monday to Thursday the road will be closed", "Monday=2024-05-06 | Thursday=2024-05-09");
        let parts = |text| -> Vec<RangePart> {
            dates(text, None, Language::of("en").expect("it is there")).iter().map(|one| one.part).collect()
        };
        assert_eq!(parts("between 1996 and 2003"), [RangePart::Begins, RangePart::Ends]);
        assert_eq!(parts("in 1996, in 2003"), [RangePart::None, RangePart::None]);
        let days = |text| -> Vec<RangePart> {
            let published = "2024-05-03".parse().ok();
            dates(text, published, Language::of("en").expect("it is there")).iter().map(|one| one.part).collect()
        };
        assert_eq!(days("open from May 6 through May 10"), [RangePart::Begins, RangePart::Ends]);
        assert_eq!(days("between May 6 and May 10"), [RangePart::Begins, RangePart::Ends]);
        assert_eq!(days("on May 6 and May 10"), [RangePart::None, RangePart::None]);
        check("on March 3 and Feb. 12", "March 3=2024-03-03 | Feb. 12=2024-02-12");
    }

    #[test]
    fn what_leads_out_of_the_calendar_has_no_value() {
        check("9,999,999 days ago", "9,999,999 days ago=vague");
        check(
            "9,999 years ago, in 2019, 9,999 years later",
            "9,999 years ago=vague | 2019=2019 | 9,999 years later=no-anchor",
        );
        check("99,999,999,999 days ago", "");
    }

    #[test]
    fn what_was_spoken_of_before() {
        check("On Monday it froze. That evening it thawed.", "Monday=2024-04-29 | That evening=2024-04-29TEV");
        check("It fell in March. The same month, sales rose.", "March=2024-03 | The same month=2024-03");
        check("That night nobody slept.", "That night=no-anchor");
        check(
            "At 2:45 p.m. Thursday it fell; 20 minutes later it rose.",
            "2:45 p.m. Thursday=2024-05-02T14:45 | 20 minutes later=2024-05-02T15:05",
        );
        check(
            "at 11:50 p.m. Thursday, half past; 20 minutes later",
            "11:50 p.m. Thursday=2024-05-02T23:50 | 20 minutes later=2024-05-03T00:10",
        );
        check_in(
            "de",
            Some("2024-10-05"),
            "Am 3. Oktober wurde gefeiert; am selben Tag regnete es.",
            "3. Oktober=2024-10-03 | selben Tag=2024-10-03",
        );
    }

    #[test]
    fn feasts_on_a_weekday() {
        check(
            "Mother's Day, Father's Day, Columbus Day",
            "Mother's Day=2024-05-12 | Father's Day=2024-06-16 | Columbus Day=2024-10-14",
        );
        check_in(
            "de",
            Some("2024-05-03"),
            "zum Muttertag, am Rosenmontag",
            "Muttertag=2024-05-12 | Rosenmontag=2024-02-12",
        );
    }

    #[test]
    fn lengths_and_frequencies() {
        check("six times a day, twice a week", "six times a day=P1D | twice a week=P1W");
        check("until the last hour", "the last hour=PT1H");
        check("half an hour, a year and a half", "half an hour=PT30M | a year and a half=P1.5Y");
    }

    #[test]
    fn names_and_fractions_are_no_times() {
        check("Ms. May and Mr. August read the Sunday Times", "");
        check("a quarter of the vote, a second bridge, a 17-year-old, aged 66", "");
        check("spring from, fall into", "");
    }

    #[test]
    fn verbs_tell_which_weekday() {
        check("The council met on Tuesday", "Tuesday=2024-04-30");
        check("The council will meet on Tuesday", "Tuesday=2024-05-07");
        check("said on Tuesday it will close", "Tuesday=2024-04-30");
        check("will be held in July", "July=2024-07");
        check("was held in July", "July=2023-07");
        check("He was arrested on July 22", "July 22=2023-07-22");
        check("before the July 22 vote", "July 22=2024-07-22");
    }
}
