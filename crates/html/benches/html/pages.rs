//! Pages, and how long they take.

use std::hint::black_box;
use std::io::Read;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use copydesk_html::{Limits, Reader};
use copydesk_model::Html;

/// A page to measure on.
pub(crate) struct Page {
    /// What it is called.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) html: Html,
    /// Its characters, for those who want them decoded.
    pub(crate) text: String,
}

/// The pages of the folders in the arguments, or made-up ones.
pub(crate) fn load() -> Vec<Page> {
    let folders: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let mut paths: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).expect("a folder of pages").flatten().map(|entry| entry.path()))
        .filter(|path| path.to_string_lossy().ends_with(".html.gz") || path.to_string_lossy().ends_with(".html"))
        .collect();
    paths.sort();
    let pages = paths.into_iter().map(|path| {
        let mut bytes = std::fs::read(&path).expect("a readable page");
        if bytes.starts_with(b"\x1f\x8b") {
            let packed = std::mem::take(&mut bytes);
            flate2::read::MultiGzDecoder::new(&packed[..]).read_to_end(&mut bytes).expect("gzip");
        }
        page(path.display().to_string(), bytes)
    });
    let pages: Vec<Page> = pages.collect();
    if pages.is_empty() {
        (0..200).map(|k| page(format!("made up {k}"), made_up(k).into_bytes())).collect()
    } else {
        pages
    }
}

fn page(name: String, bytes: Vec<u8>) -> Page {
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Page { name, html: Html { bytes, charset: String::new(), is_xhtml: false }, text }
}

/// A page as templates write them: most of it is no text.
fn made_up(k: usize) -> String {
    let mut page = format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>Ferry {k}</title><style>{}</style><script>{}</script></head><body class=\"page page-{k}\">",
        ".c-story__body{margin:0 auto}".repeat(400),
        "window.__state=window.__state||{};if(a<b){track('view')}".repeat(800),
    );
    for item in 0..60 {
        page += &format!(
            "\n  <li class=\"c-nav__item c-nav__item--{item}\"><a class=\"c-nav__link\" href=\"/section/{item}?from=nav\" data-track=\"nav|{item}\">Section {item}</a></li>"
        );
    }
    page += "<main><article class=\"c-story\"><h1 class=\"c-story__headline\">The ferry sails again</h1>";
    for paragraph in 0..30 {
        page += &format!(
            "\n<p class=\"c-story__paragraph\">The ferry to the islands sails again from Monday, the port said &ndash; after <a href=\"/topics/{paragraph}\">{paragraph} weeks</a> of repairs, in which “nobody” crossed.</p>\n<div class=\"ad-slot\" id=\"ad-{paragraph}\" data-size='[[300,250],[970,250]]'></div>"
        );
    }
    for teaser in 0..40 {
        page += &format!(
            "<div class=\"teaser teaser--small\"><a href=\"/{teaser}.html\"><img src=\"/i/{teaser}.jpg\" srcset=\"/i/{teaser}-2.jpg 2x, /i/{teaser}-3.jpg 3x\" alt=\"A harbour\" loading=lazy width=300 height=200><h3>Teaser {teaser}</h3><span class=\"teaser__time\">{teaser} min</span></a></div>"
        );
    }
    page + "</article></main><footer><p>Imprint</p></footer></body></html>"
}

/// Reads a page; the number of its blocks.
pub(crate) fn copydesk(reader: &mut Reader, page: &Page) -> usize {
    reader.read(&page.html, "", &Limits::default()).map_or(0, |page| page.markup.marks.len())
}

/// What takes less is done again: the system counts a thread's time in ticks.
const SHORTEST: Duration = Duration::from_millis(50);

/// Time that this thread had a processor, where the system says (Linux), so that what else the machine does counts less; otherwise time.
struct Clock {
    start: Instant,
    on_processor: Option<u64>,
}

impl Clock {
    fn now() -> Clock {
        Clock { start: Instant::now(), on_processor: on_processor() }
    }

    fn seconds(&self) -> f64 {
        match (self.on_processor, on_processor()) {
            (Some(from), Some(to)) => (to - from) as f64 / 1e9,
            _ => self.start.elapsed().as_secs_f64(),
        }
    }
}

fn on_processor() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split_ascii_whitespace().next()?.parse().ok()
}

/// Runs one thing after the other over the same pages.
pub(crate) struct Bench<'p> {
    pages: &'p [Page],
    bytes: usize,
    repeats: usize,
    only: Option<String>,
}

impl<'p> Bench<'p> {
    /// Prints what it measures on.
    pub(crate) fn new(pages: &'p [Page]) -> Self {
        let bytes = pages.iter().map(|page| page.html.bytes.len()).sum();
        println!(
            "{} pages, {:.1} MB, {:.0} KB on average",
            pages.len(),
            bytes as f64 / 1e6,
            bytes as f64 / 1e3 / pages.len() as f64
        );
        let repeats = std::env::var("REPEATS").ok().and_then(|n| n.parse().ok()).unwrap_or(5);
        Bench { pages, bytes, repeats, only: std::env::var("ONLY").ok() }
    }

    fn skips(&self, name: &str) -> bool {
        self.only.as_ref().is_some_and(|only| !name.contains(only))
    }

    /// The best of some runs over all pages. What it returns must be the same each time.
    pub(crate) fn run(&self, name: &str, mut work: impl FnMut(&Page) -> usize) {
        if self.skips(name) {
            return;
        }
        let (mut best, mut result) = (f64::MAX, None);
        for _ in 0..self.repeats {
            let (start, mut passes) = (Clock::now(), 0);
            while passes == 0 || start.start.elapsed() < SHORTEST {
                let sum: usize = self.pages.iter().map(|page| black_box(work(page))).sum();
                assert_eq!(*result.get_or_insert(sum), sum, "{name}");
                passes += 1;
            }
            best = best.min(start.seconds() / f64::from(passes));
        }
        assert!(result.is_some_and(|sum| sum > 0), "{name} found nothing");
        println!(
            "{name:<22} {:>8.0} MB/s {:>9.0} pages/s {:>9.1} us a page",
            self.bytes as f64 / 1e6 / best,
            self.pages.len() as f64 / best,
            best * 1e6 / self.pages.len() as f64
        );
    }

    /// Milliseconds per MB of single pages: the median, the 99th of 100, the slowest. Pages under 10 KB count as 10 KB.
    pub(crate) fn slowest(&self, name: &str, mut work: impl FnMut(&Page) -> usize) {
        if self.skips(name) {
            return;
        }
        let mut costs: Vec<(f64, &Page)> = self
            .pages
            .iter()
            .map(|page| {
                // single pages are too short for the clock above
                let best = (0..self.repeats).map(|_| {
                    let start = Instant::now();
                    black_box(work(page));
                    start.elapsed().as_secs_f64()
                });
                (best.fold(f64::MAX, f64::min) * 1e9 / page.html.bytes.len().max(10_000) as f64, page)
            })
            .collect();
        costs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at = |share: f64| costs[((costs.len() - 1) as f64 * share) as usize];
        let (slowest, page) = at(1.0);
        println!(
            "{name:<22} ms/MB: p50 {:.2}, p99 {:.2}, slowest {slowest:.2} ({}, {} KB)",
            at(0.5).0,
            at(0.99).0,
            page.name,
            page.html.bytes.len() / 1000
        );
    }
}
