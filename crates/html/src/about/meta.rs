//! What `<meta>` says: OpenGraph, Twitter, Dublin Core, and what publishing systems and trackers call the same things.

use copydesk_model::{Field, Witness};
use copydesk_text::{Habits, Stamp};

use super::address;
use super::authors;
use super::claims::Claims;
use super::clean::clean;

/// Longer names are nobody's.
const LONGEST_NAME: usize = 64;

/// What the name of a `<meta>` means, who says it, and how far it is to be trusted; `None` for most.
pub(super) fn meaning(name: &str) -> Option<Meaning> {
    let mut lower = [0u8; LONGEST_NAME];
    let name = name.trim();
    let lower = lower.get_mut(..name.len())?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    match *lower {
        // Pictures, videos, applications: half of all metas.
        [b'o', b'g', b':', b'i' | b'v', ..] if lower != b"og:image:alt" => None,
        [b'f' | b'a', b'b' | b'l', b':', ..] | [b'm', b's', b'a', ..] | [b'v', b'i', b'e', b'w', ..] => None,
        _ => std::str::from_utf8(lower).ok().and_then(known),
    }
}

/// What a meta's name means, who says it, and how far it is to be trusted.
pub(super) type Meaning = (Field, Witness, u8);

/// Takes the content of one `<meta>`, decoded.
pub(super) fn read(meaning: Meaning, content: &str, url: &str, habits: Habits<'_>, claims: &mut Claims) {
    let (field, witness, rank) = meaning;
    let mut add = |value: String| claims.add(field, value, witness, rank);
    match field {
        Field::Published | Field::Modified => {
            if let Some(stamp) = Stamp::of(content, habits) {
                add(stamp.to_string());
            }
        }
        Field::Author => authors::names(content).into_iter().for_each(add),
        Field::Canonical => add(address::absolute(url, content)),
        Field::Language => add(super::language(content)),
        Field::SiteName if content.contains("://") => {}
        Field::Paywall => {
            let paywall = match content.trim().to_ascii_lowercase().as_str() {
                "free" | "false" | "no" => "false",
                "locked" | "metered" | "paid" | "premium" | "true" | "yes" => "true",
                _ => return,
            };
            add(paywall.to_owned());
        }
        _ => add(clean(content)),
    }
}

/// The names that are known, in small letters.
fn known(name: &str) -> Option<Meaning> {
    use Witness::{Meta, OpenGraph};
    Some(match name {
        "og:title" => (Field::Headline, OpenGraph, 10),
        "twitter:title" => (Field::Headline, Meta, 20),
        "dc.title" | "dcterms.title" | "dc:title" | "parsely-title" | "sailthru.title" | "citation_title" | "hdl"
        | "headline" | "article:title" | "cxenseparse:title" => (Field::Headline, Meta, 22),
        "title" => (Field::Headline, Meta, 30),
        "author" | "authors" => (Field::Author, Meta, 20),
        "article:author" | "og:article:author" | "og:author" | "article:author_name" => (Field::Author, OpenGraph, 12),
        "parsely-author" | "sailthru.author" | "cxenseparse:author" | "citation_author" | "byl" | "bylines"
        | "dc.creator" | "dc:creator" | "dcterms.creator" | "creator" => (Field::Author, Meta, 15),
        "article:published_time"
        | "og:article:published_time"
        | "og:published_time"
        | "article:published"
        | "og:pubdate" => (Field::Published, OpenGraph, 10),
        "article:modified_time" | "og:article:modified_time" | "article:modified" | "og:modified_time" => {
            (Field::Modified, OpenGraph, 10)
        }
        "og:updated_time" | "article:updated_time" | "article:updated" => (Field::Modified, OpenGraph, 15),
        "date"
        | "dc.date"
        | "dc:date"
        | "dcterms.date"
        | "dc.date.issued"
        | "dcterms.issued"
        | "dc.date.created"
        | "dcterms.created"
        | "created"
        | "date.created"
        | "citation_date"
        | "parsely-pub-date"
        | "sailthru.date"
        | "pdate"
        | "ptime"
        | "release_date"
        | "og:release_date"
        | "displaydate"
        | "article_date_original" => (Field::Published, Meta, 20),
        "last-modified"
        | "lastmod"
        | "revised"
        | "dcterms.modified"
        | "dc.date.modified"
        | "dc.date.x-metadatalastmodified"
        | "utime" => (Field::Modified, Meta, 20),
        "article:section" | "og:article:section" | "og:section" => (Field::Section, OpenGraph, 10),
        "section" | "parsely-section" | "sailthru.section" | "cxenseparse:section" | "category" | "channel" => {
            (Field::Section, Meta, 20)
        }
        "og:locale" => (Field::Language, OpenGraph, 30),
        "dc.language" | "dcterms.language" | "dc:language" | "language" | "lang" | "inlanguage" => {
            (Field::Language, Meta, 25)
        }
        "og:site_name" => (Field::SiteName, OpenGraph, 0),
        "application-name" | "apple-mobile-web-app-title" => (Field::SiteName, Meta, 20),
        "dc.publisher" | "publisher" => (Field::SiteName, Meta, 40),
        "og:url" => (Field::Canonical, OpenGraph, 5),
        "twitter:url" | "parsely-link" => (Field::Canonical, Meta, 20),
        "og:description" => (Field::Description, OpenGraph, 10),
        "description" => (Field::Description, Meta, 12),
        "twitter:description" | "dc.description" | "dcterms.abstract" | "sailthru.description" | "abstract" => {
            (Field::Description, Meta, 20)
        }
        "og:image:alt" | "twitter:image:alt" => {
            (Field::Caption, if name.starts_with("og") { OpenGraph } else { Meta }, 30)
        }
        "article:content_tier" => (Field::Paywall, OpenGraph, 10),
        "og:type" => (Field::Kind, OpenGraph, 10),
        "parsely-type" | "dc.type" => (Field::Kind, Meta, 20),
        _ => return dated(name),
    })
}

/// Names that nobody has standardised but that say in English what they are: `publication_date`, `vendor:publish-time`, `originalPubDate`.
fn dated(name: &str) -> Option<Meaning> {
    let is_time = name.as_bytes().windows(4).any(|word| matches!(word, b"date" | b"time"));
    if !is_time || name.contains("expir") || name.contains("update_time_zone") {
        return None;
    }
    if ["modif", "updat", "revis", "changed"].iter().any(|word| name.contains(word)) {
        return Some((Field::Modified, Witness::Meta, 30));
    }
    ["publi", "pubdate", "pub-date", "pub_date", "issued", "created", "posted"]
        .iter()
        .any(|word| name.contains(word))
        .then_some((Field::Published, Witness::Meta, 25))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, content: &str, expected: &str) {
        let mut claims = Claims::default();
        if let Some(meaning) = meaning(name) {
            read(meaning, content, "https://post.example/a", Habits::default(), &mut claims);
        }
        let found: Vec<String> =
            claims.said().iter().map(|said| format!("{} {}: {}", said.witness, said.field, said.value)).collect();
        assert_eq!(found.join("; "), expected, "{name}");
    }

    #[test]
    fn metas_of_all_families() {
        check("og:title", "Ferry &amp; pier", "opengraph headline: Ferry & pier");
        check("OG:Title", "Ferry", "opengraph headline: Ferry");
        check("article:published_time", "2024-05-03T15:47:42Z", "opengraph published: 2024-05-03T15:47:42Z");
        check("DC.date.issued", "2024-05-03", "meta published: 2024-05-03");
        check("vendor:publishTime", "2024-05-03 15:47", "meta published: 2024-05-03T15:47");
        check("cXenseParse:recs:publishtime", "2024-05-03T15:47:42.000Z", "meta published: 2024-05-03T15:47:42Z");
        check("lastModifiedDate", "Fri, 03 May 2024 15:47:42 GMT", "meta modified: 2024-05-03T15:47:42Z");
        check("expirationDate", "2024-05-03", "");
        check("author", "Ada Renn, Bo Lind", "meta author: Ada Renn; meta author: Bo Lind");
        check("article:author", "https://social.example/post", "");
        check("og:locale", "de_AT", "opengraph language: de-AT");
        check("og:url", "/a", "opengraph canonical: https://post.example/a");
        check("publisher", "https://social.example/post", "");
        check("article:content_tier", "locked", "opengraph paywall: true");
        check("viewport", "width=device-width", "");
        check("", "", "");
        check(&"x".repeat(99), "y", "");
    }
}
