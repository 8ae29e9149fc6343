use std::{fs, path::Path};

use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use crate::{Change, Error, ErrorKind, Forgotten, Ruling, Table, TableFile, durable, layout, sums};

/// The format of the archives that this copydesk writes, and the only one that it reads.
pub const FORMAT: u32 = 7;

const SCHEMA: &str = include_str!("commits.sql");

/// What the last commit says.
pub(crate) struct State {
    pub(crate) commit: u64,
    /// The last commit whose stories are those of all its captures.
    pub(crate) stories_commit: u64,
    /// The last commit that added captures, or took some away.
    pub(crate) captures_commit: u64,
    pub(crate) note: Option<String>,
    pub(crate) files: Vec<TableFile>,
    pub(crate) rulings: Vec<Ruling>,
    /// With the reasons.
    pub(crate) forgotten: Vec<(Forgotten, String)>,
    /// Whether all this is what was written.
    pub(crate) holds: bool,
}

/// Whether a commit was ever possible at the directory.
pub(crate) fn exist(dir: &Path) -> bool {
    layout::commits(dir).is_file()
}

/// Makes an archive without commits. The file appears under its name only when it is whole and on the disk.
pub(crate) fn create(dir: &Path) -> Result<(), Error> {
    let path = layout::commits(dir);
    let draft = dir.join("archive.sqlite.draft");
    let fail = |e: &rusqlite::Error| Error::sqlite(&draft, e);
    for name in ["archive.sqlite.draft", "archive.sqlite.draft-wal", "archive.sqlite.draft-shm"] {
        let _ = fs::remove_file(dir.join(name));
    }
    let connection = Connection::open(&draft).map_err(|e| fail(&e))?;
    // The draft is synced as a whole below, so that SQLite need not sync every step.
    connection.execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL;").map_err(|e| fail(&e))?;
    connection.execute_batch(SCHEMA).map_err(|e| fail(&e))?;
    connection
        .execute("INSERT INTO format (version, written_by) VALUES (?1, ?2)", params![FORMAT, env!("CARGO_PKG_VERSION")])
        .map_err(|e| fail(&e))?;
    sums::note(&connection).map_err(|e| fail(&e))?;
    connection.close().map_err(|(_, e)| fail(&e))?;
    durable::sync_all([(draft.as_path(), true), (layout::tables(dir).as_path(), false)].into_iter())?;
    fs::rename(&draft, &path).map_err(|e| Error::io("write", &path, &e))?;
    let above = dir.parent().filter(|above| !above.as_os_str().is_empty());
    durable::sync_all([dir].into_iter().chain(above).map(|folder| (folder, false)))
}

/// Opens the commits to write to. The caller holds the writer's lock.
pub(crate) fn open_to_write(dir: &Path) -> Result<Connection, Error> {
    let path = layout::commits(dir);
    let connection =
        Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(|e| Error::sqlite(&path, &e))?;
    connection
        .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;")
        .map_err(|e| Error::sqlite(&path, &e))?;
    check_format(dir, &connection)?;
    sums::check(dir, &connection)?;
    sums::look_beside(dir, &connection)?;
    Ok(connection)
}

/// Opens the commits to read from.
pub(crate) fn open_to_read(dir: &Path) -> Result<Connection, Error> {
    let path = layout::commits(dir);
    let open = |uri: &str| -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(uri, flags)?;
        connection.execute_batch("PRAGMA busy_timeout = 10000;")?;
        connection.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
        Ok(connection)
    };
    let uri = format!("file:{}", escape(&path));
    // On a read-only medium SQLite cannot make its shared memory; there nobody writes, so that it is not needed.
    let connection = open(&uri).or_else(|e| {
        let read_only = path.parent().is_some_and(|dir| fs::metadata(dir).is_ok_and(|m| m.permissions().readonly()));
        if read_only
            || matches!(e.sqlite_error_code(), Some(rusqlite::ErrorCode::CannotOpen | rusqlite::ErrorCode::ReadOnly))
        {
            open(&format!("{uri}?immutable=1"))
        } else {
            Err(e)
        }
    });
    let connection = connection.map_err(|e| Error::sqlite(&path, &e))?;
    check_format(dir, &connection)?;
    Ok(connection)
}

/// A path as it stands in a URI: SQLite reads `%`, `?` and `#` as its own.
fn escape(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

fn check_format(dir: &Path, connection: &Connection) -> Result<(), Error> {
    let path = layout::commits(dir);
    let has_format: bool = connection
        .query_row("SELECT count(*) > 0 FROM sqlite_master WHERE name = 'format'", [], |row| row.get(0))
        .map_err(|e| Error::sqlite(&path, &e))?;
    if !has_format {
        return Err(Error::new(
            ErrorKind::NotAnArchive,
            format!("`{}` is not a copydesk archive's list of commits", path.display()),
        ));
    }
    let (format, written_by): (u32, String) = connection
        .query_row("SELECT version, written_by FROM format", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .map_err(|e| Error::sqlite(&path, &e))?;
    if format > FORMAT {
        return Err(Error::new(
            ErrorKind::Newer,
            format!(
                "`{}` was written by a newer copydesk: it has format {format} (copydesk {written_by}), this one reads up to format {FORMAT}; install the newer copydesk",
                dir.display()
            ),
        ));
    }
    if format < FORMAT {
        return Err(Error::new(
            ErrorKind::Older,
            format!(
                "`{}` was written by copydesk {written_by} in format {format}, this one reads format {FORMAT} alone; add the captures to a new archive",
                dir.display()
            ),
        ));
    }
    Ok(())
}

/// The last commit.
pub(crate) fn state(dir: &Path, connection: &Connection) -> Result<State, Error> {
    let read = || -> rusqlite::Result<State> {
        // One transaction, so that the commit and its files belong together while another process writes.
        let reading = connection.unchecked_transaction()?;
        let last = |condition: &str| -> rusqlite::Result<u64> {
            reading.query_row(&format!("SELECT coalesce(max(id), 0) FROM commits WHERE {condition}"), [], |row| {
                row.get::<_, i64>(0).map(|id| id as u64)
            })
        };
        let commit = last("true")?;
        let stories_commit = last("stories")?;
        let captures_commit = last("captures")?;
        let note = reading
            .query_row("SELECT note FROM commits WHERE stories ORDER BY id DESC LIMIT 1", [], |row| row.get(0))
            .optional()?
            .flatten();
        let mut statement = reading.prepare(
            "SELECT table_name, path, row_count, byte_count, checksum, of_path FROM files WHERE gone IS NULL ORDER BY commit_id, id",
        )?;
        let files = statement
            .query_map([], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, i64>(2)?,
                    row.get::<_, i64>(3)?,
                    row.get::<_, String>(4)?,
                    row.get::<_, Option<String>>(5)?,
                ))
            })?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let files = files
            .into_iter()
            .filter_map(|(table, path, rows, bytes, checksum, of)| {
                let table = Table::named(&table)?;
                Some(TableFile { table, path, rows: rows as u64, bytes: bytes as u64, checksum, of })
            })
            .collect();
        let rulings = rulings(&reading)?;
        let forgotten = forgotten(&reading)?;
        let holds = sums::hold(&reading)?;
        Ok(State { commit, stories_commit, captures_commit, note, files, rulings, forgotten, holds })
    };
    read().map_err(|e| Error::sqlite(&layout::commits(dir), &e))
}

/// One commit, all or nothing: new files, those that no longer count, and what the user said.
pub(crate) fn append(
    dir: &Path,
    connection: &mut Connection,
    files: &[TableFile],
    change: &Change,
) -> Result<u64, Error> {
    let mut write = || -> rusqlite::Result<u64> {
        let writing = connection.transaction()?;
        writing.execute(
            "INSERT INTO commits (captures, stories, note) VALUES (?1, ?2, ?3)",
            params![change.changes_captures(files), change.stories, change.note],
        )?;
        let id = writing.last_insert_rowid();
        for table in &change.replaced {
            let mut statement = writing.prepare("SELECT path FROM files WHERE table_name = ?1 AND gone IS NULL")?;
            let paths = statement.query_map([table.name()], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
            for path in paths.iter().filter(|path| !change.kept.contains(path)) {
                writing.execute("UPDATE files SET gone = ?1 WHERE path = ?2", params![id, path])?;
            }
        }
        for path in &change.gone {
            writing.execute("UPDATE files SET gone = ?1 WHERE path = ?2 AND gone IS NULL", params![id, path])?;
        }
        for file in files {
            writing.execute(
                "INSERT INTO files (commit_id, table_name, path, row_count, byte_count, checksum, of_path) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![id, file.table.name(), file.path, file.rows as i64, file.bytes as i64, file.checksum, file.of],
            )?;
        }
        for ruling in &change.rulings {
            writing.execute(
                "INSERT INTO rulings (commit_id, kind, versions, others, note) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![id, ruling.kind(), ruling.versions().join(" "), ruling.others().join(" "), ruling.note()],
            )?;
        }
        if change.is_forgetting() {
            writing.execute("UPDATE commits SET note = NULL WHERE id <> ?1", [id])?;
        }
        for forgotten in &change.forgotten {
            writing.execute(
                "INSERT INTO forgotten (commit_id, kind, hash, note) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT DO UPDATE SET commit_id = excluded.commit_id, note = coalesce(nullif(excluded.note, ''), note)",
                params![id, forgotten.kind(), forgotten.hash(), change.why],
            )?;
        }
        sums::note(&writing)?;
        writing.commit()?;
        Ok(id as u64)
    };
    write().map_err(|e| Error::sqlite(&layout::commits(dir), &e))
}

fn rulings(reading: &Connection) -> rusqlite::Result<Vec<Ruling>> {
    let mut statement = reading.prepare("SELECT kind, versions, others, note FROM rulings ORDER BY id")?;
    let rows = statement.query_map([], |row| {
        let ids = |text: String| text.split_whitespace().map(str::to_owned).collect();
        Ok(Ruling::read(&row.get::<_, String>(0)?, ids(row.get(1)?), ids(row.get(2)?), row.get(3)?))
    })?;
    rows.filter_map(Result::transpose).collect()
}

fn forgotten(reading: &Connection) -> rusqlite::Result<Vec<(Forgotten, String)>> {
    let mut statement = reading.prepare("SELECT kind, hash, note FROM forgotten ORDER BY kind, hash")?;
    let rows = statement.query_map([], |row| {
        let forgotten = Forgotten::read(&row.get::<_, String>(0)?, &row.get::<_, String>(1)?);
        Ok(forgotten.map(|forgotten| row.get(2).map(|note| (forgotten, note))))
    })?;
    rows.filter_map(Result::transpose).map(|row| row?).collect()
}

/// Every file that some commit names, and those of them that no longer count.
pub(crate) fn paths(dir: &Path, connection: &Connection) -> Result<Vec<(String, bool)>, Error> {
    let read = || -> rusqlite::Result<Vec<(String, bool)>> {
        let mut statement = connection.prepare("SELECT path, gone IS NOT NULL FROM files")?;
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    };
    read().map_err(|e| Error::sqlite(&layout::commits(dir), &e))
}

/// Every file that no longer counts and has not been taken off the list, and whether it may hold what was to be forgotten: then somebody was
/// killed who was to remove it.
pub(crate) fn retired(dir: &Path, connection: &Connection) -> Result<Vec<(String, bool)>, Error> {
    let read = || -> rusqlite::Result<Vec<(String, bool)>> {
        let mut statement = connection.prepare(
            "SELECT path, EXISTS (SELECT 1 FROM forgotten WHERE commit_id >= files.gone AND kind <> 'cut') \
             FROM files WHERE gone IS NOT NULL ORDER BY path",
        )?;
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    };
    read().map_err(|e| Error::sqlite(&layout::commits(dir), &e))
}

/// Brings what SQLite keeps beside its file into it, and writes down what its bytes come to.
pub(crate) fn fold(dir: &Path, connection: &Connection) -> Result<(), Error> {
    let folded = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0));
    // Readers may keep it from coming to its end; then the last of them, or the next writer, does it.
    let is_busy = folded.map_err(|e| Error::sqlite(&layout::commits(dir), &e))?;
    if is_busy { Ok(()) } else { sums::write_beside(dir, connection) }
}

/// Takes the files that are gone for good off the list.
pub(crate) fn forget_replaced(dir: &Path, connection: &Connection) -> Result<(), Error> {
    // Not worth a wait for the disk: a list that still names them is cleaned the next time.
    let forget = || -> rusqlite::Result<()> {
        let any: bool =
            connection.query_row("SELECT count(*) > 0 FROM files WHERE gone IS NOT NULL", [], |row| row.get(0))?;
        if any {
            connection.execute_batch("PRAGMA synchronous = NORMAL;")?;
            let writing = connection.unchecked_transaction()?;
            writing.execute("DELETE FROM files WHERE gone IS NOT NULL", [])?;
            sums::note(&writing)?;
            writing.commit()?;
            connection.execute_batch("PRAGMA synchronous = FULL;")?;
        }
        Ok(())
    };
    forget().map_err(|e| Error::sqlite(&layout::commits(dir), &e))
}
