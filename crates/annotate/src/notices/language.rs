//! A language's notices, read from a file. What the lines of such a file mean is said in `languages/README.md`.

use std::sync::OnceLock;

use copydesk_text::Eights;

use super::NoticeKind;
use super::pattern::{Node, Step, expand};
use crate::dates::{Keys, Shape, Token, WordMap, each_word, fold_into, letters, tokens};

/// The languages there are: BCP 47 primary tags and files.
const FILES: [(&str, &str); 5] = [
    ("en", include_str!("languages/en.txt")),
    ("de", include_str!("languages/de.txt")),
    ("ar", include_str!("languages/ar.txt")),
    ("fr", include_str!("languages/fr.txt")),
    ("es", include_str!("languages/es.txt")),
];

/// The words and rules of a language.
#[derive(Default)]
pub(super) struct Lexicon {
    words: WordMap<u32>,
    /// Those of them that are short and in ASCII.
    keys: Keys<u32>,
    /// By list: its forms.
    pub(super) lists: Vec<Vec<Vec<u32>>>,
    list_names: Vec<String>,
    /// The list of what makes a label none.
    pub(super) other: Option<u16>,
    pub(super) labels: Vec<Label>,
    pub(super) rules: Vec<Rule>,
    /// What says what was wrong and what is right, the surest first.
    pub(super) pairs: Vec<Vec<Vec<Step>>>,
    /// By word: the rules that begin with it, and one of their sequences.
    pub(super) begins: Vec<Vec<(u16, u16)>>,
    /// The rules that begin at the start of a paragraph.
    pub(super) opens: Vec<(u16, u16)>,
    triggers: Vec<&'static str>,
}

/// Words at the start of a paragraph, before a colon.
pub(super) struct Label {
    pub(super) kind: NoticeKind,
    pub(super) confidence: f32,
    /// It counts in capitals only.
    pub(super) capitals: bool,
    pub(super) words: Vec<u32>,
}

/// A pattern that makes a notice.
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) kind: NoticeKind,
    pub(super) confidence: f32,
    /// It counts only in the first and last paragraphs.
    pub(super) edge: bool,
    pub(super) sequences: Vec<Vec<Step>>,
}

/// All languages, read once.
pub(super) fn lexicons() -> &'static [Lexicon] {
    static ALL: OnceLock<Vec<Lexicon>> = OnceLock::new();
    ALL.get_or_init(|| {
        let read = |(tag, file): &(&str, &'static str)| {
            Lexicon::read(file).unwrap_or_else(|reason| panic!("notices of {tag}: {reason}"))
        };
        FILES.iter().map(read).collect()
    })
}

/// A word in a text that a notice may hold: its first byte, and a bit for each language that has such a word.
pub(crate) type Trigger = (usize, u8);

/// The words of a text, in order, that a notice may hold.
pub(crate) fn triggers(text: &str) -> Vec<Trigger> {
    let (stems, mut found) = (stems(), Vec::new());
    each_word(text, |word| stems.look(text, word.start, &mut found));
    found
}

/// The stems of all languages.
pub(crate) struct Stems {
    /// A bit for each two bytes that a stem begins with: most words are not looked at further.
    pairs: Box<[u64; 1024]>,
    /// A bit for each hash of the first five bytes of a stem.
    seen: Vec<u64>,
    /// Stems and their languages, by those bytes.
    by_bytes: Vec<(u64, &'static str, u8)>,
}

/// The stems of all languages, read once.
pub(crate) fn stems() -> &'static Stems {
    static STEMS: OnceLock<Stems> = OnceLock::new();
    STEMS.get_or_init(|| {
        let mut stems = Stems { pairs: Box::new([0; 1024]), seen: vec![0; 512], by_bytes: Vec::new() };
        for (number, lexicon) in lexicons().iter().enumerate() {
            for stem in &lexicon.triggers {
                assert!(stem.len() >= 5, "`{stem}`: a stem has at least five bytes");
                let bytes = first_bytes(stem, 0);
                let hash = hash_of(bytes);
                stems.seen[hash >> 6] |= 1 << (hash & 63);
                let pair = bytes as usize & 0xFFFF;
                stems.pairs[pair >> 6] |= 1 << (pair & 63);
                stems.by_bytes.push((bytes, stem, 1 << number));
            }
        }
        stems.by_bytes.sort_unstable();
        stems
    })
}

impl Stems {
    /// The first three bytes of words that they may be, small and large.
    pub(crate) fn beginnings(&self) -> impl Iterator<Item = [u8; 3]> + '_ {
        let large = |byte: u8, is_large: bool| if is_large { byte & !0x20 } else { byte };
        self.by_bytes.iter().flat_map(move |(bytes, ..)| {
            let [first, second, third, ..] = bytes.to_le_bytes();
            (0..8).map(move |of| [large(first, of & 1 > 0), large(second, of & 2 > 0), large(third, of & 4 > 0)])
        })
    }

    /// Looks at the word that begins at a byte.
    #[inline(always)]
    pub(crate) fn look(&self, text: &str, start: usize, found: &mut Vec<Trigger>) {
        let Some(&[first, second]) = text.as_bytes().get(start..).and_then(|rest| rest.first_chunk()) else { return };
        let pair = usize::from(u16::from_le_bytes([first | 0x20, second | 0x20]));
        if self.pairs[pair >> 6] >> (pair & 63) & 1 != 0 {
            self.look_further(text, start, found);
        }
    }

    fn look_further(&self, text: &str, start: usize, found: &mut Vec<Trigger>) {
        let bytes = first_bytes(text, start);
        let hash = hash_of(bytes);
        if self.seen[hash >> 6] & 1 << (hash & 63) != 0 {
            self.compare(text, start, bytes, found);
        }
    }

    fn compare(&self, text: &str, start: usize, bytes: u64, found: &mut Vec<Trigger>) {
        let first = self.by_bytes.partition_point(|(known, ..)| *known < bytes);
        let alike = self.by_bytes[first..].iter().take_while(|(known, ..)| *known == bytes);
        let stands = |stem: &str| {
            let mut small = text[start..].chars().flat_map(char::to_lowercase);
            stem.chars().all(|c| small.next() == Some(c))
        };
        let languages = alike.filter(|(_, stem, _)| stands(stem)).fold(0, |all, (.., language)| all | language);
        if languages != 0 {
            found.push((start, languages));
        }
    }
}

/// Five bytes of a text, each with the bit that makes a letter small; spaces behind its end.
#[inline]
fn first_bytes(text: &str, start: usize) -> u64 {
    const FIVE: u64 = 0xFF_FFFF_FFFF;
    let bytes = &text.as_bytes()[start..];
    let chunk = match bytes.first_chunk::<8>() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => {
            let mut padded = [b' '; 8];
            padded[..bytes.len()].copy_from_slice(bytes);
            u64::from_le_bytes(padded)
        }
    };
    (chunk | 0x2020_2020_2020_2020) & FIVE
}

#[inline]
fn hash_of(bytes: u64) -> usize {
    (bytes.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 49) as usize
}

impl Lexicon {
    fn read(file: &'static str) -> Result<Lexicon, String> {
        let mut lexicon = Lexicon::default();
        for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            lexicon.line(line).map_err(|reason| format!("{reason}: {line}"))?;
        }
        let words: Vec<(&str, u32)> = lexicon.words.iter().map(|(word, number)| (word.as_str(), *number)).collect();
        lexicon.keys = Keys::new(&words);
        lexicon.begins = vec![Vec::new(); lexicon.words.len() + 1];
        for (number, rule) in (0u16..).zip(&lexicon.rules) {
            for (k, sequence) in (0u16..).zip(&rule.sequences) {
                match sequence.first() {
                    Some(Step::Word(word)) => lexicon.begins[*word as usize].push((number, k)),
                    Some(Step::List(list)) => {
                        let mut firsts: Vec<u32> =
                            lexicon.lists[usize::from(*list)].iter().map(|form| form[0]).collect();
                        firsts.sort_unstable();
                        firsts.dedup();
                        firsts.iter().for_each(|first| lexicon.begins[*first as usize].push((number, k)));
                    }
                    Some(Step::Start | Step::Bracket) => lexicon.opens.push((number, k)),
                    _ => return Err(format!("`{}` begins with no word", rule.name)),
                }
            }
        }
        Ok(lexicon)
    }

    fn line(&mut self, line: &'static str) -> Result<(), String> {
        let (head, body) = line.split_once(": ").ok_or("no colon")?;
        if let Some(name) = head.strip_prefix('@') {
            let forms = body.split(", ").map(|form| self.form(form)).collect();
            if name == "other" {
                self.other = Some(self.lists.len() as u16);
            }
            self.list_names.push(name.to_owned());
            self.lists.push(forms);
            return Ok(());
        }
        let mut head = head.split_whitespace();
        let name = head.next().ok_or("no name")?;
        match name {
            "trigger" => self.triggers.extend(body.split(", ")),
            "pair" => {
                let nodes = self.nodes(&mut body.split_whitespace().peekable(), 0)?;
                self.pairs.push(expand(&nodes.concat()));
            }
            _ => {
                let kind = head.next().and_then(NoticeKind::of).ok_or("no such kind")?;
                let confidence = head.next().and_then(|written| written.parse().ok()).ok_or("no confidence")?;
                let narrow = match (name, head.next()) {
                    (_, None) => false,
                    ("label", Some("capitals")) => true,
                    (_, Some("edge")) if name != "label" => true,
                    _ => return Err("only `edge` of a rule and `capitals` of a label may stand there".into()),
                };
                if name == "label" {
                    for form in body.split(", ") {
                        let words = self.form(form);
                        self.labels.push(Label { kind, confidence, capitals: narrow, words });
                    }
                } else {
                    let branches = self.nodes(&mut body.split_whitespace().peekable(), 0)?;
                    let sequences = branches.iter().flat_map(|branch| expand(branch)).collect();
                    self.rules.push(Rule { name, kind, confidence, edge: narrow, sequences });
                }
            }
        }
        Ok(())
    }

    /// The words of a form, new ones among them.
    fn form(&mut self, form: &str) -> Vec<u32> {
        let (mut cut, mut folded) = (Vec::new(), String::new());
        tokens(form, &mut cut);
        let mut words = Vec::new();
        for token in cut {
            spell(form, &token, &mut folded);
            let next = self.words.len() as u32 + 1;
            words.push(*self.words.entry(folded.clone()).or_insert(next));
        }
        words
    }

    fn nodes(
        &mut self,
        pieces: &mut std::iter::Peekable<std::str::SplitWhitespace<'_>>,
        depth: usize,
    ) -> Result<Vec<Vec<Node>>, String> {
        let mut branches = vec![Vec::new()];
        while let Some(&piece) = pieces.peek() {
            if piece == ")" || piece == ")?" {
                break;
            }
            pieces.next();
            if piece == "|" {
                branches.push(Vec::new());
                continue;
            }
            let node = if piece == "(" {
                let inner = self.nodes(pieces, depth + 1)?;
                let closing = pieces.next().ok_or("a bracket is not closed")?;
                vec![Node::Group { inner, optional: closing == ")?" }]
            } else {
                let (piece, optional) = match piece.strip_suffix('?') {
                    Some(rest) if !rest.is_empty() => (rest, true),
                    _ => (piece, false),
                };
                let steps = match piece {
                    "..." => vec![Step::Gap(12)],
                    ".." => vec![Step::Gap(4)],
                    "^" => vec![Step::Start],
                    "^(" => vec![Step::Bracket],
                    "$" => vec![Step::End],
                    "$number" => vec![Step::Number],
                    "[wrong]" => vec![Step::Wrong],
                    "[right]" => vec![Step::Right],
                    _ => match piece.strip_prefix('@') {
                        Some(name) => {
                            let list = self.list_names.iter().position(|known| known == name);
                            vec![Step::List(list.ok_or(format!("no list `{name}`"))? as u16)]
                        }
                        None => self.form(piece).into_iter().map(Step::Word).collect(),
                    },
                };
                let steps: Vec<Node> = steps.into_iter().map(Node::Step).collect();
                if optional { vec![Node::Group { inner: vec![steps], optional }] } else { steps }
            };
            branches.last_mut().expect("there is always one branch").extend(node);
        }
        if depth == 0 && pieces.peek().is_some() {
            return Err("a bracket too many".into());
        }
        Ok(branches)
    }

    /// Gives every token its word; 0 is no word of the language.
    pub(super) fn name(&self, text: &str, tokens: &mut [Token]) {
        let (eights, mut folded) = (Eights::of(text.as_bytes()), String::new());
        for token in tokens {
            let short = letters(&eights, token.start as usize);
            let known = match short.key.filter(|_| token.end - token.start == short.length as u32) {
                Some(key) => self.keys.get(key),
                None => {
                    spell(text, token, &mut folded);
                    self.words.get(folded.as_str()).copied()
                }
            };
            token.word = known.unwrap_or(0);
        }
    }
}

/// A token as vocabularies hold it.
fn spell(text: &str, token: &Token, folded: &mut String) {
    match token.shape {
        Shape::Mark(mark) => {
            folded.clear();
            folded.push(mark);
        }
        _ => fold_into(&text[token.start as usize..token.end as usize], folded),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read() {
        for (tag, file) in FILES {
            let lexicon = Lexicon::read(file).unwrap_or_else(|reason| panic!("{tag}: {reason}"));
            assert!(!lexicon.rules.is_empty() && !lexicon.labels.is_empty() && !lexicon.triggers.is_empty(), "{tag}");
        }
    }

    /// A rule that no trigger leads to would never be asked.
    #[test]
    fn every_rule_holds_a_trigger() {
        for (tag, file) in FILES {
            let lexicon = Lexicon::read(file).unwrap_or_else(|reason| panic!("{tag}: {reason}"));
            let spelled =
                |word: u32| lexicon.words.iter().find(|(_, known)| **known == word).map_or("", |(form, _)| form);
            let triggered = |words: &[u32]| {
                let text: String = words.iter().map(|word| spelled(*word)).collect();
                lexicon.triggers.iter().any(|stem| {
                    let mut folded = String::new();
                    fold_into(stem, &mut folded);
                    text.contains(&folded.replace(' ', ""))
                })
            };
            for label in &lexicon.labels {
                assert!(
                    triggered(&label.words),
                    "{tag}: a label {:?}",
                    label.words.iter().map(|w| spelled(*w)).collect::<Vec<_>>()
                );
            }
            for rule in &lexicon.rules {
                for sequence in &rule.sequences {
                    let is = sequence.iter().any(|step| match step {
                        Step::Word(word) => triggered(&[*word]),
                        Step::List(list) => lexicon.lists[usize::from(*list)].iter().all(|form| triggered(form)),
                        _ => false,
                    });
                    let words: Vec<u32> = sequence
                        .iter()
                        .filter_map(|step| if let Step::Word(word) = step { Some(*word) } else { None })
                        .collect();
                    assert!(is || triggered(&words), "{tag}: {}", rule.name);
                }
            }
        }
    }

    #[test]
    fn mistakes_in_files_are_named() {
        #[track_caller]
        fn check(file: &'static str, expected: &str) {
            let reason = Lexicon::read(file).err().unwrap_or_default();
            assert!(reason.starts_with(expected), "{reason}");
        }
        check("label correction 0.9 correction", "no colon");
        check("label corection 0.9: correction", "no such kind");
        check("a correction x: this story", "no confidence");
        check("a correction 0.9: ( this story", "a bracket is not closed");
        check("a correction 0.9: @text corrected", "no list `text`");
        check("a correction 0.9: ... corrected", "`a` begins with no word");
    }
}
