use std::{collections::HashSet, path::Path};

use arrow::record_batch::RecordBatch;
use copydesk_archive::{Archive, Forgotten, Table};
use copydesk_split::blocks;
use copydesk_text::body_hash;
use xxhash_rust::xxh3::xxh3_64;

use crate::{Error, ErrorKind, Options, Progress, columns, forgetting::Forgetting};

/// What was looked at, and what is wrong.
#[derive(Debug, Default)]
pub struct Verified {
    /// Number of the commit that was looked at.
    pub commit: u64,
    /// Files of it.
    pub files: u64,
    /// Bytes in them.
    pub bytes: u64,
    /// Captures that were searched for what was to be forgotten, and how much that is: URLs, captures and blocks.
    pub captures: u64,
    /// See `captures`.
    pub forgotten: u64,
    /// Files of earlier commits that were being read when they should have gone: the last reader removes them, or the next writer.
    pub retired: u64,
    /// What is wrong, each naming what it is about and what to do. Empty for a sound archive.
    pub problems: Vec<Error>,
}

/// Reads the archive at `dir` from end to end. A sound archive has every file as it was written and no other, texts that their hashes
/// are of, tables that belong together, and nothing of what it was told to forget.
///
/// A problem ends nothing: what can be read is looked at.
pub fn verify(dir: &Path, options: &Options, progress: &dyn Progress) -> Result<Verified, Error> {
    let archive = Archive::open(dir)?;
    let files = || Table::ALL.into_iter().flat_map(|table| archive.files(table));
    let mut done = Verified {
        commit: archive.commit(),
        files: files().count() as u64,
        bytes: files().map(|file| file.bytes).sum(),
        forgotten: archive
            .forgotten()
            .filter(|what| !matches!(what, Forgotten::Story(_) | Forgotten::Page(_) | Forgotten::Cut(_)))
            .count() as u64,
        ..Verified::default()
    };
    progress.stage("check files", "bytes", Some(done.bytes));
    let broken = archive.verify();
    progress.advance(done.bytes);
    let sound = broken.is_empty();
    done.problems.extend(broken.into_iter().map(Error::from));
    let beside = archive.beside()?;
    done.retired = beside.retired.len() as u64;
    for file in beside.unforgotten {
        let what = format!(
            "`{}` is of an earlier commit and may hold what was to be forgotten: a run was killed before it had removed it; `copydesk add {}` does",
            file.display(),
            dir.display()
        );
        done.problems.push(Error::new(ErrorKind::Damaged, what));
    }
    for stray in beside.strays {
        let what = format!(
            "`{}` is no file of the archive: what a killed run left, which the next `add` removes, or something of yours",
            stray.display()
        );
        done.problems.push(Error::new(ErrorKind::Damaged, what));
    }
    // What is read from broken files would be told of a second time, in other words.
    if sound {
        let rows = options.batch_rows;
        let mut look = |check: fn(&Archive, usize, &mut Verified) -> Result<(), Error>| {
            if let Err(error) = check(&archive, rows, &mut done) {
                done.problems.push(error);
            }
        };
        look(sightings_belong_to_captures);
        look(splits_belong_to_captures);
        look(derived_tables_belong_together);
        let all = archive.rows(Table::Captures) + archive.rows(Table::Versions);
        progress.stage("read captures and versions", "rows", Some(all));
        for check in [captures_are_what_they_were, versions_are_what_their_ids_say] {
            if let Err(error) = check(&archive, progress, &mut done) {
                done.problems.push(error);
            }
        }
        if let Err(error) = no_hash_is_left(&archive, &mut done) {
            done.problems.push(error);
        }
    }
    Ok(done)
}

fn damaged(what: String) -> Error {
    Error::new(ErrorKind::Damaged, what)
}

/// The rows of `sightings` are those of the captures' blocks.
fn sightings_belong_to_captures(archive: &Archive, rows: usize, done: &mut Verified) -> Result<(), Error> {
    for (captures, sightings) in archive.files(Table::Captures).zip(archive.files(Table::Sightings)) {
        let mut blocks = 0;
        for batch in archive.read_file(&captures.path, Some(&["blocks"]), rows)? {
            blocks += columns::u32s(&batch?, 0)?.iter().map(|&n| u64::from(n)).sum::<u64>();
        }
        if blocks != sightings.rows {
            done.problems.push(damaged(format!(
                "`{}` has {} rows where the captures of `{}` have {blocks} blocks; make the archive again from its inputs",
                sightings.path, sightings.rows, captures.path
            )));
        }
    }
    Ok(())
}

/// What is kept of how captures came apart is of as many captures, blocks and clippings as there are.
fn splits_belong_to_captures(archive: &Archive, rows: usize, done: &mut Verified) -> Result<(), Error> {
    let of = |table, captures: &str| archive.files(table).find(|file| file.of.as_deref() == Some(captures)).cloned();
    for captures in archive.files(Table::Captures) {
        let [splits, blocks, clippings] = Table::BESIDE_CAPTURES.map(|table| of(table, &captures.path));
        let (Some(splits), Some(blocks), Some(clippings)) = (splits, blocks, clippings) else { continue };
        let mut found = [0, 0, 0];
        for batch in archive.read_file(&splits.path, Some(&["clippings", "outline"]), rows)? {
            let batch = batch?;
            found[0] += batch.num_rows() as u64;
            found[1] += columns::bytes(&batch, "outline")?.value_data().len() as u64;
            found[2] += columns::u32s(&batch, 0)?.iter().map(|&n| u64::from(n)).sum::<u64>();
        }
        let files = [(captures, "captures"), (&blocks, "blocks"), (&clippings, "clippings")];
        for ((file, what), found) in files.into_iter().zip(found).filter(|((file, _), found)| file.rows != *found) {
            done.problems.push(damaged(format!(
                "`{}` is of {found} {what} where `{}` has {}; `copydesk add ARCHIVE --resplit` works the tables out anew",
                splits.path, file.path, file.rows
            )));
        }
    }
    Ok(())
}

/// Ids as the hashes that they are written as: a sixteenth of the memory of texts.
fn ids(archive: &Archive, table: Table, column: &str, rows: usize) -> Result<HashSet<u64>, Error> {
    let mut ids = HashSet::new();
    each(archive, table, column, rows, |id| {
        ids.insert(xxh3_64(id.as_bytes()));
    })?;
    Ok(ids)
}

fn each(archive: &Archive, table: Table, column: &str, rows: usize, mut take: impl FnMut(&str)) -> Result<(), Error> {
    for batch in archive.read(table, Some(&[column]), rows)? {
        columns::texts(&batch?, 0)?.iter().flatten().for_each(&mut take);
    }
    Ok(())
}

/// Whatever a row names is there.
fn derived_tables_belong_together(archive: &Archive, rows: usize, done: &mut Verified) -> Result<(), Error> {
    if archive.is_behind() {
        return Ok(());
    }
    for (named, names) in [
        (Table::Captures, [(Table::Clippings, "capture"), (Table::Blocks, "capture")].as_slice()),
        (Table::Versions, &[(Table::Clippings, "version"), (Table::Relations, "a"), (Table::Relations, "b")]),
        (Table::Stories, &[(Table::Clippings, "story"), (Table::Versions, "story")]),
    ] {
        let known = ids(archive, named, "id", rows)?;
        for &(table, column) in names {
            let mut missing: Option<String> = None;
            each(archive, table, column, rows, |id| {
                if missing.is_none() && !known.contains(&xxh3_64(id.as_bytes())) {
                    missing = Some(id.to_owned());
                }
            })?;
            if let Some(id) = missing {
                done.problems.push(damaged(format!(
                    "`{table}.{column}` names `{id}`, which is not in `{named}`; `copydesk add ARCHIVE --resplit` works the tables out anew"
                )));
            }
        }
    }
    Ok(())
}

/// Every capture has the text that its hash is of. None is one that was to be forgotten, or has a block of that kind; all other tables
/// are worked out from captures, and hold nothing of captures that are not there.
fn captures_are_what_they_were(archive: &Archive, progress: &dyn Progress, done: &mut Verified) -> Result<(), Error> {
    let forgetting = (archive.forgotten().len() > 0).then(|| Forgetting::of(archive));
    for file in archive.files(Table::Captures) {
        for batch in archive.read_file(&file.path, Some(&["id", "url", "text", "hash"]), 16)? {
            let batch: RecordBatch = batch?;
            let [names, urls, texts] = [0, 1, 2].map(|column| columns::texts(&batch, column));
            let (names, urls, texts, hashes) = (names?, urls?, texts?, columns::u64s(&batch, 3)?);
            for (row, &hash) in hashes.iter().enumerate() {
                let text = texts.value(row);
                if xxh3_64(text.as_bytes()) != hash {
                    done.problems.push(damaged(format!(
                        "the capture `{}` in `{}` has another text than the one that was added; restore the archive from a copy, or make it \
                         again from its inputs",
                        names.value(row),
                        file.path
                    )));
                }
                let Some(forgetting) = &forgetting else { continue };
                done.captures += 1;
                let left = forgetting.has_page(names.value(row), urls.value(row))
                    || blocks(text).iter().any(|block| forgetting.has_block(block.hash));
                if left {
                    done.problems.push(damaged(format!(
                        "the capture `{}` holds what was to be forgotten; `copydesk forget` it again",
                        names.value(row)
                    )));
                }
            }
            progress.advance(batch.num_rows() as u64);
        }
    }
    Ok(())
}

/// The id of a version is the hash of its body.
fn versions_are_what_their_ids_say(
    archive: &Archive,
    progress: &dyn Progress,
    done: &mut Verified,
) -> Result<(), Error> {
    for file in archive.files(Table::Versions) {
        for batch in archive.read_file(&file.path, Some(&["id", "body"]), 64)? {
            let batch = batch?;
            for (id, body) in
                columns::texts(&batch, 0)?.iter().flatten().zip(columns::texts(&batch, 1)?.iter().flatten())
            {
                if u128::from_str_radix(id, 16).ok() != Some(body_hash(body)) {
                    done.problems.push(damaged(format!(
                        "the version `{id}` in `{}` has another body than its id says; `copydesk add ARCHIVE --resplit` works the tables \
                         out anew",
                        file.path
                    )));
                }
            }
            progress.advance(batch.num_rows() as u64);
        }
    }
    Ok(())
}

/// A block's hash stands beside it in two more tables.
fn no_hash_is_left(archive: &Archive, done: &mut Verified) -> Result<(), Error> {
    if archive.forgotten().len() == 0 {
        return Ok(());
    }
    let forgetting = Forgetting::of(archive);
    for table in [Table::Sightings, Table::Blocks] {
        for batch in archive.read(table, Some(&["hash"]), 8192)? {
            if columns::u64s(&batch?, 0)?.iter().any(|&hash| forgetting.has_block(hash)) {
                done.problems.push(damaged(format!(
                    "the table `{table}` holds a block that was to be forgotten; `copydesk forget` it again"
                )));
                break;
            }
        }
    }
    Ok(())
}
