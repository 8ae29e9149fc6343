//! Who wrote it: people, and not the staff.

use copydesk_model::Span;
use copydesk_text::{is_byline, names};

use super::agencies::{Named, named};
use super::first_of;
use crate::limits::Limits;
use crate::paragraphs::Paragraph;

/// What those who write are called. Lower case.
pub(super) const WRITERS: [&str; 10] = [
    "writer",
    "writers",
    "reporter",
    "reporters",
    "correspondent",
    "correspondents",
    "journalist",
    "journalists",
    "staff",
    "editor",
];
/// More words that no person's name holds: what people are at a paper, and what papers are. Lower case.
const ROLES: &[&str] = &[
    "editors",
    "desk",
    "agencies",
    "agency",
    "newsroom",
    "redaktion",
    "bureau",
    "team",
    "news",
    "online",
    "web",
    "service",
    "services",
    "media",
    "contributor",
    "contributors",
    "wire",
    "wires",
    "report",
    "reports",
    "special",
    "press",
    "post",
    "times",
    "journal",
    "gazette",
    "herald",
    "tribune",
    "daily",
    "editorial",
    "board",
    "redacción",
    "redacao",
    "redação",
    "rédaction",
    "redazione",
    "redactie",
    "redakcja",
    "agencias",
    "agences",
    "agenturen",
    "updated",
    "published",
    "read",
    "min",
    "admin",
    "editorial",
    "digital",
    "network",
    "photographer",
    "columnist",
    "chief",
    "senior",
    "political",
    "sports",
    "business",
    "science",
    "internetredaktion",
    "material",
    "with",
    "mit",
    "foreign",
    "read",
    "more",
    "follow",
    "us",
    "comment",
    "comments",
    "kommentar",
    "kommentare",
    "share",
    "print",
    "article",
    "unknown",
    "eingestellt",
    "posted",
    "author",
    "subscribe",
    "login",
    "e-mail",
    "email",
    "zeitung",
    "nachrichten",
    "echos",
    "company",
    "courier",
    "chronicle",
    "observer",
    "mail",
    "star",
    "globe",
    "guardian",
    "examiner",
    "register",
    "dispatch",
    "bulletin",
    "standard",
    "independent",
    "telegraph",
    "monitor",
    "review",
    "magazine",
    "radio",
    "tv",
    "television",
    "broadcasting",
    "university",
    "institute",
    "the",
    "and",
    "und",
    "department",
];
/// Small words inside of names.
const PARTICLES: [&str; 24] = [
    "de", "da", "do", "dos", "das", "di", "del", "della", "la", "le", "van", "von", "der", "den", "ter", "ten", "bin",
    "bint", "al", "el", "ibn", "zu", "af", "y",
];
/// Where somebody is: `Mara Lindqvist in Velm`.
const PLACES: [&str; 20] = [
    " in ", " aus ", " à ", " en ", " for ", " at ", " near ", " from ", " über ", " für ", " aboard ", " bei ",
    " with ", " on ", " | ", " avec ", " mit ", " con ", " med ", " com ",
];

/// A byline: the people, and the agencies, as they stand in its text.
#[derive(Debug, Default)]
pub(super) struct Byline {
    pub(super) people: Vec<(usize, usize)>,
    pub(super) agencies: Vec<Named>,
}

/// Reads a byline as printed.
pub(super) fn byline(text: &str, limits: &Limits) -> Byline {
    // What is longer is no byline, whatever the page calls it.
    let text = if text.len() <= limits.longest_line { text } else { "" };
    let agencies: Vec<Named> = named(text);
    let mut people = Vec::new();
    let offset = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    for name in text.lines().flat_map(names).flat_map(|name| name.split(['/', '|', ','])) {
        // Each person of `Mara Lindqvist in Velm and Tom Oyelaran in Ostler`, without the place.
        for name in name.split(" and ") {
            let end = first_of(name, &PLACES).unwrap_or(name.len());
            let name = &name[..end];
            // `By JOAN MIRSKY Associated Press`
            let agency =
                agencies.iter().map(|agency| agency.start).find(|at| (offset(name)..offset(name) + end).contains(at));
            let name = agency.map_or(name, |at| &name[..at - offset(name)]).trim().trim_end_matches(['.', ':', '*']);
            let name = name.strip_suffix(" The").unwrap_or(name);
            let span = (offset(name), offset(name) + name.len());
            if is_person(name, limits) && !people.contains(&span) {
                people.push(span);
            }
        }
    }
    // `VELM (AA) - ADA RENN`
    let behind = agencies.last().and_then(|agency| text[agency.end..].strip_prefix(')'));
    if let Some(name) = behind.and_then(|behind| behind.trim_start().strip_prefix(['-', '–', '—'])).map(str::trim)
        && is_person(name, limits)
    {
        people.push((offset(name), offset(name) + name.len()));
    }
    Byline { people, agencies }
}

/// The longest byline that a paragraph begins with and goes on behind, in bytes: three names and an agency. Chosen.
const LONGEST_RUN_IN: usize = 120;

/// The byline that a paragraph begins with, up to the agency that it ends in, and where that is: `Von Ada Renn, dpa. Der Hafen ...`.
pub(super) fn run_in(text: &str, limits: &Limits) -> Option<(Byline, usize)> {
    if !is_byline(text) {
        return None;
    }
    let mut end = text.len().min(LONGEST_RUN_IN);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let agency = *named(&text[..end]).first()?;
    let behind = text[agency.end..].trim_start_matches(')');
    let ends = behind.trim().is_empty()
        || behind.starts_with(['.', ',', ':', ';', '|', '\n'])
        || [" - ", " – ", " — ", " | "].iter().any(|dash| behind.starts_with(dash));
    let byline = byline(&text[..agency.end], limits);
    (ends && !byline.people.is_empty()).then_some((byline, agency.end))
}

/// What stands before the names of reporters in `(Reporting by ...; Writing by ...)`. Editors are no authors. Lower case.
const REPORTED: [&str; 6] =
    ["reporting by ", "additional reporting by ", "writing by ", "compiled by ", "reporting and writing by ", "by "];

/// The people of `(Reporting by Lena Ost in Velm and Bo Lind; Writing by Petra Holm; Editing by ...)`, without editors.
pub(super) fn reporters(text: &str, limits: &Limits) -> Vec<(usize, usize)> {
    let offset = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let mut people = Vec::new();
    for part in text.split(';') {
        let part = part.trim_matches(['(', ')', ' ', '.']);
        let lower = part.to_lowercase();
        let Some(opener) = REPORTED.iter().find(|opener| lower.starts_with(**opener)) else { continue };
        for name in part[opener.len()..].split(',').flat_map(|name| name.split(" and ")) {
            let end = first_of(name, &PLACES).unwrap_or(name.len());
            let name = name[..end].trim();
            if is_person(name, limits) && named(name).iter().all(|name| name.weak) {
                people.push((offset(name), offset(name) + name.len()));
            }
        }
    }
    people
}

/// Words beside an agency's name in a line that says what somebody is there: `AP Business Writer`, `Of DOW JONES NEWSWIRES`. Lower case.
const BESIDE: [&str; 16] = [
    "of",
    "the",
    "for",
    "sports",
    "business",
    "political",
    "science",
    "medical",
    "national",
    "special",
    "news",
    "service",
    "entertainment",
    "legal",
    "food",
    "technology",
];

/// Whether what stands on both sides of an agency's name says what somebody is there.
pub(super) fn is_role(sides: &[&str]) -> bool {
    let mut words = sides.iter().flat_map(|side| side.split_whitespace()).map(str::to_lowercase).peekable();
    words.peek().is_some() && words.all(|word| WRITERS.contains(&word.as_str()) || BESIDE.contains(&word.as_str()))
}

/// Whether a paragraph of a body is a byline.
pub(super) fn is_in_body(paragraph: Paragraph<'_>, limits: &Limits) -> bool {
    let text = paragraph.text;
    // Most paragraphs end as sentences do: what is asked of the rest costs more.
    if text.ends_with(['.', '?', '!', '。', ':']) || !is_byline(text) {
        return false;
    }
    let words = text.split_whitespace().take(limits.byline_words + 1).count();
    words >= 2 && words <= limits.byline_words
}

/// Whether a paragraph below a story names who wrote it: a byline, a reporter behind a colon, or somebody of an agency.
pub(super) fn is_below(paragraph: Paragraph<'_>, limits: &Limits) -> bool {
    let text = paragraph.text;
    if text.ends_with(['.', '?', '!']) || text.split_whitespace().nth(limits.signature_words).is_some() {
        return false;
    }
    let lower = text.to_lowercase();
    let is_named = ["reporter: ", "autor: ", "author: "].iter().any(|role| lower.starts_with(role));
    let of_agency = || {
        let comma = text.find(", ");
        comma.is_some_and(|comma| {
            is_person(&text[..comma], limits) && named(&text[comma..]).iter().any(|name| !name.weak)
        })
    };
    is_named || is_in_body(paragraph, limits) || of_agency()
}

/// Whether text is the name of a person.
pub(super) fn is_person(name: &str, limits: &Limits) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let unparted = words.len() == 1
        && (2..=6).contains(&name.chars().count())
        && name.chars().all(|c| matches!(c, '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'));
    if unparted {
        return true;
    }
    if words.len() < 2
        || words.len() > limits.name_words
        || name.chars().any(char::is_numeric)
        || name.contains(['@', ':', '?', '!', '(', '"'])
    {
        return false;
    }
    let mut named = 0;
    for word in &words {
        let lower = word.to_lowercase();
        let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
        if WRITERS.contains(&bare) || ROLES.contains(&bare) {
            return false;
        }
        let first = word.chars().find(|c| c.is_alphabetic());
        match first {
            Some(c) if c.is_lowercase() => {
                if !PARTICLES.contains(&bare) && !bare.starts_with("d'") {
                    return false;
                }
            }
            Some(_) => named += 1,
            None => return false,
        }
    }
    named >= 2
}

/// The spans of people in a part of a clipping that begins at `start`.
pub(super) fn spans(people: &[(usize, usize)], start: usize) -> impl Iterator<Item = Span> + '_ {
    people.iter().map(move |(from, to)| Span::new(start + from, start + to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, people: &[&str], agencies: &[&str]) {
        let found = byline(text, &Limits::default());
        assert_eq!(found.people.iter().map(|(from, to)| &text[*from..*to]).collect::<Vec<_>>(), people, "{text}");
        assert_eq!(found.agencies.iter().map(|named| named.agency.key).collect::<Vec<_>>(), agencies, "{text}");
    }

    #[test]
    fn people() {
        check("By Ada Renn", &["Ada Renn"], &[]);
        check("By Mara Lindqvist in Velm and Tom Oyelaran in Ostler", &["Mara Lindqvist", "Tom Oyelaran"], &[]);
        check("Lena Ost and Paul Grieve, Associated Press", &["Lena Ost", "Paul Grieve"], &["ap"]);
        check("Von Ada Renn/dpa", &["Ada Renn"], &["dpa"]);
        check("By Odile Brandt, Harbour Post Staff Writer", &["Odile Brandt"], &[]);
        check("By Jan van der Berg", &["Jan van der Berg"], &[]);
        check("بقلم: آدا رين", &["آدا رين"], &[]);
        check("한소율 기자", &["한소율"], &[]);
        check("VELM (AA) - ADA RENN", &["ADA RENN"], &["anadolu"]);
        check("Ada Renn avec AFP", &["Ada Renn"], &["afp"]);
    }

    #[test]
    fn bylines_that_a_paragraph_begins_with() {
        let limits = Limits::default();
        let people = |text: &'static str| -> Vec<&str> {
            let found = run_in(text, &limits).map_or(Vec::new(), |(byline, _)| byline.people);
            found.iter().map(|(from, to)| &text[*from..*to]).collect()
        };
        assert_eq!(people("Von Ada Rénn und Bo Lind, dpa. In Velm ist die Schleuse zu."), ["Ada Rénn", "Bo Lind"]);
        assert_eq!(people("Von Ada Renn/dpa."), ["Ada Renn"]);
        assert_eq!(people("Story by Lena Ost, Reuters."), ["Lena Ost"]);
        assert_eq!(people("By Tom Oyelaran, AP - The lock closed."), ["Tom Oyelaran"]);
        assert!(people("By Monday, Reuters. No one knew.").is_empty());
        assert!(people("Von Bo Lind hörte dpa, dass es brannte.").is_empty());
        assert!(people("VELM, Reuters. The lock closed.").is_empty());
    }

    #[test]
    fn reporters_without_editors() {
        let text =
            "(Reporting by Lena Ost in Velm, Bo Lind and Newsroom; Writing By Petra Holm; Editing by Paul Grieve)";
        let names: Vec<&str> = reporters(text, &Limits::default()).iter().map(|(from, to)| &text[*from..*to]).collect();
        assert_eq!(names, ["Lena Ost", "Bo Lind", "Petra Holm"]);
    }

    #[test]
    fn nobody() {
        for text in [
            "Staff",
            "By Staff Reporter",
            "News Desk",
            "Agencies",
            "Our Correspondent",
            "12 May 2024",
            "The Harbour Post",
            "",
        ] {
            check(text, &[], &[]);
        }
        check("By Reuters Staff", &[], &["reuters"]);
        check("PTI | Velm", &[], &["pti"]);
    }
}
