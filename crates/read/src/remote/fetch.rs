use std::{sync::Arc, sync::mpsc::SyncSender, time::Duration};

use bytes::Bytes;
use futures::{StreamExt, stream::BoxStream};
use object_store::{ObjectStore, client::HttpClient, path::Path as Key};
use tokio::time::{Instant, sleep, timeout};
use xxhash_rust::xxh3::Xxh3;

use super::{Failure, Head, address::Service, body::Sender, store, web};

/// What an object is asked of.
pub(super) enum Source {
    Store { store: Arc<dyn ObjectStore>, service: Service, key: Key },
    Web { client: HttpClient, page: web::Page },
}

/// What came of asking for an object from some byte on.
pub(super) struct Answer {
    /// The byte that it begins with: the one that was asked for, or the first.
    pub(super) from: u64,
    pub(super) tag: Tag,
    pub(super) head: Head,
    pub(super) bytes: BoxStream<'static, Result<Bytes, Failure>>,
}

/// What tells whether an object is still the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Tag {
    /// The whole object's size.
    pub(super) size: Option<u64>,
    /// Empty where there is none.
    pub(super) etag: String,
    pub(super) modified: String,
}

impl Tag {
    fn is_another(&self, than: &Tag) -> bool {
        let differ = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && a != b;
        let sizes = self.size.zip(than.size).is_some_and(|(a, b)| a != b);
        // Equal tags mean equal bytes, whatever was touched meanwhile.
        let same_etag = !self.etag.is_empty() && self.etag == than.etag;
        sizes || differ(&self.etag, &than.etag) || (!same_etag && differ(&self.modified, &than.modified))
    }
}

/// How often an object is asked for again before it is given up, unless more of it came meanwhile.
const AGAIN: u32 = 4;

/// How much counts as more: a server that ends each answer after a few bytes is given up as well.
const MORE: u64 = 256 << 10;

/// How many times its patience a server may take for so much, so that a trickle ends too: 900 bytes a second.
const TRICKLE: u32 = 10;

/// Sends an object's bytes to `to`, and asks for the rest of it where an answer breaks off. `tell` hears how the first answer begins, or that there is none.
pub(super) async fn fetch(source: Source, to: Sender, tell: SyncSender<Result<Head, Failure>>, patience: Duration) {
    let mut run = Run { patience, at: 0, tag: None, read: Xxh3::new(), tell: Some(tell) };
    let (mut tries, mut since) = (0, 0);
    let ended = loop {
        let failure = match run.once(&source, &to).await {
            End::Whole => break None,
            End::Unwanted => return,
            End::Failed(failure) => failure,
        };
        if run.at - since >= MORE {
            tries = 0;
            since = run.at;
        }
        tries += 1;
        if !failure.passing || tries > AGAIN {
            let size = run.tag.as_ref().and_then(|tag| tag.size);
            break Some(failure.at(run.at, size, tries));
        }
        // Half a second, one, two, four, where the patience is what it usually is.
        sleep(patience / 60 * 2u32.pow(tries - 1)).await;
    };
    match (run.tell, ended) {
        (Some(tell), Some(failure)) => {
            let _ = tell.send(Err(failure));
        }
        (_, ended) => to.end(ended),
    }
}

/// How far an object has come.
struct Run {
    patience: Duration,
    at: u64,
    /// Of the first answer.
    tag: Option<Tag>,
    /// What came up to `at`.
    read: Xxh3,
    tell: Option<SyncSender<Result<Head, Failure>>>,
}

enum End {
    Whole,
    /// Nobody reads it any more.
    Unwanted,
    Failed(Failure),
}

impl Run {
    /// Asks once, and passes on what is new of the answer.
    async fn once(&mut self, source: &Source, to: &Sender) -> End {
        let asked = source.ask(self.at, self.tag.as_ref());
        let mut answer = match timeout(self.patience, asked).await {
            Err(_) => return End::Failed(Failure::silent(self.patience)),
            Ok(Err(failure)) => return End::Failed(failure),
            Ok(Ok(answer)) => answer,
        };
        match &self.tag {
            Some(tag) if answer.tag.is_another(tag) => return End::Failed(Failure::changed()),
            Some(_) => {}
            None => self.tag = Some(answer.tag),
        }
        if let Some(tell) = self.tell.take() {
            let _ = tell.send(Ok(answer.head));
        }
        // A server that gives no parts begins anew: what it sends again has to be what it sent before.
        let mut again = Xxh3::new();
        let mut at = answer.from;
        let (mut waited, mut since) = (Duration::ZERO, at);
        loop {
            let begin = Instant::now();
            let next = timeout(self.patience, answer.bytes.next()).await;
            waited += begin.elapsed();
            if at - since >= MORE {
                (waited, since) = (Duration::ZERO, at);
            }
            let mut bytes = match next {
                Err(_) => return End::Failed(Failure::silent(self.patience)),
                _ if waited > self.patience * TRICKLE => {
                    return End::Failed(Failure::passing("its server sends next to nothing".to_owned()));
                }
                Ok(Some(Err(failure))) => return End::Failed(Failure { passing: true, ..failure }),
                Ok(Some(Ok(bytes))) => bytes,
                Ok(None) => {
                    return match self.tag.as_ref().and_then(|tag| tag.size) {
                        Some(size) if at < size => {
                            End::Failed(Failure::passing("its server sends fewer bytes than it promised".to_owned()))
                        }
                        // It is whole by its own account, and shorter than it was.
                        _ if at < self.at => End::Failed(Failure::changed()),
                        _ => End::Whole,
                    };
                }
            };
            if at < self.at {
                let known = bytes.split_to(bytes.len().min((self.at - at).try_into().unwrap_or(usize::MAX)));
                again.update(&known);
                at += known.len() as u64;
                if at == self.at && again.digest() != self.read.digest() {
                    return End::Failed(Failure::changed());
                }
            }
            if bytes.is_empty() {
                continue;
            }
            self.read.update(&bytes);
            at += bytes.len() as u64;
            self.at = at;
            if !to.send(bytes).await {
                return End::Unwanted;
            }
        }
    }
}

impl Source {
    async fn ask(&self, from: u64, of: Option<&Tag>) -> Result<Answer, Failure> {
        match self {
            Source::Store { store, service, key } => store::ask(&**store, *service, key, from, of).await,
            Source::Web { client, page } => page.ask(client, from, of).await,
        }
    }
}
