use std::{
    fs::File,
    io::{self, Read},
    path::PathBuf,
    sync::Arc,
    vec,
};

use copydesk_model::{Capture, Outcome, Refused};

use crate::{
    ahead::Ahead,
    inputs::{self, Input, Inputs, unreadable},
    jsonl,
    kind::{self, Kind},
    packing, plain,
    progress::Progress,
    window::{Line, Window},
};

/// What may be set about reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Bytes of the largest line or text file that is taken as a capture; larger ones are refused without being held.
    pub limit: usize,
    /// A folder that is passed over where it stands below one that was named: the archive that is written to.
    pub except: Option<PathBuf>,
}

impl Default for Options {
    /// 32 MiB: a hundred times the text of the longest news pages, small enough that a batch of them fits any machine.
    fn default() -> Self {
        Self { limit: 32 << 20, except: None }
    }
}

/// Opens what the user named: files, folders, glob patterns, `-` for standard input.
///
/// Nothing fails here: an input that is not there is a [`Refused`] in its place. Order: as named; files of a folder or a pattern
/// by name; lines as they stand.
pub fn open<P: Into<PathBuf>>(named: impl IntoIterator<Item = P>, options: Options) -> Reader {
    let Inputs { inputs, progress } = inputs::expand(named.into_iter().map(Into::into), options.except);
    Reader {
        // A capture's spans count bytes in 32 bits.
        limit: options.limit.min(u32::MAX as usize / 2),
        inputs: inputs.into_iter(),
        open: None,
        memory: Vec::new(),
        progress: Arc::new(progress),
    }
}

/// Captures in the order of the inputs. See [`open`].
pub struct Reader {
    limit: usize,
    inputs: vec::IntoIter<Input>,
    open: Option<Lines>,
    /// The window's memory between two files.
    memory: Vec<u8>,
    progress: Arc<Progress>,
}

/// A JSONL input that is being read.
struct Lines {
    window: Window<Box<dyn Read + Send>>,
    name: String,
    line: u64,
}

impl Reader {
    /// How far it is, to be looked at from anywhere.
    pub fn progress(&self) -> Arc<Progress> {
        Arc::clone(&self.progress)
    }

    /// The same records in the same order, read and unpacked on a thread of their own.
    pub fn ahead(self) -> Ahead {
        Ahead::new(self)
    }

    /// Opens an input: a record when it is one, `None` when lines are to follow.
    fn start(&mut self, input: Input) -> Option<Result<Capture, Refused>> {
        let (stream, name, id): (Box<dyn Read + Send>, _, _) = match input {
            Input::Refused(refused) => return Some(Err(refused)),
            Input::Stdin => (Box::new(io::stdin()), "stdin".to_owned(), None),
            Input::File { path, id } => match File::open(&path) {
                Ok(file) => (Box::new(file), path.display().to_string(), Some(id)),
                Err(e) => return Some(Err(refused(path.display().to_string(), Outcome::Unreadable, unreadable(&e)))),
            },
        };
        let stream = match packing::unpack(Counted { stream, progress: Arc::clone(&self.progress) }) {
            Ok(stream) => stream,
            Err(e) => return Some(Err(refused(name, Outcome::Unreadable, unreadable(&e)))),
        };
        let mut window = Window::new(stream, self.limit, std::mem::take(&mut self.memory));
        let head = window.peek(kind::DECIDES);
        let marked = head.starts_with(kind::BOM);
        let record = match kind::of(head, &name) {
            Kind::Jsonl => {
                if marked {
                    window.skip(kind::BOM.len());
                }
                self.open = Some(Lines { window, name, line: 0 });
                return None;
            }
            Kind::Refused(outcome, message) => Err((outcome, message)),
            Kind::Plain => match window.rest() {
                Ok(Some(bytes)) => plain::capture(bytes),
                Ok(None) => Err((Outcome::TooLarge, too_large("text", self.limit))),
                Err(e) => Err((Outcome::Unreadable, unreadable(&e))),
            },
        };
        self.memory = window.into_bytes();
        Some(match record {
            Ok(mut capture) => {
                capture.id = id.unwrap_or_else(|| jsonl::content_id("", "", &capture.text));
                Ok(capture)
            }
            Err((outcome, message)) => Err(refused(name, outcome, message)),
        })
    }
}

impl Iterator for Reader {
    type Item = Result<Capture, Refused>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.open {
                match lines.next(&self.progress, self.limit) {
                    Some(record) => return Some(record),
                    None => self.memory = self.open.take().map(|lines| lines.window.into_bytes()).unwrap_or_default(),
                }
            }
            let input = self.inputs.next()?;
            if let Some(record) = self.start(input) {
                return Some(record);
            }
        }
    }
}

impl Lines {
    fn next(&mut self, progress: &Progress, limit: usize) -> Option<Result<Capture, Refused>> {
        loop {
            self.line += 1;
            let (name, number) = (&self.name, self.line);
            let source = || format!("{name}:{number}");
            let record = match self.window.line() {
                Ok(None) => return None,
                Ok(Some(Line::Whole(line))) if line.trim_ascii().is_empty() => continue,
                Ok(Some(Line::Whole(line))) => jsonl::capture(line, |written| progress.add_undated(&source(), written)),
                Ok(Some(Line::TooLong)) => Err((Outcome::TooLarge, too_large("line", limit))),
                // A stream that broke is about the input, not about a line; the window gives nothing after it.
                Err(e) => return Some(Err(refused(self.name.clone(), Outcome::Unreadable, unreadable(&e)))),
            };
            return Some(record.map_err(|(outcome, message)| refused(source(), outcome, message)));
        }
    }
}

pub(crate) fn refused(source: String, outcome: Outcome, message: String) -> Refused {
    Refused { outcome, source, message }
}

pub(crate) fn too_large(what: &str, limit: usize) -> String {
    format!("a {what} of more than {limit} bytes; raise the limit for one capture if it is a page")
}

/// Counts what is read from an input, before it is unpacked.
struct Counted<R> {
    stream: R,
    progress: Arc<Progress>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.stream.read(into)?;
        self.progress.add_bytes(n as u64);
        Ok(n)
    }
}
