//! Words of one stem, in the languages whose stemmers are at hand.

use std::{borrow::Cow, collections::HashMap};

use rust_stemmers::{Algorithm, Stemmer};

use crate::fold::fold;

/// What reduces words of one language to their stems.
pub(crate) struct Stems {
    language: &'static str,
    stemmer: Stemmer,
    /// Stems of words that came before: most words of a text did.
    memo: HashMap<String, String>,
}

/// Words whose stems are remembered; then all are forgotten, and the frequent ones are soon there again.
const MEMO: usize = 100_000;

impl Stems {
    /// Languages whose words are reduced: those that [`copydesk_text::language`] tells apart and the Snowball stemmers know.
    pub(crate) const LANGUAGES: [(&'static str, Algorithm); 11] = [
        ("ar", Algorithm::Arabic),
        ("de", Algorithm::German),
        ("el", Algorithm::Greek),
        ("en", Algorithm::English),
        ("es", Algorithm::Spanish),
        ("fr", Algorithm::French),
        ("it", Algorithm::Italian),
        ("nl", Algorithm::Dutch),
        ("pt", Algorithm::Portuguese),
        ("ru", Algorithm::Russian),
        ("sv", Algorithm::Swedish),
    ];

    /// Codes of these languages.
    pub(crate) fn languages() -> Vec<&'static str> {
        Self::LANGUAGES.iter().map(|(code, _)| *code).collect()
    }

    pub(crate) fn of(language: &str) -> Option<Self> {
        let &(language, algorithm) = Self::LANGUAGES.iter().find(|(code, _)| *code == language)?;
        Some(Self { language, stemmer: Stemmer::create(algorithm), memo: HashMap::new() })
    }

    /// The same as [`Stems::stem`], and remembered.
    pub(crate) fn remembered(&mut self, word: &str) -> &str {
        if !self.memo.contains_key(word) {
            if self.memo.len() == MEMO {
                self.memo.clear();
            }
            self.memo.insert(word.to_owned(), self.stem(word));
        }
        self.memo.get(word).map_or("", String::as_str)
    }

    /// The stem of a word as printed, marked with its language: `en:ferri`.
    pub(crate) fn stem(&self, word: &str) -> String {
        let lower = word.to_lowercase().replace(['’', 'ʼ'], "'");
        let stem: Cow<'_, str> = self.stemmer.stem(&lower);
        format!("{}:{}", self.language, fold(&stem.replace('\'', "")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_stem_meet() {
        let check = |language: &str, words: &[&str]| {
            let stems = Stems::of(language).unwrap();
            let first = stems.stem(words[0]);
            assert!(words.iter().all(|word| stems.stem(word) == first), "{words:?}: {first}");
        };
        check("en", &["ferry", "Ferries", "ferry's", "ferry’s"]);
        check("de", &["Fähre", "Fähren"]);
        check("fr", &["réparation", "réparations"]);
        check("ru", &["ремонт", "ремонта", "ремонты"]);
        assert!(Stems::of("ja").is_none());
    }
}
