//! Notices by which a story says of itself that it was corrected, clarified, updated or taken back.
//!
//! The engine knows no words; a language is a file in `languages/`. All files are read at once, so that nobody need know the language of a story: what few
//! paragraphs hold a word that a notice must have are found in one pass, and only those are looked at.

mod find;
mod language;
mod packed;
mod pattern;

use copydesk_model::Span;
use jiff::civil::Date;

use crate::dates::{Language, Mention, Reference, Value, dates};
use crate::evidence::Field;
use crate::limits::Limits;
use crate::paragraphs::paragraphs;

pub(crate) use find::{Found, find};
pub(crate) use language::{Trigger, stems, triggers};
pub(crate) use packed::{packed, unpacked};

/// What a story says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Where it stands: in the body, or in the headline.
    pub field: Field,
    /// The notice: its sentence and what follows in the paragraph, or all of the paragraph; all of the headline.
    pub span: Span,
    /// What it says was done.
    pub kind: NoticeKind,
    /// The rule of the language's file that found it.
    pub rule: &'static str,
    /// How sure it is, 0 to 1.
    pub confidence: f32,
    /// What was wrong, where it says so.
    pub wrong: Option<Span>,
    /// What is right, where it says so.
    pub right: Option<Span>,
    /// The day on which it was done, where it names one; the day is `None` where the year cannot be told.
    pub day: Option<(Span, Option<Date>)>,
}

/// What a notice says was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NoticeKind {
    /// Something was wrong.
    Correction,
    /// Something could be misunderstood.
    Clarification,
    /// Something came.
    Update,
    /// The story was taken back.
    Retraction,
    /// The editors say something else about it.
    EditorsNote,
}

impl NoticeKind {
    const ALL: [NoticeKind; 5] = [
        NoticeKind::Correction,
        NoticeKind::Clarification,
        NoticeKind::Update,
        NoticeKind::Retraction,
        NoticeKind::EditorsNote,
    ];

    /// Name in tables and on screens.
    pub fn name(self) -> &'static str {
        match self {
            NoticeKind::Correction => "correction",
            NoticeKind::Clarification => "clarification",
            NoticeKind::Update => "update",
            NoticeKind::Retraction => "retraction",
            NoticeKind::EditorsNote => "editors-note",
        }
    }

    fn of(name: &str) -> Option<NoticeKind> {
        NoticeKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Finds the notices in a body, in order, at most one a paragraph.
///
/// Notices are found in every language that has a file, whatever `language` is; it is that of the days they name, which are counted from the day of publication.
/// A story about the correction of something else is no notice.
///
/// ```
/// use copydesk_annotate::{Language, Limits, NoticeKind, corrections};
/// let body = "The tunnel opened on Friday.\n\nThis article was amended on 6 May 2024. The tunnel is 4 km long, not 40 km.";
/// let found = corrections(body, None, Language::of("en").unwrap(), &Limits::default());
/// assert_eq!(found[0].kind, NoticeKind::Correction);
/// assert_eq!((found[0].wrong.unwrap().of(body), found[0].right.unwrap().of(body)), ("40 km", "4 km long"));
/// assert_eq!(found[0].day.unwrap().1.unwrap().to_string(), "2024-05-06");
/// ```
pub fn corrections(
    body: &str,
    reference: impl Into<Reference>,
    language: &'static Language,
    limits: &Limits,
) -> Vec<Notice> {
    let found = find(body, &paragraphs(body), &triggers(body), limits);
    let names_a_day = found.iter().any(|found| found.day.is_some());
    let mentions = if names_a_day { dates(body, reference, language) } else { Vec::new() };
    found.iter().map(|found| found.with(&mentions)).collect()
}

/// What a headline says in front, as agencies mark what they send again: `UPDATE 2-Port reopens`, `CORRECTED-Port to reopen`, `Correction: Port story`.
///
/// ```
/// use copydesk_annotate::{Limits, NoticeKind, headline_notice};
/// let kind = |headline| headline_notice(headline, &Limits::default()).map(|notice| notice.kind);
/// assert_eq!(kind("UPDATE 2-Port of Velm reopens after collision"), Some(NoticeKind::Update));
/// assert_eq!(kind("CORRECTED-Port of Velm to reopen on Friday"), Some(NoticeKind::Correction));
/// assert_eq!(kind("Correction of the harbour map angers pilots"), None);
/// ```
pub fn headline_notice(headline: &str, limits: &Limits) -> Option<Notice> {
    let triggers = triggers(headline);
    if triggers.is_empty() {
        return None;
    }
    let found = find(headline, &paragraphs(headline), &triggers, limits);
    let marked = found.iter().find(|found| IN_HEADLINES.contains(&found.rule))?;
    Some(Notice { field: Field::Headline, ..marked.with(&[]) })
}

/// Rules that count in a headline; the others are about sentences.
const IN_HEADLINES: [&str; 2] = ["label", "update-number"];

impl Found {
    /// The notice, with the day that it names among the body's mentions.
    pub(crate) fn with(&self, mentions: &[Mention]) -> Notice {
        let day = self.day.and_then(|range| {
            let from = mentions.partition_point(|mention| mention.span.start < range.start);
            let behind = mentions[from..].iter().take_while(|mention| mention.span.start < range.end);
            behind.into_iter().find_map(|mention| match mention.value {
                Ok(Value::Day(day) | Value::PartOfDay(day, _) | Value::Clock(day, ..)) => {
                    Some((mention.span, Some(day)))
                }
                Ok(Value::YearlessDay(..)) => Some((mention.span, None)),
                _ => None,
            })
        });
        Notice {
            field: Field::Body,
            span: self.span,
            kind: self.kind,
            rule: self.rule,
            confidence: self.confidence,
            wrong: self.wrong,
            right: self.right,
            day,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let body = format!("The ferry left at noon with 41 people on board.\n\n{text}");
        let language = Language::detect(&body).unwrap_or(Language::unknown());
        let found = corrections(&body, None, language, &Limits::default());
        let rules: Vec<&str> = found.iter().map(|notice| notice.rule).collect();
        assert_eq!(rules.join(" "), expected, "{text}");
    }

    #[test]
    fn versions_of_what_is_read() {
        check("An earlier version of this story put the cost at 4 million crowns.", "earlier-version");
        check("A previous version of our headline misnamed the captain.", "earlier-version");
        check("It was 1911. An earlier version misstated the year.", "earlier-version-short");
        check("An earlier version, sent at noon, wrongly said that the pier was open.", "earlier-version-short");
        check("A previous version gave the wrong name of the captain.", "earlier-version-wrong");
        check("In einer früheren Fassung wurde die Höhe des Damms falsch angegeben.", "earlier-version-wrong");
    }

    #[test]
    fn versions_of_something_else() {
        for text in [
            "She said that an earlier version of the treaty had contained errors.",
            "An earlier version of the timetable wrongly listed two ferries on Sundays.",
            "A previous version of the budget incorrectly put the cost at 4 million crowns.",
            "An original version of the song misquoted the psalm, a singer said.",
            "The captain said an earlier version had contained two errors.",
            "In einer früheren Fassung war eine Maut vorgesehen, die der Rat ablehnte.",
            "In einer früheren Version der App wurde die Abfahrt falsch angezeigt.",
        ] {
            check(text, "");
        }
    }
}
