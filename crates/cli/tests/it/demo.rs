//! The first command that anybody runs.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::Value;

use crate::run::{copydesk, folder, path};

fn truth() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/truth.jsonl");
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Which rows share a label, whatever the labels are called.
fn groups(rows: &[Value], label: &str) -> Vec<usize> {
    let mut seen = BTreeMap::new();
    rows.iter()
        .map(|row| {
            let next = seen.len();
            *seen.entry(row[label].as_str().unwrap().to_owned()).or_insert(next)
        })
        .collect()
}

#[test]
fn every_clipping_of_the_samples_is_found_to_the_letter() {
    let folder = folder(&[]);
    let archive = path(&folder, "archive");
    copydesk(&["demo", &archive]).fine();
    let found = copydesk(&["export", &archive]).lines();
    let truth = truth();
    let shown = |row: &Value| {
        let body = match &row["body"] {
            Value::Array(paragraphs) => paragraphs.iter().map(|p| p.as_str().unwrap()).collect::<Vec<_>>().join("\n\n"),
            body => body.as_str().unwrap().to_owned(),
        };
        let text = |column: &str| row[column].as_str().unwrap().to_owned();
        (text("capture"), text("headline"), row["captions"].clone(), body)
    };
    for (found, truth) in found.iter().zip(&truth) {
        assert_eq!(shown(found), shown(truth));
    }
    assert_eq!(found.len(), truth.len());
    assert_eq!(groups(&found, "story"), groups(&truth, "story"));
    assert_eq!(groups(&found, "version"), groups(&truth, "version"));
}

#[test]
fn the_demo_says_at_once_what_it_found() {
    let folder = folder(&[]);
    let archive = path(&folder, "archive");
    let out = copydesk(&["demo", &archive]).fine();
    let first = out.lines().next().unwrap();
    assert_eq!(first, "14 pages of 5 sites were 8 stories, which stand on them 21 times in 11 versions.");
    for says in [
        "潮見島の渡し船",
        "منارة",
        "Try next",
        &format!("copydesk story {archive}"),
        "Which story stands on which page",
    ] {
        assert!(out.contains(says), "{says}: {out}");
    }
    copydesk(&["demo", &archive]).ends(1, &["is not empty"]);
}

#[test]
fn the_commands_that_it_proposes_work() {
    let folder = folder(&[]);
    let archive = path(&folder, "archive");
    let out = copydesk(&["demo", &archive]).fine();
    let commands: Vec<&str> =
        out.lines().filter(|line| line.contains(&format!(" {archive}")) && !line.contains("Made in")).collect();
    assert!(commands.len() >= 4, "{out}");
    for command in commands {
        let (_, args) = command.trim().split_once(' ').unwrap();
        let args: Vec<&str> = args.split(' ').map(|arg| arg.trim_matches('\'')).collect();
        let out = copydesk(&args).fine();
        assert!(out.lines().count() >= 5, "{command}: {out}");
    }
}
