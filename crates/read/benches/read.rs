//! How fast captures come out of JSONL, plain and packed. `cargo bench -p copydesk-read`
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a bench reads files and a clock")]
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::{
    fs,
    hint::black_box,
    io::Write,
    time::{Duration, Instant},
};

use copydesk_read::{Options, open};

const CAPTURES: usize = 40_000;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let jsonl = crawl();
    let bytes = jsonl.len();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(&jsonl).expect("packs into memory");
    let packed = [
        ("jsonl", jsonl.clone()),
        ("jsonl.gz", gzip.finish().expect("packs into memory")),
        ("jsonl.zst", zstd::encode_all(&jsonl[..], 3).expect("packs into memory")),
    ];
    for (name, content) in packed {
        let path = folder.path().join(name);
        fs::write(&path, content).expect("room in the temporary folder");
        let best = fastest(|| {
            let text: usize =
                open([&path], Options::default()).map(|r| r.expect("every line is a capture").text.len()).sum();
            assert_eq!(text, expected_text());
            black_box(text);
        });
        println!("{name:>10}  {:>6.0} MB/s of JSONL", bytes as f64 / 1e6 / best.as_secs_f64());
    }
    let best = fastest(|| {
        black_box(xxhash_rust::xxh3::xxh3_64(&jsonl));
    });
    println!("{:>10}  {:>6.0} MB/s, one pass over the same bytes", "xxh3", bytes as f64 / 1e6 / best.as_secs_f64());
}

fn page(i: usize) -> String {
    let mut text = format!("Harbour Post\n\nFerry {i} runs again\n\n");
    for p in 0..12 {
        text.push_str("The “Mary Lane” left the old pier at noon with sixty passengers, said the harbour master, who had waited for the part. ");
        text.push_str(&format!("It was crossing {} of the year.\n\n", i * 12 + p));
    }
    text
}

fn crawl() -> Vec<u8> {
    let mut out = Vec::new();
    for i in 0..CAPTURES {
        let row = serde_json::json!({"url": format!("https://harbour-post.example/{i}"), "fetched_at": "2024-05-03T18:19:08Z", "text": page(i)});
        serde_json::to_writer(&mut out, &row).expect("writes into memory");
        out.push(b'\n');
    }
    out
}

fn expected_text() -> usize {
    (0..CAPTURES).map(|i| page(i).len()).sum()
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
