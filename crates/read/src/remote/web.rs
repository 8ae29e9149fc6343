use base64::{Engine, prelude::BASE64_STANDARD};
use futures::StreamExt;
use http::{
    HeaderMap, HeaderValue, Request, StatusCode, Uri,
    header::{
        ACCEPT_ENCODING, AUTHORIZATION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, DATE, ETAG, HeaderName, IF_RANGE,
        LAST_MODIFIED, RANGE,
    },
};
use object_store::{
    ClientOptions,
    client::{HttpClient, HttpConnector, HttpRequestBody, ReqwestConnector},
};
use percent_encoding::percent_decode_str;
use url::Url;

use super::{
    Failure, Head,
    fetch::{Answer, Tag},
    store::AGENT,
};

/// The client of the object stores, without a store: theirs for the web wants a length of every answer, which pages seldom have.
/// It goes through the proxies that the environment names, and follows ten redirects.
pub(super) fn client() -> Result<HttpClient, Failure> {
    let options = ClientOptions::new()
        .with_allow_http(true)
        .with_timeout_disabled()
        .with_connect_timeout_disabled()
        .with_user_agent(HeaderValue::from_static(AGENT));
    ReqwestConnector::default().connect(&options).map_err(|_| {
        Failure::lasting(
            "cannot be asked for: the certificates to trust cannot be loaded; name them in SSL_CERT_FILE".to_owned(),
        )
    })
}

/// What a URL asks for.
pub(super) struct Page {
    uri: Uri,
    authorization: Option<HeaderValue>,
    folder: bool,
}

impl Page {
    pub(super) fn of(url: &Url) -> Result<Self, Failure> {
        let unusable = || Failure::lasting("is no URL that can be asked for; check it".to_owned());
        let mut url = url.clone();
        let decoded = |part: &str| percent_decode_str(part).decode_utf8_lossy().into_owned();
        let authorization = match (url.username(), url.password()) {
            ("", None) => None,
            (user, password) => {
                let pair = format!("{}:{}", decoded(user), decoded(password.unwrap_or_default()));
                let value = format!("Basic {}", BASE64_STANDARD.encode(pair));
                let mut value = HeaderValue::try_from(value).map_err(|_| unusable())?;
                value.set_sensitive(true);
                Some(value)
            }
        };
        url.set_username("").and_then(|()| url.set_password(None)).map_err(|()| unusable())?;
        url.set_fragment(None);
        let uri = url.as_str().parse().map_err(|_| unusable())?;
        Ok(Self { uri, authorization, folder: url.path().ends_with('/') })
    }

    /// Asks for what begins at `from`, of the same page as before.
    pub(super) async fn ask(&self, client: &HttpClient, from: u64, of: Option<&Tag>) -> Result<Answer, Failure> {
        let mut request = Request::new(HttpRequestBody::empty());
        *request.uri_mut() = self.uri.clone();
        let headers = request.headers_mut();
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        if let Some(authorization) = &self.authorization {
            headers.insert(AUTHORIZATION, authorization.clone());
        }
        if from > 0 {
            headers.insert(RANGE, value(&format!("bytes={from}-"))?);
            // Where it was changed, all of it is wanted, and so seen that it was changed. Weak tags are not for this (RFC 9110, 13.1.5).
            let tag = of.map(|tag| match tag.etag.starts_with('"') {
                true => tag.etag.as_str(),
                false if tag.etag.is_empty() => &tag.modified,
                false => "",
            });
            if let Some(tag) = tag.filter(|tag| !tag.is_empty()) {
                headers.insert(IF_RANGE, value(tag)?);
            }
        }
        let (parts, body) = client.execute(request).await.map_err(|e| Failure::http(&e))?.into_parts();
        let headers = &parts.headers;
        let (begins, size) = match parts.status {
            StatusCode::PARTIAL_CONTENT if from > 0 => match range(field(headers, CONTENT_RANGE)) {
                Some((begins, size)) if begins == from => (begins, size),
                _ => {
                    let message = "its server answers with another part than was asked for".to_owned();
                    return Err(Failure::lasting(message));
                }
            },
            // Nothing is left of it, or it is shorter now.
            StatusCode::RANGE_NOT_SATISFIABLE if from > 0 => return Err(Failure::changed()),
            status if status.is_success() && status != StatusCode::PARTIAL_CONTENT => {
                (0, field(headers, CONTENT_LENGTH).parse().ok())
            }
            status => return Err(Failure::status(status.as_u16(), self.folder)),
        };
        let tag =
            Tag { size, etag: field(headers, ETAG).to_owned(), modified: field(headers, LAST_MODIFIED).to_owned() };
        let head =
            Head { size, content_type: field(headers, CONTENT_TYPE).to_owned(), date: field(headers, DATE).to_owned() };
        let bytes = body.bytes_stream().map(|part| part.map_err(|e| Failure::http(&e))).boxed();
        Ok(Answer { from: begins, tag, head, bytes })
    }
}

fn value(text: &str) -> Result<HeaderValue, Failure> {
    HeaderValue::from_str(text)
        .map_err(|_| Failure::lasting("its server sends a tag that cannot be sent back".to_owned()))
}

fn field(headers: &HeaderMap, name: HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().trim()
}

/// The first byte of `bytes 7-9/10`, and the size of the whole where it is told.
fn range(written: &str) -> Option<(u64, Option<u64>)> {
    let (range, size) = written.strip_prefix("bytes ")?.split_once('/')?;
    let (first, _) = range.split_once('-')?;
    Some((first.trim().parse().ok()?, size.trim().parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_say_where_they_begin() {
        assert_eq!(range("bytes 7-9/10"), Some((7, Some(10))));
        assert_eq!(range("bytes 7-9/*"), Some((7, None)));
        assert_eq!(range("bytes */10"), None);
        assert_eq!(range(""), None);
    }
}
