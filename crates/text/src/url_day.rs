//! Days in the paths of URLs.

use std::ops::Range;

use crate::digit::digit_value;
use crate::months::{Month, month};
use crate::stamp::Stamp;

/// The day that a URL names in its path, and where it stands: `/2024/05/03/`, `/2024-05-03-`, `/20240503`, `/2024/may/03/`, `/05032024`-like not.
///
/// ```
/// let url = "https://post.example/2024/05/03/ferry";
/// let (stamp, span) = copydesk_text::url_day(url).unwrap();
/// assert_eq!((stamp.to_string().as_str(), &url[span]), ("2024-05-03", "2024/05/03"));
/// ```
pub fn url_day(url: &str) -> Option<(Stamp, Range<usize>)> {
    let host = url.find("://").map_or(0, |scheme| scheme + 3);
    let start = host + url[host..].find('/')? + 1;
    let path = url[start..].split(['?', '#']).next()?;
    let bytes = path.as_bytes();
    (0..bytes.len()).find_map(|at| {
        let before_is_digit = at > 0 && bytes[at - 1].is_ascii_digit();
        let found = (!before_is_digit && bytes[at].is_ascii_digit()).then(|| day_at(&path[at..])).flatten();
        found.map(|(stamp, length)| (stamp, start + at..start + at + length))
    })
}

/// The day that a path begins with, and how many bytes it takes.
fn day_at(path: &str) -> Option<(Stamp, usize)> {
    let digits = |text: &str| text.chars().take_while(|&c| c.is_ascii() && digit_value(c).is_some()).count();
    let number = |text: &str| text.parse::<i16>().ok();
    let plausible = |year: &i16| (1990..2100).contains(year);
    match digits(path) {
        8 => {
            let year = number(&path[..4]).filter(plausible)?;
            Some((Stamp::of_day(year, number(&path[4..6])? as u8, number(&path[6..8])? as u8)?, 8))
        }
        4 => {
            let year = number(&path[..4]).filter(plausible)?;
            // `2024/0503`
            let separator = path[4..].chars().next().filter(|c| matches!(c, '/' | '-' | '_' | '.'))?;
            let rest = &path[5..];
            if digits(rest) == 4 && separator == '/' {
                return Some((Stamp::of_day(year, number(&rest[..2])? as u8, number(&rest[2..4])? as u8)?, 9));
            }
            let (word, rest) = rest.split_once(separator)?;
            let month = match word.len() {
                1 | 2 => number(word)? as u8,
                3 | 4 => english(word)?,
                _ => return None,
            };
            let length = digits(rest);
            let day = (1..=2).contains(&length).then(|| number(&rest[..length])).flatten()?;
            Some((Stamp::of_day(year, month, day as u8)?, 5 + word.len() + 1 + length))
        }
        _ => None,
    }
}

fn english(name: &str) -> Option<u8> {
    match month(&name.to_ascii_lowercase(), "en")? {
        Month::Common(month) => Some(month),
        Month::Solar(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_name_days() {
        #[track_caller]
        fn check(path: &str, expected: &str) {
            let found = url_day(&format!("https://2020-01-01.example{path}"));
            assert_eq!(found.map(|(stamp, _)| stamp.to_string()).unwrap_or_default(), expected, "{path}");
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
