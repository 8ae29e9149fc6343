//! Finds notices in the paragraphs that hold a word which a notice must have.

use copydesk_model::Span;

use super::NoticeKind;
use super::language::{Lexicon, Trigger, lexicons};
use super::pattern::{Caught, Cut, Step};
use crate::dates::{Shape, Token, tokens};
use crate::limits::Limits;
use crate::paragraphs::Paragraph;

/// A notice, and where in the body the day stands that it may name.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) span: Span,
    pub(crate) kind: NoticeKind,
    pub(crate) rule: &'static str,
    pub(crate) confidence: f32,
    pub(crate) wrong: Option<Span>,
    pub(crate) right: Option<Span>,
    pub(crate) day: Option<Span>,
}

/// First token, and the one behind the last.
type Place = (usize, usize);

/// What was found in one paragraph, in its tokens.
struct Hit {
    kind: NoticeKind,
    rule: &'static str,
    confidence: f32,
    start: usize,
    /// Tokens among which the day stands.
    day: (usize, usize),
    /// It is a label that stands alone, and what it is about follows.
    alone: bool,
}

/// Finds the notices. `triggered` are words of the body, in order.
pub(crate) fn find(body: &str, paragraphs: &[Paragraph<'_>], triggered: &[Trigger], limits: &Limits) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut cut: Vec<Token> = Vec::new();
    let mut next = 0;
    if triggered.is_empty() {
        return out;
    }
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let end = paragraph.start + paragraph.text.len();
        let first = next;
        while triggered.get(next).is_some_and(|(place, _)| *place < end) {
            next += 1;
        }
        let is_told = out.last().is_some_and(|last| last.span.end as usize >= end);
        if first == next || is_told || paragraph.text.len() > limits.longest_notice {
            continue;
        }
        let is_edge = at < limits.opening_paragraphs || at + limits.closing_paragraphs >= paragraphs.len();
        cut.clear();
        tokens(paragraph.text, &mut cut);
        let ends = ends_of_sentences(paragraph.text, &cut);
        let opening = opening(&cut);
        let mut best: Option<(Hit, &Lexicon)> = None;
        let languages = triggered[first..next].iter().fold(0, |all, (_, languages)| all | languages);
        for (_, lexicon) in lexicons().iter().enumerate().filter(|(number, _)| languages >> number & 1 != 0) {
            lexicon.name(paragraph.text, &mut cut);
            let seen = Cut { text: paragraph.text, tokens: &cut, ends: &ends, opening };
            let label = label(&seen, lexicon);
            let hit = label.or_else(|| rule(&seen, lexicon, is_edge));
            if let Some(hit) = hit
                && best.as_ref().is_none_or(|(known, _)| hit.confidence > known.confidence)
            {
                best = Some((hit, lexicon));
            }
        }
        let Some((hit, lexicon)) = best else { continue };
        let follows = paragraphs.get(at + 1).filter(|follows| is_sentence(follows.text));
        if hit.alone && follows.is_none() {
            continue;
        }
        lexicon.name(paragraph.text, &mut cut);
        let (mut text, mut from) = (paragraph.text, paragraph.start);
        let start = sentence_start(&cut, &ends, hit.start);
        let span_start = paragraph.start + cut[start].start as usize;
        let mut span_end = end;
        let day = (hit.day.0 < hit.day.1).then(|| {
            let token = |at: usize| paragraph.start + cut[at].start as usize;
            Span::new(token(hit.day.0), cut.get(hit.day.1).map_or(end, |token| paragraph.start + token.start as usize))
        });
        let (mut ends, mut first) = (ends, start);
        if let Some(follows) = follows.filter(|_| hit.alone) {
            (text, from, first) = (follows.text, follows.start, 0);
            span_end = follows.start + follows.text.len();
            cut.clear();
            tokens(text, &mut cut);
            ends = ends_of_sentences(text, &cut);
            lexicon.name(text, &mut cut);
        }
        let seen = Cut { text, tokens: &cut, ends: &ends, opening: (0, false) };
        let (wrong, right) = pairs(&seen, lexicon, first);
        let place = |range: Option<Place>| {
            range.map(|(start, end)| Span::new(from + cut[start].start as usize, from + cut[end - 1].end as usize))
        };
        out.push(Found {
            span: Span::new(span_start, span_end),
            kind: hit.kind,
            rule: hit.rule,
            confidence: hit.confidence,
            wrong: place(wrong),
            right: place(right),
            day,
        });
    }
    debug_assert!(out.iter().all(|found| found.span.end as usize <= body.len()));
    out
}

/// The rule of labels.
pub(super) const LABEL: &str = "label";

/// Words behind a label, if it is one. Chosen.
const FEWEST_WORDS: usize = 3;

/// Whether a paragraph can be what a label in the line before it is about, and is no item of a menu.
fn is_sentence(text: &str) -> bool {
    text.split_whitespace().nth(FEWEST_WORDS).is_some() && text.ends_with(['.', '!', '?', '。', '؟', ')', '”', '"'])
}

/// A label at the start of a paragraph, in a line of its own or before what it is about.
fn label(seen: &Cut<'_>, lexicon: &Lexicon) -> Option<Hit> {
    /// Tokens that may stand between a label and its colon: `(May 6, 2024)`, `, 5:40 p.m.`
    const LONGEST_DAY: usize = 10;
    let (start, _) = seen.opening;
    let is_label = |words: &[u32]| {
        words.iter().enumerate().all(|(k, word)| seen.tokens.get(start + k).is_some_and(|token| token.word == *word))
    };
    let label = lexicon.labels.iter().filter(|label| is_label(&label.words)).max_by_key(|label| label.words.len())?;
    let behind = start + label.words.len();
    // `Corrections: if you see an error`, and `Updated: May 3`, which is a line of the page.
    let is_other = |at: usize| {
        let other = lexicon.other.map_or(&[][..], |list| &lexicon.lists[usize::from(list)]);
        let stands = |form: &Vec<u32>| {
            form.iter().enumerate().all(|(k, word)| seen.tokens.get(at + k).is_some_and(|token| token.word == *word))
        };
        let words = seen.tokens[at..].iter().filter(|token| matches!(token.shape, Shape::Word { .. }));
        other.iter().any(stands) || words.take(FEWEST_WORDS).count() < FEWEST_WORDS
    };
    let hit = |day: (usize, usize), from: usize| {
        let hit = Hit { kind: label.kind, rule: LABEL, confidence: label.confidence, start: 0, day, alone: false };
        (!is_other(from)).then_some(hit)
    };
    let printed = &seen.text[seen.tokens[start].start as usize..seen.tokens[behind - 1].end as usize];
    let shouts =
        printed.len() > 3 && !printed.chars().any(char::is_lowercase) && printed.chars().any(char::is_uppercase);
    if label.capitals && !shouts {
        return None;
    }
    let mark = |at: usize| match seen.tokens.get(at) {
        Some(Token { shape: Shape::Mark(mark), .. }) => Some(*mark),
        _ => None,
    };
    let Some(next) = seen.tokens.get(behind) else {
        let alone =
            Hit { kind: label.kind, rule: LABEL, confidence: label.confidence, start: 0, day: (0, 0), alone: true };
        return (label.kind != NoticeKind::Update).then_some(alone);
    };
    // `CORRECTED-Port to reopen`, `Correction - The port`, but not `Korrektur-Antrag`
    let parts = |at: usize| match mark(at) {
        Some(':' | '：' | '|') => true,
        Some('-' | '—') => shouts || !seen.tokens[at].glued,
        Some(']' | ')') => at + 1 < seen.tokens.len() && at == behind,
        _ => false,
    };
    if parts(behind) {
        return hit((0, 0), behind + 1);
    }
    let is_day = |at: usize| {
        let token = &seen.tokens[at];
        match token.shape {
            Shape::Number { .. } => true,
            Shape::Word { .. } => {
                let word = &seen.text[token.start as usize..token.end as usize];
                token.end - token.start <= 3 || copydesk_text::month(&word.to_lowercase(), "").is_some()
            }
            Shape::Mark(mark) => matches!(mark, ',' | '.' | '(' | ')' | ':' | '/' | '-'),
            Shape::Break => false,
        }
    };
    let numbered =
        |until: usize| seen.tokens[behind..until].iter().any(|token| matches!(token.shape, Shape::Number { .. }));
    let mut at = behind;
    while at < seen.tokens.len() && at < behind + LONGEST_DAY && is_day(at) {
        at += 1;
        // `5:40` has a colon of its own.
        let clock = seen.tokens.get(at + 1).is_some_and(|next| next.glued);
        if parts(at) && !clock && numbered(at) {
            return hit((behind, at), at + 1);
        }
    }
    // `CORRECTION The harbour master`
    let small = matches!(next.shape, Shape::Word { .. }) && {
        let word = &seen.text[next.start as usize..next.end as usize];
        word.chars().any(char::is_lowercase) && word.chars().next().is_some_and(char::is_uppercase)
    };
    if shouts && small && label.kind != NoticeKind::Update { hit((0, 0), behind) } else { None }
}

/// The surest rule that matches outside of quotation marks.
fn rule(seen: &Cut<'_>, lexicon: &Lexicon, is_edge: bool) -> Option<Hit> {
    let mut best: Option<Hit> = None;
    let mut quotes = Quotes::default();
    for at in 0..seen.tokens.len() {
        quotes.pass(seen.tokens[at].shape);
        if quotes.open() {
            continue;
        }
        let opens = if at == seen.opening.0 { &lexicon.opens[..] } else { &[] };
        for &(number, k) in opens.iter().chain(&lexicon.begins[seen.tokens[at].word as usize]) {
            let rule = &lexicon.rules[usize::from(number)];
            let known = best.as_ref().is_some_and(|known| known.confidence >= rule.confidence);
            if known || rule.edge && !is_edge {
                continue;
            }
            if let Some(Caught { end, .. }) = seen.matches(&rule.sequences[usize::from(k)], at, lexicon) {
                best = Some(Hit {
                    kind: rule.kind,
                    rule: rule.name,
                    confidence: rule.confidence,
                    start: at,
                    day: (at, (end + 3).min(seen.tokens.len())),
                    alone: false,
                });
            }
        }
    }
    best
}

/// What was wrong and what is right, as the first pairs say it that match; of two matches of one, the shorter.
fn pairs(seen: &Cut<'_>, lexicon: &Lexicon, first: usize) -> (Option<Place>, Option<Place>) {
    let (mut wrong, mut right) = (None, None);
    for pair in &lexicon.pairs {
        let mut shortest: Option<(usize, Caught)> = None;
        for sequence in pair {
            let begins = |at: usize| match sequence[0] {
                Step::Word(word) => seen.tokens[at].word == word,
                Step::List(list) => {
                    let word = seen.tokens[at].word;
                    word != 0 && lexicon.lists[usize::from(list)].iter().any(|form| form[0] == word)
                }
                _ => true,
            };
            for at in (first..seen.tokens.len()).filter(|at| begins(*at)) {
                if let Some(caught) = seen.matches(sequence, at, lexicon)
                    && shortest.is_none_or(|(length, _)| caught.end - at < length)
                {
                    shortest = Some((caught.end - at, caught));
                }
            }
        }
        if let Some((_, caught)) = shortest {
            wrong = wrong.or(caught.wrong);
            right = right.or(caught.right);
        }
        if wrong.is_some() && right.is_some() {
            break;
        }
    }
    (wrong, right)
}

/// Whether a place stands in quotation marks.
#[derive(Default)]
struct Quotes {
    curly: u32,
    straight: bool,
}

impl Quotes {
    fn pass(&mut self, shape: Shape) {
        let Shape::Mark(mark) = shape else { return };
        match mark {
            '„' | '«' | '「' => self.curly += 1,
            // German closes with what English opens with.
            '“' => self.curly = if self.curly > 0 { 0 } else { 1 },
            '”' | '»' | '」' => self.curly = self.curly.saturating_sub(1),
            '"' => self.straight = !self.straight,
            _ => {}
        }
    }

    fn open(&self) -> bool {
        self.curly > 0 || self.straight
    }
}

/// By token: whether a sentence ends with it.
fn ends_of_sentences(text: &str, tokens: &[Token]) -> Vec<bool> {
    let printed = |token: &Token| &text[token.start as usize..token.end as usize];
    let ends = |at: usize| {
        let Shape::Mark(mark) = tokens[at].shape else { return false };
        match mark {
            '。' | '！' | '？' => true,
            '.' | '!' | '?' | '؟' => {
                // `Jan. 9`, `Mr. Lind`, `J. Lind`
                let short = mark == '.'
                    && at > 0
                    && matches!(tokens[at - 1].shape, Shape::Word { capital: true })
                    && (printed(&tokens[at - 1]).chars().count() <= 2
                        || copydesk_text::month(&printed(&tokens[at - 1]).to_lowercase(), "").is_some()
                        || matches!(printed(&tokens[at - 1]), "Mrs" | "Prof" | "Gov" | "Sen" | "Gen" | "Rep"));
                let numbered =
                    mark == '.' && at > 0 && matches!(tokens[at - 1].shape, Shape::Number { digits: 1 | 2, .. });
                tokens.get(at + 1).is_none_or(|next| {
                    let goes_on = matches!(next.shape, Shape::Word { capital: false } if is_cased(printed(next)));
                    // `am 3. Mai`
                    let is_day = numbered && copydesk_text::month(&printed(next).to_lowercase(), "").is_some();
                    !(next.glued || short || goes_on || is_day)
                })
            }
            _ => false,
        }
    };
    (0..tokens.len()).map(ends).collect()
}

fn is_cased(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_lowercase)
}

/// The first token behind marks that open a paragraph, and whether a bracket is among them.
fn opening(tokens: &[Token]) -> (usize, bool) {
    let is_opening =
        |token: &&Token| matches!(token.shape, Shape::Mark('(' | '[' | '*' | '_' | '-' | '—' | '†' | '■' | '•' | '/'));
    let count = tokens.iter().take_while(is_opening).count();
    (count, tokens[..count].iter().any(|token| matches!(token.shape, Shape::Mark('(' | '['))))
}

/// The first token of the sentence that a token stands in.
fn sentence_start(tokens: &[Token], ends: &[bool], at: usize) -> usize {
    let start = ends[..at].iter().rposition(|end| *end).map_or(0, |end| end + 1);
    // A closing bracket or mark belongs to the sentence before.
    let closes = |token: &Token| token.glued && matches!(token.shape, Shape::Mark(')' | ']' | '"' | '”' | '\''));
    start + tokens[start..at].iter().take_while(|token| closes(token)).count()
}
