use std::{
    collections::VecDeque,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use copydesk_model::{Capture, Html, Outcome, Refused};

use crate::{
    ahead::Ahead,
    columns::Columns,
    content::content_id,
    inputs::{self, Input, Inputs, unreadable},
    jsonl::Lines,
    kind::{self, Kind},
    mhtml, packing, plain,
    progress::Progress,
    warc::{BESIDE, Earlier, Seen, Warc},
    window::Window,
    zip,
};

/// What may be set about reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Bytes of the largest page, line or text file that is taken as a capture, unpacked; larger ones are refused without being held.
    ///
    /// It holds after each step of unpacking: for a WARC record's block, and for the page in it with chunks joined and encodings
    /// undone. Beside it, a packed member, frame or file of more than 256 MiB is given up where it unpacks to more than 200 times
    /// its size, and reading goes on behind it.
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
/// by name; lines and records as they stand.
pub fn open<P: Into<PathBuf>>(named: impl IntoIterator<Item = P>, options: Options) -> Reader {
    let Inputs { inputs, progress } = inputs::expand(named.into_iter().map(Into::into), options.except);
    Reader::new(inputs, options.limit, progress)
}

/// Reads one stream of bytes, whatever it holds, as [`open`] reads a file of that name.
///
/// What has to be read from its end (ZIP, Parquet) is refused with what to do about it.
pub fn open_stream(stream: impl Read + Send + 'static, name: &str, options: &Options) -> Reader {
    let input = Input::Stream { stream: Box::new(stream), name: name.to_owned() };
    Reader::new(vec![input], options.limit, Progress::new(None))
}

/// Captures in the order of the inputs. See [`open`].
pub struct Reader {
    limit: usize,
    inputs: VecDeque<Input>,
    open: Option<Open>,
    /// The window's memory between two files.
    memory: Vec<u8>,
    seen: Seen,
    progress: Arc<Progress>,
}

/// An input of many records that is being read.
enum Open {
    Lines(Lines),
    Warc(Box<Warc>),
    Columns(Box<Columns>),
}

/// Where a stream comes from, when it can be opened again: a file, and where in it the stream begins and how long it is.
struct Origin {
    path: PathBuf,
    base: u64,
    size: u64,
}

impl Reader {
    fn new(inputs: Vec<Input>, limit: usize, progress: Progress) -> Self {
        Self {
            // A capture's spans count bytes in 32 bits.
            limit: limit.min(u32::MAX as usize / 2),
            inputs: inputs.into(),
            open: None,
            memory: Vec::new(),
            seen: Seen::default(),
            progress: Arc::new(progress),
        }
    }

    /// How far it is, to be looked at from anywhere.
    pub fn progress(&self) -> Arc<Progress> {
        Arc::clone(&self.progress)
    }

    /// Where to ask for pages that a revisit repeats and that were not read before it by this reader.
    pub fn with_earlier(mut self, earlier: impl Earlier + 'static) -> Self {
        self.seen.earlier = Some(Box::new(earlier));
        self
    }

    /// The same records in the same order, read and unpacked on a thread of their own.
    pub fn ahead(self) -> Ahead {
        Ahead::new(self)
    }

    /// Opens the next input; a record where it is, or gives, only one.
    fn start(&mut self, input: Input) -> Option<Result<Capture, Refused>> {
        match input {
            Input::Refused(refused) => Some(Err(refused)),
            Input::Stdin => self.begin(Box::new(io::stdin()), "stdin".to_owned(), None, None),
            Input::Stream { stream, name } => self.begin(stream, name, None, None),
            Input::Entry(entry) => {
                let name = format!("{}/{}", entry.path.display(), entry.name);
                match entry.open() {
                    Ok(stream) => {
                        let origin = Origin { path: entry.path, base: entry.base, size: entry.size };
                        self.begin(stream, name, Some(entry.name), (!entry.deflated).then_some(origin))
                    }
                    Err(e) => Some(Err(refused(name, Outcome::Unreadable, unreadable(&e)))),
                }
            }
            Input::File { path, id } => {
                let name = path.display().to_string();
                let opened = File::open(&path).and_then(|file| Ok((file.metadata()?, file)));
                match opened {
                    Ok((of, file)) => {
                        let origin = of.is_file().then_some(Origin { path, base: 0, size: of.len() });
                        self.begin(Box::new(file), name, Some(id), origin)
                    }
                    Err(e) => Some(Err(refused(name, Outcome::Unreadable, unreadable(&e)))),
                }
            }
        }
    }

    fn begin(
        &mut self,
        stream: Box<dyn Read + Send>,
        name: String,
        id: Option<String>,
        origin: Option<Origin>,
    ) -> Option<Result<Capture, Refused>> {
        let stream = match packing::unpack(Counted { stream, progress: Arc::clone(&self.progress) }) {
            Ok(stream) => stream,
            Err(e) => return Some(Err(refused(name, Outcome::Unreadable, unreadable(&e)))),
        };
        let packed = stream.is_packed();
        // A record's block comes with its header; lines and pages are held to the limit by what reads them.
        let mut window = Window::new(stream, self.limit.saturating_add(BESIDE), std::mem::take(&mut self.memory));
        let mut damaged = None;
        let kind = loop {
            let kind = kind::of(window.peek(kind::DECIDES), &name);
            if !window.goes_on() || matches!(kind, Kind::Jsonl | Kind::Warc) {
                break kind;
            }
            // Its beginning is damaged: what is behind it says what it is. A page is not whole without it.
            damaged = window.resume();
        };
        let damaged = damaged.map(|e| Err(refused(name.clone(), Outcome::Damaged, e.to_string())));
        let marked = window.have().starts_with(kind::BOM);
        let record = match kind {
            Kind::Jsonl => {
                if marked {
                    window.skip(kind::BOM.len());
                }
                window.set_limit(self.limit);
                self.open = Some(Open::Lines(Lines::new(window, name)));
                return damaged;
            }
            Kind::Warc => {
                // Twice, so that what is held of a large record need not be moved for every small one behind it.
                window.set_limit(self.limit.saturating_mul(2).saturating_add(BESIDE));
                let size = origin.as_ref().filter(|_| !packed).map(|origin| origin.size);
                let source = origin.map(|origin| self.seen.add_source(origin.path, origin.base));
                self.open = Some(Open::Warc(Box::new(Warc::new(window, name, self.limit, size, source))));
                return damaged;
            }
            Kind::Refused(outcome, message) => Err((outcome, message)),
            kind @ (Kind::Zip | Kind::Parquet) => {
                let counted = window.have().len() as u64;
                self.memory = window.into_bytes();
                return match origin.filter(|origin| origin.base == 0 && !packed) {
                    Some(origin) if kind == Kind::Zip => self.begin_zip(&origin.path, &name),
                    Some(origin) => self.begin_columns(&origin, name, counted),
                    None => Some(Err(refused(name, Outcome::Unreadable, from_its_end(&kind)))),
                };
            }
            kind @ (Kind::Plain | Kind::Html | Kind::Mhtml) => {
                window.set_limit(self.limit);
                match window.rest() {
                    Ok(Some(bytes)) => page(&kind, bytes),
                    Ok(None) => Err((Outcome::TooLarge, too_large("file", self.limit))),
                    Err(e) => Err((Outcome::Unreadable, unreadable(&e))),
                }
            }
        };
        self.memory = window.into_bytes();
        if damaged.is_some() {
            return damaged;
        }
        Some(match record {
            Ok(mut capture) => {
                capture.id = id.unwrap_or_else(|| content_id(&capture));
                Ok(capture)
            }
            Err((outcome, message)) => Err(refused(name, outcome, message)),
        })
    }

    /// Puts what is in a ZIP file before the inputs that follow it.
    fn begin_zip(&mut self, path: &Path, name: &str) -> Option<Result<Capture, Refused>> {
        let entries = match zip::entries(path) {
            Ok(entries) => entries,
            Err((outcome, message)) => return Some(Err(refused(name.to_owned(), outcome, message))),
        };
        for entry in entries.into_iter().rev() {
            self.inputs.push_front(match entry {
                Ok(entry) => Input::Entry(entry),
                Err((inner, outcome, message)) => Input::Refused(refused(format!("{name}/{inner}"), outcome, message)),
            });
        }
        None
    }

    fn begin_columns(&mut self, origin: &Origin, name: String, counted: u64) -> Option<Result<Capture, Refused>> {
        match Columns::open(&origin.path, name.clone(), self.limit, counted) {
            Ok(columns) => {
                self.open = Some(Open::Columns(Box::new(columns)));
                None
            }
            Err((outcome, message)) => Some(Err(refused(name, outcome, message))),
        }
    }
}

/// A whole file as one capture.
fn page(kind: &Kind, bytes: &[u8]) -> Result<Capture, (Outcome, String)> {
    match kind {
        Kind::Html => {
            let html = Html { bytes: bytes.to_vec(), charset: String::new() };
            Ok(Capture { html: Some(Box::new(html)), ..Capture::default() })
        }
        Kind::Mhtml => mhtml::capture(bytes),
        _ => plain::capture(bytes),
    }
}

fn from_its_end(kind: &Kind) -> String {
    let what = if *kind == Kind::Zip { "a ZIP file (or WACZ)" } else { "a Parquet file" };
    format!(
        "{what}, which is read from its end, so not from a pipe, packed, or inside another file; write it to a file of its own and name that"
    )
}

impl Iterator for Reader {
    type Item = Result<Capture, Refused>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let record = match &mut self.open {
                Some(Open::Lines(lines)) => lines.next(&self.progress, self.limit),
                Some(Open::Warc(warc)) => warc.next(&mut self.seen, &self.progress),
                Some(Open::Columns(columns)) => columns.next(&self.progress),
                None => None,
            };
            if record.is_some() {
                return record;
            }
            match self.open.take() {
                Some(Open::Lines(lines)) => self.memory = lines.into_window().into_bytes(),
                Some(Open::Warc(warc)) => self.memory = warc.into_window().into_bytes(),
                Some(Open::Columns(_)) | None => {}
            }
            let input = self.inputs.pop_front()?;
            if let Some(record) = self.start(input) {
                return Some(record);
            }
        }
    }
}

pub(crate) fn refused(source: String, outcome: Outcome, message: String) -> Refused {
    Refused { outcome, source, site: String::new(), message }
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
