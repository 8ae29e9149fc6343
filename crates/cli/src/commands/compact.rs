use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use copydesk_pipeline::{Options, compact};
use serde_json::json;

use crate::{
    exit::Exit,
    screen::{Screen, count},
    size,
    stages::Stages,
};

/// Bring the many small files of an archive that grew in small steps together into few
#[derive(Args)]
#[command(after_help = "\
No row changes. Files of up to 256 MiB are written beside the old ones and take their place in one step.

Examples:
  copydesk compact my-archive")]
pub(crate) struct Compact {
    /// Folder of the archive
    archive: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Compact {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        let stages = Stages::default();
        let done = compact(&self.archive, &Options::default(), &stages);
        stages.finish();
        let done = done?;
        if self.json {
            screen.json(&json!({"files_before": done.files_before, "files_after": done.files_after,
                "bytes_before": done.bytes_before, "bytes_after": done.bytes_after}))?;
        } else if done.files_before == done.files_after {
            screen.line(format!("Nothing to bring together: {} files.", count(done.files_after)))?;
        } else {
            screen.line(format!(
                "{} files ({}) became {} ({}).",
                count(done.files_before),
                size::shown(done.bytes_before),
                count(done.files_after),
                size::shown(done.bytes_after)
            ))?;
        }
        Ok(Exit::Fine)
    }
}
