use std::{
    borrow::Cow,
    collections::HashMap,
    fs::File,
    io::{self, Seek, SeekFrom},
    path::PathBuf,
};

use copydesk_model::{Capture, Outcome, page_name};
use xxhash_rust::xxh3::Xxh3;

use super::{
    Refusal, page,
    recent::Recent,
    records::{BESIDE, Block, Head, Records},
    url,
};
use crate::{fields::Fields, inputs::unreadable, packing, window::Window};

/// What became of the records of this run, so that revisits of them can be resolved: where their pages stand, or, where they cannot be
/// read again, the latest pages themselves.
///
/// Memory is bounded: of more than [`Seen::KEPT`] names the oldest are forgotten.
#[derive(Default)]
pub(crate) struct Seen {
    young: HashMap<u64, Remembered>,
    old: HashMap<u64, Remembered>,
    sources: Vec<Source>,
    pub(crate) recent: Recent,
}

/// A file that can be opened again.
struct Source {
    path: PathBuf,
    /// Where in it the WARC begins.
    base: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Remembered {
    /// A page, that can be read again.
    At { source: u32, offset: u64 },
    /// A page, kept under this number for as long as there is room.
    Kept(u64),
    /// A page, of which nothing is left.
    Gone,
    /// No page.
    NoPage,
    /// A page that was refused.
    Refused,
}

/// Why a page cannot be had that was there.
const GONE: &str = "its page came from a pipe, or inside a large packed member, where it cannot be read again, and only the latest of \
                    such pages are kept; read it from a file of single records";

/// The names under which a record may be referred to, hashed.
#[derive(Default)]
pub(crate) struct Keys([Option<u64>; 3]);

impl Keys {
    /// Of a record that holds a page.
    pub(crate) fn of_record(fields: &Fields) -> Self {
        let (id, uri) = (fields.get("warc-record-id"), fields.get("warc-target-uri"));
        Self::new(&id, &uri, &fields.get("warc-date"), &digest(fields))
    }

    /// Of the record that a revisit refers to, the most exact name first.
    pub(crate) fn of_revisit(fields: &Fields) -> Self {
        let uri = fields.get("warc-refers-to-target-uri");
        Self::new(&fields.get("warc-refers-to"), &uri, &fields.get("warc-refers-to-date"), &digest(fields))
    }

    fn new(id: &str, uri: &str, date: &str, digest: &str) -> Self {
        let key = page_name::<Xxh3>;
        Self([key(0, &[url(id)]), key(1, &[url(uri), date]), key(2, &[digest])])
    }
}

/// Upper case, because base 32 is written in both.
pub(super) fn digest(fields: &Fields) -> Cow<'_, str> {
    let digest = fields.get("warc-payload-digest");
    match digest.split_once(':') {
        Some((kind, sum)) => Cow::Owned(format!("{}:{}", kind.to_ascii_lowercase(), sum.trim().to_ascii_uppercase())),
        None => digest,
    }
}

impl Seen {
    /// Names, of which a record has up to three: 25 bytes each in tables that are half full, 30 MB at most.
    const KEPT: usize = 1 << 19;

    /// Makes an input known that can be opened again; `base` is where in it the WARC begins.
    pub(crate) fn add_source(&mut self, path: PathBuf, base: u64) -> u32 {
        self.sources.push(Source { path, base });
        u32::try_from(self.sources.len() - 1).unwrap_or(u32::MAX)
    }

    pub(crate) fn remember(&mut self, keys: &Keys, what: Remembered) {
        if self.young.len() + keys.0.len() > Self::KEPT / 2 {
            self.old = std::mem::take(&mut self.young);
        }
        for key in keys.0.iter().flatten() {
            self.young.insert(*key, what);
        }
    }

    /// The page that a revisit repeats.
    pub(crate) fn resolve(&self, keys: &Keys, limit: usize) -> Result<Capture, Refusal> {
        let known = keys.0.iter().flatten().find_map(|key| self.young.get(key).or_else(|| self.old.get(key))).copied();
        let why = match known {
            Some(Remembered::NoPage) => return Err((Outcome::NoPage, "a revisit of what is no page".to_owned())),
            Some(Remembered::At { source, offset }) => match self.read(source, offset, keys, limit) {
                Ok(capture) => return Ok(capture),
                Err(why) => why,
            },
            Some(Remembered::Kept(number)) => match self.recent.page(number) {
                Some(capture) => return Ok(capture),
                None => GONE.to_owned(),
            },
            Some(Remembered::Gone) => GONE.to_owned(),
            Some(Remembered::Refused) => "its page is in this run and was refused".to_owned(),
            None => "its page is not in what was read before it".to_owned(),
        };
        Err((Outcome::Unresolved, format!("a revisit; {why}")))
    }

    /// Reads one record again.
    fn read(&self, source: u32, offset: u64, keys: &Keys, limit: usize) -> Result<Capture, String> {
        let Some(source) = self.sources.get(source as usize) else { return Err("its file is not known".to_owned()) };
        let open = || -> io::Result<Box<dyn packing::Stream>> {
            let mut file = File::open(&source.path)?;
            file.seek(SeekFrom::Start(source.base))?;
            packing::unpack_at(file, source.base + offset)
        };
        let stream = open().map_err(|e| format!("its file `{}` {}", source.path.display(), unreadable(&e)))?;
        let mut records = Records::new(Window::new(stream, limit + BESIDE, Vec::new()), limit, None);
        let changed = || format!("its file `{}` was changed since it was read", source.path.display());
        let mut head = Head::default();
        if !records.head(&mut head).map_err(|_| changed())? {
            return Err(changed());
        }
        let found = Keys::of_record(&head.fields);
        if !keys.0.iter().zip(&found.0).any(|(a, b)| a.is_some() && a == b) {
            return Err(changed());
        }
        match records.block(&head) {
            Block::Whole(block) => {
                let content = page(&head, block, limit).map_err(|(_, message)| message)?;
                Ok(content.into_capture(Capture { digest: digest(&head.fields).into_owned(), ..Capture::default() }))
            }
            _ => Err(changed()),
        }
    }
}
