use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use futures::stream;
use tokio::sync::mpsc;

use crate::problem::Problem;

/// An answer, before it is known how it travels.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) kind: &'static str,
    pub(crate) body: Content,
    /// Further headers.
    pub(crate) headers: Vec<(&'static str, String)>,
}

pub(crate) enum Content {
    Whole(Vec<u8>),
    /// Written piece by piece while it is sent.
    Streamed(Writing),
}

/// What writes a body while it is sent.
pub(crate) type Writing = Box<dyn FnOnce(&mut dyn std::io::Write) -> std::io::Result<()> + Send>;

pub(crate) const HTML: &str = "text/html; charset=utf-8";
pub(crate) const JSON: &str = "application/json";
pub(crate) const PROBLEM: &str = "application/problem+json";

impl Reply {
    pub(crate) fn whole(kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, kind, body: Content::Whole(body.into()), headers: Vec::new() }
    }

    pub(crate) fn json(value: &impl serde::Serialize) -> Result<Self, Problem> {
        Ok(Self::whole(JSON, serde_json::to_vec(value).map_err(|_| Problem::mistake())?))
    }

    pub(crate) fn page(template: &impl askama::Template) -> Result<Self, Problem> {
        Ok(Self::whole(HTML, template.render().map_err(|_| Problem::mistake())?))
    }

    /// Another address for the same thing.
    pub(crate) fn elsewhere(address: String) -> Self {
        Self { status: 308, headers: vec![("location", address)], ..Self::whole("text/plain; charset=utf-8", "moved") }
    }

    pub(crate) fn with(mut self, header: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((header, value.into()));
        self
    }
}

/// Bytes of a stream that travel together.
const PIECE: usize = 64 << 10;

/// Pieces that wait to be sent; then the writer waits.
const PIECES: usize = 4;

/// A body that a thread writes while it is sent. When the reader goes away the writer meets an error and ends; when the writer fails the
/// connection is cut, so that half an answer is not taken for a whole one.
pub(crate) fn streamed(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()> + Send + 'static) -> Body {
    let (send, receive) = mpsc::channel::<Result<Vec<u8>, std::io::Error>>(PIECES);
    tokio::task::spawn_blocking(move || {
        let mut to = std::io::BufWriter::with_capacity(PIECE, Pipe(send.clone()));
        let written = write(&mut to).and_then(|()| std::io::Write::flush(&mut to));
        if let Err(e) = written {
            let _ = send.blocking_send(Err(e));
        }
    });
    Body::from_stream(stream::unfold(receive, |mut receive| async {
        receive.recv().await.map(|piece| (piece, receive))
    }))
}

struct Pipe(mpsc::Sender<Result<Vec<u8>, std::io::Error>>);

impl std::io::Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let gone = |_| std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        self.0.blocking_send(Ok(bytes.to_vec())).map_err(gone)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The response without a body. A header whose value cannot be one is left out.
pub(crate) fn head(status: u16, kind: &str, headers: &[(&'static str, String)]) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let all =
        headers.iter().map(|(name, value)| (*name, value.as_str())).chain([(header::CONTENT_TYPE.as_str(), kind)]);
    for (name, value) in all {
        if let (Ok(name), Ok(value)) = (name.parse::<header::HeaderName>(), HeaderValue::from_str(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
