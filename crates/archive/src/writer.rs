use std::{
    collections::{BTreeSet, HashSet},
    fs::{self, File},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread::{self, JoinHandle},
};

use arrow::datatypes::SchemaRef;
use rusqlite::Connection;

use crate::{
    Archive, Error, ErrorKind, Finished, Forgotten, Patch, Ruling, Table, TableFile, TableWriter, WorkBytes,
    WorkWriter, commits, durable, layout,
    lock::{self, Lock},
    table_writer::Draft,
};

/// The one process that writes to an archive.
pub struct Writer {
    dir: PathBuf,
    connection: Arc<Mutex<Connection>>,
    archive: Archive,
    /// Files that were begun, by table and of those that are put aside: what is written at the same time does not show in their names.
    begun: [AtomicU64; Table::ALL.len() + 1],
    pending: Option<JoinHandle<Result<(), Error>>>,
    staged: Option<Staged>,
    _lock: Lock,
}

/// Part of the next commit.
struct Staged {
    placed: Vec<Draft>,
    written: Vec<TableFile>,
    change: Change,
}

/// What becomes of the archive.
#[derive(Debug, Default)]
pub struct Commit {
    /// Files that become part of it.
    pub files: Vec<Finished>,
    /// What else changes.
    pub change: Change,
}

/// What a commit changes beside adding files.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// Tables whose earlier files are no longer part of the archive.
    pub replaced: Vec<Table>,
    /// Paths of their files that still are.
    pub kept: Vec<String>,
    /// Paths of other files that no longer are, as [`TableFile::path`] has them.
    pub gone: Vec<String>,
    /// Whether the files hold no more than those that go: nothing has to be worked out anew.
    pub same_captures: bool,
    /// Whether the stories are now those of all captures.
    pub stories: bool,
    /// What to note with the commit.
    pub note: Option<String>,
    /// What the user said of stories.
    pub rulings: Vec<Ruling>,
    /// What must not come back.
    pub forgotten: Vec<Forgotten>,
    /// Why it must not, as the user said.
    pub why: String,
}

impl Change {
    /// Whether something goes for good: what earlier commits noted goes with it.
    pub(crate) fn is_forgetting(&self) -> bool {
        !self.forgotten.is_empty() && !self.gone.is_empty()
    }

    /// With what another one changes that is to happen at the same time, after it.
    fn and(mut self, then: Self) -> Self {
        self.replaced.extend(then.replaced);
        self.kept.extend(then.kept);
        self.gone.extend(then.gone);
        self.same_captures &= then.same_captures;
        self.stories |= then.stories;
        self.note = then.note.or(self.note);
        self.rulings.extend(then.rulings);
        self.forgotten.extend(then.forgotten);
        if self.why.is_empty() {
            self.why = then.why;
        }
        self
    }

    /// Whether the stories are those of other captures than before.
    pub(crate) fn changes_captures(&self, files: &[TableFile]) -> bool {
        !self.same_captures && (!self.gone.is_empty() || files.iter().any(|file| file.table == Table::Captures))
    }
}

impl Writer {
    /// Opens the archive at `dir` to write, and makes it if nothing is there. Removes what a killed writer left behind.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        if !commits::exist(dir) {
            check_free(dir)?;
            fs::create_dir_all(dir).map_err(|e| Error::io("make", dir, &e))?;
        }
        let lock = lock::writer(dir)?;
        if !commits::exist(dir) {
            for table in Table::ALL {
                let folder = layout::table(dir, table);
                fs::create_dir_all(&folder).map_err(|e| Error::io("make", &folder, &e))?;
            }
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
        let archive = Archive::of(dir, commits::state(dir, &connection)?)?;
        let connection = Arc::new(Mutex::new(connection));
        let (dir, begun) = (dir.to_owned(), Default::default());
        Ok(Self { dir, connection, archive, begun, pending: None, staged: None, _lock: lock })
    }

    /// The last commit.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// Begins a file of the next commit.
    pub fn table(&self, table: Table) -> Result<TableWriter, Error> {
        let (path, draft, file) = self.draft(table)?;
        TableWriter::create(table, path, draft, file)
    }

    /// Begins a file of the next commit with the rows of one that is there, to be written with some columns changed.
    pub fn patch(&self, file: &TableFile) -> Result<Patch, Error> {
        Patch::begin(self, file)
    }

    pub(crate) fn draft(&self, table: Table) -> Result<(String, Draft, File), Error> {
        let folder = layout::table(&self.dir, table);
        durable::create_folder(&folder)?;
        let n = self.begun[table as usize].fetch_add(1, Ordering::Relaxed);
        let path = format!("tables/{table}/{:06}-{n}.parquet", self.archive.commit() + 1);
        let draft = self.dir.join(format!("{path}.draft"));
        let file = File::create(&draft).map_err(|e| Error::io("write", &draft, &e))?;
        Ok((path, Draft(draft), file))
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
        let n = self.begun[Table::ALL.len()].fetch_add(1, Ordering::Relaxed);
        layout::work(&self.dir).join(format!("{kind}-{n}"))
    }

    /// Makes the files the archive's, all of them or none, and returns the number of the commit. When it returns they are on the disk.
    pub fn commit(&mut self, commit: Commit) -> Result<u64, Error> {
        self.commit_soon(commit)?;
        self.settle()?;
        Ok(self.archive.commit())
    }

    /// The same while nobody reads: when it returns, what goes is gone from the disk. Refused while another process reads.
    pub fn commit_alone(&mut self, commit: Commit) -> Result<u64, Error> {
        let alone = self.alone()?;
        self.begin(commit, Some(alone))?;
        self.settle()?;
        Ok(self.archive.commit())
    }

    /// Makes a commit ready that the next one brings with it, all of both or none: [`Writer::archive`] is as it will be, and what is worked
    /// out from that goes into the same commit. That one is made while nobody reads; refused now while another process does.
    pub fn stage(&mut self, commit: Commit) -> Result<(), Error> {
        self.settle()?;
        drop(self.alone()?);
        let Commit { files, change } = commit;
        let (placed, written) = self.place(files)?;
        self.archive = self.archive.with(&written, &change);
        self.staged = Some(Staged { placed, written, change });
        Ok(())
    }

    fn alone(&self) -> Result<Lock, Error> {
        lock::no_readers(&self.dir).ok_or_else(|| {
            Error::new(
                ErrorKind::Locked,
                format!(
                    "another copydesk is reading `{}` and would keep what is to go; close it and run the same command again",
                    self.dir.display()
                ),
            )
        })
    }

    /// Puts files in place before they are on the disk: nobody knows them before the list does, and that comes last.
    fn place(&self, files: Vec<Finished>) -> Result<(Vec<Draft>, Vec<TableFile>), Error> {
        let mut placed = Vec::with_capacity(files.len());
        let mut written = Vec::with_capacity(files.len());
        for file in files {
            let path = self.dir.join(&file.path);
            fs::rename(&file.draft.0, &path).map_err(|e| Error::io("write", &path, &e))?;
            placed.push(Draft(path));
            written.push(TableFile {
                table: file.table,
                path: file.path,
                rows: file.rows,
                bytes: file.bytes,
                checksum: file.checksum,
                of: file.of,
            });
        }
        Ok((placed, written))
    }

    /// The same without waiting for the disk: the work can go on with [`Writer::archive`] as it will be. Whether it is must be asked with
    /// [`Writer::settle`]; the next commit and [`Writer::close`] do so too.
    pub fn commit_soon(&mut self, commit: Commit) -> Result<(), Error> {
        self.begin(commit, None)
    }

    fn begin(&mut self, commit: Commit, alone: Option<Lock>) -> Result<(), Error> {
        self.settle()?;
        let Commit { files, change } = commit;
        let alone = match (&self.staged, alone) {
            (Some(_), None) => Some(self.alone()?),
            (_, alone) => alone,
        };
        let (mut placed, mut written) = self.place(files)?;
        self.archive = self.archive.followed_by(&written, &change);
        let change = match self.staged.take() {
            Some(staged) => {
                placed.extend(staged.placed);
                written.extend(staged.written);
                staged.change.and(change)
            }
            None => change,
        };
        let (dir, connection, expected) = (self.dir.clone(), self.connection.clone(), self.archive.commit());
        self.pending = Some(thread::spawn(move || {
            let folders: BTreeSet<PathBuf> = written.iter().map(|file| layout::table(&dir, file.table)).collect();
            let files = placed.iter().map(|file| (file.0.as_path(), true));
            durable::sync_all(files.chain(folders.iter().map(|folder| (folder.as_path(), false))))?;
            let mut connection = connection.lock().map_err(|_| lost())?;
            let id = commits::append(&dir, &mut connection, &written, &change)?;
            debug_assert_eq!(id, expected);
            // A commit names them now; before that, they would have been removed with `placed`.
            placed.into_iter().for_each(Draft::keep);
            if change.replaced.is_empty() && change.gone.is_empty() {
                return Ok(());
            }
            match alone {
                Some(_alone) => remove_gone(&dir, &connection),
                None => remove_replaced(&dir, &connection),
            }
        }));
        Ok(())
    }

    /// Waits until the last commit is on the disk.
    pub fn settle(&mut self) -> Result<(), Error> {
        let Some(pending) = self.pending.take() else { return Ok(()) };
        let result = pending.join().unwrap_or_else(|_| Err(lost()));
        if result.is_err() {
            // What was expected did not come about.
            let connection = self.connection.lock().map_err(|_| lost())?;
            self.archive = Archive::of(&self.dir, commits::state(&self.dir, &connection)?)?;
        }
        result
    }

    /// Ends the writing: what was put aside is removed and the list of commits is one file again.
    pub fn close(mut self) -> Result<(), Error> {
        self.settle()?;
        let connection = self.connection.lock().map_err(|_| lost())?;
        // What closing would do as well, but there it could not fail.
        commits::fold(&self.dir, &connection)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        let _ = self.settle();
        let _ = fs::remove_dir_all(layout::work(&self.dir));
    }
}

fn lost() -> Error {
    Error::new(ErrorKind::Internal, "the thread that writes commits ended before its work")
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
    remove_gone(dir, connection)
}

fn remove_gone(dir: &Path, connection: &Connection) -> Result<(), Error> {
    for (path, _) in commits::paths(dir, connection)?.into_iter().filter(|(_, gone)| *gone) {
        let path = dir.join(path);
        match fs::remove_file(&path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(Error::io("remove", &path, &e)),
            _ => {}
        }
    }
    commits::forget_replaced(dir, connection)
}
