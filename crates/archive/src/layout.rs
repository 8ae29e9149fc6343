use std::path::{Path, PathBuf};

use crate::Table;

/// Where things are below the archive's directory.
pub(crate) fn commits(dir: &Path) -> PathBuf {
    dir.join("archive.sqlite")
}

/// What its bytes come to.
pub(crate) fn commits_sum(dir: &Path) -> PathBuf {
    dir.join("archive.sqlite.sum")
}

pub(crate) fn tables(dir: &Path) -> PathBuf {
    dir.join("tables")
}

pub(crate) fn table(dir: &Path, table: Table) -> PathBuf {
    tables(dir).join(table.name())
}

pub(crate) fn work(dir: &Path) -> PathBuf {
    dir.join("work")
}

/// Held by the process that writes.
pub(crate) fn writer_lock(dir: &Path) -> PathBuf {
    dir.join("writer.lock")
}

/// Shared by the processes that read: files of an earlier commit are removed only while nobody holds it.
pub(crate) fn readers_lock(dir: &Path) -> PathBuf {
    dir.join("readers.lock")
}

/// What an archive's directory may hold before its first commit, left by a writer that was killed while it made it.
pub(crate) fn is_ours(name: &str) -> bool {
    matches!(name, "tables" | "work" | "writer.lock" | "readers.lock") || name.starts_with("archive.sqlite")
}
