//! Clippings on their way from where captures come apart to where it is known what belongs together.

use std::sync::Arc;

use arrow::{
    array::{ArrayBuilder, ArrayRef, BooleanBuilder, ListBuilder, StringBuilder, StructBuilder, UInt32Builder},
    datatypes::{DataType, Field, Fields, Schema, SchemaRef},
    record_batch::RecordBatch,
};
use copydesk_annotate::Printed;
use copydesk_archive::Table;

use crate::{Error, noted::NotedRows, steps::clip::Found};

fn column(name: &str, data_type: DataType) -> Field {
    Field::new(name, data_type, false)
}

/// A clipping as the table has it, but for the story, with the number of its version in place of the version's id.
pub(crate) fn clipping_schema() -> SchemaRef {
    let mut fields: Vec<Arc<Field>> = Table::Clippings
        .schema()
        .fields()
        .iter()
        .filter(|f| !["story", "version", "words"].contains(&f.name().as_str()))
        .cloned()
        .collect();
    fields.push(Arc::new(column("version", DataType::UInt32)));
    fields.push(Arc::new(column("titled", DataType::Boolean)));
    Arc::new(Schema::new(fields))
}

pub(crate) struct ClippingRows {
    id: StringBuilder,
    capture: StringBuilder,
    url: StringBuilder,
    site: StringBuilder,
    fetched_at: StringBuilder,
    ordinal: UInt32Builder,
    headline: StringBuilder,
    kicker: StringBuilder,
    byline: StringBuilder,
    date: StringBuilder,
    published: StringBuilder,
    captions: ListBuilder<StructBuilder>,
    noted: NotedRows,
    version: UInt32Builder,
    titled: BooleanBuilder,
}

impl ClippingRows {
    pub(crate) fn new() -> Result<Self, Error> {
        let fields = Fields::from(vec![column("text", DataType::Utf8), column("credit", DataType::Utf8)]);
        let caption =
            StructBuilder::new(fields.clone(), vec![Box::new(StringBuilder::new()), Box::new(StringBuilder::new())]);
        let item = Field::new("item", DataType::Struct(fields), false);
        Ok(Self {
            id: StringBuilder::new(),
            capture: StringBuilder::new(),
            url: StringBuilder::new(),
            site: StringBuilder::new(),
            fetched_at: StringBuilder::new(),
            ordinal: UInt32Builder::new(),
            headline: StringBuilder::new(),
            kicker: StringBuilder::new(),
            byline: StringBuilder::new(),
            date: StringBuilder::new(),
            published: StringBuilder::new(),
            captions: ListBuilder::new(caption).with_field(item),
            noted: NotedRows::new()?,
            version: UInt32Builder::new(),
            titled: BooleanBuilder::new(),
        })
    }

    /// `capture` is its id, URL, site and time of fetching; `version` the number of the clipping's.
    pub(crate) fn push(&mut self, capture: [&str; 4], found: &Found, version: u32) {
        use std::fmt::Write;
        let [capture, url, site, fetched_at] = capture;
        let clipping = &found.clipping;
        let _ = write!(self.id, "{capture}#{}", clipping.ordinal);
        self.id.append_value("");
        self.capture.append_value(capture);
        self.url.append_value(url);
        self.site.append_value(site);
        self.fetched_at.append_value(fetched_at);
        self.ordinal.append_value(clipping.ordinal);
        self.headline.append_value(&clipping.headline);
        self.kicker.append_value(&clipping.kicker);
        self.byline.append_value(&clipping.byline);
        self.date.append_value(&clipping.date);
        self.published.append_value(&clipping.published);
        for caption in &clipping.captions {
            let item = self.captions.values();
            for (k, text) in [&caption.text, &caption.credit].into_iter().enumerate() {
                if let Some(builder) = item.field_builder::<StringBuilder>(k) {
                    builder.append_value(text);
                }
            }
            item.append(true);
        }
        self.captions.append(true);
        self.noted.push(&Printed::of(clipping, &found.body, url, fetched_at), &found.noted);
        self.version.append_value(version);
        self.titled.append_value(!clipping.headline.is_empty());
    }

    pub(crate) fn len(&self) -> usize {
        self.version.len()
    }

    pub(crate) fn finish(&mut self) -> Result<RecordBatch, Error> {
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(self.id.finish()),
            Arc::new(self.capture.finish()),
            Arc::new(self.url.finish()),
            Arc::new(self.site.finish()),
            Arc::new(self.fetched_at.finish()),
            Arc::new(self.ordinal.finish()),
            Arc::new(self.headline.finish()),
            Arc::new(self.kicker.finish()),
            Arc::new(self.byline.finish()),
            Arc::new(self.date.finish()),
            Arc::new(self.published.finish()),
            Arc::new(self.captions.finish()),
        ];
        columns.extend(self.noted.finish()?);
        let [version, titled]: [ArrayRef; 2] = [Arc::new(self.version.finish()), Arc::new(self.titled.finish())];
        columns.extend([version, titled]);
        Ok(RecordBatch::try_new(clipping_schema(), columns)?)
    }
}
