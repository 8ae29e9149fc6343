use std::{
    collections::VecDeque,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use copydesk_model::{Capture, Html, Outcome, Refused};
use tempfile::TempPath;

use crate::{
    ahead::Ahead,
    columns::Columns,
    content::{content, content_id},
    inputs::{self, Input, Inputs, READ_BEFORE, unreadable},
    jsonl::Lines,
    kind::{self, Kind},
    mhtml, packing, plain,
    progress::Progress,
    served::Served,
    spool::spool,
    warc::{BESIDE, Seen, Warc},
    window::Window,
    zip::{self, Entries},
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
    /// How long a server may say nothing before the connection counts as broken; what broke off is asked for up to four times more,
    /// after waiting a sixtieth of this, a thirtieth, and so on.
    pub patience: Duration,
    /// Settings of object stores by their names in the environment, such as `AWS_ENDPOINT`; they go before those that stand there.
    pub settings: Vec<(String, String)>,
}

impl Default for Options {
    /// 32 MiB: a hundred times the text of the longest news pages, small enough that a batch of them fits any machine. Thirty
    /// seconds, which is what `object_store` gives a whole answer.
    fn default() -> Self {
        Self { limit: 32 << 20, except: None, patience: Duration::from_secs(30), settings: Vec::new() }
    }
}

/// Opens what the user named: files, folders, glob patterns, `-` for standard input, and URLs: `https://HOST/PATH`, and of the object
/// stores `s3://BUCKET/KEY`, `gs://` and `az://`, where a key may end in `/` or be a pattern.
///
/// Nothing fails here: an input that is not there is a [`Refused`] in its place. Order: as named; files of a folder or a pattern
/// by name; lines and records as they stand. Folders and patterns of object stores are listed here, before it returns.
pub fn open<P: Into<PathBuf>>(named: impl IntoIterator<Item = P>, options: Options) -> Reader {
    let Inputs { inputs, progress } = inputs::expand(named.into_iter().map(Into::into), &options);
    Reader::new(inputs, options.limit, progress)
}

/// Reads one stream of bytes, whatever it holds, as [`open`] reads a file of that name.
///
/// What has to be read from its end (ZIP, Parquet) is refused with what to do about it.
pub fn open_stream(stream: impl Read + Send + 'static, name: &str, options: &Options) -> Reader {
    let input = Input::Stream { stream: Box::new(stream), name: name.to_owned() };
    Reader::new(vec![input], options.limit, Progress::new(0, 1))
}

/// Captures in the order of the inputs. See [`open`].
pub struct Reader {
    limit: usize,
    inputs: VecDeque<Input>,
    open: Option<Open>,
    /// What is known of the input that was opened last, when it lies elsewhere.
    served: Option<Served>,
    /// The window's memory between two files.
    memory: Vec<u8>,
    seen: Seen,
    progress: Arc<Progress>,
}

/// An input of many records that is being read.
enum Open {
    Lines(Lines),
    Warc(Box<Warc>),
    /// With what removes the file, where it is a copy, when it was read.
    Columns(Box<Columns>, #[expect(dead_code, reason = "it is there to be dropped")] Option<TempPath>),
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
            served: None,
            memory: Vec::new(),
            seen: Seen::default(),
            progress: Arc::new(progress),
        }
    }

    /// How far it is, to be looked at from anywhere.
    pub fn progress(&self) -> Arc<Progress> {
        Arc::clone(&self.progress)
    }

    /// Whether an input may keep the reading waiting: a pipe, or what lies on another machine.
    pub fn may_wait(&self) -> bool {
        self.progress.total().is_none()
            || self.inputs.iter().any(|input| matches!(input, Input::Remote { .. } | Input::Stream { .. }))
    }

    /// The same records in the same order, read and unpacked on a thread of their own.
    pub fn ahead(self) -> Ahead {
        Ahead::new(self)
    }

    /// Opens the next input; a record where it is, or gives, only one.
    fn start(&mut self, input: Input) -> Option<Result<Capture, Refused>> {
        match input {
            Input::Refused(refused) => Some(Err(refused)),
            Input::Stdin => self.begin(self.counted(io::stdin()), "stdin".to_owned(), None, None),
            Input::Stream { stream, name } => self.begin(self.counted(stream), name, None, None),
            Input::Remote { object, id, remote } => {
                let name = object.address.shown();
                let opened = remote.open(&object);
                if object.size.is_none() {
                    // What tells no size stays unknown; of what does not come, nothing is to come.
                    let size = opened.as_ref().map_or(Some(0), |(head, _)| head.size);
                    size.into_iter().for_each(|size| self.progress.found(size));
                }
                match opened {
                    Ok((head, body)) => {
                        self.served = Some(Served::new(&object.address, &head, body.broken()));
                        self.begin(self.counted(body), name, id, None)
                    }
                    Err(failure) => Some(Err(refused(name, failure.outcome, failure.message))),
                }
            }
            Input::Entry(entry) => {
                let name = format!("{}/{}", entry.zip, entry.name);
                match entry.open() {
                    Ok(stream) => {
                        // A copy is gone when a revisit asks for it, and was counted when it was made.
                        let again = !entry.deflated && entry.copy.is_none();
                        let stream = if entry.copy.is_none() { self.counted(stream) } else { stream };
                        let origin = Origin { path: entry.path, base: entry.base, size: entry.size };
                        self.begin(stream, name, Some(entry.name), again.then_some(origin))
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
                        self.begin(self.counted(file), name, Some(id), origin)
                    }
                    Err(e) => Some(Err(refused(name, Outcome::Unreadable, unreadable(&e)))),
                }
            }
        }
    }

    fn counted(&self, stream: impl Read + Send + 'static) -> Box<dyn Read + Send> {
        Box::new(Counted { stream, progress: Arc::clone(&self.progress) })
    }

    fn begin(
        &mut self,
        stream: Box<dyn Read + Send>,
        name: String,
        id: Option<String>,
        origin: Option<Origin>,
    ) -> Option<Result<Capture, Refused>> {
        let stream = match packing::unpack(stream) {
            Ok(stream) => stream,
            Err(e) => return Some(Err(refused(name, Outcome::Unreadable, unreadable(&e)))),
        };
        let packed = stream.is_packed();
        // A record's block comes with its header; lines and pages are held to the limit by what reads them.
        let mut window = Window::new(stream, self.limit.saturating_add(BESIDE), std::mem::take(&mut self.memory));
        let mut damaged = None;
        let kind = loop {
            let head = window.peek_until(kind::DECIDES, |head| kind::at_once(head).is_some());
            let kind = kind::of(head, &name);
            if !window.goes_on() || window.is_whole() || matches!(kind, Kind::Jsonl | Kind::Warc) {
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
                let copy = (self.served.is_some() && !packed).then(|| spool(&mut window));
                self.memory = window.into_bytes();
                return match (origin.filter(|origin| origin.base == 0 && !packed), copy) {
                    (Some(origin), _) if kind == Kind::Zip => self.begin_zip(&origin.path, &name, None),
                    (Some(origin), _) => self.begin_columns(&origin.path, name, counted, None),
                    (None, Some(Ok(copy))) if kind == Kind::Zip => {
                        let copy = Arc::new(copy);
                        self.begin_zip(&copy, &name, Some(&copy))
                    }
                    (None, Some(Ok(copy))) => {
                        let path = copy.to_path_buf();
                        self.begin_columns(&path, name, u64::MAX, Some(copy))
                    }
                    (None, Some(Err((outcome, message)))) => Some(Err(refused(name, outcome, message))),
                    (None, None) => Some(Err(refused(name, Outcome::Unreadable, from_its_end(&kind)))),
                };
            }
            kind @ (Kind::Plain | Kind::Html | Kind::Mhtml) => {
                window.set_limit(self.limit);
                if let Some(behind) = window.behind() {
                    let behind = refused(name.clone(), Outcome::Damaged, behind.to_string());
                    self.inputs.push_front(Input::Refused(behind));
                }
                match window.rest() {
                    Ok(Some(bytes)) => match &self.served {
                        Some(served) => served_page(served, &kind, bytes),
                        None => page(&kind, bytes),
                    },
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
    fn begin_zip(&mut self, path: &Path, name: &str, copy: Option<&Arc<TempPath>>) -> Option<Result<Capture, Refused>> {
        let Entries { entries, hidden } = match zip::entries(path, name, copy) {
            Ok(entries) => entries,
            Err((outcome, message)) => return Some(Err(refused(name.to_owned(), outcome, message))),
        };
        self.progress.add_hidden(hidden);
        for entry in entries.into_iter().rev() {
            self.inputs.push_front(match entry {
                Ok(entry) => Input::Entry(entry),
                Err((inner, outcome, message)) => Input::Refused(refused(format!("{name}/{inner}"), outcome, message)),
            });
        }
        None
    }

    fn begin_columns(
        &mut self,
        path: &Path,
        name: String,
        counted: u64,
        copy: Option<TempPath>,
    ) -> Option<Result<Capture, Refused>> {
        match Columns::open(path, name.clone(), self.limit, counted) {
            Ok(columns) => {
                self.open = Some(Open::Columns(Box::new(columns), copy));
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
            let html = Html { bytes: bytes.to_vec(), charset: String::new(), is_xhtml: false };
            Ok(Capture { html: Some(Box::new(html)), ..Capture::default() })
        }
        Kind::Mhtml => mhtml::capture(bytes),
        _ => plain::capture(bytes),
    }
}

/// The same as it was served: with the character set that the server names, and where and when it was fetched.
fn served_page(served: &Served, kind: &Kind, bytes: &[u8]) -> Result<Capture, (Outcome, String)> {
    if served.is_list(bytes) {
        let message =
            "is a list of files, and a folder of a web server cannot be listed; name each file in it".to_owned();
        return Err((Outcome::Unreadable, message));
    }
    let mut capture = match kind {
        Kind::Plain if !served.charset.is_empty() => {
            content(bytes.into(), "text/plain", &served.charset)?.into_capture(Capture::default())
        }
        _ => page(kind, bytes)?,
    };
    if let Some(html) = &mut capture.html
        && html.charset.is_empty()
    {
        html.charset.clone_from(&served.charset);
    }
    // What a browser saved says itself what it is and where it is from.
    if *kind != Kind::Mhtml {
        if let Some(html) = &mut capture.html {
            html.is_xhtml = served.is_xhtml;
        }
        capture.url.clone_from(&served.url);
        capture.fetched_at.clone_from(&served.fetched_at);
    }
    Ok(capture)
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
                Some(Open::Columns(columns, _)) => columns.next(&self.progress),
                None => None,
            };
            if let Some(record) = record {
                return Some(self.why(record, READ_BEFORE));
            }
            match self.open.take() {
                Some(Open::Lines(lines)) => self.memory = lines.into_window().into_bytes(),
                Some(Open::Warc(warc)) => self.memory = warc.into_window().into_bytes(),
                Some(Open::Columns(..)) | None => {}
            }
            // What of it was no record's.
            if let Some(refused) = self.served.take().and_then(|served| served.broken(READ_BEFORE)) {
                return Some(Err(refused));
            }
            let input = self.inputs.pop_front()?;
            if let Some(record) = self.start(input) {
                return Some(self.why(record, ""));
            }
        }
    }
}

impl Reader {
    /// A record that says that its input cannot be read says why, where that is known.
    fn why(&self, record: Result<Capture, Refused>, beside: &str) -> Result<Capture, Refused> {
        match (record, &self.served) {
            (Err(refused), Some(served)) if refused.outcome == Outcome::Unreadable && refused.source == served.name => {
                Err(served.broken(beside).unwrap_or(refused))
            }
            (record, _) => record,
        }
    }
}

pub(crate) fn refused(source: String, outcome: Outcome, message: String) -> Refused {
    Refused { outcome, source, site: String::new(), message, revisit: None }
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
