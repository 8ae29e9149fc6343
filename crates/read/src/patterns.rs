use std::{
    collections::HashSet,
    ffi::{OsStr, OsString},
    fs, io,
    path::{Component, Path, PathBuf},
};

use glob::{MatchOptions, Pattern, PatternError};

/// What patterns mean: a wildcard stands for no `/` and for no dot at the beginning of a name; `.HTML` is as good as `.html`.
const OPTIONS: MatchOptions =
    MatchOptions { case_sensitive: false, require_literal_separator: true, require_literal_leading_dot: true };

/// Whether a path, or a part of one, is to be matched and not taken by its letters.
pub(crate) fn is_pattern(part: &Path) -> bool {
    part.as_os_str().as_encoded_bytes().iter().any(|b| b"*?[".contains(b))
}

/// The files and folders that a pattern stands for, each once and in the order of their names, with the folders that cannot be read; what is in a
/// folder that is found is not found again.
///
/// By `glob`'s patterns, but not by its walk over folders, which panics where it meets a name that is not UTF-8.
pub(crate) fn matching(pattern: &Path) -> Result<Vec<Found>, PatternError> {
    Pattern::new(&pattern.to_string_lossy())?;
    let mut parts = Vec::new();
    for part in pattern.components().filter(|part| *part != Component::CurDir) {
        let part = part.as_os_str();
        match part.to_string_lossy() {
            name if name == "**" => {
                parts.push(Part::Folders);
                parts.dedup_by(|a, b| matches!((a, b), (Part::Folders, Part::Folders)));
            }
            name if is_pattern(part.as_ref()) => parts.push(Part::Names(Pattern::new(&name)?)),
            _ => parts.push(Part::Name(part.to_owned())),
        }
    }
    if let Some(last @ Part::Folders) = parts.last_mut() {
        *last = Part::Names(Pattern::new("*")?);
    }
    let only_folders =
        pattern.as_os_str().as_encoded_bytes().last().is_some_and(|&b| std::path::is_separator(b.into()));
    let mut walk = Walk { only_folders, known: HashSet::new(), found: Vec::new() };
    walk.step(PathBuf::new(), &parts);
    Ok(walk.found)
}

/// A path, or what could not be read on the way and why.
pub(crate) type Found = Result<PathBuf, (PathBuf, io::Error)>;

/// A part of a path as a pattern has it.
enum Part {
    Name(OsString),
    Names(Pattern),
    /// `**`: this folder, and all below it. At the end a `*`: a folder that is found stands for all that is below it.
    Folders,
}

impl Part {
    fn matches(&self, name: &OsStr) -> bool {
        match self {
            Part::Name(expected) => name == expected,
            Part::Names(pattern) => pattern.matches_with(&name.to_string_lossy(), OPTIONS),
            Part::Folders => unreachable!("two of them in a row are one"),
        }
    }
}

struct Walk {
    only_folders: bool,
    /// The paths of `found`.
    known: HashSet<PathBuf>,
    found: Vec<Found>,
}

impl Walk {
    /// Finds what stands for `parts` at `path`.
    fn step(&mut self, path: PathBuf, parts: &[Part]) {
        match parts {
            [] => self.find(path),
            [Part::Name(name), rest @ ..] => {
                let path = path.join(name);
                if path.symlink_metadata().is_ok() {
                    self.step(path, rest);
                }
            }
            [part @ Part::Names(_), rest @ ..] => {
                for name in self.names(&path) {
                    if part.matches(&name) {
                        self.step(path.join(name), rest);
                    }
                }
            }
            [Part::Folders, below @ ..] => {
                let Some((next, rest)) = below.split_first() else { return };
                for name in self.names(&path) {
                    let path = path.join(&name);
                    if next.matches(&name) {
                        self.step(path.clone(), rest);
                    }
                    if !name.as_encoded_bytes().starts_with(b".") && path.is_dir() {
                        self.step(path, parts);
                    }
                }
            }
        }
    }

    fn find(&mut self, path: PathBuf) {
        let known = path.ancestors().any(|above| self.known.contains(above));
        if !known && (!self.only_folders || path.is_dir()) {
            self.known.insert(path.clone());
            self.found.push(Ok(path));
        }
    }

    /// What is in a folder, by name; nothing where it is none.
    fn names(&mut self, folder: &Path) -> Vec<OsString> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        if !folder.is_dir() {
            return Vec::new();
        }
        let names = fs::read_dir(folder).and_then(|all| all.map(|entry| Ok(entry?.file_name())).collect());
        let mut names: Vec<OsString> = names.unwrap_or_else(|e| {
            if self.known.insert(folder.to_owned()) {
                self.found.push(Err((folder.to_owned(), e)));
            }
            Vec::new()
        });
        names.sort_unstable();
        names
    }
}
