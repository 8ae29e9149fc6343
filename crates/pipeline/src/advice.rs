/// The engine's words for what is wrong with a question, in one line, with what to write instead where they do not say.
pub(crate) fn advised(said: &str) -> String {
    let has_all = |words: &[&str]| words.iter().all(|words| said.contains(words));
    if let Some((_, instead)) = INSTEAD.iter().find(|(words, _)| has_all(words)) {
        return (*instead).to_owned();
    }
    let line = of_people(said.lines().next().unwrap_or_default());
    if let Some((_, rest)) = said.split_once("Invalid function '") {
        let name = rest.split('\'').next().unwrap_or_default();
        return match FUNCTIONS.iter().find(|(names, _)| names.contains(&name)) {
            Some((_, instead)) => format!("there is no function `{name}`; {instead}"),
            None => format!("{line}; `copydesk export --help` and docs/tables.md say which functions there are"),
        };
    }
    let advice = ADVICE.iter().find(|(words, _)| said.contains(words));
    advice.map_or_else(|| line.clone(), |(_, advice)| format!("{line}; {advice}"))
}

/// A line of the engine without the names of its own parts.
fn of_people(line: &str) -> String {
    // One reason a type of argument would follow.
    let line = line.split(", errors: ").next().unwrap_or_default();
    let line = line.strip_prefix("Error during planning: ").unwrap_or(line);
    let line = line.strip_prefix("Internal error: ").unwrap_or(line);
    let parts = ["ParserError", "TokenizerError"].iter().find_map(|part| {
        line.strip_prefix("SQL error: ")?.strip_prefix(part)?.strip_prefix("(\"")?.strip_suffix("\")")
    });
    parts
        .map_or_else(|| line.to_owned(), |words| format!("SQL: {}", words.replace("\\\"", "\"")))
        .trim_end_matches('.')
        .to_owned()
}

/// Where the engine prints its plan, or names a part of itself, what helps stands alone.
const INSTEAD: [(&[&str], &str); 6] = [
    (
        &["Cannot access field", "type List("],
        "a list has no fields: take an element of it first, `captions[1]['text']`, or all, `unnest(captions)['text']`",
    ),
    (&["OuterReferenceColumn", "List("], BESIDE),
    (&["table function 'unnest' not found"], BESIDE),
    (&["Dot access not supported"], "a field of a row in a list stands in brackets, `captions[1]['text']`"),
    (
        &["Substring without for/from"],
        "`substr(x, 2)` is a text from its second character on, `substr(x, 2, 3)` three of them",
    ),
    (&["ANY in LIKE"], "one of several patterns is `x LIKE 'a%' OR x LIKE 'b%'`, or `x ~ '^(a|b)'`"),
];

const BESIDE: &str = "a list cannot stand beside its table after FROM; open it among the columns, `SELECT id, unnest(agencies) AS agency FROM \
                      stories`, and ask of that as of a table";

const ADVICE: [(&str, &str); 13] = [
    ("No field named body", BODIES),
    (".body. Did you mean", BODIES),
    ("No field named", "`DESCRIBE` and a table's name shows its columns; text stands in single quotes"),
    ("table 'datafusion", "`SHOW TABLES` shows which there are"),
    ("found: end", "`end` is a word of SQL: the column is written `\"end\"`"),
    ("Error parsing timestamp from ''", UNKNOWN),
    ("Cannot cast string '' to", UNKNOWN),
    ("single SQL statement", "ask one question at a time"),
    ("implemented: TOP", FIRST),
    ("FETCH clause", FIRST),
    ("to compare Utf8 with [List", "whether a text is in a list is `array_has(agencies, 'reuters')`"),
    (
        "failed to match any signature",
        "it takes other values than these: `DESCRIBE` and a table's name shows what columns hold",
    ),
    ("Unterminated string literal", "a `'` in a text is written twice"),
];

const UNKNOWN: &str = "what is not known is the empty text here, and `nullif(column, '')` makes NULL of it";
const BODIES: &str = "bodies stand in versions: `SELECT c.id, v.body FROM clippings c JOIN versions v ON v.id = c.version`; text \
                      stands in single quotes";
const FIRST: &str = "the first rows are `LIMIT 10`";

/// What other engines have under these names.
const FUNCTIONS: [(&[&str], &str); 12] = [
    (&["year", "month", "week", "day", "hour"], "`extract(year from x)` is a part of a time"),
    (&["strftime", "format_date"], "`to_char(x::timestamp, '%Y-%m')` is a time in words"),
    (&["strptime", "str_to_date"], "`to_timestamp(x, '%d/%m/%Y %H:%M')` is the time that words say"),
    (&["datediff", "date_diff", "age"], "`x::date - y::date` is a number of days"),
    (&["len"], "`length(x)` counts characters"),
    (&["charindex", "locate"], "`strpos(x, 'word')` is the place of a word"),
    (
        &["split", "string_split", "str_split"],
        "`string_to_array(x, ' ')` is a list of parts, `split_part(x, ' ', 1)` one",
    ),
    (&["regexp_extract", "regexp_substr", "regexp_matches"], "`regexp_match(x, '(...)')[1]` is what a pattern finds"),
    (&["group_concat", "listagg"], "`string_agg(x, ', ')` joins the texts of a group"),
    (&["if", "iif"], "`CASE WHEN x > 1 THEN 'a' ELSE 'b' END` is one or the other"),
    (&["isnull"], "`x IS NULL`"),
    (&["explode"], "`unnest(x)` among the columns gives a row an element"),
];
