//! Whether an agency that a body names wrote the story, or is quoted in it.

use copydesk_model::Span;

use super::agencies::{Agency, AgencyKind, Named, agencies};
use super::byline::WRITERS;
use crate::evidence::{Evidence, Field};
use crate::limits::Limits;
use crate::paragraphs::Paragraph;

/// What a sign says of an agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Wrote,
    Quoted,
}

/// A sign in the body.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign {
    pub(super) agency: &'static Agency,
    pub(super) says: Says,
    pub(super) evidence: Evidence,
}

/// The rule of `(Reporting by ...)`.
pub(super) const REPORTING_BY: &str = "reporting-by";

/// Verbs of saying between a comma and the agency that carries the story: `, said Reuters.` English inverts where it credits.
const SAID: [&str; 4] = ["said", "reported", "reports", "wrote"];
/// Words right before an agency's name that make it a source.
const SOURCE_BEFORE: [&str; 34] = [
    "told",
    "to",
    "by",
    "from",
    "with",
    "via",
    "per",
    "cited",
    "citing",
    "quoted",
    "quoting",
    "agency",
    "agencies",
    "agentur",
    "nachrichtenagentur",
    "the",
    "der",
    "dem",
    "die",
    "laut",
    "gegenüber",
    "a",
    "an",
    "state-run",
    "official",
    "by the",
    "said",
    "seen",
    "obtained",
    "as",
    "für",
    "von",
    "وكالة",
    "لوكالة",
];
/// Words right behind an agency's name that make it a source.
const SOURCE_BEHIND: [&str; 44] = [
    "said",
    "says",
    "reported",
    "reports",
    "reporting",
    "news",
    "agency",
    "quoted",
    "cited",
    "citing",
    "added",
    "wrote",
    "writes",
    "has",
    "had",
    "was",
    "could",
    "did",
    "first",
    "that",
    "saw",
    "spoke",
    "confirmed",
    "earlier",
    "on",
    "in",
    "photographer",
    "reporter",
    "reporters",
    "journalist",
    "journalists",
    "correspondent",
    "correspondents",
    "witness",
    "witnesses",
    "poll",
    "calculations",
    "tally",
    "count",
    "analysis",
    "interview",
    "data",
    "report",
    "gave",
];
/// "Told", in front of an agency's name, in other languages: `all'Ansa`, `powiedział PAP`.
const TOLD: [&str; 7] = ["kertoi", "all", "dall", "powiedział", "powiedziała", "podaje", "podała"];
/// Behind it: `DHA muhabirine`.
const TOLD_BEHIND: [&str; 3] = ["muhabirine", "muhabirlerine", "muhabiri"];
/// "Agency", one of the three words in front of its name. Lower case.
const AGENCY: [&str; 17] = [
    "persagentschap",
    "persbureau",
    "uutistoimisto",
    "nyhetsbyrån",
    "nyhedsbureauet",
    "agency",
    "agencies",
    "agentur",
    "nachrichtenagentur",
    "agence",
    "agenzia",
    "agencia",
    "agência",
    "agencja",
    "agencji",
    "агентство",
    "агентству",
];
/// What says at the end of a story that an agency's text went into it.
const INPUTS: [&str; 24] = [
    "combined from",
    "compiled from",
    "material from",
    "information from",
    "with inputs from",
    "with input from",
    "inputs from",
    "with agency inputs",
    "with reporting by",
    "with material from",
    "with files from",
    "mit material von",
    "mit material der",
    "material von",
    "source:",
    "quelle:",
    "fuente:",
    "con información de",
    "avec",
    "com informações da",
    "المصدر:",
    "المصدر",
    "with information from",
    "with reports from",
];

/// "With", before an agency's name in a line of its own. Lower case.
const WITH: [&str; 7] = ["avec", "with", "con", "mit", "med", "com", "met"];

/// What says right before an agency's name that its text is printed again.
const REPRINTS: [&str; 7] = [
    "This report by",
    "This report by The",
    "originally published by",
    "originally published on",
    "first published by",
    "originally appeared on",
    "republished from",
];
/// Words that open a picture's credit. Lower case.
const PICTURES: [&str; 12] =
    ["photo", "foto", "picture", "image", "bild", "video", "graphic", "grafik", "imagen", "صورة", "caption", "credit"];

/// The signs in a body. `behind` is where its dateline ends: what stands before is no sign of its own.
pub(super) fn signs(
    body: &str,
    paragraphs: &[Paragraph<'_>],
    names: &[Named],
    behind: usize,
    limits: &Limits,
) -> Vec<Sign> {
    let mut found = Vec::new();
    let reported = reporting(body, paragraphs, names, limits, &mut found);
    if names.is_empty() {
        return found;
    }
    // A name of two letters means the agency where the text also gives the whole one.
    let mut told: Vec<&str> = names.iter().filter(|name| !name.weak).map(|name| name.agency.key).collect();
    told.sort_unstable();
    told.dedup();
    let closing = paragraphs.len().saturating_sub(limits.closing_paragraphs);
    let last = paragraphs.iter().rposition(|paragraph| !is_mark(paragraph.text)).unwrap_or(0);
    let (mut at, mut about) = (0, None::<(usize, usize, bool)>);
    for name in names.iter().filter(|name| name.agency.kind != AgencyKind::Picture && name.start >= behind) {
        if reported.is_some_and(|(start, end)| name.start >= start && name.end <= end) {
            continue;
        }
        while at + 1 < paragraphs.len() && paragraphs[at + 1].start <= name.start {
            at += 1;
        }
        let Some(paragraph) = paragraphs.get(at) else { break };
        // What is asked of the whole paragraph is asked once.
        if about.is_none_or(|(known, ..)| known != at) {
            about = Some(asked(at, paragraph));
        }
        let (_, words, trusts) = about.unwrap_or_default();
        let end = paragraph.start + paragraph.text.len();
        let place = Place {
            before: last_bytes(&body[paragraph.start..name.start]),
            behind: first_bytes(&body[name.end.min(end)..end]),
            lead: name.start - paragraph.start,
            words,
            trusts,
            closes: at >= closing,
            is_last: at >= last,
            name,
            told: !name.weak || told.binary_search(&name.agency.key).is_ok(),
        };
        if place.is_picture() {
            continue;
        }
        let sign = place
            .copyright()
            .or_else(|| place.signature(limits))
            .or_else(|| place.writers(limits))
            .or_else(|| place.credit())
            .or_else(|| place.source());
        if let Some((says, rule, confidence)) = sign {
            let span = Span::new(name.start, name.end);
            found.push(Sign {
                agency: name.agency,
                says,
                evidence: Evidence { field: Field::Body, span, rule, confidence },
            });
        }
    }
    found
}

/// Initials and numbers of desks below a story: `sug/rb/mr`, `gwi/ mark/`, `1130503`; who edited it.
fn is_mark(text: &str) -> bool {
    let is_short = |word: &str| word.chars().count() <= 4 || word.chars().all(char::is_numeric);
    let initials = text.len() <= LONGEST_MARK
        && !text.ends_with(['.', '!', '?'])
        && text.split([' ', '/', '.', '-']).all(is_short);
    let names = || {
        text.len() <= LONGEST_NAMING && {
            let lower = text.to_lowercase();
            NAMING.iter().any(|naming| lower.starts_with(naming))
        }
    };
    initials || names()
}

/// What begins a line below a story that names who wrote or edited it. Lower case.
const NAMING: [&str; 8] =
    ["edited by ", "editor: ", "editing by ", "reporter: ", "autor: ", "author: ", "redaktor: ", "by "];

/// The longest line of these that is one, in bytes; the longest of initials and numbers.
const LONGEST_NAMING: usize = 60;
const LONGEST_MARK: usize = 16;

/// `(Reporting by ...; Editing by ...)`: how Reuters signs; another agency's if it is named in it. Where it stands.
fn reporting(
    body: &str,
    paragraphs: &[Paragraph<'_>],
    names: &[Named],
    limits: &Limits,
    found: &mut Vec<Sign>,
) -> Option<(usize, usize)> {
    let closing = paragraphs.len().saturating_sub(limits.closing_paragraphs);
    for paragraph in &paragraphs[closing..] {
        let text = paragraph.text;
        let is_opened = text.contains('(');
        let openers = ["(Reporting", "(Additional reporting", "(Writing", "(Compiled"].iter().filter(|_| is_opened);
        let opened = openers.into_iter().find_map(|opener| {
            let start = text.rfind(opener)?;
            let behind = &text[start + opener.len()..];
            (behind.starts_with(" by ") || behind.starts_with(" By ")).then_some(start)
        });
        let plain = || {
            ["Reporting by ", "Writing by ", "Additional reporting by "].iter().any(|opener| text.starts_with(opener))
        };
        let start = match opened {
            Some(start) => start,
            None if plain() && text.contains("diting by ") => 0,
            None => continue,
        };
        let range = (paragraph.start + start, paragraph.start + text.len());
        let inside: Vec<&Named> = names
            .iter()
            .filter(|name| {
                name.start >= range.0 && name.end <= range.1 && name.agency.kind == AgencyKind::Wire && !name.weak
            })
            .collect();
        let agency = inside
            .first()
            .map(|name| name.agency)
            .or_else(|| agencies().iter().find(|agency| agency.key == "reuters"))?;
        let edited = text.contains("diting by ");
        let span = Span::new(range.0, range.1);
        let evidence =
            Evidence { field: Field::Body, span, rule: REPORTING_BY, confidence: if edited { 0.95 } else { 0.8 } };
        found.push(Sign { agency, says: Says::Wrote, evidence });
        debug_assert!(range.1 <= body.len());
        return Some(range);
    }
    None
}

/// The number of a paragraph, its words (as many as matter), and whether it names the Trust Principles.
fn asked(at: usize, paragraph: &Paragraph<'_>) -> (usize, usize, bool) {
    let trusts = paragraph.text.len() < 1_000 && paragraph.text.contains("Thomson Reuters Trust Principles");
    (at, paragraph.text.split_whitespace().take(100).count(), trusts)
}

/// The longest list of agencies and people that contributed, in bytes.
const LONGEST_LIST: usize = 80;

/// How far a sign reaches to either side of a name, in bytes. Chosen: a sentence.
const REACH: usize = 240;

fn last_bytes(text: &str) -> &str {
    let mut from = text.len().saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

fn first_bytes(text: &str) -> &str {
    let mut to = text.len().min(REACH);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    &text[..to]
}

/// An agency's name where it stands.
struct Place<'b> {
    /// What stands before it in its paragraph, as far as a sign can reach.
    before: &'b str,
    behind: &'b str,
    /// Bytes of the paragraph before it.
    lead: usize,
    /// Words of the paragraph.
    words: usize,
    /// The paragraph names the principles that Reuters has below each story.
    trusts: bool,
    closes: bool,
    is_last: bool,
    name: &'b Named,
    told: bool,
}

type Verdict = Option<(Says, &'static str, f32)>;

impl Place<'_> {
    /// `Copyright 2024 The Associated Press`, `© AFP`
    fn copyright(&self) -> Verdict {
        let marked = self.lead < 60
            && ["©", "(c)", "(C)", "Copyright", "copyright", "COPYRIGHT"].iter().any(|mark| self.before.contains(mark));
        (marked && self.closes && self.words <= 60).then_some((Says::Wrote, "copyright", 0.95))
    }

    /// `Photo: Reuters`, `Gary Cameron/Reuters`: who made a picture, in the body.
    fn is_picture(&self) -> bool {
        let lower = self.before.trim_start_matches(['(', '[', ' ', '*']).to_lowercase();
        let opens = || PICTURES.iter().any(|picture| lower.starts_with(picture));
        // `(AP Photo/Lena Ost)`
        let photo = || self.behind.trim_start().to_lowercase().starts_with("photo") && self.behind.contains(['/', ')']);
        photo()
            || self.before.trim_end().ends_with('/') && !self.closes
            || self.lead < 40 && self.words <= 12 && opens()
    }

    /// `dpa` in a line of its own, `— SAPA` or `(Reuters)` at the end, `(With inputs from PTI)`
    fn signature(&self, limits: &Limits) -> Verdict {
        if !self.closes {
            return None;
        }
        let before = self.before.trim_end();
        let behind = self.behind.trim_matches([' ', '.', ')', ']', '）', '】', '/', '-', '–', '—']);
        let lower = self.before.to_lowercase();
        let lower = lower.trim_start_matches(['(', '[', '-', '–', '—', ' ', '*', '_']);
        let ends = behind.is_empty()
            || behind.len() <= 24 && behind.split_whitespace().count() <= 3 && !behind.contains(['.', '!', '?']);
        // `Le Courrier avec AFP`, `with AAP`
        let last = lower.trim_end().rsplit(' ').next().unwrap_or("");
        if WITH.contains(&last) && self.words <= limits.signature_words && !self.behind.ends_with(['.', '!', '?', ':'])
        {
            return Some((Says::Wrote, "inputs", 0.8));
        }
        // `AGERPRES (RO - autor: Ion Popa)`
        let noted = self.behind.starts_with(" (") && self.behind.ends_with(')') && self.words <= 12;
        if noted && before.is_empty() && !self.name.weak {
            return Some((Says::Wrote, "signature", 0.8));
        }
        if REPRINTS.iter().any(|reprint| before.ends_with(reprint)) || self.trusts {
            return Some((Says::Wrote, "reprint", 0.85));
        }
        if INPUTS.iter().any(|input| self.lead < REACH && lower.starts_with(input) && lower.len() < input.len() + 40) {
            return Some((Says::Wrote, "inputs", 0.85));
        }
        if !ends || !self.is_last && self.words > limits.signature_words {
            return None;
        }
        // Alone, or with the initials of those who wrote and edited it.
        let beside = before.split_whitespace().count() + self.behind.split_whitespace().count();
        if (self.words <= 3 || beside <= 2)
            && before.trim_start_matches(['(', '-', '–', '—', '/', '[', ' ', '*', '_']).len() <= 8
        {
            // `Mehr` and `CP` alone are words, and menus; in brackets or behind a dash they sign.
            let marked = before.ends_with(['(', '[', '（', '-', '–', '—', '/', '©']);
            if self.name.weak && !marked {
                return None;
            }
            let verb = ["told", "said", "by", "to", "from", "the"].iter().any(|word| lower.trim_end().ends_with(word));
            return (!verb).then_some((Says::Wrote, "signature", 0.9));
        }
        // Behind the last sentence.
        let closed = behind.is_empty() || behind.chars().next().is_some_and(|c| c.is_numeric());
        if closed && before.ends_with(['(', '（']) {
            return Some((Says::Wrote, "end-brackets", 0.85));
        }
        let dashed = before.ends_with(['-', '–', '—'])
            && before.trim_end_matches(['-', '–', '—', ' ']).ends_with(['.', '"', '”', '»']);
        let follows = before.ends_with(['.', '”', '"', '。', '»']) && !self.name.weak;
        if behind.is_empty() && self.is_last && (dashed || follows) {
            return Some((Says::Wrote, "end", 0.85));
        }
        // `(APA, 3.5.2024)`
        if self.is_last
            && before.ends_with('(')
            && self.behind.trim_end().ends_with([')', '.'])
            && self.behind.len() <= 24
        {
            return Some((Says::Wrote, "end-brackets", 0.85));
        }
        None
    }

    /// `Associated Press writers A and B contributed to this report.`
    fn writers(&self, limits: &Limits) -> Verdict {
        let behind = self.behind.trim_start();
        let contributed = ["contributed to this", "contributed reporting", "contributed from", "contributed."];
        // `The Associated Press and Reuters contributed to this report.`
        let begins =
            self.lead <= "The ".len() || !self.before.contains(['.', '"', '”']) && self.words <= limits.byline_words;
        let follows = contributed.iter().filter_map(|word| behind.find(word)).min();
        if self.closes && begins && follows.is_some_and(|at| at <= LONGEST_LIST && !behind[..at].contains(['.', '"'])) {
            return Some((Says::Wrote, "contributed", 0.85));
        }
        let mut words = behind.split_whitespace();
        // `AP Sports Writer`
        let writer = words.by_ref().take(3).position(|word| WRITERS.contains(&bare(word).as_str()))?;
        let plural = behind.split_whitespace().nth(writer).is_some_and(|word| bare(word).ends_with('s'));
        let next = behind.split_whitespace().nth(writer + 1).unwrap_or("");
        let named = next.chars().next().is_some_and(char::is_uppercase);
        // `AP Science Writer Ana Tovik`, but not `the PA writers`
        if !(self.told || named && self.closes) {
            return None;
        }
        if self.closes && contributed.iter().any(|word| behind.contains(word)) {
            return Some((Says::Wrote, "contributed", 0.95));
        }
        let begins = self.before.trim_start_matches(['_', '*', ' ', '—', '-']).is_empty()
            || self.before.trim_end().ends_with(',');
        (named && (plural || begins && self.closes)).then_some((Says::Wrote, "writers", 0.85))
    }

    /// `..., said Reuters.`
    fn credit(&self) -> Verdict {
        let before = self.before.trim_end();
        let verb = before.rsplit([' ', '\u{A0}']).next().unwrap_or("");
        let clause = before[..before.len() - verb.len()].trim_end();
        let ends = self.behind.is_empty() || self.behind.starts_with(['.', '。']);
        let inverted = SAID.contains(&verb) && clause.ends_with([',', '"', '”', '’']) && ends;
        inverted.then_some((Says::Wrote, "said", 0.7))
    }

    /// `told AFP`, `state news agency SANA said`, `according to Reuters`
    fn source(&self) -> Verdict {
        let before = self.before.trim_end();
        let last = bare(before.rsplit([' ', '\u{A0}', '\n', '“', '"', '(']).next().unwrap_or(""));
        let behind = self.behind;
        let next = bare(
            behind
                .trim_start_matches(['\'', '’'])
                .trim_start()
                .split([' ', '\u{A0}', ',', '.', ';', '\'', '’'])
                .next()
                .unwrap_or(""),
        );
        if before.ends_with('/') {
            return None;
        }
        if last == "told" || before.ends_with("told the") || self.is_prefixed() {
            return (self.told || last == "told").then_some((Says::Quoted, "told", 0.9));
        }
        let told = TOLD.contains(&last.as_str()) || TOLD_BEHIND.contains(&next.as_str());
        if told && (self.told || self.name.weak) {
            return Some((Says::Quoted, "told", 0.8));
        }
        let source = SOURCE_BEFORE.contains(&last.as_str()) || SOURCE_BEHIND.contains(&next.as_str());
        match (self.told, source) {
            (true, true) => Some((Says::Quoted, "source", 0.85)),
            (true, false) => Some((Says::Quoted, "named", 0.6)),
            // `the AP reported`, but neither `the AP course` nor `MENA region`
            (false, _) => {
                let says = ["said", "says", "reported", "reports", "quoted"].contains(&next.as_str());
                let mut near = before.rsplit([' ', '\u{A0}', '\'', '’']).take(3);
                let agency = near.any(|word| AGENCY.contains(&bare(word).as_str()));
                (says || agency).then_some((Says::Quoted, "source", 0.75))
            }
        }
    }

    /// `لرويترز`: "to Reuters"
    fn is_prefixed(&self) -> bool {
        self.before.ends_with(['ل', 'ب']) || self.before.trim_end().ends_with("لوكالة")
    }
}

/// A word in small letters without the marks around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}
