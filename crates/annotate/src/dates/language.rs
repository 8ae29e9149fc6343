//! A language: its vocabulary and its rules, read from a file. What the lines of such a file mean is said in `languages/README.md`.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::class::Class;
use super::feast::Feast;
use super::hash::Words;
use super::key::{Key, Keys};
use super::pattern::{Element, Node, Step, Trie, expand};
use super::token::{LONGEST_WORD, Place as WordPlace, Shape, Token, each_token, fold_into, tokens};

/// The languages there are: BCP 47 primary tags and files.
const FILES: [(&str, &str); 4] = [
    ("en", include_str!("languages/en.txt")),
    ("de", include_str!("languages/de.txt")),
    ("ar", include_str!("languages/ar.txt")),
    (UNKNOWN, include_str!("languages/und.txt")),
];
/// The tag of what is in no language that is known.
const UNKNOWN: &str = "und";
/// What every language has: dates in digits.
const DIGITS: &str = include_str!("languages/digits.txt");

/// A language whose expressions of time are known.
pub struct Language {
    pub(super) tag: &'static str,
    words: Words<u32>,
    /// Those of them that are short and in ASCII.
    keys: Keys<u32>,
    /// How those of them begin that have no key: see [`initial`].
    keyless: u64,
    /// The marks among them that are ASCII.
    marks: [u32; 128],
    /// By word: whether a rule can begin with it.
    pub(super) begins: Vec<Begins>,
    /// Classes of which one token may be all that a rule asks for.
    pub(super) alone: u64,
    /// By word: which classes begin with it.
    pub(super) masks: Vec<u64>,
    /// By word: the forms that begin with it, the longest first.
    pub(super) forms: Vec<Vec<Form>>,
    /// By word: what can be told of its forms before they are looked at.
    pub(super) firsts: Vec<Firsts>,
    /// By word: the lists that hold it, a bit each.
    pub(super) lists: Vec<u64>,
    list_names: Vec<String>,
    /// The list of words for "to" between the ends of a range.
    pub(super) to: Option<u16>,
    /// The list of words for "and", and that of words that make a range of it.
    pub(super) joins: Option<u16>,
    pub(super) between: Option<u16>,
    /// The list of words that make a participle one of what is to come.
    pub(super) be: Option<u16>,
    /// The list of letters that make an ordinal number.
    pub(super) nth: Option<u16>,
    /// By word: what it says about the time of a sentence.
    pub(super) cues: Vec<Option<Cue>>,
    /// Ones are said before tens: five and twenty.
    pub(super) ones_before_tens: bool,
    pub(super) past_ending: String,
    pub(super) plural_ending: Option<String>,
    pub(super) feasts: Vec<Feast>,
    prefixes: Vec<char>,
    tails: Vec<String>,
    pub(super) capital: u64,
    pub(super) trie: Trie,
    pub(super) rules: Vec<Rule>,
    common: Vec<String>,
}

/// What can be told of the forms that begin with a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Firsts {
    /// The classes of those that are this word alone.
    pub(super) alone: u64,
    /// The second words of the others: a bit for each by the lowest bits of its number.
    pub(super) seconds: u64,
}

impl Firsts {
    fn of(forms: &[Form]) -> Self {
        let mut firsts = Firsts::default();
        for form in forms {
            match form.second {
                0 => firsts.alone |= form.class.bit(),
                second => firsts.seconds |= 1 << (second & 63),
            }
        }
        firsts
    }
}

/// Whether a rule can begin with a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begins {
    No,
    /// With others behind it.
    More,
    /// Also with this word alone.
    Alone,
}

/// A word or a phrase of a class.
pub(super) struct Form {
    /// The first of the rest, 0 where there is none.
    pub(super) second: u32,
    pub(super) rest: Vec<u32>,
    pub(super) class: Class,
    pub(super) payload: i32,
}

/// What a verb says about when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Cue {
    Past,
    Future,
}

pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) action: Action,
    pub(super) conditions: Vec<Condition>,
}

/// What must hold of a token beside a match, or of its first.
pub(super) struct Condition {
    pub(super) place: Place,
    pub(super) wanted: bool,
    pub(super) what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Before,
    First,
    After,
}

pub(super) enum What {
    List(u16),
    Number,
    Class(Class),
    /// The token behind the last expression of time.
    Said,
    /// A word in small letters.
    Small,
    Capital,
    /// A word in small letters that ends as plurals do.
    Plural,
}

/// What a rule makes of what it caught.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// A day, something longer, or a time.
    Date,
    /// So many units from the day of publication.
    Shift(i32),
    /// So many units from what was said before.
    Later,
    Duration,
    Set,
    Decade,
    Century,
    /// Two days or years.
    Range,
    /// A year or day of the Buddhist era.
    Buddhist,
    /// A year or day of the lunar Hijri calendar.
    Lunar,
    /// An expression that means no one thing.
    Open,
    /// A day in small numbers of which either may be the month; as the rule says where nothing tells.
    Slashed,
    /// A weekday of last or next week.
    OfWeek,
    /// `the first Monday in June`
    NthWeekday,
    /// `six times a day`
    Frequency,
    /// The unit that was spoken of, or else the one of publication.
    Same,
    /// The day, part of a day or longer that was spoken of, and nothing else: `that evening`.
    Spoken,
    /// Half a unit.
    Half,
    /// A year, counted from that of publication.
    Year(i32),
    /// `at the moment`
    Present,
    /// `recent weeks`
    Past,
    /// `the coming weeks`
    Future,
    /// No expression of time.
    Skip,
}

impl Action {
    fn of(written: &str) -> Option<Action> {
        Some(match written {
            "date" => Action::Date,
            "ago" => Action::Shift(-1),
            "ahead" => Action::Shift(1),
            "later" => Action::Later,
            "duration" => Action::Duration,
            "set" => Action::Set,
            "decade" => Action::Decade,
            "century" => Action::Century,
            "range" => Action::Range,
            "buddhist" => Action::Buddhist,
            "lunar" => Action::Lunar,
            "open" => Action::Open,
            "slashed" => Action::Slashed,
            "of-week" => Action::OfWeek,
            "nth-weekday" => Action::NthWeekday,
            "frequency" => Action::Frequency,
            "same" => Action::Same,
            "spoken" => Action::Spoken,
            "half" => Action::Half,
            "this-year" => Action::Year(0),
            "last-year" => Action::Year(-1),
            "present" => Action::Present,
            "past" => Action::Past,
            "future" => Action::Future,
            "skip" => Action::Skip,
            _ => return None,
        })
    }
}

impl std::fmt::Debug for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Language({})", self.tag)
    }
}

impl Language {
    /// The language of a BCP 47 tag (`en-GB`), if its expressions of time are known.
    pub fn of(tag: &str) -> Option<&'static Language> {
        let primary = tag.split(['-', '_']).next().unwrap_or("");
        all().iter().find(|language| language.tag.eq_ignore_ascii_case(primary))
    }

    /// The language that a text is written in, told by its most common words; `None` where no known language has one word in twelve.
    ///
    /// ```
    /// use copydesk_annotate::Language;
    /// assert_eq!(Language::detect("The ferry was late, and nobody on the pier knew why.").unwrap().tag(), "en");
    /// assert!(Language::detect("Le traversier était en retard.").is_none());
    /// ```
    pub fn detect(text: &str) -> Option<&'static Language> {
        let text = Self::head(text);
        let (mut words, mut folded) = (0, String::new());
        let mut scores = [0usize; FILES.len()];
        let common = common_words();
        each_token(
            text,
            #[inline(always)]
            |token, key, _| {
                if !matches!(token.shape, Shape::Word { .. }) {
                    return;
                }
                words += 1;
                let whose = match key {
                    Some(key) => common.keys.get(key),
                    None => {
                        let word = &text[token.start as usize..token.end as usize];
                        if word.len() > LONGEST_WORD || common.keyless & initial(word) == 0 {
                            return;
                        }
                        fold_into(word, &mut folded);
                        common.words.get(folded.as_str()).copied()
                    }
                };
                let Some(whose) = whose else { return };
                for (at, score) in scores.iter_mut().enumerate() {
                    *score += usize::from(whose >> at & 1);
                }
            },
        );
        // Of two that score alike the first in the list.
        let (best, score) = scores.iter().enumerate().rev().max_by_key(|(_, score)| **score)?;
        (score * 12 >= words && *score > 0).then(|| &all()[best])
    }

    /// The part of a text that its language is told by.
    pub(crate) fn head(text: &str) -> &str {
        // Two hundred words tell; the first sentence alone may be a name or a quotation.
        const ENOUGH: usize = 1_200;
        let mut end = text.len().min(ENOUGH);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        &text[..end]
    }

    /// What is read where the language is not known: dates written in full, with the months of 54 languages.
    ///
    /// ```
    /// use copydesk_annotate::{Language, dates};
    /// let found = dates("Le port a fermé le 3 mai 2024.", None, Language::unknown());
    /// assert_eq!(found[0].value.unwrap().to_string(), "2024-05-03");
    /// ```
    pub fn unknown() -> &'static Language {
        &all()[FILES.len() - 1]
    }

    /// Its place among all languages, by which [`Language::at`] finds it.
    pub(crate) fn place(&self) -> u8 {
        all().iter().position(|language| std::ptr::eq(language, self)).unwrap_or(FILES.len() - 1) as u8
    }

    /// The language at a place.
    pub(super) fn at(place: u8) -> Option<&'static Language> {
        all().get(place as usize)
    }

    /// BCP 47.
    pub fn tag(&self) -> &'static str {
        self.tag
    }

    /// The names of all languages' files.
    pub fn tags() -> impl Iterator<Item = &'static str> {
        FILES.iter().map(|(tag, _)| *tag)
    }

    /// The number of a word, however it is written.
    fn look_up(&self, word: &str, folded: &mut String) -> Option<u32> {
        if word.len() > LONGEST_WORD {
            return None;
        }
        fold_into(word, folded);
        self.words.get(folded.as_str()).copied()
    }

    /// Cuts a text into tokens, each with its word; calls `each` with every word and the eight bytes that it begins with.
    #[inline]
    pub(crate) fn cut(&self, text: &str, found: &mut Vec<Token>, mut each: impl FnMut(WordPlace, u64)) {
        let mut folded = String::new();
        each_token(
            text,
            #[inline(always)]
            |mut token, key, first| {
                match token.shape {
                    Shape::Word { .. } => {
                        each(WordPlace::of(&token, key), first);
                        // Nothing that is put before or behind words without a space is looked for in vain.
                        if let Some(known) = key.and_then(|key| self.keys.get(key)) {
                            token.word = known;
                        } else if key.is_none() || !self.tails.is_empty() {
                            token = self.look_further(text, token, key.is_none(), &mut folded, found);
                        }
                    }
                    Shape::Mark(mark) => {
                        token.word = match self.marks.get(mark as usize) {
                            Some(word) => *word,
                            None => {
                                let mut bytes = [0; 4];
                                self.words.get(&*mark.encode_utf8(&mut bytes)).copied().unwrap_or(0)
                            }
                        };
                    }
                    _ => {}
                }
                found.push(token);
            },
        );
    }

    /// A word that was not found by a key, with its number; what stands before it without a space, if it is a word of its own, is appended.
    #[inline(never)]
    fn look_further(
        &self,
        text: &str,
        token: Token,
        is_keyless: bool,
        folded: &mut String,
        found: &mut Vec<Token>,
    ) -> Token {
        let word = &text[token.start as usize..token.end as usize];
        if is_keyless
            && self.keyless & initial(word) != 0
            && let Some(word) = self.look_up(word, folded)
        {
            return Token { word, ..token };
        }
        if let Some((prefix, word)) = self.without_prefix(word, folded) {
            return Token { start: token.start + prefix, word, ..token };
        }
        let Some((head, known, tail)) = self.in_two(word, folded) else { return token };
        let middle = token.start + head;
        found.push(Token { end: middle, word: known, ..token });
        Token { start: middle, word: tail, glued: true, ..token }
    }

    /// Whether a rule can begin with a word.
    fn begins(&self, word: usize) -> Begins {
        let asks = |bit: usize| {
            self.masks[word] & 1 << bit != 0
                && self.trie.roots[bit].iter().any(|(step, _)| match step.element {
                    Element::List(list) => self.lists[word] & 1 << list != 0,
                    _ => true,
                })
        };
        let ends = |place: &usize| !self.trie.places[*place].rules.is_empty();
        if self.trie.root_words[word].iter().any(ends) || self.masks[word] & self.alone != 0 {
            Begins::Alone
        } else if !self.trie.root_words[word].is_empty() || (0..64).any(asks) {
            Begins::More
        } else {
            Begins::No
        }
    }

    /// `والخميس` is `الخميس` behind "and".
    fn without_prefix(&self, word: &str, folded: &mut String) -> Option<(u32, u32)> {
        let &prefix = self.prefixes.iter().find(|prefix| word.starts_with(**prefix))?;
        let length = prefix.len_utf8();
        Some((length as u32, self.look_up(&word[length..], folded)?))
    }

    /// `Freitagabend` is `Freitag` and `abend`.
    fn in_two(&self, word: &str, folded: &mut String) -> Option<(u32, u32, u32)> {
        self.tails.iter().find_map(|tail| {
            let head = word.strip_suffix(tail.as_str()).filter(|head| head.len() > 2)?;
            let known = self.look_up(head, folded)?;
            Some((head.len() as u32, known, *self.words.get(tail.as_str())?))
        })
    }

    fn read(tag: &'static str, file: &'static str) -> Result<Language, String> {
        let mut language = Language {
            tag,
            words: Words::default(),
            keys: Keys::default(),
            keyless: 0,
            marks: [0; 128],
            begins: Vec::new(),
            alone: 0,
            masks: vec![0],
            forms: vec![Vec::new()],
            firsts: Vec::new(),
            lists: vec![0],
            list_names: Vec::new(),
            to: None,
            joins: None,
            between: None,
            be: None,
            nth: None,
            cues: vec![None],
            ones_before_tens: false,
            past_ending: String::new(),
            plural_ending: None,
            feasts: Vec::new(),
            prefixes: Vec::new(),
            tails: Vec::new(),
            capital: 0,
            trie: Trie::default(),
            rules: Vec::new(),
            common: Vec::new(),
        };
        // Rules name lists and may stand before them.
        for is_rule in [false, true] {
            for line in file.lines().chain(DIGITS.lines()) {
                let line = line.trim();
                if line.is_empty() || line.starts_with('#') || line.contains("=>") != is_rule {
                    continue;
                }
                let read = if is_rule { language.rule(line) } else { language.vocabulary(line) };
                read.map_err(|reason| format!("{tag}: {reason}: {line}"))?;
            }
        }
        language.forms.iter_mut().for_each(|forms| forms.sort_by_key(|form| std::cmp::Reverse(form.rest.len())));
        language.firsts = language.forms.iter().map(|forms| Firsts::of(forms)).collect();
        language.to = language.known_list("to").ok();
        language.joins = language.known_list("joins").ok();
        language.between = language.known_list("between").ok();
        language.be = language.known_list("be").ok();
        language.nth = language.known_list("nth").ok();
        language.trie.finish(language.masks.len());
        let words: Vec<(&str, u32)> = language.words.iter().map(|(word, number)| (word.as_str(), *number)).collect();
        language.keys = Keys::new(&words);
        language.keyless = keyless(language.words.keys());
        for (mark, number) in (0u8..).zip(&mut language.marks) {
            let mut bytes = [0; 4];
            *number = language.words.get(&*char::from(mark).encode_utf8(&mut bytes)).copied().unwrap_or(0);
        }
        language.alone = (0..64).filter(|bit| language.trie.is_alone(*bit)).fold(0, |all, bit| all | 1 << bit);
        language.begins = (0..language.masks.len()).map(|word| language.begins(word)).collect();
        Ok(language)
    }

    /// The number of a word, new or not.
    fn word(&mut self, folded: &str) -> u32 {
        if let Some(&known) = self.words.get(folded) {
            return known;
        }
        let number = self.masks.len() as u32;
        self.words.insert(folded.to_owned(), number);
        self.masks.push(0);
        self.forms.push(Vec::new());
        self.lists.push(0);
        self.cues.push(None);
        number
    }

    /// The words of a form as the file writes it.
    fn form(&mut self, written: &str) -> Vec<u32> {
        let mut found = Vec::new();
        tokens(written, &mut found);
        let mut folded = String::new();
        found
            .iter()
            .map(|token| {
                fold_into(&written[token.start as usize..token.end as usize], &mut folded);
                let text = folded.replace('’', "'");
                self.word(&text)
            })
            .collect()
    }

    fn list(&mut self, name: &str) -> Result<u16, String> {
        let known = self.list_names.iter().position(|known| known == name);
        let list = known.unwrap_or_else(|| {
            self.list_names.push(name.to_owned());
            self.list_names.len() - 1
        });
        if list < 64 { Ok(list as u16) } else { Err("more than 64 lists".into()) }
    }

    fn vocabulary(&mut self, line: &'static str) -> Result<(), String> {
        let (head, forms) = line.split_once(": ").ok_or("neither a rule nor words")?;
        let forms: Vec<String> = forms.split(", ").flat_map(|form| braces(form.trim())).collect();
        let mut head = head.split(' ');
        let name = head.next().unwrap_or("");
        let written: Vec<&str> = head.collect();
        match name {
            "capital" => {
                for class in &forms {
                    self.capital |= Class::of(class).ok_or("no such class")?.bit();
                }
            }
            // The months of every language.
            "months" => {
                for (name, month) in copydesk_text::month_names() {
                    // A name that means two months in two languages says nothing here; three letters are a word somewhere, and May is short.
                    let is_short = name.len() <= 3 && month != 5;
                    if !is_short && !copydesk_text::month_names().any(|(other, meant)| other == name && meant != month)
                    {
                        self.add(Class::Month, i32::from(month), &[name.to_owned()]);
                    }
                }
            }
            "prefixes" => self.prefixes = forms.iter().filter_map(|form| form.chars().next()).collect(),
            "tails" => self.tails = forms,
            "plural-ending" => self.plural_ending = forms.first().cloned(),
            "ones-before-tens" => self.ones_before_tens = true,
            "past-ending" => self.past_ending = forms[0].clone(),
            "common" => {
                let mut folded = String::new();
                for form in forms {
                    fold_into(&form, &mut folded);
                    self.common.push(folded.clone());
                }
            }
            "past" | "future" => {
                for form in forms {
                    let word = self.form(&form)[0];
                    self.cues[word as usize] = Some(if name == "past" { Cue::Past } else { Cue::Future });
                }
            }
            _ if name.starts_with('@') => {
                let list = self.list(&name[1..])?;
                for form in forms {
                    let [word] = self.form(&form)[..] else { return Err("a list holds single words".into()) };
                    self.lists[word as usize] |= 1 << list;
                    self.masks[word as usize] |= Class::Literal.bit();
                }
            }
            "feast" => {
                let feast = Feast::of(written.first().copied().unwrap_or("")).ok_or("no such feast")?;
                let payload = self.feasts.len() as i32;
                self.feasts.push(feast);
                self.add(Class::Feast, payload, &forms);
            }
            _ => {
                let class = Class::of(name).ok_or("no such class")?;
                let payload = class.payload(&written).ok_or("no such value of the class")?;
                self.add(class, payload, &forms);
            }
        }
        Ok(())
    }

    fn add(&mut self, class: Class, payload: i32, forms: &[String]) {
        for form in forms {
            let words = self.form(form);
            let first = words[0] as usize;
            self.masks[first] |= class.bit();
            // What can be written in words can stand where the class of numbers is asked for.
            match class {
                Class::Ordinal => self.masks[first] |= Class::Day.bit(),
                Class::Number | Class::Some => self.masks[first] |= Class::Count.bit(),
                _ => {}
            }
            let second = words.get(1).copied().unwrap_or(0);
            self.forms[first].push(Form { second, rest: words[1..].to_vec(), class, payload });
        }
    }

    fn rule(&mut self, line: &'static str) -> Result<(), String> {
        let (head, action) = line.split_once("=>").ok_or("no action")?;
        let (name, pattern) = head.split_once(": ").ok_or("a rule without a name")?;
        let action = Action::of(action.trim()).ok_or("no such action")?;
        let mut conditions = Vec::new();
        let mut rest = String::new();
        for piece in pattern.split_whitespace() {
            let place = match piece.as_bytes() {
                [b'<', _, ..] => Place::Before,
                [b'=', _, ..] => Place::First,
                [b'>', _, ..] => Place::After,
                _ => {
                    rest.push_str(piece);
                    rest.push(' ');
                    continue;
                }
            };
            let wanted = !piece[1..].starts_with('!');
            let what = piece[1..].trim_start_matches('!');
            let what = match what.as_bytes().first() {
                Some(b'@') => What::List(self.known_list(&what[1..])?),
                Some(b'$') => What::Class(Class::of(&what[1..]).ok_or("no such class")?),
                _ => match what {
                    "number" => What::Number,
                    "said" => What::Said,
                    "small" => What::Small,
                    "capital" => What::Capital,
                    "plural" => What::Plural,
                    _ => return Err(format!("no such condition `{what}`")),
                },
            };
            conditions.push(Condition { place, wanted, what });
        }
        let nodes = self.nodes(&mut rest.split_whitespace().peekable(), 0)?;
        let rule = self.rules.len() as u16;
        self.rules.push(Rule { name: name.trim(), action, conditions });
        for steps in expand(&nodes) {
            if steps.is_empty() {
                return Err("a rule that matches nothing".into());
            }
            self.trie.add(&steps, rule);
        }
        Ok(())
    }

    fn known_list(&self, name: &str) -> Result<u16, String> {
        self.list_names.iter().position(|known| known == name).map(|at| at as u16).ok_or(format!("no list `{name}`"))
    }

    fn nodes(
        &mut self,
        pieces: &mut std::iter::Peekable<std::str::SplitWhitespace<'_>>,
        depth: usize,
    ) -> Result<Vec<Node>, String> {
        let mut branches = vec![Vec::new()];
        let mut glued = false;
        while let Some(&piece) = pieces.peek() {
            if piece == ")" || piece == ")?" {
                break;
            }
            pieces.next();
            let branch = branches.last_mut().expect("there is always one branch");
            match piece {
                "~" => {
                    glued = true;
                    continue;
                }
                "|" => {
                    branches.push(Vec::new());
                    continue;
                }
                "(" => {
                    let inner = self.nodes(pieces, depth + 1)?;
                    let closing = pieces.next().ok_or("a bracket is not closed")?;
                    branch.push(Node::Group { inner, optional: closing == ")?" });
                }
                _ => {
                    let (piece, optional) = match piece.strip_suffix('?') {
                        Some(rest) if !rest.is_empty() => (rest, true),
                        _ => (piece, false),
                    };
                    let element = match piece.as_bytes()[0] {
                        b'$' if piece.len() > 1 => {
                            Element::Class(Class::of(&piece[1..]).ok_or(format!("no class `{piece}`"))?)
                        }
                        b'@' if piece.len() > 1 => Element::List(self.known_list(&piece[1..])?),
                        _ => {
                            let words = self.form(piece);
                            let [word] = words[..] else { return Err(format!("`{piece}` is more than one word")) };
                            self.masks[word as usize] |= Class::Literal.bit();
                            Element::Word(word)
                        }
                    };
                    let step = Node::Step(Step { element, glued });
                    branch.push(if optional { Node::Group { inner: vec![step], optional } } else { step });
                }
            }
            glued = false;
        }
        if depth == 0 && pieces.peek().is_some() {
            return Err("a bracket too many".into());
        }
        if branches.len() == 1 { Ok(branches.remove(0)) } else { Ok(vec![Node::Either(branches)]) }
    }
}

/// How those of some words begin that have no key.
fn keyless<'w>(words: impl Iterator<Item = &'w String>) -> u64 {
    words.filter(|word| Key::of(word).is_none()).fold(0, |all, word| all | initial(word))
}

/// A bit for how a word begins: one for each letter in ASCII, large or small, and one for all others.
#[inline]
fn initial(word: &str) -> u64 {
    match word.as_bytes().first() {
        Some(letter @ (b'a'..=b'z' | b'A'..=b'Z')) => 1 << (letter & 31),
        _ => 1,
    }
}

/// The common words of all languages, each with a bit for every language that has it.
struct Common {
    words: Words<u8>,
    keys: Keys<u8>,
    /// How those begin that have no key.
    keyless: u64,
}

fn common_words() -> &'static Common {
    static COMMON: OnceLock<Common> = OnceLock::new();
    COMMON.get_or_init(|| {
        let mut words: Words<u8> = Words::default();
        for (number, language) in all().iter().enumerate() {
            for word in &language.common {
                *words.entry(word.clone()).or_default() |= 1 << number;
            }
        }
        let list: Vec<(&str, u8)> = words.iter().map(|(word, whose)| (word.as_str(), *whose)).collect();
        Common { keyless: keyless(words.keys()), keys: Keys::new(&list), words }
    })
}

/// All languages, read once.
fn all() -> &'static [Language] {
    static ALL: OnceLock<Vec<Language>> = OnceLock::new();
    ALL.get_or_init(|| {
        let read = |(tag, file): &(&'static str, &'static str)| Language::read(tag, file);
        FILES.iter().map(|file| read(file).unwrap_or_else(|reason| panic!("rule file of {reason}"))).collect()
    })
}

/// `letzt{e,er}` is two forms; so are several brackets all together.
fn braces(form: &str) -> Vec<String> {
    let Some((before, (inner, after))) =
        form.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    else {
        return vec![form.to_owned()];
    };
    inner.split(' ').flat_map(|choice| braces(&format!("{before}{choice}{after}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read() {
        for (tag, file) in FILES {
            let language = Language::read(tag, file).unwrap_or_else(|reason| panic!("{reason}"));
            assert!(language.rules.len() > 20 || tag == UNKNOWN, "{tag}");
        }
    }

    #[test]
    fn mistakes_in_files_are_named() {
        #[track_caller]
        fn check(file: &'static str, expected: &str) {
            let reason = Language::read("xx", file).err().unwrap_or_default();
            assert!(reason.starts_with(expected), "{reason}");
        }
        check("month 1 January", "xx: neither a rule nor words: month 1 January");
        check("monht 1: January", "xx: no such class");
        check("unit moon: moon", "xx: no such value");
        check("a: $month $dya => date", "xx: no class `$dya`");
        check("a: ( $month => date", "xx: a bracket is not closed");
        check("a: $month => dat", "xx: no such action");
        check("a: <@in $month => date", "xx: no list `in`");
    }

    #[test]
    fn forms_in_braces() {
        assert_eq!(braces("letzt{e er}n"), ["letzten", "letztern"]);
    }
}
