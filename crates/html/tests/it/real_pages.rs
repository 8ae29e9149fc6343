//! Pages of the corpora that stand beside the repository, where they do.

use std::io::Read;
use std::path::{Path, PathBuf};

/// The files, in the order of their names; none where the corpora are not there, which is said.
pub(crate) fn paths() -> Vec<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let mut pages: Vec<PathBuf> = ["aeb", "fundus", "phrases"]
        .iter()
        .filter_map(|set| std::fs::read_dir(data.join(set).join("html")).ok())
        .flat_map(|entries| entries.flatten().map(|entry| entry.path()))
        .collect();
    pages.sort();
    if pages.is_empty() {
        eprintln!("!!! SKIPPED: {} is not there: no real page was read", data.display());
    }
    pages
}

/// A page, unpacked.
pub(crate) fn bytes_of(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    let packed = std::fs::read(path).expect("a page that was listed");
    flate2::read::MultiGzDecoder::new(&packed[..]).read_to_end(&mut bytes).expect("gzip");
    bytes
}
