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
/// those that are brought together. A file that is damaged is left as it is, and so is everything else: the error says what to do.
pub fn compact(dir: &Path, options: &Options, progress: &dyn Progress) -> Result<Compacted, Error> {
    View::open(dir, options)?;
    let mut writer = Writer::open(dir)?;
    let archive = writer.archive().clone();
    let mut done = Compacted::default();
    (done.files_before, done.bytes_before) = size(&archive);
    progress.stage("compact", "rows", Some(Table::ALL.into_iter().map(|table| archive.rows(table)).sum()));
    let all = |table| archive.files(table).cloned().collect::<Vec<TableFile>>();
    let (captures, sightings) = (all(Table::Captures), all(Table::Sightings));
    let (mut files, mut gone) = (Vec::new(), Vec::new());
    let mut bring = |table, parts: &[TableFile], of: Option<&str>| -> Result<String, Error> {
        let file = together(&writer, table, parts, of, options, progress)?;
        let path = file.path().to_owned();
        gone.extend(parts.iter().map(|file| file.path.clone()));
        files.push(file);
        Ok(path)
    };
    for group in groups(&captures) {
        let path = bring(Table::Captures, &captures[group.clone()], None)?;
        bring(Table::Sightings, &sightings[group.clone()], None)?;
        for table in Table::BESIDE_CAPTURES {
            let beside = all(table);
            let of =
                |captures: &TableFile| beside.iter().find(|file| file.of.as_ref() == Some(&captures.path)).cloned();
            let parts: Vec<TableFile> = captures[group.clone()].iter().filter_map(of).collect();
            // Those of captures whose stories are not worked out yet are not there; then all of them are worked out together.
            let whole = parts.len() == group.len();
            if !parts.is_empty() {
                bring(table, &parts, Some(if whole { &path } else { "" }))?;
            }
        }
    }
    for table in Table::DERIVED.into_iter().filter(|table| !Table::BESIDE_CAPTURES.contains(table)) {
        let parts = all(table);
        for group in groups(&parts) {
            bring(table, &parts[group], None)?;
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
    of: Option<&str>,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Finished, Error> {
    let mut to = writer.table(table)?;
    if let Some(captures) = of {
        to = to.of(captures);
    }
    // Rows of captures and versions hold whole texts.
    let rows = match table {
        Table::Captures | Table::Versions => 64,
        // Groups of rows end between batches, and those of these tables are short.
        Table::Blocks | Table::Clippings | Table::Anchors => options.batch_rows.min(256),
        _ => options.batch_rows,
    };
    for file in parts {
        writer.archive().check(file)?;
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
            of: None,
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
