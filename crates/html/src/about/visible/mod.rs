//! What a reader sees: the heading, the byline, the date lines beside it.

mod dates;
mod heading;

use std::ops::Range;

use copydesk_model::{Field, Mark, Span, Tag, Witness};
use copydesk_text::{Habits, Stamp, is_byline, is_picture};

use super::authors;
use super::claims::Claims;

pub(super) use heading::Titles;

use dates::dates;
use heading::heading;

/// The blocks of a page, one line each.
#[derive(Clone, Copy)]
pub(super) struct Lines<'l> {
    pub(super) text: &'l str,
    pub(super) lines: &'l [Span],
    pub(super) marks: &'l [Mark],
    /// The number of the element of each.
    pub(super) nodes: &'l [u32],
}

impl<'l> Lines<'l> {
    pub(super) fn line(&self, at: usize) -> &'l str {
        let Span { start, end } = self.lines[at];
        &self.text[start as usize..end as usize]
    }
}

/// A `<time datetime>` of the page.
pub(super) struct Time {
    pub(super) node: u32,
    pub(super) stamp: Stamp,
    /// Its class says that it is a change.
    pub(super) is_change: bool,
}

/// Blocks before and behind the heading in which its byline and date are looked for. Nine in ten date lines of 1,400 pages stand within.
const BEFORE: usize = 8;
const BEHIND: usize = 16;
/// Longer lines are no date lines and no bylines.
const LONGEST: usize = 160;

/// Claims what is seen. `titles` are those of other witnesses, by which the right heading is known.
pub(super) fn read(
    lines: Lines<'_>,
    times: &[Time],
    titles: &Titles,
    is_site: &dyn Fn(&str) -> bool,
    habits: Habits<'_>,
    claims: &mut Claims,
) -> Option<usize> {
    let heading = heading(lines, titles, is_site);
    if let Some((at, rank)) = heading {
        claims.add(Field::Headline, lines.line(at).to_owned(), Witness::Visible, rank);
    }
    let at = heading.map(|(at, _)| at);
    let near = match at {
        Some(at) => at.saturating_sub(BEFORE)..(at + BEHIND).min(lines.lines.len()),
        None => 0..lines.lines.len().min(60),
    };
    bylines(lines, near.clone(), at, habits, claims);
    dates(lines, near.clone(), at, habits, claims);
    time_elements(lines, near, at, times, claims);
    at
}

fn bylines(lines: Lines<'_>, near: Range<usize>, heading: Option<usize>, habits: Habits<'_>, claims: &mut Claims) {
    for at in near {
        let line = lines.line(at);
        if line.len() > LONGEST
            || Some(at) == heading
            || matches!(lines.marks[at].tag, Tag::Heading1 | Tag::Paragraph if line.len() > 90)
        {
            continue;
        }
        let is_marked =
            lines.marks[at].near & const { Mark::word_bit("byline") } != 0 && !lines.marks[at].is_within("figure");
        if is_picture(line) {
            continue;
        }
        let is_said = is_byline(line) && heading.is_none_or(|heading| at > heading);
        if !is_marked && !is_said {
            continue;
        }
        // A date, its weekday and month may follow in the same line.
        let date = Stamp::seen(line, habits).map_or(line.len(), |(_, span)| span.start);
        let end = line.find(|c: char| c.is_numeric()).unwrap_or(line.len()).min(date);
        // `Ada Renn | Published 3 May 2024`
        let label =
            line[..end].rfind(['|', '·', '•', '–', ',']).filter(|at| line[*at..end].split_whitespace().count() <= 2);
        let end = label.filter(|&at| end < line.len() && at > 0).unwrap_or(end);
        let names = authors::names(&line[..end]);
        let is_name = |name: &String| name.split_whitespace().count() <= 5 && !name.contains(['?', '!']);
        let are_names = names.iter().all(is_name) && names.len() <= 6;
        if are_names {
            for name in names {
                claims.add(Field::Author, name, Witness::Visible, if is_marked { 40 } else { 45 });
            }
        }
    }
}

fn time_elements(lines: Lines<'_>, near: Range<usize>, heading: Option<usize>, times: &[Time], claims: &mut Claims) {
    if times.is_empty() || lines.nodes.is_empty() {
        return;
    }
    let first = lines.nodes[near.start.min(lines.nodes.len() - 1)];
    let last = lines.nodes.get(near.end).copied().unwrap_or(u32::MAX);
    let middle = heading.map_or(first, |at| lines.nodes[at]);
    let mut order: Vec<&Time> = times.iter().collect();
    order.sort_by_key(|time| (time.node < middle, time.node.abs_diff(middle)));
    for time in order.iter().take(4) {
        let is_near = (first..last).contains(&time.node);
        let rank = match (is_near, heading.is_some()) {
            (true, true) => 30,
            (true, false) => 48,
            _ => 60,
        };
        let field = if time.is_change { Field::Modified } else { Field::Published };
        claims.add(field, time.stamp.to_string(), Witness::Time, rank);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is seen on a page of a field, the most trusted first; what it says elsewhere is left out.
    #[track_caller]
    fn check(source: &str, field: Field, expected: &[&str]) {
        let html =
            copydesk_model::Html { bytes: source.as_bytes().to_vec(), charset: "utf-8".to_owned(), is_xhtml: false };
        let page = crate::read(&html, "https://post.example/ferry", &crate::Limits::default()).unwrap();
        let seen = page.markup.about.all(field).filter(|said| matches!(said.witness, Witness::Visible | Witness::Time));
        let seen: Vec<&str> = seen.map(|said| said.value.as_str()).collect();
        assert_eq!(seen, expected, "{source}");
    }

    #[test]
    fn the_heading_is_the_one_that_the_title_knows() {
        check(
            "<title>Ferry sinks</title><h1>Weather</h1><h1>Ferry sinks</h1><p>It sank.",
            Field::Headline,
            &["Ferry sinks"],
        );
        check("<title>Ferry sinks</title><h2>Ferry sinks</h2><h1>The Post</h1>", Field::Headline, &["Ferry sinks"]);
        check("<h1>Ferry sinks</h1><h1>Weather</h1>", Field::Headline, &["Ferry sinks"]);
        check("<h3>Weather</h3><p>Ferry sinks", Field::Headline, &[]);
    }

    #[test]
    fn bylines_stand_behind_the_heading_or_are_called_so() {
        check("<h1>Ferry sinks</h1><p>By Ada Renn and Bo Lind<p>It sank.", Field::Author, &["Ada Renn", "Bo Lind"]);
        check("<h1>Ferry sinks</h1><p>By Ada Renn | Published 3 May 2024", Field::Author, &["Ada Renn"]);
        check("<p>By Ada Renn</p><h1>Ferry sinks</h1><p>It sank.", Field::Author, &[]);
        check("<p class=byline>Ada Renn</p><h1>Ferry sinks</h1>", Field::Author, &["Ada Renn"]);
        check("<h1>Ferry sinks</h1><p>Photo: Ada Renn<p>It sank.", Field::Author, &[]);
    }

    #[test]
    fn a_date_line_says_whether_it_is_of_a_change() {
        let line = "<h1>Ferry sinks</h1><p>Published 3 May 2024, updated 4 May 2024 15:47<p>It sank.";
        check(line, Field::Published, &["2024-05-03"]);
        check(line, Field::Modified, &["2024-05-04T15:47"]);
        check(
            "<p>5 May 2024<h1>Ferry sinks</h1><p>3 May 2024<p>It sank.",
            Field::Published,
            &["2024-05-03", "2024-05-05"],
        );
        let end = "<p>It sank.".repeat(30) + "<p class=date>3 May 2024";
        check(&format!("<h1>Ferry sinks</h1>{end}"), Field::Published, &["2024-05-03"]);
    }

    #[test]
    fn times_are_those_nearest_to_the_heading() {
        let time = |day: &str| format!("<p><time datetime={day}>then</time>");
        let page = format!("{}<h1>Ferry sinks</h1>{}<p>It sank.", time("2024-05-05"), time("2024-05-03"));
        check(&page, Field::Published, &["2024-05-03", "2024-05-05"]);
        let change = "<h1>Ferry sinks</h1><p><time class=updated datetime=2024-05-04>then</time>";
        check(change, Field::Modified, &["2024-05-04"]);
    }
}
