//! A large archive that is made up as it goes, served, and asked by many at once.
//!
//!     cargo bench -p copydesk-web --bench load -- [STORIES] [FOLDER]
//!
//! FOLDER keeps the index between runs. Every answer is looked at: one that is wrong ends the run.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::print_stdout, reason = "a bench")]

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    time::{Duration, Instant},
};

use copydesk_web::{
    Archive, Capture, Clipping, Failure, Funnel, Options, Relation, Site, Stories, Story, Version, serve,
};

// As in the program.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// As in the program, too: what jemalloc reads when it starts.
#[cfg(not(target_env = "msvc"))]
#[allow(unsafe_code, reason = "jemalloc looks for its options under this name")]
#[unsafe(export_name = "malloc_conf")]
static OPTIONS: &[u8] = b"thp:always,metadata_thp:auto,narenas_ratio:0.5,oversize_threshold:0,dirty_decay_ms:600000\0";

/// Clients at the same time.
const CLIENTS: u64 = 20;

/// Questions of each.
const QUESTIONS: u64 = 50;

/// Questions of each kind, by one client.
const OF_EACH_KIND: u32 = 50;

struct Large(u64);

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    /// A word, frequent ones more often: the n-th about as often as one in n.
    fn word(&mut self) -> String {
        let rank = (60_000f64.powf(self.below(1 << 20) as f64 / f64::from(1 << 20))) as u64;
        word(rank)
    }
}

/// The n-th word of a language of syllables.
fn word(mut rank: u64) -> String {
    const SYLLABLES: [&str; 20] = [
        "ba", "ker", "lo", "min", "sta", "tor", "ve", "wi", "dra", "fen", "gol", "hu", "ja", "nor", "pel", "qui",
        "ras", "su", "ty", "zo",
    ];
    let mut out = String::new();
    loop {
        out.push_str(SYLLABLES[(rank % 20) as usize]);
        rank /= 20;
        if rank == 0 {
            return out;
        }
    }
}

fn id(number: u64) -> String {
    format!("{:016x}", (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

fn story(number: u64) -> Story {
    let mut dice = Dice(number);
    let id = id(number);
    let text = |dice: &mut Dice, words: u64| (0..words).map(|_| dice.word()).collect::<Vec<_>>().join(" ");
    let words = 120 + dice.below(400);
    let day = dice.below(3_000);
    let seen = format!("20{:02}-{:02}-{:02}T06:00:00Z", 15 + day / 336, 1 + day / 28 % 12, 1 + day % 28);
    let version = format!("{id}{id}");
    let headline = text(&mut dice, 8);
    let clippings = (0..1 + dice.below(4) * dice.below(3)).map(|at| Clipping {
        id: format!("{number}.{at}#0"),
        capture: format!("{number}.{at}"),
        site: format!("site-{}.example", dice.below(300)),
        fetched_at: seen.clone(),
        version: version.clone(),
        headline: headline.clone(),
        words: words as u32,
        ..Clipping::default()
    });
    let clippings: Vec<Clipping> = clippings.collect();
    let body = (0..6).map(|_| text(&mut dice, words / 6)).collect::<Vec<_>>().join("\n\n");
    let versions = vec![Version {
        id: version.clone(),
        words: words as u32,
        clippings: clippings.len() as u64,
        first_seen: seen.clone(),
        last_seen: seen.clone(),
        ..Version::default()
    }];
    Story {
        id,
        version,
        headline,
        first_seen: seen.clone(),
        last_seen: seen,
        body,
        corrected: number.is_multiple_of(50),
        versions,
        clippings,
        ..Story::default()
    }
}

impl Archive for Large {
    fn commit(&self) -> u64 {
        self.0
    }
    fn stories(&self) -> Result<Stories, Failure> {
        Ok(Box::new((0..self.0).map(|number| Ok(story(number)))))
    }
    fn bodies(&self, _: &str) -> Result<BTreeMap<String, String>, Failure> {
        Ok(BTreeMap::new())
    }
    fn relations(&self, _: &str) -> Result<Vec<Relation>, Failure> {
        Ok(Vec::new())
    }
    fn capture(&self, _: &str) -> Result<Option<Capture>, Failure> {
        Ok(None)
    }
    fn sites(&self) -> Result<Vec<Site>, Failure> {
        Ok(Vec::new())
    }
    fn funnel(&self) -> Result<Funnel, Failure> {
        Ok(Funnel::default())
    }
}

/// Asks, and says how long the first byte and the last one took, and how many lines came.
fn get(at: SocketAddr, address: &str) -> (Duration, Duration, u64) {
    let begun = Instant::now();
    let mut socket = TcpStream::connect(at).unwrap();
    socket
        .write_all(format!("GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes())
        .unwrap();
    let mut buffer = vec![0; 1 << 16];
    let read = socket.read(&mut buffer).unwrap();
    let first = begun.elapsed();
    assert!(buffer.starts_with(b"HTTP/1.1 200"), "{address}: {}", String::from_utf8_lossy(&buffer[..read.min(400)]));
    let mut lines = buffer[..read].iter().filter(|b| **b == b'\n').count() as u64;
    loop {
        match socket.read(&mut buffer).unwrap() {
            0 => return (first, begun.elapsed(), lines),
            n => lines += buffer[..n].iter().filter(|b| **b == b'\n').count() as u64,
        }
    }
}

const KINDS: [&str; 8] = [
    "a word",
    "two words",
    "either of two, newest first",
    "a phrase",
    "a word of the title, some years",
    "a word but not another, a facet",
    "the beginning of a word",
    "a word, one site",
];

fn question(dice: &mut Dice) -> String {
    let kind = dice.below(KINDS.len() as u64);
    question_of(kind as usize, dice)
}

fn question_of(kind: usize, dice: &mut Dice) -> String {
    let (a, b) = (word(1 + dice.below(3_000)), word(1 + dice.below(3_000)));
    match kind {
        0 => format!("/?q={a}"),
        1 => format!("/?q={a}+{b}"),
        2 => format!("/?q={a}+OR+{b}&sort=newest"),
        3 => format!("/?q=%22{a}+{}%22", word(1 + dice.below(20))),
        4 => format!("/?q=title:{a}&from=2016&to=2020"),
        5 => format!("/?q={a}+-{b}&has=correction"),
        6 => format!("/?q={}*", &a[..a.len().min(5)]),
        _ => format!("/?q={a}&site=site-{}.example", dice.below(300)),
    }
}

fn percentiles(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!(
        "{what:<34} p50 {:8.1} ms   p95 {:8.1} ms   max {:8.1} ms   of {}",
        at(0.5),
        at(0.95),
        at(1.0),
        times.len()
    );
}

/// Time that the process had a processor for, which is the server, the clients and the maker of stories; in steps of 10 ms.
fn processor() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace();
    Duration::from_millis(fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() * 10)
}

/// Memory of the process in MB: all that is resident, files that are looked into included, and what it holds of its own.
fn memory() -> (u64, u64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).unwrap_or_default() / 1_000
    };
    (field("VmRSS"), field("RssAnon"))
}

/// The most memory of its own that the process held since it was asked last, looked at twenty times a second.
static MOST: AtomicU64 = AtomicU64::new(0);

fn watch() {
    loop {
        MOST.fetch_max(memory().1, Ordering::Relaxed);
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn say_memory(what: &str) {
    let (all, own) = memory();
    println!("{what:<34} {all} MB, {own} MB of its own; at most {} MB of its own", MOST.swap(own, Ordering::Relaxed));
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let stories: u64 = arguments.next().map_or(1_000_000, |stories| stories.parse().unwrap());
    let temporary = tempfile::tempdir().unwrap();
    let index_dir = arguments.next().map_or(temporary.path().join("index"), PathBuf::from);
    let options = Options { address: ([127, 0, 0, 1], 0).into(), index_dir: index_dir.clone(), hosts: Vec::new() };
    let (send, receive) = mpsc::channel();
    std::thread::spawn(watch);
    let begun = Instant::now();
    let open = move || -> Result<Arc<dyn Archive>, Failure> { Ok(Arc::new(Large(stories))) };
    std::thread::spawn(move || serve(Box::new(open), options, |at| send.send(at).unwrap(), Box::new(|_| {})).unwrap());
    let at = receive.recv().unwrap();
    println!(
        "{stories} stories open after {:.1} s, {:.1} s of processors (made and indexed where there was no index), {:.2} GB",
        begun.elapsed().as_secs_f64(),
        processor().as_secs_f64(),
        size(&index_dir) as f64 / 1e9
    );
    say_memory("memory until then");

    get(at, "/");
    let (begun, used) = (Instant::now(), processor());
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            std::thread::spawn(move || {
                let mut dice = Dice(client * 77 + 5);
                (0..QUESTIONS).map(|_| get(at, &question(&mut dice)).1).collect::<Vec<_>>()
            })
        })
        .collect();
    percentiles("search page, 20 clients", clients.into_iter().flat_map(|client| client.join().unwrap()).collect());
    let (took, used) = ((begun.elapsed()).as_secs_f64(), (processor() - used).as_secs_f64());
    let each = used * 1e3 / (CLIENTS * QUESTIONS) as f64;
    println!("{:<34} {each:.2} ms of a processor a question, {:.1} processors had", "", used / took);
    say_memory("memory meanwhile");
    let mut dice = Dice(3);
    for (kind, says) in KINDS.iter().enumerate() {
        let used = processor();
        percentiles(says, (0..OF_EACH_KIND).map(|_| get(at, &question_of(kind, &mut dice)).1).collect());
        let used = (processor() - used).as_secs_f64() * 1e3 / f64::from(OF_EACH_KIND);
        println!("{:<34} {used:.2} ms of a processor a question", "");
    }
    percentiles("search page, one client", (0..100).map(|_| get(at, &question(&mut dice)).1).collect());
    percentiles("everything, one client", (0..5).map(|_| get(at, "/").1).collect());
    percentiles(
        "story page, first byte",
        (0..200).map(|_| get(at, &format!("/story/{}", id(dice.below(stories)))).0).collect(),
    );
    say_memory("memory meanwhile");
    let (first, all, lines) = get(at, "/export.csv?sort=newest");
    assert!(lines > stories, "a line a row, and those of texts");
    println!(
        "CSV of all: first byte {:.1} ms, {:.1} s, {:.0} rows a second",
        first.as_secs_f64() * 1e3,
        all.as_secs_f64(),
        stories as f64 / all.as_secs_f64()
    );
    say_memory("memory meanwhile");
}

/// Bytes of the files below a folder.
fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| if entry.path().is_dir() { size(&entry.path()) } else { entry.metadata().map_or(0, |m| m.len()) })
        .sum()
}
