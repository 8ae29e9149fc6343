//! Trains and tries the splitter's weights on labelled pages.
//!
//!     train train OUT.txt CAPTURES.jsonl TRUTH.jsonl WEIGHT [CAPTURES TRUTH WEIGHT]...
//!     train apply WEIGHTS.txt CAPTURES.jsonl > CLIPPINGS.jsonl        (WEIGHTS.txt may be `-`: the built-in ones)
//!     train folds K CAPTURES.jsonl TRUTH.jsonl WEIGHT [CAPTURES TRUTH WEIGHT]... > CLIPPINGS.jsonl
//!
//! `folds` holds out a K-th of the first corpus (of HTML: of all) at a time, by publisher, trains on the rest and on the corpora that follow, and
//! prints the clippings of what was held out: scored, they say how well the weights do on publishers that they never saw. With the
//! environment's FOLDS each fold's weights are kept there.
//!
//! A capture with `file` for `text` is a page of HTML; a run has captures of one kind, and its weights are those of that kind.
//!
//! Every other page is trained without the census: the local clues must do alone as well.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr, reason = "a command")]

use std::collections::{BTreeMap, BTreeSet, HashMap};

use copydesk_model::{Html, Mark, Markup};
use copydesk_split::training::{Example, Phrases, Settings, Truth, train};
use copydesk_split::{Evidence, Explained, Neighbours, Split, Weights, most_urls, neighbours, sightings};
use serde_json::Value;

struct Page {
    id: String,
    url: String,
    text: String,
    markup: Option<Markup>,
    evidence: Vec<Evidence>,
    truth: Vec<Truth>,
    phrases: Option<Phrases>,
    /// It came as HTML, and is to be learned from as text.
    is_flattened: bool,
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["train", out, ref corpora @ ..] => {
            let mut examples = Vec::new();
            for corpus in corpora.chunks_exact(3) {
                let pages = load(corpus[0], Some(corpus[1]));
                examples.extend(examples_of(&pages.iter().collect::<Vec<_>>(), corpus[2].parse().expect("a weight")));
            }
            let weights = fit(&examples);
            let header = format!(
                "# Weights of the splitter's clues; columns: Outside Headline Head Body Inset, for edges and `transition` the 13 transitions.\n\
                 # Made by `cargo run --release -p copydesk-split --example train`; see docs/decisions/.\n# Pages: {}\n",
                examples.len()
            );
            std::fs::write(out, header + &weights.print()).expect("the weights can be written");
        }
        ["apply", weights, captures] => {
            let pages = load(captures, None);
            let weights = weights_for(weights, &pages);
            pages.iter().for_each(|page| print(page, &weights));
        }
        ["explain", weights, captures, id] => {
            let pages = load(captures, None);
            let weights = weights_for(weights, &pages);
            let page = pages.iter().find(|p| p.id == id).expect("a capture with this id");
            let (split, explained) = page.explain(&weights);
            for (at, (block, e)) in split.blocks.iter().zip(explained).enumerate() {
                let text: String = block.text.of(&page.text).chars().take(100).collect();
                let scores = e.scores.map(|s| format!("{s:>5.1}")).join(" ");
                let mark = page.markup.as_ref().map(|m| in_words(&m.marks[at])).unwrap_or_default();
                println!(
                    "{:<9} {:<8} {:>5.2} [{scores}] {text}  {mark}",
                    block.role,
                    format!("{:?}", e.state),
                    e.margin
                );
            }
        }
        ["folds", k, captures, truth, weight, ref others @ ..] => {
            let k: usize = k.parse().expect("a number of folds");
            let (pages, weight) = (load(captures, Some(truth)), weight.parse().expect("a weight"));
            let others: Vec<(Vec<Page>, f32)> = others
                .chunks_exact(3)
                .map(|corpus| (load(corpus[0], Some(corpus[1])), corpus[2].parse().expect("a weight")))
                .collect();
            // of HTML all corpora are real pages; of text the others are generated, and never held out
            let real = std::iter::once(&pages)
                .chain(others.iter().map(|(pages, _)| pages).filter(|p| p[0].markup.is_some() || p[0].is_flattened));
            let publishers: BTreeSet<&str> = real.flatten().map(Page::publisher).collect();
            let fold: BTreeMap<&str, usize> = publishers.into_iter().enumerate().map(|(at, p)| (p, at % k)).collect();
            let run = |held: usize| {
                // a page made of the held publishers' pages is theirs
                let mut examples = Vec::new();
                let whole =
                    std::iter::once((&pages, weight)).chain(others.iter().map(|(pages, weight)| (pages, *weight)));
                for (pages, weight) in whole {
                    let rest: Vec<&Page> = pages.iter().filter(|p| fold.get(p.publisher()) != Some(&held)).collect();
                    examples.extend(examples_of(&rest, weight));
                }
                let weights = fit(&examples);
                if let Ok(folder) = std::env::var("FOLDS") {
                    std::fs::write(format!("{folder}/{held}.txt"), weights.print())
                        .expect("the weights can be written");
                }
                let all = std::iter::once(&pages).chain(others.iter().map(|(pages, _)| pages)).flatten();
                let test = all.filter(|p| fold.get(p.publisher()) == Some(&held));
                test.map(|page| rows(page, &weights)).collect::<String>()
            };
            // two at a time: each holds its own examples
            for pair in (0..k).collect::<Vec<_>>().chunks(2) {
                std::thread::scope(|scope| {
                    let threads: Vec<_> = pair.iter().map(|&held| scope.spawn(move || run(held))).collect();
                    threads.into_iter().for_each(|thread| print!("{}", thread.join().expect("a fold")));
                });
            }
        }
        _ => {
            eprintln!("see the head of this file");
            std::process::exit(2);
        }
    }
}

impl Page {
    fn publisher(&self) -> &str {
        copydesk_model::site_of(&self.url)
    }

    fn split(&self, weights: &Weights) -> Split {
        match &self.markup {
            Some(markup) => copydesk_split::split_marked_with(&self.url, &self.text, &self.evidence, markup, weights),
            None => copydesk_split::split_with(&self.url, &self.text, &self.evidence, weights),
        }
    }

    fn explain(&self, weights: &Weights) -> (Split, Vec<Explained>) {
        match &self.markup {
            Some(markup) => copydesk_split::explain_marked_with(&self.url, &self.text, &self.evidence, markup, weights),
            None => copydesk_split::explain_with(&self.url, &self.text, &self.evidence, weights),
        }
    }
}

/// The weights in a file; `-` for the built-in ones.
fn weights_for(file: &str, pages: &[Page]) -> Weights {
    let is_html = pages.iter().any(|page| page.markup.is_some());
    match (file, is_html) {
        ("-", false) => Weights::built_in().clone(),
        ("-", true) => Weights::built_in_html().clone(),
        _ => {
            let text = std::fs::read_to_string(file).expect("the weights can be read");
            if is_html { Weights::parse_html(&text) } else { Weights::parse(&text) }
        }
    }
}

fn fit(examples: &[Example]) -> Weights {
    let is_html = examples.iter().any(Example::is_html);
    let passes = std::env::var("PASSES").ok().and_then(|v| v.parse().ok());
    let l2 = std::env::var("L2").ok().and_then(|v| v.parse().ok());
    let drop = std::env::var("DROP").ok().and_then(|v| v.parse().ok());
    let rate = std::env::var("RATE").ok().and_then(|v| v.parse().ok());
    let default = if is_html { Settings::html() } else { Settings::default() };
    let settings = Settings {
        rate: rate.unwrap_or(default.rate),
        drop: drop.unwrap_or(default.drop),
        passes: passes.unwrap_or(default.passes),
        l2: l2.unwrap_or(default.l2),
        ..default
    };
    train(examples, &settings, |pass, loss| eprintln!("pass {pass}: {:.4} a page", loss / examples.len() as f64))
}

fn examples_of(pages: &[&Page], weight: f32) -> Vec<Example> {
    pages
        .iter()
        .enumerate()
        .map(|(at, p)| {
            let evidence: &[Evidence] = if at % 2 == 0 { &p.evidence } else { &[] };
            match &p.markup {
                Some(markup) if let Some(phrases) = &p.phrases => {
                    Example::of_phrases(&p.url, &p.text, evidence, markup, phrases, weight)
                }
                Some(markup) => Example::of_html(&p.url, &p.text, evidence, markup, &p.truth, weight),
                None if let Some(phrases) = &p.phrases => {
                    Example::of_text_phrases(&p.url, &p.text, evidence, phrases, weight)
                }
                None if p.is_flattened => Example::of_text(&p.url, &p.text, evidence, &p.truth, weight),
                None => Example::new(&p.url, &p.text, evidence, &p.truth, weight),
            }
        })
        .collect()
}

fn load(captures: &str, truth: Option<&str>) -> Vec<Page> {
    let lines = |path: &str| -> Vec<Value> {
        let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"));
        text.lines().map(|line| serde_json::from_str(line).expect("a JSON object a line")).collect()
    };
    let string = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let mut truths: HashMap<String, Vec<Truth>> = HashMap::new();
    let mut phrases: HashMap<String, Phrases> = HashMap::new();
    for row in truth.map(lines).unwrap_or_default() {
        let list = |key: &str| -> Vec<String> {
            row[key].as_array().into_iter().flatten().filter_map(|p| p.as_str().map(str::to_owned)).collect()
        };
        if row["with"].is_array() {
            phrases.insert(string(&row, "capture"), Phrases { with: list("with"), without: list("without") });
            continue;
        }
        let body = list("body");
        truths.entry(string(&row, "capture")).or_default().push(Truth { headline: string(&row, "headline"), body });
    }
    let mut pages: Vec<Page> = lines(captures)
        .iter()
        .enumerate()
        .filter_map(|(at, row)| {
            let is_flattened = row["flat"] == true;
            let url = string(row, "url");
            let (text, markup) = match row["file"].as_str() {
                Some(file) => {
                    let bytes = std::fs::read(file).unwrap_or_else(|e| panic!("{file}: {e}"));
                    let html = Html { bytes, charset: String::new(), is_xhtml: false };
                    match copydesk_html::read(&html, &url, &copydesk_html::Limits::default()) {
                        Ok(page) if is_flattened => (flattened(&page.text, at), None),
                        Ok(page) => (page.text, Some(page.markup)),
                        Err(why) => {
                            eprintln!("{file}: {why:?}");
                            return None;
                        }
                    }
                }
                None => (string(row, "text"), None),
            };
            let truth = truths.remove(&string(row, "id")).unwrap_or_default();
            let phrases = phrases.remove(&string(row, "id"));
            Some(Page { id: string(row, "id"), url, text, markup, evidence: Vec::new(), truth, phrases, is_flattened })
        })
        .collect();
    take_census(&mut pages);
    pages
}

/// A page's text as one or another tool would write it: with an empty line between blocks, without, or around long ones alone.
fn flattened(text: &str, style: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut was_long = false;
    for block in text.split("\n\n") {
        let block = block.trim_end();
        let is_long = block.len() > 120;
        if !out.is_empty() {
            out += match style % 3 {
                0 => "\n\n",
                1 => "\n",
                _ if is_long || was_long => "\n\n",
                _ => "\n",
            };
        }
        was_long = is_long;
        out += block;
    }
    out
}

fn take_census(pages: &mut [Page]) {
    #[derive(Default)]
    struct Seen {
        captures: u32,
        last: usize,
        left: Neighbours,
        right: Neighbours,
        urls: Vec<(u32, u32)>,
    }
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut number = |name: &str| {
        let next = numbers.len() as u32;
        *numbers.entry(name.to_owned()).or_insert(next)
    };
    let places: Vec<(u32, u32)> = pages.iter().map(|page| (number(page.publisher()), number(&page.url))).collect();
    let mut census: HashMap<u64, Seen> = HashMap::new();
    let all: Vec<_> = pages.iter().map(|p| sightings(&p.text, &copydesk_split::blocks(&p.text))).collect();
    for (at, sightings) in all.iter().enumerate() {
        for (block, s) in sightings.iter().enumerate() {
            let (left, right) = neighbours(sightings, block);
            let seen = census.entry(s.hash).or_default();
            if seen.last != at + 1 {
                seen.captures += 1;
                seen.last = at + 1;
                seen.urls.push(places[at]);
            }
            seen.left.add(left);
            seen.right.add(right);
        }
    }
    for (page, sightings) in pages.iter_mut().zip(&all) {
        let mut of = |hash: u64| {
            let seen = census.entry(hash).or_default();
            if seen.captures < 2 {
                Evidence::default()
            } else {
                Evidence::of(seen.captures, &mut seen.left, &mut seen.right, most_urls(&mut seen.urls))
            }
        };
        page.evidence = sightings.iter().map(|s| of(s.hash)).collect();
    }
}

fn print(page: &Page, weights: &Weights) {
    print!("{}", rows(page, weights));
}

/// The page's clippings as they are exported, a line each.
fn rows(page: &Page, weights: &Weights) -> String {
    let row = |clipping: copydesk_model::Clipping| {
        let captions: Vec<Value> =
            clipping.captions.iter().map(|c| serde_json::json!({"text": c.text, "credit": c.credit})).collect();
        let row = serde_json::json!({
            "capture": page.id, "story": clipping.body_text(), "version": clipping.body_text(),
            "headline": clipping.headline, "published": clipping.published, "byline": clipping.byline,
            "captions": captions, "body": clipping.body_text(),
        });
        format!("{row}\n")
    };
    page.split(weights).clippings.into_iter().map(row).collect()
}

/// A mark in words.
fn in_words(mark: &Mark) -> String {
    let names = |bits: u64, names: &[&str]| -> String {
        let named = names.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, name)| *name);
        named.collect::<Vec<_>>().join(",")
    };
    format!(
        "<{}> in:{} near:{} far:{} echoes:{} links:{} strong:{} depth:{} article:{} container:{} path:{:x}",
        mark.tag,
        names(mark.within.into(), &Mark::WITHIN),
        names(mark.near, &Mark::WORDS),
        names(mark.far, &Mark::WORDS),
        names(mark.echoes.into(), &Mark::ECHOES),
        mark.links,
        mark.strong,
        mark.depth,
        mark.article,
        mark.container,
        mark.path,
    )
}
