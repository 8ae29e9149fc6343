use std::{cmp::Reverse, collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use tantivy::{
    DocAddress, DocId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::{Column, StrColumn},
};

/// In which order stories come. Where it does not decide, their ids do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// First those that speak most of what is asked for.
    #[default]
    Relevance,
    /// First those that were published last; those without a date at the end.
    Newest,
    /// First those that were published first; those without a date at the end.
    Oldest,
    /// First those with most exact copies.
    Copies,
}

impl Sort {
    /// Every order.
    pub const ALL: [Sort; 4] = [Sort::Relevance, Sort::Newest, Sort::Oldest, Sort::Copies];

    /// The order's name in URLs and arguments.
    pub fn name(self) -> &'static str {
        match self {
            Sort::Relevance => "relevance",
            Sort::Newest => "newest",
            Sort::Oldest => "oldest",
            Sort::Copies => "copies",
        }
    }
}

impl FromStr for Sort {
    type Err = String;
    fn from_str(name: &str) -> Result<Self, String> {
        let names = Sort::ALL.map(Sort::name).join(", ");
        Sort::ALL
            .into_iter()
            .find(|sort| sort.name() == name)
            .ok_or_else(|| format!("no order is called `{name}`; there are {names}"))
    }
}

/// A place in the order of an answer: the answer goes on behind it, also when the archive has grown in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    rank: u64,
    id: u64,
}

impl Mark {
    fn key(self) -> (Reverse<u64>, u64) {
        (Reverse(self.rank), self.id)
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}.{:016x}", self.rank, self.id)
    }
}

impl FromStr for Mark {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (rank, id) = text.split_once('.')?;
            let plain = |part: &str| part.len() <= 16 && part.bytes().all(|b| b.is_ascii_hexdigit());
            let number = |part: &str| plain(part).then(|| u64::from_str_radix(part, 16).ok())?;
            Some(Self { rank: number(rank)?, id: number(id)? })
        };
        read().ok_or_else(|| format!("`{text}` is no place in an answer"))
    }
}

/// What is wanted of a search, beside the query.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// The order.
    pub sort: Sort,
    /// Only what comes behind this place.
    pub after: Option<Mark>,
    /// Whether the story at the place is wanted too.
    pub with_it: bool,
    /// Stories at most.
    pub limit: usize,
    /// Whether facets and days are counted.
    pub counts: bool,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { sort: Sort::Relevance, after: None, with_it: false, limit: 20, counts: true }
    }
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The stories that were wanted, in their order.
    pub hits: Vec<Hit>,
    /// Stories in all.
    pub stories: u64,
    /// Versions of these.
    pub versions: u64,
    /// Clippings of these.
    pub clippings: u64,
    /// Stories by what they can be narrowed down by: of each facet its values with their counts, most first.
    pub facets: BTreeMap<&'static str, Vec<(String, u64)>>,
    /// Stories by the day of their publication, in days since 1970, in order.
    pub days: BTreeMap<i64, u64>,
}

/// A story that was found.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// Its place in the order.
    pub mark: Mark,
    pub(crate) address: DocAddress,
}

impl Hit {
    /// The story's id.
    pub fn id(&self) -> String {
        format!("{:016x}", self.mark.id)
    }
}

/// Names of the columns whose values are counted.
pub(crate) const FACETS: [&str; 4] = ["agency_name", "has", "lang", "site"];

/// Counts and picks in one pass over what was found.
pub(crate) struct Gather {
    pub(crate) wanted: Wanted,
}

pub(crate) struct GatherHere {
    wanted: Wanted,
    segment: SegmentOrdinal,
    id: Column<u64>,
    time: Column<i64>,
    copies: Column<u64>,
    clippings: Column<u64>,
    versions: Column<u64>,
    facets: Vec<(&'static str, StrColumn, Vec<u64>)>,
    answer: Answer,
    /// What comes behind it cannot be among the first any more.
    last: Option<Mark>,
}

impl Collector for Gather {
    type Fruit = Answer;
    type Child = GatherHere;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<GatherHere> {
        let fast = reader.fast_fields();
        let mut facets = Vec::new();
        for name in FACETS.into_iter().filter(|_| self.wanted.counts) {
            if let Some(column) = fast.str(name)? {
                let counts = vec![0; column.num_terms()];
                facets.push((name, column, counts));
            }
        }
        Ok(GatherHere {
            wanted: self.wanted,
            segment,
            id: fast.u64("id")?,
            time: fast.i64("time")?,
            copies: fast.u64("copies")?,
            clippings: fast.u64("clippings")?,
            versions: fast.u64("versions")?,
            facets,
            answer: Answer::default(),
            last: None,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.wanted.sort == Sort::Relevance
    }

    fn merge_fruits(&self, answers: Vec<Answer>) -> tantivy::Result<Answer> {
        let mut all = Answer::default();
        let mut facets: BTreeMap<&'static str, BTreeMap<String, u64>> = BTreeMap::new();
        for answer in answers {
            all.stories += answer.stories;
            all.versions += answer.versions;
            all.clippings += answer.clippings;
            all.hits.extend(answer.hits);
            for (day, count) in answer.days {
                *all.days.entry(day).or_default() += count;
            }
            for (name, values) in answer.facets {
                let counts = facets.entry(name).or_default();
                values.into_iter().for_each(|(value, count)| *counts.entry(value).or_default() += count);
            }
        }
        all.hits.sort_unstable_by_key(|hit| hit.mark.key());
        all.hits.truncate(self.wanted.limit);
        for (name, counts) in facets {
            let mut values: Vec<(String, u64)> = counts.into_iter().collect();
            values.sort_by_key(|(_, count)| Reverse(*count));
            all.facets.insert(name, values);
        }
        Ok(all)
    }
}

impl SegmentCollector for GatherHere {
    type Fruit = Answer;

    fn collect(&mut self, doc: DocId, score: Score) {
        let answer = &mut self.answer;
        answer.stories += 1;
        answer.versions += self.versions.first(doc).unwrap_or(0);
        answer.clippings += self.clippings.first(doc).unwrap_or(0);
        let time = self.time.first(doc);
        if self.wanted.counts {
            for (_, column, counts) in &mut self.facets {
                for value in column.ords().values_for_doc(doc) {
                    counts[value as usize] += 1;
                }
            }
            if let Some(time) = time {
                *answer.days.entry(time.div_euclid(86_400)).or_default() += 1;
            }
        }
        let rank = match self.wanted.sort {
            // Scores are not negative, and the bits of such numbers are in their order.
            Sort::Relevance => u64::from(score.max(0.0).to_bits()),
            Sort::Newest => time.map_or(0, |time| (time as u64 ^ 1 << 63).max(1)),
            Sort::Oldest => time.map_or(0, |time| (!(time as u64 ^ 1 << 63)).max(1)),
            Sort::Copies => self.copies.first(doc).unwrap_or(0),
        };
        let mark = Mark { rank, id: self.id.first(doc).unwrap_or(0) };
        let behind = |place: Mark| mark.key() > place.key();
        let is_wanted = match self.wanted.after {
            None => true,
            Some(after) => behind(after) || (self.wanted.with_it && mark == after),
        };
        if !is_wanted || self.wanted.limit == 0 || self.last.is_some_and(behind) {
            return;
        }
        answer.hits.push(Hit { mark, address: DocAddress::new(self.segment, doc) });
        // Kept unsorted, and cut down whenever there are twice as many as wanted.
        let limit = self.wanted.limit;
        if answer.hits.len() >= limit.saturating_mul(2).max(64) {
            answer.hits.select_nth_unstable_by_key(limit - 1, |hit| hit.mark.key());
            answer.hits.truncate(limit);
            self.last = answer.hits.last().map(|hit| hit.mark);
        }
    }

    fn harvest(mut self) -> Answer {
        for (name, column, counts) in self.facets {
            let mut values = Vec::new();
            let mut value = String::new();
            for (number, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
                if column.ord_to_str(number as u64, &mut value).unwrap_or(false) {
                    values.push((value.clone(), count));
                }
            }
            self.answer.facets.insert(name, values);
        }
        self.answer
    }
}
