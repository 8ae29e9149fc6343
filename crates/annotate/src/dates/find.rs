//! Finds expressions of time: the longest match of any rule at each place, from left to right.

use std::cell::Cell;

use serde::{Deserialize, Serialize};

use super::class::Class;
use super::language::{Begins, Condition, Firsts, Language, Place, What};
use super::pattern::{Element, Step};
use super::token::{Shape, Token};

/// What a pattern caught in one place.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Slot {
    pub(super) class: Class,
    pub(super) payload: i32,
}

/// The same, with its tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) slot: Slot,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// One match of a rule.
#[derive(Clone, Debug, Default)]
pub(super) struct Match {
    pub(super) rule: u16,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) slots: Vec<Placed>,
}

/// A text whose tokens are named, and its language.
pub(super) struct Finder<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) language: &'t Language,
    /// Where the last expression of time ends; it moves while the text is read.
    pub(super) said: Cell<usize>,
}

/// Halves that a count may have; nobody waits fifty million years for anything.
const MOST: i32 = 100_000_000;
/// A payload of [`Class::Count`] that is not known.
pub(super) const UNKNOWN: i32 = -1;

impl Finder<'_> {
    /// Whether any rule can begin at a token.
    #[inline]
    pub(super) fn can_begin(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let language = self.language;
        // What stands before a word that is in no rule must be one alone.
        let goes_on = || {
            self.tokens
                .get(at + 1)
                .is_some_and(|next| next.word != 0 || !matches!(next.shape, Shape::Word { .. } | Shape::Break))
        };
        match token.shape {
            Shape::Number { .. } => goes_on() || self.mask(at) & language.alone != 0,
            _ => match language.begins[token.word as usize] {
                Begins::No => false,
                Begins::Alone => true,
                Begins::More => goes_on(),
            },
        }
    }

    /// The longest match that begins at a token; of two the rule that stands first in the file. `slots` is empty before and behind.
    pub(super) fn at(&self, at: usize, slots: &mut Vec<Placed>, best: &mut Match) -> bool {
        let trie = &self.language.trie;
        let token = &self.tokens[at];
        best.end = at;
        for &next in &trie.root_words[token.word as usize] {
            self.go(next, at, at + 1, slots, best);
        }
        let mask = self.mask(at);
        let mut bits = mask;
        while bits != 0 {
            let bit = bits.trailing_zeros() as usize;
            bits &= bits - 1;
            for (step, next) in &trie.roots[bit] {
                if self.allows(step, token, mask) {
                    self.step(step.element, *next, at, at, slots, best);
                }
            }
        }
        best.end > at
    }

    /// The classes that may begin at a token.
    #[inline]
    pub(super) fn mask(&self, at: usize) -> u64 {
        let Some(token) = self.tokens.get(at) else { return 0 };
        match token.shape {
            Shape::Word { capital } => {
                let mask = self.language.masks[token.word as usize];
                if capital { mask } else { mask & !self.language.capital }
            }
            Shape::Mark(_) => self.language.masks[token.word as usize],
            Shape::Number { digits, .. } => {
                Class::Count.bit()
                    | match digits {
                        1 | 2 => NUMERIC,
                        4 => Class::Year.bit() | Class::FarYear.bit() | Class::HourMinute.bit(),
                        _ => 0,
                    }
            }
            Shape::Break => 0,
        }
    }

    fn go(&self, place: usize, start: usize, at: usize, slots: &mut Vec<Placed>, best: &mut Match) {
        let here = &self.language.trie.places[place];
        for &rule in &here.rules {
            let longer = at > best.end || at == best.end && rule < best.rule;
            if longer && self.language.rules[rule as usize].conditions.iter().all(|c| self.holds(c, start, at)) {
                best.rule = rule;
                best.start = start;
                best.end = at;
                best.slots.clone_from(slots);
            }
        }
        let mask = self.mask(at);
        if mask & here.mask == 0 {
            return;
        }
        let token = &self.tokens[at];
        for (step, next) in &here.steps {
            if self.allows(step, token, mask) {
                self.step(step.element, *next, start, at, slots, best);
            }
        }
    }

    /// Whether a step can be gone at a token, whose classes are `mask`.
    #[inline]
    fn allows(&self, step: &Step, token: &Token, mask: u64) -> bool {
        let is = match step.element {
            Element::Word(word) => token.word == word,
            Element::List(list) => self.is_in(token, list),
            Element::Class(class) => mask & class.bit() != 0,
        };
        is && (token.glued || !step.glued)
    }

    /// Goes a step that can be gone.
    fn step(&self, element: Element, next: usize, start: usize, at: usize, slots: &mut Vec<Placed>, best: &mut Match) {
        match element {
            Element::Word(_) | Element::List(_) => self.go(next, start, at + 1, slots, best),
            Element::Class(class) => self.each(class, at, &mut |end, payload| {
                slots.push(Placed { slot: Slot { class, payload }, start: at, end });
                self.go(next, start, end, slots, best);
                slots.pop();
            }),
        }
    }

    /// Every way in which a class can be read at a token: where it ends, and its value.
    fn each(&self, class: Class, at: usize, take: &mut dyn FnMut(usize, i32)) {
        let token = &self.tokens[at];
        if let Shape::Number { value, digits } = token.shape {
            let value = i32::try_from(value).unwrap_or(i32::MAX);
            match class {
                Class::Count => {
                    let (end, halves) = self.count(at);
                    if halves <= MOST {
                        take(end, halves);
                    }
                }
                _ if self.is_fraction(at) => {}
                Class::Day if (1..=39).contains(&value) && digits <= 2 => {
                    // What no month has is a date that is not: 35 May.
                    let nth = self.language.nth;
                    let behind = self.tokens.get(at + 1).filter(|next| next.glued);
                    if behind.is_some_and(|next| nth.is_some_and(|nth| self.is_in(next, nth))) {
                        take(at + 2, value);
                    }
                    take(at + 1, value);
                }
                Class::Year if digits == 4 && YEARS.contains(&value) && !self.is_money(at) => take(at + 1, value),
                Class::FarYear if digits == 4 && FAR_YEARS.contains(&value) && !self.is_money(at) => {
                    take(at + 1, value);
                }
                Class::HourMinute if digits == 4 && value / 100 < 25 && value % 100 < 60 => take(at + 1, value),
                Class::ShortYear if digits == 2 => take(at + 1, value),
                Class::Hour if value <= 24 => take(at + 1, value),
                Class::Minute if value <= 59 && digits == 2 => take(at + 1, value),
                Class::MonthNumber if (1..=12).contains(&value) => take(at + 1, value),
                _ => {}
            }
            return;
        }
        match class {
            Class::Count => {
                let (end, halves) = self.count(at);
                if end > at && halves <= MOST {
                    take(end, halves);
                }
            }
            Class::Day => self.forms(Class::Ordinal, at, take),
            _ => self.forms(class, at, take),
        }
    }

    fn forms(&self, class: Class, at: usize, take: &mut dyn FnMut(usize, i32)) {
        let word = self.tokens[at].word as usize;
        let next = self.tokens.get(at + 1).map_or(0, |next| next.word);
        let Firsts { alone, seconds } = self.language.firsts[word];
        if alone & class.bit() == 0 && seconds & 1 << (next & 63) == 0 {
            return;
        }
        for form in &self.language.forms[word] {
            // Most forms are told by their second word.
            let may_follow = form.second == 0 || form.second == next;
            if form.class == class && may_follow && self.follows(at + 1, &form.rest) {
                take(at + 1 + form.rest.len(), form.payload);
            }
        }
    }

    fn follows(&self, at: usize, rest: &[u32]) -> bool {
        rest.iter().enumerate().all(|(k, word)| self.tokens.get(at + k).is_some_and(|token| token.word == *word))
    }

    /// The longest form of a class at a token.
    pub(super) fn longest(&self, class: Class, at: usize) -> Option<(usize, i32)> {
        let mut longest = None;
        self.forms(class, at, &mut |end, payload| {
            if longest.is_none_or(|(known, _)| end > known) {
                longest = Some((end, payload));
            }
        });
        longest
    }

    /// A count at a token, in halves, and where it ends: `416`, `2.5`, `twenty-five`, `three and a half`, `several`.
    fn count(&self, at: usize) -> (usize, i32) {
        if let Some((end, _)) = self.longest(Class::Some, at) {
            return (end, UNKNOWN);
        }
        let (mut end, mut value) = (at, 0i64);
        match self.tokens[at].shape {
            Shape::Number { value: number, .. } => {
                (end, value) = (at + 1, i64::from(number) * 2);
                // Halves of a decimal are told, other decimals are rounded to halves.
                if let (Some(mark), Some(next)) = (self.tokens.get(at + 1), self.tokens.get(at + 2))
                    && matches!(mark.shape, Shape::Mark('.' | ','))
                    && mark.glued
                    && next.glued
                    && let Shape::Number { value: tenths, digits: 1 } = next.shape
                {
                    (end, value) = (at + 3, value + i64::from((tenths + 2) / 5));
                }
                // `1 1/2`
                if self.is_half(end) {
                    (end, value) = (end + 3, value + 1);
                }
                if let Some((behind, factor)) = self.tokens.get(end).and_then(|_| self.longest(Class::Number, end))
                    && factor >= 100
                {
                    (end, value) = (behind, value * i64::from(factor));
                }
            }
            _ => {
                while self.tokens.get(end).is_some()
                    && let Some((next, number)) = self.longest(Class::Number, end)
                {
                    let number = i64::from(number);
                    let joins = match value {
                        0 => true,
                        _ if number >= 100 => true,
                        // `a hundred fifty`; `twenty-five`, but not `five twenty`
                        before if (before / 2) % 100 == 0 => true,
                        tens if (tens / 2) % 10 == 0 => number < 10,
                        ones => self.language.ones_before_tens && (ones / 2) % 100 < 10 && number >= 20,
                    };
                    if !joins {
                        break;
                    }
                    value = if number >= 100 { (value / 2).max(1) * number * 2 } else { value + number * 2 };
                    end = next;
                    let hyphen = self.tokens.get(end).is_some_and(|token| token.shape == Shape::Mark('-'));
                    if hyphen && self.tokens.get(end + 1).is_some() && self.longest(Class::Number, end + 1).is_some() {
                        end += 1;
                    }
                    if value > 2_000_000 {
                        break;
                    }
                }
            }
        }
        if end > at
            && self.tokens.get(end).is_some()
            && let Some((behind, _)) = self.longest(Class::AndHalf, end)
        {
            (end, value) = (behind, value + 1);
        }
        (end, i32::try_from(value).unwrap_or(i32::MAX))
    }

    /// `1/2`
    fn is_half(&self, at: usize) -> bool {
        let [one, slash, two] = self.tokens.get(at..at + 3).unwrap_or(&[]) else { return false };
        let is = |token: &Token, wanted: u32| matches!(token.shape, Shape::Number { value, .. } if value == wanted);
        is(one, 1) && slash.shape == Shape::Mark('/') && is(two, 2) && slash.glued && two.glued
    }

    /// Whether a number is a part of a longer one: the `14` of `3.14`.
    fn is_fraction(&self, at: usize) -> bool {
        let glued_number = |at: usize| matches!(self.tokens.get(at), Some(Token { shape: Shape::Number { .. }, .. }));
        at >= 2
            && self.tokens[at].glued
            && self.tokens[at - 1].glued
            && matches!(self.tokens[at - 1].shape, Shape::Mark(','))
            && glued_number(at - 2)
    }

    /// Whether a number is a sum: a sign of a currency stands before it, or of a share behind it.
    fn is_money(&self, at: usize) -> bool {
        let mark = |at: usize| match self.tokens.get(at) {
            Some(Token { shape: Shape::Mark(mark), .. }) => Some(*mark),
            _ => None,
        };
        let digit_behind = |at: usize| {
            self.tokens.get(at).is_some_and(|next| next.glued && matches!(next.shape, Shape::Number { .. }))
        };
        at > 0 && matches!(mark(at - 1), Some('$' | '€' | '£' | '¥' | '₹' | '#' | '№'))
            || matches!(mark(at + 1), Some('%' | '€' | '$' | '°'))
            || matches!(mark(at + 1), Some('.' | ',')) && self.tokens[at + 1].glued && digit_behind(at + 2)
    }

    #[inline]
    pub(super) fn is_in(&self, token: &Token, list: u16) -> bool {
        self.language.lists[token.word as usize] & 1 << list != 0
    }

    fn holds(&self, condition: &Condition, start: usize, end: usize) -> bool {
        let token = match condition.place {
            Place::Before => start.checked_sub(1).and_then(|at| self.tokens.get(at)),
            Place::First => self.tokens.get(start),
            Place::After => self.tokens.get(end),
        };
        let is = token.is_some_and(|token| match condition.what {
            What::List(list) => self.is_in(token, list),
            What::Number => matches!(token.shape, Shape::Number { .. }),
            What::Class(class) => self.language.masks[token.word as usize] & class.bit() != 0,
            What::Said => start > 0 && self.said.get() == start - 1,
            What::Small => matches!(token.shape, Shape::Word { capital: false }),
            What::Capital => matches!(token.shape, Shape::Word { capital: true }),
            What::Plural => {
                let word = &self.text[token.start as usize..token.end as usize];
                matches!(token.shape, Shape::Word { capital: false })
                    && word.len() > 3
                    && self.language.plural_ending.as_deref().is_some_and(|ending| word.ends_with(ending))
            }
        });
        is == condition.wanted
    }
}

/// What a number of one or two digits may be.
const NUMERIC: u64 = 1 << Class::Day as u32
    | 1 << Class::ShortYear as u32
    | 1 << Class::Hour as u32
    | 1 << Class::Minute as u32
    | 1 << Class::MonthNumber as u32;

/// Years that news writes about: those of the last centuries and the next, and of the Hijri calendar.
const YEARS: std::ops::RangeInclusive<i32> = 1200..=2199;
/// Years that are so far off that most numbers of their size are none, and those of the Buddhist era.
const FAR_YEARS: std::ops::RangeInclusive<i32> = 2200..=2699;
