//! What lies elsewhere: objects of stores (`s3://`, `gs://`, `az://`) and what web servers send (`http://`, `https://`).
//!
//! In: an address. Out: the objects that it names, and of each one its bytes as a [`Body`], which blocks where the rest of the crate
//! wants it to. Behind it one thread asks, waits, and takes up again what broke off; between the two there is a queue with room for
//! [`body::ROOM`] bytes. No part of an address that may be a secret is in anything that this module hands out.

mod address;
mod body;
mod failure;
mod fetch;
mod list;
mod store;
mod web;

use std::{
    collections::HashMap,
    future::Future,
    sync::{Arc, Mutex, OnceLock, PoisonError, mpsc},
    time::Duration,
};

use object_store::{ObjectStore, client::HttpClient, path::Path as Key};
use tokio::runtime::Runtime;

pub(crate) use address::Address;
pub(crate) use body::{Body, Broken};
pub(crate) use failure::Failure;
pub(crate) use list::Listed;

use address::Service;
use fetch::Source;

/// One object, or what one URL is answered with.
#[derive(Clone)]
pub(crate) struct Object {
    pub(crate) address: Address,
    /// Its size where a list told it.
    pub(crate) size: Option<u64>,
}

/// What is known of an object once its first bytes are on their way.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// How many bytes there will be.
    pub(crate) size: Option<u64>,
    /// What a web server says of a page: its media type with the character set, and the time.
    pub(crate) content_type: String,
    pub(crate) date: String,
}

/// What is behind all remote inputs of one reader: a thread that waits for servers, and the clients, which keep connections open.
pub(crate) struct Remote {
    /// `None` only while it is dropped.
    runtime: Option<Runtime>,
    /// How long a server may say nothing.
    patience: Duration,
    settings: Vec<(String, String)>,
    stores: Mutex<HashMap<(Service, String), Arc<dyn ObjectStore>>>,
    web: OnceLock<HttpClient>,
}

impl Remote {
    pub(crate) fn new(patience: Duration, settings: Vec<(String, String)>) -> Result<Self, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("remote")
            .enable_all()
            .build()
            .map_err(|e| Failure::lasting(format!("cannot be asked for: {e}")))?;
        Ok(Self { runtime: Some(runtime), patience, settings, stores: Mutex::default(), web: OnceLock::new() })
    }

    /// The objects that an address ending in `/`, or a pattern, stands for, in order of their names.
    pub(crate) fn list(&self, address: &Address) -> Result<Listed, Failure> {
        let Address::Store { service, bucket, key } = address else {
            return Err(Failure::lasting(
                "is a pattern, and what lies on a web server cannot be listed; name each file".to_owned(),
            ));
        };
        let patience = self.patience;
        let store = store::open(*service, bucket, &self.settings, &store::for_lists(patience))?;
        let (service, key) = (*service, key.clone());
        self.wait(async move { list::list(&*store, service, &key, patience).await })
    }

    /// Asks for an object, and waits until it begins to come.
    pub(crate) fn open(self: &Arc<Self>, object: &Object) -> Result<(Head, Body), Failure> {
        let source = self.source(&object.address)?;
        let (sender, body) = body::channel(Arc::clone(self));
        let (tell, told) = mpsc::sync_channel(1);
        let task = self.runtime().spawn(fetch::fetch(source, sender, tell, self.patience));
        let body = body.of(task.abort_handle());
        match told.recv() {
            Ok(head) => Ok((head?, body)),
            Err(_) => Err(Failure::lasting("cannot be read: what asks for it failed; please report this".to_owned())),
        }
    }

    fn source(&self, address: &Address) -> Result<Source, Failure> {
        match address {
            Address::Web(url) => {
                let client = match self.web.get() {
                    Some(client) => client.clone(),
                    None => {
                        let client = web::client()?;
                        self.web.get_or_init(|| client).clone()
                    }
                };
                Ok(Source::Web { client, page: web::Page::of(url)? })
            }
            Address::Store { service, bucket, key } => {
                let key = Key::parse(key).map_err(|_| store::unusable_key())?;
                let mut stores = self.stores.lock().unwrap_or_else(PoisonError::into_inner);
                let store = match stores.get(&(*service, bucket.clone())) {
                    Some(store) => Arc::clone(store),
                    None => {
                        let store = store::open(*service, bucket, &self.settings, &store::for_objects(self.patience))?;
                        stores.insert((*service, bucket.clone()), Arc::clone(&store));
                        store
                    }
                };
                Ok(Source::Store { store, service: *service, key })
            }
        }
    }

    /// Blocks until `work` is done, wherever it is called from: a runtime of the caller's does not mind a channel.
    fn wait<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, Failure>> + Send + 'static,
    ) -> Result<T, Failure> {
        let (tell, told) = mpsc::sync_channel(1);
        self.runtime().spawn(async move {
            let _ = tell.send(work.await);
        });
        let failed = || Failure::lasting("cannot be listed: what lists it failed; please report this".to_owned());
        told.recv().unwrap_or_else(|_| Err(failed()))
    }

    fn runtime(&self) -> &Runtime {
        self.runtime.as_ref().expect("it is there until the end")
    }
}

impl Drop for Remote {
    fn drop(&mut self) {
        // Nobody waits for what is still on its way; this may be dropped where waiting is not allowed.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
