//! What changed from one version of a story to another, and how much that matters.

use std::borrow::Cow;
use std::ops::Range;

use copydesk_text::{Word, digit_value, for_each_word, is_unspaced, month};
use memchr::{memchr, memchr3};
use serde::Serialize;

use crate::align::alike;
use crate::diff::{Gap, Overlay};
use crate::evidence::Run;
use crate::layout::{Mark, Plan, Reprint};
use crate::paragraphs::{ParagraphWords, Paragraphs, at_breaks, next_break};
use crate::pieces::{Cut, Fate, cuts};
use crate::shingle::SHINGLE;

/// How much a change matters, what matters most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The headline.
    Headline,
    /// A number became another, or came, or went with others staying; so did its unit, its sign or its month.
    Number,
    /// Words that somebody is quoted with.
    Quote,
    /// Other words in the place of words.
    Wording,
    /// Words that came.
    Added,
    /// Words that went.
    Removed,
    /// Punctuation, case or spaces.
    Cosmetic,
}

impl Severity {
    /// All of them, what matters most first.
    pub const ALL: [Severity; 7] = [
        Severity::Headline,
        Severity::Number,
        Severity::Quote,
        Severity::Wording,
        Severity::Added,
        Severity::Removed,
        Severity::Cosmetic,
    ];

    /// Name in tables and on screens.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Headline => "headline",
            Severity::Number => "number",
            Severity::Quote => "quote",
            Severity::Wording => "wording",
            Severity::Added => "added",
            Severity::Removed => "removed",
            Severity::Cosmetic => "cosmetic",
        }
    }
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// How much it matters.
    pub severity: Severity,
    /// What went, as printed; empty where nothing did.
    pub removed: String,
    /// What came, as printed.
    pub added: String,
}

/// A part of a paragraph: as it stayed, or one of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// What became of it: what stands in both is the same to the byte.
    #[serde(rename = "op")]
    pub fate: Fate,
    /// The text as printed. Two line feeds in it are the end of a paragraph that the other version has not.
    pub text: String,
    /// Of which severity the change is; `None` where nothing changed, or only which white space stands there.
    pub severity: Option<Severity>,
}

/// Two versions laid over each other, for a screen.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// The parts of the headlines.
    pub headline: Vec<Part>,
    /// The parts of each paragraph of the bodies. Without what was added they are the first body, without what was removed the second, to
    /// the byte, with two line feeds between paragraphs.
    pub paragraphs: Vec<Vec<Part>>,
    /// The changes, what matters most first, those of one severity in the order of the text.
    pub all: Vec<Change>,
}

impl Changes {
    /// Lays version `b` over version `a`, each a headline and a body with blank lines between its paragraphs.
    ///
    /// Work is proportional to the texts' lengths. Who wants only to know how severe the changes are asks [`Summary::new`].
    ///
    /// ```
    /// use copydesk_match::{Changes, Severity};
    /// let changes = Changes::new(
    ///     ("Ferry back", "It cost 418 crowns in all. The pier is shut."),
    ///     ("Ferry back", "It cost 481 crowns in all. The Pier is shut."),
    /// );
    /// let all: Vec<_> = changes.all.iter().map(|c| (c.severity, c.removed.as_str(), c.added.as_str())).collect();
    /// assert_eq!(all, [(Severity::Number, "418", "481"), (Severity::Cosmetic, "pier", "Pier")]);
    /// ```
    pub fn new(a: (&str, &str), b: (&str, &str)) -> Self {
        let [headlines, bodies] = [(a.0, b.0), (a.1, b.1)].map(|(a, b)| (Paragraphs::new(a), Paragraphs::new(b)));
        let mut known = ParagraphWords::default();
        let headline = Laid::new(&headlines.0, &headlines.1, true, &mut known);
        let body = Laid::new(&bodies.0, &bodies.1, false, &mut known);
        let mut all = Vec::new();
        for laid in [&headline, &body] {
            for found in &laid.found {
                let (removed, added) = laid.sides(found);
                all.push(Change { severity: found.severity, removed, added });
            }
        }
        for laid in [&headline, &body] {
            let text = |text: &str, range: Range<usize>| text[range].to_owned();
            laid.each_reprint(|Reprint { severity, a, b }| {
                all.push(Change { severity, removed: text(laid.a.text, a), added: text(laid.b.text, b) });
            });
        }
        all.sort_by_key(|change| change.severity);
        let headline = headline.parts().concat();
        Changes { headline, paragraphs: body.parts(), all }
    }

    /// How many changes of a severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.all.iter().filter(|change| change.severity == severity).count()
    }
}

/// How many changes of each severity there are between two versions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    counts: [u32; Severity::ALL.len()],
}

impl Summary {
    /// Counts what [`Changes::new`] finds, and lays nothing out. Two versions of 600 words take less than a tenth of a millisecond.
    ///
    /// ```
    /// use copydesk_match::{Severity, Summary};
    /// let summary = Summary::new(("", "It cost 418 crowns in all."), ("", "It cost 481 crowns in all."));
    /// assert_eq!((summary.worst(), summary.count(Severity::Number)), (Some(Severity::Number), 1));
    /// ```
    pub fn new(a: (&str, &str), b: (&str, &str)) -> Self {
        Summary::of((a.0, &Paragraphs::new(a.1)), (b.0, &Paragraphs::new(b.1)), &mut ParagraphWords::default())
    }

    /// The same for bodies whose paragraphs are known, as of versions that are laid over several others, with the words that are.
    pub fn of(a: (&str, &Paragraphs<'_>), b: (&str, &Paragraphs<'_>), known: &mut ParagraphWords) -> Self {
        let mut summary = Summary::default();
        let mut add = |laid: Laid<'_>| {
            laid.found.iter().for_each(|found| summary.counts[found.severity as usize] += 1);
            laid.each_reprint(|reprint| summary.counts[reprint.severity as usize] += 1);
        };
        if a.0 != b.0 {
            add(Laid::new(&Paragraphs::new(a.0), &Paragraphs::new(b.0), true, known));
        }
        if a.1.text != b.1.text {
            add(Laid::new(a.1, b.1, false, known));
        }
        summary
    }

    /// How many changes of a severity there are.
    pub fn count(&self, severity: Severity) -> u32 {
        self.counts[severity as usize]
    }

    /// How many changes there are.
    pub fn total(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// The severity of what matters most; `None` where nothing changed.
    pub fn worst(&self) -> Option<Severity> {
        Severity::ALL.into_iter().find(|severity| self.count(*severity) > 0)
    }
}

/// Words that may come or go with a number and it is still the number that changed: `(Meridian) - 41`.
const SHORT: usize = 6;
/// Characters of a script without spaces that make a word. Chosen: most words of Chinese and Japanese news have two.
const CHARACTERS_A_WORD: usize = 2;

/// Two texts laid over each other, borrowed.
struct Laid<'t> {
    a: &'t Paragraphs<'t>,
    b: &'t Paragraphs<'t>,
    overlay: Overlay,
    /// What stayed, went and came, cut at the ends of paragraphs.
    cuts: Vec<Cut<'t>>,
    /// Where in `cuts` each paragraph that holds text stands.
    paragraphs: Vec<Range<usize>>,
    /// The changes.
    found: Vec<Found>,
}

/// A change: where in the cuts it stands.
struct Found {
    severity: Severity,
    cuts: Range<usize>,
}

impl<'t> Laid<'t> {
    fn new(a: &'t Paragraphs<'t>, b: &'t Paragraphs<'t>, is_headline: bool, known: &mut ParagraphWords) -> Self {
        let overlay = Overlay::new(a, b, known);
        let (cuts, paragraphs) = paragraphs(cuts(a.text, b.text, overlay.ops()));
        let mut laid = Laid { a, b, overlay, cuts, paragraphs, found: Vec::new() };
        for paragraph in &laid.paragraphs {
            let mut at = paragraph.start;
            while at < paragraph.end {
                let start = at;
                at = laid.end_of_change(at, paragraph.end);
                if at > start {
                    laid.found.push(Found { severity: Severity::Headline, cuts: start..at });
                }
                at = at.max(start + 1);
            }
        }
        if !is_headline && !laid.found.is_empty() {
            laid.weigh();
        }
        laid
    }

    /// Where the change that begins at a cut ends: what went and what came, also where a space stands between the two.
    fn end_of_change(&self, start: usize, end: usize) -> usize {
        let is_change = |at: usize| at < end && self.cuts[at].fate != Fate::Same;
        let mut at = start;
        while is_change(at) || at > start && at < end && self.cuts[at].text.trim().is_empty() && is_change(at + 1) {
            at += 1;
        }
        at
    }

    /// Gives each change its severity.
    fn weigh(&mut self) {
        let quoted = [self.a.quoted(), self.b.quoted()];
        let weighed: Vec<Weighed<'_>> = self.found.iter().map(|found| Weighed::new(self, &found.cuts)).collect();
        // Paragraphs that moved are removed and added: as often as one went, so often may it have come.
        let mut one_sided: Vec<u64> = weighed.iter().filter_map(Weighed::moves).collect();
        one_sided.sort_unstable();
        let is_moved = |weighed: &Weighed<'_>| {
            let other = weighed.moves().map(|side| side ^ 1);
            other.is_some_and(|other| one_sided.binary_search(&other).is_ok())
        };
        let texts = [self.a.text, self.b.text];
        let severities: Vec<Severity> =
            weighed.iter().map(|weighed| weighed.severity(texts, quoted, is_moved(weighed))).collect();
        self.found.iter_mut().zip(severities).for_each(|(found, severity)| found.severity = severity);
    }

    /// What went and what came, as printed.
    fn sides(&self, found: &Found) -> (String, String) {
        let side = |fate: Fate| {
            let mut out = String::new();
            for cut in self.cuts[found.cuts.clone()].iter().filter(|cut| cut.fate == fate) {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(cut.text.trim());
            }
            out
        };
        (side(Fate::Removed), side(Fate::Added))
    }

    /// The parts of each paragraph.
    fn parts(&self) -> Vec<Vec<Part>> {
        let marks = |fate: Fate| {
            let cuts =
                self.found.iter().flat_map(|found| found.cuts.clone().map(|at| (found.severity, &self.cuts[at])));
            let mine = cuts.filter(|(_, cut)| cut.fate == fate);
            mine.map(|(severity, cut)| Mark { severity, range: cut.range.clone() }).collect()
        };
        let mut reprints = Vec::new();
        self.each_reprint(|reprint| reprints.push(reprint));
        let plan = Plan {
            a: self.a.text,
            b: self.b.text,
            same: self.overlay.same().collect(),
            removed: marks(Fate::Removed),
            added: marks(Fate::Added),
            reprints,
        };
        plan.rows()
    }

    /// Calls `each` where the words are the same and their print is not, in the order of the text. What stands before the first word of
    /// a gap in both texts and behind the last is printed with that word.
    fn each_reprint(&self, mut each: impl FnMut(Reprint)) {
        for gap in self.overlay.gaps() {
            // Rules and signs that stand alone. Where nothing stands before the second text, what stands before the first is a change of
            // its own.
            let is_found = !gap.held[0] && gap.held[1] && gap.texts[1].end == 0;
            if gap.words.iter().all(Range::is_empty) && !is_found {
                let [here, there] = gap.texts.clone();
                each_reprinted(self.a.text, self.b.text, here, there, &mut each);
            }
            self.overlay.runs[gap.runs.clone()].iter().for_each(|run| self.each_in_run(gap, run, &mut each));
        }
    }

    fn each_in_run(&self, gap: &Gap, run: &Run, each: &mut impl FnMut(Reprint)) {
        let (a, b, len) = (self.a.text, self.b.text, run.len as usize);
        let [words_a, words_b] = [run.a, run.b].map(|at| at as usize..at as usize + len);
        let starts = (words_a.start, words_b.start) == (gap.words[0].start, gap.words[1].start);
        let is_last = (words_a.end, words_b.end) == (gap.words[0].end, gap.words[1].end);
        let [words_a, words_b] = [&self.overlay.words[0][words_a], &self.overlay.words[1][words_b]];
        // Where nothing stands before the second text, what stands before the first is a change of its own.
        let is_first = starts && words_b[0].start > 0;
        let edges = |words: &[Word], text: &Range<usize>| {
            let start = if is_first { text.start } else { words[0].start as usize };
            (start, if is_last { text.end } else { words[len - 1].end as usize })
        };
        let ((mut at_a, to_a), (mut at_b, to_b)) = (edges(words_a, &gap.texts[0]), edges(words_b, &gap.texts[1]));
        if a[at_a..to_a] == b[at_b..to_b] {
            return;
        }
        let end = |text: &str, words: &[Word], k: usize, to: usize| match words.get(k + 1) {
            Some(next) => end_of_word(text, &words[k], next),
            None => Some(to),
        };
        let space = |text: &str, words: &[Word], k: usize, end: usize| {
            let next = words.get(k + 1)?.start as usize;
            Some(end - trailing(&text[..end])..next - text[end..next].trim_start().len())
        };
        let (mut k, mut looked_from, mut same_to) = (0, usize::MAX, 0);
        while k < len {
            if looked_from != at_a {
                looked_from = at_a;
                same_to = at_a + alike(&a.as_bytes()[at_a..to_a], &b.as_bytes()[at_b..to_b]);
            }
            // Of words that are printed alike, and so is what begins the next, nothing need be looked at.
            let skipped = words_a[k + 1..].partition_point(|next| next.start as usize + LONGEST <= same_to);
            if let Some(end) = (k..k + skipped).rev().find_map(|k| end(a, words_a, k, to_a)) {
                (at_a, at_b) = (end, at_b + end - at_a);
            }
            k += skipped;
            if let (Some(end_a), Some(end_b)) = (end(a, words_a, k, to_a), end(b, words_b, k, to_b)) {
                if a[at_a..end_a] != b[at_b..end_b] {
                    each_reprinted(a, b, at_a..end_a, at_b..end_b, each);
                    if let (Some(a_space), Some(b_space)) = (space(a, words_a, k, end_a), space(b, words_b, k, end_b))
                        && a[a_space.clone()].contains("\n\n") != b[b_space.clone()].contains("\n\n")
                    {
                        each(Reprint { severity: Severity::Cosmetic, a: a_space, b: b_space });
                    }
                }
                (at_a, at_b) = (end_a, end_b);
            }
            k += 1;
        }
    }
}

/// Bytes of the longest character.
const LONGEST: usize = 4;

/// Bytes of white space at the end of a text.
fn trailing(text: &str) -> usize {
    text.len() - text.trim_end().len()
}

/// Where what is printed with a word ends; `None` where the next one stands right beside it, with a hyphen or an apostrophe between.
fn end_of_word(text: &str, word: &Word, next: &Word) -> Option<usize> {
    let (start, end) = (word.end as usize, next.start as usize);
    let gap = &text[start..end];
    match gap.rfind(char::is_whitespace) {
        Some(at) => Some(start + at),
        // What is printed between two characters goes with the first.
        None => {
            let unspaced = |c: Option<char>| c.is_some_and(is_unspaced);
            let between = unspaced(text[..start].chars().next_back()) || unspaced(text[end..].chars().next());
            between.then_some(end)
        }
    }
}

/// The pieces in which two prints of the same words differ.
fn each_reprinted(a: &str, b: &str, here: Range<usize>, there: Range<usize>, each: &mut impl FnMut(Reprint)) {
    let mut visit = |here: Range<usize>, there: Range<usize>| {
        let severity = print(&a[here.clone()], &b[there.clone()]);
        each(Reprint { severity, a: here, b: there });
    };
    let left = a[here.clone()].split_whitespace();
    let right = b[there.clone()].split_whitespace();
    if left.clone().count() != right.clone().count() {
        let trimmed = |text: &str, range: Range<usize>| {
            let start = range.end - text[range.clone()].trim_start().len();
            start..start + text[range].trim().len()
        };
        return visit(trimmed(a, here), trimmed(b, there));
    }
    let (mut at_a, mut at_b) = (here.start, there.start);
    for (left, right) in left.zip(right) {
        let place = |text: &str, at: usize, len: usize| {
            let start = text.len() - text[at..].trim_start().len();
            start..start + len
        };
        let (in_a, in_b) = (place(a, at_a, left.len()), place(b, at_b, right.len()));
        (at_a, at_b) = (in_a.end, in_b.end);
        if left != right {
            visit(in_a, in_b);
        }
    }
}

/// Whether it is only print that changed: `$10` and `£10` have the same words.
fn print(here: &str, there: &str) -> Severity {
    let has_digit = |text: &str| text.chars().any(|c| digit_value(c).is_some());
    let signs = |text: &str| {
        let mut signs: Vec<char> = text.chars().filter(|c| is_sign(*c)).collect();
        let mut chars = text.chars();
        if matches!(chars.next(), Some('-' | '−')) && chars.next().is_some_and(|c| digit_value(c).is_some()) {
            signs.push('-');
        }
        signs.sort_unstable();
        signs
    };
    if has_digit(here) && signs(here) != signs(there) { Severity::Number } else { Severity::Cosmetic }
}

/// A sign that belongs to a number: of a currency, a share, a temperature.
fn is_sign(c: char) -> bool {
    matches!(c, '%' | '‰' | '٪' | '％' | '°' | '$' | '¢'..='¥' | '\u{20A0}'..='\u{20CF}' | '＄' | '￡' | '￥' | '฿' | '﷼')
}

/// The ends of paragraphs cut what they stand in; blank paragraphs go.
fn paragraphs(cuts: Vec<Cut<'_>>) -> (Vec<Cut<'_>>, Vec<Range<usize>>) {
    let mut out: Vec<Cut<'_>> = Vec::with_capacity(cuts.len() * 2);
    let mut paragraphs = Vec::new();
    let mut start = 0;
    let mut close = |out: &mut Vec<Cut<'_>>| {
        if out[start..].iter().any(|cut| !cut.text.trim().is_empty()) {
            paragraphs.push(start..out.len());
        } else {
            out.truncate(start);
        }
        start = out.len();
    };
    for cut in cuts {
        if next_break(&cut.text).is_none() {
            out.push(cut);
            continue;
        }
        let Cut { fate, text, side, range } = cut;
        let is_whole = matches!(text, Cow::Borrowed(_));
        let mut at = 0;
        let pieces: Vec<Cut<'_>> = match text {
            Cow::Borrowed(text) => at_breaks(text).map(|piece| (Cow::Borrowed(piece), piece.len())).collect::<Vec<_>>(),
            Cow::Owned(text) => at_breaks(&text).map(|piece| (Cow::Owned(piece.to_owned()), piece.len())).collect(),
        }
        .into_iter()
        .map(|(text, len)| {
            let place = if is_whole { range.start + at..range.start + at + len } else { range.clone() };
            at += len + 2;
            Cut { fate, text, side, range: place }
        })
        .collect();
        for (k, piece) in pieces.into_iter().enumerate() {
            if k > 0 {
                close(&mut out);
            }
            if !piece.text.is_empty() {
                out.push(piece);
            }
        }
    }
    close(&mut out);
    (out, paragraphs)
}

/// What went or came with a change.
#[derive(Default)]
struct Half {
    /// Bytes of its text, where there is any.
    range: Option<Range<usize>>,
    /// Words as they are compared.
    words: usize,
    hash: u64,
    numbers: Vec<u32>,
}

/// What a change is weighed by.
struct Weighed<'l> {
    cuts: &'l [Cut<'l>],
    /// What went, and what came.
    halves: [Half; 2],
}

impl<'l> Weighed<'l> {
    fn new(laid: &'l Laid<'_>, cuts: &Range<usize>) -> Self {
        let mut halves = [Half::default(), Half::default()];
        let cuts = &laid.cuts[cuts.clone()];
        for cut in cuts.iter().filter(|cut| cut.fate != Fate::Same && !cut.text.trim().is_empty()) {
            let half = &mut halves[usize::from(cut.fate == Fate::Added)];
            half.range = Some(half.range.as_ref().map_or(cut.range.start, |range| range.start)..cut.range.end);
            let add = |word: Word| {
                half.words += 1;
                half.hash = (half.hash ^ u64::from(word.key)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
                if word.is_number() {
                    half.numbers.push(word.key);
                }
            };
            match &cut.text {
                Cow::Borrowed(_) => laid.overlay.words_in(cut.side, &cut.range).iter().copied().for_each(add),
                Cow::Owned(text) => for_each_word(text, add),
            }
        }
        Self { cuts, halves }
    }

    /// The texts that went, or that came.
    fn texts(&self, fate: Fate) -> impl Iterator<Item = &str> {
        self.cuts.iter().filter(move |cut| cut.fate == fate).map(|cut| cut.text.as_ref())
    }

    /// Whether what went, or came, has few words as people count them.
    fn is_short(&self, fate: Fate) -> bool {
        let characters = |piece: &str| match piece.is_ascii() {
            true => 0,
            false => piece.chars().filter(|c| is_unspaced(*c)).count(),
        };
        let pieces = self.texts(fate).flat_map(str::split_whitespace);
        let halves = pieces.map(|piece| match characters(piece) {
            0 => CHARACTERS_A_WORD,
            characters => characters,
        });
        halves.sum::<usize>() <= SHORT * CHARACTERS_A_WORD
    }

    /// Whether it brings a quotation mark, or takes one.
    fn has_mark(&self, fate: Fate) -> bool {
        // The first bytes of all marks.
        let may_hold = |text: &[u8]| memchr3(b'"', 0xC2, 0xE2, text).or_else(|| memchr(0xE3, text)).is_some();
        let marks = ['“', '„', '«', '「', '『', '"'];
        self.texts(fate).any(|text| may_hold(text.as_bytes()) && text.contains(marks))
    }

    /// What tells text that went from text that came, and where it may have gone to: the last bit is the side.
    fn moves(&self) -> Option<u64> {
        let (side, half) = match &self.halves {
            [half, Half { range: None, .. }] => (0, half),
            [Half { range: None, .. }, half] => (1, half),
            _ => return None,
        };
        (half.words >= SHINGLE).then_some(half.hash & !1 | side)
    }

    fn severity(&self, texts: [&str; 2], quoted: [&[Range<usize>]; 2], is_moved: bool) -> Severity {
        let [removed, added] = &self.halves;
        let one_sided = match (&removed.range, &added.range) {
            (Some(_), Some(_)) => None,
            (None, _) => Some(Severity::Added),
            (Some(_), None) => Some(Severity::Removed),
        };
        if let Some(severity) = one_sided.filter(|_| is_moved) {
            return severity;
        }
        let is_short = || self.is_short(Fate::Removed) && self.is_short(Fate::Added);
        if removed.numbers != added.numbers && (one_sided.is_none() || is_short()) {
            return Severity::Number;
        }
        if one_sided.is_none() && self.is_of_number(texts) {
            return Severity::Number;
        }
        let is_quoted = |half: &Half, quoted: &[Range<usize>]| {
            half.range.as_ref().is_some_and(|range| {
                let next = quoted.partition_point(|stretch| stretch.end <= range.start);
                quoted.get(next).is_some_and(|stretch| stretch.start < range.end)
            })
        };
        let brings_mark = || self.has_mark(Fate::Removed) || self.has_mark(Fate::Added);
        if is_quoted(removed, quoted[0]) || is_quoted(added, quoted[1]) || brings_mark() {
            return Severity::Quote;
        }
        one_sided.unwrap_or(Severity::Wording)
    }

    /// Whether one word in the place of one other belongs to a number that stayed: `3 May` and `3 June`, `10m` and `10bn`.
    fn is_of_number(&self, texts: [&str; 2]) -> bool {
        let is_digit = |c: char| digit_value(c).is_some();
        self.halves.iter().zip(texts).all(|(half, text)| {
            let Some(range) = half.range.clone().filter(|_| half.words == 1) else { return false };
            let (before, word, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
            if word.starts_with(char::is_alphabetic) && before.ends_with(is_digit) {
                return true;
            }
            let near = |c: char| c == ' ' || c == '.' || c == ',' || c == '\u{A0}';
            let beside = before.trim_end_matches(near).ends_with(is_digit)
                || after.trim_start_matches(near).starts_with(is_digit);
            beside && month(&word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase(), "").is_some()
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, expected: &[(Severity, &str, &str)]) {
        let changes = Changes::new(("", a), ("", b));
        let found: Vec<_> = changes.all.iter().map(|c| (c.severity, c.removed.as_str(), c.added.as_str())).collect();
        assert_eq!(found, expected, "{a} / {b}");
        let summary = Summary::new(("", a), ("", b));
        assert!(Severity::ALL.iter().all(|severity| summary.count(*severity) as usize == changes.count(*severity)));
        assert_eq!(summary.worst(), changes.all.first().map(|change| change.severity));
    }

    #[test]
    fn changes_by_what_they_mean() {
        check("It took nine long weeks to mend.", "It took nine long weeks to mend.", &[]);
        check("It cost 418 crowns in all.", "It cost 481 crowns in all.", &[(Severity::Number, "418", "481")]);
        check(
            "They greeted the end of the strike.",
            "They met the end of the strike.",
            &[(Severity::Wording, "greeted", "met")],
        );
        check(
            "He said “we hoped for less” today.",
            "He said “we wished for less” today.",
            &[(Severity::Quote, "hoped", "wished")],
        );
        check(
            "The pier is shut until the spring.",
            "The old pier is shut until the spring.",
            &[(Severity::Added, "", "old")],
        );
        check(
            "The old pier is shut until spring.",
            "The pier is shut until spring.",
            &[(Severity::Removed, "old", "")],
        );
        check(
            "The pier is shut, he said today.",
            "The Pier is shut; he said today.",
            &[(Severity::Cosmetic, "pier", "Pier"), (Severity::Cosmetic, "shut,", "shut;")],
        );
    }

    #[test]
    fn the_headline_comes_first() {
        let changes = Changes::new(
            ("Ferry Sails Again", "It cost 4 crowns in all."),
            ("Ferry Sails at Last", "It cost 5 crowns in all."),
        );
        assert_eq!(changes.all[0].severity, Severity::Headline);
        assert_eq!((changes.count(Severity::Headline), changes.count(Severity::Number)), (1, 1));
        assert!(changes.headline.iter().any(|part| part.severity == Some(Severity::Headline)));
    }

    #[test]
    fn numbers() {
        check("It cost 1,000 crowns.", "It cost 1000 crowns.", &[(Severity::Cosmetic, "1,000", "1000")]);
        check("كلفت ٤١٨ كرونة في المجموع", "كلفت ٤٨١ كرونة في المجموع", &[(Severity::Number, "٤١٨", "٤٨١")]);
        check("كلفت ٤١٨ كرونة في المجموع", "كلفت 418 كرونة في المجموع", &[(Severity::Cosmetic, "٤١٨", "418")]);
        check("It cost $10 in all.", "It cost £10 in all.", &[(Severity::Number, "$10", "£10")]);
        check("It rose 10% in all.", "It rose 10 in all.", &[(Severity::Number, "10%", "10")]);
        check("It was -5 at night.", "It was 5 at night.", &[(Severity::Number, "-5", "5")]);
        check("It cost 10m in all.", "It cost 10bn in all.", &[(Severity::Number, "m", "bn")]);
        check("It sails at 3pm now.", "It sails at 3am now.", &[(Severity::Number, "pm", "am")]);
    }

    #[test]
    fn days() {
        check("It sails on 3 May again.", "It sails on 4 May again.", &[(Severity::Number, "3", "4")]);
        check("It sails on 3 May again.", "It sails on 3 June again.", &[(Severity::Number, "May", "June")]);
        check("It sails on May 3, 2024.", "It sails on June 3, 2024.", &[(Severity::Number, "May", "June")]);
        check("In May it sails again.", "In June it sails again.", &[(Severity::Wording, "May", "June")]);
    }

    #[test]
    fn quotations_over_paragraphs() {
        let german = |word: &str| format!("Er sagte: „Wir gehen jetzt.\n\nUnd wir kommen {word} wieder“, und ging.");
        check(&german("bald"), &german("nie"), &[(Severity::Quote, "bald", "nie")]);
        let closed = |word: &str| format!("Er sagte „nein“ und ging. Er kam {word} wieder an Land.");
        check(&closed("bald"), &closed("nie"), &[(Severity::Wording, "bald", "nie")]);
        let english = |word: &str| format!("“We go now.\n\n“And we come {word} again,” he said.");
        check(&english("soon"), &english("never"), &[(Severity::Quote, "soon", "never")]);
    }

    #[test]
    fn a_paragraph_that_moved_changes_no_number() {
        let (first, second) =
            ("It cost 40 crowns so far.", "The pier is shut until the spring comes, and the boats lie idle there.");
        let (a, b) = (format!("{first}\n\n{second}"), format!("{second}\n\n{first}"));
        check(&a, &b, &[(Severity::Added, "", first), (Severity::Removed, first, "")]);
    }

    #[test]
    fn text_without_spaces() {
        check(
            "船は三日に出る。費用は418円だ。",
            "船は三日に出る、費用は481円だ。",
            &[(Severity::Number, "418", "481"), (Severity::Cosmetic, "る。", "る、")],
        );
        let long = "港の改修には長い年月と多くの人手が必要で、費用は全部で418円だったと市は発表した。";
        check(&format!("船は朝早く港を出る。{long}"), "船は朝早く港を出る。", &[(Severity::Removed, long, "")]);
    }

    /// Paragraphs as they stand in a body.
    fn tidy(text: &str) -> String {
        let paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
        paragraphs.collect::<Vec<_>>().join("\n\n")
    }

    fn column(rows: &[Vec<Part>], without: Fate) -> String {
        let text =
            |row: &Vec<Part>| row.iter().filter(|part| part.fate != without).map(|part| part.text.as_str()).collect();
        let cells: Vec<String> = rows.iter().map(text).filter(|cell: &String| !cell.is_empty()).collect();
        cells.join("\n\n")
    }

    /// Each column is its version to the byte, and what is not marked is printed alike.
    #[track_caller]
    fn reads_back(a: &str, b: &str) {
        let rows = Changes::new(("", a), ("", b)).paragraphs;
        assert_eq!((column(&rows, Fate::Added).as_str(), column(&rows, Fate::Removed).as_str()), (a, b), "{rows:?}");
        for part in rows.iter().flatten() {
            assert!(part.severity.is_none() || part.fate != Fate::Same);
            assert!(part.severity.is_some() || part.fate == Fate::Same || part.text.trim().is_empty(), "{rows:?}");
        }
    }

    /// The parts of a difference: `[-so-]` went and `{+so+}` came, with the first letter of the severity.
    #[track_caller]
    fn shows(a: &str, b: &str, expected: &str) {
        let shown = |part: &Part| match (part.fate, part.severity.map(|severity| &severity.name()[..1])) {
            (Fate::Removed, Some(severity)) => format!("[{severity}-{}-]", part.text),
            (Fate::Added, Some(severity)) => format!("{{{severity}+{}+}}", part.text),
            _ => part.text.clone(),
        };
        let rows = Changes::new(("", a), ("", b)).paragraphs;
        let rows: Vec<String> = rows.iter().map(|row| row.iter().map(shown).collect()).collect();
        assert_eq!(rows.join(" | "), expected);
        reads_back(a, b);
    }

    #[test]
    fn what_is_printed_differently_is_marked() {
        shows(
            "It was 13 degrees and cost €1,500.",
            "It was -13 degrees and cost $1,500.",
            "It was [n-13-]{n+-13+} degrees and cost [n-€1,500.-]{n+$1,500.+}",
        );
        shows(
            "It rose 5% to “ten” now.",
            "It rose 5 to \"ten\" now!",
            "It rose [n-5%-]{n+5+} to [c-“ten”-]{c+\"ten\"+} [c-now.-]{c+now!+}",
        );
        shows("It took nine weeks.", "It took ten weeks.", "It took [w-nine-]{w+ten+} weeks.");
        check(
            "“We go now.",
            "\"We go now?",
            &[(Severity::Cosmetic, "“We", "\"We"), (Severity::Cosmetic, "now.", "now?")],
        );
    }

    #[test]
    fn paragraphs_that_were_joined() {
        let (a, b) = ("The pier is open again.\n\nIt was shut.", "The pier is open again. It was shut.");
        check(a, b, &[(Severity::Cosmetic, "\n\n", " ")]);
        check(b, a, &[(Severity::Cosmetic, " ", "\n\n")]);
        shows(a, b, "The pier is open again.[c-\n\n-]{c+ +}It was shut.");
    }

    #[test]
    fn rows_end_where_both_versions_do() {
        let [one, two, three] =
            ["One stays just as it is.", "Two has gone from here.", "Three stays where it is, too."];
        let of = |parts: &[&str]| parts.join("\n\n");
        shows(&of(&[one, two, three]), &of(&[one, three]), &format!("{one} | [r-{two}-] | {three}"));
        shows(&of(&[one, three]), &of(&[one, three, two]), &format!("{one} | {three} | {{a+{two}+}}"));
        shows(&of(&[one, two]), &of(&[two]), &format!("[r-{one}-] | {two}"));
        // The second paragraph went with the end of the first: one row, as the other version has one paragraph.
        shows(
            "The pier took nine.\n\nLong weeks went by there.",
            "The pier took weeks went by there.",
            "The pier took [r-nine.-]\n\n[r-Long-] weeks went by there.",
        );
    }

    #[test]
    fn beside_paragraphs_that_stay() {
        let (stays, too) =
            ("The pier is shut until the spring comes.", "The boats lie idle there, and nobody is paid.");
        let with = |text: &str| format!("{stays}\n\n{text}\n\n{too}");
        let cosmetic = |went, came| [(Severity::Cosmetic, went, came)];
        check(&with("It sails today."), &with("It sails today!"), &cosmetic("today.", "today!"));
        check(&with("“It sails, he said."), &with("\"It sails, he said."), &cosmetic("“It", "\"It"));
        check(&with("A sign.\n\n***"), &with("A sign."), &cosmetic("***", ""));
        let both = [(Severity::Cosmetic, "sign", "Sign"), (Severity::Cosmetic, "here.\n\n***", "here.")];
        check(&with("A sign here.\n\n***"), &with("A Sign here."), &both);
        check(&with("***"), &format!("{stays}\n\n{too}"), &cosmetic("***", ""));
        shows(&with("***"), &format!("{stays}\n\n{too}"), &format!("{stays} | [c-***-] | {too}"));
        shows(stays, &format!("{stays}\n\n***"), &format!("{stays} | {{c+***+}}"));
        check("***", "", &cosmetic("***", ""));
        check(&with("HOLM (Nordwire) - It sails."), &with("It sails."), &[(Severity::Removed, "HOLM (Nordwire)", "")]);
        check(&with("It sails at 9 today."), &with("It sails at 8 today."), &[(Severity::Number, "9", "8")]);
    }

    #[test]
    fn one_hyphen_in_a_long_run_is_one_short_change() {
        let long = "word ".repeat(400);
        let text = |hyphen: &str| format!("{long}a well{hyphen}known man {long}");
        check(&text("-"), &text(" "), &[(Severity::Cosmetic, "well-known", "well known")]);
        check(&text(" - "), &text(" – "), &[(Severity::Cosmetic, "-", "–")]);
    }

    /// What is not linear takes minutes here.
    #[test]
    fn texts_that_are_made_to_be_slow() {
        let text = |word: &dyn Fn(usize) -> String| (0..200_000).map(word).collect::<Vec<_>>().join(" ");
        let chain = |other| {
            text(&|_| "ha".into())
                .split(' ')
                .enumerate()
                .map(|(k, word)| word.to_owned() + if Some(k) == other { "–" } else { "-" })
                .collect::<String>()
        };
        let edited = |k: usize| if k.is_multiple_of(6) { "b" } else { "a" };
        for (a, b) in [
            (text(&|_| "ha".into()), text(&|k| if k.is_multiple_of(7) { "ho".into() } else { "ha".into() })),
            (text(&|k| format!("“a{k}")), text(&|k| format!("“{}{k}", edited(k)))),
            (text(&|k| format!("“a{k}”")), text(&|k| format!("“{}{k}”", edited(k)))),
            (text(&|k| format!("a-{k}")), text(&|k| format!("A {k},"))),
            (chain(None), chain(Some(100_000))),
            (text(&|k| format!("a{k}\n\n")), text(&|k| format!("{}{k}\n\n", edited(k)))),
        ] {
            assert!(Summary::new((&a, &a), (&b, &b)).total() > 0);
            assert!(!Changes::new(("", &a), ("", &b)).all.is_empty());
        }
    }

    fn text() -> impl Strategy<Value = String> {
        "([a-dA-D]{1,2}|[0-9]{1,2}|May|“|”|\"|七|,|\\.| |\n\n|-|%){0,40}"
    }

    /// Paragraphs that are laid on their like wherever they stand, and others.
    fn body() -> impl Strategy<Value = String> {
        let stays = "(The pier is shut until the spring comes|And (th|Th)e boats lie idle there, nobody is paid)[.!]";
        let other = "[*#]{1,2}|[*#] [*#]|A (s|S)ign[.!]|[*“]?It (sails|sinks)[ -]at [0-9]%?|“We (go|GO)[,.]”|七日";
        prop::collection::vec(prop_oneof![stays, other], 0..9).prop_flat_map(|paragraphs| {
            let breaks = prop::collection::vec(
                prop_oneof![6 => Just("\n\n"), 1 => Just(" "), 1 => Just(" \n\n\n"), 1 => Just("\n\n \n\n")],
                paragraphs.len(),
            );
            breaks.prop_map(move |breaks| -> String {
                paragraphs.iter().zip(breaks).flat_map(|(text, end)| [text.as_str(), end]).collect()
            })
        })
    }

    proptest! {
        #[test]
        fn bodies_that_share_paragraphs(a in body(), b in body(), before in "|\n\n| ") {
            let (a, b) = (a, before + &b);
            for (a, b) in [(a.as_str(), b.as_str()), (&tidy(&a), &tidy(&b))] {
                let changes = Changes::new(("", a), ("", b));
                let summary = Summary::new(("", a), ("", b));
                for severity in Severity::ALL {
                    prop_assert_eq!(summary.count(severity) as usize, changes.count(severity));
                }
                // What is marked is listed.
                let is_marked = changes.paragraphs.iter().flatten().any(|part| part.severity.is_some());
                prop_assert_eq!(is_marked, !changes.all.is_empty(), "{:?} {:?}", changes.paragraphs, changes.all);
            }
            reads_back(&tidy(&a), &tidy(&b));
        }

        #[test]
        fn a_summary_counts_what_is_laid_out(a in text(), b in text(), c in text(), d in text()) {
            let changes = Changes::new((&a, &b), (&c, &d));
            let summary = Summary::new((&a, &b), (&c, &d));
            for severity in Severity::ALL {
                prop_assert_eq!(summary.count(severity) as usize, changes.count(severity));
            }
            prop_assert_eq!(summary.total() as usize, changes.all.len());
        }

        #[test]
        fn each_version_can_be_read_back(a in text(), b in text()) {
            let [a, b] = [a, b].map(|text| tidy(&text));
            reads_back(&a, &b);
        }

        #[test]
        fn each_version_can_be_read_back_in_any_script(a in "(\\PC|\n\n|[0-9 a“”]){0,60}", b in "(\\PC|\n\n|[0-9 a“”]){0,60}") {
            let [a, b] = [a, b].map(|text| tidy(&text));
            reads_back(&a, &b);
            reads_back(&a, &a.to_uppercase());
        }

        #[test]
        fn any_text_is_laid_out(a in "(\\PC|\n\n|[0-9 a“”]){0,60}", b in "(\\PC|\n\n|[0-9 a“”]){0,60}") {
            let changes = Changes::new((&a, &b), (&b, &a));
            prop_assert_eq!(Summary::new((&a, &b), (&b, &a)).total() as usize, changes.all.len());
        }

        #[test]
        fn nothing_changes_without_a_change(a in "\\PC{0,80}") {
            prop_assert_eq!(Summary::new((&a, &a), (&a, &a)).worst(), None);
            prop_assert!(Changes::new((&a, &a), (&a, &a)).all.is_empty());
        }
    }
}
