use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use copydesk_pipeline::{CaptureRow, ClippingRow, Error, ErrorKind, Options, StoryRow, VersionRow, View, write};
use serde_json::Value;

use crate::screen::complain;

/// What an id names.
pub(crate) enum Found {
    Story(StoryRow),
    Version(VersionRow),
    Clipping(ClippingRow),
    Capture(CaptureRow),
}

/// Opens an archive to look into.
pub(crate) fn open(archive: &Path) -> Result<View> {
    if !archive.exists() {
        bail!("`{}` is not there; `copydesk add {0} INPUT...` makes an archive", archive.display());
    }
    let view = View::open(archive, &Options::default())?;
    warn(&view);
    if view.is_behind() {
        let archive = archive.display();
        complain(
            "note",
            &format!(
                "some captures have no stories yet: an `add` is at work, or was stopped, and `copydesk add {archive}` finishes it"
            ),
        );
    }
    Ok(view)
}

/// Says what is wrong with the list of an archive's files, if anything is.
pub(crate) fn warn(view: &View) {
    if let Some(damage) = view.damage() {
        complain("warning", &damage.to_string());
    }
}

/// Finds what an id names: a story or a version (or the beginning of either), a clipping, a capture.
pub(crate) fn find(view: &View, id: &str) -> Result<Found> {
    if let Some(clipping) = named(view.clipping(id))? {
        return Ok(Found::Clipping(clipping));
    }
    if let Some(capture) = named(view.capture(id))? {
        return Ok(Found::Capture(capture));
    }
    let lower = id.to_ascii_lowercase();
    let is_forgotten = || match view.forgotten(id).or_else(|| view.forgotten(&lower))? {
        "" => Some(format!("`{id}` was forgotten, as the archive was told to")),
        why => Some(format!("`{id}` was forgotten, as the archive was told to: {why}")),
    };
    let hexadecimal = id.len() >= 4 && id.bytes().all(|b| b.is_ascii_hexdigit());
    if !hexadecimal {
        if let Some(forgotten) = is_forgotten() {
            bail!(forgotten);
        }
        bail!(
            "nothing is called `{id}`; give the id of a story, a version, a clipping (`CAPTURE#0`) or a capture, \
             or at least the first 4 digits of a story's or version's"
        );
    }
    let id = id.to_ascii_lowercase();
    // A story's id is the beginning of its first version's: short ids mean the story, longer ones the version.
    let found = if id.len() > 16 { view.version(&id).map(Found::Version) } else { view.story(&id).map(Found::Story) };
    found.map_err(|e| match is_forgotten() {
        Some(forgotten) if e.kind() == ErrorKind::Id => anyhow!(forgotten),
        _ => e.into(),
    })
}

/// The story that an id of any kind leads to; a capture has to have exactly one.
pub(crate) fn story(view: &View, id: &str) -> Result<StoryRow> {
    Ok(match find(view, id)? {
        Found::Story(story) => story,
        Found::Version(version) => view.story(&version.story)?,
        Found::Clipping(clipping) => view.story(&clipping.story)?,
        Found::Capture(capture) => match view.clippings_in(&capture.id)?.as_slice() {
            [] => bail!("no story stands in the capture `{id}`"),
            [clipping] => view.story(&clipping.story)?,
            several => bail!("the capture `{id}` holds {} stories; name one: {}", several.len(), ids(several)),
        },
    })
}

fn ids(clippings: &[ClippingRow]) -> String {
    clippings.iter().map(|c| format!("`{}`", c.id)).collect::<Vec<_>>().join(", ")
}

fn named<T>(found: Result<T, Error>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(e) if e.kind() == ErrorKind::Id => Ok(None),
        Err(e) => Err(e.into()),
    }
}

/// The rows that answer a query, for small answers.
pub(crate) fn rows(view: &View, sql: &str) -> Result<Vec<Value>> {
    let mut lines = Vec::new();
    write(view.query(sql)?, copydesk_pipeline::Format::Jsonl, &mut lines)?;
    let rows = serde_json::Deserializer::from_slice(&lines).into_iter();
    rows.collect::<Result<_, _>>().context("the rows of a query are no JSON")
}
