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
    path::PathBuf,
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};

use copydesk_web::{
    Archive, Capture, Clipping, Failure, Funnel, Options, Relation, Site, Stories, Story, Version, serve,
};

/// Clients at the same time.
const CLIENTS: u64 = 20;

/// Questions of each.
const QUESTIONS: u64 = 50;

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

fn question(dice: &mut Dice) -> String {
    let (a, b) = (word(1 + dice.below(3_000)), word(1 + dice.below(3_000)));
    match dice.below(8) {
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

/// Resident memory of the process, which is the server, the clients and the maker of stories.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let lines = status.lines().filter(|line| ["VmRSS", "RssAnon", "VmHWM"].iter().any(|name| line.starts_with(name)));
    lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join(", ")
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let stories: u64 = arguments.next().map_or(1_000_000, |stories| stories.parse().unwrap());
    let temporary = tempfile::tempdir().unwrap();
    let index_dir = arguments.next().map_or(temporary.path().join("index"), PathBuf::from);
    let options = Options { address: ([127, 0, 0, 1], 0).into(), index_dir: index_dir.clone(), hosts: Vec::new() };
    let (send, receive) = mpsc::channel();
    let begun = Instant::now();
    let open = move || -> Result<Arc<dyn Archive>, Failure> { Ok(Arc::new(Large(stories))) };
    std::thread::spawn(move || serve(Box::new(open), options, |at| send.send(at).unwrap(), Box::new(|_| {})).unwrap());
    let at = receive.recv().unwrap();
    println!(
        "{stories} stories open after {:.1} s (made and indexed where there was no index)",
        begun.elapsed().as_secs_f64()
    );
    println!("memory: {}", memory());

    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            std::thread::spawn(move || {
                let mut dice = Dice(client * 77 + 5);
                (0..QUESTIONS).map(|_| get(at, &question(&mut dice)).1).collect::<Vec<_>>()
            })
        })
        .collect();
    percentiles("search page, 20 clients", clients.into_iter().flat_map(|client| client.join().unwrap()).collect());
    let mut dice = Dice(3);
    percentiles("search page, one client", (0..100).map(|_| get(at, &question(&mut dice)).1).collect());
    percentiles("everything, one client", (0..5).map(|_| get(at, "/").1).collect());
    percentiles(
        "story page, first byte",
        (0..200).map(|_| get(at, &format!("/story/{}", id(dice.below(stories)))).0).collect(),
    );
    let (first, all, lines) = get(at, "/export.csv?sort=newest");
    assert!(lines > stories, "a line a row, and those of texts");
    println!(
        "CSV of all: first byte {:.1} ms, {:.1} s, {:.0} rows a second",
        first.as_secs_f64() * 1e3,
        all.as_secs_f64(),
        stories as f64 / all.as_secs_f64()
    );
    println!("memory: {}", memory());
}
