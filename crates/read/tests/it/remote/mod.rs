//! Object stores and web servers, made up inside the test, with everything that can go wrong with them.

mod server;
mod stores;
mod web;

use std::time::Duration;

use copydesk_model::{Capture, Refused};
use copydesk_read::{Options, Reader, open};

/// As in [`Options::default`], but for servers that are near.
fn options() -> Options {
    Options { patience: Duration::from_secs(3), ..Options::default() }
}

fn reader(url: &str) -> Reader {
    open([url], options())
}

fn records(url: &str) -> Vec<Result<Capture, Refused>> {
    reader(url).collect()
}

/// `id` of captures, `outcome: message` of what was refused.
fn told(record: &Result<Capture, Refused>) -> String {
    match record {
        Ok(capture) => capture.id.clone(),
        Err(refused) => format!("{}: {}", refused.outcome, refused.message),
    }
}

/// The one record that a URL gives, which is refused with a message that holds `says`, and names the URL.
#[track_caller]
fn check_refused(url: &str, options: Options, outcome: &str, says: &str) {
    let records: Vec<_> = open([url], options).collect();
    let [Err(refused)] = &records[..] else { panic!("{records:?}") };
    assert_eq!(refused.outcome.name(), outcome, "{refused}");
    assert!(refused.message.contains(says), "{refused}");
    assert_eq!(refused.source, url);
}

/// `n` lines of about a kilobyte.
fn lines(n: usize) -> Vec<u8> {
    let mut state = 7u64;
    let line = |i| {
        let mut word = || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            format!("{:x} ", state >> 20)
        };
        let text: String = (0..90).map(|_| word()).collect();
        format!("{{\"id\": \"{i}\", \"text\": \"{text}\"}}\n")
    };
    (0..n).map(line).collect::<String>().into_bytes()
}

/// Whether all `n` of [`lines`] came, and nothing else.
fn check_lines(records: &[Result<Capture, Refused>], n: usize) {
    let told: Vec<_> = records.iter().map(told).collect();
    let expected: Vec<_> = (0..n).map(|i| i.to_string()).collect();
    assert!(told == expected, "{:?} of {}", told.iter().zip(&expected).find(|(a, b)| a != b), told.len());
}
