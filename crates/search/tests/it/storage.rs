//! What becomes of an index on disk.

use std::{fs, path::PathBuf};

use copydesk_search::{ErrorKind, Index};
use tempfile::TempDir;

use crate::made_up::{found, index, make, stories};

fn folder_of(folder: &TempDir, commit: u64) -> PathBuf {
    let mut folders = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    folders.find(|path| path.file_name().unwrap().to_str().unwrap().starts_with(&format!("{commit:010}"))).unwrap()
}

#[test]
fn a_reader_keeps_its_commit_while_another_is_made() {
    let (folder, old) = index(stories());
    let new = make(&folder, 2, stories().into_iter().take(1).collect());
    assert_eq!((old.commit(), old.stories(), found(&old, "ferry").len()), (1, 6, 2));
    assert_eq!((new.commit(), new.stories(), found(&new, "ferry").len()), (2, 1, 1));
    assert_eq!(Index::open(folder.path()).unwrap().commit(), 2);
    assert_eq!(Index::open_at(folder.path(), 1).err().map(|e| e.kind()), Some(ErrorKind::Missing));
}

#[test]
fn an_index_that_is_there_is_not_made_again() {
    let (folder, _index) = index(stories());
    let never =
        || -> Result<Box<dyn Iterator<Item = Result<copydesk_search::Entry, String>>>, String> { panic!("made again") };
    assert_eq!(Index::open_or_make(folder.path(), 1, never, |_| {}).unwrap().stories(), 6);
}

#[test]
fn damage_is_seen_and_mended() {
    let files = |folder: &TempDir| {
        let all = fs::read_dir(folder_of(folder, 1)).unwrap().map(|entry| entry.unwrap().path());
        all.filter(|path| !path.to_str().unwrap().ends_with(".lock")).collect::<Vec<_>>()
    };
    let (folder, _index) = index(stories());
    let names: Vec<_> = files(&folder).iter().map(|path| path.file_name().unwrap().to_owned()).collect();
    assert!(names.len() > 5, "{names:?}");
    for at in 0..names.len() {
        for damage in ["cut", "gone", "other"] {
            let file = files(&folder)[at].clone();
            let bytes = fs::read(&file).unwrap();
            match damage {
                "cut" => fs::write(&file, &bytes[..bytes.len() / 2]).unwrap(),
                "gone" => fs::remove_file(&file).unwrap(),
                _ => fs::write(&file, bytes.iter().map(|b| b ^ 0x55).collect::<Vec<_>>()).unwrap(),
            }
            let error = Index::open(folder.path()).err().unwrap_or_else(|| panic!("{damage} {}", file.display()));
            assert!(
                error.to_string().contains("has to be made again") || error.kind() != ErrorKind::Internal,
                "{error}"
            );
            assert_eq!(found(&make(&folder, 1, stories()), "ferry"), [1, 2], "{damage} {}", file.display());
        }
    }
}

#[test]
fn what_was_stopped_or_failed_leaves_nothing_that_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let failing = || {
        let entries = stories().into_iter().map(Ok).chain([Err("the archive ends here".to_owned())]);
        Ok(Box::new(entries) as Box<dyn Iterator<Item = _>>)
    };
    let error = Index::open_or_make(folder.path(), 1, failing, |_| {}).err().unwrap();
    assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Input, "the archive ends here"));
    assert_eq!(Index::open(folder.path()).err().map(|e| e.kind()), Some(ErrorKind::Missing));
    // As a process leaves it that was killed on the way.
    fs::create_dir_all(folder.path().join("draft")).unwrap();
    fs::write(folder.path().join("draft/meta.json"), "{").unwrap();
    assert_eq!(make(&folder, 1, stories()).stories(), 6);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn the_progress_is_told_and_an_empty_archive_is_searched() {
    let folder = tempfile::tempdir().unwrap();
    let mut told = Vec::new();
    let entries = || Ok::<_, String>(Box::new(stories().into_iter().map(Ok)) as Box<dyn Iterator<Item = _>>);
    Index::open_or_make(folder.path(), 1, entries, |stories| told.push(stories)).unwrap();
    assert_eq!(told, [1, 2, 3, 4, 5, 6]);
    let (_folder, empty) = index(Vec::new());
    assert!(found(&empty, "").is_empty() && found(&empty, "ferry site:a copies:>1").is_empty());
}
