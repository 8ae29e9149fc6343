/// Whether a word, in small letters, is one of a list of words in small letters.
pub(crate) fn is_listed(word: &str, list: &[&str]) -> bool {
    if let (Some(first), true) = (word.bytes().next(), word.is_ascii()) {
        let first = first.to_ascii_lowercase();
        let may_be = |listed: &&&str| listed.len() == word.len() && listed.as_bytes()[0] == first;
        return list.iter().filter(may_be).any(|listed| listed.eq_ignore_ascii_case(word));
    }
    list.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_any_size_are_the_same() {
        let list = ["foto", "автор", "kép"];
        for word in ["foto", "FOTO", "Foto", "Автор", "KÉP"] {
            assert!(is_listed(word, &list), "{word}");
        }
        for word in ["", "fot", "fotos", "f0to", "авто", "kep"] {
            assert!(!is_listed(word, &list), "{word}");
        }
    }
}
