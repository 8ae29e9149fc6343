//! Matches a file of texts in memory, to score matching without an archive:
//! `cargo run --release -p copydesk-match --example cluster -- STORIES.jsonl OUT.jsonl [--no-census]`.
//! In: lines of {"id", "url", "fetched_at", "text"}. Out: lines of {"id", "story"}.
#![allow(clippy::print_stderr, clippy::disallowed_types, reason = "a tool around the kernels reads files and prints")]

#[path = "../tests/it/reference.rs"]
mod reference;

use std::{
    error::Error,
    fs,
    io::{BufRead, BufReader, BufWriter, Write},
    time::Instant,
};

use copydesk_match::Thresholds;
use reference::{Text, stories};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, output, options @ ..] = &arguments[..] else { return Err("name the input and the output".into()) };
    let mut texts = Vec::new();
    for line in BufReader::new(fs::File::open(input)?).lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let field = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        texts.push(Text { id: field("id"), url: field("url"), fetched_at: field("fetched_at"), body: field("text") });
    }
    let start = Instant::now();
    let census = !options.iter().any(|o| o == "--no-census");
    let (found, counts) = stories(&texts, census, &Thresholds::default());
    eprintln!("{} texts in {:.2?}, {counts:?}", texts.len(), start.elapsed());
    let mut out = BufWriter::new(fs::File::create(output)?);
    for (id, story) in found {
        writeln!(out, "{}", serde_json::json!({ "id": id, "story": story }))?;
    }
    Ok(out.flush()?)
}
