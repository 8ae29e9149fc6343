use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use copydesk_pipeline::{Options, verify};
use serde_json::json;

use crate::{
    exit::Exit,
    screen::{Screen, count},
    size,
    stages::Stages,
};

/// Check an archive from end to end: every file by its checksum, tables against each other, and that nothing forgotten is left
#[derive(Args)]
#[command(after_help = "\
A problem ends nothing: all are told, each with the file or the row that it is about. The exit code is 1 when there is any.

Examples:
  copydesk verify my-archive
  copydesk verify my-archive --json | jq -r '.problems[]'")]
pub(crate) struct Verify {
    /// Folder of the archive
    archive: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        let stages = Stages::default();
        let found = verify(&self.archive, &Options::default(), &stages);
        stages.finish();
        let found = found?;
        let problems: Vec<String> = found.problems.iter().map(ToString::to_string).collect();
        let exit = if problems.is_empty() { Exit::Fine } else { Exit::Failed };
        if self.json {
            screen.json(&json!({"commit": found.commit, "files": found.files, "bytes": found.bytes,
                "forgotten": found.forgotten, "captures_searched": found.captures, "problems": problems}))?;
            return Ok(exit);
        }
        screen.line(format!(
            "Commit {}: {} files, {}, each compared with what was written",
            found.commit,
            count(found.files),
            size::shown(found.bytes)
        ))?;
        if found.forgotten > 0 {
            screen.line(format!(
                "{} captures searched for {} things that were to be forgotten",
                count(found.captures),
                count(found.forgotten)
            ))?;
        }
        for problem in &problems {
            screen.paragraph("  ! ", problem)?;
        }
        screen.line(match problems.len() {
            0 => "All is well.".to_owned(),
            1 => "1 problem.".to_owned(),
            n => format!("{n} problems."),
        })?;
        Ok(exit)
    }
}
