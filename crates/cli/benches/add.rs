//! How fast captures become a finished archive: MB/s of input, from the files' bytes to the last commit, with the result asserted.
//!
//! ```text
//! cargo bench -p copydesk --bench add [-- INPUT...]
//! ```
//!
//! Without an input it takes the sample captures of `demo`, many times over with other figures in them. One pass of XXH3 over the same bytes is
//! the limit that no reader can pass.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "a bench prints, and has a clock and files"
)]

#[cfg(not(target_env = "msvc"))]
#[path = "../src/memory.rs"]
mod memory;

use std::{
    fs,
    hint::black_box,
    path::{Path, PathBuf},
    time::Instant,
};

use copydesk_pipeline::{Funnel, Options, Quiet, add};

const ROUNDS: usize = 5;

fn main() {
    let folder = tempfile::tempdir().expect("a folder for archives");
    let mut inputs: Vec<PathBuf> =
        std::env::args().skip(1).filter(|a| !a.starts_with("--")).map(PathBuf::from).collect();
    if inputs.is_empty() {
        let made = folder.path().join("samples.jsonl");
        fs::write(&made, samples(400)).expect("room for the samples");
        inputs.push(made);
    }
    let bytes: Vec<Vec<u8>> = inputs.iter().map(|path| fs::read(path).expect("an input that can be read")).collect();
    let size = bytes.iter().map(Vec::len).sum::<usize>() as f64 / 1e6;

    let best = fastest(|| black_box(bytes.iter().map(|b| xxhash_rust::xxh3::xxh3_64(b)).fold(0, |a, b| a ^ b)));
    println!("{:<26} {:>8.0} MB/s", "xxh3, one pass", size / best);

    let mut expected = None;
    for threads in [1, 2] {
        let best = fastest(|| {
            let funnel = archive(&inputs, &folder.path().join("archive"), threads);
            assert!(
                funnel.stories > 0 && funnel.stories <= funnel.versions && funnel.versions <= funnel.clippings,
                "{funnel:?}"
            );
            let counts = (funnel.captures, funnel.blocks, funnel.clippings, funnel.versions, funnel.stories);
            assert_eq!(expected.get_or_insert_with(|| counts.clone()), &counts, "with {threads} threads");
        });
        println!(
            "{:<26} {:>8.1} MB/s",
            format!("add, {threads} {}", if threads == 1 { "thread" } else { "threads" }),
            size / best
        );
    }
    let (captures, _, clippings, versions, stories) = expected.expect("a round was run");
    println!("{size:.1} MB: {captures} captures, {clippings} clippings, {versions} versions, {stories} stories");
}

/// The shortest of a few rounds, in seconds: whatever else the machine does only ever adds to it.
fn fastest<T>(mut work: impl FnMut() -> T) -> f64 {
    (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        })
        .fold(f64::MAX, f64::min)
}

fn archive(inputs: &[PathBuf], at: &Path, threads: usize) -> Funnel {
    let _ = fs::remove_dir_all(at);
    let options = Options { threads, ..Options::default() };
    let reader = copydesk_read::open(inputs, copydesk_read::Options::default());
    // As `copydesk add` does it: one thread is one thread, reading ahead would be a second.
    let funnel =
        if threads > 1 { add(at, reader.ahead(), &options, &Quiet) } else { add(at, reader, &options, &Quiet) };
    funnel.expect("an archive")
}

/// The sample captures over and over, each time another fetch, in which the stories' figures have changed.
fn samples(times: usize) -> String {
    let captures = include_str!("../demo/captures.jsonl");
    let mut out = String::new();
    for k in 0..times {
        for line in captures.lines() {
            let mut row: serde_json::Value = serde_json::from_str(line).expect("the samples are JSON");
            row["id"] = format!("{k}-{}", row["id"].as_str().expect("an id")).into();
            row["text"] = row["text"].as_str().expect("a text").replace("418", &(418 + k).to_string()).into();
            out += &row.to_string();
            out.push('\n');
        }
    }
    out
}
