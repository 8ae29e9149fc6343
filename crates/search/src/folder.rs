//! Where an index is: one folder a commit, complete or not there at all.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::{
    Error, ErrorKind,
    limits::CHECKED_BYTES,
    schema::{FORMAT, Tokens},
};

/// The name of the file that says what a folder holds; it is written last.
const LABEL: &str = "copydesk.json";

/// What a folder holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Label {
    pub(crate) format: u32,
    /// The archive's commit that it stands for.
    pub(crate) commit: u64,
    pub(crate) stories: u64,
    /// Of its stories.
    pub(crate) tokens: Tokens,
    files: Vec<Labelled>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Labelled {
    name: String,
    bytes: u64,
    /// XXH3-128, as hexadecimal digits.
    checksum: String,
}

/// The name of the folder of a commit's index.
pub(crate) fn name(commit: u64) -> String {
    format!("{commit:010}-{FORMAT}")
}

/// The commits of which there are indexes that this copydesk reads, newest first.
pub(crate) fn commits(index: &Path) -> Vec<u64> {
    let Ok(entries) = fs::read_dir(index) else { return Vec::new() };
    let commit = |entry: fs::DirEntry| {
        let folder = entry.file_name().to_str()?.to_owned();
        let commit = folder.split_once('-')?.0.parse().ok()?;
        (folder == name(commit)).then_some(commit)
    };
    let mut commits: Vec<u64> = entries.filter_map(|entry| commit(entry.ok()?)).collect();
    commits.sort_unstable_by(|a, b| b.cmp(a));
    commits
}

/// Writes down what a folder holds, and brings all of it to the disk: of the folder that it grew from, the files that are the same are there.
pub(crate) fn seal(
    folder: &Path,
    commit: u64,
    (stories, tokens): (u64, Tokens),
    grown: Option<&Label>,
) -> Result<(), Error> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| Error::io("read", folder, &e))? {
        let path = entry.map_err(|e| Error::io("read", folder, &e))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        // Locks say nothing.
        if path.is_file() && !name.ends_with(".lock") {
            let known =
                grown.filter(|_| !is_rewritten(&name)).and_then(|label| label.files.iter().find(|f| f.name == name));
            if let Some(known) = known {
                files.push(known.clone());
                continue;
            }
            let (bytes, checksum) = read(&path)?;
            sync(&path)?;
            files.push(Labelled { name, bytes, checksum });
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let label = Label { format: FORMAT, commit, stories, tokens, files };
    let path = folder.join(LABEL);
    let text = serde_json::to_string(&label).map_err(|e| Error::new(ErrorKind::Internal, e.to_string()))?;
    fs::write(&path, text).map_err(|e| Error::io("write", &path, &e))?;
    sync(&path)?;
    sync(folder)
}

/// What a folder holds, if it still holds it.
pub(crate) fn check(folder: &Path) -> Result<Label, Error> {
    let path = folder.join(LABEL);
    let text =
        fs::read_to_string(&path).map_err(|e| Error::damaged(folder, format_args!("`{LABEL}` cannot be read: {e}")))?;
    let label: Label = serde_json::from_str(&text)
        .map_err(|e| Error::damaged(folder, format_args!("`{LABEL}` is none of ours: {e}")))?;
    if label.format != FORMAT {
        return Err(Error::new(
            ErrorKind::Missing,
            format!("the index `{}` was made by another copydesk", folder.display()),
        ));
    }
    let all: u64 = label.files.iter().map(|file| file.bytes).sum();
    for file in &label.files {
        let path = folder.join(&file.name);
        let bytes = fs::metadata(&path)
            .map_err(|e| Error::damaged(folder, format_args!("`{}` cannot be read: {e}", file.name)))?
            .len();
        if bytes != file.bytes {
            return Err(Error::damaged(
                folder,
                format_args!("`{}` has {bytes} bytes where {} were written", file.name, file.bytes),
            ));
        }
        if all <= CHECKED_BYTES && read(&path)?.1 != file.checksum {
            return Err(Error::damaged(
                folder,
                format_args!("the bytes of `{}` are not those that were written", file.name),
            ));
        }
    }
    Ok(label)
}

/// Whether the engine writes a file more than once; all others stay as they are until they are removed.
fn is_rewritten(name: &str) -> bool {
    matches!(name, "meta.json" | ".managed.json")
}

/// Fills a draft with the files of another index: links to those that never change, and copies of the others.
pub(crate) fn grow(from: &Path, label: &Label, draft: &Path) -> Result<(), Error> {
    for Labelled { name, .. } in &label.files {
        let (old, new) = (from.join(name), draft.join(name));
        let linked = !is_rewritten(name) && fs::hard_link(&old, &new).is_ok();
        if !linked {
            fs::copy(&old, &new).map_err(|e| Error::io("write", &new, &e))?;
        }
    }
    Ok(())
}

/// Moves a folder to its place. Whoever has the folder open that was there before keeps what is open.
pub(crate) fn put(draft: &Path, place: &Path) -> Result<(), Error> {
    if place.exists() {
        fs::remove_dir_all(place).map_err(|e| Error::io("remove", place, &e))?;
    }
    fs::rename(draft, place).map_err(|e| Error::io("write", place, &e))?;
    place.parent().map_or(Ok(()), sync)
}

/// Removes everything in the index's folder but the indexes of this commit and later ones. What cannot be removed now, the next one removes.
pub(crate) fn tidy(index: &Path, keep: u64) {
    let kept: Vec<String> = commits(index).into_iter().filter(|commit| *commit >= keep).map(name).collect();
    let Ok(entries) = fs::read_dir(index) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()) {
        if !path.file_name().and_then(|name| name.to_str()).is_some_and(|name| kept.iter().any(|kept| kept == name)) {
            let _ = fs::remove_dir_all(path);
        }
    }
}

/// Held by who makes an index: one at a time.
pub(crate) fn lock(index: &Path) -> Result<File, Error> {
    fs::create_dir_all(index).map_err(|e| Error::io("write", index, &e))?;
    let path = index.join("making.lock");
    let lock = || {
        let file = File::options().create(true).truncate(false).write(true).open(&path)?;
        file.lock()?;
        Ok(file)
    };
    lock().map_err(|e: std::io::Error| Error::io("lock", &path, &e))
}

pub(crate) fn draft(index: &Path) -> PathBuf {
    index.join("draft")
}

fn read(path: &Path) -> Result<(u64, String), Error> {
    let fail = |e: std::io::Error| Error::io("read", path, &e);
    let mut file = File::open(path).map_err(fail)?;
    let mut hash = Xxh3::new();
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        match file.read(&mut buffer).map_err(fail)? {
            0 => return Ok((bytes, format!("{:032x}", hash.digest128()))),
            n => {
                hash.update(&buffer[..n]);
                bytes += n as u64;
            }
        }
    }
}

fn sync(path: &Path) -> Result<(), Error> {
    // Folders cannot be opened everywhere; where they cannot, there is nothing to sync.
    match File::open(path) {
        Ok(file) if path.is_file() => file.sync_all().map_err(|e| Error::io("write", path, &e)),
        Ok(folder) => {
            let _ = folder.sync_all();
            Ok(())
        }
        Err(_) if path.is_dir() => Ok(()),
        Err(e) => Err(Error::io("read", path, &e)),
    }
}
