use std::{cmp::Reverse, collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader, columnar::Column};

use crate::{
    days::{Bars, Interval, Mentioned},
    facets::{Facet, Facets},
    sought::Found,
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
    pub days: Vec<(i64, u64)>,
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

/// Counts what was found in each segment, and picks the first of it.
pub(crate) struct Gather<'i> {
    /// The days that the query asks for mentions of: no others are counted.
    window: Option<Interval>,
    /// None where nothing is counted.
    facets: Option<&'i Facets>,
    best: Best,
    answer: Answer,
    tallies: Vec<Tally>,
    bars: Option<Bars>,
}

impl<'i> Gather<'i> {
    pub(crate) fn new(wanted: Wanted, window: Option<Interval>, facets: Option<&'i Facets>) -> Self {
        let speaks = facets.is_some() && matches!(wanted.timeline, Timeline::Mentioned(_));
        Self {
            window,
            facets,
            best: Best::new(wanted),
            answer: Answer::default(),
            tallies: Vec::new(),
            bars: speaks.then(|| Bars::new(window)),
        }
    }

    /// Takes what was found in a segment.
    pub(crate) fn add(
        &mut self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
        found: &Found,
    ) -> tantivy::Result<()> {
        let (fast, answer) = (reader.fast_fields(), &mut self.answer);
        match self.facets {
            Some(facets) => {
                let tally = Tally::new(segment as usize, facets.held(segment as usize), &found.rows);
                answer.stories += tally.stories;
                answer.versions += tally.versions;
                answer.clippings += tally.clippings;
                if self.bars.is_none() {
                    answer.days.extend(tally.days());
                }
                self.tallies.push(tally);
            }
            None => {
                answer.stories += found.rows.count() as u64;
                for (column, sum) in [("versions", &mut answer.versions), ("clippings", &mut answer.clippings)] {
                    let column = fast.u64(column)?;
                    found.rows.each_block(|rows| *sum += values(&column, rows).iter().flatten().sum::<u64>());
                }
            }
        }
        if let Some(bars) = &mut self.bars {
            let (first, last) = (fast.i64("mentioned_first")?, fast.i64("mentioned_last")?);
            let mut intervals = Vec::new();
            found.rows.each_block(|rows| {
                for row in rows {
                    intervals.clear();
                    intervals.extend(first.values_for_doc(*row).zip(last.values_for_doc(*row)));
                    bars.add(&intervals);
                }
            });
        }
        self.best.add(segment, reader, found)
    }

    pub(crate) fn answer(mut self) -> Answer {
        let wanted = self.best.wanted;
        self.answer.hits = self.best.hits();
        if self.tallies.len() > 1 {
            self.answer.days.sort_unstable();
            self.answer.days.dedup_by(|next, day| {
                let is_same = next.0 == day.0;
                day.1 += if is_same { next.1 } else { 0 };
                is_same
            });
        }
        if let Some(facets) = self.facets {
            self.answer.facets = facets.counted(&self.tallies, wanted.facet_values);
            if let Timeline::Mentioned(room) = wanted.timeline {
                self.answer.mentioned = Some(self.bars.unwrap_or_else(|| Bars::new(self.window)).counted(room));
            }
        }
        self.answer
    }
}

/// What a column has for some rows first.
fn values<T: PartialOrd + Copy + fmt::Debug + Send + Sync + 'static>(
    column: &Column<T>,
    rows: &[DocId],
) -> Vec<Option<T>> {
    let mut out = vec![None; rows.len()];
    column.first_vals(rows, &mut out);
    out
}

/// What the rows of a segment are ordered by where it is not what they are worth.
pub(crate) struct Order {
    ids: Column<u64>,
    times: Column<i64>,
    copies: Column<u64>,
}

impl Order {
    pub(crate) fn read(reader: &SegmentReader) -> tantivy::Result<Self> {
        let fast = reader.fast_fields();
        Ok(Self { ids: fast.u64("id")?, times: fast.i64("time")?, copies: fast.u64("copies")? })
    }
}

/// The first stories of an answer, of those that were looked at.
pub(crate) struct Best {
    wanted: Wanted,
    /// In no order, and twice as many as wanted at most.
    hits: Vec<Hit>,
    /// What comes behind it cannot be among the first any more.
    last: Option<Mark>,
}

impl Best {
    pub(crate) fn new(wanted: Wanted) -> Self {
        Self { wanted, hits: Vec::new(), last: None }
    }

    /// Takes what was found in a segment.
    fn add(&mut self, segment: SegmentOrdinal, reader: &SegmentReader, found: &Found) -> tantivy::Result<()> {
        if self.wanted.limit == 0 {
            return Ok(());
        }
        if self.wanted.sort != Sort::Relevance {
            let order = Order::read(reader)?;
            found.rows.each_block(|rows| self.look_at(segment, rows, &order));
            return Ok(());
        }
        let ids = reader.fast_fields().u64("id")?;
        found.worth.best(&found.rows, |rows, scores| {
            for (row, score) in rows.iter().zip(scores) {
                // Scores are not negative, and the bits of such numbers are in their order.
                self.look(u64::from(score.max(0.0).to_bits()), DocAddress::new(segment, *row), &ids);
            }
            self.least().map(|rank| Score::from_bits(rank as u32))
        })
    }

    /// Takes some rows of a segment, in an order that the rows themselves say.
    pub(crate) fn look_at(&mut self, segment: SegmentOrdinal, rows: &[DocId], order: &Order) {
        let newest = |time: i64| time as u64 ^ 1 << 63;
        let sort = self.wanted.sort;
        let mut look = |row: DocId, rank| self.look(rank, DocAddress::new(segment, row), &order.ids);
        match sort {
            Sort::Newest => {
                let times = values(&order.times, rows);
                rows.iter().zip(times).for_each(|(row, time)| look(*row, time.map_or(0, |time| newest(time).max(1))));
            }
            Sort::Oldest => {
                let times = values(&order.times, rows);
                rows.iter()
                    .zip(times)
                    .for_each(|(row, time)| look(*row, time.map_or(0, |time| (!newest(time)).max(1))));
            }
            Sort::Copies => {
                let copies = values(&order.copies, rows);
                rows.iter().zip(copies).for_each(|(row, copies)| look(*row, copies.unwrap_or(0)));
            }
            Sort::Relevance => {}
        }
    }

    /// Keeps a story if it may be among the first.
    #[inline]
    fn look(&mut self, rank: u64, address: DocAddress, id: &Column<u64>) {
        // Most are behind the last by their rank alone.
        if self.last.is_none_or(|last| rank >= last.rank) {
            self.keep(Mark { rank, id: id.first(address.doc_id).unwrap_or(0) }, address);
        }
    }

    fn keep(&mut self, mark: Mark, address: DocAddress) {
        let behind = |place: Mark| mark.key() > place.key();
        let is_wanted = match self.wanted.after {
            None => true,
            Some(after) => behind(after) || (self.wanted.with_it && mark == after),
        };
        if is_wanted && !self.last.is_some_and(behind) {
            self.hits.push(Hit { mark, address });
            if self.hits.len() >= self.wanted.limit.saturating_mul(2).max(64) {
                self.cut();
            }
        }
    }

    /// Leaves as many as are wanted.
    fn cut(&mut self) {
        if let Some(last) = self.wanted.limit.checked_sub(1).filter(|last| *last < self.hits.len()) {
            self.hits.select_nth_unstable_by_key(last, |hit| hit.mark.key());
            self.hits.truncate(self.wanted.limit);
            self.last = self.hits.last().map(|hit| hit.mark);
        }
    }

    /// The rank below which nothing is among the first any more.
    fn least(&mut self) -> Option<u64> {
        self.cut();
        self.last.map(|last| last.rank)
    }

    /// In their order.
    pub(crate) fn hits(mut self) -> Vec<Hit> {
        self.cut();
        self.hits.sort_unstable_by_key(|hit| hit.mark.key());
        self.hits
    }
}
