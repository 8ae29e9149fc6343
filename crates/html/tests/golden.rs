//! Whole pages, made up from head to foot, and what a person would take out of them.
//!
//! One folder a case under `golden/`: `source.html`, and `expected.json` with what a person wants from the page (`wanted`). Where the program
//! gives something else, that is asserted as well (`got`), with a note that says what is wrong (`known_wrong`); so a change for the better
//! fails here as a change for the worse does. `GOLDEN=update cargo test -p copydesk-html --test golden` writes what the program gives now
//! into the cases; a new difference then needs a note by hand.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests read pages"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use copydesk_html::Limits;
use copydesk_model::{About, Clipping, Field, Html};
use serde_json::{Map, Value, json};

/// Stands in a source for five megabytes that nobody wants in a repository.
const SCRIPT: &str = "<!--GOLDEN 5000000 bytes of script-->";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden")
}

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|case| case.is_dir());
    cases.sort();
    cases
}

/// A case's page, with what is too large to be stored put in.
fn page(case: &Path) -> Vec<u8> {
    let bytes = std::fs::read(case.join("source.html")).unwrap();
    let Some(at) = memchr::memmem::find(&bytes, SCRIPT.as_bytes()) else { return bytes };
    let entry =
        r#"{"id":4711,"teaser":"<article><h1>Not this</h1><p>Nor this, it is \"data\".</p></article>","next":null},"#;
    let script = format!("[{}0]", entry.repeat(5_000_000 / entry.len()));
    [&bytes[..at], script.as_bytes(), &bytes[at + SCRIPT.len()..]].concat()
}

fn clipping(clipping: &Clipping) -> Value {
    let captions: Vec<Value> =
        clipping.captions.iter().map(|caption| json!({"text": caption.text, "credit": caption.credit})).collect();
    json!({
        "headline": clipping.headline,
        "byline": clipping.byline,
        "published": clipping.published,
        "captions": captions,
        "body": clipping.body,
    })
}

/// The value of a field: for authors all names of the most trusted witness.
fn said(about: &About, field: Field) -> Value {
    match (field, about.best(field)) {
        (_, None) => Value::Null,
        (Field::Author, Some(_)) => about.trusted(field).map(|said| json!(said.value)).collect(),
        (_, Some(best)) => json!(best.value),
    }
}

/// What the program gives for a page, part by part; of `about` only the fields that are asked for.
fn got(case: &Path, expected: &Value) -> BTreeMap<String, Value> {
    let text = |key: &str| expected[key].as_str().unwrap_or("").to_owned();
    let html = Html { bytes: page(case), charset: text("charset"), is_xhtml: false };
    let read = match copydesk_html::read(&html, &text("url"), &Limits::default()) {
        Ok(read) => read,
        Err(refusal) => return BTreeMap::from([("outcome".to_owned(), json!(refusal.outcome.name()))]),
    };
    let split = copydesk_split::split_marked(&text("url"), &read.text, &[], &read.markup);
    let fields = expected["wanted"]["about"].as_object().into_iter().flatten();
    let about: Map<String, Value> = fields
        .filter_map(|(name, _)| {
            let field = Field::ALL.into_iter().find(|field| field.name() == name)?;
            Some((name.clone(), said(&read.markup.about, field)))
        })
        .collect();
    parts(&json!({"clippings": split.clippings.iter().map(clipping).collect::<Vec<_>>(), "about": about}))
}

/// A result in parts that are right or wrong by themselves.
fn parts(whole: &Value) -> BTreeMap<String, Value> {
    let mut parts = BTreeMap::new();
    if let Some(clippings) = whole["clippings"].as_array() {
        parts.insert("clippings".to_owned(), json!(clippings.len()));
        for (at, clipping) in clippings.iter().enumerate() {
            for (name, value) in clipping.as_object().unwrap() {
                parts.insert(format!("clippings.{at}.{name}"), value.clone());
            }
        }
    }
    for (name, value) in whole["about"].as_object().into_iter().flatten() {
        parts.insert(format!("about.{name}"), value.clone());
    }
    if let Some(outcome) = whole.get("outcome") {
        parts.insert("outcome".to_owned(), outcome.clone());
    }
    parts
}

/// What is given instead of what is wanted: of paragraphs only those that are too many or missing.
fn difference(wanted: Option<&Value>, got: Option<&Value>) -> Value {
    let (Some(Value::Array(wanted)), Some(Value::Array(all))) = (wanted, got) else {
        return got.cloned().unwrap_or(Value::Null);
    };
    let without = |these: &[Value], those: &[Value]| -> Vec<Value> {
        these.iter().filter(|value| !those.contains(value)).cloned().collect()
    };
    let (extra, missing) = (without(all, wanted), without(wanted, all));
    if extra.is_empty() && missing.is_empty() {
        json!({"order": all})
    } else {
        json!({"extra": extra, "missing": missing})
    }
}

#[test]
fn pages_are_read_as_people_read_them() {
    let update = std::env::var("GOLDEN").is_ok_and(|mode| mode == "update");
    let (mut complaints, mut right, mut all) = (Vec::new(), 0, 0);
    for case in cases() {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let path = case.join("expected.json");
        let mut expected: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let wanted = parts(&expected["wanted"]);
        let got = got(&case, &expected);
        let differ: Map<String, Value> = wanted
            .keys()
            .chain(got.keys())
            .filter(|key| wanted.get(*key) != got.get(*key))
            .map(|key| (key.clone(), difference(wanted.get(key), got.get(key))))
            .collect();
        all += 1;
        right += usize::from(differ.is_empty());
        let noted = expected["known_wrong"].as_object().cloned().unwrap_or_default();
        if update {
            let notes: Map<String, Value> =
                differ.keys().map(|key| (key.clone(), noted.get(key).cloned().unwrap_or(json!("")))).collect();
            let fields = expected.as_object_mut().unwrap();
            for (key, value) in [("got", differ), ("known_wrong", notes)] {
                fields.remove(key);
                if !value.is_empty() {
                    fields.insert(key.to_owned(), Value::Object(value));
                }
            }
            std::fs::write(&path, serde_json::to_string_pretty(&expected).unwrap() + "\n").unwrap();
            continue;
        }
        let known = expected["got"].as_object().cloned().unwrap_or_default();
        for key in differ.keys().chain(known.keys().filter(|key| !differ.contains_key(*key))) {
            match (differ.get(key), known.get(key)) {
                (now, was) if now == was => {}
                (None, _) => complaints.push(format!("{name}: {key} is right now: update")),
                (Some(now), None) => complaints.push(format!("{name}: {key} is wrong now: {now:#}")),
                (Some(now), Some(_)) => complaints.push(format!("{name}: {key} is wrong in another way now: {now:#}")),
            }
        }
        for key in known.keys().filter(|key| noted.get(*key).and_then(Value::as_str).unwrap_or("").is_empty()) {
            complaints.push(format!("{name}: {key} is known to be wrong, but nobody says how: write a note"));
        }
    }
    assert!(all >= 40, "{all} cases");
    assert!(complaints.is_empty(), "{right} of {all} pages are right\n{}", complaints.join("\n"));
}
