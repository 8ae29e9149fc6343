use std::borrow::Cow;

use copydesk_model::{Capture, Html, Outcome};
use xxhash_rust::xxh3::Xxh3;

use crate::{
    kind::{self, BOM, NUL},
    plain::undecodable,
};

/// What a page is made of: HTML that is still to be read, or text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Html(Html),
    Text(String),
}

impl Content {
    /// Bytes of the page.
    pub(crate) fn size(&self) -> usize {
        match self {
            Content::Html(html) => html.bytes.len(),
            Content::Text(text) => text.len(),
        }
    }

    /// Puts it into a capture, which gets an id made of it when it has none.
    pub(crate) fn into_capture(self, mut capture: Capture) -> Capture {
        match self {
            Content::Html(html) => capture.html = Some(Box::new(html)),
            Content::Text(text) => capture.text = text,
        }
        if capture.id.is_empty() {
            capture.id = content_id(&capture);
        }
        capture
    }
}

/// The id of a capture that comes without one: equal for equal content, whatever input it comes from.
pub(crate) fn content_id(capture: &Capture) -> String {
    let page = capture.html.as_ref().map_or(capture.text.as_bytes(), |html| &html.bytes);
    let mut hash = Xxh3::new();
    for field in [capture.url.as_bytes(), capture.fetched_at.as_bytes(), page] {
        hash.update(&(field.len() as u64).to_le_bytes());
        hash.update(field);
    }
    format!("{:032x}", hash.digest128())
}

/// What was served as `media_type` in `charset`, either of them empty where nobody says.
pub(crate) fn content(bytes: Cow<'_, [u8]>, media_type: &str, charset: &str) -> Result<Content, (Outcome, String)> {
    let as_html = match media_type {
        "text/html" => true,
        other if is_xhtml(other) => true,
        "text/plain" => kind::is_html(&bytes),
        // Servers that name no type, or the one for bytes of any kind, leave it to the browser.
        "" | "application/octet-stream" | "application/x-unknown-content-type" | "unknown/unknown" => {
            match kind::is_html(&bytes) {
                true => true,
                false => return Err((Outcome::NoPage, "names no media type, and is no HTML".to_owned())),
            }
        }
        other => {
            let other: String = other.chars().take(80).collect();
            return Err((Outcome::NoPage, format!("is `{other}`, which holds no page")));
        }
    };
    if let Some((outcome, what)) = kind::foreign(&bytes) {
        return Err((outcome, format!("is served as `{media_type}` and is {what}")));
    }
    if bytes.trim_ascii().is_empty() {
        return Err((Outcome::Empty, "has an empty body; nothing to do".to_owned()));
    }
    if as_html {
        return Ok(Content::Html(Html {
            bytes: bytes.into_owned(),
            charset: charset.to_owned(),
            is_xhtml: is_xhtml(media_type),
        }));
    }
    text(&bytes, charset).map(Content::Text)
}

/// Whether browsers read what is served as this by the rules of XML.
pub(crate) fn is_xhtml(media_type: &str) -> bool {
    matches!(media_type, "application/xhtml+xml" | "application/vnd.wap.xhtml+xml")
}

/// Text in the character set that is named, or UTF-8.
fn text(bytes: &[u8], charset: &str) -> Result<String, (Outcome, String)> {
    let text = match simdutf8::compat::from_utf8(bytes.strip_prefix(BOM).unwrap_or(bytes)) {
        Ok(text) => text.to_owned(),
        Err(e) => {
            let named =
                encoding_rs::Encoding::for_label(charset.as_bytes()).filter(|&named| named != encoding_rs::UTF_8);
            match named.map(|named| named.decode(bytes)) {
                Some((text, _, false)) => text.into_owned(),
                _ => return Err((Outcome::Undecodable, undecodable(bytes, e.valid_up_to()))),
            }
        }
    };
    if text.contains('\0') {
        return Err((Outcome::NotText, NUL.to_owned()));
    }
    if text.trim_start().is_empty() {
        return Err((Outcome::Empty, "has an empty body; nothing to do".to_owned()));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], media_type: &str, charset: &str, expected: Result<&str, Outcome>) {
        let found = content(bytes.into(), media_type, charset);
        let found = found.as_ref().map(|content| match content {
            Content::Html(html) => format!("{} {}", if html.is_xhtml { "xhtml" } else { "html" }, html.charset),
            Content::Text(text) => text.clone(),
        });
        assert_eq!(found.as_deref().map_err(|e| e.0), expected);
    }

    #[test]
    fn what_is_served_is_believed_where_the_bytes_allow_it() {
        check(b"<p>Ferry", "text/html", "koi8-r", Ok("html koi8-r"));
        check(b"Ferry", "application/xhtml+xml", "", Ok("xhtml "));
        check(b"Ferry", "text/plain", "", Ok("Ferry"));
        check(b"caf\xe9", "text/plain", "iso-8859-1", Ok("café"));
        check(b"caf\xe9", "text/plain", "", Err(Outcome::Undecodable));
        check(b"caf\xe9", "text/plain", "utf8", Err(Outcome::Undecodable));
        check(b"\xef\xbb\xbfFerry", "text/plain", "", Ok("Ferry"));
        check(b"<!doctype html><p>Ferry", "text/plain", "", Ok("html "));
        check(b"<!doctype html><p>Ferry", "", "", Ok("html "));
        check(b"Ferry", "", "", Err(Outcome::NoPage));
        check(b"\xff\xd8\xff", "image/jpeg", "", Err(Outcome::NoPage));
        check(b"%PDF-1.7 ...", "text/html", "", Err(Outcome::NotText));
        check(b" \r\n", "text/html", "", Err(Outcome::Empty));
        check(b"", "text/plain", "", Err(Outcome::Empty));
        check(b"a\0b", "text/plain", "", Err(Outcome::NotText));
    }
}
