//! A list of stories, versions or clippings: what is on the screen, in the API and in every export.

use std::sync::Arc;

use copydesk_search::{Answer, Hit, Index, Node, Timeline, Wanted};
use serde::Serialize;

use crate::{
    archive::{Annotation, Clipping, Story, each_once, worst},
    ask::{Ask, By, Cursor, Each},
    limits::Limits,
    problem::Problem,
};

/// Some rows of a list, and what is said about all of it.
pub(crate) struct List {
    pub(crate) node: Node,
    pub(crate) answer: Answer,
    /// Rows in all.
    pub(crate) total: u64,
    pub(crate) rows: Vec<Row>,
    /// Where the list goes on.
    pub(crate) next: Option<Cursor>,
}

/// A row: a story, shown by one of its clippings.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) story: Arc<Story>,
    pub(crate) each: Each,
    /// Which version or clipping it is.
    number: usize,
    /// Sites that carried the story: counted once, not for every row of it.
    sites: u64,
}

impl List {
    /// The page of a list that a question asks for, with so many values of each facet; none to count nothing.
    pub(crate) fn new(index: &Index, ask: &Ask, limits: &Limits, values: Option<usize>) -> Result<Self, Problem> {
        let node = ask.node()?;
        let limit = ask.limit.unwrap_or(limits.usual_rows);
        // Every story has a row at least, and one more says whether the list goes on.
        let mut wanted = wanted(ask, &node, ask.after, limit + 1, values.is_some());
        wanted.facet_values = values.unwrap_or_default();
        if ask.by == By::Mentioned {
            wanted.timeline = Timeline::Mentioned(limits.bars);
        }
        let answer = index.search(&node, &wanted)?;
        let mut rows = Vec::with_capacity(limit);
        let mut next = None;
        let mut given = ask.after.map_or(0, |after| after.given);
        let mut last = ask.after;
        'hits: for hit in &answer.hits {
            if rows.len() == limit {
                next = last;
                break;
            }
            let story = Arc::new(story(index, hit)?);
            let all = ask.each.rows(&story);
            for row in all.iter().skip(std::mem::take(&mut given)) {
                if rows.len() == limit {
                    next = last;
                    break 'hits;
                }
                rows.push(row.clone());
                let given = if row.number + 1 == all.len() { 0 } else { row.number + 1 };
                last = Some(Cursor { mark: hit.mark, given });
            }
        }
        let total = total(&answer, ask.each);
        Ok(Self { node, answer, total, rows, next })
    }
}

/// Stories that are looked up at a time while a list is exported: few enough to hold, many enough that finding their places costs little.
const SLAB: usize = 20_000;

/// All rows of a list, one after the other.
pub(crate) fn all_rows(
    index: Arc<Index>,
    ask: &Ask,
) -> Result<(u64, impl Iterator<Item = Result<Row, Problem>> + use<>), Problem> {
    let (node, ask) = (ask.node()?, ask.clone());
    let answer = index.search(&node, &wanted(&ask, &node, None, SLAB, false))?;
    let total = total(&answer, ask.each);
    let mut hits = answer.hits.into_iter();
    let mut last = None;
    let mut failed = false;
    let stories = std::iter::from_fn(move || {
        if failed {
            return None;
        }
        let mut next = || -> Result<Option<Vec<Row>>, Problem> {
            let hit = match hits.next() {
                Some(hit) => hit,
                None => {
                    let Some(mark) = last.take() else { return Ok(None) };
                    let after = Some(Cursor { mark, given: 0 });
                    hits = index.search(&node, &wanted(&ask, &node, after, SLAB, false))?.hits.into_iter();
                    let Some(hit) = hits.next() else { return Ok(None) };
                    hit
                }
            };
            last = Some(hit.mark);
            Ok(Some(ask.each.rows(&Arc::new(story(&index, &hit)?))))
        };
        let rows = next().transpose()?;
        failed = rows.is_err();
        Some(rows)
    });
    let rows = stories.flat_map(|rows| match rows {
        Ok(rows) => rows.into_iter().map(Ok).collect::<Vec<_>>(),
        Err(e) => vec![Err(e)],
    });
    Ok((total, rows))
}

fn wanted(ask: &Ask, node: &Node, after: Option<Cursor>, limit: usize, counts: bool) -> Wanted {
    let with_it = after.is_some_and(|after| after.given > 0);
    Wanted { sort: ask.order(node), after: after.map(|after| after.mark), with_it, limit, counts, ..Wanted::default() }
}

fn total(answer: &Answer, each: Each) -> u64 {
    match each {
        Each::Story => answer.stories,
        Each::Version => answer.versions,
        Each::Clipping => answer.clippings,
    }
}

/// The story that was found.
pub(crate) fn story(index: &Index, hit: &Hit) -> Result<Story, Problem> {
    Story::of_payload(&index.payload(hit)?).map_err(|_| Problem::mistake())
}

impl Each {
    /// The rows of a story.
    pub(crate) fn rows(self, story: &Arc<Story>) -> Vec<Row> {
        let rows = match self {
            Each::Story => 1,
            Each::Version => story.versions.len(),
            Each::Clipping => story.clippings.len(),
        };
        let sites = story.sites().len() as u64;
        (0..rows).map(|number| Row { story: Arc::clone(story), each: self, number, sites }).collect()
    }
}

impl Row {
    /// The clipping that the row shows.
    pub(crate) fn clipping(&self) -> Option<&Clipping> {
        match self.each {
            Each::Story => self.story.lead(),
            Each::Version => self.story.lead_of(&self.story.versions.get(self.number)?.id),
            Each::Clipping => self.story.clippings.get(self.number),
        }
    }

    /// The headline that the row shows.
    pub(crate) fn headline(&self) -> &str {
        match self.each {
            Each::Story => &self.story.headline,
            _ => self.clipping().map_or("", |clipping| &clipping.headline),
        }
    }

    /// The row's columns.
    pub(crate) fn line(&self) -> Line<'_> {
        Line::new(&self.story, self.each, self.clipping(), self.sites)
    }
}

impl<'r> Line<'r> {
    /// A story's row.
    pub fn of_story(story: &'r Story) -> Self {
        Self::new(story, Each::Story, story.lead(), story.sites().len() as u64)
    }

    /// A row of a story, shown by one of its clippings.
    fn new(story: &'r Story, each: Each, clipping: Option<&'r Clipping>, sites: u64) -> Self {
        let text =
            |text: fn(&Clipping) -> &String| -> &'r str { clipping.map_or("", |clipping| text(clipping).as_str()) };
        let of_story = each == Each::Story;
        let version = if of_story { story.version.as_str() } else { text(|c| &c.version) };
        let versions = || story.versions.iter().filter(|one| of_story || one.id == version);
        let read = |what: &str| match clipping {
            _ if of_story => each_once(story.annotations(what).map(Annotation::shown)).join(LISTED),
            Some(clipping) => each_once(clipping.annotations(what).map(Annotation::shown)).join(LISTED),
            None => String::new(),
        };
        let either = |whole: &'_ String, part: fn(&Clipping) -> &String| -> String {
            if of_story { whole.clone() } else { text(part).to_owned() }
        };
        Line {
            language: story.spoken().to_owned(),
            published_from: either(&story.published_from, |c| &c.published_from),
            published_to: either(&story.published_to, |c| &c.published_to),
            published_by: either(&story.published_by, |c| &c.published_by),
            origin: either(&story.origin, |c| &c.origin),
            agencies: read("agency"),
            authors: read("person"),
            places: read("place"),
            section: if of_story { story.sections().join(LISTED) } else { text(|c| &c.section).to_owned() },
            first_sites: story.first_sites.join(LISTED),
            severity: worst(versions().map(|version| version.severity.as_str())).to_owned(),
            changes: versions().map(|version| u64::from(version.changes)).sum(),
            notices: each_once(versions().flat_map(|one| &one.notices).map(|notice| notice.kind.as_str())).join(LISTED),
            story: &story.id,
            version,
            clipping: text(|c| &c.id),
            capture: text(|c| &c.capture),
            headline: if of_story { &story.headline } else { text(|c| &c.headline) },
            kicker: text(|c| &c.kicker),
            byline: text(|c| &c.byline),
            date: text(|c| &c.date),
            published: if of_story { story.published() } else { text(|c| &c.published) },
            site: text(|c| &c.site),
            url: text(|c| &c.url),
            fetched_at: text(|c| &c.fetched_at),
            first_seen: &story.first_seen,
            last_seen: &story.last_seen,
            sites,
            copies: story.copies(),
            clippings: story.clippings.len() as u64,
            versions: story.versions.len() as u64,
            words: clipping.map_or(0, |clipping| clipping.words),
        }
    }
}

/// A row as other programs get it, under the names of its columns: out of the API, out of every export, and of `copydesk search --json`. A story
/// or a version is shown by the earliest of its clippings; times are RFC 3339 in UTC, days `YYYY-MM-DD`, and what is not known is empty.
#[derive(Clone, Debug, Serialize)]
pub struct Line<'r> {
    pub(crate) story: &'r str,
    pub(crate) version: &'r str,
    pub(crate) clipping: &'r str,
    pub(crate) capture: &'r str,
    pub(crate) headline: &'r str,
    pub(crate) kicker: &'r str,
    pub(crate) byline: &'r str,
    pub(crate) date: &'r str,
    pub(crate) published: &'r str,
    pub(crate) site: &'r str,
    pub(crate) url: &'r str,
    pub(crate) fetched_at: &'r str,
    pub(crate) first_seen: &'r str,
    pub(crate) last_seen: &'r str,
    pub(crate) sites: u64,
    pub(crate) copies: u64,
    pub(crate) clippings: u64,
    pub(crate) versions: u64,
    pub(crate) words: u32,
    pub(crate) language: String,
    pub(crate) published_from: String,
    pub(crate) published_to: String,
    pub(crate) published_by: String,
    pub(crate) origin: String,
    pub(crate) agencies: String,
    pub(crate) authors: String,
    pub(crate) places: String,
    pub(crate) section: String,
    pub(crate) first_sites: String,
    pub(crate) severity: String,
    pub(crate) changes: u64,
    pub(crate) notices: String,
}

/// Between values that stand in one column.
const LISTED: &str = "; ";
