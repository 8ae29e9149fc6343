use std::{cmp::Reverse, collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use tantivy::{
    COLLECT_BLOCK_BUFFER_LEN, DocAddress, DocId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::Column,
};

use crate::{
    days::{Bars, Interval, Mentioned},
    facets::{Facet, Facets},
    tally::Tally,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// Values of each facet at most.
    pub facet_values: usize,
    /// By what stories are laid out over time.
    pub timeline: Timeline,
}

impl Default for Wanted {
    fn default() -> Self {
        Self {
            sort: Sort::Relevance,
            after: None,
            with_it: false,
            limit: 20,
            counts: true,
            facet_values: 100,
            timeline: Timeline::Published,
        }
    }
}

/// By what stories are laid out over time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Timeline {
    /// The day of their publication.
    #[default]
    Published,
    /// The days that they speak of, with so many bars at most where it can be done in days or months.
    Mentioned(usize),
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
    /// Stories by what they can be narrowed down by, under the facet's name.
    pub facets: BTreeMap<&'static str, Facet>,
    /// Stories by the day of their publication, in days since 1970, in order; empty where they are laid out by what they mention.
    pub days: BTreeMap<i64, u64>,
    /// Stories by the days that they speak of, where that was wanted.
    pub mentioned: Option<Mentioned>,
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

/// Counts and picks in one pass over what was found.
pub(crate) struct Gather<'i> {
    pub(crate) wanted: Wanted,
    /// The days that the query asks for mentions of: no others are counted.
    pub(crate) window: Option<Interval>,
    /// None where nothing is counted.
    pub(crate) facets: Option<&'i Facets>,
}

/// What was found in one segment.
pub(crate) struct Part {
    answer: Answer,
    tally: Option<Tally>,
    bars: Option<Bars>,
}

pub(crate) struct GatherHere {
    wanted: Wanted,
    segment: SegmentOrdinal,
    id: Column<u64>,
    time: Column<i64>,
    copies: Column<u64>,
    clippings: Column<u64>,
    versions: Column<u64>,
    mentioned: (Column<i64>, Column<i64>),
    part: Part,
    /// Found, and not counted yet: what is counted by is read faster for many rows at once.
    docs: Vec<DocId>,
    scores: Vec<Score>,
    numbers: Vec<Option<u64>>,
    times: Vec<Option<i64>>,
    intervals: Vec<Interval>,
    /// What comes behind it cannot be among the first any more.
    last: Option<Mark>,
}

impl Collector for Gather<'_> {
    type Fruit = Answer;
    type Child = GatherHere;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<GatherHere> {
        let fast = reader.fast_fields();
        let tally = self.facets.map(|facets| Tally::new(segment as usize, facets.held(segment as usize)));
        let speaks = self.facets.is_some() && matches!(self.wanted.timeline, Timeline::Mentioned(_));
        Ok(GatherHere {
            wanted: self.wanted,
            segment,
            id: fast.u64("id")?,
            copies: fast.u64("copies")?,
            clippings: fast.u64("clippings")?,
            versions: fast.u64("versions")?,
            mentioned: (fast.i64("mentioned_first")?, fast.i64("mentioned_last")?),
            part: Part { answer: Answer::default(), tally, bars: speaks.then(|| Bars::new(self.window)) },
            time: fast.i64("time")?,
            docs: Vec::with_capacity(BLOCK),
            scores: Vec::with_capacity(BLOCK),
            numbers: vec![None; BLOCK],
            times: vec![None; BLOCK],
            intervals: Vec::new(),
            last: None,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.wanted.sort == Sort::Relevance && self.wanted.limit > 0
    }

    fn merge_fruits(&self, parts: Vec<Part>) -> tantivy::Result<Answer> {
        let mut all = Answer::default();
        let mut tallies = Vec::new();
        let mut bars: Option<Bars> = None;
        for part in parts {
            let answer = part.answer;
            all.stories += answer.stories;
            all.versions += answer.versions;
            all.clippings += answer.clippings;
            all.hits.extend(answer.hits);
            if all.days.is_empty() {
                all.days = answer.days;
            } else {
                answer.days.into_iter().for_each(|(day, count)| *all.days.entry(day).or_default() += count);
            }
            tallies.extend(part.tally);
            bars = match (bars, part.bars) {
                (Some(mut one), Some(other)) => {
                    one.join(&other);
                    Some(one)
                }
                (one, other) => one.or(other),
            };
        }
        all.hits.sort_unstable_by_key(|hit| hit.mark.key());
        all.hits.truncate(self.wanted.limit);
        if let Some(facets) = self.facets {
            all.facets = facets.counted(&tallies, self.wanted.facet_values);
            if let Timeline::Mentioned(room) = self.wanted.timeline {
                all.mentioned = Some(bars.unwrap_or_else(|| Bars::new(None)).counted(room));
            }
        }
        Ok(all)
    }
}

/// Rows that are counted together.
const BLOCK: usize = 512;

impl SegmentCollector for GatherHere {
    type Fruit = Part;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.docs.push(doc);
        self.scores.push(score);
        if self.docs.len() == BLOCK {
            self.count();
        }
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        self.docs.extend_from_slice(docs);
        self.scores.resize(self.docs.len(), 0.0);
        if self.docs.len() + COLLECT_BLOCK_BUFFER_LEN > BLOCK {
            self.count();
        }
    }

    fn harvest(mut self) -> Part {
        self.count();
        if let Some(tally) = &mut self.part.tally {
            (self.part.answer.versions, self.part.answer.clippings) = tally.finish();
            if self.part.bars.is_none() {
                self.part.answer.days = tally.days().collect();
            }
        }
        self.part
    }
}

impl GatherHere {
    /// Counts what was found since the last time, and keeps what may be among the first.
    fn count(&mut self) {
        let docs = std::mem::take(&mut self.docs);
        let answer = &mut self.part.answer;
        answer.stories += docs.len() as u64;
        match &mut self.part.tally {
            Some(tally) => tally.add(&docs),
            None => {
                for (column, sum) in [(&self.versions, &mut answer.versions), (&self.clippings, &mut answer.clippings)]
                {
                    column.first_vals(&docs, &mut self.numbers[..docs.len()]);
                    *sum += self.numbers[..docs.len()].iter().flatten().sum::<u64>();
                }
            }
        }
        if let Some(bars) = &mut self.part.bars {
            for doc in &docs {
                let (first, last) = &self.mentioned;
                self.intervals.clear();
                self.intervals.extend(first.values_for_doc(*doc).zip(last.values_for_doc(*doc)));
                bars.add(&self.intervals);
            }
        }
        if self.wanted.limit > 0 {
            match self.wanted.sort {
                Sort::Relevance => {}
                Sort::Newest | Sort::Oldest => {
                    self.times[..docs.len()].fill(None);
                    self.time.first_vals(&docs, &mut self.times[..docs.len()]);
                }
                Sort::Copies => self.copies.first_vals(&docs, &mut self.numbers[..docs.len()]),
            }
            for (at, doc) in docs.iter().enumerate() {
                let rank = match self.wanted.sort {
                    // Scores are not negative, and the bits of such numbers are in their order.
                    Sort::Relevance => u64::from(self.scores[at].max(0.0).to_bits()),
                    Sort::Newest => self.times[at].map_or(0, |time| (time as u64 ^ 1 << 63).max(1)),
                    Sort::Oldest => self.times[at].map_or(0, |time| (!(time as u64 ^ 1 << 63)).max(1)),
                    Sort::Copies => self.numbers[at].unwrap_or(0),
                };
                // Most are behind the last by their rank alone.
                if self.last.is_none_or(|last| rank >= last.rank) {
                    self.keep(*doc, rank);
                }
            }
        }
        self.docs = docs;
        self.docs.clear();
        self.scores.clear();
    }

    fn keep(&mut self, doc: DocId, rank: u64) {
        let mark = Mark { rank, id: self.id.first(doc).unwrap_or(0) };
        let behind = |place: Mark| mark.key() > place.key();
        let is_wanted = match self.wanted.after {
            None => true,
            Some(after) => behind(after) || (self.wanted.with_it && mark == after),
        };
        if !is_wanted || self.last.is_some_and(behind) {
            return;
        }
        let hits = &mut self.part.answer.hits;
        hits.push(Hit { mark, address: DocAddress::new(self.segment, doc) });
        // Kept unsorted, and cut down whenever there are twice as many as wanted.
        let limit = self.wanted.limit;
        if hits.len() >= limit.saturating_mul(2).max(64) {
            hits.select_nth_unstable_by_key(limit - 1, |hit| hit.mark.key());
            hits.truncate(limit);
            self.last = hits.iter().map(|hit| hit.mark).max_by_key(|mark| mark.key());
        }
    }
}
