//! The things that scripts speak of, and which of them tell about a page.

use crate::about::json::{Json, Kind};

/// How many things of one kind are looked at, so that a list of a thousand teasers costs no more than a page.
pub(super) const MOST_THINGS: usize = 400;

/// An object that says what it is, with the script that it stands in.
#[derive(Clone, Copy)]
pub(super) struct Thing {
    /// The number of its script.
    pub(super) of: usize,
    pub(super) node: usize,
    pub(super) class: Class,
}

/// What kinds of things tell about a page; the first is the most telling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// `NewsArticle`, `BlogPosting` and all that end alike.
    Story,
    /// Other works with a body: `Report`, `Review`, `Recipe`.
    Work,
    Media,
    /// `WebPage` and its kinds.
    Page,
    Site,
    Trail,
    /// Named and pointed to: persons, pictures.
    Other,
}

fn class(kind: &str) -> Class {
    let kind = kind.rsplit(['/', '#', ':']).next().unwrap_or("");
    match kind {
        _ if kind.ends_with("Article") || kind.ends_with("Posting") => Class::Story,
        "Report" | "Review" | "Recipe" | "HowTo" | "QAPage" | "FAQPage" | "ClaimReview" | "CriticReview"
        | "CreativeWork" | "Interview" => Class::Work,
        "VideoObject" | "AudioObject" | "PodcastEpisode" | "MediaGallery" | "ImageGallery" => Class::Media,
        "WebSite" => Class::Site,
        "BreadcrumbList" => Class::Trail,
        _ if kind.ends_with("Page") => Class::Page,
        _ => Class::Other,
    }
}

/// Finds the things that stand for themselves: at the outside, in `@graph`, in lists, and what a page says it is about.
pub(super) fn collect(json: &Json<'_>, of: usize, node: usize, depth: u8, things: &mut Vec<Thing>) {
    if depth > 4 || things.len() >= MOST_THINGS {
        return;
    }
    match json.kind(node) {
        Kind::List => json.children(node).for_each(|child| collect(json, of, child, depth + 1, things)),
        Kind::Object => {
            let class = kinds(json, node).map(class).min();
            if class.is_some() || json.get(node, "@id").is_some() || json.get(node, "headline").is_some() {
                let bare = if json.get(node, "headline").is_some() { Class::Story } else { Class::Other };
                things.push(Thing { of, node, class: class.unwrap_or(bare) });
            }
            for child in json.children(node) {
                if matches!(
                    json.key(child),
                    "@graph" | "mainEntity" | "mainEntityOfPage" | "hasPart" | "itemReviewed" | "@list"
                ) {
                    collect(json, of, child, depth + 1, things);
                }
            }
        }
        _ => {}
    }
}

pub(super) fn kinds<'j>(json: &'j Json<'_>, node: usize) -> impl Iterator<Item = &'j str> {
    json.get(node, "@type")
        .or_else(|| json.get(node, "type"))
        .into_iter()
        .flat_map(|kind| json.each(kind))
        .map(|kind| json.raw(kind))
}
