//! The questions that docs/tables.md asks in SQL, asked of the demo's archive.

use serde_json::{Value, json};

use crate::run::{copydesk, folder, path};

const PAGE: &str = include_str!("../../../../docs/tables.md");

#[test]
fn the_worked_questions_are_answered() {
    let (_, section) = PAGE.split_once("\n# Questions in SQL\n").unwrap();
    let questions: Vec<&str> =
        section.split("```sql\n").skip(1).map(|after| after.split("\n```").next().unwrap()).collect();
    assert_eq!(questions.len(), 11);
    let folder = folder(&[]);
    let archive = path(&folder, "demo");
    copydesk(&["demo", &archive]).fine();
    let first = |question: usize| -> Value {
        let rows = copydesk(&["export", &archive, "--query", questions[question]]).lines();
        rows.into_iter().next().unwrap_or_else(|| panic!("no answer: {}", questions[question]))
    };
    let straits = "Veldmark and Osterey Agree to Reopen the Sund Straits to Cargo Ships";
    assert_eq!(first(0), json!({"site": "coastweekly.example", "month": "2024-05-01T00:00:00", "stories": 4}));
    assert_eq!(first(1), json!({"agency": "reuters", "stories": 1}));
    assert_eq!(first(2), json!({"headline": straits, "had_it_first": "harbour-post.example, northern-ledger.example"}));
    assert_eq!(first(3), json!({"headline": straits, "sites": 2, "days": 185}));
    assert!(first(4)["notice"].as_str().unwrap().starts_with("This article was amended on 16 April 2024."));
    assert_eq!(first(5), json!({"credit": "Veldmark Foreign Ministry", "times": 4}));
    assert!(first(6)["around"].as_str().unwrap().contains("the ferry companies followed"));
    assert_eq!(first(7), json!({"site": "northern-ledger.example", "furniture": 10.6}));
    assert_eq!(first(8)["last_seen"], "2024-11-03T12:00:09Z");
    let mut millions = copydesk(&["export", &archive, "--query", questions[9]]).lines();
    millions.sort_by_key(|row| row["millions"].as_str().unwrap().to_owned());
    assert!(millions.iter().any(|row| row["millions"] == "418") && millions.iter().any(|row| row["millions"] == "481"));
    assert_eq!(first(10), json!({"word": "to", "times": 5}));
}

#[test]
fn every_function_that_is_named_is_there() {
    let (_, section) = PAGE.split_once("\n# Questions in SQL\n").unwrap();
    let folder = folder(&[]);
    let archive = path(&folder, "demo");
    copydesk(&["demo", &archive]).fine();
    let there: Vec<String> = copydesk(&[
        "export",
        &archive,
        "--query",
        "SELECT DISTINCT routine_name AS n FROM information_schema.routines",
    ])
    .lines()
    .into_iter()
    .map(|row| row["n"].as_str().unwrap().to_owned())
    .collect();
    let cells =
        section.lines().filter(|line| line.starts_with("| ")).flat_map(|line| line.split('`').skip(1).step_by(2));
    let mut named = 0;
    for said in cells {
        let word: String =
            said.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_' || c.is_ascii_digit()).collect();
        // A name alone, or one before its arguments.
        if word.len() > 2
            && (word == said || said[word.len()..].starts_with('('))
            && !["substring", "unnest", "position", "extract"].contains(&word.as_str())
        {
            assert!(there.contains(&word), "`{word}` is no function");
            named += 1;
        }
    }
    assert!(named > 40, "{named}");
}
