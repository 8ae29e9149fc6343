//! By what each capture was taken apart, and what came of it in numbers: rows of `splits`.

use std::sync::Arc;

use arrow::{
    array::{ArrayRef, BinaryBuilder, UInt32Array, UInt64Array},
    record_batch::RecordBatch,
};
use copydesk_archive::{Archive, Table, TableFile, TableWriter};
use copydesk_model::{Block, Clipping, Role};
use copydesk_split::Outline;
use xxhash_rust::xxh3::xxh3_64;

use crate::{Error, ErrorKind, columns};

/// A row of `splits`.
pub(crate) struct SplitRow {
    pub(crate) digest: u64,
    pub(crate) result: u64,
    pub(crate) bytes: u64,
    pub(crate) clippings: u32,
    pub(crate) roles: [u32; Role::ALL.len()],
    pub(crate) outline: Outline,
    /// Clippings with a paragraph that is left out, and the flags of their paragraphs.
    pub(crate) masks: Vec<(u32, Vec<bool>)>,
}

impl SplitRow {
    /// The paragraphs of a clipping that are left out when it is compared; empty for none.
    pub(crate) fn mask(&self, clipping: u32) -> &[bool] {
        self.masks.iter().find(|(own, _)| *own == clipping).map_or(&[], |(_, mask)| mask)
    }
}

/// A digest of what becomes rows of `blocks` and `clippings`. `clippings` come with the ids of their versions.
pub(crate) fn result<'c>(blocks: &[Block], clippings: impl Iterator<Item = (&'c Clipping, u128)>) -> u64 {
    let mut bytes = Vec::with_capacity(5 * blocks.len() + 512);
    for block in blocks {
        bytes.push(block.role as u8);
        bytes.extend(block.clipping.unwrap_or(u32::MAX).to_le_bytes());
    }
    let text = |bytes: &mut Vec<u8>, text: &str| {
        bytes.extend((text.len() as u64).to_le_bytes());
        bytes.extend(text.as_bytes());
    };
    for (clipping, version) in clippings {
        bytes.extend(clipping.ordinal.to_le_bytes());
        bytes.extend(version.to_le_bytes());
        let Clipping { headline, kicker, byline, date, published, captions, .. } = clipping;
        [headline, kicker, byline, date, published].into_iter().for_each(|part| text(&mut bytes, part));
        bytes.extend((captions.len() as u64).to_le_bytes());
        for caption in captions {
            text(&mut bytes, &caption.text);
            text(&mut bytes, &caption.credit);
        }
    }
    xxh3_64(&bytes)
}

/// Rows that are written at a time.
const SLAB_ROWS: usize = 8192;

pub(crate) fn write<'r>(rows: impl Iterator<Item = &'r SplitRow>, to: &mut TableWriter) -> Result<(), Error> {
    let mut rows = rows.peekable();
    while rows.peek().is_some() {
        let slab: Vec<&SplitRow> = rows.by_ref().take(SLAB_ROWS).collect();
        let numbers = |of: fn(&SplitRow) -> u64| -> ArrayRef {
            Arc::new(UInt64Array::from_iter_values(slab.iter().map(|row| of(row))))
        };
        let (mut roles, mut outlines, mut masks) = (BinaryBuilder::new(), BinaryBuilder::new(), BinaryBuilder::new());
        for row in &slab {
            roles.append_value(row.roles.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>());
            outlines.append_value(row.outline.as_bytes());
            let mut packed = Vec::new();
            for (clipping, mask) in &row.masks {
                packed.extend(clipping.to_le_bytes());
                packed.extend((mask.len() as u32).to_le_bytes());
                packed.extend(mask.iter().map(|&m| u8::from(m)));
            }
            masks.append_value(packed);
        }
        let columns: Vec<ArrayRef> = vec![
            numbers(|row| row.digest),
            numbers(|row| row.result),
            numbers(|row| row.bytes),
            Arc::new(UInt32Array::from_iter_values(slab.iter().map(|row| row.clippings))),
            Arc::new(roles.finish()),
            Arc::new(outlines.finish()),
            Arc::new(masks.finish()),
        ];
        to.write(&RecordBatch::try_new(Table::Splits.schema(), columns)?)?;
    }
    Ok(())
}

/// The rows of a file of `splits`.
pub(crate) fn read(archive: &Archive, file: &TableFile, batch_rows: usize) -> Result<Vec<SplitRow>, Error> {
    let mut rows = Vec::with_capacity(file.rows as usize);
    let broken = || {
        Error::new(
            ErrorKind::Damaged,
            format!("a row of `{}` cannot be read; `copydesk add ARCHIVE --resplit` makes the table again", file.path),
        )
    };
    for batch in archive.read_file(&file.path, None, batch_rows)? {
        let batch = batch?;
        let [digests, results, bytes] = [0, 1, 2].map(|column| columns::u64s(&batch, column));
        let (digests, results, bytes) = (digests?, results?, bytes?);
        let clippings = columns::u32s(&batch, 3)?;
        let [roles, outlines, masks] = ["roles", "outline", "masks"].map(|name| columns::bytes(&batch, name));
        let (roles, outlines, masks) = (roles?, outlines?, masks?);
        for row in 0..batch.num_rows() {
            let mut counts = [0; Role::ALL.len()];
            let words = roles.value(row).chunks_exact(4).map(|word| word.try_into().map_or(0, u32::from_le_bytes));
            counts.iter_mut().zip(words).for_each(|(count, word)| *count = word);
            rows.push(SplitRow {
                digest: digests[row],
                result: results[row],
                bytes: bytes[row],
                clippings: clippings[row],
                roles: counts,
                outline: Outline::from_bytes(outlines.value(row)),
                masks: unpack(masks.value(row)).ok_or_else(broken)?,
            });
        }
    }
    Ok(rows)
}

fn unpack(mut bytes: &[u8]) -> Option<Vec<(u32, Vec<bool>)>> {
    let mut masks = Vec::new();
    while !bytes.is_empty() {
        let (clipping, rest) = bytes.split_first_chunk::<4>()?;
        let (paragraphs, rest) = rest.split_first_chunk::<4>()?;
        let (mask, rest) = rest.split_at_checked(u32::from_le_bytes(*paragraphs) as usize)?;
        masks.push((u32::from_le_bytes(*clipping), mask.iter().map(|&m| m != 0).collect()));
        bytes = rest;
    }
    Some(masks)
}
