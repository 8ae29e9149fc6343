//! Which language a text is in, where that is cheap to say.

use std::collections::VecDeque;

use whichlang::{Lang, detect_language};
use xxhash_rust::xxh3::xxh3_64;

use crate::eights::{Eights, HIGH, LOW, no_letters};

/// Letters that a text needs before its letters' frequencies say anything.
const LETTERS: usize = 60;

/// Letters that are looked at. Of 558 stories of 40 countries, 1,500 say something else of two, both in languages that are not among those told
/// apart; of menus and lists, which are in no one language, any number says something else than any other.
const LOOKED_AT: usize = 500;

/// The language of a text as in BCP 47; empty where it cannot be said.
///
/// Scripts that one language has are read off the script; among the others sixteen are told apart by [`whichlang`]. It names one of
/// its own for any text, so that what is outside its scripts is not asked.
///
/// ```
/// let text = "The ferry to the Outer Skerries sails again from Monday, the port said, after three weeks of repairs to a shaft.";
/// assert_eq!(copydesk_text::language(text), "en");
/// assert_eq!(copydesk_text::language("42"), "");
/// ```
pub fn language(text: &str) -> &'static str {
    let head = Head::of(text);
    head.told_by_script().unwrap_or_else(|| code(detect_language(head.text)))
}

/// Tells the languages of texts one after the other: those that begin as one of the last did are not read again.
///
/// ```
/// let mut languages = copydesk_text::Languages::default();
/// let text = "The ferry to the Outer Skerries sails again from Monday, the port said, after three weeks of repairs to a shaft.";
/// assert_eq!([languages.of(text), languages.of(text)], ["en", "en"]);
/// ```
#[derive(Debug, Default)]
pub struct Languages {
    /// Hashes of what they began with, the last first.
    recent: VecDeque<(u64, &'static str)>,
}

impl Languages {
    /// The versions of a story come one after the other.
    const RECENT: usize = 8;

    /// What [`language`] says.
    pub fn of(&mut self, text: &str) -> &'static str {
        let head = Head::of(text);
        head.told_by_script().unwrap_or_else(|| {
            let hash = xxh3_64(head.text.as_bytes());
            if let Some(&(_, told)) = self.recent.iter().find(|(known, _)| *known == hash) {
                return told;
            }
            let told = code(detect_language(head.text));
            self.recent.truncate(Self::RECENT - 1);
            self.recent.push_front((hash, told));
            told
        })
    }
}

/// What of a text is looked at.
struct Head<'t> {
    text: &'t str,
    letters: usize,
    /// Letters by script.
    counts: [usize; Script::ALL],
}

impl<'t> Head<'t> {
    fn of(text: &'t str) -> Self {
        let mut counts = [0usize; Script::ALL];
        let (mut at, mut letters) = (0, 0);
        let eights = Eights::of(text.as_bytes());
        while at < text.len() {
            // Of eight characters in ASCII only the letters are counted.
            let eight = eights.at(at);
            if eight & HIGH == 0 && at + 8 <= text.len() {
                let others = (no_letters(eight) >> 7).wrapping_mul(LOW) >> 56;
                let found = 8 - others as usize;
                if letters + found <= LOOKED_AT {
                    (at, letters) = (at + 8, letters + found);
                    continue;
                }
            }
            let c = text[at..].chars().next().unwrap_or(' ');
            if c.is_alphabetic() {
                if letters == LOOKED_AT {
                    break;
                }
                letters += 1;
                if !c.is_ascii() {
                    counts[Script::of(c) as usize] += 1;
                }
            }
            at += c.len_utf8();
        }
        // Letters in ASCII, which most are, were not counted one by one.
        counts[Script::Latin as usize] += letters - counts.iter().sum::<usize>();
        Self { text: &text[..at], letters, counts }
    }

    /// The language, where the script tells it, or tells that none can be said.
    fn told_by_script(&self) -> Option<&'static str> {
        let Self { text, letters, ref counts } = *self;
        // Japanese is written with Han too, but not without kana.
        if counts[Script::Kana as usize] * 20 > letters {
            return Some("ja");
        }
        let most = (0..Script::ALL).max_by_key(|&script| counts[script]).unwrap_or(0);
        if counts[most] == 0 {
            return Some("");
        }
        Some(match most {
            s if s == Script::Han as usize && letters >= LETTERS / 6 => "zh",
            s if s == Script::Hangul as usize => "ko",
            s if s == Script::Thai as usize => "th",
            s if s == Script::Greek as usize => "el",
            s if s == Script::Hebrew as usize => "he",
            s if s == Script::Arabic as usize && text.contains(['پ', 'چ', 'ژ', 'گ']) => "",
            s if s == Script::Cyrillic as usize && text.contains(['і', 'ї', 'є', 'ґ', 'ў', 'ј', 'љ']) => "",
            s if s == Script::Other as usize || letters < LETTERS => "",
            _ => return None,
        })
    }
}

#[derive(Clone, Copy)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
    Hebrew,
    Arabic,
    Devanagari,
    Thai,
    Hangul,
    Kana,
    Han,
    Other,
}

impl Script {
    const ALL: usize = Script::Other as usize + 1;

    fn of(c: char) -> Self {
        match c as u32 {
            0x41..=0x24F | 0x1E00..=0x1EFF => Script::Latin,
            0x370..=0x3FF | 0x1F00..=0x1FFF => Script::Greek,
            0x400..=0x52F => Script::Cyrillic,
            0x590..=0x5FF => Script::Hebrew,
            0x600..=0x6FF | 0x750..=0x77F | 0xFB50..=0xFDFF | 0xFE70..=0xFEFF => Script::Arabic,
            0x900..=0x97F => Script::Devanagari,
            0xE00..=0xE7F => Script::Thai,
            0x1100..=0x11FF | 0xAC00..=0xD7A3 => Script::Hangul,
            0x3040..=0x30FF | 0xFF66..=0xFF9F => Script::Kana,
            0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF => Script::Han,
            _ => Script::Other,
        }
    }
}

fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Ara => "ar",
        Lang::Cmn => "zh",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Hin => "hi",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Nld => "nl",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_by_letters_and_words() {
        let check = |text: &str, expected: &str| assert_eq!(language(text), expected, "{text}");
        check(
            "Die Fähre nach den äußeren Schären fährt ab Montag wieder, teilte der Hafen nach drei Wochen Reparatur mit.",
            "de",
        );
        check(
            "Le bac pour les îles reprend lundi, a annoncé le port après trois semaines de réparations de son arbre.",
            "fr",
        );
        check("منارة رأس السنديان تضيء من جديد بعد ثلاثين عاماً من العتمة وفق ما أعلنت البلدية في بيان صدر أمس", "ar");
        check("潮見島の渡し船、最後の木造船が引退", "ja");
        check("渡轮将于星期一恢复航行，港口在经过三周维修之后宣布", "zh");
        check("연락선은 월요일부터 다시 운항한다", "ko");
        check("เรือข้ามฟากจะกลับมาให้บริการ", "th");
        check("Паром снова ходит с понедельника, сообщил порт после трёх недель ремонта гребного вала.", "ru");
        check("Ferry", "");
        check("", "");
    }
}
