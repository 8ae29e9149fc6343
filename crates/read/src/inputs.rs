use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use copydesk_model::{Outcome, Refused};
use walkdir::WalkDir;

use crate::{
    patterns::{self, is_pattern},
    progress::Progress,
    reader::Options,
    remote::{Address, Failure, Listed, Object, Remote},
    zip::Entry,
};

/// One thing to read, or the reason why it cannot be.
pub(crate) enum Input {
    Stdin,
    Stream {
        stream: Box<dyn Read + Send>,
        name: String,
    },
    File {
        path: PathBuf,
        /// The id of the capture that a plain text file is.
        id: String,
    },
    /// A file in a ZIP file, or in a WACZ.
    Entry(Entry),
    /// What lies on another machine.
    Remote {
        object: Object,
        /// The id of the capture that a plain text file is; `None` for what is served as a page.
        id: Option<String>,
        remote: Arc<Remote>,
    },
    Refused(Refused),
}

/// What the user named, opened out into files: folders downwards and patterns expanded, each sorted by name.
pub(crate) struct Inputs {
    pub(crate) inputs: Vec<Input>,
    pub(crate) progress: Progress,
}

pub(crate) fn expand(named: impl IntoIterator<Item = PathBuf>, options: &Options) -> Inputs {
    // A folder that is not there cannot be met.
    let except = options.except.as_ref().and_then(|folder| folder.canonicalize().ok());
    let mut found = Found { options, except, inputs: Vec::new(), bytes: 0, hidden: 0, unknown: 0, remote: None };
    for path in named {
        found.add_named(&path);
    }
    let progress = Progress::new(found.bytes, found.unknown);
    progress.add_hidden(found.hidden);
    Inputs { inputs: found.inputs, progress }
}

struct Found<'o> {
    options: &'o Options,
    inputs: Vec<Input>,
    bytes: u64,
    hidden: u64,
    /// Inputs that tell no size.
    unknown: u64,
    except: Option<PathBuf>,
    /// Made when the first address is met.
    remote: Option<Arc<Remote>>,
}

impl Found<'_> {
    fn add_named(&mut self, named: &Path) {
        if named == Path::new("-") {
            self.unknown += 1;
            return self.inputs.push(Input::Stdin);
        }
        match Address::read(named) {
            Some(Ok(address)) => {
                let shown = address.shown();
                if let Err(failure) = self.add_address(address) {
                    self.inputs.push(refused(&shown, failure.outcome, failure.message));
                }
                return;
            }
            Some(Err((shown, message))) => {
                return self.inputs.push(refused(&shown, Outcome::Unreadable, message));
            }
            None => {}
        }
        match fs::metadata(named) {
            Ok(of) if of.is_dir() => self.add_folder(named, named),
            Ok(of) => self.add_file(named, file_name(named), of.len(), of.is_file()),
            Err(e) if e.kind() == io::ErrorKind::NotFound => self.add_pattern(named),
            Err(e) => self.refuse(named, &e),
        }
    }

    fn add_address(&mut self, address: Address) -> Result<(), Failure> {
        let remote = match &self.remote {
            Some(remote) => Arc::clone(remote),
            None => {
                let remote = Arc::new(Remote::new(self.options.patience, self.options.settings.clone())?);
                Arc::clone(self.remote.insert(remote))
            }
        };
        if !address.names_many() {
            self.unknown += 1;
            let id = matches!(address, Address::Store { .. }).then(|| address.name().to_owned());
            self.inputs.push(Input::Remote { object: Object { address, size: None }, id, remote });
            return Ok(());
        }
        let Listed { objects, base, hidden } = remote.list(&address)?;
        self.hidden += hidden;
        if objects.is_empty() {
            let message = "no object is in this folder, or matches this pattern; check it".to_owned();
            self.inputs.push(refused(&address.shown(), Outcome::Empty, message));
        }
        for (key, size) in objects {
            self.bytes += size;
            let id = key.strip_prefix(&base).unwrap_or(&key).to_owned();
            let object = Object { address: address.with_key(key), size: Some(size) };
            self.inputs.push(Input::Remote { object, id: Some(id), remote: Arc::clone(&remote) });
        }
        Ok(())
    }

    /// Whatever stands below `folder`; ids are the paths below `base`.
    fn add_folder(&mut self, folder: &Path, base: &Path) {
        let mut hidden = 0;
        let before = self.inputs.len();
        let except = self.except.clone();
        // A folder that was named is read even when its own name starts with a dot.
        let visible = |entry: &walkdir::DirEntry| {
            if entry.file_type().is_dir() && except.is_some() && entry.path().canonicalize().ok() == except {
                return false;
            }
            let visible = entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
            hidden += u64::from(!visible);
            visible
        };
        for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(visible) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if entry.file_type().is_file() => {
                    let size = entry.metadata().map_or(0, |m| m.len());
                    self.add_file(entry.path(), below(entry.path(), base), size, true);
                }
                Ok(entry) => self
                    .inputs
                    .push(unusable(entry.path(), "is no file (a pipe or a device); name it itself to read it")),
                Err(e) => {
                    let path = e.path().unwrap_or(folder).to_owned();
                    match e.loop_ancestor() {
                        Some(_) => self.inputs.push(unusable(&path, "a link to a folder above it; remove the link")),
                        None => self.refuse(&path, &e.into()),
                    }
                }
            }
        }
        self.hidden += hidden;
        if self.inputs.len() == before {
            let message = "a folder without files to read; nothing to do".to_owned();
            self.inputs.push(refused(&folder.display().to_string(), Outcome::Empty, message));
        }
    }

    fn add_file(&mut self, path: &Path, id: String, size: u64, regular: bool) {
        self.bytes += size;
        // `/dev/fd/63` and the like tell no size.
        self.unknown += u64::from(!regular);
        self.inputs.push(Input::File { path: path.to_owned(), id });
    }

    fn add_pattern(&mut self, named: &Path) {
        if !is_pattern(named) {
            return self.inputs.push(unusable(named, "is not there; check the path"));
        }
        let paths = match patterns::matching(named) {
            Ok(paths) => paths,
            Err(e) => return self.inputs.push(unusable(named, &format!("is no pattern: {e}"))),
        };
        let base = literal_prefix(named);
        let before = self.inputs.len();
        for path in paths {
            match path {
                Ok(path) => match fs::metadata(&path) {
                    Ok(of) if of.is_dir() => self.add_folder(&path, &base),
                    Ok(of) => self.add_file(&path, below(&path, &base), of.len(), of.is_file()),
                    Err(e) => self.refuse(&path, &e),
                },
                Err((path, e)) => self.refuse(&path, &e),
            }
        }
        if self.inputs.len() == before {
            self.inputs.push(unusable(named, "no file matches the pattern; check it"));
        }
    }

    fn refuse(&mut self, path: &Path, error: &io::Error) {
        self.inputs.push(unusable(path, &unreadable(error)));
    }
}

/// What is said beside it of an input of many records.
pub(crate) const READ_BEFORE: &str = "; what came before was read";

/// What an input that cannot be opened or read says.
pub(crate) fn unreadable(error: &io::Error) -> String {
    if let Some(failure) = error.get_ref().and_then(|inner| inner.downcast_ref::<Failure>()) {
        return failure.message.clone();
    }
    match error.kind() {
        io::ErrorKind::NotFound => "is not there; check the path".to_owned(),
        io::ErrorKind::PermissionDenied => "may not be read; check its permissions".to_owned(),
        io::ErrorKind::UnexpectedEof => "is packed and cut off; fetch it again".to_owned(),
        _ => format!("cannot be read to its end: {error}"),
    }
}

fn unusable(path: &Path, message: &str) -> Input {
    refused(&path.display().to_string(), Outcome::Unreadable, message.to_owned())
}

fn refused(source: &str, outcome: Outcome, message: String) -> Input {
    Input::Refused(Refused { outcome, source: source.to_owned(), site: String::new(), message, revisit: None })
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.to_string_lossy().into_owned(), |name| name.to_string_lossy().into_owned())
}

/// The path below `base` with forward slashes on every system, so that ids are the same everywhere.
fn below(path: &Path, base: &Path) -> String {
    let path = path.strip_prefix(base).unwrap_or(path);
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// The folders before the first part of a pattern that is not literal.
fn literal_prefix(pattern: &Path) -> PathBuf {
    pattern.components().take_while(|part| !is_pattern(part.as_ref())).collect()
}
