use std::{
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

/// What a ZIP file has to be read for: of a WACZ its WARC files, of any other all that is in it.
///
/// <https://specs.webrecorder.net/wacz/1.1.1/> for the first; the rest of a WACZ is lists and indexes of what the WARC files hold.
pub(crate) fn entries(
    path: &Path,
    zip: &str,
    copy: Option<&Arc<TempPath>>,
) -> Result<Vec<Result<Entry, Left>>, (Outcome, String)> {
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
    let mut packed = 0u64;
    for i in 0..archive.len() {
        let entry = archive.by_index_raw(i).map_err(unreadable)?;
        let name = entry.name().map_err(unreadable)?.into_owned();
        // Nothing is written by these names: a `..` in them leads nowhere.
        let is_hidden = |part: &str| part == "__MACOSX" || part.starts_with('.') && !matches!(part, "." | "..");
        let hidden = name.split('/').any(is_hidden);
        if entry.is_dir() || hidden || (wacz && !is_warc(&name)) {
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
    if packed > length {
        let message = "its files overlap, as those of bombs do; unpack it and hand in what is inside".to_owned();
        return Err((Outcome::Damaged, message));
    }
    match entries.is_empty() {
        true => Err((Outcome::Empty, "a ZIP file without files to read; nothing to do".to_owned())),
        false => Ok(entries),
    }
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
