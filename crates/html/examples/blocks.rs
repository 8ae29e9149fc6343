//! Prints each block of a page with its mark: `cargo run --release -p copydesk-html --example blocks -- FILE...` (`.gz` is unpacked).
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command for people who look at pages"
)]

use std::io::Read;

use copydesk_html::{Limits, read};
use copydesk_model::{Html, Mark};

fn main() {
    for path in std::env::args().skip(1) {
        let mut bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("{path}: {error}");
                continue;
            }
        };
        if bytes.starts_with(b"\x1f\x8b") {
            let packed = std::mem::take(&mut bytes);
            if let Err(error) = flate2::read::MultiGzDecoder::new(&packed[..]).read_to_end(&mut bytes) {
                eprintln!("{path}: {error}");
                continue;
            }
        }
        match read(&Html { bytes, charset: String::new(), is_xhtml: false }, "", &Limits::default()) {
            Ok(page) => {
                println!("# {path} ({}, {:?})", page.charset, page.notes);
                for said in &page.markup.about.said {
                    println!("@ {:<12} {:<10} {}", said.field, said.witness, said.value);
                }
                for (line, mark) in page.text.lines().filter(|line| !line.is_empty()).zip(&page.markup.marks) {
                    println!("{}", show(mark));
                    println!("    {line}");
                }
            }
            Err(refusal) => println!("# {path}: {} ({refusal})", refusal.outcome),
        }
    }
}

fn show(mark: &Mark) -> String {
    let names = |bits: u64, names: &[&'static str]| {
        let set: Vec<_> =
            names.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, name)| *name).collect();
        set.join(" ")
    };
    format!(
        "{:<10} in[{}] near[{}] far[{}] echo[{}] links {}% strong {}% depth {} article {} container {} path {:08x}{} source {}..{}",
        mark.tag,
        names(u64::from(mark.within), &Mark::WITHIN),
        names(mark.near, &Mark::WORDS),
        names(mark.far, &Mark::WORDS),
        names(u64::from(mark.echoes), &Mark::ECHOES),
        u32::from(mark.links) * 100 / 255,
        u32::from(mark.strong) * 100 / 255,
        mark.depth,
        mark.article,
        mark.container,
        mark.path,
        if mark.broken { " broken" } else { "" },
        mark.source.start,
        mark.source.end,
    )
}
