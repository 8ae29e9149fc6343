use std::{
    collections::BTreeSet,
    fs::{self, OpenOptions},
    os::unix::fs::FileExt,
    path::PathBuf,
    process::Command,
};

use copydesk_archive::{Archive, Change, Commit, ErrorKind, FORMAT, Forgotten, Ruling, Table, Writer};

use crate::commits::{file, rows};

/// An archive of one file, and the file.
fn archive() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(folder.path()).unwrap();
    let files = vec![file(&writer, Table::Captures, "text", 500)];
    writer.commit(Commit { files, ..Commit::default() }).unwrap();
    writer.close().unwrap();
    let archive = Archive::open(folder.path()).unwrap();
    let path = folder.path().join(&archive.files(Table::Captures).next().unwrap().path);
    (folder, path)
}

#[test]
fn a_flipped_byte_is_found_and_named() {
    let (folder, path) = archive();
    let file = OpenOptions::new().read(true).write(true).open(&path).unwrap();
    let mut byte = [0];
    file.read_exact_at(&mut byte, 100).unwrap();
    file.write_all_at(&[byte[0] ^ 1], 100).unwrap();
    let wrong = Archive::open(folder.path()).unwrap().verify();
    assert_eq!(wrong.len(), 1);
    assert_eq!(wrong[0].kind(), ErrorKind::Damaged);
    assert!(wrong[0].to_string().contains(path.to_str().unwrap()), "{}", wrong[0]);
}

/// An archive of two files with a story forgotten and two merged, and the bytes of its list.
fn archive_with_a_history() -> (tempfile::TempDir, PathBuf, Vec<u8>) {
    let (folder, _) = archive();
    let mut writer = Writer::open(folder.path()).unwrap();
    let files = vec![file(&writer, Table::Captures, "more", 20)];
    let rulings = vec![Ruling::Merge { versions: vec!["a1".into(), "b2".into()], note: "one and the same".into() }];
    let change =
        Change { rulings, forgotten: vec![Forgotten::story("c3")], why: "asked to".into(), ..Change::default() };
    writer.commit(Commit { files, change }).unwrap();
    writer.close().unwrap();
    let list = folder.path().join("archive.sqlite");
    let bytes = fs::read(&list).unwrap();
    (folder, list, bytes)
}

fn wrong_with(folder: &tempfile::TempDir) -> Option<copydesk_archive::Error> {
    Archive::open(folder.path()).map_or_else(Some, |archive| archive.verify().into_iter().next())
}

#[test]
fn a_flipped_bit_of_the_list_is_found_wherever_it_is() {
    let (folder, list, bytes) = archive_with_a_history();
    let sum = folder.path().join("archive.sqlite.sum");
    assert!(wrong_with(&folder).is_none());
    for (path, step) in [(&list, 29), (&sum, 1)] {
        let good = fs::read(path).unwrap();
        for at in (0..good.len()).step_by(step) {
            let mut bad = good.clone();
            bad[at] ^= 1 << (at % 8);
            fs::write(path, bad).unwrap();
            let error = wrong_with(&folder).unwrap_or_else(|| panic!("byte {at} of {} is not missed", path.display()));
            assert!(error.to_string().contains(list.to_str().unwrap()), "byte {at}: {error}");
        }
        fs::write(path, good).unwrap();
    }
    assert!(wrong_with(&folder).is_none());
    assert_eq!(fs::read(&list).unwrap(), bytes, "looking changes nothing");
}

#[test]
fn by_a_damaged_list_nothing_is_written_or_removed() {
    let (folder, list, bytes) = archive_with_a_history();
    let tables = folder.path().join("tables/captures");
    let names = || fs::read_dir(&tables).unwrap().map(|entry| entry.unwrap().file_name()).collect::<BTreeSet<_>>();
    let (before, mut refused) = (names(), 0);
    let said: &[&[u8]] = &[b"tables/captures/", b"merge", b"a1 b2", b"asked to", b"story"];
    let is_said = |at: usize| said.iter().any(|said| bytes[at..].starts_with(said));
    for place in (0..bytes.len()).filter(|&at| is_said(at)) {
        let mut bad = bytes.clone();
        bad[place + 1] ^= 1;
        fs::write(&list, bad).unwrap();
        // Who reads is told, and reads on.
        let archive = Archive::open(folder.path()).unwrap();
        let told = archive.damage().map(|damage| damage.kind());
        drop(archive);
        match Writer::open(folder.path()) {
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Damaged, "{error}");
                refused += 1;
            }
            // The schema's own words stand in the file, too, and rows that are no more.
            Ok(_) => assert_eq!(told, None),
        }
        assert_eq!(names(), before);
    }
    assert!(refused >= 6, "{refused}");
    fs::write(&list, bytes).unwrap();
    assert!(wrong_with(&folder).is_none());
}

#[test]
fn a_writer_that_was_killed_leaves_a_list_that_holds() {
    let (folder, _, _) = archive_with_a_history();
    let mut writer = Writer::open(folder.path()).unwrap();
    let files = vec![file(&writer, Table::Captures, "last", 5)];
    writer.commit(Commit { files, ..Commit::default() }).unwrap();
    // What a kill leaves: the file that SQLite keeps beside its own, and a sum of what was there before.
    let copy = tempfile::tempdir().unwrap();
    assert!(
        Command::new("cp").args(["-r", folder.path().to_str().unwrap()]).arg(copy.path()).status().unwrap().success()
    );
    drop(writer);
    let left = copy.path().join(folder.path().file_name().unwrap());
    let archive = Archive::open(&left).unwrap();
    assert_eq!((archive.commit(), archive.rows(Table::Captures)), (3, 525));
    assert!(archive.verify().is_empty());
}

#[test]
fn a_cut_or_missing_file_is_named() {
    let (folder, path) = archive();
    OpenOptions::new().write(true).open(&path).unwrap().set_len(200).unwrap();
    let read = |folder: &tempfile::TempDir| -> copydesk_archive::Error {
        let archive = Archive::open(folder.path()).unwrap();
        archive.read(Table::Captures, None, 100).and_then(|mut batches| batches.next().unwrap()).unwrap_err()
    };
    let error = read(&folder);
    assert_eq!(error.kind(), ErrorKind::Damaged, "{error}");
    fs::remove_file(&path).unwrap();
    let error = read(&folder);
    assert_eq!(error.kind(), ErrorKind::Damaged);
    assert!(error.to_string().contains("is missing"), "{error}");
}

#[test]
fn another_format_is_refused_by_readers_and_writers() {
    for (version, kind, says) in [
        (FORMAT + 1, ErrorKind::Newer, "written by a newer copydesk"),
        (FORMAT - 1, ErrorKind::Older, "add the captures to a new archive"),
    ] {
        let (folder, _) = archive();
        let connection = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
        connection.execute("UPDATE format SET version = ?1, written_by = '9.0'", [version]).unwrap();
        drop(connection);
        for error in [Archive::open(folder.path()).err().unwrap(), Writer::open(folder.path()).err().unwrap()] {
            assert_eq!(error.kind(), kind);
            assert!(error.to_string().contains(says), "{error}");
        }
    }
}

#[test]
fn a_list_of_commits_that_is_none_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("archive.sqlite"), "no database, but long enough to be taken for one".repeat(40))
        .unwrap();
    let error = Archive::open(folder.path()).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Damaged, "{error}");
}

/// A small file system of its own; `None` where nobody may mount one.
fn small_disk(megabytes: u32) -> Option<(tempfile::TempDir, Mounted)> {
    let folder = tempfile::tempdir().unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", &format!("size={megabytes}m"), "copydesk-test"])
        .arg(folder.path())
        .status()
        .is_ok_and(|status| status.success());
    mounted.then(|| {
        let path = folder.path().to_owned();
        (folder, Mounted(path))
    })
}

struct Mounted(PathBuf);

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_named_and_leaves_the_last_commit() {
    let Some((folder, _mounted)) = small_disk(4) else {
        eprintln!("SKIPPED a_full_disk_is_named_and_leaves_the_last_commit: cannot mount a tmpfs here (not root?)");
        return;
    };
    let dir = folder.path().join("archive");
    let mut writer = Writer::open(&dir).unwrap();
    let files = vec![file(&writer, Table::Captures, "first", 10)];
    writer.commit(Commit { files, ..Commit::default() }).unwrap();

    let mut to = writer.table(Table::Relations).unwrap();
    let mut written = Ok(());
    for i in 0..200 {
        written =
            to.write(&rows(Table::Relations, &format!("{:x}", (i as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)), 20_000));
        if written.is_err() {
            break;
        }
    }
    let error = match written {
        Err(error) => {
            drop(to);
            error
        }
        Ok(()) => to.finish().unwrap_err(),
    };
    assert_eq!(error.kind(), ErrorKind::DiskFull, "{error}");
    assert!(error.to_string().contains("no space left"), "{error}");
    drop(writer);
    let archive = Archive::open(&dir).unwrap();
    assert_eq!((archive.rows(Table::Captures), archive.rows(Table::Relations)), (10, 0));
    drop(archive);
    // With the half-written file gone there is room again.
    let mut writer = Writer::open(&dir).unwrap();
    let files = vec![file(&writer, Table::Captures, "second", 10)];
    writer.commit(Commit { files, ..Commit::default() }).unwrap();
    assert_eq!(writer.archive().rows(Table::Captures), 20);
}
