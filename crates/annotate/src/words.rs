//! The words of a body, each looked at once for all that is told by single words.

use crate::dates::{Language, Token};
use crate::notices::{Trigger, stems};
use crate::origin::{Named, Watch};

/// See the module. Places are bytes of the text.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// Words, numbers and marks, named in a language.
    pub(crate) tokens: Vec<Token>,
    /// What a notice may hold.
    pub(crate) triggers: Vec<Trigger>,
    /// The names of agencies.
    pub(crate) names: Vec<Named>,
}

impl Words {
    pub(crate) fn of(text: &str, language: &Language) -> Self {
        let (stems, mut triggers, mut names) = (stems(), Vec::new(), Watch::new(text));
        let mut tokens = Vec::with_capacity(text.len() / 4);
        language.cut(text, &mut tokens, |word| {
            stems.look(text, word.start, &mut triggers);
            names.word(word);
        });
        Self { tokens, triggers, names: names.names() }
    }

    /// Appends the words of a part that begins at a byte.
    pub(crate) fn extend(&mut self, part: &Words, at: usize) {
        let shift = at as u32;
        let moved = |token: &Token| Token { start: token.start + shift, end: token.end + shift, ..*token };
        self.tokens.extend(part.tokens.iter().map(moved));
        self.triggers.extend(part.triggers.iter().map(|&(start, languages)| (start + at, languages)));
        self.names.extend(part.names.iter().map(|name| name.behind(at)));
    }
}
