//! Revisits whose page did not stand before them find it in the archive, once all records are read.
//!
//! So it does not matter in how many calls, or in which order within one, a page and the visits that repeat it came. What is known of a
//! revisit waits in a [`Spool`]; then, for as many at a time as fit into memory, the names of all captures are read once, and the pages
//! in the order of their files.

use std::{
    collections::{HashMap, VecDeque},
    mem::size_of,
    sync::Arc,
    vec,
};

use arrow::{
    array::{ArrayRef, StringBuilder},
    datatypes::{DataType, Field, Schema, SchemaRef},
    record_batch::RecordBatch,
};
use copydesk_archive::{Archive, Singles, Table, Writer};
use copydesk_model::{Capture, Outcome, Refused, Repeated, Revisit, page_name};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::{
    Error, Options, columns,
    forget::capture,
    forgetting::{self, Forgetting},
    spool::{Spool, Spooled},
};

/// A column for each text that is known of a revisit, and of where it stood.
const COLUMNS: [&str; 9] =
    ["id", "url", "fetched_at", "of_id", "of_url", "of_fetched_at", "of_digest", "source", "message"];

/// Revisits that are put aside.
pub(crate) struct Waiting {
    rows: [StringBuilder; COLUMNS.len()],
    count: usize,
    schema: SchemaRef,
    spool: Spool,
    batch_rows: usize,
}

impl Waiting {
    pub(crate) fn new(options: &Options) -> Self {
        let fields: Vec<Field> = COLUMNS.iter().map(|name| Field::new(*name, DataType::Utf8, false)).collect();
        let schema: SchemaRef = Arc::new(Schema::new(fields));
        let spool = Spool::new(schema.clone(), options.for_rows());
        Self { rows: Default::default(), count: 0, schema, spool, batch_rows: options.batch_rows }
    }

    /// Puts a record aside that was refused because its page was not found.
    pub(crate) fn push(&mut self, refused: &Refused, revisit: &Revisit, writer: &Writer) -> Result<(), Error> {
        let Revisit { capture, of } = revisit;
        let values = [
            &capture.id,
            &capture.url,
            &capture.fetched_at,
            &of.id,
            &of.url,
            &of.fetched_at,
            &of.digest,
            &refused.source,
            &refused.message,
        ];
        self.rows.iter_mut().zip(values).for_each(|(rows, value)| rows.append_value(value));
        self.count += 1;
        if self.count >= self.batch_rows { self.flush(writer) } else { Ok(()) }
    }

    fn flush(&mut self, writer: &Writer) -> Result<(), Error> {
        let rows = self.rows.each_mut().map(|rows| Arc::new(rows.finish()) as ArrayRef);
        self.count = 0;
        self.spool.push(RecordBatch::try_new(self.schema.clone(), rows.to_vec())?, writer)
    }

    /// All of them.
    pub(crate) fn finish(mut self, writer: &Writer) -> Result<Spooled, Error> {
        if self.count > 0 {
            self.flush(writer)?;
        }
        self.spool.finish()
    }
}

/// What becomes of revisits: captures with the page that the archive has, or refusals.
pub(crate) struct Resolved<'f> {
    archive: Archive,
    forgetting: &'f Forgetting,
    waiting: Box<dyn Iterator<Item = Result<RecordBatch, Error>> + Send>,
    /// Bytes that may be held of revisits, and rows that are read at a time.
    limits: (usize, usize),
    /// Those at hand without a page.
    refused: vec::IntoIter<Refused>,
    /// Those at hand with a page, in the order of the pages.
    found: vec::IntoIter<(Place, Capture)>,
    /// The file that is read, by its number.
    file: Option<(u32, Singles)>,
    /// The next pages.
    pages: VecDeque<(Place, Capture)>,
}

/// Number of a file of captures, and a row in it.
type Place = (u32, u32);

/// Pages that are read at a time: of single rows, a page of the file is unpacked for each call.
const PAGES: usize = 16;

impl<'f> Resolved<'f> {
    pub(crate) fn new(
        archive: Archive,
        forgetting: &'f Forgetting,
        waiting: &Spooled,
        options: &Options,
    ) -> Result<Self, Error> {
        Ok(Self {
            archive,
            forgetting,
            waiting: Box::new(waiting.read(&COLUMNS, options.batch_rows)?),
            limits: (options.for_engine(), options.batch_rows),
            refused: Vec::new().into_iter(),
            found: Vec::new().into_iter(),
            file: None,
            pages: VecDeque::new(),
        })
    }

    fn step(&mut self) -> Result<Option<Result<Capture, Refused>>, Error> {
        loop {
            if let Some(refused) = self.refused.next() {
                return Ok(Some(Err(refused)));
            }
            if let Some((place, visit)) = self.found.next() {
                let Capture { digest, text, markup, .. } = self.page(place)?.clone();
                return Ok(Some(Ok(Capture { digest, text, markup, ..visit })));
            }
            if !self.take()? {
                return Ok(None);
            }
        }
    }

    /// Finds the pages of the next revisits, of as many as may be held; false if there are none.
    fn take(&mut self) -> Result<bool, Error> {
        let (mut visits, mut bytes) = (Vec::new(), 0);
        while bytes < self.limits.0
            && let Some(rows) = self.waiting.next().transpose()?
        {
            bytes += rows.get_array_memory_size() + rows.num_rows() * 3 * size_of::<(Revisit, Refused)>();
            for row in 0..rows.num_rows() {
                visits.push(visit(&rows, row)?);
            }
        }
        if visits.is_empty() {
            return Ok(false);
        }
        let places = self.places(&visits)?;
        let (mut refused, mut found) = (Vec::new(), Vec::new());
        for (Revisit { capture, of }, without) in visits {
            match names(&of).into_iter().flatten().find_map(|name| places.get(&name).copied().flatten()) {
                Some((_, place)) => found.push((place, capture)),
                None if self.forgetting.has_visit(&capture, &of) => {
                    refused.push(forgetting::refused(&capture.id, forgetting::TOLD))
                }
                None => refused.push(without),
            }
        }
        // Stable: those of one page stay as they came.
        found.sort_by_key(|(place, _)| *place);
        (self.refused, self.found) = (refused.into_iter(), found.into_iter());
        Ok(true)
    }

    /// Where the pages of these names stand. Of several captures of one name any would do; which it is must not depend on the order
    /// in which they came, so it is the one whose id has the least hash.
    fn places(&self, visits: &[(Revisit, Refused)]) -> Result<HashMap<u64, Option<(u64, Place)>>, Error> {
        let wanted = visits.iter().flat_map(|(revisit, _)| names(&revisit.of)).flatten();
        let mut places: HashMap<u64, Option<(u64, Place)>> = wanted.map(|name| (name, None)).collect();
        for (number, file) in (0..).zip(self.archive.files(Table::Captures)) {
            let mut row = 0;
            for rows in
                self.archive.read_file(&file.path, Some(&["id", "url", "fetched_at", "digest"]), self.limits.1)?
            {
                let rows = rows?;
                let text = |column: usize| columns::texts(&rows, column);
                let [id, url, fetched_at, digest] = [text(0)?, text(1)?, text(2)?, text(3)?];
                for k in 0..rows.num_rows() {
                    let own = names_of(id.value(k), url.value(k), fetched_at.value(k), digest.value(k));
                    for name in own.into_iter().flatten() {
                        if let Some(best) = places.get_mut(&name) {
                            let this = (xxh3_64(id.value(k).as_bytes()), (number, row));
                            *best = Some(best.map_or(this, |best| best.min(this)));
                        }
                    }
                    row += 1;
                }
            }
        }
        Ok(places)
    }

    /// The capture at a place, which is asked for in the order of `found`.
    fn page(&mut self, place: Place) -> Result<&Capture, Error> {
        if self.pages.front().is_some_and(|(first, _)| *first != place) {
            self.pages.pop_front();
        }
        if self.pages.is_empty() {
            let mut rows = vec![place.1];
            for &((file, row), _) in self.found.as_slice() {
                if file != place.0 || rows.len() == PAGES {
                    break;
                }
                if rows.last() != Some(&row) {
                    rows.push(row);
                }
            }
            let singles = match &mut self.file {
                Some((number, singles)) if *number == place.0 => singles,
                file => {
                    let path = self.archive.files(Table::Captures).nth(place.0 as usize).map(|file| file.path.as_str());
                    let singles = self.archive.singles(path.unwrap_or_default())?;
                    &mut file.insert((place.0, singles)).1
                }
            };
            let mut places = rows.iter().map(|&row| (place.0, row));
            for batch in singles.read(&["id", "url", "fetched_at", "digest", "text", "about", "marks"], &rows)? {
                for row in 0..batch.num_rows() {
                    self.pages.extend(places.next().zip(Some(capture(&batch, row)?)));
                }
            }
        }
        self.pages.front().map(|(_, page)| page).ok_or_else(|| columns::mistake("of the page of a revisit"))
    }
}

impl Iterator for Resolved<'_> {
    type Item = Result<Result<Capture, Refused>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step().transpose()
    }
}

/// A revisit that waited, and what is said where it has no page.
fn visit(rows: &RecordBatch, row: usize) -> Result<(Revisit, Refused), Error> {
    let text = |name| columns::text(rows, name, row);
    let capture = Capture { id: text("id")?, url: text("url")?, fetched_at: text("fetched_at")?, ..Capture::default() };
    let of = Repeated {
        id: text("of_id")?,
        url: text("of_url")?,
        fetched_at: text("of_fetched_at")?,
        digest: text("of_digest")?,
    };
    let refused = Refused {
        outcome: Outcome::Unresolved,
        source: text("source")?,
        site: capture.site().to_owned(),
        message: text("message")?
            + "; the archive does not have it either: add the crawl that has it, then this one again",
        revisit: None,
    };
    Ok((Revisit { capture, of }, refused))
}

/// The names of a page, hashed, the most exact one first: its id, URL and time, URL and digest, digest.
fn names_of(id: &str, url: &str, fetched_at: &str, digest: &str) -> [Option<u64>; 4] {
    let name = page_name::<Xxh3>;
    [name(0, &[id]), name(1, &[url, fetched_at]), name(2, &[url, digest]), name(3, &[digest])]
}

fn names(of: &Repeated) -> [Option<u64>; 4] {
    names_of(&of.id, &of.url, &of.fetched_at, &of.digest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Quiet, add};

    #[test]
    fn as_many_as_may_be_held_are_resolved_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let page = |k: usize| Capture {
            id: format!("page-{k}"),
            digest: format!("sha1:{k}"),
            text: format!("Ferry {k} runs again"),
            ..Capture::default()
        };
        let options = Options { threads: 1, batch_rows: 3, batch_bytes: 100, ..Options::default() };
        add(folder.path(), (0..40).map(|k| Ok(page(k))), &options, &Quiet).unwrap();

        let writer = Writer::open(folder.path()).unwrap();
        let mut waiting = Waiting::new(&options);
        // Each page is found four times, and every eleventh visit names one that never came.
        for k in 0..176 {
            let digest = format!("sha1:{}", if k % 11 == 0 { 100 } else { k * 7 % 40 });
            let revisit = Revisit {
                capture: Capture { id: format!("visit-{k:03}"), ..Capture::default() },
                of: Repeated { digest, ..Repeated::default() },
            };
            let refused = forgetting::refused("", forgetting::TOLD);
            waiting.push(&refused, &revisit, &writer).unwrap();
        }
        let waiting = waiting.finish(&writer).unwrap();
        let forgetting = Forgetting::default();
        let resolved = |bytes: usize| {
            let mut resolved = Resolved::new(writer.archive().clone(), &forgetting, &waiting, &options).unwrap();
            resolved.limits.0 = bytes;
            let (mut found, mut without) = (Vec::new(), 0);
            for visit in resolved {
                match visit.unwrap() {
                    Ok(capture) => found.push((capture.id, capture.digest, capture.text)),
                    Err(refused) => without += usize::from(refused.outcome == Outcome::Unresolved),
                }
            }
            found.sort();
            (found, without)
        };
        let (found, without) = resolved(usize::MAX);
        assert_eq!((found.len(), without), (160, 16));
        for (id, digest, text) in &found {
            let k: usize = id["visit-".len()..].parse().unwrap();
            let page = page(k * 7 % 40);
            assert_eq!((digest, text), (&page.digest, &page.text), "{id}");
        }
        assert_eq!(resolved(1), (found, without));
    }
}
