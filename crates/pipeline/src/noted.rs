//! What is read of a clipping beside its parts: where it comes from, and when it was published.

use std::sync::Arc;

use arrow::array::{ArrayRef, ListBuilder, StringBuilder};
use copydesk_annotate::{BodyNotes, Evidence, Field, Limits, Origin, Printed, Published};
use copydesk_archive::Table;
use copydesk_model::Span;

use crate::{
    Error,
    lists::{Lists, Value, push, texts},
};

/// The number of what reads clippings and versions: agencies, days, expressions of time, notices, languages, changes. Archives keep what was
/// read by it; with another number all is worked out anew. A test pins it to what is read of made-up texts.
pub(crate) const READER: u64 = 4;

/// See the module.
pub(crate) struct Noted {
    pub(crate) published: Published,
    pub(crate) origin: Origin,
}

impl Noted {
    /// `notes` are of the body of what is printed.
    pub(crate) fn of(notes: &BodyNotes, printed: &Printed<'_>, limits: &Limits) -> Self {
        let (published, origin) = notes.around(printed, limits);
        Self { published, origin }
    }
}

/// The columns of `clippings` from `published_from` on, being filled.
pub(crate) struct NotedRows {
    from: StringBuilder,
    to: StringBuilder,
    by: StringBuilder,
    origin: StringBuilder,
    agencies: ListBuilder<StringBuilder>,
    quoted: ListBuilder<StringBuilder>,
    people: ListBuilder<StringBuilder>,
    places: ListBuilder<StringBuilder>,
    section: StringBuilder,
    annotations: Lists,
}

impl NotedRows {
    pub(crate) fn new() -> Result<Self, Error> {
        Ok(Self {
            from: StringBuilder::new(),
            to: StringBuilder::new(),
            by: StringBuilder::new(),
            origin: StringBuilder::new(),
            agencies: texts(),
            quoted: texts(),
            people: texts(),
            places: texts(),
            section: StringBuilder::new(),
            annotations: Lists::of(Table::Clippings, "annotations")?,
        })
    }

    /// Appends what was read of a clipping.
    pub(crate) fn push(&mut self, printed: &Printed<'_>, noted: &Noted) {
        let Noted { published, origin } = noted;
        for (to, day) in [(&mut self.from, published.earliest), (&mut self.to, published.latest)] {
            to.append_value(day.map_or_else(String::new, |day| day.to_string()));
        }
        self.by.append_value(published.evidence.first().map_or("", |evidence| evidence.rule));
        self.origin.append_value(origin.kind.name());
        push(&mut self.agencies, origin.wrote.iter().map(|one| one.agency.key));
        push(&mut self.quoted, origin.quoted.iter().map(|one| one.agency.key));
        push(&mut self.people, origin.people.iter().map(|person| person.name.as_str()));
        let dateline = origin.dateline.as_ref();
        let places = || dateline.into_iter().flat_map(|line| &line.places);
        push(&mut self.places, places().map(|place| place.of(printed.body)));
        self.section.append_value(origin.section.as_ref().map_or("", |(name, _)| name));

        for one in &origin.wrote {
            self.note(printed, "agency", one.agency.key, &one.evidence);
        }
        for one in &origin.quoted {
            self.note(printed, "quoted", one.agency.key, &one.evidence);
        }
        for person in &origin.people {
            self.note(printed, "person", &person.name, &person.evidence);
        }
        if let Some(line) = dateline {
            let of = |span| Evidence { field: Field::Body, span, rule: "dateline", confidence: line.confidence };
            let day = line.date.and_then(|(_, day)| day).map_or_else(String::new, |day| day.to_string());
            self.note(printed, "dateline", &day, &of(line.span));
            for place in &line.places {
                self.note(printed, "place", place.of(printed.body), &of(*place));
            }
        }
        if let Some((name, evidence)) = &origin.section {
            self.note(printed, "section", name, evidence);
        }
        for (_, credit) in &origin.credits {
            let e = &credit.evidence;
            for agency in &credit.agencies {
                self.note(printed, "credit-agency", agency.key, e);
            }
            for (what, spans) in [("credit-person", &credit.people), ("credit-holder", &credit.holders)] {
                for &span in spans {
                    self.note(printed, what, words(printed, e.field, span), &Evidence { span, ..*e });
                }
            }
            for (what, is) in [("credit-file", credit.file), ("credit-handout", credit.handout)] {
                if is {
                    self.note(printed, what, "", e);
                }
            }
        }
        for (at, evidence) in published.evidence.iter().enumerate() {
            // Witnesses behind the first say something else.
            let (what, value) = if at == 0 { ("published", published.stamp.as_str()) } else { ("disputed", "") };
            self.note(printed, what, value, evidence);
        }
        for (evidence, why) in &published.refused {
            self.note(printed, "refused", why.name(), evidence);
        }
        self.annotations.end();
    }

    fn note(&mut self, printed: &Printed<'_>, what: &str, value: &str, e: &Evidence) {
        let item = if let Field::Caption(at) | Field::Credit(at) = e.field { u32::from(at) } else { 0 };
        self.annotations.row([
            Value::Text(what),
            Value::Text(value),
            Value::Text(e.field.name()),
            Value::Count(item),
            Value::Text(words(printed, e.field, e.span)),
            Value::Count(e.span.start),
            Value::Count(e.span.end),
            Value::Text(e.rule),
            Value::Share(e.confidence),
        ]);
    }

    pub(crate) fn finish(&mut self) -> Result<Vec<ArrayRef>, Error> {
        Ok(vec![
            Arc::new(self.from.finish()),
            Arc::new(self.to.finish()),
            Arc::new(self.by.finish()),
            Arc::new(self.origin.finish()),
            Arc::new(self.agencies.finish()),
            Arc::new(self.quoted.finish()),
            Arc::new(self.people.finish()),
            Arc::new(self.places.finish()),
            Arc::new(self.section.finish()),
            self.annotations.finish()?,
        ])
    }
}

/// The words of a part of a clipping.
fn words<'c>(printed: &Printed<'c>, field: Field, span: Span) -> &'c str {
    let caption = |at: u16| printed.captions.get(usize::from(at));
    let text = match field {
        // No part of what is printed here: only versions have values of it.
        Field::Headline => "",
        Field::Byline => printed.byline,
        Field::DateLine => printed.date,
        Field::Body => printed.body,
        Field::Caption(at) => caption(at).map_or("", |caption| &caption.text),
        Field::Credit(at) => caption(at).map_or("", |caption| &caption.credit),
        Field::Url => printed.url,
        Field::Metadata => printed.published,
        Field::Fetched => printed.fetched_at,
    };
    text.get(span.start as usize..span.end as usize).unwrap_or_default()
}
