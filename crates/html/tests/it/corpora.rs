//! What holds of every page of the corpora.

use copydesk_html::{Limits, read};
use copydesk_model::Html;

use crate::real_pages;

#[test]
fn every_page_is_read_and_has_a_mark_a_block() {
    let mut refused = Vec::new();
    for path in real_pages::paths() {
        let html = Html { bytes: real_pages::bytes_of(&path), charset: String::new() };
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
