//! What a reader sees: the heading, the byline, the date lines beside it.

mod bylines;
mod credits;
mod dates;
mod heading;

use std::ops::Range;

use copydesk_model::{Field, Mark, Span, Witness};
use copydesk_text::{Habits, Stamp};

use super::claims::Claims;
use crate::scan::Stream;
use crate::words::Memo;

pub(super) use heading::Titles;

use bylines::bylines;
use credits::credits;
use dates::dates;
use heading::heading;

/// The blocks of a page, one line each.
#[derive(Clone, Copy)]
pub(super) struct Lines<'l> {
    pub(super) stream: &'l Stream<'l>,
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
    memo: &mut Memo,
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
    bylines(memo, lines, near.clone(), at, habits, claims);
    credits(memo, lines, claims);
    dates(lines, near.clone(), at, habits, claims);
    time_elements(lines, near, at, times, claims);
    at
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
        // the line that it stands in
        let line = lines.nodes.partition_point(|&node| node <= time.node).saturating_sub(1);
        let is_change = time.is_change || (is_near && dates::changed_before(lines, line));
        let field = if is_change { Field::Modified } else { Field::Published };
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
        check("<h1>Ferry sinks</h1><p>By e-mail, on Monday<p>It sank.", Field::Author, &[]);
    }

    #[test]
    fn an_author_may_be_a_part_of_a_line() {
        let named = |line: &str| format!("<h1>Ferry sinks</h1><div>{line}</div><p>It sank.");
        check(&named("<span id=author>沈若川</span> <span>2016-04-12 08:26</span>"), Field::Author, &["沈若川"]);
        check(&named("<a href=/writers/ada-renn>Ada Renn</a> | 3 May 2024"), Field::Author, &["Ada Renn"]);
        check(&named("3 May 2024 <a rel=author href=/x>עדה רן</a>"), Field::Author, &["עדה רן"]);
        check(
            &named(
                "<i class=author-initials>AR</i> <b class=author-name>Ada Renn</b> <a class=author-follow>Follow</a>",
            ),
            Field::Author,
            &["Ada Renn"],
        );
        check(&named("<span>Local</span> | 3 May 2024"), Field::Author, &[]);
        check(&named("3 May 2024 <span class=detail__name>Ада Ренн</span>"), Field::Author, &["Ада Ренн"]);
        check(&named("3 May 2024 <span class=category-name>Local News</span>"), Field::Author, &[]);
        check(&named("<a href=/authors/>All authors</a> | 3 May 2024"), Field::Author, &[]);
    }

    #[test]
    fn a_caption_names_its_maker_in_a_part_of_its_own() {
        let caption = |inner: &str| {
            format!("<h1>Ferry sinks</h1><figure><img><figcaption>{inner}</figcaption></figure><p>It sank.")
        };
        check(&caption("The ferry <span class=figure__author>ADA RENN</span>"), Field::Credit, &["ADA RENN"]);
        check(&caption("The ferry <i>in the sound</i>"), Field::Credit, &[]);
        check(&caption("<span class=credit>The ferry</span>"), Field::Credit, &[]);
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
