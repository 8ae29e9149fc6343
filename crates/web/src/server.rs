//! From connections to answers: what holds for every request.

use std::{
    collections::HashMap,
    io::Write,
    net::{IpAddr, SocketAddr},
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, Method, Response, header, request::Parts},
    response::IntoResponse,
    routing::{MethodRouter, get},
};
use flate2::{Compression, write::GzEncoder};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use tokio::sync::Semaphore;
use tower_service::Service;

use crate::{
    archive::Failure,
    ask::{Parameters, parameters},
    desk::{Desk, Opener, Shown},
    limits::Limits,
    net::{Listener, Reactor},
    pages,
    problem::Problem,
    reply::{Content, PROBLEM, Reply, head, streamed},
    routes,
};

/// What is served, and where.
pub struct Options {
    /// Where it listens; port 0 for any that is free.
    pub address: SocketAddr,
    /// Folder of the index.
    pub index_dir: PathBuf,
    /// Names under which it is asked for, beside those of this machine itself; empty to answer to any where it listens to other machines.
    pub hosts: Vec<String>,
}

/// Serves an archive until the process ends. `ready` is told the address; `say` what a person at the terminal should know.
pub fn serve(
    open: Opener,
    options: Options,
    ready: impl FnOnce(SocketAddr),
    say: Box<dyn Fn(&str) + Send + Sync>,
) -> Result<(), Failure> {
    let limits = Limits::default();
    let reactor = Reactor::start().map_err(|e| Failure(format!("cannot wait for connections: {e}")))?;
    // Before the archive is opened: that the port is in use should not take an index to find out.
    let listener = Listener::bind(&reactor, options.address).map_err(|e| taken(options.address, &e))?;
    let address = listener.address().map_err(|e| taken(options.address, &e))?;
    let desk = Arc::new(Desk::new(open, options.index_dir, limits.clone(), say)?);
    let following = Arc::clone(&desk);
    std::thread::spawn(move || following.follow());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_time()
        .build()
        .map_err(|e| Failure(format!("cannot start the server's threads: {e}")))?;
    let server = Arc::new(Server::new(desk, limits, options.address.ip(), options.hosts));
    ready(address);
    runtime.block_on(accept(listener, server));
    Ok(())
}

fn taken(address: SocketAddr, error: &std::io::Error) -> Failure {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => Failure(format!(
            "port {} is in use: another copydesk may be serving; take another one with `--port`, or `--port 0` for any",
            address.port()
        )),
        std::io::ErrorKind::PermissionDenied => Failure(format!(
            "port {} may not be used by everybody; take one from 1024 on with `--port`",
            address.port()
        )),
        _ => Failure(format!("cannot listen at {address}: {error}")),
    }
}

async fn accept(listener: Listener, server: Arc<Server>) {
    let connections = Arc::new(Semaphore::new(server.limits.connections));
    let router = server.router();
    loop {
        let Ok(place) = Arc::clone(&connections).acquire_owned().await else { return };
        let Ok((stream, from)) = listener.accept().await else {
            // No more files may be open, most likely: some will be closed soon.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let (router, head_time) = (router.clone(), server.limits.head);
        tokio::spawn(async move {
            let service = service_fn(move |request: hyper::Request<Incoming>| {
                let mut router = router.clone();
                let mut request = request.map(Body::new);
                request.extensions_mut().insert(from.ip());
                async move { router.call(request).await }
            });
            let mut http = http1::Builder::new();
            http.timer(Timer).header_read_timeout(head_time).max_headers(64).max_buf_size(160 << 10);
            // How a connection ends is its reader's business.
            let _ = http.serve_connection(stream, service).await;
            drop(place);
        });
    }
}

/// All that requests share.
pub(crate) struct Server {
    desk: Arc<Desk>,
    limits: Limits,
    /// Whether other machines can reach it.
    open_to_all: bool,
    hosts: Vec<String>,
    at_once: Semaphore,
    waiting: Semaphore,
    rates: Mutex<HashMap<IpAddr, Rate>>,
}

/// A bucket that fills with time and that each request takes from.
struct Rate {
    left: f64,
    at: Instant,
}

/// Addresses that are remembered; then those that have been quiet are forgotten.
const ADDRESSES: usize = 4_096;

/// What a handler gets.
pub(crate) struct Asked<'r> {
    pub(crate) shown: &'r Shown,
    /// The parts of the path, as they stand in it.
    pub(crate) path: Vec<&'r str>,
    pub(crate) parameters: Parameters,
    /// The path and what is behind it.
    pub(crate) address: &'r str,
    pub(crate) host: &'r str,
}

impl Asked<'_> {
    /// Refuses what is asked with a parameter, where there are none.
    pub(crate) fn has_no_parameters(&self) -> Result<(), Problem> {
        match self.parameters.first() {
            Some((name, _)) => {
                Err(Problem::unknown_parameter(format!("there is no parameter `{}` here", name.escape_default())))
            }
            None => Ok(()),
        }
    }
}

pub(crate) type Handler = fn(&Asked<'_>) -> Result<Reply, Problem>;

impl Server {
    pub(crate) fn new(desk: Arc<Desk>, limits: Limits, address: IpAddr, hosts: Vec<String>) -> Self {
        Self {
            desk,
            open_to_all: !address.is_loopback(),
            hosts,
            at_once: Semaphore::new(limits.at_once),
            waiting: Semaphore::new(limits.waiting),
            rates: Mutex::default(),
            limits,
        }
    }

    pub(crate) fn router(self: &Arc<Self>) -> Router {
        let mut router = Router::new();
        for (path, handler) in routes::ALL {
            router = router.route(path, route(handler));
        }
        router.fallback(route(|_| Err(Problem::not_found("no page has this address")))).with_state(Arc::clone(self))
    }

    async fn answer(self: Arc<Self>, request: Parts, handler: Handler) -> Response<Body> {
        let path = request.uri.path().to_owned();
        let is_program = ["/api/v1", "/export", "/feed"].iter().any(|start| path.starts_with(start))
            || path.rsplit('/').next().is_some_and(|name| name.starts_with("clippings."));
        let problem = |problem: &Problem| -> Reply {
            let json = || Reply::whole(PROBLEM, serde_json::to_vec(problem).unwrap_or_default());
            let reply =
                if is_program { json() } else { pages::problem(problem, &request.uri).unwrap_or_else(|_| json()) };
            Reply { status: problem.status, ..reply }
        };
        let packs = accepts_gzip(&request.headers);
        let is_static = path.starts_with("/static/");
        let shown = self.desk.shown();
        let tag = format!("W/\"{}-{}\"", shown.archive.commit(), routes::BUILD);
        let checked = self.check(&request);
        let known = request.headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        if checked.is_ok()
            && known.is_some_and(|known| known.split(',').any(|known| known.trim() == tag || known.trim() == "*"))
        {
            return self.guarded(head(304, "text/plain", &[("etag", tag)]), is_static);
        }
        let result = match checked {
            Ok(()) => self.run(&request, shown, handler).await,
            Err(problem) => Err(problem),
        };
        if let Err(Problem { status: 503, title: "The index is damaged", .. }) = &result {
            let desk = Arc::clone(&self.desk);
            tokio::task::spawn_blocking(move || desk.mend());
        }
        let mut reply = result.unwrap_or_else(|e| {
            let reply = problem(&e);
            match e.status {
                405 => reply.with("allow", "GET, HEAD"),
                429 | 503 => reply.with("retry-after", "1"),
                _ => reply,
            }
        });
        if reply.status < 400 {
            reply.headers.push(("etag", tag));
        }
        let response = self.send(reply, packs).await;
        self.guarded(response, is_static)
    }

    /// What is wrong with a request whatever it asks for.
    fn check(&self, request: &Parts) -> Result<(), Problem> {
        let from = request.extensions.get::<IpAddr>().copied();
        if !self.may(from.unwrap_or(IpAddr::from([127, 0, 0, 1]))) {
            return Err(Problem::too_many());
        }
        if !matches!(request.method, Method::GET | Method::HEAD) {
            return Err(Problem::method());
        }
        let bytes = request.uri.path_and_query().map_or(0, |address| address.as_str().len());
        if bytes > self.limits.address_bytes {
            return Err(Problem::too_long(format_args!(
                "it has {bytes} bytes, and {} are the most",
                self.limits.address_bytes
            )));
        }
        // A page of another site can make its own name lead here; what it then asks for it could read.
        let host = host_of(&request.headers);
        let name = host
            .rsplit_once(':')
            .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
            .map_or(host, |(name, _)| name);
        let ours = matches!(name, "localhost" | "127.0.0.1" | "[::1]") || self.hosts.iter().any(|other| other == name);
        let anything = self.open_to_all && self.hosts.is_empty();
        if !ours && !anything {
            return Err(Problem::host(format_args!(
                "this archive is served as `localhost`, and `{}` was asked",
                host.escape_default()
            )));
        }
        Ok(())
    }

    fn may(&self, from: IpAddr) -> bool {
        let mut rates = self.rates.lock().unwrap_or_else(PoisonError::into_inner);
        let (burst, a_second) = (f64::from(self.limits.burst), f64::from(self.limits.a_second));
        if rates.len() >= ADDRESSES {
            rates.retain(|_, rate| rate.at.elapsed().as_secs_f64() * a_second < burst);
        }
        let now = Instant::now();
        let rate = rates.entry(from).or_insert(Rate { left: burst, at: now });
        rate.left = (rate.left + now.duration_since(rate.at).as_secs_f64() * a_second).min(burst);
        rate.at = now;
        let may = rate.left >= 1.0;
        rate.left -= if may { 1.0 } else { 0.0 };
        may
    }

    async fn run(self: &Arc<Self>, request: &Parts, shown: Arc<Shown>, handler: Handler) -> Result<Reply, Problem> {
        let _waiting = self.waiting.try_acquire().map_err(|_| Problem::busy())?;
        let limit = self.limits.answer;
        let (uri, host) = (request.uri.clone(), host_of(&request.headers).to_owned());
        let answer = async {
            let _place = self.at_once.acquire().await.map_err(|_| Problem::busy())?;
            let work = tokio::task::spawn_blocking(move || {
                let path = uri.path().trim_matches('/').split('/').collect();
                let address = uri.path_and_query().map_or("/", |address| address.as_str());
                let asked = Asked { shown: &shown, path, parameters: parameters(uri.query()), address, host: &host };
                catch_unwind(AssertUnwindSafe(|| handler(&asked))).unwrap_or_else(|_| Err(Problem::mistake()))
            });
            work.await.unwrap_or_else(|_| Err(Problem::mistake()))
        };
        tokio::time::timeout(limit, answer).await.unwrap_or_else(|_| Err(Problem::too_slow(limit.as_secs())))
    }

    async fn send(&self, mut reply: Reply, packs: bool) -> Response<Body> {
        let packs = packs && !reply.kind.contains("parquet");
        match reply.body {
            Content::Whole(bytes) if packs && bytes.len() >= self.limits.packed_from => {
                reply.headers.push(("content-encoding", "gzip".to_owned()));
                let packed = tokio::task::spawn_blocking(move || packed(&bytes)).await.unwrap_or_default();
                let mut response = head(reply.status, reply.kind, &reply.headers);
                *response.body_mut() = Body::from(packed);
                response
            }
            Content::Whole(bytes) => {
                let mut response = head(reply.status, reply.kind, &reply.headers);
                *response.body_mut() = Body::from(bytes);
                response
            }
            Content::Streamed(write) => {
                if packs {
                    reply.headers.push(("content-encoding", "gzip".to_owned()));
                }
                let mut response = head(reply.status, reply.kind, &reply.headers);
                *response.body_mut() = streamed(move |to| {
                    if !packs {
                        return write(to);
                    }
                    let mut to = GzEncoder::new(to, Compression::fast());
                    write(&mut to)?;
                    to.finish().map(|_| ())
                });
                response
            }
        }
    }

    /// What every answer says to the browser: nothing comes from elsewhere, nothing goes elsewhere, nothing runs but what is ours.
    fn guarded(&self, mut response: Response<Body>, is_static: bool) -> Response<Body> {
        let headers = response.headers_mut();
        let cache = if is_static { "public, max-age=31536000, immutable" } else { "no-cache" };
        for (name, value) in [
            (
                "content-security-policy",
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            ),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("permissions-policy", "interest-cohort=()"),
            ("vary", "accept-encoding"),
            ("cache-control", cache),
        ] {
            if let Ok(value) = header::HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        }
        response
    }
}

fn route(handler: Handler) -> MethodRouter<Arc<Server>> {
    let answer = move |State(server): State<Arc<Server>>, request: Request| async move {
        server.answer(request.into_parts().0, handler).await.into_response()
    };
    get(answer).fallback(answer)
}

fn host_of(headers: &HeaderMap) -> &str {
    headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default()
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|coding| {
        let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
        name.trim().eq_ignore_ascii_case("gzip") && !matches!(quality.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut to = GzEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory does not fail.
    let _ = to.write_all(bytes);
    to.finish().unwrap_or_default()
}

/// The runtime's clock, as the HTTP library wants it.
#[derive(Clone)]
struct Timer;

struct Sleep(Pin<Box<tokio::time::Sleep>>);

impl Future for Sleep {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, context: &mut std::task::Context<'_>) -> std::task::Poll<()> {
        self.0.as_mut().poll(context)
    }
}

impl hyper::rt::Sleep for Sleep {}

impl hyper::rt::Timer for Timer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn hyper::rt::Sleep>> {
        Box::pin(Sleep(Box::pin(tokio::time::sleep(duration))))
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn hyper::rt::Sleep>> {
        Box::pin(Sleep(Box::pin(tokio::time::sleep_until(deadline.into()))))
    }
}
