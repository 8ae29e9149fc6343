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

/// A question for a list: the query, what it is narrowed down by, and how the list is wanted. It is all in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ask {
    pub(crate) q: String,
    pub(crate) sites: Vec<String>,
    pub(crate) langs: Vec<String>,
    pub(crate) has: Vec<String>,
    pub(crate) agencies: Vec<String>,
    pub(crate) from: String,
    pub(crate) to: String,
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
            let several = matches!(name.as_str(), "site" | "lang" | "has" | "agency");
            if !several && seen.contains(&name.as_str()) {
                return Err(Problem::unknown_parameter(format!("`{name}` is given twice")));
            }
            seen.push(name);
            // An empty field of a form says nothing.
            let value = value.trim();
            if value.is_empty() && MAY_BE_EMPTY.contains(&name.as_str()) {
                continue;
            }
            match name.as_str() {
                "q" => ask.q = value.to_owned(),
                "site" => push(&mut ask.sites, value),
                "lang" => push(&mut ask.langs, value),
                "has" => push(&mut ask.has, value),
                "agency" => push(&mut ask.agencies, value),
                "from" => ask.from = day("from", value)?,
                "to" => ask.to = day("to", value)?,
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
                    let wrong =
                        || Problem::parameter("limit", format!("`{value}` is no number from 1 to {}", limits.rows));
                    ask.limit = Some(limit.ok_or_else(wrong)?);
                }
                _ => {
                    let message = format!(
                        "there is no parameter `{name}`; there are {}",
                        NAMES.map(|name| format!("`{name}`")).join(", ")
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
        let named = |field: Field, names: &[String]| -> Option<Node> {
            let leaf = |name: &String| Node::Leaf(Leaf { field: Some(field), test: Test::Name(name.to_lowercase()) });
            (!names.is_empty()).then(|| Node::Or(names.iter().map(leaf).collect()))
        };
        nodes.extend(named(Field::Site, &self.sites));
        nodes.extend(named(Field::Lang, &self.langs));
        if let Some(unknown) = self.has.iter().find(|has| parse(&format!("has:\"{has}\""), &limits).is_err()) {
            return Err(Problem::parameter("has", format!("no story can have `{unknown}`")));
        }
        nodes.extend(named(Field::Has, &self.has));
        if !self.agencies.is_empty() {
            let leaf =
                |name: &String| Node::Leaf(Leaf { field: Some(Field::Agency), test: Test::Phrase(name.clone(), 0) });
            nodes.push(Node::Or(self.agencies.iter().map(leaf).collect()));
        }
        let (from, to) = (Times::of(&self.from).map(|(first, _)| first), Times::of(&self.to).map(|(_, last)| last));
        if let (Some(first), Some(last)) = (from, to)
            && first > last
        {
            return Err(Problem::parameter(
                "from",
                format!("the days end before they begin: `{}` comes after `{}`", self.from, self.to),
            ));
        }
        if from.is_some() || to.is_some() {
            nodes.push(Node::Leaf(Leaf { field: Some(Field::Published), test: Test::When(Times { from, to }) }));
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
        self.sites.iter().for_each(|site| add("site", site));
        self.langs.iter().for_each(|lang| add("lang", lang));
        self.has.iter().for_each(|has| add("has", has));
        self.agencies.iter().for_each(|agency| add("agency", agency));
        add("from", &self.from);
        add("to", &self.to);
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
    pub(crate) fn chosen(&mut self, facet: &str) -> &mut Vec<String> {
        match facet {
            "site" => &mut self.sites,
            "lang" => &mut self.langs,
            "has" => &mut self.has,
            _ => &mut self.agencies,
        }
    }

    /// The question in words, for the head of an export or a feed.
    pub(crate) fn says(&self) -> String {
        let mut parts = Vec::new();
        if !self.q.is_empty() {
            parts.push(self.q.clone());
        }
        for (name, values) in
            [("site", &self.sites), ("lang", &self.langs), ("has", &self.has), ("agency", &self.agencies)]
        {
            parts.extend(values.iter().map(|value| format!("{name}:{value}")));
        }
        if !self.from.is_empty() || !self.to.is_empty() {
            let side = |side: &str| if side.is_empty() { "*".to_owned() } else { side.to_owned() };
            parts.push(format!("published:[{} TO {}]", side(&self.from), side(&self.to)));
        }
        if parts.is_empty() { "everything".to_owned() } else { parts.join(" ") }
    }
}

const NAMES: [&str; 11] = ["q", "site", "lang", "has", "agency", "from", "to", "sort", "each", "after", "limit"];

const MAY_BE_EMPTY: [&str; 5] = ["site", "lang", "agency", "from", "to"];

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
        check("has=teeth", "no story can have `teeth`");
        check("q=title:", "character");
    }

    #[test]
    fn filters_are_part_of_the_query() {
        let node = read("q=ferry&site=A.example&site=b.example&from=2024-05-03").unwrap().node().unwrap();
        let expected = r#"("ferry" AND (site:"a.example" OR site:"b.example") AND published:[2024-05-03 TO *])"#;
        assert_eq!(node.to_string(), expected);
    }
}
