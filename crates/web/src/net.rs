//! Connections for the HTTP library, on one thread that waits for all of them.
//!
//! The runtime's own sockets would give the engine's runtime another set of features, and so compile the engine anew; this is what is needed
//! of them: a listener and streams that do not block, and one thread that wakes who waits.

use std::{
    collections::HashMap,
    future::poll_fn,
    io::{self, Read, Write},
    net::{Shutdown, SocketAddr},
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
    thread,
};

use hyper::rt::{Read as HyperRead, ReadBufCursor, Write as HyperWrite};
use mio::{Events, Interest, Poll as Waiter, Registry, Token, net};

/// Wakes who waits for a socket.
#[derive(Clone)]
pub(crate) struct Reactor(Arc<Inner>);

struct Inner {
    registry: Registry,
    sockets: Mutex<HashMap<Token, Arc<Mutex<Wakers>>>>,
    next: std::sync::atomic::AtomicUsize,
}

#[derive(Default)]
struct Wakers {
    read: Option<Waker>,
    write: Option<Waker>,
}

/// Events that are taken at once; more of them come the next time.
const EVENTS: usize = 256;

/// Bytes that are read at once.
const BUFFER: usize = 16 << 10;

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nobody panics while holding one, and what is behind them is whole at any time.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Reactor {
    /// Starts the thread, which ends with the process.
    pub(crate) fn start() -> io::Result<Self> {
        let mut waiter = Waiter::new()?;
        let registry = waiter.registry().try_clone()?;
        let inner = Arc::new(Inner { registry, sockets: Mutex::default(), next: 0.into() });
        let of_thread = Arc::downgrade(&inner);
        thread::Builder::new().name("sockets".to_owned()).spawn(move || {
            let mut events = Events::with_capacity(EVENTS);
            loop {
                // Interrupted by a signal: wait again. Anything else is a mistake that waiting does not mend.
                match waiter.poll(&mut events, None) {
                    Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                    Err(_) => return,
                    Ok(()) => {}
                }
                let Some(inner) = of_thread.upgrade() else { return };
                for event in &events {
                    let Some(wakers) = held(&inner.sockets).get(&event.token()).cloned() else { continue };
                    let ended = event.is_error() || event.is_read_closed() || event.is_write_closed();
                    let mut wakers = held(&wakers);
                    let read = wakers.read.take_if(|_| event.is_readable() || ended);
                    let write = wakers.write.take_if(|_| event.is_writable() || ended);
                    drop(wakers);
                    read.into_iter().chain(write).for_each(Waker::wake);
                }
            }
        })?;
        Ok(Self(inner))
    }

    fn register(&self, source: &mut impl mio::event::Source, interest: Interest) -> io::Result<Registered> {
        let token = Token(self.0.next.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        let wakers = Arc::new(Mutex::default());
        held(&self.0.sockets).insert(token, Arc::clone(&wakers));
        let registered = Registered { reactor: self.clone(), token, wakers };
        self.0.registry.register(source, token, interest)?;
        Ok(registered)
    }
}

/// A socket's place among those that are waited for; given up when it is dropped.
struct Registered {
    reactor: Reactor,
    token: Token,
    wakers: Arc<Mutex<Wakers>>,
}

impl Drop for Registered {
    fn drop(&mut self) {
        held(&self.reactor.0.sockets).remove(&self.token);
    }
}

/// Where connections come in.
pub(crate) struct Listener {
    socket: net::TcpListener,
    registered: Registered,
}

impl Listener {
    pub(crate) fn bind(reactor: &Reactor, address: SocketAddr) -> io::Result<Self> {
        let mut socket = net::TcpListener::bind(address)?;
        let registered = reactor.register(&mut socket, Interest::READABLE)?;
        Ok(Self { socket, registered })
    }

    pub(crate) fn address(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    pub(crate) async fn accept(&self) -> io::Result<(Stream, SocketAddr)> {
        let (mut socket, from) = poll_fn(|context| {
            // First the waker and then the try, so that what comes in between is not missed.
            held(&self.registered.wakers).read = Some(context.waker().clone());
            ready(self.socket.accept())
        })
        .await?;
        let _ = socket.set_nodelay(true);
        let registered = self.registered.reactor.register(&mut socket, Interest::READABLE | Interest::WRITABLE)?;
        Ok((Stream { socket, registered }, from))
    }
}

/// A connection.
pub(crate) struct Stream {
    socket: net::TcpStream,
    registered: Registered,
}

/// What the HTTP library says by itself to addresses of more than 64 kB, without a word in it.
fn is_bare_414(bytes: &[u8]) -> bool {
    bytes.starts_with(b"HTTP/1.1 414 ")
        && bytes.ends_with(b"\r\n\r\n")
        && !bytes.windows(13).any(|name| name.eq_ignore_ascii_case(b"content-type:"))
}

const TOO_LONG: &[u8] = b"HTTP/1.1 414 URI Too Long\r\ncontent-type: application/problem+json\r\ncontent-length: 119\r\nconnection: close\r\n\r\n\
    {\"status\":414,\"title\":\"The address is too long\",\"detail\":\"it has more than 64 kB, and 8 kB are the most; ask for less\"}";

fn ready<T>(result: io::Result<T>) -> Poll<io::Result<T>> {
    match result {
        Err(e) if e.kind() == io::ErrorKind::WouldBlock => Poll::Pending,
        result => Poll::Ready(result),
    }
}

fn again<T>(mut act: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match act() {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

impl HyperRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        mut to: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        held(&self.registered.wakers).read = Some(context.waker().clone());
        let mut buffer = [0; BUFFER];
        let room = to.remaining().min(BUFFER);
        ready(again(|| self.socket.read(&mut buffer[..room]))).map_ok(|read| to.put_slice(&buffer[..read]))
    }
}

impl HyperWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        held(&self.registered.wakers).write = Some(context.waker().clone());
        if is_bare_414(bytes) {
            // It is far smaller than what a socket holds.
            return ready(again(|| self.socket.write(TOO_LONG))).map_ok(|_| bytes.len());
        }
        ready(again(|| self.socket.write(bytes)))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        // Whoever went away first has closed it already.
        let _ = self.socket.shutdown(Shutdown::Write);
        Poll::Ready(Ok(()))
    }
}
