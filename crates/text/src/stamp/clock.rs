//! Times of the day and their zones among the pieces of a text.

use super::Clock;
use super::find::Look;
use super::pieces::{Token, Word};

impl Look<'_> {
    /// A time behind a date, past the weekday and words such as `at`.
    pub(super) fn clock_behind(&self, end: usize) -> Option<(Clock, usize)> {
        let mut half = None;
        // `14 May 2024 | Updated: 03:04, 15 May 2024`: behind a bar and a word a time is of something else.
        let (mut parted, mut named) = (false, false);
        for at in end..(end + 6).min(self.pieces.len()) {
            match self.pieces[at].token {
                Token::Number(..) => {
                    let (mut clock, next) = self.clock_at(at)?;
                    // ... and so it is where a word stands before it and a date of its own behind it.
                    let own = || (next..next + 3).any(|at| self.date(at).is_some());
                    if named && (parted || own()) {
                        return None;
                    }
                    if let Some(afternoon) = half {
                        clock.hour = halved(clock.hour, afternoon)?;
                    }
                    return Some((clock, next));
                }
                Token::Word(Word::Morning) => half = Some(false),
                Token::Word(Word::Afternoon) => half = Some(true),
                Token::Word(Word::Month(_)) => return None,
                Token::Word(Word::Other) => named = true,
                Token::Mark('|' | '·' | '•' | '—' | ';') => parted = true,
                _ => {}
            }
        }
        None
    }

    /// A time right before a date: `15:47, 3 May 2024`.
    pub(super) fn clock_before(&self, date: usize) -> Option<(Clock, usize)> {
        (date.saturating_sub(9)..date).find_map(|at| {
            let (clock, mut next) = self.clock_at(at)?;
            while next < date
                && matches!(
                    self.token(next),
                    Some(
                        Token::Mark(',' | '|' | '·' | '-' | '–' | '•' | '(' | '،')
                            | Token::Word(Word::Small | Word::Other | Word::Hour)
                    )
                )
                && next + 3 > date - 3
            {
                next += 1;
            }
            (next == date).then_some((clock, at))
        })
    }

    /// The time that begins at a piece.
    pub(super) fn clock_at(&self, at: usize) -> Option<(Clock, usize)> {
        // `T154742`
        let at = at + usize::from(self.token(at) == Some(Token::Word(Word::T)));
        if at > 0 && self.token(at - 1) == Some(Token::Word(Word::T)) {
            for digits in [6, 4] {
                if let Some(number) = self.number(at, digits..digits + 1) {
                    let number = if digits == 4 { number * 100 } else { number };
                    let time = clock(number / 10_000, number / 100 % 100, (digits == 6).then_some(number % 100))?;
                    return Some(self.zoned(time, at + 1));
                }
            }
        }
        let hour = self.number(at, 1..3)?;
        let (time, next) = match self.token(at + 1) {
            Some(Token::Mark(':' | '：' | '時' | '时' | '시' | '点' | '點') | Token::Word(Word::Hour))
                if self.number(at + 2, 2..3).is_some() || self.token(at + 1) != Some(Token::Mark(':')) =>
            {
                match self.number(at + 2, 1..3) {
                    Some(minute) if self.token(at + 1) != Some(Token::Word(Word::Hour)) || self.joined(at + 2) => {
                        let mut next = at + 3;
                        let mut time = clock(hour, minute, None)?;
                        let colon = matches!(self.token(next), Some(Token::Mark(':' | '：' | '分' | '분')));
                        if colon
                            && let Some(second) = self
                                .number(next + 1, 1..3)
                                .filter(|_| self.joined(next + 1) || self.token(next) != Some(Token::Mark(':')))
                        {
                            time = clock(hour, minute, Some(second))?;
                            next += 2;
                            if matches!(self.token(next), Some(Token::Mark('.' | ',')))
                                && self.joined(next + 1)
                                && let Some(Token::Number(fraction, digits @ 1..=12)) = self.token(next + 1)
                            {
                                let scaled = if digits > 3 {
                                    fraction / 10i64.pow(u32::from(digits) - 3)
                                } else {
                                    fraction * 10i64.pow(3 - u32::from(digits))
                                };
                                time.milli = scaled as u16;
                                next += 2;
                            }
                        }
                        let counted = matches!(self.token(next), Some(Token::Mark('分' | '분' | '秒' | '초')));
                        (time, next + usize::from(counted))
                    }
                    _ => (clock(hour, 0, None)?, at + 2),
                }
            }
            // `15.47 Uhr`, `kl. 15.47`, `3.47pm`
            Some(Token::Mark('.' | ',')) if self.joined(at + 2) => {
                let minute = self.number(at + 2, 2..3)?;
                let said =
                    matches!(self.token(at + 3), Some(Token::Word(Word::Hour | Word::Morning | Word::Afternoon)))
                        || (1..3).any(|n| at >= n && self.token(at - n) == Some(Token::Word(Word::Hour)));
                (said.then(|| clock(hour, minute, None)).flatten()?, at + 3)
            }
            Some(Token::Word(Word::Morning | Word::Afternoon)) => (clock(hour, 0, None)?, at + 1),
            _ => return None,
        };
        let (time, next) = match self.token(next) {
            Some(Token::Word(Word::Morning)) => (Clock { hour: halved(time.hour, false)?, ..time }, next + 1),
            Some(Token::Word(Word::Afternoon)) => (Clock { hour: halved(time.hour, true)?, ..time }, next + 1),
            Some(Token::Word(Word::Hour)) => (time, next + 1),
            _ => (time, next),
        };
        Some(self.zoned(time, next))
    }

    fn zoned(&self, time: Clock, at: usize) -> (Clock, usize) {
        // `(CEST)`
        let bracket = usize::from(self.token(at) == Some(Token::Mark('(')));
        match self.zone_at(at + bracket) {
            Some((zone, next)) => (Clock { zone: Some(zone), ..time }, next),
            None => (time, at),
        }
    }

    /// The zone at a piece: `Z`, `+02:00`, `+0200`, `+02`, `GMT+2`, `CEST`.
    pub(super) fn zone_at(&self, at: usize) -> Option<(i16, usize)> {
        match self.token(at)? {
            Token::Word(Word::Zone(zone)) => Some((zone, at + 1)),
            Token::Word(Word::Greenwich) => Some(self.distance(at + 1, true).unwrap_or((0, at + 1))),
            Token::Mark('+' | '-' | '−') => self.distance(at, false),
            _ => None,
        }
    }

    fn distance(&self, at: usize, named: bool) -> Option<(i16, usize)> {
        let sign = match self.token(at)? {
            Token::Mark('+') => 1,
            // A dash with spaces around it is a dash.
            Token::Mark('-' | '−') if self.joined(at + 1) => -1,
            _ => return None,
        };
        let (hours, minutes, next) = match self.token(at + 1)? {
            Token::Number(number, 4) => (number / 100, number % 100, at + 2),
            Token::Number(hours, 1 | 2) => match (self.token(at + 2), self.number(at + 3, 2..3)) {
                (Some(Token::Mark(':')), Some(minutes)) => (hours, minutes, at + 4),
                _ if named || self.joined(at) || sign == 1 => (hours, 0, at + 2),
                _ => return None,
            },
            _ => return None,
        };
        (hours <= 14 && minutes < 60).then_some((sign * (hours * 60 + minutes) as i16, next))
    }
}

fn halved(hour: u8, afternoon: bool) -> Option<u8> {
    match (hour, afternoon) {
        (12, false) => Some(0),
        (1..=11, true) => Some(hour + 12),
        // `15:47 PM` is said by machines that add what nobody needs.
        (0..=23, _) => Some(hour),
        _ => None,
    }
}

pub(super) fn clock(hour: i64, minute: i64, second: Option<i64>) -> Option<Clock> {
    let fits = hour < 24 && minute < 60 && second.is_none_or(|s| s <= 60);
    fits.then(|| Clock {
        hour: hour as u8,
        minute: minute as u8,
        second: second.map(|s| s.min(59) as u8),
        milli: 0,
        zone: None,
    })
}
