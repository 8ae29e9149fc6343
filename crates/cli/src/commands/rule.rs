//! `merge-stories` and `split-story`: what the user says of stories.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use copydesk_pipeline::{Funnel, Options, merge_stories, split_story};

use crate::{
    counts,
    exit::Exit,
    find::open,
    screen::{BOLD, Screen, several},
    stages::Stages,
};

/// Say that several stories are one
#[derive(Args)]
#[command(after_help = "\
What is said is kept in the archive and holds whatever is added later. Ids of the stories that were lead to the one that is. \
`split-story` takes it back.

Examples:
  copydesk merge-stories my-archive 4f39a07c 81d2aa03
  copydesk merge-stories my-archive 4f39 81d2 --note 'one press release'")]
pub(crate) struct MergeStories {
    /// Folder of the archive
    archive: PathBuf,
    /// Ids of two or more stories, or their first digits
    #[arg(required = true, num_args = 2.., value_name = "STORY")]
    stories: Vec<String>,
    /// Why, for those who ask later
    #[arg(long, default_value = "", hide_default_value = true)]
    note: String,
    /// Print the funnel as JSON
    #[arg(long)]
    json: bool,
}

impl MergeStories {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        let stages = Stages::default();
        let done = merge_stories(&self.archive, &self.stories, &self.note, &Options::default(), &stages);
        stages.finish();
        let funnel = done?;
        if self.json {
            screen.json(&funnel)?;
            return Ok(Exit::Fine);
        }
        show(screen, &self.archive, &self.stories[..1], &funnel)
    }
}

/// Say that some versions of a story are a story of their own
#[derive(Args)]
#[command(after_help = "\
What is said is kept in the archive and holds whatever is added later: a version that comes later goes with the side that it is more \
like. `merge-stories` takes it back. `copydesk diff ARCHIVE STORY` shows the versions of a story.

Examples:
  copydesk split-story my-archive 4f39a07c 6fae8776ec9d0b11
  copydesk split-story my-archive 4f39 6fae8776 4b200103 --note 'the second fire, not the first'")]
pub(crate) struct SplitStory {
    /// Folder of the archive
    archive: PathBuf,
    /// Id of the story, or its first digits
    story: String,
    /// Ids of the versions that leave it, or their first digits
    #[arg(required = true, value_name = "VERSION")]
    versions: Vec<String>,
    /// Why, for those who ask later
    #[arg(long, default_value = "", hide_default_value = true)]
    note: String,
    /// Print the funnel as JSON
    #[arg(long)]
    json: bool,
}

impl SplitStory {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        let stages = Stages::default();
        let done = split_story(&self.archive, &self.story, &self.versions, &self.note, &Options::default(), &stages);
        stages.finish();
        let funnel = done?;
        if self.json {
            screen.json(&funnel)?;
            return Ok(Exit::Fine);
        }
        // Which side keeps the story's id is not the user's choice: what leads it may have left.
        let view = open(&self.archive)?;
        let ids = view.rulings().last().map(|ruling| [ruling.versions(), ruling.others()].concat()).unwrap_or_default();
        drop(view);
        show(screen, &self.archive, &ids, &funnel)
    }
}

/// The stories that these ids lead to now.
fn show(screen: &mut Screen, archive: &std::path::Path, ids: &[String], funnel: &Funnel) -> Result<Exit> {
    let view = open(archive)?;
    let mut shown: Vec<String> = Vec::new();
    for id in ids {
        let story = view.story(id)?;
        if shown.contains(&story.id) {
            continue;
        }
        shown.push(story.id.clone());
        let headline = if story.headline.is_empty() { "(no headline)" } else { &story.headline };
        let headline = screen.paint(BOLD, headline);
        screen.line(format!(
            "{}  {headline}: {}, {}",
            story.id,
            several(story.versions, "version", "versions"),
            several(story.clippings, "clipping", "clippings")
        ))?;
    }
    screen.title(&format!("The archive {}", archive.display()))?;
    counts::show_archive(screen, funnel)?;
    Ok(Exit::Fine)
}
