use std::{
    collections::{BTreeSet, HashSet},
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

use arrow::datatypes::SchemaRef;
use rusqlite::Connection;

use crate::{
    Archive, Error, ErrorKind, Finished, Table, TableFile, TableWriter, WorkBytes, WorkWriter, commits, durable,
    layout,
    lock::{self, Lock},
};

/// The one process that writes to an archive.
pub struct Writer {
    dir: PathBuf,
    connection: Connection,
    archive: Archive,
    next: AtomicU64,
    _lock: Lock,
}

/// What a commit changes.
#[derive(Debug, Default)]
pub struct Commit {
    /// Files that become part of the archive.
    pub files: Vec<Finished>,
    /// Tables whose earlier files no longer are.
    pub replaced: Vec<Table>,
    /// Whether the stories are now those of all captures.
    pub stories: bool,
    /// What to note with the commit.
    pub note: Option<String>,
}

impl Writer {
    /// Opens the archive at `dir` to write, and makes it if nothing is there. Removes what a killed writer left behind.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        if !commits::exist(dir) {
            check_free(dir)?;
            durable::create_folder(dir)?;
        }
        let lock = lock::writer(dir)?;
        if !commits::exist(dir) {
            for table in Table::ALL {
                let folder = layout::table(dir, table);
                fs::create_dir_all(&folder).map_err(|e| Error::io("make", &folder, &e))?;
            }
            durable::sync_folder(&layout::tables(dir))?;
            commits::create(dir)?;
        }
        let connection = commits::open_to_write(dir)?;
        remove_left_behind(dir, &connection)?;
        let work = layout::work(dir);
        match fs::remove_dir_all(&work) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(Error::io("remove", &work, &e)),
            _ => {}
        }
        fs::create_dir_all(&work).map_err(|e| Error::io("make", &work, &e))?;
        let archive = Archive::of(dir, commits::state(dir, &connection)?, None)?;
        Ok(Self { dir: dir.to_owned(), connection, archive, next: AtomicU64::new(0), _lock: lock })
    }

    /// The last commit.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// Begins a file of the next commit.
    pub fn table(&self, table: Table) -> Result<TableWriter, Error> {
        let folder = layout::table(&self.dir, table);
        durable::create_folder(&folder)?;
        let n = self.next.fetch_add(1, Ordering::Relaxed);
        TableWriter::create(&self.dir, table, format!("tables/{table}/{:06}-{n}.parquet", self.archive.commit() + 1))
    }

    /// The folder for what a running `add` puts aside; emptied by the next writer.
    pub fn work_folder(&self) -> PathBuf {
        layout::work(&self.dir)
    }

    /// Begins to put rows aside.
    pub fn work_rows(&self, schema: SchemaRef) -> Result<WorkWriter, Error> {
        WorkWriter::create(self.work_path("rows"), schema)
    }

    /// Begins to put bytes aside.
    pub fn work_bytes(&self) -> Result<WorkBytes, Error> {
        WorkBytes::create(&self.work_path("bytes"))
    }

    fn work_path(&self, kind: &str) -> PathBuf {
        layout::work(&self.dir).join(format!("{kind}-{}", self.next.fetch_add(1, Ordering::Relaxed)))
    }

    /// Makes the files the archive's, all of them or none, and returns the number of the commit. When it returns they are on the disk.
    pub fn commit(&mut self, commit: Commit) -> Result<u64, Error> {
        // Waiting for the disk is most of the work, and it waits for all files at once.
        let failed = thread::scope(|scope| {
            let waiting: Vec<_> =
                commit.files.iter().map(|file| scope.spawn(|| durable::sync_file(&file.draft.0))).collect();
            waiting.into_iter().filter_map(|thread| thread.join().ok()?.err()).next()
        });
        if let Some(error) = failed {
            return Err(error);
        }
        let mut files = Vec::with_capacity(commit.files.len());
        let mut folders = BTreeSet::new();
        for file in commit.files {
            let path = self.dir.join(&file.path);
            fs::rename(&file.draft.0, &path).map_err(|e| Error::io("write", &path, &e))?;
            folders.insert(layout::table(&self.dir, file.table));
            files.push(TableFile {
                table: file.table,
                path: file.path,
                rows: file.rows,
                bytes: file.bytes,
                checksum: file.checksum,
            });
        }
        let synced = thread::scope(|scope| {
            let waiting: Vec<_> = folders.iter().map(|folder| scope.spawn(|| durable::sync_folder(folder))).collect();
            waiting.into_iter().filter_map(|thread| thread.join().ok()?.err()).next()
        });
        let id = match synced {
            Some(error) => Err(error),
            None => commits::append(
                &self.dir,
                &mut self.connection,
                &files,
                &commit.replaced,
                commit.stories,
                commit.note.as_deref(),
            ),
        };
        let id = match id {
            Ok(id) => id,
            Err(error) => {
                // No commit names them: they must not lie about under their names.
                for file in &files {
                    let _ = fs::remove_file(self.dir.join(&file.path));
                }
                return Err(error);
            }
        };
        self.archive = Archive::of(&self.dir, commits::state(&self.dir, &self.connection)?, None)?;
        if !commit.replaced.is_empty() {
            remove_replaced(&self.dir, &self.connection)?;
        }
        Ok(id)
    }

    /// Ends the writing: what was put aside is removed and the list of commits is one file again.
    pub fn close(self) -> Result<(), Error> {
        let _ = fs::remove_dir_all(layout::work(&self.dir));
        self.connection.close().map_err(|(_, e)| Error::sqlite(&layout::commits(&self.dir), &e))
    }
}

fn check_free(dir: &Path) -> Result<(), Error> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::NotADirectory => {
            return Err(Error::new(
                ErrorKind::NotAnArchive,
                format!("`{}` is a file; an archive is a folder, so name another place", dir.display()),
            ));
        }
        Err(e) => return Err(Error::io("read", dir, &e)),
    };
    for entry in entries {
        let name = entry.map_err(|e| Error::io("read", dir, &e))?.file_name();
        if !layout::is_ours(&name.to_string_lossy()) {
            return Err(Error::new(
                ErrorKind::NotAnArchive,
                format!(
                    "`{}` is a folder with other things in it (`{}`); name a new or an empty folder for the archive",
                    dir.display(),
                    name.to_string_lossy()
                ),
            ));
        }
    }
    Ok(())
}

/// Removes what no commit names, and the files of earlier commits.
fn remove_left_behind(dir: &Path, connection: &Connection) -> Result<(), Error> {
    let named: HashSet<String> = commits::paths(dir, connection)?.into_iter().map(|(path, _)| path).collect();
    for table in Table::ALL {
        let folder = layout::table(dir, table);
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let entry = entry.map_err(|e| Error::io("read", &folder, &e))?;
            if !named.contains(&format!("tables/{table}/{}", entry.file_name().to_string_lossy())) {
                fs::remove_file(entry.path()).map_err(|e| Error::io("remove", &entry.path(), &e))?;
            }
        }
    }
    remove_replaced(dir, connection)
}

/// Removes the files of earlier commits, unless somebody may be reading them: then the next writer does.
fn remove_replaced(dir: &Path, connection: &Connection) -> Result<(), Error> {
    let Some(_nobody_reads) = lock::no_readers(dir) else { return Ok(()) };
    for (path, _) in commits::paths(dir, connection)?.into_iter().filter(|(_, gone)| *gone) {
        let path = dir.join(path);
        match fs::remove_file(&path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(Error::io("remove", &path, &e)),
            _ => {}
        }
    }
    commits::forget_replaced(dir, connection)
}
