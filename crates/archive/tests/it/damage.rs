use std::{
    fs::{self, OpenOptions},
    os::unix::fs::FileExt,
    path::PathBuf,
    process::Command,
};

use copydesk_archive::{Archive, Commit, ErrorKind, FORMAT, Table, Writer};

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
