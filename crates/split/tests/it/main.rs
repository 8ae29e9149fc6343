//! What must hold for every capture, and the pages that taught us something.

mod pages;
mod properties;
