//! A text cut into numbers, words and marks, as far as a date can reach.

use crate::digit::digit_value;
use crate::months::{Month, month};

/// Longer values hold more than a date; the longest seen is a JavaScript date with its zone's name, 70 bytes.
pub(super) const LONGEST: usize = 160;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token {
    /// A number and how many digits it was written with.
    Number(i64, u8),
    Word(Word),
    Mark(char),
}

/// What a word means in a date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Word {
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
pub(super) struct Piece {
    pub(super) token: Token,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// First words of months of the Levant, which are told apart by their second.
const LEVANTINE: [&str; 2] = ["كانون", "تشرين"];
/// How many pieces away from a number a word can say something about it.
const NEAR: usize = 5;

/// The pieces of a text, as far as a date can reach.
pub(super) fn pieces(text: &str, language: &str) -> Vec<Piece> {
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
    // the words of attributes, before the months of all languages
    match word {
        "t" => return Word::T,
        "z" => return Word::Greenwich,
        _ => {}
    }
    if let Some(month) = month(word, language) {
        return Word::Month(month);
    }
    match word {
        "am" | "午前" | "上午" | "오전" | "凌晨" | "早上" | "ص" | "صباحا" | "صباحاً" => {
            Word::Morning
        }
        "pm" | "午後" | "下午" | "오후" | "晚上" | "م" | "مساء" | "مساءً" => Word::Afternoon,
        "utc" | "gmt" | "uct" => Word::Greenwich,
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
