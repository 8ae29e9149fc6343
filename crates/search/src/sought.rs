//! What a query asks for, and how it is found in one segment: a set of rows for each part of it, which are joined and crossed.
//!
//! The engine goes from story to story through all lists at once, with some calls for each. Here lists are read one after the other, which
//! takes a nanosecond a story, and no story is ranked before it is known which may be among the first ([`crate::worth`]).

use tantivy::{
    COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED, Term,
    query::{Scorer, Weight},
};

use crate::{
    beginning::Beginning,
    rows::Rows,
    steps::stepped,
    word::{List, Word},
    worth::Worth,
};

/// A query, ready to be looked for in any segment.
pub(crate) enum Sought {
    /// Every row.
    Every,
    /// Whether a row is found, which says nothing about how well.
    Filter(Box<dyn Weight>),
    Word(Word),
    Beginning(Beginning),
    /// The same words in a row in each of some columns.
    Phrases(Vec<Phrase>),
    Any(Vec<Sought>),
    /// All of some, and none of others.
    All(Vec<Sought>, Vec<Sought>),
}

/// Words in a row in one column.
pub(crate) struct Phrase {
    pub(crate) terms: Vec<Term>,
    pub(crate) weight: Box<dyn Weight>,
    pub(crate) boost: Score,
    pub(crate) is_ranked: bool,
}

/// What was found in a segment, and how each of it is ranked.
pub(crate) struct Found {
    pub(crate) rows: Rows,
    pub(crate) worth: Worth,
}

/// To look for one row costs as much as reading so many in order.
const LEAP: u64 = 32;

/// The same where positions are compared.
const PHRASE_LEAP: u64 = 100;

/// A part of a query in one segment, as far as it is known without looking for it.
enum Opened<'s> {
    Every,
    Filter(Box<dyn Scorer>),
    Word(Vec<List>),
    Beginning(&'s Beginning),
    /// With the rows that its rarest word has, all columns together.
    Phrases(&'s [Phrase], u64),
    Any(Vec<Opened<'s>>),
    All(Vec<Opened<'s>>, Vec<Opened<'s>>),
}

impl Sought {
    pub(crate) fn find(&self, reader: &SegmentReader) -> tantivy::Result<Found> {
        self.open(reader)?.find(reader, None)
    }

    fn open(&self, reader: &SegmentReader) -> tantivy::Result<Opened<'_>> {
        fn all<'s>(parts: &'s [Sought], reader: &SegmentReader) -> tantivy::Result<Vec<Opened<'s>>> {
            parts.iter().map(|part| part.open(reader)).collect()
        }
        Ok(match self {
            Sought::Every => Opened::Every,
            Sought::Filter(weight) => Opened::Filter(weight.scorer(reader, 1.0)?),
            Sought::Word(word) => Opened::Word(word.lists(reader)?),
            Sought::Beginning(beginning) => Opened::Beginning(beginning),
            Sought::Phrases(phrases) => {
                let mut rows = 0;
                for phrase in phrases {
                    let mut fewest = u64::MAX;
                    for term in &phrase.terms {
                        let found = reader.inverted_index(term.field())?.get_term_info(term)?;
                        fewest = fewest.min(found.map_or(0, |found| u64::from(found.doc_freq)));
                    }
                    rows += fewest;
                }
                Opened::Phrases(phrases, rows)
            }
            Sought::Any(parts) => Opened::Any(all(parts, reader)?),
            Sought::All(parts, but) => Opened::All(all(parts, reader)?, all(but, reader)?),
        })
    }
}

impl Opened<'_> {
    /// How many rows are read to find all of it.
    fn cost(&self, reader: &SegmentReader) -> u64 {
        let every = u64::from(reader.max_doc());
        match self {
            Opened::Every => 0,
            Opened::Filter(scorer) => scorer.cost(),
            Opened::Word(lists) => lists.iter().map(List::len).sum(),
            Opened::Beginning(_) => every,
            Opened::Phrases(_, rows) => rows * PHRASE_LEAP,
            Opened::Any(parts) => parts.iter().map(|part| part.cost(reader)).sum(),
            Opened::All(parts, _) => parts.iter().map(|part| part.cost(reader)).min().unwrap_or(every),
        }
    }

    /// What looking for one row costs.
    fn leap(&self) -> u64 {
        match self {
            Opened::Every | Opened::Beginning(_) => u64::MAX,
            Opened::Filter(_) => LEAP,
            Opened::Word(lists) => LEAP * lists.len() as u64,
            Opened::Phrases(phrases, _) => PHRASE_LEAP * phrases.len() as u64,
            Opened::Any(parts) => parts.iter().map(Opened::leap).fold(0, u64::saturating_add),
            Opened::All(parts, _) => parts.iter().map(Opened::leap).min().unwrap_or(u64::MAX),
        }
    }

    /// Finds all of it, or only what is among some rows, which are in order, where that is quicker: then others may be found or not.
    fn find(self, reader: &SegmentReader, among: Option<&[DocId]>) -> tantivy::Result<Found> {
        let among = among.filter(|rows| (rows.len() as u64).saturating_mul(self.leap()) < self.cost(reader));
        let every = reader.max_doc();
        let mut rows = Rows::none(every);
        let worth = match self {
            Opened::Every => {
                rows = Rows::all(every);
                Worth::Nothing
            }
            Opened::Filter(mut scorer) => {
                match among {
                    Some(among) => {
                        let first = scorer.doc();
                        each_among(&mut *scorer, (Some(first), first), among, |_, row| rows.add(row));
                    }
                    None => {
                        let mut block = [0; COLLECT_BLOCK_BUFFER_LEN];
                        loop {
                            let filled = scorer.fill_buffer(&mut block);
                            rows.add_all(&block[..filled]);
                            if filled < block.len() {
                                break;
                            }
                        }
                    }
                }
                Worth::Nothing
            }
            Opened::Word(lists) => {
                for list in &lists {
                    match among {
                        Some(among) => list.add_among(among, &mut rows)?,
                        None => list.add_to(&mut rows)?,
                    }
                }
                Worth::Lists(lists)
            }
            Opened::Beginning(beginning) => {
                let columns = beginning.find(reader)?;
                columns.iter().for_each(|(column, _)| rows.join(column));
                Worth::Columns(columns)
            }
            Opened::Phrases(phrases, _) => {
                let mut worth = Vec::with_capacity(phrases.len());
                for phrase in phrases {
                    let mut known = Vec::new();
                    let mut add = |scorer: &mut dyn Scorer, row| {
                        rows.add(row);
                        if phrase.is_ranked {
                            known.push((row, stepped(scorer.score())));
                        }
                    };
                    match among {
                        Some([]) => {}
                        Some(among @ [first, ..]) => {
                            let (at, mut scorer) = phrase.weight.scorer_danger(reader, *first, phrase.boost)?;
                            let at = match at {
                                SeekDangerResult::Found => (Some(*first), *first),
                                SeekDangerResult::SeekLowerBound(bound) => (None, bound),
                            };
                            each_among(&mut *scorer, at, among, add);
                        }
                        None => {
                            let mut scorer = phrase.weight.scorer(reader, phrase.boost)?;
                            let mut row = scorer.doc();
                            while row != TERMINATED {
                                add(&mut *scorer, row);
                                row = scorer.advance();
                            }
                        }
                    }
                    worth.push(Worth::Known(known));
                }
                Worth::Sum(worth)
            }
            Opened::Any(parts) => {
                let mut worth = Vec::with_capacity(parts.len());
                for part in parts {
                    let is_all = matches!(part, Opened::All(..));
                    let found = part.find(reader, among)?;
                    rows.join(&found.rows);
                    // One of them stands for nothing where another one is missing.
                    worth.push(if is_all { Worth::Only(found.rows, Box::new(found.worth)) } else { found.worth });
                }
                Worth::Sum(worth)
            }
            Opened::All(mut parts, mut but) => {
                // What costs least first: of the others only what is among it.
                parts.sort_by_key(|part| part.cost(reader));
                but.sort_by_key(|part| part.cost(reader));
                let mut worth = Vec::with_capacity(parts.len());
                let mut parts = parts.into_iter();
                match parts.next() {
                    Some(part) => {
                        let found = part.find(reader, among)?;
                        rows = found.rows;
                        worth.push(found.worth);
                    }
                    None => rows = Rows::all(every),
                }
                let look = |part: Opened<'_>, rows: &Rows| {
                    let is_quicker = (rows.count() as u64).saturating_mul(part.leap()) < part.cost(reader);
                    part.find(reader, is_quicker.then(|| rows.list()).as_deref())
                };
                for part in parts {
                    let found = look(part, &rows)?;
                    rows.keep(&found.rows);
                    worth.push(found.worth);
                }
                for part in but {
                    let found = look(part, &rows)?;
                    rows.drop(&found.rows);
                }
                Worth::Sum(worth)
            }
        };
        Ok(Found { rows, worth })
    }
}

/// Hands on which of some rows, which are in order, a part of the engine finds. It stands at the row `found`, or else finds none before `next`.
fn each_among(
    scorer: &mut dyn Scorer,
    (found, mut next): (Option<DocId>, DocId),
    among: &[DocId],
    mut give: impl FnMut(&mut dyn Scorer, DocId),
) {
    for &row in among {
        if row < next {
            continue;
        }
        match if found == Some(row) { SeekDangerResult::Found } else { scorer.seek_danger(row) } {
            SeekDangerResult::Found => {
                give(scorer, row);
                next = row + 1;
            }
            SeekDangerResult::SeekLowerBound(bound) => next = bound,
        }
    }
}

#[cfg(test)]
mod tests {
    use tantivy::{
        Index, Searcher, TantivyDocument,
        fieldnorm::FieldNormReader,
        query::{Bm25Weight, EnableScoring, PhraseQuery, Query, TermQuery},
        schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
    };

    use super::*;

    /// Numbers that look random and are the same every time.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, n: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % n
        }
    }

    const ROWS: usize = 6_000;

    /// Words with how many rows there are to one that has them: from one that all have to one that a few have.
    const WORDS: [(&str, u64); 6] =
        [("all", 1), ("most", 2), ("mono", 9), ("some", 60), ("seldom", 400), ("rare", 2_000)];

    /// Rows of two columns, a short and a long one, as an index and as they were written.
    struct Made {
        searcher: Searcher,
        columns: [Field; 2],
        number: Field,
        rows: Vec<[Vec<&'static str>; 2]>,
    }

    fn made() -> Made {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let text = TextOptions::default().set_indexing_options(indexing);
        let columns = [schema.add_text_field("short", text.clone()), schema.add_text_field("long", text)];
        let number = schema.add_u64_field("number", FAST | INDEXED);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 50_000_000).unwrap();
        let mut dice = Dice(3);
        let mut rows = Vec::new();
        for at in 0..ROWS {
            let mut row = TantivyDocument::new();
            row.add_u64(number, at as u64 % 10);
            rows.push([(columns[0], 1), (columns[1], 5)].map(|(column, length)| {
                let mut words = vec!["filler"];
                for _ in 0..length {
                    for (word, one_in) in WORDS {
                        // None in the middle, so that lists have gaps.
                        let is_gap = word == "mono" && (2_000..4_000).contains(&at);
                        if dice.below(one_in * length) == 0 && !is_gap {
                            words.extend([word].repeat(1 + dice.below(3) as usize));
                        }
                    }
                }
                row.add_text(column, words.join(" "));
                words
            }));
            writer.add_document(row).unwrap();
        }
        writer.commit().unwrap();
        Made { searcher: index.reader().unwrap().searcher(), columns, number, rows }
    }

    /// A query that is written down, for the long way to find it.
    #[derive(Debug)]
    enum Asked {
        Number(u64),
        Word(Vec<(usize, &'static str, Score)>),
        Beginning(&'static str),
        Phrase(Vec<&'static str>),
        Any(Vec<Asked>),
        All(Vec<Asked>, Vec<Asked>),
    }

    const BOOSTS: [Score; 2] = [3.0, 0.5];

    fn asked(dice: &mut Dice, depth: u32) -> Asked {
        let word = |dice: &mut Dice| WORDS[dice.below(WORDS.len() as u64) as usize].0;
        fn some(dice: &mut Dice, depth: u32, least: u64) -> Vec<Asked> {
            (0..least + dice.below(3)).map(|_| asked(dice, depth - 1)).collect()
        }
        match depth {
            0 => match dice.below(8) {
                0 => Asked::Number(dice.below(12)),
                1 => Asked::Beginning(["m", "mo", "so", "s", "x"][dice.below(5) as usize]),
                2 | 3 => Asked::Phrase((0..2 + dice.below(2)).map(|_| word(dice)).collect()),
                4 => Asked::Word(vec![(0, "nowhere", 1.0)]),
                5 => {
                    let (one, other) = (word(dice), word(dice));
                    Asked::Word(vec![(0, one, 3.0), (1, one, 1.0), (1, other, 0.5)])
                }
                _ => {
                    let one = word(dice);
                    Asked::Word(vec![(0, one, 3.0), (1, one, 0.5)])
                }
            },
            _ if dice.below(2) == 0 => Asked::Any(some(dice, depth, 0)),
            _ => Asked::All(some(dice, depth, 1), some(dice, depth, 0)),
        }
    }

    impl Made {
        fn term(&self, column: usize, word: &str) -> Term {
            Term::from_field_text(self.columns[column], word)
        }

        fn weight(&self, terms: &[Term], boost: Score) -> Bm25Weight {
            Bm25Weight::for_terms(&self.searcher, terms).unwrap().boost_by(boost)
        }

        fn sought(&self, asked: &Asked) -> Sought {
            let all = |parts: &[Asked]| parts.iter().map(|part| self.sought(part)).collect();
            match asked {
                Asked::Number(number) => {
                    let query = TermQuery::new(Term::from_field_u64(self.number, *number), IndexRecordOption::Basic);
                    Sought::Filter(query.weight(EnableScoring::disabled_from_searcher(&self.searcher)).unwrap())
                }
                Asked::Word(terms) => {
                    let terms = terms.iter().map(|(column, word, boost)| (self.term(*column, word), *boost));
                    Sought::Word(Word::new(terms, Some(&self.searcher)).unwrap())
                }
                Asked::Beginning(letters) => Sought::Beginning(Beginning {
                    letters: (*letters).to_owned(),
                    columns: self.columns.into_iter().zip(BOOSTS).collect(),
                }),
                Asked::Phrase(words) => Sought::Phrases(
                    [0, 1]
                        .map(|column| {
                            let terms: Vec<Term> = words.iter().map(|word| self.term(column, word)).collect();
                            let query = PhraseQuery::new(terms.clone());
                            let weight = query.weight(EnableScoring::enabled_from_searcher(&self.searcher)).unwrap();
                            Phrase { terms, weight, boost: BOOSTS[column], is_ranked: true }
                        })
                        .into(),
                ),
                Asked::Any(parts) => Sought::Any(all(parts)),
                Asked::All(parts, but) => Sought::All(all(parts), all(but)),
            }
        }

        /// The long way: what a row is worth, where it is found.
        fn worth(
            &self,
            asked: &Asked,
            row: usize,
            weights: &mut dyn FnMut(&[Term], Score) -> Bm25Weight,
        ) -> Option<Score> {
            let words = &self.rows[row];
            let mut bm25 = |column: usize, terms: &[Term], boost, times: usize| {
                let length = FieldNormReader::fieldnorm_to_id(words[column].len() as u32);
                (times > 0).then(|| stepped(weights(terms, boost).score(length, times as u32)))
            };
            let sum =
                |parts: Vec<Option<Score>>| parts.iter().any(Option::is_some).then(|| parts.iter().flatten().sum());
            match asked {
                Asked::Number(number) => (row as u64 % 10 == *number).then_some(0.0),
                Asked::Word(terms) => {
                    let times = |column: usize, word: &str| words[column].iter().filter(|one| **one == word).count();
                    let each = terms.iter().map(|(column, word, boost)| {
                        bm25(*column, &[self.term(*column, word)], *boost, times(*column, word))
                    });
                    sum(each.collect())
                }
                Asked::Beginning(letters) => {
                    let has = |column: usize| words[column].iter().any(|word| word.starts_with(letters));
                    sum([0, 1].map(|column| has(column).then_some(BOOSTS[column])).to_vec())
                }
                Asked::Phrase(phrase) => {
                    let times =
                        |column: usize| words[column].windows(phrase.len()).filter(|some| some == phrase).count();
                    let each = [0, 1].map(|column| {
                        let terms: Vec<Term> = phrase.iter().map(|word| self.term(column, word)).collect();
                        bm25(column, &terms, BOOSTS[column], times(column))
                    });
                    sum(each.to_vec())
                }
                Asked::Any(parts) => sum(parts.iter().map(|part| self.worth(part, row, weights)).collect()),
                Asked::All(parts, but) => {
                    let all: Option<Vec<Score>> = parts.iter().map(|part| self.worth(part, row, weights)).collect();
                    let is_out = but.iter().any(|part| self.worth(part, row, weights).is_some());
                    all.filter(|_| !is_out).map(|all| all.iter().sum())
                }
            }
        }
    }

    #[test]
    fn it_finds_and_ranks_as_the_long_way_does() {
        let made = made();
        let mut dice = Dice(11);
        let mut known: Vec<((Vec<Term>, u32), Bm25Weight)> = Vec::new();
        let (mut many, mut skipped) = (0, 0);
        for number in 0..250 {
            let asked = asked(&mut dice, number % 4);
            let mut weights = |terms: &[Term], boost: Score| {
                let key = (terms.to_vec(), boost.to_bits());
                if let Some((_, weight)) = known.iter().find(|(one, _)| *one == key) {
                    return weight.clone();
                }
                let weight = made.weight(terms, boost);
                known.push((key, weight.clone()));
                weight
            };
            let worth = (0..ROWS).filter_map(|row| Some((row as DocId, made.worth(&asked, row, &mut weights)?)));
            let mut expected: Vec<(DocId, Score)> = worth.collect();
            let found = made.sought(&asked).find(made.searcher.segment_reader(0)).unwrap();
            assert_eq!(found.rows.list(), expected.iter().map(|(row, _)| *row).collect::<Vec<_>>(), "{asked:?}");
            expected.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
            for wanted in [1, 20, ROWS] {
                let mut best: Vec<(DocId, Score)> = Vec::new();
                let mut looked_at = 0;
                let take = |rows: &[DocId], scores: &[Score]| {
                    looked_at += rows.len();
                    best.extend(rows.iter().copied().zip(scores.iter().copied()));
                    best.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
                    best.truncate(wanted);
                    best.get(wanted - 1).map(|(_, least)| *least)
                };
                found.worth.best(&found.rows, take).unwrap();
                assert_eq!(best, expected[..wanted.min(expected.len())], "{wanted} of {asked:?}");
                many += usize::from(wanted == 20 && expected.len() > 1_000);
                skipped += usize::from(wanted == 20 && expected.len() > 1_000 && looked_at < expected.len());
            }
        }
        // Else it were not known whether it leaves out what it should not.
        assert!(skipped * 4 > many && many > 20, "{skipped} of {many}");
    }

    #[test]
    fn what_is_looked_for_among_few_rows_is_found_as_among_all() {
        let made = made();
        let reader = made.searcher.segment_reader(0);
        let mut dice = Dice(5);
        for number in 0..200 {
            let asked = asked(&mut dice, number % 3);
            let sought = made.sought(&asked);
            let all = sought.find(reader).unwrap().rows;
            let mut among: Vec<DocId> = (0..dice.below(30)).map(|_| dice.below(ROWS as u64) as DocId).collect();
            among.sort_unstable();
            among.dedup();
            let found = sought.open(reader).unwrap().find(reader, Some(&among)).unwrap().rows;
            for row in among {
                assert_eq!(found.has(row), all.has(row), "{row} of {asked:?}");
            }
        }
    }
}
