//! How fast pages are read: whole pages, one thread, with the result asserted; and html5ever and a bare scan beside it.
//!
//!     cargo bench -p copydesk-html [-- DIR...]
//!
//! Reads the `.html` and `.html.gz` files of the folders, or made-up pages without one. `ONLY=NAME` runs the steps whose name
//! holds NAME. `crates/html/rivals` measures lol_html as well.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "a bench prints, and has a clock and files"
)]

mod pages;
mod tokens;

use std::hint::black_box;

use copydesk_html::Reader;
use html5ever::tendril::TendrilSink;

use pages::{Bench, Page};

fn main() {
    let pages = pages::load();
    let bench = Bench::new(&pages);
    let mut reader = Reader::new();
    bench.run("copydesk_html", |page| pages::copydesk(&mut reader, page));
    bench.run("copydesk_html, cold", |page| pages::copydesk(&mut Reader::new(), page));
    bench.run("html5ever, tree", |page: &Page| {
        let dom = html5ever::parse_document(markup5ever_rcdom::RcDom::default(), Default::default()).one(&*page.text);
        dom.document.children.take().len()
    });
    bench.run("html5ever, tokens", |page: &Page| tokens::count(&page.text));
    bench.run("bytes: count of <", |page: &Page| memchr::memchr_iter(b'<', black_box(&page.html.bytes)).count());
    bench.slowest("copydesk_html", |page| pages::copydesk(&mut reader, page));
}
