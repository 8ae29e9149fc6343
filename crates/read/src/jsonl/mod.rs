mod row;

use std::borrow::Cow;

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use copydesk_model::{Capture, Html, Outcome, Refused};

use crate::{
    content::content_id,
    fetched_at::to_utc_seconds,
    inputs::{READ_BEFORE, unreadable},
    packing::{Stream, goes_on},
    plain::undecodable,
    progress::Progress,
    reader::{refused, too_large},
    window::{Line, Window},
};

use row::{Column, Row};

/// A JSONL input that is being read.
pub(crate) struct Lines {
    window: Window<Box<dyn Stream>>,
    name: String,
    line: u64,
}

impl Lines {
    /// Lines from where `window` stands.
    pub(crate) fn new(window: Window<Box<dyn Stream>>, name: String) -> Self {
        Self { window, name, line: 0 }
    }

    pub(crate) fn into_window(self) -> Window<Box<dyn Stream>> {
        self.window
    }

    pub(crate) fn next(&mut self, progress: &Progress, limit: usize) -> Option<Result<Capture, Refused>> {
        loop {
            self.line += 1;
            let (name, number) = (&self.name, self.line);
            let source = || format!("{name}:{number}");
            let record = match self.window.line() {
                Ok(None) => return None,
                Ok(Some(Line::Whole(line))) if line.trim_ascii().is_empty() => continue,
                Ok(Some(Line::Whole(line))) => capture(line, |written| progress.add_undated(&source(), written)),
                Ok(Some(Line::TooLong)) => Err((Outcome::TooLarge, too_large("line", limit))),
                // A stream that broke is about the input, not about a line.
                Err(e) if goes_on(&e) => {
                    let message = format!("{e}; the reading went on at the next line behind it");
                    return Some(Err(refused(self.name.clone(), Outcome::Damaged, message)));
                }
                Err(e) => {
                    let message = unreadable(&e) + READ_BEFORE;
                    return Some(Err(refused(self.name.clone(), Outcome::Unreadable, message)));
                }
            };
            return Some(record.map_err(|(outcome, message)| refused(source(), outcome, message)));
        }
    }
}

/// One line as one capture. `undated` is called with a `fetched_at` that is no time; the capture is kept without it.
fn capture(line: &[u8], undated: impl FnOnce(&str)) -> Result<Capture, (Outcome, String)> {
    let text =
        simdutf8::compat::from_utf8(line).map_err(|e| (Outcome::Undecodable, undecodable(line, e.valid_up_to())))?;
    let row: Row = serde_json::from_str(text).map_err(|e| not_json(text, &e))?;
    let url = row.url.optional("url")?.map_or(String::new(), |url| url.trim().to_owned());
    let fetched_at = match row.fetched_at {
        Column::Text(written) => to_utc_seconds(&written).unwrap_or_else(|| {
            if !written.trim().is_empty() {
                undated(&written);
            }
            String::new()
        }),
        Column::Number(written) => {
            undated(&written);
            String::new()
        }
        other => other.optional("fetched_at")?.map_or(String::new(), Cow::into_owned),
    };
    let html = match (row.html.optional("html")?, row.html_base64.optional("html_base64")?) {
        (Some(html), _) if !html.trim_ascii().is_empty() => {
            let bytes = html.into_owned().into_bytes();
            Some(Box::new(Html { bytes, charset: "utf-8".to_owned(), is_xhtml: false }))
        }
        (_, Some(packed)) if !packed.trim_ascii().is_empty() => {
            let charset = row.charset.optional("charset")?.unwrap_or_default().trim().to_owned();
            Some(Box::new(Html { bytes: bytes_of(&packed)?, charset, is_xhtml: false }))
        }
        (None, None) if matches!(row.text, Column::Missing) => {
            return Err((
                Outcome::MissingColumn,
                "has no column `text` or `html`; name the column with the page so".to_owned(),
            ));
        }
        _ => None,
    };
    let text = match html {
        Some(_) => String::new(),
        None => {
            let text = row.text.optional("text")?.unwrap_or_default();
            let text = match text.strip_prefix('\u{feff}') {
                Some(rest) => rest.to_owned(),
                None => text.into_owned(),
            };
            if text.trim_start().is_empty() {
                return Err((Outcome::Empty, "its `text` is empty; nothing to do".to_owned()));
            }
            text
        }
    };
    let id = match row.id {
        Column::Number(id) => id,
        other => other.optional("id")?.unwrap_or_default().into_owned(),
    };
    let mut capture = Capture { id, url, fetched_at, text, html, ..Capture::default() };
    if capture.id.is_empty() {
        capture.id = content_id(&capture);
    }
    Ok(capture)
}

/// The bytes of base 64 in either alphabet, with its padding or without, over several lines or not.
fn bytes_of(packed: &str) -> Result<Vec<u8>, (Outcome, String)> {
    const ANY: GeneralPurposeConfig = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let spaced = packed.bytes().any(|b| b.is_ascii_whitespace());
    let packed = match spaced {
        true => Cow::Owned(packed.split_ascii_whitespace().collect()),
        false => Cow::Borrowed(packed),
    };
    let alphabet = if packed.contains(['-', '_']) { alphabet::URL_SAFE } else { alphabet::STANDARD };
    GeneralPurpose::new(&alphabet, ANY)
        .decode(packed.as_bytes())
        .map_err(|e| (Outcome::Damaged, format!("its `html_base64` is no base 64: {e}")))
}

fn not_json(line: &str, error: &serde_json::Error) -> (Outcome, String) {
    let what = error.to_string();
    // serde_json counts lines within what it was given, always line 1 here.
    let what = what.split(" at line ").next().unwrap_or(&what);
    if what.contains("surrogate") || what.contains("end of hex escape") {
        return (
            Outcome::Undecodable,
            format!("half a character behind a `\\u` at column {}; write the text as UTF-8", error.column()),
        );
    }
    if !line.trim_start().starts_with('{') {
        return (
            Outcome::NotJson,
            "is no JSON object; a line is `{\"url\": ..., \"fetched_at\": ..., \"text\": ...}`".to_owned(),
        );
    }
    (Outcome::NotJson, format!("is no JSON object: {what} at column {}; write one object a line", error.column()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Capture, (Outcome, String)> {
        capture(line.as_bytes(), |_| {})
    }

    #[track_caller]
    fn check_refused(line: &[u8], outcome: Outcome, says: &str) {
        let (found, message) = capture(line, |_| {}).unwrap_err();
        assert_eq!(found, outcome, "{message}");
        assert!(message.contains(says), "{message}");
    }

    #[test]
    fn a_line_is_a_capture() {
        let line = r#"{"url": " https://a.example/1 ", "fetched_at": "2024-05-03T20:19:08+02:00", "more": [1, {"text": 2}], "text": "One\r\n\n\u201cTwo\u201d ", "id": "x#1"}"#;
        let expected = Capture {
            id: "x#1".to_owned(),
            url: "https://a.example/1".to_owned(),
            fetched_at: "2024-05-03T18:19:08Z".to_owned(),
            text: "One\r\n\n“Two” ".to_owned(),
            ..Capture::default()
        };
        assert_eq!(read(line).unwrap(), expected);
        assert_eq!(read(&format!("{line}\r")).unwrap(), expected);
    }

    #[test]
    fn html_is_taken_before_text() {
        let html = |line: &str| {
            let capture = read(line).unwrap();
            assert_eq!(capture.text, "");
            let html = capture.html.unwrap();
            (String::from_utf8_lossy(&html.bytes).into_owned(), html.charset)
        };
        let utf8 = |text: &str| (text.to_owned(), "utf-8".to_owned());
        assert_eq!(html(r#"{"html": "<p>渡し船", "text": "no"}"#), utf8("<p>渡し船"));
        assert_eq!(html(r#"{"html": "<p>One", "html_base64": "PHA+VHdv"}"#), utf8("<p>One"));
        assert_eq!(
            html(r#"{"html_base64": "PHA+VHdv", "charset": "koi8-r"}"#),
            ("<p>Two".to_owned(), "koi8-r".to_owned())
        );
        assert_eq!(html(r#"{"html_base64": "PHA-VHdv\r\nPw"}"#), ("<p>Two?".to_owned(), String::new()));
        assert_eq!(read(r#"{"html": null, "text": "One"}"#).unwrap().text, "One");
        assert_eq!(read(r#"{"html": " ", "text": "One"}"#).unwrap().text, "One");
        assert_ne!(read(r#"{"html": "<p>One"}"#).unwrap().id, read(r#"{"html": "<p>Two"}"#).unwrap().id);
    }

    #[test]
    fn all_but_the_text_may_be_missing() {
        let bare = read(r#"{"text": "One"}"#).unwrap();
        assert_eq!((bare.url.as_str(), bare.fetched_at.as_str(), bare.id.len()), ("", "", 32));
        assert_eq!(read(r#"{"text": "One", "url": null, "fetched_at": null, "id": null}"#).unwrap(), bare);
        assert_eq!(read(r#"{"text": "One", "id": 17}"#).unwrap().id, "17");
        assert_eq!(read(r#"{"text": "Zero", "text": "\ufeffOne"}"#).unwrap(), bare);
    }

    #[test]
    fn an_id_is_the_content() {
        let id = |url: &str, text: &str| read(&serde_json::json!({"url": url, "text": text}).to_string()).unwrap().id;
        assert_eq!(id("https://a.example", "One"), id("https://a.example", "One"));
        assert_ne!(id("https://a.example", "One"), id("https://b.example", "One"));
        assert_ne!(id("ab", "c"), id("a", "bc"));
    }

    #[test]
    fn a_time_that_cannot_be_read_is_noted_and_left_out() {
        for (time, expected) in
            [("\"yesterday\"", Some("yesterday")), ("1714760348", Some("1714760348")), ("\"\"", None)]
        {
            let mut noted = None;
            let line = format!("{{\"text\": \"One\", \"fetched_at\": {time}}}");
            let capture = capture(line.as_bytes(), |written| noted = Some(written.to_owned())).unwrap();
            assert_eq!((capture.fetched_at.as_str(), noted.as_deref()), ("", expected));
        }
    }

    #[test]
    fn what_is_no_capture_says_why() {
        check_refused(b"oops", Outcome::NotJson, "no JSON object");
        check_refused(b"[1]", Outcome::NotJson, "no JSON object");
        check_refused(b"{\"text\": \"One\"} {}", Outcome::NotJson, "column 17");
        check_refused(b"{\"text\": \"One", Outcome::NotJson, "column");
        check_refused(b"{\"url\": \"u\"}", Outcome::MissingColumn, "`text`");
        check_refused(b"{\"html\": \"\"}", Outcome::Empty, "empty");
        check_refused(b"{\"html\": 1}", Outcome::MissingColumn, "`html` is a number");
        check_refused(b"{\"html_base64\": \"?\"}", Outcome::Damaged, "base 64");
        check_refused(b"{\"text\": 1}", Outcome::MissingColumn, "`text` is a number");
        check_refused(b"{\"text\": [\"One\"]}", Outcome::MissingColumn, "`text` is a list");
        check_refused(b"{\"text\": \"One\", \"url\": {\"a\": [1]}}", Outcome::MissingColumn, "`url` is an object");
        check_refused(b"{\"text\": null}", Outcome::Empty, "empty");
        check_refused(b"{\"text\": \" \\n\"}", Outcome::Empty, "empty");
        check_refused(b"{\"text\": \"caf\xe9\"}", Outcome::Undecodable, "0xe9");
        check_refused(br#"{"text": "\ud83d"}"#, Outcome::Undecodable, "half a character");
        check_refused(br#"{"text": "\ude00 "}"#, Outcome::Undecodable, "half a character");
        check_refused(br#"{"text": "\ud83d\u0041"}"#, Outcome::Undecodable, "half a character");
        check_refused(format!("{{\"a\": {}", "[".repeat(100_000)).as_bytes(), Outcome::NotJson, "column 100006");
    }
}
