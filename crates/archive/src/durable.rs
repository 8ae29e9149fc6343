use std::{fs::File, io, path::Path, thread};

use crate::Error;

/// Puts a file's bytes on the disk.
pub(crate) fn sync_file(path: &Path) -> Result<(), Error> {
    File::open(path).and_then(|file| file.sync_all()).map_err(|e| Error::io("write", path, &e))
}

/// Puts a folder's entries on the disk: without it a renamed file can be gone after a power cut.
pub(crate) fn sync_folder(path: &Path) -> Result<(), Error> {
    match File::open(path).and_then(|folder| folder.sync_all()) {
        Ok(()) => Ok(()),
        // Not every file system lets a folder be synced; the ones that do not need no syncing.
        Err(e) if matches!(e.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::PermissionDenied) => Ok(()),
        Err(e) => Err(Error::io("write", path, &e)),
    }
}

/// Makes a folder and everything above it, and puts their entries on the disk.
pub(crate) fn create_folder(path: &Path) -> Result<(), Error> {
    if path.is_dir() {
        return Ok(());
    }
    std::fs::create_dir_all(path).map_err(|e| Error::io("make", path, &e))?;
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).map_or(Ok(()), sync_folder)
}

/// Puts files (`true`) and folders (`false`) on the disk. Waiting is most of the work, and it waits for all of them at once.
pub(crate) fn sync_all<'p>(paths: impl Iterator<Item = (&'p Path, bool)>) -> Result<(), Error> {
    thread::scope(|scope| {
        let waiting: Vec<_> = paths
            .map(|(path, is_file)| scope.spawn(move || if is_file { sync_file(path) } else { sync_folder(path) }))
            .collect();
        waiting.into_iter().filter_map(|thread| thread.join().ok()).collect()
    })
}
