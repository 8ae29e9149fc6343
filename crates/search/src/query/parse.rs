use std::fmt;

use super::{Field, Leaf, Node, Numbers, Test, Times};
use crate::{limits::Limits, words::tokens};

/// Why a query cannot be understood, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// The character at which it is, from 0.
    pub at: usize,
    /// What is wrong there and what to write instead.
    pub message: String,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at character {}: {}", self.at + 1, self.message)
    }
}

impl std::error::Error for QueryError {}

/// Takes a query apart. An empty one, or `*`, asks for every story.
///
/// Words next to each other are all asked for; `OR` binds less than `AND`, `NOT` (or a `-` before a word) more than both.
///
/// ```
/// use copydesk_search::{Limits, parse};
/// let parse = |query| parse(query, &Limits::default());
/// assert_eq!(parse("ferry OR boat -fire").unwrap().to_string(), r#"("ferry" OR ("boat" AND NOT "fire"))"#);
/// assert_eq!(parse("title:(ferry AND").unwrap_err().to_string(), "at character 17: something to look for is missing here");
/// ```
pub fn parse(query: &str, limits: &Limits) -> Result<Node, QueryError> {
    if query.len() > limits.query_bytes {
        let message = format!("the query has {} bytes, and {} are the most", query.len(), limits.query_bytes);
        return Err(QueryError { at: 0, message });
    }
    let mut parser = Parser { chars: query.chars().collect(), at: 0, limits, field: None, depth: 0 };
    parser.skip_space();
    if parser.is_done() {
        return Ok(Node::All);
    }
    let node = parser.alternatives()?;
    if let Some(c) = parser.peek() {
        return Err(parser.error(parser.at, format!("`{c}` closes nothing: take it away, or open a bracket before it")));
    }
    let leaves = node.leaves();
    if leaves > limits.leaves {
        let message = format!("the query asks for {leaves} things, and {} are the most", limits.leaves);
        return Err(QueryError { at: 0, message });
    }
    Ok(node)
}

struct Parser<'l> {
    chars: Vec<char>,
    at: usize,
    limits: &'l Limits,
    /// The field whose brackets are open.
    field: Option<Field>,
    depth: usize,
}

/// What ends a word.
fn ends(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '"' | '“' | '”' | '„' | '[' | ']' | '«' | '»')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

impl Parser<'_> {
    fn error<T: Into<String>>(&self, at: usize, message: T) -> QueryError {
        QueryError { at, message: message.into() }
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn is_done(&self) -> bool {
        self.at >= self.chars.len()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    /// Takes an operator, which stands alone and in capitals.
    fn take(&mut self, operator: &str) -> bool {
        let end = self.at + operator.len();
        let is_here = self.chars.get(self.at..end).is_some_and(|found| found.iter().copied().eq(operator.chars()));
        let stands_alone = self.chars.get(end).is_none_or(|&c| ends(c));
        if is_here && stands_alone {
            self.at = end;
            self.skip_space();
        }
        is_here && stands_alone
    }

    fn next_is(&mut self, operator: &str) -> bool {
        let at = self.at;
        let found = self.take(operator);
        self.at = at;
        found
    }

    fn missing(&self) -> QueryError {
        self.error(self.at, "something to look for is missing here")
    }

    fn alternatives(&mut self) -> Result<Node, QueryError> {
        let mut nodes = vec![self.all()?];
        while self.take("OR") {
            nodes.push(self.all()?);
        }
        Ok(if nodes.len() == 1 { nodes.swap_remove(0) } else { Node::Or(nodes) })
    }

    fn all(&mut self) -> Result<Node, QueryError> {
        let mut nodes = Vec::new();
        let mut any = false;
        loop {
            self.skip_space();
            if self.is_done() || self.peek() == Some(')') || self.next_is("OR") {
                break;
            }
            if self.take("AND") {
                if !any {
                    return Err(
                        self.error(self.at.saturating_sub(4), "before this `AND` something to look for is missing")
                    );
                }
                self.skip_space();
                if self.is_done() || self.peek() == Some(')') || self.next_is("OR") || self.next_is("AND") {
                    return Err(self.missing());
                }
                continue;
            }
            any = true;
            // Punctuation that stands alone, as in pasted text, asks for nothing.
            nodes.extend(self.one()?);
        }
        match nodes.len() {
            0 if any => Err(self.error(self.at.saturating_sub(1), "there is no letter or digit to look for")),
            0 => Err(self.missing()),
            1 => Ok(nodes.swap_remove(0)),
            _ => Ok(Node::And(nodes)),
        }
    }

    fn one(&mut self) -> Result<Option<Node>, QueryError> {
        let negated = self.take("NOT") || self.take_minus();
        if negated {
            if self.is_done() || self.peek() == Some(')') || self.next_is("OR") || self.next_is("AND") {
                return Err(self.missing());
            }
            self.depth += 1;
            self.check_depth()?;
            let node = self.one()?;
            self.depth -= 1;
            return match node {
                Some(node) => Ok(Some(Node::Not(Box::new(node)))),
                None => Err(self.missing()),
            };
        }
        if self.peek() == Some('(') {
            return self.brackets().map(Some);
        }
        let start = self.at;
        if let Some(field) = self.field_name()? {
            if self.peek() == Some('(') {
                if field.counts() || field.is_time() {
                    return Err(self.error(
                        self.at,
                        format!("`{}:` takes no brackets; write a range, such as `{}`", field.name(), example(field)),
                    ));
                }
                let outer = self.field.replace(field);
                let node = self.brackets();
                self.field = outer;
                return node.map(Some);
            }
            return self.value(Some(field), start);
        }
        self.value(self.field, start)
    }

    fn take_minus(&mut self) -> bool {
        let minus =
            self.peek() == Some('-') && self.chars.get(self.at + 1).is_some_and(|&c| !c.is_whitespace() && c != '-');
        self.at += usize::from(minus);
        minus
    }

    fn check_depth(&self) -> Result<(), QueryError> {
        if self.depth > self.limits.depth {
            return Err(
                self.error(self.at, format!("more than {} brackets stand inside each other here", self.limits.depth))
            );
        }
        Ok(())
    }

    fn brackets(&mut self) -> Result<Node, QueryError> {
        let opened = self.at;
        self.depth += 1;
        self.check_depth()?;
        self.at += 1;
        let node = self.alternatives()?;
        self.depth -= 1;
        self.skip_space();
        if self.peek() != Some(')') {
            return Err(self.error(opened, "this bracket is never closed"));
        }
        self.at += 1;
        Ok(node)
    }

    /// The field before a colon; what stands before a colon and is no field is an error, unless a space follows, as in pasted text.
    fn field_name(&mut self) -> Result<Option<Field>, QueryError> {
        let name: String = self.chars[self.at..].iter().take_while(|c| c.is_alphabetic() || **c == '_').collect();
        let colon = self.at + name.chars().count();
        if name.is_empty() || self.chars.get(colon) != Some(&':') {
            return Ok(None);
        }
        let after = self.chars.get(colon + 1);
        match Field::named(&name.to_lowercase()) {
            Some(field) if after.is_none_or(|c| c.is_whitespace() || *c == ')') => Err(self.error(
                colon,
                format!("`{}:` wants a value right behind it, such as `{}`", field.name(), example(field)),
            )),
            Some(field) => {
                self.at = colon + 1;
                Ok(Some(field))
            }
            // `Rivals: the` and `http://` are text.
            None if after.is_none_or(|c| c.is_whitespace() || *c == '/') => Ok(None),
            None => {
                let names = Field::ALL.map(Field::name).join(", ");
                Err(self.error(self.at, format!("there is no field `{name}`; the fields are {names}; to look for the text itself put it in quotation marks")))
            }
        }
    }

    fn value(&mut self, field: Option<Field>, start: usize) -> Result<Option<Node>, QueryError> {
        let test = match field {
            Some(field) if field.is_time() => self.when(field)?,
            Some(field) if field.counts() => self.count(field)?,
            Some(field) if field.has_names() && self.peek() == Some('=') => {
                let test = self.whole_name(field)?;
                return Ok(Some(Node::Leaf(Leaf { field: Some(field), test })));
            }
            _ => match self.words(field)? {
                Some(test) => test,
                None if field.is_some() && field != self.field => {
                    return Err(self.error(start, "there is no letter or digit to look for"));
                }
                None => return Ok(None),
            },
        };
        Ok(Some(match test {
            Test::Name(name) if name == "*" => Node::All,
            test => Node::Leaf(Leaf { field, test }),
        }))
    }

    fn words(&mut self, field: Option<Field>) -> Result<Option<Test>, QueryError> {
        let start = self.at;
        let quoted = self.peek().is_some_and(is_quote);
        let text = if quoted { self.quoted()? } else { self.bare() };
        if !quoted && text.is_empty() {
            let c = self.peek().unwrap_or(' ');
            return Err(self
                .error(start, format!("`{c}` begins a range, which only `published:`, `mentions:` and counts take")));
        }
        if let Some(field) = field.filter(|field| field.is_name()) {
            return self.name(field, start, &text).map(Some);
        }
        if !quoted && text == "*" {
            return Ok(Some(Test::Name("*".to_owned())));
        }
        if let Some(beginning) = text.strip_suffix('*').filter(|_| !quoted) {
            return self.prefix(start, beginning).map(Some);
        }
        if !quoted && text == "||" {
            return Err(self.error(start, "`||` asks for nothing; one or the other is `OR`, in capitals"));
        }
        let without_digits = text.trim_end_matches(|c: char| c.is_ascii_digit());
        if !quoted && without_digits.len() > 1 && without_digits.ends_with('~') {
            let tilde = start + without_digits.chars().count() - 1;
            return Err(self.error(
                tilde,
                "`~` stands behind words in quotation marks, such as `\"sund straits\"~5`; of a word alone its other forms are found",
            ));
        }
        if !quoted && let Some(star) = text.chars().position(|c| c == '*') {
            return Err(self.error(start + star, "`*` can only stand at the end of a word"));
        }
        let slop = if quoted { self.slop()? } else { 0 };
        let words = tokens(&text).iter().filter(|token| token.single || !text_is_unspaced(&text)).count();
        Ok(match words {
            0 => None,
            1 => Some(Test::Word(text)),
            _ if quoted => Some(Test::Phrase(text, slop)),
            _ => Some(Test::Word(text)),
        })
    }

    /// `="Mara Lindqvist"`: the name as it is written, and no other.
    fn whole_name(&mut self, field: Field) -> Result<Test, QueryError> {
        self.at += 1;
        let start = self.at;
        let text = if self.peek().is_some_and(is_quote) { self.quoted()? } else { self.bare() };
        if text.trim().is_empty() {
            return Err(self.error(start, format!("`{}:=` wants a whole name in quotation marks", field.name())));
        }
        Ok(Test::Name(text))
    }

    fn quoted(&mut self) -> Result<String, QueryError> {
        let opened = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            match self.peek() {
                None => return Err(self.error(opened, "this quotation mark is never closed")),
                Some('\\') if self.chars.get(self.at + 1).is_some_and(|c| is_quote(*c) || *c == '\\') => {
                    text.push(self.chars[self.at + 1]);
                    self.at += 2;
                }
                Some(c) if is_quote(c) => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(c) => {
                    text.push(c);
                    self.at += 1;
                }
            }
        }
    }

    fn bare(&mut self) -> String {
        let start = self.at;
        while self.peek().is_some_and(|c| !ends(c)) {
            self.at += 1;
        }
        self.chars[start..self.at].iter().collect()
    }

    fn slop(&mut self) -> Result<u32, QueryError> {
        if self.peek() != Some('~') {
            return Ok(0);
        }
        let tilde = self.at;
        self.at += 1;
        let digits = self.bare();
        match digits.parse::<u32>() {
            Ok(slop) if slop <= self.limits.slop => Ok(slop),
            Ok(_) => Err(self.error(tilde + 1, format!("{} words between is the most", self.limits.slop))),
            Err(_) => {
                Err(self
                    .error(tilde, "behind `~` stands how many words may come between, such as `\"sund straits\"~5`"))
            }
        }
    }

    fn prefix(&self, start: usize, beginning: &str) -> Result<Test, QueryError> {
        let found = tokens(beginning);
        match found.as_slice() {
            [token] if token.span.len() == beginning.len() && token.text.chars().count() >= self.limits.prefix => {
                Ok(Test::Prefix(token.text.clone()))
            }
            [token] if token.single => Ok(Test::Word(beginning.to_owned())),
            [_] => {
                Err(self.error(start, format!("at least {} letters have to stand before the `*`", self.limits.prefix)))
            }
            // In scripts without spaces a word goes on by itself.
            [first, ..] if first.single => Ok(Test::Word(beginning.to_owned())),
            _ => Err(self.error(start, "`*` stands at the end of one word of letters and digits")),
        }
    }

    fn name(&self, field: Field, start: usize, text: &str) -> Result<Test, QueryError> {
        let text = text.trim().to_lowercase();
        if text.is_empty() {
            return Err(self.error(start, format!("`{}:` wants a value, such as `{}`", field.name(), example(field))));
        }
        if let Some(values) = field.values()
            && !values.contains(&text.as_str())
        {
            return Err(self.error(start, format!("`{}:` is one of: {}", field.name(), values.join(", "))));
        }
        match text.strip_suffix('*') {
            Some(_) if !field.takes_beginnings() => {
                Err(self.error(start, format!("`{}:` wants a whole name", field.name())))
            }
            Some("") => Ok(Test::Name("*".to_owned())),
            Some(beginning) => Ok(Test::Prefix(beginning.to_owned())),
            None => Ok(Test::Name(text)),
        }
    }

    /// `[a TO b]`, `>a`, `>=a`, `<b`, `<=b` or one value: where each side begins and what it says.
    fn sides(&mut self, field: Field) -> Result<Sides, QueryError> {
        let wrong = |at: usize| QueryError {
            at,
            message: format!("`{0}:` wants a value or a range, such as `{1}`", field.name(), example(field)),
        };
        if self.peek() == Some('[') {
            let opened = self.at;
            self.at += 1;
            self.skip_space();
            let from = self.side();
            self.skip_space();
            if !self.take("TO") {
                return Err(wrong(self.at));
            }
            let to = self.side();
            self.skip_space();
            if self.peek() != Some(']') {
                return Err(self.error(opened, "this range is never closed by `]`"));
            }
            self.at += 1;
            if from.1.is_empty() || to.1.is_empty() {
                return Err(wrong(opened));
            }
            let open = |side: Side| Some(side).filter(|side| side.1 != "*");
            return Ok(Sides { from: open(from), to: open(to), strict: false });
        }
        let start = self.at;
        let text = self.bare();
        let (operator, rest) = text.split_at(text.find(|c| !matches!(c, '<' | '>' | '=')).unwrap_or(text.len()));
        if rest.is_empty() {
            return Err(wrong(start));
        }
        let side = Some((start + operator.len(), rest.to_owned()));
        let sides = |from, to, strict| Sides { from, to, strict };
        Ok(match operator {
            "" | "=" => sides(side.clone(), side, false),
            ">" => sides(side, None, true),
            ">=" => sides(side, None, false),
            "<" => sides(None, side, true),
            "<=" => sides(None, side, false),
            _ => return Err(wrong(start)),
        })
    }

    fn side(&mut self) -> Side {
        (self.at, self.bare())
    }

    fn count(&mut self, field: Field) -> Result<Test, QueryError> {
        let sides = self.sides(field)?;
        let number = |side: &Option<Side>| match side {
            None => Ok(None),
            Some((at, text)) => match text.parse::<u64>() {
                Ok(number) => Ok(Some(number)),
                Err(_) => Err(QueryError { at: *at, message: format!("`{text}` is no number") }),
            },
        };
        let (from, to) = (number(&sides.from)?, number(&sides.to)?);
        let strict = u64::from(sides.strict);
        let numbers = Numbers {
            from: from.map_or(0, |from| from.saturating_add(strict)),
            to: to.map_or(u64::MAX, |to| to.saturating_sub(strict)),
        };
        if sides.strict && to == Some(0) {
            return Err(self.error(sides.at(), "no count is less than 0"));
        }
        if numbers.from > numbers.to {
            return Err(self.error(
                sides.at(),
                format!("the range ends before it begins: {} is more than {}", numbers.from, numbers.to),
            ));
        }
        Ok(Test::Count(numbers))
    }

    fn when(&mut self, field: Field) -> Result<Test, QueryError> {
        let sides = self.sides(field)?;
        let time = |side: &Option<Side>| match side {
            None => Ok(None),
            Some((at, text)) => match Times::of(text) {
                Some(times) => Ok(Some(times)),
                None => Err(QueryError {
                    at: *at,
                    message: format!("`{text}` is no day, month or year; write `2024-05-03`, `2024-05` or `2024`"),
                }),
            },
        };
        let (from, to) = (time(&sides.from)?, time(&sides.to)?);
        let times = if sides.strict {
            Times { from: from.map(|(_, last)| last + 1), to: to.map(|(first, _)| first - 1) }
        } else {
            Times { from: from.map(|(first, _)| first), to: to.map(|(_, last)| last) }
        };
        if let (Some(from), Some(to)) = (times.from, times.to)
            && from > to
        {
            return Err(self.error(
                sides.at(),
                format!("the range ends before it begins: {} comes after {}", Times::day(from), Times::day(to)),
            ));
        }
        Ok(Test::When(times))
    }
}

type Side = (usize, String);

struct Sides {
    from: Option<Side>,
    to: Option<Side>,
    /// Whether the bound itself is left out.
    strict: bool,
}

impl Sides {
    fn at(&self) -> usize {
        self.from.as_ref().or(self.to.as_ref()).map_or(0, |side| side.0)
    }
}

fn example(field: Field) -> &'static str {
    match field {
        Field::Title => "title:ferry",
        Field::Body => "body:ferry",
        Field::Caption => "caption:harbour",
        Field::Site => "site:harbour-post.example",
        Field::Agency => "agency:meridian",
        Field::Author => "author:lindqvist",
        Field::Place => "place:\"port alder\"",
        Field::Section => "section:sport",
        Field::Origin => "origin:wire",
        Field::Lang => "lang:en",
        Field::Published => "published:[2024-01-01 TO 2024-06-30]",
        Field::Mentions => "mentions:[2024-01-01 TO 2024-06-30]",
        Field::Has => "has:correction",
        Field::Changed => "changed:number",
        Field::Copies => "copies:>3",
        Field::Clippings => "clippings:>=2",
        Field::Versions => "versions:>1",
        Field::Sites => "sites:[2 TO 5]",
        Field::Words => "words:<100",
    }
}

fn text_is_unspaced(text: &str) -> bool {
    text.chars().any(copydesk_text::is_unspaced)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(query: &str, expected: &str) {
        let found = parse(query, &Limits::default()).map_or_else(|e| e.to_string(), |node| node.to_string());
        assert_eq!(found, expected, "{query}");
    }

    #[test]
    fn words_and_operators() {
        check("", "*");
        check("  * ", "*");
        check("ferry", "\"ferry\"");
        check("ferry strike", "(\"ferry\" AND \"strike\")");
        check("a OR b c", "(\"a\" OR (\"b\" AND \"c\"))");
        check("(a OR b) AND NOT c", "((\"a\" OR \"b\") AND NOT \"c\")");
        check("a -b", "(\"a\" AND NOT \"b\")");
        check("and or not", "(\"and\" AND \"or\" AND \"not\")");
        check("well - known", "(\"well\" AND \"known\")");
        check("Port-Alder", "\"Port-Alder\"");
        check("Rivals: the end", "(\"Rivals:\" AND \"the\" AND \"end\")");
    }

    #[test]
    fn phrases_prefixes_and_fields() {
        check("\"sund straits\"", "\"sund straits\"");
        check("“sund straits”~5", "\"sund straits\"~5");
        check("wild*", "wild*");
        check("Stra\u{df}en*", "strassen*");
        check("title:(ferry OR boat*)", "(title:\"ferry\" OR title:boat*)");
        check("site:Harbour-Post.example", "site:\"harbour-post.example\"");
        check("site:harbour*", "site:harbour*");
        check("has:correction lang:EN", "(has:\"correction\" AND lang:\"en\")");
        check("渡し船", "\"渡し船\"");
        check("渡し*", "\"渡し\"");
        check("author:lindqvist", "author:\"lindqvist\"");
        check("author:=\"Mara Lindqvist\" agency:=AP", "(author:=\"Mara Lindqvist\" AND agency:=\"AP\")");
        check("place:(=\"Port Alder\" OR skerries)", "(place:=\"Port Alder\" OR place:\"skerries\")");
        check("author:=*", "author:=\"*\"");
        check(
            "Section:Sport origin:WIRE changed:number",
            "(section:\"sport\" AND origin:\"wire\" AND changed:\"number\")",
        );
        check("section:sport/*", "section:sport/*");
    }

    #[test]
    fn ranges() {
        check("copies:>3", "copies:>=4");
        check("copies:[2 TO 5]", "copies:[2 TO 5]");
        check("copies:3", "copies:3");
        check("copies:<=3", "copies:[0 TO 3]");
        check("published:2024", "published:[2024-01-01 TO 2024-12-31]");
        check("published:[2024-01-01 TO 2024-06]", "published:[2024-01-01 TO 2024-06-30]");
        check("published:[* TO 2024-06-30]", "published:[* TO 2024-06-30]");
        check("published:>2024-05", "published:[2024-06-01 TO *]");
        check("published:<2024-05", "published:[* TO 2024-04-30]");
        check("mentions:2023", "mentions:[2023-01-01 TO 2023-12-31]");
        check("mentions:[2024-01-01 TO *]", "mentions:[2024-01-01 TO *]");
    }

    #[test]
    fn mistakes_are_shown_where_they_are() {
        let at = |query: &str, at: usize, says: &str| {
            let error = parse(query, &Limits::default()).unwrap_err();
            assert_eq!(error.at, at, "{query}: {error}");
            assert!(error.message.contains(says), "{query}: {error}");
        };
        at("ferry (boat", 6, "never closed");
        at("ferry \"boat", 6, "never closed");
        at("ferry) boat", 5, "closes nothing");
        at("ferry || boat", 6, "`OR`, in capitals");
        at("ferry~2 boat", 5, "behind words in quotation marks");
        at("title:ferry~", 11, "behind words in quotation marks");
        at("ferry AND", 9, "missing");
        at("AND ferry", 0, "missing");
        at("ferry OR OR boat", 9, "missing");
        at("a NOT", 5, "missing");
        at("()", 1, "missing");
        at("colour:red", 0, "no field `colour`");
        at("a title:", 7, "title:ferry");
        at("copies:many", 7, "no number");
        at("copies:[5 TO 2]", 8, "ends before it begins");
        at("published:[2024-06-30 TO 2024-01-01]", 11, "2024-06-30 comes after 2024-01-01");
        at("published:yesterday", 10, "no day");
        at("published:2024-02-30", 10, "no day");
        at("published:[2024 2025]", 16, "range");
        at("has:teeth", 4, "correction");
        at("origin:paper", 7, "wire, own");
        at("changed:colour", 8, "headline, number");
        at("mentions:soon", 9, "no day");
        at("mentions:(2023)", 9, "no brackets");
        at("mentions:[2024-06-30 TO 2024-01-01]", 10, "2024-06-30 comes after 2024-01-01");
        at("author:=", 8, "a whole name");
        at("author:=\"Mara", 8, "never closed");
        at("title:=x*y", 8, "end of a word");
        at("w*", 0, "at least 2");
        at("wi*d", 2, "end of a word");
        at("\"a b\"~x", 5, "how many");
        at("\"a b\"~99", 6, "50");
        at("!!! ...", 6, "no letter");
        at("title:!!!", 0, "no letter");
        at(&"(".repeat(40), 24, "inside each other");
        at(&"-a".repeat(3000), 0, "6000 bytes");
        at(&"NOT ".repeat(60), 100, "inside each other");
        at(&"a ".repeat(200), 0, "200 things");
    }

    proptest! {
        #[test]
        fn what_was_understood_is_a_query_again(query in "[a-c \"()*~:\\-]{0,16}|\\PC{0,24}") {
            if let Ok(node) = parse(&query, &Limits::default()) {
                let shown = node.to_string();
                let again = parse(&shown, &Limits { query_bytes: 1 << 20, ..Limits::default() });
                prop_assert_eq!(again.map(|node| node.to_string()), Ok(shown));
            }
        }
    }
}
