use std::{
    collections::{BTreeSet, HashMap, HashSet},
    path::Path,
};

use arrow::{array::Array, record_batch::RecordBatch};
use copydesk_archive::{Archive, Change, Commit, Forgotten, Table, TableFile, Writer};
use copydesk_model::Capture;
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    Error, ErrorKind, Funnel, Options, Progress, columns,
    derive::{Clock, News, derive, dropped},
    forgetting::{Forgetting, pages, without},
    markup::markup,
    steps::ingest::{Batch, Read},
};

/// What is to be forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Forget {
    /// Every capture of this URL.
    Url(String),
    /// The capture of this id.
    Capture(String),
    /// The story of this id: its clippings are cut out of the captures that they stand in, and so is every block elsewhere that stands
    /// in no other story.
    Story(String),
}

/// What was forgotten.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forgot {
    /// Captures that are gone.
    pub captures: u64,
    /// Captures from which blocks were cut.
    pub cut: u64,
    /// Blocks that were cut from them.
    pub blocks: u64,
    /// The archive as it is now.
    pub funnel: Funnel,
}

/// Removes captures or stories from the archive at `dir`, with everything that was worked out from them, and keeps hashes of them, so that
/// they are refused when they are offered again.
///
/// `why` is told to whoever asks for an id of it later. When it returns, no file of the archive holds any of it. It waits for nobody: while another process reads the archive, nothing is
/// changed and the error says so.
pub fn forget(
    dir: &Path,
    what: &[Forget],
    why: &str,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Forgot, Error> {
    let mut clock = Clock::new(progress);
    let mut writer = Writer::open(dir)?;
    if writer.archive().is_behind() {
        derive(&mut writer, News::default(), options, progress, &mut clock)?;
    }
    let archive = writer.archive().clone();
    let wanted = Wanted::of(&archive, what, options)?;
    let mut forgot = Forgot::default();
    let dropped = dropped(&archive)?;
    let mut change = Change { forgotten: wanted.forgotten.clone(), why: why.to_owned(), ..Change::default() };
    let mut files = Vec::new();
    // Files of captures and of sightings come in pairs.
    let pairs: Vec<(TableFile, TableFile)> =
        archive.files(Table::Captures).cloned().zip(archive.files(Table::Sightings).cloned()).collect();
    progress.stage("forget", "captures", Some(archive.rows(Table::Captures)));
    for (captures, sightings) in pairs {
        if !wanted.is_in(&archive, &captures, &sightings, options)? {
            progress.advance(captures.rows);
            continue;
        }
        for file in [&captures, &sightings] {
            archive.check(file)?;
        }
        let mut batch = None;
        for rows in archive.read_file(&captures.path, None, 16)? {
            let rows = rows?;
            for row in 0..rows.num_rows() {
                let capture = capture(&rows, row)?;
                let pages = pages(&capture.id, &capture.url, &capture.fetched_at, &capture.digest);
                if let Some(read) = wanted.left_of(capture, &mut forgot, &mut change.forgotten) {
                    let batch = match &mut batch {
                        Some(batch) => batch,
                        None => batch.insert(Batch::new(&writer, 0, options.threads)?),
                    };
                    batch.push(&read)?;
                } else {
                    change.forgotten.extend(pages);
                }
                progress.advance(1);
            }
        }
        change.gone.extend([captures.path, sightings.path]);
        if let Some(batch) = batch {
            files.extend(batch.finish()?);
        }
    }
    clock.stage("forget");
    let nothing = change.gone.is_empty();
    if !nothing {
        // Whatever was worked out holds their text too.
        change.replaced = Table::DERIVED.to_vec();
    }
    forgot.funnel = if nothing {
        if !change.forgotten.is_empty() {
            writer.commit_alone(Commit { files, change })?;
        }
        crate::derive::noted(writer.archive())?
    } else {
        // One commit with what is worked out from the rest.
        writer.stage(Commit { files, change })?;
        let sites = sites(writer.archive(), options)?;
        let dropped = dropped.into_iter().filter(|(site, _)| sites.contains(site)).collect();
        derive(&mut writer, News { dropped, ..News::default() }, options, progress, &mut clock)?
    };
    writer.close()?;
    Ok(forgot)
}

/// What goes.
struct Wanted {
    /// What is kept of it, so that it does not come back.
    forgotten: Vec<Forgotten>,
    forgetting: Forgetting,
    /// Ordinals of the blocks of a story's clippings, by capture: also of those that other stories have.
    clipped: HashMap<String, HashSet<u32>>,
}

impl Wanted {
    fn of(archive: &Archive, what: &[Forget], options: &Options) -> Result<Self, Error> {
        let mut forgotten = Vec::new();
        let mut stories = HashSet::new();
        for what in what {
            match what {
                Forget::Url(url) => forgotten.push(Forgotten::url(url)),
                Forget::Capture(id) => forgotten.push(Forgotten::capture(id)),
                Forget::Story(id) => {
                    stories.insert(id.clone());
                }
            }
        }
        let (mut clipped, mut clippings) = (HashMap::new(), HashSet::new());
        if !stories.is_empty() {
            // They say what goes for good.
            for file in [Table::Clippings, Table::Blocks].into_iter().flat_map(|table| archive.files(table)) {
                archive.check(file)?;
            }
            clippings = clippings_of(archive, stories)?;
            let hashes;
            (hashes, clipped) = blocks_of(archive, &clippings, options)?;
            forgotten.extend(hashes.into_iter().map(Forgotten::Block));
        }
        let mut forgetting = Forgetting::default();
        forgetting.extend(forgotten.iter().copied());
        forgotten.extend(ids_in(archive, &forgetting, &clippings, options)?.iter().map(|id| Forgotten::story(id)));
        forgotten.sort_unstable();
        forgotten.dedup();
        Ok(Self { forgotten, forgetting, clipped })
    }

    /// Whether anything of two files that belong together goes: told by what is small in them.
    fn is_in(
        &self,
        archive: &Archive,
        captures: &TableFile,
        sightings: &TableFile,
        options: &Options,
    ) -> Result<bool, Error> {
        for rows in archive.read_file(&captures.path, Some(&["id", "url"]), options.batch_rows)? {
            let rows = rows?;
            let (ids, urls) = (columns::texts(&rows, 0)?, columns::texts(&rows, 1)?);
            let goes = |(id, url)| self.clipped.contains_key(id) || self.forgetting.has_page(id, url);
            if ids.iter().flatten().zip(urls.iter().flatten()).any(goes) {
                return Ok(true);
            }
        }
        for rows in archive.read_file(&sightings.path, Some(&["hash"]), options.batch_rows)? {
            if columns::u64s(&rows?, 0)?.iter().any(|&hash| self.forgetting.has_block(hash)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What stays of a capture, if anything does. Of what goes and of what loses a part, `cut` is told: some blocks go here and stay elsewhere, so that hashes of
    /// blocks alone would not take the same out of it when it comes again.
    fn left_of(&self, capture: Capture, forgot: &mut Forgot, cut: &mut Vec<Forgotten>) -> Option<Read> {
        if self.forgetting.has_page(&capture.id, &capture.url) {
            forgot.captures += 1;
            if self.forgetting.has_id(&capture.id) {
                // By which it is told apart from other pages under its id.
                cut.push(Forgotten::cut(&capture.id, xxh3_64(capture.text.as_bytes())));
            }
            return None;
        }
        let clipped = self.clipped.get(&capture.id);
        let read = Read::new(capture);
        let stays: Vec<bool> = (0..)
            .zip(&read.blocks)
            .map(|(ordinal, block)| {
                !self.forgetting.has_block(block.hash) && !clipped.is_some_and(|clipped| clipped.contains(&ordinal))
            })
            .collect();
        let leave = stays.iter().filter(|stays| !**stays).count();
        if leave == 0 {
            return Some(read);
        }
        cut.push(Forgotten::cut(&read.capture.id, read.hash));
        if leave == stays.len() {
            forgot.captures += 1;
            return None;
        }
        forgot.cut += 1;
        forgot.blocks += leave as u64;
        Some(without(read, &stays))
    }
}

/// The sites that captures are of: of others, nothing is told.
fn sites(archive: &Archive, options: &Options) -> Result<HashSet<String>, Error> {
    let mut sites = HashSet::from([String::new()]);
    for batch in archive.read(Table::Captures, Some(&["site"]), options.batch_rows)? {
        for site in columns::texts(&batch?, 0)?.iter().flatten() {
            if !sites.contains(site) {
                sites.insert(site.to_owned());
            }
        }
    }
    Ok(sites)
}

/// Capture and ordinal of every clipping of the stories.
fn clippings_of(archive: &Archive, stories: HashSet<String>) -> Result<HashSet<(String, u32)>, Error> {
    let columns = ["capture", "ordinal"];
    let mut found = HashSet::new();
    for batch in archive.find(Table::Clippings, Some(&columns), "story", move |story| stories.contains(story))? {
        let (captures, ordinals) = (columns::texts(&batch, 0)?, columns::u32s(&batch, 1)?);
        found.extend(captures.iter().flatten().map(str::to_owned).zip(ordinals.iter().copied()));
    }
    if found.is_empty() {
        return Err(Error::new(ErrorKind::Id, "the archive has no such story"));
    }
    Ok(found)
}

/// Ids of what leads nowhere when this is gone: stories and versions of which a clipping goes, and captures. Those that stand elsewhere too are there still, and nobody asks whether they
/// were forgotten.
fn ids_in(
    archive: &Archive,
    forgetting: &Forgetting,
    clippings: &HashSet<(String, u32)>,
    options: &Options,
) -> Result<BTreeSet<String>, Error> {
    let columns = ["capture", "url", "ordinal", "story", "version"];
    let mut ids = BTreeSet::new();
    for batch in archive.read(Table::Clippings, Some(&columns), options.batch_rows)? {
        let batch = batch?;
        let [captures, urls] = [columns::texts(&batch, 0)?, columns::texts(&batch, 1)?];
        let ordinals = columns::u32s(&batch, 2)?;
        for (row, &ordinal) in ordinals.iter().enumerate() {
            let capture = captures.value(row);
            let has_page = forgetting.has_page(capture, urls.value(row));
            if has_page {
                ids.insert(capture.to_owned());
            }
            if has_page || clippings.contains(&(capture.to_owned(), ordinal)) {
                let version = columns::text(&batch, "version", row)?;
                // A story that became a part of another had the beginning of a version's id.
                ids.extend(version.get(..16).map(str::to_owned));
                ids.extend([columns::text(&batch, "story", row)?, version]);
            }
        }
    }
    Ok(ids)
}

/// Ordinals by capture.
type Ordinals = HashMap<String, HashSet<u32>>;

/// Hashes of the blocks of these clippings that stand in no other clipping, and the ordinals of all of their blocks by capture.
fn blocks_of(
    archive: &Archive,
    clippings: &HashSet<(String, u32)>,
    options: &Options,
) -> Result<(HashSet<u64>, Ordinals), Error> {
    let captures: HashSet<String> = clippings.iter().map(|(capture, _)| capture.clone()).collect();
    let (mut hashes, mut ordinals) = (HashSet::new(), Ordinals::new());
    let columns = ["capture", "ordinal", "hash", "clipping"];
    let each = |batch: &RecordBatch, take: &mut dyn FnMut(&str, u32, u64, u32)| -> Result<(), Error> {
        let (names, places, own) = (columns::texts(batch, 0)?, columns::u32s(batch, 1)?, columns::u64s(batch, 2)?);
        let clipping = columns::primitive::<arrow::datatypes::UInt32Type>(batch, 3)?;
        for row in (0..batch.num_rows()).filter(|&row| clipping.is_valid(row)) {
            take(names.value(row), places[row], own[row], clipping.value(row));
        }
        Ok(())
    };
    for batch in archive.find(Table::Blocks, Some(&columns), "capture", move |capture| captures.contains(capture))? {
        each(&batch, &mut |capture, ordinal, hash, clipping| {
            if clippings.contains(&(capture.to_owned(), clipping)) {
                hashes.insert(hash);
                ordinals.entry(capture.to_owned()).or_default().insert(ordinal);
            }
        })?;
    }
    for batch in archive.read(Table::Blocks, Some(&columns), options.batch_rows)? {
        each(&batch?, &mut |capture, _, hash, clipping| {
            if hashes.contains(&hash) && !clippings.contains(&(capture.to_owned(), clipping)) {
                hashes.remove(&hash);
            }
        })?;
    }
    Ok((hashes, ordinals))
}

/// A row of `captures`.
pub(crate) fn capture(rows: &RecordBatch, row: usize) -> Result<Capture, Error> {
    let text = |name| columns::text(rows, name, row);
    let markup = markup(columns::list(rows, "about")?, columns::bytes(rows, "marks")?, row)?;
    Ok(Capture {
        id: text("id")?,
        url: text("url")?,
        fetched_at: text("fetched_at")?,
        digest: text("digest")?,
        text: text("text")?,
        html: None,
        markup: markup.map(Box::new),
    })
}
