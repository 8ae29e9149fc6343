//! Pages of the corpora that stand beside the repository, where they do.

use std::io::Read;
use std::path::{Path, PathBuf};

use copydesk_html::{Limits, read};
use copydesk_model::Html;

fn pages() -> Vec<PathBuf> {
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

fn bytes_of(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    let packed = std::fs::read(path).expect("a page that was listed");
    flate2::read::MultiGzDecoder::new(&packed[..]).read_to_end(&mut bytes).expect("gzip");
    bytes
}

#[test]
fn every_page_is_read_and_has_a_mark_a_block() {
    let mut refused = Vec::new();
    for path in pages() {
        let html = Html { bytes: bytes_of(&path), charset: String::new() };
        match read(&html, "", &Limits::default()) {
            Ok(page) => {
                let blocks = copydesk_split::blocks(&page.text);
                assert_eq!(blocks.len(), page.markup.marks.len(), "{}", path.display());
                assert!(blocks.iter().all(|block| block.is_folded), "{}", path.display());
                assert_eq!(read(&html, "", &Limits::default()).as_ref(), Ok(&page), "{}", path.display());
            }
            Err(refusal) => refused.push(format!("{}: {refusal}", path.display())),
        }
    }
    // pages that are shells or other things are few
    for refused in &refused {
        println!("{refused}");
    }
    assert!(refused.len() < 15, "{} refused", refused.len());
}
