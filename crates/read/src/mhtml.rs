use std::borrow::Cow;

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use copydesk_model::{Capture, Outcome};
use memchr::memmem;
use quoted_printable::ParseMode;

use crate::{
    content::content,
    fields::{Fields, end_of_header, media_type, parameter},
    to_utc_seconds,
};

type Refusal = (Outcome, String);

/// Whether bytes begin as a page does that a browser saved with its parts: a mail's header of a message in parts.
pub(crate) fn is_mhtml(head: &[u8]) -> bool {
    let Some((end, _)) = end_of_header(head) else { return false };
    let mut fields = Fields::default();
    fields.read(&head[..end]);
    fields.has("mime-version") && media_type(&fields.get("content-type")).starts_with("multipart/")
}

/// The page itself, which is the part that the header names or the first one of HTML; frames and pictures are left.
pub(crate) fn capture(bytes: &[u8]) -> Result<Capture, Refusal> {
    let (head, body) = split(bytes).ok_or_else(|| damaged("its header does not end"))?;
    let content_type = head.get("content-type");
    let boundary = parameter(&content_type, "boundary");
    if boundary.is_empty() {
        return Err(damaged("its header names no boundary between its parts"));
    }
    let start = parameter(&content_type, "start");
    let (mut parts, whole) = parts(body, boundary);
    let is_start = |part: &Part<'_>| !start.is_empty() && part.fields.get("content-id") == start;
    let at = parts.iter().position(is_start).or_else(|| parts.iter().position(|part| part.is_page()));
    let Some(at) = at else {
        return Err(match whole {
            true => (Outcome::NoPage, "none of its parts is a page".to_owned()),
            false => damaged("breaks off before a part that is a page"),
        });
    };
    if !whole && at + 1 == parts.len() {
        return Err(damaged("breaks off within the page"));
    }
    let part = parts.swap_remove(at);
    let content_type = part.fields.get("content-type");
    let page = content(part.decoded()?, &media_type(&content_type), parameter(&content_type, "charset"))?;
    let location =
        [head.get("snapshot-content-location"), part.fields.get("content-location"), head.get("content-location")];
    let url = location.into_iter().find(|url| url.contains("://")).unwrap_or_default().into_owned();
    let fetched_at = to_utc_seconds(&head.get("date")).unwrap_or_default();
    Ok(page.into_capture(Capture { url, fetched_at, ..Capture::default() }))
}

fn damaged(what: &str) -> Refusal {
    (Outcome::Damaged, what.to_owned())
}

struct Part<'b> {
    fields: Fields,
    body: &'b [u8],
}

/// The parts between the boundaries, and whether the last of them is there to its end.
fn parts<'b>(body: &'b [u8], boundary: &str) -> (Vec<Part<'b>>, bool) {
    let mark = format!("--{boundary}");
    let mut parts = Vec::new();
    let mut begin = None;
    let mut ended = false;
    for at in memmem::find_iter(body, mark.as_bytes()) {
        if at > 0 && body[at - 1] != b'\n' {
            continue;
        }
        if let Some(begin) = begin {
            let part = &body[begin..at];
            parts.extend(split(part.strip_suffix(b"\n").unwrap_or(part)));
        }
        let after = at + mark.len();
        ended = body[after..].starts_with(b"--");
        if ended {
            begin = None;
            break;
        }
        begin = Some(memchr::memchr(b'\n', &body[after..]).map_or(body.len(), |i| after + i + 1));
    }
    if let Some(begin) = begin {
        parts.extend(split(&body[begin..]));
    }
    (parts.into_iter().map(|(fields, body)| Part { fields, body }).collect(), ended)
}

/// A header, and what follows it.
fn split(bytes: &[u8]) -> Option<(Fields, &[u8])> {
    let (end, begin) = end_of_header(bytes)?;
    let mut fields = Fields::default();
    fields.read(&bytes[..end]);
    Some((fields, &bytes[begin..]))
}

impl<'b> Part<'b> {
    fn is_page(&self) -> bool {
        matches!(media_type(&self.fields.get("content-type")).as_str(), "text/html" | "application/xhtml+xml")
    }

    fn decoded(&self) -> Result<Cow<'b, [u8]>, Refusal> {
        match self.fields.get("content-transfer-encoding").to_ascii_lowercase().as_str() {
            "quoted-printable" => quoted_printable::decode(self.body, ParseMode::Robust)
                .map(Cow::Owned)
                .map_err(|e| damaged(&format!("its page is no quoted-printable: {e}"))),
            "base64" => {
                let packed: Vec<u8> = self.body.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
                let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
                GeneralPurpose::new(&alphabet::STANDARD, config)
                    .decode(packed)
                    .map(Cow::Owned)
                    .map_err(|e| damaged(&format!("its page is no base 64: {e}")))
            }
            _ => Ok(Cow::Borrowed(self.body)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As browsers save a page.
    fn saved(encoding: &str, page: &str) -> String {
        format!(
            "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://harbour-post.example/1\r\nSubject: Ferry\r\n\
             Date: Fri, 3 May 2024 18:19:08 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\
             \ttype=\"text/html\";\r\n\tboundary=\"----Part--x----\"\r\n\r\n\r\n\
             ------Part--x----\r\nContent-Type: text/css\r\n\r\np {{}}\r\n\
             ------Part--x----\r\nContent-Type: text/html; charset=koi8-r\r\nContent-Transfer-Encoding: {encoding}\r\n\
             Content-Location: https://harbour-post.example/2\r\n\r\n{page}\r\n\
             ------Part--x----\r\nContent-Type: text/html\r\n\r\n<p>A frame\r\n------Part--x------\r\n"
        )
    }

    #[track_caller]
    fn check(bytes: &str, expected: Result<&str, Outcome>) {
        let found = capture(bytes.as_bytes());
        let found =
            found.as_ref().map(|c| String::from_utf8_lossy(&c.html.as_ref().unwrap().bytes).trim_end().to_owned());
        assert_eq!(found.as_deref().map_err(|e| e.0), expected);
    }

    #[test]
    fn the_page_is_taken_from_its_parts() {
        check(&saved("binary", "<p>Ferry"), Ok("<p>Ferry"));
        check(&saved("quoted-printable", "<p class=3D\"a\">Fer=\r\nry =3D"), Ok("<p class=\"a\">Ferry ="));
        check(&saved("base64", "PHA+RmVy\r\ncnk="), Ok("<p>Ferry"));
        check(&saved("8bit", "<p>Ferry").replace("\r\n", "\n"), Ok("<p>Ferry"));
        let capture = capture(saved("binary", "<p>Ferry").as_bytes()).unwrap();
        assert_eq!(
            (capture.url.as_str(), capture.fetched_at.as_str()),
            ("https://harbour-post.example/1", "2024-05-03T18:19:08Z")
        );
        assert_eq!(capture.html.unwrap().charset, "koi8-r");
    }

    #[test]
    fn what_is_broken_says_so() {
        let whole = saved("base64", "PHA+RmVycnk=");
        check(&whole[..whole.find("RmVy").unwrap()], Err(Outcome::Damaged));
        check(&whole[..whole.find("text/css").unwrap()], Err(Outcome::Damaged));
        check(&whole.replace("text/html;", "text/plane;").replace("text/html\r", "text/plane\r"), Err(Outcome::NoPage));
        check(&whole.replace("boundary", "border"), Err(Outcome::Damaged));
        check(&whole.replace("RmVy", "R?Vy"), Err(Outcome::Damaged));
        check(&whole[..40], Err(Outcome::Damaged));
        // Cut behind the page, which is whole.
        check(&whole[..whole.find("A frame").unwrap()], Ok("<p>Ferry"));
    }
}
