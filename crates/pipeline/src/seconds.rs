use jiff::Timestamp;

/// Seconds since 1970 of `2024-05-03T18:19:08Z`; `None` for anything else.
pub(crate) fn from_text(text: &str) -> Option<i64> {
    let is_whole = text.len() == 20 && text.as_bytes()[10] == b'T' && text.ends_with('Z');
    if is_whole { text.parse::<Timestamp>().ok().map(Timestamp::as_second) } else { None }
}

/// The other way; the empty text for `i64::MIN`, which stands for no time.
pub(crate) fn to_text(seconds: i64) -> String {
    Timestamp::from_second(seconds).map_or_else(|_| String::new(), |time| time.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_instants() {
        let check = |text: &str, expected: Option<i64>| {
            assert_eq!(from_text(text), expected, "{text}");
            assert!(expected.is_none_or(|seconds| to_text(seconds) == text), "{text}");
        };
        check("1970-01-01T00:00:00Z", Some(0));
        check("2024-02-29T12:00:01Z", Some(1_709_208_001));
        check("1969-12-31T23:59:59Z", Some(-1));
        check("2024-02-29", None);
        check("", None);
        check("2024-02-29T12:00:01+", None);
    }
}
