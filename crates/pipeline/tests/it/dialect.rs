//! What a question in SQL may say, and what it gives. Expected is what DataFusion documents, which is PostgreSQL's but where a note says otherwise.

use copydesk_model::Capture;
use copydesk_pipeline::{Format, Options, Quiet, View, add, write};
use serde_json::{Value, json};

use crate::made_up::captures;

fn view() -> (tempfile::TempDir, View) {
    let folder = tempfile::tempdir().unwrap();
    let text = "Ferry runs again after the storm\n\n\
        The ferry to the outer islands sailed on Monday for the first time in nine days, with forty passengers and the post on board.\n\n\
        The harbour master said that the quay had been cleared of sand and that the lights at its end were burning again.\n\n\
        Bread had run short on two of the islands, and a doctor had been rowed across the sound by night to see a child.\n";
    let bare = Capture { id: "bare".into(), text: text.into(), ..Capture::default() };
    let captures = captures(8, 40).into_iter().chain([bare]);
    add(folder.path(), captures.map(Ok), &Options::default(), &Quiet).unwrap();
    let view = View::open(folder.path(), &Options::default()).unwrap();
    (folder, view)
}

fn rows(view: &View, sql: &str) -> Result<Vec<Value>, copydesk_pipeline::Error> {
    let mut text = Vec::new();
    write(view.query(sql)?, Format::Jsonl, &mut text)?;
    Ok(String::from_utf8(text).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// What an expression is, worked out beforehand and row by row.
fn check(view: &View, expression: &str, expected: Value) {
    for from in ["", " FROM captures LIMIT 3"] {
        let rows =
            rows(view, &format!("SELECT {expression} AS x{from}")).unwrap_or_else(|e| panic!("{expression}: {e}"));
        assert!(!rows.is_empty() && rows.iter().all(|row| row["x"] == expected), "{expression}: {rows:?}");
    }
}

#[test]
fn everyday_functions_of_texts_and_times() {
    let (_folder, view) = view();
    for (expression, expected) in [
        ("substr('abcdef', 2, 3)", json!("bcd")),
        ("substring('abcdef' from 2 for 3)", json!("bcd")),
        ("substring('abcdef' from 4)", json!("def")),
        ("substr('潮見島の船', 3, 2)", json!("島の")),
        ("substr('abc', 0, 2)", json!("a")),
        ("substr('abc', -1)", json!("abc")),
        ("substr('abc', 9)", json!("")),
        ("substr(NULL, 1)", json!(null)),
        ("substr('abc', NULL)", json!(null)),
        ("position('本' in '日本')", json!(2)),
        ("position('x' in 'abc')", json!(0)),
        ("left('日本語', 2)", json!("日本")),
        ("length('日本')", json!(2)),
        ("split_part('a/b/c', '/', 2)", json!("b")),
        ("regexp_replace('a-b-c', '-', '', 'g')", json!("abc")),
        ("coalesce(nullif('', ''), 'unknown')", json!("unknown")),
        ("extract(year from date '2024-05-02')", json!(2024)),
        ("extract(month from '2024-05-02T06:10:00Z')", json!(5)),
        ("extract(dow from '2024-05-05'::date)", json!(0)),
        ("extract(year from CAST(NULL AS DATE))", json!(null)),
        ("date '2024-05-05' - date '2024-05-02'", json!(3)),
        ("date_trunc('month', '2024-05-02T06:10:00Z')", json!("2024-05-01T00:00:00")),
        ("to_char('2024-05-02T06:10:00Z'::timestamp, '%Y-%m')", json!("2024-05")),
    ] {
        check(&view, expression, expected);
    }
}

#[test]
fn lists() {
    let (_folder, view) = view();
    for (expression, expected) in [
        ("['a', 'b']", json!(["a", "b"])),
        ("array['a', NULL]", json!(["a", null])),
        ("make_array(1, 2.5)", json!([1.0, 2.5])),
        ("[]", json!([])),
        ("[['a'], ['b', 'c']][2][1]", json!("b")),
        ("['a', 'b'][1]", json!("a")),
        ("['a', 'b'][2]", json!("b")),
        ("['a', 'b'][-1]", json!("b")),
        ("['a', 'b'][-2]", json!("a")),
        ("['a', 'b'][0]", json!(null)),
        ("['a', 'b'][3]", json!(null)),
        ("['a', 'b'][-3]", json!(null)),
        ("['a', 'b'][NULL]", json!(null)),
        ("[NULL, 'b'][1]", json!(null)),
        ("(CASE WHEN false THEN ['a'] END)[1]", json!(null)),
        ("array_element(NULL, 1)", json!(null)),
        ("list_extract(['a', 'b'], 2)", json!("b")),
        ("regexp_match('3 of 4', '([0-9]) of ([0-9])')[2]", json!("4")),
        ("array_length(['a', NULL])", json!(2)),
        // In PostgreSQL it is NULL, in DataFusion and DuckDB 0.
        ("array_length([])", json!(0)),
        ("array_length(['a'], 1)", json!(1)),
        ("array_length(CASE WHEN false THEN ['a'] END)", json!(null)),
        ("cardinality(['a', 'b'])", json!(2)),
        ("cardinality([])", json!(0)),
        ("array_has(['a', 'b'], 'b')", json!(true)),
        ("array_has(['a', NULL], 'b')", json!(false)),
        ("list_contains(['a'], 'b')", json!(false)),
        ("'a' = ANY (['a'])", json!(true)),
        ("array_position(['a', 'b'], 'b')", json!(2)),
        ("array_position(['a', 'b'], 'c')", json!(null)),
        ("array_min([2, 1])", json!(1)),
        ("array_max(['a', 'b'])", json!("b")),
        ("array_to_string(['a', NULL, 'b'], ', ')", json!("a, b")),
        ("array_to_string(['a', NULL], ', ', '?')", json!("a, ?")),
        ("array_to_string(['a', NULL], ', ', NULL)", json!("a")),
        ("array_to_string([1, 2], '-')", json!("1-2")),
        ("array_to_string([], ', ')", json!("")),
        ("array_to_string(['a'], NULL)", json!(null)),
        ("named_struct('a', 1)['a']", json!(1)),
        ("['a', 'b', 'c'][2:3]", json!(["b", "c"])),
        ("'a' || ['b']", json!(["a", "b"])),
        ("array_sort(array_distinct(['b', 'a', 'b']))", json!(["a", "b"])),
        ("array_has_any(['a', 'b'], ['b', 'c'])", json!(true)),
        ("string_to_array('a, b', ', ')", json!(["a", "b"])),
        ("string_to_array('a,,b', ',')", json!(["a", "", "b"])),
        ("string_to_array('a,,b', ',', '')", json!(["a", null, "b"])),
        ("string_to_array('潮 見', ' ')[2]", json!("見")),
        ("string_to_array('潮見', NULL)", json!(["潮", "見"])),
        ("string_to_array('a b', '')", json!(["a b"])),
        ("string_to_array('', ',')", json!([])),
        ("string_to_array(NULL, ',')", json!(null)),
        ("string_to_array('a', ',', NULL)", json!(["a"])),
    ] {
        check(&view, expression, expected);
    }
}

#[test]
fn lists_of_a_table_have_each_row_its_own() {
    let (_folder, view) = view();
    let lists = rows(&view, "SELECT id, captions FROM clippings ORDER BY id").unwrap();
    assert!(lists.iter().any(|row| row["captions"] == json!([])), "one without captions");
    let asked = rows(
        &view,
        "SELECT id, captions[1] AS a, captions[-1]['text'] AS b, array_length(captions) AS n, captions[1]['text'] IS NULL AS none, \
         [id, site] AS own, array_to_string([id, headline], '|') AS joined, headline, site FROM clippings ORDER BY id",
    )
    .unwrap();
    assert_eq!(lists.len(), asked.len());
    for (list, row) in lists.iter().zip(&asked) {
        let captions = list["captions"].as_array().unwrap();
        assert_eq!(row["n"], captions.len());
        assert_eq!(row["a"], captions.first().cloned().unwrap_or_default());
        assert_eq!(row["b"], captions.last().map(|caption| caption["text"].clone()).unwrap_or_default());
        assert_eq!(row["none"], captions.is_empty());
        assert_eq!(row["own"], json!([row["id"], row["site"]]));
        assert_eq!(row["joined"], format!("{}|{}", row["id"].as_str().unwrap(), row["headline"].as_str().unwrap()));
    }
    let elements = rows(&view, "SELECT id, unnest(captions)['text'] AS t FROM clippings").unwrap();
    assert_eq!(elements.len(), lists.iter().map(|row| row["captions"].as_array().unwrap().len()).sum::<usize>());
}

#[test]
fn what_cannot_be_asked_says_what_can() {
    let (_folder, view) = view();
    for (sql, says) in [
        ("SELECT captions['text'] FROM clippings", "take an element of it first, `captions[1]['text']`"),
        ("SELECT s.id, t.a FROM stories s, unnest(s.agencies) AS t(a)", "SELECT id, unnest(agencies) AS agency"),
        ("SELECT soundex(headline) FROM stories", "which functions there are"),
        ("SELECT id FROM blocks WHERE role = \"body\"", "text stands in single quotes"),
        ("SELECT * FROM articles", "`SHOW TABLES`"),
        ("SELECT start, end FROM blocks", "`\"end\"`"),
        ("SELECT ''::timestamp FROM captures", "`nullif(column, '')`"),
        ("SELECT ''::date FROM captures", "`nullif(column, '')`"),
        ("SELECT 1; SELECT 2", "one question at a time"),
        ("SELECT captions[1].text FROM clippings", "`captions[1]['text']`"),
        ("SELECT agency FROM stories, LATERAL unnest(agencies)", "SELECT id, unnest(agencies) AS agency"),
        ("SELECT body FROM clippings", "SELECT c.id, v.body FROM clippings c JOIN versions v ON v.id = c.version"),
        ("SELECT c.body FROM clippings c", "SELECT c.id, v.body FROM clippings c JOIN versions v ON v.id = c.version"),
        ("SELECT substr(headline) FROM stories", "`substr(x, 2)`"),
        ("SELECT id FROM stories WHERE headline LIKE ANY (['a%'])", "`x ~ '^(a|b)'`"),
        ("SELECT TOP 3 id FROM stories", "`LIMIT 10`"),
        ("SELECT id FROM stories FETCH FIRST 1 ROWS ONLY", "`LIMIT 10`"),
        ("SELECT id FROM stories WHERE 'reuters' IN (agencies)", "`array_has(agencies, 'reuters')`"),
        ("SELECT sum(headline) FROM stories", "Function 'sum' failed to match any signature; it takes other values"),
        ("SELECT id FROM stories WHERE", "SQL: Expected: an expression, found: EOF"),
        ("SELECT 'it''s", "SQL: Unterminated string literal at Line: 1, Column: 8; a `'` in a text is written twice"),
    ] {
        let said = rows(&view, sql).unwrap_err().to_string();
        assert!(said.contains(says) && !said.contains('\n') && said.len() < 400, "{sql}: {said}");
    }
}

#[test]
fn functions_of_other_engines_are_answered_with_what_works() {
    let (_folder, view) = view();
    for (sql, instead) in [
        ("year(x)", "extract(year from x)"),
        ("strftime(x, '%Y')", "to_char(x::timestamp, '%Y-%m')"),
        ("datediff('day', x, x)", "x::date - y::date"),
        ("len(x)", "length(x)"),
        ("charindex('0', x)", "strpos(x, 'word')"),
        ("string_split(x, '-')", "string_to_array(x, ' ')"),
        ("split(x, '-')", "split_part(x, ' ', 1)"),
        ("regexp_extract(x, '0')", "regexp_match(x, '(...)')[1]"),
        ("group_concat(x)", "string_agg(x, ', ')"),
        ("iif(true, x, x)", "CASE WHEN x > 1 THEN 'a' ELSE 'b' END"),
        ("isnull(x)", "x IS NULL"),
        ("explode([x])", "unnest(x)"),
        ("strptime(x, '%d')", "to_timestamp(x, '%d/%m/%Y %H:%M')"),
    ] {
        let from = |x: &str| {
            format!("(SELECT {x} AS x, '2024-05-01T00:00:00Z' AS y, ['a'] AS xs FROM captures WHERE fetched_at <> '')")
        };
        let said = rows(&view, &format!("SELECT {sql} AS z FROM {}", from("fetched_at"))).unwrap_err().to_string();
        assert!(said.contains("there is no function `") && said.contains(&format!("`{instead}`")), "{sql}: {said}");
        let x = match instead {
            "unnest(x)" => "['a']",
            _ if instead.starts_with("CASE") => "1",
            _ if instead.starts_with("to_timestamp") => "'02/05/2024 06:10'",
            _ => "fetched_at",
        };
        let rows = rows(&view, &format!("SELECT {instead} AS z FROM {}", from(x)));
        assert!(rows.as_ref().is_ok_and(|rows| !rows.is_empty()), "{instead}: {rows:?}");
    }
}
