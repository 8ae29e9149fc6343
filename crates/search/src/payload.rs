//! What is handed in with a story, packed by itself: the engine packs many rows together, and one cannot be had without the others.

use std::io;

use lz4_flex::block::{compress_into, decompress_into, get_maximum_output_size};

/// Bytes that a payload may have: one that says that it has more is damaged.
const MOST: usize = 1 << 30;

/// Packs with LZ4, which is unpacked with a quarter of Zstandard's instructions: a page of results unpacks twenty. How long it was stands in front.
pub(crate) fn pack(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let length = u32::try_from(bytes.len()).ok().filter(|length| *length as usize <= MOST);
    let length = length.ok_or_else(|| io::Error::other("a story is larger than 1 GiB"))?.to_le_bytes();
    let mut out = vec![0; length.len() + get_maximum_output_size(bytes.len())];
    out[..length.len()].copy_from_slice(&length);
    let packed = compress_into(bytes, &mut out[length.len()..]).map_err(io::Error::other)?;
    out.truncate(length.len() + packed);
    Ok(out)
}

/// Unpacks what [`pack`] packed.
pub(crate) fn unpack(packed: &[u8]) -> io::Result<Vec<u8>> {
    let damaged = || io::Error::other("a story is cut off");
    let (length, rest) = packed.split_first_chunk().ok_or_else(damaged)?;
    let length = u32::from_le_bytes(*length) as usize;
    // No more than 255 bytes come of one.
    if length > MOST || length / 256 > rest.len() {
        return Err(damaged());
    }
    let mut bytes = vec![0; length];
    let unpacked = decompress_into(rest, &mut bytes).map_err(io::Error::other)?;
    if unpacked == length { Ok(bytes) } else { Err(damaged()) }
}

/// The bytes of a row that stores nothing else, as the engine writes it: one value, of a field, that is bytes, so many. The engine itself
/// takes them out one by one. `None` where the row is written in another way.
pub(crate) fn only_bytes(row: &[u8], field: u32) -> Option<&[u8]> {
    const LAST: u8 = 0x80;
    const BYTES: u8 = 4;
    let rest = row.strip_prefix(&[1 | LAST])?.strip_prefix(&field.to_le_bytes())?.strip_prefix(&[BYTES])?;
    // A number in groups of seven bits, the lowest first, and the last one marked.
    let groups = rest.iter().take(5).position(|byte| byte & LAST != 0)? + 1;
    let (length, bytes) = rest.split_at(groups);
    let length = length.iter().rev().fold(0, |length, group| length << 7 | u64::from(group & !LAST));
    (bytes.len() as u64 == length).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back() {
        for bytes in [&b""[..], b"ferry", &[7; 100_000]] {
            assert_eq!(unpack(&pack(bytes).unwrap()).unwrap(), bytes);
        }
        let packed = pack(b"ferry ferry ferry").unwrap();
        for damaged in [&packed[..3], &packed[..packed.len() - 1], &[255; 12][..], b"\x01\0\0\0ferry"] {
            assert!(unpack(damaged).is_err());
        }
    }
    #[test]
    fn bytes_are_where_the_engine_puts_them() {
        use tantivy::{
            TantivyDocument,
            schema::{STORED, STRING, Schema},
        };
        let mut schema = Schema::builder();
        schema.add_text_field("other", STRING);
        let payload = schema.add_bytes_field("payload", STORED);
        let index = tantivy::Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
        let sizes = [0, 1, 127, 128, 16_383, 16_384, 100_000];
        for size in sizes {
            let mut row = TantivyDocument::new();
            row.add_bytes(payload, &vec![0x85; size]);
            writer.add_document(row).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let store = searcher.segment_reader(0).get_store_reader(1).unwrap();
        for (doc, size) in sizes.into_iter().enumerate() {
            let row = store.get_document_bytes(doc as u32).unwrap();
            assert_eq!(only_bytes(&row, payload.field_id()), Some(&vec![0x85; size][..]));
            assert_eq!(only_bytes(&row, payload.field_id() + 1), None);
            assert_eq!(only_bytes(&row[..row.len() - 1], payload.field_id()), None);
        }
    }
}
