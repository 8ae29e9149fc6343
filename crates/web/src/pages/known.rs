//! What was read from a story's clippings, each value with the words that it was read from.

use crate::{
    archive::{Annotation, Clipping, Mention, Story, each_once},
    ask::{Ask, By, Span},
    pages::{count, direction},
};

/// A line of what is known.
pub(crate) struct Line {
    pub(crate) label: &'static str,
    pub(crate) values: Vec<Known>,
}

/// A value, and why it is believed.
pub(crate) struct Known {
    pub(crate) text: String,
    pub(crate) direction: &'static str,
    /// The stories that have it too.
    pub(crate) link: Option<String>,
    /// Names the explanation on its page.
    pub(crate) id: String,
    pub(crate) why: Vec<Why>,
}

/// The words that a value was read from, and how.
pub(crate) struct Why {
    /// As they stand there; empty where there are none.
    pub(crate) words: String,
    pub(crate) direction: &'static str,
    pub(crate) says: String,
}

/// A piece of a paragraph, or the lines that a value is shown with.
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) known: Option<Moment>,
}

/// A time that is mentioned.
pub(crate) struct Moment {
    /// As HTML writes it; none where it has no way to.
    pub(crate) datetime: Option<String>,
    pub(crate) id: String,
    pub(crate) says: String,
    /// How it was read.
    pub(crate) how: String,
    /// The stories that speak of it too.
    pub(crate) link: Option<String>,
}

/// Explanations of one value: a story that stands in a hundred places has them a hundred times.
const SHOWN: usize = 3;

/// The lines of a story, with at most so many values each.
pub(crate) fn lines(story: &Story, most: usize) -> Vec<Line> {
    let mut ids = 0;
    let mut known = |text: String, link: Option<String>, why: Vec<Why>| {
        ids += 1;
        Known { direction: direction(&text), text, link, id: format!("known-{ids}"), why }
    };
    let mut of = |label: &'static str, what: &'static str, facet: &'static str, name: fn(&Annotation) -> &str| {
        let all = each_once(story.annotations(what).map(name));
        let more = all.len().saturating_sub(most);
        let values = all.into_iter().take(most).map(|shown| {
            let link = (!facet.is_empty()).then(|| Ask::default().toggled(facet, shown).link("/"));
            known(shown.to_owned(), link, whys(story, what, |one| name(one) == shown))
        });
        let mut values: Vec<Known> = values.collect();
        if more > 0 {
            values.push(known(and_more(more), None, Vec::new()));
        }
        Line { label, values }
    };
    let name = Annotation::shown;
    let mut lines = vec![
        of("Written by", "agency", "agency", name),
        of("Quoted", "quoted", "", name),
        of("People", "person", "author", name),
        of("Written at", "place", "place", name),
        of("Dateline", "dateline", "", name),
        of("Pictures by", "credit-person", "", name),
        of("Pictures of", "credit-agency", "", name),
    ];
    // Its words are the value, and why it is not one is its name.
    let refused = of("Not believed", "refused", "", |one| if one.text.is_empty() { one.shown() } else { &one.text });
    let section = of("Section", "section", "", name);
    let mut first = Vec::new();
    if let Some(says) = origin(&story.origin) {
        let link = Ask::default().toggled("origin", &story.origin).link("/");
        first.push(Line { label: "Origin", values: vec![known(says.to_owned(), Some(link), Vec::new())] });
    }
    let published = published(&story.published_from, &story.published_to);
    if !published.is_empty() {
        let mut why = whys(story, "published", |_| true);
        if why.is_empty() {
            why.push(Why {
                words: String::new(),
                direction: "ltr",
                says: format!("As {} says.", witness(&story.published_by)),
            });
        }
        let says = match story.published_by.as_str() {
            "" => published,
            by => format!("{published}, as {} says", witness(by)),
        };
        lines.push(Line { label: "Published", values: vec![known(says, None, why)] });
    }
    lines.push(refused);
    let mut plain = |label: &'static str, values: Vec<(String, Option<String>)>| {
        let all: Vec<_> = values.into_iter().filter(|(text, _)| !text.is_empty()).collect();
        let more = all.len().saturating_sub(most);
        let more = (more > 0).then(|| (and_more(more), None));
        let values = all.into_iter().take(most).chain(more);
        lines.push(Line { label, values: values.map(|(text, link)| known(text, link, Vec::new())).collect() });
    };
    let facet =
        |name: &'static str, value: &str| (value.to_owned(), Some(Ask::default().toggled(name, value).link("/")));
    let first_by = match (story.first_sites.len(), story.first_by.as_str()) {
        (0, _) | (_, "") => "",
        (1, "published") => "by the day of its publication",
        (1, _) => "by the time of its fetching",
        (_, "published") => "published on the same day",
        _ => "fetched at the same time",
    };
    let sites = story.first_sites.iter().map(|site| facet("site", site));
    plain("First to carry it", sites.chain([(first_by.to_owned(), None)]).collect());
    plain("Language", vec![facet("lang", story.spoken())]);
    let told = |name: &&str| !section.values.iter().any(|known| known.text == **name);
    plain(
        "Also in the section",
        story.sections().into_iter().filter(told).map(|name| facet("section", name)).collect(),
    );
    let at = lines.iter().position(|line| line.label == "Also in the section").unwrap_or(lines.len());
    if section.values.is_empty() {
        lines[at..].iter_mut().for_each(|line| line.label = "Section");
    }
    lines.insert(at, section);
    first.extend(lines);
    first.retain(|line| !line.values.is_empty());
    first
}

fn and_more(more: usize) -> String {
    format!("and {} more", count(more as u64))
}

/// Where a value was read, in the clippings of a story.
fn whys(story: &Story, what: &str, is: impl Fn(&Annotation) -> bool) -> Vec<Why> {
    let lead = story.lead();
    let others = story.clippings.iter().filter(|other| lead.is_none_or(|lead| lead.id != other.id));
    let mut out: Vec<Why> = Vec::new();
    let mut more = 0;
    for clipping in lead.into_iter().chain(others) {
        for one in clipping.annotations(what).filter(|one| is(one)) {
            if out.len() == SHOWN {
                more += 1;
            } else {
                out.push(why(one, clipping));
            }
        }
    }
    if more > 0 {
        let says = format!("and {more} more such {}", if more == 1 { "sign" } else { "signs" });
        out.push(Why { words: String::new(), direction: "ltr", says });
    }
    out
}

fn why(one: &Annotation, clipping: &Clipping) -> Why {
    let site = if clipping.site.is_empty() { String::new() } else { format!(" of {}", clipping.site) };
    let reason = if one.what == "refused" && one.shown() != one.text {
        format!(", refused: {}", one.shown())
    } else {
        String::new()
    };
    Why {
        words: one.text.clone(),
        direction: direction(&one.text),
        says: format!("in {}{site}{reason} ({})", place(&one.field), how(&one.rule, one.confidence)),
    }
}

fn how(rule: &str, confidence: f32) -> String {
    let sure = (confidence.clamp(0.0, 1.0) * 100.0).round();
    if rule.is_empty() { format!("{sure} % sure") } else { format!("rule {rule}, {sure} % sure") }
}

fn place(field: &str) -> &str {
    match field {
        "byline" => "the byline",
        "date-line" | "date" => "the date line",
        "body" => "the text",
        "caption" => "a caption",
        "credit" => "a credit",
        "url" => "the address",
        "metadata" => "the markup",
        "fetched" => "the time of fetching",
        other => other,
    }
}

/// Who says when a story was published.
fn witness(by: &str) -> &str {
    match by {
        "metadata" => "the page's markup",
        "url" => "the page's address",
        "date-line" => "the printed date line",
        "dateline" => "the dateline",
        "caption" => "a caption",
        "fetched" => "the time of fetching alone",
        other => other,
    }
}

fn origin(origin: &str) -> Option<&'static str> {
    Some(match origin {
        "wire" => "a news agency's story",
        "own" => "the paper's own report",
        "release" => "a release, paid for and passed on",
        "unknown" => "not told",
        _ => return None,
    })
}

fn published(from: &str, to: &str) -> String {
    match (from, to) {
        ("", "") => String::new(),
        (from, to) if from == to => from.to_owned(),
        ("", to) => format!("on {to} or before"),
        (from, "") => format!("on {from} or after"),
        (from, to) => format!("between {from} and {to}"),
    }
}

/// The paragraphs of a body, cut at the times that are mentioned in them. What lies in no paragraph, or over another, is left out.
pub(crate) fn paragraphs(body: &str, mentions: &[Mention]) -> Vec<Vec<Piece>> {
    let mut out = Vec::new();
    let mut mentions = mentions.iter().enumerate().peekable();
    let mut start = 0;
    for text in body.split("\n\n") {
        let end = start + text.len();
        let mut pieces = Vec::new();
        let mut at = start;
        while let Some((number, mention)) = mentions.next_if(|(_, mention)| (mention.start as usize) < end) {
            let span = mention.start as usize..mention.end as usize;
            let fits = span.start >= at && span.start < span.end && span.end <= end;
            let Some(words) = body.get(span.clone()).filter(|_| fits) else { continue };
            let before = &body[at..span.start];
            if !before.is_empty() {
                pieces.push(Piece { text: before.to_owned(), known: None });
            }
            pieces.push(Piece { text: words.to_owned(), known: Some(moment(number, mention)) });
            at = span.end;
        }
        if at < end {
            pieces.push(Piece { text: body[at..end].to_owned(), known: None });
        }
        if !pieces.is_empty() {
            out.push(pieces);
        }
        start = end + 2;
    }
    out
}

fn moment(number: usize, mention: &Mention) -> Moment {
    let days = match (mention.first.as_str(), mention.last.as_str()) {
        ("", _) | (_, "") => String::new(),
        (first, last) if first == last => first.to_owned(),
        (first, last) => format!("{first} to {last}"),
    };
    let says = match (mention.value.as_str(), mention.open.as_str()) {
        ("", "") => "Left open".to_owned(),
        ("", open) => format!("Left open: {open}"),
        (value, _) if days.is_empty() || days == value => value.to_owned(),
        (value, _) => format!("{value}: {days}"),
    };
    let known = copydesk_search::Times::of(&mention.first).and(copydesk_search::Times::of(&mention.last));
    let span = Span { from: mention.first.clone(), to: mention.last.clone() };
    Moment {
        datetime: is_datetime(&mention.value).then(|| mention.value.clone()),
        id: format!("moment-{number}"),
        says,
        how: match mention.kind.as_str() {
            "" => how(&mention.rule, mention.confidence),
            kind => format!("{}, {}", kind.to_lowercase(), how(&mention.rule, mention.confidence)),
        },
        link: known.map(|_| Ask { by: By::Mentioned, ..Ask::default() }.within(By::Mentioned, span).link("/")),
    }
}

/// Whether HTML's `datetime` takes it: a year, month, week or day, or a duration in days.
fn is_datetime(value: &str) -> bool {
    let like = |shape: &str| {
        value.len() == shape.len()
            && value
                .bytes()
                .zip(shape.bytes())
                .all(|(b, like)| if like == b'0' { b.is_ascii_digit() } else { b == like })
    };
    let days = value.strip_prefix('P').and_then(|rest| rest.strip_suffix('D'));
    ["0000", "0000-00", "0000-00-00", "0000-W00"].iter().any(|shape| like(shape))
        || days.is_some_and(|days| !days.is_empty() && days.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(body: &str, spans: &[(u32, u32)]) -> String {
        let mentions: Vec<Mention> =
            spans.iter().map(|&(start, end)| Mention { start, end, ..Mention::default() }).collect();
        let paragraph = |pieces: Vec<Piece>| {
            let piece = |piece: Piece| if piece.known.is_some() { format!("[{}]", piece.text) } else { piece.text };
            pieces.into_iter().map(piece).collect::<String>()
        };
        paragraphs(body, &mentions).into_iter().map(paragraph).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn paragraphs_are_cut_at_what_is_mentioned() {
        let check = |spans: &[(u32, u32)], expected: &str| assert_eq!(shown("On Monday.\n\nIn May.", spans), expected);
        check(&[], "On Monday.|In May.");
        check(&[(3, 9), (15, 18)], "On [Monday].|In [May].");
        check(&[(0, 10)], "[On Monday.]|In May.");
        // Over another, across paragraphs, backwards, behind the end.
        check(&[(0, 5), (3, 9), (8, 15), (16, 15), (90, 99)], "[On Mo]nday.|In May.");
        assert_eq!(shown("été", &[(0, 1), (0, 2)]), "[é]té");
        assert_eq!(shown("", &[(0, 1)]), "");
    }

    #[test]
    fn what_html_takes() {
        for (value, takes) in [
            ("2024-05-03", true),
            ("2024", true),
            ("2024-W18", true),
            ("P416D", true),
            ("PXD", false),
            ("2024-Q2", false),
            ("", false),
        ] {
            assert_eq!(is_datetime(value), takes, "{value}");
        }
    }
}
