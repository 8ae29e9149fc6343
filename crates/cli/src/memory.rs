//! Where the program's memory comes from: jemalloc, in huge pages where the system has them.
//!
//! Reading and matching touch some hundred megabytes once: in pages of 4 kB the kernel's faults took a tenth of the time. On 22 MB of
//! captures `add` took 0.46 s of CPU time with the system's allocator and 0.36 s with this one, for a third more memory.
//!
//! What is freed is kept for ten minutes: what was a buffer once is one soon again. By itself jemalloc gives pieces of 8 MB back at once, the rest within
//! ten seconds, and all that an arena holds when the last thread that uses it ends: with four arenas a processor, each thread of a stage has one to
//! itself. On two threads these were 8,000 calls of the system in 3 s, each of which halts the other thread too; with an arena for two processors it is 80.

#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// What jemalloc reads when the program starts: under this name where all of the program takes its memory from it, Zstandard and SQLite among
/// them. With the system's allocator each of their contexts, of which a file has hundreds, went back to the system and was asked for again.
#[allow(unsafe_code, reason = "jemalloc looks for its options under this name")]
#[unsafe(export_name = "malloc_conf")]
pub(crate) static OPTIONS: &[u8] =
    b"thp:always,metadata_thp:auto,narenas_ratio:0.5,oversize_threshold:0,dirty_decay_ms:600000\0";

/// The same for systems where C has an allocator of its own.
#[allow(unsafe_code, reason = "jemalloc looks for its options under this name")]
#[unsafe(export_name = "_rjem_malloc_conf")]
pub(crate) static OPTIONS_APART: &[u8] = OPTIONS;
