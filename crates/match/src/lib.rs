//! Clippings' bodies in, relations and stories out.
//!
//! In: bodies as text ([`Prepared::new`]). Out: [`anchors`] that find candidates, [`Evidence`] of what two texts share,
//! the [`Decision`] with its reason, and the leader of each text's story ([`leaders`], [`slot_consensus`]). Two versions of a story in, what
//! changed and how severe ([`Changes`], or only counted: [`Summary`]).
//! Which texts are compared, and where anchors and edges are kept, is the caller's business.
//!
//! ```
//! use copydesk_match::{Thresholds, compare_texts};
//! let t = Thresholds::default();
//! let a = "The harbour council voted on Monday to close the old ferry pier until the spring, officials said.";
//! let (evidence, decision) = compare_texts(a, a, &t);
//! assert!(decision.relation.same_story());
//! assert_eq!(evidence.coverage_a, 1.0);
//! ```
#![forbid(unsafe_code)]

mod align;
mod anchor;
mod changes;
mod compare;
mod decide;
mod diff;
mod evidence;
mod layout;
mod leader;
mod paragraphs;
mod pieces;
mod prepared;
mod quoted;
mod shingle;
mod slot;
mod thresholds;

/// Which matcher this is. To be raised whenever two bodies may be found to be something else to each other than before, or to have other
/// anchors, with the same thresholds: archives keep what was found. A test looks after it.
pub const MATCHER: u64 = 2;

pub use align::{Shingled, align, align_to};
pub use anchor::{Anchor, anchors};
pub use changes::{Change, Changes, Part, Severity, Summary};
pub use compare::compare_texts;
pub use decide::{Context, Decision, decide};
pub use diff::{DiffOp, word_diff};
pub use evidence::{Evidence, Run};
pub use leader::{Edge, leaders};
pub use paragraphs::{ParagraphWords, Paragraphs, ReadParagraphs};
pub use pieces::Fate;
pub use prepared::Prepared;
pub use shingle::SHINGLE;
pub use slot::{SlotConsensus, are_two_fillings, slot_consensus};
pub use thresholds::Thresholds;
