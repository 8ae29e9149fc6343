//! Checksums of the list of commits: of what it says, in itself, so that a commit and its checksum are one transaction; and of the bytes of
//! its file, beside it, for the bytes that say nothing.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::Path,
};

use rusqlite::{Connection, params, types::ValueRef};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::{Error, ErrorKind, durable, layout};

/// All that the list says, each table in the order of its key.
const ROWS: [&str; 7] = [
    "SELECT type, name, sql FROM sqlite_master ORDER BY type, name",
    "SELECT name, seq FROM sqlite_sequence ORDER BY name",
    "SELECT * FROM format",
    "SELECT * FROM commits ORDER BY id",
    "SELECT * FROM files ORDER BY id",
    "SELECT * FROM rulings ORDER BY id",
    "SELECT * FROM forgotten ORDER BY kind, hash",
];

/// XXH3-128 of what the list says, 32 hexadecimal digits.
fn of_rows(list: &Connection) -> rusqlite::Result<String> {
    let mut hash = Xxh3::new();
    for query in ROWS {
        let mut statement = list.prepare(query)?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                let (kind, bytes): (u8, &[u8]) = match row.get_ref(column)? {
                    ValueRef::Null => (0, &[]),
                    ValueRef::Integer(value) => (1, &value.to_le_bytes()),
                    ValueRef::Real(value) => (2, &value.to_le_bytes()),
                    ValueRef::Text(text) => (3, text),
                    ValueRef::Blob(bytes) => (4, bytes),
                };
                hash.update(&[kind]);
                hash.update(&(bytes.len() as u64).to_le_bytes());
                hash.update(bytes);
            }
        }
        // No value begins so: where a table ends is part of what is said.
        hash.update(&[u8::MAX]);
    }
    Ok(format!("{:032x}", hash.digest128()))
}

/// Notes in a list, or in the transaction that changes it, what it says now.
pub(crate) fn note(list: &Connection) -> rusqlite::Result<()> {
    list.execute("DELETE FROM checksum", [])?;
    list.execute("INSERT INTO checksum (of_rows) VALUES (?1)", params![of_rows(list)?])?;
    Ok(())
}

fn noted(list: &Connection) -> rusqlite::Result<String> {
    list.query_row("SELECT of_rows FROM checksum", [], |row| row.get(0))
}

/// Whether a list says what was written to it.
pub(crate) fn hold(list: &Connection) -> rusqlite::Result<bool> {
    Ok(noted(list)? == of_rows(list)?)
}

/// Refuses a list that does not say what was written to it: by a wrong one, files would be removed that the archive needs.
pub(crate) fn check(dir: &Path, list: &Connection) -> Result<(), Error> {
    let path = layout::commits(dir);
    match hold(list) {
        Ok(true) => Ok(()),
        Ok(false) => Err(damaged(dir)),
        Err(e) => Err(Error::sqlite(&path, &e)),
    }
}

/// What is wrong with a list that does not say what was written to it.
pub(crate) fn damaged(dir: &Path) -> Error {
    Error::damaged(&layout::commits(dir), "it does not say what was written to it")
}

/// Writes beside the file of a list what its bytes come to. The list has to be in that file as a whole, and nobody else may write.
pub(crate) fn write_beside(dir: &Path, list: &Connection) -> Result<(), Error> {
    let (path, sum) = (layout::commits(dir), layout::commits_sum(dir));
    let rows = noted(list).map_err(|e| Error::sqlite(&path, &e))?;
    let line = format!("{rows} {}", of_file(&path)?);
    let draft = sum.with_extension("sum.draft");
    File::create(&draft)
        .and_then(|mut file| writeln!(file, "{line} {:016x}", xxh3_64(line.as_bytes())).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&draft, &sum))
        .map_err(|e| Error::io("write", &sum, &e))?;
    durable::sync_folder(dir)
}

/// Compares the bytes of a list's file with those that were written, and where they are not the same lets SQLite look at how they hang
/// together: fails if they do not, and returns what is wrong with them if that harms nothing. Nobody may write.
pub(crate) fn look_beside(dir: &Path, list: &Connection) -> Result<Option<Error>, Error> {
    let (path, sum) = (layout::commits(dir), layout::commits_sum(dir));
    let fail = |e: rusqlite::Error| Error::sqlite(&path, &e);
    let line = match fs::read(&sum) {
        Ok(line) => Some(String::from_utf8(line).unwrap_or_default()),
        // Nobody came to close the archive since it was made.
        Err(e) if e.kind() == io::ErrorKind::NotFound => None,
        Err(e) => return Err(Error::io("read", &sum, &e)),
    };
    let harmless = match line.as_deref().map(sums) {
        None => None,
        Some(None) => {
            let what = "is damaged; the archive does not need it, and the next `add` writes it anew";
            Some(Error::new(ErrorKind::Damaged, format!("`{}` {what}", sum.display())))
        }
        // Another commit was made since, by somebody who was killed before this was written again.
        Some(Some((rows, _))) if rows != noted(list).map_err(fail)? => None,
        Some(Some((_, bytes))) if bytes == of_file(&path)? => return Ok(None),
        Some(Some(_)) => {
            let what =
                "has other bytes than were written, in places that say nothing; the next `add` takes note of them";
            Some(Error::new(ErrorKind::Damaged, format!("`{}` {what}", path.display())))
        }
    };
    let whole: String = list.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(fail)?;
    if whole == "ok" { Ok(harmless) } else { Err(Error::damaged(&path, &whole)) }
}

/// The two sums of a line that [`write_beside`] wrote; `None` if it is another.
fn sums(line: &str) -> Option<(&str, &str)> {
    let (sums, own) = line.strip_suffix('\n')?.rsplit_once(' ')?;
    (format!("{:016x}", xxh3_64(sums.as_bytes())) == own).then(|| sums.split_once(' '))?
}

/// XXH3-128 of a file, 32 hexadecimal digits.
fn of_file(path: &Path) -> Result<String, Error> {
    let (mut file, mut hash) = (File::open(path).map_err(|e| Error::opening(path, &e))?, Xxh3::new());
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer).map_err(|e| Error::io("read", path, &e))? {
            0 => return Ok(format!("{:032x}", hash.digest128())),
            n => hash.update(&buffer[..n]),
        }
    }
}
