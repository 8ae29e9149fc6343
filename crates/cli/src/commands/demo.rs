use std::{
    collections::BTreeMap,
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::Args;
use copydesk_match::Changes;
use copydesk_pipeline::{ClippingRow, Exported, Funnel, Options, StoryRow, VersionRow, View};
use copydesk_read::open;

use crate::{
    commands::{add::add_inputs, story::change},
    exit::Exit,
    find,
    screen::{BOLD, DIM, Screen, count, minute, padded, several, short},
};

/// Try it: made-up pages of five sites into an archive, and what was found in them
#[derive(Args)]
#[command(after_help = "\
Examples:
  copydesk demo                # in a temporary folder
  copydesk demo my-archive     # kept where you want it")]
pub(crate) struct Demo {
    /// Folder for the archive, new or empty [default: a temporary one]
    folder: Option<PathBuf>,
}

/// Pages that were invented for this: as messy as real ones.
const CAPTURES: &[u8] = include_bytes!("../../demo/captures.jsonl");

impl Demo {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        let mut temporary = None;
        let archive = match self.folder {
            Some(folder) => {
                if folder.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
                    bail!("`{}` is not empty; give the demo a new folder", folder.display());
                }
                folder
            }
            None => {
                let folder =
                    tempfile::Builder::new().prefix("copydesk-demo-").tempdir().context("no temporary folder")?;
                temporary.insert(folder).path().to_owned()
            }
        };
        let input = tempfile::NamedTempFile::new().context("no temporary file")?;
        std::fs::write(input.path(), CAPTURES).context("no room for the sample captures")?;
        let added = add_inputs(&archive, open([input.path()], copydesk_read::Options::default()), &Options::default())?;
        if added.exit() != Exit::Fine {
            added.refusals.show(screen)?;
            return Ok(added.exit());
        }
        let view = View::open(&archive, &Options::default())?;
        let found = Found::new(&view)?;
        found.show(screen, &added.funnel)?;
        // Kept, so that the commands that the demo proposes have something to look at.
        if let Some(folder) = temporary {
            let _ = folder.keep();
        }
        let took = added.took.as_secs_f64();
        let line = screen.paint(DIM, format!("Made in {took:.1} s; the archive is in {}", archive.display()));
        screen.line(format!("\n{line}"))?;
        found.show_next(screen, &archive)?;
        Ok(Exit::Fine)
    }
}

struct Found {
    clippings: Vec<Exported>,
    /// Largest first, with versions and clippings.
    stories: Vec<(StoryRow, Vec<VersionRow>, Vec<ClippingRow>)>,
    /// Pages in order, with their sites.
    pages: Vec<(String, String, String)>,
}

impl Found {
    fn new(view: &View) -> Result<Self> {
        let clippings = view.clippings()?.collect::<Result<Vec<_>, _>>()?;
        let mut stories = Vec::new();
        for row in find::rows(view, "SELECT id FROM stories ORDER BY clippings DESC, versions DESC, first_seen, id")? {
            let id = row["id"].as_str().unwrap_or_default();
            stories.push((view.story(id)?, view.versions_of(id)?, view.clippings_of(id)?));
        }
        let pages = find::rows(view, "SELECT id, site, fetched_at FROM captures ORDER BY id")?;
        let text = |row: &serde_json::Value, column: &str| row[column].as_str().unwrap_or_default().to_owned();
        let pages = pages.iter().map(|row| (text(row, "id"), text(row, "site"), text(row, "fetched_at"))).collect();
        Ok(Self { clippings, stories, pages })
    }

    fn show(&self, screen: &mut Screen, funnel: &Funnel) -> Result<()> {
        let sites: std::collections::BTreeSet<_> = self.pages.iter().map(|page| &page.1).collect();
        let head = format!(
            "{} of {} were {}, which stand on them {} times in {}.",
            several(self.pages.len() as u64, "page", "pages"),
            several(sites.len() as u64, "site", "sites"),
            several(self.stories.len() as u64, "story", "stories"),
            count(self.clippings.len() as u64),
            several(funnel.versions, "version", "versions"),
        );
        let head = screen.paint(BOLD, head);
        screen.line(head)?;
        self.show_table(screen)?;
        self.show_stories(screen)?;
        self.show_rest(screen, funnel)
    }

    /// Pages down, stories across: the number of the version that stands on the page.
    fn show_table(&self, screen: &mut Screen) -> Result<()> {
        screen.title("Which story stands on which page, in which version")?;
        let width = self.pages.iter().map(|page| page.0.len()).max().unwrap_or(0);
        let letters: String = (0..self.stories.len()).map(|i| format!("  {}", letter(i))).collect();
        let letters = screen.paint(BOLD, letters);
        screen.line(format!("  {}  {}{letters}", padded("page", width), padded("fetched", 16)))?;
        for (page, _, fetched_at) in &self.pages {
            let mut cells: BTreeMap<usize, usize> = BTreeMap::new();
            for clipping in self.clippings.iter().filter(|c| c.capture == *page) {
                if let Some(story) = self.stories.iter().position(|s| s.0.id == clipping.story) {
                    let version = self.stories[story].1.iter().position(|v| v.id == clipping.version).unwrap_or(0);
                    cells.insert(story, version + 1);
                }
            }
            let cells: String = (0..self.stories.len())
                .map(|i| format!("  {}", cells.get(&i).map_or_else(|| "·".to_owned(), usize::to_string)))
                .collect();
            screen.line(format!("  {}  {}{cells}", padded(page, width), minute(fetched_at)))?;
        }
        Ok(())
    }

    fn show_stories(&self, screen: &mut Screen) -> Result<()> {
        screen.title("The stories")?;
        for (i, (story, versions, clippings)) in self.stories.iter().enumerate() {
            let room = screen.width().saturating_sub(6);
            let headline = screen.paint(BOLD, format!("{}  {}", letter(i), short(&story.headline, room)));
            screen.line(format!("  {headline}"))?;
            let pages = several(story.clippings, "page", "pages");
            let sites = several(story.sites, "site", "sites");
            let copies = story.clippings - story.versions;
            let copies = if copies == 0 {
                String::new()
            } else {
                format!(", {}", several(copies, "exact copy", "exact copies"))
            };
            let versions_said =
                if story.versions > 1 { format!(", {} versions", story.versions) } else { String::new() };
            let line = format!("{pages} on {sites}{copies}{versions_said}");
            let line = screen.paint(DIM, line);
            screen.line(format!("     {line}"))?;
            for (v, pair) in versions.windows(2).enumerate() {
                let at = |version: &VersionRow| clippings.iter().find(|c| c.version == version.id);
                let place = at(&pair[1]).map_or(String::new(), |c| format!("{}, {}", c.site, minute(&c.fetched_at)));
                screen.line(format!("     version {} ({place})", v + 2))?;
                self.show_changes(screen, &pair[0], &pair[1], at(&pair[0]), at(&pair[1]))?;
            }
        }
        Ok(())
    }

    fn show_changes(
        &self,
        screen: &mut Screen,
        a: &VersionRow,
        b: &VersionRow,
        clipping_a: Option<&ClippingRow>,
        clipping_b: Option<&ClippingRow>,
    ) -> Result<()> {
        let room = screen.width().saturating_sub(9);
        if let (Some(a), Some(b)) = (clipping_a, clipping_b)
            && a.headline != b.headline
        {
            screen.line(format!("       headline: {}", short(&b.headline, room.saturating_sub(10))))?;
        }
        let changes = Changes::new(("", &a.body), ("", &b.body)).all;
        for found in changes.iter().take(3) {
            screen.line(format!("       {}", change(&found.removed, &found.added, room)))?;
        }
        if changes.len() > 3 {
            let rest = several((changes.len() - 3) as u64, "more change", "more changes");
            screen.line(format!("       and {rest}"))?;
        }
        Ok(())
    }

    fn show_rest(&self, screen: &mut Screen, funnel: &Funnel) -> Result<()> {
        screen.title("What was told apart")?;
        let role = |name: &str| funnel.blocks.get(name).copied().unwrap_or(0);
        let blocks: u64 = funnel.blocks.values().sum();
        let heads = role("headline") + role("kicker") + role("byline") + role("date");
        let captions = role("caption") + role("credit");
        let line = format!(
            "Of {} blocks of text {} are the stories' own, {} are headlines, bylines and dates, {} captions and credits; \
             {} are furniture (menus, buttons, advertisements) and {} teasers for other stories. Every block is kept with its \
             role and its place, so anything can be traced back to the page.",
            count(blocks),
            count(role("body")),
            count(heads),
            count(captions),
            count(role("furniture")),
            count(role("teaser"))
        );
        screen.paragraph("  ", &line)?;
        Ok(())
    }

    fn show_next(&self, screen: &mut Screen, archive: &Path) -> Result<()> {
        let archive = archive.display();
        let copydesk = called();
        screen.title("Try next")?;
        let id = |story: &StoryRow| story.id.chars().take(8).collect::<String>();
        let mut lines = Vec::new();
        if let Some((story, _, _)) = self.stories.first() {
            lines.push((format!("story {archive} {}", id(story)), "where a story was carried, and its text"));
        }
        if let Some((story, _, _)) = self.stories.iter().find(|(_, versions, _)| versions.len() > 1) {
            lines.push((format!("diff {archive} {}", id(story)), "what changed between its versions"));
        }
        if let Some((_, versions, clippings)) = self.stories.iter().find(|(_, versions, _)| versions.len() > 1) {
            let of = |version: &VersionRow| clippings.iter().find(|c| c.version == version.id).map(|c| c.id.as_str());
            if let (Some(a), Some(b)) = (of(&versions[0]), of(&versions[1])) {
                lines.push((format!("why {archive} '{a}' '{b}'"), "the evidence that two clippings are one story"));
            }
        }
        lines.push((format!("export {archive} stories --format csv"), "any table as JSONL, CSV or Parquet"));
        lines.push((
            "add my-archive YOUR-PAGES".to_owned(),
            "your own pages: text files, folders, JSONL, packed or not",
        ));
        for (command, what) in lines {
            let what = screen.paint(DIM, format!("# {what}"));
            screen.line(format!("  {what}"))?;
            screen.line(format!("  {copydesk} {command}"))?;
        }
        Ok(())
    }
}

/// A, B, ..., Z, then numbers: the demo has a handful.
fn letter(i: usize) -> String {
    u8::try_from(i).ok().filter(|&i| i < 26).map_or_else(|| i.to_string(), |i| char::from(b'A' + i).to_string())
}

/// How the program was called, so that the proposed commands can be copied.
fn called() -> String {
    if env::var_os("CARGO").is_some() {
        return "cargo run --release --".to_owned();
    }
    match env::args().next() {
        Some(name) if name.contains('/') => name,
        _ => "copydesk".to_owned(),
    }
}
