//! Bytes in, captures out: the only room that opens what the user names.
//!
//! In: files, folders, glob patterns, `-` for standard input, URLs of web servers and of object stores, each plain or packed with gzip, zstd or bzip2; each WARC, HTML,
//! MHTML, JSONL, Parquet, plain text, or a ZIP file (WACZ) of these; all of it told by the bytes, with the name as a witness only
//! where they leave it open. Out: an iterator of [`Capture`]s in a fixed order, pages of HTML as the bytes that the server sent.
//! What cannot become a capture comes out in its place as a [`Refused`] with its reason, and the reading goes on, if need be at the
//! next record behind damage: no input ends the run, and records in are captures and refusals out.
//!
//! Memory is bounded by [`Options::limit`], the size of the largest capture that is taken, however large the inputs are: larger
//! lines and records are skipped as they stream by, what unpacks to far more than text does is given up. Beside it stand 5 MB
//! for unpacking and up to 30 MB to resolve revisits, which a run of more than a hundred thousand WARC records comes to; 64 MB
//! more where WARC records come from a pipe or in one packed member, as their pages cannot be read again. Only Parquet needs more
//! where it was written with larger pages. What comes from elsewhere has 4 MB of room between the network and the reading; Parquet and ZIP
//! files from there are copied to a temporary file.
//!
//! Columns of JSONL and Parquet: `html` or `text`, and if they are known `url`, `fetched_at` (RFC 3339) and `id`. `html` as a string is
//! Unicode; as bytes (`html_base64` in JSONL, a binary column in Parquet) it is in the encoding that `charset` or the page names.
//! Where both stand, `html` counts.
//!
//! ```
//! use copydesk_model::Outcome;
//! use copydesk_read::{Options, open};
//!
//! let folder = tempfile::tempdir().unwrap();
//! let path = folder.path().join("crawl.jsonl");
//! std::fs::write(&path, "{\"url\": \"https://a.example/1\", \"text\": \"Ferry runs again\"}\nnot JSON\n").unwrap();
//!
//! let records: Vec<_> = open([&path], Options::default()).collect();
//! assert_eq!(records[0].as_ref().unwrap().text, "Ferry runs again");
//! assert_eq!(records[1].as_ref().unwrap_err().outcome, Outcome::NotJson);
//! ```
//!
//! [`Capture`]: copydesk_model::Capture
//! [`Refused`]: copydesk_model::Refused
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "opening what the user names is what it is for"
)]

mod ahead;
mod bzip;
mod columns;
mod content;
mod feed;
mod fetched_at;
mod fields;
mod gzip;
mod http;
mod inputs;
mod jsonl;
mod kind;
mod members;
mod mhtml;
mod packing;
mod patterns;
mod plain;
mod progress;
mod reader;
mod remote;
mod served;
mod spool;
mod text;
mod warc;
mod window;
mod zip;
mod zst;

pub use ahead::Ahead;
pub use fetched_at::to_utc_seconds;
pub use progress::Progress;
pub use reader::{Options, Reader, open, open_stream};
pub use text::read_text;
