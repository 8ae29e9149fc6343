//! What is on the screen is what comes out of every other door.

use arrow::{array::AsArray, csv::ReaderBuilder, datatypes::Schema};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::{
    client::{escaped, get},
    made_up::{Dice, SITES, WORDS, served, stories},
};

fn question(dice: &mut Dice) -> String {
    let mut parts = Vec::new();
    let word = |dice: &mut Dice| dice.one(&WORDS).to_owned();
    let q = match dice.below(12) {
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
        _ => format!("has:{}", dice.one(&["versions", "copies", "captions", "author", "date", "correction"])),
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
    parts.push(format!("sort={}", dice.one(&["relevance", "newest", "oldest", "copies"])));
    parts.push(format!("each={}", dice.one(&["story", "version", "clipping"])));
    parts.join("&")
}

/// Ids of the rows that the API gives, page after page.
fn api(at: std::net::SocketAddr, question: &str, limit: u64) -> (u64, Vec<(String, String)>) {
    let (mut rows, mut after) = (Vec::new(), String::new());
    loop {
        let answer = get(at, &format!("/api/v1/stories?{question}&limit={limit}{after}"));
        assert_eq!(answer.status, 200, "{question}: {}", answer.text());
        let answer = answer.json();
        let text = |row: &serde_json::Value, name: &str| row[name].as_str().unwrap().to_owned();
        rows.extend(answer["rows"].as_array().unwrap().iter().map(|row| (text(row, "version"), text(row, "clipping"))));
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

fn csv_rows(bytes: Vec<u8>) -> Vec<(String, String)> {
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
    let rows = reader.flat_map(|batch| {
        let batch = batch.unwrap();
        let text =
            |name: &str, row: usize| batch.column_by_name(name).unwrap().as_string::<i32>().value(row).to_owned();
        (0..batch.num_rows()).map(|row| (text("version", row), text("clipping", row))).collect::<Vec<_>>()
    });
    rows.collect()
}

fn jsonl_rows(bytes: &[u8]) -> Vec<(String, String)> {
    let rows = serde_json::Deserializer::from_slice(bytes).into_iter::<serde_json::Value>().map(Result::unwrap);
    rows.map(|row| (row["version"].as_str().unwrap().to_owned(), row["clipping"].as_str().unwrap().to_owned()))
        .collect()
}

fn parquet_rows(bytes: Vec<u8>) -> Vec<(String, String)> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(bytes)).unwrap();
    let said = reader.metadata().file_metadata().key_value_metadata().unwrap();
    assert!(said.iter().any(|pair| pair.key == "copydesk.commit" && pair.value.as_deref() == Some("1")), "{said:?}");
    let rows = reader.build().unwrap().flat_map(|batch| {
        let batch = batch.unwrap();
        let text =
            |name: &str, row: usize| batch.column_by_name(name).unwrap().as_string::<i32>().value(row).to_owned();
        (0..batch.num_rows()).map(|row| (text("version", row), text("clipping", row))).collect::<Vec<_>>()
    });
    rows.collect()
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
