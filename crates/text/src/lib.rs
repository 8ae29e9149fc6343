//! Kernels on strings: folded words with their places in the text, numbers by value, hashes of bodies.
//!
//! In: `&str`. Out: [`Word`]s and hashes. Nothing here knows files, clocks or what a story is.
//!
//! ```
//! use copydesk_text::words;
//! let text = "“Don’t” cost 1,000";
//! let folded: Vec<_> = words(text).iter().map(|w| (w.span(), w.is_number())).collect();
//! assert_eq!(folded, [(3..10, false), (14..18, false), (19..24, true)]);
//! assert_eq!(words("don't COST 1000").iter().map(|w| w.key).collect::<Vec<_>>(),
//!            words(text).iter().map(|w| w.key).collect::<Vec<_>>());
//! ```
#![forbid(unsafe_code)]

mod body;
mod digit;
mod fold;
mod number;
mod script;
mod word;

pub use body::{body_hash, body_key};
pub use digit::digit_value;
pub use script::is_unspaced;
pub use word::{Word, for_each_word, words};
