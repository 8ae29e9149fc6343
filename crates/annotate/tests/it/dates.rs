//! Sentences whose expressions of time were marked by hand: `labels/dates.jsonl`.

use copydesk_annotate::{Language, dates};
use serde_json::Value as Json;

use crate::floors::{SETS, Tally, hold, set_of};

struct Sentence {
    id: String,
    set: &'static str,
    language: &'static Language,
    published: jiff::civil::Date,
    text: String,
    /// Span, kind and value; no value where it is to be left open.
    wanted: Vec<(usize, usize, &'static str, Option<String>)>,
}

/// `{Thursday|D 2024-05-02}`: an expression and its kind and value; `{July 7-11|R 2024-07-07 2024-07-11}` is a range of two.
fn parse(line: &str) -> Sentence {
    let json: Json = serde_json::from_str(line).expect("a label a line");
    let field = |name: &str| json[name].as_str().unwrap_or_else(|| panic!("no `{name}` in {line}"));
    let (mut text, mut wanted) = (String::new(), Vec::new());
    let mut rest = field("text");
    while let Some((before, behind)) = rest.split_once('{') {
        let (marked, after) = behind.split_once('}').expect("a mark is closed");
        let (expression, meaning) = marked.split_once('|').expect("a mark has a meaning");
        text.push_str(before);
        let start = text.len();
        text.push_str(expression);
        let mut meaning = meaning.split(' ');
        let kind = match meaning.next() {
            Some("D" | "R") => "DATE",
            Some("T") => "TIME",
            Some("P") => "DURATION",
            Some("S") => "SET",
            Some("O") => "",
            other => panic!("no kind `{other:?}` in {line}"),
        };
        let values: Vec<&str> = meaning.collect();
        if let [first, last] = values[..] {
            let middle = start + expression.find(['-', '–']).expect("a range has a dash");
            wanted.push((start, middle, kind, Some(first.to_owned())));
            wanted.push((middle + 1, text.len(), kind, Some(last.to_owned())));
        } else {
            wanted.push((start, text.len(), kind, values.first().map(|value| (*value).to_owned())));
        }
        rest = after;
    }
    text.push_str(rest);
    Sentence {
        id: field("id").to_owned(),
        set: set_of(&json),
        language: Language::of(field("language")).expect("a language that is known"),
        published: field("published").parse().expect("a day"),
        text,
        wanted,
    }
}

#[derive(Default)]
struct Score {
    overlap: Tally,
    strict: Tally,
    value: Tally,
}

fn score(sentence: &Sentence, score: &mut Score, show: bool) {
    let found = dates(&sentence.text, Some(sentence.published), sentence.language);
    for tally in [&mut score.overlap, &mut score.strict, &mut score.value] {
        tally.found += found.len();
        tally.wanted += sentence.wanted.len();
    }
    let mut wrong = Vec::new();
    let mut met = vec![false; found.len()];
    for (start, end, kind, value) in &sentence.wanted {
        let at = found.iter().position(|m| (m.span.start as usize) < *end && *start < m.span.end as usize);
        let Some(at) = at.filter(|at| !std::mem::replace(&mut met[*at], true)) else {
            wrong.push(format!("missed {:?} {value:?}", &sentence.text[*start..*end]));
            continue;
        };
        let mention = &found[at];
        let said = mention.value.as_ref().ok().map(ToString::to_string);
        score.overlap.right += 1;
        let strict = (mention.span.start as usize, mention.span.end as usize) == (*start, *end);
        score.strict.right += usize::from(strict);
        let right = said == *value && (kind.is_empty() || mention.kind.name() == *kind);
        score.value.right += usize::from(right);
        if !strict || !right {
            let text = mention.span.of(&sentence.text);
            wrong.push(format!(
                "wanted {:?} {kind} {value:?}, got {text:?} {} {said:?} ({})",
                &sentence.text[*start..*end],
                mention.kind.name(),
                mention.rule
            ));
        }
    }
    for (mention, _) in found.iter().zip(&met).filter(|(_, met)| !**met) {
        wrong.push(format!("invented {:?} {:?} ({})", mention.span.of(&sentence.text), mention.value, mention.rule));
    }
    if show && !wrong.is_empty() {
        println!("{}: {}\n    {}", sentence.id, sentence.text, wrong.join("\n    "));
    }
}

#[test]
fn labelled_sentences() {
    let sentences: Vec<Sentence> = include_str!("../../labels/dates.jsonl").lines().map(parse).collect();
    assert!(sentences.len() >= 150, "{}", sentences.len());
    for set in SETS {
        let mut all = Score::default();
        for sentence in sentences.iter().filter(|sentence| sentence.set == set) {
            score(sentence, &mut all, matches!(set, "open" | "shown"));
        }
        hold(&format!("dates.{set}.span_f1"), all.overlap.f1());
        hold(&format!("dates.{set}.strict_f1"), all.strict.f1());
        hold(&format!("dates.{set}.value_f1"), all.value.f1());
    }
}
