//! Captures one by one, without an archive: each is taken apart by its own clues.

use copydesk_model::{Capture, Outcome, Refused};
use copydesk_split::Splitter;

use crate::{
    Error, ErrorKind, Exported, ExportedCaption, Pages,
    ordered::{LOAD, ordered},
};

/// Blocks that each thread remembers: what little returns in a stream returns soon, and memory does not grow with the stream.
const BLOCKS: usize = 2048;

/// Takes captures apart one by one, on several threads, and hands on what `make` makes of each capture's clippings, in the order of the
/// records. Ends early when `take` says so by `false`.
///
/// A clipping's story is its version: only an archive knows which others are the same. A capture without a clipping is handed on as refused,
/// so that nobody takes silence for a fault.
pub fn clip<R: Send>(
    records: impl Iterator<Item = Result<Capture, Refused>> + Send,
    threads: usize,
    make: impl Fn(&Capture, Vec<Exported>) -> R + Sync,
    mut take: impl FnMut(Result<R, Refused>) -> bool,
) -> Result<(), Error> {
    let mut records = records;
    let worker = || {
        let (mut pages, mut splitter) = (Pages::default(), Splitter::remembering(BLOCKS));
        let make = &make;
        move |record: Result<Capture, Refused>| {
            let capture = pages.read(record?)?;
            let clippings = clippings(&mut splitter, &capture)?;
            Ok(make(&capture, clippings))
        }
    };
    let mut stopped = false;
    let done = ordered(
        threads,
        // Each on its way at once: whoever follows a stream waits for no later capture.
        |_| LOAD,
        || records.next().map(Ok),
        worker,
        |made| {
            stopped = !take(made);
            if stopped { Err(Error::new(ErrorKind::Internal, "stopped")) } else { Ok(()) }
        },
    );
    if stopped { Ok(()) } else { done }
}

/// A capture's clippings by its own clues, as an archive would export them.
fn clippings(splitter: &mut Splitter, capture: &Capture) -> Result<Vec<Exported>, Refused> {
    let split = match &capture.markup {
        Some(markup) => splitter.split_marked(&capture.url, &capture.text, &[], markup),
        None => splitter.split(&capture.url, &capture.text, &[]),
    };
    if split.clippings.is_empty() {
        let blocks = split.blocks.len();
        return Err(Refused {
            outcome: Outcome::NoStory,
            source: format!("capture `{}`", capture.id),
            site: capture.site().to_owned(),
            message: format!(
                "none of its {blocks} blocks is a story's; `copydesk clip --explain` shows what they were taken for"
            ),
            revisit: None,
        });
    }
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
    Ok(exported.collect())
}
