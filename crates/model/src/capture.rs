use crate::{Html, Markup};

/// One fetch of one page: its text, or the HTML that its text is still to be read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capture {
    /// Names the capture in the archive: the input's `id`, the file's path below the folder that was given, or a hash of the content.
    pub id: String,
    /// Where it was fetched from; empty when the input does not say.
    pub url: String,
    /// When it was fetched: RFC 3339 in UTC, whole seconds (`2024-05-03T18:19:08Z`); empty when the input does not say.
    pub fetched_at: String,
    /// The digest of the page's bytes as its crawler wrote it, `sha1:` and base 32 as a rule: the kind in lower case, the sum in upper
    /// case; empty when the input does not say. By it, later visits that found the same bytes name the page.
    pub digest: String,
    /// The page's text, UTF-8: as it came, or as it was read from `html`, one block a line; empty while `html` is unread.
    pub text: String,
    /// The page as fetched, where it has not been read yet.
    pub html: Option<Box<Html>>,
    /// What the page's HTML said beside its text; `None` for a capture that came as text.
    pub markup: Option<Box<Markup>>,
}

impl Capture {
    /// The site that carried the capture: see [`site_of`].
    pub fn site(&self) -> &str {
        site_of(&self.url)
    }
}

/// The host of a URL without `www.` and without its port; empty for a text that is no URL.
///
/// ```
/// assert_eq!(copydesk_model::site_of("https://www.harbour-post.example:8080/a?b"), "harbour-post.example");
/// assert_eq!(copydesk_model::site_of(""), "");
/// ```
pub fn site_of(url: &str) -> &str {
    let Some((_, rest)) = url.split_once("://") else { return "" };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.rsplit_once(':') {
        Some((name, port)) if !name.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    host.strip_prefix("www.").unwrap_or(host)
}
