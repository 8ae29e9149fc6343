//! Trains and tries the splitter's weights on labelled pages.
//!
//!     train train OUT.txt CAPTURES.jsonl TRUTH.jsonl WEIGHT [CAPTURES TRUTH WEIGHT]...
//!     train apply WEIGHTS.txt CAPTURES.jsonl > CLIPPINGS.jsonl        (WEIGHTS.txt may be `-`: the built-in ones)
//!     train folds K CAPTURES.jsonl TRUTH.jsonl [CAPTURES TRUTH WEIGHT]... > CLIPPINGS.jsonl
//!
//! `folds` holds out a K-th of the first corpus at a time, by publisher, trains on the rest and on the corpora that follow, and
//! prints the clippings of what was held out: scored, they say how well the weights do on publishers that they never saw.
//!
//! Every other page is trained without the census: the local clues must do alone as well.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr, reason = "a command")]

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use copydesk_split::training::{Example, Settings, Truth, train};
use copydesk_split::{Evidence, Weights, sightings, split_with};
use serde_json::Value;

struct Page {
    id: String,
    url: String,
    text: String,
    evidence: Vec<Evidence>,
    truth: Vec<Truth>,
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
            let weights = if weights == "-" {
                Weights::built_in().clone()
            } else {
                Weights::parse(&std::fs::read_to_string(weights).expect("the weights can be read"))
            };
            load(captures, None).iter().for_each(|page| print(page, &weights));
        }
        ["explain", weights, captures, id] => {
            let weights = Weights::parse(&std::fs::read_to_string(weights).expect("the weights can be read"));
            let pages = load(captures, None);
            let page = pages.iter().find(|p| p.id == id).expect("a capture with this id");
            let (split, explained) = copydesk_split::explain_with(&page.url, &page.text, &page.evidence, &weights);
            for (block, e) in split.blocks.iter().zip(explained) {
                let text: String = block.text.of(&page.text).chars().take(100).collect();
                println!("{:<10} {:<9} {:>6.2}  {:?} {text}", block.role, format!("{:?}", e.state), e.margin, e.scores);
            }
        }
        ["folds", k, captures, truth, ref others @ ..] => {
            let k: usize = k.parse().expect("a number of folds");
            let pages = load(captures, Some(truth));
            let publisher = |p: &Page| copydesk_model::site_of(&p.url).to_owned();
            let publishers: BTreeSet<String> = pages.iter().map(publisher).collect();
            let fold: BTreeMap<String, usize> = publishers.into_iter().enumerate().map(|(at, p)| (p, at % k)).collect();
            let mut more = Vec::new();
            for corpus in others.chunks_exact(3) {
                let pages = load(corpus[0], Some(corpus[1]));
                more.extend(examples_of(&pages.iter().collect::<Vec<_>>(), corpus[2].parse().expect("a weight")));
            }
            for held in 0..k {
                let (test, rest): (Vec<&Page>, Vec<&Page>) = pages.iter().partition(|p| fold[&publisher(p)] == held);
                let mut examples = examples_of(&rest, 1.0);
                examples.extend(more.iter().cloned());
                let weights = fit(&examples);
                test.iter().for_each(|page| print(page, &weights));
            }
        }
        _ => {
            eprintln!("see the head of this file");
            std::process::exit(2);
        }
    }
}

fn fit(examples: &[Example]) -> Weights {
    let passes = std::env::var("PASSES").ok().and_then(|v| v.parse().ok());
    let l2 = std::env::var("L2").ok().and_then(|v| v.parse().ok());
    let drop = std::env::var("DROP").ok().and_then(|v| v.parse().ok());
    let rate = std::env::var("RATE").ok().and_then(|v| v.parse().ok());
    let default = Settings::default();
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
            Example::new(&p.url, &p.text, evidence, &p.truth, weight)
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
    for row in truth.map(lines).unwrap_or_default() {
        let body = row["body"].as_array().into_iter().flatten().filter_map(|p| p.as_str().map(str::to_owned)).collect();
        truths.entry(string(&row, "capture")).or_default().push(Truth { headline: string(&row, "headline"), body });
    }
    let mut pages: Vec<Page> = lines(captures)
        .iter()
        .map(|row| Page {
            id: string(row, "id"),
            url: string(row, "url"),
            text: string(row, "text"),
            evidence: Vec::new(),
            truth: truths.remove(&string(row, "id")).unwrap_or_default(),
        })
        .collect();
    take_census(&mut pages);
    pages
}

fn take_census(pages: &mut [Page]) {
    #[derive(Default)]
    struct Seen {
        captures: u32,
        last: usize,
        left: HashSet<u64>,
        right: HashSet<u64>,
    }
    let mut census: HashMap<u64, Seen> = HashMap::new();
    let all: Vec<_> = pages.iter().map(|p| sightings(&p.text)).collect();
    for (at, sightings) in all.iter().enumerate() {
        for s in sightings {
            let seen = census.entry(s.hash).or_default();
            if seen.last != at + 1 {
                seen.captures += 1;
                seen.last = at + 1;
            }
            seen.left.insert(s.left);
            seen.right.insert(s.right);
        }
    }
    for (page, sightings) in pages.iter_mut().zip(&all) {
        let of = |hash: u64| {
            let seen = &census[&hash];
            let cap = |set: &HashSet<u64>| set.len().min(Evidence::NEIGHBOURS.into()) as u8;
            if seen.captures < 2 {
                Evidence::default()
            } else {
                Evidence { captures: seen.captures, left: cap(&seen.left), right: cap(&seen.right) }
            }
        };
        page.evidence = sightings.iter().map(|s| of(s.hash)).collect();
    }
}

fn print(page: &Page, weights: &Weights) {
    for clipping in split_with(&page.url, &page.text, &page.evidence, weights).clippings {
        let row = serde_json::json!({
            "capture": page.id, "story": clipping.body_text(), "version": clipping.body_text(),
            "headline": clipping.headline, "body": clipping.body_text(),
        });
        println!("{row}");
    }
}
