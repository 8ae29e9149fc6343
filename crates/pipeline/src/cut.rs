//! A capture as it was cut: its blocks with their roles.

use arrow::datatypes::UInt32Type;
use copydesk_archive::Table;
use copydesk_model::Role;

use crate::{CaptureRow, Error, ErrorKind, View, columns};

/// A capture with its blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CutCapture {
    /// The capture.
    pub capture: CaptureRow,
    /// Its blocks, in page order; their spans tile the text.
    pub blocks: Vec<CutBlock>,
}

/// A block of a capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutBlock {
    /// What it is.
    pub role: Role,
    /// The clipping that it belongs to.
    pub clipping: Option<u32>,
    /// Its text, trimmed.
    pub text: String,
}

impl View {
    /// A capture with its blocks, by its id.
    pub fn cut(&self, id: &str) -> Result<CutCapture, Error> {
        let capture = self.capture(id)?;
        let mut blocks: Vec<(u32, CutBlock)> = Vec::new();
        let key = id.to_owned();
        for batch in self.archive().find(Table::Blocks, None, "capture", move |capture| capture == key)? {
            let clippings = columns::option::<UInt32Type>(&batch, "clipping")?;
            for row in 0..batch.num_rows() {
                let number = |name| columns::number::<UInt32Type>(&batch, name, row);
                let wrong = |what: String| {
                    Error::new(ErrorKind::Damaged, format!("a block of capture `{id}` cannot be read: {what}"))
                };
                let role = columns::text(&batch, "role", row)?.parse().map_err(wrong)?;
                let text = capture.text.get(number("start")? as usize..number("end")? as usize);
                let text = text.ok_or_else(|| wrong("it is not in the text".to_owned()))?.trim().to_owned();
                blocks.push((number("ordinal")?, CutBlock { role, clipping: clippings(row), text }));
            }
        }
        blocks.sort_by_key(|(ordinal, _)| *ordinal);
        Ok(CutCapture { capture, blocks: blocks.into_iter().map(|(_, block)| block).collect() })
    }
}
