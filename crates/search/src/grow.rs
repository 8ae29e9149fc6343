//! An index that grows out of the one before: only the stories that changed are written.

use std::{collections::BTreeMap, path::Path};

use tantivy::{DocId, IndexWriter, SegmentReader, Term, columnar::Column, merge_policy::LogMergePolicy};

use crate::{
    Entry, Error,
    folder::{self, Label},
    index::Index,
    limits::{GONE, REPLACED, WRITER_BYTES},
    queue::{Queue, Row},
    schema::{Columns, Tokens, number},
};

/// A story that the index before has.
struct Known {
    id: u64,
    hash: u64,
    segment: usize,
    doc: DocId,
    /// Whether it is still there.
    seen: bool,
}

/// Makes the index of a commit in a draft, out of the one before it; `None` where so much changed that making it anew is quicker.
pub(crate) fn grown(
    before: &Index,
    label: &Label,
    draft: &Path,
    commit: u64,
    entries: impl Iterator<Item = Result<Entry, Error>>,
    progress: &mut impl FnMut(u64),
) -> Result<Option<(u64, Tokens)>, Error> {
    folder::grow(before.path(), label, draft)?;
    let columns = Columns::new();
    let mut known = known(before.segments())?;
    let most = known.len() / REPLACED;
    let index = tantivy::Index::open_in_dir(draft)?;
    Columns::prepare(&index);
    // One thread, so that the same stories give the same index.
    let mut writer: IndexWriter<Row> = index.writer_with_num_threads(1, WRITER_BYTES)?;
    let mut merging = LogMergePolicy::default();
    merging.set_del_docs_ratio_before_merge(GONE);
    writer.set_merge_policy(Box::new(merging));
    let of_segments = tokens_of(before.segments())?;
    let mut tokens = label.tokens;
    let queue = Queue::default();
    let mut stems = BTreeMap::new();
    let (mut stories, mut changed) = (0, 0);
    let remove = |writer: &IndexWriter<Row>, known: &Known, tokens: &mut Tokens| {
        writer.delete_term(Term::from_field_u64(columns.id, known.id));
        let counts = of_segments[known.segment].values_for_doc(known.doc);
        tokens.iter_mut().zip(counts).for_each(|(sum, count)| *sum = sum.saturating_sub(count));
    };
    for entry in entries {
        let entry = entry?;
        stories += 1;
        progress(stories);
        let id = number(&entry.id).unwrap_or_default();
        if let Ok(at) = known.binary_search_by_key(&id, |known| known.id) {
            let is_same = known[at].hash == entry.hash_of_all();
            if !std::mem::replace(&mut known[at].seen, true) && !is_same {
                remove(&writer, &known[at], &mut tokens);
            }
            if is_same {
                continue;
            }
        }
        changed += 1;
        if changed > most {
            return Ok(None);
        }
        let (row, counts) = columns.row(&entry, &mut stems)?;
        tokens.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        queue.add(&writer, row)?;
    }
    for gone in known.iter().filter(|known| !known.seen) {
        changed += 1;
        remove(&writer, gone, &mut tokens);
    }
    if changed > most {
        return Ok(None);
    }
    let mut prepared = writer.prepare_commit()?;
    prepared.set_payload(&commit.to_string());
    prepared.commit()?;
    writer.wait_merging_threads()?;
    Ok(Some((stories, tokens)))
}

/// The stories of an index, in the order of their ids.
fn known(segments: &[SegmentReader]) -> Result<Vec<Known>, Error> {
    let mut out = Vec::new();
    for (segment, reader) in segments.iter().enumerate() {
        let (ids, hashes) = (reader.fast_fields().u64("id")?, reader.fast_fields().u64("hash")?);
        out.extend(reader.doc_ids_alive().map(|doc| Known {
            id: ids.first(doc).unwrap_or_default(),
            hash: hashes.first(doc).unwrap_or_default(),
            segment,
            doc,
            seen: false,
        }));
    }
    out.sort_unstable_by_key(|known| known.id);
    Ok(out)
}

fn tokens_of(segments: &[SegmentReader]) -> Result<Vec<Column<u64>>, Error> {
    Ok(segments.iter().map(|segment| segment.fast_fields().u64("tokens")).collect::<tantivy::Result<_>>()?)
}
