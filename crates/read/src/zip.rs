use std::{
    collections::HashSet,
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::Arc,
};

use copydesk_model::Outcome;
use tempfile::TempPath;
use zip::{CompressionMethod, ZipArchive};

use crate::packing::{bomb, is_bomb};

/// A file in a ZIP file, to be read in its turn.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The ZIP file.
    pub(crate) path: PathBuf,
    /// What it is called.
    pub(crate) zip: String,
    /// The file's path inside.
    pub(crate) name: String,
    /// Where its bytes stand.
    pub(crate) base: u64,
    /// How many they are.
    pub(crate) size: u64,
    pub(crate) deflated: bool,
    /// Where the ZIP file is a copy: it goes when nothing in it is left to be read.
    pub(crate) copy: Option<Arc<TempPath>>,
}

/// A file that is left where it is: its path inside, and why.
pub(crate) type Left = (String, Outcome, String);

/// What is in a ZIP file.
pub(crate) struct Entries {
    pub(crate) entries: Vec<Result<Entry, Left>>,
    /// Files that were left alone because their names, or those of their folders, start with a dot.
    pub(crate) hidden: u64,
}

/// What a ZIP file has to be read for: of a WACZ its WARC files, of any other all that is in it.
///
/// <https://specs.webrecorder.net/wacz/1.1.1/> for the first; the rest of a WACZ is lists and indexes of what the WARC files hold.
pub(crate) fn entries(path: &Path, zip: &str, copy: Option<&Arc<TempPath>>) -> Result<Entries, (Outcome, String)> {
    let unreadable = |e: zip::result::ZipError| {
        (Outcome::Unreadable, format!("is a ZIP file that cannot be read: {e}; fetch it again if it was cut off"))
    };
    let file = File::open(path).map_err(|e| (Outcome::Unreadable, crate::inputs::unreadable(&e)))?;
    let length = file.metadata().map_or(u64::MAX, |of| of.len());
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(unreadable)?;
    let has = |archive: &ZipArchive<_>, name: &str| archive.index_for_name(name).is_some();
    for (witness, what) in [
        ("[Content_Types].xml", "an office document"),
        ("META-INF/manifest.xml", "an office document"),
        ("META-INF/container.xml", "a book"),
        ("META-INF/MANIFEST.MF", "a program"),
    ] {
        if has(&archive, witness) {
            return Err((Outcome::NotText, format!("{what}, which is not read; hand in its text")));
        }
    }
    let wacz = has(&archive, "datapackage.json") && archive.file_names().any(|name| is_warc(&name.unwrap_or_default()));
    let mut entries = Vec::new();
    let mut hidden = 0;
    let mut packed = 0u64;
    for i in 0..archive.len() {
        let entry = archive.by_index_raw(i).map_err(unreadable)?;
        let name = entry.name().map_err(unreadable)?.into_owned();
        // Nothing is written by these names: a `..` in them leads nowhere.
        let is_hidden = |part: &str| part == "__MACOSX" || part.starts_with('.') && !matches!(part, "." | "..");
        if entry.is_dir() || (wacz && !is_warc(&name)) {
            continue;
        }
        if name.split('/').any(is_hidden) {
            hidden += 1;
            continue;
        }
        packed = packed.saturating_add(entry.compressed_size());
        let method = entry.compression();
        if entry.encrypted() {
            entries.push(Err((
                name,
                Outcome::Unreadable,
                "is encrypted; unpack it and hand in what is inside".to_owned(),
            )));
            continue;
        }
        let deflated = method == CompressionMethod::Deflated;
        match entry.data_start().filter(|_| deflated || method == CompressionMethod::Stored) {
            Some(base) => {
                let size = entry.compressed_size();
                let (path, zip, copy) = (path.to_owned(), zip.to_owned(), copy.cloned());
                entries.push(Ok(Entry { path, zip, name, base, size, deflated, copy }));
            }
            None => {
                let message = format!("is packed by {method}, which is not read; unpack it and hand in what is inside");
                entries.push(Err((name, Outcome::Unreadable, message)));
            }
        }
    }
    let twice = hidden_by_others(path, archive.central_directory_start()).unwrap_or_default();
    for name in twice.into_iter().filter(|name| !name.ends_with('/') && (!wacz || is_warc(name))) {
        let message = "has the name of another file in the ZIP file, the last of which is read; unpack it and hand in each under a name of its own";
        entries.push(Err((name, Outcome::Unreadable, message.to_owned())));
    }
    if packed > length {
        let message = "its files overlap, as those of bombs do; unpack it and hand in what is inside".to_owned();
        return Err((Outcome::Damaged, message));
    }
    match entries.is_empty() {
        true => Err((Outcome::Empty, "a ZIP file without files to read; nothing to do".to_owned())),
        false => Ok(Entries { entries, hidden }),
    }
}

/// The names of files behind which another one of the same name stands, once for each: the library lists only the last of them.
///
/// APPNOTE.TXT, 4.3.12, has the list of files, which begins at `list`.
fn hidden_by_others(path: &Path, list: u64) -> io::Result<Vec<String>> {
    let mut file = BufReader::new(File::open(path)?);
    file.seek(SeekFrom::Start(list))?;
    let mut seen = HashSet::new();
    let mut again = Vec::new();
    let mut header = [0; 46];
    while file.read_exact(&mut header).is_ok() && header.starts_with(b"PK\x01\x02") {
        let size = |at: usize| u16::from_le_bytes([header[at], header[at + 1]]);
        let mut name = vec![0; size(28).into()];
        file.read_exact(&mut name)?;
        file.seek_relative(i64::from(size(30)) + i64::from(size(32)))?;
        if seen.contains(&name) {
            again.push(String::from_utf8_lossy(&name).into_owned());
        }
        seen.insert(name);
    }
    Ok(again)
}

fn is_warc(name: &str) -> bool {
    name.starts_with("archive/") && name.contains(".warc")
}

impl Entry {
    /// Its bytes, unpacked from the ZIP file.
    pub(crate) fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(self.base))?;
        let packed = file.take(self.size);
        Ok(match self.deflated {
            true => {
                let packed = BufReader::with_capacity(128 << 10, packed);
                Box::new(Inflated { stream: flate2::bufread::DeflateDecoder::new(packed), base: self.base })
            }
            false => Box::new(packed),
        })
    }
}

/// A deflated file, given up where it turns out to be a bomb.
struct Inflated {
    stream: flate2::bufread::DeflateDecoder<BufReader<io::Take<File>>>,
    base: u64,
}

impl Read for Inflated {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if is_bomb(self.stream.total_in(), self.stream.total_out()) {
            return Err(io::Error::other(bomb(self.base)));
        }
        self.stream.read(into)
    }
}
