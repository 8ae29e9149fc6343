use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use copydesk_match::Changes;
use copydesk_pipeline::{ClippingRow, StoryRow, VersionRow, View};
use serde_json::{Value, json};

use crate::{
    annotated::Annotated,
    exit::Exit,
    find::{self, find, open},
    screen::{BOLD, DIM, Screen, count, days, minute, plain, several, short, table},
};

/// Show a story: where and when it was carried, its versions, captions and text; without an ID, list stories
#[derive(Args)]
#[command(after_help = "\
An ID is that of a story or a version (the first 4 digits are enough while they name one), of a clipping (`CAPTURE#0`), or of a \
capture that holds one story.

Examples:
  copydesk story my-archive
  copydesk story my-archive --by copies --limit 100
  copydesk story my-archive 4f39
  copydesk story my-archive 4f39 --json | jq -r .body")]
pub(crate) struct Story {
    /// Folder of the archive
    archive: PathBuf,
    /// Which story
    id: Option<String>,
    /// Order of the list
    #[arg(long, value_enum, default_value_t = Order::Newest)]
    by: Order,
    /// Length of the list; of one story: how many of its clippings and versions are shown
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Order {
    /// First those that were seen last
    Newest,
    /// First those that stand on most pages
    Copies,
    /// First those that changed most often
    Versions,
}

impl Story {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        let view = open(&self.archive)?;
        match &self.id {
            Some(id) => {
                let chosen = match find(&view, id)? {
                    find::Found::Version(version) => Some(version.id),
                    find::Found::Clipping(clipping) => Some(clipping.version),
                    _ => None,
                };
                let story = Page::new(&view, find::story(&view, id)?, chosen)?;
                if self.json { screen.json(&story.json())? } else { story.show(screen, self.limit)? }
            }
            None => self.list(&view, screen)?,
        }
        Ok(Exit::Fine)
    }

    fn list(&self, view: &View, screen: &mut Screen) -> Result<()> {
        let order = match self.by {
            Order::Newest => "last_seen",
            Order::Copies => "clippings",
            Order::Versions => "versions",
        };
        let limit = self.limit;
        let rows = find::rows(
            view,
            &format!("SELECT * FROM stories ORDER BY {order} DESC, last_seen DESC, id LIMIT {limit}"),
        )?;
        if self.json {
            return Ok(screen.json(&rows)?);
        }
        let total = view.funnel()?.stories;
        if total == 0 {
            return Ok(screen.line("The archive has no stories yet.")?);
        }
        let text = |row: &Value, column: &str| row[column].as_str().unwrap_or_default().to_owned();
        let number = |row: &Value, column: &str| count(row[column].as_u64().unwrap_or_default());
        let room = screen.width().saturating_sub(52).max(16);
        let cells: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                let headline = text(row, "headline");
                let headline = if headline.is_empty() { "(no headline)" } else { &headline };
                vec![
                    text(row, "id").chars().take(8).collect(),
                    text(row, "last_seen").get(..10).unwrap_or("undated").to_owned(),
                    number(row, "clippings"),
                    number(row, "sites"),
                    number(row, "versions"),
                    short(headline, room),
                ]
            })
            .collect();
        screen.line(table(
            &["story", "last seen", "clippings", "sites", "versions", "headline"],
            &[2, 3, 4],
            &cells,
        ))?;
        if (rows.len() as u64) < total {
            let all = format!("{} of {} stories; --limit shows more", count(rows.len() as u64), count(total));
            let all = screen.paint(DIM, all);
            screen.line(format!("\n  {all}"))?;
        }
        Ok(())
    }
}

/// All that a story page shows.
struct Page {
    story: StoryRow,
    versions: Vec<VersionRow>,
    clippings: Vec<ClippingRow>,
    /// Which version's text is shown.
    shown: usize,
}

impl Page {
    fn new(view: &View, story: StoryRow, version: Option<String>) -> Result<Self> {
        let versions = view.versions_of(&story.id)?;
        let clippings = view.clippings_of(&story.id)?;
        let wanted = version.as_ref().unwrap_or(&story.version);
        let shown = versions.iter().position(|v| v.id == *wanted).unwrap_or(0);
        Ok(Self { story, versions, clippings, shown })
    }

    fn version(&self) -> Option<&VersionRow> {
        self.versions.get(self.shown)
    }

    /// The clipping of the shown version that says most of when it was published: the day that the version has, or the first.
    fn clipping(&self) -> Option<&ClippingRow> {
        let version = self.version()?;
        let mut own = self.clippings.iter().filter(|clipping| clipping.version == version.id);
        own.clone().find(|clipping| clipping.when == version.when).or_else(|| own.next())
    }

    fn annotated(&self) -> Option<Annotated<'_>> {
        Some(Annotated { story: &self.story, version: self.version()?, clipping: self.clipping()? })
    }

    /// Captions of the shown version, each once, in the order of its clippings.
    fn captions(&self) -> Vec<&copydesk_model::Caption> {
        let Some(version) = self.version() else { return Vec::new() };
        let mut out: Vec<&copydesk_model::Caption> = Vec::new();
        for caption in self.clippings.iter().filter(|c| c.version == version.id).flat_map(|c| &c.captions) {
            if !out.contains(&caption) {
                out.push(caption);
            }
        }
        out
    }

    fn json(&self) -> Value {
        let captions = |captions: &[copydesk_model::Caption]| -> Vec<Value> {
            captions.iter().map(|c| json!({"text": c.text, "credit": c.credit})).collect()
        };
        let clippings: Vec<Value> = self
            .clippings
            .iter()
            .map(|c| {
                json!({"id": c.id, "capture": c.capture, "url": c.url, "site": c.site, "fetched_at": c.fetched_at,
                    "ordinal": c.ordinal, "version": c.version, "headline": c.headline, "kicker": c.kicker,
                    "byline": c.byline, "date": c.date, "published": c.published, "captions": captions(&c.captions), "words": c.words,
                    "published_from": c.when.from, "published_to": c.when.to, "published_by": c.when.by, "origin": c.origin,
                    "agencies": c.agencies, "quoted": c.quoted, "people": c.people, "places": c.places,
                    "section": c.section})
            })
            .collect();
        let shown: Vec<_> = self.captions().into_iter().cloned().collect();
        json!({"story": self.story, "versions": self.versions, "clippings": clippings, "captions": captions(&shown),
            "body": self.version().map_or("", |v| v.body.as_str()),
            "annotations": self.annotated().map(|annotated| annotated.json())})
    }

    fn show(&self, screen: &mut Screen, limit: usize) -> Result<()> {
        let story = &self.story;
        let first = self.version().and_then(|v| self.clippings.iter().find(|c| c.version == v.id));
        let headline = first.map_or(story.headline.as_str(), |c| c.headline.as_str());
        let headline = if headline.is_empty() { "(no headline)" } else { headline };
        if let Some(kicker) = first.map(|c| c.kicker.as_str()).filter(|k| !k.is_empty()) {
            let kicker = screen.paint(DIM, plain(kicker));
            screen.line(kicker)?;
        }
        for line in textwrap::wrap(&plain(headline), screen.width()) {
            let line = screen.paint(BOLD, line);
            screen.line(line)?;
        }
        for line in first.iter().flat_map(|c| [&c.byline, &c.date, &c.published]).filter(|line| !line.is_empty()) {
            screen.line(plain(line))?;
        }
        let summary = format!(
            "story {} · {} on {} · {} · {}",
            story.id,
            several(story.clippings, "clipping", "clippings"),
            several(story.sites, "site", "sites"),
            several(story.versions, "version", "versions"),
            days(&story.first_seen, &story.last_seen)
        );
        let summary = screen.paint(DIM, summary);
        screen.line(summary)?;
        if let Some(annotated) = self.annotated() {
            annotated.show(screen)?;
        }
        self.show_carried(screen, limit)?;
        self.show_versions(screen, limit)?;
        let captions = self.captions();
        if !captions.is_empty() {
            screen.title("Captions")?;
            for caption in captions {
                screen.paragraph("  ", &plain(&caption.text))?;
                if !caption.credit.is_empty() {
                    let credit = screen.paint(DIM, format!("  credit: {}", plain(&caption.credit)));
                    screen.line(credit)?;
                }
            }
        }
        if let Some(version) = self.version() {
            let which =
                if self.versions.len() > 1 { format!("Text of version {}", self.shown + 1) } else { "Text".to_owned() };
            screen.title(&which)?;
            for (i, paragraph) in version.body.split("\n\n").enumerate() {
                if i > 0 {
                    screen.line("")?;
                }
                screen.paragraph("  ", &plain(paragraph))?;
            }
        }
        Ok(())
    }

    fn show_carried(&self, screen: &mut Screen, limit: usize) -> Result<()> {
        screen.title("Carried")?;
        let rows: Vec<Vec<String>> = self
            .clippings
            .iter()
            .take(limit)
            .map(|c| {
                let version = self.versions.iter().position(|v| v.id == c.version).map_or(0, |at| at + 1);
                let site = if c.site.is_empty() { "-" } else { &c.site };
                vec![minute(&c.fetched_at), short(site, 32), version.to_string(), short(&c.id, 40)]
            })
            .collect();
        screen.line(table(&["fetched", "site", "version", "clipping"], &[2], &rows))?;
        more(screen, self.clippings.len(), limit)
    }

    fn show_versions(&self, screen: &mut Screen, limit: usize) -> Result<()> {
        if self.versions.len() < 2 {
            return Ok(());
        }
        screen.title("Versions")?;
        for (i, version) in self.versions.iter().enumerate().take(limit) {
            let id: String = version.id.chars().take(16).collect();
            let words = several(u64::from(version.words), "word", "words");
            let clippings = several(version.clippings, "clipping", "clippings");
            let before = self.versions.iter().position(|earlier| earlier.id == version.previous);
            let since = match (before, version.severity.as_str()) {
                (None, _) => String::new(),
                (Some(at), "") => format!(", nothing changed since {}", at + 1),
                (Some(at), worst) => {
                    format!(
                        ", {} since {}, worst: {worst}",
                        several(version.changes.into(), "change", "changes"),
                        at + 1
                    )
                }
            };
            screen.line(format!(
                "  {}  {id}  {words}, {clippings}, {}{since}",
                i + 1,
                days(&version.first_seen, &version.last_seen)
            ))?;
            if let Some(before) = before {
                let changes = Changes::new(self.printed(&self.versions[before]), self.printed(version)).all;
                let room = screen.width().saturating_sub(12);
                for found in changes.iter().take(SHOWN_CHANGES) {
                    screen.line(format!("       {}", change(&found.removed, &found.added, room)))?;
                }
                if changes.len() > SHOWN_CHANGES {
                    let rest = several((changes.len() - SHOWN_CHANGES) as u64, "more change", "more changes");
                    screen.line(format!("       and {rest}: copydesk diff"))?;
                }
            }
        }
        more(screen, self.versions.len(), limit)
    }

    /// A version's headline, as it stands in the earliest clipping, and its body.
    fn printed<'v>(&'v self, version: &'v VersionRow) -> (&'v str, &'v str) {
        let clipping = self.clippings.iter().find(|clipping| clipping.version == version.id);
        (clipping.map_or("", |clipping| &clipping.headline), &version.body)
    }
}

/// Says that there is more than is shown.
fn more(screen: &mut Screen, all: usize, limit: usize) -> Result<()> {
    if all > limit {
        let rest = screen.paint(DIM, format!("  and {} more; --limit shows them", count((all - limit) as u64)));
        screen.line(rest)?;
    }
    Ok(())
}

const SHOWN_CHANGES: usize = 3;

/// One change on one line: `"nine" became "ten"`, `added "..."`, `removed "..."`.
pub(crate) fn change(removed: &str, added: &str, room: usize) -> String {
    let half = room.saturating_sub(14) / 2;
    match (removed, added) {
        ("\n\n", _) => "joined two paragraphs".to_owned(),
        (_, "\n\n") => "parted a paragraph in two".to_owned(),
        ("", added) => format!("added \"{}\"", short(added, room.saturating_sub(10))),
        (removed, "") => format!("removed \"{}\"", short(removed, room.saturating_sub(12))),
        (removed, added) => format!("\"{}\" became \"{}\"", short(removed, half), short(added, half)),
    }
}
