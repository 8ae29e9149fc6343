use askama::Template;
use copydesk_search::{Field, Marker, Node, Sort};

use crate::{
    archive::{Annotation, each_once},
    ask::{Ask, By, Each, FACETS, Span},
    list::{List, Row},
    pages::{Frame, count, direction, histogram::Histogram, moment, several},
    problem::Problem,
    reply::Reply,
    server::Asked,
};

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    ask: Ask,
    /// `128 stories`
    total: String,
    sort: Sort,
    rows: Vec<Found>,
    facets: Vec<Facet>,
    histogram: Option<Histogram>,
    /// By what it lays stories out: the label, where it leads, and whether it is on.
    timelines: Vec<(&'static str, String, bool)>,
    /// What the form passes on.
    hidden: Vec<(&'static str, String)>,
    /// Each control of what is folded together: its label, where it leads, and whether it is on.
    folds: Vec<(&'static str, String, bool)>,
    sorts: Vec<Sort>,
    /// What narrows the list down, and where it leads without it.
    chosen: Vec<(String, String)>,
    next: Option<String>,
    first: Option<String>,
    exports: Vec<(&'static str, &'static str, String)>,
}

/// A row on the page.
struct Found {
    link: String,
    headline: Vec<Text>,
    direction: &'static str,
    about: Vec<String>,
    spread: String,
    snippet: Vec<Text>,
}

/// A piece of text, marked or not.
pub(crate) struct Text {
    pub(crate) text: String,
    pub(crate) marked: bool,
}

struct Facet {
    name: &'static str,
    label: &'static str,
    values: Vec<FacetValue>,
    /// How many values there are beyond those that are listed.
    more: usize,
}

struct FacetValue {
    value: String,
    count: String,
    link: String,
    chosen: bool,
}

/// Characters of a snippet.
const SNIPPET: usize = 260;

pub(crate) fn search(asked: &Asked<'_>) -> Result<Reply, Problem> {
    let shown = asked.shown;
    let ask = Ask::read(&asked.parameters, &shown.limits)?;
    let list = List::new(&shown.index, &ask, &shown.limits, Some(shown.limits.facet_values))?;
    let sort = ask.order(&list.node);
    let (one, more) = match ask.each {
        Each::Story => ("story", "stories"),
        Each::Version => ("version", "versions"),
        Each::Clipping => ("clipping", "clippings"),
    };
    let total = several(list.total, one, more);
    let marker = (Marker::new(&list.node, &[Field::Title]), Marker::new(&list.node, &[Field::Body]));
    let folds =
        Each::ALL.into_iter().rev().map(|each| (each.label(), Ask { each, ..ask.clone() }.link("/"), each == ask.each));
    let labels = [(By::Published, "published"), (By::Mentioned, "mentioned in them")];
    let timelines =
        labels.into_iter().map(|(by, label)| (label, Ask { by, after: None, ..ask.clone() }.link("/"), by == ask.by));
    let mut frame = Frame::new(
        if ask.q.is_empty() { "Stories".to_owned() } else { ask.q.clone() },
        "search",
        shown.archive.commit(),
    );
    frame.q = ask.q.clone();
    frame.feed = Ask { limit: None, ..ask.clone() }.link("");
    let whole = Ask { limit: None, ..ask.clone() };
    let exports = [
        ("CSV", "a table for spreadsheets", "csv"),
        ("JSONL", "a JSON object a line", "jsonl"),
        ("Parquet", "a table for DuckDB, Polars, Spark", "parquet"),
    ];
    Reply::page(&SearchPage {
        facets: facets(&list, &ask),
        histogram: Histogram::new(&list.answer, &ask, shown.limits.bars),
        timelines: timelines.collect(),
        hidden: hidden(&ask),
        rows: list.rows.iter().map(|row| found(row, &list.node, &marker)).collect(),
        folds: folds.collect(),
        sorts: Sort::ALL.into_iter().filter(|sort| *sort != Sort::Relevance || list.node.ranks()).collect(),
        chosen: chosen(&ask),
        next: list.next.map(|next| ask.link_after("/", next)),
        first: ask.after.map(|_| ask.link("/")),
        exports: exports
            .into_iter()
            .map(|(name, says, end)| (name, says, whole.link(&format!("/export.{end}"))))
            .collect(),
        frame,
        total,
        sort,
        ask,
    })
}

fn found(row: &Row, node: &Node, marker: &(Marker, Marker)) -> Found {
    let story = &*row.story;
    let clipping = row.clipping();
    let headline = if row.headline().is_empty() { crate::archive::NO_HEADLINE } else { row.headline() };
    let spoken = if node.ranks() { story.spoken() } else { "" };
    let snippet = marker.1.snippet_in(&story.body, SNIPPET, spoken);
    let site = clipping.map_or("", |clipping| &clipping.site);
    let time = match (row.each, clipping) {
        (Each::Clipping, Some(clipping)) => &clipping.fetched_at,
        _ => story.told(),
    };
    let agencies = each_once(story.annotations("agency").map(Annotation::shown)).join(", ");
    let byline = clipping.map_or(String::new(), |clipping| clipping.byline.clone());
    // A byline that is the agency need not be said twice.
    let agencies = if byline.contains(&agencies) { String::new() } else { agencies };
    let about = [site.to_owned(), moment(time), byline, agencies];
    let link = match (row.each, clipping) {
        (Each::Story, _) | (_, None) => format!("/story/{}", story.id),
        (_, Some(clipping)) => format!("/story/{}?version={}", story.id, clipping.version),
    };
    let mut spread = vec![several(story.sites().len() as u64, "site", "sites")];
    if story.copies() > 0 {
        spread.push(several(story.copies(), "copy", "copies"));
    }
    spread.push(several(story.versions.len() as u64, "version", "versions"));
    let headline_marks = if node.ranks() { marker.0.marks_in(headline, spoken) } else { Vec::new() };
    Found {
        link,
        headline: marked(headline, &headline_marks),
        direction: direction(if story.headline.is_empty() { &story.body } else { headline }),
        about: about.into_iter().filter(|about| !about.is_empty()).collect(),
        spread: spread.join(" · "),
        snippet: marked(&snippet.text, &snippet.marks),
    }
}

pub(crate) fn marked(text: &str, marks: &[std::ops::Range<usize>]) -> Vec<Text> {
    let mut out = Vec::with_capacity(marks.len() * 2 + 1);
    let mut at = 0;
    let mut push = |text: &str, marked| {
        if !text.is_empty() {
            out.push(Text { text: text.to_owned(), marked });
        }
    };
    for mark in marks {
        push(text.get(at..mark.start).unwrap_or_default(), false);
        push(text.get(mark.clone()).unwrap_or_default(), true);
        at = mark.end;
    }
    push(text.get(at..).unwrap_or_default(), false);
    out
}

fn facets(list: &List, ask: &Ask) -> Vec<Facet> {
    let facet = |(name, _, label): (&'static str, Field, &'static str)| {
        let all = list.answer.facets.get(name)?;
        let values = all.values.iter().map(|(value, number)| FacetValue {
            value: value.clone(),
            count: count(*number),
            link: ask.toggled(name, value).link("/"),
            chosen: ask.values(name).contains(value),
        });
        let values: Vec<FacetValue> = values.collect();
        (!values.is_empty()).then(|| Facet { name, label, more: all.distinct as usize - values.len(), values })
    };
    FACETS.into_iter().filter_map(facet).collect()
}

/// What the form sends on without showing a field for it.
fn hidden(ask: &Ask) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    for (name, ..) in FACETS {
        out.extend(ask.values(name).iter().map(|value| (name, value.clone())));
    }
    if ask.by != By::Published || !ask.mentions.is_open() {
        out.push(("mentions_from", ask.mentions.from.clone()));
        out.push(("mentions_to", ask.mentions.to.clone()));
    }
    if ask.by != By::Published {
        out.push(("by", ask.by.name().to_owned()));
    }
    if ask.each != Each::Story {
        out.push(("each", ask.each.name().to_owned()));
    }
    out
}

fn chosen(ask: &Ask) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (name, ..) in FACETS {
        let values = ask.values(name).iter();
        out.extend(values.map(|value| (format!("{name}: {value}"), ask.toggled(name, value).link("/"))));
    }
    for (by, span, says) in [(By::Published, &ask.published, ""), (By::Mentioned, &ask.mentions, "mentions ")] {
        if !span.is_open() {
            out.push((format!("{says}{}", span.says()), ask.within(by, Span::default()).link("/")));
        }
    }
    out
}
