//! Bodies whose notices were labelled by hand: `labels/notices.jsonl`.

use copydesk_annotate::{Language, Limits, Notice, corrections};
use serde_json::Value as Json;

use crate::floors::{Tally, hold};

#[test]
fn labelled_notices() {
    let labels: Vec<Json> = include_str!("../../labels/notices.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    let positive = labels.iter().filter(|label| label["notices"].is_array()).count();
    assert!(positive >= 60 && labels.len() - positive >= 60, "{positive} of {}", labels.len());
    for (set, held) in [("open", false), ("held", true)] {
        let (mut kinds, mut spans, mut pairs, mut days) = <(Tally, Tally, Tally, Tally)>::default();
        for label in labels.iter().filter(|label| label["held"] == held) {
            let body = label["body"].as_str().unwrap_or("");
            let language = Language::detect(body).unwrap_or(Language::unknown());
            let found = corrections(body, None, language, &Limits::default());
            let wanted: Vec<&Json> = label["notices"].as_array().into_iter().flatten().collect();
            let mut wrong = Vec::new();
            let mut tell = |tally: &mut Tally, got: Vec<String>, wanted: Vec<String>| {
                if !tally.compare(&got, &wanted) {
                    wrong.push(format!("wanted {wanted:?}, got {got:?}"));
                }
            };
            let field =
                |name: &'static str| move |label: &&Json| label[name].as_str().map(|text| format!("{name} {text}"));
            let text = |notice: &Notice| notice.span.of(body).to_owned();
            let texts = wanted.iter().filter_map(|label| label["text"].as_str()).map(str::to_owned);
            tell(
                &mut kinds,
                found
                    .iter()
                    .map(|notice| {
                        format!("{} {}", notice.kind.name(), notice.rule).split(' ').next().unwrap_or("").to_owned()
                    })
                    .collect(),
                wanted.iter().filter_map(|label| label["kind"].as_str()).map(str::to_owned).collect(),
            );
            // A label that stands alone has its text in the next paragraph.
            let begins = |text: String| text.lines().next().unwrap_or("").to_owned();
            tell(&mut spans, found.iter().map(text).map(begins).collect(), texts.collect());
            let sides = found.iter().flat_map(|notice| {
                let said = |name: &str, span: Option<copydesk_model::Span>| {
                    span.map(|span| format!("{name} {}", span.of(body)))
                };
                [said("wrong", notice.wrong), said("right", notice.right)].into_iter().flatten()
            });
            let wanted_sides = ["wrong", "right"].iter().flat_map(|name| wanted.iter().filter_map(field(name)));
            tell(&mut pairs, sides.collect(), wanted_sides.collect());
            let named = found.iter().filter_map(|notice| notice.day).map(|(span, _)| format!("day {}", span.of(body)));
            tell(&mut days, named.collect(), wanted.iter().filter_map(field("day")).collect());
            if !held && !wrong.is_empty() {
                let rules: Vec<&str> = found.iter().map(|notice| notice.rule).collect();
                println!("{} {rules:?} {body:?}\n    {}", label["id"], wrong.join("\n    "));
            }
        }
        hold(&format!("notices.{set}.precision"), kinds.precision());
        hold(&format!("notices.{set}.recall"), kinds.recall());
        hold(&format!("notices.{set}.span_f1"), spans.f1());
        hold(&format!("notices.{set}.pair_f1"), pairs.f1());
        hold(&format!("notices.{set}.day_f1"), days.f1());
    }
}
