//! How fast captures come apart: MB/s of text for each step, one thread, with the result asserted.
//!
//!     cargo bench -p copydesk-split [-- CAPTURES.jsonl]
//!
//! Without a file it takes made-up pages; `ONLY=NAME` runs the steps whose name holds NAME.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "a bench prints, and has a clock and files"
)]

use std::hint::black_box;
use std::time::Instant;

use copydesk_split::{Evidence, Splitter, blocks, sightings, split};

fn main() {
    let file = std::env::args().skip(1).find(|a| !a.starts_with('-'));
    let texts: Vec<String> = match &file {
        Some(path) => std::fs::read_to_string(path)
            .expect("a readable file")
            .lines()
            .map(|line| {
                let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
                row["text"].as_str().expect("a text").to_owned()
            })
            .collect(),
        None => (0..400).map(page).collect(),
    };
    let bytes: usize = texts.iter().map(String::len).sum();
    let known: Vec<Vec<Evidence>> = texts
        .iter()
        .map(|t| vec![Evidence { captures: 6, left: 1, right: 1, settled: true, urls: 1 }; blocks(t).len()])
        .collect();
    let counted: usize = known.iter().map(Vec::len).sum();
    let only = std::env::var("ONLY").ok();
    let repeats = std::env::var("REPEATS").ok().and_then(|n| n.parse().ok()).unwrap_or(5);
    let run = |name: &str, work: &dyn Fn() -> usize, expected: Option<usize>| {
        if only.as_ref().is_some_and(|only| !name.contains(only)) {
            return;
        }
        let mut best = f64::MAX;
        for _ in 0..repeats {
            let start = Instant::now();
            let result = black_box(work());
            best = best.min(start.elapsed().as_secs_f64());
            assert!(expected.is_none_or(|e| e == result), "{name}: {result}");
        }
        println!("{name:<22} {:>7.0} MB/s", bytes as f64 / 1e6 / best);
    };
    run("xxh3, one pass", &|| texts.iter().map(|t| xxhash_rust::xxh3::xxh3_64(t.as_bytes()) as usize & 1).sum(), None);
    run("blocks", &|| texts.iter().map(|t| blocks(t).len()).sum(), Some(counted));
    run("sightings", &|| texts.iter().map(|t| sightings(t, &blocks(t)).len()).sum(), Some(counted));
    run("split, clues alone", &|| texts.iter().map(|t| split("", t, &[]).blocks.len()).sum(), Some(counted));
    run(
        "split, remembering",
        &|| {
            let mut splitter = Splitter::new();
            texts.iter().zip(&known).map(|(t, k)| splitter.split("", t, k).blocks.len()).sum()
        },
        Some(counted),
    );
    run(
        "split, with census",
        &|| texts.iter().zip(&known).map(|(t, k)| split("", t, k).blocks.len()).sum(),
        Some(counted),
    );
}

/// A page of three made-up stories.
fn page(seed: usize) -> String {
    let nouns = ["harbour", "ferry", "council", "bridge", "school", "orchard", "tram", "lighthouse"];
    let mut text = String::from("Home\nWeather\nSport\n\n");
    for story in 0..3 {
        let noun = nouns[(seed + story * 3) % nouns.len()];
        text += &format!("Town to rebuild its {noun} by spring\n\nThe {noun} seen from the pier (Nordfoto)\nTT\n\n");
        for k in 0..12 {
            text += &format!(
                "The {noun} will be rebuilt in {k} steps, the mayor said on Monday, after {seed} residents had asked for a plan that is cheaper than the first. “We listen,” she said.\n\n"
            );
        }
        text += "Read more\n\n\n";
    }
    text
}
