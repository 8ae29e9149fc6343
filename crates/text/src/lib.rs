//! Kernels on strings: folded words with their places in the text, numbers by value, hashes of bodies, and what pages write beside
//! stories: days and times ([`Stamp`]), names ([`names`]), days in URLs ([`url_day`]).
//!
//! In: `&str`. Out: [`Word`]s, hashes, stamps. Nothing here knows files, clocks or what a story is.
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
mod cell;
mod digit;
mod eights;
mod fold;
mod language;
mod months;
mod names;
mod number;
mod script;
mod stamp;
mod url_day;
mod word;

pub use body::{body_hash, body_key};
pub use cell::as_cell;
pub use digit::digit_value;
pub use eights::{Eights, bytes_before, no_letters};
pub use language::{Languages, language};
pub use months::{Month, month, month_names};
pub use names::{is_byline, is_picture, names, without_buttons, without_by};
pub use script::is_unspaced;
pub use stamp::{Habits, Stamp, says_changed};
pub use url_day::url_day;
pub use word::{Word, for_each_word, words};
