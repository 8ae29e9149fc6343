//! What a story says of where it comes from and of when.
//!
//! In: a clipping as it stands on its page ([`Printed`]), or a body and the day it was published. Out: its [`Origin`] (agencies that wrote it and agencies that it
//! quotes, dateline, people, picture credits, section), when it was [`Published`], and every [`Mention`] of time in it. Each value says which bytes of which part
//! of the clipping it was read from, by what rule, and how sure it is; what is not known is left open. Nothing here fails, and nothing has a state.
//!
//! ```
//! use copydesk_annotate::{Language, Limits, Printed, dates, origin, published};
//! let limits = Limits::default();
//! let printed = Printed {
//!     body: "MARROW BAY, May 3 (Reuters) - The pier will close on Monday, the council said.",
//!     fetched_at: "2024-05-04T08:00:00Z",
//!     ..Printed::default()
//! };
//! assert_eq!(origin(&printed, &limits).wrote[0].agency.key, "reuters");
//! let day = published(&printed, &limits).reference();
//! assert_eq!(day.unwrap().to_string(), "2024-05-03");
//! let mentions = dates(printed.body, day, Language::detect(printed.body).unwrap());
//! assert_eq!(mentions[1].value.unwrap().to_string(), "2024-05-06");
//! ```
#![forbid(unsafe_code)]

mod dates;
mod evidence;
mod limits;
mod origin;
mod paragraphs;
mod printed;
mod published;

pub use dates::{Count, Kind, Language, Mention, Modifier, Open, Part, RangePart, Season, Unit, Vaguely, Value, dates};
pub use evidence::{Evidence, Field};
pub use limits::Limits;
pub use origin::{Agency, AgencyKind, Attribution, Credit, Dateline, Origin, OriginKind, Person, agencies, origin};
pub use printed::Printed;
pub use published::{Published, Refusal, published};
