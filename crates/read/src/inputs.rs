use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use copydesk_model::{Outcome, Refused};
use walkdir::WalkDir;

use crate::{progress::Progress, zip::Entry};

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
    Refused(Refused),
}

/// What the user named, opened out into files: folders downwards and patterns expanded, each sorted by name.
pub(crate) struct Inputs {
    pub(crate) inputs: Vec<Input>,
    pub(crate) progress: Progress,
}

pub(crate) fn expand(named: impl IntoIterator<Item = PathBuf>, except: Option<PathBuf>) -> Inputs {
    // A folder that is not there cannot be met.
    let mut found = Found { except: except.and_then(|folder| folder.canonicalize().ok()), ..Found::default() };
    for path in named {
        found.add_named(&path);
    }
    let progress = Progress::new((!found.endless).then_some(found.bytes));
    progress.add_hidden(found.hidden);
    Inputs { inputs: found.inputs, progress }
}

#[derive(Default)]
struct Found {
    inputs: Vec<Input>,
    bytes: u64,
    hidden: u64,
    endless: bool,
    except: Option<PathBuf>,
}

impl Found {
    fn add_named(&mut self, named: &Path) {
        if named == Path::new("-") {
            self.endless = true;
            return self.inputs.push(Input::Stdin);
        }
        if let Some(scheme) = scheme(named) {
            let message = format!(
                "`{scheme}://` is not read from here; fetch it and hand it in, for instance `{} | copydesk add ARCHIVE -`",
                fetched_by(scheme)
            );
            return self.inputs.push(refused(named, &message));
        }
        match fs::metadata(named) {
            Ok(of) if of.is_dir() => self.add_folder(named, named),
            Ok(of) => self.add_file(named, file_name(named), of.len(), of.is_file()),
            Err(e) if e.kind() == io::ErrorKind::NotFound => self.add_pattern(named),
            Err(e) => self.refuse(named, &e),
        }
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
                    .push(refused(entry.path(), "is no file (a pipe or a device); name it itself to read it")),
                Err(e) => {
                    let path = e.path().unwrap_or(folder).to_owned();
                    match e.loop_ancestor() {
                        Some(_) => self.inputs.push(refused(&path, "a link to a folder above it; remove the link")),
                        None => self.refuse(&path, &e.into()),
                    }
                }
            }
        }
        self.hidden += hidden;
        if self.inputs.len() == before {
            let message = "a folder without files to read; nothing to do".to_owned();
            self.inputs.push(Input::Refused(Refused {
                outcome: Outcome::Empty,
                source: folder.display().to_string(),
                site: String::new(),
                message,
            }));
        }
    }

    fn add_file(&mut self, path: &Path, id: String, size: u64, regular: bool) {
        self.bytes += size;
        // `/dev/fd/63` and the like tell no size.
        self.endless |= !regular;
        self.inputs.push(Input::File { path: path.to_owned(), id });
    }

    fn add_pattern(&mut self, named: &Path) {
        let pattern = named.to_string_lossy();
        if !pattern.contains(['*', '?', '[']) {
            return self.inputs.push(refused(named, "is not there; check the path"));
        }
        let options = glob::MatchOptions {
            require_literal_separator: true,
            require_literal_leading_dot: true,
            ..Default::default()
        };
        let paths = match glob::glob_with(&pattern, options) {
            Ok(paths) => paths,
            Err(e) => return self.inputs.push(refused(named, &format!("is no pattern: {e}"))),
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
                Err(e) => self.refuse(e.path(), e.error()),
            }
        }
        if self.inputs.len() == before {
            self.inputs.push(refused(named, "no file matches the pattern; check it"));
        }
    }

    fn refuse(&mut self, path: &Path, error: &io::Error) {
        self.inputs.push(refused(path, &unreadable(error)));
    }
}

/// The scheme of an input that is a URL. Here is where `object_store` will come in: it lists what a URL names and streams
/// each object, which the reader takes as [`Input::Stream`].
fn scheme(named: &Path) -> Option<&'static str> {
    let named = named.to_str()?;
    let (scheme, _) = named.split_once("://")?;
    SCHEMES.into_iter().find(|known| scheme.eq_ignore_ascii_case(known))
}

const SCHEMES: [&str; 5] = ["s3", "gs", "az", "http", "https"];

fn fetched_by(scheme: &str) -> &'static str {
    match scheme {
        "s3" => "aws s3 cp URL -",
        "gs" => "gcloud storage cat URL",
        "az" => "azcopy cp URL --from-to BlobPipe",
        _ => "curl -sSfL URL",
    }
}

/// What an input that cannot be opened or read says.
pub(crate) fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "is not there; check the path".to_owned(),
        io::ErrorKind::PermissionDenied => "may not be read; check its permissions".to_owned(),
        io::ErrorKind::UnexpectedEof => {
            "is packed and cut off; what came before was read, fetch it again for the rest".to_owned()
        }
        _ => format!("cannot be read to its end: {error}; what came before was read"),
    }
}

fn refused(path: &Path, message: &str) -> Input {
    Input::Refused(Refused {
        outcome: Outcome::Unreadable,
        source: path.display().to_string(),
        site: String::new(),
        message: message.to_owned(),
    })
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
    pattern.components().take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '['])).collect()
}
