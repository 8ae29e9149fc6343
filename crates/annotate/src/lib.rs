//! What a story says of where it comes from and of when.
//!
//! In: a clipping as it stands on its page ([`Printed`]), or a body and the day it was published. Out: its [`Origin`] (agencies that wrote it and agencies that it
//! quotes, dateline, people, picture credits, section), when it was [`Published`], and every [`Mention`] of time in it. Each value says which bytes of which part
//! of the clipping it was read from, by what rule, and how sure it is; what is not known is left open. Nothing here fails, and nothing has a state
//! that could be seen in a result: what a [`BodyReader`] remembers of paragraphs only saves time.
//!
//! ```
//! use copydesk_annotate::{Limits, Printed, annotate};
//! let limits = Limits::default();
//! let printed = Printed {
//!     body: "MARROW BAY, May 3 (Reuters) - The pier will close on Monday, the council said.",
//!     fetched_at: "2024-05-04T08:00:00Z",
//!     ..Printed::default()
//! };
//! let found = annotate(&printed, &limits);
//! assert_eq!(found.origin.wrote[0].agency.key, "reuters");
//! assert_eq!(found.published.day().unwrap().to_string(), "2024-05-03");
//! assert_eq!(found.mentions[1].value.unwrap().to_string(), "2024-05-06");
//! ```
#![forbid(unsafe_code)]

mod annotate;
mod dates;
mod evidence;
mod limits;
mod notices;
mod origin;
mod paragraphs;
mod printed;
mod published;
mod reader;
mod words;

pub use annotate::{Annotations, BodyNotes, Times, annotate};
pub use dates::{
    Count, Kind, Language, Mention, Modifier, Open, Part, RangePart, Reference, Season, Unit, Vaguely, Value, dates,
};
pub use evidence::{Evidence, Field};
pub use limits::Limits;
pub use notices::{Notice, NoticeKind, corrections, headline_notice};
pub use origin::{Agency, AgencyKind, Attribution, Credit, Dateline, Origin, OriginKind, Person, agencies, origin};
pub use printed::Printed;
pub use published::{Published, Refusal, published};
pub use reader::BodyReader;
