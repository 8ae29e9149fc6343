//! Clippings whose agencies, datelines and authors were labelled by hand: `labels/origin.jsonl`.

use copydesk_annotate::{Limits, Origin, Printed, origin};
use serde_json::Value as Json;

use crate::floors::{SETS, Tally, hold, set_of, strings};

#[derive(Default)]
struct Score {
    wire: Tally,
    wrote: Tally,
    quoted: Tally,
    people: Tally,
    places: Tally,
}

fn keys(attributions: &[copydesk_annotate::Attribution]) -> Vec<String> {
    attributions.iter().map(|one| one.agency.key.to_owned()).collect()
}

/// Evidence points at text that is there.
fn check_evidence(printed: &Printed<'_>, found: &Origin) {
    let people = found.people.iter().map(|person| person.evidence);
    for evidence in found.wrote.iter().chain(&found.quoted).map(|one| one.evidence).chain(people) {
        let text = match evidence.field {
            copydesk_annotate::Field::Byline => printed.byline,
            copydesk_annotate::Field::Body => printed.body,
            copydesk_annotate::Field::Url => printed.url,
            other => panic!("{other:?}"),
        };
        assert!(text.get(evidence.span.range()).is_some_and(|text| !text.is_empty()), "{evidence:?}");
    }
    for person in &found.people {
        let text =
            if person.evidence.field == copydesk_annotate::Field::Byline { printed.byline } else { printed.body };
        assert_eq!(person.evidence.span.of(text), person.name);
    }
}

#[test]
fn labelled_origins() {
    let labels: Vec<Json> = include_str!("../../labels/origin.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    assert!(labels.len() >= 75, "{}", labels.len());
    for set in SETS {
        let mut score = Score::default();
        for label in labels.iter().filter(|label| set_of(label) == set) {
            let field = |name: &str| label[name].as_str().unwrap_or("");
            let printed =
                Printed { byline: field("byline"), body: field("body"), url: field("url"), ..Printed::default() };
            let found = origin(&printed, &Limits::default());
            check_evidence(&printed, &found);
            let places =
                found.dateline.iter().flat_map(|line| &line.places).map(|span| span.of(printed.body).to_owned());
            let people = found.people.iter().map(|person| person.name.clone());
            let mut wrong = Vec::new();
            let mut tell = |name: &str, tally: &mut Tally, got: Vec<String>| {
                let wanted = strings(&label[name]);
                if !tally.compare(&got, &wanted) {
                    wrong.push(format!("{name}: wanted {wanted:?}, got {got:?}"));
                }
            };
            tell("wrote", &mut score.wrote, keys(&found.wrote));
            tell("quoted", &mut score.quoted, keys(&found.quoted));
            tell("people", &mut score.people, people.collect());
            tell("places", &mut score.places, places.collect());
            let is_wire = |wrote: bool| if wrote { vec!["wire".to_owned()] } else { Vec::new() };
            score.wire.compare(&is_wire(!found.wrote.is_empty()), &is_wire(!strings(&label["wrote"]).is_empty()));
            if matches!(set, "open" | "shown") && !wrong.is_empty() {
                println!("{} {:?}\n    {}", field("id"), field("body"), wrong.join("\n    "));
            }
        }
        hold(&format!("origin.{set}.wire_precision"), score.wire.precision());
        hold(&format!("origin.{set}.wire_recall"), score.wire.recall());
        hold(&format!("origin.{set}.wrote_precision"), score.wrote.precision());
        hold(&format!("origin.{set}.wrote_recall"), score.wrote.recall());
        hold(&format!("origin.{set}.quoted_f1"), score.quoted.f1());
        hold(&format!("origin.{set}.people_f1"), score.people.f1());
        hold(&format!("origin.{set}.places_f1"), score.places.f1());
    }
}
