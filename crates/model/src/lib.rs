//! The values that the rooms of copydesk hand to each other, and nothing else.
//!
//! In: nothing. Out: [`Capture`] with its [`Markup`], [`Block`], [`Clipping`], [`Relation`], the [`Outcome`] of an input the record that was [`Refused`], the
//! [`Revisit`] whose page is still to be found.
//! There is no logic here beyond what keeps a value whole: names of roles, spans that slice.
//!
//! ```
//! use copydesk_model::{Role, Span};
//! let span = Span::new(6, 11);
//! assert_eq!(span.of("hello world"), "world");
//! assert_eq!("body".parse::<Role>().unwrap(), Role::Body);
//! ```
#![forbid(unsafe_code)]

mod block;
mod capture;
mod clipping;
mod markup;
mod outcome;
mod refused;
mod relation;
mod revisit;
mod span;

pub use block::{Block, Role};
pub use capture::{Capture, site_of};
pub use clipping::{Caption, Clipping};
pub use markup::{About, Field, Html, Mark, Markup, Said, Tag, Witness};
pub use outcome::Outcome;
pub use refused::Refused;
pub use relation::Relation;
pub use revisit::{Repeated, Revisit, page_name};
pub use span::Span;
