//! Runs one extractor over unpacked pages: `rivals NAME PAGES.jsonl > FOUND.jsonl`.
//!
//! PAGES.jsonl: `{"id", "url", "file"}` a line. FOUND.jsonl: `{"id", "body", "headline", "published", "seconds"}`, where seconds are CPU time of
//! the extraction alone, files being read before. Copydesk prints a line a clipping, the page's seconds on its first.
//!
//! All extractors are built and take their memory as copydesk's own program: one unit a crate, and jemalloc with its options. That is worth
//! 2 % to copydesk; optimising across crates (`lto = "fat"`), which its program does without, nothing that could be measured.

use std::fs;

use cpu_time::ThreadTime;
use serde_json::{Value, json};

#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// What jemalloc reads when the program starts: see `crates/cli/src/memory.rs`.
#[unsafe(export_name = "malloc_conf")]
static OPTIONS: &[u8] = b"thp:always,metadata_thp:auto,narenas_ratio:0.5,oversize_threshold:0,dirty_decay_ms:600000\0";

struct Input {
    id: String,
    url: String,
    html: copydesk_model::Html,
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [name, list] = &args[..] else {
        eprintln!("rivals NAME PAGES.jsonl, NAME one of copydesk trafilatura trafilatura-precision dom_smoothie");
        std::process::exit(2);
    };
    let list = fs::read_to_string(list).unwrap_or_else(|e| panic!("{list}: {e}"));
    let inputs = list.lines().map(|line| {
        let row: Value = serde_json::from_str(line).expect("a JSON object a line");
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        Input { id: text("id"), url: text("url"), html: copydesk_model::Html { bytes: fs::read(text("file")).unwrap_or_default(), charset: String::new(), is_xhtml: false } }
    });
    let (mut reader, mut splitter) = (copydesk_html::Reader::new(), copydesk_split::Splitter::new());
    let mut find = |input: &Input| match name.as_str() {
        "copydesk" => copydesk(&mut reader, &mut splitter, input),
        "trafilatura" => trafilatura(input, trafilatura::ExtractionFocus::Balanced),
        "trafilatura-precision" => trafilatura(input, trafilatura::ExtractionFocus::FavorPrecision),
        "dom_smoothie" => dom_smoothie(input),
        other => panic!("`{other}` is none of the extractors"),
    };
    // once, so that tables which are made at the first page are not counted, as for the extractors of Python
    let bytes = b"<html><body><p>Once, so that tables are not counted.</p></body></html>".to_vec();
    find(&Input { id: String::new(), url: String::new(), html: copydesk_model::Html { bytes, charset: String::new(), is_xhtml: false } });
    for input in inputs {
        let start = ThreadTime::now();
        let mut found = find(&input);
        let seconds = start.elapsed().as_secs_f64();
        if found.is_empty() {
            found.push(json!({"body": "", "headline": "", "published": ""}));
        }
        for (at, mut row) in found.into_iter().enumerate() {
            row["id"] = json!(input.id);
            row["seconds"] = json!(if at == 0 { seconds } else { 0.0 });
            println!("{row}");
        }
    }
}

fn copydesk(reader: &mut copydesk_html::Reader, splitter: &mut copydesk_split::Splitter, input: &Input) -> Vec<Value> {
    let Ok(page) = reader.read(&input.html, &input.url, &copydesk_html::Limits::default()) else { return Vec::new() };
    let split = splitter.split_marked(&input.url, &page.text, &[], &page.markup);
    split
        .clippings
        .into_iter()
        .map(|c| json!({"body": c.body_text(), "headline": c.headline, "published": c.published}))
        .collect()
}

/// The crates take text. Pages that say another charset than UTF-8 are few; they are decoded as their users would do without more ado.
fn text(input: &Input) -> String {
    String::from_utf8_lossy(&input.html.bytes).into_owned()
}

fn trafilatura(input: &Input, focus: trafilatura::ExtractionFocus) -> Vec<Value> {
    let options = trafilatura::Options::default().with_focus(focus).with_exclude_comments(true).with_fallback(true);
    let Ok(found) = trafilatura::extract(&text(input), &options) else { return Vec::new() };
    let day = found.metadata.date.map(|d| d.to_string()).unwrap_or_default();
    vec![json!({"body": found.content_text, "headline": found.metadata.title, "published": day})]
}

fn dom_smoothie(input: &Input) -> Vec<Value> {
    let Ok(mut reader) = dom_smoothie::Readability::new(text(input), None, None) else { return Vec::new() };
    let Ok(found) = reader.parse() else { return Vec::new() };
    vec![json!({"body": found.text_content.to_string(), "headline": found.title, "published": found.published_time.unwrap_or_default()})]
}
