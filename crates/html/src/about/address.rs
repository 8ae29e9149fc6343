//! URLs: made whole, and the dates in them.

use copydesk_text::digit_value;

use super::time::Stamp;

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

/// The day that a URL names in its path: `/2024/05/03/`, `/2024-05-03-`, `/20240503`, `/2024/may/03/`, `/05032024`-like not.
pub(super) fn date(url: &str) -> Option<Stamp> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split_once('/')?.1.split(['?', '#']).next()?;
    let bytes = path.as_bytes();
    (0..bytes.len()).find_map(|at| {
        let before_is_digit = at > 0 && bytes[at - 1].is_ascii_digit();
        (!before_is_digit && bytes[at].is_ascii_digit()).then(|| date_at(&path[at..])).flatten()
    })
}

fn date_at(path: &str) -> Option<Stamp> {
    let digits = |text: &str| text.chars().take_while(|&c| c.is_ascii() && digit_value(c).is_some()).count();
    let number = |text: &str| text.parse::<i16>().ok();
    let plausible = |year: &i16| (1990..2100).contains(year);
    match digits(path) {
        8 => {
            let year = number(&path[..4]).filter(plausible)?;
            Stamp::of_day(year, number(&path[4..6])? as u8, number(&path[6..8])? as u8)
        }
        4 => {
            let year = number(&path[..4]).filter(plausible)?;
            // `2024/0503`
            let separator = path[4..].chars().next().filter(|c| matches!(c, '/' | '-' | '_' | '.'))?;
            let rest = &path[5..];
            if digits(rest) == 4 && separator == '/' {
                return Stamp::of_day(year, number(&rest[..2])? as u8, number(&rest[2..4])? as u8);
            }
            let (month, rest) = rest.split_once(separator)?;
            let month = match month.len() {
                1 | 2 => number(month)? as u8,
                3 | 4 => english(month)?,
                _ => return None,
            };
            let length = digits(rest);
            (1..=2).contains(&length).then(|| Stamp::of_day(year, month, number(&rest[..length])? as u8)).flatten()
        }
        _ => None,
    }
}

fn english(month: &str) -> Option<u8> {
    match super::months::month(&month.to_ascii_lowercase(), "en")? {
        super::months::Month::Common(month) => Some(month),
        super::months::Month::Solar(_) => None,
    }
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

    #[test]
    fn urls_name_days() {
        #[track_caller]
        fn check(path: &str, expected: &str) {
            let found = date(&format!("https://2020-01-01.example{path}"));
            assert_eq!(found.map(|stamp| stamp.to_string()).unwrap_or_default(), expected, "{path}");
        }
        check("/2024/05/03/ferry", "2024-05-03");
        check("/news/2024-5-3-ferry", "2024-05-03");
        check("/2024/may/03/ferry", "2024-05-03");
        check("/n1/2024/0424/c1001.html", "2024-04-24");
        check("/a/20240503/x", "2024-05-03");
        check("/a/20241503/x", "");
        check("/a/1202405031", "");
        check("/2024/05/ferry", "");
        check("/", "");
    }
}
