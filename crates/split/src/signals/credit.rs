//! Who made a picture: a few words in brackets at the end of a caption, or a line that begins with the word for photo.

use crate::line::Line;
use crate::listed::is_listed;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &["bracket-1", "bracket-4", "opener", "bracket-long", "trailer"];

/// Words for pictures and rights, as credit lines of many languages begin with them.
const OPENERS: &[&str] = &[
    "photo",
    "photos",
    "photograph",
    "pic",
    "pics",
    "picture",
    "pictures",
    "image",
    "images",
    "foto",
    "fotos",
    "fotografía",
    "fotografia",
    "fotografie",
    "bild",
    "bilder",
    "bildquelle",
    "bildrechte",
    "imagen",
    "imagem",
    "imagens",
    "immagine",
    "immagini",
    "beeld",
    "bilde",
    "billede",
    "snímek",
    "snímky",
    "imago",
    "credit",
    "crédit",
    "crédito",
    "créditos",
    "source",
    "quelle",
    "fuente",
    "fonte",
    "copyright",
    "illustration",
    "getty",
    "reuters",
    "afp",
    "ap",
    "epa",
    "dpa",
    "symbolbild",
    "archivbild",
    "写真",
    "撮影",
    "图片",
    "图",
    "圖片",
    "圖",
    "사진",
    "фото",
    "фотографии",
    "фотография",
    "світлина",
    "світлини",
    "фотографії",
    "zdjęcie",
    "zdjęcia",
    "kép",
    "kuva",
    "صورة",
    "تصوير",
    "תמונה",
    "зображення",
    "ภาพ",
    "ảnh",
    "fotó",
    "fotók",
    "fotoğraf",
    "fotoğraflar",
    "gambar",
    "फोटो",
    "फ़ोटो",
    "צילום",
    "عدسة",
    "φωτογραφία",
    "φωτογραφίες",
    "φωτο",
    "courtesy",
];

/// Whether a text is nothing but a word for pictures or rights, which says that a name follows.
pub(crate) fn is_bare(text: &str) -> bool {
    is_opener(text) && !is_listed(text, AGENCIES) && !is_listed(text, &["imago"])
}

/// Those of them that are names, of agencies, with which sentences begin as well: `Reuters headquarters in London on Monday`.
const AGENCIES: &[&str] = &["getty", "reuters", "afp", "ap", "epa", "dpa"];

/// By whom, from where: what is written together with the word for pictures.
const PROVIDED: &[&str] =
    &["提供", "来源", "來源", "源自", "由", "撮影", "は", "제공", "출처", "합성", "자료", "โดย", "จาก", "ประกอบ"];

/// Words in small letters with which a credit goes on behind an agency, beside those for pictures.
const GO_ON: &[&str] =
    &["via", "by", "and", "file", "handout", "archive", "pool", "stringer", "graphic", "graphics", "und", "et"];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let line = &page.lines[block];
    match line.bracket_words {
        0 => {}
        1 | 2 => on(0),
        3..=6 => on(1),
        _ => on(3),
    }
    if line.opens_credit {
        on(2);
    }
    if line.trails_credit {
        on(4);
    }
}

/// By the first letter of the openers, a bit for each of their lengths.
const LENGTHS: [u32; 128] = {
    let mut lengths = [0; 128];
    let mut at = 0;
    while at < OPENERS.len() {
        let opener = OPENERS[at].as_bytes();
        if opener[0] < 128 {
            lengths[opener[0] as usize] |= 1 << opener.len();
        }
        at += 1;
    }
    lengths
};

/// Whether a word is one of the openers, in letters of any size.
fn is_opener(word: &str) -> bool {
    // most words end here
    let may_be = !word.is_ascii()
        || word.bytes().next().is_some_and(|first| {
            word.len() < 32 && LENGTHS[usize::from(first.to_ascii_lowercase())] >> word.len() & 1 == 1
        });
    may_be && is_listed(word, OPENERS)
}

/// Whether the text begins as credit lines do.
pub(crate) fn opens(text: &str) -> bool {
    if text.starts_with('©') || text.starts_with("(c)") {
        return true;
    }
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(text.len());
    let word = &text[..end];
    // the longest opener has 20 bytes
    (end <= 60 && is_opener(word) && !(is_listed(word, AGENCIES) && says_more(&text[end..])))
        || (!text.is_ascii() && OPENERS.iter().any(|o| !o.is_ascii() && text.strip_prefix(o).is_some_and(goes_on)))
}

/// Whether a credit goes on so behind a word for pictures, in a script without spaces or in one that writes them together. `图书馆` and
/// `写真を拡大` begin with such a word and are no credits.
fn goes_on(rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric) || PROVIDED.iter().any(|word| rest.starts_with(word))
}

/// Whether what stands behind an agency's name goes on as a sentence does: a possessive, or a few words of which the first is in small
/// letters and none that credits have.
fn says_more(rest: &str) -> bool {
    if rest.contains('/') {
        return false;
    }
    if rest.starts_with("'s ") || rest.starts_with("’s ") || rest.starts_with("’ ") || rest.starts_with("' ") {
        return true;
    }
    let Some(rest) = rest.strip_prefix(' ') else { return false };
    let first = rest.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default();
    first.starts_with(char::is_lowercase)
        && rest.split_whitespace().nth(2).is_some()
        && !first.split('-').any(|part| is_opener(part) || is_listed(part, GO_ON))
}

/// Whether a sentence or a phrase is followed by a credit: `… in the harbour. Photo: M. Lindqvist`, `… © Nordfoto`.
pub(crate) fn trails(line: &Line, text: &str) -> bool {
    if line.words < 4.0 || line.words > 70.0 {
        return false;
    }
    if let Some(at) = text.rfind('©') {
        return at > 0 && text.len() - at < 80;
    }
    let Some(at) = memchr::memrchr2(b':', b'/', text.as_bytes()) else { return false };
    if at + 80 <= text.len() {
        return false;
    }
    let head = &text[..at];
    let word = head.trim_end().rsplit(|c: char| c.is_whitespace() || ".(|".contains(c)).next().unwrap_or("");
    word.len() < at && is_opener(word)
}

#[cfg(test)]
mod tests {
    use super::opens;
    use crate::signals::features_of;

    #[test]
    fn brackets_and_openers() {
        assert_eq!(features_of("credit", "The ferry in the harbour (Nordfoto)", 0), ["bracket-1"]);
        assert_eq!(features_of("credit", "Foto: Mara Lindqvist", 0), ["opener"]);
        assert_eq!(features_of("credit", "The ferry in the harbour. Photo: Mara Lindqvist", 0), ["trailer"]);
    }

    #[test]
    fn a_word_for_pictures_may_be_a_part_of_another_word() {
        for text in ["图书馆周末开放到九点", "写真を拡大する", "фотографы города собрались", "사진을 보세요"]
        {
            assert!(!opens(text), "{text}");
        }
        for text in [
            "图片来源：港口日报",
            "图/林立",
            "写真提供・港町",
            "사진제공=할덴시",
            "Fotoğraflar: Mara Lindqvist",
            "ภาพโดย มารา",
        ] {
            assert!(opens(text), "{text}");
        }
    }

    #[test]
    fn an_agency_that_goes_on_as_a_sentence_is_no_credit() {
        for text in [
            "Reuters headquarters in London on Monday morning",
            "AP's bureau chief leaves the courthouse",
            "AFP’s newsroom in Paris, where the strike began",
            "dpa reporters wait for the ferry in the rain",
        ] {
            assert!(!opens(text), "{text}");
        }
        for text in [
            "Reuters",
            "REUTERS/Mara Lindqvist",
            "Reuters: Mara Lindqvist",
            "AP Photo/Mara Lindqvist",
            "AP file photo by Mara Lindqvist",
            "AFP via Getty Images",
            "AFP photo by Mara Lindqvist",
            "dpa picture-alliance",
            "dpa picture-alliance und Nordfoto Alder",
            "epa handout by the harbour",
            "Photo shows the ferry in the harbour",
        ] {
            assert!(opens(text), "{text}");
        }
    }
}
