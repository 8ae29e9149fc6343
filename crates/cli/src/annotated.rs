//! Where a story comes from and when, as the archive has it.

use anyhow::Result;
use copydesk_annotate::agencies;
use copydesk_pipeline::{AnnotationRow, ClippingRow, PublishedRow, StoryRow, VersionRow};
use serde_json::{Value, json};

use crate::screen::{DIM, Screen, plain, short};

/// What was read of a clipping, of its version and of its story.
pub(crate) struct Annotated<'s> {
    pub(crate) story: &'s StoryRow,
    pub(crate) version: &'s VersionRow,
    pub(crate) clipping: &'s ClippingRow,
}

/// What an agency calls itself.
pub(crate) fn agency_name(key: &str) -> &str {
    agencies().iter().find(|agency| agency.key == key).map_or(key, |agency| agency.name)
}

impl<'s> Annotated<'s> {
    fn of(&self, what: &str) -> impl Iterator<Item = &'s AnnotationRow> + use<'s> {
        let what = what.to_owned();
        self.clipping.annotations.iter().filter(move |annotation| annotation.what == what)
    }

    pub(crate) fn json(&self) -> Value {
        let clipping = self.clipping;
        json!({"language": self.version.language, "origin": clipping.origin, "agencies": clipping.agencies,
            "quoted": clipping.quoted, "people": clipping.people, "places": clipping.places, "section": clipping.section,
            "published": clipping.when, "read_from": clipping.annotations, "notices": self.version.notices,
            "mentions": self.version.mentions})
    }

    /// A line for each thing that is known.
    pub(crate) fn show(&self, screen: &mut Screen) -> Result<()> {
        let clipping = self.clipping;
        let mut lines: Vec<(&str, String, String)> = Vec::new();
        for one in self.of("agency") {
            let what = if clipping.origin == "release" { "release" } else { "wire" };
            lines.push((what, agency_name(&one.value).to_owned(), shown(one)));
        }
        // Another copy of the same text may name who wrote it.
        let elsewhere = self.story.agencies.iter().filter(|key| !clipping.agencies.contains(key));
        let elsewhere: Vec<&str> = elsewhere.map(|key| agency_name(key)).collect();
        if !elsewhere.is_empty() {
            let what = if self.story.origin == "release" { "release" } else { "wire" };
            lines.push((what, elsewhere.join(", "), "another clipping of the story says so".to_owned()));
        }
        let mut list = |name: &'static str, values: Vec<&str>| {
            if !values.is_empty() {
                lines.push((name, values.join(", "), String::new()));
            }
        };
        list("quoted", clipping.quoted.iter().map(|key| agency_name(key)).collect());
        list("by", clipping.people.iter().map(String::as_str).collect());
        list("place", clipping.places.iter().map(String::as_str).collect());
        let says = self.of("published").next().map_or(String::new(), shown);
        if let Some(when) = interval(&clipping.when) {
            lines.push(("published", when, says));
        }
        let several = self.story.sites > 1;
        if several && let [first] = self.story.first_sites.as_slice() {
            let how = match self.story.first_by.as_str() {
                "published" => "its page gives the earliest time",
                _ => "it was fetched there first",
            };
            lines.push(("first on", first.clone(), how.to_owned()));
        } else if several && self.story.first_sites.len() > 1 {
            let sites = &self.story.first_sites;
            let rest = sites.len().saturating_sub(SITES);
            let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
            let sites = sites[..sites.len() - rest].join(", ") + &more;
            lines.push(("first on", sites, "which of them cannot be told".to_owned()));
        }
        for notice in &self.version.notices {
            let name = NOTICES.iter().find(|name| **name == notice.kind).unwrap_or(&"note");
            lines.push((name, notice.evidence.text.clone(), String::new()));
        }
        // Each expression once, and only those that are a place on the calendar.
        let mut times: Vec<String> = Vec::new();
        for mention in self.version.mentions.iter().filter(|mention| !mention.value.is_empty()) {
            let time = format!("\"{}\" {}", plain(&mention.evidence.text), mention.value);
            if !mention.first.is_empty() && !times.contains(&time) {
                times.push(time);
            }
        }
        if !times.is_empty() {
            let rest = times.len().saturating_sub(TIMES);
            times.truncate(TIMES);
            let more = if rest > 0 { format!("and {rest} more in --json") } else { String::new() };
            lines.push(("times", times.join(" · "), more));
        }
        if lines.is_empty() {
            return Ok(());
        }
        screen.title("Where from and when")?;
        for (name, value, how) in lines {
            let indent = " ".repeat(17);
            let options = textwrap::Options::new(screen.width())
                .initial_indent(&indent)
                .subsequent_indent(&indent)
                .break_words(false)
                // A day is one word.
                .word_splitter(textwrap::WordSplitter::NoHyphenation);
            let value = textwrap::fill(&plain(&value), options);
            let left = screen.width().saturating_sub(value.lines().last().map_or(0, |line| line.chars().count()) + 2);
            let how = if how.is_empty() || left < 12 { String::new() } else { short(&plain(&how), left) };
            let how = screen.paint(DIM, how);
            screen.line(format!("  {name:<13}  {}  {how}", value.trim_start()).trim_end())?;
        }
        Ok(())
    }
}

/// A day, days from and to, or the last day; `None` where nothing is known.
pub(crate) fn interval(when: &PublishedRow) -> Option<String> {
    match (when.from.as_str(), when.to.as_str()) {
        ("", "") => None,
        (from, to) if from == to => Some(from.to_owned()),
        ("", to) => Some(format!("{to} or before")),
        (from, "") => Some(format!("{from} or later")),
        (from, to) => Some(format!("{from} to {to}")),
    }
}

fn shown(annotation: &AnnotationRow) -> String {
    format!("{}, \"{}\"", annotation.field, annotation.evidence.text)
}

/// What a notice may be.
const NOTICES: [&str; 4] = ["correction", "clarification", "update", "retraction"];

/// Sites that are listed where it cannot be told which was first.
const SITES: usize = 6;

/// Expressions of time that are listed.
const TIMES: usize = 6;
