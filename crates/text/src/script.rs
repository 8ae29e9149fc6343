/// Whether a character belongs to a script that is written without spaces between words: each is a word of its own then.
///
/// Han, kana, bopomofo, Thai, Lao, Burmese, Khmer. Korean is written with spaces.
///
/// ```
/// use copydesk_text::is_unspaced;
/// assert!(is_unspaced('新') && is_unspaced('ข') && is_unspaced('カ') && is_unspaced('ក'));
/// assert!(!is_unspaced('a') && !is_unspaced('한') && !is_unspaced('ع'));
/// ```
#[inline]
pub fn is_unspaced(c: char) -> bool {
    matches!(c as u32,
        0x0E00..=0x0EFF // Thai, Lao
        | 0x1000..=0x109F | 0xA9E0..=0xA9FF | 0xAA60..=0xAA7F // Burmese
        | 0x1780..=0x17FF | 0x19E0..=0x19FF // Khmer
        | 0x3005..=0x3007 | 0x3041..=0x312F | 0x31A0..=0x31BF | 0x31F0..=0x31FF // kana, bopomofo, iteration marks
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0xFF66..=0xFF9F // Han, half-width kana
        | 0x1_AFF0..=0x1_B16F | 0x2_0000..=0x3_FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_and_punctuation_are_spaced() {
        assert!((0..0x300).filter_map(char::from_u32).all(|c| !is_unspaced(c)));
        assert!(!is_unspaced('。') && !is_unspaced('、') && !is_unspaced('「'));
    }
}
