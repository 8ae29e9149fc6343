use std::path::Path;

use copydesk_archive::{Change, Commit, Finished, Table, TableFile, Writer};

use crate::{Error, Options, Progress, View};

/// Files of captures are brought together up to this size: large enough that a million captures are a few dozen files, small enough to be
/// written anew when something in them is to be forgotten.
const TOGETHER: u64 = 256 << 20;

/// What became of an archive's files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compacted {
    /// Files before.
    pub files_before: u64,
    /// Files after.
    pub files_after: u64,
    /// Bytes in them before.
    pub bytes_before: u64,
    /// Bytes in them after.
    pub bytes_after: u64,
}

/// Brings the many small files that many small calls of [`add`](crate::add()) leave together into few. No row changes, nor their order among
/// those that are brought together.
pub fn compact(dir: &Path, options: &Options, progress: &dyn Progress) -> Result<Compacted, Error> {
    View::open(dir, options)?;
    let mut writer = Writer::open(dir)?;
    let archive = writer.archive().clone();
    let mut done = Compacted::default();
    (done.files_before, done.bytes_before) = size(&archive);
    progress.stage("compact", "rows", Some(archive.rows(Table::Captures) + archive.rows(Table::Sightings)));
    let [captures, sightings] =
        [Table::Captures, Table::Sightings].map(|table| archive.files(table).cloned().collect::<Vec<_>>());
    let (mut files, mut gone) = (Vec::new(), Vec::new());
    for group in groups(&captures) {
        for (table, all) in [(Table::Captures, &captures), (Table::Sightings, &sightings)] {
            let parts = &all[group.clone()];
            files.push(together(&writer, table, parts, options, progress)?);
            gone.extend(parts.iter().map(|file| file.path.clone()));
        }
    }
    if !files.is_empty() {
        writer.commit(Commit { files, change: Change { gone, same_captures: true, ..Change::default() } })?;
    }
    (done.files_after, done.bytes_after) = size(writer.archive());
    writer.close()?;
    Ok(done)
}

fn size(archive: &copydesk_archive::Archive) -> (u64, u64) {
    let files = || Table::ALL.into_iter().flat_map(|table| archive.files(table));
    (files().count() as u64, files().map(|file| file.bytes).sum())
}

/// Runs of neighbouring files that are small enough to be one.
fn groups(files: &[TableFile]) -> Vec<std::ops::Range<usize>> {
    let mut groups = Vec::new();
    let (mut from, mut bytes) = (0, 0);
    for (at, file) in files.iter().enumerate() {
        if bytes + file.bytes > TOGETHER {
            groups.push(from..at);
            (from, bytes) = (at, 0);
        }
        bytes += file.bytes;
    }
    groups.push(from..files.len());
    groups.retain(|group| group.len() > 1);
    groups
}

fn together(
    writer: &Writer,
    table: Table,
    parts: &[TableFile],
    options: &Options,
    progress: &dyn Progress,
) -> Result<Finished, Error> {
    let mut to = writer.table(table)?;
    // Rows of captures hold whole texts.
    let rows = if table == Table::Captures { 64 } else { options.batch_rows };
    for file in parts {
        for batch in writer.archive().read_file(&file.path, None, rows)? {
            let batch = batch?.with_schema(to.schema())?;
            to.write(&batch)?;
            progress.advance(batch.num_rows() as u64);
        }
    }
    Ok(to.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(megabytes: &[u64], expected: &[(usize, usize)]) {
        let file = |&n: &u64| TableFile {
            table: Table::Captures,
            path: String::new(),
            rows: 1,
            bytes: n << 20,
            checksum: String::new(),
        };
        let found = groups(&megabytes.iter().map(file).collect::<Vec<_>>());
        assert_eq!(found.iter().map(|group| (group.start, group.end)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn neighbours_come_together_until_they_are_large() {
        check(&[], &[]);
        check(&[9], &[]);
        check(&[1, 2, 3], &[(0, 3)]);
        check(&[300, 1, 1, 300, 1], &[(1, 3)]);
        check(&[100, 100, 100, 100, 100], &[(0, 2), (2, 4)]);
    }
}
