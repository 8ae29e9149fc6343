//! Dates among the pieces of a text.

use std::ops::Range;

use super::calendar::{date, in_calendar, month_only};
use super::clock::clock;
use super::pieces::{LONGEST, Piece, Token, Word, pieces};
use super::{Clock, Habits, Stamp};
use crate::digit::digit_value;
use crate::months::Month;

/// The first date in a text and the time beside it. `whole`: the text is meant to be a date and nothing else.
pub(super) fn find(text: &str, habits: Habits<'_>, whole: bool) -> Option<(Stamp, Range<usize>)> {
    if !has_digits(text) {
        return None;
    }
    let pieces = pieces(text, habits.primary());
    let look = Look { pieces: &pieces, habits, whole };
    for at in 0..pieces.len() {
        let Some((mut stamp, mut end)) = look.date(at) else { continue };
        let mut start = at;
        if stamp.clock.is_none() {
            if let Some((clock, behind)) = look.clock_behind(end) {
                (stamp.clock, end) = (Some(clock), behind);
            } else if let Some((clock, before)) = look.clock_before(at) {
                (stamp.clock, start) = (Some(clock), before);
            }
        }
        if stamp.day == 0 {
            stamp.clock = None;
        }
        return Some((stamp, pieces[start].start..pieces[end - 1].end));
    }
    None
}

/// Whether there are digits for a date, of which the shortest has four: most lines have none.
pub(super) fn has_digits(text: &str) -> bool {
    let beginning = &text.as_bytes()[..text.len().min(LONGEST)];
    let (mut ascii, mut others) = (0, false);
    for &b in beginning {
        ascii += u32::from(b.is_ascii_digit());
        others |= b >= 0x80;
    }
    ascii >= 3 || others && text.chars().take(LONGEST).filter(|&c| digit_value(c).is_some()).count() >= 2
}

pub(super) struct Look<'p> {
    pub(super) pieces: &'p [Piece],
    habits: Habits<'p>,
    whole: bool,
}

impl Look<'_> {
    pub(super) fn token(&self, at: usize) -> Option<Token> {
        self.pieces.get(at).map(|piece| piece.token)
    }

    pub(super) fn number(&self, at: usize, digits: Range<u8>) -> Option<i64> {
        match self.token(at)? {
            Token::Number(number, count) if digits.contains(&count) => Some(number),
            _ => None,
        }
    }

    fn month(&self, at: usize) -> Option<Month> {
        match self.token(at)? {
            Token::Word(Word::Month(month)) => Some(month),
            _ => None,
        }
    }

    /// Whether two pieces touch.
    pub(super) fn joined(&self, at: usize) -> bool {
        at > 0 && self.pieces.get(at).is_some_and(|piece| piece.start == self.pieces[at - 1].end)
    }

    /// Past a separator of numeric dates; which one, and where it goes on.
    fn separator(&self, at: usize) -> Option<(char, usize)> {
        match self.token(at)? {
            Token::Mark(c @ ('-' | '/' | '.' | '–' | '年' | '월' | '月' | '년' | '‑' | '\u{2010}' | '／' | '．')) => {
                Some((c, at + 1))
            }
            _ => None,
        }
    }

    /// Past small words and marks between the parts of a date that is written with words.
    fn gap(&self, mut at: usize) -> usize {
        let last = at + 2;
        while at < last {
            match self.token(at) {
                Some(
                    Token::Mark('.' | ',' | '-' | '/' | '\'' | '’' | '،' | '日' | '°' | '–' | '‑')
                    | Token::Word(Word::Small),
                ) => at += 1,
                _ => break,
            }
        }
        at
    }

    /// The date that begins at a piece, and the piece behind it.
    pub(super) fn date(&self, at: usize) -> Option<(Stamp, usize)> {
        if let Token::Word(Word::Era(before)) = self.token(at)? {
            return self.era(at + 1, before);
        }
        if self.month(at).is_some() {
            return self.month_first(at);
        }
        let Token::Number(number, digits) = self.token(at)? else { return None };
        match digits {
            4 => self.year_first(at, number),
            1 | 2 => self.day_first(at, number),
            8 if self.whole => Some((date(number / 10_000, number / 100 % 100, number % 100)?, at + 1)),
            14 | 12 if self.whole => {
                let number = if digits == 12 { number * 100 } else { number };
                let mut stamp = date(number / 10_000_000_000, number / 100_000_000 % 100, number / 1_000_000 % 100)?;
                let clock = clock(number / 10_000 % 100, number / 100 % 100, Some(number % 100))?;
                stamp.clock = Some(Clock { second: clock.second.filter(|_| digits == 14), ..clock });
                Some((stamp, at + 1))
            }
            _ => None,
        }
    }

    /// `令和6年5月3日`
    fn era(&self, at: usize, before: i64) -> Option<(Stamp, usize)> {
        let year = match self.token(at)? {
            Token::Number(year, 1..=3) => year,
            Token::Word(Word::First) => 1,
            _ => return None,
        };
        let month = self.number(self.separator(at + 1)?.1, 1..3)?;
        let day = self.number(self.separator(at + 3)?.1, 1..3)?;
        let end = at + 5;
        Some((date(before + year, month, day)?, end + usize::from(self.token(end) == Some(Token::Mark('日')))))
    }

    /// `2024-05-03`, `2024/5/3`, `2024. 5. 3.`, `2024年5月3日`, `2024 May 3`, `2024. május 3.`, `2024-123` not
    fn year_first(&self, at: usize, year: i64) -> Option<(Stamp, usize)> {
        if let Some((first, next)) = self.separator(at + 1)
            && let Some(month) = self.number(next, 1..3)
        {
            if let Some((second, after)) = self.separator(next + 1)
                && (same_kind(first, second))
                && let Some(day) = self.number(after, 1..3)
                && let Some(stamp) = date(year, month, day).or_else(|| date(year, day, month).filter(|_| self.whole))
            {
                let end = after + 1;
                let counted = matches!(self.token(end), Some(Token::Mark('日' | '일' | '号')));
                return Some((stamp, end + usize::from(counted)));
            }
            return self.whole.then(|| month_only(year, month)).flatten().map(|stamp| (stamp, next + 1));
        }
        let named = self.gap(at + 1);
        if let Some(month) = self.month(named) {
            let after = self.gap(named + 1);
            if let Some(day) = self.number(after, 1..3) {
                return Some((in_calendar(year, month, day)?, after + 1));
            }
        }
        None
    }

    /// `3 May 2024`, `3. Mai 2024`, `3 de mayo de 2024`, `03.05.2024`, `5/3/2024`
    fn day_first(&self, at: usize, day: i64) -> Option<(Stamp, usize)> {
        let named = self.gap(at + 1);
        if let Some(month) = self.month(named) {
            let named = self.named_twice(named, month);
            let after = self.gap(named + 1);
            if let Some(year) = self.year(after) {
                return Some((in_calendar(year, month, day)?, after + 1));
            }
            // `3 May 15:47:42 2024`
            if let Some((clock, next)) = self.clock_at(named + 1)
                && let Some(year) = self.number(next, 4..5)
            {
                return Some((Stamp { clock: Some(clock), ..in_calendar(year, month, day)? }, next + 1));
            }
            return None;
        }
        if at > 0 && self.joined(at) && matches!(self.token(at - 1), Some(Token::Mark('.' | '/' | '-' | ',' | ':'))) {
            return None;
        }
        let (first, next) = self.separator(at + 1)?;
        let middle = self.number(next, 1..3)?;
        let (second, after) = self.separator(next + 1)?;
        let year = self.year(after)?;
        if !same_kind(first, second) || matches!(first, '月' | '年') {
            return None;
        }
        // Where a number goes on it is none of a date: an address, a version.
        if matches!(self.token(after + 1), Some(Token::Mark('.' | '/')))
            && self.joined(after + 2)
            && self.number(after + 2, 1..9).is_some()
        {
            return None;
        }
        let (day, month) = match first {
            '/' | '／' if self.habits.month_first && day <= 12 => (middle, day),
            _ if middle > 12 && day <= 12 => (middle, day),
            _ => (day, middle),
        };
        Some((date(year, month, day)?, after + 1))
    }

    /// `نيسان / أبريل`: where a month has two names, a date may give both. The last piece of them.
    fn named_twice(&self, at: usize, month: Month) -> usize {
        let again = self.month(at + 2) == Some(month) && matches!(self.token(at + 1), Some(Token::Mark('/' | '-')));
        if again { at + 2 } else { at }
    }

    /// `May 3, 2024`, `May 3 15:47:42 CEST 2024`, `May 2024`
    fn month_first(&self, at: usize) -> Option<(Stamp, usize)> {
        let month = self.month(at)?;
        let first = self.gap(at + 1);
        let Some(day) = self.number(first, 1..3) else {
            let year = self.number(first, 4..5)?;
            let Month::Common(month) = month else { return None };
            return self.whole.then(|| month_only(year, i64::from(month))).flatten().map(|stamp| (stamp, first + 1));
        };
        let after = self.gap(first + 1);
        if let Some(year) = self.number(after, 4..5) {
            return Some((in_calendar(year, month, day)?, after + 1));
        }
        let (mut clock, mut next) = self.clock_at(first + 1)?;
        if let Some(Token::Word(Word::Small)) = self.token(next) {
            next += 1;
        }
        let year = self.number(next, 4..5)?;
        clock.zone = clock.zone.or_else(|| self.zone_at(next + 1).map(|(zone, _)| zone));
        Some((Stamp { clock: Some(clock), ..in_calendar(year, month, day)? }, next + 1))
    }

    /// A year with four digits, or two in a line that is a date for people.
    fn year(&self, at: usize) -> Option<i64> {
        match self.token(at)? {
            Token::Number(year, 4) => Some(year),
            Token::Number(year, 2) => {
                // `03.05.24 15:47`, but not `3 May 15:47`.
                let clock = matches!(self.token(at + 1), Some(Token::Mark(':')) | Some(Token::Word(Word::Hour)));
                (!clock).then_some(if year < 70 { 2000 + year } else { 1900 + year })
            }
            _ => None,
        }
    }
}

fn same_kind(first: char, second: char) -> bool {
    first == second || matches!((first, second), ('年', '月') | ('년', '월'))
}
