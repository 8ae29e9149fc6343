use std::{
    borrow::Cow,
    io::{self, Read},
};

use copydesk_model::Outcome;

use crate::{
    fields::{Fields, end_of_header, media_type, parameter},
    reader::too_large,
};

type Refusal = (Outcome, String);

/// What a server sent, as a crawler kept it.
pub(crate) struct Response<'b> {
    pub(crate) status: u16,
    /// In lower case, without parameters; empty when the server named none.
    pub(crate) media_type: String,
    pub(crate) charset: String,
    fields: Fields,
    body: &'b [u8],
}

impl<'b> Response<'b> {
    pub(crate) fn read(block: &'b [u8]) -> Result<Self, Refusal> {
        let response = Self::first(block)?;
        match response.status {
            // `100 Continue` and the like come before the answer.
            100..=199 if response.body.starts_with(b"HTTP/") => Self::first(response.body),
            _ => Ok(response),
        }
    }

    fn first(block: &'b [u8]) -> Result<Self, Refusal> {
        let (lines, body) = match end_of_header(block) {
            Some((end, begin)) => (&block[..end], &block[begin..]),
            None => (block, &block[block.len()..]),
        };
        let first = memchr::memchr(b'\n', lines).map_or(lines.len(), |i| i + 1);
        let status = status(&lines[..first])
            .ok_or_else(|| (Outcome::Damaged, "its HTTP status line cannot be read".to_owned()))?;
        let mut fields = Fields::default();
        fields.read(&lines[first..]);
        let content_type = fields.get("content-type");
        let (media_type, charset) = (media_type(&content_type), parameter(&content_type, "charset").to_owned());
        Ok(Self { status, media_type, charset, fields, body })
    }

    /// The page, with transfer and content encodings undone; of at most `limit` bytes. A body that was `cut` by the crawler may
    /// break off.
    pub(crate) fn body(&self, limit: usize, cut: bool) -> Result<Cow<'b, [u8]>, Refusal> {
        let mut body = Cow::Borrowed(self.body);
        let transfer = self.fields.get("transfer-encoding").to_ascii_lowercase();
        if transfer.split(',').any(|coding| coding.trim() == "chunked") {
            body = joined(body, cut)?;
        }
        let encodings = self.fields.get("content-encoding").to_ascii_lowercase();
        // Servers mean one, now and then two; each is work, and a header may name a thousand.
        for encoding in encodings.split(',').rev().take(MOST_ENCODINGS) {
            body = decoded(body, encoding.trim(), limit, cut)?;
        }
        if body.len() > limit {
            return Err((Outcome::TooLarge, too_large("page", limit)));
        }
        Ok(body)
    }
}

/// Content encodings that are undone; what is named before them is left as it is.
const MOST_ENCODINGS: usize = 4;

/// The number in `HTTP/1.1 200 OK`; crawlers that drive a browser write `HTTP/2 200`.
fn status(line: &[u8]) -> Option<u16> {
    let line = str::from_utf8(line.get(..40.min(line.len()))?).ok().or_else(|| {
        // The reason phrase may be in any encoding.
        str::from_utf8(line.get(..12)?).ok()
    })?;
    let rest = line.trim_start().get(5..)?;
    if !line.trim_start().get(..5)?.eq_ignore_ascii_case("http/") {
        return None;
    }
    rest.split_ascii_whitespace().nth(1)?.parse().ok()
}

/// A chunked body as one. Crawlers that join the chunks and keep the header are known; then there is no size to be seen.
fn joined(body: Cow<'_, [u8]>, cut: bool) -> Result<Cow<'_, [u8]>, Refusal> {
    let mut out = Vec::new();
    let mut rest = &body[..];
    loop {
        let at = body.len() - rest.len();
        let broken = || Err((Outcome::Damaged, format!("its chunked body is broken at byte {at}")));
        let line = memchr::memchr(b'\n', &rest[..rest.len().min(LONGEST_SIZE_LINE)]);
        let size = line.and_then(|end| size(&rest[..end]));
        let (Some(line), Some(size)) = (line, size) else {
            return match () {
                () if at == 0 => Ok(body),
                // Servers that close the connection instead of sending the last chunk are as common as those that do not.
                () if cut || rest.trim_ascii().is_empty() => Ok(Cow::Owned(out)),
                () => broken(),
            };
        };
        rest = &rest[line + 1..];
        if size == 0 {
            return Ok(Cow::Owned(out));
        }
        let Some(chunk) = usize::try_from(size).ok().and_then(|size| rest.get(..size)) else {
            if cut {
                out.extend_from_slice(rest);
                return Ok(Cow::Owned(out));
            }
            return broken();
        };
        out.extend_from_slice(chunk);
        rest = &rest[chunk.len()..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

/// A size and its extensions; longer lines are no sizes.
const LONGEST_SIZE_LINE: usize = 1024;

fn size(line: &[u8]) -> Option<u64> {
    let digits = line.split(|&b| b == b';').next()?.trim_ascii();
    u64::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()
}

/// Undoes one content encoding. Crawlers that unpack and keep the header are common: then it does not begin as packed bytes do,
/// and is taken as it is.
fn decoded<'b>(body: Cow<'b, [u8]>, encoding: &str, limit: usize, cut: bool) -> Result<Cow<'b, [u8]>, Refusal> {
    let unpacked = match encoding {
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => match gzip_whole(&body, limit) {
            Some(page) => (page, Ok(())),
            None => unpack(flate2::bufread::GzDecoder::new(&body[..]), limit),
        },
        "deflate" if is_zlib(&body) => unpack(flate2::bufread::ZlibDecoder::new(&body[..]), limit),
        // What is meant is zlib; some servers send the bare stream, and browsers take both.
        "deflate" => unpack(flate2::bufread::DeflateDecoder::new(&body[..]), limit),
        "br" => unpack(brotli_decompressor::Decompressor::new(&body[..], 8 << 10), limit),
        "zstd" if body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => match zstd::Decoder::with_buffer(&body[..]) {
            Ok(mut decoder) => match decoder.window_log_max(LARGEST_WINDOW) {
                Ok(()) => unpack(decoder.single_frame(), limit),
                Err(e) => (Vec::new(), Err(e)),
            },
            Err(e) => (Vec::new(), Err(e)),
        },
        _ => return Ok(body),
    };
    match unpacked {
        (out, _) if out.len() > limit => Err((Outcome::TooLarge, too_large("page", limit))),
        (out, Ok(())) => Ok(Cow::Owned(out)),
        (out, Err(_)) if cut && !out.is_empty() => Ok(Cow::Owned(out)),
        (_, Err(_)) if is_text(&body) => Ok(body),
        (_, Err(e)) => Err((Outcome::Damaged, format!("its body is not the `{encoding}` that its header says: {e}"))),
    }
}

/// RFC 9659: a server may not ask for a window of more than 8 MB.
const LARGEST_WINDOW: u32 = 23;

/// In one go, three times as fast as a stream: for a body that is whole and ends with its true length, as all but a few do.
fn gzip_whole(body: &[u8], limit: usize) -> Option<Vec<u8>> {
    let length = u32::from_le_bytes(*body.last_chunk()?) as usize;
    // Deflate packs to 1:1032 at best: a length of more is none.
    if length > limit.min(body.len().saturating_mul(1032)) {
        return None;
    }
    let mut page = vec![0; length];
    let n = libdeflater::Decompressor::new().gzip_decompress(body, &mut page).ok()?;
    page.truncate(n);
    Some(page)
}

fn unpack(decoder: impl Read, limit: usize) -> (Vec<u8>, io::Result<()>) {
    let mut out = Vec::new();
    let status = decoder.take(limit as u64 + 1).read_to_end(&mut out);
    (out, status.map(|_| ()))
}

fn is_zlib(body: &[u8]) -> bool {
    matches!(body, &[a, b, ..] if a & 0x0f == 8 && (u16::from(a) << 8 | u16::from(b)).is_multiple_of(31))
}

/// Whether it begins as text does: for bodies that are not what their encoding says.
fn is_text(body: &[u8]) -> bool {
    let head = &body[..body.len().min(512)];
    !head.is_empty()
        && head.iter().all(|&b| b >= 0x20 || matches!(b, b'\t' | b'\n' | b'\r' | 0x0c))
        && head.trim_ascii_start().starts_with(b"<")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    const PAGE: &str = "<!doctype html><p>The ferry runs again.";

    fn body_of(fields: &str, body: &[u8], limit: usize, cut: bool) -> Result<String, Refusal> {
        let block = [b"HTTP/1.1 200 OK\r\n", fields.as_bytes(), b"\r\n\r\n", body].concat();
        let response = Response::read(&block).unwrap();
        response.body(limit, cut).map(|body| String::from_utf8_lossy(&body).into_owned())
    }

    #[track_caller]
    fn check(fields: &str, body: &[u8], expected: &str) {
        assert_eq!(body_of(fields, body, 1000, false).as_deref(), Ok(expected));
    }

    #[track_caller]
    fn check_refused(fields: &str, body: &[u8], expected: Outcome) {
        assert_eq!(body_of(fields, body, 1000, false).unwrap_err().0, expected);
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    /// `PAGE` as a brotli encoder that does not compress writes it: one meta-block of bytes as they are, and the empty last one.
    fn brotli(bytes: &[u8]) -> Vec<u8> {
        let n = bytes.len() - 1;
        // WBITS 16 (0), not last (0), 4 nibbles (00), length - 1 (16 bits), uncompressed (1).
        let bits = (n as u32) << 4 | 1 << 20;
        [&bits.to_le_bytes()[..3], bytes, &[3]].concat()
    }

    #[test]
    fn status_lines() {
        let of = |line: &[u8]| Response::read(line).map(|r| r.status).map_err(|e| e.0);
        assert_eq!(of(b"HTTP/1.1 200 OK\r\n\r\n"), Ok(200));
        assert_eq!(of(b"HTTP/1.0 404\r\n\r\n"), Ok(404));
        assert_eq!(of(b"HTTP/2 200\n\n"), Ok(200));
        assert_eq!(of(b"http/1.1  301  Moved\r\n"), Ok(301));
        assert_eq!(of(b"HTTP/1.1 200 D\xe9accord et une tres longue phrase qui suit\r\n\r\n"), Ok(200));
        assert_eq!(of(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"), Ok(200));
        assert_eq!(of(b"<html>"), Err(Outcome::Damaged));
        assert_eq!(of(b""), Err(Outcome::Damaged));
        assert_eq!(of(b"HTTP/1.1\r\n\r\n"), Err(Outcome::Damaged));
    }

    #[test]
    fn headers_say_what_the_body_is() {
        let response =
            Response::read(b"HTTP/1.1 200 OK\nContent-Type: TEXT/html;\n charset=\"Shift_JIS\"\n\nx").unwrap();
        assert_eq!(
            (response.media_type.as_str(), response.charset.as_str(), response.body),
            ("text/html", "Shift_JIS", &b"x"[..])
        );
    }

    #[test]
    fn chunks_are_joined() {
        check("Transfer-Encoding: chunked", b"5\r\nferry\r\n6;a=b\r\n again\r\n0\r\n\r\n", "ferry again");
        check("transfer-encoding: gzip, Chunked", b"5\nferry\n0\n", "ferry");
        check("Transfer-Encoding: chunked", b"5\r\nferry\r\n", "ferry");
        check("Transfer-Encoding: chunked", PAGE.as_bytes(), PAGE);
        check_refused("Transfer-Encoding: chunked", b"5\r\nferry\r\nffffffffffffffff\r\nagain", Outcome::Damaged);
        check_refused("Transfer-Encoding: chunked", b"5\r\nferry\r\n9\r\nagain", Outcome::Damaged);
        check_refused("Transfer-Encoding: chunked", b"5\r\nferry\r\noops\r\nagain", Outcome::Damaged);
        assert_eq!(body_of("Transfer-Encoding: chunked", b"5\r\nferry\r\n9\r\nag", 99, true).as_deref(), Ok("ferryag"));
    }

    #[test]
    fn content_encodings_are_undone() {
        let page = PAGE.as_bytes();
        check("Content-Encoding: gzip", &gzip(page), PAGE);
        check("Content-Encoding: x-gzip", &[&gzip(page)[..], b"more"].concat(), PAGE);
        check("Content-Encoding: deflate", &zlib(page), PAGE);
        let bare = zlib(page);
        check("Content-Encoding: deflate", &bare[2..bare.len() - 4], PAGE);
        check("Content-Encoding: br", &brotli(page), PAGE);
        check("Content-Encoding: zstd", &zstd::encode_all(page, 1).unwrap(), PAGE);
        check("Content-Encoding: zstd, gzip", &gzip(&zstd::encode_all(page, 1).unwrap()), PAGE);
        let chunked = |body: &[u8]| [format!("{:x}\r\n", body.len()).as_bytes(), body, b"\r\n0\r\n\r\n"].concat();
        check("Content-Encoding: gzip\r\nTransfer-Encoding: chunked", &chunked(&gzip(page)), PAGE);
        check("Content-Encoding: identity", page, PAGE);
        check("Content-Encoding: utf-8", page, PAGE);
    }

    #[test]
    fn a_body_that_was_unpacked_by_the_crawler_is_taken_as_it_is() {
        for encoding in ["gzip", "deflate", "br", "zstd"] {
            check(&format!("Content-Encoding: {encoding}"), PAGE.as_bytes(), PAGE);
        }
    }

    #[test]
    fn a_broken_body_says_so() {
        let packed = gzip(&PAGE.as_bytes().repeat(20));
        check_refused("Content-Encoding: gzip", &packed[..packed.len() - 12], Outcome::Damaged);
        check_refused("Content-Encoding: br", b"\xff\xff\xff\xff", Outcome::Damaged);
        check_refused("Content-Encoding: deflate", b"\x78\x9c\xff\xff", Outcome::Damaged);
        let cut = body_of("Content-Encoding: gzip", &packed[..packed.len() - 12], 1000, true).unwrap();
        assert!(cut.starts_with(PAGE));
    }

    #[test]
    fn a_bomb_ends_at_the_limit() {
        for (encoding, bomb) in [
            ("gzip", gzip(&vec![b'x'; 50 << 20])),
            ("deflate", zlib(&vec![b'x'; 50 << 20])),
            ("zstd", zstd::encode_all(&vec![b'x'; 50 << 20][..], 1).unwrap()),
        ] {
            check_refused(&format!("Content-Encoding: {encoding}"), &bomb, Outcome::TooLarge);
        }
        check_refused("", &[b'x'; 1001], Outcome::TooLarge);
    }
}
