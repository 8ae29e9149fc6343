//! What is on the screen is what comes out of every other door.

use std::collections::BTreeMap;

use arrow::{csv::ReaderBuilder, datatypes::Schema, record_batch::RecordBatch, util::display::array_value_to_string};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::{
    client::{escaped, get},
    made_up::{AGENCIES, Dice, PEOPLE, PLACES, SECTIONS, SITES, WORDS, served, stories},
};

fn question(dice: &mut Dice) -> String {
    let mut parts = Vec::new();
    let word = |dice: &mut Dice| dice.one(&WORDS).to_owned();
    let q = match dice.below(18) {
        0 => String::new(),
        1 => word(dice),
        2 => format!("{} {}", word(dice), word(dice)),
        3 => format!("{} OR {}", word(dice), word(dice)),
        4 => format!("{} -{}", word(dice), word(dice)),
        5 => format!("\"{} {}\"", word(dice), word(dice)),
        6 => format!("\"{} {}\"~{}", word(dice), word(dice), dice.below(6)),
        7 => format!("{}*", dice.one(&["fer", "har", "st", "te"])),
        8 => format!("title:{} OR caption:{}", word(dice), word(dice)),
        9 => format!("copies:>={} ({} OR NOT {})", dice.below(3), word(dice), word(dice)),
        10 => format!("published:[2024-0{} TO *]", 1 + dice.below(9)),
        11 => format!("mentions:[2023-0{} TO 2023-10-15]", 1 + dice.below(9)),
        12 => format!("origin:{} OR changed:{}", dice.one(&["wire", "own"]), dice.one(&["number", "headline"])),
        13 => format!("author:{} -place:alder", dice.one(&["lindqvist", "tor", "=\"Mara Lindqvist\""])),
        14 => format!("agency:{}", dice.one(&["meridian", "news", "=Boreal", "=\"Sundpost & Co\""])),
        15 => format!("section:{} OR place:=潮見島", dice.one(&["sport", "harbour", "harbour*"])),
        16 => format!("lang:{}", dice.one(&["en", "de", "ar"])),
        _ => format!(
            "has:{}",
            dice.one(&[
                "versions",
                "copies",
                "captions",
                "author",
                "date",
                "correction",
                "notice",
                "mentions",
                "place",
                "agency"
            ])
        ),
    };
    parts.push(format!("q={}", escaped(&q)));
    if dice.below(3) == 0 {
        parts.push(format!("site={}", dice.one(&SITES)));
        parts.push(format!("site={}", dice.one(&SITES)));
    }
    if dice.below(4) == 0 {
        parts.push(format!("from=2024-0{}", 1 + dice.below(6)));
    }
    if dice.below(4) == 0 {
        parts.push(format!("to=2024-1{}-15", dice.below(3)));
    }
    if dice.below(5) == 0 {
        parts.push(format!("has={}", dice.one(&["versions", "author", "captions"])));
    }
    if dice.below(6) == 0 {
        parts.push(format!("agency={}", escaped(AGENCIES[dice.below(3) as usize].1)));
    }
    for (facet, values) in [("author", &PEOPLE[..]), ("place", &PLACES), ("section", &SECTIONS[..3])] {
        if dice.below(12) == 0 {
            parts.push(format!("{facet}={}", escaped(dice.one(values))));
        }
    }
    if dice.below(8) == 0 {
        parts.push(format!("origin={}&origin={}", dice.one(&["wire", "own"]), dice.one(&["release", "unknown"])));
    }
    if dice.below(8) == 0 {
        parts.push(format!("changed={}", dice.one(&["headline", "number", "quote", "added"])));
    }
    if dice.below(6) == 0 {
        parts.push(format!("mentions_from=2023-0{}", 1 + dice.below(9)));
    }
    if dice.below(8) == 0 {
        parts.push(format!("mentions_to=2023-1{}-15", dice.below(3)));
    }
    parts.push(format!("sort={}", dice.one(&["relevance", "newest", "oldest", "copies"])));
    parts.push(format!("each={}", dice.one(&["story", "version", "clipping"])));
    parts.join("&")
}

/// Every column by its name, but the text.
type Row = BTreeMap<String, String>;

fn of_json(row: &serde_json::Value) -> Row {
    let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let columns = row.as_object().unwrap().iter().filter(|(name, _)| *name != "story_body");
    columns.map(|(name, value)| (name.clone(), text(value))).collect()
}

fn of_batch(batch: &RecordBatch) -> Vec<Row> {
    let schema = batch.schema();
    let columns = || schema.fields().iter().enumerate().filter(|(_, field)| field.name() != "story_body");
    let text = |at: usize, row: usize| array_value_to_string(batch.column(at), row).unwrap();
    let row = |row: usize| columns().map(|(at, field)| (field.name().clone(), text(at, row))).collect();
    (0..batch.num_rows()).map(row).collect()
}

/// The rows that the API gives, page after page.
fn api(at: std::net::SocketAddr, question: &str, limit: u64) -> (u64, Vec<Row>) {
    let (mut rows, mut after) = (Vec::new(), String::new());
    loop {
        let answer = get(at, &format!("/api/v1/stories?{question}&limit={limit}{after}"));
        assert_eq!(answer.status, 200, "{question}: {}", answer.text());
        let answer = answer.json();
        rows.extend(answer["rows"].as_array().unwrap().iter().map(of_json));
        match answer["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return (answer["total"].as_u64().unwrap(), rows),
        }
    }
}

/// Headlines and the total that the page shows, page after page.
fn screen(at: std::net::SocketAddr, question: &str) -> (u64, u64) {
    let (mut rows, mut total, mut next) = (0, None, format!("/?{question}&limit=150"));
    loop {
        let page = get(at, &next).text();
        rows += page.matches("<p class=\"spread\"").count() as u64;
        let head = page.split("<h2 id=\"total\">").nth(1).unwrap();
        let shown: u64 = head.split(' ').next().unwrap().replace(',', "").parse().unwrap();
        assert_eq!(*total.get_or_insert(shown), shown);
        match page.split("rel=\"next\"").next().filter(|before| before.len() < page.len()) {
            Some(before) => {
                next = before
                    .rsplit("href=\"")
                    .next()
                    .unwrap()
                    .trim_end_matches("\" ")
                    .replace("&#38;", "&")
                    .replace("&amp;", "&")
            }
            None => return (shown, rows),
        }
    }
}

fn csv_rows(bytes: Vec<u8>) -> Vec<Row> {
    let text = String::from_utf8(bytes).unwrap();
    let (head, table) = text.split_once('\n').unwrap();
    assert!(head.starts_with("# copydesk query=") && head.contains("commit=1"), "{head}");
    let fields = table
        .lines()
        .next()
        .unwrap()
        .split(',')
        .map(|name| arrow::datatypes::Field::new(name, arrow::datatypes::DataType::Utf8, true));
    let schema = std::sync::Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let reader = ReaderBuilder::new(schema).with_header(true).build(std::io::Cursor::new(table)).unwrap();
    reader.flat_map(|batch| of_batch(&batch.unwrap())).collect()
}

fn jsonl_rows(bytes: &[u8]) -> Vec<Row> {
    let rows = serde_json::Deserializer::from_slice(bytes).into_iter::<serde_json::Value>().map(Result::unwrap);
    rows.map(|row| of_json(&row)).collect()
}

fn parquet_rows(bytes: Vec<u8>) -> Vec<Row> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(bytes)).unwrap();
    let said = reader.metadata().file_metadata().key_value_metadata().unwrap();
    assert!(said.iter().any(|pair| pair.key == "copydesk.commit" && pair.value.as_deref() == Some("1")), "{said:?}");
    reader.build().unwrap().flat_map(|batch| of_batch(&batch.unwrap())).collect()
}

#[test]
fn a_thousand_questions_have_one_answer_each() {
    let served = served(stories(400));
    let at = served.at;
    let mut dice = Dice(11);
    let mut found = 0;
    for number in 0..1000 {
        let question = question(&mut dice);
        let (total, rows) = api(at, &question, 200);
        assert_eq!(rows.len() as u64, total, "{question}");
        if number % 10 == 0 {
            // Pages of any length are the same list.
            assert_eq!(api(at, &question, 7), (total, rows.clone()), "{question}");
        }
        assert_eq!(screen(at, &question), (total, total), "{question}");
        let export = |end: &str| {
            let response = get(at, &format!("/export.{end}?{question}"));
            assert_eq!(
                (response.status, response.header("copydesk-rows")),
                (200, total.to_string().as_str()),
                "{question}"
            );
            response.body
        };
        assert_eq!(csv_rows(export("csv")), rows, "{question}");
        assert_eq!(jsonl_rows(&export("jsonl")), rows, "{question}");
        assert_eq!(parquet_rows(export("parquet")), rows, "{question}");
        found += u64::from(total > 0);
    }
    assert!(found > 500, "most questions find something: {found}");
}

#[test]
fn a_facet_counts_what_its_link_finds() {
    let served = served(stories(400));
    let total = |address: &str| get(served.at, address).json()["total"].as_u64().unwrap();
    for question in ["", "q=ferry", "q=harbour+OR+strike&has=mentions"] {
        let answer = get(served.at, &format!("/api/v1/stories?{question}&limit=1&by=mentioned")).json();
        let facets = answer["facets"].as_object().unwrap();
        assert_eq!(facets.len(), 9);
        for (facet, values) in facets {
            assert!(!values.as_array().unwrap().is_empty(), "{facet}");
            for value in values.as_array().unwrap() {
                let address =
                    format!("/api/v1/stories?{question}&{facet}={}", escaped(value["value"].as_str().unwrap()));
                // What a facet is narrowed down by already is asked for twice: any of the two.
                if *facet != "has" || !question.contains("has=") {
                    assert_eq!(value["count"].as_u64().unwrap(), total(&address), "{address}");
                }
            }
        }
        for bar in answer["mentioned"]["bars"].as_array().unwrap() {
            let time = bar["time"].as_str().unwrap();
            let address = format!("/api/v1/stories?{question}&mentions_from={time}&mentions_to={time}");
            assert_eq!(bar["count"].as_u64().unwrap(), total(&address), "{address}");
        }
    }
}
