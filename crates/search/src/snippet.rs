use std::{cell::RefCell, collections::HashMap, ops::Range};

use crate::{
    plan::{all_stems, needed},
    query::{Field, Leaf, Node, Test},
    stems::Stems,
    words::{Token, each_token_beginning, tokens},
};

/// What to mark in a text for a query.
pub struct Marker {
    words: Vec<String>,
    prefixes: Vec<String>,
    /// In a row, as a text has them.
    phrases: Vec<(Vec<(usize, String)>, usize)>,
    /// A language, and the stem in it of a word that is looked for.
    stems: Vec<(&'static str, String)>,
    /// By language, whether a word has one of the stems: the words of one page's texts are mostly the same.
    memo: RefCell<HashMap<String, HashMap<String, bool>>>,
}

/// A stem that is looked for in a text.
type Wanted<'m> = (&'static str, &'m str);

/// A piece of a text with what was looked for in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The piece, white space folded to single spaces, with `…` where the text goes on.
    pub text: String,
    /// Bytes of `text` to be marked, in order, not touching each other.
    pub marks: Vec<Range<usize>>,
}

impl Marker {
    /// Of a query: what hits of it should show. `fields` says whose questions are meant; those to no field always are.
    pub fn new(query: &Node, fields: &[Field]) -> Self {
        let mut marker = Self {
            words: Vec::new(),
            prefixes: Vec::new(),
            phrases: Vec::new(),
            stems: Vec::new(),
            memo: RefCell::default(),
        };
        let meant = |leaf: &&Leaf| leaf.field.is_none_or(|field| fields.contains(&field));
        for leaf in query.wanted().into_iter().filter(meant) {
            match &leaf.test {
                Test::Prefix(beginning) => marker.prefixes.push(beginning.clone()),
                Test::Word(text) => marker.text(text, 0, true),
                Test::Phrase(text, slop) => marker.text(text, *slop as usize, false),
                Test::Name(_) | Test::Count(_) | Test::When(_) => {}
            }
        }
        marker
    }

    fn text(&mut self, text: &str, slop: usize, stems: bool) {
        let found = needed(tokens(text));
        match found.as_slice() {
            [] => {}
            [token] => {
                self.words.push(token.text.clone());
                if stems && !token.single {
                    let stems = all_stems(&text[token.span.clone()], &Stems::languages());
                    self.stems.extend(Stems::languages().into_iter().zip(stems));
                }
            }
            found => {
                let first = found[0].position;
                self.phrases.push((found.iter().map(|t| (t.position - first, t.text.clone())).collect(), slop));
            }
        }
    }

    /// Whether there is anything to mark.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.prefixes.is_empty() && self.phrases.is_empty()
    }

    /// The bytes of a text that were looked for, in order.
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        self.marks_in(text, "")
    }

    /// The same of a text whose language is known, as in BCP 47: words are reduced to their stems as in that one, where they can be, and not
    /// as in any.
    pub fn marks_in(&self, text: &str, language: &str) -> Vec<Range<usize>> {
        if self.is_empty() {
            return Vec::new();
        }
        let language = Stems::languages().into_iter().find(|code| *code == language).unwrap_or_default();
        let stems: Vec<Wanted<'_>> = self
            .stems
            .iter()
            .filter(|(of, _)| language.is_empty() || *of == language)
            .map(|(of, stem)| (*of, stem.as_str()))
            .collect();
        let mut memo = self.memo.borrow_mut();
        if !memo.contains_key(language) {
            memo.insert(language.to_owned(), HashMap::new());
        }
        let mut memo = memo.get_mut(language);
        let in_phrases = |word: &str| self.phrases.iter().any(|(phrase, _)| phrase.iter().any(|(_, one)| one == word));
        // What is in no phrase is not needed to find them.
        let mut phrased = Vec::new();
        let mut marks: Vec<Range<usize>> = Vec::new();
        // What does not begin as anything that is looked for need not be folded.
        let mut beginnings = [false; 256];
        let looked_for = self.words.iter().chain(&self.prefixes).map(String::as_str);
        let phrased_words = self.phrases.iter().flat_map(|(phrase, _)| phrase.iter().map(|(_, word)| word.as_str()));
        let stemmed = stems.iter().map(|(of, stem)| &stem[of.len() + 1..]);
        for first in looked_for.chain(phrased_words).chain(stemmed).filter_map(|word| word.bytes().next()) {
            beginnings[usize::from(first)] = true;
        }
        let is_of_use = |first: u8| beginnings[usize::from(first)];
        each_token_beginning(text, is_of_use, |word, span, position, single| {
            if !self.phrases.is_empty() && in_phrases(word) {
                phrased.push(Token { text: word.to_owned(), span: span.clone(), position, single });
            }
            let is_word = self.words.iter().any(|one| one == word)
                || self.prefixes.iter().any(|beginning| word.starts_with(beginning.as_str()))
                || (!single
                    && !stems.is_empty()
                    && memo.as_deref_mut().is_some_and(|memo| is_stem(&stems, &text[span.clone()], word, memo)));
            if is_word {
                marks.push(span);
            }
        });
        for (phrase, slop) in &self.phrases {
            mark_phrase(&phrased, phrase, *slop, &mut marks);
        }
        marks.sort_by_key(|mark| (mark.start, mark.end));
        let mut joined: Vec<Range<usize>> = Vec::new();
        for mark in marks {
            match joined.last_mut() {
                Some(last) if mark.start <= last.end => last.end = last.end.max(mark.end),
                _ => joined.push(mark),
            }
        }
        joined
    }

    /// The piece of a text of at most about `length` characters that has most of what was looked for; its beginning where nothing was found.
    pub fn snippet(&self, text: &str, length: usize) -> Snippet {
        self.snippet_in(text, length, "")
    }

    /// The same of a text whose language is known, as of [`Marker::marks_in`].
    pub fn snippet_in(&self, text: &str, length: usize, language: &str) -> Snippet {
        let marks = self.marks_in(text, language);
        let start = match best(text, &marks, length) {
            Some(at) => beginning(text, at, length / 4),
            None => 0,
        };
        let end = ending(text, start, length);
        let inside = marks.into_iter().filter(|mark| mark.start >= start && mark.end <= end);
        folded(text, start..end, inside.collect())
    }
}

/// Whether a word, printed and folded, has one of some stems, which are marked with their languages.
fn is_stem(stems: &[Wanted<'_>], word: &str, folded: &str, memo: &mut HashMap<String, bool>) -> bool {
    let mut candidates = stems.iter().copied().filter(|(of, stem)| may_have_stem(folded, of, &stem[of.len() + 1..]));
    if candidates.clone().next().is_none() {
        return false;
    }
    if let Some(&known) = memo.get(word) {
        return known;
    }
    let is = candidates.any(|(of, stem)| Stems::of(of).is_some_and(|stems| stems.stem(word) == stem));
    memo.insert(word.to_owned(), is);
    is
}

/// Whether a folded word may have a stem: a cheap way to ask few words for theirs. Stemming takes endings, and of what it leaves it changes the last two
/// letters at most (`dying`, `die`). In Arabic it takes beginnings, too.
fn may_have_stem(folded: &str, language: &str, stem: &str) -> bool {
    let first = stem.chars().next().map_or(0, char::len_utf8);
    let end = stem.char_indices().nth_back(1).map_or(first, |(at, _)| at.max(first));
    let left_alone = &stem[..end];
    if language == "ar" { folded.contains(left_alone) } else { folded.starts_with(left_alone) }
}

/// Marks every place where the words of a phrase stand as they should.
fn mark_phrase(tokens: &[Token], phrase: &[(usize, String)], slop: usize, marks: &mut Vec<Range<usize>>) {
    let Some((_, first)) = phrase.first() else { return };
    for (at, start) in tokens.iter().enumerate().filter(|(_, token)| token.text == *first) {
        let mut found = vec![start.span.clone()];
        for (offset, word) in &phrase[1..] {
            let reach = tokens[at..].iter().take_while(|token| token.position <= start.position + offset + slop);
            let wanted =
                |token: &&Token| token.text == *word && token.position >= start.position + offset.saturating_sub(slop);
            match reach.clone().find(wanted) {
                Some(token) => found.push(token.span.clone()),
                None => break,
            }
        }
        if found.len() == phrase.len() {
            marks.extend(found);
        }
    }
}

/// The first mark of the stretch that holds most of them.
fn best(text: &str, marks: &[Range<usize>], length: usize) -> Option<usize> {
    let reach = |from: usize| marks[from..].iter().take_while(|mark| mark.end <= marks[from].start + length).count();
    let score = |from: usize| (reach(from), std::cmp::Reverse(from));
    let from = (0..marks.len().min(200)).max_by_key(|&from| score(from))?;
    text.get(marks[from].clone())?;
    Some(marks[from].start)
}

/// Where a piece begins that has `at` in it, about `before` characters earlier, at the beginning of a word.
fn beginning(text: &str, at: usize, before: usize) -> usize {
    let earlier: Vec<(usize, char)> = text[..at].char_indices().rev().take(before).collect();
    if earlier.len() < before {
        return 0;
    }
    // A paragraph's beginning is the best place, then behind a space.
    let behind = |&(at, c): &(usize, char)| at + c.len_utf8();
    let paragraph = earlier.iter().find(|(_, c)| *c == '\n').map(behind);
    let word = earlier.iter().rev().find(|(_, c)| c.is_whitespace()).map(behind);
    paragraph.or(word).or(earlier.last().map(|(at, _)| *at)).unwrap_or(at)
}

fn ending(text: &str, start: usize, length: usize) -> usize {
    match text[start..].char_indices().nth(length) {
        None => text.len(),
        Some((end, _)) => {
            let piece = &text[start..start + end];
            let word = piece.rfind(char::is_whitespace).filter(|at| *at > piece.len() / 2);
            start + word.unwrap_or(piece.len())
        }
    }
}

/// The piece with white space folded, and its marks where they are then.
fn folded(text: &str, piece: Range<usize>, marks: Vec<Range<usize>>) -> Snippet {
    let mut out = String::new();
    if piece.start > 0 {
        out.push_str("… ");
    }
    let mut moved = Vec::with_capacity(marks.len());
    let mut marks = marks.into_iter().peekable();
    let mut open = None;
    for (at, c) in text[piece.clone()].char_indices() {
        let at = piece.start + at;
        if open.is_some() && marks.peek().is_some_and(|mark| mark.end <= at) {
            moved.extend(open.take().map(|from| from..out.len()));
            marks.next();
        }
        if c.is_whitespace() {
            if !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
            }
            continue;
        }
        if open.is_none() && marks.peek().is_some_and(|mark| mark.start <= at) {
            open = Some(out.len());
        }
        out.push(c);
    }
    moved.extend(open.map(|from| from..out.len()));
    out.truncate(out.trim_end().len());
    if piece.end < text.len() {
        out.push_str(" …");
    }
    Snippet { text: out, marks: moved }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{limits::Limits, query::parse};

    fn shown(snippet: &Snippet) -> String {
        let mut out = String::new();
        let mut at = 0;
        for mark in &snippet.marks {
            out.push_str(&format!("{}[{}]", &snippet.text[at..mark.start], &snippet.text[mark.clone()]));
            at = mark.end;
        }
        out + &snippet.text[at..]
    }

    fn check(query: &str, text: &str, length: usize, expected: &str) {
        let marker = Marker::new(&parse(query, &Limits::default()).unwrap(), &[Field::Body]);
        assert_eq!(shown(&marker.snippet(text, length)), expected, "{query}");
    }

    #[test]
    fn words_are_marked_where_they_stand() {
        check("ferry", "The ferry sails.", 80, "The [ferry] sails.");
        check("ferries", "The ferry sails; Ferry!", 80, "The [ferry] sails; [Ferry]!");
        check("fer*", "The ferry sails.", 80, "The [ferry] sails.");
        check("\"the ferry\"", "See the other: the ferry.", 80, "See the other: [the] [ferry].");
        check("\"the sails\"~1", "The ferry sails.", 80, "[The] ferry [sails].");
        check("title:ferry", "The ferry sails.", 80, "The ferry sails.");
        check("-ferry sails", "The ferry sails.", 80, "The ferry [sails].");
        check("كتاب", "قرأت الكتاب كله", 80, "قرأت [الكتاب] كله");
        check("渡し船", "潮見島の渡し船、最後の", 80, "潮見島の[渡し船]、最後の");
        check("船", "潮見島の渡し船、最後の", 80, "潮見島の渡し[船]、最後の");
    }

    #[test]
    fn words_are_reduced_as_in_their_language() {
        let marker = Marker::new(&parse("harbours", &Limits::default()).unwrap(), &[]);
        let marks = |language: &str| marker.marks_in("The harbour and its harbours.", language).len();
        assert_eq!([marks("en"), marks("en"), marks(""), marks("xx"), marks("el")], [2, 2, 2, 2, 1]);
    }

    #[test]
    fn no_word_of_a_stem_is_passed_over() {
        let check = |language: &str, words: &str| {
            let stems = Stems::of(language).unwrap();
            for word in words.split(' ') {
                let stem = stems.stem(word);
                assert!(
                    may_have_stem(&crate::fold::fold(word), language, &stem[language.len() + 1..]),
                    "{word}: {stem}"
                );
            }
        };
        check("en", "dying lies skies skis ugly early only news ferries nationally hopping hoping agreed Days bus gas");
        check("de", "Häuser Straßen Männer schönste größeren Fährbetriebe aufeinander kategorisch heiterkeit Übel");
        check("fr", "chevaux travaux yeux généralement jouaient évidemment réparations aînés amoureux logiques naïve");
        check("es", "averigüemos lógicas rápidamente cantábamos niñez tecnologías díselo cigüeña");
        check("it", "città bambini dirglielo velocissimamente quelli perché leggerlo soluzioni");
        check("pt", "ações corações lógica felizmente cantávamos irmãs pães anéis");
        check("nl", "brieven huizen katten geïnteresseerd mogelijkheden vrijheden zeeën grachten lopend");
        check("ru", "ёлки новейшими ремонтами красивее сделавшимися жизнью наилучший");
        check("sv", "människornas båtarna löst fullt flickorna kärleken möjligheter");
        check("el", "κόσμος κόσμου εφημερίδες μεγαλύτερος έγραψαν πόλεις φωτός κρέατα");
        check("ar", "الكتاب والكتب كتابها المدرسون مكتبة");
    }

    #[test]
    fn the_piece_with_most_of_it_is_shown() {
        let text =
            "One two three four five six seven.\n\nEight nine ten, the ferry came\nand the ferry left again later on.";
        check("ferry", text, 40, "… ten, the [ferry] came and the [ferry] left …");
        check("nothing", text, 20, "One two three four …");
        check("nothing", "", 20, "");
    }

    proptest! {
        #[test]
        fn marks_are_in_the_snippet(text in "[a-c 渡し\n]{0,80}", query in "[a-c]{1,2}|渡し|し", length in 1usize..60) {
            let marker = Marker::new(&parse(&query, &Limits::default()).unwrap(), &[]);
            let snippet = marker.snippet(&text, length);
            let mut last = 0;
            for mark in &snippet.marks {
                prop_assert!(mark.start >= last && snippet.text.get(mark.clone()).is_some_and(|m| !m.is_empty()));
                last = mark.end;
            }
        }
    }
}
