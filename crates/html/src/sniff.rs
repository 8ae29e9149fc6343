//! What is no HTML, told by its first bytes.

/// Kinds of files that come under the name of a page, by how they begin.
const BEGINNINGS: [(&[u8], &str); 30] = [
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"RIFF", "a RIFF file (WebP, WAV or AVI)"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\0\0\x01\0", "an icon"),
    (b"PK\x03\x04", "a ZIP archive or an office file"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"\xfd7zXZ", "xz"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an office file"),
    (b"{\\rtf", "RTF"),
    (b"ID3", "an MP3"),
    (b"OggS", "Ogg audio or video"),
    (b"fLaC", "FLAC audio"),
    (b"\x1aE\xdf\xa3", "Matroska or WebM video"),
    (b"\0\0\x01\xba", "MPEG video"),
    (b"FLV\x01", "Flash video"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\0asm", "WebAssembly"),
    (b"SQLite format 3\0", "a SQLite file"),
    (b"PAR1", "a Parquet file"),
];

/// What the bytes are if they are no text; `None` for what may be HTML.
pub(crate) fn binary(bytes: &[u8]) -> Option<&'static str> {
    if let Some((_, what)) = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning)) {
        return Some(what);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some("an MP4 or HEIF file");
    }
    let head = &bytes[..bytes.len().min(1024)];
    // UTF-16 has a NUL in every other byte, and either a mark or a `<` in front
    let is_wide = matches!(head, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [b'<', 0, ..] | [0, b'<', ..]);
    let nuls = head.iter().filter(|&&b| b == 0).count();
    (!is_wide && nuls * 50 > head.len()).then_some("bytes that are no text")
}

/// Whether a page says that it is XHTML: by its declaration and its namespace, which pages that are only called so in their doctype leave out
/// together.
pub(crate) fn is_xhtml(text: &str) -> bool {
    let Some(declared) = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').strip_prefix("<?xml ")
    else {
        return false;
    };
    let Some(root) = declared.find("<html").map(|at| &declared[at..]) else { return false };
    root[..root.find('>').unwrap_or(root.len())].contains("http://www.w3.org/1999/xhtml")
}

/// Whether the root of a page is XHTML's, which pages that are served as HTML have as well.
pub(crate) fn has_xhtml_root(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(4096)];
    let Some(root) = head.find("<html").map(|at| &head[at..]) else { return false };
    root[..root.find('>').unwrap_or(root.len())].contains("http://www.w3.org/1999/xhtml")
}

/// What a text is that is neither HTML nor plain text; `None` for what may be HTML.
pub(crate) fn other_text(text: &str) -> Option<&'static str> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let is_json = match text.as_bytes().first()? {
        b'{' => text[1..].trim_start().starts_with(['"', '}']),
        b'[' => text[1..].trim_start().starts_with(['{', '[', '"', ']']),
        _ => false,
    };
    if is_json {
        return Some("JSON");
    }
    let text = match text.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or("", |(_, rest)| rest).trim_start(),
        None => text,
    };
    ["<rss", "<feed", "<rdf:RDF", "<urlset", "<sitemapindex"]
        .iter()
        .any(|root| text.starts_with(root))
        .then_some("an XML feed or a list of pages")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_other_kinds_are_told_by_their_beginning() {
        assert_eq!(binary(b"%PDF-1.7\n%..."), Some("a PDF"));
        assert_eq!(binary(b"\0\0\0\x18ftypmp42"), Some("an MP4 or HEIF file"));
        assert_eq!(binary(&[7, 0, 0, 9, 1, 0, 0, 3]), Some("bytes that are no text"));
        assert_eq!(binary(b"<!doctype html><p>GIF89a is a format"), None);
        assert_eq!(binary(b"<\0p\0>\0a\0"), None);
        assert_eq!(binary(b""), None);
    }

    #[test]
    fn texts_of_other_kinds_are_told_as_well() {
        assert_eq!(other_text(" {\"html\": \"<p>\"}"), Some("JSON"));
        assert_eq!(
            other_text("<?xml version=\"1.0\"?>\n<rss version=\"2.0\">"),
            Some("an XML feed or a list of pages")
        );
        assert_eq!(other_text("<?xml version=\"1.0\"?><html>"), None);
        assert_eq!(other_text("{{ a template }} <p>text"), None);
        assert_eq!(other_text("[AP] The ferry sails"), None);
    }
}
