//! Text as labels compare it.

/// The words of a text in small letters, a space between two.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_spaces() {
        assert_eq!(plain("  “Ferry”  sails — again, at 9.30!\n"), "ferry sails again at 9 30");
        assert_eq!(plain("…"), "");
    }
}
