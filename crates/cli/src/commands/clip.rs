use std::{collections::BTreeMap, io::Write, thread};

use anyhow::Result;
use clap::Args;
use copydesk_model::{Capture, Role};
use copydesk_pipeline::{Exported, ExportedCaption, Options, Progress, View, read_page};
use copydesk_split::{split, split_marked};

use crate::{
    commands::add::{Inputs, Limits, add_inputs},
    exit::Exit,
    exit_codes, inputs_help,
    refusals::Refusals,
    screen::{BOLD, DIM, Screen, complain, plain, several, short},
    stages::Stages,
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
        let stages = Stages::new(reader.progress());
        if !screen.is_terminal() {
            stages.stage("clipping", "bytes", None);
        }
        let records: Box<dyn Iterator<Item = _>> =
            if threads > 1 { Box::new(reader.ahead()) } else { Box::new(reader) };
        let mut batch = Vec::new();
        let mut bytes = 0;
        for record in records {
            match record {
                Ok(capture) if self.explain => match read_page(capture) {
                    Ok(capture) => explain(screen, &capture)?,
                    Err(refused) => stages.refused(&refused),
                },
                Ok(capture) => {
                    bytes += capture.html.as_ref().map_or(capture.text.len(), |html| html.bytes.len());
                    batch.push(capture);
                    // Who looks on wants each line at once; a crawl fills its threads.
                    if bytes >= BATCH || screen.is_terminal() {
                        clip(screen, std::mem::take(&mut batch), threads, &stages)?;
                        stages.advance(bytes as u64);
                        bytes = 0;
                    }
                }
                Err(refused) => stages.refused(&refused),
            }
        }
        clip(screen, batch, threads, &stages)?;
        Ok(report(&stages.finish()))
    }

    fn run_together(self, screen: &mut Screen) -> Result<Exit> {
        let folder = tempfile::Builder::new().prefix("copydesk-").tempdir()?;
        let added = add_inputs(folder.path(), self.inputs.open(None), &self.limits.options())?;
        if added.stopped {
            return Ok(Exit::Stopped);
        }
        let view = View::open(folder.path(), &Options::default())?;
        for clipping in view.clippings()? {
            line(screen, &clipping?)?;
        }
        Ok(report(&added.refusals))
    }
}

/// Text that is taken apart at a time.
const BATCH: usize = 4 << 20;

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

fn clip(screen: &mut Screen, captures: Vec<Capture>, threads: usize, stages: &Stages) -> Result<()> {
    let each = captures.len().div_ceil(threads).max(1);
    let work = |part: Vec<Capture>| {
        let (mut out, mut left_out) = (Vec::new(), Vec::new());
        for capture in part {
            match read_page(capture) {
                Ok(capture) => {
                    for clipping in clippings(&capture) {
                        serde_json::to_writer(&mut out, &clipping)?;
                        out.push(b'\n');
                    }
                }
                Err(refused) => left_out.push(refused),
            }
        }
        Ok::<_, serde_json::Error>((out, left_out))
    };
    let parts: Vec<_> = if captures.len() <= each {
        vec![work(captures)?]
    } else {
        thread::scope(|scope| {
            let mut captures = captures.into_iter();
            let parts =
                std::iter::from_fn(|| Some(captures.by_ref().take(each).collect::<Vec<_>>()).filter(|p| !p.is_empty()));
            let parts: Vec<_> = parts.map(|part| scope.spawn(move || work(part))).collect();
            let join = |part: thread::ScopedJoinHandle<'_, _>| {
                part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            };
            parts.into_iter().map(join).collect::<Result<_, _>>()
        })?
    };
    for (out, left_out) in parts {
        screen.write_all(&out)?;
        left_out.iter().for_each(|refused| stages.refused(refused));
    }
    screen.flush()?;
    Ok(())
}

/// A capture's clippings by its own clues, as an archive would export them.
fn clippings(capture: &Capture) -> Vec<Exported> {
    let split = match &capture.markup {
        Some(markup) => split_marked(&capture.url, &capture.text, &[], markup),
        None => split(&capture.url, &capture.text, &[]),
    };
    let exported = split.clippings.into_iter().map(|clipping| {
        let body = clipping.body_text();
        let version = format!("{:032x}", copydesk_text::body_hash(&body));
        Exported {
            capture: capture.id.clone(),
            url: capture.url.clone(),
            fetched_at: capture.fetched_at.clone(),
            ordinal: clipping.ordinal,
            // Alone, a version is a story: the id that an archive gives it where it leads.
            story: version[..16].to_owned(),
            version,
            headline: clipping.headline,
            kicker: clipping.kicker,
            byline: clipping.byline,
            date: clipping.date,
            published: clipping.published,
            captions: clipping
                .captions
                .into_iter()
                .map(|c| ExportedCaption { text: c.text, credit: c.credit })
                .collect(),
            body,
        }
    });
    exported.collect()
}

/// Each block with its role, the reason for it, and how sure the decoder was of its place.
fn explain(screen: &mut Screen, capture: &Capture) -> Result<()> {
    let (split, explained) = copydesk_split::explain(&capture.url, &capture.text, &[]);
    let name = screen.paint(BOLD, plain(&capture.id));
    let blocks = several(split.blocks.len() as u64, "block", "blocks");
    let clippings = several(split.clippings.len() as u64, "clipping", "clippings");
    screen.line(format!("{name}  {blocks}, {clippings}"))?;
    let why = explained.iter().map(|e| e.reason.text().len()).max().unwrap_or(0).max("because".len());
    let head = format!("{:>4}  {:<9}  {:<why$}  {:>4}  text", "clip", "role", "because", "sure");
    let head = screen.paint(DIM, head);
    screen.line(head)?;
    let room = screen.width().saturating_sub(25 + why).max(20);
    let mut last: BTreeMap<u32, usize> = BTreeMap::new();
    for (i, block) in split.blocks.iter().enumerate() {
        last.extend(block.clipping.map(|clipping| (clipping, i)));
    }
    let mut started = None;
    for (i, (block, because)) in split.blocks.iter().zip(&explained).enumerate() {
        // A gap where a clipping begins and after its last block; furniture in the middle of one opens none.
        let begins = block.clipping.is_some() && block.clipping != started;
        let ended = started.and_then(|clipping| last.get(&clipping)).is_some_and(|&end| i == end + 1);
        if i > 0 && (begins || ended) {
            screen.line("")?;
        }
        started = block.clipping.or(started);
        let number = block.clipping.map_or_else(String::new, |n| n.to_string());
        let text = short(block.text.of(&capture.text), room);
        let row =
            format!("{number:>4}  {:<9}  {:<why$}  {:>4.1}  {text}", block.role, because.reason.text(), because.margin);
        let row = if matches!(block.role, Role::Furniture | Role::Teaser) { screen.paint(DIM, row) } else { row };
        screen.line(row)?;
    }
    screen.line("")?;
    Ok(())
}
