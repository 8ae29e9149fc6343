//! Where the search index of an archive lies: beside its tables, or elsewhere where these cannot be written to.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};
use clap::Args;
use copydesk_pipeline::View;

use crate::screen::complain;

/// What `search` and `serve` are told about it.
#[derive(Args)]
pub(crate) struct Kept {
    /// Folder to keep the search index in, of any number of archives [default: the archive's own; where that cannot be written to, the
    /// user's cache]
    #[arg(long, value_name = "FOLDER")]
    pub(crate) index: Option<PathBuf>,
}

/// The folder of an archive's index: in the folder that the user named, else in the archive's, else in the user's cache.
///
/// An index elsewhere is known by the archive's path and by the content of its last commit, so that no archive is ever answered for out of
/// another one's index, and those of earlier contents go.
pub(crate) fn index_dir(archive: &Path, view: &View, named: Option<&Path>) -> Result<PathBuf> {
    let own = archive.join("index");
    let elsewhere = match named {
        Some(named) => named.to_owned(),
        None => match can_write(&own) {
            Ok(()) => return Ok(own),
            Err(why) => {
                let Some(cache) = cache() else { bail!("{}", nowhere(archive, &why)) };
                cache
            }
        },
    };
    let name = format!("{}{}", prefix(archive)?, view.fingerprint());
    let place = elsewhere.join(&name);
    let is_new = !place.exists();
    if let Err(why) = can_write(&place) {
        match named {
            Some(named) => bail!("the index cannot be kept in `{}`: {why}", named.display()),
            None => bail!("{}", nowhere(archive, &why)),
        }
    }
    if is_new {
        remove(&elsewhere, archive, Some(&name))?;
        if named.is_none() {
            complain(
                "note",
                &format!(
                    "`{}` cannot be written to; its search index is kept in `{}`",
                    archive.display(),
                    place.display()
                ),
            );
        }
    }
    Ok(place)
}

/// Removes what is kept of an archive's texts in the user's cache.
pub(crate) fn forget_cached(archive: &Path) -> Result<()> {
    cache().map_or(Ok(()), |cache| remove(&cache, archive, None))
}

fn nowhere(archive: &Path, why: &io::Error) -> String {
    format!(
        "the search index of `{}` has no place ({why}); name a folder for it with `--index FOLDER`",
        archive.display()
    )
}

/// Makes a folder, and a file in it for a moment: rights alone do not say whether a medium can be written to.
fn can_write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    tempfile::Builder::new().prefix(".copydesk-").tempfile_in(folder).map(drop)
}

/// Removes the indexes of an archive in a folder for those of many, but for one.
fn remove(elsewhere: &Path, archive: &Path, keep: Option<&str>) -> Result<()> {
    let prefix = prefix(archive)?;
    let Ok(entries) = fs::read_dir(elsewhere) else { return Ok(()) };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if name.starts_with(&prefix) && Some(name) != keep {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// With what the names of an archive's indexes begin.
fn prefix(archive: &Path) -> Result<String> {
    let path = archive.canonicalize()?;
    let hash = xxhash_rust::xxh3::xxh3_64(path.as_os_str().as_encoded_bytes());
    Ok(format!("{hash:016x}-"))
}

/// The folder for indexes below the one in which the user's programs keep what they can make again.
fn cache() -> Option<PathBuf> {
    // An empty or relative one says nothing: <https://specifications.freedesktop.org/basedir-spec/latest/>.
    let folder = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let cache = folder("XDG_CACHE_HOME").or_else(|| match env::consts::OS {
        "windows" => folder("LOCALAPPDATA"),
        "macos" => Some(folder("HOME")?.join("Library/Caches")),
        _ => Some(folder("HOME")?.join(".cache")),
    });
    Some(cache?.join("copydesk").join("index"))
}
