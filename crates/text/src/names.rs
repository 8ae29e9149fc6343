//! Names of authors, out of what pages write where an author's name should stand.

use memchr::memchr3;

/// What stands before a name in a byline; lower case. One list for all languages, as pages mix them.
const BEFORE: [&str; 63] = [
    "interview by",
    "interview",
    "interview:",
    "words and pictures by",
    "written by",
    "reported by",
    "story by",
    "words by",
    "posted by",
    "by",
    "geschrieben von",
    "publié par",
    "écrit par",
    "publicado por",
    "escrito por",
    "pubblicato da",
    "scritto da",
    "geschreven door",
    "skrevet av",
    "skriven av",
    "von",
    "ein artikel von",
    "eine analyse von",
    "text von",
    "par",
    "por",
    "texto de",
    "di",
    "a cura di",
    "door",
    "av",
    "af",
    "tekst",
    "text",
    "autor",
    "autorin",
    "autoren",
    "author",
    "authors",
    "auteur",
    "autore",
    "forfatter",
    "skribent",
    "oleh",
    "penulis",
    "bởi",
    "yazan",
    "автор",
    "авторы",
    "текст",
    "автори",
    "بقلم",
    "كتب",
    "کاتب",
    "מאת",
    "文",
    "取材・文",
    "記者",
    "작성자",
    "作者",
    "责任编辑",
    "글",
    "โดย",
];

/// What stands between names.
const BETWEEN: [&str; 18] = [
    " · ", " and ", " und ", " et ", " och ", " og ", " ve ", " и ", " та ", " & ", " + ", "; ", ";", " | ", "、",
    "，", " / ", " • ",
];
/// The same, but also part of names or titles: only where both sides have two words.
const PERHAPS_BETWEEN: [&str; 6] = [" y ", " e ", " en ", " i ", " con ", "/"];

/// What stands behind a name: "reporter", in Korean and Chinese.
const BEHIND: [&str; 5] = [" 기자", " 특파원", " 記者", " 记者", "記者"];

/// What stands on the buttons beside a byline, which runs into it where a page's looks are gone; lower case. None of them is a name.
const BUTTONS: [&str; 44] = [
    "share",
    "save",
    "saved",
    "follow",
    "following",
    "e-mail",
    "email",
    "print",
    "tweet",
    "comment",
    "comments",
    "password",
    "login",
    "subscribe",
    "bookmark",
    "listen",
    "facebook",
    "twitter",
    "whatsapp",
    "linkedin",
    "teilen",
    "drucken",
    "folgen",
    "speichern",
    "seguir",
    "compartir",
    "guardar",
    "suivre",
    "partager",
    "imprimer",
    "condividi",
    "dela",
    "följ",
    "følg",
    "delen",
    "volgen",
    "udostępnij",
    "поделиться",
    "подписаться",
    "paylaş",
    "シェア",
    "フォロー",
    "공유",
    "分享",
];

/// Longer names are sentences.
const LONGEST: usize = 80;

/// The names in a value, each as it stands there, without what stands before, between and behind them.
///
/// ```
/// assert_eq!(copydesk_text::names("By Ada Renn, Bo Lind and Cy Moss"), ["Ada Renn", "Bo Lind", "Cy Moss"]);
/// ```
pub fn names(value: &str) -> Vec<&str> {
    let mut found = Vec::new();
    split(without_by(value), &mut found);
    found
}

/// A byline without the buttons at its ends; empty where it is made of nothing else.
///
/// ```
/// assert_eq!(copydesk_text::without_buttons("By Ada Renn Follow"), "By Ada Renn");
/// assert_eq!(copydesk_text::without_buttons("Share Save"), "");
/// ```
pub fn without_buttons(line: &str) -> &str {
    let mut rest = line.trim();
    while let Some(word) = rest.split_whitespace().next_back().filter(|word| is_button(word)) {
        rest = rest[..rest.len() - word.len()].trim_end();
    }
    while let Some(word) = rest.split_whitespace().next().filter(|word| is_button(word)) {
        rest = rest[word.len()..].trim_start();
    }
    rest
}

fn is_button(word: &str) -> bool {
    let word = word.trim_matches(['|', '·', '•', ',', ':', '/', '+', '(', ')']);
    word.len() <= 20 && !word.is_empty() && {
        let small = word.to_lowercase();
        BUTTONS.contains(&small.as_str())
    }
}

/// A line without what stands before a name in it; unchanged where there is none.
pub fn without_by(line: &str) -> &str {
    by_length(line).map_or(line, |length| line[length..].trim_start_matches([':', '：', '／', '/', '|', ' ']))
}

/// Whether a line begins as a byline does.
pub fn is_byline(line: &str) -> bool {
    // What is asked of whole paragraphs: the words behind a name begin with one of three bytes, and few lines hold one.
    let may_hold_reporter = || memchr3(0xE8, 0xEA, 0xED, line.as_bytes()).is_some();
    by_length(line).is_some() || may_hold_reporter() && line.split([' ', '|', '·']).any(is_reporter)
}

/// Whether a line says who made a picture.
pub fn is_picture(line: &str) -> bool {
    const PICTURES: [&str; 9] =
        ["photo", "foto", "picture", "image", "bild", "graphic", "grafik", "illustration", "imagen"];
    PICTURES.iter().any(|word| line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
}

/// Whether a word says that its neighbour is a reporter.
fn is_reporter(word: &str) -> bool {
    !word.is_empty() && !word.as_bytes()[0].is_ascii() && BEHIND.iter().any(|behind| behind.trim_start() == word)
}

fn by_length(line: &str) -> Option<usize> {
    if let Some(&[first, second]) = line.as_bytes().first_chunk()
        && !may_begin(first, second)
    {
        return None;
    }
    let first = line.chars().next()?.to_lowercase().next()?;
    let mut utf8 = [0; 4];
    first.encode_utf8(&mut utf8);
    // Most of the list ends here.
    let may_be = |before: &&&str| before.as_bytes()[0] == utf8[0];
    let behind = |before: &&str| {
        let mut letters = before.chars();
        if letters.next() != Some(first) {
            return None;
        }
        let mut rest = line.chars();
        rest.next();
        for expected in letters {
            let c = rest.next()?;
            (c == expected || c.to_lowercase().eq(std::iter::once(expected))).then_some(())?;
        }
        let behind = rest.as_str();
        behind.starts_with([' ', ':', '：', '／', '/', '\u{A0}']).then_some(line.len() - behind.len())
    };
    BEFORE.iter().filter(may_be).filter_map(behind).max()
}

/// Whether something of [`BEFORE`] begins with these two bytes, whatever their case; of what is not ASCII that is not asked.
fn may_begin(first: u8, second: u8) -> bool {
    /// By the first letter: a bit for each second one, by the five bits that capitals and small letters have in common.
    const PAIRS: [u32; 26] = {
        let (mut pairs, mut at) = ([0; 26], 0);
        while at < BEFORE.len() {
            let word = BEFORE[at].as_bytes();
            if word[0].is_ascii() {
                pairs[(word[0] - b'a') as usize] |= if word[1].is_ascii() { 1 << (word[1] & 31) } else { u32::MAX };
            }
            at += 1;
        }
        pairs
    };
    if !first.is_ascii() || !second.is_ascii() {
        return true;
    }
    first.is_ascii_alphabetic() && PAIRS[usize::from((first | 0x20) - b'a')] & 1 << (second & 31) != 0
}

fn split<'v>(text: &'v str, found: &mut Vec<&'v str>) {
    if found.len() > 40 {
        return;
    }
    // Two words without a sign between them are one name; most values are that.
    let is_one =
        words(text) <= 2 && text.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b'-' | b'.' | b'\''));
    let among = if is_one { 0 } else { held(text, &BETWEEN) };
    for (at, between) in BETWEEN.iter().enumerate() {
        if among >> at & 1 != 0
            && let Some((one, rest)) = text.split_once(between)
        {
            split(one, found);
            return split(rest, found);
        }
    }
    // `Renn, Ada` is one name.
    if let Some((one, rest)) = text.split_once(", ")
        && words(one) >= 2
    {
        split(one, found);
        return split(rest, found);
    }
    let among = held(text, &PERHAPS_BETWEEN);
    for (at, between) in PERHAPS_BETWEEN.into_iter().enumerate() {
        if among >> at & 1 != 0
            && let Some((one, rest)) = text.split_once(between)
            && words(one) >= 2
            && words(rest) >= 2
        {
            split(one, found);
            return split(rest, found);
        }
    }
    // `Ada Renn (are)`
    let text = text.split_once(" (").map_or(text, |(name, _)| name);
    let name =
        text.trim_matches([' ', ',', '.', ':', '-', '–', '|', '•', '·', '(', ')', '[', ']', '"', '（', '）', '／']);
    let name = without_buttons(without_by(name));
    let name = BEHIND.iter().find_map(|behind| name.strip_suffix(behind)).unwrap_or(name).trim();
    let is_name = name.chars().any(char::is_alphabetic) && name.len() <= LONGEST && !is_address(name);
    if is_name && !found.contains(&name) {
        found.push(name);
    }
}

/// Which separators a text holds, a bit each: a look at where one may begin costs less than a search for each.
fn held(text: &str, separators: &[&str]) -> u32 {
    let bytes = text.as_bytes();
    let places = (0..bytes.len()).filter(|&at| begins_separator(bytes[at]));
    places.fold(0, |held, at| {
        let here = separators.iter().enumerate().filter(|(_, between)| bytes[at..].starts_with(between.as_bytes()));
        here.fold(held, |held, (number, _)| held | 1 << number)
    })
}

fn begins_separator(byte: u8) -> bool {
    matches!(byte, b' ' | b';' | b'/' | 0xE3 | 0xEF)
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Addresses and accounts stand where names should, on one page in eight.
fn is_address(name: &str) -> bool {
    name.starts_with('@')
        || name.contains("://")
        || name.starts_with("www.")
        || name.contains('@') && !name.contains(' ')
        || name.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: &[&str]) {
        assert_eq!(names(value), expected, "{value}");
    }

    /// What is asked first passes nothing over.
    #[test]
    fn bylines_begin_in_any_case() {
        for before in BEFORE {
            for line in [format!("{before} Ada Renn"), format!("{} Ada Renn", before.to_uppercase())] {
                assert!(is_byline(&line) && without_by(&line) == "Ada Renn", "{line}");
            }
        }
        for behind in BEHIND {
            let word = behind.trim_start();
            assert!(
                is_byline(&format!("Ada Renn {word}")) && matches!(word.as_bytes()[0], 0xE8 | 0xEA | 0xED),
                "{word}"
            );
        }
        for line in ["Bylund and Renn", "The lock closed.", "b", "", "“By then”, he said.", "is", "1 by"] {
            assert!(!is_byline(line) && without_by(line) == line, "{line}");
        }
    }

    #[test]
    fn separators_are_looked_for_where_they_begin() {
        for between in BETWEEN.iter().chain(&PERHAPS_BETWEEN) {
            assert!(begins_separator(between.as_bytes()[0]), "{between:?}");
        }
    }

    #[test]
    fn names_of_authors() {
        check("By Ada Renn", &["Ada Renn"]);
        check("BY ADA RENN & BO LIND", &["ADA RENN", "BO LIND"]);
        check("Ada Renn, Bo Lind and Cy Moss", &["Ada Renn", "Bo Lind", "Cy Moss"]);
        check("Von Ada Renn und Bo Lind", &["Ada Renn", "Bo Lind"]);
        check("Renn, Ada", &["Renn, Ada"]);
        check("Ada Renn (are), dpa", &["Ada Renn", "dpa"]);
        check("Ada Renn/dpa", &["Ada Renn/dpa"]);
        check("María Sol y Ana Gil", &["María Sol", "Ana Gil"]);
        check("https://social.example/ada", &[]);
        check("@ada", &[]);
        check("ada@post.example", &[]);
        check("Автор: Ада Ренн", &["Ада Ренн"]);
        check("بقلم: آدا رين", &["آدا رين"]);
        check("文／港田一郎、浜野花", &["港田一郎", "浜野花"]);
        check("Bylund", &["Bylund"]);
        check("한소율 기자", &["한소율"]);
        check("（浜野花）", &["浜野花"]);
        check("Ada Renn Follow", &["Ada Renn"]);
        check("Share Save", &[]);
        check("", &[]);
    }
}
