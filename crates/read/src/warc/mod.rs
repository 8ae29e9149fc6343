//! WARC: records to captures. `records.rs` finds the records, here they become captures, `seen.rs` resolves revisits.

use copydesk_model::{Capture, Outcome, Refused, Repeated, Revisit, site_of};

use crate::{
    content::{Content, content, content_id},
    fields::{Fields, media_type, parameter},
    http::Response,
    packing::Stream,
    progress::Progress,
    reader::{refused, too_large},
    to_utc_seconds,
    window::Window,
};

mod recent;
mod records;
mod seen;

pub(crate) use records::BESIDE;
use records::{Block, Head, Place, Records};
pub(crate) use seen::Seen;
use seen::{Keys, Remembered, digest};

/// A WARC input that is being read.
pub(crate) struct Warc {
    records: Records,
    head: Head,
    name: String,
    /// The input's number in [`Seen`], when it can be opened again.
    source: Option<u32>,
    limit: usize,
}

type Refusal = (Outcome, String);

impl Warc {
    pub(crate) fn new(
        window: Window<Box<dyn Stream>>,
        name: String,
        limit: usize,
        size: Option<u64>,
        source: Option<u32>,
    ) -> Self {
        Self { records: Records::new(window, limit, size), head: Head::default(), name, source, limit }
    }

    pub(crate) fn into_window(self) -> Window<Box<dyn Stream>> {
        self.records.into_window()
    }

    pub(crate) fn next(&mut self, seen: &mut Seen, progress: &Progress) -> Option<Result<Capture, Refused>> {
        match self.records.head(&mut self.head) {
            Ok(true) => {}
            Ok(false) => return None,
            Err(damage) => {
                return Some(Err(refused(source(&self.name, damage.place), Outcome::Damaged, damage.message)));
            }
        }
        let place = self.head.place;
        Some(self.capture(seen, progress).map_err(|(outcome, message)| {
            let page = self.head.fields.get("warc-target-uri");
            // Damaged records are looked up by their place, all others by their page.
            let message = if page.is_empty() { message } else { format!("{}: {message}", shortened(&page)) };
            let revisit = (outcome == Outcome::Unresolved).then(|| Box::new(revisit(&self.head.fields)));
            let site = site_of(url(&page)).to_owned();
            Refused { site, revisit, ..refused(source(&self.name, place), outcome, message) }
        }))
    }

    fn capture(&mut self, seen: &mut Seen, progress: &Progress) -> Result<Capture, Refusal> {
        let fields = &self.head.fields;
        let kind = fields.get("warc-type").to_ascii_lowercase();
        if !matches!(kind.as_str(), "response" | "resource" | "conversion" | "revisit") {
            let kind = shortened(&kind);
            self.records.pass(&self.head).map_err(damaged)?;
            return Err((Outcome::NoPage, format!("a `{kind}` record, which holds no page")));
        }
        let mut capture = named(fields);
        let date = fields.get("warc-date");
        if capture.fetched_at.is_empty() && !date.is_empty() {
            progress.add_undated(&source(&self.name, self.head.place), &date);
        }
        if kind == "revisit" {
            return self.revisited(seen);
        }
        capture.digest = digest(fields).into_owned();
        let keys = Keys::of_record(fields);
        let place = self.head.place;
        let found = match self.records.block(&self.head) {
            Block::Whole(block) => page(&self.head, block, self.limit),
            Block::TooLarge => Err((Outcome::TooLarge, too_large("record", self.limit))),
            Block::Damaged(message) => return Err(damaged(message)),
        };
        let remembered = match (&found, self.source, place) {
            (Err((Outcome::NoPage, _)), ..) => Remembered::NoPage,
            (Err(_), ..) => Remembered::Refused,
            (Ok(_), Some(source), Place::Offset(offset)) => Remembered::At { source, offset },
            (Ok(page), ..) => seen.recent.keep(page, &capture.digest).map_or(Remembered::Gone, Remembered::Kept),
        };
        seen.remember(&keys, remembered);
        Ok(found?.into_capture(capture))
    }

    /// A capture of a page that the crawler had fetched before, and so did not keep again.
    fn revisited(&mut self, seen: &Seen) -> Result<Capture, Refusal> {
        let capture = revisit(&self.head.fields).capture;
        let keys = Keys::of_revisit(&self.head.fields);
        // What the server said again says already that there is no page to be found; where nothing is kept, nothing is said.
        let said = match self.records.block(&self.head) {
            Block::Whole(block) => Response::read(block).map(|r| (r.status, r.media_type)).ok(),
            Block::TooLarge => None,
            Block::Damaged(message) => return Err(damaged(message)),
        };
        if let Some((status, media_type)) = said {
            // 304: the crawler asked whether there is anything new, and was told no.
            if !matches!(status, 200..=299 | 304) {
                return Err((Outcome::NoPage, format!("a revisit of an answer with status {status}")));
            }
            if !media_type.is_empty()
                && let Err((Outcome::NoPage, message)) = content(b"<html>".into(), &media_type, "")
            {
                return Err((Outcome::NoPage, message));
            }
        }
        let earlier = seen.resolve(&keys, self.limit)?;
        // Not the revisit's own digest: with 304, that may be of an answer without a body.
        Ok(Capture { digest: earlier.digest, text: earlier.text, html: earlier.html, ..capture })
    }
}

/// What a record's header says of its capture.
fn named(fields: &Fields) -> Capture {
    Capture {
        id: record_id(&fields.get("warc-record-id")),
        url: url(&fields.get("warc-target-uri")).to_owned(),
        fetched_at: to_utc_seconds(&fields.get("warc-date")).unwrap_or_default(),
        ..Capture::default()
    }
}

/// A revisit as its header has it.
fn revisit(fields: &Fields) -> Revisit {
    let mut capture = named(fields);
    if capture.id.is_empty() {
        capture.id = content_id(&capture);
    }
    let elsewhere = url(&fields.get("warc-refers-to-target-uri")).to_owned();
    let of = Repeated {
        id: record_id(&fields.get("warc-refers-to")),
        url: if elsewhere.is_empty() { capture.url.clone() } else { elsewhere },
        fetched_at: to_utc_seconds(&fields.get("warc-refers-to-date")).unwrap_or_default(),
        digest: digest(fields).into_owned(),
    };
    Revisit { capture, of }
}

/// What the block of a response, a resource or a conversion holds.
fn page(head: &Head, block: &[u8], limit: usize) -> Result<Content, Refusal> {
    let fields = &head.fields;
    let kind = fields.get("warc-type");
    let url = fields.get("warc-target-uri");
    let scheme = url.trim_start_matches('<').split(':').next().unwrap_or_default().to_ascii_lowercase();
    // Crawlers keep logs, screenshots and texts of their own as resources, under URLs that are none: `metadata:`, `urn:`, `dns:`.
    if !matches!(scheme.as_str(), "" | "http" | "https" | "ftp" | "file") {
        return Err((Outcome::NoPage, "what a crawler noted, not a page".to_owned()));
    }
    let content_type = fields.get("content-type");
    let of_block = media_type(&content_type);
    if !kind.eq_ignore_ascii_case("response") || !matches!(of_block.as_str(), "" | "application/http") {
        let charset = parameter(&content_type, "charset");
        return content(block.into(), &of_block, charset);
    }
    let response = Response::read(block)?;
    if !(200..300).contains(&response.status) {
        return Err((Outcome::NoPage, format!("an answer with status {}", response.status)));
    }
    // Told before it is unpacked: most of a crawl's bytes are pictures.
    let mut served = response.media_type.clone();
    if served.is_empty() {
        served = media_type(&fields.get("warc-identified-payload-type"));
    }
    if served == "text/plain" && url.split(['?', '#']).next().is_some_and(|url| url.ends_with("/robots.txt")) {
        return Err((Outcome::NoPage, "what a site tells crawlers, not a page".to_owned()));
    }
    if let Err(refusal @ (Outcome::NoPage, _)) = content(b"<html>".into(), &served, "") {
        return Err(refusal);
    }
    let body = response.body(limit, fields.has("warc-truncated"))?;
    content(body, &served, &response.charset)
}

fn damaged(message: String) -> Refusal {
    (Outcome::Damaged, message)
}

/// `<urn:uuid:...>` as its last part.
fn record_id(written: &str) -> String {
    let id = url(written);
    id.strip_prefix("urn:uuid:").unwrap_or(id).to_owned()
}

/// WARC 1.0 puts URLs between angle brackets by its grammar, and tools took it at its word.
fn url(written: &str) -> &str {
    written.strip_prefix('<').unwrap_or(written).strip_suffix('>').unwrap_or(written).trim()
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(120) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// Where a record stands, as it is shown: `crawl.warc.gz:offset 1234`.
fn source(name: &str, place: Place) -> String {
    match place {
        Place::Offset(offset) => format!("{name}:offset {offset}"),
        Place::Unpacked(offset) => format!("{name}:unpacked offset {offset}"),
    }
}
