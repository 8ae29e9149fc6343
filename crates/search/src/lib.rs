//! Full-text search over stories: the only room that names Tantivy.
//!
//! In: an [`Entry`] a story, and the archive's commit that they stand for. Out: an [`Index`] in a folder of its own, which answers
//! queries ([`parse`]) with an [`Answer`]: what was found in which order, how much of it there is, and by what it can be narrowed
//! down. The index is derived: it can lag behind its archive, be dropped, and be made again, and it appears when it is complete.
//!
//! ```
//! use copydesk_search::{Entry, Index, Limits, Wanted, parse};
//!
//! let folder = tempfile::tempdir().unwrap();
//! let story = Entry { id: "00c0ffee00c0ffee".into(), headlines: vec!["Ferry runs again".into()], ..Entry::default() };
//! let entries = || Ok::<_, String>(Box::new([Ok(story.clone())].into_iter()) as Box<_>);
//! let index = Index::open_or_make(folder.path(), 7, entries, |_| {}).unwrap();
//!
//! let query = parse("title:ferry", &Limits::default()).unwrap();
//! let answer = index.search(&query, &Wanted::default()).unwrap();
//! assert_eq!((index.commit(), answer.stories), (7, 1));
//! assert_eq!(answer.hits[0].id(), "00c0ffee00c0ffee");
//! ```
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "keeping an index in files is what it is for")]

mod answer;
mod beginning;
mod days;
mod entry;
mod error;
mod facets;
mod fold;
mod folder;
mod given;
mod grow;
mod index;
mod limits;
mod payload;
mod plan;
mod query;
mod queue;
mod rows;
mod schema;
mod snippet;
mod sought;
mod stems;
mod steps;
mod tally;
mod word;
mod words;
mod worth;

pub use copydesk_text::language;

pub use answer::{Answer, Hit, Mark, Sort, Timeline, Wanted};
pub use days::{Mentioned, Unit};
pub use entry::{Agency, Entry};
pub use error::{Error, ErrorKind};
pub use facets::Facet;
pub use fold::fold;
pub use index::{Index, order};
pub use limits::Limits;
pub use query::{Field, Leaf, Node, Numbers, QueryError, Test, Times, parse};
pub use snippet::{Marker, Snippet};
pub use words::{Token, tokens};
