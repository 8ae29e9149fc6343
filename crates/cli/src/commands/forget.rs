use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use copydesk_pipeline::{Forget, Options, View, forget};
use serde_json::json;

use crate::{
    counts,
    exit::Exit,
    find::{Found, find, open},
    index_dir::forget_cached,
    screen::{Screen, several},
    stages::Stages,
};

/// Remove a URL, a capture or a story from an archive, for good
#[derive(Args)]
#[command(
    name = "forget",
    after_help = "\
Of a URL, every capture goes; a capture goes by its id, which is the `id` that its input gave it or the path of its file below the folder \
that was given: whatever is offered under that id later is refused, and where it may be another page \
`add` says so and ends with 3; of a story, its clippings are cut out of the pages that they stand on, and so are its headline and its \
paragraphs wherever else they stand, unless they are another story's, too. All that was worked out from them is worked out anew. The \
archive keeps hashes of what went, and refuses it when it is offered again, which `add` tells; `copydesk verify` proves that nothing of it is left. A \
search index that was put elsewhere with `--index` has its texts until the next `search` or `serve` with it.

Examples:
  copydesk forget my-archive https://harbour-post.example/2024/ferry
  copydesk forget my-archive page-17
  copydesk forget my-archive 4f39a07c --note 'asked for by its author' --yes
  copydesk verify my-archive"
)]
pub(crate) struct ForgetArgs {
    /// Folder of the archive
    archive: PathBuf,
    /// URLs, ids of captures, ids of stories (or their first digits)
    #[arg(required = true, value_name = "WHAT")]
    what: Vec<String>,
    /// Do it; without it, what would go is only told
    #[arg(long)]
    yes: bool,
    /// Why: told to whoever asks for its whole id later
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl ForgetArgs {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        let view = open(&self.archive)?;
        // All of it is understood before anything is said of it: what is wrong with the last is no reason to forget the others.
        let (mut all, mut said) = (Vec::new(), Vec::new());
        for what in &self.what {
            let (forget, tells) = match wanted(&view, what) {
                // Asked again after it was stopped: what that run left is removed.
                Err(_) if [what, &what.to_lowercase()].iter().any(|id| view.forgotten(id).is_some()) => {
                    said.push(format!("`{what}` was forgotten before"));
                    continue;
                }
                wanted => wanted?,
            };
            said.push(format!("{} {tells}", if self.yes { "Forgetting" } else { "Would forget" }));
            all.push(forget);
        }
        if !self.json {
            said.iter().try_for_each(|line| screen.line(line))?;
        }
        // It would keep the files that are to go.
        drop(view);
        if !self.yes {
            if self.json {
                bail!("nothing is forgotten without --yes");
            }
            screen.line("Nothing was changed. With --yes it goes, for good.")?;
            return Ok(Exit::Fine);
        }
        // It holds texts of its own; the next search makes it again without what is gone. First, so that nothing that happens in between
        // leaves it behind.
        copydesk_search::Index::remove(&self.archive.join("index"))?;
        forget_cached(&self.archive)?;
        let stages = Stages::default();
        let forgot = forget(&self.archive, &all, &self.note, &Options::default(), &stages);
        stages.finish();
        let forgot = forgot?;
        if self.json {
            screen.json(&json!({"captures": forgot.captures, "captures_cut": forgot.cut, "blocks": forgot.blocks,
                "funnel": forgot.funnel}))?;
            return Ok(Exit::Fine);
        }
        let captures = several(forgot.captures, "capture", "captures");
        let blocks = several(forgot.blocks, "block", "blocks");
        screen.line(match (forgot.captures, forgot.cut) {
            (_, 0) => format!("Gone: {captures}."),
            (0, cut) => format!("Gone: {blocks} of {}.", several(cut, "capture", "captures")),
            (_, cut) => format!("Gone: {captures}, and {blocks} of {}.", several(cut, "other", "others")),
        })?;
        screen.title(&format!("The archive {}", self.archive.display()))?;
        counts::show_archive(screen, &forgot.funnel)?;
        Ok(Exit::Fine)
    }
}

/// What is meant, and a line that tells it.
fn wanted(view: &View, what: &str) -> Result<(Forget, String)> {
    if what.contains("://") {
        let captures = view.captures_of(what)?;
        let none = if captures.is_empty() { ", refused if it is ever offered" } else { "" };
        let tells = format!("the URL {what}: {}{none}", several(captures.len() as u64, "capture", "captures"));
        return Ok((Forget::Url(what.to_owned()), tells));
    }
    Ok(match find(view, what)? {
        Found::Capture(capture) => {
            let tells = format!("the capture {} of {}", capture.id, capture.url);
            (Forget::Capture(capture.id), tells)
        }
        Found::Story(story) => {
            let clippings = several(story.clippings, "clipping", "clippings");
            let tells = format!("the story {}, {}: {clippings}", story.id, story.headline);
            (Forget::Story(story.id), tells)
        }
        Found::Version(_) | Found::Clipping(_) => {
            bail!("`{what}` is one version or clipping; what can be forgotten is a URL, a capture or a whole story")
        }
    })
}
