use std::{
    io::Write,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use anyhow::Result;
use clap::Args;
use copydesk_pipeline::{Exported, Options, Pages, Progress, View, clip};

use crate::{
    commands::add::{Inputs, Limits, add_inputs},
    exit::Exit,
    exit_codes, explain, inputs_help,
    refusals::Refusals,
    screen::{Screen, complain},
    stages::{Stages, stop_on_signals},
};

/// Print the clippings of captures as JSONL, without an archive
#[derive(Args)]
#[command(after_help = concat!("\
Each capture is taken apart on its own, as it streams by. With --together the captures learn from each other: what stands on \
many pages is told from what stands in a story, and copies get the same story.

Examples:
  copydesk clip page.txt
  copydesk clip --together crawl.jsonl.gz > clippings.jsonl
  copydesk clip --explain page.txt
  cat crawl.jsonl | copydesk clip - | jq -r .headline

", inputs_help!(), "\n\n", exit_codes!()))]
pub(crate) struct Clip {
    #[command(flatten)]
    inputs: Inputs,
    /// Treat all inputs as one corpus, by way of a temporary archive
    #[arg(long)]
    together: bool,
    /// Show each block of each capture with its role and the reason for it instead; `sure` is the decoder's margin in log-odds
    #[arg(long, conflicts_with = "together")]
    explain: bool,
    #[command(flatten)]
    limits: Limits,
}

impl Clip {
    pub(crate) fn run(mut self, screen: &mut Screen) -> Result<Exit> {
        if self.inputs.inputs.is_empty() {
            self.inputs.inputs.push("-".into());
        }
        if self.together {
            return self.run_together(screen);
        }
        let threads = self.limits.options().threads;
        let reader = self.inputs.open(None);
        let waits = reader.may_wait();
        let stages = Stages::new(reader.progress());
        if !screen.is_terminal() {
            stages.stage("clipping", "bytes", None);
        }
        let records: Box<dyn Iterator<Item = _> + Send> =
            if threads > 1 { Box::new(reader.ahead()) } else { Box::new(reader) };
        if self.explain {
            let mut pages = Pages::default();
            for record in records {
                match record.and_then(|capture| pages.read(capture)) {
                    Ok(capture) => explain::show(screen, &capture)?,
                    Err(refused) => stages.refused(&refused),
                }
            }
            return Ok(report(&stages.finish()));
        }
        let mut failed = None;
        // Who looks on, or waits for what comes in, wants each line at once; else a pipe is handed what comes together.
        let at_once = if screen.is_terminal() || waits { 0 } else { BATCH };
        let (mut waiting, mut since) = (Vec::new(), Instant::now());
        clip(
            records,
            threads,
            |_, clippings| lines(&clippings),
            |made| {
                match made {
                    Ok(lines) => waiting.extend(lines),
                    Err(refused) => stages.refused(&refused),
                }
                stages.advance(0);
                if waiting.len() > at_once || since.elapsed() >= LONGEST {
                    failed = screen.write_all(&waiting).and_then(|()| screen.flush()).err();
                    waiting.clear();
                    since = Instant::now();
                }
                failed.is_none()
            },
        )?;
        if let Some(error) = failed {
            return Err(error.into());
        }
        screen.write_all(&waiting)?;
        screen.flush()?;
        Ok(report(&stages.finish()))
    }

    fn run_together(self, screen: &mut Screen) -> Result<Exit> {
        let folder = tempfile::Builder::new().prefix("copydesk-").tempdir()?;
        let added = add_inputs(folder.path(), self.inputs.open(None), &self.limits.options())?;
        if added.stopped {
            return Ok(Exit::Stopped);
        }
        // What is killed while it writes would leave the folder, and all texts in it.
        let stop = Arc::new(AtomicBool::new(false));
        stop_on_signals(&stop);
        let view = View::open(folder.path(), &Options::default())?;
        for clipping in view.clippings()? {
            if stop.load(Relaxed) {
                return Ok(Exit::Stopped);
            }
            line(screen, &clipping?)?;
        }
        Ok(report(&added.refusals))
    }
}

/// Bytes of lines that are written at a time.
const BATCH: usize = 1 << 20;

/// Time after which they are written, however few.
const LONGEST: Duration = Duration::from_millis(50);

fn report(refusals: &Refusals) -> Exit {
    let lines = refusals.lines();
    if lines.is_empty() {
        return Exit::Fine;
    }
    complain("warning", &format!("left out:\n{}", lines.join("\n")));
    if refusals.any_problem() { Exit::LeftOut } else { Exit::Fine }
}

fn line(screen: &mut Screen, clipping: &Exported) -> Result<()> {
    serde_json::to_writer(&mut *screen, clipping).map_err(std::io::Error::from)?;
    screen.write_all(b"\n")?;
    Ok(())
}

/// Clippings as lines of JSON.
fn lines(clippings: &[Exported]) -> Vec<u8> {
    let mut out = Vec::new();
    for clipping in clippings {
        // Names and texts: nothing of it can fail to become JSON, and memory takes any line.
        if serde_json::to_writer(&mut out, clipping).is_ok() {
            out.push(b'\n');
        }
    }
    out
}
