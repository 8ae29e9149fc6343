use copydesk_text::digit_value;
use unicode_normalization::{UnicodeNormalization, char::decompose_canonical};
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// How a word is looked for: lower case, compatibility forms as usual ones, and what writers of its script leave away left away.
///
/// One rule for all scripts would be wrong for most: the marks over Latin, Greek and Hebrew letters and the vowel signs of Arabic are often
/// left away by who types a query; the vowels of Hindi and Thai are marks too, and without them it is another word.
///
/// ```
/// use copydesk_search::fold;
/// assert_eq!(fold("Façade"), fold("FACADE"));
/// assert_eq!(fold("إعادة"), fold("اعاده"));
/// assert_ne!(fold("हिन्दी"), fold("हन्द"));
/// ```
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// The same, in place of what stands in `out`.
pub(crate) fn fold_into(word: &str, out: &mut String) {
    out.clear();
    if word.bytes().all(|b| b.is_ascii_alphanumeric()) {
        out.push_str(word);
        out.make_ascii_lowercase();
        return;
    }
    let mut bare = false;
    for c in word.nfkc().flat_map(char::to_lowercase).nfc() {
        if is_mark(c) {
            if !bare {
                out.push(c);
            }
            continue;
        }
        if let Some(digit) = digit_value(c) {
            out.push(char::from(b'0' + digit));
            continue;
        }
        bare = is_bare(c);
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ø' => out.push('o'),
            'đ' | 'ð' => out.push('d'),
            'ł' => out.push('l'),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            'ё' => out.push('е'),
            // Alif with whatever stands on it, final ya and ta marbuta, Persian kaf and ya.
            'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
            'ى' | 'ی' => out.push('ي'),
            'ة' => out.push('ه'),
            'ک' => out.push('ك'),
            // Tatweel, soft hyphen, and what joins and parts letters without being seen.
            'ـ' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => {}
            // й and ї are letters of their own.
            '\u{400}'..='\u{52F}' => out.push(c),
            _ if bare => decompose_canonical(c, |part| {
                if !is_mark(part) {
                    out.push(part);
                }
            }),
            _ => out.push(c),
        }
    }
}

pub(crate) fn is_mark(c: char) -> bool {
    !c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Mark
}

/// Whether a letter is of a script whose marks are left away by many who write it: Latin, Greek, Cyrillic, Hebrew, Arabic, Syriac.
fn is_bare(c: char) -> bool {
    matches!(c, '\0'..='\u{24F}' | '\u{250}'..='\u{2AF}' | '\u{370}'..='\u{52F}' | '\u{590}'..='\u{74F}' | '\u{1E00}'..='\u{1FFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(words: &[&str], expected: &str) {
        for word in words {
            assert_eq!(fold(word), expected, "{word}");
        }
    }

    #[test]
    fn by_script() {
        check(&["Élan", "ELAN", "élan", "e\u{301}lan"], "elan");
        check(&["Straße", "STRASSE"], "strasse");
        check(&["İstanbul", "istanbul"], "istanbul");
        check(&["Αθήνα", "ΑΘΗΝΑ"], "αθηνα");
        check(&["Лёд", "лед"], "лед");
        check(&["край"], "край");
        check(&["مُدَرِّسَة", "مدرسة", "مدرسـة"], "مدرسه");
        check(&["שָׁלוֹם", "שלום"], "שלום");
        check(&["ｆｕｌｌ", "full"], "full");
        check(&["١٩٨٧", "1987"], "1987");
        check(&["हिन्दी"], "हिन्दी");
        check(&["ガス", "ｶﾞｽ"], "ガス");
        check(&["한국", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"], "한국");
    }

    proptest! {
        #[test]
        fn twice_is_once(word in "\\PC{0,12}") {
            prop_assert_eq!(fold(&fold(&word)), fold(&word));
        }
    }
}
