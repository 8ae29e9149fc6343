use std::{collections::BTreeMap, io};

use copydesk_model::{Outcome, Refused};
use serde::Serialize;

use crate::screen::{Screen, count, plain};

/// Examples of each outcome that are kept to be shown; all are counted.
const EXAMPLES: usize = 3;

/// The records that did not become captures, by outcome.
#[derive(Debug, Default)]
pub(crate) struct Refusals {
    by_outcome: BTreeMap<Outcome, (u64, Vec<Refused>)>,
}

#[derive(Serialize)]
struct Reason<'r> {
    count: u64,
    examples: Vec<Example<'r>>,
}

#[derive(Serialize)]
struct Example<'r> {
    source: &'r str,
    message: &'r str,
}

impl Refusals {
    pub(crate) fn add(&mut self, refused: &Refused) {
        let (count, examples) = self.by_outcome.entry(refused.outcome).or_default();
        *count += 1;
        if examples.len() < EXAMPLES {
            examples.push(refused.clone());
        }
    }

    /// Whether there is something that a person should look at.
    pub(crate) fn any_problem(&self) -> bool {
        self.by_outcome.keys().any(|outcome| outcome.is_problem())
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        let reasons: BTreeMap<&str, Reason<'_>> = self
            .by_outcome
            .iter()
            .map(|(outcome, (count, examples))| {
                let examples = examples.iter().map(|e| Example { source: &e.source, message: &e.message }).collect();
                (outcome.name(), Reason { count: *count, examples })
            })
            .collect();
        serde_json::json!(reasons)
    }

    /// What was left out, as lines: a reason with its number, under it up to three examples.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut out = Vec::new();
        for (outcome, (n, examples)) in &self.by_outcome {
            out.push(format!("{:>9}  {}", count(*n), explained(*outcome)));
            out.extend(examples.iter().map(|e| format!("             {}", plain(&e.to_string()))));
            let rest = n - examples.len() as u64;
            if rest > 0 {
                out.push(format!("             and {} more", count(rest)));
            }
        }
        out
    }

    pub(crate) fn show(&self, screen: &mut Screen) -> io::Result<()> {
        if !self.by_outcome.is_empty() {
            screen.title("Left out")?;
            for line in self.lines() {
                screen.line(line)?;
            }
        }
        Ok(())
    }
}

/// An outcome in words.
fn explained(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Kept => "kept",
        Outcome::Forgotten => "pages that the archive was told to forget",
        Outcome::Duplicate => "known already: same id, same text",
        Outcome::Empty => "empty: no text but white space",
        Outcome::NotText => "not text: a binary or another format",
        Outcome::Undecodable => "not UTF-8",
        Outcome::TooLarge => "too large for one capture",
        Outcome::NotJson => "lines that are no JSON object",
        Outcome::MissingColumn => "lines without a column that is needed, or with a wrong type in it",
        Outcome::NoPage => "records that hold no page: requests, redirects, pictures",
        Outcome::NoStory => "pages without a story: errors, log-ins, requests for consent, fronts of teasers",
        Outcome::NotHtml => "HTML without anything to read",
        Outcome::Unresolved => "revisits of a page that is not here",
        Outcome::Damaged => "records that break off or are not what their header says",
        Outcome::TooCostly => "pages that take more work than a page is given",
        Outcome::Unreadable => "inputs that cannot be opened or read to their end",
        Outcome::Changed => "inputs that were changed while they were read",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_counted_and_some_shown() {
        let mut refusals = Refusals::default();
        for line in 1..=5 {
            refusals.add(&Refused {
                outcome: Outcome::NotJson,
                source: format!("a:{line}"),
                site: String::new(),
                message: "oops".to_owned(),
                revisit: None,
            });
        }
        refusals.add(&Refused {
            outcome: Outcome::Duplicate,
            source: "b".to_owned(),
            site: String::new(),
            message: "known".to_owned(),
            revisit: None,
        });
        let lines = refusals.lines();
        assert_eq!(lines.len(), 2 + 5);
        assert!(lines[2].contains("5") && lines[6].ends_with("and 2 more"), "{lines:?}");
        assert!(refusals.any_problem());
        assert_eq!(refusals.json()["not_json"]["count"], 5);
    }
}
