//! What was labelled by hand, and what holds of any text.

#![allow(clippy::print_stdout, reason = "what is wrong is shown where a floor fails")]

mod any_text;
mod credits;
mod dates;
mod floors;
mod notes;
mod notices;
mod origin;
