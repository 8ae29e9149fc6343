//! When a clipping was published, by the first of its witnesses that can be right.

use copydesk_model::Span;
use copydesk_text::{Habits, Stamp, says_changed, url_day};
use jiff::civil::{Date, date};

use crate::dates::{Language, Reference, Value, dates};
use crate::evidence::{Evidence, Field};
use crate::limits::Limits;
use crate::origin::{Unresolved, read_dateline};
use crate::paragraphs::each_paragraph;
use crate::printed::Printed;

/// When a clipping was published: one day, or as narrow an interval as is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Published {
    /// The first day that it may have been; `None` where nothing bounds it.
    pub earliest: Option<Date>,
    /// The last day.
    pub latest: Option<Date>,
    /// The time as it was given: RFC 3339, as exact as the witness; empty where only bounds are known.
    pub stamp: String,
    /// Who says so, the one believed first; those behind it say something else.
    pub evidence: Vec<Evidence>,
    /// Witnesses that say the same, or less: the month, or a bound.
    pub agreeing: Vec<Evidence>,
    /// Witnesses that cannot be right, and why.
    pub refused: Vec<(Evidence, Refusal)>,
    /// Whether the day comes first in dates such as 3/4/2024, where the page's language, its site or one of its dates tells.
    pub day_first: Option<bool>,
}

/// Why a witness of the day of publication was not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// It says a day after the page was fetched.
    AfterFetched,
    /// It is no date: the 30th of February.
    NoDate,
}

impl Refusal {
    /// Name in tables and on screens.
    pub fn name(self) -> &'static str {
        match self {
            Refusal::AfterFetched => "after-fetched",
            Refusal::NoDate => "no-date",
        }
    }
}

impl Published {
    /// The day, where one is known.
    pub fn day(&self) -> Option<Date> {
        self.earliest.filter(|day| Some(*day) == self.latest)
    }

    /// What expressions of time count from; see [`Reference::between`].
    pub fn reference(&self) -> Reference {
        let rule = self.evidence.first().map_or("", |evidence| evidence.rule);
        Reference { day_first: self.day_first, ..Reference::between(self.earliest, self.latest, rule) }
    }
}

impl Reference {
    /// A day to count from, out of the first and the last day that a clipping may have been published and the rule that says so: the day; the last day of an interval of at most a
    /// month; or, where nothing else is known, the day of fetching, as most pages are fetched when they are new. Where there is none, the day of a caption.
    pub fn between(earliest: Option<Date>, latest: Option<Date>, rule: &str) -> Reference {
        let day = match (earliest, latest) {
            (Some(first), Some(last)) if first == last => Some((last, 1.0)),
            (Some(first), Some(last)) => ((last - first).get_days() <= 31).then_some((last, 0.8)),
            (None, Some(fetched)) => Some((fetched, 0.5)),
            _ => None,
        };
        Reference { day, pictured: earliest.filter(|_| day.is_none() && rule == PICTURED), day_first: None }
    }
}

/// The rule of a day that a caption writes out.
const PICTURED: &str = "caption";
/// Days by which a page may be dated ahead of its fetching: time zones, and papers that are dated tomorrow. Chosen.
const AHEAD: i64 = 1;
/// How sure a day is of which nothing tells whether it is the third of April or the fourth of March.
const EITHER: f32 = 0.5;
/// No page says of itself that it is older. The oldest newspapers on the web are of the 17th century.
const OLDEST: Date = date(1605, 1, 1);

/// Says when a clipping was published.
///
/// The order of trust: the page's markup, the URL's path, the printed date line, the dateline, the first fetching. A witness whose day lies after
/// the page was fetched is refused, and the next is asked. A witness that gives only a month is narrowed by the next one that gives a day in it.
/// Where nobody gives a day, the day of fetching is the last that it may have been, and the last day in a caption the first.
///
/// ```
/// use copydesk_annotate::{Limits, Printed, published};
/// let printed = Printed { url: "https://post.example/2024/05/03/ferry", fetched_at: "2024-05-09T10:00:00Z", ..Printed::default() };
/// let found = published(&printed, &Limits::default());
/// assert_eq!(found.day().unwrap().to_string(), "2024-05-03");
/// assert_eq!(found.evidence[0].rule, "url");
/// ```
pub fn published(printed: &Printed<'_>, limits: &Limits) -> Published {
    let language = printed.spoken();
    let opening = each_paragraph(printed.body).take(limits.opening_paragraphs);
    let dateline = opening.filter_map(|paragraph| read_dateline(paragraph, language, limits)).next();
    published_by(printed, language, dateline.as_ref())
}

/// The same, with what is known of the body: its language and the first dateline among its opening paragraphs.
pub(crate) fn published_by(
    printed: &Printed<'_>,
    language: Option<&'static Language>,
    dateline: Option<&Unresolved>,
) -> Published {
    let mut found = Published::default();
    let tag = if printed.language.is_empty() { language.map_or("", Language::tag) } else { printed.language };
    let habits = Habits::on(printed.url, tag);
    found.day_first = habits.told.then_some(!habits.month_first);
    let fetched = Stamp::of(printed.fetched_at, Habits::default()).and_then(day_of);
    let witness = |field, span, rule, confidence| Evidence { field, span, rule, confidence };

    if !printed.published.is_empty() {
        let evidence = witness(Field::Metadata, Span::new(0, printed.published.len()), "metadata", 0.97);
        let read = [habits, habits.turned()].map(|habits| Stamp::of(printed.published, habits));
        found.hear_either(read, evidence, habits, fetched);
    }
    if let Some((stamp, span)) = url_day(printed.url) {
        found.hear(Some(stamp), witness(Field::Url, Span::new(span.start, span.end), "url", 0.95), fetched);
    }
    if let Some((stamp, span)) = date_line(printed.date, habits) {
        let other =
            date_line(printed.date, habits.turned()).filter(|(_, other)| *other == span).map(|(stamp, _)| stamp);
        let evidence = witness(Field::DateLine, Span::new(span.start, span.end), "date-line", 0.9);
        found.hear_either([Some(stamp), other], evidence, habits, fetched);
    }
    if let Some((span, Some(day))) = dateline.and_then(|dateline| dateline.near(found.latest.or(fetched)).date) {
        let stamp = Stamp::of_day(day.year(), day.month() as u8, day.day() as u8);
        found.hear(stamp, witness(Field::Body, span, "dateline", 0.8), fetched);
    }
    if found.earliest.is_none() {
        found.pictured(printed, language, fetched);
    }
    if let Some(day) = fetched
        && found.latest.is_none()
    {
        found.latest = Some(day);
        let evidence = witness(Field::Fetched, Span::new(0, printed.fetched_at.len()), "fetched", 0.5);
        // Behind a caption's day it bounds the other side.
        if found.evidence.is_empty() { found.evidence.push(evidence) } else { found.agreeing.push(evidence) }
    }
    found
}

/// The date of a date line: the first that is not said to be of a change, or else the first.
fn date_line(line: &str, habits: Habits<'_>) -> Option<(Stamp, std::ops::Range<usize>)> {
    let (mut from, mut first) = (0, None);
    while let Some((stamp, span)) = Stamp::seen(&line[from..], habits) {
        let span = from + span.start..from + span.end;
        if !says_changed(&line[from..span.start]) {
            return Some((stamp, span));
        }
        from = span.end;
        first = first.or(Some((stamp, span)));
    }
    first
}

/// Whether a day lies after the fetching, by more than time zones.
fn is_ahead(day: Date, fetched: Option<Date>) -> bool {
    fetched.is_some_and(|fetched| fetched.checked_add(jiff::Span::new().days(AHEAD)).is_ok_and(|limit| day > limit))
}

/// Year, month and day of a stamp that has them.
fn day_of(stamp: Stamp) -> Option<Date> {
    let (year, month, day) = stamp.day();
    Date::new(year, month as i8, day as i8).ok()
}

impl Published {
    /// A story is no older than its pictures: the last day that a caption writes out in full is the first that it may have been published.
    fn pictured(&mut self, printed: &Printed<'_>, language: Option<&'static Language>, fetched: Option<Date>) {
        let Some(language) = language else { return };
        for (at, caption) in printed.captions.iter().enumerate() {
            for mention in dates(&caption.text, None, language) {
                let Ok(Value::Day(day)) = mention.value else { continue };
                // What a caption announces is no bound.
                if fetched.is_none_or(|fetched| day <= fetched) && self.earliest.is_none_or(|earliest| day > earliest) {
                    let field = Field::Caption(u16::try_from(at).unwrap_or(u16::MAX));
                    self.earliest = Some(day);
                    self.evidence = vec![Evidence { field, span: mention.span, rule: PICTURED, confidence: 0.7 }];
                }
            }
        }
    }

    /// Takes what a witness says in one of two readings, of which the first has the order of day and month that is likely: the one that another witness agrees with, or
    /// that can be. Where nothing tells, the likely one is half as sure.
    fn hear_either(
        &mut self,
        [likely, other]: [Option<Stamp>; 2],
        evidence: Evidence,
        habits: Habits<'_>,
        fetched: Option<Date>,
    ) {
        let days = (likely.and_then(day_of), other.and_then(day_of));
        let (Some(first), Some(second)) = days else { return self.hear(likely, evidence, fetched) };
        if first == second {
            return self.hear(likely, evidence, fetched);
        }
        let fits = |day: Date| {
            let known = self.earliest.zip(self.latest);
            (known.is_some_and(|(first, last)| first <= day && day <= last), !is_ahead(day, fetched))
        };
        let is_turned = fits(second) > fits(first);
        if is_turned || fits(first) > fits(second) {
            self.day_first = Some(habits.month_first == is_turned);
            return self.hear(if is_turned { other } else { likely }, evidence, fetched);
        }
        let confidence = if habits.told { evidence.confidence } else { EITHER };
        self.hear(likely, Evidence { confidence, ..evidence }, fetched);
    }

    /// Takes what a witness says, unless it cannot be.
    fn hear(&mut self, stamp: Option<Stamp>, evidence: Evidence, fetched: Option<Date>) {
        let said = stamp.and_then(|stamp| {
            let first = day_of(stamp).filter(|day| *day >= OLDEST)?;
            Some((stamp, first, if stamp.is_month() { first.last_of_month() } else { first }))
        });
        let Some((stamp, first, last)) = said else {
            self.refused.push((evidence, Refusal::NoDate));
            return;
        };
        if is_ahead(first, fetched) {
            self.refused.push((evidence, Refusal::AfterFetched));
            return;
        }
        let (Some(earliest), Some(latest)) = (self.earliest, self.latest) else {
            (self.earliest, self.latest) = (Some(first), Some(last));
            self.stamp = stamp.to_string();
            self.evidence.insert(0, evidence);
            return;
        };
        // The first to speak is believed; a day within its month says the same, and more.
        if earliest < latest && first == last && earliest <= first && last <= latest {
            (self.earliest, self.latest) = (Some(first), Some(last));
            self.stamp = stamp.to_string();
            self.agreeing.push(std::mem::replace(&mut self.evidence[0], evidence));
        } else if first <= earliest && latest <= last {
            self.agreeing.push(evidence);
        } else {
            self.evidence.push(evidence);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(printed: Printed<'_>, expected: &str) {
        let found = published(&printed, &Limits::default());
        let day = |day: Option<Date>| day.map_or("?".to_owned(), |day| day.to_string());
        let by = found.evidence.first().map_or("nobody", |evidence| evidence.rule);
        let refused: Vec<&str> = found.refused.iter().map(|(_, why)| why.name()).collect();
        let shown = format!("{}..{} by {by} {}", day(found.earliest), day(found.latest), refused.join(","));
        assert_eq!(shown.trim_end(), expected);
    }

    const FETCHED: Printed<'_> = Printed {
        byline: "",
        date: "",
        published: "",
        captions: &[],
        body: "",
        url: "",
        fetched_at: "2024-05-09T10:00:00Z",
        language: "en",
    };

    #[test]
    fn the_order_of_witnesses() {
        check(
            Printed { published: "2024-05-02T23:10:00+02:00", url: "https://a.example/2024/05/03/x", ..FETCHED },
            "2024-05-02..2024-05-02 by metadata",
        );
        check(
            Printed { url: "https://a.example/2024/05/03/x", date: "May 1, 2024", ..FETCHED },
            "2024-05-03..2024-05-03 by url",
        );
        check(Printed { date: "Updated May 1, 2024", ..FETCHED }, "2024-05-01..2024-05-01 by date-line");
        check(
            Printed { body: "VELM, May 3 (Xinhua) -- Exports rose.", ..FETCHED },
            "2024-05-03..2024-05-03 by dateline",
        );
        check(FETCHED, "?..2024-05-09 by fetched");
        check(Printed { fetched_at: "", ..FETCHED }, "?..? by nobody");
    }

    #[test]
    fn a_month_is_narrowed() {
        check(Printed { published: "2024-05", ..FETCHED }, "2024-05-01..2024-05-31 by metadata");
        check(Printed { published: "2024-05", date: "3 May 2024", ..FETCHED }, "2024-05-03..2024-05-03 by date-line");
        check(Printed { published: "2024-04", date: "3 May 2024", ..FETCHED }, "2024-04-01..2024-04-30 by metadata");
    }

    #[test]
    fn witnesses_that_agree_dispute_nothing() {
        let rules = |printed: Printed<'_>| {
            let found = published(&printed, &Limits::default());
            let of = |list: &[Evidence]| list.iter().map(|one| one.rule).collect::<Vec<_>>().join(" ");
            format!("{} | {}", of(&found.evidence), of(&found.agreeing))
        };
        let url = "https://a.example/2024/05/03/x";
        let published = "2024-05-03T08:00:00Z";
        assert_eq!(rules(Printed { published, date: "3 May 2024", ..FETCHED }), "metadata | date-line");
        assert_eq!(rules(Printed { published, url, date: "4 May 2024", ..FETCHED }), "metadata date-line | url");
        // The month is narrowed, and says nothing else.
        assert_eq!(rules(Printed { published: "2024-05", date: "3 May 2024", ..FETCHED }), "date-line | metadata");
        assert_eq!(rules(Printed { published: "2024-04", date: "3 May 2024", ..FETCHED }), "metadata date-line | ");
        let captions = [copydesk_model::Caption { text: "The pier, May 1, 2024.".to_owned(), credit: String::new() }];
        assert_eq!(rules(Printed { captions: &captions, ..FETCHED }), "caption | fetched");
    }

    #[test]
    fn day_or_month_first() {
        let of = |printed: Printed<'_>| {
            let found = published(&printed, &Limits::default());
            let first = &found.evidence[0];
            format!("{} {} {:?}", found.day().expect("a day"), first.confidence, found.day_first)
        };
        // fetched on 9 May 2024
        assert_eq!(of(Printed { date: "07/05/2024", ..FETCHED }), "2024-05-07 0.9 Some(true)");
        assert_eq!(of(Printed { published: "07/05/2024", ..FETCHED }), "2024-05-07 0.97 Some(true)");
        assert_eq!(of(Printed { date: "05/07/2024", ..FETCHED }), "2024-05-07 0.9 Some(false)");
        assert_eq!(of(Printed { date: "03/04/2024", ..FETCHED }), "2024-03-04 0.5 None");
        assert_eq!(of(Printed { date: "03/04/2024", language: "en-GB", ..FETCHED }), "2024-04-03 0.9 Some(true)");
        let url = "https://post.example.ie/ferry";
        assert_eq!(of(Printed { date: "03/04/2024", url, ..FETCHED }), "2024-04-03 0.9 Some(true)");
        // What another witness says tells.
        let agreeing = Printed { published: "2024-04-03T08:00:00Z", date: "03/04/2024", ..FETCHED };
        assert_eq!(of(agreeing), "2024-04-03 0.97 Some(true)");
        assert!(published(&agreeing, &Limits::default()).evidence.len() == 1);
        assert_eq!(of(Printed { date: "23/04/2024", ..FETCHED }), "2024-04-23 0.9 None");
    }

    #[test]
    fn the_first_publication_and_no_change() {
        check(
            Printed { date: "Last updated on 08.05.2024 at 23:59 — First published on 03.05.2024", ..FETCHED },
            "2024-05-03..2024-05-03 by date-line",
        );
        let printed = Printed { date: "Published: 06:07, 2 May 2024 | Updated: 08:09, 3 May 2024", ..FETCHED };
        assert_eq!(published(&printed, &Limits::default()).stamp, "2024-05-02T06:07");
    }

    #[test]
    fn what_cannot_be() {
        check(
            Printed { published: "2031-01-01", date: "3 May 2024", ..FETCHED },
            "2024-05-03..2024-05-03 by date-line after-fetched",
        );
        check(Printed { published: "2024-13-45", ..FETCHED }, "?..2024-05-09 by fetched no-date");
        // of a day that no month has, the month is left
        check(Printed { published: "2024-02-30", ..FETCHED }, "2024-02-01..2024-02-29 by metadata");
        check(Printed { published: "2024-05-10T01:00:00+10:00", ..FETCHED }, "2024-05-10..2024-05-10 by metadata");
    }

    #[test]
    fn no_older_than_its_pictures() {
        let caption = |text: &str| [copydesk_model::Caption { text: text.to_owned(), credit: String::new() }];
        let captions = caption("The pier on Tuesday, April 30, 2024. (AP)");
        check(Printed { captions: &captions, ..FETCHED }, "2024-04-30..2024-05-09 by caption");
        check(
            Printed { captions: &captions, published: "2024-05-03", ..FETCHED },
            "2024-05-03..2024-05-03 by metadata",
        );
        let captions = caption("The pier will open on June 1, 2024.");
        check(Printed { captions: &captions, ..FETCHED }, "?..2024-05-09 by fetched");
    }

    #[test]
    fn a_picture_is_counted_from_where_no_day_is_known() {
        let captions =
            [copydesk_model::Caption { text: "The pier, April 30, 2024.".to_owned(), credit: String::new() }];
        let of = |printed: Printed<'_>| published(&printed, &Limits::default()).reference();
        let pictured = "2024-04-30".parse().ok();
        let printed = Printed { captions: &captions, fetched_at: "", ..FETCHED };
        assert_eq!(of(printed), Reference { pictured, ..Reference::default() });
        assert_eq!(of(Printed { fetched_at: "2031-05-09", ..printed }), Reference { pictured, ..Reference::default() });
        let fetched = "2024-05-09".parse().ok().map(|day| (day, 0.8));
        assert_eq!(of(Printed { captions: &captions, ..FETCHED }), Reference { day: fetched, ..Reference::default() });
        assert_eq!(of(Printed { published: "2024", ..FETCHED }).pictured, None);
    }

    #[test]
    fn other_calendars_and_digits() {
        check(Printed { date: "٣ مايو ٢٠٢٤", language: "ar", ..FETCHED }, "2024-05-03..2024-05-03 by date-line");
        check(Printed { date: "3 พฤษภาคม 2567", language: "th", ..FETCHED }, "2024-05-03..2024-05-03 by date-line");
    }
}
