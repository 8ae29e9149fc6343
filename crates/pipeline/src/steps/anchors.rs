//! The anchors of every version, on their way from where bodies are read to where they meet.

use std::sync::Arc;

use arrow::{
    array::{Array, ArrayRef, AsArray, FixedSizeBinaryBuilder, ListBuilder, UInt32Builder, UInt64Builder},
    datatypes::{DataType, Field, Schema, SchemaRef, UInt64Type},
    record_batch::{RecordBatch, RecordBatchOptions},
};
use copydesk_archive::{Archive, Finished, Table, TableFile, TableWriter, Writer};
use copydesk_match::Thresholds;

use crate::{
    Error, Options, columns,
    spool::{Spool, Spooled},
    steps::{clip::anchor_hashes, compared::matcher, earlier::Earlier},
    versions::Versions,
};

/// Rows after which a batch is handed on.
const SLAB_ROWS: usize = 8192;

/// `(version, hash)` of each anchor, being gathered.
pub(crate) struct AnchorRows {
    version: UInt32Builder,
    hash: UInt64Builder,
    spool: Spool,
}

impl AnchorRows {
    pub(crate) fn new(budget: usize) -> Self {
        let (version, hash) = (UInt32Builder::new(), UInt64Builder::new());
        Self { version, hash, spool: Spool::new(schema(), budget) }
    }

    pub(crate) fn push(&mut self, version: u32, hashes: Vec<u64>, writer: &Writer) -> Result<(), Error> {
        for hash in hashes {
            self.version.append_value(version);
            self.hash.append_value(hash);
        }
        if self.version.values_slice().len() >= SLAB_ROWS { self.flush(writer) } else { Ok(()) }
    }

    fn flush(&mut self, writer: &Writer) -> Result<(), Error> {
        let columns: Vec<ArrayRef> = vec![Arc::new(self.version.finish()), Arc::new(self.hash.finish())];
        self.spool.push(RecordBatch::try_new(schema(), columns)?, writer)
    }

    pub(crate) fn finish(mut self, writer: &Writer) -> Result<Spooled, Error> {
        self.flush(writer)?;
        self.spool.finish()
    }
}

fn schema() -> SchemaRef {
    let column = |name, data_type| Field::new(name, data_type, false);
    Arc::new(Schema::new(vec![column("version", DataType::UInt32), column("hash", DataType::UInt64)]))
}

/// Rows of the table after which a batch is handed to the file: its groups end between batches, and are short for what is packed anew of
/// them.
const GROUP_ROWS: usize = 256;

/// No version of this run.
const NONE: u32 = u32::MAX;

/// The anchors of every version, each once.
pub(crate) struct Anchors {
    archive: Archive,
    /// Files of the archive, each with the version that a row is of, [`NONE`] where it is of none, or says what is no longer so.
    earlier: Vec<(TableFile, Arc<Vec<u32>>)>,
    /// Of the versions that came with this run, as they came.
    first: Spooled,
    /// Versions whose first clipping left out other paragraphs than all of them agree on. Taken from each clipping, anchors would depend
    /// on which of them came first.
    stale: Arc<std::collections::HashSet<u32>>,
    /// See `stale`; and of versions of the archive of which no row says what is so now.
    again: Spooled,
    /// Versions that came with this run or are in `again`.
    new: Vec<u32>,
}

impl Anchors {
    pub(crate) fn of(
        first: AnchorRows,
        earlier: &Earlier,
        versions: &Versions,
        archive: &Archive,
        writer: &Writer,
        options: &Options,
        thresholds: &Thresholds,
    ) -> Result<Self, Error> {
        let first = first.finish(writer)?;
        let matcher = matcher(thresholds);
        let mut has = vec![false; versions.known() as usize];
        let mut files = Vec::new();
        for file in &earlier.anchors {
            let mut numbers = Vec::with_capacity(file.rows as usize);
            for batch in archive.read_file(&file.path, Some(&["version", "digest"]), options.batch_rows)? {
                let batch = batch?;
                let (ids, digests) = (columns::ids(&batch, 0)?, columns::u64s(&batch, 1)?);
                numbers.extend(ids.zip(digests).map(|(id, &own)| {
                    let is_so = |&number: &u32| versions.is_live(number) && own == digest(versions, number, matcher);
                    let number = versions.number(id).filter(is_so);
                    if let Some(number) = number {
                        has[number as usize] = true;
                    }
                    number.unwrap_or(NONE)
                }));
            }
            files.push((file.clone(), Arc::new(numbers)));
        }
        let is_new = |number: u32| number >= versions.known();
        let lacking: Vec<u32> = versions
            .live()
            .filter(|&number| if is_new(number) { !versions.is_measured(number) } else { !has[number as usize] })
            .collect();
        let (mut again, mut buffer) = (AnchorRows::new(options.for_rows()), Vec::new());
        for &number in &lacking {
            let prepared = versions.prepared(number, &mut buffer)?;
            again.push(number, anchor_hashes(&prepared, thresholds), writer)?;
        }
        let stale = lacking.iter().copied().filter(|&number| is_new(number)).collect();
        let measured = versions.live().filter(|&number| is_new(number) && versions.is_measured(number));
        let new = measured.chain(lacking.iter().copied()).collect();
        let again = again.finish(writer)?;
        Ok(Self { archive: archive.clone(), earlier: files, first, stale: Arc::new(stale), again, new })
    }

    /// Versions with their hashes, a batch at a time.
    pub(crate) fn read(
        &self,
        batch_rows: usize,
    ) -> Result<impl Iterator<Item = Result<Vec<(u32, u64)>, Error>> + Send + use<>, Error> {
        let mut earlier = Vec::new();
        for (file, numbers) in &self.earlier {
            let (numbers, mut from) = (numbers.clone(), 0);
            let rows = self.archive.read_file(&file.path, Some(&["hashes"]), batch_rows)?;
            earlier.push(rows.map(move |batch| -> Result<Vec<(u32, u64)>, Error> {
                let batch = batch?;
                let lists = columns::list(&batch, "hashes")?;
                let own = &numbers[from..from + lists.len()];
                from += lists.len();
                let hashes = lists.values().as_primitive::<UInt64Type>().values();
                let spans = lists.value_offsets().windows(2).map(|span| span[0] as usize..span[1] as usize);
                let of =
                    |(&number, span): (&u32, std::ops::Range<usize>)| hashes[span].iter().map(move |&h| (number, h));
                Ok(own.iter().zip(spans).filter(|(number, _)| **number != NONE).flat_map(of).collect())
            }));
        }
        Ok(earlier.into_iter().flatten().chain(self.read_new(batch_rows)?))
    }

    /// The same of those that no file of the archive has.
    fn read_new(
        &self,
        batch_rows: usize,
    ) -> Result<impl Iterator<Item = Result<Vec<(u32, u64)>, Error>> + Send + use<>, Error> {
        let stale = self.stale.clone();
        let rows = |batch: Result<RecordBatch, Error>| -> Result<Vec<(u32, u64)>, Error> {
            let batch = batch?;
            let (versions, hashes) = (columns::u32s(&batch, 0)?, columns::u64s(&batch, 1)?);
            Ok(versions.iter().copied().zip(hashes.iter().copied()).collect())
        };
        let first = self.first.read(&["version", "hash"], batch_rows)?.map(move |batch| {
            let mut rows = rows(batch)?;
            if !stale.is_empty() {
                rows.retain(|(version, _)| !stale.contains(version));
            }
            Ok(rows)
        });
        Ok(first.chain(self.again.read(&["version", "hash"], batch_rows)?.map(rows)))
    }

    /// Writes what no file of the archive has. Returns the files, and the paths of those that stay: all of whose rows are still so.
    pub(crate) fn write(
        &self,
        writer: &Writer,
        versions: &Versions,
        options: &Options,
        thresholds: &Thresholds,
    ) -> Result<(Vec<Finished>, Vec<String>), Error> {
        let (mut files, mut kept) = (Vec::new(), Vec::new());
        for (file, numbers) in &self.earlier {
            if !numbers.contains(&NONE) {
                kept.push(file.path.clone());
                continue;
            }
            let (mut patch, mut from) = (writer.patch(file)?, 0);
            for rows in patch.groups() {
                let stay: Vec<bool> = numbers[from..from + rows].iter().map(|&number| number != NONE).collect();
                from += rows;
                if stay.contains(&false) {
                    let left = stay.iter().filter(|&&stays| stays).count();
                    let with_rows = RecordBatchOptions::new().with_row_count(Some(left));
                    let nothing = RecordBatch::try_new_with_options(Schema::empty().into(), Vec::new(), &with_rows)?;
                    patch.group_without(&stay, &nothing)?;
                } else {
                    patch.keep()?;
                }
            }
            files.push(patch.finish()?);
        }
        if self.new.is_empty() {
            return Ok((files, kept));
        }
        let mut rows = Rows::new(versions, matcher(thresholds));
        let mut to = writer.table(Table::Anchors)?;
        let mut written = vec![false; versions.len()];
        let mut now: Option<(u32, Vec<u64>)> = None;
        for batch in self.read_new(options.batch_rows)? {
            for (version, hash) in batch? {
                match &mut now {
                    Some((of, hashes)) if *of == version => hashes.push(hash),
                    _ => {
                        if let Some((of, hashes)) = now.replace((version, vec![hash])) {
                            written[of as usize] = true;
                            rows.push(of, &hashes, &mut to)?;
                        }
                    }
                }
            }
        }
        if let Some((of, hashes)) = now {
            written[of as usize] = true;
            rows.push(of, &hashes, &mut to)?;
        }
        // Where there are no words there are no anchors, and that need not be found out again.
        for &version in self.new.iter().filter(|&&version| !written[version as usize]) {
            rows.push(version, &[], &mut to)?;
        }
        rows.flush(&mut to)?;
        files.push(to.finish()?);
        Ok((files, kept))
    }
}

/// Of all that anchors depend on beside the body.
fn digest(versions: &Versions, number: u32, matcher: u64) -> u64 {
    matcher ^ versions.mask(number)
}

/// Rows of the archive's table.
struct Rows<'v> {
    versions: &'v Versions,
    matcher: u64,
    ids: FixedSizeBinaryBuilder,
    digests: UInt64Builder,
    hashes: ListBuilder<UInt64Builder>,
}

impl<'v> Rows<'v> {
    fn new(versions: &'v Versions, matcher: u64) -> Self {
        let item = Field::new("item", DataType::UInt64, false);
        Self {
            versions,
            matcher,
            ids: FixedSizeBinaryBuilder::new(16),
            digests: UInt64Builder::new(),
            hashes: ListBuilder::new(UInt64Builder::new()).with_field(item),
        }
    }

    fn push(&mut self, number: u32, hashes: &[u64], to: &mut TableWriter) -> Result<(), Error> {
        self.ids.append_value(self.versions.ids[number as usize].to_be_bytes())?;
        self.digests.append_value(digest(self.versions, number, self.matcher));
        self.hashes.values().append_slice(hashes);
        self.hashes.append(true);
        if self.digests.values_slice().len() >= GROUP_ROWS { self.flush(to) } else { Ok(()) }
    }

    fn flush(&mut self, to: &mut TableWriter) -> Result<(), Error> {
        let columns: Vec<ArrayRef> =
            vec![Arc::new(self.ids.finish()), Arc::new(self.digests.finish()), Arc::new(self.hashes.finish())];
        Ok(to.write(&RecordBatch::try_new(Table::Anchors.schema(), columns)?)?)
    }
}
