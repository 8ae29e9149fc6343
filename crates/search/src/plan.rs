//! From the tree of a query to the queries of the engine.

use std::ops::Bound;

use tantivy::{
    Term,
    query::{
        AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, FuzzyTermQuery, Occur, PhraseQuery, Query,
        RangeQuery, TermQuery, TermSetQuery,
    },
    schema::{Field as Column, IndexRecordOption},
};

use crate::{
    days::overlapping,
    language::Stems,
    query::{Field, Leaf, Node, Numbers, Test, Times},
    schema::Columns,
    steps::{Stepped, Word},
    words::{Token, tokens},
};

type Boxed = Box<dyn Query>;

/// What a word counts for, by where it stands. By rule: headlines name what a story is about, a caption repeats it, a stem may be
/// another word.
const TITLE: f32 = 3.0;
const BODY: f32 = 1.0;
const CAPTION: f32 = 0.6;
const STEM: f32 = 0.5;

pub(crate) fn plan(node: &Node, columns: &Columns) -> Boxed {
    match node {
        Node::All => filter(AllQuery),
        Node::Leaf(leaf) => plan_leaf(leaf, columns),
        Node::Or(nodes) => Box::new(BooleanQuery::union(nodes.iter().map(|node| plan(node, columns)).collect())),
        Node::And(nodes) => conjunction(nodes, columns),
        Node::Not(_) => conjunction(std::slice::from_ref(node), columns),
    }
}

fn conjunction(nodes: &[Node], columns: &Columns) -> Boxed {
    let mut clauses: Vec<(Occur, Boxed)> = Vec::with_capacity(nodes.len() + 1);
    for node in nodes {
        clauses.push(match node {
            Node::Not(inner) => (Occur::MustNot, plan(inner, columns)),
            node => (Occur::Must, plan(node, columns)),
        });
    }
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, filter(AllQuery)));
    }
    Box::new(BooleanQuery::new(clauses))
}

/// What decides whether a story is found, and says nothing about how well.
fn filter(query: impl Query) -> Boxed {
    Box::new(ConstScoreQuery::new(Box::new(query), 0.0))
}

fn plan_leaf(leaf: &Leaf, columns: &Columns) -> Boxed {
    let column = match leaf.field {
        None => {
            let places = [
                (columns.title, Some(columns.title_stems), TITLE),
                (columns.body, Some(columns.body_stems), BODY),
                (columns.caption, None, CAPTION),
            ];
            return any(places.into_iter().flat_map(|(column, stems, boost)| {
                text(&leaf.test, column, stems).into_iter().map(move |query| boosted(query, boost))
            }));
        }
        Some(Field::Title) => return any(text(&leaf.test, columns.title, Some(columns.title_stems))),
        Some(Field::Body) => return any(text(&leaf.test, columns.body, Some(columns.body_stems))),
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
        test => any(text(test, column, None)),
    }
}

fn any(queries: impl IntoIterator<Item = Boxed>) -> Boxed {
    let mut queries: Vec<Boxed> = queries.into_iter().collect();
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.swap_remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

fn boosted(query: Boxed, boost: f32) -> Boxed {
    Box::new(BoostQuery::new(query, boost))
}

fn text(test: &Test, column: Column, stems: Option<Column>) -> Vec<Boxed> {
    let (words, slop) = match test {
        Test::Prefix(beginning) => {
            let query = FuzzyTermQuery::new_prefix(Term::from_field_text(column, beginning), 0, true);
            return vec![Box::new(Stepped::new(query))];
        }
        Test::Word(words) => (words, 0),
        Test::Phrase(words, slop) => (words, *slop),
        Test::Name(_) | Test::Count(_) | Test::When(_) => return Vec::new(),
    };
    let found = needed(tokens(words));
    let term = |token: &Token| Term::from_field_text(column, &token.text);
    match found.as_slice() {
        [] => Vec::new(),
        [token] => {
            let mut queries: Vec<Boxed> = vec![Box::new(Word(term(token)))];
            if let (Test::Word(word), Some(stems)) = (test, stems) {
                let word = &word[token.span.clone()];
                queries.extend(
                    all_stems(word)
                        .into_iter()
                        .map(|stem| boosted(Box::new(Word(Term::from_field_text(stems, &stem))), STEM)),
                );
            }
            queries
        }
        found => {
            let terms = found.iter().map(|token| (token.position, term(token))).collect();
            vec![Box::new(Stepped::new(PhraseQuery::new_with_offset_and_slop(terms, slop)))]
        }
    }
}

/// A query's language is not known: the stem of a word in each of the languages, marked with it.
pub(crate) fn all_stems(word: &str) -> Vec<String> {
    Stems::LANGUAGES.iter().filter_map(|(code, _)| Some(Stems::of(code)?.stem(word))).collect()
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
