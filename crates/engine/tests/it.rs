//! Queries over what is given in, their errors, and their bounds.

use std::sync::Arc;

use arrow::{
    array::{ArrayRef, AsArray, Int64Array, StringArray},
    datatypes::{DataType, Field, Int64Type, Schema, SchemaRef},
    record_batch::RecordBatch,
};
use copydesk_engine::{Engine, Error, Function, Kind, Settings, Spill, Stream, Table};

fn engine(threads: usize) -> Engine {
    Engine::new(&Settings { threads, batch_rows: 100, memory: 64 << 20, spill: Spill::System }).unwrap()
}

fn schema() -> SchemaRef {
    Arc::new(Schema::new(vec![Field::new("n", DataType::Int64, false)]))
}

fn batch(values: std::ops::Range<i64>) -> RecordBatch {
    let column: ArrayRef = Arc::new(values.collect::<Int64Array>());
    RecordBatch::try_new(schema(), vec![column]).unwrap()
}

fn numbers(rows: impl Iterator<Item = Result<RecordBatch, Error>>) -> Vec<i64> {
    let batches: Vec<RecordBatch> = rows.collect::<Result<_, _>>().unwrap();
    batches.iter().flat_map(|batch| batch.column(0).as_primitive::<Int64Type>().values().to_vec()).collect()
}

/// The numbers up to a hundred, in two parts.
#[derive(Debug)]
struct Hundred;

impl Table for Hundred {
    fn schema(&self) -> SchemaRef {
        schema()
    }

    fn parts(&self) -> usize {
        2
    }

    fn read(&self, part: usize, columns: &SchemaRef) -> Stream {
        let from = part as i64 * 50;
        let whole = batch(from..from + 50);
        let batch = if columns.fields().is_empty() { whole.project(&[]).unwrap() } else { whole };
        Stream::new(columns.clone(), std::iter::once(Ok(batch)))
    }
}

#[test]
fn streams_go_through_queries_and_reducers() {
    for threads in [1, 3] {
        let engine = engine(threads);
        let backwards = (0..5).rev().map(|k| Ok(batch(k * 10..k * 10 + 10)));
        let rows =
            engine.run("SELECT n FROM given ORDER BY n", vec![("given", Stream::new(schema(), backwards))]).unwrap();
        let mut sum = 0;
        let sums = rows.into_stream().reduced(schema(), move |batch| {
            Ok(match batch {
                Some(batch) => {
                    sum += batch.column(0).as_primitive::<Int64Type>().values().iter().sum::<i64>();
                    None
                }
                None => Some(self::batch(sum..sum + 1)),
            })
        });
        assert_eq!(numbers(engine.rows(sums)), [(0..50).sum::<i64>()]);
    }
}

#[test]
fn tables_are_read_as_often_as_they_are_asked_for() {
    let mut engine = engine(2);
    engine.add_table("hundred", Arc::new(Hundred)).unwrap();
    for _ in 0..2 {
        assert_eq!(numbers(engine.sql("SELECT count(*) FROM hundred").unwrap()), [100]);
        let rows = engine.sql("SELECT a.n FROM hundred a JOIN hundred b ON a.n = b.n + 98 ORDER BY 1").unwrap();
        assert_eq!(numbers(rows), [98, 99]);
    }
}

#[test]
fn a_stream_is_read_once_and_says_so() {
    let engine = engine(1);
    let given = Stream::new(schema(), std::iter::once(Ok(batch(0..3))));
    let mut rows = engine.run("SELECT a.n FROM given a JOIN given b ON a.n = b.n", vec![("given", given)]).unwrap();
    let error = rows.find_map(Result::err).unwrap();
    assert!(error.to_string().contains("read twice"), "{error}");
}

#[test]
fn functions_are_called_row_by_row_and_on_constants() {
    let mut engine = engine(1);
    engine.add_function(Function::of_texts("bytes", DataType::Int64, |[texts]: [&StringArray; 1]| {
        Ok(Arc::new(texts.iter().map(|text| text.map(|text| text.len() as i64)).collect::<Int64Array>()))
    }));
    assert_eq!(numbers(engine.sql("SELECT bytes('four')").unwrap()), [4]);
    let rows = engine.sql("SELECT bytes(x) FROM (VALUES ('a'), ('bcd')) AS t(x) ORDER BY 1").unwrap();
    assert_eq!(numbers(rows), [1, 3]);
}

#[test]
fn an_error_that_was_given_in_comes_out() {
    let engine = engine(1);
    let failing = [Ok(batch(0..3)), Err(Error::of(std::fmt::Error))].into_iter();
    let mut rows =
        engine.run("SELECT n FROM given ORDER BY n", vec![("given", Stream::new(schema(), failing))]).unwrap();
    let error = rows.find_map(Result::err).unwrap();
    assert_eq!(error.given::<std::fmt::Error>(), Some(&std::fmt::Error));
}

#[test]
fn it_only_reads() {
    let engine = engine(1);
    for sql in [
        "CREATE TABLE t (n INT)",
        "DROP TABLE t",
        "SET datafusion.execution.batch_size = 1",
        "COPY (SELECT 1) TO 'x.csv'",
    ] {
        assert_eq!(engine.sql(sql).err().map(|e| e.kind()), Some(Kind::Query), "{sql}");
    }
}

/// Each term is a level of the planner's, of what runs, and of what is dropped: on a stack of 2 MB these end the program.
#[test]
fn deep_questions_are_answered_and_endless_ones_refused() {
    let mut engine = engine(1);
    engine.add_table("hundred", Arc::new(Hundred)).unwrap();
    let terms: Vec<String> = (0..1_500).map(|k| format!("n%{k}=7")).collect();
    let rows = engine.sql(&format!("SELECT count(*) FROM hundred WHERE n<0 OR {}", terms[8..].join(" OR "))).unwrap();
    assert_eq!(numbers(rows), [86]);
    let error = engine.sql(&format!("SELECT {}", vec!["1"; 40_000].join("+"))).err().unwrap();
    assert!(error.to_string().contains("a question has at most 65536 bytes"), "{error}");
}
