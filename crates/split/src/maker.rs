//! Who made a picture, as captions of web pages end: `Photo: M. Lindqvist/Nordfoto`, `Photo by M. Lindqvist`, `… in the harbour. Nordfoto`,
//! `… in the harbour / M. Lindqvist`. Captions that came as text have less to go by: see [`crate::roles`].

use copydesk_model::{About, Field};

use crate::listed::is_listed;
use crate::signals::opens_credit;

/// Longest credit, in bytes.
const LONGEST: usize = 120;
/// Longest tail of a caption that no word for photo opens, in words.
const TAIL: usize = 8;

/// The maker that a caption names; empty when none. `known` is what was found by its brackets.
pub(crate) fn maker<'c>(caption: &'c str, known: &'c str, about: &'c About) -> &'c str {
    if let Some(credit) = labelled(caption)
        .or_else(|| by(caption))
        .or_else(|| behind(caption))
        .or_else(|| filmed(caption))
        .filter(|credit| credit.len() <= LONGEST)
    {
        return credit;
    }
    let said = about.all(Field::Credit).map(|said| said.value.trim()).filter(|value| value.len() > 1);
    let text = caption.trim_end_matches(['.', ' ', ')', '|']);
    if let Some(credit) = said.filter(|value| text.ends_with(value)).max_by_key(|value| value.len()) {
        return credit;
    }
    // a date in brackets made no picture; an archive's number among words may stand there
    let is_number = |word: &str| word.contains(|c: char| c.is_numeric());
    if !known.is_empty()
        && known.split_whitespace().filter(|word| is_number(word)).count() * 2 < known.split_whitespace().count()
    {
        return bare(known);
    }
    tail(caption).unwrap_or("")
}

/// Whether a line with a day in it is the caption of a picture and no date line: words come first, and its maker last.
pub(crate) fn is_dated_caption(text: &str) -> bool {
    /// Words before the first number: a date line says at most `Last updated on Friday`.
    const WORDS: usize = 4;
    let words = text.split_whitespace().take_while(|word| !word.contains(|c: char| c.is_numeric())).count();
    words >= WORDS && (labelled(text).is_some_and(is_names) || slashed(text).is_some())
}

/// Whether a caption ends as one does that names its picture's maker.
pub(crate) fn is_named(text: &str) -> bool {
    let from = (text.len().saturating_sub(LONGEST)..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let end = &text[from..];
    labelled(end).is_some_and(is_names)
        || STOCK.iter().any(|stock| end.trim_end_matches([')', '）', '。']).ends_with(stock))
        || TAKEN.iter().any(|taken| end.trim_end_matches([')', '）']).ends_with(taken))
}

/// `taken by`, behind the name.
const TAKEN: [&str; 4] = ["撮影", "摄", "攝", "提供"];

/// Pictures from an archive, of which nobody is named.
const STOCK: [&str; 7] = ["资料图片", "资料照片", "资料图", "資料照片", "資料圖片", "資料写真", "자료사진"];

/// Words for photo, as they stand before a name.
const PHOTO: [&str; 11] =
    ["photo", "photos", "foto", "fotos", "fot.", "photograph", "picture", "image", "bild", "фото", "사진"];

/// A maker's name without the word for photo: `Photo Mara Lindqvist`, `林立撮影`.
fn bare(name: &str) -> &str {
    let name = TAKEN.iter().find_map(|taken| name.strip_suffix(taken)).unwrap_or(name).trim();
    match name.split_once(' ') {
        Some((first, rest)) if is_listed(first, &PHOTO) && rest.starts_with(char::is_uppercase) => rest,
        _ => name,
    }
}

/// Behind a word for photo and a colon; of several the last.
fn labelled(text: &str) -> Option<&str> {
    labels(text).find(|&(label, _, _)| opens_credit(label)).map(|(_, _, name)| name)
}

/// Behind a word for moving pictures, which begins no caption of one: `Video: The ferry sails again`.
fn filmed(text: &str) -> Option<&str> {
    const FILM: [&str; 7] = ["video", "vidéo", "vídeo", "відео", "видео", "वीडियो", "فيديو"];
    labels(text)
        .find(|&(label, start, name)| start > 0 && is_listed(label, &FILM) && is_names(name))
        .map(|(_, _, name)| name)
}

/// The words before colons, the last one first, with where each begins and what stands behind it. In French and Hindi a space stands before
/// the colon.
fn labels(text: &str) -> impl Iterator<Item = (&str, usize, &str)> {
    let colons = text.char_indices().rev().filter(|&(_, c)| matches!(c, ':' | '：'));
    colons.filter_map(|(at, _)| {
        let before = text[..at].trim_end();
        let start = before
            .rfind(|c: char| c.is_whitespace() || ".(|–—-".contains(c))
            .map_or(0, |s| s + text[s..].chars().next().map_or(1, char::len_utf8));
        let name = text[at..].trim_start_matches([':', '：']).trim_matches([' ', ')', '(', '|']);
        (start < before.len() && !name.is_empty()).then(|| (&before[start..], start, name))
    })
}

/// Behind `Photo by` and its like.
fn by(text: &str) -> Option<&str> {
    const BY: [&str; 9] = ["by", "von", "de", "di", "par", "por", "av", "af", "door"];
    let mut words = text
        .char_indices()
        .filter(|&(at, c)| !c.is_whitespace() && text[..at].chars().next_back().is_none_or(char::is_whitespace));
    let starts: Vec<usize> = words.by_ref().map(|(at, _)| at).collect();
    let word = |k: usize| text[starts[k]..].split_whitespace().next().unwrap_or("").trim_start_matches('(');
    (0..starts.len().saturating_sub(2))
        .rev()
        .find(|&k| {
            word(k).starts_with(char::is_uppercase)
                && opens_credit(word(k))
                && is_listed(word(k + 1), &BY)
                && word(k + 2).chars().any(char::is_alphanumeric)
        })
        .map(|k| text[starts[k + 2]..].trim_matches([' ', ')', '(', '|', '-']))
        .filter(|name| !name.is_empty())
}

/// Names behind a word for photo that no colon follows: `… before the altar Foto Mara Lindqvist`.
fn behind(text: &str) -> Option<&str> {
    /// Most words of such names.
    const NAMES: usize = 5;
    let text = text.trim_end_matches([' ', ')', '.', '|']);
    let (before, word) = text.split_whitespace().rev().take(NAMES + 1).skip(1).find_map(|word| {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        (word.starts_with(char::is_uppercase) && is_listed(word, &PHOTO)).then_some((at, word))
    })?;
    let names = text[before + word.len()..].trim();
    (before > 0 && names.contains(' ') && !names.contains(['/', ',']) && is_names(names)).then_some(names)
}

/// The words behind the last sentence or the last sign that parts, where they read as names.
fn tail(text: &str) -> Option<&str> {
    let text = text.trim();
    if let Some(stock) = STOCK.iter().find(|stock| text.trim_end_matches([')', '）', '。']).ends_with(**stock)) {
        return text.rfind(stock).map(|at| &text[at..at + stock.len()]);
    }
    // `… in the harbour. Courtesy of the Lindqvist family`
    if let Some(at) = text.rfind("Courtesy of ").or_else(|| text.rfind("Courtesy ")).filter(|&at| text.len() - at <= 80)
    {
        return Some(text[at..].trim_end_matches([')', '.', ' ']));
    }
    if let Some(before) = TAKEN.iter().find_map(|taken| text.strip_suffix(taken)) {
        return before
            .trim()
            .rsplit([' ', '。', '（', '(', '　', '、', '，', '＝'])
            .next()
            .filter(|name| !name.is_empty() && name.len() <= 40);
    }
    if text.ends_with(['.', '!', '?', '。', '…', '”', '"', '»']) {
        return None;
    }
    let behind = |at: usize| {
        let sign = text[at..].chars().next().map_or(1, char::len_utf8);
        text[at + sign..].trim_matches([' ', '(', ')'])
    };
    let parts = [" | ", " / ", "＝", " – ", " — "];
    let parted = parts.iter().filter_map(|part| text.rfind(part).map(|at| &text[at + part.len()..]));
    // an initial's full stop ends no sentence
    let stop = text.char_indices().rev().find(|&(at, c)| {
        matches!(c, '.' | '!' | '?' | '”' | '»' | '。')
            && text[..at].chars().rev().take(2).filter(|c| c.is_alphanumeric()).count() == 2
            && text[at + c.len_utf8()..].chars().next().is_some_and(|next| next.is_whitespace() || next.is_uppercase())
    });
    let stopped = stop.map(|(at, _)| behind(at));
    let found = parted.chain(stopped).map(str::trim).filter(|name| is_names(name)).min_by_key(|name| name.len());
    found.or_else(|| slashed(text))
}

/// `… at the show Mara Lindqvist/Nordfoto`: names at the end, two of them joined by a slash.
fn slashed(text: &str) -> Option<&str> {
    let mut start = text.len();
    for word in text.rsplit(' ') {
        let is_name = word.starts_with(|c: char| c.is_uppercase())
            || matches!(word, "/" | "via" | "von" | "van" | "de" | "del" | "for");
        if !is_name {
            break;
        }
        start = start.min(word.as_ptr() as usize - text.as_ptr() as usize);
    }
    let mut name = &text[start..];
    // Of `in Oslo Mara Lindqvist/Nordfoto` the first word belongs to the sentence: a photographer has two names, or three with an initial.
    let first = &name[..name.find('/').unwrap_or(0)];
    let words: Vec<&str> = first.split_whitespace().collect();
    let before = text[..start].trim_end().rsplit(' ').next().unwrap_or_default();
    let runs_in = before.starts_with(char::is_lowercase) && before.chars().count() <= 3;
    let own = match words[..] {
        [.., _, initial, _] if initial.trim_end_matches('.').chars().count() == 1 => 3,
        [_, _, _] if !runs_in => 3,
        _ => 2,
    };
    if let Some(word) = words.len().checked_sub(own).and_then(|skipped| words.get(skipped)) {
        name = &name[word.as_ptr() as usize - name.as_ptr() as usize..];
    }
    (name.len() < text.len() && name.contains('/') && is_names(name)).then_some(name)
}

/// A few words that begin with capitals, but for what joins names, or that have no case.
pub(crate) fn is_names(text: &str) -> bool {
    const JOINS: [&str; 16] =
        ["von", "van", "de", "del", "di", "da", "for", "via", "of", "and", "und", "et", "y", "the", "der", "dpa"];
    let mut words = text.split([' ', '/', '|', ',']).filter(|word| word.chars().any(char::is_alphanumeric)).peekable();
    let first = words.peek().copied().unwrap_or("");
    let is_name = |word: &str| {
        let c = word.chars().find(|c| c.is_alphanumeric()).unwrap_or(' ');
        c.is_uppercase()
            || (c.is_alphabetic() && !c.is_lowercase())
            || JOINS.contains(&word)
            || word.contains(['@', '.'])
    };
    let count = words.clone().count();
    !first.is_empty() && text.len() <= 80 && (1..=TAIL).contains(&count) && words.all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_with_a_day() {
        for caption in [
            "The pier at Halden, March 18, 2023. NORDFOTO/Mara Lindqvist/File Photo",
            "Der Kai von Halden am 18. März 2023. Foto: Mara Lindqvist/Nordfoto",
        ] {
            assert!(is_dated_caption(caption), "{caption}");
        }
        for line in [
            "Last updated on 18 March 2023 by Mara Lindqvist/Nordfoto",
            "18 March 2023, 10:15, Mara Lindqvist/Nordfoto",
            "Published on Saturday, March 18, 2023 at 10:15",
            "The pier at Halden, March 18, 2023",
        ] {
            assert!(!is_dated_caption(line), "{line}");
        }
    }

    fn check(caption: &str, expected: &str) {
        assert_eq!(maker(caption, "", &About::default()), expected, "maker in {caption:?}");
    }

    #[test]
    fn makers() {
        check("The ferry at sea. Credit: Mara Lindqvist/Nordfoto", "Mara Lindqvist/Nordfoto");
        check("The ferry at sea.Foto: Mara Lindqvist. Styling: Tom Oyelaran", "Mara Lindqvist. Styling: Tom Oyelaran");
        check("The ferry at sea, 7 May. Photo by MARA LINDQVIST /AFP via Nordfoto", "MARA LINDQVIST /AFP via Nordfoto");
        check("The ferry has been rebuilt from the ground up. Supplied", "Supplied");
        check("The ferry sails again that day.The Nordic Press", "The Nordic Press");
        check("The ferry in Halden / Mara Lindqvist", "Mara Lindqvist");
        check("The ferry in Halden Mara Lindqvist/Nordfoto", "Mara Lindqvist/Nordfoto");
        check("The ferry sails on Tuesday Mara Lindqvist/Nordfoto", "Mara Lindqvist/Nordfoto");
        check("The minister in Upper Halden Mara J. Lindqvist/Nordfoto", "Mara J. Lindqvist/Nordfoto");
        check("Minister Tove Haug Mara Lindqvist/Nordfoto", "Mara Lindqvist/Nordfoto");
        check("The ferry at the show Mara Eva Lindqvist/Nordfoto", "Mara Eva Lindqvist/Nordfoto");
        check("The ferry at the quay Mara Lindqvist/Nordfoto Europe", "Mara Lindqvist/Nordfoto Europe");
        check("港のフェリー＝ＡＰ", "ＡＰ");
        let archive = "Port Archive, MS 14/7";
        assert_eq!(maker("The cut (Port Archive, MS 14/7)", archive, &About::default()), archive);
        assert_eq!(maker("The cut (May 1962)", "May 1962", &About::default()), "");
        assert_eq!(maker("港のフェリー（林立撮影）", "林立撮影", &About::default()), "林立");
        assert_eq!(
            maker("The ferry (Photo Mara Lindqvist)", "Photo Mara Lindqvist", &About::default()),
            "Mara Lindqvist"
        );
        check("修缮后的石桥。本报记者 林立 摄", "林立");
        check("修缮后的石桥。资料图片", "资料图片");
        check("灯台＝１日、港町、佐藤健一撮影", "佐藤健一");
        check("The masks are laid down before the altar Foto Mara Lindqvist", "Mara Lindqvist");
        check("The ferry in Halden (Foto di Mara Lindqvist)", "Mara Lindqvist");
        check("She shows a Photo of her boat", "");
        check("Le bac de Halden au large. Photo : Mara Lindqvist", "Mara Lindqvist");
        check("नाव पर बच्चे - फोटो : अमृता सोल", "अमृता सोल");
        check("A day with the keeper. Video: Mara Lindqvist", "Mara Lindqvist");
        check("Video: The ferry sails again from Monday", "");
        check("The ferry in 1962. Courtesy of the Lindqvist family", "Courtesy of the Lindqvist family");
        check("मरम्मत के बाद नाव। फोटो: अमृता सोल", "अमृता सोल");
        check("Captain J. Lindqvist in Halden", "");
        check("The ferry at sea. It sails again from Monday", "");
        check("The ferry at sea.", "");
    }
}
