/// The engine's words for what is wrong with a question, in one line, with what to write instead where they do not say.
pub(crate) fn advised(said: &str) -> String {
    // The engine prints its plan, which helps nobody.
    if said.contains("OuterReferenceColumn") && said.contains("List(") {
        return "a list cannot stand beside its table after FROM; open it among the columns, `SELECT id, unnest(agencies) AS agency FROM \
                stories`, and ask of that as of a table"
            .to_owned();
    }
    let advice = ADVICE.iter().find(|(words, _)| said.contains(words));
    let said = said.lines().next().unwrap_or_default().trim_end_matches('.');
    advice.map_or_else(|| said.to_owned(), |(_, advice)| format!("{said}; {advice}"))
}

const ADVICE: [(&str, &str); 7] = [
    ("Invalid function", "`copydesk export --help` and docs/tables.md say which functions there are"),
    ("No field named", "`DESCRIBE` and a table's name shows its columns; text stands in single quotes"),
    ("table 'datafusion", "`SHOW TABLES` shows which there are"),
    ("found: end", "`end` is a word of SQL: the column is written `\"end\"`"),
    ("Error parsing timestamp from ''", UNKNOWN),
    ("Cannot cast string '' to", UNKNOWN),
    ("single SQL statement", "ask one question at a time"),
];

const UNKNOWN: &str = "what is not known is the empty text here, and `nullif(column, '')` makes NULL of it";
