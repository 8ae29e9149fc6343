//! Captions whose credits were labelled by hand: `labels/captions.jsonl`.

use copydesk_annotate::{Field, Limits, Printed, origin};
use copydesk_model::Caption;
use serde_json::Value as Json;

use crate::floors::{SETS, Tally, hold, set_of, strings};

#[test]
fn labelled_captions() {
    let labels: Vec<Json> = include_str!("../../labels/captions.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    assert!(labels.len() >= 60, "{}", labels.len());
    for set in SETS {
        let (mut agencies, mut people, mut flags, mut whole) =
            (Tally::default(), Tally::default(), Tally::default(), Tally::default());
        for label in labels.iter().filter(|label| set_of(label) == set) {
            let field = |name: &str| label[name].as_str().unwrap_or("").to_owned();
            let captions = [Caption { text: field("text"), credit: field("credit") }];
            let found = origin(&Printed { captions: &captions, ..Printed::default() }, &Limits::default());
            let credit = found.credits.first().map(|(_, credit)| credit);
            let text = match credit.map(|credit| credit.evidence.field) {
                Some(Field::Credit(0)) => &captions[0].credit,
                _ => &captions[0].text,
            };
            let texts = |spans: &[copydesk_model::Span]| spans.iter().map(|span| span.of(text).to_owned()).collect();
            let got: [Vec<String>; 4] = [
                credit
                    .map_or(Vec::new(), |credit| credit.agencies.iter().map(|agency| agency.key.to_owned()).collect()),
                credit.map_or(Vec::new(), |credit| texts(&credit.people)),
                credit.map_or(Vec::new(), |credit| texts(&credit.holders)),
                credit.map_or(Vec::new(), |credit| {
                    [(credit.file, "file"), (credit.handout, "handout")]
                        .iter()
                        .filter(|(is, _)| *is)
                        .map(|(_, name)| (*name).to_owned())
                        .collect()
                }),
            ];
            let holder = label["holder"].as_str().map(str::to_owned).into_iter().collect();
            let said = ["file", "handout"]
                .iter()
                .filter(|name| label[**name] == true)
                .map(|name| (*name).to_owned())
                .collect();
            let wanted: [Vec<String>; 4] = [strings(&label["agencies"]), strings(&label["people"]), holder, said];
            agencies.compare(&got[0], &wanted[0]);
            people.compare(&got[1], &wanted[1]);
            flags.compare(&got[3], &wanted[3]);
            whole.wanted += 1;
            whole.found += 1;
            whole.right += usize::from(got == wanted);
            if matches!(set, "open" | "shown") && got != wanted {
                println!("{:?}\n    wanted {wanted:?}\n    got    {got:?}", captions[0].text);
            }
        }
        hold(&format!("credits.{set}.agencies_f1"), agencies.f1());
        hold(&format!("credits.{set}.people_f1"), people.f1());
        hold(&format!("credits.{set}.flags_f1"), flags.f1());
        hold(&format!("credits.{set}.whole"), whole.recall());
    }
}
