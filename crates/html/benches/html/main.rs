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

use std::hint::black_box;

use copydesk_html::Reader;
use html5ever::tendril::TendrilSink;
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use pages::{Bench, Page};

fn main() {
    let pages = pages::load();
    let bench = Bench::new(&pages);
    let mut reader = Reader::new();
    bench.run("copydesk_html", |page| pages::copydesk(&mut reader, page));
    bench.run("copydesk_html, cold", |page| pages::copydesk(&mut Reader::new(), page));
    bench.run("html5ever, tree", |page: &Page| {
        let dom = html5ever::parse_document(markup5ever_rcdom::RcDom::default(), Default::default()).one(&*page.text);
        let children = dom.document.children.borrow().len();
        children
    });
    bench.run("html5ever, tokens", |page: &Page| {
        let input = BufferQueue::default();
        input.push_back(html5ever::tendril::StrTendril::from_slice(&page.text));
        let tokenizer = Tokenizer::new(Tokens(std::cell::Cell::new(0)), TokenizerOpts::default());
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        tokenizer.sink.0.get()
    });
    bench.run("bytes: count of <", |page: &Page| memchr::memchr_iter(b'<', black_box(&page.html.bytes)).count());
    bench.slowest("copydesk_html", |page| pages::copydesk(&mut reader, page));
}

/// Counts tokens.
struct Tokens(std::cell::Cell<usize>);

impl TokenSink for Tokens {
    type Handle = ();

    fn process_token(&self, _: Token, _: u64) -> TokenSinkResult<()> {
        self.0.set(self.0.get() + 1);
        TokenSinkResult::Continue
    }
}
