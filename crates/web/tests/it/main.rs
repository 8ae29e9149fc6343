//! The server as browsers and programs meet it: over a socket, from outside.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests start servers and break files")]

mod answers;
mod client;
mod equal;
mod following;
mod hostile;
mod long_stories;
mod made_up;
