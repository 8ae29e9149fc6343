//! Matching as a whole, on texts that were made up for it.

mod clusters;
mod pairs;
mod prose;
mod reference;
mod stamp;
