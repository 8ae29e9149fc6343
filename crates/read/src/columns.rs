use std::{
    fs::File,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use arrow::{
    array::{Array, ArrayRef, AsArray, RecordBatch},
    compute::cast,
    datatypes::{DataType, TimeUnit, TimestampMicrosecondType, TimestampSecondType},
};
use copydesk_model::{Capture, Html, Outcome, Refused};
use parquet::arrow::{
    ProjectionMask,
    arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder},
};

use crate::{
    content::content_id,
    plain::undecodable,
    progress::Progress,
    reader::{refused, too_large},
    to_utc_seconds,
};

/// A Parquet file that is being read: one capture a row, of the columns that JSONL has.
pub(crate) struct Columns {
    /// None behind damage: pages of Parquet cannot be found without what was damaged.
    batches: Option<ParquetRecordBatchReader>,
    batch: Option<Batch>,
    row: usize,
    /// Rows of earlier batches.
    before: u64,
    /// Bytes of the file and its rows: batch by batch its share of the bytes counts as read, and is `counted`.
    bytes: u64,
    rows: u64,
    counted: u64,
    name: String,
    limit: usize,
}

/// The columns of some rows, as far as they are there.
struct Batch {
    rows: usize,
    id: Option<ArrayRef>,
    url: Option<ArrayRef>,
    fetched_at: Time,
    html: Option<Page>,
    text: Option<ArrayRef>,
    charset: Option<ArrayRef>,
}

enum Time {
    Missing,
    Written(ArrayRef),
    /// In microseconds, or in seconds where those do not fit.
    Stamped(ArrayRef),
}

/// Pages as text, which is UTF-8, or as bytes.
enum Page {
    Text(ArrayRef),
    Bytes(ArrayRef),
}

const READ: [&str; 6] = ["id", "url", "fetched_at", "html", "text", "charset"];

/// Unpacked bytes of rows that are read together: a few pages.
const TOGETHER: i64 = 4 << 20;

type Refusal = (Outcome, String);

impl Columns {
    /// `counted` bytes of the file count as read already.
    pub(crate) fn open(path: &Path, name: String, limit: usize, counted: u64) -> Result<Self, Refusal> {
        let damaged = |e: &dyn std::fmt::Display| {
            (
                Outcome::Unreadable,
                format!("is a Parquet file that cannot be read: {e}; fetch it again if it was cut off"),
            )
        };
        let file = File::open(path).map_err(|e| (Outcome::Unreadable, crate::inputs::unreadable(&e)))?;
        let bytes = file.metadata().map_or(0, |of| of.len()).saturating_sub(counted);
        let builder = guarded(|| ParquetRecordBatchReaderBuilder::try_new(file)).map_err(|e| damaged(&e))?;
        let schema = builder.parquet_schema();
        let wanted: Vec<usize> = (0..schema.root_schema().get_fields().len())
            .filter(|&i| READ.contains(&schema.root_schema().get_fields()[i].name()))
            .collect();
        let named = |name: &str| schema.root_schema().get_fields().iter().any(|field| field.name() == name);
        if !named("text") && !named("html") {
            let message = "has no column `text` or `html`; name the column with the pages so".to_owned();
            return Err((Outcome::MissingColumn, message));
        }
        let mask = ProjectionMask::roots(schema, wanted);
        let metadata = builder.metadata();
        let unpacked: i64 = metadata.row_groups().iter().map(|group| group.total_byte_size()).sum();
        let rows = metadata.file_metadata().num_rows().max(0);
        let each = (unpacked / rows.max(1)).max(1);
        let together = (TOGETHER / each).clamp(1, 1024) as usize;
        let batches =
            guarded(|| builder.with_projection(mask).with_batch_size(together).build()).map_err(|e| damaged(&e))?;
        let rows = rows as u64;
        Ok(Self { batches: Some(batches), batch: None, row: 0, before: 0, bytes, rows, counted: 0, name, limit })
    }

    pub(crate) fn next(&mut self, progress: &Progress) -> Option<Result<Capture, Refused>> {
        loop {
            if let Some(batch) = &self.batch
                && self.row < batch.rows
            {
                let row = self.row;
                self.row += 1;
                let number = self.before + self.row as u64;
                let source = || format!("{}:row {number}", self.name);
                let found = batch.capture(row, self.limit, |written| progress.add_undated(&source(), written));
                return Some(found.map_err(|(outcome, message)| refused(source(), outcome, message)));
            }
            self.before += self.batch.take().map_or(0, |batch| batch.rows as u64);
            self.row = 0;
            let batches = self.batches.as_mut()?;
            let failed = match guarded(|| batches.next().transpose()) {
                Ok(None) => return None,
                Ok(Some(rows)) => match Batch::of(&rows) {
                    Ok(batch) => {
                        let through = u128::from(self.before) + batch.rows as u128;
                        let counted = (u128::from(self.bytes) * through / u128::from(self.rows.max(1))) as u64;
                        progress.add_bytes(counted.saturating_sub(self.counted));
                        self.counted = counted;
                        self.batch = Some(batch);
                        continue;
                    }
                    Err(failed) => failed,
                },
                Err(e) => {
                    let row = self.before + 1;
                    (Outcome::Damaged, format!("cannot be read from row {row} on: {e}; what came before was read"))
                }
            };
            self.batches = None;
            return Some(Err(refused(self.name.clone(), failed.0, failed.1)));
        }
    }
}

/// What the library makes of a damaged file: mostly an error, at times a panic.
fn guarded<T, E: std::fmt::Display>(read: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(read) => read.map_err(|e| e.to_string()),
        Err(_) => Err("it is damaged".to_owned()),
    }
}

impl Batch {
    fn of(rows: &RecordBatch) -> Result<Self, Refusal> {
        let text = |name: &str| {
            rows.column_by_name(name).map(|column| as_type(name, column, &DataType::LargeUtf8)).transpose()
        };
        let fetched_at = match rows.column_by_name("fetched_at") {
            None => Time::Missing,
            Some(column) => match column.data_type() {
                DataType::Timestamp(..) | DataType::Date32 | DataType::Date64 => {
                    // To the second towards the past, which casting to seconds does not do before 1970.
                    let fine = as_type("fetched_at", column, &DataType::Timestamp(TimeUnit::Microsecond, None));
                    let fine =
                        fine.or_else(|_| as_type("fetched_at", column, &DataType::Timestamp(TimeUnit::Second, None)))?;
                    Time::Stamped(fine)
                }
                _ => Time::Written(as_type("fetched_at", column, &DataType::LargeUtf8)?),
            },
        };
        let html = match rows.column_by_name("html") {
            None => None,
            Some(column) => Some(match column.data_type() {
                DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => {
                    Page::Bytes(as_type("html", column, &DataType::LargeBinary)?)
                }
                _ => Page::Text(as_type("html", column, &DataType::LargeUtf8)?),
            }),
        };
        // Tools that know no types for text write bytes.
        let text_column = match rows.column_by_name("text") {
            Some(column) => Some(as_type("text", column, &DataType::LargeBinary)?),
            None => None,
        };
        Ok(Self {
            rows: rows.num_rows(),
            id: text("id")?,
            url: text("url")?,
            fetched_at,
            html,
            text: text_column,
            charset: text("charset")?,
        })
    }

    fn capture(&self, row: usize, limit: usize, undated: impl FnOnce(&str)) -> Result<Capture, Refusal> {
        let mut capture = Capture {
            id: string(&self.id, row).to_owned(),
            url: string(&self.url, row).trim().to_owned(),
            fetched_at: self.fetched_at.of(row, undated),
            ..Capture::default()
        };
        let html = match &self.html {
            Some(Page::Text(column)) if column.is_valid(row) => {
                (column.as_string::<i64>().value(row).as_bytes(), "utf-8")
            }
            Some(Page::Bytes(column)) if column.is_valid(row) => {
                (column.as_binary::<i64>().value(row), string(&self.charset, row).trim())
            }
            _ => (&[][..], ""),
        };
        let text = match &self.text {
            Some(column) if column.is_valid(row) => column.as_binary::<i64>().value(row),
            _ => &[],
        };
        if html.0.len().max(text.len()) > limit {
            return Err((Outcome::TooLarge, too_large("page", limit)));
        }
        if !html.0.trim_ascii().is_empty() {
            capture.html = Some(Box::new(Html { bytes: html.0.to_vec(), charset: html.1.to_owned(), is_xhtml: false }));
        } else {
            let text = simdutf8::compat::from_utf8(text)
                .map_err(|e| (Outcome::Undecodable, undecodable(text, e.valid_up_to())))?;
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            if text.trim_start().is_empty() {
                return Err((Outcome::Empty, "its `html` and `text` are empty; nothing to do".to_owned()));
            }
            capture.text = text.to_owned();
        }
        if capture.id.is_empty() {
            capture.id = content_id(&capture);
        }
        Ok(capture)
    }
}

impl Time {
    fn of(&self, row: usize, undated: impl FnOnce(&str)) -> String {
        let (found, written) = match self {
            Time::Missing => return String::new(),
            Time::Written(column) | Time::Stamped(column) if column.is_null(row) => return String::new(),
            Time::Written(column) => {
                let written = column.as_string::<i64>().value(row);
                (to_utc_seconds(written), written.to_owned())
            }
            Time::Stamped(column) => {
                let seconds = match column.as_primitive_opt::<TimestampMicrosecondType>() {
                    Some(fine) => fine.value(row).div_euclid(1_000_000),
                    None => column.as_primitive::<TimestampSecondType>().value(row),
                };
                (jiff::Timestamp::from_second(seconds).ok().map(|time| time.to_string()), seconds.to_string())
            }
        };
        found.unwrap_or_else(|| {
            if !written.trim().is_empty() {
                undated(&written);
            }
            String::new()
        })
    }
}

fn as_type(name: &str, column: &ArrayRef, wanted: &DataType) -> Result<ArrayRef, Refusal> {
    // Casting would make text of lists and of truth values, too.
    let of_one_value = !column.data_type().is_nested() && !matches!(column.data_type(), DataType::Boolean);
    let found = of_one_value.then(|| cast(column, wanted).ok()).flatten();
    found.ok_or_else(|| {
        let message = format!("its column `{name}` is {}, which cannot be read as {wanted}", column.data_type());
        (Outcome::MissingColumn, message)
    })
}

fn string(column: &Option<ArrayRef>, row: usize) -> &str {
    match column {
        Some(column) if column.is_valid(row) => column.as_string::<i64>().value(row),
        _ => "",
    }
}
