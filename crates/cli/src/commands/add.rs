use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Result, bail};
use clap::Args;
use copydesk_model::Capture;
use copydesk_model::Refused;
use copydesk_pipeline::{Funnel, Options, add};
use copydesk_read::open;

use crate::{
    counts,
    exit::Exit,
    exit_codes, inputs_help, machine,
    refusals::Refusals,
    screen::{Screen, complain, count},
    size,
    stages::Stages,
};

/// Add captures to an archive, which is made if it is not there, and work out its stories
#[derive(Args)]
#[command(after_help = concat!("\
Examples:
  copydesk add my-archive crawl.jsonl.gz
  copydesk add my-archive pages/ 'crawl/2024-*/*.jsonl.zst'
  zcat crawl.jsonl.gz | grep harbour | copydesk add my-archive -
  copydesk add my-archive 's3://crawls/2024-*/*.warc.gz' https://harbour-post.example/2024/ferry
  copydesk add my-archive                  # finish what a stopped run left

", inputs_help!(), "\n\n", exit_codes!()))]
pub(crate) struct Add {
    /// Folder of the archive
    archive: PathBuf,
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    limits: Limits,
    /// Take every capture apart again, also if nothing came: what was learned since, or by a newer copydesk, is applied to all
    #[arg(long)]
    resplit: bool,
    /// Print the funnel as JSON
    #[arg(long)]
    json: bool,
}

/// What inputs may be, for `--help`.
#[macro_export]
macro_rules! inputs_help {
    () => {
        "Inputs are files, folders (everything below them), glob patterns, URLs, or `-` for standard input; plain or packed with gzip, \
         zstd or bzip2. What they are is told by their bytes, not by their names:\n  \
         HTML, MHTML  the whole file is one capture; its id is its path below the folder that was given\n  \
         WARC         responses, resources and conversions (WET) that hold a page, revisits of\n               \
         what was read before them or, with `add`, is in the archive; also in a WACZ\n  \
         JSONL        one capture a line, of the columns `url`, `fetched_at` (RFC 3339), `id`,\n               \
         and `html` or `text`; or `html_base64` for bytes, with `charset` if known\n  \
         Parquet      the same columns; `html` may be bytes\n  \
         ZIP          what is in it\n  \
         plain text   the whole file is one capture\n\n\
         URLs are `https://` and `http://` (one file or page), and of object stores `s3://BUCKET/KEY`, `gs://` and `az://`, where a key that \
         ends in `/` is a folder, and patterns are patterns. Stores are asked with the credentials and endpoints of the environment: \
         AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT; GOOGLE_APPLICATION_CREDENTIALS; \
         AZURE_STORAGE_ACCOUNT_NAME, AZURE_STORAGE_ACCOUNT_KEY; and the others that object_store reads. What all may read needs none, but \
         AWS_SKIP_SIGNATURE=true, GOOGLE_SKIP_SIGNATURE=true or AZURE_SKIP_SIGNATURE=true."
    };
}

#[derive(Args)]
pub(crate) struct Inputs {
    /// Files, folders, glob patterns, URLs, or `-` for standard input
    #[arg(value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Size of the largest capture that is taken
    #[arg(long, value_name = "SIZE", default_value = "32MiB", value_parser = size::bytes)]
    pub(crate) largest: usize,
}

impl Inputs {
    /// Opens them; `archive` is passed over where it stands among the pages.
    pub(crate) fn open(&self, archive: Option<&Path>) -> copydesk_read::Reader {
        open(
            &self.inputs,
            copydesk_read::Options {
                limit: self.largest,
                except: archive.map(Path::to_owned),
                ..copydesk_read::Options::default()
            },
        )
    }
}

#[derive(Args)]
pub(crate) struct Limits {
    /// Threads that work at the same time; the result is the same with any number [default: all of the machine's]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Memory that may be used; what does not fit goes to disk [default: half of the machine's]
    #[arg(long, value_name = "SIZE", value_parser = size::bytes)]
    memory: Option<usize>,
    /// Text that is read before it is committed: what a crash can lose [default: 64MiB]
    #[arg(long, value_name = "SIZE", value_parser = size::bytes)]
    batch: Option<usize>,
}

impl Limits {
    pub(crate) fn options(&self) -> Options {
        let usual = Options::default();
        Options {
            threads: self.threads.map_or(usual.threads, usize::from),
            memory: self.memory.or_else(machine::half_of_memory).unwrap_or(usual.memory),
            batch_bytes: self.batch.unwrap_or(usual.batch_bytes),
            ..usual
        }
    }
}

/// What an `add` came to.
pub(crate) struct Added {
    pub(crate) funnel: Funnel,
    pub(crate) refusals: Refusals,
    pub(crate) took: Duration,
    pub(crate) read: u64,
    pub(crate) stopped: bool,
}

impl Added {
    pub(crate) fn exit(&self) -> Exit {
        match () {
            () if self.stopped => Exit::Stopped,
            () if self.refusals.any_problem() || self.funnel.ids_forgotten > 0 => Exit::LeftOut,
            () => Exit::Fine,
        }
    }
}

/// Reads the inputs into the archive, with a progress bar where there is a terminal.
pub(crate) fn add_inputs(archive: &Path, reader: copydesk_read::Reader, options: &Options) -> Result<Added> {
    let start = Instant::now();
    let input = reader.progress();
    let stages = Stages::new(input.clone()).stoppable();
    // One thread is one thread: reading ahead would be a second. But what waits does not work, and would not hear Ctrl-C.
    let records: Box<dyn Iterator<Item = Result<Capture, Refused>> + Send> =
        match options.threads > 1 || reader.may_wait() {
            true => Box::new(reader.ahead().until(stages.when_stopped())),
            false => Box::new(reader),
        };
    let funnel = add(archive, records, options, &stages);
    let stopped = stages.was_stopped();
    let refusals = stages.finish();
    let funnel = match funnel {
        Ok(funnel) => funnel,
        Err(e) => {
            // What was wrong with the inputs may be why, and would be lost with the funnel.
            for line in refusals.lines() {
                complain("left out", line.trim());
            }
            return Err(e.into());
        }
    };
    if input.undated() > 0 {
        let example = input.undated_example().unwrap_or_default();
        complain(
            "note",
            &format!("{} kept without `fetched_at`, which is no time, as in {example}", count(input.undated())),
        );
    }
    if input.hidden() > 0 {
        complain(
            "note",
            &format!(
                "{} not read, because their names, or those of their folders, start with a dot",
                count(input.hidden())
            ),
        );
    }
    Ok(Added { funnel, refusals, took: start.elapsed(), read: input.bytes(), stopped })
}

impl Add {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        let archive = &self.archive;
        if archive.is_file() {
            bail!(
                "`{}` is a file; the first argument is the folder of the archive, the inputs follow it",
                archive.display()
            );
        }
        if self.inputs.inputs.is_empty() && !archive.exists() {
            bail!("`{}` is not there and no input was given; name what is to be read after it", archive.display());
        }
        let options = Options { resplit: self.resplit, ..self.limits.options() };
        let added = add_inputs(archive, self.inputs.open(Some(archive)), &options)?;
        if self.json {
            let mut value = serde_json::to_value(&added.funnel)?;
            value["left_out"] = added.refusals.json();
            value["seconds"] = serde_json::json!((added.took.as_secs_f64() * 1000.0).round() / 1000.0);
            value["bytes_read"] = added.read.into();
            screen.json(&value)?;
            return Ok(added.exit());
        }
        show(screen, &added, archive)?;
        Ok(added.exit())
    }
}

fn show(screen: &mut Screen, added: &Added, archive: &Path) -> Result<()> {
    let seconds = added.took.as_secs_f64();
    let kept = added.funnel.outcomes.get("kept").copied().unwrap_or(0);
    if added.read > 0 {
        let rate = size::shown((added.read as f64 / seconds.max(1e-3)) as u64);
        screen.line(format!("Read {} in {seconds:.1} s ({rate}/s)", size::shown(added.read)))?;
        screen.line(format!("{:>9}  captures kept", count(kept)))?;
        let known = added.funnel.outcomes.get("duplicate").copied().unwrap_or(0);
        if known > 0 {
            screen.line(format!("{:>9}  that the archive held already: same id, same text", count(known)))?;
        }
    } else {
        screen.line("Nothing new was read.")?;
    }
    if added.funnel.renamed > 0 {
        screen.line(format!(
            "{:>9}  of them under another id, because theirs stands for another text",
            count(added.funnel.renamed)
        ))?;
    }
    added.refusals.show(screen)?;
    if added.stopped {
        screen.line(format!(
            "\nStopped. What was read is kept; `copydesk add {}` works out its stories.",
            archive.display()
        ))?;
        return Ok(());
    }
    let title = format!("The archive {}", archive.display());
    screen.title(&title)?;
    counts::show_archive(screen, &added.funnel)?;
    if added.funnel.stories == 0 {
        screen.line("\nNo story was found. `copydesk clip --explain INPUT` shows what the blocks of each capture were taken for.")?;
    } else {
        screen.line(format!("\nNext: copydesk story {}", archive.display()))?;
    }
    Ok(())
}
