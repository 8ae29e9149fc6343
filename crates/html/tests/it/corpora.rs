//! What holds of every page of the corpora.

use std::time::Instant;

use copydesk_html::{Limits, read};
use copydesk_model::Html;

use crate::real_pages;

#[test]
fn every_page_is_read_and_has_a_mark_a_block() {
    let mut refused = Vec::new();
    for path in real_pages::paths() {
        let html = Html { bytes: real_pages::bytes_of(&path), charset: String::new(), ..Html::default() };
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

/// The most that a page may take to be read and taken apart by who has seen no other; milliseconds per MB.
const MOST_MS_PER_MB: f64 = 20.0;
/// What half of the pages take at most on the machine that this is said of, in a quiet hour. The same machine has hours in which all pages take a
/// quarter more; what it takes then is held to as much more.
const USUAL_MS_PER_MB: f64 = 3.5;
/// How much slower a machine may be at most.
const SLOWER: f64 = 1.5;
/// Smaller pages count as this large, in bytes: what each page costs whatever its length is no matter of megabytes.
const SMALLEST: usize = 10_000;
/// How often each page is tried, and at most one that is too slow, as the machine may be busy with something else.
const TRIES: [usize; 2] = [3, 100];

#[test]
fn no_page_takes_longer_than_its_length_allows() {
    let cost = |path: &std::path::Path, tries: usize, enough: f64| {
        let html = Html { bytes: real_pages::bytes_of(path), charset: String::new(), ..Html::default() };
        let megabytes = html.bytes.len().max(SMALLEST) as f64 / 1e6;
        let mut best = f64::MAX;
        for _ in 0..tries {
            let start = Instant::now();
            if let Ok(page) = read(&html, "", &Limits::default()) {
                let split = copydesk_split::split_marked("", &page.text, &[], &page.markup);
                assert_eq!(split.blocks.len(), page.markup.marks.len(), "{}", path.display());
            }
            best = best.min(start.elapsed().as_secs_f64() * 1e3 / megabytes);
            if best < enough {
                break;
            }
        }
        best
    };
    let mut costs: Vec<_> = real_pages::paths().into_iter().map(|path| (cost(&path, TRIES[0], 0.0), path)).collect();
    costs.sort_by(|one, other| one.0.total_cmp(&other.0));
    if costs.is_empty() {
        return;
    }
    let usual = costs[costs.len() / 2].0;
    let most = MOST_MS_PER_MB * (usual / USUAL_MS_PER_MB).clamp(1.0, SLOWER);
    for (cost_now, path) in costs.iter_mut().filter(|(cost_now, _)| *cost_now >= most) {
        *cost_now = cost_now.min(cost(path, TRIES[1], most));
    }
    costs.sort_by(|one, other| one.0.total_cmp(&other.0));
    let Some((slowest, path)) = costs.last() else { return };
    let at = |share: f64| costs[(costs.len() as f64 * share) as usize].0;
    println!("ms/MB: p50 {:.1}, p99 {:.1}, slowest {slowest:.1} ({})", at(0.5), at(0.99), path.display());
    assert!(*slowest < most, "{slowest:.1} ms per MB, {most:.1} allowed: {}", path.display());
}
