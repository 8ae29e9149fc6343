use copydesk_model::{Capture, Outcome};

use crate::kind::{BOM, NUL};

/// A whole file as one capture. The caller names it.
pub(crate) fn capture(bytes: &[u8]) -> Result<Capture, (Outcome, String)> {
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    if memchr::memchr(0, bytes).is_some() {
        return Err((Outcome::NotText, NUL.to_owned()));
    }
    let text =
        simdutf8::compat::from_utf8(bytes).map_err(|e| (Outcome::Undecodable, undecodable(bytes, e.valid_up_to())))?;
    if text.trim_start().is_empty() {
        return Err((Outcome::Empty, "has no text; nothing to do".to_owned()));
    }
    Ok(Capture { text: text.to_owned(), ..Capture::default() })
}

/// Says where the first byte stands that is no UTF-8.
pub(crate) fn undecodable(bytes: &[u8], at: usize) -> String {
    format!(
        "byte {} (0x{:02x}) is not UTF-8; convert the input, for instance with `iconv -f WINDOWS-1252 -t UTF-8`",
        at + 1,
        bytes.get(at).copied().unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: Result<&str, Outcome>) {
        assert_eq!(capture(bytes).map(|c| c.text).as_deref().map_err(|e| e.0), expected);
    }

    #[test]
    fn text_is_kept_as_it_came() {
        check(b"Ferry\r\n\r\nruns ", Ok("Ferry\r\n\r\nruns "));
        check(b"\xef\xbb\xbfFerry", Ok("Ferry"));
        check("渡し船 العبّارة".as_bytes(), Ok("渡し船 العبّارة"));
    }

    #[test]
    fn what_is_no_text_says_so() {
        check(b"", Err(Outcome::Empty));
        check(b"\xef\xbb\xbf \r\n\t\xc2\xa0", Err(Outcome::Empty));
        check(b"caf\xe9", Err(Outcome::Undecodable));
        check(b"a\0b", Err(Outcome::NotText));
        assert!(capture(b"caf\xe9").unwrap_err().1.starts_with("byte 4 (0xe9)"));
    }
}
