//! A word that is asked for alone: the lists of all columns and stems that it may stand in, read side by side.
//!
//! The engine unites any queries, with a call for each story of each list. Here it is known what is united, and that is what most of a
//! search does.

use tantivy::{
    COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Score, SegmentReader, TERMINATED, Term,
    fieldnorm::FieldNormReader,
    postings::BlockSegmentPostings,
    query::{Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight},
    schema::IndexRecordOption,
};

use crate::steps::stepped;

/// Any of some terms, ranked by the sum of what BM25 gives each in steps, times what it counts for.
#[derive(Clone, Debug)]
pub(crate) struct Word(pub(crate) Vec<(Term, f32)>);

impl Query for Word {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let of = |(term, boost): &(Term, f32)| -> tantivy::Result<(Term, Option<Bm25Weight>)> {
            let weight = match &scoring {
                EnableScoring::Enabled { statistics_provider, .. } => {
                    Some(Bm25Weight::for_terms(*statistics_provider, std::slice::from_ref(term))?.boost_by(*boost))
                }
                EnableScoring::Disabled { .. } => None,
            };
            Ok((term.clone(), weight))
        };
        Ok(Box::new(WordWeight(self.0.iter().map(of).collect::<tantivy::Result<_>>()?)))
    }
}

/// Without weights nothing is scored.
struct WordWeight(Vec<(Term, Option<Bm25Weight>)>);

impl WordWeight {
    fn united(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Option<United>> {
        let mut lists = Vec::new();
        for (term, weight) in &self.0 {
            let index = reader.inverted_index(term.field())?;
            let Some(found) = index.get_term_info(term)? else { continue };
            let option = if weight.is_some() { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
            let postings = index.read_block_postings_from_terminfo(&found, option)?;
            let ranked = match weight {
                Some(weight) => Some((weight.boost_by(boost), reader.get_fieldnorms_reader(term.field())?)),
                None => None,
            };
            lists.push(List { postings, at: 0, ranked });
        }
        Ok((!lists.is_empty()).then(|| United::new(lists)))
    }
}

impl Weight for WordWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.united(reader, boost)? {
            Some(united) => Box::new(united),
            None => Box::new(EmptyScorer),
        })
    }

    fn for_each(&self, reader: &SegmentReader, callback: &mut dyn FnMut(DocId, Score)) -> tantivy::Result<()> {
        let Some(mut united) = self.united(reader, 1.0)? else { return Ok(()) };
        while united.doc != TERMINATED {
            callback(united.doc, united.score());
            united.advance();
        }
        Ok(())
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        Ok(Explanation::new(
            "what its words are worth in steps",
            if scorer.seek(doc) == doc { scorer.score() } else { 0.0 },
        ))
    }
}

/// Where a term stands, in one segment.
struct List {
    postings: BlockSegmentPostings,
    /// Place in the block.
    at: usize,
    ranked: Option<(Bm25Weight, FieldNormReader)>,
}

impl List {
    fn doc(&self) -> DocId {
        self.postings.docs().get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn seek(&mut self, target: DocId) {
        if self.doc() < target {
            self.at = self.postings.seek(target);
        }
    }

    /// Adds what stands from `start` on, before `end`.
    fn add(&mut self, start: DocId, end: DocId, bits: &mut [u64; WORDS], scores: &mut [Score; ROOM]) {
        loop {
            let docs = self.postings.docs().get(self.at..).unwrap_or_default();
            let Some(last) = docs.last() else { return };
            // Few stand before the end after a leap: halving would take longer than going through them.
            let here = if *last < end { docs.len() } else { docs.iter().take_while(|doc| **doc < end).count() };
            let place = |doc: DocId| (doc - start) as usize & (ROOM - 1);
            for &doc in &docs[..here] {
                bits[place(doc) / 64] |= 1 << (place(doc) % 64);
            }
            if let Some((weight, norms)) = &self.ranked {
                for (&doc, frequency) in docs[..here].iter().zip(&self.postings.freqs()[self.at..]) {
                    scores[place(doc)] += stepped(weight.score(norms.fieldnorm_id(doc), *frequency));
                }
            }
            if here < docs.len() {
                self.at += here;
                return;
            }
            self.postings.advance();
            self.at = 0;
        }
    }
}

/// Rows that are looked at together, at most.
const ROOM: usize = 4_096;

const WORDS: usize = ROOM / 64;

/// Rows that are looked at together after a leap: who leaps once leaps again, most likely.
const AFTER_LEAP: u32 = 64;

/// Lists, united: some rows at a time.
struct United {
    lists: Vec<List>,
    bits: Box<[u64; WORDS]>,
    scores: Box<[Score; ROOM]>,
    /// Whether any list is ranked.
    is_ranked: bool,
    /// The first of the rows that are looked at, and how many these are.
    start: DocId,
    room: u32,
    /// Which of `bits` is next.
    word: usize,
    doc: DocId,
}

impl United {
    fn new(lists: Vec<List>) -> Self {
        let mut united = Self {
            is_ranked: lists.iter().any(|list| list.ranked.is_some()),
            lists,
            bits: Box::new([0; WORDS]),
            scores: Box::new([0.0; ROOM]),
            start: 0,
            room: ROOM as u32 / 4,
            word: WORDS,
            doc: 0,
        };
        united.advance();
        united
    }

    /// Looks at the next rows, all before having been taken; false where there are none.
    fn refill(&mut self) -> bool {
        let Some(start) = self.lists.iter().map(List::doc).min().filter(|doc| *doc != TERMINATED) else { return false };
        self.start = start;
        self.word = 0;
        if self.is_ranked {
            self.scores[..self.room as usize].fill(0.0);
        }
        for list in &mut self.lists {
            list.add(start, start.saturating_add(self.room).min(TERMINATED), &mut self.bits, &mut self.scores);
        }
        self.room = (self.room * 4).min(ROOM as u32);
        true
    }
}

impl DocSet for United {
    #[inline]
    fn advance(&mut self) -> DocId {
        loop {
            while let Some(bits) = self.bits.get_mut(self.word) {
                if *bits != 0 {
                    self.doc = self.start + self.word as u32 * 64 + bits.trailing_zeros();
                    *bits &= *bits - 1;
                    return self.doc;
                }
                self.word += 1;
            }
            if !self.refill() {
                self.doc = TERMINATED;
                return TERMINATED;
            }
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc {
            return self.doc;
        }
        let ahead = (target - self.start) as usize;
        if ahead < ROOM && self.word < WORDS {
            let word = ahead / 64;
            if word > self.word {
                self.bits[self.word..word].fill(0);
                self.word = word;
            }
            self.bits[word] &= u64::MAX << (ahead % 64);
            // Of rows beyond those that are looked at no bit is set, and their lists stand before the target still.
            if self.bits[word..].iter().any(|bits| *bits != 0) {
                return self.advance();
            }
        }
        self.bits.fill(0);
        self.word = WORDS;
        self.lists.iter_mut().for_each(|list| list.seek(target));
        self.room = AFTER_LEAP;
        self.advance()
    }

    fn fill_buffer(&mut self, buffer: &mut [DocId; COLLECT_BLOCK_BUFFER_LEN]) -> usize {
        let mut filled = 0;
        while filled < buffer.len() && self.doc != TERMINATED {
            buffer[filled] = self.doc;
            filled += 1;
            self.advance();
        }
        filled
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.lists.iter().map(|list| list.postings.doc_freq()).max().unwrap_or(0)
    }

    fn cost(&self) -> u64 {
        self.lists.iter().map(|list| u64::from(list.postings.doc_freq())).sum()
    }
}

impl Scorer for United {
    #[inline]
    fn score(&mut self) -> Score {
        self.scores.get((self.doc.wrapping_sub(self.start)) as usize).copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use tantivy::{
        Index, TantivyDocument,
        query::{BooleanQuery, BoostQuery, TermQuery},
        schema::{Field, Schema, TextFieldIndexing, TextOptions},
    };

    use super::*;
    use crate::{beginning::Beginning, steps::Stepped};

    /// Numbers that look random and are the same every time.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, n: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % n
        }
    }

    /// Many rows of two columns, with words from those that nearly all have to one that three have.
    fn index() -> (Index, [Field; 2]) {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqs);
        let text = TextOptions::default().set_indexing_options(indexing);
        let columns = [schema.add_text_field("one", text.clone()), schema.add_text_field("other", text)];
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 50_000_000).unwrap();
        let mut dice = Dice(3);
        for number in 0..30_000 {
            let mut row = TantivyDocument::new();
            for column in columns {
                let mut text = String::from("filler");
                for (word, one_in) in [("all", 1), ("most", 2), ("mono", 9), ("some", 200), ("rare", 10_000)] {
                    // None in the middle, so that lists have gaps.
                    if dice.below(one_in) == 0 && !(word == "mono" && (9_000..19_000).contains(&number)) {
                        text.push_str(&format!(" {word}").repeat(1 + dice.below(3) as usize));
                    }
                }
                row.add_text(column, text);
            }
            writer.add_document(row).unwrap();
        }
        writer.commit().unwrap();
        (index, columns)
    }

    fn of_engine(terms: &[(Term, f32)]) -> Box<dyn Query> {
        let word = |(term, boost): &(Term, f32)| -> Box<dyn Query> {
            // Rounded after it was boosted, as both must be.
            let boosted = BoostQuery::new(Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)), *boost);
            Box::new(Stepped::new(boosted))
        };
        Box::new(BooleanQuery::union(terms.iter().map(word).collect()))
    }

    #[test]
    fn it_finds_and_ranks_as_the_engine_does() {
        let (index, [one, other]) = index();
        let searcher = index.reader().unwrap().searcher();
        let reader = searcher.segment_reader(0);
        let term = |column, word: &str| Term::from_field_text(column, word);
        let mut dice = Dice(4);
        for words in [&["rare"][..], &["some", "mono"], &["most", "rare", "nowhere"], &["all", "some"], &["nowhere"]] {
            let terms: Vec<(Term, f32)> =
                words.iter().flat_map(|word| [(term(one, word), 3.0), (term(other, word), 0.5)]).collect();
            let scoring = EnableScoring::enabled_from_searcher(&searcher);
            let collect = |weight: &dyn Weight| {
                let mut found = Vec::new();
                weight.for_each(reader, &mut |doc, score| found.push((doc, score))).unwrap();
                found
            };
            let expected = collect(&*of_engine(&terms).weight(scoring).unwrap());
            let ours = Word(terms).weight(scoring).unwrap();
            assert_eq!(collect(&*ours), expected, "{words:?}");
            let unscored =
                Word(words.iter().flat_map(|word| [(term(one, word), 3.0), (term(other, word), 0.5)]).collect());
            let mut found = Vec::new();
            let unscored = unscored.weight(EnableScoring::disabled_from_searcher(&searcher)).unwrap();
            unscored.for_each_no_score(reader, &mut |docs| found.extend_from_slice(docs)).unwrap();
            assert_eq!(found, expected.iter().map(|(doc, _)| *doc).collect::<Vec<_>>(), "{words:?}");
            // Leaps of every length, and steps between them.
            for most in [3, 80, 700, 5_000, 40_000] {
                let mut scorer = ours.scorer(reader, 1.0).unwrap();
                let mut target = 0;
                while scorer.doc() != TERMINATED {
                    if dice.below(3) == 0 {
                        target = scorer.doc() + 1;
                        scorer.advance();
                    } else {
                        target = target.max(scorer.doc()) + dice.below(most) as u32;
                        scorer.seek(target);
                    }
                    let behind = expected.iter().find(|(doc, _)| *doc >= target);
                    assert_eq!(scorer.doc(), behind.map_or(TERMINATED, |(doc, _)| *doc), "{words:?}");
                    if let Some((_, score)) = behind {
                        assert_eq!(scorer.score(), *score, "{words:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn words_that_begin_alike_are_one() {
        let (index, [one, other]) = index();
        let searcher = index.reader().unwrap().searcher();
        let reader = searcher.segment_reader(0);
        let scoring = EnableScoring::enabled_from_searcher(&searcher);
        let found = |column, word: &str| {
            let mut found = Vec::new();
            let word = Word(vec![(Term::from_field_text(column, word), 1.0)]);
            let weight = word.weight(scoring).unwrap();
            weight.for_each(reader, &mut |doc, _| found.push(doc)).unwrap();
            found
        };
        let has =
            |column, doc: &DocId| ["most", "mono"].iter().any(|word| found(column, word).binary_search(doc).is_ok());
        let beginning = Beginning { letters: "mo".into(), columns: vec![(one, 3.0), (other, 0.5)] };
        let weight = beginning.weight(scoring).unwrap();
        let mut scores = std::collections::BTreeMap::new();
        weight.for_each(reader, &mut |doc, score| assert!(scores.insert(doc, score).is_none())).unwrap();
        for doc in (0..30_000).step_by(997) {
            let expected = f32::from(u8::from(has(one, &doc))) * 3.0 + f32::from(u8::from(has(other, &doc))) * 0.5;
            assert_eq!(scores.get(&doc).copied().unwrap_or(0.0), expected, "{doc}");
        }
        let mut scorer = weight.scorer(reader, 1.0).unwrap();
        for target in [0, 5, 64, 9_000, 9_001, 20_000, 29_999, 31_000] {
            let behind = scores.range(target..).next();
            assert_eq!(scorer.seek(target), behind.map_or(TERMINATED, |(doc, _)| *doc));
        }
        let none = Beginning { letters: "zz".into(), columns: vec![(one, 3.0)] };
        assert_eq!(none.weight(scoring).unwrap().scorer(reader, 1.0).unwrap().doc(), TERMINATED);
    }
}
