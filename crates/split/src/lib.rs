//! Blocks in, clippings out: takes a capture's text apart into the stories that stand in it.
#![forbid(unsafe_code)]
use copydesk_model::{Block, Clipping, Role, Span};

/// A block before its role is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawBlock {
    /// The block with the white space around it; tiles the capture.
    pub span: Span,
    /// The trimmed text.
    pub text: Span,
    /// Hash of the text with white space folded.
    pub hash: u64,
}

/// What the census learns from one block of one capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The block's hash.
    pub hash: u64,
    /// Hash of its left neighbour; 0 at the page's edge.
    pub left: u64,
    /// Hash of its right neighbour; 0 at the page's edge.
    pub right: u64,
}

/// What the census knows of a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Distinct captures that hold the block.
    pub captures: u32,
    /// Distinct left neighbours, capped at 8.
    pub left: u8,
    /// Distinct right neighbours, capped at 8.
    pub right: u8,
}

/// A capture taken apart.
#[derive(Clone, Debug, Default)]
pub struct Split {
    /// Every block with its role.
    pub blocks: Vec<Block>,
    /// The clippings in page order.
    pub clippings: Vec<Clipping>,
    /// `masked[c][p]`: paragraph `p` of clipping `c` is no evidence for matching.
    pub masked: Vec<Vec<bool>>,
}

/// Cuts a text into blocks: a block is a line with text in it.
pub fn blocks(text: &str) -> Vec<RawBlock> {
    let mut out: Vec<RawBlock> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            let span_start = out.last().map_or(0, |b| b.span.end as usize);
            out.push(RawBlock {
                span: Span::new(span_start, at + line.len()),
                text: Span::new(start, start + trimmed.len()),
                hash: xxhash_rust::xxh3::xxh3_64(trimmed.as_bytes()),
            });
        } else if let Some(last) = out.last_mut() {
            last.span.end = (at + line.len()) as u32;
        }
        at += line.len();
    }
    out
}

/// The census's view of a text, one sighting a block.
pub fn sightings(text: &str) -> Vec<Sighting> {
    let blocks = blocks(text);
    (0..blocks.len())
        .map(|i| Sighting {
            hash: blocks[i].hash,
            left: if i == 0 { 0 } else { blocks[i - 1].hash },
            right: blocks.get(i + 1).map_or(0, |b| b.hash),
        })
        .collect()
}

/// Takes a capture apart.
pub fn split(url: &str, text: &str, evidence: &[Evidence]) -> Split {
    let _ = (url, evidence);
    let blocks: Vec<Block> = blocks(text)
        .into_iter()
        .map(|b| Block { span: b.span, text: b.text, hash: b.hash, role: Role::Body, clipping: Some(0) })
        .collect();
    let body: Vec<String> = blocks.iter().map(|b| b.text.of(text).to_owned()).collect();
    let masked = vec![vec![false; body.len()]];
    Split { blocks, clippings: vec![Clipping { body, ..Clipping::default() }], masked }
}
