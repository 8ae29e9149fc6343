use std::ops::Range;

/// A folded word and where it stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Hash of the folded word; equal for `Don’t` and `don't`, for `1,000` and `1000`. The lowest bit says whether it is a number.
    pub key: u32,
    /// First byte in the text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Word {
    /// Whether the word is a number.
    pub fn is_number(&self) -> bool {
        self.key & 1 == 1
    }

    /// The bytes of the text that the word stands on.
    pub fn span(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The words of a text, in order.
pub fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::with_capacity(text.len() / 6);
    for_each_word(text, |word| out.push(word));
    out
}

/// Calls `each` with the words of a text, in order.
pub fn for_each_word(text: &str, mut each: impl FnMut(Word)) {
    let mut from = None;
    for (k, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphanumeric() || (from.is_some() && matches!(c, '\'' | '’')) {
            from.get_or_insert(k);
        } else if let Some(start) = from.take() {
            let raw = &text[start..k];
            let folded: String = raw.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            let number = folded.bytes().all(|b| b.is_ascii_digit());
            let key = (xxhash_rust::xxh3::xxh3_64(folded.as_bytes()) as u32 & !1) | u32::from(number);
            each(Word { key, start: start as u32, end: k as u32 });
        }
    }
}
