//! Where a story comes from and when, read from a clipping as it is shown.

use anyhow::Result;
use copydesk_annotate::{
    Annotations, Attribution, Credit, Evidence, Field, Limits, Mention, OriginKind, Printed, Published, annotate,
};
use copydesk_model::Span;
use copydesk_pipeline::ClippingRow;
use serde_json::{Value, json};

use crate::screen::{DIM, Screen, plain, short};

/// A clipping with all that is read from it.
pub(crate) struct Annotated<'c> {
    clipping: &'c ClippingRow,
    body: &'c str,
    found: Annotations,
}

impl<'c> Annotated<'c> {
    /// Reads a clipping whose body is `body`.
    pub(crate) fn new(clipping: &'c ClippingRow, body: &'c str) -> Self {
        let printed = Printed {
            byline: &clipping.byline,
            date: &clipping.date,
            published: &clipping.published,
            captions: &clipping.captions,
            body,
            url: &clipping.url,
            fetched_at: &clipping.fetched_at,
            language: "",
        };
        Self { clipping, body, found: annotate(&printed, &Limits::default()) }
    }

    /// The words of a part of the clipping.
    fn words(&self, field: Field, span: Span) -> &'c str {
        let caption = |at: u16| self.clipping.captions.get(usize::from(at));
        let text = match field {
            Field::Byline => &self.clipping.byline,
            Field::DateLine => &self.clipping.date,
            Field::Body => self.body,
            Field::Caption(at) => caption(at).map_or("", |caption| &caption.text),
            Field::Credit(at) => caption(at).map_or("", |caption| &caption.credit),
            Field::Url => &self.clipping.url,
            Field::Metadata => &self.clipping.published,
            Field::Fetched => &self.clipping.fetched_at,
        };
        text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    pub(crate) fn json(&self) -> Value {
        let origin = &self.found.origin;
        let by = |all: &[Attribution]| -> Vec<Value> {
            all.iter()
                .map(|one| json!({"agency": one.agency.key, "name": one.agency.name, "evidence": self.evidence(&one.evidence)}))
                .collect()
        };
        let people: Vec<Value> = origin
            .people
            .iter()
            .map(|person| json!({"name": person.name, "evidence": self.evidence(&person.evidence)}))
            .collect();
        let dateline = origin.dateline.as_ref().map(|line| {
            let places: Vec<&str> = line.places.iter().map(|place| place.of(self.body)).collect();
            let agencies: Vec<&str> = line.agencies.iter().map(|(agency, _)| agency.key).collect();
            let date = line.date.and_then(|(_, date)| date).map(|date| date.to_string());
            json!({"text": line.span.of(self.body), "start": line.span.start, "end": line.span.end, "places": places,
                "agencies": agencies, "date": date, "confidence": line.confidence})
        });
        let credits: Vec<Value> = origin.credits.iter().map(|(at, credit)| self.credit_json(*at, credit)).collect();
        let section = origin.section.as_ref().map(|(name, e)| json!({"name": name, "evidence": self.evidence(e)}));
        let mentions: Vec<Value> = self.found.mentions.iter().map(|mention| self.mention_json(mention)).collect();
        json!({
            "language": self.found.language.map(|language| language.tag()),
            "origin": {"kind": origin.kind.name(), "wrote": by(&origin.wrote), "quoted": by(&origin.quoted),
                "dateline": dateline, "people": people, "credits": credits, "section": section},
            "published": self.published_json(&self.found.published),
            "mentions": mentions,
        })
    }

    fn evidence(&self, e: &Evidence) -> Value {
        json!({"field": e.field.name(), "text": self.words(e.field, e.span), "start": e.span.start, "end": e.span.end,
            "rule": e.rule, "confidence": e.confidence})
    }

    fn credit_json(&self, at: u16, credit: &Credit) -> Value {
        let of = |spans: &[Span]| -> Vec<&str> {
            spans.iter().map(|span| self.words(credit.evidence.field, *span)).collect()
        };
        let agencies: Vec<&str> = credit.agencies.iter().map(|agency| agency.key).collect();
        json!({"caption": at, "agencies": agencies, "people": of(&credit.people), "holders": of(&credit.holders),
            "file": credit.file, "handout": credit.handout, "evidence": self.evidence(&credit.evidence)})
    }

    fn published_json(&self, published: &Published) -> Value {
        let (earliest, latest) =
            (published.earliest.map(|day| day.to_string()), published.latest.map(|day| day.to_string()));
        let refused: Vec<Value> =
            published.refused.iter().map(|(e, why)| json!({"why": why.name(), "evidence": self.evidence(e)})).collect();
        let evidence: Vec<Value> = published.evidence.iter().map(|e| self.evidence(e)).collect();
        json!({"earliest": earliest, "latest": latest, "stamp": published.stamp,
            "evidence": evidence, "refused": refused})
    }

    fn mention_json(&self, mention: &Mention) -> Value {
        let days = mention.days().map(|(first, last)| (first.to_string(), last.to_string())).unzip();
        json!({"text": mention.span.of(self.body), "start": mention.span.start, "end": mention.span.end,
            "type": mention.kind.name(), "value": mention.value.as_ref().ok().map(ToString::to_string),
            "open": mention.value.as_ref().err().map(|open| open.name()), "first": days.0, "last": days.1,
            "modifier": mention.modifier.map(|modifier| modifier.name()), "rule": mention.rule,
            "confidence": mention.confidence})
    }

    /// A line for each thing that is known.
    pub(crate) fn show(&self, screen: &mut Screen) -> Result<()> {
        let origin = &self.found.origin;
        let mut lines: Vec<(&str, String, String)> = Vec::new();
        for one in &origin.wrote {
            let what = if origin.kind == OriginKind::Release { "release" } else { "wire" };
            lines.push((what, one.agency.name.to_owned(), self.shown(&one.evidence)));
        }
        if !origin.quoted.is_empty() {
            let names: Vec<&str> = origin.quoted.iter().map(|one| one.agency.name).collect();
            lines.push(("quoted", names.join(", "), String::new()));
        }
        if !origin.people.is_empty() {
            let names: Vec<&str> = origin.people.iter().map(|person| person.name.as_str()).collect();
            lines.push(("by", names.join(", "), String::new()));
        }
        if let Some(line) = &origin.dateline {
            let places: Vec<&str> = line.places.iter().map(|place| place.of(self.body)).collect();
            lines.push(("place", places.join(", "), String::new()));
        }
        let published = &self.found.published;
        let witness = published.evidence.first().map_or(String::new(), |e| self.shown(e));
        match (published.earliest, published.latest) {
            (Some(first), Some(last)) if first == last => lines.push(("published", first.to_string(), witness)),
            (Some(first), Some(last)) => lines.push(("published", format!("{first} to {last}"), witness)),
            (None, Some(last)) => lines.push(("published", format!("{last} or before"), witness)),
            _ => {}
        }
        // Each expression once, and only those that are a place on the calendar.
        let mut times: Vec<String> = Vec::new();
        for mention in &self.found.mentions {
            let Ok(value) = &mention.value else { continue };
            let time = format!("\"{}\" {value}", plain(mention.span.of(self.body)));
            if mention.days().is_some() && !times.contains(&time) {
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
            let indent = " ".repeat(14);
            let options = textwrap::Options::new(screen.width())
                .initial_indent(&indent)
                .subsequent_indent(&indent)
                .break_words(false);
            let value = textwrap::fill(&plain(&value), options);
            let left = screen.width().saturating_sub(value.lines().last().map_or(0, |line| line.chars().count()) + 2);
            let how = if how.is_empty() || left < 12 { String::new() } else { short(&plain(&how), left) };
            let how = screen.paint(DIM, how);
            screen.line(format!("  {name:<10}  {}  {how}", value.trim_start()).trim_end())?;
        }
        Ok(())
    }

    fn shown(&self, e: &Evidence) -> String {
        format!("{}, \"{}\"", e.field.name(), self.words(e.field, e.span))
    }
}

/// Expressions of time that are listed.
const TIMES: usize = 6;
