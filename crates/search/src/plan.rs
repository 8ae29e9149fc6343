//! From the tree of a query to the queries of the engine.

use std::ops::Bound;

use tantivy::{
    Term,
    query::{
        AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery,
        TermQuery, TermSetQuery,
    },
    schema::{Field as Column, IndexRecordOption},
};

use crate::{
    beginning::Beginning,
    days::overlapping,
    query::{Field, Leaf, Node, Numbers, Test, Times},
    schema::Columns,
    stems::Stems,
    steps::Stepped,
    word::Word,
    words::{Token, tokens},
};

type Boxed = Box<dyn Query>;

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
}

impl Plan<'_> {
    pub(crate) fn query(&self, node: &Node) -> Boxed {
        match node {
            Node::All => filter(AllQuery),
            Node::Leaf(leaf) => self.leaf(leaf),
            Node::Or(nodes) => Box::new(BooleanQuery::union(nodes.iter().map(|node| self.query(node)).collect())),
            Node::And(nodes) => self.conjunction(nodes),
            Node::Not(_) => self.conjunction(std::slice::from_ref(node)),
        }
    }

    fn conjunction(&self, nodes: &[Node]) -> Boxed {
        let mut clauses: Vec<(Occur, Boxed)> = Vec::with_capacity(nodes.len() + 1);
        for node in nodes {
            clauses.push(match node {
                Node::Not(inner) => (Occur::MustNot, self.query(inner)),
                node => (Occur::Must, self.query(node)),
            });
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, filter(AllQuery)));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    fn leaf(&self, leaf: &Leaf) -> Boxed {
        let columns = self.columns;
        let column = match leaf.field {
            None => {
                let places = [
                    (columns.title, Some(columns.title_stems), TITLE),
                    (columns.body, Some(columns.body_stems), BODY),
                    (columns.caption, None, CAPTION),
                ];
                return text(&leaf.test, &places, self);
            }
            Some(Field::Title) => return text(&leaf.test, &[(columns.title, Some(columns.title_stems), 1.0)], self),
            Some(Field::Body) => return text(&leaf.test, &[(columns.body, Some(columns.body_stems), 1.0)], self),
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
                let exact = |column: Column, name: &str| -> Boxed {
                    Box::new(TermQuery::new(Term::from_field_text(column, name), IndexRecordOption::Basic))
                };
                match leaf.field {
                    Some(Field::Author) => filter(exact(columns.author_name, name)),
                    Some(Field::Place) => filter(exact(columns.place_name, name)),
                    // The key of an agency has one name, and the name one key.
                    _ => filter(BooleanQuery::union(vec![
                        exact(columns.agency_name, name),
                        exact(columns.agency_key, &name.to_lowercase()),
                    ])),
                }
            }
            Test::When(times) if leaf.field == Some(Field::Mentions) => filter(TermSetQuery::new(
                overlapping(times.days()).into_iter().map(|term| Term::from_field_u64(column, term)),
            )),
            Test::Name(name) => filter(TermQuery::new(Term::from_field_text(column, name), IndexRecordOption::Basic)),
            Test::Count(Numbers { from, to }) => {
                let term = |number: u64| Bound::Included(Term::from_field_u64(column, number));
                filter(RangeQuery::new(term(*from), term(*to)))
            }
            Test::When(Times { from, to }) => {
                let term =
                    |side: Option<i64>, open: i64| Bound::Included(Term::from_field_i64(column, side.unwrap_or(open)));
                filter(RangeQuery::new(term(*from, i64::MIN), term(*to, i64::MAX)))
            }
            test => text(test, &[(column, None, 1.0)], self),
        }
    }
}

/// What decides whether a story is found, and says nothing about how well.
fn filter(query: impl Query) -> Boxed {
    Box::new(ConstScoreQuery::new(Box::new(query), 0.0))
}

fn any(queries: impl IntoIterator<Item = Boxed>) -> Boxed {
    let mut queries: Vec<Boxed> = queries.into_iter().collect();
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.swap_remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

/// A question to the words of some columns, each with what it counts for, and with its stems where it has any.
fn text(test: &Test, places: &[(Column, Option<Column>, f32)], plan: &Plan<'_>) -> Boxed {
    let (words, slop) = match test {
        Test::Prefix(letters) => {
            let columns = places.iter().map(|(column, _, boost)| (*column, *boost)).collect();
            return Box::new(Beginning { letters: letters.clone(), columns });
        }
        Test::Word(words) => (words, 0),
        Test::Phrase(words, slop) => (words, *slop),
        Test::Name(_) | Test::Count(_) | Test::When(_) => return Box::new(EmptyQuery),
    };
    let found = needed(tokens(words));
    match found.as_slice() {
        [] => Box::new(EmptyQuery),
        [token] => {
            let mut terms = Vec::new();
            let stems = match test {
                Test::Word(word) => all_stems(&word[token.span.clone()], plan.languages),
                _ => Vec::new(),
            };
            for (column, stem_column, boost) in places {
                terms.push((Term::from_field_text(*column, &token.text), *boost));
                let stem_column = stem_column.iter();
                let stemmed =
                    stem_column.flat_map(|column| stems.iter().map(|stem| Term::from_field_text(*column, stem)));
                terms.extend(stemmed.map(|term| (term, STEM * boost)));
            }
            Box::new(Word(terms))
        }
        found => any(places.iter().map(|(column, _, boost)| -> Boxed {
            let terms = found.iter().map(|token| (token.position, Term::from_field_text(*column, &token.text)));
            let phrase = Stepped::new(PhraseQuery::new_with_offset_and_slop(terms.collect(), slop));
            Box::new(BoostQuery::new(Box::new(phrase), *boost))
        })),
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
