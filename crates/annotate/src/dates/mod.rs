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
use serde::{Deserialize, Serialize};

pub use language::Language;
pub use unit::{Part, Season, Unit};
pub use value::{Count, Kind, Mention, Modifier, Open, RangePart, Vaguely, Value};

use class::{Class, MODIFIERS};
use find::{Finder, Match, Slot};
pub(crate) use hash::{WordHasher, Words as WordMap};
pub(crate) use key::{Keys, letters};
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
pub fn dates(text: &str, reference: impl Into<Reference>, language: &'static Language) -> Vec<Mention> {
    Expressions::find(text, language).resolve(&reference.into())
}

/// What the expressions of time in a body count from.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reference {
    /// The day of publication, and how sure it is, 0 to 1.
    pub day: Option<(Date, f32)>,
    /// The last day that a caption writes out, where no day of publication is known: days without a year that lie within a fortnight of it are of its year.
    pub pictured: Option<Date>,
    /// Whether the day comes first in 3/4/2024, where the page or its site tells.
    pub day_first: Option<bool>,
}

impl From<Option<Date>> for Reference {
    fn from(published: Option<Date>) -> Self {
        Reference { day: published.map(|day| (day, 1.0)), ..Reference::default() }
    }
}

/// Year, month and day of a day that is written out.
fn written_out(slots: &[Slot]) -> Option<(i32, i32, i32)> {
    let get = |class: Class| slots.iter().find(|slot| slot.class == class).map(|slot| slot.payload);
    let month = get(Class::Month).or_else(|| get(Class::MonthNumber))?;
    Some((get(Class::Year)?, month, get(Class::Day)?))
}

/// Whether either of two numbers may be the month.
fn is_either(month: i32, day: i32) -> bool {
    day <= 12 && month != day
}

/// Which of day and month comes first.
#[derive(Clone, Copy, Debug)]
struct Order {
    day_first: bool,
    from: TellsOrder,
}

/// What tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TellsOrder {
    /// Another date of the text.
    Text,
    /// The page's language or its site.
    Page,
    /// A verb beside a date, and the day of publication.
    Verb,
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
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Expression {
    #[serde(with = "SpanParts")]
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

/// How a span is packed.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Span")]
struct SpanParts {
    start: u32,
    end: u32,
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
        let mut cut = Vec::with_capacity(text.len() / 4);
        language.cut(text, &mut cut, |_, _| ());
        Self::among(text, &cut, language)
    }

    /// The same, in a text that the language has cut.
    pub(crate) fn among(text: &str, cut: &[Token], language: &'static Language) -> Self {
        let finder = Finder { text, tokens: cut, language, said: Cell::new(usize::MAX) };
        let mut found = Expressions { language, all: Vec::new(), slots: Vec::new() };
        let (mut matched, mut caught) = (Match::default(), Vec::new());
        let mut before: Option<(usize, usize)> = None;
        let mut begins_paragraph = false;
        // Most words are in no rule.
        let may_begin = |token: &Token| token.word != 0 || !matches!(token.shape, Shape::Word { .. });
        let mut at = 0;
        while let Some(next) = cut[at..].iter().position(may_begin) {
            at += next;
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
            let mut slots = matched.slots.iter().map(|placed| placed.slot);
            let inside = slots.find(|slot| matches!(slot.class, Class::Edge | Class::Approx));
            let modifier = modifier.or(inside.map(|slot| MODIFIERS[slot.payload as usize]));
            let joint = before.and_then(|(first, end)| joint(&finder, first, end, start));
            let asks = matches!(rule.action, Action::Date | Action::Range | Action::NthWeekday | Action::Slashed)
                && matched.slots.iter().any(|placed| placed.slot.class.bit() & TENSED != 0);
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
            found.slots.extend(matched.slots.iter().map(|placed| placed.slot));
            begins_paragraph = false;
            before = Some((start, matched.end));
            finder.said.set(matched.end);
        }
        found
    }

    /// None yet.
    pub(crate) fn none(language: &'static Language) -> Self {
        Expressions { language, all: Vec::new(), slots: Vec::new() }
    }

    /// Appends those of a paragraph that begins at a byte. No expression goes over the end of a line, and what one is does not depend on other lines;
    /// but the first behind the end of a line begins a paragraph. `after_break` says whether one ended since the last expression.
    pub(crate) fn append(&mut self, paragraph: &Expressions, at: usize, after_break: &mut bool) {
        let (shift, slots) = (at as u32, self.slots.len() as u32);
        self.all.extend(paragraph.all.iter().map(|one| Expression {
            span: Span { start: one.span.start + shift, end: one.span.end + shift },
            slots: one.slots + slots,
            parts: one.parts.map(|(end, start)| (end + shift, start + shift)),
            begins_paragraph: one.begins_paragraph | std::mem::take(after_break),
            ..*one
        }));
        self.slots.extend_from_slice(&paragraph.slots);
    }

    /// How much of it there is to keep.
    pub(crate) fn weight(&self) -> usize {
        self.all.len() + self.slots.len()
    }

    /// All of it in some bytes, for as long as the program runs: a dozen for an expression.
    pub(crate) fn packed(&self) -> Vec<u8> {
        postcard::to_allocvec(&(self.language.place(), &self.all, &self.slots)).unwrap_or_default()
    }

    /// What was packed, and the bytes behind it; `None` where the bytes are something else.
    pub(crate) fn unpacked(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (packed, rest) = postcard::take_from_bytes(bytes).ok()?;
        let (place, all, slots): (u8, Vec<Expression>, Vec<Slot>) = packed;
        let language = Language::at(place)?;
        let fits = |one: &Expression| (one.rule as usize) < language.rules.len() && one.slots as usize <= slots.len();
        all.iter().all(fits).then_some((Self { language, all, slots }, rest))
    }

    /// Where the first one stands; of a range its first part.
    pub(crate) fn first(&self) -> Option<Span> {
        self.all.first().map(|one| Span { end: one.parts.map_or(one.span.end, |(end, _)| end), ..one.span })
    }

    /// What the pattern of the `k`-th expression caught.
    fn slots_of(&self, k: usize) -> &[Slot] {
        let end = self.all.get(k + 1).map_or(self.slots.len(), |next| next.slots as usize);
        &self.slots[self.all[k].slots as usize..end]
    }

    /// The years in which a month and day are written out: in the last expression before the `k`-th, and the first behind it.
    fn in_full(&self, k: usize, month: i32, day: i32) -> [Option<i32>; 2] {
        let year = |at: usize| match self.language.rules[self.all[at].rule as usize].action {
            Action::Date => {
                written_out(self.slots_of(at)).filter(|it| (it.1, it.2) == (month, day)).map(|(year, ..)| year)
            }
            Action::Slashed => written_out(self.slots_of(at))
                .filter(|it| (it.1, it.2) == (month, day) && !is_either(it.1, it.2))
                .map(|(year, ..)| year),
            _ => None,
        };
        [(0..k).rev().find_map(year), (k + 1..self.all.len()).find_map(year)]
    }

    /// Which of day and month comes first in dates such as 3/4/2024, by those of which one reading cannot be: there is no such month, or a verb says that it was or is to
    /// come; else by the page.
    fn order(&self, reference: &Reference) -> Option<Order> {
        let (mut written, mut said) = ([false; 2], [false; 2]);
        for (k, one) in self.all.iter().enumerate() {
            if self.language.rules[one.rule as usize].action != Action::Slashed {
                continue;
            }
            let slots = self.slots_of(k);
            let Some((year, month, day)) = written_out(slots) else { continue };
            let month_first = slots.iter().find(|slot| matches!(slot.class, Class::Day | Class::MonthNumber));
            let day_first = month_first.is_some_and(|slot| slot.class == Class::Day);
            if !is_either(month, day) {
                written[usize::from(day_first)] |= month != day;
                continue;
            }
            let day_of = |month: i32, day: i32| Date::new(year as i16, month as i8, day as i8).ok();
            let (Some((published, _)), Some(tense)) = (reference.day, one.tense) else { continue };
            let fits = |date: Date| if tense.cue == Cue::Past { date <= published } else { date >= published };
            if let (Some(as_written), Some(turned)) = (day_of(month, day), day_of(day, month))
                && fits(as_written) != fits(turned)
            {
                said[usize::from(day_first == fits(as_written))] |= true;
            }
        }
        let one_of = |votes: [bool; 2]| (votes[0] != votes[1]).then_some(votes[1]);
        let order = |day_first: bool, from: TellsOrder| Order { day_first, from };
        one_of(written)
            .map(|first| order(first, TellsOrder::Text))
            .or(reference.day_first.map(|first| order(first, TellsOrder::Page)))
            .or(one_of(said).map(|first| order(first, TellsOrder::Verb)))
    }

    /// What they mean.
    pub(crate) fn resolve(&self, reference: &Reference) -> Vec<Mention> {
        let published = reference.day.map(|(day, _)| day);
        let sure = reference.day.map_or(1.0, |(_, sure)| sure);
        let language = self.language;
        let mut found: Vec<Mention> = Vec::with_capacity(self.all.len() + 4);
        let order = self.order(reference);
        let mut anchor = None;
        let mut before = None;
        for (k, one) in self.all.iter().enumerate() {
            if one.begins_paragraph {
                anchor = None;
            }
            let rule = &language.rules[one.rule as usize];
            let begins = before.filter(|_| one.joint.is_some());
            let cue = || one.tense;
            let against = Against {
                published,
                pictured: reference.pictured,
                order,
                in_full: &|month, day| self.in_full(k, month, day),
                counted: Cell::new(false),
                year_from: Cell::new(None),
                anchor,
                cue: &cue,
                begins,
                language,
            };
            let (first, last) = resolve(rule.action, self.slots_of(k), &against);
            let counted = against.counted.get() || begins.is_some();
            let rule = against.year_from.get().unwrap_or(rule.name);
            let mut add = |span: Span, (kind, value, confidence): (Kind, Result<Value, Open>, f32), part: RangePart| {
                let modifier = one.modifier;
                let confidence = if counted { confidence * sure } else { confidence };
                found.push(Mention { span, kind, value, modifier, part, counted, rule, confidence });
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
        .find_map(|classes| matched.slots.iter().filter(|placed| classes.contains(&placed.slot.class)).nth(1));
    second.map_or(matched.end - 1, |placed| placed.start)
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
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
    fn far_years_are_buddhist_where_something_says_so() {
        check("By the year 2500 the coast will have moved.", "the year 2500=2500");
        check("in 2543 B.E., in 2500 B.C., of 2450 members", "2543 B.E.=2000");
        check_in("de", None, "im Jahr 2450, von 2450 bis 2600", "Jahr 2450=2450");
        check_in("ar", None, "بحلول عام 2450", "عام 2450=2450");
        check_in(
            "und",
            None,
            "3 พฤษภาคม 2567, มีนาคม 2019, 4 ก.ย. 2560",
            "3 พฤษภาคม 2567=2024-05-03 | มีนาคม 2019=2019-03 | 4 ก.ย. 2560=2017-09-04",
        );
        check_in("und", None, "le 3 mai 2567", "");
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
    fn a_day_said_again_is_of_the_same_year() {
        check_in(
            "en",
            None,
            "The July 13, 2021, rally; after July 13 he",
            "July 13, 2021=2021-07-13 | July 13=2021-07-13",
        );
        check_in(
            "en",
            None,
            "On July 13 it broke; the July 13, 2021, flood",
            "July 13=2021-07-13 | July 13, 2021=2021-07-13",
        );
        check_in("en", None, "July 13, 2021, and July 14", "July 13, 2021=2021-07-13 | July 14=XXXX-07-14");
        // 13 July 2021 was a Tuesday
        check_in(
            "en",
            None,
            "July 13, 2021. Tuesday, July 13. Friday, July 13",
            "July 13, 2021=2021-07-13 | Tuesday, July 13=2021-07-13 | Friday, July 13=XXXX-07-13",
        );
        check("The June 3, 2021, flood. June 3 broke the dam.", "June 3, 2021=2021-06-03 | June 3=2021-06-03");
        // its anniversary
        check("The June 3, 2021, flood. He will speak on June 3.", "June 3, 2021=2021-06-03 | June 3=2024-06-03");
        check("On June 3 it opens, as on June 3, 2021", "June 3=2024-06-03 | June 3, 2021=2021-06-03");
        check_in("de", None, "am 3. Juni 2021, nach dem 3. Juni", "3. Juni 2021=2021-06-03 | dem 3. Juni=2021-06-03");
    }

    #[test]
    fn a_day_near_a_picture() {
        let reference = Reference { pictured: "2021-12-28".parse().ok(), ..Reference::default() };
        let shown = |text: &str| -> Vec<String> {
            let found = dates(text, reference, Language::of("en").expect("it is there"));
            found.iter().map(|one| format!("{} {}", one.value.expect("a value"), one.rule)).collect()
        };
        assert_eq!(shown("on December 16, on Jan. 7"), ["2021-12-16 near-picture", "2022-01-07 near-picture"]);
        assert_eq!(shown("on July 22"), ["XXXX-07-22 month-day"]);
        assert_eq!(
            shown("on Tuesday, Jan. 4, on Monday, Jan. 4"),
            ["2022-01-04 near-picture", "XXXX-01-04 weekday-full"]
        );
        assert_eq!(shown("on Dec. 30, 2019; on Dec. 30")[1], "2019-12-30 same-day-in-full");
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
    fn the_next_day_is_that_after_the_one_spoken_of() {
        check(
            "The bridge fell on June 8, 2021. The next day, divers came. The next morning it rained. The following day they left.",
            "June 8, 2021=2021-06-08 | The next day=2021-06-09 | The next morning=2021-06-10TMO | The following day=2021-06-11",
        );
        // 8 June 2021 was a Tuesday
        check(
            "It fell on June 8, 2021; the following Monday, and next evening; the previous Friday",
            "June 8, 2021=2021-06-08 | the following Monday=2021-06-14 | next evening=2021-06-15TEV | the previous Friday=2021-06-11",
        );
        check("The next day nobody came.", "The next day=no-anchor");
        check("It fell on Monday. It will rain within the next day.", "Monday=2024-04-29 | the next day=2024-05-04");
        check_in(
            "de",
            Some("2024-05-03"),
            "Die Brücke brach am 8. Juni 2021. Am nächsten Morgen kamen Taucher, am folgenden Tag regnete es.",
            "8. Juni 2021=2021-06-08 | nächsten Morgen=2021-06-09TMO | folgenden Tag=2021-06-10",
        );
    }

    #[test]
    fn this_morning_is_that_of_the_day_of_publication() {
        check(
            "The barn burned last night. This morning it smoked, and this afternoon, as on April 3, 2019, this evening",
            "last night=2024-05-02TNI | This morning=2024-05-03TMO | this afternoon=2024-05-03TAF | April 3, 2019=2019-04-03 | this evening=2024-05-03TEV",
        );
        check_in(
            "de",
            Some("2024-05-03"),
            "Am Montag brannte es. Diesen Morgen rauchte es; in der vergangenen Nacht, in der kommenden Nacht",
            "Montag=2024-04-29 | Diesen Morgen=2024-05-03TMO | der vergangenen Nacht=2024-05-02TNI | der kommenden Nacht=2024-05-03TNI",
        );
        check_in(
            "ar",
            Some("2024-05-03"),
            "احترق المصنع يوم الاثنين وشوهد الدخان هذا الصباح",
            "يوم الاثنين=2024-04-29 | هذا الصباح=2024-05-03TMO",
        );
    }

    #[test]
    fn day_or_month_first() {
        let shown = |text: &str, day_first: Option<bool>| -> Vec<String> {
            let reference = Reference { day_first, ..Reference::from("2024-05-03".parse().ok()) };
            let found = dates(text, reference, Language::of("en").expect("it is there"));
            found.iter().map(|one| format!("{} {}", one.value.expect("a value"), one.confidence)).collect()
        };
        // Nothing tells.
        assert_eq!(shown("on 03/04/2021", None), ["2021-03-04 0.5"]);
        assert_eq!(shown("on 04/04/2021", None), ["2021-04-04 0.98"]);
        // Another date does, or the page.
        assert_eq!(shown("on 03/04/2021 and 25/04/2021", None), ["2021-04-03 0.92", "2021-04-25 0.98"]);
        assert_eq!(shown("on 03/04/2021 and 04/25/2021", Some(true)), ["2021-03-04 0.92", "2021-04-25 0.98"]);
        assert_eq!(shown("on 03/04/2021", Some(true)), ["2021-04-03 0.92"]);
        assert_eq!(shown("on 03/04/2021", Some(false)), ["2021-03-04 0.92"]);
        // A verb does: what was cannot be to come.
        assert_eq!(
            shown("The plan was filed on 03/04/2024. They voted on 07/04/2024.", None),
            ["2024-04-03 0.85", "2024-04-07 0.85"]
        );
        assert_eq!(shown("They will vote on 04/06/2024.", None), ["2024-06-04 0.85"]);
        // Of two that say otherwise neither is believed.
        assert_eq!(shown("on 25/04/2021, 04/25/2021 and 03/04/2021", None)[2], "2021-03-04 0.5");
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
    fn so_many_years_before_what_is_now_or_next() {
        check(
            "five years ago next month, ten years ago this week, two years ago today, a year ago this May",
            "five years ago next month=2019-06 | ten years ago this week=2014-W18 | two years ago today=2022-05-03 | a year ago this May=2023-05",
        );
        check(
            "six months ago this week, a year ago tomorrow",
            "six months ago this week=2023-W44 | a year ago tomorrow=2023-05-04",
        );
        check("five years ago; last month", "five years ago=2019 | last month=2024-04");
    }

    #[test]
    fn numbers_of_several_words() {
        let ar = |text, expected: &str| {
            let found = dates(text, "2024-05-03".parse().ok(), Language::of("ar").expect("it is there"));
            let values: Vec<String> = found.iter().map(|one| one.value.expect("a value").to_string()).collect();
            assert_eq!(values.join(" "), expected, "{text}");
        };
        ar("استغرق البناء أحد عشر شهرا", "P11M");
        ar("بعد اثني عشر يوما، وإحدى عشرة سنة", "P12D P11Y");
        ar("دام الحصار تسعة عشر أسبوعا", "P19W");
        ar("دامت الحرب خمسا وثلاثين سنة، ثم سبعة وأربعين عاما", "P35Y P47Y");
        ar("قبل خمس وعشرين سنة", "1999");
        ar("خلال مئة وخمسة وثلاثين يوما، ومئة وخمسين يوما", "P135D P150D");
        ar("في إحدى السنوات", "");
        check(
            "a hundred fifty years, twenty-five days, two hundred twelve weeks",
            "a hundred fifty years=P150Y | twenty-five days=P25D | two hundred twelve weeks=P212W",
        );
        check("at five twenty years passed", "twenty years=P20Y");
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
    fn names_of_days_and_of_people() {
        check("Sheffield Wednesday drew on Cyber Monday", "");
        check("in Sheffield Wednesday", "Wednesday=2024-05-01");
        check("She told the Mail on Sunday about Bloody Sunday; on Black Friday, the Super Tuesday vote", "");
        check("got mail on Sunday", "Sunday=2024-04-28");
        check("(Reporting by Ana Tovik and Jan Okonski in Velm, Jan Lind)", "");
        check("in Jan and Feb", "Jan=2024-01 | Feb=2024-02");
        check(
            "UN Resolution 1715 was passed; Flight 1983 had left. 1983 was dry. But 2019 was wet. Perhaps 2021 will be dry.",
            "1983=1983 | 2019=2019 | 2021=2021",
        );
        let de = |text, expected| check_in("de", Some("2024-05-03"), text, expected);
        de(
            "Frau Sonntag und Herr Freitag sahen August den Starken bei August Lind. Dr. Montag schrieb es der Welt am Sonntag.",
            "",
        );
        de("Im August der Hitze, bis August Regen", "August=2024-08 | August=2024-08");
    }

    #[test]
    fn weekdays_of_weeks_and_months() {
        let de = |text, expected| check_in("de", Some("2024-05-03"), text, expected);
        de("am Mittwoch vergangener Woche", "Mittwoch vergangener Woche=2024-04-24");
        de("Nächste Woche Mittwoch tagt der Rat", "Nächste Woche Mittwoch=2024-05-08");
        de("am Montag dieser Woche", "Montag dieser Woche=2024-04-29");
        de("am letzten Freitag im Mai tagt er", "letzten Freitag im Mai=2024-05-31");
        de("Am ersten Montag im Juni wird gewählt", "ersten Montag im Juni=2024-06-03");
        de("am dritten Sonntag im Oktober 2021", "dritten Sonntag im Oktober 2021=2021-10-17");
        check(
            "on Wednesday of last week, next week on Tuesday",
            "Wednesday of last week=2024-04-24 | next week on Tuesday=2024-05-07",
        );
        check("Friday next week", "Friday next week=2024-05-10");
        check(
            "the first Monday in June, the last Thursday of March 2019, the fifth Monday in June 2024",
            "the first Monday in June=2024-06-03 | the last Thursday of March 2019=2019-03-28 | the fifth Monday in June 2024=impossible",
        );
        check("It opened on the second Saturday of November", "the second Saturday of November=2023-11-11");
        check_in(
            "en",
            None,
            "the first Monday in June; Friday next week",
            "the first Monday in June=no-reference | Friday next week=no-reference",
        );
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
