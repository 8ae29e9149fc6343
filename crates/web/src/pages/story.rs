use std::{collections::HashMap, sync::Arc};

use askama::Template;

use crate::{
    archive::{Annotation, Caption, Clipping, Notice, Relation, Story, each_once},
    cite,
    list::story as story_of,
    pages::{
        Frame, count, days, direction,
        known::{Line, Piece, lines, paragraphs},
        minute, moment, several, web_address,
    },
    part::{Of, Part, Parts},
    problem::Problem,
    reply::Reply,
    server::Asked,
};

#[derive(Template)]
#[template(path = "story.html")]
struct StoryPage {
    frame: Frame,
    story: Arc<Story>,
    headline: String,
    kicker: String,
    byline: String,
    /// Date lines, each once: as printed, and as the markup says.
    dates: Vec<String>,
    direction: &'static str,
    language: String,
    captions: Vec<Caption>,
    /// Captions that are not shown.
    more_captions: usize,
    /// Whether an agency wrote it, which, where and when, in one line.
    source: String,
    /// What the paper says about its own changes, in the version that is shown.
    notices: Vec<Notice>,
    paragraphs: Vec<Vec<Piece>>,
    known: Vec<Line>,
    /// Which version is shown, from 1.
    number: usize,
    spread: String,
    versions: Vec<VersionRow>,
    copies: Vec<CopyRow>,
    evidence: Vec<Evidence>,
    /// Of which parts of the lists these are.
    all_copies: Pages,
    all_versions: Pages,
    all_evidence: Pages,
    beside: Vec<(String, String, &'static str)>,
    cite: String,
}

/// Which part of a list is shown, and where its others are.
struct Pages {
    part: Part,
    /// `101 to 200 of 20,000`; empty where all of it is shown.
    says: String,
    /// The list's own place on the page.
    place: &'static str,
    previous: Option<String>,
    next: Option<String>,
}

struct VersionRow {
    number: usize,
    link: String,
    words: String,
    clippings: String,
    days: String,
    shown: bool,
    /// Of the drawing, of 1000.
    x: u64,
    width: u64,
    /// The difference to the version before: where it leads, the worst of it, and how much there is.
    diff: Option<(String, String, String)>,
    /// Which version that is, from 1.
    before: usize,
    notices: Vec<Notice>,
}

struct CopyRow {
    fetched: String,
    site: String,
    url: Option<String>,
    headline: String,
    version: usize,
    words: String,
    /// How much of the version that stands for the story its text has, in words.
    share: String,
    capture: String,
}

struct Evidence {
    a: usize,
    b: usize,
    diff: String,
    relation: String,
    reason: String,
    value: String,
    threshold: String,
    coverage_a: String,
    coverage_b: String,
    numbers: u32,
}

/// The story that an address names: by its id, or by that of one of its versions, of which an earlier id of a story is one.
pub(crate) fn named(asked: &Asked<'_>, id: &str) -> Result<Result<Story, String>, Problem> {
    let index = &asked.shown.index;
    let id = id.to_ascii_lowercase();
    if id.len() == 16
        && let Some(hit) = index.story(&id)?
    {
        return Ok(Ok(story_of(index, &hit)?));
    }
    if let Some(hit) = index.story_of_version(&id)? {
        return Ok(Err(hit.id()));
    }
    if let Some(reason) = asked.shown.archive.forgotten(&id)? {
        return Err(Problem::forgotten(&reason));
    }
    let says = match (id.len() >= 16) & id.bytes().all(|b| b.is_ascii_hexdigit()) {
        true => "the archive has no story and no version with this id",
        false => "an id of a story has 16 hexadecimal digits",
    };
    Err(Problem::not_found(says))
}

pub(crate) fn story(asked: &Asked<'_>) -> Result<Reply, Problem> {
    let id = asked.path.get(1).copied().unwrap_or_default();
    let story = match named(asked, id)? {
        Ok(story) => Arc::new(story),
        Err(other) if id.len() > 16 => {
            return Ok(Reply::elsewhere(format!("/story/{other}?version={}", id.to_ascii_lowercase())));
        }
        Err(other) => return Ok(Reply::elsewhere(format!("/story/{other}"))),
    };
    let limits = &asked.shown.limits;
    let (mut wanted, mut parts) = (None, Parts::default());
    for (name, value) in &asked.parameters {
        match name.as_str() {
            "version" if wanted.is_none() => wanted = Some(value.as_str()),
            _ if parts.read(name, value, limits)? => {}
            _ => {
                let names = Of::ALL.map(|of| format!("`{}`", of.parameter())).join(", ");
                return Err(Problem::unknown_parameter(format!(
                    "a story has the parameters `version`, {names} and `limit`, each once, and not `{}`",
                    name.escape_default()
                )));
            }
        }
    }
    let asked_version = wanted;
    let wanted = wanted.unwrap_or(&story.version);
    let number = story.versions.iter().position(|version| version.id == wanted);
    let number = number.ok_or_else(|| Problem::not_found("the story has no such version"))?;
    // The text of the version that stands for the story came with it; others are looked up.
    let body = match wanted == story.version {
        true => story.body.clone(),
        false => asked
            .shown
            .archive
            .bodies(&story.id)?
            .remove(wanted)
            .ok_or_else(|| Problem::not_found("the version has no text"))?,
    };
    let none = Clipping::default();
    let lead = story.lead_of(wanted).unwrap_or(&none);
    let headline = match (wanted == story.version, lead.headline.is_empty()) {
        (true, _) => story.title().to_owned(),
        (false, true) => crate::archive::NO_HEADLINE.to_owned(),
        (false, false) => lead.headline.clone(),
    };
    let mut captions: Vec<Caption> = Vec::new();
    for caption in story.clippings.iter().filter(|c| c.version == wanted).flat_map(|c| &c.captions) {
        if !captions.iter().any(|other| other.text == caption.text) {
            captions.push(caption.clone());
        }
    }
    let more_captions = captions.len().saturating_sub(limits.story_values);
    captions.truncate(limits.story_values);
    let mut spread = vec![several(story.sites().len() as u64, "site", "sites")];
    if story.copies() > 0 {
        spread.push(several(story.copies(), "copy", "copies"));
    }
    spread.push(several(story.versions.len() as u64, "version", "versions"));
    spread.push(days(&story.first_seen, &story.last_seen));
    let shown = asked.shown;
    let numbers: Numbers<'_> = story.versions.iter().zip(1..).map(|(version, number)| (&*version.id, number)).collect();
    let relations = if story.versions.len() > 1 { shown.archive.relations(&story.id)? } else { Vec::new() };
    let joins: Vec<_> =
        relations.iter().filter(|one| numbers.contains_key(&*one.a) && numbers.contains_key(&*one.b)).collect();
    let pages = |of: Of, place: &'static str, total: usize, usual: usize| {
        let part = parts.part(of, total, usual, limits);
        let link = |after: usize| {
            let version = asked_version.map_or(String::new(), |version| format!("version={version}&"));
            format!("/story/{}?{version}{}#{place}", story.id, parts.with(of, after))
        };
        let Part { rows, total, .. } = &part;
        let says = match part.is_whole() {
            true => String::new(),
            false => {
                format!("{} to {} of {}", count((rows.start + 1) as u64), count(rows.end as u64), count(*total as u64))
            }
        };
        Pages { says, place, previous: part.previous().map(link), next: part.next().map(link), part }
    };
    let all_versions = pages(Of::Versions, "versions", story.versions.len(), number);
    let all_copies = pages(Of::Clippings, "where-it-stood", story.clippings.len(), 0);
    let all_evidence = pages(Of::Relations, "why-one-story", joins.len(), 0);
    let published = moment(&lead.published);
    Reply::page(&StoryPage {
        frame: Frame::new(headline.clone(), "story", shown.archive.commit()),
        dates: each_once([lead.date.as_str(), &published]).into_iter().map(str::to_owned).collect(),
        direction: direction(&body),
        language: if wanted == story.version {
            story.spoken().to_owned()
        } else {
            copydesk_search::language(&body).to_owned()
        },
        // Where times are mentioned is known of the version that stands for the story.
        paragraphs: paragraphs(&body, if wanted == story.version { &story.mentions } else { &[] }),
        source: source(&story),
        notices: story.versions[number].notices.clone(),
        known: lines(&story, limits.story_values),
        kicker: lead.kicker.clone(),
        byline: lead.byline.clone(),
        versions: versions(&story, &numbers, number, &all_versions.part),
        copies: copies(&story, &numbers, &all_copies.part),
        evidence: joins[all_evidence.part.rows.clone()].iter().map(|one| evidence(&story, &numbers, one)).collect(),
        all_versions,
        all_copies,
        all_evidence,
        beside: beside(asked, &story)?,
        cite: cite::line(&story, wanted),
        spread: spread.join(" · "),
        number: number + 1,
        headline,
        captions,
        more_captions,
        story,
    })
}

/// Who wrote it, where and when, in one line; empty where nobody says.
fn source(story: &Story) -> String {
    let all = |what: &str| each_once(story.annotations(what).map(Annotation::shown)).join(", ");
    let wrote = match (story.origin.as_str(), all("agency")) {
        ("wire", agencies) if !agencies.is_empty() => agencies,
        ("release", agencies) if !agencies.is_empty() => format!("release by {agencies}"),
        ("own", _) => "own report".to_owned(),
        _ => String::new(),
    };
    [wrote, all("place")].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Width of the drawing of the versions over time.
const WIDTH: u64 = 1_000;

/// Versions by their ids, counted from 1.
type Numbers<'s> = HashMap<&'s str, usize>;

fn versions(story: &Story, numbers: &Numbers<'_>, shown: usize, part: &Part) -> Vec<VersionRow> {
    let second = |time: &str| crate::entry::seconds(time);
    let times = |version: &crate::archive::Version| second(&version.first_seen).zip(second(&version.last_seen));
    let first = story.versions.iter().filter_map(|v| times(v).map(|(first, _)| first)).min().unwrap_or(0);
    let last = story.versions.iter().filter_map(|v| times(v).map(|(_, last)| last)).max().unwrap_or(0);
    let span = last.saturating_sub(first).max(1) as u128;
    let place = |time: i64| (u128::from(time.saturating_sub(first).max(0) as u64) * u128::from(WIDTH) / span) as u64;
    let row = |(at, version): (usize, &crate::archive::Version)| {
        let (from, to) = times(version).map_or((0, 0), |(first, last)| (place(first), place(last)));
        let x = from.min(WIDTH - MARK);
        let told = numbers.get(&*version.previous).map(|number| number - 1).filter(|before| *before != at);
        let before = told.or_else(|| at.checked_sub(1));
        VersionRow {
            number: at + 1,
            link: format!("/story/{}?version={}", story.id, version.id),
            words: several(version.words, "word", "words"),
            clippings: several(version.clippings, "clipping", "clippings"),
            days: days(&version.first_seen, &version.last_seen),
            shown: at == shown,
            x,
            width: to.saturating_sub(x).max(MARK),
            diff: before.map(|before| {
                let link = format!("/story/{}/diff?a={}&b={}", story.id, story.versions[before].id, version.id);
                let changes =
                    if version.changes == 0 { String::new() } else { several(version.changes, "change", "changes") };
                (link, version.severity.clone(), changes)
            }),
            before: before.map_or(0, |before| before + 1),
            notices: version.notices.clone(),
        }
    };
    story.versions.iter().enumerate().take(part.rows.end).skip(part.rows.start).map(row).collect()
}

/// The least that a version takes of the drawing.
const MARK: u64 = 12;

fn copies(story: &Story, numbers: &Numbers<'_>, part: &Part) -> Vec<CopyRow> {
    let whole = story.versions.iter().find(|version| version.id == story.version).map_or(0, |version| version.words);
    let row = |clipping: &Clipping| CopyRow {
        fetched: minute(&clipping.fetched_at),
        site: if clipping.site.is_empty() { "—".to_owned() } else { clipping.site.clone() },
        url: web_address(&clipping.url).map(str::to_owned),
        headline: if clipping.headline == story.headline { String::new() } else { clipping.headline.clone() },
        version: numbers.get(&*clipping.version).copied().unwrap_or(0),
        words: count(clipping.words),
        share: match whole {
            0 => String::new(),
            whole => format!("{:.0} %", f64::from(clipping.words) / f64::from(whole) * 100.0),
        },
        capture: clipping.capture.clone(),
    };
    story.clippings[part.rows.clone()].iter().map(row).collect()
}

fn evidence(story: &Story, numbers: &Numbers<'_>, relation: &Relation) -> Evidence {
    let number = |id: &str| numbers.get(id).copied().unwrap_or(0);
    let share = |share: f64| format!("{:.1} %", share * 100.0);
    Evidence {
        a: number(&relation.a),
        b: number(&relation.b),
        diff: format!("/story/{}/diff?a={}&b={}", story.id, relation.a, relation.b),
        relation: relation.relation.clone(),
        reason: relation.reason.clone(),
        value: format!("{:.3}", relation.value),
        threshold: format!("{:.3}", relation.threshold),
        coverage_a: share(relation.coverage_a),
        coverage_b: share(relation.coverage_b),
        numbers: relation.numbers_differ,
    }
}

/// Other stories that stood in the same captures.
fn beside(asked: &Asked<'_>, story: &Story) -> Result<Vec<(String, String, &'static str)>, Problem> {
    let limit = asked.shown.limits.beside;
    let captures = each_once(story.clippings.iter().map(|clipping| clipping.capture.as_str()));
    let mut out: Vec<(String, String, &'static str)> = Vec::new();
    // A story that stood everywhere stood beside everything: a few captures say enough.
    for capture in captures.into_iter().take(limit) {
        for hit in asked.shown.index.stories_in(capture, limit + 1)? {
            let id = hit.id();
            if out.len() == limit || id == story.id || out.iter().any(|(other, ..)| *other == id) {
                continue;
            }
            let other = story_of(&asked.shown.index, &hit)?;
            if other.clippings.iter().any(|clipping| clipping.capture == capture) {
                out.push((id, other.title().to_owned(), direction(other.title())));
            }
        }
    }
    Ok(out)
}
