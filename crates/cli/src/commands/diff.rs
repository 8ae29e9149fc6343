use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use copydesk_match::{Changes, Severity};
use copydesk_pipeline::{VersionRow, View};
use serde_json::{Value, json};

use crate::{
    exit::Exit,
    find::{Found, find, open},
    marked,
    screen::{BOLD, DIM, Screen, days, minute, several, short},
};

/// Show what changed between two versions, word by word; of one story, between all its versions in their order
#[derive(Args)]
#[command(after_help = "\
Removed words are marked [-so-] and added ones {+so+}; on a terminal with colours, by red and green. Paragraphs without a change \
are only counted, unless --full is given. An ID may be that of a version, a clipping, a capture or a story; its first digits are \
enough while they name one.

Examples:
  copydesk diff my-archive 4f39                    # the versions of a story
  copydesk diff my-archive 6fae8776ec 4b20010391   # two versions
  copydesk diff my-archive page-1#0 page-7#2       # the versions on two pages")]
pub(crate) struct Diff {
    /// Folder of the archive
    archive: PathBuf,
    /// A version, or a story
    a: String,
    /// The version to compare it with
    b: Option<String>,
    /// Print unchanged paragraphs, too
    #[arg(long)]
    full: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// A version as it stood somewhere: with the headline that the versions' texts do not hold.
struct Printed {
    version: VersionRow,
    headline: String,
    site: String,
    fetched_at: String,
}

impl Diff {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        let view = open(&self.archive)?;
        let steps = match &self.b {
            Some(b) => vec![one(&view, &self.a)?, one(&view, b)?],
            None => {
                let story = crate::find::story(&view, &self.a)?;
                let versions = view.versions_of(&story.id)?;
                versions.into_iter().map(|version| print(&view, version, None)).collect::<Result<Vec<_>>>()?
            }
        };
        if self.json {
            let diffs: Vec<Value> = steps.windows(2).map(|pair| as_json(&pair[0], &pair[1])).collect();
            match (self.b.is_some(), diffs.as_slice()) {
                (true, [diff]) => screen.json(diff)?,
                _ => screen.json(&diffs)?,
            }
            return Ok(Exit::Fine);
        }
        if let [only] = steps.as_slice() {
            let id = &only.version.story;
            screen.line(format!("Story {id} has one version; nothing changed."))?;
        }
        for pair in steps.windows(2) {
            self.show(screen, &pair[0], &pair[1])?;
        }
        Ok(Exit::Fine)
    }

    fn show(&self, screen: &mut Screen, a: &Printed, b: &Printed) -> Result<()> {
        for (sign, side) in [("-", a), ("+", b)] {
            let site = if side.site.is_empty() { "" } else { &side.site };
            let id: String = side.version.id.chars().take(16).collect();
            let seen = match side.fetched_at.is_empty() {
                true => days(&side.version.first_seen, &side.version.last_seen),
                false => minute(&side.fetched_at),
            };
            let words = several(u64::from(side.version.words), "word", "words");
            let line = screen.paint(DIM, format!("{sign} {id}  {seen}  {words}  {}", short(site, 40)));
            screen.line(line.trim_end())?;
        }
        screen.line("")?;
        let changes = changes(a, b);
        let headline = marked::marked(screen, &changes.headline);
        for line in textwrap::wrap(&headline, screen.width()) {
            let line = screen.paint(BOLD, line);
            screen.line(line)?;
        }
        screen.line("")?;
        if a.version.id == b.version.id {
            screen.line("  The texts are the same to the letter.")?;
            return Ok(screen.line("")?);
        }
        if changes.count(Severity::Cosmetic) == changes.all.len() {
            screen.line("  The words are the same; punctuation, case or white space differ.")?;
        }
        Ok(marked::show(screen, &changes.paragraphs, self.full)?)
    }
}

fn changes(a: &Printed, b: &Printed) -> Changes {
    Changes::new((&a.headline, &a.version.body), (&b.headline, &b.version.body))
}

fn one(view: &View, id: &str) -> Result<Printed> {
    let printed = match find(view, id)? {
        Found::Version(version) => print(view, version, None)?,
        Found::Story(story) => print(view, view.version(&story.version)?, None)?,
        Found::Clipping(clipping) => print(view, view.version(&clipping.version)?, Some(&clipping.id))?,
        Found::Capture(capture) => match view.clippings_in(&capture.id)?.as_slice() {
            [clipping] => print(view, view.version(&clipping.version)?, Some(&clipping.id))?,
            clippings => {
                let ids: Vec<_> = clippings.iter().map(|c| format!("`{}`", c.id)).collect();
                bail!("the capture `{id}` holds {} clippings; name one: {}", clippings.len(), ids.join(", "))
            }
        },
    };
    Ok(printed)
}

/// The version as it stood in the clipping that was named, or in the earliest.
fn print(view: &View, version: VersionRow, clipping: Option<&str>) -> Result<Printed> {
    let clippings = view.clippings_of(&version.story)?;
    let named = clippings.iter().find(|c| clipping.is_some_and(|id| c.id == id));
    let stood = named.or_else(|| clippings.iter().find(|c| c.version == version.id)).cloned().unwrap_or_default();
    Ok(Printed { version, headline: stood.headline, site: stood.site, fetched_at: stood.fetched_at })
}

fn as_json(a: &Printed, b: &Printed) -> Value {
    let side = |p: &Printed| {
        json!({"version": p.version.id, "story": p.version.story, "headline": p.headline, "site": p.site,
            "fetched_at": p.fetched_at, "words": p.version.words})
    };
    let Changes { headline, paragraphs, all } = changes(a, b);
    json!({"a": side(a), "b": side(b), "headline": headline, "paragraphs": paragraphs, "changes": all})
}
