//! How right is what pages say about themselves? Headline, day and authors against a truth, the misses listed.
//!
//! `cargo run --release -p copydesk-html --example about -- GT.jsonl HTML_DIR [--misses]`, where `GT.jsonl` has `id`, `url`, `title`, `date` and
//! `authors` a line and `HTML_DIR` the pages as `ID.html.gz`.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command for people who look at pages"
)]

use std::collections::BTreeSet;
use std::error::Error;
use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use copydesk_html::Limits;
use copydesk_model::{About, Field, Html};
use serde_json::Value;

/// The words that two titles must share, as the scorer counts them: letters and digits, in small letters.
fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut words = Vec::new();
    let mut word = String::new();
    for c in lower.chars() {
        let alone = matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{0e00}'..='\u{0e7f}');
        if c.is_alphanumeric() || c == '_' {
            if alone {
                words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
                words.push(c.to_string());
            } else {
                word.push(c);
            }
        } else if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

/// Right, wrong and missing answers to one question.
#[derive(Default)]
struct Score {
    right: usize,
    asked: usize,
    missing: usize,
}

impl Score {
    fn count(&mut self, is_right: bool, is_missing: bool) {
        self.asked += 1;
        self.right += usize::from(is_right);
        self.missing += usize::from(is_missing);
    }

    fn print(&self, name: &str) {
        let share = self.right as f64 / self.asked.max(1) as f64;
        println!("{name:>10}  {share:.4}  {} of {}, {} say nothing", self.right, self.asked, self.missing);
    }
}

fn shown(about: &About, field: Field) -> String {
    about
        .all(field)
        .map(|said| format!("    {}: {}", said.witness, said.value.chars().take(140).collect::<String>()))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The authors that the most trusted witness names.
fn authors(about: &About) -> BTreeSet<String> {
    about.trusted(Field::Author).map(|said| said.value.to_lowercase()).collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [truth, folder, options @ ..] = arguments.as_slice() else {
        return Err("about GT.jsonl HTML_DIR [--misses]".into());
    };
    let list = options.iter().any(|option| option == "--misses");
    let (mut headline, mut day, mut author) = (Score::default(), Score::default(), Score::default());
    let mut held = Score::default();
    let mut spent = Duration::ZERO;
    let (mut bytes, mut pages) = (0, 0);
    for line in std::fs::read_to_string(truth)?.lines() {
        let page: Value = serde_json::from_str(line)?;
        let text = |key: &str| page[key].as_str().unwrap_or("").to_owned();
        let path = Path::new(folder).join(format!("{}.html.gz", text("id")));
        let mut html = Html::default();
        flate2::read::MultiGzDecoder::new(std::fs::File::open(&path)?).read_to_end(&mut html.bytes)?;
        bytes += html.bytes.len();
        pages += 1;
        let start = Instant::now();
        let read = copydesk_html::read(&html, &text("url"), &Limits::default());
        spent += start.elapsed();
        let about = read.map(|page| page.markup.about).unwrap_or_default();
        let title = words(&text("title"));
        if !title.is_empty() {
            let is_right = words(about.value(Field::Headline)) == title;
            headline.count(is_right, about.best(Field::Headline).is_none());
            held.count(about.all(Field::Headline).any(|said| words(&said.value) == title), false);
            if list && !is_right {
                println!("{} headline {:?}\n{}", text("id"), text("title"), shown(&about, Field::Headline));
            }
        }
        let date: String = text("date").chars().take(10).collect();
        if !date.is_empty() {
            let is_right = about.value(Field::Published).starts_with(&date);
            day.count(is_right, about.best(Field::Published).is_none());
            if list && !is_right {
                println!("{} day {:?}\n{}", text("id"), text("date"), shown(&about, Field::Published));
            }
        }
        let names: BTreeSet<String> = match &page["authors"] {
            Value::Array(names) => names.iter().filter_map(|name| Some(name.as_str()?.trim().to_lowercase())).collect(),
            Value::String(name) if !name.trim().is_empty() => BTreeSet::from([name.trim().to_lowercase()]),
            _ => BTreeSet::new(),
        };
        if !names.is_empty() {
            let found = authors(&about);
            author.count(found == names, found.is_empty());
            if list && found != names {
                println!("{} authors {names:?}\n{}", text("id"), shown(&about, Field::Author));
            }
        }
    }
    headline.print("headline");
    held.print("in any");
    day.print("day");
    author.print("authors");
    let seconds = spent.as_secs_f64();
    println!(
        "{:>10}  {:.0} MB/s, {:.0} us a page, reading and all",
        "rate",
        bytes as f64 / 1e6 / seconds,
        seconds * 1e6 / f64::from(pages)
    );
    Ok(())
}
