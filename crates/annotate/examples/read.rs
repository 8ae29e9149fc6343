//! What is found in stories, one a line as JSON on standard input: `cargo run --release -p copydesk-annotate --example read < stories.jsonl`.
//!
//! Fields: `body`, and where they are known `byline`, `published`, `date`, `url`, `captions`.
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::io::BufRead;

use copydesk_annotate::{Language, Limits, Printed, dates, origin, published};
use serde_json::Value as Json;

fn main() {
    let limits = Limits::default();
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let Ok(json) = serde_json::from_str::<Json>(&line) else { continue };
        let field = |name: &str| json[name].as_str().unwrap_or("");
        let caption = |json: &Json| copydesk_model::Caption {
            text: json["text"].as_str().or(json.as_str()).unwrap_or("").to_owned(),
            credit: json["credit"].as_str().unwrap_or("").to_owned(),
        };
        let captions: Vec<_> = json["captions"].as_array().into_iter().flatten().map(caption).collect();
        let printed = Printed {
            byline: field("byline"),
            date: field("date"),
            published: field("published"),
            captions: &captions,
            body: field("body"),
            url: field("url"),
            fetched_at: field("fetched_at"),
            language: "",
        };
        println!("== {} | {}", field("id"), field("headline"));
        let when = published(&printed, &limits);
        println!(
            "published {:?} {:?} {}",
            when.earliest,
            when.latest,
            when.evidence.first().map_or("", |one| one.rule)
        );
        let found = origin(&printed, &limits);
        println!("{} people {:?}", found.kind.name(), found.people.iter().map(|one| &one.name).collect::<Vec<_>>());
        for (says, list) in [("wrote", &found.wrote), ("quoted", &found.quoted)] {
            for one in list {
                println!("  {says} {} by {} in {}", one.agency.key, one.evidence.rule, one.evidence.field.name());
            }
        }
        if let Some(line) = &found.dateline {
            println!(
                "  dateline {:?} places {:?}",
                line.span.of(printed.body),
                line.places.iter().map(|one| one.of(printed.body)).collect::<Vec<_>>()
            );
        }
        for (at, credit) in &found.credits {
            println!(
                "  credit {at} {:?} people {} file {} handout {}",
                credit.agencies.iter().map(|one| one.key).collect::<Vec<_>>(),
                credit.people.len(),
                credit.file,
                credit.handout
            );
        }
        let Some(language) = Language::detect(printed.body) else {
            println!("  no language");
            continue;
        };
        for mention in dates(printed.body, when.reference(), language) {
            let value = mention.value.map_or_else(|open| open.name().to_owned(), |value| value.to_string());
            let (from, to) = (mention.span.start as usize, mention.span.end as usize);
            let floor = (from.saturating_sub(40)..=from).find(|at| printed.body.is_char_boundary(*at)).unwrap_or(from);
            let ceil = (to..(to + 30).min(printed.body.len()))
                .rev()
                .find(|at| printed.body.is_char_boundary(*at))
                .unwrap_or(to);
            let flat = |text: &str| text.replace('\n', " ");
            println!(
                "  {} {value:<18} {}[{}]{} ({})",
                mention.kind.name(),
                flat(&printed.body[floor..from]),
                mention.span.of(printed.body),
                flat(&printed.body[to..ceil]),
                mention.rule
            );
        }
    }
}
