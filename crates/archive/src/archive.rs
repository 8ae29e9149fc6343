use std::{
    fs::File,
    hash::Hasher,
    io::Read,
    path::{Path, PathBuf},
    sync::Arc,
};

use arrow::record_batch::RecordBatch;
use xxhash_rust::xxh3::Xxh3;

use crate::{
    Batches, Error, ErrorKind, Table, batches, commits, layout,
    lock::{self, Lock},
};

/// One commit of an archive, open for reading. It stays readable as it is while another process writes.
#[derive(Clone, Debug)]
pub struct Archive {
    dir: PathBuf,
    commit: u64,
    behind: bool,
    note: Option<String>,
    files: Arc<Vec<TableFile>>,
    // Keeps the files of this commit from being removed.
    _lock: Option<Arc<Lock>>,
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
        let lock = lock::reader(dir).map(Arc::new);
        let connection = commits::open_to_read(dir)?;
        Self::of(dir, commits::state(dir, &connection)?, lock)
    }

    pub(crate) fn of(dir: &Path, state: commits::State, lock: Option<Arc<Lock>>) -> Result<Self, Error> {
        Ok(Self {
            dir: dir.to_owned(),
            commit: state.commit,
            behind: state.captures_commit > state.stories_commit,
            note: state.note,
            files: Arc::new(state.files),
            _lock: lock,
        })
    }

    /// The archive as it will be after a commit.
    pub(crate) fn followed_by(
        &self,
        files: &[TableFile],
        replaced: &[Table],
        stories: bool,
        note: Option<&str>,
    ) -> Self {
        let mut all: Vec<TableFile> =
            self.files.iter().filter(|file| !replaced.contains(&file.table)).cloned().collect();
        all.extend_from_slice(files);
        let captures = files.iter().any(|file| file.table == Table::Captures);
        Self {
            dir: self.dir.clone(),
            commit: self.commit + 1,
            behind: !stories && (captures || self.behind),
            note: if stories { note.map(str::to_owned) } else { self.note.clone() },
            files: Arc::new(all),
            _lock: self._lock.clone(),
        }
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

    /// What the writer noted with the last commit of stories.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// The files of a table, in the order in which they were added.
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

    /// Reads every file to its end and compares it with what the commits say; returns what is wrong, each naming its file.
    pub fn verify(&self) -> Vec<Error> {
        self.files.iter().filter_map(|file| self.verify_file(file).err()).collect()
    }

    fn verify_file(&self, file: &TableFile) -> Result<(), Error> {
        let path = self.dir.join(&file.path);
        let mut open = File::open(&path).map_err(|e| batches::open_error(&path, &e))?;
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

    /// The folder of the table's files.
    pub fn folder(&self, table: Table) -> PathBuf {
        layout::table(&self.dir, table)
    }
}
