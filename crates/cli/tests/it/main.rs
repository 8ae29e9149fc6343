//! The program as its users meet it: run as a process, looked at from outside.

mod archive;
mod bad_input;
mod demo;
mod help;
mod run;
mod streams;
