//! How fast captures come out of what crawlers write, plain and packed, and in how much memory. `cargo bench -p copydesk-read`
//!
//! Rates are of unpacked bytes. Beside them stands what nothing that looks at every byte can beat: one pass of memchr over the
//! same bytes in memory.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a bench reads files and a clock")]
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::{
    env, fs,
    hint::black_box,
    io::Write,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use copydesk_read::{Options, open};

/// Captures of each file, and how much text or HTML they have together.
struct Expected {
    records: usize,
    captures: usize,
    bytes: usize,
}

fn main() {
    // Asked by itself, below.
    if env::args().any(|arg| arg == PIPED) {
        return piped();
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let lines: Vec<Vec<u8>> = (0..40_000).map(line).collect();
    let text = (0..40_000).map(|i| page_text(i).len()).sum();
    let expected = Expected { records: lines.len(), captures: lines.len(), bytes: text };
    let whole = lines.concat();
    measure(folder.path(), "jsonl", &whole, &whole, &expected);
    measure(folder.path(), "jsonl.gz", &gzip(&whole), &whole, &expected);
    measure(folder.path(), "jsonl.zst", &zstd(&whole), &whole, &expected);
    scan(&whole);

    let pages: Vec<Vec<u8>> = (0..1500).map(page_html).collect();
    let records: Vec<Vec<u8>> = pages.iter().map(|page| response("text/html", page)).collect();
    let html = pages.iter().map(Vec::len).sum();
    let expected = Expected { records: pages.len(), captures: pages.len(), bytes: html };
    let whole = records.concat();
    measure(folder.path(), "warc, pages", &whole, &whole, &expected);
    let members: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    measure(folder.path(), "warc.gz, a member each", &members, &whole, &expected);
    measure(folder.path(), "warc.gz, one member", &gzip(&whole), &whole, &expected);
    let frames: Vec<u8> = records.iter().flat_map(|record| zstd(record)).collect();
    measure(folder.path(), "warc.zst, a frame each", &frames, &whole, &expected);
    let packed: Vec<Vec<u8>> =
        pages.iter().map(|page| response("text/html\r\nContent-Encoding: gzip", &gzip(page))).collect();
    measure(folder.path(), "warc, HTTP gzip", &packed.concat(), &whole, &expected);

    // Nothing is extracted: the records are found, and passed over.
    let records: Vec<Vec<u8>> = pages.iter().map(|page| response("image/jpeg", page)).collect();
    let expected = Expected { records: pages.len(), captures: 0, bytes: 0 };
    let whole = records.concat();
    measure(folder.path(), "warc, no pages", &whole, &whole, &expected);
    let members: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    measure(folder.path(), "warc.gz, no pages", &members, &whole, &expected);
    scan(&whole);

    flat(&response("text/html", &page_html(1)));
}

/// Reads a file of `packed` five times and prints the best rate, in bytes of what is `unpacked`.
fn measure(folder: &Path, name: &str, packed: &[u8], unpacked: &[u8], expected: &Expected) {
    let path = folder.join("crawl");
    fs::write(&path, packed).expect("room in the temporary folder");
    let best = fastest(|| {
        let (mut records, mut captures, mut bytes) = (0, 0, 0);
        for record in open([&path], Options::default()) {
            records += 1;
            if let Ok(capture) = record {
                captures += 1;
                bytes += capture.text.len() + capture.html.as_ref().map_or(0, |html| html.bytes.len());
            }
        }
        assert_eq!((records, captures, bytes), (expected.records, expected.captures, expected.bytes), "{name}");
    });
    println!(
        "{name:>24}  {:>7.0} MB/s, packed {:.1} to 1",
        rate(unpacked.len(), best),
        unpacked.len() as f64 / packed.len() as f64
    );
}

fn scan(bytes: &[u8]) {
    let best = fastest(|| {
        black_box(memchr::memchr(1, black_box(bytes)));
    });
    println!("{:>24}  {:>7.0} MB/s\n", "memchr in memory", rate(bytes.len(), best));
}

/// Ten gigabytes through a pipe into a process of its own, whose memory is told apart from that of the files above.
fn flat(record: &[u8]) {
    let itself = env::current_exe().expect("a path");
    let start = Instant::now();
    let mut reader =
        Command::new(itself).arg(PIPED).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("starts");
    let mut pipe = reader.stdin.take().expect("a pipe");
    let some = record.repeat(100);
    let times = 10_000_000_000 / some.len();
    for _ in 0..times {
        pipe.write_all(&some).expect("room in the pipe");
    }
    drop(pipe);
    let out = reader.wait_with_output().expect("ends");
    let told = String::from_utf8_lossy(&out.stdout).into_owned();
    let (captures, memory) = told.trim().split_once(", ").expect("captures and memory");
    assert_eq!(captures, (times * 100).to_string());
    println!(
        "{:>24}  {:>7.0} MB/s, {memory} of memory at most",
        "10 GB of warc, piped",
        rate(times * some.len(), start.elapsed())
    );
}

const PIPED: &str = "--piped";

fn piped() {
    let captures = open(["-"], Options::default()).filter(Result::is_ok).count();
    println!("{captures}, {}", peak());
}

/// The most memory that the process had, where the system says so.
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |line| line.trim().to_owned())
}

fn rate(bytes: usize, time: Duration) -> f64 {
    bytes as f64 / 1e6 / time.as_secs_f64()
}

fn page_text(i: usize) -> String {
    let mut text = format!("Harbour Post\n\nFerry {i} runs again\n\n");
    for p in 0..12 {
        text.push_str("The “Mary Lane” left the old pier at noon with sixty passengers, said the harbour master, who had waited for the part. ");
        text.push_str(&format!("It was crossing {} of the year.\n\n", i * 12 + p));
    }
    text
}

fn line(i: usize) -> Vec<u8> {
    let row = serde_json::json!({"url": format!("https://harbour-post.example/{i}"), "fetched_at": "2024-05-03T18:19:08Z", "text": page_text(i)});
    let mut line = serde_json::to_vec(&row).expect("writes into memory");
    line.push(b'\n');
    line
}

/// A page of 20 to 260 kB with as much in it that differs from the last as pages have: it packs to about a fifth.
fn page_html(i: usize) -> Vec<u8> {
    let mut state = i as u64 + 1;
    let mut draw = |below: u64| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) % below
    };
    let mut page = format!("<!doctype html><html lang=en><head><title>Ferry {i}</title></head><body>\n").into_bytes();
    let size = 20_000 + draw(240_000) as usize;
    while page.len() < size {
        write!(
            page,
            "<div class=\"card card--{}\" id=\"c{:x}\"><a href=\"/{}/{:x}\">",
            draw(9),
            draw(1 << 30),
            draw(40),
            draw(1 << 40)
        )
        .expect("memory");
        for _ in 0..20 {
            let word = WORDS[(draw(WORDS.len() as u64) * draw(WORDS.len() as u64)) as usize / WORDS.len()];
            page.extend(word.as_bytes());
            page.push(b' ');
        }
        page.extend(b"</a></div>\n");
    }
    page
}

const WORDS: [&str; 40] = [
    "the",
    "of",
    "ferry",
    "harbour",
    "to",
    "and",
    "in",
    "said",
    "master",
    "pier",
    "noon",
    "passengers",
    "crossing",
    "part",
    "island",
    "council",
    "weather",
    "on",
    "for",
    "with",
    "engine",
    "captain",
    "timetable",
    "winter",
    "at",
    "by",
    "repair",
    "storm",
    "ticket",
    "fare",
    "service",
    "lighthouse",
    "minister",
    "bridge",
    "is",
    "was",
    "again",
    "until",
    "morning",
    "evening",
];

fn response(content_type: &str, body: &[u8]) -> Vec<u8> {
    let http = format!("HTTP/1.1 200 OK\r\nServer: none\r\nContent-Type: {content_type}\r\n\r\n");
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{0:032x}>\r\nWARC-Date: 2024-05-03T18:19:08Z\r\n\
         WARC-Target-URI: https://harbour-post.example/{0}\r\nWARC-Payload-Digest: sha1:{0:032X}\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {1}\r\n\r\n",
        body.len(),
        http.len() + body.len()
    );
    [head.as_bytes(), http.as_bytes(), body, b"\r\n\r\n"].concat()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(bytes).expect("packs into memory");
    gzip.finish().expect("packs into memory")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).expect("packs into memory")
}

fn fastest(mut run: impl FnMut()) -> Duration {
    (0..5)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min()
        .expect("five runs")
}
