use std::collections::BTreeMap;

use copydesk_search::{Field, Leaf, Mark, Node, Sort, Test, Times, order, parse};

use crate::{limits::Limits, problem::Problem};

/// What a row of a list is: how much is folded together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Each {
    /// All versions and copies of a story.
    #[default]
    Story,
    /// All exact copies of a version.
    Version,
    /// Nothing: a row a clipping.
    Clipping,
}

impl Each {
    pub(crate) const ALL: [Each; 3] = [Each::Story, Each::Version, Each::Clipping];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Each::Story => "story",
            Each::Version => "version",
            Each::Clipping => "clipping",
        }
    }

    /// What the control on the page calls it.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Each::Story => "same story",
            Each::Version => "near-identical",
            Each::Clipping => "off",
        }
    }
}

/// A place in a list: a story's place, and how many of its rows were given already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) mark: Mark,
    /// 0 when all of them were.
    pub(crate) given: usize,
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.given == 0 { write!(f, "{}", self.mark) } else { write!(f, "{}-{}", self.mark, self.given) }
    }
}

impl std::str::FromStr for Cursor {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (mark, given) = text.split_once('-').unwrap_or((text, "0"));
        let given = given.parse().map_err(|_| format!("`{text}` is no place in a list; take it from `next`"))?;
        Ok(Self { mark: mark.parse()?, given })
    }
}

/// What a list is narrowed down by: the parameter, the field that it asks, and what the page calls it, in the order of the page.
pub(crate) const FACETS: [(&str, Field, &str); 9] = [
    ("site", Field::Site, "Sites"),
    ("origin", Field::Origin, "Who wrote it"),
    ("agency", Field::Agency, "Agencies"),
    ("author", Field::Author, "Authors"),
    ("place", Field::Place, "Places"),
    ("section", Field::Section, "Sections"),
    ("lang", Field::Lang, "Languages"),
    ("has", Field::Has, "With"),
    ("changed", Field::Changed, "What changed"),
];

/// By what the histogram lays stories out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum By {
    /// The day of their publication.
    #[default]
    Published,
    /// The days that they speak of.
    Mentioned,
}

impl By {
    pub(crate) const ALL: [By; 2] = [By::Published, By::Mentioned];

    pub(crate) fn name(self) -> &'static str {
        match self {
            By::Published => "published",
            By::Mentioned => "mentioned",
        }
    }
}

/// Days from and to; empty where a side is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) from: String,
    pub(crate) to: String,
}

impl Span {
    pub(crate) fn is_open(&self) -> bool {
        self.from.is_empty() && self.to.is_empty()
    }

    fn times(&self) -> Times {
        let side = |side: &str| Times::of(side);
        Times { from: side(&self.from).map(|(first, _)| first), to: side(&self.to).map(|(_, last)| last) }
    }

    /// As a query has it.
    fn range(&self) -> String {
        let side = |side: &str| if side.is_empty() { "*".to_owned() } else { side.to_owned() };
        format!("[{} TO {}]", side(&self.from), side(&self.to))
    }

    /// As people say it.
    pub(crate) fn says(&self) -> String {
        match (self.from.as_str(), self.to.as_str()) {
            (from, "") => format!("from {from}"),
            ("", to) => format!("until {to}"),
            (from, to) if from == to => from.to_owned(),
            (from, to) => format!("{from} to {to}"),
        }
    }
}

/// A question for a list: the query, what it is narrowed down by, and how the list is wanted. It is all in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ask {
    pub(crate) q: String,
    /// Values by the facet's parameter: any of them.
    pub(crate) facets: BTreeMap<&'static str, Vec<String>>,
    /// When it was published.
    pub(crate) published: Span,
    /// What days it speaks of.
    pub(crate) mentions: Span,
    pub(crate) by: By,
    pub(crate) sort: Option<Sort>,
    pub(crate) each: Each,
    pub(crate) after: Option<Cursor>,
    pub(crate) limit: Option<usize>,
}

/// Parameters in the order of an address.
pub(crate) type Parameters = Vec<(String, String)>;

pub(crate) fn parameters(query: Option<&str>) -> Parameters {
    form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect()
}

impl Ask {
    pub(crate) fn read(parameters: &Parameters, limits: &Limits) -> Result<Self, Problem> {
        let mut ask = Ask::default();
        let mut seen: Vec<&str> = Vec::new();
        for (name, value) in parameters {
            let facet = FACETS.into_iter().find(|(facet, ..)| facet == name);
            if facet.is_none() && seen.contains(&name.as_str()) {
                return Err(Problem::unknown_parameter(format!("`{name}` is given twice")));
            }
            seen.push(name);
            // An empty field of a form says nothing.
            let value = value.trim();
            if let Some((facet, field, _)) = facet {
                if value.is_empty() && field.values().is_none() {
                    continue;
                }
                check_value(facet, field, value)?;
                push(ask.chosen(facet), value);
                continue;
            }
            if value.is_empty() && DAYS.contains(&name.as_str()) {
                continue;
            }
            match name.as_str() {
                "q" => ask.q = value.to_owned(),
                "from" => ask.published.from = day("from", value)?,
                "to" => ask.published.to = day("to", value)?,
                "mentions_from" => ask.mentions.from = day("mentions_from", value)?,
                "mentions_to" => ask.mentions.to = day("mentions_to", value)?,
                "by" => {
                    let by = By::ALL.into_iter().find(|by| by.name() == value);
                    let wrong =
                        || Problem::parameter("by", format!("`{value}` is neither `published` nor `mentioned`"));
                    ask.by = by.ok_or_else(wrong)?;
                }
                "sort" => ask.sort = Some(value.parse().map_err(|e| Problem::parameter("sort", e))?),
                "each" => {
                    let each = Each::ALL.into_iter().find(|each| each.name() == value);
                    ask.each = each.ok_or_else(|| {
                        Problem::parameter("each", format!("`{value}` is none of `story`, `version`, `clipping`"))
                    })?;
                }
                "after" => ask.after = Some(value.parse().map_err(|e: String| Problem::parameter("after", e))?),
                "limit" => {
                    let limit = value.parse().ok().filter(|limit| (1..=limits.rows).contains(limit));
                    ask.limit = Some(limit.ok_or_else(|| Problem::limit(value, limits))?);
                }
                _ => {
                    let message = format!(
                        "there is no parameter `{name}`; there are {}",
                        PARAMETERS.map(|name| format!("`{name}`")).join(", ")
                    );
                    return Err(Problem::unknown_parameter(message));
                }
            }
        }
        Ok(ask)
    }

    /// The question as one query.
    pub(crate) fn node(&self) -> Result<Node, Problem> {
        let limits = copydesk_search::Limits::default();
        let mut nodes = Vec::new();
        match parse(&self.q, &limits)? {
            Node::All => {}
            node => nodes.push(node),
        }
        for (name, field, _) in FACETS {
            let leaf = |value: &String| {
                // Names of people, places and agencies are asked for as they are written.
                let exact = matches!(field, Field::Agency | Field::Author | Field::Place);
                let name = if exact { value.clone() } else { value.to_lowercase() };
                Node::Leaf(Leaf { field: Some(field), test: Test::Name(name) })
            };
            nodes.extend(self.facets.get(name).map(|values| Node::Or(values.iter().map(leaf).collect())));
        }
        for (field, span, parameter) in
            [(Field::Published, &self.published, "from"), (Field::Mentions, &self.mentions, "mentions_from")]
        {
            let times = span.times();
            if let (Some(first), Some(last)) = (times.from, times.to)
                && first > last
            {
                return Err(Problem::parameter(
                    parameter,
                    format!("the days end before they begin: `{}` comes after `{}`", span.from, span.to),
                ));
            }
            if !span.is_open() {
                nodes.push(Node::Leaf(Leaf { field: Some(field), test: Test::When(times) }));
            }
        }
        Ok(match nodes.len() {
            0 => Node::All,
            1 => nodes.swap_remove(0),
            _ => Node::And(nodes),
        })
    }

    /// The order in which the answer comes.
    pub(crate) fn order(&self, node: &Node) -> Sort {
        order(node, self.sort.unwrap_or_default())
    }

    /// The question as it stands in an address, without the place in the list.
    pub(crate) fn address(&self) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        let mut add = |name: &str, value: &str| {
            if !value.is_empty() {
                out.append_pair(name, value);
            }
        };
        add("q", &self.q);
        for (name, ..) in FACETS {
            self.values(name).iter().for_each(|value| add(name, value));
        }
        add("from", &self.published.from);
        add("to", &self.published.to);
        add("mentions_from", &self.mentions.from);
        add("mentions_to", &self.mentions.to);
        add("by", if self.by == By::Published { "" } else { self.by.name() });
        add("sort", self.sort.map_or("", Sort::name));
        add("each", if self.each == Each::Story { "" } else { self.each.name() });
        add("limit", &self.limit.map_or(String::new(), |limit| limit.to_string()));
        out.finish()
    }

    /// The address of a page with this question.
    pub(crate) fn link(&self, page: &str) -> String {
        let address = self.address();
        if address.is_empty() { page.to_owned() } else { format!("{page}?{address}") }
    }

    /// The address of the page of the list that begins at a place.
    pub(crate) fn link_after(&self, page: &str, after: Cursor) -> String {
        let link = self.link(page);
        let glue = if link.contains('?') { '&' } else { '?' };
        format!("{link}{glue}after={after}")
    }

    /// The values that a facet is narrowed down by.
    pub(crate) fn values(&self, facet: &str) -> &[String] {
        self.facets.get(facet).map_or(&[], Vec::as_slice)
    }

    fn chosen(&mut self, facet: &'static str) -> &mut Vec<String> {
        self.facets.entry(facet).or_default()
    }

    /// The same question from its beginning, narrowed down by one value more, or by one less where it was.
    pub(crate) fn toggled(&self, facet: &'static str, value: &str) -> Self {
        let mut other = Ask { after: None, ..self.clone() };
        let chosen = other.chosen(facet);
        match chosen.iter().position(|one| one == value) {
            Some(at) => drop(chosen.remove(at)),
            None => chosen.push(value.to_owned()),
        }
        other.facets.retain(|_, values| !values.is_empty());
        other
    }

    /// The same question for other days, from its beginning.
    pub(crate) fn within(&self, by: By, span: Span) -> Self {
        let other = Ask { after: None, ..self.clone() };
        match by {
            By::Published => Ask { published: span, ..other },
            By::Mentioned => Ask { mentions: span, ..other },
        }
    }

    /// The days that the histogram is narrowed down to.
    pub(crate) fn span(&self) -> &Span {
        match self.by {
            By::Published => &self.published,
            By::Mentioned => &self.mentions,
        }
    }

    /// The question in words, for the head of an export or a feed.
    pub(crate) fn says(&self) -> String {
        let mut parts = Vec::new();
        if !self.q.is_empty() {
            parts.push(self.q.clone());
        }
        for (name, ..) in FACETS {
            parts.extend(self.values(name).iter().map(|value| format!("{name}:{value}")));
        }
        for (name, span) in [("published", &self.published), ("mentions", &self.mentions)] {
            if !span.is_open() {
                parts.push(format!("{name}:{}", span.range()));
            }
        }
        if parts.is_empty() { "everything".to_owned() } else { parts.join(" ") }
    }
}

/// What a search may be asked with.
pub(crate) const PARAMETERS: [&str; 19] = [
    "q",
    "site",
    "origin",
    "agency",
    "author",
    "place",
    "section",
    "lang",
    "has",
    "changed",
    "from",
    "to",
    "mentions_from",
    "mentions_to",
    "by",
    "sort",
    "each",
    "after",
    "limit",
];

/// Fields of a form that may be left empty.
const DAYS: [&str; 4] = ["from", "to", "mentions_from", "mentions_to"];

/// Whether a facet with few values has this one.
fn check_value(facet: &'static str, field: Field, value: &str) -> Result<(), Problem> {
    match field.values() {
        Some(values) if !values.contains(&value.to_lowercase().as_str()) => {
            Err(Problem::parameter(facet, format!("no story can have `{value}`; there are {}", values.join(", "))))
        }
        _ => Ok(()),
    }
}

fn push(values: &mut Vec<String>, value: &str) {
    if !values.iter().any(|other| other == value) {
        values.push(value.to_owned());
    }
}

fn day(parameter: &'static str, value: &str) -> Result<String, Problem> {
    match Times::of(value) {
        Some(_) => Ok(value.to_owned()),
        None => Err(Problem::parameter(
            parameter,
            format!("`{value}` is no day, month or year; write `2024-05-03`, `2024-05` or `2024`"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Ask, Problem> {
        Ask::read(&parameters(Some(query)), &Limits::default())
    }

    #[test]
    fn an_address_says_all_of_a_question() {
        let check = |query: &str, expected: &str| assert_eq!(read(query).unwrap().address(), expected);
        check("", "");
        check("q=&from=&site=", "");
        check("q=a+b&site=x&site=y&site=x&each=story", "q=a+b&site=x&site=y");
        check(
            "author=&place=Port+Alder&mentions_to=2023&by=mentioned",
            "place=Port+Alder&mentions_to=2023&by=mentioned",
        );
        assert_eq!(
            read("site=x&site=y").unwrap().toggled("site", "x").toggled("origin", "own").address(),
            "site=y&origin=own"
        );
        assert_eq!(read("site=x").unwrap().toggled("site", "x"), Ask::default());
        check(
            "limit=5&from=2024&to=2024-05&sort=oldest&each=clipping",
            "from=2024&to=2024-05&sort=oldest&each=clipping&limit=5",
        );
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        let check = |query: &str, says: &str| {
            let problem = read(query).and_then(|ask| ask.node()).unwrap_err();
            assert!(problem.status == 400 && problem.detail.contains(says), "{query}: {problem:?}");
        };
        check("colour=red", "no parameter `colour`");
        check("q=a&q=b", "given twice");
        check("sort=size", "no order is called `size`");
        check("each=page", "none of");
        check("sort=", "no order is called ``");
        check("limit=0", "from 1 to 200");
        check("limit=201", "from 1 to 200");
        check("limit=many", "from 1 to 200");
        check("after=here", "no place");
        check("from=yesterday", "no day");
        check("from=2024-06&to=2024-05", "end before they begin");
        check("mentions_from=2024-06&mentions_to=2024-05", "end before they begin");
        check("mentions_from=soon", "no day");
        check("by=size", "neither `published` nor `mentioned`");
        check("origin=paper", "there are wire, own");
        check("changed=", "there are headline");
        check("has=teeth", "no story can have `teeth`");
        check("q=title:", "character");
    }

    #[test]
    fn filters_are_part_of_the_query() {
        let node = read("q=ferry&site=A.example&site=b.example&from=2024-05-03").unwrap().node().unwrap();
        let expected = r#"("ferry" AND (site:"a.example" OR site:"b.example") AND published:[2024-05-03 TO *])"#;
        assert_eq!(node.to_string(), expected);
        let node = read("author=Ana+Aas&section=Sport&mentions_to=2023").unwrap().node().unwrap();
        assert_eq!(node.to_string(), r#"((author:="Ana Aas") AND (section:"sport") AND mentions:[* TO 2023-12-31])"#);
    }
}
