//! The pages: a file each, beside its template.

pub(crate) mod api;
pub(crate) mod capture;
pub(crate) mod diff;
pub(crate) mod help;
pub(crate) mod histogram;
pub(crate) mod known;
pub(crate) mod search;
pub(crate) mod sources;
pub(crate) mod story;

use askama::Template;
use axum::http::Uri;

use crate::{ask::parameters, problem::Problem, reply::Reply, routes::BUILD};

/// What every page has around it.
pub(crate) struct Frame {
    pub(crate) title: String,
    /// Which of the pages that the head leads to it is.
    pub(crate) here: &'static str,
    /// The archive's commit; none where that is not known.
    pub(crate) commit: Option<u64>,
    /// What the search field holds.
    pub(crate) q: String,
    /// Where feeds of what is shown are.
    pub(crate) feed: String,
    pub(crate) build: &'static str,
}

impl Frame {
    pub(crate) fn new(title: impl Into<String>, here: &'static str, commit: u64) -> Self {
        Self { title: title.into(), here, commit: Some(commit), q: String::new(), feed: String::new(), build: BUILD }
    }
}

/// `1234567` as `1,234,567`.
pub(crate) fn count(number: impl Into<u64>) -> String {
    let digits = number.into().to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 page`, `2 pages`.
pub(crate) fn several(number: impl Into<u64>, one: &str, more: &str) -> String {
    let number = number.into();
    format!("{} {}", count(number), if number == 1 { one } else { more })
}

/// A time for people: the day, and the minute where it is known; the empty text for none.
pub(crate) fn minute(time: &str) -> String {
    match (time.get(..10), time.get(11..16)) {
        (Some(day), Some(minute)) => format!("{day} {minute}"),
        _ => time.to_owned(),
    }
}

/// A time for people as exact as it is known, a month, a day or a minute, with the zone it was given in; of the same text for less.
///
/// ```
/// use copydesk_web::moment;
/// assert_eq!(moment("2024-05-02T08:00:00+02:00"), "2024-05-02 08:00 +02:00");
/// assert_eq!(moment("2024-05-02T08:00:00Z"), "2024-05-02 08:00 UTC");
/// assert_eq!(moment("2024-05"), "2024-05");
/// ```
pub fn moment(time: &str) -> String {
    let zone = match time.get(16..).and_then(|rest| rest.find(['Z', '+', '-']).map(|at| &rest[at..])) {
        Some("Z") => " UTC".to_owned(),
        Some(zone) => format!(" {zone}"),
        None => String::new(),
    };
    minute(time) + &zone
}

/// From when to when, in days.
pub(crate) fn days(first: &str, last: &str) -> String {
    match (first.get(..10), last.get(..10)) {
        (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
        (Some(day), _) | (None, Some(day)) => day.to_owned(),
        (None, None) => "undated".to_owned(),
    }
}

/// An address that a link may lead to: only what a browser fetches, never what it runs.
pub(crate) fn web_address(url: &str) -> Option<&str> {
    let is = |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let printed = !url.chars().any(|c| c.is_control() || c.is_whitespace());
    (printed && (is("http://") || is("https://"))).then_some(url)
}

/// Which way a text runs: as its first letter does that says so.
pub(crate) fn direction(text: &str) -> &'static str {
    let rightwards = |c: char| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}');
    match text.chars().find(|c| c.is_alphabetic()) {
        Some(c) if rightwards(c) => "rtl",
        _ => "ltr",
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'p> {
    frame: Frame,
    problem: &'p Problem,
    /// The query up to the mistake, the character there, and the rest.
    parts: Option<(String, String, String)>,
}

pub(crate) fn problem(problem: &Problem, uri: &Uri) -> Result<Reply, Problem> {
    let q =
        parameters(uri.query()).into_iter().find(|(name, _)| name == "q").map(|(_, value)| value).unwrap_or_default();
    // What is far too long is not shown again.
    let q: String = if q.len() > 4_096 { String::new() } else { q.trim().to_owned() };
    let parts = problem.at.filter(|_| !q.is_empty()).map(|at| {
        let mut chars = q.chars();
        let before: String = chars.by_ref().take(at).collect();
        let there = chars.next().map_or_else(|| " ".to_owned(), String::from);
        (before, there, chars.collect())
    });
    let frame = Frame { title: problem.title.to_owned(), here: "", commit: None, q, feed: String::new(), build: BUILD };
    Reply::page(&ProblemPage { frame, problem, parts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_are_linked() {
        let check = |url: &str, expected: bool| assert_eq!(web_address(url).is_some(), expected, "{url}");
        check("https://harbour-post.example/a?b", true);
        check("HTTP://harbour-post.example", true);
        check("javascript:alert(1)", false);
        check("JavaScript:alert(1)", false);
        check("data:text/html,x", false);
        check("//harbour-post.example", false);
        check("https://a.example/\nset-cookie:b", false);
        check("", false);
    }

    #[test]
    fn texts_run_as_they_begin() {
        assert_eq!(
            [direction("“منارة Kestrel"), direction("Kestrel منارة"), direction("潮見島"), direction("")],
            ["rtl", "ltr", "ltr", "ltr"]
        );
    }
}
