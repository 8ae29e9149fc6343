//! How words that are cut here get to the engine, which would cut them itself or take them as JSON: as one text, with a mark in front of
//! each that says where it stands. No word has such marks in it.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Stands where the word before stands.
const HERE: char = '\u{1}';

/// Stands behind it.
const NEXT: char = '\u{2}';

/// The name under which the engine has it.
pub(crate) const NAME: &str = "given";

/// Adds a word to a text; `moves` says whether it stands behind the one before it.
pub(crate) fn give(word: &str, moves: bool, text: &mut String) {
    text.push(if moves { NEXT } else { HERE });
    text.push_str(word);
}

/// Takes words out of such a text.
#[derive(Clone, Default)]
pub(crate) struct Given(Token);

impl Tokenizer for Given {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.0.reset();
        Stream { rest: text, token: &mut self.0 }
    }
}

pub(crate) struct Stream<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let mut chars = self.rest.chars();
        let Some(mark) = chars.next() else { return false };
        let rest = chars.as_str();
        let end = rest.bytes().position(|byte| byte == HERE as u8 || byte == NEXT as u8).unwrap_or(rest.len());
        let (word, rest) = rest.split_at(end);
        // The first stands at 0, one before which is where a new token stands.
        self.token.position = self.token.position.wrapping_add(usize::from(mark == NEXT));
        self.token.text.clear();
        self.token.text.push_str(word);
        self.rest = rest;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_out_as_they_went_in() {
        let mut text = String::new();
        let words = [("渡", true), ("渡し", false), ("し", true), ("ferry", true), ("é", false)];
        words.iter().for_each(|(word, moves)| give(word, *moves, &mut text));
        let mut given = Given::default();
        for _ in 0..2 {
            let mut stream = given.token_stream(&text);
            let mut found = Vec::new();
            stream.process(&mut |token| found.push((token.text.clone(), token.position)));
            let expected = [("渡", 0), ("渡し", 0), ("し", 1), ("ferry", 2), ("é", 2)];
            assert_eq!(found, expected.map(|(word, position)| (word.to_owned(), position)));
        }
        assert!(!given.token_stream("").advance());
    }
}
