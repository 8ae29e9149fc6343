//! An archive on a disk: commits, readers beside a writer, damage, locks.

mod commits;
mod damage;
