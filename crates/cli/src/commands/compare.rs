use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use clap::Args;
use copydesk_match::{Changes, Thresholds, compare_texts};
use copydesk_read::read_text;
use serde_json::json;

use crate::{commands::why::Shared, exit::Exit, screen::Screen, size};

/// Say how two texts relate: how much of each stands in the other, and what differs
#[derive(Args)]
#[command(after_help = "\
Relations:
  copy       the same text, carried again
  revision   the same text, edited
  excerpt    one is a part of the other
  shared     they share passages, and each has its own story to tell
  different  nothing that matters is shared
Copies and revisions are the same story.

Examples:
  copydesk compare monday.txt tuesday.txt
  copydesk compare --json monday.txt tuesday.txt | jq -r .relation")]
pub(crate) struct Compare {
    /// A text, compared whole; `-` for standard input
    file_a: PathBuf,
    /// The other text
    file_b: PathBuf,
    /// Size of the largest text that is taken
    #[arg(long, value_name = "SIZE", default_value = "32MiB", value_parser = size::bytes)]
    largest: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Compare {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        if [&self.file_a, &self.file_b].iter().all(|file| *file == Path::new("-")) {
            bail!("standard input can be only one of the two texts; name a file for the other");
        }
        let text = |path: &PathBuf| read_text(path, self.largest).map_err(|refused| anyhow!("{refused}"));
        let (a, b) = (text(&self.file_a)?, text(&self.file_b)?);
        let thresholds = Thresholds::default();
        let (evidence, decision) = compare_texts(&a, &b, &thresholds);
        let shared = Shared { a: &a, b: &b, evidence: &evidence, decision: &decision };
        if self.json {
            let mut value = shared.json();
            let changes = match evidence.matched > 0 {
                true => Changes::new(("", &a), ("", &b)).all,
                false => Vec::new(),
            };
            value["changes"] = json!(changes);
            screen.json(&value)?;
            return Ok(Exit::Fine);
        }
        shared.show(screen, "A", "B")?;
        shared.show_changes(screen)?;
        Ok(Exit::Fine)
    }
}
