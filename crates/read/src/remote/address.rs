use std::path::Path;

use url::Url;

/// Where something lies that is not on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    Web(Url),
    Store {
        service: Service,
        bucket: String,
        /// As it is written, for keys know no escapes; empty or ending in `/` for a folder.
        key: String,
    },
}

/// Who keeps objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Service {
    S3,
    Gs,
    Az,
}

/// An address that cannot be used: how it may be shown, and why.
pub(crate) type Unusable = (String, String);

impl Address {
    /// What the user named; `None` for a path of this machine.
    pub(crate) fn read(named: &Path) -> Option<Result<Self, Unusable>> {
        let named = named.to_str()?;
        let (scheme, rest) = named.split_once("://")?;
        let service = match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => return Some(web(named)),
            "s3" => Service::S3,
            "gs" => Service::Gs,
            "az" => Service::Az,
            _ => return None,
        };
        let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
        let refuse = |why: &str| Some(Err((shown(named), why.to_owned())));
        if bucket.contains('@') {
            return refuse("holds credentials; put them into the environment, where they are looked for");
        }
        if bucket.is_empty() || bucket.contains(['?', '#', '*', '[']) {
            return refuse("names no bucket; write `SCHEME://BUCKET/KEY`");
        }
        if signed(key).is_some() {
            return refuse("holds what an `https://` URL is signed with; hand in that URL, or the key alone");
        }
        Some(Ok(Address::Store { service, bucket: bucket.to_owned(), key: key.to_owned() }))
    }

    /// The address without anything that may be a secret: who asks, and what a URL is signed with.
    pub(crate) fn shown(&self) -> String {
        match self {
            Address::Web(url) => shown(url.as_str()),
            Address::Store { service, bucket, key } => format!("{}://{bucket}/{key}", service.scheme()),
        }
    }

    /// The part behind the last `/`.
    pub(crate) fn name(&self) -> &str {
        let path = match self {
            Address::Web(url) => url.path(),
            Address::Store { key, .. } => key,
        };
        path.rsplit('/').next().unwrap_or_default()
    }

    /// Whether it may stand for several objects, which have to be listed.
    pub(crate) fn names_many(&self) -> bool {
        match self {
            Address::Web(url) => url.path().contains('*'),
            Address::Store { key, .. } => key.is_empty() || key.ends_with('/') || is_pattern(key),
        }
    }

    /// Another object of the same bucket.
    pub(crate) fn with_key(&self, other: String) -> Self {
        match self {
            Address::Web(_) => self.clone(),
            Address::Store { service, bucket, .. } => {
                Address::Store { service: *service, bucket: bucket.clone(), key: other }
            }
        }
    }
}

impl Service {
    pub(crate) fn scheme(self) -> &'static str {
        match self {
            Service::S3 => "s3",
            Service::Gs => "gs",
            Service::Az => "az",
        }
    }
}

pub(crate) fn is_pattern(key: &str) -> bool {
    key.contains(['*', '?', '['])
}

fn web(named: &str) -> Result<Address, Unusable> {
    match Url::parse(named) {
        Ok(url) if url.has_host() => Ok(Address::Web(url)),
        Ok(_) => Err((shown(named), "names no host; check the URL".to_owned())),
        Err(e) => {
            // Where the password ends cannot be told.
            let safe = if named.contains('@') {
                named[..=named.find('/').unwrap_or(0)].to_owned() + "/…"
            } else {
                shown(named)
            };
            Err((safe, format!("is no URL: {e}")))
        }
    }
}

/// A URL as it is written, but for who asks, what it is signed with, and the fragment. The rest of the query tells one page from another.
fn shown(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return String::new() };
    let web = scheme.to_ascii_lowercase().starts_with("http");
    let (rest, query) = match web {
        true => {
            let rest = rest.split('#').next().unwrap_or_default();
            rest.split_once('?').unwrap_or((rest, ""))
        }
        false => (signed(rest).map_or(rest, |at| &rest[..at]), ""),
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or_default();
    let open: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !is_secret(pair)).collect();
    let mark = if open.is_empty() { "" } else { "?" };
    format!("{scheme}://{host}{path}{mark}{}", open.join("&"))
}

/// Whether part of a query lets whoever knows it in: what stores sign with (`X-Amz-Signature`, `sig`), and what is called a key or a token.
fn is_secret(pair: &str) -> bool {
    const IN_NAMES: [&str; 8] =
        ["token", "secret", "signature", "passw", "credential", "session", "apikey", "accesskey"];
    const NAMES: [&str; 8] = ["sig", "key", "auth", "authorization", "pwd", "sid", "jwt", "policy"];
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    ["x-amz-", "x-goog-", "x-ms-"].iter().any(|sign| name.starts_with(sign))
        || IN_NAMES.iter().any(|part| letters.contains(part))
        || NAMES.contains(&letters.as_str())
        // a percent sign in a name hides what it says
        || name.contains('%')
}

/// Where in a key begins what looks like the query of a URL, not like a pattern.
fn signed(key: &str) -> Option<usize> {
    let at = key.find('?')?;
    key[at..].contains('=').then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(named: &str, expected: &str) {
        let found = match Address::read(Path::new(named)) {
            None => "a path".to_owned(),
            Some(Ok(address)) if address.names_many() => format!("many {}", address.shown()),
            Some(Ok(address)) => format!("{} {}", address.shown(), address.name()),
            Some(Err((shown, _))) => format!("refused {shown}"),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn addresses_are_told_from_paths() {
        check("crawl/1.warc.gz", "a path");
        check("urn:x", "a path");
        check("ftp://host/1.warc.gz", "a path");
        check("s3://crawls/2024/1 a#b.warc.gz", "s3://crawls/2024/1 a#b.warc.gz 1 a#b.warc.gz");
        check("GS://crawls/1", "gs://crawls/1 1");
        check("https://Post.example/a/b.html", "https://post.example/a/b.html b.html");
        check("s3://crawls", "many s3://crawls/");
        check("az://crawls/2024/", "many az://crawls/2024/");
        check("s3://crawls/*/[ab]?.gz", "many s3://crawls/*/[ab]?.gz");
        check("http://post.example/*.html", "many http://post.example/*.html");
        check("http://post.example/", "http://post.example/ ");
        check("s3:///key", "refused s3:///key");
        check("http://", "refused http://");
        check("https://post.example/?p=1#top", "https://post.example/?p=1 ");
    }

    #[test]
    fn secrets_are_not_shown() {
        check("https://me:word@post.example:8443/a?token=word#word", "https://post.example:8443/a a");
        check("https://post.example/a?p=1&Session_ID=word&q=2", "https://post.example/a?p=1&q=2 a");
        check("https://post.example/a?X-Amz-Date=1&sig=word&api-key=word&s%69g=word", "https://post.example/a a");
        check("https://me:wo/rd@post.example/a", "refused https://…");
        check("s3://me:word@crawls/1", "refused s3://crawls/1");
        check("s3://crawls/1.gz?X-Amz-Signature=word", "refused s3://crawls/1.gz");
    }
}
