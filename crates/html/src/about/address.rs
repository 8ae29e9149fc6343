//! URLs: made whole, and compared.

/// A link as an absolute URL; empty where it is none of the web.
pub(super) fn absolute(base: &str, link: &str) -> String {
    let link = link.trim();
    if link.contains(char::is_whitespace) || link.is_empty() {
        return String::new();
    }
    if link.starts_with("http://") || link.starts_with("https://") {
        return link.to_owned();
    }
    let Some((scheme, rest)) = base.split_once("://") else { return String::new() };
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    if let Some(link) = link.strip_prefix("//") {
        return format!("{scheme}://{link}");
    }
    if link.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':')) {
        return String::new();
    }
    if link.starts_with('/') {
        return format!("{scheme}://{host}{link}");
    }
    let path = rest[host.len()..].split(['?', '#']).next().unwrap_or("");
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{scheme}://{host}{folder}/{}", link.trim_start_matches("./"))
}

/// Whether two URLs lead to the same page: protocol, `www.`, query, fragment and last slash aside.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let bare = |url: &'_ str| -> String {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let rest = rest.strip_prefix("www.").unwrap_or(rest);
        rest.split(['?', '#']).next().unwrap_or("").trim_end_matches('/').to_ascii_lowercase()
    };
    !one.is_empty() && bare(one) == bare(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_become_urls() {
        #[track_caller]
        fn check(link: &str, expected: &str) {
            assert_eq!(absolute("https://a.example/b/c.html?d", link), expected, "{link}");
        }
        check("https://x.example/y", "https://x.example/y");
        check("//x.example/y", "https://x.example/y");
        check("/y", "https://a.example/y");
        check("y.html", "https://a.example/b/y.html");
        check("javascript:void(0)", "");
        check("", "");
        assert!(is_same("http://www.a.example/b/?x=1", "https://a.example/b"));
        assert!(!is_same("", ""));
    }
}
