//! The words of a body, each looked at once for all that is told by single words, and the expressions of time that they make.

use std::sync::OnceLock;

use crate::dates::{Expressions, Language, Place, Token};
use crate::notices::{Trigger, stems};
use crate::origin::{Beginnings, Named, Watch};

/// See the module. Places are bytes of the text.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) expressions: Expressions,
    /// What a notice may hold.
    pub(crate) triggers: Vec<Trigger>,
    /// The names of agencies.
    pub(crate) names: Vec<Named>,
}

impl Words {
    /// Reads a text in a language; `room` is for its tokens, and can be used again.
    pub(crate) fn of(text: &str, language: &'static Language, room: &mut Vec<Token>) -> Self {
        let (beginnings, stems, mut triggers, mut names) = (beginnings(), stems(), Vec::new(), Watch::new(text));
        room.clear();
        room.reserve(text.len() / 4);
        let mut look = |word: Place| {
            stems.look(text, word.start, &mut triggers);
            names.word(word);
        };
        language.cut(
            text,
            room,
            #[inline(always)]
            |word, first| {
                if beginnings.may_be(first) || !word.is_ascii {
                    look(word);
                }
            },
        );
        Self { expressions: Expressions::among(text, room, language), triggers, names: names.names() }
    }

    /// Of a text without words.
    pub(crate) fn none(language: &'static Language) -> Self {
        Self { expressions: Expressions::none(language), triggers: Vec::new(), names: Vec::new() }
    }

    /// Appends the words of a paragraph that begins at a byte; see [`Expressions::append`].
    pub(crate) fn append(&mut self, paragraph: &Words, at: usize, after_break: &mut bool) {
        self.expressions.append(&paragraph.expressions, at, after_break);
        self.triggers.extend(paragraph.triggers.iter().map(|&(start, languages)| (start + at, languages)));
        self.names.extend(paragraph.names.iter().map(|name| name.behind(at)));
    }

    /// How much of it there is to keep.
    pub(crate) fn weight(&self) -> usize {
        self.expressions.weight() + self.triggers.len() + self.names.len()
    }
}

/// How the names of agencies and the words of notices begin.
fn beginnings() -> &'static Beginnings {
    static BEGINNINGS: OnceLock<Beginnings> = OnceLock::new();
    BEGINNINGS.get_or_init(|| {
        let mut beginnings = Beginnings::of_names();
        stems().beginnings().for_each(|beginning| beginnings.add(beginning));
        beginnings
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::each_word;
    use crate::notices::triggers;

    /// What is told by three bytes passes over no name and no stem, however it is written.
    #[test]
    fn no_beginning_is_passed_over() {
        let lines = |file: &'static str| file.lines().filter(|line| !line.starts_with('#'));
        let agencies = lines(include_str!("origin/agencies.txt")).flat_map(|line| line.split('|').skip(2).take(2));
        let files = [
            include_str!("notices/languages/en.txt"),
            include_str!("notices/languages/de.txt"),
            include_str!("notices/languages/ar.txt"),
            include_str!("notices/languages/fr.txt"),
            include_str!("notices/languages/es.txt"),
        ];
        let stems = files.into_iter().flat_map(lines).filter_map(|line| line.strip_prefix("trigger: "));
        let forms: Vec<&str> = agencies.chain(stems).flat_map(|list| list.trim().split(", ")).collect();
        let (mut names, mut notices) = (0, 0);
        for form in forms.into_iter().filter(|form| !form.is_empty()) {
            let mut chars = form.chars();
            let capital: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
            for text in [form.to_owned(), capital, form.to_uppercase(), format!("«{form}» 1{form} a-{form}\n{form}.")]
            {
                let words = Words::of(&text, Language::unknown(), &mut Vec::new());
                let mut watch = Watch::new(&text);
                each_word(&text, |word| watch.word(word));
                assert_eq!(format!("{:?}", words.names), format!("{:?}", watch.names()), "{text}");
                assert_eq!(words.triggers, triggers(&text), "{text}");
                (names, notices) = (names + words.names.len(), notices + words.triggers.len());
            }
        }
        assert!(names > 1_000 && notices > 500, "{names} {notices}");
    }
}
