//! Scores that come out the same whatever they are added up in: in an index that was made at once, and in one that grew.
//!
//! The engine adds what a story's words are worth in an order that depends on its segments, and sums of floating-point numbers depend
//! on their order. What each word is worth is rounded to a step here, and sums of steps are exact.

use tantivy::{
    DocId, DocSet, Score, Searcher, Term,
    query::Bm25StatisticsProvider,
    schema::{Field, IndexRecordOption},
};

/// Steps in 1. Sums are exact up to 32,768, and 128 words of the rarest kind in every field are worth half of it.
const STEPS: f32 = 512.0;

/// Half of the numbers of this size are whole ones: to add it and take it away again rounds, ties to even, and is no call.
const WHOLE: f32 = 12_582_912.0;

#[inline]
pub(crate) fn stepped(score: Score) -> Score {
    (score * STEPS + WHOLE - WHOLE) / STEPS
}

/// What BM25 counts, of the stories that are there: those that were replaced stay in their segments until these are merged.
pub(crate) struct Statistics<'i> {
    pub(crate) searcher: &'i Searcher,
    /// Tokens of each column whose words are ranked.
    pub(crate) tokens: &'i [(Field, u64)],
    /// Rows of each segment that are not there any more, in order.
    pub(crate) gone: &'i [Vec<DocId>],
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Ok(self.tokens.iter().find(|(column, _)| *column == field).map_or(0, |(_, tokens)| *tokens))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.searcher.num_docs())
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let mut stories = 0;
        for (segment, gone) in self.searcher.segment_readers().iter().zip(self.gone) {
            let index = segment.inverted_index(term.field())?;
            let Some(found) = index.get_term_info(term)? else { continue };
            stories += u64::from(found.doc_freq);
            if gone.is_empty() {
                continue;
            }
            let mut postings = index.read_postings_from_terminfo(&found, IndexRecordOption::Basic)?;
            for &doc in gone {
                if postings.doc() < doc {
                    postings.seek(doc);
                }
                stories -= u64::from(postings.doc() == doc);
            }
        }
        Ok(stories)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_step_is_what_rounding_gives(score in 0f32..8_000.0) {
            prop_assert_eq!(stepped(score), (score * STEPS).round_ties_even() / STEPS);
        }
    }
}
