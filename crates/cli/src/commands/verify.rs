use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use copydesk_pipeline::{Options, verify};
use serde_json::json;

use crate::{
    exit::Exit,
    screen::{Screen, several},
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
                "forgotten": found.forgotten, "captures_searched": found.captures, "retired": found.retired, "problems": problems}))?;
            return Ok(exit);
        }
        let (files, bytes) = (several(found.files, "file", "files"), size::shown(found.bytes));
        screen.line(format!("Commit {}: {files}, {bytes}, each compared with what was written", found.commit))?;
        if found.forgotten > 0 {
            let captures = several(found.captures, "capture", "captures");
            let things = several(found.forgotten, "thing that was", "things that were");
            screen.line(format!("{captures} searched for {things} to be forgotten"))?;
        }
        if found.retired > 0 {
            let files = several(found.retired, "file of an earlier commit is", "files of earlier commits are");
            screen.line(format!("{files} kept for those who read them, and will go with the last of these"))?;
        }
        for problem in &problems {
            screen.paragraph("  ! ", problem)?;
        }
        screen.line(match problems.len() {
            0 => "All is well.".to_owned(),
            n => several(n as u64, "problem.", "problems."),
        })?;
        Ok(exit)
    }
}
