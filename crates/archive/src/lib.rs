//! Tables on disk: the only room that opens the files of an archive.
//!
//! In: record batches of the [`Table`]s. Out: a directory that any tool can read, and commits that say which of its files
//! count. An archive is
//!
//! ```text
//! DIR/archive.sqlite                        which files are the archive: commits, files with row counts and checksums
//! DIR/archive.sqlite.sum                    the checksum of that
//! DIR/tables/<table>/<commit>-<n>.parquet   immutable
//! DIR/work                                  what a running `add` spills; empty otherwise
//! ```
//!
//! A batch is: write files, fsync them, rename them, fsync their folders, one SQLite transaction. Whatever kills the writer in
//! between, the next one opens with the last commit and removes what no commit names. One process writes at a time; any number
//! read, each staying with the commit that it opened.
//!
//! ```
//! use arrow::record_batch::RecordBatch;
//! use copydesk_archive::{Archive, Change, Commit, Table, Writer};
//!
//! let folder = tempfile::tempdir().unwrap();
//! let mut writer = Writer::open(folder.path()).unwrap();
//! let mut stories = writer.table(Table::Stories).unwrap();
//! stories.write(&RecordBatch::new_empty(Table::Stories.schema())).unwrap();
//! let files = vec![stories.finish().unwrap()];
//! writer.commit(Commit { files, change: Change { stories: true, ..Change::default() } }).unwrap();
//!
//! let archive = Archive::open(folder.path()).unwrap();
//! assert_eq!(archive.commit(), 1);
//! assert_eq!(archive.rows(Table::Stories), 0);
//! ```
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "keeping tables in files is what it is for")]

mod archive;
mod batches;
mod commits;
mod durable;
mod error;
mod groups;
mod layout;
mod lock;
mod patch;
mod ruling;
mod sums;
mod table;
mod table_writer;
mod tables;
mod work;
mod writer;

pub use archive::{Archive, Beside, TableFile};
pub use batches::{Batches, Singles};
pub use commits::FORMAT;
pub use error::{Error, ErrorKind};
pub use groups::{GroupWriter, Packed, Packer};
pub use patch::Patch;
pub use ruling::{Forgotten, Ruling};
pub use table::Table;
pub use table_writer::{Finished, TableWriter};
pub use work::{WorkBytes, WorkFile, WorkWriter};
pub use writer::{Change, Commit, Writer};
