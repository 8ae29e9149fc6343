//! From the tree of a query to the queries of the engine.

use std::ops::Bound;

use tantivy::{
    Searcher, Term,
    query::{
        Bm25StatisticsProvider, BooleanQuery, EnableScoring, PhraseQuery, Query, RangeQuery, TermQuery, TermSetQuery,
    },
    schema::{Field as Column, IndexRecordOption},
};

use crate::{
    beginning::Beginning,
    days::overlapping,
    query::{Field, Leaf, Node, Numbers, Test, Times},
    schema::Columns,
    sought::{Phrase, Sought},
    stems::Stems,
    word::Word,
    words::{Token, tokens},
};

/// What a word counts for, by where it stands. By rule: headlines name what a story is about, a caption repeats it, a stem may be
/// another word.
const TITLE: f32 = 3.0;
const BODY: f32 = 1.0;
const CAPTION: f32 = 0.6;
const STEM: f32 = 0.5;

/// What queries are planned for.
pub(crate) struct Plan<'i> {
    pub(crate) columns: &'i Columns,
    /// The languages that stories are in and words are reduced in: stems of others are nowhere.
    pub(crate) languages: &'i [&'static str],
    pub(crate) searcher: &'i Searcher,
    /// None where nothing is ranked.
    pub(crate) statistics: Option<&'i dyn Bm25StatisticsProvider>,
}

impl Plan<'_> {
    pub(crate) fn query(&self, node: &Node) -> tantivy::Result<Sought> {
        let all = |nodes: &[Node]| nodes.iter().map(|node| self.query(node)).collect::<tantivy::Result<_>>();
        match node {
            Node::All => Ok(Sought::Every),
            Node::Leaf(leaf) => self.leaf(leaf),
            Node::Or(nodes) => Ok(Sought::Any(all(nodes)?)),
            Node::And(nodes) => self.conjunction(nodes),
            Node::Not(_) => self.conjunction(std::slice::from_ref(node)),
        }
    }

    fn conjunction(&self, nodes: &[Node]) -> tantivy::Result<Sought> {
        let (mut parts, mut but) = (Vec::new(), Vec::new());
        for node in nodes {
            match node {
                Node::Not(inner) => but.push(self.query(inner)?),
                node => parts.push(self.query(node)?),
            }
        }
        Ok(Sought::All(parts, but))
    }

    fn leaf(&self, leaf: &Leaf) -> tantivy::Result<Sought> {
        let columns = self.columns;
        let column = match leaf.field {
            None => {
                let places = [
                    (columns.title, Some(columns.title_stems), TITLE),
                    (columns.body, Some(columns.body_stems), BODY),
                    (columns.caption, None, CAPTION),
                ];
                return self.text(&leaf.test, &places);
            }
            Some(Field::Title) => return self.text(&leaf.test, &[(columns.title, Some(columns.title_stems), 1.0)]),
            Some(Field::Body) => return self.text(&leaf.test, &[(columns.body, Some(columns.body_stems), 1.0)]),
            Some(Field::Caption) => columns.caption,
            Some(Field::Author) => columns.author,
            Some(Field::Agency) => columns.agency,
            Some(Field::Site) => columns.site,
            Some(Field::Place) => columns.place,
            Some(Field::Section) => columns.section,
            Some(Field::Origin) => columns.origin,
            Some(Field::Lang) => columns.lang,
            Some(Field::Mentions) => columns.mentioned,
            Some(Field::Has) => columns.has,
            Some(Field::Changed) => columns.changed,
            Some(Field::Published) => columns.time,
            Some(Field::Copies) => columns.copies,
            Some(Field::Clippings) => columns.clippings,
            Some(Field::Versions) => columns.versions,
            Some(Field::Sites) => columns.sites,
            Some(Field::Words) => columns.words,
        };
        match &leaf.test {
            Test::Name(name) if leaf.field.is_some_and(Field::has_names) => {
                let exact = |column: Column, name: &str| -> Box<dyn Query> {
                    Box::new(TermQuery::new(Term::from_field_text(column, name), IndexRecordOption::Basic))
                };
                match leaf.field {
                    Some(Field::Author) => self.filter(&*exact(columns.author_name, name)),
                    Some(Field::Place) => self.filter(&*exact(columns.place_name, name)),
                    // The key of an agency has one name, and the name one key.
                    _ => self.filter(&BooleanQuery::union(vec![
                        exact(columns.agency_name, name),
                        exact(columns.agency_key, &name.to_lowercase()),
                    ])),
                }
            }
            Test::When(times) if leaf.field == Some(Field::Mentions) => self.filter(&TermSetQuery::new(
                overlapping(times.days()).into_iter().map(|term| Term::from_field_u64(column, term)),
            )),
            Test::Name(name) => {
                self.filter(&TermQuery::new(Term::from_field_text(column, name), IndexRecordOption::Basic))
            }
            Test::Count(Numbers { from, to }) => {
                let term = |number: u64| Bound::Included(Term::from_field_u64(column, number));
                self.filter(&RangeQuery::new(term(*from), term(*to)))
            }
            Test::When(Times { from, to }) => {
                let term =
                    |side: Option<i64>, open: i64| Bound::Included(Term::from_field_i64(column, side.unwrap_or(open)));
                self.filter(&RangeQuery::new(term(*from, i64::MIN), term(*to, i64::MAX)))
            }
            test => self.text(test, &[(column, None, 1.0)]),
        }
    }

    /// What decides whether a story is found, and says nothing about how well.
    fn filter(&self, query: &dyn Query) -> tantivy::Result<Sought> {
        Ok(Sought::Filter(query.weight(EnableScoring::disabled_from_searcher(self.searcher))?))
    }

    /// A question to the words of some columns, each with what it counts for, and with its stems where it has any.
    fn text(&self, test: &Test, places: &[(Column, Option<Column>, f32)]) -> tantivy::Result<Sought> {
        let (words, slop) = match test {
            Test::Prefix(letters) => {
                let columns = places.iter().map(|(column, _, boost)| (*column, *boost)).collect();
                return Ok(Sought::Beginning(Beginning { letters: letters.clone(), columns }));
            }
            Test::Word(words) => (words, 0),
            Test::Phrase(words, slop) => (words, *slop),
            Test::Name(_) | Test::Count(_) | Test::When(_) => return Ok(Sought::Any(Vec::new())),
        };
        let found = needed(tokens(words));
        match found.as_slice() {
            [] => Ok(Sought::Any(Vec::new())),
            [token] => {
                let mut terms = Vec::new();
                let stems = match test {
                    Test::Word(word) => all_stems(&word[token.span.clone()], self.languages),
                    _ => Vec::new(),
                };
                for (column, stem_column, boost) in places {
                    terms.push((Term::from_field_text(*column, &token.text), *boost));
                    let stem_column = stem_column.iter();
                    let stemmed =
                        stem_column.flat_map(|column| stems.iter().map(|stem| Term::from_field_text(*column, stem)));
                    terms.extend(stemmed.map(|term| (term, STEM * boost)));
                }
                Ok(Sought::Word(Word::new(terms, self.statistics)?))
            }
            found => {
                let phrase = |(column, _, boost): &(Column, Option<Column>, f32)| {
                    let terms: Vec<(usize, Term)> = found
                        .iter()
                        .map(|token| (token.position, Term::from_field_text(*column, &token.text)))
                        .collect();
                    let query = PhraseQuery::new_with_offset_and_slop(terms.clone(), slop);
                    let scoring = match self.statistics {
                        Some(statistics) => EnableScoring::enabled_from_statistics_provider(statistics, self.searcher),
                        None => EnableScoring::disabled_from_searcher(self.searcher),
                    };
                    let weight = query.weight(scoring)?;
                    let terms = terms.into_iter().map(|(_, term)| term).collect();
                    Ok(Phrase { terms, weight, boost: *boost, is_ranked: self.statistics.is_some() })
                };
                Ok(Sought::Phrases(places.iter().map(phrase).collect::<tantivy::Result<_>>()?))
            }
        }
    }
}

/// A query's language is not known: the stem of a word in each of some languages, marked with it.
pub(crate) fn all_stems(word: &str, languages: &[&str]) -> Vec<String> {
    languages.iter().filter_map(|code| Some(Stems::of(code)?.stem(word))).collect()
}

/// Without the single characters that stand in a pair too: pairs are rarer.
pub(crate) fn needed(tokens: Vec<Token>) -> Vec<Token> {
    let pairs: Vec<usize> = tokens.iter().filter(|t| !t.single && is_pair(t, &tokens)).map(|t| t.position).collect();
    let covered = |token: &Token| pairs.iter().any(|&at| at == token.position || at + 1 == token.position);
    tokens.iter().filter(|token| !token.single || !covered(token)).cloned().collect()
}

/// Whether a token is made of two characters that are tokens too.
fn is_pair(token: &Token, tokens: &[Token]) -> bool {
    tokens.iter().any(|other| other.single && other.position == token.position && other.span.start == token.span.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_stand_for_their_characters() {
        let check = |text: &str, expected: &str| {
            let found = needed(tokens(text)).into_iter().map(|t| format!("{}@{}", t.text, t.position));
            assert_eq!(found.collect::<Vec<_>>().join(" "), expected, "{text}");
        };
        check("船", "船@0");
        check("渡し船", "渡し@0 し船@1");
        check("Port Alder", "port@0 alder@1");
        check("A社", "a@0 社@1");
    }
}
