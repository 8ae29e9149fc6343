//! What the clippings of a version, and of a story, come to: when it was published, who wrote it, who had it first.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use arrow::{array::AsArray, record_batch::RecordBatch};
use copydesk_annotate::Reference;
use copydesk_text::{Habits, Stamp};
use jiff::{civil::Date, tz::TimeZone};

use crate::{
    Error, Options, columns,
    lists::texts_of,
    seconds,
    steps::{clippings::Clippings, rank::Ranks},
};

/// Hours by which a day without a zone may begin earlier than in UTC, and end later.
const ZONES: (i64, i64) = (14 * 3_600, 12 * 3_600);

const DAY: i64 = 86_400;

/// Days by which a page may be dated ahead of its fetching: as for a single clipping.
const AHEAD: i64 = 1;

pub(crate) struct Facts {
    /// By rank.
    pub(crate) versions: Vec<VersionFacts>,
    pub(crate) stories: Vec<StoryFacts>,
    /// Names of sites and rules.
    names: Names,
}

#[derive(Clone, Default)]
pub(crate) struct VersionFacts {
    published: Witnesses,
    /// Headline of the clipping that names it.
    pub(crate) headline: Box<str>,
}

/// Days from which to which something was published, both included, and the number of the rule that said so.
#[derive(Clone, Copy, PartialEq, Eq)]
struct When {
    from: Option<Date>,
    to: Option<Date>,
    by: u32,
}

#[derive(Default)]
pub(crate) struct StoryFacts {
    published: Witnesses,
    /// Whether its clippings say that it came over a wire, was paid for, or is the paper's own.
    origins: [bool; 3],
    /// How many of its clippings name an agency as the one that wrote it.
    agencies: BTreeMap<String, u64>,
    first: First,
}

/// Who may have had it first.
#[derive(Default)]
struct First {
    /// The end of the interval that ends first.
    ends: Option<i64>,
    /// The intervals that begin before that end: when, and the site.
    may: BTreeSet<(i64, u32)>,
    /// Whether any of its pages does not say when.
    some_silent: bool,
}

#[derive(Default)]
struct Names {
    numbers: HashMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let number = self.names.len() as u32;
        self.numbers.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }
}

/// What several clippings say of when something was published.
#[derive(Clone, Copy, Default)]
struct Witnesses {
    /// The one that says most: a day before an interval, an early one before a late one.
    best: Option<When>,
    /// The one whose last day is the earliest, however little else it says: what was fetched was there.
    bound: Option<When>,
}

impl Witnesses {
    fn hear(&mut self, when: When, names: &Names) {
        if self.best.is_none_or(|best| when.key(names) < best.key(names)) {
            self.best = Some(when);
        }
        let bound = |when: When| (when.to.unwrap_or(Date::MAX), when.key(names));
        if self.bound.is_none_or(|known| bound(when) < bound(known)) {
            self.bound = Some(when);
        }
    }

    /// The day of the one that says most, unless it was there before that day: then no more is known than that.
    fn when(&self) -> Option<When> {
        let (best, bound) = (self.best?, self.bound?);
        let limit = bound.to.and_then(|day| day.checked_add(jiff::Span::new().days(AHEAD)).ok());
        let is_late = best.from.or(best.to).zip(limit).is_some_and(|(from, limit)| from > limit);
        Some(if is_late { bound } else { best })
    }
}

impl When {
    /// Sorts what says most of when something came out first: days before intervals, early before late. Rules have their order by
    /// name, so that which clipping came first does not show.
    fn key<'n>(&self, names: &'n Names) -> (bool, Date, Reverse<Option<Date>>, &'n str) {
        let exact = self.from.is_some() && self.from == self.to;
        (!exact, self.to.unwrap_or(Date::MAX), Reverse(self.from), &names.names[self.by as usize])
    }
}

impl First {
    /// A site had it at some time from `from` to `to`, seconds since 1970.
    fn carried(&mut self, from: i64, to: i64, site: u32, says: bool) {
        let ends = self.ends.map_or(to, |ends| ends.min(to));
        self.ends = Some(ends);
        self.some_silent |= !says;
        self.may.insert((from, site));
        while self.may.last().is_some_and(|(from, _)| *from > ends) {
            self.may.pop_last();
        }
    }
}

/// Gathers them from the clippings; `story_of` is the story of each rank.
pub(crate) fn facts(
    ranks: &Ranks,
    story_of: &[u32],
    stories: usize,
    clippings: &Clippings,
    options: &Options,
) -> Result<Facts, Error> {
    let mut facts = Facts {
        versions: vec![VersionFacts::default(); ranks.ranked.len()],
        stories: Vec::new(),
        names: Names::default(),
    };
    facts.stories.resize_with(stories, StoryFacts::default);
    let columns = [
        "version",
        "site",
        "fetched_at",
        "headline",
        "published",
        "published_from",
        "published_to",
        "published_by",
        "origin",
        "agencies",
    ];
    let mut place = 0;
    for batch in clippings.read(&columns, options.batch_rows)? {
        let batch = batch?;
        let text = |column| columns::texts(&batch, column);
        let (numbers, sites, fetched, headlines) = (columns::u32s(&batch, 0)?, text(1)?, text(2)?, text(3)?);
        let (markup, from, to, by, origins) = (text(4)?, text(5)?, text(6)?, text(7)?, text(8)?);
        for (row, &number) in numbers.iter().enumerate() {
            let rank = ranks.of_number[number as usize];
            let story = story_of[rank as usize];
            let site = facts.names.number(sites.value(row));
            let version = &mut facts.versions[rank as usize];
            if ranks.ranked[rank as usize].head == place {
                version.headline = headlines.value(row).into();
            }
            place += 1;
            let story = &mut facts.stories[story as usize];
            match origins.value(row) {
                "wire" => story.origins[0] = true,
                "release" => story.origins[1] = true,
                "own" => story.origins[2] = true,
                _ => {}
            }
            for agency in agencies(&batch, row)? {
                *story.agencies.entry(agency).or_default() += 1;
            }
            let day = |text: &str| text.parse::<Date>().ok();
            let (from, to) = (day(from.value(row)), day(to.value(row)));
            if !sites.value(row).is_empty() {
                let days = from.zip(to).map(|(from, to)| (midnight(from) - ZONES.0, midnight(to) + DAY - 1 + ZONES.1));
                let fetched = seconds::from_text(fetched.value(row));
                let said = instant(markup.value(row), by.value(row)).map(|at| (at, at)).or(days);
                match (said, fetched) {
                    // It was there when it was fetched, whatever its day.
                    (Some((from, to)), fetched) => {
                        story.first.carried(from, to.min(fetched.unwrap_or(i64::MAX)).max(from), site, true);
                    }
                    (None, Some(fetched)) => story.first.carried(fetched, fetched, site, false),
                    (None, None) => {}
                }
            }
            if from.is_none() && to.is_none() {
                continue;
            }
            let when = When { from, to, by: facts.names.number(by.value(row)) };
            version.published.hear(when, &facts.names);
            story.published.hear(when, &facts.names);
        }
    }
    Ok(facts)
}

/// The second in which a day begins in UTC.
fn midnight(day: Date) -> i64 {
    day.to_zoned(TimeZone::UTC).map_or(0, |midnight| midnight.timestamp().as_second())
}

/// The second in which it was published, where its markup says so and is believed.
fn instant(markup: &str, by: &str) -> Option<i64> {
    (by == "metadata").then(|| Stamp::of(markup, Habits::default()))??.instant()
}

fn agencies(batch: &RecordBatch, row: usize) -> Result<Vec<String>, Error> {
    // Most have none.
    let list = batch.column(9).as_list_opt::<i32>();
    if list.is_some_and(|list| list.value_length(row) == 0) { Ok(Vec::new()) } else { texts_of(batch, "agencies", row) }
}

impl Facts {
    /// First day, last day and rule of a version, by its rank; empty where nothing is known.
    pub(crate) fn of_version(&self, rank: u32) -> [String; 3] {
        self.written(self.versions[rank as usize].published.when())
    }

    /// The same of a story.
    pub(crate) fn of_story(&self, story: u32) -> [String; 3] {
        self.written(self.stories[story as usize].published.when())
    }

    /// What expressions of time count from in a version, by its rank.
    pub(crate) fn reference(&self, rank: u32) -> Reference {
        let when = self.versions[rank as usize].published.when();
        when.map_or_else(Reference::default, |when| {
            Reference::between(when.from, when.to, &self.names.names[when.by as usize])
        })
    }

    fn written(&self, published: Option<When>) -> [String; 3] {
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        let by = |when: When| self.names.names[when.by as usize].clone();
        published.map_or_else(Default::default, |when| [day(when.from), day(when.to), by(when)])
    }
}

impl StoryFacts {
    /// Whether it came over a wire, was paid for, or is a paper's own: the strongest of what its clippings say.
    pub(crate) fn origin(&self) -> &'static str {
        match self.origins {
            [true, ..] => "wire",
            [_, true, _] => "release",
            [.., true] => "own",
            _ => "unknown",
        }
    }

    /// The agencies that its clippings name, the one that most of them do first.
    pub(crate) fn agencies(&self) -> Vec<&str> {
        let mut agencies: Vec<(&String, u64)> = self.agencies.iter().map(|(key, &count)| (key, count)).collect();
        agencies.sort_by_key(|(_, count)| Reverse(*count));
        agencies.into_iter().map(|(key, _)| key.as_str()).collect()
    }

    /// The sites that may have had it first, by name, and how that is known: `published` where all pages of the story say when.
    pub(crate) fn first<'f>(&self, facts: &'f Facts) -> (BTreeSet<&'f str>, &'static str) {
        let may = &self.first.may;
        let sites = may.iter().map(|(_, site)| facts.names.names[*site as usize].as_str()).collect();
        let by = match self.first.some_silent {
            _ if may.is_empty() => "",
            false => "published",
            true => "fetched",
        };
        (sites, by)
    }
}
