/// How many lines of them are looked at.
const LINES: usize = 16;

/// What the first lines are.
pub(super) enum Lines {
    /// The first line is a JSON object, or most of the first ones are.
    Objects,
    /// Some are.
    Mixed,
    Other,
}

/// Whether a line, without spaces around it, is a JSON object.
pub(super) fn is_object(line: &[u8]) -> bool {
    line.starts_with(b"{") && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
}

pub(super) fn json_lines(head: &[u8]) -> Lines {
    // The last piece is cut unless the file ends there; it is judged by its beginning alone.
    let mut objects = 0;
    let mut seen = 0;
    for (i, line) in
        head.split(|&b| b == b'\n').map(<[u8]>::trim_ascii).filter(|l| !l.is_empty()).take(LINES).enumerate()
    {
        let object = match serde_json::from_slice::<serde::de::IgnoredAny>(line) {
            Ok(_) => line.starts_with(b"{"),
            Err(e) => e.is_eof() && begins_object(line),
        };
        if object && i == 0 {
            return Lines::Objects;
        }
        seen += 1;
        objects += usize::from(object);
    }
    match objects {
        0 => Lines::Other,
        n if n * 2 > seen => Lines::Objects,
        _ => Lines::Mixed,
    }
}

/// Whether a line that ends too early begins as an object does: `{"key":`.
fn begins_object(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"{") else { return false };
    let Some(rest) = rest.trim_ascii_start().strip_prefix(b"\"") else { return false };
    let Some(quote) = memchr::memchr(b'"', rest) else { return false };
    rest[quote + 1..].trim_ascii_start().starts_with(b":")
}
