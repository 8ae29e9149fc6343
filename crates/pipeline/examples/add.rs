//! Adds JSONL to an archive and tells how long each part of it took: for those who look for what is slow.
//!
//! ```text
//! cargo run --release -p copydesk-pipeline --example add -- ARCHIVE captures.jsonl [THREADS] [MEMORY MB] [BATCH MB]
//! ```
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs,
    reason = "a tool around the plan"
)]

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use copydesk_model::{Capture, Refused};
use copydesk_pipeline::{Options, Progress, add};

/// Nanoseconds of processor time at the end of the last part.
struct Parts(AtomicU64);

impl Progress for Parts {
    fn took(&self, part: &'static str, time: Duration) {
        let now = processor_time();
        let spent = now - self.0.swap(now, Ordering::Relaxed);
        let (time, spent) = (time.as_secs_f64() * 1000.0, spent as f64 / 1e6);
        eprintln!("{time:>9.1} ms {spent:>9.1} ms of this thread {:>8} {part}", memory("VmRSS").trim());
    }
    fn note(&self, message: &str) {
        eprintln!("note: {message}");
    }
}

/// What this thread has used, where the system says so.
fn processor_time() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// A line of what the system says about this process's memory.
fn memory(line: &str) -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|l| l.strip_prefix(line)?.strip_prefix(':')).unwrap_or_default().trim().to_owned()
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |k: usize, default: usize| arguments.get(k).map_or(default, |text| text.parse().expect("a number"));
    let defaults = Options::default();
    let options = Options {
        threads: number(2, 1),
        memory: number(3, defaults.memory >> 20) << 20,
        batch_bytes: number(4, defaults.batch_bytes >> 20) << 20,
        ..defaults
    };
    let lines = BufReader::with_capacity(1 << 20, File::open(&arguments[1]).expect("the input")).lines();
    let records = lines.map(|line| -> Result<Capture, Refused> {
        let line: serde_json::Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
        // `bench/match` names its text otherwise than `bench/stitch`.
        let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        let body =
            if line["text"].is_string() { text("text") } else { format!("{}\n\n{}", text("headline"), text("body")) };
        let id = if line["id"].is_string() { text("id") } else { text("capture") };
        Ok(Capture { id, url: text("url"), fetched_at: text("fetched_at"), text: body, ..Capture::default() })
    });
    let begun = Instant::now();
    let funnel =
        add(Path::new(&arguments[0]), records, &options, &Parts(processor_time().into())).unwrap_or_else(|e| {
            eprintln!("{e}");
            std::process::exit(1);
        });
    let seconds = begun.elapsed().as_secs_f64();
    println!("{}", serde_json::to_string_pretty(&funnel).expect("JSON"));
    println!("{seconds:.3} s, {:.1} MB/s of text, {} at most", funnel.bytes as f64 / 1e6 / seconds, memory("VmHWM"));
}
