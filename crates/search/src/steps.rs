//! Scores that come out the same whatever they are added up in: in an index that was made at once, and in one that grew.
//!
//! The engine adds what a story's words are worth in an order that depends on its segments, and sums of floating-point numbers depend
//! on their order. What each word is worth is rounded to a step here, and sums of steps are exact.

use tantivy::{
    COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Score, Searcher, SeekDangerResult, SegmentReader, Term,
    query::{Bm25StatisticsProvider, EnableScoring, Explanation, Query, Scorer, Weight},
    schema::{Field, IndexRecordOption},
};

/// Steps in 1. Sums are exact up to 32,768, and 128 words of the rarest kind in every field are worth half of it.
const STEPS: f32 = 512.0;

/// A query whose scores are rounded to steps.
#[derive(Debug)]
pub(crate) struct Stepped(Box<dyn Query>);

impl Stepped {
    pub(crate) fn new(query: impl Query) -> Self {
        Self(Box::new(query))
    }
}

impl Clone for Stepped {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Query for Stepped {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let weight = self.0.weight(scoring)?;
        Ok(if scoring.is_scoring_enabled() { Box::new(SteppedWeight(weight)) } else { weight })
    }
}

struct SteppedWeight(Box<dyn Weight>);

impl Weight for SteppedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(SteppedScorer(self.0.scorer(reader, boost)?)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(reader, doc)
    }
}

struct SteppedScorer(Box<dyn Scorer>);

impl DocSet for SteppedScorer {
    fn advance(&mut self) -> DocId {
        self.0.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.0.seek(target)
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        self.0.seek_danger(target)
    }

    fn fill_buffer(&mut self, buffer: &mut [DocId; COLLECT_BLOCK_BUFFER_LEN]) -> usize {
        self.0.fill_buffer(buffer)
    }

    fn doc(&self) -> DocId {
        self.0.doc()
    }

    fn size_hint(&self) -> u32 {
        self.0.size_hint()
    }

    fn cost(&self) -> u64 {
        self.0.cost()
    }
}

impl Scorer for SteppedScorer {
    fn score(&mut self) -> Score {
        stepped(self.0.score())
    }
}

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
