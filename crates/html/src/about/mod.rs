//! What a page says about itself: from its JSON-LD, its metas, its microdata, its visible lines and its URL, with who says it.
//!
//! Everything that is said is kept, also what contradicts. Order of trust: for most fields JSON-LD, OpenGraph, microdata, other metas, what
//! is seen, the URL; for the language what the page is marked with; for the headline see `headline.rs`, for the day `dates.rs`.

mod address;
mod authors;
mod claims;
mod clean;
mod dates;
mod echoes;
mod headline;
mod json;
mod json_ld;
mod meta;
mod microdata;
mod own;
mod titles;
mod visible;

use std::borrow::Cow;

use copydesk_model::{About, Field, Said, Tag, Witness};
use copydesk_text::{Habits, Stamp, url_day};

use crate::blocks::Laid;
use crate::scan::{Attribute, Element, Name, Stream};
use crate::words::Memo;

use claims::Claims;
use clean::{clean, letters};
use microdata::Microdata;
use own::Own;
use titles::Sites;
use visible::{Lines, Time};

/// How many `<time>` elements are looked at: pages list hundreds of other stories with theirs.
const MOST_TIMES: usize = 64;
/// How many scripts of JSON-LD are read, and how long they may be together. The longest of 1,400 pages had 60 and 400 KB.
const MOST_SCRIPTS: usize = 200;
const LONGEST_SCRIPTS: usize = 4_000_000;

/// Headings of the first rank that may be the page's own; some pages make every teaser one.
const MOST_HEADINGS: usize = 2;

/// Metas that say something; pages of scholarly journals have a hundred.
const MOST_METAS: usize = 1_000;
/// Elements with properties, and bytes of source of one whose text is read as a value: properties may be nested in each other.
const MOST_PROPERTIES: usize = 2_000;
const LONGEST_PROPERTY: u32 = 8_000;

/// Reads what a page says about itself, and marks the blocks that repeat it.
pub(crate) fn read(stream: &Stream<'_>, url: &str, laid: &mut Laid, memo: &mut Memo) -> About {
    let found = Found::of(stream);
    let mut claims = Claims::default();
    claims.add(Field::Language, language(&found.language), Witness::Attribute, 0);
    let spoken = found.language.clone();
    let habits = Habits::on(url, &spoken);
    // A site that says where else the page stands is believed only as far as another address of it.
    for (meaning, content) in &found.metas {
        meta::read(*meaning, content, url, habits, &mut claims);
    }
    for link in &found.canonical {
        claims.add(Field::Canonical, address::absolute(url, link), Witness::Link, 0);
    }
    let here = claims.best(Field::Canonical).map_or(url, |claim| claim.value.as_str()).to_owned();
    let headings = laid.marks.iter().zip(&laid.lines).filter(|(mark, _)| mark.tag == Tag::Heading1).take(MOST_HEADINGS);
    let mut titles: Vec<String> = headings.map(|(_, line)| laid.text[line.range()].to_owned()).collect();
    titles.extend(claims.of(Field::Headline).map(|claim| claim.value.clone()));
    titles.push(found.title.clone());
    let address = if url.is_empty() { here.as_str() } else { url };
    let own = Own::new(address, &here, titles);
    let heard = json_ld::read(&found.scripts, address, &own, habits, &mut claims);
    let mut microdata = Microdata::new(&own);
    for (element, properties, is_small) in &found.properties {
        microdata.read(*element, properties, *is_small, url, habits, &mut claims);
    }
    let mut sites = Sites::of(if url.is_empty() { &here } else { url });
    heard.sites.iter().for_each(|site| sites.add(site));
    claims.of(Field::SiteName).for_each(|claim| sites.add(&claim.value));
    claims.of(Field::Section).for_each(|claim| sites.add_section(&claim.value));
    let times: Vec<Time> = found.times.iter().filter_map(|element| timed(*element, habits)).collect();
    let others: Vec<String> = claims.of(Field::Headline).map(|claim| claim.value.clone()).collect();
    let titles = visible::Titles::of(&others, &found.title);
    let lines = Lines { stream, text: &laid.text, lines: &laid.lines, marks: &laid.marks, nodes: &laid.nodes };
    visible::read(memo, lines, &times, &titles, &|line| sites.is_name(line), habits, &mut claims);
    recut(&sites, &mut claims);
    titled(&found.title, &sites, &mut claims);
    if let Some((day, _)) = url_day(if url.is_empty() { &here } else { url }) {
        claims.add(Field::Published, day.to_string(), Witness::Url, 70);
    }
    headline::settle(&mut claims);
    dates::settle(&mut claims);
    authors::settle(&mut claims, &sites);
    let mut about = About { said: claims.said() };
    about.said.extend(dated(stream, &times));
    echoes::Echoes::of(&about, &heard.bodies, habits).set(&laid.text, &laid.lines, &mut laid.marks, habits);
    about
}

/// The elements that say something about the page, collected in one pass.
#[derive(Default)]
struct Found<'d> {
    language: String,
    title: String,
    metas: Vec<(meta::Meaning, Cow<'d, str>)>,
    canonical: Vec<String>,
    scripts: Vec<&'d str>,
    /// With whether the element's text is short enough to be a value.
    properties: Vec<(Element<'d>, &'d str, bool)>,
    times: Vec<Element<'d>>,
}

impl<'d> Found<'d> {
    fn of(stream: &'d Stream<'d>) -> Found<'d> {
        let mut found = Found::default();
        let mut length = 0;
        for element in stream.telling() {
            match element.name() {
                Name::META => found.meta(element),
                Name::SCRIPT => {
                    let is_ld =
                        element.raw(Attribute::TYPE).is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"));
                    let contents = element.contents();
                    if is_ld && found.scripts.len() < MOST_SCRIPTS && length + contents.len() <= LONGEST_SCRIPTS {
                        length += contents.len();
                        found.scripts.push(contents);
                    }
                    continue;
                }
                Name::TITLE if found.title.is_empty() => {
                    // Pictures have titles, too.
                    if !element.ancestors().any(|around| around.name() == Name::SVG) {
                        found.title = clean(element.contents());
                    }
                    continue;
                }
                Name::LINK => {
                    let is_canonical = element.raw(Attribute::REL).is_some_and(|rel| {
                        rel.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("canonical"))
                    });
                    if is_canonical && let Some(link) = element.attribute(Attribute::HREF) {
                        found.canonical.push(link.into_owned());
                    }
                }
                Name::HTML | Name::BODY if found.language.is_empty() => {
                    let language =
                        element.attribute(Attribute::LANG).or_else(|| element.attribute(Attribute::XML_LANG));
                    found.language = language.map_or(String::new(), |given| language_of(&given));
                }
                Name::TIME if found.times.len() < MOST_TIMES => found.times.push(element),
                _ => {}
            }
            let properties = element.raw_first(Attribute::ITEMPROP, Attribute::PROPERTY);
            if let Some((by, properties)) = properties
                && (by == Attribute::ITEMPROP || element.name() != Name::META)
                && found.properties.len() < MOST_PROPERTIES
            {
                let is_small = extent(stream, element) <= LONGEST_PROPERTY;
                found.properties.push((element, properties, is_small));
            }
        }
        found
    }

    fn meta(&mut self, element: Element<'d>) {
        let http = element.raw(Attribute::HTTP_EQUIV);
        let http = http.map(|http| if http.eq_ignore_ascii_case("content-language") { "language" } else { http });
        // A name and a property may stand beside each other.
        for name in [http, element.raw(Attribute::PROPERTY), element.raw(Attribute::NAME)].into_iter().flatten() {
            if let Some(meaning) = meta::meaning(name)
                && self.metas.len() < MOST_METAS
                && let Some(content) = element.attribute(Attribute::CONTENT)
            {
                self.metas.push((meaning, content));
            }
        }
    }
}

/// What the times of a page say of its parts. Where there is one time, it is the page's.
fn dated<'t>(stream: &'t Stream<'_>, times: &'t [Time]) -> impl Iterator<Item = Said> + 't {
    let times = if times.len() > 1 { times } else { &[] };
    times.iter().filter(|time| !time.is_change).map(|time| {
        let value = format!("{} {}", stream.node(time.node).start, time.stamp);
        Said { field: Field::Dated, value, witness: Witness::Time }
    })
}

/// How many bytes of the source an element takes.
fn extent(stream: &Stream<'_>, element: Element<'_>) -> u32 {
    let behind = if element.end() < stream.len() { stream.node(element.end()).start } else { u32::MAX };
    behind.saturating_sub(element.source().start)
}

/// A language tag in the usual spelling; empty for what is none.
fn language(value: &str) -> String {
    language_of(value)
}

fn language_of(value: &str) -> String {
    let value = value.trim().split([',', ';', ' ']).next().unwrap_or("");
    let mut parts = value.split(['-', '_']);
    let primary = parts.next().unwrap_or("").to_ascii_lowercase();
    if !(2..=3).contains(&primary.len()) || !primary.bytes().all(|b| b.is_ascii_lowercase()) {
        return String::new();
    }
    let mut tag = primary;
    for part in parts.take(3) {
        if !(1..=8).contains(&part.len()) || !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
            break;
        }
        tag.push('-');
        match part.len() {
            2 => tag.push_str(&part.to_ascii_uppercase()),
            4 if part.as_bytes()[0].is_ascii_alphabetic() => {
                tag.push_str(&part[..1].to_ascii_uppercase());
                tag.push_str(&part[1..].to_ascii_lowercase());
            }
            _ => tag.push_str(&part.to_ascii_lowercase()),
        }
    }
    tag
}

/// Claims what `<title>` calls the story.
fn titled(title: &str, sites: &Sites, claims: &mut Claims) {
    let others: Vec<Vec<u8>> = claims.of(Field::Headline).map(|claim| letters(&claim.value)).collect();
    claims.add(Field::Headline, titles::cut(title, sites, &others).to_owned(), Witness::Title, 40);
}

/// Cuts the site's name off titles that other witnesses give, now that all of them are known.
fn recut(sites: &Sites, claims: &mut Claims) {
    let seen: Vec<Vec<u8>> = claims
        .of(Field::Headline)
        .filter(|claim| claim.witness == Witness::Visible)
        .map(|claim| letters(&claim.value))
        .collect();
    for claim in claims.all.iter_mut().filter(|claim| claim.field == Field::Headline) {
        // A kicker before a colon is part of what a witness says, even if another one says it without.
        if !seen.contains(&letters(&claim.value)) {
            claim.value = titles::cut(&claim.value, sites, &[]).to_owned();
        }
    }
}

fn timed(element: Element<'_>, habits: Habits<'_>) -> Option<Time> {
    let given = element.attribute(Attribute::DATETIME).filter(|given| !given.trim().is_empty());
    let stamp = Stamp::of(&given?, habits).filter(|stamp| !stamp.is_month())?;
    let class = element.raw(Attribute::CLASS).unwrap_or("").to_ascii_lowercase();
    let property = element.raw(Attribute::ITEMPROP).unwrap_or("");
    let is_change = class.contains("updat") || class.contains("modif") || property == "dateModified";
    Some(Time { node: element.at(), stamp, is_change })
}

#[cfg(test)]
mod tests {
    use copydesk_model::{Field, Html};

    #[test]
    fn a_teaser_says_nothing_of_the_page() {
        let published = |teaser: &str| {
            let source = format!(
                "<title>Ferry opens again after long repairs</title><article><h1>Ferry opens again after long repairs</h1><p>The ferry was opened.</p>{teaser}</article>"
            );
            let html = Html { bytes: source.into_bytes(), charset: String::new(), ..Html::default() };
            let page = crate::read(&html, "https://post.example/ferry", &crate::Limits::default()).unwrap();
            let said = page.markup.about.said.into_iter().find(|said| said.field == Field::Published);
            said.map_or(String::new(), |said| said.value)
        };
        let teaser = |link: &str, headline: &str| {
            format!(
                "<aside itemscope itemtype=https://schema.org/NewsArticle><a itemprop=url href={link}><span itemprop=headline>{headline}</span></a><meta itemprop=datePublished content=2020-01-01></aside>"
            )
        };
        assert_eq!(published(&teaser("/museum", "Museum buys lanterns")), "");
        assert_eq!(published(&teaser("/museum", "The ferry opens again")), "2020-01-01");
        assert_eq!(published(&teaser("/ferry", "Museum buys lanterns")), "2020-01-01");
        let own = "<div itemscope itemtype=https://schema.org/NewsArticle><meta itemprop=headline content='Ferry opens'><meta itemprop=datePublished content=2024-05-03></div>";
        assert_eq!(published(&format!("{}{own}", teaser("/museum", "Museum buys lanterns"))), "2024-05-03");
    }
}
