//! Words that begin alike: the lists of all of them in one set of bits a column.

use std::sync::Arc;

use tantivy::{
    DocId, DocSet, Score, SegmentReader, TERMINATED,
    query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight},
    schema::{Field, IndexRecordOption},
};

use crate::steps::stepped;

/// Any word with a beginning, in any of some columns; each column that has one counts for what stands beside it.
#[derive(Clone, Debug)]
pub(crate) struct Beginning {
    pub(crate) letters: String,
    pub(crate) columns: Vec<(Field, f32)>,
}

impl Query for Beginning {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(BeginningWeight(Arc::new(self.clone()))))
    }
}

struct BeginningWeight(Arc<Beginning>);

impl Weight for BeginningWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let first = self.0.letters.as_bytes();
        let mut end = first.to_vec();
        // No byte of UTF-8 is the highest one.
        let Some(last) = end.last_mut() else { return Ok(Box::new(EmptyScorer)) };
        *last += 1;
        let words = reader.max_doc().div_ceil(64) as usize;
        let mut columns: Vec<(Vec<u64>, Score)> = Vec::new();
        for (column, worth) in &self.0.columns {
            let index = reader.inverted_index(*column)?;
            let mut terms = index.terms().range().ge(first).lt(&end).into_stream()?;
            let mut bits = Vec::new();
            while terms.advance() {
                bits.resize(words, 0u64);
                let mut postings = index.read_block_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
                while !postings.docs().is_empty() {
                    postings.docs().iter().for_each(|doc| bits[*doc as usize / 64] |= 1 << (doc % 64));
                    postings.advance();
                }
            }
            if !bits.is_empty() {
                columns.push((bits, stepped(worth * boost)));
            }
        }
        let Some((bits, _)) = columns.first() else { return Ok(Box::new(EmptyScorer)) };
        let mut any = bits.clone();
        for (bits, _) in &columns[1..] {
            any.iter_mut().zip(bits).for_each(|(any, bits)| *any |= bits);
        }
        let stories = any.iter().map(|bits| bits.count_ones()).sum();
        let mut found = Found { left: any[0], any, columns, word: 0, doc: 0, stories };
        found.advance();
        Ok(Box::new(found))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        Ok(Explanation::new("columns with such a word", if scorer.seek(doc) == doc { scorer.score() } else { 0.0 }))
    }
}

struct Found {
    any: Vec<u64>,
    columns: Vec<(Vec<u64>, Score)>,
    /// Which of `any` is looked at, and which of its bits are still to come.
    word: usize,
    left: u64,
    doc: DocId,
    stories: u32,
}

impl DocSet for Found {
    fn advance(&mut self) -> DocId {
        while self.left == 0 {
            self.word += 1;
            match self.any.get(self.word) {
                Some(bits) => self.left = *bits,
                None => {
                    self.doc = TERMINATED;
                    return TERMINATED;
                }
            }
        }
        self.doc = self.word as u32 * 64 + self.left.trailing_zeros();
        self.left &= self.left - 1;
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc {
            return self.doc;
        }
        let word = target as usize / 64;
        if word > self.word {
            self.word = word;
            self.left = self.any.get(word).copied().unwrap_or(0);
        }
        self.left &= u64::MAX << (target % 64);
        self.advance()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.stories
    }
}

impl Scorer for Found {
    fn score(&mut self) -> Score {
        let (word, bit) = (self.doc as usize / 64, self.doc % 64);
        self.columns.iter().filter(|(bits, _)| bits[word] >> bit & 1 == 1).map(|(_, worth)| worth).sum()
    }
}
