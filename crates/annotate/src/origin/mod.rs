//! Where a story comes from: a news agency or the paper's own reporters, its place, its authors, its pictures' makers.
//!
//! An agency that is quoted is not the one that wrote the story. Both are kept, each with the words it was read from.

mod agencies;
mod byline;
mod credit;
mod dateline;
mod section;
mod signs;

use copydesk_model::{Span, site_of};
use memchr::memchr_iter;

pub use agencies::{Agency, AgencyKind, agencies};
pub use credit::Credit;
pub use dateline::Dateline;

pub(crate) use agencies::{Beginnings, Named, Watch};
pub(crate) use dateline::{Unresolved, dateline as read_dateline};

use crate::dates::Language;
use crate::evidence::{Evidence, Field};
use crate::limits::Limits;
use crate::paragraphs::{Paragraph, paragraphs};
use crate::printed::Printed;
use signs::Says;

/// Where a story comes from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// What the signs come to.
    pub kind: OriginKind,
    /// The agencies that wrote it, the surest first, each once; empty where no sign is sure enough.
    pub wrote: Vec<Attribution>,
    /// The agencies that are quoted and did not write it, in the order of the text.
    pub quoted: Vec<Attribution>,
    /// The dateline that the body begins with.
    pub dateline: Option<Dateline>,
    /// The people who wrote it: names as printed, without "by", roles and places.
    pub people: Vec<Person>,
    /// Who made the pictures: one credit a caption that has one, with the caption's place.
    pub credits: Vec<(u16, Credit)>,
    /// The part of the site, out of the URL.
    pub section: Option<(String, Evidence)>,
}

/// Whether a story was written by an agency or by the paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OriginKind {
    /// An agency wrote it, or most of it.
    Wire,
    /// It was paid for and passed on.
    Release,
    /// People are named, and no agency.
    Own,
    /// Nothing says.
    #[default]
    Unknown,
}

impl OriginKind {
    /// Name in tables and on screens.
    pub fn name(self) -> &'static str {
        match self {
            OriginKind::Wire => "wire",
            OriginKind::Release => "release",
            OriginKind::Own => "own",
            OriginKind::Unknown => "unknown",
        }
    }
}

/// An agency and the surest sign of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attribution {
    /// The agency.
    pub agency: &'static Agency,
    /// Where and how it was read.
    pub evidence: Evidence,
}

/// Somebody who wrote the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// The name as printed.
    pub name: String,
    /// Where it stands.
    pub evidence: Evidence,
}

/// Reads where a clipping comes from.
///
/// ```
/// use copydesk_annotate::{Limits, OriginKind, Printed, origin};
/// let body = "MARROW BAY (Reuters) - The pier closed on Tuesday.\n\n\"It is over,\" a keeper told AFP.";
/// let origin = origin(&Printed { body, ..Printed::default() }, &Limits::default());
/// assert_eq!(origin.kind, OriginKind::Wire);
/// assert_eq!(origin.wrote[0].agency.key, "reuters");
/// assert_eq!(origin.quoted[0].agency.key, "afp");
/// assert_eq!(origin.dateline.unwrap().places[0].of(body), "MARROW BAY");
/// ```
pub fn origin(printed: &Printed<'_>, limits: &Limits) -> Origin {
    let names = agencies::named(printed.body);
    let body = BodyOrigin::read(printed.body, &paragraphs(printed.body), names, printed.spoken(), limits);
    origin_of(printed, &body, limits)
}

/// What a body alone says of where it comes from.
#[derive(Clone, Debug, Default)]
pub(crate) struct BodyOrigin {
    /// The people whom bylines in the body name, each once.
    people: Vec<Person>,
    /// The agencies that bylines and the dateline name.
    wrote: Vec<Attribution>,
    dateline: Option<Dateline>,
    signs: Vec<signs::Sign>,
    /// The first dateline of the opening paragraphs, whatever stands before it.
    pub(crate) first_dateline: Option<Unresolved>,
}

impl BodyOrigin {
    /// `names` are those in the body.
    pub(crate) fn read(
        body: &str,
        paragraphs: &[Paragraph<'_>],
        names: Vec<Named>,
        language: Option<&'static Language>,
        limits: &Limits,
    ) -> Self {
        let mut found = BodyOrigin::default();
        let behind = found.above(body, paragraphs, language, limits);
        found.signs = signs::signs(body, paragraphs, &names, behind, limits);
        found.below(body, paragraphs, behind, limits);
        found
    }

    /// Reads bylines and the dateline; returns where they end.
    fn above(
        &mut self,
        body: &str,
        paragraphs: &[Paragraph<'_>],
        language: Option<&'static Language>,
        limits: &Limits,
    ) -> usize {
        let opening = &paragraphs[..paragraphs.len().min(limits.opening_paragraphs)];
        let read = |paragraph: &Paragraph<'_>| dateline::dateline(*paragraph, language, limits);
        let first = opening.iter().enumerate().find_map(|(at, paragraph)| Some((at, read(paragraph)?)));
        // A body may begin with its byline, and a dateline follows it.
        let mut behind = 0;
        for (at, paragraph) in opening.iter().enumerate() {
            if byline::is_in_body(*paragraph, limits) {
                let byline = byline::byline(paragraph.text, limits);
                people(&mut self.people, paragraph.text, paragraph.start, Field::Body, &byline.people, 0.8);
                bylined(&byline.agencies, Field::Body, paragraph.start, &mut self.wrote);
                // Below a sentence it is the line of who signs a short story.
                if opening[..at].iter().all(|above| !above.text.ends_with(['.', ')', '!', '?', '”', '"'])) {
                    behind = paragraph.start + paragraph.text.len();
                }
                continue;
            }
            // ... and may go on behind it.
            if let Some((byline, end)) = byline::run_in(paragraph.text, limits) {
                people(&mut self.people, paragraph.text, paragraph.start, Field::Body, &byline.people, 0.8);
                bylined(&byline.agencies, Field::Body, paragraph.start, &mut self.wrote);
                behind = paragraph.start + end;
                continue;
            }
            // `The Associated Press`, `Associated Press Writer` in a line of its own.
            if paragraph.text.len() <= LONGEST_NAME
                && let [agency] = agencies::named(paragraph.text)[..]
                && paragraphs.len() > 1
                && (paragraph.text.len() <= agency.end - agency.start + 4
                    || byline::is_role(&[&paragraph.text[..agency.start], &paragraph.text[agency.end..]]))
            {
                bylined(&[agency], Field::Body, paragraph.start, &mut self.wrote);
                behind = paragraph.start + paragraph.text.len();
                continue;
            }
            let dateline = match &first {
                Some((first, line)) if *first == at => Some(line.near(None)),
                Some((first, _)) if *first < at => read(paragraph).map(|line| line.near(None)),
                _ => None,
            };
            let Some(dateline) = dateline else { continue };
            if let Some(above) = at.checked_sub(1).map(|above| opening[above])
                && !dateline.agencies.is_empty()
                && is_bare_name(above, limits)
            {
                people(&mut self.people, above.text, above.start, Field::Body, &[(0, above.text.len())], 0.7);
            }
            for (agency, span) in &dateline.agencies {
                let evidence =
                    Evidence { field: Field::Body, span: *span, rule: "dateline", confidence: dateline.confidence };
                self.wrote.push(Attribution { agency, evidence });
            }
            behind = dateline.span.end as usize;
            reporter(&mut self.people, body, dateline.span, limits);
            self.dateline = Some(dateline);
            break;
        }
        self.first_dateline = first.map(|(_, line)| line);
        behind
    }

    /// Reads who is named below the story: `Odette Marchand, The Canadian Press`, `By Ada Renn`, `(Reporting by Bo Lind)`.
    fn below(&mut self, body: &str, paragraphs: &[Paragraph<'_>], behind: usize, limits: &Limits) {
        let below = paragraphs.len().saturating_sub(limits.naming_paragraphs).max(1);
        let ending = paragraphs.get(below..).unwrap_or_default();
        for paragraph in ending.iter().filter(|one| one.start > behind && byline::is_below(**one, limits)) {
            let byline = byline::byline(paragraph.text, limits);
            people(&mut self.people, paragraph.text, paragraph.start, Field::Body, &byline.people, 0.75);
        }
        for sign in self.signs.iter().filter(|sign| sign.evidence.rule == signs::REPORTING_BY) {
            let span = sign.evidence.span;
            let named = byline::reporters(span.of(body), limits);
            people(&mut self.people, span.of(body), span.start as usize, Field::Body, &named, 0.9);
        }
    }
}

/// Where the first of some phrases stands in a text, all of which begin with a space.
fn first_of(text: &str, phrases: &[&str]) -> Option<usize> {
    debug_assert!(phrases.iter().all(|phrase| phrase.starts_with(' ') && phrase.len() > 1));
    // Most words begin with none of their second bytes, of which the lowest six bits are looked at.
    let bit = |byte: u8| 1_u64 << (byte & 63);
    let seconds = phrases.iter().fold(0, |all, phrase| all | bit(phrase.as_bytes()[1]));
    let begins = |at: usize| phrases.iter().any(|phrase| text[at..].starts_with(phrase));
    let bytes = text.as_bytes();
    memchr_iter(b' ', bytes).find(|&at| bytes.get(at + 1).is_some_and(|next| seconds & bit(*next) != 0) && begins(at))
}

/// `ADA RENN` in a line of its own, without "by".
fn is_bare_name(paragraph: Paragraph<'_>, limits: &Limits) -> bool {
    !byline::is_in_body(paragraph, limits)
        && agencies::named(paragraph.text).is_empty()
        && byline::is_person(paragraph.text, limits)
}

/// Where a clipping comes from, with what its body says.
pub(crate) fn origin_of(printed: &Printed<'_>, body: &BodyOrigin, limits: &Limits) -> Origin {
    let mut found = Origin { section: section::section(printed.url), ..Origin::default() };
    let mut wrote: Vec<Attribution> = Vec::new();
    let byline = byline::byline(printed.byline, limits);
    people(&mut found.people, printed.byline, 0, Field::Byline, &byline.people, 0.9);
    bylined(&byline.agencies, Field::Byline, 0, &mut wrote);
    for person in &body.people {
        if !found.people.iter().any(|known| known.name == person.name) {
            found.people.push(person.clone());
        }
    }
    wrote.extend_from_slice(&body.wrote);
    found.dateline.clone_from(&body.dateline);
    for sign in &body.signs {
        let attribution = Attribution { agency: sign.agency, evidence: sign.evidence };
        // Whoever signs with a name and ends a sentence with `, said Reuters` quotes.
        let quotes = sign.evidence.rule == "said" && !found.people.is_empty();
        match sign.says {
            Says::Wrote if !quotes => wrote.push(attribution),
            _ => found.quoted.push(attribution),
        }
    }
    let site = site_of(printed.url);
    if let Some(agency) = agencies::of_site(site) {
        let start = printed.url.find(site).unwrap_or(0);
        let evidence =
            Evidence { field: Field::Url, span: Span::new(start, start + site.len()), rule: "site", confidence: 0.9 };
        wrote.push(Attribution { agency, evidence });
    }

    wrote.retain(|one| one.evidence.confidence >= limits.wrote && one.agency.kind != AgencyKind::Picture);
    wrote.sort_by(|one, other| other.evidence.confidence.total_cmp(&one.evidence.confidence));
    found.wrote = once(wrote);
    // `DEAR ABBY:` looks like `NEW DELHI:`; an agency tells them apart.
    if found.wrote.is_empty() && found.dateline.as_ref().is_some_and(|line| line.confidence < limits.dateline_alone) {
        found.dateline = None;
    }
    let quoted = std::mem::take(&mut found.quoted);
    found.quoted = once(quoted.into_iter().filter(|one| !found.wrote.iter().any(|w| w.agency == one.agency)).collect());
    found.kind = match found.wrote.first() {
        Some(first) if first.agency.kind == AgencyKind::Release => OriginKind::Release,
        Some(_) => OriginKind::Wire,
        None if !found.people.is_empty() => OriginKind::Own,
        None => OriginKind::Unknown,
    };
    for (at, caption) in printed.captions.iter().enumerate().take(usize::from(u16::MAX)) {
        if let Some(credit) = credit::credit(at as u16, caption, limits) {
            found.credits.push((at as u16, credit));
        }
    }
    found
}

/// The longest name of an agency, with the marks around it.
const LONGEST_NAME: usize = 60;

/// Each agency once, by its first sign.
fn once(attributions: Vec<Attribution>) -> Vec<Attribution> {
    let mut kept: Vec<Attribution> = Vec::new();
    for one in attributions {
        if !kept.iter().any(|known| known.agency == one.agency) {
            kept.push(one);
        }
    }
    kept
}

fn bylined(agencies: &[Named], field: Field, start: usize, wrote: &mut Vec<Attribution>) {
    for name in agencies {
        let span = Span::new(start + name.start, start + name.end);
        let confidence = if name.weak { 0.85 } else { 0.95 };
        wrote.push(Attribution { agency: name.agency, evidence: Evidence { field, span, rule: "byline", confidence } });
    }
}

fn people(found: &mut Vec<Person>, text: &str, start: usize, field: Field, people: &[(usize, usize)], confidence: f32) {
    for (span, (from, to)) in byline::spans(people, start).zip(people) {
        let name = text[*from..*to].to_owned();
        if !found.iter().any(|known| known.name == name) {
            found.push(Person { name, evidence: Evidence { field, span, rule: "byline", confidence } });
        }
    }
}

/// `한소율 기자 =` behind a dateline, and `＝田宮直樹】` in one.
fn reporter(found: &mut Vec<Person>, body: &str, line: Span, limits: &Limits) {
    let slug = line.of(body).trim_end_matches('】');
    if let Some((place, name)) = slug.split_once(['＝', '=']).filter(|_| slug.starts_with('【')) {
        let equals = slug[place.len()..].chars().next().map_or(0, char::len_utf8);
        let is_person = byline::is_person(name, limits) && agencies::named(name).is_empty();
        let own = if is_person { vec![(0, name.len())] } else { Vec::new() };
        people(found, name, line.start as usize + place.len() + equals, Field::Body, &own, 0.85);
        return;
    }
    let behind = line.end as usize;
    // `新华社北京5月3日电（记者周明远、李若楠）`
    let opened = body[behind..].trim_start();
    let inner = ["（记者", "(记者", "（記者"].iter().find_map(|opener| opened.strip_prefix(opener));
    if let Some(inner) = inner
        && let Some(close) = inner.find(['）', ')']).filter(|close| *close <= 60)
    {
        let offset = |part: &str| part.as_ptr() as usize - body.as_ptr() as usize;
        for name in
            inner[..close].split(['、', '，', ' ']).map(str::trim).filter(|name| byline::is_person(name, limits))
        {
            people(found, name, offset(name), Field::Body, &[(0, name.len())], 0.85);
        }
        return;
    }
    let rest = &body[behind..];
    let Some(end) = rest.find('=').filter(|end| *end <= 60) else { return };
    let byline = byline::byline(rest[..end].trim(), limits);
    let shift = rest[..end].len() - rest[..end].trim_start().len();
    people(found, rest[..end].trim(), behind + shift, Field::Body, &byline.people, 0.85);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `wrote | quoted | people`
    #[track_caller]
    fn check(byline: &str, body: &str, expected: &str) {
        let found = origin(&Printed { byline, body, ..Printed::default() }, &Limits::default());
        let keys = |list: &[Attribution]| list.iter().map(|one| one.agency.key).collect::<Vec<_>>().join(" ");
        let people = found.people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ");
        let shown = format!("{} | {} | {people}", keys(&found.wrote), keys(&found.quoted));
        assert_eq!(shown, expected, "{byline} / {body}");
    }

    #[test]
    fn who_wrote_it() {
        check("", "VELM (AP) — The dam held.", "ap |  | ");
        check("", "The dam held, the report found, said Reuters.", "reuters |  | ");
        check("", "The dam held.\n\n(Reporting by Ana Tovik; Editing by Bo Lind)", "reuters |  | Ana Tovik");
        check("", "The dam held.\n\nThe Associated Press and Reuters contributed to this report.", "ap reuters |  | ");
        check("", "The dam held.\n\nLe Courrier avec AFP", "afp |  | ");
        check("", "Tama trzyma. (PAP)\n\nautor: Ada Renn\n\nabc/ def/", "pap |  | Ada Renn");
        check("", "VELM, May 3 (BTA) - The dam held.\n\nBy Ada Renn", "bta |  | Ada Renn");
        check("", "新华社维尔姆5月3日电（记者周明远、李若楠）港口周二关闭。", "xinhua |  | 周明远, 李若楠");
        check("", "El dique aguanta. EFE\n\nabc/def", "efe |  | ");
        check("", "ADA RENN\n\nVELM (FOLHAPRESS) - A barragem.", "folhapress |  | ADA RENN");
        check("", "By ADA RENN\n\nAssociated Press Writer\n\nThe dam held.", "ap |  | ADA RENN");
        check(
            "",
            "The dam held.\n\nAssociated Press writers Ana Tovik and Bo Lind contributed to this report.",
            "ap |  | ",
        );
        check("", "The dam held.\n\n(Con información de AFP, EFE y Reuters)", "afp efe reuters |  | ");
        check("", "The dam held. (ats/nxp)", "keystone-ats |  | ");
        check("AFP", "The dam held.", "afp |  | ");
    }

    #[test]
    fn who_is_quoted() {
        check("", "The dam held, a keeper told AFP.", " | afp | ");
        check("", "State news agency SANA said the dam held.", " | sana | ");
        check("", "The dam held, according to Reuters.", " | reuters | ");
        check("", "« La digue tient », a déclaré l'agence algérienne APS.", " | aps-algeria | ");
        check("", "Tama trzyma, powiedział PAP burmistrz.", " | pap | ");
        check("", "Tass Okoro baked at the SPA; a poll of AP readers.", " |  | ");
        check("By Ana Tovik", "The dam held, the report found, said Reuters.", " | reuters | Ana Tovik");
        check("", "VELM (AP) — The dam held, Yonhap reported.", "ap | yonhap | ");
    }

    #[test]
    fn what_only_looks_like_an_agency() {
        check("", "Der Damm hält.\n\nMehr zum Thema", " |  | ");
        check("", "The MENA region is dry.\n\nThe PA system failed; the AP course is in May.", " |  | ");
        check("", "The dam held.\n\nPhoto: Reuters", " |  | ");
        check("", "The dam held. Gary Lind/Reuters.", " |  | ");
        check("", "A list of links.\n\nWhy the dam held [Bloomberg]", " | bloomberg | ");
        check("", "DEAR ANA: The dam held. What now?", " |  | ");
    }

    #[test]
    fn sites_of_agencies() {
        let printed = Printed { url: "https://www.reuters.com/world/dam", body: "The dam held.", ..Printed::default() };
        let found = origin(&printed, &Limits::default());
        assert_eq!((found.kind, found.wrote[0].evidence.span.of(printed.url)), (OriginKind::Wire, "reuters.com"));
    }
}
