//! The archive in a browser and over HTTP: one server, pages that it renders itself, and the same answers for programs.
//!
//! In: something that opens an [`Archive`], which the front that starts the server implements, and where to listen. Out: pages, feeds,
//! exports and an API, all of them read with GET. A request stays with the commit that it began with; when there is another one the
//! server moves to it by itself. [`open_index`] gives the index that searches are answered from, for fronts that ask without a server.
//!
//! ```
//! use copydesk_web::{Story, open_index};
//! # use std::collections::BTreeMap;
//! # use copydesk_web::{Archive, Capture, Failure, Funnel, Relation, Site, Stories};
//! # struct OneStory;
//! # impl Archive for OneStory {
//! #     fn commit(&self) -> u64 { 1 }
//! #     fn stories(&self) -> Result<Stories, Failure> {
//! #         let story = Story { id: "00c0ffee00c0ffee".into(), headline: "Ferry runs again".into(), ..Story::default() };
//! #         Ok(Box::new([Ok(story)].into_iter()))
//! #     }
//! #     fn bodies(&self, _: &str) -> Result<BTreeMap<String, String>, Failure> { Ok(BTreeMap::new()) }
//! #     fn relations(&self, _: &str) -> Result<Vec<Relation>, Failure> { Ok(Vec::new()) }
//! #     fn capture(&self, _: &str) -> Result<Option<Capture>, Failure> { Ok(None) }
//! #     fn sites(&self) -> Result<Vec<Site>, Failure> { Ok(Vec::new()) }
//! #     fn funnel(&self) -> Result<Funnel, Failure> { Ok(Funnel::default()) }
//! # }
//! let folder = tempfile::tempdir().unwrap();
//! let index = open_index(&OneStory, folder.path(), |_| {}).unwrap();
//! let query = copydesk_search::parse("ferry", &Default::default()).unwrap();
//! assert_eq!(index.search(&query, &Default::default()).unwrap().stories, 1);
//! ```
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a front, not a kernel")]

mod archive;
mod ask;
mod cite;
mod desk;
mod entry;
mod export;
mod feed;
mod limits;
mod list;
mod net;
mod openapi;
mod pages;
mod part;
mod problem;
mod reply;
mod routes;
mod server;

pub use archive::{
    Annotation, Archive, Block, Caption, Capture, Clipping, Failure, Funnel, Mention, Notice, Relation, Site, Stories,
    Story, Version,
};
pub use desk::{Opener, open_index};
pub use list::Line;
pub use pages::moment;
pub use server::{Options, serve};
