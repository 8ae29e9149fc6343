use std::sync::Arc;

use askama::Template;
use copydesk_match::{Changes, Fate, Part, Severity};

use crate::{
    archive::Story,
    pages::{Frame, days, direction, several, story::named},
    problem::Problem,
    reply::Reply,
    server::Asked,
};

#[derive(Template)]
#[template(path = "diff.html")]
struct DiffPage {
    frame: Frame,
    story: Arc<Story>,
    a: Side,
    b: Side,
    choices: Vec<(String, usize)>,
    inline: bool,
    views: [(&'static str, String, bool); 2],
    /// Severities with their counts: name, label, where it leads, whether it is on.
    filters: Vec<(&'static str, String, String, bool)>,
    headline: Line,
    paragraphs: Vec<Line>,
    unchanged: usize,
    /// What stood and what stands, where only print changed.
    cosmetic: Vec<(String, String)>,
    direction: &'static str,
}

struct Side {
    number: usize,
    site: String,
    days: String,
    words: String,
}

/// A paragraph, as both sides have it.
struct Line {
    parts: Vec<Shown>,
    changed: bool,
}

struct Shown {
    text: String,
    /// `same`, `removed` or `added`.
    fate: &'static str,
    /// Name of the severity, for a change that is to be seen.
    severity: &'static str,
    /// It ends a paragraph that goes on in the other version.
    breaks: bool,
}

/// What a diff is asked for.
pub(crate) struct Wanted {
    pub(crate) story: Arc<Story>,
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) inline: bool,
    pub(crate) only: Option<Severity>,
}

impl Wanted {
    /// Reads the address; the id of another story's page when the id leads there.
    pub(crate) fn read(asked: &Asked<'_>, id: &str) -> Result<Result<Self, String>, Problem> {
        let (mut a, mut b, mut inline, mut only) = (None, None, false, None);
        let mut seen: Vec<&str> = Vec::new();
        // What cannot be used is refused also where the id leads elsewhere.
        for (name, value) in &asked.parameters {
            if seen.contains(&name.as_str()) {
                return Err(Problem::unknown_parameter(format!("`{name}` is given twice")));
            }
            seen.push(name);
            match name.as_str() {
                "a" => a = Some(value),
                "b" => b = Some(value),
                "view" => {
                    inline = match value.as_str() {
                        "inline" => true,
                        "sides" => false,
                        _ => return Err(Problem::parameter("view", "a view is `sides` or `inline`")),
                    }
                }
                "only" => {
                    let severity = Severity::ALL.into_iter().find(|severity| severity.name() == value);
                    let names = Severity::ALL.map(Severity::name).join(", ");
                    let wrong = || Problem::parameter("only", format!("a change is one of {names}"));
                    only = Some(severity.ok_or_else(wrong)?);
                }
                _ => {
                    return Err(Problem::unknown_parameter(format!(
                        "there is no parameter `{}`; there are `a`, `b`, `view`, `only`",
                        name.escape_default()
                    )));
                }
            }
        }
        let story = match named(asked, id)? {
            Ok(story) => Arc::new(story),
            Err(other) => return Ok(Err(other)),
        };
        let version = |id: &String| {
            let is = |version: &crate::archive::Version| id.len() >= 4 && version.id.starts_with(id.as_str());
            let at = story.versions.iter().position(is);
            at.ok_or_else(|| Problem::not_found(format!("the story has no version `{}`", id.escape_default())))
        };
        let last = story.versions.len().saturating_sub(1);
        let b = b.map(version).transpose()?.unwrap_or(last);
        let a = a.map(version).transpose()?.unwrap_or(b.saturating_sub(1));
        Ok(Ok(Self { a, b, inline, only, story }))
    }

    pub(crate) fn changes(&self, asked: &Asked<'_>) -> Result<Changes, Problem> {
        let bodies = asked.shown.archive.bodies(&self.story.id)?;
        let side = |at: usize| {
            let id = self.story.versions.get(at).map_or("", |version| &version.id);
            let headline = self.story.lead_of(id).map_or("", |clipping| &clipping.headline);
            (headline, bodies.get(id).map_or("", String::as_str))
        };
        Ok(Changes::new(side(self.a), side(self.b)))
    }

    fn link(&self, inline: bool, only: Option<Severity>) -> String {
        let id = |at: usize| self.story.versions.get(at).map_or("", |version| &version.id);
        let mut link = format!("/story/{}/diff?a={}&b={}", self.story.id, id(self.a), id(self.b));
        if inline {
            link += "&view=inline";
        }
        if let Some(only) = only {
            link += &format!("&only={}", only.name());
        }
        link
    }
}

pub(crate) fn diff(asked: &Asked<'_>) -> Result<Reply, Problem> {
    let id = asked.path.get(1).copied().unwrap_or_default();
    let wanted = match Wanted::read(asked, id)? {
        Ok(wanted) => wanted,
        Err(other) => return Ok(Reply::elsewhere(format!("/story/{other}/diff"))),
    };
    let changes = wanted.changes(asked)?;
    let story = Arc::clone(&wanted.story);
    let side = |at: usize| {
        let version = story.versions.get(at);
        Side {
            number: at + 1,
            site: version
                .and_then(|version| story.lead_of(&version.id))
                .map_or(String::new(), |clipping| clipping.site.clone()),
            days: version.map_or(String::new(), |version| days(&version.first_seen, &version.last_seen)),
            words: several(version.map_or(0, |version| version.words), "word", "words"),
        }
    };
    let line = |parts: &[Part]| {
        let seen = |part: &Part| part.severity.is_some_and(|severity| wanted.only.is_none_or(|only| only == severity));
        // Each column is its version, whatever of it is marked; both in one are the later version, with what went of what is marked.
        let is_shown =
            |part: &&Part| !wanted.inline || part.fate != Fate::Removed || part.severity.is_none() || seen(part);
        let shown = parts.iter().filter(is_shown).map(|part| Shown {
            text: part.text.clone(),
            fate: match part.fate {
                Fate::Same => "same",
                Fate::Removed => "removed",
                Fate::Added => "added",
            },
            severity: part.severity.filter(|_| seen(part)).map_or("", Severity::name),
            breaks: part.text.contains("\n\n"),
        });
        Line { parts: shown.collect(), changed: parts.iter().any(seen) }
    };
    let paragraphs: Vec<Line> = changes.paragraphs.iter().map(|parts| line(parts)).collect();
    let everything =
        ("", format!("all {}", changes.all.len()), wanted.link(wanted.inline, None), wanted.only.is_none());
    let filters = Severity::ALL
        .into_iter()
        .filter(|severity| changes.count(*severity) > 0 || wanted.only == Some(*severity))
        .map(|severity| {
            let label = format!("{} {}", severity.name(), changes.count(severity));
            (severity.name(), label, wanted.link(wanted.inline, Some(severity)), wanted.only == Some(severity))
        });
    let shows_cosmetic = wanted.only.is_none_or(|only| only == Severity::Cosmetic);
    Reply::page(&DiffPage {
        frame: Frame::new(format!("What changed: {}", story.title()), "story", asked.shown.archive.commit()),
        a: side(wanted.a),
        b: side(wanted.b),
        choices: story.versions.iter().enumerate().map(|(at, version)| (version.id.clone(), at + 1)).collect(),
        inline: wanted.inline,
        views: [
            ("side by side", wanted.link(false, wanted.only), !wanted.inline),
            ("inline", wanted.link(true, wanted.only), wanted.inline),
        ],
        filters: std::iter::once(everything).chain(filters).collect(),
        headline: line(&changes.headline),
        unchanged: paragraphs.iter().filter(|line| !line.changed).count(),
        cosmetic: changes
            .all
            .iter()
            .filter(|change| shows_cosmetic && change.severity == Severity::Cosmetic)
            .map(|change| (print(&change.removed), print(&change.added)))
            .collect(),
        direction: direction(&story.body),
        paragraphs,
        story,
    })
}

/// A piece of print, with words for what cannot be seen.
fn print(text: &str) -> String {
    match text {
        "\n\n" => "¶ a new paragraph".to_owned(),
        text if text.trim().is_empty() => "the same paragraph".to_owned(),
        text => text.to_owned(),
    }
}
