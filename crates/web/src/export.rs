//! What is on the screen, as files: all of it, as it streams.

use std::{io, sync::Arc};

use arrow::{
    array::{ArrayRef, StringArray, UInt32Array, UInt64Array},
    csv,
    datatypes::{DataType, Field, Schema, SchemaRef},
    json,
    record_batch::RecordBatch,
};
use copydesk_text::as_cell;
use parquet::{
    arrow::ArrowWriter,
    basic::{Compression, ZstdLevel},
    file::{metadata::KeyValue, properties::WriterProperties},
};

use crate::{
    ask::{Ask, Each},
    list::{Line, Row, all_rows},
    pages::story::named,
    problem::Problem,
    reply::{Content, Reply},
    server::Asked,
};

/// Rows that are written together; few, as each holds a text.
const BATCH: usize = 256;

pub(crate) fn csv(asked: &Asked<'_>) -> Result<Reply, Problem> {
    search(asked, CSV)
}

pub(crate) fn jsonl(asked: &Asked<'_>) -> Result<Reply, Problem> {
    search(asked, JSONL)
}

pub(crate) fn parquet(asked: &Asked<'_>) -> Result<Reply, Problem> {
    search(asked, PARQUET)
}

/// All clippings of a story.
pub(crate) fn clippings_csv(asked: &Asked<'_>) -> Result<Reply, Problem> {
    clippings(asked, CSV)
}

pub(crate) fn clippings_jsonl(asked: &Asked<'_>) -> Result<Reply, Problem> {
    clippings(asked, JSONL)
}

pub(crate) fn clippings_parquet(asked: &Asked<'_>) -> Result<Reply, Problem> {
    clippings(asked, PARQUET)
}

/// A kind of file.
#[derive(Clone, Copy)]
struct Format {
    end: &'static str,
    kind: &'static str,
    write: fn(&Head, Rows<'_>, &mut dyn io::Write) -> io::Result<()>,
}

const CSV: Format = Format { end: "csv", kind: "text/csv; charset=utf-8", write: write_csv };
const JSONL: Format = Format { end: "jsonl", kind: "application/jsonl; charset=utf-8", write: write_jsonl };
const PARQUET: Format = Format { end: "parquet", kind: "application/vnd.apache.parquet", write: write_parquet };

fn write_csv(head: &Head, rows: Rows<'_>, to: &mut dyn io::Write) -> io::Result<()> {
    writeln!(to, "# {}; cells=a ' stands before text that would be a formula", head.line())?;
    let mut writer = csv::WriterBuilder::new().with_header(true).build(to);
    // The names of the columns are there also when no row is.
    writer.write(&RecordBatch::new_empty(schema())).map_err(io::Error::other)?;
    each_batch(rows, |batch| writer.write(&for_spreadsheets(batch)?).map_err(io::Error::other))
}

/// Texts of strangers' pages in what is opened by a click: nothing of it may be calculated.
fn for_spreadsheets(batch: &RecordBatch) -> io::Result<RecordBatch> {
    let columns = batch.columns().iter().map(|column| match column.as_any().downcast_ref::<StringArray>() {
        Some(texts) => Arc::new(texts.iter().map(|text| text.map(as_cell)).collect::<StringArray>()) as ArrayRef,
        None => Arc::clone(column),
    });
    RecordBatch::try_new(batch.schema(), columns.collect()).map_err(io::Error::other)
}

fn write_jsonl(_: &Head, rows: Rows<'_>, to: &mut dyn io::Write) -> io::Result<()> {
    let mut writer = json::WriterBuilder::new().with_explicit_nulls(true).build::<_, json::writer::LineDelimited>(to);
    each_batch(rows, |batch| writer.write(batch).map_err(io::Error::other))?;
    writer.finish().map_err(io::Error::other)
}

fn write_parquet(head: &Head, rows: Rows<'_>, to: &mut dyn io::Write) -> io::Result<()> {
    let zstd = Compression::ZSTD(ZstdLevel::try_new(1).map_err(io::Error::other)?);
    let said = head.said().into_iter().map(|(name, value)| KeyValue::new(format!("copydesk.{name}"), value));
    let properties = WriterProperties::builder()
        .set_compression(zstd)
        .set_max_row_group_bytes(Some(16 << 20))
        .set_key_value_metadata(Some(said.collect()))
        .build();
    // What is written to is not sent between threads while a file is open, but its type has to allow it.
    let mut buffer = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut buffer, schema(), Some(properties)).map_err(io::Error::other)?;
    each_batch(rows, |batch| {
        writer.write(batch).map_err(io::Error::other)?;
        let written = writer.inner_mut();
        to.write_all(written)?;
        written.clear();
        Ok(())
    })?;
    writer.close().map_err(io::Error::other)?;
    to.write_all(&buffer)
}

/// What an export says about itself.
struct Head {
    query: String,
    each: Each,
    rows: u64,
    commit: u64,
    date: String,
}

impl Head {
    fn new(asked: &Asked<'_>, query: String, each: Each, rows: u64) -> Self {
        let date = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        Self { query, each, rows, commit: asked.shown.archive.commit(), date }
    }

    fn said(&self) -> [(&'static str, String); 5] {
        [
            ("query", self.query.clone()),
            ("each", self.each.name().to_owned()),
            ("rows", self.rows.to_string()),
            ("commit", self.commit.to_string()),
            ("date", self.date.clone()),
        ]
    }

    /// In one line.
    fn line(&self) -> String {
        let said = self.said().into_iter().map(|(name, value)| format!("{name}={}", plain(&value)));
        format!("copydesk {}", said.collect::<Vec<_>>().join("; "))
    }
}

/// Without what would begin another line.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect()
}

type Rows<'r> = &'r mut dyn Iterator<Item = Result<Row, Problem>>;

/// All rows of a search.
fn search(asked: &Asked<'_>, format: Format) -> Result<Reply, Problem> {
    let shown = asked.shown;
    let mut ask = Ask::read(&asked.parameters, &shown.limits)?;
    if ask.after.is_some() || ask.limit.is_some() {
        return Err(Problem::parameter("limit", "an export has all rows: leave `after` and `limit` away"));
    }
    ask.after = None;
    let (rows, all) = all_rows(Arc::clone(&shown.index), &ask)?;
    Ok(export(Head::new(asked, ask.says(), ask.each, rows), ask.each.name(), all, format))
}

fn clippings(asked: &Asked<'_>, format: Format) -> Result<Reply, Problem> {
    asked.has_no_parameters()?;
    let id = asked.path.get(1).copied().unwrap_or_default();
    let story = match named(asked, id)? {
        Ok(story) => Arc::new(story),
        Err(other) => return Ok(Reply::elsewhere(format!("/story/{other}/clippings.{}", format.end))),
    };
    let rows = Each::Clipping.rows(&story);
    let head = Head::new(asked, format!("story {}", story.id), Each::Clipping, rows.len() as u64);
    Ok(export(head, &format!("{}-clippings", story.id), rows.into_iter().map(Ok), format))
}

/// `of` is what the file is called by.
fn export(
    head: Head,
    of: &str,
    rows: impl Iterator<Item = Result<Row, Problem>> + Send + 'static,
    format: Format,
) -> Reply {
    let name =
        format!("attachment; filename=\"copydesk-{of}-{}-commit-{}.{}\"", &head.date[..10], head.commit, format.end);
    let said = head.said().map(|(name, value)| match name {
        // A header is ASCII: what is not is written as in an address.
        "query" => ("copydesk-query", form_urlencoded::byte_serialize(value.as_bytes()).collect()),
        "each" => ("copydesk-each", value),
        "rows" => ("copydesk-rows", value),
        "commit" => ("copydesk-commit", value),
        _ => ("copydesk-date", value),
    });
    let mut rows = rows;
    let body = Content::Streamed(Box::new(move |to| (format.write)(&head, &mut rows, to)));
    let mut headers = said.to_vec();
    headers.push(("content-disposition", name));
    Reply { status: 200, kind: format.kind, body, headers }
}

fn each_batch(rows: Rows<'_>, mut write: impl FnMut(&RecordBatch) -> io::Result<()>) -> io::Result<()> {
    let mut held = Vec::with_capacity(BATCH);
    loop {
        held.clear();
        for row in (&mut *rows).take(BATCH) {
            held.push(row.map_err(|problem| io::Error::other(problem.detail))?);
        }
        if held.is_empty() {
            return Ok(());
        }
        write(&batch(&held).map_err(io::Error::other)?)?;
    }
}

fn batch(rows: &[Row]) -> Result<RecordBatch, arrow::error::ArrowError> {
    let lines: Vec<Line<'_>> = rows.iter().map(Row::line).collect();
    let text =
        |text: fn(&Line<'_>) -> String| -> ArrayRef { Arc::new(StringArray::from_iter_values(lines.iter().map(text))) };
    let number = |number: fn(&Line<'_>) -> u64| -> ArrayRef {
        Arc::new(UInt64Array::from_iter_values(lines.iter().map(number)))
    };
    let bodies = rows.iter().map(|row| row.story.body.as_str());
    let columns: Vec<ArrayRef> = vec![
        text(|l| l.story.to_owned()),
        text(|l| l.version.to_owned()),
        text(|l| l.clipping.to_owned()),
        text(|l| l.capture.to_owned()),
        text(|l| l.headline.to_owned()),
        text(|l| l.kicker.to_owned()),
        text(|l| l.byline.to_owned()),
        text(|l| l.date.to_owned()),
        text(|l| l.published.to_owned()),
        text(|l| l.site.to_owned()),
        text(|l| l.url.to_owned()),
        text(|l| l.fetched_at.to_owned()),
        text(|l| l.first_seen.to_owned()),
        text(|l| l.last_seen.to_owned()),
        number(|l| l.sites),
        number(|l| l.copies),
        number(|l| l.clippings),
        number(|l| l.versions),
        Arc::new(UInt32Array::from_iter_values(lines.iter().map(|l| l.words))),
        text(|l| l.language.clone()),
        text(|l| l.published_from.clone()),
        text(|l| l.published_to.clone()),
        text(|l| l.published_by.clone()),
        text(|l| l.origin.clone()),
        text(|l| l.agencies.clone()),
        text(|l| l.authors.clone()),
        text(|l| l.places.clone()),
        text(|l| l.section.clone()),
        text(|l| l.first_sites.clone()),
        text(|l| l.severity.clone()),
        number(|l| l.changes),
        text(|l| l.notices.clone()),
        Arc::new(StringArray::from_iter_values(bodies)),
    ];
    RecordBatch::try_new(schema(), columns)
}

/// Names of the columns, in order; where a column has several values `; ` stands between them. `story_body` is the text of the version that stands for the story.
pub(crate) const COLUMNS: [&str; 33] = [
    "story",
    "version",
    "clipping",
    "capture",
    "headline",
    "kicker",
    "byline",
    "date",
    "published",
    "site",
    "url",
    "fetched_at",
    "first_seen",
    "last_seen",
    "sites",
    "copies",
    "clippings",
    "versions",
    "words",
    "language",
    "published_from",
    "published_to",
    "published_by",
    "origin",
    "agencies",
    "authors",
    "places",
    "section",
    "first_sites",
    "severity",
    "changes",
    "notices",
    "story_body",
];

fn schema() -> SchemaRef {
    let kind = |name: &str| match name {
        "sites" | "copies" | "clippings" | "versions" | "changes" => DataType::UInt64,
        "words" => DataType::UInt32,
        _ => DataType::Utf8,
    };
    Arc::new(Schema::new(COLUMNS.map(|name| Field::new(name, kind(name), false)).to_vec()))
}
