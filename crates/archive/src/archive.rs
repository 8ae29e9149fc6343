use std::{
    collections::{HashMap, HashSet},
    fs::File,
    hash::Hasher,
    io::Read,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use arrow::record_batch::RecordBatch;
use xxhash_rust::xxh3::Xxh3;

use crate::{
    Batches, Change, Error, ErrorKind, Forgotten, Ruling, Singles, Table, batches, commits, layout,
    lock::{self, Lock},
    sums,
};

/// One commit of an archive, open for reading. It stays readable as it is while another process writes.
#[derive(Clone, Debug)]
pub struct Archive {
    dir: PathBuf,
    commit: u64,
    behind: bool,
    note: Option<String>,
    files: Arc<Vec<TableFile>>,
    rulings: Arc<Vec<Ruling>>,
    /// With the reasons.
    forgotten: Arc<Vec<(Forgotten, String)>>,
    holds: bool,
    // Keeps the files of this commit from being removed.
    _reading: Option<Arc<Reading>>,
}

/// Somebody reads.
#[derive(Debug)]
struct Reading {
    dir: PathBuf,
    lock: Mutex<Option<Lock>>,
}

impl Drop for Reading {
    fn drop(&mut self) {
        *self.lock.lock().unwrap_or_else(PoisonError::into_inner) = None;
        // What was kept for readers goes with the last of them. Where it cannot, as on a read-only medium, the next writer removes it.
        let _ = remove_retired(&self.dir);
    }
}

/// Removes files of earlier commits, unless somebody reads. Who begins to read meanwhile waits, and finds a list without them.
fn remove_retired(dir: &Path) -> Result<(), Error> {
    let Some(_nobody_reads) = lock::no_readers(dir) else { return Ok(()) };
    let list = commits::open_to_read(dir)?;
    let retired = commits::retired(dir, &list)?;
    if !retired.is_empty() {
        sums::check(dir, &list)?;
    }
    for (path, _) in retired {
        let path = dir.join(path);
        match std::fs::remove_file(&path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(Error::io("remove", &path, &e)),
            _ => {}
        }
    }
    Ok(())
}

/// Files below the archive's directory that are no part of its last commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// Files of earlier commits that were being read when they should have gone: the last reader removes them, or the next writer.
    pub retired: Vec<PathBuf>,
    /// Files of earlier commits that may hold what was to be forgotten: a run was killed before it had removed them.
    pub unforgotten: Vec<PathBuf>,
    /// What no commit names: what a killed writer left, or what somebody put there.
    pub strays: Vec<PathBuf>,
}

/// A file of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableFile {
    /// The table that it is a part of.
    pub table: Table,
    /// Where it is, below the archive's directory.
    pub path: String,
    /// Rows in it.
    pub rows: u64,
    /// Bytes in it.
    pub bytes: u64,
    /// XXH3-128 of its bytes, 32 hexadecimal digits.
    pub checksum: String,
    /// The file of captures that its rows came of, where the table has a file for each of them.
    pub of: Option<String>,
}

impl Archive {
    /// Opens the last commit of the archive at `dir`.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        if !commits::exist(dir) {
            let what = if dir.exists() { "holds no archive" } else { "does not exist" };
            return Err(Error::new(
                ErrorKind::NotAnArchive,
                format!("`{}` {what}; `copydesk add {0} INPUT...` makes one", dir.display()),
            ));
        }
        // The lock comes before the list, so that no file of the list can go in between.
        let lock = lock::reader(dir);
        let lock = lock.map(|lock| Arc::new(Reading { dir: dir.to_owned(), lock: Mutex::new(Some(lock)) }));
        let connection = commits::open_to_read(dir)?;
        let archive = Self::of(dir, commits::state(dir, &connection)?)?;
        Ok(Self { _reading: lock, ..archive })
    }

    pub(crate) fn of(dir: &Path, state: commits::State) -> Result<Self, Error> {
        Ok(Self {
            dir: dir.to_owned(),
            commit: state.commit,
            behind: state.captures_commit > state.stories_commit,
            note: state.note,
            files: Arc::new(arranged(state.files)),
            rulings: Arc::new(state.rulings),
            forgotten: Arc::new(state.forgotten),
            holds: state.holds,
            _reading: None,
        })
    }

    /// The archive as it will be after a commit.
    pub(crate) fn followed_by(&self, files: &[TableFile], change: &Change) -> Self {
        let replaced = |file: &TableFile| change.replaced.contains(&file.table) && !change.kept.contains(&file.path);
        let stays = |file: &&TableFile| !replaced(file) && !change.gone.contains(&file.path);
        let mut all: Vec<TableFile> = self.files.iter().filter(stays).cloned().collect();
        all.extend_from_slice(files);
        let mut next = self.clone();
        next.commit += 1;
        next.behind = !change.stories && (change.changes_captures(files) || self.behind);
        if change.is_forgetting() {
            next.note = None;
        }
        if change.stories {
            next.note.clone_from(&change.note);
        }
        next.files = Arc::new(arranged(all));
        Arc::make_mut(&mut next.rulings).extend_from_slice(&change.rulings);
        if !change.forgotten.is_empty() {
            let all = Arc::make_mut(&mut next.forgotten);
            let mut places: HashMap<Forgotten, usize> =
                all.iter().zip(0..).map(|((known, _), at)| (*known, at)).collect();
            for &what in &change.forgotten {
                let at = *places.entry(what).or_insert(all.len());
                if at == all.len() {
                    all.push((what, change.why.clone()));
                } else if !change.why.is_empty() {
                    all[at].1.clone_from(&change.why);
                }
            }
        }
        next
    }

    /// The same before it has a number.
    pub(crate) fn with(&self, files: &[TableFile], change: &Change) -> Self {
        Self { commit: self.commit, ..self.followed_by(files, change) }
    }

    /// The archive's directory.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Number of the commit; 0 before the first one.
    pub fn commit(&self) -> u64 {
        self.commit
    }

    /// Whether captures were added whose stories have not been worked out.
    pub fn is_behind(&self) -> bool {
        self.behind
    }

    /// What is wrong with the list of commits, where it does not say what was written to it: a file may be missing, or one too many be there.
    /// Such an archive can be read as far as it goes, and is not written to.
    pub fn damage(&self) -> Option<Error> {
        (!self.holds).then(|| sums::damaged(&self.dir))
    }

    /// What the writer noted with the last commit of stories.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// What the user said of stories, in the order in which it was said.
    pub fn rulings(&self) -> &[Ruling] {
        &self.rulings
    }

    /// What must not come back.
    pub fn forgotten(&self) -> impl ExactSizeIterator<Item = Forgotten> {
        self.forgotten.iter().map(|(forgotten, _)| *forgotten)
    }

    /// Why something must not come back, as the user said when it was forgotten first; `None` for what was not forgotten.
    pub fn why_forgotten(&self, what: Forgotten) -> Option<&str> {
        self.forgotten.iter().find(|(forgotten, _)| *forgotten == what).map(|(_, why)| why.as_str())
    }

    /// The files of a table, in the order in which they were added; those that came of a file of captures in the order of these.
    pub fn files(&self, table: Table) -> impl Iterator<Item = &TableFile> {
        self.files.iter().filter(move |file| file.table == table)
    }

    /// Rows of a table.
    pub fn rows(&self, table: Table) -> u64 {
        self.files(table).map(|file| file.rows).sum()
    }

    /// The rows of a table in their order: `columns` by name (`None` for all), at most `batch_rows` at a time.
    pub fn read(&self, table: Table, columns: Option<&[&str]>, batch_rows: usize) -> Result<Batches, Error> {
        Ok(self.read_parts(table, columns, batch_rows, 1)?.into_iter().next().unwrap_or_default())
    }

    /// The same in at most `parts` streams, to be read at the same time; one after the other they are the table in its order.
    pub fn read_parts(
        &self,
        table: Table,
        columns: Option<&[&str]>,
        batch_rows: usize,
        parts: usize,
    ) -> Result<Vec<Batches>, Error> {
        let paths: Vec<PathBuf> = self.files(table).map(|file| self.dir.join(&file.path)).collect();
        batches::parts(&paths, Some(&table.schema()), columns, batch_rows, parts)
    }

    /// The rows of one of the archive's files.
    pub fn read_file(&self, path: &str, columns: Option<&[&str]>, batch_rows: usize) -> Result<Batches, Error> {
        let parts = batches::parts(&[self.dir.join(path)], None, columns, batch_rows, 1)?;
        Ok(parts.into_iter().next().unwrap_or_default())
    }

    /// The named rows of one of the archive's files, ascending: of the columns that are asked for little more than these rows is unpacked.
    pub fn read_rows(&self, path: &str, columns: &[&str], rows: &[u32]) -> Result<Vec<RecordBatch>, Error> {
        self.singles(path)?.read(columns, rows)
    }

    /// One of the archive's files, open to read single rows.
    pub fn singles(&self, path: &str) -> Result<Singles, Error> {
        Singles::open(&self.dir.join(path))
    }

    /// The rows of a table whose text in the column `key` is wanted; of the others nothing but the key is read.
    pub fn find(
        &self,
        table: Table,
        columns: Option<&[&str]>,
        key: &str,
        wanted: impl Fn(&str) -> bool + Clone + Send + Sync + 'static,
    ) -> Result<Vec<RecordBatch>, Error> {
        let paths: Vec<PathBuf> = self.files(table).map(|file| self.dir.join(&file.path)).collect();
        let mut parts = batches::parts(&paths, Some(&table.schema()), columns, 1024, 1)?;
        parts.iter_mut().for_each(|part| part.only(key, wanted.clone()));
        let found: Vec<RecordBatch> = parts.into_iter().flatten().collect::<Result<_, _>>()?;
        Ok(found.into_iter().filter(|batch| batch.num_rows() > 0).collect())
    }

    /// Reads every file to its end and compares it with what the commits say, and these with what was written; returns what is wrong, each
    /// naming its file.
    pub fn verify(&self) -> Vec<Error> {
        let list = self.damage().or_else(|| self.look_at_list().unwrap_or_else(Some));
        list.into_iter().chain(self.files.iter().filter_map(|file| self.check(file).err())).collect()
    }

    fn look_at_list(&self) -> Result<Option<Error>, Error> {
        let _nobody_writes = match lock::writer(&self.dir) {
            Err(e) if e.kind() == ErrorKind::Locked => return Ok(None),
            lock => lock.ok(),
        };
        sums::look_beside(&self.dir, &commits::open_to_read(&self.dir)?)
    }

    /// Compares a file with what the archive wrote. Whoever writes rows of it anew asks first: under a checksum of its own, damage would be
    /// taken for what it should be.
    pub fn check(&self, file: &TableFile) -> Result<(), Error> {
        let path = self.dir.join(&file.path);
        let mut open = File::open(&path).map_err(|e| Error::opening(&path, &e))?;
        let mut hash = Xxh3::new();
        let mut buffer = vec![0; 1 << 16];
        let mut bytes = 0;
        loop {
            match open.read(&mut buffer).map_err(|e| Error::io("read", &path, &e))? {
                0 => break,
                n => {
                    hash.write(&buffer[..n]);
                    bytes += n as u64;
                }
            }
        }
        if bytes != file.bytes {
            return Err(Error::damaged(&path, &format!("it has {bytes} bytes where the archive wrote {}", file.bytes)));
        }
        if format!("{:032x}", hash.digest128()) != file.checksum {
            return Err(Error::damaged(&path, "its bytes are not those that the archive wrote"));
        }
        Ok(())
    }

    /// Files below the archive's directory that are none of its own. Empty while another process writes: what it has under way is nobody's
    /// business.
    pub fn beside(&self) -> Result<Beside, Error> {
        let mut found = Beside::default();
        let _nobody_writes = match lock::writer(&self.dir) {
            Err(e) if e.kind() == ErrorKind::Locked => return Ok(found),
            // Where no lock can be had, as on a read-only medium, nobody writes either.
            lock => lock.ok(),
        };
        let connection = commits::open_to_read(&self.dir)?;
        for (path, unforgotten) in commits::retired(&self.dir, &connection)? {
            let path = self.dir.join(path);
            if path.exists() {
                if unforgotten { &mut found.unforgotten } else { &mut found.retired }.push(path);
            }
        }
        let named = commits::paths(&self.dir, &connection)?;
        let named: HashSet<PathBuf> = named.into_iter().map(|(path, _)| self.dir.join(path)).collect();
        for table in Table::ALL {
            let folder = self.folder(table);
            let entries = match std::fs::read_dir(&folder) {
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => continue,
                entries => entries.map_err(|e| Error::io("read", &folder, &e))?,
            };
            for entry in entries {
                let path = entry.map_err(|e| Error::io("read", &folder, &e))?.path();
                if !named.contains(&path) {
                    found.strays.push(path);
                }
            }
        }
        let work = layout::work(&self.dir);
        if work.exists() {
            found.strays.push(work);
        }
        found.strays.sort();
        Ok(found)
    }

    /// Removes files of earlier commits if nobody but this archive is being read, which has to be at the last commit; for who reads for
    /// long. Returns whether none is left. Where it cannot be done now, nothing is.
    pub fn tidy(&self) -> Result<bool, Error> {
        let Some(reading) = &self._reading else { return Ok(true) };
        let connection = commits::open_to_read(&self.dir)?;
        let is_tidy = || -> Result<bool, Error> {
            let retired = commits::retired(&self.dir, &connection)?;
            Ok(!retired.iter().any(|(path, _)| self.dir.join(path).exists()))
        };
        if is_tidy()? {
            return Ok(true);
        }
        // While nobody writes no file of this commit can retire, so that the lock that keeps it may be let go of for a moment.
        let Ok(_nobody_writes) = lock::writer(&self.dir) else { return Ok(false) };
        if commits::state(&self.dir, &connection)?.commit != self.commit {
            return Ok(false);
        }
        let mut lock = reading.lock.lock().unwrap_or_else(PoisonError::into_inner);
        *lock = None;
        let removed = remove_retired(&self.dir);
        *lock = lock::reader(&self.dir);
        removed.and_then(|()| is_tidy())
    }

    /// The folder of the table's files.
    pub fn folder(&self, table: Table) -> PathBuf {
        layout::table(&self.dir, table)
    }
}

/// Brings files that came of files of captures into the order of these.
fn arranged(mut files: Vec<TableFile>) -> Vec<TableFile> {
    let captures = files.iter().filter(|file| file.table == Table::Captures);
    let places: HashMap<String, usize> = captures.enumerate().map(|(place, file)| (file.path.clone(), place)).collect();
    files.sort_by_key(|file| file.of.as_ref().and_then(|of| places.get(of)).copied().unwrap_or(0));
    files
}
