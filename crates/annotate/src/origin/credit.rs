//! Who made a picture: agencies, photographers, files and handouts.

use copydesk_model::{Caption, Span};

use super::agencies::{Agency, AgencyKind, named};
use super::byline::is_person;
use super::first_of;
use crate::dates::{Expressions, Language};
use crate::evidence::{Evidence, Field};
use crate::limits::Limits;

/// What a caption says of who made its picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Credit {
    /// Where the credit stands.
    pub evidence: Evidence,
    /// The agencies, each once, as they are named.
    pub agencies: Vec<&'static Agency>,
    /// The photographers, as bytes of the field.
    pub people: Vec<Span>,
    /// Whoever else gave it out or owns it: `Kessian Coast Guard`.
    pub holders: Vec<Span>,
    /// The picture is from an archive.
    pub file: bool,
    /// It was given out by whom it shows, or by somebody who wants it shown.
    pub handout: bool,
}

/// Words for pictures from an archive. Lower case.
const FILES: &[&str] = &[
    "file",
    "file photo",
    "file picture",
    "file image",
    "file pic",
    "archive",
    "archives",
    "archiv",
    "archivbild",
    "archivfoto",
    "symbolbild",
    "symbolfoto",
    "stock",
    "stock photo",
    "stock image",
    "أرشيفية",
    "أرشيف",
    "ارشيفية",
    "archivo",
    "arquivo",
    "archivio",
    "資料写真",
    "資料照",
    "资料图",
    "资料图片",
    "자료사진",
    "arkiv",
    "arkivbild",
    "arkivfoto",
    "arkistokuva",
    "archieffoto",
    "archiefbeeld",
    "photo d'archives",
    "image d'archives",
    "imagen de archivo",
    "foto de archivo",
    "foto de arquivo",
    "foto d'archivio",
    "arşiv",
    "архивное фото",
    "фото из архива",
];
/// Words for pictures that were given out. Lower case.
const HANDOUTS: [&str; 12] = [
    "handout",
    "handout photo",
    "handout picture",
    "ho",
    "courtesy of",
    "courtesy",
    "supplied",
    "provided",
    "provided by",
    "released by",
    "pressefoto",
    "contributed",
];
/// Words that say that a credit follows. Lower case; those with a colon in use come first.
const OPENERS: &[&str] = &[
    "photo credit",
    "satellite image",
    "photo by",
    "photos by",
    "picture by",
    "image source",
    "image credit",
    "photo courtesy of",
    "photo",
    "photos",
    "photograph",
    "photographer",
    "picture",
    "pictures",
    "pic",
    "image",
    "images",
    "foto",
    "fotos",
    "bild",
    "bilder",
    "bildquelle",
    "credit",
    "source",
    "quelle",
    "illustration",
    "graphic",
    "video",
    "صورة",
    "تصوير",
    "写真",
    "사진",
    "фото",
    "ảnh",
    "fot",
    "kuva",
    "fotografía",
    "fotografia",
    "crédit photo",
    "crédit",
    "crédito",
    "צילום",
    "fotoğraf",
    "φωτογραφία",
];
/// What editors are told behind a credit, from which on nothing is a name.
const ORDERS: [&str; 6] =
    [" ATTENTION EDITORS", " +++", " NO RESALES", " NO SALES", " EDITORIAL USE ONLY", " MANDATORY CREDIT"];
/// Words of houses and offices, which tell them from people. Lower case.
const HOUSES: &[&str] = &[
    "tourismus",
    "tourism",
    "publishing",
    "productions",
    "pictures",
    "studio",
    "studios",
    "agentur",
    "hotel",
    "lodge",
    "park",
    "gmbh",
    "ag",
    "ug",
    "verein",
    "gruppe",
    "group",
    "estate",
    "collection",
    "holdings",
    "systems",
    "images",
    "design",
    "imaging",
    "imagery",
    "technologies",
    "archives",
    "presidency",
    "police",
    "ministry",
    "office",
    "navy",
    "army",
    "guard",
    "museum",
    "university",
    "council",
    "post",
    "times",
    "news",
    "department",
    "family",
    "agency",
    "house",
    "club",
    "government",
    "embassy",
    "palace",
    "parliament",
    "senate",
    "court",
    "force",
    "forces",
    "command",
    "service",
    "services",
    "press",
    "media",
    "television",
    "tv",
    "channel",
    "company",
    "inc",
    "ltd",
    "corp",
    "foundation",
    "institute",
    "hospital",
    "school",
    "center",
    "centre",
    "society",
    "bank",
    "party",
    "commission",
    "authority",
    "administration",
    "state",
    "city",
    "county",
    "district",
    "fire",
    "website",
    "twitter",
    "facebook",
    "instagram",
    "youtube",
    "station",
    "observatory",
    "laboratory",
    "lab",
    "library",
    "gallery",
    "trust",
    "union",
    "association",
    "federation",
    "committee",
    "board",
    "team",
    "league",
    "theatre",
    "theater",
    "orchestra",
    "festival",
    "airport",
    "airlines",
    "railway",
    "survey",
    "project",
    "network",
    "records",
    "entertainment",
    "film",
    "films",
    "magazine",
    "journal",
    "herald",
    "tribune",
    "gazette",
    "chronicle",
    "guardian",
    "telegraph",
    "sheriff's",
    "rescue",
    "college",
    "academy",
    "cathedral",
    "municipality",
    "prefecture",
    "polizei",
    "feuerwehr",
    "ministerium",
    "universität",
    "stadt",
    "verlag",
    "presse",
    "policía",
    "ministerio",
    "universidad",
    "ayuntamiento",
    "museo",
    "mairie",
    "ufficio",
    "stampa",
    "préfecture",
    "ministère",
    "université",
    "musée",
];
/// Between who owns a picture and who took it: `U.S. Navy photo by`.
const TAKEN: [&str; 3] = [" photo by ", " photos by ", " photograph by "];
/// What brackets in captions say about where people stand. Lower case.
const POSITIONS: [&str; 24] = [
    "right", "left", "center", "centre", "middle", "l", "r", "c", "top", "bottom", "above", "below", "front", "back",
    "rear", "far", "second", "third", "pictured", "inset", "links", "rechts", "mitte", "m",
];

/// The credit of a caption, if it has one.
pub(super) fn credit(at: u16, caption: &Caption, limits: &Limits) -> Option<Credit> {
    let (field, text, range, rule, confidence) = segment(at, caption, limits)?;
    let segment = &text[range.0..range.1];
    let mut found = Credit {
        evidence: Evidence { field, span: Span::new(range.0, range.1), rule, confidence },
        agencies: Vec::new(),
        people: Vec::new(),
        holders: Vec::new(),
        file: says_file(&caption.text)
            || !caption.credit.is_empty() && says_file(&format!(", {}", caption.credit))
            || is_archive(segment)
            || is_archive(&caption.credit),
        handout: says_handout(&caption.text),
    };
    let names = named(segment);
    for name in &names {
        if !found.agencies.contains(&name.agency) {
            found.agencies.push(name.agency);
        }
    }
    // What is left between the agencies' names and the marks.
    let mut cuts: Vec<(usize, usize)> = names.iter().map(|name| (name.start, name.end)).collect();
    cuts.push((segment.len(), segment.len()));
    let before = match field {
        Field::Credit(_) => caption.text.rfind(caption.credit.trim()).map(|at| &caption.text[..at]),
        _ => (rule == "tail").then(|| &text[..range.0]),
    };
    let head = &segment[..segment.find('/').unwrap_or(0)];
    let mut from = before.map_or(0, |before| run_in(before, head));
    for (start, end) in cuts {
        // What runs into a sentence may have an agency's name in it.
        pieces(segment, from.min(start), start, range.0, limits, &mut found);
        from = from.max(end);
    }
    let says = !found.agencies.is_empty()
        || !found.people.is_empty()
        || !found.holders.is_empty()
        || found.file
        || found.handout;
    says.then_some(found)
}

/// Words of a sentence that a place or a thing follows, and no photographer. Lower case.
const PREPOSITIONS: [&str; 28] = [
    "in", "at", "on", "of", "from", "to", "near", "outside", "inside", "around", "against", "over", "through", "into",
    "across", "with", "for", "im", "aus", "bei", "von", "nach", "vor", "gegen", "mit", "à", "en", "dans",
];

/// How many bytes of what stands before `/Agency` belong to the sentence that runs into it without a mark: `Rivals in Oslo Rolf Eide/AFP`. All of them, where no
/// name can be told from it.
fn run_in(before: &str, head: &str) -> usize {
    let before = before.trim_end();
    let is_house = head.split_whitespace().any(|word| HOUSES.contains(&word.to_lowercase().as_str()));
    // A mark parts them.
    if is_house || before.ends_with(|c: char| !c.is_alphanumeric()) {
        return 0;
    }
    let words: Vec<&str> = head.split_whitespace().collect();
    let Some(first) = words.first() else { return 0 };
    let is_place = PREPOSITIONS.contains(&before.rsplit(' ').next().unwrap_or("").to_lowercase().as_str());
    let skipped = usize::from(is_place || words.len() > 2 && is_day(first));
    let capitals = words.iter().skip(skipped).filter(|word| word.starts_with(char::is_uppercase)).count();
    // Of a place nobody knows how many words it has: two are left where it had one.
    if capitals == 2 || capitals == 3 && !is_place {
        words.get(skipped).map_or(0, |word| word.as_ptr() as usize - head.as_ptr() as usize)
    } else {
        head.len()
    }
}

/// Whether a word is a weekday or a month.
fn is_day(word: &str) -> bool {
    ["en", "de"].iter().filter_map(|tag| Language::of(tag)).any(|language| {
        let found = Expressions::find(word, language).first();
        found.is_some_and(|span| span.start == 0 && span.end as usize == word.len())
    })
}

/// Whether an agency that a sentence names stands behind a preposition: `owned by Thomson Reuters`.
fn is_spoken_of(text: &str, credit: &str) -> bool {
    let Some(before) = text.rfind(credit).map(|at| text[..at].trim_end()) else { return false };
    let last = before.rsplit(' ').next().unwrap_or("").to_lowercase();
    let opens = || {
        let lower = before.to_lowercase();
        OPENERS.iter().any(|opener| lower.strip_suffix(last.as_str()).unwrap_or("").trim_end().ends_with(opener))
            || OPENERS.iter().any(|opener| lower.ends_with(opener))
    };
    !credit.contains('/') && (last == "by" || PREPOSITIONS.contains(&last.as_str())) && !opens()
}

/// Reads what stands between two agencies.
fn pieces(segment: &str, from: usize, to: usize, shift: usize, limits: &Limits, found: &mut Credit) {
    let between = &segment[from..to];
    // Nothing but marks, which name nobody.
    if !between.contains(char::is_alphabetic) {
        return;
    }
    let offset = |part: &str| part.as_ptr() as usize - segment.as_ptr() as usize;
    let parts = between
        .split(['/', '|', ',', ':', ';', '©', '(', ')', '–', '—', '•', '·'])
        .flat_map(|part| part.split(" via "))
        .flat_map(|part| {
            TAKEN.iter().find_map(|taken| part.split_once(taken)).map_or([part, ""], |(holder, name)| [holder, name])
        })
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" and "));
    for part in parts {
        let mut name = part.trim_matches([' ', '.', '-', '"', '\u{A0}']);
        // `©2024 Orbis Imaging`
        name = name.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        let mut lower = name.to_lowercase();
        if FILES.contains(&lower.as_str()) {
            found.file = true;
            continue;
        }
        if let Some(word) = HANDOUTS.iter().filter(|word| starts_with_word(&lower, word)).max_by_key(|word| word.len())
        {
            found.handout = true;
            name = name.get(word.len()..).unwrap_or("").trim();
            lower = name.to_lowercase();
        }
        if let Some(word) = OPENERS.iter().filter(|word| starts_with_word(&lower, word)).max_by_key(|word| word.len()) {
            name = name.get(word.len()..).unwrap_or("").trim();
        }
        for article in ["the ", "by ", "from ", "via ", "VIA ", "of ", "from the ", "copyright ", "记者", "記者"] {
            name = name.strip_prefix(article).unwrap_or(name).trim_start();
        }
        // `周明远 摄`, `Sgt. Ada Renn`
        name = name.trim_end_matches(['摄', '攝']).trim_end();
        while let Some((_, rest)) = name.split_once(' ').filter(|(rank, _)| is_rank(rank)) {
            name = rest;
        }
        let name = name.strip_suffix(" via").unwrap_or(name).trim();
        if name.is_empty() || name.chars().all(|c| !c.is_alphabetic()) || name == "via" {
            continue;
        }
        let start = shift + offset(name);
        let span = Span::new(start, start + name.len());
        // An account at a picture agency: `Shutterstock/BoLind`.
        // `PA Wire`, `dpa-Zentralbild`: a word right beside an agency's name belongs to it.
        let beside = from > 0 && offset(name) == from + 1 && segment[from..].starts_with([' ', '-']);
        let sells = || found.agencies.iter().any(|agency| agency.kind == AgencyKind::Picture);
        if !name.contains(' ') && name.is_ascii() && (beside || sells()) {
            continue;
        }
        let is_house = name.split_whitespace().any(|word| HOUSES.contains(&word.to_lowercase().as_str()));
        if !is_house && is_person(name, limits) {
            found.people.push(span);
        } else if name.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
            && name.chars().count() > 2
            && name.split_whitespace().count() <= limits.holder_words
        {
            found.holders.push(span);
        }
    }
}

/// `Sgt.`, and neither `J.` nor `U.S.`
fn is_rank(word: &str) -> bool {
    word.len() > 3 && word.strip_suffix('.').is_some_and(|rank| !rank.contains('.'))
}

/// A field of a caption, its text, the range of the credit in it, and how it was found.
type Segment<'c> = (Field, &'c str, (usize, usize), &'static str, f32);

/// Where a caption's credit stands.
fn segment<'c>(at: u16, caption: &'c Caption, limits: &Limits) -> Option<Segment<'c>> {
    if caption.text.len().max(caption.credit.len()) > limits.longest_line {
        return None;
    }
    let text = caption.text.as_str();
    let told = first_of(text, &ORDERS).unwrap_or(text.len());
    let trimmed = text[..told].trim_end_matches([' ', '.', '-', '\u{A0}']);
    // Brackets at the end.
    if let Some(inner) = trimmed.strip_suffix([')', ']', '）'])
        && let Some(open) = inner.rfind(['(', '[', '（'])
    {
        let start = open + inner[open..].chars().next().map_or(1, char::len_utf8);
        if is_credit(&inner[start..], limits) {
            return Some((Field::Caption(at), text, (start, inner.len()), "brackets", 0.95));
        }
    }
    // A credit on a line of its own, which stands nowhere in the caption.
    let own = caption.credit.trim();
    if !own.is_empty() && !text.contains(own) && own.len() <= limits.credit {
        return Some((Field::Credit(at), &caption.credit, (0, caption.credit.len()), "line", 0.9));
    }
    // Behind a word for it: `Photo: ...`, `© ...`.
    if let Some(mark) = text.rfind('©') {
        let start = mark + '©'.len_utf8();
        if text.len() - start <= limits.credit && start < text.len() {
            return Some((Field::Caption(at), text, (start, text.len()), "copyright", 0.95));
        }
    }
    let colon = text.rmatch_indices([':', ',', '|', '/']).find_map(|(colon, _)| {
        let before = &text[..colon];
        let start = before
            .rfind(['.', '|', '(', '\n', '!', '?', ')', '”', '"'])
            .map_or(0, |stop| stop + text[stop..].chars().next().map_or(1, char::len_utf8));
        let word = before[start..].trim().to_lowercase();
        let fits = OPENERS.contains(&word.as_str()) && text.len() - colon <= limits.credit;
        fits.then_some((start + before[start..].len() - before[start..].trim_start().len(), colon))
    });
    if let Some((start, _)) = colon {
        return Some((Field::Caption(at), text, (start, text.len()), "opener", 0.95));
    }
    // The last words, behind the last sentence.
    let stop = trimmed.rmatch_indices(['.', '!', '?', '”', '"', '|', '—', '–', '。']).find(|(stop, mark)| {
        let rest = &trimmed[stop + mark.len()..];
        (rest.starts_with(' ') || *mark == "。") && !(*mark == "." && ends_in_abbreviation(&trimmed[..*stop]))
    });
    let start = stop.map_or(0, |(stop, mark)| stop + mark.len());
    let tail = trimmed[start..].trim_start();
    let from = trimmed.len() - tail.len();
    let names = named(tail);
    let words = tail.split_whitespace().count();
    let lower = tail.to_lowercase();
    let named_first = names.iter().any(|name| !name.weak || tail.contains('/') || words <= 2);
    let is_tail = words <= 7
        && named_first
        && !has_small_word(tail, &names.iter().map(|name| (name.start, name.end)).collect::<Vec<_>>());
    // `U.S. Army photo by Sgt. Ada Renn`, `PHOTO OUEST-LOIRE, Ada Renn`, `Harrow Grove Police Department`
    let taken = start > 0 && words <= 12 && TAKEN.iter().any(|taken| lower.contains(taken));
    let opened = start > 0 && words <= 7 && OPENERS.contains(&lower.split(' ').next().unwrap_or(""));
    let capitals =
        || !has_small_word(tail, &[]) && tail.split_whitespace().all(|word| word.starts_with(char::is_alphabetic));
    let is_house = || lower.split(' ').any(|word| HOUSES.contains(&word));
    let alone = start > 0 && (opened || (2..=6).contains(&words) && is_house()) && capitals();
    let courtesy = ["courtesy of", "courtesy ", "handout"].iter().any(|word| lower.starts_with(word)) && words <= 8;
    let file = start > 0 && FILES.contains(&lower.as_str());
    if is_tail || courtesy || file || taken || alone {
        return Some((
            Field::Caption(at),
            text,
            (from, trimmed.len()),
            if courtesy { "courtesy" } else { "tail" },
            0.85,
        ));
    }
    // A file picture of nobody: `(Archivbild)` in the middle.
    if says_file(text) {
        return Some((Field::Caption(at), text, (0, 0), "file", 0.8));
    }
    if !own.is_empty() && own.len() <= limits.credit && !is_spoken_of(text, own) {
        return Some((Field::Credit(at), &caption.credit, (0, caption.credit.len()), "line", 0.8));
    }
    None
}

/// Whether what stands in brackets is a credit.
fn is_credit(inner: &str, limits: &Limits) -> bool {
    let inner = inner.trim();
    if inner.is_empty()
        || inner.len() > limits.credit
        || inner.contains(['?', '!'])
        || inner.chars().all(|c| !c.is_alphabetic())
    {
        return false;
    }
    let lower = inner.to_lowercase();
    let first = lower.split([' ', ',']).next().unwrap_or("");
    let is_small = inner.chars().next().is_some_and(char::is_lowercase);
    if !named(inner).is_empty() {
        return true;
    }
    if FILES.iter().chain(&HANDOUTS).chain(OPENERS).any(|word| starts_with_word(&lower, word)) {
        return true;
    }
    // A credit in brackets is a name of a few words; what stands in lower case, or as a sentence, is an aside.
    let words = inner.split_whitespace().count();
    let capitals = inner.split_whitespace().filter(|word| word.chars().next().is_some_and(char::is_uppercase)).count();
    let is_cased = inner.chars().any(|c| c.is_uppercase() || c.is_lowercase());
    !is_small
        && !POSITIONS.contains(&first)
        && !inner.chars().next().is_some_and(char::is_numeric)
        && (2..=6).contains(&words)
        && (!is_cased || capitals * 2 >= words)
        && !inner.ends_with('.')
}

/// Whether a word in small letters stands in text outside of the ranges: then it is a sentence and no credit.
fn has_small_word(text: &str, outside: &[(usize, usize)]) -> bool {
    let offset = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    text.split([' ', '/', '|']).any(|word| {
        let at = offset(word);
        let is_known =
            ["via", "by", "for", "of", "the", "photo", "file", "and", "de", "van", "der", "von"].contains(&word);
        word.chars().next().is_some_and(char::is_lowercase)
            && !is_known
            && !outside.iter().any(|(from, to)| at >= *from && at < *to)
    })
}

/// `Sgt.`, `J.`: not the end of a sentence.
fn ends_in_abbreviation(text: &str) -> bool {
    let word = text.rsplit([' ', '(']).next().unwrap_or("");
    word.chars().count() <= 1 && !word.ends_with(char::is_numeric)
        || word.contains('.') && word.chars().count() <= 5
        || matches!(
            word,
            "Cpl"
                | "Capt"
                | "Spc"
                | "Sgt"
                | "Lt"
                | "Dr"
                | "Mr"
                | "Mrs"
                | "Ms"
                | "St"
                | "Gen"
                | "Col"
                | "Jan"
                | "Feb"
                | "Aug"
                | "Sept"
                | "Oct"
                | "Nov"
                | "Dec"
        )
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// `PA Archive`, and not `Kessian National Archives`.
fn is_archive(segment: &str) -> bool {
    let names = named(segment);
    names.iter().any(|name| {
        let behind = segment[name.end..].trim_start().to_lowercase();
        starts_with_word(&behind, "archive") || starts_with_word(&behind, "archives")
    })
}

/// `HO` among what editors are told.
fn says_handout(text: &str) -> bool {
    let told = first_of(text, &ORDERS);
    told.is_some_and(|told| text[told..].split([' ', '-', '/', '.']).any(|word| matches!(word, "HO" | "HANDOUT")))
}

/// Whether a caption says that its picture is an old one.
fn says_file(text: &str) -> bool {
    let opens =
        ["FILE -", "FILE –", "FILE —", "FILE PHOTO", "File photo", "File Photo", "FILE:", "(FILE", "FILE PICTURE"];
    if opens.iter().any(|open| text.starts_with(open)) {
        return true;
    }
    let lower = text.to_lowercase();
    // `Arkivbild.`
    if lower.split('.').next().is_some_and(|first| first.len() < lower.len() && FILES.contains(&first.trim())) {
        return true;
    }
    // In brackets, or behind a slash or a comma at the end.
    lower.split(['(', ')', '/', ',', '|', '-', ':']).skip(1).any(|piece| {
        let piece = piece.trim_matches([' ', '.']);
        FILES.contains(&piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        check_line(text, "", expected);
    }

    /// A caption, and the part or line of it that is its credit.
    #[track_caller]
    fn check_line(text: &str, line: &str, expected: &str) {
        let caption = Caption { text: text.to_owned(), credit: line.to_owned() };
        let shown = credit(0, &caption, &Limits::default()).map_or(String::new(), |credit| {
            let field = if credit.evidence.field == Field::Credit(0) { line } else { text };
            let agencies = credit.agencies.iter().map(|agency| agency.key.to_owned());
            let people = credit.people.iter().map(|span| format!("by {}", span.of(field)));
            let holders = credit.holders.iter().map(|span| format!("of {}", span.of(field)));
            let flags = [(credit.file, "file"), (credit.handout, "handout")];
            let flags = flags.iter().filter(|(is, _)| *is).map(|(_, name)| (*name).to_owned());
            agencies.chain(people).chain(holders).chain(flags).collect::<Vec<_>>().join(", ")
        });
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn credits() {
        check("The pier. (AP Photo/Tom Halloran, File)", "ap, by Tom Halloran, file");
        check("The old jail (File/Reuters)", "reuters, file");
        check("Divers. Photo: Paul Grieve/AFP via Getty Images", "afp, getty, by Paul Grieve");
        check("The pier (Kessian Presidency)", "of Kessian Presidency");
        check("The wreck. Kessian Navy/Handout via REUTERS", "reuters, of Kessian Navy, handout");
        check("A seal. (Harrow Bay Marine Station)", "of Harrow Bay Marine Station");
        check("A drill. U.S. Army photo by Sgt. Trent M. Vogel", "by Trent M. Vogel, of U.S. Army");
        check("The wreck. Millers Grove Police Department", "of Millers Grove Police Department");
        check("Ash. BNPB/Handout via REUTERS ATTENTION EDITORS - NO RESALES.", "reuters, of BNPB, handout");
        check("I violini. ANSA/ UFFICIO STAMPA +++ HO - NO SALES +++", "ansa, of UFFICIO STAMPA, handout");
        check("村民在田间插秧。新华社记者 周明远 摄", "xinhua, by 周明远");
        check("Gặt lúa. Ảnh: Trần Quang Huy/TTXVN", "vna, by Trần Quang Huy");
        check("Le passeur. PHOTO OUEST-LOIRE, Maëlle Guivarch", "by Maëlle Guivarch, of OUEST-LOIRE");
        check("A picture (Kessian National Archives)", "of Kessian National Archives");
        check("A prince unveils the plaque (PA Archive)", "pa, file");
        check("Die Schleuse. © picture alliance/dpa | Bo Lind", "picture-alliance, dpa, by Bo Lind");
    }

    #[test]
    fn names_that_a_sentence_runs_into() {
        check_line("Rowers in Velm Ada Renn/AFP", "Velm Ada Renn/AFP", "afp, by Ada Renn");
        check_line("Rowers in New Velm Ada Renn/AFP", "New Velm Ada Renn/AFP", "afp");
        check_line("Rowers start on Friday Bo Lind/PA", "Friday Bo Lind/PA", "pa, by Bo Lind");
        check_line("Mayor Odile Brandt Ada Renn/AFP", "Mayor Odile Brandt Ada Renn/AFP", "afp");
        check("Mayor Odile Brandt Ada Renn/AFP", "afp");
        check_line("Fans cheer Ada Renn/AFP", "Ada Renn/AFP", "afp, by Ada Renn");
        check_line("The house, owned by Thomson Reuters", "Thomson Reuters", "");
        check_line("The pier at dusk. Photo by Reuters", "Reuters", "reuters");
        check_line("The pier at dusk Reuters", "Reuters", "reuters");
    }

    #[test]
    fn no_credits() {
        check("The mayor (centre) greets the crew (left).", "");
        check("The keeper, who turned 90 (and still climbs)", "");
        check("The hall of the Associated Press in Velm, where the vote was counted.", "");
        check("", "");
    }
}
