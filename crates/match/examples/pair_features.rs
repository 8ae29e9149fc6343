//! Prints what `compare` sees of labelled pairs, one line of tab-separated features a pair, to look at thresholds:
//! `cargo run --release -p copydesk-match --example pair_features PAIRS.jsonl` with lines of {"id", "set", "label", "a", "b"}.
#![allow(clippy::print_stdout, clippy::disallowed_types, reason = "a tool around the kernels reads files and prints")]

use std::{error::Error, fs, io};

use copydesk_match::{Thresholds, compare_texts};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name the file of pairs")?;
    println!(
        "id\tset\tlabel\trelation\treason\twords_a\twords_b\tmatched\tmoved\tinside_a\tinside_b\treplaced\tsubstitutions\tnumbers_agree\tnumbers_differ\truns\tlongest\thead_a\thead_b\ttail_a\ttail_b\tgap\tgapmax\tfirst\tswapped"
    );
    for line in io::BufRead::lines(io::BufReader::new(fs::File::open(path)?)) {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let text = |key: &str| row[key].as_str().unwrap_or_default();
        let (e, d) = compare_texts(text("a"), text("b"), &Thresholds::default());
        println!(
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
            text("id"),
            text("set"),
            row["label"],
            d.relation,
            d.reason,
            e.words_a,
            e.words_b,
            e.matched,
            e.moved,
            e.inside_a,
            e.inside_b,
            e.replaced,
            e.substitutions,
            e.numbers_agree,
            e.numbers_differ,
            e.runs.len(),
            e.runs.iter().map(|r| r.len).max().unwrap_or(0),
            e.runs.first().map_or(e.words_a, |r| r.a),
            e.runs.first().map_or(e.words_b, |r| r.b),
            e.runs.last().map_or(0, |r| e.words_a - r.a - r.len),
            e.runs.last().map_or(0, |r| e.words_b - r.b - r.len),
            e.runs.windows(2).map(|w| (w[1].a - w[0].a - w[0].len).min(w[1].b - w[0].b - w[0].len)).max().unwrap_or(0),
            e.runs.windows(2).map(|w| (w[1].a - w[0].a - w[0].len).max(w[1].b - w[0].b - w[0].len)).max().unwrap_or(0),
            e.runs.first().map_or(0, |r| r.len),
            e.swapped,
        );
    }
    Ok(())
}
