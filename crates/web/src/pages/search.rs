use askama::Template;
use copydesk_search::{Field, Marker, Node, Sort};

use crate::{
    ask::{Ask, Each},
    list::{List, Row},
    pages::{Frame, count, direction, histogram::Histogram, minute, several},
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

/// Facets in the order of the page: parameter, column of the index, label.
const FACETS: [(&str, &str, &str); 4] = [
    ("site", "site", "Sites"),
    ("lang", "lang", "Languages"),
    ("has", "has", "With"),
    ("agency", "agency_name", "Agencies"),
];

pub(crate) fn search(asked: &Asked<'_>) -> Result<Reply, Problem> {
    let shown = asked.shown;
    let ask = Ask::read(&asked.parameters, &shown.limits)?;
    let list = List::new(&shown.index, &ask, &shown.limits)?;
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
        facets: facets(&list, &ask, shown.limits.facet_values),
        histogram: Histogram::new(&list.answer.days, &ask, shown.limits.bars),
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
    let snippet = marker.1.snippet(&story.body, SNIPPET);
    let site = clipping.map_or("", |clipping| &clipping.site);
    let time = match (row.each, clipping) {
        (Each::Clipping, Some(clipping)) => &clipping.fetched_at,
        _ if !story.published().is_empty() => story.published(),
        _ => &story.first_seen,
    };
    let about = [site.to_owned(), minute(time), clipping.map_or(String::new(), |clipping| clipping.byline.clone())];
    let link = match (row.each, clipping) {
        (Each::Story, _) | (_, None) => format!("/story/{}", story.id),
        (_, Some(clipping)) => format!("/story/{}?version={}", story.id, clipping.version),
    };
    let mut spread = vec![several(story.sites().len() as u64, "site", "sites")];
    if story.copies() > 0 {
        spread.push(several(story.copies(), "copy", "copies"));
    }
    spread.push(several(story.versions.len() as u64, "version", "versions"));
    let headline_marks = if node.ranks() { marker.0.marks(headline) } else { Vec::new() };
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

fn facets(list: &List, ask: &Ask, values: usize) -> Vec<Facet> {
    let facet = |(name, column, label): (&'static str, &str, &'static str)| {
        let all = list.answer.facets.get(column)?;
        let listed = all.iter().take(values).map(|(value, number)| {
            let mut other = Ask { after: None, ..ask.clone() };
            let chosen = other.chosen(name);
            let is_chosen = chosen.contains(value);
            match is_chosen {
                true => chosen.retain(|other| other != value),
                false => chosen.push(value.clone()),
            }
            FacetValue { value: value.clone(), count: count(*number), link: other.link("/"), chosen: is_chosen }
        });
        let values: Vec<FacetValue> = listed.collect();
        (!values.is_empty()).then(|| Facet { name, label, more: all.len() - values.len(), values })
    };
    FACETS.into_iter().filter_map(facet).collect()
}

fn chosen(ask: &Ask) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (name, ..) in FACETS {
        let values = ask.clone().chosen(name).clone();
        for value in values {
            let mut other = Ask { after: None, ..ask.clone() };
            other.chosen(name).retain(|one| *one != value);
            out.push((format!("{name}: {value}"), other.link("/")));
        }
    }
    if !ask.from.is_empty() || !ask.to.is_empty() {
        let other = Ask { from: String::new(), to: String::new(), after: None, ..ask.clone() };
        let says = match (ask.from.as_str(), ask.to.as_str()) {
            (from, "") => format!("from {from}"),
            ("", to) => format!("until {to}"),
            (from, to) if from == to => from.to_owned(),
            (from, to) => format!("{from} to {to}"),
        };
        out.push((says, other.link("/")));
    }
    out
}
