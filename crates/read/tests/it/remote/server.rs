use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

/// What was asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// Path and query.
    pub(crate) target: String,
    headers: Vec<(String, String)>,
}

impl Asked {
    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }

    /// A value of the query, with its escapes undone.
    pub(crate) fn query(&self, name: &str) -> String {
        let query = self.target.split_once('?').map_or("", |(_, query)| query);
        let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
        pairs.iter().find(|(found, _)| found == name).map(|(_, value)| value.to_string()).unwrap_or_default()
    }

    /// Empty where there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }

    /// The first byte that is asked for.
    pub(crate) fn from(&self) -> usize {
        let range = self.header("range").strip_prefix("bytes=").unwrap_or("0-");
        range.split('-').next().unwrap().parse().unwrap()
    }
}

/// What is answered.
#[derive(Clone, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// The connection ends after so many bytes of the body.
    pub(crate) cut: Option<usize>,
    /// Nothing comes any more, and the connection stays.
    pub(crate) hangs: bool,
    /// The length is not told before.
    pub(crate) chunked: bool,
}

impl Answer {
    pub(crate) fn of(body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, body: body.into(), ..Self::default() }
    }

    pub(crate) fn status(status: u16) -> Self {
        Self { status, ..Self::default() }
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) fn cut(self, at: usize) -> Self {
        Self { cut: Some(at), ..self }
    }

    pub(crate) fn hanging(self, at: usize) -> Self {
        Self { cut: Some(at), hangs: true, ..self }
    }

    /// The part of `whole` that is asked for.
    pub(crate) fn part(whole: &[u8], asked: &Asked) -> Self {
        match asked.from() {
            0 => Self::of(whole),
            from if from >= whole.len() => Self::status(416),
            from => {
                let range = format!("bytes {from}-{}/{}", whole.len() - 1, whole.len());
                Self { status: 206, ..Self::of(&whole[from..]).with("Content-Range", &range) }
            }
        }
    }

    /// How much of the body was written.
    fn write(&self, to: &mut TcpStream) -> usize {
        let mut head = format!("HTTP/1.1 {} Said\r\nConnection: close\r\n", self.status);
        match self.chunked {
            true => head.push_str("Transfer-Encoding: chunked\r\n"),
            false => head.push_str(&format!("Content-Length: {}\r\n", self.body.len())),
        }
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        if self.hangs && self.cut == Some(0) {
            head.clear();
        }
        let body = &self.body[..self.cut.unwrap_or(self.body.len())];
        let mut written = 0;
        let mut all = || {
            to.write_all(head.as_bytes())?;
            for part in body.chunks(16 << 10) {
                if self.chunked {
                    write!(to, "{:x}\r\n", part.len())?;
                }
                to.write_all(part)?;
                if self.chunked {
                    to.write_all(b"\r\n")?;
                }
                written += part.len();
            }
            if self.chunked && self.cut.is_none() {
                to.write_all(b"0\r\n\r\n")?;
            }
            to.flush()
        };
        let _ = all();
        if self.hangs {
            thread::sleep(Duration::from_secs(20));
        }
        written
    }
}

/// A web server on a port of its own, that closes each connection after one answer.
pub(crate) struct Server {
    pub(crate) host: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    written: Arc<Mutex<usize>>,
}

impl Server {
    pub(crate) fn new(answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let (asked, written) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(0)));
        let answer = Arc::new(answer);
        let server = Self { host, asked: Arc::clone(&asked), written: Arc::clone(&written) };
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (asked, written, answer) = (Arc::clone(&asked), Arc::clone(&written), Arc::clone(&answer));
                thread::spawn(move || {
                    let mut stream = stream.unwrap();
                    let Some(request) = read(&stream) else { return };
                    asked.lock().unwrap().push(request.clone());
                    let n = answer(&request).write(&mut stream);
                    *written.lock().unwrap() += n;
                });
            }
        });
        server
    }

    /// Requests so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// Bytes of bodies that the network took, of answers that are over.
    pub(crate) fn written(&self) -> usize {
        *self.written.lock().unwrap()
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.host)
    }
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut lines = BufReader::new(stream.try_clone().ok()?.take(64 << 10)).lines();
    let first = lines.next()?.ok()?;
    let target = first.split(' ').nth(1)?.to_owned();
    let mut headers = Vec::new();
    for line in lines {
        let line = line.ok()?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    Some(Asked { target, headers })
}
