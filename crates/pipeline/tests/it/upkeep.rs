//! Looking after an archive: `compact` and `verify`.

use std::{fs, path::Path};

use copydesk_archive::{Archive, Change, Commit, Table, Writer};
use copydesk_pipeline::{Options, Quiet, View, add, compact, verify};

use crate::{equal::tables, made_up::captures};

/// An archive that grew by three captures at a time.
fn grown(n: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for few in captures(6, 30)[..n].chunks(3) {
        add(folder.path(), few.iter().cloned().map(Ok), &Options::default(), &Quiet).unwrap();
    }
    folder
}

fn problems(dir: &Path) -> Vec<String> {
    verify(dir, &Options::default(), &Quiet).unwrap().problems.iter().map(ToString::to_string).collect()
}

fn files(dir: &Path, table: Table) -> Vec<std::path::PathBuf> {
    Archive::open(dir).unwrap().files(table).map(|file| dir.join(&file.path)).collect()
}

#[test]
fn many_small_files_become_one_and_no_row_changes() {
    let folder = grown(24);
    let before = tables(folder.path());
    assert_eq!(files(folder.path(), Table::Captures).len(), 8);
    let done = compact(folder.path(), &Options::default(), &Quiet).unwrap();
    assert_eq!(done.files_after, Table::ALL.len() as u64, "{done:?}");
    assert!(done.files_before >= 5 * 8 + 6, "{done:?}");
    assert!(done.bytes_after < done.bytes_before);
    assert_eq!(tables(folder.path()), before);
    assert!(problems(folder.path()).is_empty());
    assert!(!View::open(folder.path(), &Options::default()).unwrap().is_behind(), "nothing has to be worked out anew");
    assert_eq!(fs::read_dir(folder.path().join("tables/captures")).unwrap().count(), 1, "the old files are gone");

    // It is the same archive to what comes later, and there is nothing more to do.
    let more = captures(6, 30);
    add(folder.path(), more.clone().into_iter().map(Ok), &Options::default(), &Quiet).unwrap();
    let whole = tempfile::tempdir().unwrap();
    add(whole.path(), more.into_iter().map(Ok), &Options::default(), &Quiet).unwrap();
    assert_eq!(tables(folder.path()), tables(whole.path()));
    compact(folder.path(), &Options::default(), &Quiet).unwrap();
    let nothing = compact(folder.path(), &Options::default(), &Quiet).unwrap();
    assert_eq!((nothing.files_before, nothing.bytes_before), (nothing.files_after, nothing.bytes_after));
}

#[test]
fn one_flipped_bit_in_any_file_is_found_and_named() {
    let folder = grown(12);
    assert!(problems(folder.path()).is_empty());
    for table in Table::ALL {
        let file = files(folder.path(), table).remove(0);
        let sound = fs::read(&file).unwrap();
        let mut flipped = sound.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 1;
        fs::write(&file, flipped).unwrap();
        let found = problems(folder.path());
        assert!(found.len() == 1 && found[0].contains(&*file.file_name().unwrap().to_string_lossy()), "{found:?}");
        assert!(found[0].contains(table.name()), "{found:?}");
        fs::write(&file, sound).unwrap();
    }
    assert!(problems(folder.path()).is_empty());
}

#[test]
fn what_is_missing_cut_or_not_the_archives_is_told() {
    let folder = grown(12);
    let captures = files(folder.path(), Table::Captures);
    let whole = fs::read(&captures[0]).unwrap();
    fs::write(&captures[0], &whole[..whole.len() - 1]).unwrap();
    fs::remove_file(&captures[1]).unwrap();
    fs::write(folder.path().join("tables/stories/notes.txt"), "mine").unwrap();
    let found = problems(folder.path());
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found.iter().any(|p| p.contains("bytes where the archive wrote")), "{found:?}");
    assert!(found.iter().any(|p| p.contains("is missing")), "{found:?}");
    assert!(found.iter().any(|p| p.contains("notes.txt` is no file of the archive")), "{found:?}");
}

#[test]
fn tables_that_do_not_belong_together_are_told() {
    let folder = grown(12);
    let mut writer = Writer::open(folder.path()).unwrap();
    let gone = writer.archive().files(Table::Stories).map(|file| file.path.clone()).collect();
    writer
        .commit(Commit { files: Vec::new(), change: Change { gone, same_captures: true, ..Change::default() } })
        .unwrap();
    writer.close().unwrap();
    let found = problems(folder.path());
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("`clippings.story` names `") && found[1].starts_with("`versions.story` names `"));
    assert!(found[0].contains("--resplit"), "{found:?}");
    add(folder.path(), [], &Options { resplit: true, ..Options::default() }, &Quiet).unwrap();
    assert!(problems(folder.path()).is_empty());
}
