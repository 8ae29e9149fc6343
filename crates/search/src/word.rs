//! A word that is asked for alone: the lists of all columns and stems that it may stand in.

use std::sync::Arc;

use tantivy::{
    DocId, InvertedIndexReader, Score, SegmentReader, Term,
    fieldnorm::FieldNormReader,
    postings::{BlockSegmentPostings, TermInfo},
    query::{Bm25StatisticsProvider, Bm25Weight},
    schema::IndexRecordOption,
};

use crate::{rows::Rows, steps::stepped};

/// Any of some terms, ranked by the sum of what BM25 gives each in steps, times what it counts for.
pub(crate) struct Word(Vec<(Term, Option<Bm25Weight>)>);

impl Word {
    /// Of terms with what each counts for; without statistics nothing is ranked.
    pub(crate) fn new(
        terms: impl IntoIterator<Item = (Term, Score)>,
        statistics: Option<&dyn Bm25StatisticsProvider>,
    ) -> tantivy::Result<Self> {
        let weighed = |(term, boost): (Term, Score)| {
            let weight = |statistics| Bm25Weight::for_terms(statistics, std::slice::from_ref(&term));
            let weight = statistics.map(weight).transpose()?.map(|weight| weight.boost_by(boost));
            Ok((term, weight))
        };
        Ok(Self(terms.into_iter().map(weighed).collect::<tantivy::Result<_>>()?))
    }

    /// Where its terms stand in one segment.
    pub(crate) fn lists(&self, reader: &SegmentReader) -> tantivy::Result<Vec<List>> {
        let mut lists = Vec::with_capacity(self.0.len());
        for (term, weight) in &self.0 {
            let index = reader.inverted_index(term.field())?;
            let Some(info) = index.get_term_info(term)? else { continue };
            let ranked = match weight {
                Some(weight) => Some((weight.clone(), reader.get_fieldnorms_reader(term.field())?)),
                None => None,
            };
            lists.push(List { index, info, ranked });
        }
        Ok(lists)
    }
}

/// Where a term stands in one segment, in blocks that are packed one by one: who needs a few rows unpacks only the blocks that these are in.
pub(crate) struct List {
    index: Arc<InvertedIndexReader>,
    info: TermInfo,
    ranked: Option<(Bm25Weight, FieldNormReader)>,
}

impl List {
    /// Rows that it has.
    pub(crate) fn len(&self) -> u64 {
        u64::from(self.info.doc_freq)
    }

    pub(crate) fn is_ranked(&self) -> bool {
        self.ranked.is_some()
    }

    /// What no row is worth more than.
    pub(crate) fn most(&self) -> Score {
        // A word without end, in a text without length: both only raise what it is worth.
        self.ranked.as_ref().map_or(0.0, |(weight, _)| stepped(weight.score(0, u32::MAX)))
    }

    fn blocks(&self, option: IndexRecordOption) -> tantivy::Result<BlockSegmentPostings> {
        Ok(self.index.read_block_postings_from_terminfo(&self.info, option)?)
    }

    fn each_block(&self, mut give: impl FnMut(&[DocId])) -> tantivy::Result<()> {
        let mut blocks = self.blocks(IndexRecordOption::Basic)?;
        while !blocks.docs().is_empty() {
            give(blocks.docs());
            blocks.advance();
        }
        Ok(())
    }

    /// Adds every row to a set.
    pub(crate) fn add_to(&self, rows: &mut Rows) -> tantivy::Result<()> {
        self.each_block(|block| rows.add_all(block))
    }

    /// Takes its rows out of a set, and adds those that were there to a list.
    pub(crate) fn take_from(&self, left: &mut Rows, to: &mut Vec<DocId>) -> tantivy::Result<()> {
        self.each_block(|block| to.extend(block.iter().filter(|row| left.take(**row))))
    }

    /// Adds those of some rows that it has, which are given in order, to a set.
    pub(crate) fn add_among(&self, among: &[DocId], rows: &mut Rows) -> tantivy::Result<()> {
        self.meet(IndexRecordOption::Basic, among, |at, _| rows.add(among[at]))
    }

    /// Adds what it is worth to each of some rows, which are given in order.
    pub(crate) fn score(&self, rows: &[DocId], scores: &mut [Score]) -> tantivy::Result<()> {
        let Some((weight, norms)) = &self.ranked else { return Ok(()) };
        self.meet(IndexRecordOption::WithFreqs, rows, |at, frequency| {
            scores[at] += stepped(weight.score(norms.fieldnorm_id(rows[at]), frequency));
        })
    }

    /// Adds what it is worth to each row of the segment.
    pub(crate) fn score_every(&self, scores: &mut [Score]) -> tantivy::Result<()> {
        let Some((weight, norms)) = &self.ranked else { return Ok(()) };
        let mut blocks = self.blocks(IndexRecordOption::WithFreqs)?;
        while !blocks.docs().is_empty() {
            for (row, frequency) in blocks.docs().iter().zip(blocks.freqs()) {
                scores[*row as usize] += stepped(weight.score(norms.fieldnorm_id(*row), *frequency));
            }
            blocks.advance();
        }
        Ok(())
    }

    /// Hands on which of some rows it has, by their number, and how often its term stands there.
    fn meet(&self, option: IndexRecordOption, rows: &[DocId], mut give: impl FnMut(usize, u32)) -> tantivy::Result<()> {
        let mut blocks = self.blocks(option)?;
        let mut next = 0;
        while let Some(&row) = rows.get(next) {
            let mut at = blocks.seek(row);
            let (docs, frequencies) = (blocks.docs(), blocks.freqs());
            let Some(&last) = docs.get(at..).and_then(<[DocId]>::last) else { break };
            for &row in rows[next..].iter().take_while(|row| **row <= last) {
                while docs[at] < row {
                    at += 1;
                }
                if docs[at] == row {
                    give(next, frequencies.get(at).copied().unwrap_or(1));
                }
                next += 1;
            }
        }
        Ok(())
    }
}
