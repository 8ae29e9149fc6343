//! Dates and times as pages write them, in attributes and for people, to RFC 3339.
//!
//! Libraries read either one strict form (`jiff`, `time`) or English (`dateparser`, `chrono-english`); metas hold a dozen forms of which
//! two are no standard's, and what people read comes in every language and calendar. So there is one reader for all of it, which cuts the text
//! into numbers, words and marks once and looks for a date among them; calendars and instants are left to `jiff`.

use std::fmt;
use std::ops::Range;

use copydesk_text::digit_value;

use super::months::{Month, month};

/// A date, and as much of a time as was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    year: i16,
    month: u8,
    /// 0 where only the month was given.
    day: u8,
    clock: Option<Clock>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Clock {
    hour: u8,
    minute: u8,
    second: Option<u8>,
    /// Thousandths of a second; finer ones are noise of machines.
    milli: u16,
    /// Minutes east of Greenwich.
    zone: Option<i16>,
}

/// What helps with dates that can be read in two ways.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Habits<'a> {
    /// The page's language, BCP 47.
    pub(crate) language: &'a str,
    /// Whether the month comes first in `5/3/2024`.
    pub(crate) month_first: bool,
}

impl<'a> Habits<'a> {
    /// The habits of a language: American English puts the month first, and English is American where it does not say.
    pub(crate) fn of(language: &'a str) -> Habits<'a> {
        let lower = language.to_ascii_lowercase();
        let month_first = matches!(lower.as_str(), "en" | "en-us" | "en_us" | "en-ph" | "fil" | "tl" | "es-us");
        Habits { language, month_first }
    }

    fn primary(&self) -> &'a str {
        self.language.split(['-', '_']).next().unwrap_or("")
    }
}

/// Longer values hold more than a date; the longest seen is a JavaScript date with its zone's name, 70 bytes.
const LONGEST: usize = 160;

impl Stamp {
    /// The date and time of a meta or attribute; `None` for a value that does not begin with one.
    pub(crate) fn of(value: &str, habits: Habits<'_>) -> Option<Stamp> {
        let value = value.trim();
        if let Some(stamp) = epoch(value) {
            return Some(stamp);
        }
        let (stamp, span) = find(value, habits, true)?;
        // What stands before a date may be a weekday and a word such as "published", but not a sentence.
        (span.start <= 40).then_some(stamp)
    }

    /// The first date in a line that people read, and where it stands.
    pub(crate) fn seen(line: &str, habits: Habits<'_>) -> Option<(Stamp, Range<usize>)> {
        find(line, habits, false)
    }

    /// Whether a line may hold a date at all, which is told by its digits.
    pub(crate) fn may_be_seen(line: &str) -> bool {
        has_digits(line)
    }

    /// The date alone, in year, month and day.
    pub(crate) fn of_day(year: i16, month: u8, day: u8) -> Option<Stamp> {
        date(i64::from(year), i64::from(month), i64::from(day))
    }

    /// Whether only the month is known.
    pub(crate) fn is_month(&self) -> bool {
        self.day == 0
    }

    /// A number that grows with the day, near enough for distances.
    pub(crate) fn day_number(&self) -> i64 {
        jiff::civil::Date::new(self.year, self.month as i8, self.day.max(1) as i8)
            .map_or(0, |date| i64::from((date - jiff::civil::date(1970, 1, 1)).get_days()))
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)?;
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        let Some(clock) = self.clock else { return Ok(()) };
        write!(f, "T{:02}:{:02}", clock.hour, clock.minute)?;
        if let Some(second) = clock.second {
            write!(f, ":{second:02}")?;
        }
        if clock.milli > 0 {
            write!(f, ".{:03}", clock.milli)?;
        }
        match clock.zone {
            Some(0) => f.write_str("Z"),
            Some(zone) => {
                let sign = if zone < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", zone.abs() / 60, zone.abs() % 60)
            }
            None => Ok(()),
        }
    }
}

/// Seconds or milliseconds since 1970, as some publishing systems write them; 2001 to 2096.
fn epoch(value: &str) -> Option<Stamp> {
    let seconds = match (value.len(), value.parse::<i64>().ok()?) {
        (10, seconds @ 1_000_000_000..4_000_000_000) => seconds,
        (13, millis @ 1_000_000_000_000..4_000_000_000_000) => millis / 1000,
        _ => return None,
    };
    let when = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC);
    let clock = Clock {
        hour: when.hour() as u8,
        minute: when.minute() as u8,
        second: Some(when.second() as u8),
        milli: 0,
        zone: Some(0),
    };
    Some(Stamp { year: when.year(), month: when.month() as u8, day: when.day() as u8, clock: Some(clock) })
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token {
    /// A number and how many digits it was written with.
    Number(i64, u8),
    Word(Word),
    Mark(char),
}

/// What a word means in a date.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Word {
    Month(Month),
    Morning,
    Afternoon,
    /// Minutes east of Greenwich.
    Zone(i16),
    /// Greenwich, behind which a distance may stand.
    Greenwich,
    /// `h`, `Uhr`, and the like between hours and minutes or behind them.
    Hour,
    /// What stands between a date and `T`ime.
    T,
    /// The first year of an era is this many later than 1.
    Era(i64),
    /// The year of an era that has no number.
    First,
    /// `st`, `de`, `of`: words of three letters or less.
    Small,
    Other,
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    token: Token,
    start: usize,
    end: usize,
}

/// First words of months of the Levant, which are told apart by their second.
const LEVANTINE: [&str; 2] = ["كانون", "تشرين"];
/// How many pieces away from a number a word can say something about it.
const NEAR: usize = 5;

/// The pieces of a text, as far as a date can reach.
fn pieces(text: &str, language: &str) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::with_capacity(24);
    // Behind the last number: pieces up to here are near one.
    let mut reach = 0;
    let mut word = String::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if start > LONGEST {
            break;
        }
        if is_unseen(c) {
            continue;
        }
        let mut end = start + c.len_utf8();
        let token = if let Some(first) = digit_value(c) {
            let (mut number, mut digits) = (i64::from(first), 1u8);
            while let Some(&(at, c)) = rest.peek()
                && let Some(digit) = digit_value(c)
            {
                number = if digits < 17 { number * 10 + i64::from(digit) } else { number };
                digits = digits.saturating_add(1);
                end = at + c.len_utf8();
                rest.next();
            }
            // The words before it were not looked up when they came.
            for at in found.len().saturating_sub(NEAR).max(reach)..found.len() {
                let piece = &mut found[at];
                if piece.token == Token::Word(Word::Other) {
                    lower_into(&text[piece.start..piece.end], &mut word);
                    piece.token = Token::Word(meaning(&word, language));
                }
            }
            reach = found.len() + NEAR;
            Token::Number(number, digits)
        } else if is_letter(c) && !is_counter(c) {
            let mut letters = 1;
            while let Some(&(at, c)) = rest.peek() {
                // The stops inside `p.m.` and `พ.ค.` belong to the word.
                let is_stop = c == '.' && {
                    let next = text[at + 1..].chars().next();
                    (letters == 1 || !text.as_bytes()[start].is_ascii())
                        && next.is_some_and(|c| is_letter(c) && !is_counter(c))
                };
                if !is_stop && (!is_letter(c) || is_counter(c)) {
                    break;
                }
                letters += usize::from(!is_stop);
                end = at + c.len_utf8();
                rest.next();
            }
            // Four months of the Levant have two words each.
            if LEVANTINE.contains(&&text[start..end])
                && let Some(second) = ["الأول", "الثاني", "الاول"]
                    .iter()
                    .find(|second| text[end..].trim_start_matches(' ').starts_with(*second))
            {
                end = text.len() - text[end..].trim_start_matches(' ').len() + second.len();
                while rest.peek().is_some_and(|&(at, _)| at < end) {
                    rest.next();
                }
            }
            if found.len() < reach {
                lower_into(&text[start..end], &mut word);
                Token::Word(meaning(&word, language))
            } else {
                Token::Word(Word::Other)
            }
        } else {
            Token::Mark(c)
        };
        found.push(Piece { token, start, end });
    }
    found
}

/// White space and marks of direction.
fn is_unseen(c: char) -> bool {
    if c.is_ascii() {
        return c <= ' ';
    }
    c.is_whitespace()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Writes a word in small letters and without the stops in it.
fn lower_into(text: &str, word: &mut String) {
    word.clear();
    if text.is_ascii() {
        word.extend(text.chars().filter(|&c| c != '.').map(|c| c.to_ascii_lowercase()));
    } else {
        let mut before = ' ';
        let once = |&c: &char| std::mem::replace(&mut before, c) != ' ' || c != ' ';
        word.extend(text.chars().filter(|&c| c != '.').filter(once).flat_map(char::to_lowercase));
    }
}

/// Letters, and the signs that scripts write above, below and between them.
fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    matches!(c, 'ª' | 'º')
        || {
            c.is_alphabetic()
                || matches!(c, '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{65F}' | '\u{93C}' | '\u{94D}' | '\u{9BC}' | '\u{9CD}' | '\u{BCD}' | '\u{E31}'..='\u{E4E}')
        }
}

/// The characters that count years, months, days, hours, minutes and seconds in Chinese, Japanese and Korean.
fn is_counter(c: char) -> bool {
    matches!(
        c,
        '年' | '月'
            | '日'
            | '号'
            | '時'
            | '时'
            | '點'
            | '点'
            | '分'
            | '秒'
            | '년'
            | '월'
            | '일'
            | '시'
            | '분'
            | '초'
    )
}

fn meaning(word: &str, language: &str) -> Word {
    if let Some(month) = month(word, language) {
        return Word::Month(month);
    }
    match word {
        "am" | "午前" | "上午" | "오전" | "凌晨" | "早上" | "ص" | "صباحا" | "صباحاً" => {
            Word::Morning
        }
        "pm" | "午後" | "下午" | "오후" | "晚上" | "م" | "مساء" | "مساءً" => Word::Afternoon,
        "z" | "utc" | "gmt" | "uct" => Word::Greenwich,
        "t" => Word::T,
        "h" | "uhr" | "hrs" | "hs" | "uur" | "óra" | "klo" | "kl" | "godz" | "ч" => Word::Hour,
        // Names of zones that mean one thing only; CST, IST and BST do not.
        "est" => Word::Zone(-300),
        "edt" => Word::Zone(-240),
        "cdt" => Word::Zone(-300),
        "mst" => Word::Zone(-420),
        "mdt" => Word::Zone(-360),
        "pst" => Word::Zone(-480),
        "pdt" => Word::Zone(-420),
        "akst" => Word::Zone(-540),
        "akdt" => Word::Zone(-480),
        "hst" => Word::Zone(-600),
        "brt" | "art" => Word::Zone(-180),
        "wet" => Word::Zone(0),
        "cet" | "mez" => Word::Zone(60),
        "cest" | "mesz" | "sast" | "eet" => Word::Zone(120),
        "eest" | "eat" | "msk" | "мск" => Word::Zone(180),
        "wib" => Word::Zone(420),
        "wita" | "hkt" | "sgt" | "myt" | "pht" | "awst" => Word::Zone(480),
        "wit" | "jst" | "kst" => Word::Zone(540),
        "acst" => Word::Zone(570),
        "aest" => Word::Zone(600),
        "aedt" => Word::Zone(660),
        "nzst" => Word::Zone(720),
        "nzdt" => Word::Zone(780),
        "令和" => Word::Era(2018),
        "平成" => Word::Era(1988),
        "昭和" => Word::Era(1925),
        "民國" | "民国" => Word::Era(1911),
        "元" => Word::First,
        _ if word.chars().take(4).count() < 4 => Word::Small,
        _ => Word::Other,
    }
}

/// The first date in a text and the time beside it. `whole`: the text is meant to be a date and nothing else.
fn find(text: &str, habits: Habits<'_>, whole: bool) -> Option<(Stamp, Range<usize>)> {
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
fn has_digits(text: &str) -> bool {
    let beginning = &text.as_bytes()[..text.len().min(LONGEST)];
    let (mut ascii, mut others) = (0, false);
    for &b in beginning {
        ascii += u32::from(b.is_ascii_digit());
        others |= b >= 0x80;
    }
    ascii >= 3 || others && text.chars().take(LONGEST).filter(|&c| digit_value(c).is_some()).count() >= 2
}

struct Look<'p> {
    pieces: &'p [Piece],
    habits: Habits<'p>,
    whole: bool,
}

impl Look<'_> {
    fn token(&self, at: usize) -> Option<Token> {
        self.pieces.get(at).map(|piece| piece.token)
    }

    fn number(&self, at: usize, digits: Range<u8>) -> Option<i64> {
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
    fn joined(&self, at: usize) -> bool {
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
    fn date(&self, at: usize) -> Option<(Stamp, usize)> {
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

    /// A time behind a date, past the weekday and words such as `at`.
    fn clock_behind(&self, end: usize) -> Option<(Clock, usize)> {
        let mut half = None;
        for at in end..(end + 6).min(self.pieces.len()) {
            match self.pieces[at].token {
                Token::Number(..) => {
                    let (mut clock, next) = self.clock_at(at)?;
                    if let Some(afternoon) = half {
                        clock.hour = halved(clock.hour, afternoon)?;
                    }
                    return Some((clock, next));
                }
                Token::Word(Word::Morning) => half = Some(false),
                Token::Word(Word::Afternoon) => half = Some(true),
                Token::Word(Word::Month(_)) => return None,
                _ => {}
            }
        }
        None
    }

    /// A time right before a date: `15:47, 3 May 2024`.
    fn clock_before(&self, date: usize) -> Option<(Clock, usize)> {
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
    fn clock_at(&self, at: usize) -> Option<(Clock, usize)> {
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
    fn zone_at(&self, at: usize) -> Option<(i16, usize)> {
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

fn same_kind(first: char, second: char) -> bool {
    first == second || matches!((first, second), ('年', '月') | ('년', '월'))
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

fn clock(hour: i64, minute: i64, second: Option<i64>) -> Option<Clock> {
    let fits = hour < 24 && minute < 60 && second.is_none_or(|s| s <= 60);
    fits.then(|| Clock {
        hour: hour as u8,
        minute: minute as u8,
        second: second.map(|s| s.min(59) as u8),
        milli: 0,
        zone: None,
    })
}

fn in_calendar(year: i64, month: Month, day: i64) -> Option<Stamp> {
    match month {
        Month::Common(month) => date(year, i64::from(month), day),
        Month::Solar(month) => from_solar(year, i64::from(month), day),
    }
}

/// A day of the calendar that pages use; years of the Buddhist and the solar Hijri calendar are told by their size.
fn date(year: i64, month: i64, day: i64) -> Option<Stamp> {
    match year {
        // Buddhist era: 543 years ahead. Nobody publishes in 2400.
        2400..=2700 => return date(year - 543, month, day),
        // 1999 to 2041; lunar Hijri years, which are 40 ahead, cannot be told to the day.
        1378..=1420 => return from_solar(year, month, day),
        _ => {}
    }
    // What stands for no date: the year 1, the beginning of the machines' time, the end of all.
    if !(1700..=2199).contains(&year) || (year, month, day) == (1970, 1, 1) {
        return None;
    }
    let checked = jiff::civil::Date::new(year as i16, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(Stamp { year: checked.year(), month: checked.month() as u8, day: checked.day() as u8, clock: None })
}

fn month_only(year: i64, month: i64) -> Option<Stamp> {
    Some(Stamp { day: 0, ..date(year, month, 1)? })
}

/// The solar Hijri calendar by its 33-year cycle, which agrees with the sun from 1799 to 2256 (Borkowski, "The Persian calendar for 3000 years", 1996).
fn from_solar(year: i64, month: i64, day: i64) -> Option<Stamp> {
    if !(1200..1600).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let leaps = |years: i64| (years * 8 + 29) / 33;
    // 1 Farvardin 1400 was 21 March 2021.
    let passed = (year - 1400) * 365 + leaps(year - 1) - leaps(1399);
    let in_year = if month <= 6 { (month - 1) * 31 } else { 186 + (month - 7) * 30 } + day - 1;
    let start = jiff::civil::date(2021, 3, 21);
    let found = start.checked_add(jiff::Span::new().days(passed + in_year)).ok()?;
    Some(Stamp { year: found.year(), month: found.month() as u8, day: found.day() as u8, clock: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: &str) {
        let found = Stamp::of(value, Habits::default()).map(|stamp| stamp.to_string());
        assert_eq!(found.unwrap_or_default(), expected, "{value}");
    }

    #[track_caller]
    fn seen(language: &str, line: &str, expected: &str) {
        let found = Stamp::seen(line, Habits::of(language)).map(|(stamp, _)| stamp.to_string());
        assert_eq!(found.unwrap_or_default(), expected, "{line}");
    }

    #[test]
    fn forms_of_metas() {
        check("2024-05-03", "2024-05-03");
        check("2024-05-03T15:47:42Z", "2024-05-03T15:47:42Z");
        check("2024-05-03T15:47:42.389000+00:00", "2024-05-03T15:47:42.389Z");
        check("2024-05-03T15:47:42.000+02:00", "2024-05-03T15:47:42+02:00");
        check("2024-05-03T15:47+0200", "2024-05-03T15:47+02:00");
        check("2024-05-03 15:47:42+02", "2024-05-03T15:47:42+02:00");
        check("2024-05-03T15:47:42-04:00", "2024-05-03T15:47:42-04:00");
        check("2024-05-03 15:47:42 -0400", "2024-05-03T15:47:42-04:00");
        check("2024-5-3 5:07:42", "2024-05-03T05:07:42");
        check("20240503T154742Z", "2024-05-03T15:47:42Z");
        check("20240503", "2024-05-03");
        check("20240503154742", "2024-05-03T15:47:42");
        check("1714744062", "2024-05-03T13:47:42Z");
        check("1714744062389", "2024-05-03T13:47:42Z");
        check("2024-05", "2024-05");
        check("2024-05-03T24:00:00", "2024-05-03");
        check("Fri, 03 May 2024 15:47:42 +0200", "2024-05-03T15:47:42+02:00");
        check("Fri, 3 May 2024 15:47:42 GMT", "2024-05-03T15:47:42Z");
        check("Fri May 03 2024 15:47:42 GMT+0200 (CEST)", "2024-05-03T15:47:42+02:00");
        check("Fri May 03 15:47:42 CEST 2024", "2024-05-03T15:47:42+02:00");
        check("Fri May  3 15:47:42 2024", "2024-05-03T15:47:42");
        check("10.12.2022, 07:00:03", "2022-12-10T07:00:03");
        check("10/05/2022 05:22 pm", "2022-05-10T17:22");
        check("2024-05-03T00:00:00.0000000Z", "2024-05-03T00:00:00Z");
    }

    #[test]
    fn no_dates() {
        for value in [
            "",
            "0000-00-00",
            "0001-01-01T00:00:00Z",
            "1970-01-01T00:00:00Z",
            "2024-13-45",
            "yesterday",
            "2 hours ago",
            "12",
            "1.2.3.4",
            "2024",
        ] {
            check(value, "");
        }
        for line in [
            "10.0.12.24",
            "call 030 5 12 2024 now",
            "score 3-2-2",
            "up 2024 per cent",
            "May the 4",
            "vor 58 Minuten",
            "Seite 3 von 12",
        ] {
            seen("en", line, "");
        }
    }

    #[test]
    fn lines_that_people_read() {
        seen("en", "Published May 3, 2024 3:47 PM EDT", "2024-05-03T15:47-04:00");
        seen("en", "By Ada Renn | May 3rd, 2024, 12:05 a.m.", "2024-05-03T00:05");
        seen("en-GB", "Friday 3 May 2024 15:47 BST", "2024-05-03T15:47");
        seen("en-GB", "03/05/2024", "2024-05-03");
        seen("en-US", "05/03/2024 3pm", "2024-05-03T15:00");
        seen("en-US", "23/05/2024", "2024-05-23");
        seen("en", "15:47, 3 May 2024", "2024-05-03T15:47");
        seen("en", "03-May-24", "2024-05-03");
        seen("de", "Freitag, 3. Mai 2024, 15.47 Uhr", "2024-05-03T15:47");
        seen("de", "Stand: 03.05.24 15:47", "2024-05-03T15:47");
        seen("de", "3. Jänner 2024 um 15 Uhr", "2024-01-03T15:00");
        seen("fr", "Publié le 3 mai 2024 à 15h47", "2024-05-03T15:47");
        seen("fr", "1er août 2024", "2024-08-01");
        seen("es", "3 de mayo de 2024 - 15:47 hs", "2024-05-03T15:47");
        seen("pt-BR", "03/05/2024 às 15h47", "2024-05-03T15:47");
        seen("nl", "3 mei 2024 om 15:47", "2024-05-03T15:47");
        seen("fi", "3.5.2024 klo 15.47", "2024-05-03T15:47");
        seen("da", "3. maj 2024 kl. 15.47", "2024-05-03T15:47");
        seen("pl", "3 listopada 2024, godz. 15:47", "2024-11-03T15:47");
        seen("hr", "3. listopada 2024.", "2024-10-03");
        seen("hu", "2024. május 3. 15:47", "2024-05-03T15:47");
        seen("lt", "2024 m. gegužės 3 d. 15:47", "2024-05-03T15:47");
        seen("ru", "3 мая 2024 г., 15:47 МСК", "2024-05-03T15:47+03:00");
        seen("el", "3 Μαΐου 2024", "2024-05-03");
        seen("tr", "3 Mayıs 2024 Cuma 15:47", "2024-05-03T15:47");
        seen("vi", "03/05/2024 15:47 GMT+7", "2024-05-03T15:47+07:00");
        seen("id", "Jumat, 3 Mei 2024 15:47 WIB", "2024-05-03T15:47+07:00");
    }

    #[test]
    fn other_scripts_and_calendars() {
        seen("ja", "2024年5月3日(金) 15時47分", "2024-05-03T15:47");
        seen("ja", "公開日時:2024年5月3日 午後3時47分", "2024-05-03T15:47");
        seen("ja", "令和6年5月3日", "2024-05-03");
        seen("zh", "2024年05月03日 星期五 15:47:42", "2024-05-03T15:47:42");
        seen("zh-TW", "民國113年5月3日", "2024-05-03");
        seen("zh", "2024-05-03 15:47 来源", "2024-05-03T15:47");
        seen("ko", "입력 2024. 5. 3. 오후 3:47", "2024-05-03T15:47");
        seen("ko", "2024년 5월 3일 15시 47분", "2024-05-03T15:47");
        seen("ko", "2024.05.03 15:47", "2024-05-03T15:47");
        seen("th", "3 พฤษภาคม 2567 เวลา 15:47", "2024-05-03T15:47");
        seen("th", "3 พ.ค. 2567 15:47 น.", "2024-05-03T15:47");
        seen("ar", "٣ مايو ٢٠٢٤", "2024-05-03");
        seen("ar", "الجمعة 3 أيار 2024 - 15:47", "2024-05-03T15:47");
        seen("ar", "3 تشرين الثاني 2024", "2024-11-03");
        seen("ar", "3 كانون  الأول 2024، 10:05", "2024-12-03T10:05");
        seen("fa", "۱۴ اردیبهشت ۱۴۰۳ ساعت ۱۵:۴۷", "2024-05-03T15:47");
        seen("fa", "۱۴۰۳/۰۲/۱۴", "2024-05-03");
        seen("fa", "۱ فروردین ۱۴۰۴", "2025-03-21");
        seen("fa", "۱ فروردین ۱۴۰۰", "2021-03-21");
        seen("he", "3 במאי 2024", "2024-05-03");
        seen("hi", "३ मई २०२४", "2024-05-03");
        seen("hi", "03 मई 2024, 03:47 PM", "2024-05-03T15:47");
        seen("bn", "৩ মে ২০২৪, ১৫:৪৭", "2024-05-03T15:47");
    }

    #[test]
    fn what_is_written_is_a_time_to_others() {
        for value in ["2024-05-03T15:47:42.389+02:00", "2024-05-03T15:47Z", "Fri, 3 May 2024 15:47:42 -0330"] {
            let stamp = Stamp::of(value, Habits::default()).unwrap().to_string();
            assert!(stamp.parse::<jiff::Timestamp>().is_ok(), "{stamp}");
        }
    }

    proptest::proptest! {
        /// Any text is read; a date that is found stands in it, and reads the same when it is written out.
        #[test]
        fn any_text_is_read(pieces in proptest::collection::vec(0..SOUP.len(), 0..14)) {
            let line: String = pieces.iter().map(|&piece| SOUP[piece]).collect();
            if let Some((stamp, span)) = Stamp::seen(&line, Habits::of("en")) {
                proptest::prop_assert!(line.get(span).is_some(), "{line}");
                let again = Stamp::of(&stamp.to_string(), Habits::default());
                proptest::prop_assert_eq!(again, Some(stamp), "{}", line);
            }
            let _ = Stamp::of(&line, Habits::default());
        }
    }

    const SOUP: [&str; 40] = [
        "3",
        "12",
        "05",
        "2024",
        "24",
        "1403",
        "2567",
        "20240503",
        "99999999999999999999",
        ".",
        "-",
        "/",
        ":",
        ",",
        " ",
        " ",
        " ",
        "T",
        "Z",
        "+",
        "+02:00",
        "PM",
        "May",
        "مايو",
        "۱۴۰۳",
        "年",
        "月",
        "日",
        "令和",
        "พ.ค.",
        "h",
        "Uhr",
        "EDT",
        "GMT",
        "mai",
        "15:47",
        "15:47:42.389",
        "\u{200F}",
        "à",
        "🙂",
    ];
}
