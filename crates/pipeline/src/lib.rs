//! The plan: captures in, a committed archive of stories out, and the questions that can be asked of it afterwards.
//!
//! In: an iterator of captures, as `read` gives it, and the directory of an archive. Out: the archive's next commit and the
//! [`Funnel`] that says what became of every record. What is done to one capture alone streams over threads; what needs many
//! (the census, the search for copies) is a short list of named queries in `queries/`, run by an embedded engine within
//! [`Options::memory`].
//!
//! ```
//! use copydesk_model::Capture;
//! use copydesk_pipeline::{Options, Quiet, View, add};
//!
//! let folder = tempfile::tempdir().unwrap();
//! let capture = Capture { id: "a".into(), text: "Ferry runs again\nThe ferry sailed on Monday.".into(), ..Capture::default() };
//! let funnel = add(folder.path(), [Ok(capture)], &Options::default(), &Quiet).unwrap();
//! assert_eq!(funnel.outcomes["kept"], 1);
//!
//! let view = View::open(folder.path(), &Options::default()).unwrap();
//! let rows: usize = view.query("SELECT id FROM captures").unwrap().map(|batch| batch.unwrap().num_rows()).sum();
//! assert_eq!(rows, 1);
//! ```
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "it runs the plan, on threads, beside spilled files"
)]

mod add;
mod advice;
mod alone;
mod bodies;
mod both;
mod columns;
mod compact;
mod cut;
mod derive;
mod engine;
mod error;
mod forget;
mod forgetting;
mod functions;
mod funnel;
mod lists;
mod markup;
mod noted;
mod options;
mod ordered;
mod page;
mod progress;
mod rows;
mod rule;
mod seconds;
mod sink;
mod site;
mod sites;
mod spool;
mod steps;
mod table;
mod verify;
mod versions;
mod view;
mod whole;
mod write;

pub use add::add;
pub use alone::clip;
pub use compact::{Compacted, compact};
pub use copydesk_archive::Ruling;
pub use cut::{CutBlock, CutCapture};
pub use engine::Rows;
pub use error::{Error, ErrorKind};
pub use forget::{Forget, Forgot, forget};
pub use funnel::Funnel;
pub use options::Options;
pub use page::Pages;
pub use progress::{Progress, Quiet};
pub use rows::{
    AnnotationRow, CaptureRow, ClippingRow, EvidenceRow, Exported, ExportedCaption, MentionRow, NoticeRow,
    PublishedRow, RelationRow, StoryRow, VersionRow,
};
pub use rule::{merge_stories, split_story};
pub use sites::{SiteCounts, SiteRow};
pub use verify::{Verified, verify};
pub use view::View;
pub use whole::WholeStory;
pub use write::{Format, write};
