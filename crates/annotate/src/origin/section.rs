//! The part of a site, out of the paths of URLs.

use copydesk_model::Span;

use crate::evidence::{Evidence, Field};

/// Parts of paths that say nothing of what a story is about.
const EMPTY: [&str; 32] = [
    "news",
    "article",
    "articles",
    "story",
    "stories",
    "amp",
    "index",
    "content",
    "post",
    "posts",
    "blog",
    "a",
    "n",
    "p",
    "id",
    "web",
    "archive",
    "archives",
    "print",
    "node",
    "item",
    "read",
    "detail",
    "details",
    "view",
    "page",
    "nachrichten",
    "noticias",
    "artikel",
    "home",
    "www",
    "live",
];

/// The section that a URL names, in small letters, and where it stands: `sport` of `https://post.example/en/sport/2024/05/03/final`.
pub(super) fn section(url: &str) -> Option<(String, Evidence)> {
    let host = url.find("://")? + 3;
    let start = host + url[host..].find('/')? + 1;
    let path = url[start..].split(['?', '#']).next()?;
    let mut at = start;
    let parts: Vec<&str> = path.split('/').collect();
    // The last part is the story's own name.
    for part in &parts[..parts.len().saturating_sub(1)] {
        let lower = part.to_ascii_lowercase();
        let letters = (4..=24).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-');
        // What has three hyphens is the title of something.
        if letters && !EMPTY.contains(&lower.as_str()) && part.matches('-').count() <= 2 {
            let evidence =
                Evidence { field: Field::Url, span: Span::new(at, at + part.len()), rule: "path", confidence: 0.75 };
            return Some((lower, evidence));
        }
        at += part.len() + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: &str) {
        let found = section(url);
        assert_eq!(found.as_ref().map_or("", |(name, _)| name), expected, "{url}");
        if let Some((name, evidence)) = found {
            assert_eq!(evidence.span.of(url).to_lowercase(), name);
        }
    }

    #[test]
    fn sections() {
        check("https://post.example/sport/final", "sport");
        check("https://post.example/en/World-News/2024/05/03/final.html", "world-news");
        check("https://post.example/2024/05/03/final", "");
        check("https://post.example/news/article/12345", "");
        check("https://post.example/", "");
        check("no url", "");
    }
}
